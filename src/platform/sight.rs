//! Whether something on the page can be seen, or nearly.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::by_name::{call, get};
use super::events::Watch;

/// How far beyond the edge of the window still counts: what is scrolled to is ready.
const MARGIN: &str = "200px";

/// Says whether an element is in sight, at first and whenever that changes. Where the browser
/// cannot tell, everything is, and there is nothing to watch.
#[must_use]
pub fn watch(element: &Element, act: impl Fn(bool) + 'static) -> Option<Watch> {
    let heard = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        let latest = entries.get(entries.length().saturating_sub(1));
        act(get(&latest, "isIntersecting").is_truthy());
    });
    let Ok(observer) = observer(heard.as_ref()) else {
        let everything = Object::new();
        // A new object takes any property.
        let _ = Reflect::set(&everything, &"isIntersecting".into(), &JsValue::TRUE);
        let heard: &Function = heard.as_ref().unchecked_ref();
        let _ = heard.call1(&JsValue::UNDEFINED, &Array::of1(&everything));
        return None;
    };
    let _ = call(&observer, "observe", &[element.into()]);
    let stop = move || {
        let _ = call(&observer, "disconnect", &[]);
    };
    Some(Watch::new(stop, heard))
}

/// Whether an element is more than the height of the window away from what can be seen.
#[must_use]
pub fn is_far(element: &Element) -> bool {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    let place = element.get_bounding_client_rect();
    height.is_some_and(|height| place.bottom() < -height || place.top() > 2.0 * height)
}

/// A new `IntersectionObserver`.
fn observer(heard: &JsValue) -> Result<JsValue, JsValue> {
    let known = get(&js_sys::global(), "IntersectionObserver").dyn_into::<Function>()?;
    let options = Object::new();
    let _ = Reflect::set(&options, &"rootMargin".into(), &MARGIN.into());
    Reflect::construct(&known, &Array::of2(heard, &options))
}
