//! A short tone, as a signal for a person who looks away from the screen.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::reflect::{call, get};

/// An `AudioContext`. Browsers allow sound only if it was created within a user action.
#[derive(Debug)]
pub struct Sound(JsValue);

impl Sound {
    /// Creates the context; `None` if the browser has none.
    #[must_use]
    pub fn new() -> Option<Self> {
        let kind = get(&web_sys::window()?.into(), "AudioContext").dyn_into::<Function>().ok()?;
        Reflect::construct(&kind, &Array::new()).ok().map(Self)
    }

    /// Plays a tone of an eighth of a second that fades out.
    pub fn beep(&self) {
        // The sound is optional, so errors are ignored.
        let _ = self.try_beep();
    }

    fn try_beep(&self) -> Result<(), JsValue> {
        let now = get(&self.0, "currentTime").as_f64().unwrap_or_default();
        let (now, end) = (JsValue::from_f64(now), JsValue::from_f64(now + 0.125));
        let tone = call(&self.0, "createOscillator", &[])?;
        let volume = call(&self.0, "createGain", &[])?;
        Reflect::set(&get(&tone, "frequency"), &"value".into(), &880.0.into())?;
        let gain = get(&volume, "gain");
        call(&gain, "setValueAtTime", &[0.2.into(), now])?;
        call(&gain, "exponentialRampToValueAtTime", &[0.001.into(), end.clone()])?;
        call(&tone, "connect", std::slice::from_ref(&volume))?;
        call(&volume, "connect", &[get(&self.0, "destination")])?;
        call(&tone, "start", &[])?;
        call(&tone, "stop", &[end])?;
        Ok(())
    }
}

/// Closes the context, because browsers allow only a few at a time.
impl Drop for Sound {
    fn drop(&mut self) {
        // Fails only if it is closed already.
        let _ = call(&self.0, "close", &[]);
    }
}
