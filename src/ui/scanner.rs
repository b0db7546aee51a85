//! The scanner: reads codes by the camera, many in a row, or from a photo.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlVideoElement;

use crate::codec::qr::Sightings;
use crate::platform::camera::{self, Camera, CameraError};
use crate::platform::image_source::{ImageSource, NotAnImageError, decode};
use crate::platform::sound::Sound;
use crate::platform::{clock, files, timers};
use crate::text::transfer as words;
use crate::ui::element::{El, button, el};
use crate::ui::shared::field::check;

mod code_reader;

use code_reader::CodeReader;

/// The interval between two camera frames that are read, in milliseconds: eight a second.
const SCAN_INTERVAL_MS: u64 = 125;
/// How long nothing may be read before the scanner says what would help, in milliseconds.
const HINT_AFTER_MS: u64 = 8000;

/// The state of the scanner.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Off,
    Starting,
    On,
    /// On, and nothing was read for long.
    Searching,
    Reading,
    Failed(&'static str),
}

#[derive(Clone, Copy)]
struct Scanner {
    state: RwSignal<State>,
    sounds: RwSignal<bool>,
    /// The camera, while it is on. It is switched off with the screen.
    camera: StoredValue<Option<Camera>, LocalStorage>,
    sound: StoredValue<Option<Sound>, LocalStorage>,
    /// Counts starts, so that a stopped scan does not continue.
    turn: RwSignal<u32>,
    give: StoredValue<Rc<dyn Fn(String)>, LocalStorage>,
}

/// A scanner that calls back with each text it reads, once for as long as the code is in view.
pub(in crate::ui) fn scanner(on_text: Box<dyn Fn(String)>) -> El {
    let scanner = Scanner {
        state: RwSignal::new(State::Off),
        sounds: RwSignal::new(true),
        camera: StoredValue::new_local(None),
        sound: StoredValue::new_local(None),
        turn: RwSignal::new(0),
        give: StoredValue::new_local(Rc::from(on_text)),
    };
    let running = Memo::new(move |_| {
        matches!(scanner.state.get(), State::Starting | State::On | State::Searching)
    });
    let view = move || if running.get() { scanner.running() } else { vec![scanner.start_button()] };
    let said = move || {
        match scanner.state.get() {
            State::Off => "",
            State::Starting => words::starting(),
            State::On => words::aim(),
            State::Searching => words::search_help(),
            State::Reading => words::reading(),
            State::Failed(why) => why,
        }
        .to_owned()
    };
    el("div")
        .class("scanner")
        .child(el("div").class("scanner__view").dyn_children(view))
        .child(el("p").class("muted").attr("role", "status").text(said))
        .child(el("p").class("form__actions").children([scanner.photo(), scanner.mute()]))
}

impl Scanner {
    fn start_button(self) -> El {
        // The video is built with the content that replaces this button.
        let start = button(move || {
            // Browsers allow sound to be prepared only during a tap.
            self.sound.set_value(Sound::new());
            self.state.set(State::Starting);
        });
        start.class("button button--primary").text(words::scan())
    }

    fn running(self) -> Vec<El> {
        let video = el("video")
            .class("scanner__video")
            .attr("aria-label", words::preview())
            .attr("playsinline", "")
            .attr("autoplay", "")
            .attr("muted", "");
        if let Ok(video) = video.raw().clone().dyn_into::<HtmlVideoElement>() {
            // The attribute alone has no effect on an element that a script has made.
            video.set_muted(true);
            self.start(video);
        }
        let stop = button(move || self.stop(State::Off)).class("button").text(words::stop());
        vec![video, stop]
    }

    fn photo(self) -> El {
        // The type makes phones offer their camera. Whatever is picked is judged by its content.
        let choose = el("input").attr("type", "file").attr("accept", "image/*").on(
            ev::change,
            move |event| {
                let chosen = files::chosen(&event);
                if !chosen.is_empty() {
                    self.stop(State::Reading);
                    timers::spawn(Box::pin(self.read_photos(chosen)));
                }
            },
        );
        el("label").class("button button--file").text(words::picture()).child(choose)
    }

    fn mute(self) -> El {
        check(words::sound(), move || self.sounds.get(), move |on| self.sounds.set(on))
    }

    fn start(self, video: HtmlVideoElement) {
        let turn = self.next_turn();
        timers::spawn(Box::pin(async move {
            let camera = camera::open().await;
            // If scanning was stopped meanwhile, the camera is dropped here.
            if !self.is_current(turn) {
                return;
            }
            match camera {
                Ok(camera) => {
                    camera.show(&video);
                    self.camera.set_value(Some(camera));
                    self.scan(ImageSource::Video(video), turn).await;
                }
                Err(error) => self.stop(State::Failed(refusal(error))),
            }
        }));
    }

    /// Reads the camera's frames until it is stopped.
    async fn scan(self, source: ImageSource, turn: u32) {
        let Some(mut reader) = CodeReader::open().await else {
            if self.is_current(turn) {
                self.stop(State::Failed(words::no_reader()));
            }
            return;
        };
        let mut sightings = Sightings::default();
        let mut last_read = clock::now().0;
        while self.is_current(turn) {
            let begun = clock::now().0;
            if source.is_ready() {
                let is_lost = begun.saturating_sub(last_read) > HINT_AFTER_MS;
                self.show(if is_lost { State::Searching } else { State::On });
                let Some(texts) = reader.read_frame(&source).await else {
                    if self.is_current(turn) {
                        self.stop(State::Failed(words::no_reader()));
                    }
                    return;
                };
                if !self.is_current(turn) {
                    return;
                }
                if !texts.is_empty() {
                    last_read = clock::now().0;
                }
                for text in sightings.fresh(texts, clock::now().0) {
                    self.notify(text);
                }
            }
            let taken = clock::now().0.saturating_sub(begun);
            // Leaves a slow device time for other work.
            let rest = SCAN_INTERVAL_MS.saturating_sub(taken).max(20);
            timers::sleep(i32::try_from(rest).unwrap_or(20)).await;
        }
    }

    async fn read_photos(self, chosen: Vec<files::PickedFile>) {
        let turn = self.turn.get_untracked();
        let read = read_photos(chosen).await;
        if !self.is_current(turn) {
            return;
        }
        match read {
            Ok(texts) if texts.is_empty() => self.state.set(State::Failed(words::nothing_found())),
            Ok(texts) => {
                self.state.set(State::Off);
                for text in texts {
                    self.notify(text);
                }
            }
            Err(why) => self.state.set(State::Failed(why)),
        }
    }

    /// Sets the state, unless it is that already: a status is announced each time it is set.
    fn show(self, state: State) {
        if self.state.get_untracked() != state {
            self.state.set(state);
        }
    }

    fn notify(self, text: String) {
        if self.sounds.try_get_untracked() == Some(true) {
            let _ = self.sound.try_with_value(|sound| sound.as_ref().map(Sound::beep));
        }
        if let Some(give) = self.give.try_get_value() {
            give(text);
        }
    }

    fn stop(self, state: State) {
        self.next_turn();
        self.camera.set_value(None);
        self.state.set(state);
    }

    fn next_turn(self) -> u32 {
        self.turn.update(|turn| *turn += 1);
        self.turn.get_untracked()
    }

    /// Whether the screen still exists, and no other scan was started on it.
    fn is_current(self, turn: u32) -> bool {
        self.turn.try_get_untracked() == Some(turn)
    }
}

/// The texts of the codes in photos, or why there are none.
pub(in crate::ui) async fn read_photos(
    chosen: Vec<files::PickedFile>,
) -> Result<Vec<String>, &'static str> {
    let mut reader = CodeReader::open().await.ok_or_else(words::no_reader)?;
    let mut texts = Vec::new();
    for file in chosen {
        let source = decode(&file).await.map_err(|NotAnImageError| words::no_picture())?;
        texts.extend(reader.read_photo(&source).await.ok_or_else(words::no_reader)?);
    }
    Ok(texts)
}

fn refusal(error: CameraError) -> &'static str {
    match error {
        CameraError::Insecure => words::insecure(),
        CameraError::Missing => words::no_camera(),
        CameraError::Refused => words::refused(),
        CameraError::Busy => words::busy(),
    }
}
