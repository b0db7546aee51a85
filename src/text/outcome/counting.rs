//! How a consultation is counted: its method, its chart, and the methods for comparison.

use crate::domain::consultation::Method;
use crate::domain::voting::Rule;

/// How the ballots are counted, in two sentences.
#[must_use]
pub fn method(method: Method) -> String {
    let said = match method {
        Method::Dots { each, cap } => {
            let dots = super::super::counted(each.into(), "gommette", "gommettes");
            format!(
                "Chaque personne avait {dots} à répartir, {cap} au plus par option. L'option qui \
                 en reçoit le plus est en tête ; à nombre égal, les options sont ex æquo."
            )
        }
        Method::Approval => "Chaque personne disait oui à autant d'options qu'elle voulait. \
                             L'option qui a le plus de oui est en tête ; à nombre égal, les \
                             options sont ex æquo."
            .to_owned(),
        Method::Judgment => "Chaque personne donnait une mention à chaque option (« À rejeter » \
                             quand elle n'en donnait pas), et la mention \
                             majoritaire est la meilleure que plus de la moitié lui donne ou \
                             dépasse. À mention égale, on retire une à une les mentions du milieu \
                             jusqu'à ce qu'elles diffèrent ; seules des options aux mentions toutes \
                             pareilles restent ex æquo."
            .to_owned(),
        Method::Ranking => "Chaque personne classait les options ; on les compare deux à deux, et \
                            celle que plus de personnes préfèrent gagne. Quand ces comparaisons \
                            tournent en rond, les plus nettes l'emportent (méthode de Schulze) ; \
                            les points, donnés à côté (méthode de Borda), ne décident de rien."
            .to_owned(),
    };
    super::super::typeset(&said)
}

/// How to read the chart.
#[must_use]
pub fn chart_key(method: Method) -> &'static str {
    match method {
        Method::Dots { .. } => {
            super::super::set!("Une barre par option, son nombre de gommettes au bout.")
        }
        Method::Approval => {
            super::super::set!(
                "Une barre par option, son nombre de oui au bout. Le trait à droite : tous les bulletins comptés."
            )
        }
        Method::Judgment => {
            super::super::set!(
                "Une barre par option, coupée selon les mentions reçues. Le trait au milieu : la moitié des bulletins. La mention qu'il touche est la mention majoritaire ; entre deux, c'est celle de droite."
            )
        }
        Method::Ranking => {
            super::super::set!(
                "Chaque ligne : combien de personnes préfèrent cette option à celle de la colonne. Case pleine : elle gagne. Case encadrée : égalité."
            )
        }
    }
}

/// The name of a method for comparison.
#[must_use]
pub fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::MajorityJudgment => "Jugement majoritaire",
        Rule::Mean => "Moyenne des mentions",
        Rule::ApprovalFromFairlyGood => super::super::set!("« Assez bien » ou mieux"),
        Rule::Schulze => "Comparaisons (Schulze)",
        Rule::Borda => "Points (Borda)",
        Rule::Plurality => super::super::set!("Premières places"),
    }
}

/// The heading of a column of votes by global objective.
#[must_use]
pub fn voices(method: Method) -> &'static str {
    match method {
        Method::Dots { .. } => "Gommettes",
        Method::Approval => "Oui",
        Method::Judgment => super::super::set!("Mentions « Assez bien » et mieux"),
        Method::Ranking => super::super::set!("Premières places"),
    }
}
