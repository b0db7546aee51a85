//! What became of a link that was to be shared.

super::sentences! {
    copied = "Lien copié";
    copied_instead = "L'appareil n'a pas voulu partager le lien. Il est copié : collez-le dans un message.";
    by_hand = "Le lien n'a pu être ni partagé ni copié. Copiez-le à la main : il est sous les boutons.";
    link = "Lien à copier";
}
