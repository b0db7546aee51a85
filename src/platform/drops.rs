//! Files that are dropped on the page, wherever on it.
//!
//! `public/start.js` stops what no screen takes: browsers would open it in the place of the app.

use wasm_bindgen::closure::Closure;
use web_sys::Event;

use super::by_name::{call, get};
use super::events::Watch;
use super::files::{self, Handed};

/// Calls `act` with files that are dropped, and `over` with whether some are held above the page,
/// until this is dropped. A selected text that is moved within the page is none of it.
#[must_use]
pub fn on_drop(
    over: impl Fn(bool) + 'static,
    act: impl Fn(Vec<Handed>) + 'static,
) -> Option<Watch> {
    let window = web_sys::window()?;
    let heard = Closure::<dyn Fn(Event)>::new(move |event: Event| {
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
            // Between two elements of the page there is somewhere to go.
            _ if get(&event, "relatedTarget").is_falsy() => over(false),
            _ => {}
        }
    });
    let function = heard.as_ref().clone();
    for name in HEARD {
        call(&window, "addEventListener", &[name.into(), function.clone()]).ok()?;
    }
    let stop = move || {
        for name in HEARD {
            let _ = call(&window, "removeEventListener", &[name.into(), function.clone()]);
        }
    };
    Some(Watch::new(stop, heard))
}

const HEARD: [&str; 3] = ["dragover", "dragleave", "drop"];
