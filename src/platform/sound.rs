//! A short tone, for those who look elsewhere.

use wasm_bindgen::JsValue;
use web_sys::AudioContext;

/// What can make a tone. Browsers let it only when it was made while the person touched something.
#[derive(Debug)]
pub struct Sound(AudioContext);

impl Sound {
    /// A new one; `None` where the browser gives none.
    #[must_use]
    pub fn new() -> Option<Self> {
        AudioContext::new().ok().map(Self)
    }

    /// A tone of an eighth of a second that fades away.
    pub fn beep(&self) {
        // Nothing depends on it being heard.
        let _ = self.try_beep();
    }

    fn try_beep(&self) -> Result<(), JsValue> {
        let (now, length) = (self.0.current_time(), 0.125);
        let tone = self.0.create_oscillator()?;
        let volume = self.0.create_gain()?;
        tone.frequency().set_value(880.0);
        volume.gain().set_value_at_time(0.2, now)?;
        volume.gain().exponential_ramp_to_value_at_time(0.001, now + length)?;
        tone.connect_with_audio_node(&volume)?;
        volume.connect_with_audio_node(&self.0.destination())?;
        tone.start()?;
        tone.stop_with_when(now + length)
    }
}

/// A browser allows only a few of them at a time.
impl Drop for Sound {
    fn drop(&mut self) {
        // Fails for one that is closed already.
        let _ = self.0.close();
    }
}
