//! Charts that can be explored datum by datum.

use crate::domain::day::Day;
use crate::domain::item::ObjectiveLevel;

super::sentences! {
    chart_role = "graphique";
    explore_hint = "Touchez le graphique, ou parcourez-le avec les flèches du clavier.";
    open = "Voir de plus près";
    most_apart = "Les plus grands écarts d'abord ; tous sont sur la page « Là où les avis diffèrent ».";
    report = "Le rapport à imprimer";
    on_day = "Jour";
    today = "Revenir à aujourd'hui";
    by = "Objectifs";
    by_global = "Globaux";
    by_strategic = "Stratégiques";
    by_operational = "Opérationnels";
    rows_cut = "Les 400 premières lignes sont affichées ; le tableau CSV les contient toutes.";
    take_png = "Image PNG";
    take_svg = "Dessin SVG";
    take_csv = "Tableau CSV";
    not_taken = "Le fichier n'a pas pu être enregistré. Essayez encore, ou faites une capture d'écran.";
    svg_missing = "Ce qui fait les dessins n'est pas arrivé : le réseau a peut-être coupé. Réessayez, ou prenez l'image.";
}

/// A level of objectives, as a choice.
#[must_use]
pub fn by_level(level: ObjectiveLevel) -> &'static str {
    match level {
        ObjectiveLevel::Global => by_global(),
        ObjectiveLevel::Strategic => by_strategic(),
        ObjectiveLevel::Operational => by_operational(),
    }
}

/// The full name of a button that exports a chart: « Image (PNG) : Évolution ».
#[must_use]
pub fn take_named(what: &str, chart: &str) -> String {
    super::typeset(&format!("{what} : {chart}"))
}

/// « au 12 mars 2021 »
#[must_use]
pub fn as_of(day: Day) -> String {
    format!("au {}", super::dates::full(day))
}

/// The accessible name of an explorable chart.
#[must_use]
pub fn chart_label(caption: &str) -> String {
    format!("{caption}. {}", super::set!("Flèches pour parcourir, Entrée pour ouvrir."))
}
