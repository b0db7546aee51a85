//! Full-text search of the convention's items and of notes.
//!
//! A query matches texts that contain all of its words, in any order, whatever the accents, the
//! case, the apostrophes or the French endings, in every script and in each of the forms that
//! Unicode has for a text; the last word, still being typed, matches as a prefix. An item is found by
//! its plain words and by synonyms too. Where no text has all words, words may have one letter
//! wrong, and after that the texts with the most words are near results.
//!
//! Titles come first, then results, markers and notes; within a kind the closer match, then the
//! document's order.

use std::ops::Range;

use super::convention::{Convention, Item, Synonym};
use super::item::ItemId;
use super::journal::{Journal, NoteRef, sorted_by};
use super::record::NoteId;

mod words;

pub use words::Decompose;

use words::{Closeness, Spelling, Term, Word};

/// The target of a hit. Sorts in the order in which kinds are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// An objective, by its title.
    Objective(ItemId),
    /// An expected result.
    Result(ItemId),
    /// A progress marker.
    Marker(ItemId),
    /// A note.
    Note(NoteId),
}

/// A match of a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hit {
    /// The matching text's owner.
    pub target: Target,
    /// The matching byte ranges of its text, in order and without overlap.
    pub marks: Vec<Range<usize>>,
    /// Whether only its plain words or its short name match.
    pub is_everyday: bool,
}

impl Hit {
    /// Splits the text into pieces, each with whether it matched. Marks that no longer fit the
    /// text, because it has changed, are ignored.
    pub fn pieces<'a>(&self, text: &'a str) -> impl Iterator<Item = (&'a str, bool)> {
        let mut pieces = Vec::new();
        let mut done = 0;
        for mark in &self.marks {
            if let (Some(before), Some(marked)) =
                (text.get(done..mark.start), text.get(mark.clone()))
            {
                pieces.extend([(before, false), (marked, true)]);
                done = mark.end;
            }
        }
        pieces.push((text.get(done..).unwrap_or_default(), false));
        pieces.into_iter().filter(|(piece, _)| !piece.is_empty())
    }
}

/// What a query has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The matches, in the order in which they are shown.
    pub hits: Vec<Hit>,
    /// Whether they only have some of the words, because no text has all.
    pub are_near: bool,
}

/// Texts indexed for searching.
#[derive(Clone, Debug, Default)]
pub struct Index {
    entries: Vec<Entry>,
    synonyms: Vec<IndexedSynonym>,
}

/// An everyday word, and the words of the texts that it stands for.
#[derive(Clone, Debug)]
struct IndexedSynonym {
    word: Word,
    means: Vec<Word>,
}

#[derive(Clone, Debug)]
struct Entry {
    target: Target,
    words: Vec<Word>,
    /// The words of the item's plain sentence and short name.
    everyday: Vec<Word>,
    /// The code as people type it; it does not appear in the text.
    code: Word,
}

impl Target {
    fn of(item: Item<'_>) -> Self {
        match item {
            Item::Result(_) => Self::Result(item.id()),
            Item::Marker(_) => Self::Marker(item.id()),
            _ => Self::Objective(item.id()),
        }
    }

    /// The item that the target is, or is about.
    #[must_use]
    pub fn item(self) -> ItemId {
        match self {
            Self::Objective(id) | Self::Result(id) | Self::Marker(id) => id,
            Self::Note(note) => note.item,
        }
    }

    fn kind(self) -> u8 {
        match self {
            Self::Objective(_) => 0,
            Self::Result(_) => 1,
            Self::Marker(_) => 2,
            Self::Note(_) => 3,
        }
    }
}

impl Index {
    /// Indexes every title, result and marker of a convention, with its synonyms.
    #[must_use]
    pub fn of_convention(convention: &Convention, decompose: Decompose) -> Self {
        let entry = |item: Item<'_>| {
            let everyday = [item.plain(), item.short_name()].into_iter().flatten();
            let everyday = everyday.flat_map(|text| words::split(text, decompose)).collect();
            Entry { everyday, ..Entry::new(Target::of(item), item.text(), decompose) }
        };
        let synonym = |synonym: &Synonym| IndexedSynonym {
            word: Word::whole(&synonym.word, decompose),
            means: words::split(&synonym.means, decompose).collect(),
        };
        Self {
            entries: convention.items().map(entry).collect(),
            synonyms: convention.synonyms().iter().map(synonym).collect(),
        }
    }

    /// Indexes every note of a journal.
    #[must_use]
    pub fn of_notes(journal: &Journal, decompose: Decompose) -> Self {
        let notes = journal.all_notes().into_iter();
        let entry =
            |n: NoteRef<'_>| Entry::new(Target::Note(n.id), n.note.text.as_str(), decompose);
        Self { entries: notes.map(entry).collect(), synonyms: Vec::new() }
    }
}

/// How many terms match an entry, how closely, and where.
type Match = (usize, u32, Hit);

impl Entry {
    fn new(target: Target, text: &str, decompose: Decompose) -> Self {
        let code = Word::whole(&target.item().to_string(), decompose);
        let words = words::split(text, decompose).collect();
        Self { target, words, everyday: Vec::new(), code }
    }

    fn find(&self, terms: &[Term], spelling: Spelling) -> Match {
        let (mut count, mut score) = (0, 0);
        for term in terms {
            let closeness = |word: &Word| term.closeness(word, spelling);
            let official = self.words.iter().map(closeness).max().unwrap_or(Closeness::None);
            let everyday = self.everyday.iter().map(closeness).max().unwrap_or(Closeness::None);
            let closest = official.max(closeness(&self.code)).max(everyday.min(Closeness::Related));
            count += usize::from(closest > Closeness::None);
            score += closest as u32;
        }
        let hits =
            |word: &Word| terms.iter().any(|t| t.closeness(word, spelling) > Closeness::None);
        let marks: Vec<_> = self.words.iter().filter(|word| hits(word)).map(Word::range).collect();
        let is_everyday = marks.is_empty() && self.everyday.iter().any(hits);
        (count, score, Hit { target: self.target, marks, is_everyday })
    }
}

/// Finds the texts that contain all words of `query`, or else the nearest ones; an empty query finds
/// nothing.
///
/// ```
/// use jalons::convention::convention;
/// use jalons::domain::search::{Index, search};
///
/// let index = Index::of_convention(convention(), str::to_lowercase);
/// let found = search("numeriques outil", &[&index], str::to_lowercase);
/// assert!(found.hits.iter().any(|hit| hit.target.item().to_string() == "1.2.1-r2"));
/// assert!(!found.are_near);
/// ```
#[must_use]
pub fn search(query: &str, indexes: &[&Index], decompose: Decompose) -> Found {
    let mut terms = Term::all(query, decompose);
    if terms.is_empty() {
        return Found::default();
    }
    for synonym in indexes.iter().flat_map(|index| &index.synonyms) {
        for term in &mut terms {
            term.learn(&synonym.word, &synonym.means);
        }
    }
    let find = |terms: &[Term], spelling, at_least: usize| -> Vec<Match> {
        let entries = indexes.iter().flat_map(|index| &index.entries);
        let found = entries.map(|entry| entry.find(terms, spelling));
        found.filter(|(matched, ..)| *matched >= at_least).collect()
    };
    for spelling in [Spelling::Right, Spelling::OneWrong] {
        let found = find(&terms, spelling, terms.len());
        if !found.is_empty() {
            return Found { hits: ranked(found), are_near: false };
        }
    }
    terms.retain(Term::is_telling);
    let mut found = find(&terms, Spelling::OneWrong, 1);
    let most = found.iter().map(|(matched, ..)| *matched).max();
    found.retain(|(matched, ..)| Some(*matched) == most);
    Found { are_near: !found.is_empty(), hits: ranked(found) }
}

/// The hits in the order in which they are shown. Equal ones stay in the document's order, because
/// the sort is stable.
fn ranked(found: Vec<Match>) -> Vec<Hit> {
    let ranked =
        sorted_by(found.into_iter(), |(_, score, hit)| (hit.target.kind(), u32::MAX - score));
    ranked.into_iter().map(|(.., hit)| hit).collect()
}
