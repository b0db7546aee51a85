//! Offers of a new version and of installing the app.

super::sentences! {
    update_title = "Une nouvelle version de Jalons est prête.";
    update_lead = "La page se rechargera une fois ; votre carnet reste tel quel.";
    update = "Mettre à jour";
    later = "Plus tard";
    stuck_title = "La nouvelle version n'a pas répondu.";
    stuck = "Rien n'a changé et rien n'est perdu. Fermez tous les onglets de Jalons, puis rouvrez-le : il la prendra alors.";
    replaced_title = "Une version plus récente de Jalons est en place.";
    replaced = "Un autre onglet l'a prise. Celui-ci continue avec la sienne jusqu'à ce que vous le rechargiez.";
    install_title = "Installer Jalons";
    install_lead = "Jalons s'ouvrira comme une application, avec le même carnet, même sans réseau.";
    install = "Installer";
    by_hand = "Jalons peut s'ouvrir depuis l'écran d'accueil, avec un carnet à part : il y a deux choses à faire avant.";
    see_how = "Voir comment";
    never = "Ne plus proposer";
    own_storage = "L'application installée aura sa propre mémoire, vide au départ : exportez d'abord votre carnet, puis ajoutez-le dans l'application.";
    export = "Exporter mon carnet";
    share_menu = "Ensuite, touchez Partager, puis « Sur l'écran d'accueil ».";
}
