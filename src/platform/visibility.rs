//! Tells when an element enters or leaves the viewport.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::events::ListenerGuard;
use super::reflect::{call, get};

/// How far outside the viewport an element counts as visible, so that it is ready when scrolled to.
const ROOT_MARGIN: &str = "200px";

/// Calls `f` with whether an element is visible, at first and at each change. A browser without
/// `IntersectionObserver` calls it once with `true`.
#[must_use]
pub fn watch(element: &Element, f: impl Fn(bool) + 'static) -> Option<ListenerGuard> {
    let callback = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        let latest = entries.get(entries.length().saturating_sub(1));
        f(get(&latest, "isIntersecting").is_truthy());
    });
    let Ok(observer) = observer(callback.as_ref()) else {
        let everything = Object::new();
        // Setting a property of a new object cannot fail.
        let _ = Reflect::set(&everything, &"isIntersecting".into(), &JsValue::TRUE);
        let callback: &Function = callback.as_ref().unchecked_ref();
        let _ = callback.call1(&JsValue::UNDEFINED, &Array::of1(&everything));
        return None;
    };
    let _ = call(&observer, "observe", &[element.into()]);
    let stop = move || {
        let _ = call(&observer, "disconnect", &[]);
    };
    Some(ListenerGuard::new(stop, callback))
}

/// Whether an element is more than the viewport's height above or below the viewport.
#[must_use]
pub fn is_offscreen(element: &Element) -> bool {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    let place = element.get_bounding_client_rect();
    height.is_some_and(|height| place.bottom() < -height || place.top() > 2.0 * height)
}

/// Whether a part of an element is in the viewport.
#[must_use]
pub fn is_in_view(element: &Element) -> bool {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    let place = element.get_bounding_client_rect();
    height.is_some_and(|height| place.bottom() > 0.0 && place.top() < height)
}

/// Scrolls as little as shows an element. Its `scroll-margin` says what else should be in sight.
pub fn bring_into_view(element: &Element) {
    let options = Object::new();
    // Setting a property of a new object cannot fail.
    let _ = Reflect::set(&options, &"block".into(), &"nearest".into());
    let _ = call(element, "scrollIntoView", &[options.into()]);
}

/// A new `IntersectionObserver`.
fn observer(callback: &JsValue) -> Result<JsValue, JsValue> {
    let known = get(&js_sys::global(), "IntersectionObserver").dyn_into::<Function>()?;
    let options = Object::new();
    let _ = Reflect::set(&options, &"rootMargin".into(), &ROOT_MARGIN.into());
    Reflect::construct(&known, &Array::of2(callback, &options))
}
