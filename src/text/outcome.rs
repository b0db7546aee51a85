//! The result of a closed consultation, in words.

use crate::codec::fingerprint::Fingerprint;
use crate::domain::consultation::{Method, Reason};
use crate::domain::item::Code;
use crate::domain::shares::LEAST_GROUP;
use crate::domain::voting::{Outcome, Tally, Turnout};

pub mod closeness;
pub mod conclusion;
pub mod counting;

super::sentences! {
    result = "Le résultat";
    told_by_a_link = "Ce résultat est celui que la personne qui anime a partagé. Jalons affiche ce que dit son lien, sans pouvoir recompter : pour vérifier, comparez les six mots avec ceux affichés dans la salle.";
    take_home = "Emporter le résultat";
    take_home_lead = "Scannez ce code, ou ouvrez le lien : le résultat et la conclusion s'affichent sur votre téléphone, sans réseau si Jalons y est déjà. Aucun bulletin n'est dans ce lien.";
    take_home_code = "Code du résultat à emporter";
    take_home_link = "Partager le lien du résultat";
    shared_title = "Un résultat";
    first = "1er";
    tied = "ex æquo";
    method_title = "Comment c'est compté";
    chart_title = "En image";
    result_caption = "Places et décomptes, option par option";
    chart_scroll = "Le tableau des comparaisons, à faire défiler";
    participation = "La participation";
    void_title = "Les bulletins nuls";
    families_title = "Par grand objectif";
    families_caption = "Ce qui revient à chaque grand objectif";
    families_objective = "Objectif";
    families_options = "Options";
    fingerprint_title = "Vérifier ensemble";
    fingerprint_why = "Tout appareil qui a la même question, les mêmes choix et les mêmes bulletins trouve les mêmes six mots. Lisez-les à voix haute pour vérifier que rien ne manque.";
    fingerprint_whole = "L'empreinte entière";
    fingerprint_cost = "Six mots suffisent contre une erreur, ou contre qui voudrait changer des bulletins après coup. Qui préparerait deux urnes à l'avance pourrait, en quelques heures de calcul, leur donner les mêmes six mots ; l'empreinte entière, elle, ne se contrefait pas : en cas de doute, comparez-la chiffre par chiffre.";
    limits_title = "Ce que ce résultat n'est pas";
    limits = "C'est une consultation, pas une élection : une personne, une voix ne peut pas être garanti ici. Le résultat dit ce qu'ont choisi celles et ceux qui ont participé ; il éclaire une décision, il ne la prend pas.";
    ways_hidden = "Le détail par façon de voter n'est pas montré.";
    take_away = "Partager le résultat";
    take_away_lead = "Ces fichiers disent le résultat sans dire qui a voté comment : ni la façon de voter d'un bulletin, ni son numéro de papier. À partir de cinq bulletins comptés, le tableau liste aussi ce qu'ils portent, pour recompter.";
    ballots_caption = "Ce que portent les bulletins comptés, sans ordre";
    ballots_alike = "Bulletins identiques";
    take_table = "Tableau (CSV)";
    take_picture = "Image (PNG)";
    not_taken = "Le fichier n'a pas pu être enregistré. Essayez encore, ou faites une capture d'écran.";
    duel_caption = "Combien de personnes préfèrent l'option de la ligne à celle de la colonne";
}

/// « « École et familles » »
#[must_use]
pub fn quoted(name: &str) -> String {
    super::typeset(&format!("« {name} »"))
}

/// The line under the title: « Gommettes · 41 bulletins comptés ».
#[must_use]
pub fn facts(method: Method, turnout: &Turnout) -> String {
    let counted = super::counted(turnout.counted, "bulletin compté", "bulletins comptés");
    format!("{} · {counted}", super::consultation::method(method.kind()))
}

/// Why there is no result; `None` if there is one.
#[must_use]
pub fn nothing(turnout: &Turnout) -> Option<String> {
    if turnout.counted > 0 {
        return None;
    }
    Some(if turnout.cast == 0 {
        super::set!("Aucun bulletin n'a été déposé : il n'y a pas de résultat.").to_owned()
    } else {
        let left_out = not_counted(turnout).join(", ");
        super::typeset(&format!(
            "Aucun bulletin n'exprime de choix ({left_out}) : il n'y a pas de résultat."
        ))
    })
}

/// « 3 blancs », « 1 nul », « 1 contraire aux règles »: the kinds with ballots.
#[must_use]
pub fn not_counted(turnout: &Turnout) -> Vec<String> {
    let kinds = [
        (turnout.blank, "blanc", "blancs"),
        (turnout.void, "nul", "nuls"),
        (turnout.refused, "contraire aux règles", "contraires aux règles"),
    ];
    let some = kinds.into_iter().filter(|kind| kind.0 > 0);
    some.map(|(count, one, many)| super::counted(count, one, many)).collect()
}

/// « 1er », « 2e »
#[must_use]
pub fn place(place: usize) -> String {
    if place == 1 { first().to_owned() } else { format!("{place}e") }
}

/// « 1er ex æquo »
#[must_use]
pub fn place_of(place_number: usize, tied: bool) -> String {
    let place = place(place_number);
    if tied { format!("{place} {}", self::tied()) } else { place }
}

/// The score of an option, for the ranking.
#[must_use]
pub fn score(tally: &Tally, option: usize) -> String {
    let count = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    let said = match &tally.outcome {
        Outcome::Dots(dots) => {
            let given = super::counted(count(dots.totals[option]), "gommette", "gommettes");
            let people = super::counted(count(dots.supporters[option]), "personne", "personnes");
            format!("{given}, de {people}")
        }
        Outcome::Approval(approval) => {
            let people = super::counted(count(approval.votes), "personne", "personnes");
            format!("{} oui sur {people}", approval.approvals[option])
        }
        Outcome::Judgment(judgment) => match judgment.gauge(option) {
            Some(gauge) => format!(
                "Mention majoritaire : {} · {} mieux, {} moins bien",
                super::consultation::grade(gauge.majority),
                gauge.above,
                gauge.below
            ),
            None => String::new(),
        },
        Outcome::Ranking { schulze, borda } => {
            let won = won(&schulze.pairwise, option);
            let all = schulze.pairwise.len().saturating_sub(1);
            let won = super::counted(won, "comparaison gagnée", "comparaisons gagnées");
            format!("{won} sur {all} · {} points de Borda", points(borda.half_points[option]))
        }
    };
    super::typeset(&said)
}

/// The number of comparisons that an option wins.
#[must_use]
pub fn won(pairwise: &[Vec<u32>], option: usize) -> usize {
    let wins = |other: &usize| pairwise[option][*other] > pairwise[*other][option];
    (0..pairwise.len()).filter(wins).count()
}

/// Half points written as points: « 12,5 ».
#[must_use]
pub fn points(half_points: u64) -> String {
    let half = if half_points % 2 == 1 { ",5" } else { "" };
    format!("{}{half}", half_points / 2)
}

/// The numbers of ballots by channel, each with its label: « bulletins à l'urne »; empty if a
/// channel has too few to be shown.
#[must_use]
pub fn ways(turnout: &Turnout) -> Vec<(usize, &'static str)> {
    let ways = [
        (turnout.urn, super::set!("à l'urne")),
        (turnout.phone, "par téléphone"),
        (turnout.paper, "sur papier"),
    ];
    ways.into_iter().filter(|way| turnout.tells_ways() && way.0 > 0).collect()
}

/// « 45 bulletins : 41 comptés, 3 blancs, 1 nul »
#[must_use]
pub fn turnout(turnout: &Turnout) -> String {
    let all = super::counted(turnout.cast, "bulletin", "bulletins");
    let counted = super::counted(turnout.counted, "compté", "comptés");
    let rest = not_counted(turnout).into_iter();
    let parts: Vec<_> = std::iter::once(counted).chain(rest).collect();
    super::typeset(&format!("{all} : {}", parts.join(", ")))
}

/// A void ballot: « Un bulletin papier : rayé ».
#[must_use]
pub fn void(reason: &Reason) -> String {
    super::typeset(&format!("Un bulletin papier : {}", reason.as_str()))
}

/// « 12 sur 40 (30 %) », in whole per cent, rounded half up.
#[must_use]
pub fn share(part: u32, whole: u32) -> String {
    if whole == 0 {
        return part.to_string();
    }
    let (part, whole) = (u64::from(part), u64::from(whole));
    super::typeset(&format!("{part} sur {whole} ({} %)", (part * 200 + whole) / (2 * whole)))
}

/// « Objectif 1 : … »
#[must_use]
pub fn family(code: Code, title: &str) -> String {
    super::typeset(&format!("{code} · {title}"))
}

/// Why votes are not shown by channel.
#[must_use]
pub fn ways_rule() -> String {
    super::typeset(&format!(
        "{} Il l'est seulement quand chaque façon de voter réunit au moins {LEAST_GROUP} bulletins : \
         en dessous, on pourrait deviner qui a voté quoi.",
        ways_hidden()
    ))
}

/// « 45 bulletins »
#[must_use]
pub fn ballots(count: usize) -> String {
    super::counted(count, "bulletin", "bulletins")
}

/// « Empreinte : … · 45 bulletins · 12 mars 2027 », the last line of a picture.
#[must_use]
pub fn source(fingerprint: &Fingerprint, turnout: &Turnout, day: &str) -> String {
    let ballots = ballots(turnout.cast);
    super::typeset(&format!("Empreinte : {} · {ballots} · {day}", fingerprint.spoken()))
}

/// « jalons-consultation-priorites-2021.csv », with the letters and digits of the title.
#[must_use]
pub fn file_name(title: &str, ending: &str) -> String {
    let mut name = String::from("jalons-consultation");
    let mut parted = true;
    for c in title.chars().map(plain) {
        if c.is_ascii_alphanumeric() {
            if std::mem::take(&mut parted) {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        } else if c != '\'' {
            parted = true;
        }
    }
    format!("{name}.{ending}")
}

/// A letter without its accent, for French letters only: all of Unicode's would need tables.
pub(super) fn plain(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' | 'À' | 'Â' | 'Ä' => 'a',
        'ç' | 'Ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'î' | 'ï' | 'Î' | 'Ï' => 'i',
        'ô' | 'ö' | 'Ô' | 'Ö' => 'o',
        'ù' | 'û' | 'ü' | 'Ù' | 'Û' | 'Ü' => 'u',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_per_cents_and_of_nothing_there_is_none() {
        assert_eq!(share(12, 40), "12 sur 40 (30\u{a0}%)");
        assert_eq!(share(1, 3), "1 sur 3 (33\u{a0}%)");
        assert_eq!(share(1, 8), "1 sur 8 (13\u{a0}%)");
        assert_eq!(share(0, 0), "0");
    }

    #[test]
    fn a_file_is_named_after_the_consultation() {
        assert_eq!(file_name("Priorités 2021 !", "csv"), "jalons-consultation-priorites-2021.csv");
        assert_eq!(file_name("  À l'été… ", "png"), "jalons-consultation-a-lete.png");
        assert_eq!(file_name("???", "png"), "jalons-consultation.png");
    }

    #[test]
    fn half_points_are_written_with_a_comma() {
        assert_eq!([points(0), points(24), points(25)], ["0", "12", "12,5"]);
    }

    #[test]
    fn without_any_choice_there_is_no_result_and_it_is_said_why() {
        let empty = Turnout::default();
        assert!(nothing(&empty).is_some_and(|said| said.starts_with("Aucun bulletin n’a été")));
        let blank = Turnout { cast: 4, blank: 3, void: 1, ..empty };
        assert!(nothing(&blank).is_some_and(|said| said.contains("3 blancs, 1 nul")));
        assert_eq!(nothing(&Turnout { cast: 1, counted: 1, ..empty }), None);
    }
}
