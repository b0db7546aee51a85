//! Starts the app: reads stored data, binds the page's elements, connects browser events to the
//! store.

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, HtmlElement, KeyboardEvent};

use crate::domain::convention::Convention;
use crate::platform::scroll::{self, Places};
use crate::platform::{address, events, keys, page, timers};
use crate::route::Route;
use crate::storage::Storage;
use crate::store::AppStore;
use crate::text::plain;
use crate::ui::{El, frame, screens};

/// Starts the app in the page's `#app`, once stored data can be read. The start is split into
/// several tasks, because one long task on a phone would block scrolling.
pub fn start() {
    report_panics();
    let prepared = Storage::prepare();
    let convention: &'static Convention = Box::leak(Box::new(convention()));
    timers::spawn(Box::pin(async move {
        if prepared.await {
            timers::set_timeout(0, Box::new(move || mount(convention)));
        } else {
            announce("jalons:missing", "a part of the app has not arrived");
        }
    }));
}

fn mount(convention: &'static Convention) {
    let Some(root) = root() else { return };
    let page = El::of(root.clone());
    // Leptos mounts an empty view: the page already has its elements, and the effects bound to them
    // belong to the owner that mounting creates.
    mount_to(root, move || {
        let store = AppStore::load(convention, Route::parse(&address::fragment()));
        connect(store);
        provide_context(store);
        frame(&page);
        let owner = Owner::current().unwrap_or_default();
        let show = move || {
            owner.with(|| screens(&page));
            announce("jalons:ready", "");
        };
        timers::set_timeout(0, Box::new(show));
    })
    .forget();
}

/// Parses the convention from the page.
fn convention() -> Convention {
    let lines = page::lines().unwrap_or_default();
    #[expect(clippy::expect_used, reason = "a native test proves it of the page")]
    Convention::from_lines(&plain(&lines)).expect("the page holds the convention")
}

fn root() -> Option<HtmlElement> {
    let document = web_sys::window()?.document()?;
    document.get_element_by_id("app")?.dyn_into().ok()
}

/// Connects browser events to the store.
fn connect(store: AppStore) {
    follow_address(store);
    store.storage().start_sync();
    events::on_shown(move || store.resync());
    events::on_leaving(move || store.storage().is_at_risk());
    events::on_hidden(move || store.storage().flush_now());
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        events::listen(&document, "keydown", move |event: KeyboardEvent| {
            if keys::name(&event) == "Escape" && store.notice().read_untracked().is_some() {
                store.dismiss_notice();
            }
            let undoes = asks_for_undo(&event) && store.can_undo();
            // A voter at the urn must not undo the owner's actions.
            if undoes && store.urn().get_untracked().is_none() {
                event.prevent_default();
                store.undo();
            }
        });
    }
}

/// Shows the route of the address, scrolled to where the person left it.
fn follow_address(store: AppStore) {
    let places = Places::keep();
    events::on_fragment(move || {
        let fragment = address::fragment();
        // A fragment that is not a route is a link within the page.
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

/// Whether the event is Ctrl+Z or Cmd+Z outside of text fields, where the browser undoes typing.
fn asks_for_undo(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let typing = target.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "TEXTAREA" | "SELECT")
            || element.matches("input:not([type=checkbox], [type=radio])").unwrap_or_default()
    });
    let control = event.ctrl_key() || event.meta_key();
    let others = event.shift_key() || event.alt_key();
    control && !others && !typing && keys::is_letter(event, "z")
}

/// Dispatches an event before a panic stops the module, so that the page can show the rescue
/// screen. A test may cause a panic, because that screen is otherwise never seen.
fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        announce("jalons:panic", &info.to_string());
    }));
    if let Some(window) = web_sys::window() {
        events::listen(&window, "jalons:test-panic", |_: web_sys::Event| {
            #[expect(clippy::panic, reason = "a fire drill, on demand of a test only")]
            {
                panic!("fire drill");
            }
        });
    }
}

/// Dispatches an event of this name on the window.
fn announce(name: &str, detail: &str) {
    let options = CustomEventInit::new();
    options.set_detail(&JsValue::from_str(detail));
    let event = CustomEvent::new_with_event_init_dict(name, &options);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        let _ = window.dispatch_event(&event);
    }
}
