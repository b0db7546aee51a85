//! Shows the personal data in a text, before the text leaves the device.

use crate::domain::pii::{Contact, PiiKind};
use crate::text::{COLON, export as words};
use crate::ui::element::{El, el};

/// « une adresse e-mail, un numéro de téléphone »
pub(in crate::ui) fn kinds(contacts: &[Contact]) -> El {
    let has = |kind: &PiiKind| contacts.iter().any(|contact| contact.kind == *kind);
    let kinds = [PiiKind::Email, PiiKind::Phone, PiiKind::LongNumber];
    let found: Vec<_> = kinds.into_iter().filter(has).map(words::contact).collect();
    el("span").text(COLON).text(&found.join(", "))
}

/// The text, with its personal data marked.
pub(in crate::ui) fn marked(written: &str, contacts: &[Contact]) -> El {
    let mut text = el("p").class("note__text").dir_auto();
    let mut shown = 0;
    for contact in contacts {
        let [before, found] = [shown..contact.at.start, contact.at.clone()]
            .map(|range| written.get(range).unwrap_or_default());
        text = text.text(before).child(el("mark").text(found));
        shown = contact.at.end;
    }
    text.text(written.get(shown..).unwrap_or_default())
}
