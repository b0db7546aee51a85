//! Imports carnets: opening files, a plan of the changes, and an undo.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;

use crate::platform::{drops, files, timers};
use crate::store::{AppStore, ImportProgress, ImportSession, ImportSource, Merge, Notice};
use crate::text::{actions, import as words};
use crate::ui::element::{El, button, el, event_target_value};
use crate::ui::shared::field::field;
use crate::ui::shared::heading::section;
use crate::ui::shared::notices::saving_words;
use crate::ui::store;

mod plan;
mod versions;

pub(super) use versions::{about, version};

use plan::plan;

/// The step of the import.
#[derive(Clone)]
enum Step {
    /// No file is open.
    Open,
    /// The files are being read.
    Reading,
    /// The plan is shown and waits for a decision.
    Planned(ImportSession),
    /// The plan is being merged and stored.
    Merging,
}

#[derive(Clone, Copy)]
struct Import {
    store: AppStore,
    step: RwSignal<Step>,
    /// The progress of reading, once it takes long enough to be shown.
    progress: RwSignal<Option<ImportProgress>>,
    /// Counts readings, so that a cancelled one has no effect.
    turn: RwSignal<u32>,
}

/// Longer readings show their progress, in milliseconds.
const PROGRESS_AFTER_MS: u64 = 1000;

/// The section.
pub(super) fn import() -> El {
    let import = Import {
        store: store(),
        step: RwSignal::new(Step::Open),
        progress: RwSignal::new(None),
        turn: RwSignal::new(0),
    };
    let step = move || {
        import.step.with(|step| match step {
            Step::Open => untrack(|| import.open()),
            Step::Reading => untrack(|| import.reading()),
            Step::Planned(reading) => untrack(|| plan(import, reading)),
            Step::Merging => vec![el("p").attr("role", "status").text(words::merging())],
        })
    };
    let passed_on = import.store.take_passed_on();
    if !passed_on.is_empty() {
        import.read(passed_on);
    }
    let over = RwSignal::new(false);
    let place = section("import", words::title());
    let read = place.clone();
    let dropped = drops::on_drop(
        move |held| over.set(held),
        move |files| {
            import.read(files.into_iter().map(ImportSource::File).collect());
            read.raw().scroll_into_view();
        },
    );
    let _ = StoredValue::new_local(dropped);
    place
        .class("import no-print")
        .attr("data-over", move || over.get().then(|| "true".to_owned()))
        .child(el("p").class("prose").text(words::lead()))
        .child(el("div").class("steps").dyn_children(step))
        .child(el("div").dyn_children(move || import.undo_data()))
}

impl Import {
    fn open(self) -> Vec<El> {
        let choose =
            el("input").attr("type", "file").attr("multiple", "").on(ev::change, move |event| {
                self.read(files::chosen(&event).into_iter().map(ImportSource::File).collect());
            });
        let choose = el("label")
            .class("button button--primary button--file")
            .text(words::choose())
            .child(choose);
        let pasted = RwSignal::new(String::new());
        let area = el("textarea")
            .attr("rows", "4")
            .attr("spellcheck", "false")
            .prop("value", move || pasted.get().into())
            .on(ev::input, move |event| pasted.set(event_target_value(&event)));
        let read = button(move || self.read(vec![ImportSource::Text(pasted.get_untracked())]));
        let paste = el("details")
            .class("details")
            .child(el("summary").text(words::paste()))
            .child(field(words::paste_label(), area))
            .child(read.class("button").text(words::paste_read()));
        let drop = el("span").class("import__drop").text(words::drop());
        vec![el("p").class("form__actions").child(choose).child(drop), paste]
    }

    fn reading(self) -> Vec<El> {
        let said = move || self.progress.get().map(progress).unwrap_or_default();
        let share = move || self.progress.get().map(|progress| progress.source.to_string());
        let all = move || self.progress.get().map(|progress| progress.sources.to_string());
        let bar = el("progress")
            .attr("aria-label", words::reading())
            .attr("value", share)
            .attr("max", all);
        let stop = button(move || self.stop()).class("button").text(words::stop());
        vec![
            el("div")
                .class("import__reading")
                .attr("hidden", move || self.progress.get().is_none().then(String::new))
                .child(bar)
                .child(el("p").attr("role", "status").text(said))
                .child(stop),
        ]
    }

    /// Reads the files, and then shows the plan.
    fn read(self, sources: Vec<ImportSource>) {
        let merging = self.step.with_untracked(|step| matches!(step, Step::Merging));
        if sources.is_empty() || merging {
            return;
        }
        self.stop();
        let turn = self.turn.get_untracked();
        self.step.set(Step::Reading);
        let on_progress = move |progress: ImportProgress| {
            if progress.elapsed > PROGRESS_AFTER_MS {
                let _ = self.progress.try_set(Some(progress));
            }
            self.turn.try_get_untracked() == Some(turn)
        };
        timers::spawn(Box::pin(async move {
            if let Some(reading) = self.store.read(sources, Rc::new(on_progress)).await
                && self.turn.try_get_untracked() == Some(turn)
            {
                let _ = self.step.try_set(Step::Planned(reading));
            }
        }));
    }

    fn stop(self) {
        self.turn.update(|turn| *turn += 1);
        self.progress.set(None);
        self.step.set(Step::Open);
    }

    fn merge(self) {
        let Step::Planned(reading) = self.step.get_untracked() else { return };
        self.step.set(Step::Merging);
        timers::spawn(Box::pin(async move {
            // The status is painted before the work begins.
            files::breathe().await;
            let Merge { changes, set_aside, saving } = self.store.merge(reading).await;
            let merged = words::merged(changes, set_aside);
            let kept = saving_words(saving);
            self.store.notify(Notice::Text(format!("{merged} {kept}")));
            let _ = self.step.try_set(Step::Open);
        }));
    }

    /// Undoes the last merge, for as long as that is possible.
    fn undo_data(self) -> Vec<El> {
        let store = self.store;
        let unmerge = move || {
            timers::spawn(Box::pin(async move {
                let said = match store.unmerge().await {
                    Ok(true) => words::unmerged(),
                    Ok(false) => words::unmerged_in_part(),
                    Err(_) => words::not_unmerged(),
                };
                store.notify(Notice::Text(said.to_owned()));
            }));
        };
        let way = || button(unmerge).class("button").text(words::unmerge());
        store.can_unmerge().then(way).into_iter().collect()
    }
}

fn progress(progress: ImportProgress) -> String {
    words::progress(progress.source, progress.sources, progress.records)
}

/// The buttons below a plan. Even where no record changes, the losers of conflicts are there to be
/// stored.
fn ways(import: Import, changes: usize, conflicts: usize) -> El {
    let idle = changes + conflicts == 0;
    let cancel = if idle { actions::close() } else { words::cancel() };
    let cancel = button(move || import.stop()).class("button button--ghost").text(cancel);
    let merge = move || {
        let merge = button(move || import.merge()).class("button button--primary");
        merge.text(&words::merge_counted(changes, conflicts))
    };
    el("p").class("form__actions").children((!idle).then(merge)).child(cancel)
}
