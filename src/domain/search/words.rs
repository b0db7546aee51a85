//! Words of a text and terms of a query, normalised so that spelling habits do not matter.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

/// A word of a text, or a code such as `1.2.1-m3`.
#[derive(Clone, Debug)]
pub(super) struct Word {
    start: usize,
    end: usize,
    folded: String,
    stems: Stems,
}

/// A word of a query.
#[derive(Clone, Debug)]
pub(super) struct Term(Word);

/// How well a term matches a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closeness {
    None,
    Begins,
    SameStem,
    Same,
}

/// The French stem in two forms: with accents, which the stemmer's rules need, and without, as
/// people type on a phone. A match of either form counts.
#[derive(Clone, Debug)]
struct Stems {
    accented: String,
    plain: String,
}

/// Words too common to select anything next to other words.
const STOP_WORDS: [&str; 22] = [
    "a", "au", "aux", "c", "d", "de", "des", "du", "en", "et", "j", "l", "la", "le", "les", "m",
    "n", "ou", "qu", "s", "un", "une",
];

impl Word {
    fn new(text: &str, start: usize) -> Self {
        let lower: String = text.chars().map(lower).collect();
        let folded = fold(&lower);
        let stemmer = Stemmer::create(Algorithm::French);
        let accented = fold(&stemmer.stem(&lower));
        let plain = stemmer.stem(&folded).into_owned();
        let stems = Stems { accented, plain };
        Self { start, end: start + text.len(), folded, stems }
    }

    /// The whole text as one word.
    pub(super) fn whole(text: &str) -> Self {
        Self::new(text, 0)
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

impl Term {
    /// The words of a query. Stop words count only if there are no others.
    pub(super) fn all(query: &str) -> Vec<Self> {
        let telling = |word: &Word| !STOP_WORDS.contains(&word.folded.as_str());
        let (telling, stop): (Vec<_>, Vec<_>) = split(query).partition(telling);
        let words = if telling.is_empty() { stop } else { telling };
        words.into_iter().map(Self).collect()
    }

    pub(super) fn closeness(&self, word: &Word) -> Closeness {
        let Self(term) = self;
        let same_stem =
            term.stems.accented == word.stems.accented || term.stems.plain == word.stems.plain;
        if term.folded == word.folded {
            Closeness::Same
        } else if same_stem {
            Closeness::SameStem
        } else if word.folded.starts_with(&term.folded) {
            Closeness::Begins
        } else {
            Closeness::None
        }
    }
}

/// The words of a text, in order. Apostrophes and hyphens separate words, but a word that begins
/// with a digit keeps its inner points and hyphens: that is a code, a year or a number.
pub(super) fn split(text: &str) -> impl Iterator<Item = Word> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(is_word_char)?;
        let numeric = text[start..].starts_with(|c: char| c.is_ascii_digit());
        let mut end = start;
        for (offset, c) in text[start..].char_indices() {
            let next = text[start + offset + c.len_utf8()..].chars().next();
            let inner = numeric && matches!(c, '.' | '-') && next.is_some_and(is_word_char);
            if !is_word_char(c) && !inner {
                break;
            }
            end = start + offset + c.len_utf8();
        }
        rest = end;
        Some(Word::new(&text[start..end], start))
    })
}

/// Whether a character is part of a word: ASCII letters and digits, Latin-1 letters, and all beyond
/// that is outside the blocks of punctuation and symbols. U+02BC is a letter in Unicode, but people
/// use it as an apostrophe. The standard library's full tables weigh 10 kB and split no French text
/// differently.
fn is_word_char(c: char) -> bool {
    match c {
        '\u{0}'..='\u{bf}' => c.is_ascii_alphanumeric(),
        '×' | '÷' | '\u{2bc}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' => false,
        _ => true,
    }
}

/// The lower case of ASCII and Latin-1 letters, and of the two further letters of French.
fn lower(c: char) -> char {
    match c {
        'À'..='Þ' if c != '×' => char::from_u32(u32::from(c) + 32).unwrap_or(c),
        'Œ' => 'œ',
        'Ÿ' => 'ÿ',
        c => c.to_ascii_lowercase(),
    }
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Lower-case text without accents and ligatures. The table has the letters of French and of names
/// from neighbouring countries; a full decomposition costs 63 kB and finds no more.
fn fold(lower: &str) -> String {
    let mut folded = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            c if is_combining(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        split(text).map(|word| word.folded).collect()
    }

    #[test]
    fn a_text_falls_into_folded_words() {
        assert_eq!(words("L'Œuvre d’éco-citoyens !"), ["l", "oeuvre", "d", "eco", "citoyens"]);
        assert_eq!(words("cœur, cœur ʼcœur"), ["coeur", "coeur", "coeur"]);
        assert_eq!(words("e\u{301}cole"), ["ecole"]);
        assert_eq!(words("1.2.1-m3. 2020-2022"), ["1.2.1-m3", "2020-2022"]);
        assert_eq!(words("  …  "), [""; 0]);
    }

    #[test]
    fn ranges_cut_the_text_where_the_words_are() {
        let text = "à l'Œuvre";
        let cut: Vec<_> = split(text).map(|word| &text[word.range()]).collect();
        assert_eq!(cut, ["à", "l", "Œuvre"]);
    }

    #[test]
    fn french_forms_go_together_with_and_without_accents() {
        let close = |a: &str, b: &str| Term(Word::whole(a)).closeness(&Word::whole(b));
        assert_eq!(close("ECOLES", "écoles"), Closeness::Same);
        for (a, b) in [
            ("école", "écoles"),
            ("ecole", "écoles"),
            ("développer", "développement"),
            ("developper", "développement"),
            ("sociale", "social"),
            ("habitante", "habitants"),
            ("securites", "sécurité"),
        ] {
            assert_eq!(close(a, b), Closeness::SameStem, "{a} {b}");
        }
        assert_eq!(close("parent", "parentalité"), Closeness::Begins);
        assert_eq!(close("vélo", "velours"), Closeness::Begins);
        assert_eq!(close("emploi", "école"), Closeness::None);
    }

    #[test]
    fn stop_words_count_only_alone() {
        let terms = |query: &str| Term::all(query).len();
        assert_eq!(terms("l'accès à la culture"), 2);
        assert_eq!(terms("de la"), 2);
        assert_eq!(terms(" ' "), 0);
    }
}
