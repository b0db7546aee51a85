//! Exports records as a file: which ones, in which format, after a check for personal data.

use std::collections::BTreeSet;

use leptos::ev;
use leptos::prelude::*;

use super::naming::naming;
use super::objectives::objectives;
use crate::codec::carnet::{FileError, Selection, to_json};
use crate::codec::csv;
use crate::domain::item::Code;
use crate::domain::journal::Journal;
use crate::domain::record::RecordId;
use crate::platform::download::{self, Media};
use crate::platform::{clock, timers};
use crate::report::{carnet_markdown, tables};
use crate::store::{AppStore, Notice};
use crate::text::{export as words, notices, stored};
use crate::ui::element::{El, button, el};
use crate::ui::shared::field::{check, field, form_error, radio};
use crate::ui::shared::heading::section;
use crate::ui::store;

mod review;

use review::review;

/// The format of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Carnet,
    Observations,
    Notes,
    Report,
}

impl Form {
    const ALL: [Self; 4] = [Self::Carnet, Self::Observations, Self::Notes, Self::Report];

    fn words(self) -> [&'static str; 2] {
        match self {
            Self::Carnet => [words::carnet(), words::carnet_hint()],
            Self::Observations => [words::observations(), words::table_hint()],
            Self::Notes => [words::notes(), words::table_hint()],
            Self::Report => [words::report(), words::report_hint()],
        }
    }

    /// The start and the extension of the file name, and its media type.
    fn file(self) -> (&'static str, &'static str, Media) {
        match self {
            Self::Carnet => ("carnet", "json", Media::Json),
            Self::Observations => ("observations", "csv", Media::Csv),
            Self::Notes => ("notes", "csv", Media::Csv),
            Self::Report => ("rapport", "md", Media::Markdown),
        }
    }

    /// Whether the file contains people's texts.
    fn has(self, id: RecordId) -> bool {
        !matches!(
            (self, id),
            (Self::Observations, RecordId::Note(_)) | (Self::Notes, RecordId::Observation(_))
        )
    }
}

/// The step of the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Choose,
    Name,
    Review,
}

/// The choices, and the current step.
#[derive(Clone, Copy)]
struct Export {
    store: AppStore,
    step: RwSignal<Step>,
    under: RwSignal<Option<Code>>,
    form: RwSignal<Form>,
    with_private: RwSignal<bool>,
    left_out: RwSignal<BTreeSet<RecordId>>,
    error: RwSignal<Option<String>>,
    /// Whether the file is made as soon as both stores have been read.
    waits: RwSignal<bool>,
}

/// The interval, in milliseconds, of checking whether both stores have been read.
const POLL_INTERVAL_MS: i32 = 200;

/// The section.
pub(super) fn export() -> El {
    let export = Export {
        store: store(),
        step: RwSignal::new(Step::Choose),
        under: RwSignal::new(None),
        form: RwSignal::new(Form::Carnet),
        with_private: RwSignal::new(false),
        left_out: RwSignal::new(BTreeSet::new()),
        error: RwSignal::new(None),
        waits: RwSignal::new(false),
    };
    let step = move || match export.step.get() {
        Step::Choose => untrack(|| export.choose()),
        Step::Name => vec![untrack(|| {
            naming(move || export.named(), move || export.step.set(Step::Choose), true)
        })],
        Step::Review => untrack(|| review(export)),
    };
    section("export", words::title())
        .class("no-print")
        .child(el("p").class("prose").text(words::lead()))
        .child(el("div").class("steps").dyn_children(step))
}

impl Export {
    fn choose(self) -> Vec<El> {
        let option = |form: Form| {
            let [name, hint] = form.words();
            let chosen = move || self.form.get() == form;
            el("label")
                .class("level")
                .child(radio("form", chosen, move || self.form.set(form)))
                .child(el("span").class("level__name").text(name))
                .text(" ")
                .child(el("span").class("level__hint").text(hint))
        };
        let forms = el("fieldset")
            .class("levels")
            .child(el("legend").text(words::form()))
            .children(Form::ALL.map(option));
        let make =
            el("button").attr("type", "submit").class("button button--primary").text(words::make());
        vec![
            el("form")
                .class("form")
                .attr("aria-label", words::title())
                .on(ev::submit, move |event| {
                    event.prevent_default();
                    self.begin();
                })
                .child(field(words::what(), objectives(words::everything(), self.under)))
                .child(forms)
                .child(el("div").dyn_children(move || self.private()))
                .child(form_error(self.error))
                .child(el("p").class("form__actions").child(make)),
        ]
    }

    /// The box that includes private notes; nothing where there are none.
    fn private(self) -> Vec<El> {
        let count = self.store.private_count(self.under.get());
        if count == 0 || self.form.get() == Form::Observations {
            return Vec::new();
        }
        let stays = move || {
            let stays = !self.with_private.get();
            if stays { words::stays(count) } else { String::new() }
        };
        let checked = move || self.with_private.get();
        let choose = move |with| self.with_private.set(with);
        vec![
            check(&words::with_private(count), checked, choose),
            el("p").class("muted").text(stays),
        ]
    }

    /// The chosen records, without the notes left out in the review.
    fn selection(self) -> Selection {
        Selection {
            under: self.under.get_untracked(),
            with_private: self.with_private.get_untracked()
                && self.form.get_untracked() != Form::Observations,
            without: BTreeSet::new(),
        }
    }

    /// Asks once for the device's name, then shows the personal data found, then makes the file.
    fn begin(self) {
        self.error.set(None);
        self.left_out.set(BTreeSet::new());
        let is_empty = untrack(|| self.store.selected(&self.selection())).is_empty();
        let (reads, has_read) =
            untrack(|| (self.store.storage().is_reading(), self.store.storage().has_read()));
        if reads {
            // A file without the records still being read would look complete.
            self.error.set(Some(words::still_reading().to_owned()));
            return self.begin_later();
        }
        if is_empty && !has_read {
            return self.error.set(Some(stored::reading().to_owned()));
        }
        if is_empty {
            return self.error.set(Some(words::empty().to_owned()));
        }
        let ask = self.form.get_untracked() == Form::Carnet && untrack(|| self.store.asks_name());
        if ask { self.step.set(Step::Name) } else { self.named() }
    }

    /// Starts once both stores have been read, unless the person has left.
    fn begin_later(self) {
        if self.waits.get_untracked() {
            return;
        }
        self.waits.set(true);
        let begin = move || {
            if self.waits.try_set(false).is_none() {
                self.begin();
            }
        };
        timers::set_timeout(POLL_INTERVAL_MS, Box::new(begin));
    }

    fn named(self) {
        let form = self.form.get_untracked();
        let findings = untrack(|| self.store.pii_findings(&self.selection()));
        if findings.iter().any(|finding| form.has(finding.id)) {
            self.step.set(Step::Review);
        } else {
            self.make();
        }
    }

    /// Makes the file and offers it.
    fn make(self) {
        let selection = Selection { without: self.left_out.get_untracked(), ..self.selection() };
        let records = untrack(|| self.store.selected(&selection));
        if records.is_empty() {
            return self.error.set(Some(words::nothing_left().to_owned()));
        }
        let form = self.form.get_untracked();
        let (kind, ending, media) = form.file();
        let name = words::file_name(kind, selection.under, clock::today(), ending);
        let convention = self.store.convention();
        let journal: Journal = records.iter().cloned().collect();
        let content = match form {
            Form::Carnet => to_json(convention, &records).ok(),
            Form::Observations => Some(csv::write(tables::observations(convention, &journal))),
            Form::Notes => Some(csv::write(tables::notes(convention, &journal, clock::day_of))),
            Form::Report => Some(carnet_markdown::markdown(convention, &journal, clock::today())),
        };
        if form == Form::Carnet
            && !content.as_ref().is_none_or(|text| FileError::allows(text.len()))
        {
            self.step.set(Step::Choose);
            return self.error.set(Some(words::too_large().to_owned()));
        }
        let handed = content.is_some_and(|text| download::text(&name, media, &text).is_ok());
        let everything = form == Form::Carnet
            && selection.under.is_none()
            && selection.without.is_empty()
            && (selection.with_private || untrack(|| self.store.private_count(None)) == 0);
        if handed && everything {
            self.store.storage().note_exported();
        }
        self.step.set(Step::Choose);
        let said = if handed { words::made() } else { notices::copy_refused() };
        self.store.notify(Notice::Text(said.to_owned()));
    }
}

/// The button back to the choices.
fn back(export: Export) -> El {
    button(move || export.step.set(Step::Choose)).class("button button--ghost").text(words::back())
}
