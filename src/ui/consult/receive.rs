//! Receives ballots and consultations of other devices by camera, file, paste or drop, many in a
//! row. A ballot is counted at once; the file of a consultation shows a plan first.

use leptos::prelude::*;

use crate::codec::ours::Ours;
use crate::codec::poll_file::Received;
use crate::codec::transfer::{
    self, Page, PageProgress, Pages, RulesFingerprint, TransferError, TransferPayload,
};
use crate::domain::consultation::{Ballot, Cast, ConsultationId, VotingChannel};
use crate::platform::address;
use crate::storage::SaveStatus;
use crate::store::ConsultationStore;
use crate::text::consult as words;
use crate::text::transfer as transfer_words;
use crate::ui::element::{El, el};
use crate::ui::scanner::scanner;

mod desk;
mod plan;

pub(super) use desk::receiver;

/// The outcome of one received thing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// A ballot is new in the urn.
    Counted(usize),
    /// It is in the urn already.
    Known,
    /// It was refused; the reason, as a sentence.
    Refused(String),
    /// It is counted, and not stored yet.
    NotKept,
    /// Another urn was joined to this one.
    Joined(String),
    /// Another screen reads it, or none does.
    Elsewhere(Ours, String),
    /// Another message.
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

/// Casts a ballot into the urn of its consultation, if the urn accepts it.
pub(super) async fn put(
    consultations: ConsultationStore,
    id: ConsultationId,
    rules: RulesFingerprint,
    ballot: Ballot,
) -> Result<Outcome, ()> {
    let Some(poll) = consultations.poll_now(id) else { return Err(()) };
    if poll.consultation.rules().is_some_and(|known| !rules.fits(id, known)) {
        return Ok(Outcome::Refused(words::refused_rules().to_owned()));
    }
    if ballot.way != VotingChannel::Phone {
        // Every other channel has its own code path.
        return Ok(Outcome::Refused(words::refused_breach().to_owned()));
    }
    let cast = consultations.cast(id, ballot).await;
    let count = consultations.poll_now(id).map_or(0, |poll| poll.urn.len());
    Ok(match cast {
        Ok((Cast::Known, _)) => Outcome::Known,
        Ok((_, SaveStatus::Failed)) => Outcome::NotKept,
        Ok(_) => Outcome::Counted(count),
        Err(refused) => Outcome::Refused(words::refused(refused).to_owned()),
    })
}

/// Receives anything but a consultation's file. In the room of one consultation, ballots of others
/// are refused.
async fn take(
    consultations: ConsultationStore,
    room: Option<ConsultationId>,
    pages: Pending,
    received: Received,
) -> Outcome {
    let received = match received {
        Received::Page(page) => match pages.put(page) {
            Ok(PageProgress::Whole(bytes)) if transfer::is_result(&bytes) => {
                address::go(&transfer::link("", &bytes));
                return Outcome::Told(String::new());
            }
            Ok(PageProgress::Whole(bytes)) => match transfer::unpack(&bytes) {
                Ok(parcel) => parcel.into(),
                Err(error) => return Outcome::Refused(transfer_words::error(&error)),
            },
            Ok(PageProgress::Missing { have, of }) => {
                return Outcome::Told(transfer_words::missing(have, of));
            }
            Err(error) => return Outcome::Refused(transfer_words::error(&error)),
        },
        received => received,
    };
    match received {
        Received::Ballot { consultation, .. } if room.is_some_and(|id| id != consultation) => {
            Outcome::Refused(words::refused_other().to_owned())
        }
        Received::Ballot { consultation, rules, ballot } => {
            let put = put(consultations, consultation, rules, ballot).await;
            put.unwrap_or_else(|()| Outcome::Refused(words::ballot_elsewhere().to_owned()))
        }
        Received::Invitation { convention, id, rules } => {
            let parcel = TransferPayload::Invitation { convention, id, rules };
            if let Ok(bytes) = transfer::pack(&parcel) {
                address::go(&transfer::link("", &bytes));
            }
            Outcome::Told(String::new())
        }
        Received::Page(_) | Received::Poll(_) => {
            Outcome::Refused(words::unreadable_link().to_owned())
        }
    }
}

/// The pages of a code that has more than one, until all are read.
#[derive(Clone, Copy)]
struct Pending(StoredValue<Pages>);

impl Pending {
    fn add(self, page: &str) -> Result<PageProgress, TransferError> {
        self.put(Page::read(page)?)
    }

    fn put(self, page: Page) -> Result<PageProgress, TransferError> {
        let put = self.0.try_update_value(|pages| pages.put(page));
        put.unwrap_or(Err(TransferError::Foreign))
    }
}

/// A code with several pages, the first opened by its link: the others are scanned here, and then
/// the address becomes that of the whole.
pub(super) fn other_pages(first: &str) -> El {
    let pages = Pending(StoredValue::new(Pages::default()));
    let said = RwSignal::new(words::pages_missing().to_owned());
    let add = move |text: &str| match pages.add(text) {
        Ok(PageProgress::Whole(bytes)) => address::go(&transfer::link("", &bytes)),
        Ok(PageProgress::Missing { have, of }) => {
            let _ = said.try_set(transfer_words::missing(have, of));
        }
        Err(error) => {
            let _ = said.try_set(transfer_words::error(&error));
        }
    };
    add(first);
    let scan = move |text: String| add(&text);
    el("div")
        .class("receiver")
        .child(el("p").class("lead").attr("role", "status").text(move || said.get()))
        .child(scanner(Box::new(scan)))
}
