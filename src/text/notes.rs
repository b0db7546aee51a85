//! Notes and their form.

use crate::domain::day::Day;
use crate::domain::note::NoteKind;

super::sentences! {
    title = "Mes notes";
    others_title = "Notes d'autres appareils";
    empty = "Aucune note ici.";
    read_on = "Lire la suite";
    fold = "Replier";
    take_over = "Reprendre à mon compte";
    add = "Écrire une note";
    text = "Votre note";
    kind = "C'est plutôt";
    private = "Garder pour moi";
    private_hint = "Cette note ne sera jamais exportée sans que vous le demandiez.";
    is_private = "Gardée pour moi";
    draft_kept = "Brouillon retrouvé";
    drafts_title = "Textes commencés";
    drafts_lead = "Ils sont gardés tels quels sur cet appareil, jusqu'à ce que vous les enregistriez ou les effaciez.";
    draft_of_deleted = "La note que vous modifiiez a été supprimée ailleurs. Votre texte est là : enregistrez-le comme une nouvelle note, ou effacez-le.";
    draft_elsewhere = "Un texte commencé dans un autre onglet.";
    draft_erase = "Effacer ce brouillon";
    draft_erased = "Brouillon effacé.";
}

/// A kind of note.
#[must_use]
pub fn kind_label(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Finding => "Constat",
        NoteKind::Idea => "Idée",
        NoteKind::Question => "Question",
        NoteKind::Alert => "Alerte",
    }
}

/// « 2 notes »
#[must_use]
pub fn count(count: usize) -> String {
    super::counted(count, "note", "notes")
}

/// The character counter near the limit: « Encore 120 caractères », « 3 caractères de trop ».
#[must_use]
pub fn remaining(used: usize, limit: usize) -> String {
    if used > limit {
        let excess = super::counted(used - limit, "caractère", "caractères");
        format!("{excess} de trop")
    } else {
        let left = super::counted(limit - used, "caractère", "caractères");
        format!("Encore {left}")
    }
}

/// « Écrite le 12 mars 2021 », « Écrite aujourd'hui »
#[must_use]
pub fn written(day: Day, today: Day) -> String {
    let on = super::dates::day(day, today);
    if day == today { format!("Écrite {on}") } else { format!("Écrite le {on}") }
}

/// The name of a button, with its note: « Modifier la note : Le banc est… ».
#[must_use]
pub fn edit_named(text: &str) -> String {
    super::typeset(&format!("Modifier la note : {}", beginning(text)))
}

/// « Reprendre à mon compte la note : Le banc est… »
#[must_use]
pub fn take_over_named(text: &str) -> String {
    super::typeset(&format!("Reprendre à mon compte la note : {}", beginning(text)))
}

/// « Ce sera une note à vous. Celle de l'appareil « Tablette » reste telle quelle. »
#[must_use]
pub fn take_over_lead(device: &str) -> String {
    super::typeset(&format!("Ce sera une note à vous. Celle de « {device} » reste telle quelle."))
}

/// « Supprimer la note : Le banc est… »
#[must_use]
pub fn delete_named(text: &str) -> String {
    super::typeset(&format!("Supprimer la note : {}", beginning(text)))
}

fn beginning(text: &str) -> String {
    let mut words: String = text.chars().take(40).collect();
    if words.len() < text.len() {
        words.push('…');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_turns_from_left_to_excess() {
        assert_eq!(remaining(3998, 4000), "Encore 2 caractères");
        assert_eq!(remaining(4000, 4000), "Encore 0 caractère");
        assert_eq!(remaining(4001, 4000), "1 caractère de trop");
    }
}
