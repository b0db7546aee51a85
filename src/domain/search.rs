//! Full-text search of the convention's items and of notes.
//!
//! A query matches texts that contain all of its words, in any order, whatever the accents, the
//! case, the apostrophes or the French endings, in every script and in each of the forms that Unicode
//! has for a text; the last word, still being typed, matches as a prefix. Titles come first, then results, markers and notes; within a kind the closer match, then
//! the document's order.

use std::ops::Range;

use super::convention::{Convention, Item};
use super::item::ItemId;
use super::journal::{Journal, NoteRef, sorted_by};
use super::record::NoteId;

mod words;

pub use words::Decompose;

use words::{Closeness, Term, Word};

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

/// Texts indexed for searching.
#[derive(Clone, Debug, Default)]
pub struct Index(Vec<Entry>);

#[derive(Clone, Debug)]
struct Entry {
    target: Target,
    words: Vec<Word>,
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
    /// Indexes every title, result and marker of a convention.
    #[must_use]
    pub fn of_convention(convention: &Convention, decompose: Decompose) -> Self {
        let entry = |item: Item<'_>| Entry::new(Target::of(item), item.text(), decompose);
        Self(convention.items().map(entry).collect())
    }

    /// Indexes every note of a journal.
    #[must_use]
    pub fn of_notes(journal: &Journal, decompose: Decompose) -> Self {
        let notes = journal.all_notes().into_iter();
        let entry =
            |n: NoteRef<'_>| Entry::new(Target::Note(n.id), n.note.text.as_str(), decompose);
        Self(notes.map(entry).collect())
    }
}

impl Entry {
    fn new(target: Target, text: &str, decompose: Decompose) -> Self {
        let code = Word::whole(&target.item().to_string(), decompose);
        Self { target, words: words::split(text, decompose).collect(), code }
    }

    /// The matching ranges if all terms match, with the sum of their scores.
    fn find(&self, terms: &[Term]) -> Option<(u32, Hit)> {
        let mut score = 0;
        for term in terms {
            let closest = self.words.iter().map(|word| term.closeness(word)).max();
            match closest.unwrap_or(Closeness::None).max(term.closeness(&self.code)) {
                Closeness::None => return None,
                closest => score += closest as u32,
            }
        }
        let matches = |word: &&Word| terms.iter().any(|t| t.closeness(word) > Closeness::None);
        let marks = self.words.iter().filter(matches).map(Word::range).collect();
        Some((score, Hit { target: self.target, marks }))
    }
}

/// Finds the texts that contain all words of `query`; an empty query finds nothing.
///
/// ```
/// use jalons::convention::convention;
/// use jalons::domain::search::{Index, search};
///
/// let index = Index::of_convention(convention(), str::to_lowercase);
/// let hits = search("numeriques outil", &[&index], str::to_lowercase);
/// assert!(hits.iter().any(|hit| hit.target.item().to_string() == "1.2.1-r2"));
/// ```
#[must_use]
pub fn search(query: &str, indexes: &[&Index], decompose: Decompose) -> Vec<Hit> {
    let terms = Term::all(query, decompose);
    if terms.is_empty() {
        return Vec::new();
    }
    let entries = indexes.iter().flat_map(|index| &index.0);
    let found = entries.filter_map(|entry| entry.find(&terms));
    // The sort is stable: equal hits stay in the document's order.
    let ranked = sorted_by(found, |(score, hit)| (hit.target.kind(), u32::MAX - score));
    ranked.into_iter().map(|(_, hit)| hit).collect()
}
