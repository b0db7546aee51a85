//! The suggestion to install the app: shown to people who have records on this device, and so are
//! likely to come back, until they close it.

use super::AppStore;
use crate::codec::stored::{DeviceSetting, Entry, Key};

impl AppStore {
    /// Whether to suggest installing.
    #[must_use]
    pub fn suggests_installing(self) -> bool {
        let closed = Key::Local(DeviceSetting::Suggested);
        // Without local storage, closing the suggestion could not be remembered.
        let may = self.storage.local.is_some_and(|local| local.text(&closed).is_none());
        may && self.storage.journal.with_untracked(|journal| !journal.is_empty())
    }

    /// Remembers that the person has closed the suggestion.
    pub fn stop_suggesting(self) {
        self.storage.put_local(&Entry::local(DeviceSetting::Suggested, "1".to_owned()));
    }
}
