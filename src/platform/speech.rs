//! The browser's voices, which read a text aloud.

use std::cell::RefCell;

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

use super::events::{self, ListenerGuard};
use super::reflect::{call, get};

/// The browser's `speechSynthesis`.
#[derive(Debug)]
pub struct Speech {
    synthesis: JsValue,
    /// What is being said: some browsers collect an utterance that nothing refers to while it is
    /// spoken, and never tell its end.
    said: RefCell<Option<EventTarget>>,
}

/// A voice of the browser.
#[derive(Clone, Debug)]
pub struct SystemVoice {
    /// Its language, such as `fr-FR`; `fr_FR` in some browsers.
    pub language: String,
    /// Whether it speaks without the network.
    pub is_local: bool,
    /// Whether it is the system's own choice.
    pub is_default: bool,
    voice: JsValue,
}

impl Speech {
    /// `None` if the browser does not speak.
    #[must_use]
    pub fn find() -> Option<Self> {
        let synthesis = get(&js_sys::global(), "speechSynthesis");
        let speaks = synthesis.is_object() && utterance_class().is_some();
        speaks.then(|| Self { synthesis, said: RefCell::default() })
    }

    /// The voices that have been loaded so far.
    #[must_use]
    pub fn voices(&self) -> Vec<SystemVoice> {
        let voices = call(&self.synthesis, "getVoices", &[]).unwrap_or_default();
        let Some(voices) = voices.dyn_ref::<Array>() else { return Vec::new() };
        let voice = |voice: JsValue| SystemVoice {
            language: get(&voice, "lang").as_string().unwrap_or_default(),
            is_local: get(&voice, "localService").is_truthy(),
            is_default: get(&voice, "default").is_truthy(),
            voice,
        };
        voices.iter().map(voice).collect()
    }

    /// Calls `act` when voices have been loaded. `None` if the browser does not report it.
    #[must_use]
    pub fn on_voices(&self, act: impl Fn() + 'static) -> Option<ListenerGuard> {
        let target: EventTarget = self.synthesis.clone().dyn_into().ok()?;
        let callback = Closure::<dyn Fn()>::new(act);
        let function: Function = callback.as_ref().unchecked_ref::<Function>().clone();
        target.add_event_listener_with_callback("voiceschanged", &function).ok()?;
        let stop = move || {
            let _ = target.remove_event_listener_with_callback("voiceschanged", &function);
        };
        Some(ListenerGuard::new(stop, callback))
    }

    /// Says a text, and calls back with whether it was said to its end.
    pub fn say(&self, text: &str, voice: &SystemVoice, done: impl FnOnce(bool) + 'static) {
        let class = utterance_class();
        let utterance = class.and_then(|class| {
            Reflect::construct(&class, &Array::of1(&text.into()))
                .ok()?
                .dyn_into::<EventTarget>()
                .ok()
        });
        let Some(utterance) = utterance else { return done(false) };
        // Setting these properties fails for no voice that the browser has listed.
        let _ = Reflect::set(&utterance, &"voice".into(), &voice.voice);
        let _ = Reflect::set(&utterance, &"lang".into(), &voice.language.as_str().into());
        let told = move |event: Event| done(event.type_() == "end");
        events::once_of(&utterance, &["end", "error"], Box::new(told));
        // A browser that refuses tells it by an error event.
        let _ = call(&self.synthesis, "speak", &[JsValue::from(&utterance)]);
        self.said.replace(Some(utterance));
    }

    /// Stops at once. The callback of what was being said may still be called, with either answer.
    pub fn cancel(&self) {
        // At worst, the sentence is read to its end.
        let _ = call(&self.synthesis, "cancel", &[]);
    }
}

fn utterance_class() -> Option<Function> {
    get(&js_sys::global(), "SpeechSynthesisUtterance").dyn_into().ok()
}
