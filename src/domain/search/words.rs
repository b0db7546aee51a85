//! Words of a text and terms of a query, normalised so that spelling habits do not matter.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

/// Decomposes a text by Unicode's NFKD and brings it into lower case. Unicode's tables would add
/// 29 kB to the chunk; every browser has them.
pub type Decompose = fn(&str) -> String;

/// A word of a text, or a code such as `1.2.1-m3`.
#[derive(Clone, Debug)]
pub(super) struct Word {
    start: usize,
    end: usize,
    folded: String,
    stems: Stems,
}

/// A word of a query, with the words of the texts that it stands for.
#[derive(Clone, Debug)]
pub(super) struct Term {
    word: Word,
    means: Vec<Word>,
}

/// Whether a word of a query may be misspelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    Right,
    OneWrong,
}

/// How well a term matches a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closeness {
    None,
    /// A synonym, a misspelling, or a word of the plain sentence.
    Related,
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
const STOP_WORDS: [&str; 26] = [
    "a", "au", "aux", "c", "d", "dans", "de", "des", "du", "en", "et", "j", "l", "la", "le", "les",
    "m", "n", "ou", "pour", "qu", "que", "s", "sur", "un", "une",
];

/// Shorter words have too many neighbours for one letter to be wrong.
const MIN_MISSPELT: usize = 5;

impl Word {
    fn new(text: &str, start: usize, decompose: Decompose) -> Self {
        let lower: String = text.chars().filter(|c| !is_invisible(*c)).map(lower).collect();
        let folded = fold(&lower, decompose);
        let stemmer = Stemmer::create(Algorithm::French);
        let accented = fold(&stemmer.stem(&lower), decompose);
        let plain = stemmer.stem(&folded).into_owned();
        let stems = Stems { accented, plain };
        Self { start, end: start + text.len(), folded, stems }
    }

    /// The whole text as one word.
    pub(super) fn whole(text: &str, decompose: Decompose) -> Self {
        Self::new(text, 0, decompose)
    }

    fn is_form_of(&self, other: &Word) -> bool {
        self.folded == other.folded
            || self.stems.accented == other.stems.accented
            || self.stems.plain == other.stems.plain
    }

    /// Whether the two words, or their stems, differ in one letter.
    fn is_misspelt(&self, other: &Word) -> bool {
        is_one_letter_off(&self.folded, &other.folded)
            || is_one_letter_off(&self.stems.plain, &other.stems.plain)
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Whether two long words differ in one letter: another, a missing or a further one.
fn is_one_letter_off(one: &str, other: &str) -> bool {
    // A letter has up to four bytes.
    if one.len() < MIN_MISSPELT || one.len().abs_diff(other.len()) > 4 {
        return false;
    }
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let mut ends = [one.chars(), other.chars()];
    for end in &mut ends {
        end.by_ref().take(same).for_each(drop);
    }
    let [one, other] = ends.map(|end| end.as_str());
    let (one_on, other_on) = (after_first(one), after_first(other));
    (one_on.is_some() && one_on == other_on) || one_on == Some(other) || other_on == Some(one)
}

fn after_first(text: &str) -> Option<&str> {
    let mut letters = text.chars();
    letters.next()?;
    Some(letters.as_str())
}

impl Term {
    /// The words of a query. Stop words count only if there are no others.
    pub(super) fn all(query: &str, decompose: Decompose) -> Vec<Self> {
        let telling = |word: &Word| !STOP_WORDS.contains(&word.folded.as_str());
        let (telling, stop): (Vec<_>, Vec<_>) = split(query, decompose).partition(telling);
        let words = if telling.is_empty() { stop } else { telling };
        words.into_iter().map(|word| Self { word, means: Vec::new() }).collect()
    }

    /// Whether a text that has this term alone is near: codes and short words are everywhere.
    pub(super) fn is_telling(&self) -> bool {
        self.word.folded.chars().nth(2).is_some()
    }

    /// Takes over what a synonym means, if the term is a form of it.
    pub(super) fn learn(&mut self, synonym: &Word, means: &[Word]) {
        if self.word.is_form_of(synonym) {
            self.means.extend_from_slice(means);
        }
    }

    pub(super) fn closeness(&self, word: &Word, spelling: Spelling) -> Closeness {
        let Self { word: term, means } = self;
        if term.folded == word.folded {
            Closeness::Same
        } else if term.is_form_of(word) {
            Closeness::SameStem
        } else if word.folded.starts_with(&term.folded) {
            Closeness::Begins
        } else if means.iter().any(|meant| meant.is_form_of(word))
            || spelling == Spelling::OneWrong && term.is_misspelt(word)
        {
            Closeness::Related
        } else {
            Closeness::None
        }
    }
}

/// The words of a text, in order. Apostrophes and hyphens separate words, but a word that begins
/// with a digit keeps its inner points and hyphens: that is a code, a year or a number.
pub(super) fn split(text: &str, decompose: Decompose) -> impl Iterator<Item = Word> + '_ {
    let mut rest = 0;
    let words = std::iter::from_fn(move || {
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
        Some(Word::new(&text[start..end], start, decompose))
    });
    // Every word begins with nothing, which invisible characters leave.
    words.filter(|word| !word.folded.is_empty())
}

/// Whether a character is part of a word: ASCII letters and digits, Latin-1 letters, invisible
/// characters, and all beyond that is no punctuation of a living script and outside the blocks of
/// punctuation and symbols. U+02BC is a letter in Unicode, but people use it as an apostrophe. The
/// standard library's full tables weigh 10 kB and split no French text differently.
fn is_word_char(c: char) -> bool {
    match c {
        '\u{0}'..='\u{bf}' => c.is_ascii_alphanumeric() || c == '\u{ad}',
        // Ohm, kelvin and ångström are letters in the block of symbols.
        '\u{2126}' | '\u{212a}' | '\u{212b}' => true,
        '×' | '÷' | '\u{2bc}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' => {
            is_invisible(c)
        }
        _ => !is_foreign_punctuation(c),
    }
}

/// Punctuation of Greek, Armenian, Hebrew, Arabic and Devanagari, and the wide forms of East Asia.
fn is_foreign_punctuation(c: char) -> bool {
    matches!(
        c,
        '\u{37e}' | '\u{387}' | '\u{55a}'..='\u{55f}' | '\u{589}' | '\u{58a}' | '\u{5be}' | '\u{5c0}'
            | '\u{5c3}' | '\u{5f3}' | '\u{5f4}' | '\u{60c}' | '\u{61b}' | '\u{61f}'
            | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{964}' | '\u{965}'
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
    )
}

/// Whether a character is invisible: soft hyphens and the other hints for breaking lines, joiners,
/// direction marks, byte order marks and variations, which copied texts have inside their words.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
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

/// Marks that a letter may have or lack: accents, the points of Hebrew and Arabic, and the line that
/// stretches an Arabic word. The vowels of Indic scripts and the voicing of kana are none of them:
/// without them, other words are read.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'
            | '\u{5c1}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}'
            | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// Lower-case text without accents and ligatures, in whatever form Unicode has it. The table has the
/// letters of French and of names from neighbouring countries, so that French notes are read without
/// a call of the browser for each word, and the letters that Unicode does not decompose.
fn fold(lower: &str, decompose: Decompose) -> String {
    let decomposed;
    let is_in_table = |c: char| c <= 'ÿ' || matches!(c, 'œ' | '\u{300}'..='\u{36f}');
    let letters = if lower.chars().all(is_in_table) {
        lower
    } else {
        decomposed = decompose(lower);
        &decomposed
    };
    let mut folded = String::with_capacity(letters.len());
    for c in letters.chars() {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ɛ' | 'ə' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'ı' => folded.push('i'),
            'ñ' | 'ŋ' | 'ɲ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ɔ' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ý' | 'ÿ' | 'ƴ' => folded.push('y'),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'þ' => folded.push_str("th"),
            'ɓ' => folded.push('b'),
            'đ' | 'ð' | 'ɗ' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ƙ' => folded.push('k'),
            'ł' => folded.push('l'),
            'ŧ' => folded.push('t'),
            'ς' => folded.push('σ'),
            c if is_mark(c) || is_invisible(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// The tables of the crate that the browser's `normalize` stands for.
    fn nfkd(text: &str) -> String {
        let nfkd = icu_normalizer::DecomposingNormalizerBorrowed::new_nfkd();
        nfkd.normalize(text).to_lowercase()
    }

    fn words(text: &str) -> Vec<String> {
        split(text, nfkd).map(|word| word.folded).collect()
    }

    fn closeness(query: &str, word: &str, spelling: Spelling) -> Closeness {
        let term = Term { word: Word::whole(query, nfkd), means: Vec::new() };
        term.closeness(&Word::whole(word, nfkd), spelling)
    }

    #[test]
    fn one_letter_may_be_wrong_in_a_long_word() {
        for (query, word) in [
            ("punaize", "punaises"),
            ("securitte", "sécurité"),
            ("logment", "logement"),
            ("cyclabel", "cyclables"),
            ("ecolle", "école"),
        ] {
            assert_eq!(closeness(query, word, Spelling::OneWrong), Closeness::Related, "{query}");
        }
        for (query, word) in [("bus", "but"), ("vélo", "véla"), ("logement", "document")] {
            assert_eq!(closeness(query, word, Spelling::OneWrong), Closeness::None, "{query}");
        }
        assert_eq!(closeness("punaize", "punaises", Spelling::Right), Closeness::None);
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
    fn a_word_is_the_same_in_every_form_that_unicode_has_for_it() {
        for (folded, forms) in [
            ("nguyen", ["Nguyễn", "NGUYỄN", "Nguye\u{302}\u{303}n", "nguyen"]),
            ("sahin", ["Şahin", "ŞAHİN", "S\u{327}ahin", "sahın"]),
            ("lukasz", ["Łukasz", "ŁUKASZ", "Lukasz", "łukasz"]),
            ("чаики", ["Чайки", "ЧАЙКИ", "Чаи\u{306}ки", "чайки"]),
            ("οδυσσευσ", ["Ὀδυσσεύς", "ΟΔΥΣΣΕΥΣ", "οδυσσευς", "Οδυσσευ\u{301}ς"]),
            ("efficace", ["eﬃcace", "ef\u{fb01}cace", "ＥＦＦＩＣＡＣＥ", "𝐞𝐟𝐟𝐢𝐜𝐚𝐜𝐞"]),
            ("fluide", ["ﬂuide", "flui\u{ad}de", "\u{feff}fluide", "flu\u{200b}ide"]),
            ("coeur", ["cœur", "CŒUR", "co\u{2060}eur", "c\u{200d}œur"]),
            ("ijmuiden", ["Ĳmuiden", "IJmuiden", "ĳmuiden", "i\u{200c}jmuiden"]),
            ("strasse", ["Straße", "STRASSE", "STRAẞE", "straſſe"]),
            ("שלום", ["שלום", "שָׁלוֹם", "שׁלום", "ש\u{5c1}לום"]),
            ("احمد", ["أحمد", "احمد", "أَحْمَد", "احمــد"]),
            (
                "हिन\u{94d}दी",
                [
                    "हिन\u{94d}दी",
                    "हि\u{200b}न\u{94d}दी",
                    "हिन\u{94d}\u{200d}दी",
                    "हिन\u{94d}दी\u{feff}",
                ],
            ),
        ] {
            let forms = forms.map(words);
            assert!(forms.iter().all(|form| form == &[folded]), "{folded} {forms:?}");
        }
        // Hangul and kana keep what makes other words of them, in composed letters as in parts.
        for (composed, parts) in
            [("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"), ("が", "か\u{3099}")]
        {
            assert_eq!(words(composed), words(parts));
        }
        assert_ne!(words("が"), words("か"));
    }

    #[test]
    fn every_letter_that_has_parts_is_folded_as_they_are() {
        let nfd = icu_normalizer::DecomposingNormalizerBorrowed::new_nfd();
        let composed =
            |c: &char| c.is_alphabetic() && nfd.normalize(&c.to_string()) != c.to_string();
        let letters: Vec<_> = ('\u{c0}'..=char::MAX).filter(composed).collect();
        assert!(letters.len() > 13_000, "{}", letters.len());
        for letter in letters {
            let whole = format!("x{letter}x");
            assert_eq!(words(&whole), words(&nfd.normalize(&whole)), "{letter:?}");
        }
    }

    #[test]
    fn foreign_punctuation_separates_words_and_invisible_ones_are_none() {
        assert_eq!(words("سلام،مرحبا؟ नमस्ते। ＡＢ（ＣＤ）"), ["سلام", "مرحبا", "नमस्ते", "ab", "cd"]);
        assert_eq!(words("\u{ad} \u{200b}\u{feff} \u{301}"), [""; 0]);
        assert_eq!(Term::all("\u{200b}", nfkd).len(), 0);
    }

    #[test]
    fn a_query_finds_a_word_whose_beginning_is_typed_in_any_form() {
        let begins = |query: &str, word: &str| closeness(query, word, Spelling::Right);
        for (query, word) in [("nguy", "NGUYỄN"), ("efﬁ", "efficacement"), ("чай", "ЧАЙКАМИ")]
        {
            assert_eq!(begins(query, word), Closeness::Begins, "{query} {word}");
        }
        assert_eq!(begins("dévelop\u{ad}per", "développement"), Closeness::SameStem);
        assert_eq!(begins("de\u{301}velopper", "développement"), Closeness::SameStem);
    }

    #[test]
    fn french_texts_are_folded_without_asking_for_unicodes_tables() {
        let refuse = |text: &str| -> String { panic!("{text}") };
        let text = "L’Œuvre où Noël, naïf, gâche l’été : ça va, ÉCOLE à 50 €… e\u{301}cole";
        let folded: Vec<_> = split(text, refuse).map(|word| word.folded).collect();
        assert_eq!(folded.join(" "), "l oeuvre ou noel naif gache l ete ca va ecole a 50 ecole");
    }

    #[test]
    fn ranges_cut_the_text_where_the_words_are() {
        let text = "à l'Œuvre";
        let cut: Vec<_> = split(text, nfkd).map(|word| &text[word.range()]).collect();
        assert_eq!(cut, ["à", "l", "Œuvre"]);
    }

    #[test]
    fn french_forms_go_together_with_and_without_accents() {
        let close = |a: &str, b: &str| closeness(a, b, Spelling::Right);
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
        let terms = |query: &str| Term::all(query, nfkd).len();
        assert_eq!(terms("l'accès à la culture"), 2);
        assert_eq!(terms("de la"), 2);
        assert_eq!(terms(" ' "), 0);
    }
}
