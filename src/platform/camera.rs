//! The camera at the back of the device, for as long as it is needed.

use js_sys::Reflect;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, HtmlVideoElement, MediaDevices, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

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

/// A camera that is on. It goes off when this is dropped.
#[derive(Debug)]
pub struct Camera(MediaStream);

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
    let devices = Reflect::get(&window.navigator(), &"mediaDevices".into()).unwrap_or_default();
    let devices = devices.dyn_into::<MediaDevices>().map_err(|_| CameraError::Missing)?;
    let stream = devices.get_user_media_with_constraints(&wanted()).map_err(|e| reason(&e))?;
    let stream = JsFuture::from(stream).await.map_err(|error| reason(&error))?;
    stream.dyn_into().map(Camera).map_err(|_| CameraError::Missing)
}

/// The camera that looks away from the person, where there are two, and as fine as codes of version
/// 20 ask for. Both are wishes: a laptop's own camera does as well.
fn wanted() -> MediaStreamConstraints {
    let video = js_sys::Object::new();
    for (name, value) in [
        ("facingMode", JsValue::from_str("environment")),
        ("width", JsValue::from_f64(1280.0)),
        ("height", JsValue::from_f64(720.0)),
    ] {
        // A new object takes any property.
        let _ = Reflect::set(&video, &name.into(), &value);
    }
    let wanted = MediaStreamConstraints::new();
    wanted.set_video(&video);
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
        video.set_src_object(Some(&self.0));
        // The element plays by itself; some browsers want to be asked as well. Where it is taken
        // away at once the promise fails, and nobody waits for it.
        if let Ok(playing) = video.play() {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = JsFuture::from(playing).await;
            });
        }
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        for track in self.0.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}
