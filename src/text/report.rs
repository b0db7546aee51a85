//! The fixed sentences of the report and of its screen.

use crate::domain::period::Period;
use crate::domain::progress::Progress;

use super::{counted, dates, progress, set, typeset};

super::sentences! {
    screen_title = "Rapport";
    screen_lead = "Le bilan mis en pages, à imprimer ou à remettre. Ce que vous voyez plus bas est ce qui sera imprimé.";
    nothing = "Il n'y a encore rien à mettre en pages : personne n'a observé de marqueur sur cet appareil.";
    nothing_way = "Suivre les marqueurs";
    to_markdown = "Markdown";
    to_page = "Page HTML";
    take_away = "Imprimer ou emporter";
    no_drawings = "La page n'a pas pu être faite : le dessin des graphiques n'est pas arrivé. Vérifiez la connexion, puis essayez encore.";
    not_taken = "Le fichier n'a pas pu être enregistré. Essayez encore.";
    preview = "Le rapport";
    settings = "Ce que le rapport contient";
    period = "Période";
    period_hint = "Sans dates, le rapport va de la première à la dernière observation.";
    from = "Du";
    to = "Au";
    wrong_period = "La période finit avant d'avoir commencé.";
    notes_title = "Les notes du rapport";
    notes_rule = "Les alertes et les constats y sont d'office ; les idées et les questions aussi, tant qu'il y en a douze au plus.";
    one_by_one = "Choisir les notes une à une";
    choose_all = "Tout choisir";
    choose_none = "Tout retirer";
    no_notes = "Il n'y a aucune note à choisir.";

    kind = "Bilan";
    territory = "Territoire";
    made_on = "Fait le";
    devices = "Appareils";
    speak_for = "Ils parlent pour";
    brief = "En bref";

    due_title = "Échéances passées";
    due_lead = "Ces marqueurs ont une date prévue qui est passée, et ne sont pas encore atteints.";
    due_caption = "Marqueurs dont l'échéance est passée";
    no_due = "Aucune échéance n'est passée.";
    marker = "Marqueur";
    due = "Échéance";
    state = "État";

    no_views = "Aucun désaccord : sur chaque marqueur, les appareils qui l'ont observé disent la même chose.";
    by_month = "Nombre de marqueurs à chaque état, au dernier changement de chaque mois";
    voice = "Voix";
    voices_caption = "Ce que disent les appareils, selon celles et ceux pour qui ils parlent";

    notes_section = "Ce qui a été noté";
    no_chosen = "Aucune note n'a été choisie pour ce rapport.";

    polls_title = "Consultations";
    no_polls = "Aucune consultation close sur cet appareil.";
    question = "Question";
    poll_method = "Méthode";
    ballots = "Bulletins";
    first = "En tête";
    fingerprint = "Empreinte";
    closed_on = "Close le";
    concluded_on = "Conclue le";
    no_conclusion = "Aucune conclusion n'est encore écrite.";

    method_title = "Comment lire ce bilan";
    method_marker = "Un marqueur de progrès est un signe prévu par la convention, que chacun peut aller voir. Une observation dit, pour un marqueur et un jour, ce qu'une personne a vu : pas encore, en cours, atteint, ou non observable.";
    method_state = "L'état d'un marqueur est sa dernière observation, tous appareils réunis ; les précédentes restent dans son historique.";
    method_unobserved = "« Non observé » ne veut pas dire « pas atteint » : personne n'a encore regardé.";
    method_count = "Les marqueurs sont comptés, pas pesés : aucun ne vaut plus qu'un autre, et aucune note n'est donnée à un objectif.";
    method_views = "Un désaccord compare la dernière observation de chaque appareil. Il est d'autant plus grand que les avis sont répartis sur les trois états, de « pas encore » à « atteint » ; « non observable » n'y compte pas. C'est la mesure de R. K. Leik (1966).";
    method_voices = "Un appareil parle pour celles et ceux que son propriétaire a désignés ; rien ne le vérifie.";
    method_notes = "Les notes sont citées telles quelles. Celles que quelqu'un garde pour soi n'y sont jamais.";
    method_polls = "Une consultation n'est pas une élection : une personne, une voix ne peut pas y être garanti.";
    method_private = "Ce bilan a été fait dans un navigateur, avec ce qui se trouvait sur l'appareil. Rien n'a été envoyé nulle part.";
    method_wording = "Les objectifs et les marqueurs sont cités dans les mots de la convention.";
}

/// How the report is to be read.
#[must_use]
pub fn method() -> [&'static str; 10] {
    [
        method_marker(),
        method_state(),
        method_unobserved(),
        method_count(),
        method_views(),
        method_voices(),
        method_notes(),
        method_polls(),
        method_wording(),
        method_private(),
    ]
}

/// « Graphique : Nombre de marqueurs… »: the name of a drawing next to its table.
#[must_use]
pub fn chart_of(caption: &str) -> String {
    typeset(&format!("Graphique : {caption}"))
}

/// « 3 notes gardées pour soi restent en dehors. »
#[must_use]
pub fn stay_out(count: usize) -> String {
    match count {
        0 | 1 => set!("1 note gardée pour soi reste en dehors.").to_owned(),
        _ => format!("{count} notes gardées pour soi restent en dehors."),
    }
}

/// « 12 choisies sur 14 »
#[must_use]
pub fn chosen(chosen: usize, all: usize) -> String {
    format!("{} sur {all}", counted(chosen, "choisie", "choisies"))
}

/// « 2 notes choisies permettent peut-être de reconnaître ou de joindre quelqu'un. »
#[must_use]
pub fn may_lead(count: usize) -> String {
    typeset(&match count {
        0 | 1 => {
            "1 note choisie permet peut-être de reconnaître ou de joindre quelqu'un.".to_owned()
        }
        _ => format!(
            "{count} notes choisies permettent peut-être de reconnaître ou de joindre quelqu'un."
        ),
    })
}

/// « Prendre dans le rapport : Le banc est… », with the beginning of the note.
#[must_use]
pub fn take_named(text: &str) -> String {
    let beginning: String = text.chars().take(40).collect();
    typeset(&format!("Prendre dans le rapport : {beginning}"))
}

/// « du 5 janvier 2021 au 12 mars 2021 »
#[must_use]
pub fn days(Period { first, last }: Period) -> String {
    if first == last {
        return dates::full(first);
    }
    format!("du {} au {}", dates::full(first), dates::full(last))
}

/// « 12 observations pendant la période, sur 8 marqueurs »
#[must_use]
pub fn brief_observations(observations: usize, markers: usize) -> String {
    let observations = counted(observations, "observation", "observations");
    typeset(&format!("{observations} pendant la période, sur {}", progress::markers(markers)))
}

/// « Marqueurs : 3 atteints, 102 non observés »
#[must_use]
pub fn brief_levels(levels: Progress) -> String {
    typeset(&format!("Marqueurs : {}", progress::summary(levels)))
}

/// « 2 marqueurs où les avis diffèrent »
#[must_use]
pub fn brief_contested(markers: usize) -> String {
    typeset(&format!("{} où les avis diffèrent", progress::markers(markers)))
}

/// « 1 échéance passée »
#[must_use]
pub fn brief_due(markers: usize) -> String {
    counted(markers, "échéance passée", "échéances passées")
}

/// « 2 consultations closes »
#[must_use]
pub fn brief_polls(polls: usize) -> String {
    counted(polls, "consultation close", "consultations closes")
}

/// « 4 notes citées »
#[must_use]
pub fn brief_notes(notes: usize) -> String {
    counted(notes, "note citée", "notes citées")
}
