//! Paper ballots: their printed text, and the screens for keying them.

use crate::domain::consultation::{
    Choice, Grade, Keyed, Method, PaperCounts, PaperState, Passage, Vote,
};

mod refused;

pub use refused::{line_error, number_error};

super::sentences! {
    print = "Imprimer les bulletins";
    print_hint = "Format A4, à taille réelle, sans en-tête du navigateur. Découpez le long des traits.";
    lots_title = "Imprimer par lots de cent";
    tally_title = "Feuille de dépouillement";
    tally_hint = "Un trait par voix, par paquets de cinq. Cette feuille aide à compter à la main ; l'application, elle, recompte à partir des bulletins saisis.";
    tally_strokes = "Traits";
    tally_total = "Total";
    tally_option = "Choix";
    tally_number = "N°";
    tally_void = "Nuls";
    tally_ballots = "Bulletins dépouillés";
    legend = "E excellent, T très bien, B bien, A assez bien, P passable, I insuffisant, R à rejeter";
    entry_title = "Saisie des bulletins";
    entry_lead = "Chaque bulletin est saisi deux fois, de préférence par deux personnes. Ce qui diffère est montré.";
    passage = "Vous faites";
    number = "Bulletin n°";
    line = "Choix";
    record = "Enregistrer";
    understood_title = "Compris, avant d'enregistrer :";
    how_title = "Comment écrire un bulletin";
    how_blank = "/ pour un vote blanc ; * et la raison pour un bulletin nul, par exemple : * rayé";
    options_title = "Les numéros des choix";
    differences = "À départager";
    differences_lead = "Reprenez le papier : que dit-il ?";
    first = "1re saisie";
    second = "2e saisie";
    keep_first = "Garder la première";
    keep_second = "Garder la seconde";
    key_again = "Saisir une troisième fois";
    void_title = "Déclarer un bulletin nul";
    void_lead = "Un bulletin nul reste nul, sur tous les appareils : cela ne se reprend pas.";
    void_reason = "Pourquoi ?";
    void = "Déclarer nul";
    table = "Les bulletins saisis";
    table_empty = "Aucun bulletin saisi pour l'instant.";
    column_number = "Bulletin";
    column_state = "État";
    nothing = "Rien";
    whole = "Tout le bulletin";
}

/// « Bulletin n° 12 »
#[must_use]
pub fn ballot(number: u16) -> String {
    super::typeset(&format!("Bulletin n° {number}"))
}

/// « n° 12 », as printed in the corner.
#[must_use]
pub fn numbered(number: u16) -> String {
    super::typeset(&format!("n° {number}"))
}

/// « Bulletins n° 101 à 200 »
#[must_use]
pub fn lot(from: u16, to: u16) -> String {
    super::typeset(&format!("Bulletins n° {from} à {to}"))
}

/// « 24 bulletins, 6 feuilles »
#[must_use]
pub fn sheets(ballots: usize, pages: usize) -> String {
    let ballots = super::counted(ballots, "bulletin", "bulletins");
    format!("{ballots}, {}", super::counted(pages, "feuille", "feuilles"))
}

/// The printed instruction for filling in a ballot.
#[must_use]
pub fn instruction(method: Method) -> String {
    match method {
        Method::Dots { each, cap } => {
            let dots = super::ballot::dots(each.into());
            let most = if cap < each { format!(", {cap} au plus par choix") } else { String::new() };
            format!("Noircissez {dots} au total{most}.")
        }
        Method::Approval => "Cochez tous les choix qui vous conviennent.".to_owned(),
        Method::Judgment => super::set!(
            "Cochez une mention par choix. Sans mention, un choix compte « à rejeter »."
        )
        .to_owned(),
        Method::Ranking => super::set!(
            "Écrivez 1 devant le choix le plus important, puis 2, 3… Vous pouvez vous arrêter quand vous voulez."
        )
        .to_owned(),
    }
}

/// How to key a line.
#[must_use]
pub fn how(method: Method) -> &'static str {
    match method {
        Method::Dots { .. } => super::set!(
            "Le numéro de chaque choix, une fois par gommette : 3, 1, 1, 5 pour une gommette au 3, deux au 1, une au 5. Des espaces suffisent."
        ),
        Method::Approval => {
            super::set!("Le numéro de chaque choix coché : 1, 4, 7. Des espaces suffisent.")
        }
        Method::Judgment => super::set!(
            "Une marque par choix, dans l'ordre : E, T, B, A, P, I, R, ou les chiffres de 6 (excellent) à 0 (à rejeter), et - sans mention. Par exemple : ET-R."
        ),
        Method::Ranking => super::set!(
            "Les numéros des choix, du premier au dernier : 4, 1, 7. Des espaces suffisent."
        ),
    }
}

/// The name of a pass of keying.
#[must_use]
pub fn passage_name(passage: Passage) -> &'static str {
    match passage {
        Passage::First => "Le premier passage",
        Passage::Second => "Le second passage",
    }
}

/// The state of a number.
#[must_use]
pub fn state(state: &PaperState) -> String {
    match state {
        PaperState::Once => super::set!("Saisi une fois").to_owned(),
        PaperState::Agreed(Keyed::Vote(_)) => "Concordant".to_owned(),
        PaperState::Agreed(Keyed::Void(reason)) => super::typeset(&format!("Nul : {reason}")),
        PaperState::Differs { .. } => "Différent".to_owned(),
    }
}

/// « 12 saisis une fois, 30 concordants, 1 différent, 2 nuls »
#[must_use]
pub fn counts(counts: PaperCounts) -> String {
    let parts = [
        (counts.once, "saisi une fois", "saisis une fois"),
        (counts.agreed, "concordant", "concordants"),
        (counts.differ, "différent", "différents"),
        (counts.void, "nul", "nuls"),
    ];
    let some = parts.into_iter().filter(|(count, ..)| *count > 0);
    let parts = some.map(|(count, one, many)| super::counted(count, one, many));
    parts.collect::<Vec<_>>().join(", ")
}

/// The message after keying a line, with its content: « N° 12 : concordant. »
#[must_use]
pub fn recorded(number: u16, state: &PaperState, third: bool, read: &str) -> String {
    let said = match state {
        PaperState::Once if third => {
            return super::typeset(&format!(
                "N° {number} : encore autre chose. Cette saisie remplace les deux premières ; il en faut une seconde."
            ));
        }
        PaperState::Once => "saisi une fois",
        PaperState::Agreed(Keyed::Vote(_)) => "concordant",
        PaperState::Agreed(Keyed::Void(_)) => "nul",
        PaperState::Differs { .. } => "les deux saisies diffèrent, à départager ci-dessous",
    };
    let read = if read.is_empty() { String::new() } else { format!(" Lu : {read}.") };
    super::typeset(&format!("N° {number} : {said}.{read}"))
}

/// The initial of a mention on paper.
#[must_use]
pub fn initial(grade: Grade) -> &'static str {
    match grade {
        Grade::Excellent => "E",
        Grade::VeryGood => "T",
        Grade::Good => "B",
        Grade::FairlyGood => "A",
        Grade::Passable => "P",
        Grade::Insufficient => "I",
        Grade::Reject => "R",
    }
}

/// The name of an option on the keying screen. Own options have no letter there: their number is
/// keyed, and a letter next to it would be taken for an input.
#[must_use]
pub fn known(choice: &Choice) -> Option<String> {
    match choice {
        Choice::Item(id) => Some(id.to_string()),
        Choice::Own(_) => None,
    }
}

/// The content of a keyed line in full, shown before it is saved: « 3. Un banc : 2 gommettes ».
#[must_use]
pub fn understood(keyed: &Keyed, texts: &[String]) -> Vec<String> {
    let vote = match keyed {
        Keyed::Void(reason) => return vec![super::typeset(&format!("Nul : {reason}"))],
        Keyed::Vote(Vote::Blank) => return vec![super::consultation::blank().to_owned()],
        Keyed::Vote(vote) => vote,
    };
    let listed: Vec<_> = (0..texts.len()).collect();
    let one = |option: usize| {
        let answer = super::ballot::answer(vote, option);
        super::typeset(&format!("{}. {} : {answer}", option + 1, texts[option]))
    };
    vote.chosen(&listed).into_iter().map(one).collect()
}

/// A reading of a number, shown before it is discarded: « 1.2.1 ×2, 2.1.1 ».
#[must_use]
pub fn said(keyed: &Keyed, shorts: &[String]) -> String {
    let vote = match keyed {
        Keyed::Void(reason) => return super::typeset(&format!("Nul : {reason}")),
        Keyed::Vote(Vote::Blank) => return super::consultation::blank().to_owned(),
        Keyed::Vote(vote) => vote,
    };
    let listed: Vec<_> = (0..shorts.len()).collect();
    let one = |option: usize| {
        let short = &shorts[option];
        match vote {
            Vote::Dots(dots) if dots[option] > 1 => format!("{short} ×{}", dots[option]),
            Vote::Judgment(_) => {
                super::typeset(&format!("{short} : {}", super::ballot::answer(vote, option)))
            }
            _ => short.clone(),
        }
    };
    let apart = if matches!(vote, Vote::Ranking(_)) { " > " } else { ", " };
    vote.chosen(&listed).into_iter().map(one).collect::<Vec<_>>().join(apart)
}

/// The keyed answer for an option: « 2 gommettes », « Oui », « Rien ».
#[must_use]
pub fn beside(keyed: &Keyed, option: usize) -> String {
    match keyed {
        Keyed::Void(_) => "Nul".to_owned(),
        Keyed::Vote(Vote::Blank) => super::consultation::blank().to_owned(),
        Keyed::Vote(vote) if !vote.chosen(&[option]).is_empty() => {
            super::ballot::answer(vote, option)
        }
        Keyed::Vote(_) => nothing().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_leave_out_what_is_not_there() {
        let some = PaperCounts { once: 1, agreed: 30, differ: 0, void: 2 };
        assert_eq!(counts(some), "1 saisi une fois, 30 concordants, 2 nuls");
        assert_eq!(counts(PaperCounts::default()), "");
    }

    #[test]
    fn a_keying_is_read_back_by_what_options_are_known_by() {
        let shorts = ["1.1.1".to_owned(), "1.2.1".to_owned(), "A".to_owned()];
        let said = |vote| said(&Keyed::Vote(vote), &shorts);
        assert_eq!(said(Vote::Dots(vec![1, 0, 2])), "A ×2, 1.1.1");
        assert_eq!(said(Vote::Ranking(vec![Some(2), Some(1), None])), "1.2.1 > 1.1.1");
        assert_eq!(said(Vote::Approval(vec![true, false, true])), "1.1.1, A");
        assert_eq!(said(Vote::Blank), "Vote blanc");
    }
}
