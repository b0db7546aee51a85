//! Telling the app's other tabs what was stored.
//!
//! The browser's `storage` event says nothing while `localStorage` is full or blocked, so tabs
//! speak through a channel of their own. A message is an array of keys and values by turns.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::codec::stored::{Key, Scope};
use crate::platform::events::{self, StoredElsewhere};

/// What one tab says to the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TabMessage {
    /// It has stored this or, without a value, taken it away.
    Stored(Vec<StoredElsewhere>),
    /// It has stored more than fits into a message: IndexedDB has it.
    Reread,
}

impl TabMessage {
    /// Whether it says that everything was erased.
    #[must_use]
    pub fn erases(&self) -> bool {
        let everything = Key::Removal(Scope::everything()).to_string();
        matches!(self, Self::Stored(entries) if entries.iter().any(|entry| entry.key == everything))
    }
}

/// The channel to the other tabs, until it is dropped.
#[derive(Debug)]
pub struct Tabs(BroadcastChannel);

impl Tabs {
    /// Opens the channel. `None` where the browser has none: the `storage` event is what is left.
    #[must_use]
    pub fn open() -> Option<Self> {
        let name = JsValue::from_str("BroadcastChannel");
        let known = js_sys::Reflect::has(&js_sys::global(), &name).unwrap_or_default();
        known.then(|| BroadcastChannel::new("jalons").ok().map(Self)).flatten()
    }

    /// Calls `act` at each message, for ever.
    pub fn listen(&self, act: impl Fn(TabMessage) + 'static) {
        events::listen(&self.0, "message", move |event: MessageEvent| act(parse(&event.data())));
    }

    /// Says it to the other tabs.
    pub fn say(&self, word: &TabMessage) {
        let message = Array::new();
        let add = |key: &str, value: Option<&str>| {
            message.push(&key.into());
            message.push(&value.map_or(JsValue::NULL, JsValue::from_str));
        };
        match word {
            TabMessage::Stored(entries) => {
                for StoredElsewhere { key, value } in entries {
                    add(key, value.as_deref());
                }
            }
            TabMessage::Reread => {}
        }
        // Fails once the channel is closed, which nobody does.
        let _ = self.0.post_message(&message);
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.0.close();
    }
}

fn parse(message: &JsValue) -> TabMessage {
    let texts = Array::from(message);
    let mut entries = Vec::new();
    for at in (0..texts.length()).step_by(2) {
        let value = texts.get(at + 1).as_string();
        entries.extend(texts.get(at).as_string().map(|key| StoredElsewhere { key, value }));
    }
    if entries.is_empty() { TabMessage::Reread } else { TabMessage::Stored(entries) }
}
