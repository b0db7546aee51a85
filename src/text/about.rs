//! The *À propos* page: the app, and how it treats people's data.

super::sentences! {
    title = "À propos de Jalons";
    what_title = "À quoi ça sert";
    what = "Jalons permet de lire la convention, de suivre ses marqueurs de progrès et d'écrire ce que l'on voit. Un jalon est le piquet rouge et blanc que les géomètres plantent pour tracer un chemin.";
    method_title = "Comment compter";
    method = "Un marqueur est observé quand quelqu'un dit où il en est : pas encore, en cours, atteint, ou non observable. « Non observé » ne veut pas dire « pas atteint » : personne n'a encore regardé. L'état d'un marqueur est sa dernière observation ; les précédentes restent dans son historique.";
    privacy_title = "Vos données";
    privacy = "Tout ce que vous cochez et écrivez reste dans ce navigateur, sur cet appareil. Jalons n'a ni compte, ni serveur, ni traceur, et n'envoie rien. Qui utilise cet appareil peut lire votre carnet.";
    text_title = "Le texte";
    text = "Les objectifs, les résultats et les marqueurs sont ceux du document officiel, mot pour mot. Seules des coquilles de mise en forme ont été corrigées :";
    notes_title = "Abréviations et remarques sur le texte";
    glossary_title = "Les sigles";
    glossary_lead = "La convention ne les explique pas ; voici leur sens courant.";
    access_title = "Accessibilité";
    access = "Jalons vise les règles RGAA et WCAG 2.2 au niveau AA : clavier seul, lecteur d'écran, texte agrandi à 200 %, écran de 320 points, mouvements réduits, thème clair ou sombre. Chaque écran est vérifié automatiquement ; aucun audit complet n'a encore été fait.";
    version_title = "Version";
    version_lead = "Si vous demandez de l'aide, donnez ces deux lignes.";
    licence_title = "Logiciel libre";
    licence = "Jalons est publié sous la licence EUPL 1.2 : chacun peut l'utiliser, l'étudier, l'adapter et le partager.";
}

/// « Jalons 1.0.0 »
#[must_use]
pub const fn version() -> &'static str {
    concat!("Jalons ", env!("CARGO_PKG_VERSION"))
}

/// « Empreinte de cette page : 658f92a4a486fdc4 »
#[must_use]
pub fn build(id: &str) -> String {
    super::labelled(super::set!("Empreinte de cette page"), id)
}
