//! Listening to the window for as long as the app lives.

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, ResizeObserver, StorageEvent};

/// What another tab did to the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredElsewhere {
    /// The key it wrote or removed.
    pub key: String,
    /// The new value; `None` when the key was removed.
    pub value: Option<String>,
}

/// Calls `act` at each event `name` of `target`, for ever: for what lives as long as the page.
pub fn listen<E: JsCast>(target: &EventTarget, name: &str, act: impl Fn(E) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| act(event.unchecked_into()));
    // Fails for no target of ours; an event that never comes is the worst that could follow.
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Calls `act` at the next event `name` of `target`.
pub(crate) fn once(target: &EventTarget, name: &str, act: Box<dyn FnOnce(Event)>) {
    once_of(target, &[name], act);
}

/// Calls `act` at the one of these events of `target` that happens. What it holds is let go then,
/// and does not wait for the browser to clear away the listener.
pub(crate) fn once_of(target: &EventTarget, names: &[&str], act: Box<dyn FnOnce(Event)>) {
    let act = Closure::once_into_js(act);
    for name in names {
        let _ = target.add_event_listener_with_callback(name, act.unchecked_ref());
    }
}

/// The fragment of the address has changed.
pub fn on_fragment(act: impl Fn() + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, "hashchange", move |_: Event| act());
    }
}

/// Another tab has stored or removed something.
pub fn on_stored_elsewhere(act: impl Fn(StoredElsewhere) + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, "storage", move |event: StorageEvent| {
            // No key: another tab cleared everything. What this tab holds, it still holds.
            if let Some(key) = event.key() {
                act(StoredElsewhere { key, value: event.new_value() });
            }
        });
    }
}

/// The page is looked at again, or comes back from where browsers put pages to sleep.
pub fn on_shown(act: impl Fn() + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    if let Some(document) = window.document() {
        let act = act.clone();
        listen(&document, "visibilitychange", move |_: Event| act());
    }
    listen(&window, "pageshow", move |_: Event| act());
}

/// The page is left, or no longer looked at: on a phone that may be the last that it hears.
pub fn on_hidden(act: impl Fn() + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    if let Some(document) = window.document() {
        let act = act.clone();
        listen(&document, "visibilitychange", move |_: Event| act());
    }
    listen(&window, "pagehide", move |_: Event| act());
}

/// Has the browser ask whether to leave the page while `is_at_risk` says that something would be
/// lost.
pub fn on_leaving(is_at_risk: impl Fn() -> bool + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, "beforeunload", move |event: Event| {
            if is_at_risk() {
                event.prevent_default();
                // Browsers before 2023 ask only when told so.
                let _ = js_sys::Reflect::set(&event, &"returnValue".into(), &"1".into());
            }
        });
    }
}

/// A listener that is removed when this is dropped.
pub struct ListenerGuard {
    stop: Box<dyn Fn()>,
    /// The closure that the browser calls until then.
    _heard: Box<dyn std::any::Any>,
}

impl ListenerGuard {
    pub(super) fn new<T: 'static>(stop: impl Fn() + 'static, callback: T) -> Self {
        Self { stop: Box::new(stop), _heard: Box::new(callback) }
    }
}

impl Drop for ListenerGuard {
    fn drop(&mut self) {
        (self.stop)();
    }
}

/// The system changes between light and dark. `None` where the browser cannot tell.
#[must_use]
pub fn on_scheme_change(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    on_media_change("(prefers-color-scheme: dark)", act)
}

/// The system begins or ceases to allow two colours only. `None` where the browser cannot tell.
#[must_use]
pub fn on_contrast_change(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    on_media_change("(forced-colors: active)", act)
}

/// The screen no longer has as many pixels to each of the page's as it has now: the window was
/// moved to another screen, or the page enlarged. `None` where the browser cannot tell.
#[must_use]
pub fn on_ratio_change(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    // JavaScript's own writer: Rust's for such numbers brings kilobytes of tables.
    let ratio = js_sys::Number::from(web_sys::window()?.device_pixel_ratio());
    let ratio = String::from(ratio.to_string_with_radix(10).ok()?);
    on_media_change(&["(resolution: ", &ratio, "dppx)"].concat(), act)
}

/// The page is about to be laid out for paper, or no longer is. `None` where the browser cannot
/// tell.
#[must_use]
pub fn on_print(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    on_media_change("print", act)
}

/// The page is going to be laid out for paper. Its styles are still those of the screen: this is the
/// time to give things the size that they will have there, for browsers count the pages before they
/// tell of paper by [`on_print`].
#[must_use]
pub fn before_print(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    on_window("beforeprint", act)
}

/// The page has been printed, or was not after all.
#[must_use]
pub fn after_print(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    on_window("afterprint", act)
}

fn on_window(name: &'static str, act: impl Fn() + 'static) -> Option<ListenerGuard> {
    let window = web_sys::window()?;
    let callback = Closure::<dyn Fn()>::new(act);
    let function: Function = callback.as_ref().unchecked_ref::<Function>().clone();
    window.add_event_listener_with_callback(name, &function).ok()?;
    let stop = move || {
        let _ = window.remove_event_listener_with_callback(name, &function);
    };
    Some(ListenerGuard::new(stop, callback))
}

/// Whether the page is being laid out for paper.
#[must_use]
pub fn is_printing() -> bool {
    let media = web_sys::window().and_then(|window| window.match_media("print").ok().flatten());
    media.is_some_and(|media| media.matches())
}

fn on_media_change(query: &str, act: impl Fn() + 'static) -> Option<ListenerGuard> {
    let media = web_sys::window()?.match_media(query).ok()??;
    let callback = Closure::<dyn Fn()>::new(act);
    let function: Function = callback.as_ref().unchecked_ref::<Function>().clone();
    media.add_event_listener_with_callback("change", &function).ok()?;
    let stop = move || {
        let _ = media.remove_event_listener_with_callback("change", &function);
    };
    Some(ListenerGuard::new(stop, callback))
}

/// An element changes its size. `None` where the browser cannot tell.
#[must_use]
pub fn on_resize(element: &Element, act: impl Fn() + 'static) -> Option<ListenerGuard> {
    let callback = Closure::<dyn Fn()>::new(act);
    let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(ListenerGuard::new(move || observer.disconnect(), callback))
}
