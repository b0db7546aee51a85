//! Objectives, results and the full text.

super::sentences! {
    results = "Les résultats attendus";
    markers = "Les marqueurs de progrès";
    below = "Les objectifs qui le servent";
    previous = "Précédent";
    next = "Suivant";
    plain_label = "En clair : ";
    plain_is_ours = "Reformulation : le texte officiel fait foi.";
    around = "Objectifs voisins";
    full_text_title = "Toute la convention";
    full_text_lead = "Le texte complet sur une page, à projeter ou à imprimer.";
    full_text_link = "Lire toute la convention sur une page";
    markers_lead = "Touchez le rond quand c’est atteint, le texte pour en dire plus.";
}
