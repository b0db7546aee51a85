//! What comes from other devices: by camera, file, paste or drop; many in a row.

use std::rc::Rc;

use leptos::prelude::*;

use crate::codec::ours::Ours;
use crate::codec::poll_file::{self, OpenedPoll, Received};
use crate::codec::transfer::{
    self, Page, Pages, Parcel, Progress, RulesFingerprint, TransferError,
};
use crate::domain::consultation::{Ballot, Cast, ConsultationId, Decisions, Way};
use crate::platform::files::{self, Handed};
use crate::platform::{address, drops, later};
use crate::route::Route;
use crate::store::{Hall, Saving};
use crate::text::consult as words;
use crate::text::transfer as transfer_words;
use crate::ui::element::{El, button, el, typed};
use crate::ui::scanner::scanner;
use crate::ui::shared::field::field;
use crate::ui::shared::way_on::way_on;

/// What has become of something that was handed in.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// A ballot is new in the urn.
    Counted(usize),
    /// It was there already.
    Known,
    /// It was not taken; why, in words.
    Refused(String),
    /// It is counted, and stored nowhere yet.
    NotKept,
    /// Another urn was put into this one.
    Joined(String),
    /// It is read on another screen, or on none.
    Elsewhere(Ours, String),
    /// Something else to know.
    Told(String),
}

impl Outcome {
    pub(super) fn words(&self) -> String {
        match self {
            Self::Counted(count) => words::counted_now(*count),
            Self::Known => words::known().to_owned(),
            Self::NotKept => words::not_kept().to_owned(),
            Self::Refused(words)
            | Self::Joined(words)
            | Self::Told(words)
            | Self::Elsewhere(_, words) => words.clone(),
        }
    }

    /// Its name in `data-outcome`, which the style sheet reads.
    fn name(&self) -> &'static str {
        match self {
            Self::Counted(_) | Self::Joined(_) => "counted",
            Self::Known | Self::Told(_) => "known",
            Self::Refused(_) | Self::NotKept | Self::Elsewhere(..) => "refused",
        }
    }
}

/// Puts a ballot into the urn of its consultation, if that takes it.
pub(super) async fn put(
    hall: Hall,
    id: ConsultationId,
    rules: RulesFingerprint,
    ballot: Ballot,
) -> Result<Outcome, ()> {
    let Some(poll) = hall.poll_now(id) else { return Err(()) };
    if poll.consultation.rules().is_some_and(|known| !rules.fits(id, known)) {
        return Ok(Outcome::Refused(words::refused_rules().to_owned()));
    }
    if ballot.way != Way::Phone {
        // Nothing else is handed in one by one: the other ways have hands of their own.
        return Ok(Outcome::Refused(words::refused_breach().to_owned()));
    }
    let cast = hall.cast(id, ballot).await;
    let count = hall.poll_now(id).map_or(0, |poll| poll.urn.len());
    Ok(match cast {
        Ok((Cast::Known, _)) => Outcome::Known,
        Ok((_, Saving::Failed)) => Outcome::NotKept,
        Ok(_) => Outcome::Counted(count),
        Err(refused) => Outcome::Refused(words::refused(refused).to_owned()),
    })
}

async fn join(hall: Hall, opened: &OpenedPoll) -> Outcome {
    let id = opened.consultation.id;
    let title = crate::text::typeset(opened.consultation.title());
    match opened.plan(hall.poll_now(id).as_deref(), &hall.book(id)) {
        Ok(plan) => {
            let carried = hall.carry_out(vec![(plan, Decisions::default())]).await;
            if carried.saving == Saving::Failed {
                return Outcome::NotKept;
            }
            let all = hall.poll_now(id).map_or(0, |poll| poll.urn.len());
            Outcome::Joined(words::joined(&title, carried.counted, all))
        }
        Err(_) => Outcome::Refused(words::other_rules().to_owned()),
    }
}

/// Takes what a text holds. In the room of one consultation the ballots of others are refused.
async fn take(hall: Hall, room: Option<ConsultationId>, pages: Pending, text: &str) -> Outcome {
    let received = match poll_file::read(text, hall.store().convention()) {
        Ok(Received::Page(page)) => match pages.put(page) {
            Ok(Progress::Whole(bytes)) => match transfer::unpack(&bytes) {
                Ok(parcel) => parcel.into(),
                Err(error) => return Outcome::Refused(transfer_words::error(&error)),
            },
            Ok(Progress::Missing { have, of }) => {
                return Outcome::Told(transfer_words::missing(have, of));
            }
            Err(error) => return Outcome::Refused(transfer_words::error(&error)),
        },
        Ok(received) => received,
        Err(error) => {
            let words = transfer_words::file_error(&error);
            return match error.ours() {
                // A copy of everything is brought in where one sees first what it would change.
                Some(Ours::RawCopy) => {
                    hall.store().bring(words::a_copy(), text.to_owned());
                    hall.store().lead_to(&Route::Journal.to_string(), None);
                    Outcome::Told(words::copy_led().to_owned())
                }
                Some(ours) => Outcome::Elsewhere(ours, words),
                None => Outcome::Refused(words),
            };
        }
    };
    match received {
        Received::Poll(opened) => join(hall, &opened).await,
        Received::Ballot { consultation, .. } if room.is_some_and(|id| id != consultation) => {
            Outcome::Refused(words::refused_other().to_owned())
        }
        Received::Ballot { consultation, rules, ballot } => {
            let put = put(hall, consultation, rules, ballot).await;
            put.unwrap_or_else(|()| Outcome::Refused(words::ballot_elsewhere().to_owned()))
        }
        Received::Invitation { convention, id, rules } => {
            let parcel = Parcel::Invitation { convention, id, rules };
            if let Ok(bytes) = transfer::pack(&parcel) {
                address::go(&transfer::link("", &bytes));
            }
            Outcome::Told(String::new())
        }
        Received::Page(_) => Outcome::Refused(words::unreadable_link().to_owned()),
    }
}

/// Pages of a code that has more than one, until all of them are here.
#[derive(Clone, Copy)]
struct Pending(StoredValue<Pages>);

impl Pending {
    fn add(self, page: &str) -> Result<Progress, TransferError> {
        self.put(Page::read(page)?)
    }

    fn put(self, page: Page) -> Result<Progress, TransferError> {
        let put = self.0.try_update_value(|pages| pages.put(page));
        put.unwrap_or(Err(TransferError::Foreign))
    }
}

/// The ways to hand something in, and what became of each.
pub(super) fn receiver(hall: Hall, room: Option<ConsultationId>) -> El {
    let said = RwSignal::new(Vec::<String>::new());
    let counted = RwSignal::new(0_usize);
    let last = RwSignal::new(None::<String>);
    let elsewhere = RwSignal::new(None::<Ours>);
    let pages = Pending(StoredValue::new(Pages::default()));
    let take = Rc::new(move |text: String| {
        later::run(Box::pin(async move {
            let outcome = take(hall, room, pages, &text).await;
            if let Outcome::Counted(_) = outcome {
                let _ = counted.try_update(|counted| *counted += 1);
            }
            let ours = if let Outcome::Elsewhere(ours, _) = outcome { Some(ours) } else { None };
            let _ = elsewhere.try_set(ours);
            let _ = last.try_set(Some(outcome.name().to_owned()));
            let _ = said.try_update(|said| {
                // The newest first, and not without end.
                said.insert(0, outcome.words());
                said.truncate(8);
            });
        }));
    });
    let scan = take.clone();
    let drop = take.clone();
    let over = RwSignal::new(false);
    let place = el("div");
    let shown = place.clone();
    let dropped = drops::on_drop(
        move |held| over.set(held),
        move |files| {
            read_files(files, drop.clone());
            shown.raw().scroll_into_view();
        },
    );
    let _ = StoredValue::new_local(dropped);
    let lines =
        move || said.with(|said| said.iter().map(|line| el("p").text(line)).collect::<Vec<_>>());
    place
        .class("receiver")
        .attr_now("data-over", move || over.get().then(|| "true".to_owned()))
        .add(scanner(Box::new(move |text| scan(text))))
        .add(hand_in(take))
        .add(
            el("div")
                .class("receiver__said")
                .attr("role", "log")
                .attr("aria-label", words::received())
                .attr_now("data-outcome", move || last.get())
                .fill(lines),
        )
        .add(el("div").fill(move || elsewhere.get().and_then(way_on).into_iter().collect()))
        .add(el("p").class("quiet").text_now(move || match counted.get() {
            0 => String::new(),
            count => words::scanned(count),
        }))
}

fn read_files(files: Vec<Handed>, take: Rc<impl Fn(String) + 'static>) {
    later::run(Box::pin(async move {
        for file in files {
            let text = file.bytes().await.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            take(text.unwrap_or_default());
            files::breathe().await;
        }
    }));
}

fn hand_in(take: Rc<impl Fn(String) + 'static>) -> El {
    let chosen = take.clone();
    let choose = el("input")
        .attr("type", "file")
        .attr("multiple", "")
        .attr("accept", ".json,application/json")
        .on("change", move |event| read_files(files::chosen(&event), chosen.clone()));
    let choose = el("label").class("button button--file").text(words::choose_files()).add(choose);
    let pasted = RwSignal::new(String::new());
    let area = el("textarea")
        .attr("rows", "3")
        .attr("spellcheck", "false")
        .property_now("value", move || pasted.get().into())
        .on("input", move |event| pasted.set(typed(&event)));
    let read = move || {
        let text = pasted.get_untracked();
        if !text.trim().is_empty() {
            take(text);
            pasted.set(String::new());
        }
    };
    let paste = el("details")
        .class("details")
        .add(el("summary").text(words::paste()))
        .add(field(words::paste_label(), area))
        .add(button(read).class("button").text(words::paste_read()));
    el("div").class("receiver__ways").add(choose).add(paste)
}

/// A code that has more than one page, of which the first came by its link: the others are scanned
/// here, and then the address becomes that of the whole.
pub(super) fn other_pages(first: &str) -> El {
    let pages = Pending(StoredValue::new(Pages::default()));
    let said = RwSignal::new(words::pages_missing().to_owned());
    let add = move |text: &str| match pages.add(text) {
        Ok(Progress::Whole(bytes)) => address::go(&transfer::link("", &bytes)),
        Ok(Progress::Missing { have, of }) => {
            let _ = said.try_set(transfer_words::missing(have, of));
        }
        Err(error) => {
            let _ = said.try_set(transfer_words::error(&error));
        }
    };
    add(first);
    let scan = move |text: String| add(text.rsplit('/').next().unwrap_or_default());
    el("div")
        .class("receiver")
        .add(el("p").class("lead").attr("role", "status").text_now(move || said.get()))
        .add(scanner(Box::new(scan)))
}
