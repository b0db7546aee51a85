//! Listeners for events of the window, the document and elements.

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget, ResizeObserver, StorageEvent};

/// A change of local storage by another tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredElsewhere {
    /// The key that was written or removed.
    pub key: String,
    /// The new value; `None` if the key was removed.
    pub value: Option<String>,
}

/// Calls `act` at each event `name` of `target`, for the life of the page.
pub fn listen<E: JsCast>(target: &EventTarget, name: &str, act: impl Fn(E) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| act(event.unchecked_into()));
    // Adding a listener does not fail for these targets; at worst, the event is missed.
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Calls `act` at the next event `name` of `target`.
pub(crate) fn once(target: &EventTarget, name: &str, act: Box<dyn FnOnce(Event)>) {
    once_of(target, &[name], act);
}

/// Calls `act` at the first of these events of `target`. The closure is freed at that moment, and
/// not only when the browser collects the listener.
pub(crate) fn once_of(target: &EventTarget, names: &[&str], act: Box<dyn FnOnce(Event)>) {
    let act = Closure::once_into_js(act);
    for name in names {
        let _ = target.add_event_listener_with_callback(name, act.unchecked_ref());
    }
}

/// Calls `act` when the fragment of the address has changed.
pub fn on_fragment(act: impl Fn() + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, "hashchange", move |_: Event| act());
    }
}

/// Calls `act` when another tab has written or removed a key of local storage.
pub fn on_stored_elsewhere(act: impl Fn(StoredElsewhere) + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, "storage", move |event: StorageEvent| {
            // Without a key another tab has cleared the storage; this tab keeps its records.
            if let Some(key) = event.key() {
                act(StoredElsewhere { key, value: event.new_value() });
            }
        });
    }
}

/// Calls `act` when the page becomes visible or comes back from the browser's page cache, and also
/// when it is hidden.
pub fn on_shown(act: impl Fn() + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    if let Some(document) = window.document() {
        let act = act.clone();
        listen(&document, "visibilitychange", move |_: Event| act());
    }
    listen(&window, "pageshow", move |_: Event| act());
}

/// Calls `act` when the page is left or hidden, and also when it becomes visible. On a phone,
/// hiding may be the last event that the page gets.
pub fn on_hidden(act: impl Fn() + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    if let Some(document) = window.document() {
        let act = act.clone();
        listen(&document, "visibilitychange", move |_: Event| act());
    }
    listen(&window, "pagehide", move |_: Event| act());
}

/// Makes the browser ask for confirmation before leaving the page while `is_at_risk` returns true.
pub fn on_leaving(is_at_risk: impl Fn() -> bool + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, "beforeunload", move |event: Event| {
            if is_at_risk() {
                event.prevent_default();
                // Browsers before 2023 ask only if this property is set.
                let _ = js_sys::Reflect::set(&event, &"returnValue".into(), &"1".into());
            }
        });
    }
}

/// Removes its listener when dropped.
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

/// Calls `act` when the system switches between light and dark. `None` if the browser does not
/// report it.
#[must_use]
pub fn on_scheme_change(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    on_media_change("(prefers-color-scheme: dark)", act)
}

/// Calls `act` when forced colours are switched on or off. `None` if the browser does not report
/// it.
#[must_use]
pub fn on_contrast_change(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    on_media_change("(forced-colors: active)", act)
}

/// Calls `act` when the device pixel ratio changes from its current value: the window was moved to
/// another screen, or the page was zoomed. `None` if the browser does not report it.
#[must_use]
pub fn on_ratio_change(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    // Formats the number in JavaScript: Rust's float formatting would add kilobytes of tables.
    let ratio = js_sys::Number::from(web_sys::window()?.device_pixel_ratio());
    let ratio = String::from(ratio.to_string_with_radix(10).ok()?);
    on_media_change(&["(resolution: ", &ratio, "dppx)"].concat(), act)
}

/// Calls `act` when the page begins or ends being laid out for print. `None` if the browser does
/// not report it.
#[must_use]
pub fn on_print(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    on_media_change("print", act)
}

/// Calls `act` before the page is laid out for print. The screen's styles still apply: this is the
/// time to set print sizes, because browsers count the pages before they fire [`on_print`].
#[must_use]
pub fn before_print(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    on_window("beforeprint", act)
}

/// Calls `act` after the print dialogue has closed, whether the page was printed or not.
#[must_use]
pub fn after_print(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    on_window("afterprint", act)
}

/// Calls `act` when the page is left for another one, or reloaded.
#[must_use]
pub fn on_page_left(act: impl Fn() + 'static) -> Option<ListenerGuard> {
    on_window("pagehide", act)
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

/// Whether the page is being laid out for print.
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

/// Calls `act` when an element changes its size. `None` if the browser does not report it.
#[must_use]
pub fn on_resize(element: &Element, act: impl Fn() + 'static) -> Option<ListenerGuard> {
    let callback = Closure::<dyn Fn()>::new(act);
    let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(ListenerGuard::new(move || observer.disconnect(), callback))
}
