//! Files that are dropped anywhere on the page.
//!
//! `public/start.js` cancels drops that no screen handles: browsers would replace the app by the
//! file.

use wasm_bindgen::closure::Closure;
use web_sys::Event;

use super::events::ListenerGuard;
use super::files::{self, PickedFile};
use super::reflect::{call, get};

/// Calls `act` with dropped files, and `over` with whether files are being dragged over the page,
/// until the guard is dropped. Dragging selected text is ignored.
#[must_use]
pub fn on_drop(
    over: impl Fn(bool) + 'static,
    act: impl Fn(Vec<PickedFile>) + 'static,
) -> Option<ListenerGuard> {
    let window = web_sys::window()?;
    let callback = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let data = get(&event, "dataTransfer");
        let types = js_sys::Array::from(&get(&data, "types"));
        if !types.includes(&"Files".into(), 0) {
            return;
        }
        match &*event.type_() {
            "dragover" => {
                event.prevent_default();
                let _ = js_sys::Reflect::set(&data, &"dropEffect".into(), &"copy".into());
                over(true);
            }
            "drop" => {
                event.prevent_default();
                over(false);
                act(files::dropped(&event));
            }
            // Moving between two elements also fires this event; leaving the page has no related
            // target.
            _ if get(&event, "relatedTarget").is_falsy() => over(false),
            _ => {}
        }
    });
    let function = callback.as_ref().clone();
    for name in DRAG_EVENTS {
        call(&window, "addEventListener", &[name.into(), function.clone()]).ok()?;
    }
    let stop = move || {
        for name in DRAG_EVENTS {
            let _ = call(&window, "removeEventListener", &[name.into(), function.clone()]);
        }
    };
    Some(ListenerGuard::new(stop, callback))
}

const DRAG_EVENTS: [&str; 3] = ["dragover", "dragleave", "drop"];
