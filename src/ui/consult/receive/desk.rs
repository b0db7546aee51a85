//! The place that receives ballots and files: it counts, shows the plan, and offers an undo.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;

use super::plan::{self, PlannedFile};
use super::{Outcome, Pending, take};
use crate::codec::carnet;
use crate::codec::ours::Ours;
use crate::codec::poll_file::{self, PollFileError, Received};
use crate::codec::transfer::{Pages, TransferError};
use crate::domain::consultation::ConsultationId;
use crate::platform::files::{self, PickedFile};
use crate::platform::{clock, drops, timers};
use crate::route::{Route, mended};
use crate::storage::SaveStatus;
use crate::store::{
    ConsultationStore, ImportProgress, ImportSource, JoinResult, Notice, PlannedPolls,
};
use crate::text::consult as words;
use crate::text::transfer as transfer_words;
use crate::text::{import as import_words, joining};
use crate::ui::element::{El, button, el, event_target_value, link};
use crate::ui::scanner::{read_photos, scanner};
use crate::ui::shared::field::field;
use crate::ui::shared::reader_link::reader_link;

/// Longer readings show their progress, in milliseconds.
const PROGRESS_AFTER_MS: u64 = 1000;

/// The state of the place.
#[derive(Clone, Copy)]
struct Receiver {
    consultations: ConsultationStore,
    room: Option<ConsultationId>,
    pages: Pending,
    /// The outcomes as sentences, the newest first.
    said: RwSignal<Vec<String>>,
    /// The number of ballots counted here.
    counted: RwSignal<usize>,
    /// The name of the last outcome.
    last: RwSignal<Option<String>>,
    /// The kind of the last thing, where another screen reads it.
    elsewhere: RwSignal<Option<Ours>>,
    /// Where the last thing leads, if it was the link of another page.
    leads_to: RwSignal<Option<Route>>,
    /// Files of consultations that wait for a decision.
    sheets: RwSignal<Vec<Rc<PlannedFile>>, LocalStorage>,
    planned: StoredValue<PlannedPolls>,
    /// The progress of reading, once it takes long enough to be shown.
    progress: RwSignal<Option<ImportProgress>>,
    /// Whether the plans are being carried out.
    joining: RwSignal<bool>,
    /// Whether progress is shown.
    reads: Memo<bool>,
    /// Counts readings, so that a cancelled one has no effect.
    turn: RwSignal<u32>,
}

/// The controls that receive things, with the outcomes.
pub(in crate::ui::consult) fn receiver(
    consultations: ConsultationStore,
    room: Option<ConsultationId>,
) -> El {
    let progress = RwSignal::new(None::<ImportProgress>);
    let receiver = Receiver {
        consultations,
        room,
        pages: Pending(StoredValue::new(Pages::default())),
        said: RwSignal::new(Vec::new()),
        counted: RwSignal::new(0),
        last: RwSignal::new(None),
        elsewhere: RwSignal::new(None),
        leads_to: RwSignal::new(None),
        sheets: RwSignal::new_local(Vec::new()),
        planned: StoredValue::new(PlannedPolls::default()),
        progress,
        reads: Memo::new(move |_| progress.with(Option::is_some)),
        joining: RwSignal::new(false),
        turn: RwSignal::new(0),
    };
    let Receiver { said, counted, last, elsewhere, leads_to, .. } = receiver;
    let way = |route: Route| el("p").child(link(&route).class("more").text(words::open_page()));
    let over = RwSignal::new(false);
    let lines =
        move || said.with(|said| said.iter().map(|line| el("p").text(line)).collect::<Vec<_>>());
    let whole = el("div");
    let shown = whole.clone();
    let dropped = drops::on_drop(
        move |held| over.set(held),
        move |files| {
            receiver.read_files(files);
            shown.raw().scroll_into_view();
        },
    );
    let _ = StoredValue::new_local(dropped);
    whole
        .class("receiver")
        .attr("data-over", move || over.get().then(|| "true".to_owned()))
        .child(scanner(Box::new(move |text| receiver.read(vec![ImportSource::Text(text)]))))
        .child(hand_in(&receiver))
        .child(el("div").class("steps").dyn_children(move || receiver.step()))
        .child(el("div").dyn_children(move || receiver.undo_data()))
        .child(
            el("div")
                .class("receiver__said")
                .attr("role", "log")
                .attr("aria-label", words::received())
                .attr("data-outcome", move || last.get())
                .dyn_children(lines),
        )
        .child(
            el("div")
                .dyn_children(move || elsewhere.get().and_then(reader_link).into_iter().collect()),
        )
        .child(el("div").dyn_children(move || leads_to.get().map(way).into_iter().collect()))
        .child(el("p").class("muted").text(move || match counted.get() {
            0 => String::new(),
            count => words::scanned(count),
        }))
}

impl Receiver {
    fn read_files(self, files: Vec<PickedFile>) {
        self.read(files.into_iter().map(ImportSource::File).collect());
    }

    /// Reads received texts: ballots are counted, consultations wait for a decision.
    fn read(self, sources: Vec<ImportSource>) {
        if sources.is_empty() || self.joining.get_untracked() {
            return;
        }
        self.elsewhere.set(None);
        self.leads_to.set(None);
        let turn = self.turn.get_untracked();
        timers::spawn(Box::pin(async move {
            let many = sources.len() > 1;
            let convention = self.consultations.store().convention();
            let began = clock::now();
            let mut progress =
                ImportProgress { source: 0, sources: sources.len(), records: 0, elapsed: 0 };
            for source in sources {
                progress.source += 1;
                let mut route = None;
                let (name, received) = match source {
                    ImportSource::Text(text) | ImportSource::PassedOn(_, text) => {
                        route = mended(&text).filter(|route| *route != Route::Home);
                        (None, self.looked_at(poll_file::read(&text, convention), || text))
                    }
                    ImportSource::File(file) => {
                        let received = self.open(&file).await;
                        if received == Err(carnet::FileError::Binary.into())
                            && let Ok(texts) = read_photos(vec![file.clone()]).await
                            && !texts.is_empty()
                        {
                            self.read(texts.into_iter().map(ImportSource::Text).collect());
                            continue;
                        }
                        (Some(file.name()), received)
                    }
                };
                let outcome = match received {
                    Ok(Received::Poll(opened)) => {
                        let before = progress.records;
                        let on_progress = |read| {
                            let elapsed = clock::now().0.saturating_sub(began.0);
                            if elapsed > PROGRESS_AFTER_MS {
                                let records = before + read;
                                let _ = self.progress.try_set(Some(ImportProgress {
                                    records,
                                    elapsed,
                                    ..progress
                                }));
                            }
                            self.turn.try_get_untracked() == Some(turn)
                        };
                        let Some(mut planned) = self.planned.try_get_value() else { return };
                        let plan =
                            self.consultations.plan_file(&opened, &mut planned, &on_progress).await;
                        let Some(plan) = plan else { return };
                        progress.records += opened.len();
                        let _ = self.planned.try_update_value(|held| *held = planned);
                        let title = opened.consultation.title();
                        let sheet = PlannedFile::new(name, title, opened.other_wording, plan);
                        let _ = self.sheets.try_update(|sheets| sheets.push(Rc::new(sheet)));
                        continue;
                    }
                    Ok(received) => take(self.consultations, self.room, self.pages, received).await,
                    Err(PollFileError::Transfer(TransferError::Foreign)) if route.is_some() => {
                        let _ = self.leads_to.try_set(route);
                        Outcome::Told(words::other_page().to_owned())
                    }
                    Err(error) => {
                        let said = transfer_words::file_error(&error);
                        let said = match name.filter(|_| many) {
                            Some(name) => joining::named(&name, &said),
                            None => said,
                        };
                        match error.ours() {
                            Some(Ours::RawCopy) => {
                                self.consultations
                                    .store()
                                    .navigate(&Route::Carnet.to_string(), None);
                                Outcome::Told(words::copy_led().to_owned())
                            }
                            Some(ours) => Outcome::Elsewhere(ours, said),
                            None => Outcome::Refused(said),
                        }
                    }
                };
                self.say(&outcome);
                files::breathe().await;
            }
            let _ = self.progress.try_set(None);
        }));
    }

    async fn open(self, file: &PickedFile) -> Result<Received, PollFileError> {
        if file.size() > carnet::FileError::LIMIT {
            return Err(carnet::FileError::TooBig(file.size()).into());
        }
        let bytes = file.bytes().await.map_err(|_| carnet::FileError::Unreadable)?;
        let received = poll_file::read_bytes(&bytes, self.consultations.store().convention());
        self.looked_at(received, || String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Raw copies are imported on the carnet's screen, which shows first what would change.
    fn looked_at(
        self,
        received: Result<Received, PollFileError>,
        text: impl FnOnce() -> String,
    ) -> Result<Received, PollFileError> {
        if received.as_ref().is_err_and(|error| error.ours() == Some(Ours::RawCopy)) {
            self.consultations.store().pass_to_import(words::a_copy(), text());
        }
        received
    }

    fn say(self, outcome: &Outcome) {
        if let Outcome::Counted(_) = outcome {
            let _ = self.counted.try_update(|counted| *counted += 1);
        }
        if let Outcome::Elsewhere(ours, _) = outcome
            && ours.is_read()
        {
            let _ = self.elsewhere.try_set(Some(*ours));
        }
        let _ = self.last.try_set(Some(outcome.name().to_owned()));
        let _ = self.said.try_update(|said| {
            // The newest first, up to a limit.
            said.insert(0, outcome.words());
            said.truncate(8);
        });
    }

    /// The progress of reading, then the plan.
    fn step(self) -> Vec<El> {
        if self.joining.get() {
            return vec![el("p").attr("role", "status").text(import_words::merging())];
        }
        if self.reads.get() {
            return untrack(|| vec![self.progress()]);
        }
        self.sheets.with(|sheets| {
            let (join, cancel) = (move || self.join(), move || self.stop());
            let shown = || untrack(|| plan::plan(self.consultations, sheets, join, cancel));
            (!sheets.is_empty()).then(shown).into_iter().collect()
        })
    }

    fn progress(self) -> El {
        let share = move || self.progress.get().map(|progress| progress.source.to_string());
        let all = move || self.progress.get().map(|progress| progress.sources.to_string());
        let said = move || {
            let said = |progress: ImportProgress| {
                joining::progress(progress.source, progress.sources, progress.records)
            };
            self.progress.get().map(said).unwrap_or_default()
        };
        let bar = el("progress")
            .attr("aria-label", import_words::reading())
            .attr("value", share)
            .attr("max", all);
        let stop = button(move || self.stop()).class("button").text(import_words::stop());
        el("div").child(bar).child(el("p").attr("role", "status").text(said)).child(stop)
    }

    /// Drops the files that have not been joined.
    fn stop(self) {
        self.turn.update(|turn| *turn += 1);
        self.progress.set(None);
        self.planned.set_value(PlannedPolls::default());
        self.sheets.set(Vec::new());
    }

    /// Carries the plans out.
    fn join(self) {
        let sheets = self.sheets.get_untracked();
        let plans: Vec<_> = sheets.iter().filter_map(|sheet| sheet.decided()).collect();
        let consultations = self.consultations;
        self.joining.set(true);
        timers::spawn(Box::pin(async move {
            // The status is painted before the work begins.
            files::breathe().await;
            let count = |id| consultations.poll_now(id).map_or(0, |poll| poll.urn.len());
            let mut titles: Vec<(ConsultationId, String, usize)> = Vec::new();
            for (sheet, (plan, _)) in sheets.iter().filter(|sheet| sheet.plan.is_ok()).zip(&plans) {
                let id = plan.offered.id;
                if !titles.iter().any(|(known, ..)| *known == id) {
                    titles.push((id, sheet.title.clone(), count(id)));
                }
            }
            let JoinResult { disputed, failed, saving, .. } = consultations.carry_out(plans).await;
            let mut said: Vec<_> = titles
                .iter()
                .map(|(id, title, before)| {
                    let all = count(*id);
                    words::joined(title, all.saturating_sub(*before), all)
                })
                .collect();
            if disputed > 0 {
                said.push(joining::disputed_now(disputed));
            }
            if failed > 0 {
                said.push(joining::failed().to_owned());
            }
            if saving == SaveStatus::Failed {
                said.push(words::not_kept().to_owned());
            }
            let said = said.join(" ");
            // Where a vote was closed, this screen is gone.
            consultations.store().notify(Notice::Text(said.clone()));
            let _ = self.joining.try_set(false);
            if self.sheets.try_set(Vec::new()).is_none() {
                let _ = self.planned.try_update_value(|held| *held = PlannedPolls::default());
                self.say(&Outcome::Joined(said));
            }
        }));
    }

    /// Undoes the last join, for as long as that is possible.
    fn undo_data(self) -> Vec<El> {
        let consultations = self.consultations;
        let unjoin = move || {
            timers::spawn(Box::pin(async move {
                let unjoined = consultations.unjoin().await;
                let said = match unjoined.saving {
                    SaveStatus::Failed => joining::not_stored(),
                    _ if unjoined.whole => joining::unjoined(),
                    _ => joining::unjoined_in_part(),
                };
                consultations.store().notify(Notice::Text(said.to_owned()));
            }));
        };
        let way = || button(unjoin).class("button").text(joining::unjoin());
        consultations.can_unjoin().then(way).into_iter().collect()
    }
}

fn hand_in(receiver: &Receiver) -> El {
    let receiver = *receiver;
    let choose = el("input")
        .attr("type", "file")
        .attr("multiple", "")
        .on(ev::change, move |event| receiver.read_files(files::chosen(&event)));
    let choose = el("label").class("button button--file").text(words::choose_files()).child(choose);
    let pasted = RwSignal::new(String::new());
    let area = el("textarea")
        .attr("rows", "3")
        .attr("spellcheck", "false")
        .prop("value", move || pasted.get().into())
        .on(ev::input, move |event| pasted.set(event_target_value(&event)));
    let read = move || {
        let text = pasted.get_untracked();
        if !text.trim().is_empty() {
            receiver.read(vec![ImportSource::Text(text)]);
            pasted.set(String::new());
        }
    };
    let paste = el("details")
        .class("details")
        .child(el("summary").text(words::paste()))
        .child(field(words::paste_label(), area))
        .child(button(read).class("button").text(words::paste_read()));
    el("div").class("receiver__actions").child(choose).child(paste)
}
