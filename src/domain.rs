//! The pure rules of Jalons: the convention, records, merging, search, consultations and voting.
//!
//! The domain has no browser, no clock and no random number generator: instants, days and ids are
//! passed in, so every rule runs and is tested natively.

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
pub mod listening;
pub mod note;
pub mod note_counts;
pub mod note_selection;
pub mod observation;
pub mod opinions;
pub mod percent;
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
