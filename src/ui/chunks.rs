//! The registry of lazy screens and the chunk that each of them is in.
//!
//! A release build splits the compiled module at the functions below: code that only they reach stays
//! out of the first load. Without the feature `split` they are ordinary functions. A chunk shares the
//! app's memory and with it the signals; nothing is copied.

use super::element::El;
use crate::platform::chunks;

/// Declares the lazy screens: `Name: entry in chunk = screen`. The screens of one chunk load together.
macro_rules! lazy_screens {
    ($($name:ident: $entry:ident in $chunk:ident = $screen:path;)+) => {
        /// A screen that loads when somebody opens it.
        #[derive(Clone, Copy)]
        pub(super) enum LazyScreen {
            $(#[doc = concat!("In the chunk `", stringify!($chunk), "`.")] $name,)+
        }

        impl LazyScreen {
            fn file(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($chunk),)+
                }
            }

            /// Makes the screen, whose chunk must be loaded.
            pub(super) fn screen(self) -> Vec<El> {
                match self {
                    $(Self::$name => chunks::call_loaded($entry()).unwrap_or_default(),)+
                }
            }
        }

        $(
            #[cfg_attr(
                feature = "split",
                wasm_split_helpers::wasm_split($chunk, wasm_split_path = crate::platform::chunks)
            )]
            fn $entry() -> Vec<El> {
                $screen()
            }
        )+
    };
}

lazy_screens! {
    Carnet: carnet in carnet = super::carnet::carnet;
    Tracking: tracking in marking = super::tracking::tracking;
    Item: item in marking = super::item::item;
    Drafts: drafts in marking = super::drafts::drafts;
    FullText: full_text in reference = super::full_text::full_text;
    About: about in reference = super::about::about;
    Consult: consult in consult = super::consult::consult;
    Voting: voting in voting = super::consult::voting;
    Outcome: outcome in outcome = super::consult::result;
    Live: live in outcome = super::consult::live;
    Search: search in search = super::search::search;
    Bilan: bilan in bilan = super::bilan::bilan;
    Report: report in report = super::bilan::report;
    Offers: offers in offers = super::offers::offers;
}

impl LazyScreen {
    /// Whether the screen's chunk is loaded.
    pub(super) fn is_loaded(self) -> bool {
        chunks::is_loaded(self.file())
    }

    /// Fetches the chunk and calls back with whether it is loaded.
    pub(super) fn fetch(self, done: impl FnOnce(bool) + 'static) {
        chunks::fetch(self.file(), done);
    }
}
