//! The camera at the back of the device, for as long as it is needed.

use js_sys::{Array, Object, Promise, Reflect};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, HtmlVideoElement};

use super::reflect::{call, get};

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CameraError {
    /// The page came over an address that browsers give no camera to.
    #[error("the page is not secure")]
    Insecure,
    /// The device has none, or the browser knows none.
    #[error("there is no camera")]
    Missing,
    /// The person, or who set the device up, has refused it.
    #[error("the camera was refused")]
    Refused,
    /// Another program has it.
    #[error("the camera cannot be used now")]
    Busy,
}

/// A camera that is on, a `MediaStream`. It goes off when this is dropped.
#[derive(Debug)]
pub struct Camera(JsValue);

/// Asks for the camera, and waits for the person's answer.
///
/// # Errors
/// When the device has none, or it may not be used.
pub async fn open() -> Result<Camera, CameraError> {
    let window = web_sys::window().ok_or(CameraError::Missing)?;
    if !window.is_secure_context() {
        return Err(CameraError::Insecure);
    }
    // Browsers without cameras lack this.
    let devices = get(&window.navigator(), "mediaDevices");
    if !devices.is_object() {
        return Err(CameraError::Missing);
    }
    let asked = call(&devices, "getUserMedia", &[wanted().into()]).map_err(|e| reason(&e))?;
    let asked = asked.dyn_into::<Promise>().map_err(|_| CameraError::Missing)?;
    JsFuture::from(asked).await.map(Camera).map_err(|error| reason(&error))
}

/// The camera that looks away from the person, where there are two, and as fine as codes of version
/// 20 ask for. Both are wishes: a laptop's own camera does as well.
fn wanted() -> Object {
    let video = Object::new();
    for (name, value) in [
        ("facingMode", JsValue::from_str("environment")),
        ("width", JsValue::from_f64(1280.0)),
        ("height", JsValue::from_f64(720.0)),
    ] {
        // A new object takes any property.
        let _ = Reflect::set(&video, &name.into(), &value);
    }
    let wanted = Object::new();
    let _ = Reflect::set(&wanted, &"video".into(), &video);
    wanted
}

/// The names are those of the Media Capture specification.
fn reason(error: &JsValue) -> CameraError {
    let name = error.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default();
    match name.as_str() {
        "NotAllowedError" | "SecurityError" => CameraError::Refused,
        "NotReadableError" | "AbortError" | "InvalidStateError" => CameraError::Busy,
        _ => CameraError::Missing,
    }
}

impl Camera {
    /// Shows what it sees.
    pub fn show(&self, video: &HtmlVideoElement) {
        // Every video element has this.
        let _ = Reflect::set(video, &"srcObject".into(), &self.0);
        // The element plays by itself; some browsers want to be asked as well. Where it is taken
        // away at once the promise fails, and nobody waits for it.
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
            // Fails for no track.
            let _ = call(&track, "stop", &[]);
        }
    }
}
