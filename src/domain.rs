//! What Jalons is about: the convention, what people observe of it, and what they write.
//!
//! Pure rules only. Nothing here knows a browser, a clock or a random number generator: instants, days
//! and ids come in from outside, so every rule runs and is tested natively.

pub mod attention;
pub mod consultation;
pub mod convention;
pub mod day;
pub mod device;
pub mod evidence_stats;
pub mod evolution;
pub mod follow_up;
pub mod item;
pub mod journal;
pub mod note;
pub mod note_counts;
pub mod note_selection;
pub mod observation;
pub mod opinions;
pub mod period;
pub mod pii;
pub mod progress;
pub mod record;
pub mod reminder;
pub mod search;
pub mod shares;
pub mod stamp;
pub mod tracking;
pub mod voting;
pub mod word_diff;
pub mod wording;

pub(crate) mod serde_str;
