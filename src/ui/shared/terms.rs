//! Explains the acronyms of an official text where they stand: each is a button that shows its
//! meaning under the text.

use leptos::prelude::*;

use super::styles::mount_style;
use crate::domain::convention::{Piece, Term, pieces};
use crate::text;
use crate::ui::element::{El, button, el};
use crate::ui::store;

/// The acronyms of one text.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Terms {
    /// The one whose meaning is shown.
    open: RwSignal<Option<Term>>,
}

impl Terms {
    /// None is open at first.
    pub(in crate::ui) fn new() -> Self {
        mount_style(include_str!("../../../style/terms.css"));
        Self { open: RwSignal::new(None) }
    }

    /// Puts typeset words into an element, with a button for each acronym.
    pub(in crate::ui) fn fill(self, element: El, words: &str) -> El {
        pieces(words, store().convention().glossary()).fold(element, |element, piece| match piece {
            Piece::Words(words) => element.text(words),
            Piece::Term(term) => element.child(self.button(term)),
        })
    }

    fn button(self, term: &Term) -> El {
        let is_open = {
            let term = term.term.clone();
            move || self.open.with(|open| open.as_ref().is_some_and(|open| open.term == term))
        };
        let (words, term, was_open) = (term.term.clone(), term.clone(), is_open.clone());
        let toggle = move || self.open.set((!untrack(&was_open)).then(|| term.clone()));
        button(toggle)
            .class("term")
            .attr("aria-expanded", move || Some(is_open().to_string()))
            .untranslated()
            .text(&words)
    }

    /// The meaning of the open acronym, for under the text. It is read out when it appears.
    pub(in crate::ui) fn meaning(self) -> El {
        let words = move || match self.open.get() {
            Some(Term { term, meaning }) => text::items::meaning(&term, &meaning),
            None => String::new(),
        };
        el("p").class("term-meaning").attr("role", "status").text(words)
    }
}

/// The acronyms of a text that is a link, where none can be a button in its place: they are under it,
/// each once.
pub(in crate::ui) fn terms_under(text: &str) -> Option<El> {
    let mut found: Vec<&Term> = Vec::new();
    for piece in pieces(text, store().convention().glossary()) {
        if let Piece::Term(term) = piece
            && !found.contains(&term)
        {
            found.push(term);
        }
    }
    let terms = (!found.is_empty()).then(Terms::new)?;
    let buttons = found.into_iter().map(|term| el("li").child(terms.button(term)));
    let list = el("ul").attr("aria-label", text::items::acronyms()).children(buttons);
    Some(el("div").class("terms no-print").child(list).child(terms.meaning()))
}
