//! The content of the report: the stored data and the person's choices. Choices survive a reload.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::consultation::Poll;
use crate::domain::day::Day;
use crate::domain::journal::{Journal, NoteRef};
use crate::domain::note_selection::{NoteSelection, offered};
use crate::domain::period::Period;
use crate::domain::pii::{Contact, contacts};
use crate::domain::record::NoteId;
use crate::platform::{clock, session};
use crate::report::{Document, Source, compose};
use crate::store::{AppStore, ConsultationStore, NoteRow};

/// The session key of the selected notes.
const NOTES: &str = "report/notes";
/// The session key of the days.
const DAYS: &str = "report/days";

/// The content of the report.
#[derive(Clone, Copy)]
pub(super) struct Content {
    consultations: ConsultationStore,
    choice: RwSignal<NoteSelection>,
    days: RwSignal<[Option<Day>; 2]>,
    /// The notes that can be quoted.
    pub(super) offers: Memo<Vec<QuotableNote>>,
    /// The quoted ones.
    pub(super) quoted: Memo<BTreeSet<NoteId>>,
}

/// A note that can be quoted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QuotableNote {
    pub(super) row: NoteRow,
    /// The personal data found in it.
    pub(super) contacts: Vec<Contact>,
}

impl Content {
    pub(super) fn of(store: AppStore) -> Self {
        let days = session::get(DAYS).unwrap_or_default();
        let mut days = days.split(' ').map(|day| day.parse().ok());
        let days = [days.next().flatten(), days.next().flatten()];
        let days = RwSignal::new(days);
        let choice = NoteSelection::parse(&session::get(NOTES).unwrap_or_default());
        let choice = RwSignal::new(choice);
        let offers = Memo::new(move |_| {
            let (days, today) = (days.get(), store.today().get());
            let offer = |noted: NoteRef<'_>| QuotableNote {
                contacts: contacts(noted.note.text.as_str()),
                row: NoteRow::from(noted),
            };
            store.with_journal(|journal| {
                let notes = offered(journal, period(days, journal, today), &clock::day_of);
                notes.into_iter().map(offer).collect::<Vec<_>>()
            })
        });
        let quoted = Memo::new(move |_| {
            let (choice, days, today) = (choice.get(), days.get(), store.today().get());
            store.with_journal(|journal| {
                choice.of(&offered(journal, period(days, journal, today), &clock::day_of))
            })
        });
        Self { consultations: ConsultationStore::of(store), choice, days, offers, quoted }
    }

    /// Whether there is anything to report: an observation, a note that can be quoted, or the
    /// result of a consultation.
    pub(super) fn has_any(self) -> bool {
        let is_closed = |poll: &Rc<Poll>| poll.consultation.is_closed();
        self.store().observation_count() > 0
            || !self.offers.read().is_empty()
            || self.consultations.polls().with(|polls| polls.values().any(is_closed))
    }

    /// The app's store.
    pub(super) fn store(self) -> AppStore {
        self.consultations.store()
    }

    /// The first and last day, where the person has chosen them.
    pub(super) fn days(self) -> [Option<Day>; 2] {
        self.days.get()
    }

    /// Sets the first (0) or last (1) day.
    pub(super) fn set_day(self, which: usize, day: Option<Day>) {
        // The field is left as well when the screen is.
        let Some(mut days) = self.days.try_get_untracked() else { return };
        days[which] = day;
        let text = days.map(|day| day.map(|day| day.to_string()).unwrap_or_default());
        session::put(DAYS, &text.join(" "));
        self.days.set(days);
    }

    /// Whether the first day is after the last; both are ignored then.
    pub(super) fn are_days_wrong(self) -> bool {
        are_wrong(self.days.get())
    }

    /// Quotes a note or leaves it out.
    pub(super) fn choose(self, ids: impl IntoIterator<Item = NoteId>, quote: bool) {
        let mut choice = self.choice.get_untracked();
        for id in ids {
            choice.say(id, quote);
        }
        session::put(NOTES, &choice.to_string());
        self.choice.set(choice);
    }

    /// Reads the report's sources reactively.
    pub(super) fn with<T>(self, read: impl FnOnce(&Source<'_>) -> T) -> T {
        let (quoted, days) = (self.quoted.read(), self.days.get());
        let polls: Vec<Rc<_>> =
            self.consultations.polls().with(|polls| polls.values().cloned().collect());
        let today = self.store().today().get();
        self.store().with_journal(|journal| {
            read(&Source {
                convention: self.store().convention(),
                journal,
                own: self.store().device_id(),
                today,
                period: period(days, journal, today),
                chosen: &quoted,
                polls: polls.iter().map(Rc::as_ref).collect(),
                day_of: &clock::day_of,
            })
        })
    }

    /// The current report.
    pub(super) fn document(self) -> Document {
        untrack(|| self.with(compose))
    }
}

fn are_wrong(days: [Option<Day>; 2]) -> bool {
    matches!(days, [Some(first), Some(last)] if last < first)
}

/// The chosen days, completed with those of the first and last observation.
fn period(days: [Option<Day>; 2], journal: &Journal, today: Day) -> Option<Period> {
    if days == [None, None] || are_wrong(days) {
        return None;
    }
    let whole = Period::of(journal, today)?;
    let first = days[0].unwrap_or(whole.first.min(days[1].unwrap_or(whole.first)));
    Some(Period { first, last: days[1].unwrap_or(whole.last).max(first) })
}
