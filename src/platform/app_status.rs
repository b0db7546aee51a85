//! The app's status for offline use, updates and installing, as reported by `public/offline.js`.
//!
//! That script must work without the Rust module, so the two communicate by events: `jalons:query`
//! reads the status, `jalons:command` sends a command, `jalons:status` reports a change. If the
//! script cannot start, the status offers nothing.

use js_sys::Object;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{CustomEvent, CustomEventInit, Event};

use super::events::{self, ListenerGuard};
use super::reflect::{call, get};

/// Whether the app opens without the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offline {
    /// It opens without the network.
    Ready,
    /// It is being prepared, or will be.
    #[default]
    Preparing,
    /// Preparing failed; the next start tries again.
    Failed,
    /// Browsers allow offline use only for pages loaded over HTTPS or from this device.
    Insecure,
    /// The browser does not support it, or the build leaves it out.
    Unsupported,
    /// The page is a file on this device, which needs no network.
    File,
}

/// Whether a newer version than the page's is available.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Update {
    /// None is known.
    #[default]
    None,
    /// One waits for the person to accept it.
    Waiting,
    /// One was accepted, but has not taken over.
    Stuck,
    /// One has taken over in another tab; this tab keeps its version.
    Replaced,
}

/// How the app can be installed in this browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Install {
    /// It cannot be installed, or it is installed already.
    #[default]
    No,
    /// The browser shows its prompt on request.
    Prompt,
    /// The person installs it by the share menu; the installed app has a storage of its own.
    Share,
}

/// The whole status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AppStatus {
    /// Whether the app opens without the network.
    pub offline: Offline,
    /// Whether a newer version is available.
    pub update: Update,
    /// How the app can be installed.
    pub install: Install,
}

/// A command to `public/offline.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppCommand {
    /// Lets the waiting version take over, and reloads the page.
    Update,
    /// Reloads the page.
    Reload,
    /// Shows the browser's prompt for installing the app.
    Install,
}

/// Reads the current status.
#[must_use]
pub fn current() -> AppStatus {
    let answer = Object::new();
    dispatch("jalons:query", &answer);
    let word = |name: &str| get(&answer, name).as_string().unwrap_or_default();
    let is_file = || {
        let protocol = get(&get(&js_sys::global(), "location"), "protocol");
        protocol.as_string().is_some_and(|protocol| protocol == "file:")
    };
    AppStatus {
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

/// Calls `f` whenever [`current`] may have changed.
#[must_use]
pub fn on_change(f: impl Fn() + 'static) -> Option<ListenerGuard> {
    let window = web_sys::window()?;
    let callback = Closure::<dyn Fn()>::new(f);
    let function = callback.as_ref().clone();
    call(&window, "addEventListener", &["jalons:status".into(), function.clone()]).ok()?;
    let stop = move || {
        let _ = call(&window, "removeEventListener", &["jalons:status".into(), function.clone()]);
    };
    Some(ListenerGuard::new(stop, callback))
}

/// Calls `f` for the life of the page whenever the offer has changed.
pub fn on_offer(f: impl Fn() + 'static) {
    if let Some(window) = web_sys::window() {
        events::listen(&window, OFFER, move |_: Event| f());
    }
}

const OFFER: &str = "jalons:offer";

/// Triggers the callbacks of [`on_offer`] once.
pub fn offer_again() {
    dispatch(OFFER, &JsValue::UNDEFINED);
}

/// Sends a command.
pub fn send(command: AppCommand) {
    let word = match command {
        AppCommand::Update => "update",
        AppCommand::Reload => "reload",
        AppCommand::Install => "install",
    };
    dispatch("jalons:command", &word.into());
}

fn dispatch(name: &str, detail: &JsValue) {
    let options = CustomEventInit::new();
    options.set_detail(detail);
    let event = CustomEvent::new_with_event_init_dict(name, &options);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        // Dispatching fails only for an event that is being dispatched already.
        let _ = window.dispatch_event(&event);
    }
}
