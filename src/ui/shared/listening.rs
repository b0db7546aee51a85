//! Reads the official texts of a screen aloud, with their plain words, by the browser's voices.
//!
//! Nothing leaves the device unless the person agrees: a voice that needs a service asks first.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use leptos::prelude::*;
use web_sys::Element;

use super::icon::icon_of;
use super::styles::mount_style;
use crate::domain::listening::{self, Listening, ReadingVoice};
use crate::platform::speech::{Speech, SystemVoice};
use crate::platform::{events, page, visibility};
use crate::store::{AppStore, Notice};
use crate::text;
use crate::text::listening as words;
use crate::ui::element::{El, button, el};
use crate::ui::store;

/// Has the words of an element that is read aloud, as the convention has them.
const SAID: &str = "data-said";
/// Marks the element that is being read.
const READING: &str = "data-reading";
/// A loudspeaker.
const SPEAKER: &str = "M4 9v6h4l5 4V5L8 9zM16.5 8.5a5 5 0 0 1 0 7M19 6a8.5 8.5 0 0 1 0 12";

impl El {
    /// Has the element read aloud, when a person listens to its screen, by these words.
    pub(in crate::ui) fn said(self, words: &str) -> Self {
        self.attr(SAID, words)
    }
}

/// The sentences of a text, each in an element of its own, which is marked while it is read. `fill`
/// puts the typeset words into it.
pub(in crate::ui) fn said_sentences(text: &str, fill: impl Fn(El, &str) -> El) -> Vec<El> {
    let sentence =
        |sentence: &str| fill(el("span").said(sentence.trim()), &text::typeset(sentence));
    listening::sentences(text).into_iter().map(sentence).collect()
}

/// The buttons that read the screen aloud; nothing where no voice speaks its language.
pub(in crate::ui) fn listening() -> El {
    mount_style(include_str!("../../../style/listening.css"));
    let place = el("div").class("listening no-print");
    let Some(reader) = Reader::new(place.raw().clone()) else { return place };
    let controls = reader.controls();
    let state = reader.state;
    let place = place.attr("data-on", move || {
        matches!(state.get(), Listening::Reading(_) | Listening::Paused(_)).then(String::new)
    });
    place.dyn_children(move || if reader.has_voice.get() { controls.clone() } else { Vec::new() })
}

/// The reading of one screen. It ends with the screen.
struct Reader {
    /// An element of the screen.
    place: Element,
    store: AppStore,
    speech: Speech,
    has_voice: RwSignal<bool>,
    state: RwSignal<Listening>,
    /// What is read: found when reading begins, because lists may have changed.
    passages: RefCell<Vec<Passage>>,
    voice: RefCell<Option<SystemVoice>>,
    /// Grows with every change, so that a sentence that was cancelled continues nothing: browsers
    /// tell its end too.
    turn: Cell<u32>,
    /// Whether a sentence is being said: signals are gone when the screen is left.
    is_saying: Cell<bool>,
}

struct Passage {
    element: Element,
    words: String,
}

thread_local! {
    /// Whether the person has let a voice send texts to its service, since the page was loaded.
    static HAS_AGREED: Cell<bool> = const { Cell::new(false) };
}

impl Reader {
    fn new(place: Element) -> Option<Rc<Self>> {
        let reader = Rc::new(Self {
            place,
            store: store(),
            speech: Speech::find()?,
            has_voice: RwSignal::new(false),
            state: RwSignal::default(),
            passages: RefCell::default(),
            voice: RefCell::default(),
            turn: Cell::default(),
            is_saying: Cell::default(),
        });
        reader.look_for_voice();
        let weak = Rc::downgrade(&reader);
        let voices = reader.speech.on_voices(act(&weak, |reader| reader.look_for_voice()));
        let left = events::on_page_left(act(&weak, Self::stop));
        let _ = StoredValue::new_local((voices, left, StopWithScreen(reader.clone())));
        Some(reader)
    }

    fn controls(self: &Rc<Self>) -> Vec<El> {
        let state = self.state;
        let weak = Rc::downgrade(self);
        let main = button(act(&weak, Self::press))
            .class("button")
            .child(icon_of(SPEAKER))
            .child(el("span").text(move || words::main(state.get()).to_owned()));
        let press_next = main.clone();
        let stop = act(&weak, Self::stop);
        let second = button(move || {
            stop();
            // The pressed button goes.
            press_next.focus();
        });
        let second = second
            .class("button button--ghost")
            .attr("hidden", move || (state.get() == Listening::Silent).then(String::new))
            .text(move || words::second(state.get()).to_owned());
        let asks = el("p")
            .class("listening__asks")
            .attr("role", "status")
            .text_when(words::asks(), move || state.get() == Listening::Asking);
        let buttons = el("div")
            .class("listening__buttons")
            .attr("role", "group")
            .attr("aria-label", words::listening())
            .child(main)
            .child(second);
        vec![buttons, asks]
    }

    /// The voice that reads the page, and whether it reads what a translator made of the text. Who
    /// has the browser translate the page hears the translation, if a voice of the device speaks its
    /// language, and the official text in French otherwise.
    fn choose(&self) -> Option<(SystemVoice, bool)> {
        let mut found = self.speech.voices();
        let voices: Vec<_> = found.iter().map(as_voice).collect();
        let shown = page::language().unwrap_or_default();
        let translated = listening::choose(&voices, &shown)
            .filter(|at| !voices[*at].speaks(words::LANGUAGE) && voices[*at].is_local);
        let at = translated.or_else(|| listening::choose(&voices, words::LANGUAGE))?;
        Some((found.swap_remove(at), translated.is_some()))
    }

    fn look_for_voice(&self) {
        // The screen may have been left.
        let _ = self.has_voice.try_set(self.choose().is_some());
    }

    fn press(self: &Rc<Self>) {
        let now = self.state.get_untracked();
        if now == Listening::Silent {
            let Some((voice, is_translated)) = self.choose() else { return };
            self.passages.replace(passages(&self.place, is_translated));
            self.voice.replace(Some(voice));
        }
        let is_local = self.voice.borrow().as_ref().is_some_and(|voice| voice.is_local);
        if now == Listening::Asking {
            HAS_AGREED.set(true);
        }
        self.enter(now.pressed(is_local || HAS_AGREED.get()));
    }

    fn stop(self: &Rc<Self>) {
        self.enter(Listening::Silent);
    }

    /// Says what the state asks for, and nothing else. A pause cancels, and its sentence is read again
    /// from the start: phones lose their place in a paused utterance.
    fn enter(self: &Rc<Self>, next: Listening) {
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        if self.is_saying.take() {
            self.speech.cancel();
        }
        let former = self.state.try_get_untracked().unwrap_or_default();
        let passages = self.passages.borrow();
        let of = |state| match state {
            Listening::Reading(at) | Listening::Paused(at) => passages.get(at),
            Listening::Silent | Listening::Asking => None,
        };
        if let (Some(left), Some(begun)) = (of(former), of(next)) {
            // Who has scrolled elsewhere stays there.
            if visibility::is_in_view(&left.element) {
                visibility::bring_into_view(&begun.element);
            }
        }
        mark(of(former), false);
        mark(of(next), true);
        let _ = self.state.try_set(next);
        let voice = self.voice.borrow();
        if let (Listening::Reading(_), Some(passage), Some(voice)) =
            (next, of(next), voice.as_ref())
        {
            let weak = Rc::downgrade(self);
            self.is_saying.set(true);
            self.speech.say(&passage.words, voice, move |ended| {
                if let Some(reader) = weak.upgrade().filter(|reader| reader.turn.get() == turn) {
                    reader.proceed(ended);
                }
            });
        }
    }

    fn proceed(self: &Rc<Self>, ended: bool) {
        self.is_saying.set(false);
        if ended {
            let pieces = self.passages.borrow().len();
            self.enter(self.state.get_untracked().ended(pieces));
        } else {
            self.stop();
            self.store.notify(Notice::Text(words::failed().to_owned()));
        }
    }
}

/// Marks what is being read, or no longer.
fn mark(passage: Option<&Passage>, is_read: bool) {
    if let Some(passage) = passage {
        // Fails for no attribute of this name.
        let _ = if is_read {
            passage.element.set_attribute(READING, "")
        } else {
            passage.element.remove_attribute(READING)
        };
    }
}

/// A callback that does nothing once the screen is left.
fn act(reader: &Weak<Reader>, f: impl Fn(&Rc<Reader>) + 'static) -> impl Fn() + 'static {
    let reader = reader.clone();
    move || {
        if let Some(reader) = reader.upgrade() {
            f(&reader);
        }
    }
}

fn as_voice(voice: &SystemVoice) -> ReadingVoice<'_> {
    let SystemVoice { language, is_local, is_default, .. } = voice;
    ReadingVoice { language, is_local: *is_local, is_default: *is_default }
}

/// The texts of the screen, in its order. A translator leaves the elements and replaces the text in
/// them.
fn passages(place: &Element, is_translated: bool) -> Vec<Passage> {
    let passage = |element: Element| {
        let words =
            if is_translated { element.text_content() } else { element.get_attribute(SAID) };
        Passage { element, words: words.unwrap_or_default() }
    };
    let main = place.closest("main").ok().flatten();
    main.map(|main| page::all(&main, "[data-said]").into_iter().map(passage).collect())
        .unwrap_or_default()
}

/// Stops the reading when the screen is left.
struct StopWithScreen(Rc<Reader>);

impl Drop for StopWithScreen {
    fn drop(&mut self) {
        self.0.stop();
    }
}
