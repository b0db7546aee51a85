//! The user interface: one file a screen, with the components of several screens in `shared`.
//!
//! Screens read the store's memos and send it actions. Their sentences come from `text`, and every
//! rule that a person could argue about from `domain`.

mod about;
mod ballot;
mod bilan;
mod carnet;
mod chart_view;
mod consult;
mod drafts;
mod element;
mod frame;
mod full_text;
mod home;
mod item;
mod lazy_screen;
mod marker;
mod minutes;
mod objective;
mod offers;
mod outcome;
#[cfg(not(target_arch = "wasm32"))]
pub mod page;
mod paper;
mod qr;
mod reader;
mod returning;
mod scanner;
mod search;
mod shared;
mod svg;
mod tracking;
mod unknown;

pub(crate) use element::El;
pub(crate) use frame::{frame, screens};

use leptos::prelude::*;

use crate::store::AppStore;

/// The store, which [`crate::app`] has put into the context before anything is shown.
fn store() -> AppStore {
    #[expect(clippy::expect_used, reason = "the app provides it at its root")]
    use_context().expect("the store is in the context")
}
