//! The frame around every screen: header, navigation, titles.

use crate::domain::item::ItemId;
use crate::domain::item::ObjectiveLevel;
use crate::route::Section;

super::sentences! {
    app_name = "Jalons";
    skip_to_content = "Aller au contenu";
    navigation = "Rubriques";
    search = "Chercher";
    breadcrumb = "Vous êtes ici";
    home = "Accueil";
    without_scripts = "Sans JavaScript, tout se lit ici ; cocher, noter et voter en ont besoin.";
    unknown_title = "Cette page n'existe pas";
    unknown_lead = "Le lien est peut-être incomplet, ou l'objectif a changé de numéro.";
    unknown_search = "Chercher dans la convention";
    unknown_home = "Voir tous les objectifs";
}

/// The name of a section in the navigation.
#[must_use]
pub fn section(section: Section) -> &'static str {
    match section {
        Section::Explore => "Explorer",
        Section::Track => "Suivre",
        Section::Bilan => "Bilan",
        Section::Carnet => "Carnet",
        Section::Consult => "Voter",
        Section::About => "À propos",
    }
}

/// The name of an item by kind and id: « Objectif 1.2.1 », « Marqueur 1.2.1-m3 ».
#[must_use]
pub fn item_name(id: ItemId) -> String {
    format!("{} {id}", item_word(id))
}

/// The kind of an item in one word.
#[must_use]
pub fn item_word(id: ItemId) -> &'static str {
    if id.is_result() {
        "Résultat"
    } else if id.marker().is_some() {
        "Marqueur"
    } else {
        "Objectif"
    }
}

/// The kind of an item in full.
#[must_use]
pub fn item_kind(id: ItemId) -> &'static str {
    if id.is_result() {
        return "Résultat attendu";
    }
    if id.marker().is_some() {
        return "Marqueur de progrès";
    }
    match id.code().level() {
        ObjectiveLevel::Global => "Objectif global",
        ObjectiveLevel::Strategic => "Objectif stratégique",
        ObjectiveLevel::Operational => "Objectif opérationnel",
    }
}

/// A sentence with the unknown address.
#[must_use]
pub fn unknown_asked(fragment: &str) -> String {
    super::typeset(&format!("Adresse demandée : {fragment}"))
}
