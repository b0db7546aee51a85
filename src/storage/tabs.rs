//! The channel to the app's other tabs, which carries the stored entries.
//!
//! The browser fires no `storage` event while `localStorage` is full or blocked, so tabs use a
//! `BroadcastChannel`. A message is an array in which keys and values alternate.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::codec::stored::{Key, Scope};
use crate::platform::events::{self, StoredElsewhere};

/// A message of one tab to the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TabMessage {
    /// The tab is storing these entries, and removing those without a value.
    Stored(Vec<StoredElsewhere>),
    /// The tab has stored more entries than fit into a message: the others read IndexedDB again.
    Reread,
}

impl TabMessage {
    /// Whether the message reports that everything was erased.
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
    /// Opens the channel. `None` where the browser has none: then only the `storage` event remains.
    #[must_use]
    pub fn open() -> Option<Self> {
        let name = JsValue::from_str("BroadcastChannel");
        let is_supported = js_sys::Reflect::has(&js_sys::global(), &name).unwrap_or_default();
        is_supported.then(|| BroadcastChannel::new("jalons").ok().map(Self)).flatten()
    }

    /// Calls `callback` with each message, as long as the page lives.
    pub fn listen(&self, callback: impl Fn(TabMessage) + 'static) {
        events::listen(&self.0, "message", move |event: MessageEvent| {
            callback(parse(&event.data()));
        });
    }

    /// Sends a message to the other tabs.
    pub fn send(&self, message: &TabMessage) {
        let texts = Array::new();
        let add = |key: &str, value: Option<&str>| {
            texts.push(&key.into());
            texts.push(&value.map_or(JsValue::NULL, JsValue::from_str));
        };
        match message {
            TabMessage::Stored(entries) => {
                for StoredElsewhere { key, value } in entries {
                    add(key, value.as_deref());
                }
            }
            TabMessage::Reread => {}
        }
        // Posting fails once the channel is closed, which only dropping it does.
        let _ = self.0.post_message(&texts);
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
