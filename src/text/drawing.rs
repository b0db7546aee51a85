//! Charts that can be gone through, datum by datum.

super::sentences! {
    chart_role = "graphique";
    explore_hint = "Touchez le graphique, ou parcourez-le avec les flèches du clavier.";
    open = "Voir de plus près";
}

/// What a chart that can be gone through is called for those who do not see it.
#[must_use]
pub fn chart_label(caption: &str) -> String {
    format!("{caption}. {}", super::set!("Flèches pour parcourir, Entrée pour ouvrir."))
}
