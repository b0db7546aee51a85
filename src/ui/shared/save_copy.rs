//! Saving everything as a file.

use super::icon::{Picture, icon};
use crate::platform::download::{self, Media};
use crate::platform::{clock, later};
use crate::store::Notice;
use crate::text;
use crate::ui::element::{El, button};
use crate::ui::store;

/// Offers a raw copy of all that is stored and all that is not yet.
pub(in crate::ui) fn save_copy() -> El {
    let store = store();
    let act = move || {
        later::run(Box::pin(async move {
            let name = text::carnet::file_name(clock::today());
            let copy = store.backup().await;
            let saved = copy.is_ok_and(|text| download::text(&name, Media::Json, &text).is_ok());
            if saved {
                store.has_exported();
            }
            store.tell(if saved { Notice::CopySaved } else { Notice::CopyRefused });
        }));
    };
    button(act).class("button").add(icon(Picture::Save)).text(text::actions::save_my_data())
}
