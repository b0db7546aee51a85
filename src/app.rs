//! Wiring: reads what is kept, connects the browser's events to the store, mounts the frame.

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, HtmlElement, KeyboardEvent};

use crate::platform::scroll::{self, Places};
use crate::platform::{address, events};
use crate::route::Route;
use crate::store::AppStore;
use crate::ui::{El, frame};

/// Starts the app in the page's `#app`, once what is stored can be read.
pub fn start() {
    report_panics();
    AppStore::prepare(|readable| {
        if readable {
            mount();
            announce("jalons:ready", "");
        } else {
            announce("jalons:missing", "a part of the app has not arrived");
        }
    });
}

fn mount() {
    let Some(root) = root() else { return };
    root.set_inner_html("");
    let page = El::of(root.clone());
    // Leptos mounts an empty view: the elements are put on the page by the frame itself, and
    // belong to the owner that mounting has made.
    mount_to(root, move || {
        let store = AppStore::load(Route::parse(&address::fragment()));
        connect(store);
        provide_context(store);
        let _ = page.with(frame());
    })
    .forget();
}

fn root() -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    document.get_element_by_id("app")?.dyn_into().ok()
}

/// Lets the store follow the browser, and the window's title follow the store.
fn connect(store: AppStore) {
    follow_address(store);
    store.pair();
    events::on_shown(move || store.look_again());
    events::on_leaving(move || store.is_at_risk());
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        events::listen(&document, "keydown", move |event: KeyboardEvent| {
            let undoes = asks_for_undo(&event) && store.can_undo();
            // Whoever votes at the urn takes nothing of its owner's back.
            if undoes && store.urn().get_untracked().is_none() {
                event.prevent_default();
                store.undo();
            }
        });
    }
}

/// Shows what the address names, from where the person left it.
fn follow_address(store: AppStore) {
    let places = Places::keep();
    events::on_fragment(move || {
        let fragment = address::fragment();
        // A fragment that is no route belongs to a link inside the page.
        if !fragment.is_empty() && !fragment.starts_with("#/") {
            return;
        }
        places.leave();
        let route = Route::parse(&fragment);
        let another = route.is_another_page_than(&store.route().get_untracked());
        store.visit(route);
        places.enter();
        if another {
            scroll::once_it_stands(places.left_at());
        }
    });
}

/// Ctrl+Z or Cmd+Z, outside of fields, where the browser undoes typing.
fn asks_for_undo(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let typing = target.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "TEXTAREA" | "SELECT")
            || element.matches("input:not([type=checkbox], [type=radio])").unwrap_or_default()
    });
    let control = event.ctrl_key() || event.meta_key();
    control && !event.shift_key() && event.key() == "z" && !typing
}

/// Tells the page what happened before the module stops, and lets a test provoke it: the page
/// that must appear then is the one nobody sees until it is needed.
fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        announce("jalons:panic", &info.to_string());
    }));
    if let Some(window) = web_sys::window() {
        events::listen(&window, "jalons:drill", |_: web_sys::Event| {
            #[expect(clippy::panic, reason = "a fire drill, on demand of a test only")]
            {
                panic!("fire drill");
            }
        });
    }
}

/// Tells the page something, by an event of this name.
fn announce(name: &str, detail: &str) {
    let options = CustomEventInit::new();
    options.set_detail(&JsValue::from_str(detail));
    let event = CustomEvent::new_with_event_init_dict(name, &options);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        let _ = window.dispatch_event(&event);
    }
}
