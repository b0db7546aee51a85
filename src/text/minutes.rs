//! The printed minutes of a consultation.

use crate::domain::consultation::{Method, Order};
use crate::domain::day::Day;

super::sentences! {
    title = "Procès-verbal de consultation";
    question = "Question posée";
    rules = "Règles";
    options = "Options proposées";
    ballots = "Bulletins";
    by_way = "Bulletins par façon de voter";
    way = "Façon de voter";
    counted = "Comptés";
    blank = "Blancs";
    void = "Nuls";
    all = "Ensemble";
    no_void = "Aucun bulletin nul.";
    result = "Résultat";
    fingerprint = "Empreinte des bulletins";
    conclusion = "Conclusion";
    no_conclusion = "Aucune conclusion n'est encore écrite.";
    signatures = "Signatures";
    signer = "Nom et qualité";
    signed = "Signature";
    place_and_day = "Fait à ______________________________ le ______________________";
    tied = "Des options à égalité partagent la même place ; aucune égalité n'est tranchée par le hasard ni par l'ordre de la liste.";
    refused = "Contraires aux règles";
    without_code = "Ouvert sans le code : l'urne a été quittée, ou le vote clos, sans le code de l'animateur, après une minute d'attente.";
}

/// « Imprimé le 12 mars 2027 »
#[must_use]
pub fn printed(day: Day) -> String {
    format!("Imprimé le {}", super::dates::full(day))
}

/// A description of the vote, one line per rule.
#[must_use]
pub fn rules_lines(method: Method, order: Order, printed: u16) -> Vec<String> {
    let order = match order {
        Order::Shuffled => super::set!("Les options étaient mélangées pour chaque personne."),
        Order::Listed => {
            super::set!("Les options étaient dans le même ordre pour tout le monde.")
        }
    };
    let name = super::consultation::method(method.kind());
    let mut lines = vec![
        super::typeset(&format!("Méthode : {name}. {}", super::outcome::counting::method(method))),
        order.to_owned(),
    ];
    if printed > 0 {
        let papers = super::counted(printed.into(), "bulletin numéroté", "bulletins numérotés");
        let verb = if printed == 1 { "a été imprimé" } else { "ont été imprimés" };
        lines.push(format!("{papers} {verb} sur papier."));
    }
    lines
}
