//! How records become text and back: what is stored, and what is carried away.
//!
//! Like the domain it knows no browser: keys and values go in and out as text.

pub mod backup;
pub mod carnet;
pub mod consultation;
pub mod csv;
pub mod fingerprint;
pub mod json_path;
pub mod ours;
pub mod poll_file;
pub mod qr;
pub mod stored;
pub mod transfer;
