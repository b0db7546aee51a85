//! Words used on all screens of a consultation.

use crate::domain::consultation::{Choice, Grade, MethodKind, VotingChannel};
use crate::domain::convention::{Convention, Item};

super::sentences! {
    title = "Consultations";
    yes = "Oui";
    no_mention = "Sans mention";
    blank = "Vote blanc";
}

/// The name of a method.
#[must_use]
pub fn method(method: MethodKind) -> &'static str {
    match method {
        MethodKind::Dots => "Gommettes",
        MethodKind::Approval => "Approbation",
        MethodKind::Judgment => "Jugement majoritaire",
        MethodKind::Ranking => "Classement",
    }
}

/// The name of a mention.
#[must_use]
pub fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Excellent => "Excellent",
        Grade::VeryGood => "Très bien",
        Grade::Good => "Bien",
        Grade::FairlyGood => "Assez bien",
        Grade::Passable => "Passable",
        Grade::Insufficient => "Insuffisant",
        Grade::Reject => "À rejeter",
    }
}

/// The name of a channel, for a heading.
#[must_use]
pub fn way(way: VotingChannel) -> &'static str {
    match way {
        VotingChannel::Urn => super::set!("À l'urne"),
        VotingChannel::Phone => "Par téléphone",
        VotingChannel::Paper(_) => "Sur papier",
    }
}

/// The everyday name of an option, or its text where it has none: « École et familles ».
#[must_use]
pub fn everyday(choice: &Choice, convention: &Convention) -> String {
    let item = match choice {
        Choice::Item(id) => convention.find(*id),
        Choice::Own(_) => None,
    };
    match item.and_then(Item::short_name) {
        Some(name) => super::typeset(name),
        None => option(choice, convention),
    }
}

/// The text of an option, without its code.
#[must_use]
pub fn option(choice: &Choice, convention: &Convention) -> String {
    match choice {
        Choice::Item(id) => match convention.find(*id) {
            Some(item) => super::typeset(item.text()),
            None => id.to_string(),
        },
        Choice::Own(text) => super::typeset(text.as_str()),
    }
}

/// The short name of an option: the code of an item, « A », « B » for own options.
#[must_use]
pub fn short(choice: &Choice, options: &[Choice]) -> String {
    match choice {
        Choice::Item(id) => id.to_string(),
        Choice::Own(_) => {
            let own = options.iter().filter(|option| matches!(option, Choice::Own(_)));
            let place = own.take_while(|option| *option != choice).count();
            let letter = u8::try_from(place % 26).map_or('A', |place| char::from(b'A' + place));
            if place < 26 { letter.to_string() } else { format!("{letter}{}", place / 26) }
        }
    }
}
