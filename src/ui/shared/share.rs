//! A button that shares a link, and shows it where it can neither be shared nor copied.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::field::field;
use super::icon::{Picture, icon};
use super::styles::mount_style;
use crate::platform::share::{self, Shared};
use crate::platform::timers;
use crate::store::Notice;
use crate::text::sharing as words;
use crate::ui::element::{El, button, el};
use crate::ui::store;

/// A button that shares a link by the system's dialogue, or copies it and notifies of that.
pub(in crate::ui) fn share_button(
    class: &'static str,
    name: &str,
    title: String,
    url: String,
) -> El {
    mount_style(include_str!("../../../style/share.css"));
    let store = store();
    let by_hand = RwSignal::new(false);
    let shown = url.clone();
    let act = move || {
        let (title, url) = (title.clone(), url.clone());
        timers::spawn(Box::pin(async move {
            let said = match share::link(&title, &url).await {
                Shared::Sent => return,
                Shared::Copied => words::copied(),
                Shared::CopiedInstead => words::copied_instead(),
                Shared::Failed => {
                    let _ = by_hand.try_set(true);
                    words::by_hand()
                }
            };
            store.notify(Notice::Text(said.to_owned()));
        }));
    };
    let button = button(act).class(class).child(icon(Picture::Share)).text(name);
    el("span").class("share").dyn_children(move || {
        let link = by_hand.get().then(|| link_field(&shown));
        std::iter::once(button.clone()).chain(link).collect()
    })
}

/// The link in a field, selected, so that one key or one touch copies it.
fn link_field(url: &str) -> El {
    let input = el("input").attr("type", "text").attr("readonly", "").attr("value", url);
    let input = input.on_mount(|input| {
        let _ = input.focus();
        input.unchecked_ref::<HtmlInputElement>().select();
    });
    el("span").class("share__link").child(field(words::link(), input))
}
