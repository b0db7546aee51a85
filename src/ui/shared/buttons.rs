//! Buttons that print or save.

use jalons_macros::lazy_chunk;

use super::icon::{Picture, icon};
use crate::codec::carnet::FileError;
use crate::platform::chunks::{self, STORAGE_CHUNK};
use crate::platform::download::{self, Media};
use crate::platform::timers::{self, Task};
use crate::platform::{address, clock};
use crate::storage::BackupCopy;
use crate::store::{AppStore, Notice};
use crate::text;
use crate::ui::element::{El, button};
use crate::ui::store;

/// A button that opens the browser's print dialogue.
pub(in crate::ui) fn print_button() -> El {
    button(address::print)
        .class("button button--ghost")
        .child(icon(Picture::Print))
        .text(text::actions::print())
}

/// A button that saves a raw copy of everything stored and everything pending.
pub(in crate::ui) fn save_copy() -> El {
    let store = store();
    let act = move || {
        timers::spawn(Box::pin(async move {
            let here = chunks::load(STORAGE_CHUNK).await;
            match here.then(|| save(store)).flatten() {
                Some(saving) => saving.await,
                None => store.notify(Notice::CopyRefused),
            }
        }));
    };
    button(act).class("button").child(icon(Picture::Save)).text(text::actions::save_my_data())
}

#[lazy_chunk(storage)]
fn save(store: AppStore) -> Task {
    Box::pin(async move {
        let name = text::carnet::file_name(clock::today());
        let copy = store.storage().backup().await.ok();
        let is_saved = |copy: &BackupCopy| download::text(&name, Media::Json, &copy.text).is_ok();
        let Some(copy) = copy.filter(is_saved) else { return store.notify(Notice::CopyRefused) };
        let is_read = FileError::allows(copy.text.len());
        if copy.whole && is_read {
            store.storage().note_exported();
        }
        store.notify(Notice::Text(text::stored::copied(&copy.inventory, copy.whole, is_read)));
    })
}
