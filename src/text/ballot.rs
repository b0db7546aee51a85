//! The ballot: instructions, choices left, and the vote in words.

use crate::domain::consultation::{Grade, Method, NoDotError, Vote};

super::sentences! {
    options = "Les choix";
    review = "Relire mon vote";
    review_title = "Votre vote";
    cast = "Voter";
    make = "Préparer mon bulletin";
    change = "Modifier";
    vote_blank = "Voter blanc";
    vote_blank_hint = "Vous participez, sans choisir. Ce que vous aviez choisi reste là tant que vous n'avez pas voté.";
    is_blank = "Vous votez blanc : votre bulletin compte dans la participation, et pour aucun choix.";
    is_final = "Une fois déposé, votre bulletin ne peut plus être modifié.";
    is_made = "Votre vote ne sera compté qu'une fois votre bulletin remis à la personne qui anime.";
    nothing_chosen = "Rien n'est encore choisi. Faites au moins un choix, ou cochez « Voter blanc ».";
    preview = "Aperçu : essayez, rien ne sera compté.";
    preview_cast = "C'est ainsi que l'on vote. Ceci est un aperçu : rien n'a été compté.";
    read_wording = "Lire";
    wording_of = "le texte de :";
    results = "Résultats attendus :";
    objective = "Dans l'objectif :";
    parts = "Ce qui en fait partie :";
    steps_label = "Étapes du vote";
    ranked = "Votre classement";
    ranked_empty = "Touchez d'abord le choix qui compte le plus pour vous.";
    unranked = "À classer";
    all_ranked = "Tout est classé.";
    take_out = "Retirer";
}

/// The names of the steps; a ballot that is `handed` over is counted once it has been scanned.
#[must_use]
pub fn steps(handed: bool) -> [&'static str; 3] {
    ["Choisir", "Relire", if handed { "Faire scanner" } else { "Voter" }]
}

/// « 1 Choisir »
#[must_use]
pub fn step(number: usize, name: &str) -> String {
    format!("{number} {name}")
}

/// One sentence on how to answer.
#[must_use]
pub fn how(method: Method) -> String {
    match method {
        Method::Dots { each, cap } => {
            let dots = dots(each.into());
            let most = match (each, cap) {
                (1, _) => String::new(),
                (_, 1) => ", une par choix".to_owned(),
                (each, cap) if cap >= each => ", toutes sur le même choix si vous voulez".to_owned(),
                (_, cap) => format!(", {cap} au plus par choix"),
            };
            format!("Vous avez {dots} à placer{most}.")
        }
        Method::Approval => {
            super::set!("Dites « Oui » à tous les choix qui vous conviennent.").to_owned()
        }
        Method::Judgment => super::set!(
            "Donnez une mention à chaque choix. Sans mention, un choix compte comme « À rejeter »."
        )
        .to_owned(),
        Method::Ranking => {
            super::set!("Classez les choix, du plus important au moins important. Ceux que vous ne classez pas restent à égalité, après les autres.")
                .to_owned()
        }
    }
}

/// « 2 gommettes »
#[must_use]
pub fn dots(count: usize) -> String {
    super::counted(count, "gommette", "gommettes")
}

/// The choices left to make: « 3 gommettes sur 4 à placer ».
#[must_use]
pub fn left(method: Method, vote: &Vote, options: usize) -> String {
    let given = vote.given();
    let rest = options.saturating_sub(given);
    match method {
        Method::Dots { each, .. } => {
            let each = usize::from(each);
            match each.saturating_sub(given) {
                0 if each == 1 => super::set!("Votre gommette est placée").to_owned(),
                0 => format!("Vos {each} gommettes sont placées"),
                left if left == each => format!("{} à placer", dots(left)),
                left => format!("{} sur {each} à placer", dots(left)),
            }
        }
        Method::Approval if given == 0 => super::set!("Aucun « Oui » pour l'instant").to_owned(),
        Method::Approval => super::typeset(&format!("{given} « Oui » sur {options} choix")),
        Method::Judgment if rest == 0 => "Chaque choix a sa mention".to_owned(),
        Method::Judgment => format!("{rest} choix sur {options} sans mention"),
        Method::Ranking if rest == 0 => all_ranked().trim_end_matches('.').to_owned(),
        Method::Ranking => format!("{rest} choix sur {options} à classer"),
    }
}

/// Why an option cannot take another dot.
#[must_use]
pub fn full(full: NoDotError) -> String {
    match full {
        NoDotError::Option(cap) => format!("{} au plus par choix.", dots(cap.into())),
        NoDotError::Person => super::set!(
            "Toutes vos gommettes sont placées. Retirez-en une ailleurs pour la placer ici."
        )
        .to_owned(),
    }
}

/// « Ajouter une gommette à École et familles »
#[must_use]
pub fn add_dot(name: &str) -> String {
    format!("Ajouter une gommette à {name}")
}

/// « Retirer une gommette de École et familles »
#[must_use]
pub fn remove_dot(name: &str) -> String {
    format!("Retirer une gommette de {name}")
}

/// « 2 gommettes sur « École et familles ». »
#[must_use]
pub fn dots_on(count: usize, name: &str) -> String {
    super::typeset(&format!("{} sur « {name} ».", dots(count)))
}

/// « 1er », « 2e »
#[must_use]
pub fn rank(rank: usize) -> String {
    if rank == 1 { "1er".to_owned() } else { format!("{rank}e") }
}

/// « Monter École et familles »
#[must_use]
pub fn move_up(name: &str) -> String {
    format!("Monter {name}")
}

/// « Descendre École et familles »
#[must_use]
pub fn move_down(name: &str) -> String {
    format!("Descendre {name}")
}

/// « Retirer du classement École et familles »
#[must_use]
pub fn take_out_named(name: &str) -> String {
    format!("Retirer du classement {name}")
}

/// « Classer École et familles »
#[must_use]
pub fn rank_named(name: &str) -> String {
    format!("Classer {name}")
}

/// « École et familles : 2e sur 5. »
#[must_use]
pub fn ranked_at(name: &str, place: usize, of: usize) -> String {
    super::typeset(&format!("{name} : {} sur {of}.", rank(place)))
}

/// « « École et familles » n'est plus classé. »
#[must_use]
pub fn taken_out(name: &str) -> String {
    super::typeset(&format!("« {name} » n'est plus classé."))
}

/// The answer for a chosen option, in the review: « 2 gommettes », « Oui », « Bien », « 1er ».
#[must_use]
pub fn answer(vote: &Vote, option: usize) -> String {
    let grade = |grade: &Option<Grade>| {
        grade.map_or(super::consultation::no_mention(), super::consultation::grade).to_owned()
    };
    match vote {
        Vote::Blank => super::consultation::blank().to_owned(),
        Vote::Dots(given) => dots(given.get(option).copied().unwrap_or_default().into()),
        Vote::Approval(_) => super::consultation::yes().to_owned(),
        Vote::Judgment(grades) => grades.get(option).map(grade).unwrap_or_default(),
        Vote::Ranking(ranks) => {
            ranks.get(option).copied().flatten().map(|at| rank(at.into())).unwrap_or_default()
        }
    }
}

/// A sentence on the options without an answer; `None` if there are none.
#[must_use]
pub fn not_chosen(vote: &Vote, rest: usize, method: Method) -> Option<String> {
    let others = match rest {
        1 => "L'autre choix".to_owned(),
        rest => format!("Les {rest} autres choix"),
    };
    let many = rest > 1;
    let sentence = match method {
        _ if rest == 0 || *vote == Vote::Blank => return None,
        Method::Dots { .. } if many => format!("{others} n'ont pas de gommette."),
        Method::Dots { .. } => format!("{others} n'a pas de gommette."),
        Method::Approval if many => format!("{others} n'ont pas votre « Oui »."),
        Method::Approval => format!("{others} n'a pas votre « Oui »."),
        Method::Judgment if many => {
            format!("{others} sont sans mention : ils comptent comme « À rejeter ».")
        }
        Method::Judgment => {
            format!("{others} est sans mention : il compte comme « À rejeter ».")
        }
        Method::Ranking if many => {
            format!("{others} ne sont pas classés : ils viennent à égalité après le dernier.")
        }
        Method::Ranking => format!("{others} n'est pas classé : il vient après le dernier."),
    };
    Some(super::typeset(&sentence))
}

/// A sentence on unplaced dots: « Il vous reste 1 gommette. Vous pouvez la laisser. »
#[must_use]
pub fn unused(left: usize) -> Option<String> {
    let them = if left > 1 { "les" } else { "la" };
    (left > 0).then(|| format!("Il vous reste {}. Vous pouvez {them} laisser.", dots(left)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_explained_by_what_one_may_do() {
        let how = |each, cap| how(Method::Dots { each, cap });
        assert_eq!(how(1, 1), "Vous avez 1 gommette à placer.");
        assert_eq!(how(4, 2), "Vous avez 4 gommettes à placer, 2 au plus par choix.");
        assert_eq!(how(3, 1), "Vous avez 3 gommettes à placer, une par choix.");
        assert!(how(3, 3).ends_with("toutes sur le même choix si vous voulez."));
    }

    #[test]
    fn what_is_left_counts_down() {
        let method = Method::Dots { each: 4, cap: 2 };
        let left = |dots: &[u8]| left(method, &Vote::Dots(dots.to_vec()), 3);
        assert_eq!(left(&[0, 0, 0]), "4 gommettes à placer");
        assert_eq!(left(&[1, 0, 0]), "3 gommettes sur 4 à placer");
        assert_eq!(left(&[2, 1, 0]), "1 gommette sur 4 à placer");
        assert_eq!(left(&[2, 2, 0]), "Vos 4 gommettes sont placées");
    }

    #[test]
    fn what_was_not_chosen_is_one_sentence() {
        let vote = Vote::Judgment(vec![None, Some(Grade::Good)]);
        let one = not_chosen(&vote, 1, Method::Judgment).expect("one is left");
        assert!(one.contains("est sans mention") && one.contains("À rejeter"), "{one}");
        assert_eq!(not_chosen(&vote, 0, Method::Judgment), None);
        assert_eq!(not_chosen(&Vote::Blank, 3, Method::Judgment), None);
    }
}
