//! All sentences on screen and in files, as typed functions with French plurals and typography.
//!
//! Views contain no words (a native test checks that). Sentences are written with plain spaces and
//! straight apostrophes; [`typeset()`] sets them in French typography.

pub mod about;
pub mod actions;
pub mod attention;
pub mod ballot;
pub mod bilan;
pub mod carnet;
pub mod carnet_report;
pub mod consult;
pub mod consultation;
pub mod dates;
pub mod devices;
pub mod drawing;
pub mod erase;
pub mod errors;
pub mod export;
pub mod follow_up;
pub mod health;
pub mod home;
pub mod import;
pub mod items;
pub mod joining;
pub mod lazy_screen;
pub mod listening;
pub mod marker;
pub mod minutes;
pub mod notes;
pub mod notices;
pub mod offers;
pub mod outcome;
pub mod paper;
pub mod progress;
pub mod report;
pub mod search;
pub mod sharing;
pub mod shell;
pub mod stored;
pub mod tables;
pub mod titles;
pub mod tracking;
pub mod transfer;
mod typography;
pub mod views;

pub use typography::{COLON, labelled, plain, typeset};
use typography::{set_bytes, set_length};

/// A sentence, typeset at compile time.
macro_rules! set {
    ($text:literal) => {{
        const SET: [u8; crate::text::set_length($text)] = crate::text::set_bytes($text);
        match std::str::from_utf8(&SET) {
            Ok(sentence) => sentence,
            Err(_) => $text,
        }
    }};
}

/// Declares fixed sentences: each becomes a function that returns the typeset text.
macro_rules! sentences {
    ($($name:ident = $text:literal;)+) => {
        $(
            #[doc = concat!("« ", $text, " »")]
            #[must_use]
            pub const fn $name() -> &'static str {
                const SENTENCE: &str = crate::text::set!($text);
                SENTENCE
            }
        )+
    };
}

use {sentences, set};

/// A count with its noun, which French writes in the singular for zero and one.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    let noun = if count < 2 { one } else { many };
    format!("{count} {noun}")
}
