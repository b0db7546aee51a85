//! What Jalons is about: the convention, what people observe of it, and what they write.
//!
//! Pure rules only. Nothing here knows a browser, a clock or a source of chance: instants, days
//! and ids come in from outside, so every rule runs and is tested natively.

pub mod attention;
pub mod consultation;
pub mod contact;
pub mod convention;
pub mod day;
pub mod device;
pub mod differences;
pub mod evolution;
pub mod follow_up;
pub mod grounds;
pub mod item;
pub mod journal;
pub mod note;
pub mod note_choice;
pub mod note_places;
pub mod observation;
pub mod period;
pub mod progress;
pub mod record;
pub mod reminder;
pub mod search;
pub mod shares;
pub mod stamp;
pub mod tracking;
pub mod views;
pub mod voting;
pub mod wording;

pub(crate) mod as_text;
