//! Column headings and fixed cells of the tables that are exported to spreadsheets and Markdown.

use crate::domain::consultation::Grade;
use crate::domain::voting::Outcome;

super::sentences! {
    option = "Option";
    place = "Place";
    wording = "Intitulé";
    tied = "Ex æquo";
    half_points = "Demi-points (Borda)";
    consultation = "Consultation";
    question = "Question";
    method = "Méthode";
    ballots = "Bulletins";
    fingerprint = "Empreinte";
    whole_fingerprint = "Empreinte entière";
    conclusion = "Conclusion";
}

/// The columns of the table of observations.
pub const OBSERVATIONS: [&str; 8] =
    ["Marqueur", "Texte", "Vu le", "État", "Certitude", "Preuve", "Appareil", "Parle pour"];

/// The columns of the table of notes.
pub const NOTES: [&str; 9] = [
    "À propos de",
    "Texte",
    "Genre",
    "Note",
    "Écrite le",
    "Modifiée le",
    "Gardée pour soi",
    "Appareil",
    "Parle pour",
];

/// The columns of the progress table under a global objective.
pub const PROGRESS: [&str; 7] = [
    "Objectif",
    "Marqueurs",
    "Atteints",
    "En cours",
    "Pas encore",
    "Non observables",
    "Non observés",
];

/// The value of a yes-or-no cell.
#[must_use]
pub const fn yes_or_no(yes: bool) -> &'static str {
    if yes { "oui" } else { "non" }
}

/// The columns of a result, after the option and its place.
#[must_use]
pub fn result_columns(outcome: &Outcome) -> Vec<String> {
    let columns: &[&str] = match outcome {
        Outcome::Dots(_) => &["Gommettes", "Personnes"],
        Outcome::Approval(_) => &["Oui", "Bulletins"],
        Outcome::Judgment(_) => {
            let grades = Grade::ALL.map(super::consultation::grade);
            return std::iter::once("Mention majoritaire")
                .chain(grades)
                .map(str::to_owned)
                .collect();
        }
        Outcome::Ranking { .. } => &["Comparaisons gagnées", "Points (Borda)"],
    };
    columns.iter().map(|&column| column.to_owned()).collect()
}

/// « Option A »: the first cell of an option that the participants proposed themselves.
#[must_use]
pub fn own_option(short: &str) -> String {
    format!("Option {short}")
}
