//! The screens that load when somebody goes there.
//!
//! A release build cuts the compiled module along the functions below: what only they reach stays
//! out of the first load. Without the feature `split` they are functions like any other. A part
//! shares the memory of the app and with it the signals; nothing is copied.

use super::element::El;
use crate::platform::parts;

/// Declares the screens that load later: `Name: entry in part = screen`. Those of one part arrive
/// together.
macro_rules! later {
    ($($name:ident: $entry:ident in $part:ident = $screen:path;)+) => {
        /// A screen that loads later.
        #[derive(Clone, Copy)]
        pub(super) enum Part {
            $(#[doc = concat!("In the part `", stringify!($part), "`.")] $name,)+
        }

        impl Part {
            fn file(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($part),)+
                }
            }

            /// Makes the screen, whose part has to be here.
            pub(super) fn screen(self) -> Vec<El> {
                match self {
                    $(Self::$name => parts::at_once($entry()).unwrap_or_default(),)+
                }
            }
        }

        $(
            #[cfg_attr(
                feature = "split",
                wasm_split_helpers::wasm_split($part, wasm_split_path = crate::platform::parts)
            )]
            fn $entry() -> Vec<El> {
                $screen()
            }
        )+
    };
}

later! {
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

impl Part {
    /// Whether the screen can be made.
    pub(super) fn is_here(self) -> bool {
        parts::has(self.file())
    }

    /// Gets the part, and says whether it arrived.
    pub(super) fn fetch(self, done: impl FnOnce(bool) + 'static) {
        parts::fetch(self.file(), done);
    }
}
