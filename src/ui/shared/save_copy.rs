//! Saving everything as a file. What makes the file is in the part that reads the stores.

use super::icon::{Picture, icon};
use crate::codec::carnet::FileError;
use crate::platform::clock;
use crate::platform::download::{self, Media};
use crate::platform::later::{self, Work};
use crate::platform::parts::{self, STORES};
use crate::store::{AppStore, Copy, Notice};
use crate::text;
use crate::ui::element::{El, button};
use crate::ui::store;

/// Offers a raw copy of all that is stored and all that is not yet.
pub(in crate::ui) fn save_copy() -> El {
    let store = store();
    let act = move || {
        later::run(Box::pin(async move {
            let here = parts::arrives(STORES).await;
            match here.then(|| parts::at_once(save(store))).flatten() {
                Some(saving) => saving.await,
                None => store.tell(Notice::CopyRefused),
            }
        }));
    };
    button(act).class("button").add(icon(Picture::Save)).text(text::actions::save_my_data())
}

#[cfg_attr(
    feature = "split",
    wasm_split_helpers::wasm_split(stores, wasm_split_path = crate::platform::parts)
)]
fn save(store: AppStore) -> Work {
    Box::pin(async move {
        let name = text::carnet::file_name(clock::today());
        let copy = store.backup().await.ok();
        let is_saved = |copy: &Copy| download::text(&name, Media::Json, &copy.text).is_ok();
        let Some(copy) = copy.filter(is_saved) else { return store.tell(Notice::CopyRefused) };
        let is_read = FileError::allows(copy.text.len());
        if copy.whole && is_read {
            store.has_exported();
        }
        store.tell(Notice::Told(text::stored::copied(&copy.holds, copy.whole, is_read)));
    })
}
