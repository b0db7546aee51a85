//! Encoding and decoding: stored keys and values, exported files, links and QR codes.
//!
//! Like the domain, the codec has no browser: keys and values are text.

pub mod backup;
pub mod carnet;
pub mod consultation;
pub mod csv;
mod elements;
pub mod fingerprint;
pub mod json_path;
pub mod ours;
pub mod poll_file;
pub mod qr;
pub mod stored;
pub mod transfer;

pub use elements::elements;
