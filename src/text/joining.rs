//! Joining the urns of other devices: changes, conflicts and refusals.

use crate::domain::consultation::{
    BallotError, CastError, Choice, Conclusion, ImportBallotError, JoinError, JoinPlan, Method,
    Rules, StageChange, VotingChannel,
};
use crate::domain::convention::Convention;
use crate::domain::stamp::StampError;

use super::{consult, consultation, counted, dates, import, labelled, transfer, typeset};

super::sentences! {
    late_lead = "Le vote est clos ici : ces bulletins ne comptent que si vous le dites.";
    closes = "Le vote est clos dans ce fichier. Ici, il reste ouvert, sauf si vous le fermez aussi avec le code.";
    closes_no_code = "Le vote est clos dans ce fichier. Ici, il reste ouvert.";
    close_too = "Le clore ici aussi";
    close_hint = "Le code de la consultation d'ici.";
    will_close = "Il sera clos ici aussi.";
    other_code = "Le fichier a un autre code d'animateur : celui d'ici reste.";
    without_code = "Selon ce fichier, on s'est passé du code ailleurs : le procès-verbal le dira.";
    other_wording = "Ce fichier a été fait avec une autre version du texte de la convention.";
    conclusion_new = "Le fichier apporte une conclusion :";
    conclusions = "Deux conclusions";
    keep_here = "Garder celle d'ici";
    take_file = "Prendre celle du fichier";
    here = "Ici";
    in_file = "Dans le fichier";
    what = "Bulletin";
    disputed = "À départager";
    disputed_lead = "Ces bulletins papier ont été lus de deux façons. Ils ne comptent pour aucune des deux tant que personne n'a repris le papier.";
    conflicts = "Bulletins qui diffèrent";
    conflicts_lead = "Le même bulletin dit autre chose ici et dans le fichier. Celui d'ici reste.";
    nothing = "Tout est déjà ici : il n'y a rien à réunir.";
    nothing_taken = "Rien de ce fichier ne peut être réuni.";
    rules_differ = "Une consultation d'ici porte le même identifiant, mais ses règles sont autres : rien de ce fichier ne peut être réuni.";
    options_differ = "Les choix";
    question_differs = "La question";
    title_differs = "Le titre";
    method_differs = "La méthode";
    order_differs = "L'ordre des choix";
    reveal_differs = "Quand le résultat se voit";
    merge = "Réunir";
    failed = "Cette consultation a changé entre-temps : rien n'a été réuni. Reprenez le fichier.";
    unjoin = "Annuler la mise en commun";
    unjoined = "La mise en commun est annulée : la consultation est comme avant.";
    unjoined_in_part = "La mise en commun est annulée, sauf ce qui a changé depuis.";
    not_stored = "La mise en commun est annulée, mais le navigateur n'a pas pu l'enregistrer : ne fermez pas cette page et exportez la consultation.";
    decide = "Départager";
    closed_decide_lead = "Le vote est clos, mais ces bulletins papier ont été lus de deux façons. Ils compteront quand vous aurez tranché.";
    nothing_to_decide = "Il n'y a rien à départager.";
}

/// A sentence on the change of the stage, if it needs one.
#[must_use]
pub fn stage(change: StageChange) -> Option<&'static str> {
    match change {
        StageChange::Stays | StageChange::Closes => None,
        StageChange::New => {
            Some(super::set!("Cette consultation n'est pas encore ici : elle serait ajoutée."))
        }
        StageChange::Rewritten => Some(super::set!(
            "La préparation du fichier est plus récente : elle remplacerait celle d'ici."
        )),
        StageChange::Opened => {
            Some(super::set!("Le vote a été ouvert ailleurs : il serait ouvert ici aussi."))
        }
        StageChange::OpenedAndClosed => {
            Some(super::set!("Le vote a été ouvert et clos ailleurs : il serait clos ici aussi."))
        }
    }
}

/// « 12 bulletins : 3 nouveaux, dont 1 nul, 9 déjà là »
#[must_use]
pub fn ballots(plan: &JoinPlan) -> String {
    let void = plan.void();
    let new = counted(plan.fresh.len(), "nouveau", "nouveaux");
    let new = match void {
        0 => new,
        _ => format!("{new} dont {}", counted(void, "nul", "nuls")),
    };
    let parts = [
        (plan.fresh.len(), new),
        (plan.identical, counted(plan.identical, "déjà là", "déjà là")),
        (plan.disputed.len(), counted(plan.disputed.len(), "à départager", "à départager")),
        (plan.waiting.len(), {
            let waiting = "qui attend déjà d'être départagé";
            counted(plan.waiting.len(), waiting, "qui attendent déjà d'être départagés")
        }),
        (plan.conflicts.len(), counted(plan.conflicts.len(), "qui diffère", "qui diffèrent")),
        (plan.refused.len(), counted(plan.refused.len(), "refusé", "refusés")),
    ];
    let total: usize = parts.iter().map(|(count, _)| count).sum();
    let said: Vec<_> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
    match total {
        0 => typeset("Aucun bulletin."),
        _ => typeset(&format!("{} : {}.", consult::ballots(total), said.join(", "))),
    }
}

/// « Compter aussi ces 3 bulletins : toute l'urne est réunie »
#[must_use]
pub fn take_late(count: usize) -> String {
    typeset(&match count {
        0 | 1 => "Compter aussi ce bulletin : toute l'urne est réunie".to_owned(),
        _ => format!("Compter aussi ces {count} bulletins : toute l'urne est réunie"),
    })
}

/// « Bulletins papier imprimés : 20 ici, 60 avec ce fichier. »
#[must_use]
pub fn printed(here: u16, with: u16) -> String {
    typeset(&format!("Bulletins papier imprimés : {here} ici, {with} avec ce fichier."))
}

/// « 2 bulletins refusés »
#[must_use]
pub fn refused(count: usize) -> String {
    counted(count, "bulletin refusé", "bulletins refusés")
}

/// Why a ballot is refused, after the path to the value.
#[must_use]
pub fn refusal(refusal: &ImportBallotError) -> String {
    let why = match &refusal.why {
        BallotError::Unreadable(detail) => import::reason(detail).to_owned(),
        BallotError::Twice => "un second bulletin du même identifiant".to_owned(),
        BallotError::Refused(refused) => why(*refused),
    };
    typeset(&format!(" : {why}"))
}

fn why(refused: CastError) -> String {
    match refused {
        CastError::Early => "la consultation n'est pas ouverte".to_owned(),
        CastError::Late => "le vote est clos".to_owned(),
        CastError::Breach(breach) => transfer::breach(&breach),
        CastError::Void => "il est déclaré nul, et seul un bulletin papier peut l'être".to_owned(),
        CastError::OtherPaper(number) => {
            format!("son identifiant n'est pas celui du bulletin papier n° {number}")
        }
        CastError::NotPrinted { number, printed: 0 } => {
            format!("bulletin papier n° {number}, alors qu'aucun n'a été imprimé")
        }
        CastError::NotPrinted { number, printed } => {
            let printed = counted(usize::from(printed), "a été imprimé", "ont été imprimés");
            format!("bulletin papier n° {number}, alors que {printed}")
        }
        CastError::Otherwise => "un bulletin du même identifiant dit autre chose".to_owned(),
    }
}

/// Why a file cannot be joined at all.
#[must_use]
pub fn unjoinable(error: &JoinError) -> String {
    typeset(&match error {
        JoinError::Rules(..) => return rules_differ().to_owned(),
        JoinError::Stamp(StampError::Edits) => {
            "Ce fichier prétend avoir été modifié plus d'un million de fois : il est abîmé, ou fabriqué pour nuire. Rien n'en est réuni.".to_owned()
        }
        JoinError::Stamp(StampError::Instant) => {
            "Ce fichier se dit écrit après l'an 2999 : il est abîmé, ou fabriqué pour nuire. Rien n'en est réuni.".to_owned()
        }
        JoinError::Printed(count) => {
            let most = crate::domain::consultation::MAX_PRINTED;
            format!(
                "Ce fichier dit que {count} bulletins papier ont été imprimés ; Jalons en imprime {most} au plus. Rien n'en est réuni."
            )
        }
    })
}

/// The fields in which two sets of rules differ: the field, its value here, and its value in the
/// file.
#[must_use]
pub fn differing(
    here: &Rules,
    file: &Rules,
    convention: &Convention,
) -> Vec<(&'static str, String, String)> {
    let option = |choice: &Choice| consultation::option(choice, convention);
    let options = |rules: &Rules| {
        rules.options().iter().map(option).collect::<Vec<_>>().join(consult::pages_separator())
    };
    let method = |rules: &Rules| {
        let name = consultation::method(rules.method().kind());
        match rules.method() {
            Method::Dots { each, cap } => format!("{name} ({each}, {cap})"),
            _ => name.to_owned(),
        }
    };
    let told = |text: fn(&Rules) -> String, name: &'static str| (name, text(here), text(file));
    let both = |name: &'static str, text: &dyn Fn(&Rules) -> String| (name, text(here), text(file));
    [
        told(|rules| typeset(rules.title().as_str()), title_differs()),
        told(|rules| typeset(rules.question().as_str()), question_differs()),
        both(options_differ(), &options),
        both(method_differs(), &method),
        told(|rules| consult::order_label(rules.order()).to_owned(), order_differs()),
        told(|rules| consult::reveal_label(rules.reveal()).to_owned(), reveal_differs()),
    ]
    .into_iter()
    .filter(|(_, one, two)| one != two)
    .collect()
}

/// A conclusion in one line: « On commence par la mobilité. À revoir le 15 janvier 2027. »
#[must_use]
pub fn conclusion(conclusion: &Conclusion) -> String {
    let text = typeset(conclusion.text.as_str());
    match conclusion.look_again {
        None => text,
        Some(day) => typeset(&format!("{text} (à revoir le {})", dates::full(day))),
    }
}

/// The name of a ballot in a list: the number of a paper, or the first digits of the id.
#[must_use]
pub fn name(way: VotingChannel, id: &str) -> String {
    match way {
        VotingChannel::Paper(number) => super::paper::ballot(number),
        VotingChannel::Urn | VotingChannel::Phone => {
            format!("{} {}", consultation::way(way), id.get(..8).unwrap_or(id))
        }
    }
}

/// « Fichier 1 sur 3 : 2 400 bulletins lus »
#[must_use]
pub fn progress(files: usize, total: usize, ballots: usize) -> String {
    let ballots = counted(ballots, "bulletin lu", "bulletins lus");
    typeset(&format!("Fichier {files} sur {total} : {ballots}"))
}

/// « voisine.json : ce fichier est vide. »
#[must_use]
pub fn named(file: &str, said: &str) -> String {
    labelled(file, said)
}

/// « 1 bulletin papier reste à départager. »
#[must_use]
pub fn disputed_now(count: usize) -> String {
    let papers = "bulletin papier reste à départager";
    format!("{}.", counted(count, papers, "bulletins papier restent à départager"))
}

/// « 2 bulletins papier à départager »
#[must_use]
pub fn to_decide(count: usize) -> String {
    counted(count, "bulletin papier à départager", "bulletins papier à départager")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_ballot_says_why_in_french() {
        let said = |why: CastError| {
            refusal(&ImportBallotError { index: 0, path: String::new(), why: why.into() })
        };
        assert_eq!(
            said(CastError::Void),
            "\u{a0}: il est déclaré nul, et seul un bulletin papier peut l’être"
        );
        assert_eq!(
            said(CastError::NotPrinted { number: 7, printed: 1 }),
            "\u{a0}: bulletin papier n°\u{a0}7, alors que 1 a été imprimé"
        );
        let unreadable = BallotError::Unreadable("unknown field `who`, expected x".to_owned());
        let unreadable = ImportBallotError { index: 3, path: ".who".to_owned(), why: unreadable };
        assert_eq!(refusal(&unreadable), "\u{a0}: champ inconnu");
    }
}
