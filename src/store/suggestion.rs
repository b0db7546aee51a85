//! Whether to speak of installing the app beside what a screen is about: to whoever has noted
//! something here and so is likely to come back, until they have closed it.

use leptos::prelude::*;

use super::AppStore;
use crate::codec::stored::{DeviceSetting, Entry, Key};

impl AppStore {
    /// Whether to suggest it.
    #[must_use]
    pub fn suggests_installing(self) -> bool {
        let closed = Key::Local(DeviceSetting::Suggested);
        // Where nothing is kept, nobody can say that they have had enough of it.
        let may = self.storage.local.is_some_and(|local| local.text(&closed).is_none());
        may && self.storage.journal.with_untracked(|journal| !journal.is_empty())
    }

    /// Does not suggest it any more.
    pub fn stop_suggesting(self) {
        self.storage.put_local(&Entry::local(DeviceSetting::Suggested, "1".to_owned()));
    }
}
