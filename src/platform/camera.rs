//! The device's rear camera, on only while needed.

use js_sys::{Array, Object, Promise, Reflect};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, HtmlVideoElement};

use super::reflect::{call, get};

/// Why the camera cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CameraError {
    /// Browsers refuse the camera to pages on insecure addresses.
    #[error("the page is not secure")]
    Insecure,
    /// The device has no camera, or the browser does not know it.
    #[error("there is no camera")]
    Missing,
    /// The person or the device's administrator has refused it.
    #[error("the camera was refused")]
    Refused,
    /// Another program uses it.
    #[error("the camera cannot be used now")]
    Busy,
}

/// A running camera, as a `MediaStream`. Dropping it turns the camera off.
#[derive(Debug)]
pub struct Camera(JsValue);

/// Requests the camera, which may prompt the person.
///
/// # Errors
/// When the device has no camera, or it may not be used.
pub async fn open() -> Result<Camera, CameraError> {
    let window = web_sys::window().ok_or(CameraError::Missing)?;
    if !window.is_secure_context() {
        return Err(CameraError::Insecure);
    }
    // Browsers without camera support lack this property.
    let devices = get(&window.navigator(), "mediaDevices");
    if !devices.is_object() {
        return Err(CameraError::Missing);
    }
    let asked = call(&devices, "getUserMedia", &[wanted().into()]).map_err(|e| reason(&e))?;
    let asked = asked.dyn_into::<Promise>().map_err(|_| CameraError::Missing)?;
    JsFuture::from(asked).await.map(Camera).map_err(|error| reason(&error))
}

/// The constraints: the rear camera, with enough pixels for codes of version 20. Both are
/// preferences: a laptop's single camera is accepted too.
fn wanted() -> Object {
    let video = Object::new();
    for (name, value) in [
        ("facingMode", JsValue::from_str("environment")),
        ("width", JsValue::from_f64(1280.0)),
        ("height", JsValue::from_f64(720.0)),
    ] {
        // Setting a property of a new object cannot fail.
        let _ = Reflect::set(&video, &name.into(), &value);
    }
    let wanted = Object::new();
    let _ = Reflect::set(&wanted, &"video".into(), &video);
    wanted
}

/// Maps the error names of the Media Capture specification.
fn reason(error: &JsValue) -> CameraError {
    let name = error.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default();
    match name.as_str() {
        "NotAllowedError" | "SecurityError" => CameraError::Refused,
        "NotReadableError" | "AbortError" | "InvalidStateError" => CameraError::Busy,
        _ => CameraError::Missing,
    }
}

impl Camera {
    /// Shows the camera's picture.
    pub fn show(&self, video: &HtmlVideoElement) {
        // Every video element has this property.
        let _ = Reflect::set(video, &"srcObject".into(), &self.0);
        // The element has `autoplay`, but some browsers need the call as well. Its promise fails if
        // the element is removed at once, and that may be ignored.
        let playing = call(video, "play", &[]).and_then(JsCast::dyn_into::<Promise>);
        if let Ok(playing) = playing {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = JsFuture::from(playing).await;
            });
        }
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        let tracks = call(&self.0, "getTracks", &[]).and_then(JsCast::dyn_into::<Array>);
        for track in tracks.unwrap_or_default() {
            // `stop` does not fail for a track.
            let _ = call(&track, "stop", &[]);
        }
    }
}
