//! The chart of confidence and evidence of observations, in words.

use crate::domain::day::Day;
use crate::domain::evidence_stats::EvidenceStats;
use crate::domain::observation::Confidence;
use crate::text::{carnet, counted, dates, progress, typeset};

use super::{Cell, Table, words};

super::super::sentences! {
    title = "Ce qui appuie les observations";
    empty = "Rien n'a encore été observé.";
    which = "Toutes les observations comptent ici, pas seulement la dernière de chaque marqueur.";
    confidence = "Certitude";
    evidence = "Preuve";
    with_evidence = "Avec une preuve";
    without_evidence = "Sans preuve";
    with_both = "Avec une certitude et une preuve";
    with_neither = "Sans l'une ni l'autre";
    caption = "Nombre d'observations, selon ce qui les appuie";
    column_ground = "Ce qui les appuie";
    column_count = "Observations";
    all = "Toutes les observations";
}

/// The summary of the chart: « Sur 12 observations jusqu'au 12 mars 2021 : 8 avec une certitude, 5
/// avec une preuve, 2 sans l'une ni l'autre. »
///
/// ```
/// use jalons::domain::evidence_stats::EvidenceStats;
/// use jalons::text::bilan::grounds::lead;
///
/// let grounds = EvidenceStats { total: 1, with_evidence: 1, ..EvidenceStats::default() };
/// let said = lead("2021-03-12".parse()?, grounds);
/// assert!(said.ends_with("0 avec une certitude, 1 avec une preuve, 0 sans l’une ni l’autre."));
/// # Ok::<(), jalons::domain::day::InvalidDayError>(())
/// ```
#[must_use]
pub fn lead(on: Day, grounds: EvidenceStats) -> String {
    if grounds.total == 0 {
        return empty().to_owned();
    }
    typeset(&format!(
        "{} jusqu'au {} : {} avec une certitude, {} avec une preuve, {} sans l'une ni l'autre.",
        carnet::observations(grounds.total),
        dates::full(on),
        grounds.with_confidence(),
        grounds.with_evidence,
        grounds.with_neither(),
    ))
}

/// The legend of the fills, from the best founded to the least.
#[must_use]
pub fn legend() -> [&'static str; 4] {
    [
        super::super::set!("Certitude forte, ou avec une preuve"),
        "Certitude moyenne",
        "Certitude faible",
        super::super::set!("Sans avis, ou sans preuve"),
    ]
}

/// A degree of confidence, as a row of the table: « Certitude forte », « Sans avis ».
fn degree(confidence: Option<Confidence>) -> &'static str {
    confidence.map_or(progress::confidence_none(), super::super::marker::confidence)
}

/// The description of a degree of confidence: « Certitude forte : 40 observations sur 100. »
///
/// ```
/// use jalons::domain::evidence_stats::EvidenceStats;
/// use jalons::text::bilan::grounds::confidence_said;
///
/// let grounds = EvidenceStats { total: 100, ..EvidenceStats::default() };
/// assert_eq!(confidence_said(None, grounds), "Sans avis\u{a0}: 100 observations sur 100.");
/// ```
#[must_use]
pub fn confidence_said(confidence: Option<Confidence>, grounds: EvidenceStats) -> String {
    part(degree(confidence), grounds.at(confidence), grounds)
}

/// The description of evidence: « Avec une preuve : 1 observation sur 12. »
#[must_use]
pub fn evidence_said(has_evidence: bool, grounds: EvidenceStats) -> String {
    if has_evidence {
        part(with_evidence(), grounds.with_evidence, grounds)
    } else {
        part(without_evidence(), grounds.without_evidence(), grounds)
    }
}

fn part(name: &str, count: usize, grounds: EvidenceStats) -> String {
    let observations = counted(count, "observation", "observations");
    typeset(&format!("{name} : {observations} sur {}.", grounds.total))
}

/// The same figures as a table, with the numbers of those with both or neither.
#[must_use]
pub fn table(grounds: EvidenceStats) -> Table {
    let degrees = Confidence::ALL.into_iter().rev().map(Some).chain([None]);
    let degrees = degrees.map(|confidence| (degree(confidence), grounds.at(confidence)));
    let others = [
        (with_evidence(), grounds.with_evidence),
        (without_evidence(), grounds.without_evidence()),
        (with_both(), grounds.with_both),
        (with_neither(), grounds.with_neither()),
        (all(), grounds.total),
    ];
    Table {
        caption: caption().to_owned(),
        head: [column_ground(), column_count()].map(str::to_owned).into(),
        rows: degrees
            .chain(others)
            .map(|(name, count)| vec![words(name), Cell::Count(count)])
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_both_and_neither() {
        let grounds = EvidenceStats {
            total: 9,
            high: 4,
            with_evidence: 3,
            with_both: 2,
            ..EvidenceStats::default()
        };
        let rows = table(grounds).csv_rows();
        let count = |name: &str| rows.iter().find(|row| row[0] == name).map(|row| row[1].as_str());
        assert_eq!(count("Certitude forte"), Some("4"));
        assert_eq!(count(with_both()), Some("2"));
        assert_eq!(count(with_neither()), Some("4"));
        assert_eq!(count(all()), Some("9"));
    }

    #[test]
    fn one_and_none_are_singular() {
        let grounds = EvidenceStats { total: 1, high: 1, ..EvidenceStats::default() };
        let forte = confidence_said(Some(Confidence::High), grounds);
        assert_eq!(forte, "Certitude forte\u{a0}: 1 observation sur 1.");
        assert_eq!(evidence_said(true, grounds), "Avec une preuve\u{a0}: 0 observation sur 1.");
    }
}
