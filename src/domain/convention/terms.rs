//! Finds the terms of a glossary in a text.

use super::Term;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words that the glossary does not explain.
    Words(&'a str),
    /// A term of the glossary.
    Term(&'a Term),
}

/// Divides a text at the terms of a glossary, which count as whole words only. The pieces one after
/// the other are the text.
///
/// ```
/// use jalons::domain::convention::{Piece, Term, pieces};
///
/// let qpv = Term { term: "QPV".to_owned(), meaning: "Quartier prioritaire".to_owned() };
/// let glossary = [qpv.clone()];
/// assert_eq!(
///     pieces("Les QPV", &glossary).collect::<Vec<_>>(),
///     [Piece::Words("Les "), Piece::Term(&qpv)],
/// );
/// ```
pub fn pieces<'a>(text: &'a str, glossary: &'a [Term]) -> impl Iterator<Item = Piece<'a>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let piece = match first_term(rest, glossary) {
            Some((0, term)) => Piece::Term(term),
            Some((at, _)) => Piece::Words(&rest[..at]),
            None => Piece::Words(rest),
        };
        rest = &rest[piece.text().len()..];
        Some(piece)
    })
}

impl<'a> Piece<'a> {
    /// Its text.
    #[must_use]
    pub fn text(self) -> &'a str {
        match self {
            Self::Words(words) => words,
            Self::Term(term) => &term.term,
        }
    }
}

/// The first term in a text, and where it is; of two at one place, the longer one.
fn first_term<'a>(text: &str, glossary: &'a [Term]) -> Option<(usize, &'a Term)> {
    let places = glossary.iter().filter_map(|term| Some((whole_word(text, &term.term)?, term)));
    places.min_by_key(|(at, term)| (*at, usize::MAX - term.term.len()))
}

/// Where a text has these words with no letter or digit on either side.
fn whole_word(text: &str, word: &str) -> Option<usize> {
    let is_whole = |at: usize| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        !before.ends_with(is_of_a_word) && !after.starts_with(is_of_a_word)
    };
    text.match_indices(word).map(|(at, _)| at).find(|at| is_whole(*at))
}

/// Whether a character is a letter or a digit of a French word. Unicode's tables would cost
/// kilobytes.
fn is_of_a_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{c0}'..='\u{24f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glossary() -> Vec<Term> {
        ["CSC", "QPV", "CIO", "QPV Sud"].map(term).to_vec()
    }

    fn term(word: &str) -> Term {
        Term { term: word.to_owned(), meaning: "un sens".to_owned() }
    }

    /// The text with its terms in brackets.
    fn marked(text: &str) -> String {
        let mark = |piece| match piece {
            Piece::Words(words) => words.to_owned(),
            Piece::Term(term) => format!("[{}]", term.term),
        };
        pieces(text, &glossary()).map(mark).collect()
    }

    #[test]
    fn whole_words_are_terms_whatever_stands_beside_them() {
        assert_eq!(marked("du QPV, au CIO (CSC)/QPV"), "du [QPV], au [CIO] ([CSC])/[QPV]");
        assert_eq!(marked("l'CSC et l’CSC"), "l'[CSC] et l’[CSC]");
        assert_eq!(marked("QPV"), "[QPV]");
    }

    #[test]
    fn parts_of_words_are_none() {
        for text in ["QPVs", "aQPV", "éQPV", "QPVé", "CSC2", "qpv", ""] {
            assert_eq!(marked(text), text);
        }
        assert_eq!(marked("QPVs du QPV"), "QPVs du [QPV]");
    }

    #[test]
    fn of_two_terms_at_one_place_the_longer_one_counts() {
        assert_eq!(marked("Au QPV Sud, au QPV"), "Au [QPV Sud], au [QPV]");
    }
}
