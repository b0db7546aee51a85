//! What stands around the page: whether it opens without the network, whether a newer version is
//! there, and how it can be installed.
//!
//! `public/offline.js` knows and acts; here it is asked and wished for things, by events, because it
//! must work when the Rust cannot. Before it has begun, and where it cannot begin, nothing is offered.

use js_sys::Object;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{CustomEvent, CustomEventInit, Event};

use super::by_name::{call, get};
use super::events::{self, Watch};

/// Whether the app opens without the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offline {
    /// It does.
    Ready,
    /// It is being prepared, or will be.
    #[default]
    Preparing,
    /// Preparing it did not succeed; the next start tries again.
    Failed,
    /// Only pages that were loaded over HTTPS, or from this very device, may be kept.
    Insecure,
    /// The browser cannot, or the build is not meant to.
    Unsupported,
    /// The page is a file on this device, which needs no network.
    File,
}

/// Whether there is a newer version than the page's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Update {
    /// None is known.
    #[default]
    None,
    /// One waits for the person's word.
    Waiting,
    /// One was given the word, and has not taken over.
    Stuck,
    /// One has taken over in another tab; this one goes on as it is.
    Replaced,
}

/// How the app can be installed from here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Install {
    /// It cannot, or is installed already.
    #[default]
    No,
    /// The browser asks when it is told to.
    Prompt,
    /// The person does it, by the menu for sharing; what is installed keeps a storage of its own.
    Share,
}

/// All of that together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether the app opens without the network.
    pub offline: Offline,
    /// Whether there is a newer version.
    pub update: Update,
    /// How the app can be installed.
    pub install: Install,
}

/// What a person may wish for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// That the version that waits takes over, and this page is loaded again.
    Update,
    /// That this page is loaded again.
    Reload,
    /// That the browser asks whether to install the app.
    Install,
}

/// How things stand now.
#[must_use]
pub fn now() -> Standing {
    let told = Object::new();
    tell("jalons:ask", &told);
    let word = |name: &str| get(&told, name).as_string().unwrap_or_default();
    let is_file = || {
        let protocol = get(&get(&js_sys::global(), "location"), "protocol");
        protocol.as_string().is_some_and(|protocol| protocol == "file:")
    };
    Standing {
        offline: match &*word("offline") {
            _ if is_file() => Offline::File,
            "ready" => Offline::Ready,
            "failed" => Offline::Failed,
            "insecure" => Offline::Insecure,
            "unsupported" => Offline::Unsupported,
            _ => Offline::Preparing,
        },
        update: match &*word("update") {
            "waiting" => Update::Waiting,
            "stuck" => Update::Stuck,
            "replaced" => Update::Replaced,
            _ => Update::None,
        },
        install: match &*word("install") {
            "prompt" => Install::Prompt,
            "share" => Install::Share,
            _ => Install::No,
        },
    }
}

/// Calls `act` whenever [`now`] may have another answer.
#[must_use]
pub fn on_change(act: impl Fn() + 'static) -> Option<Watch> {
    let window = web_sys::window()?;
    let heard = Closure::<dyn Fn()>::new(act);
    let function = heard.as_ref().clone();
    call(&window, "addEventListener", &["jalons:standing".into(), function.clone()]).ok()?;
    let stop = move || {
        let _ = call(&window, "removeEventListener", &["jalons:standing".into(), function.clone()]);
    };
    Some(Watch::new(stop, heard))
}

/// Calls `act` for as long as the page lives whenever there is something to offer, and when that has
/// changed.
pub fn on_offer(act: impl Fn() + 'static) {
    if let Some(window) = web_sys::window() {
        events::listen(&window, OFFER, move |_: Event| act());
    }
}

const OFFER: &str = "jalons:offer";

/// Has what is offered looked at again.
pub fn offer_again() {
    tell(OFFER, &JsValue::UNDEFINED);
}

/// Hands over a wish.
pub fn wish(wish: Wish) {
    let word = match wish {
        Wish::Update => "update",
        Wish::Reload => "reload",
        Wish::Install => "install",
    };
    tell("jalons:wish", &word.into());
}

fn tell(name: &str, detail: &JsValue) {
    let options = CustomEventInit::new();
    options.set_detail(detail);
    let event = CustomEvent::new_with_event_init_dict(name, &options);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        // Fails for an event that is being dispatched, which this one is not.
        let _ = window.dispatch_event(&event);
    }
}
