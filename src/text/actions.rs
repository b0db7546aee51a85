//! Labels of buttons that appear on several screens.

super::sentences! {
    undo = "Annuler";
    close = "Fermer";
    save = "Enregistrer";
    edit = "Modifier";
    delete = "Supprimer";
    share = "Partager";
    print = "Imprimer";
    retry = "Réessayer";
    reload = "Recharger la page";
    save_my_data = "Sauver mes données";
}
