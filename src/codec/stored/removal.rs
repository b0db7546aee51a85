//! Removals: numbered versions that say that keys were removed.
//!
//! Both stores have the same texts, and either may be behind: a reload may come before `IndexedDB`
//! has been written, and a killed browser forgets the last minute of `localStorage`. So a missing
//! text proves nothing, and a removed one would come back from the other store. Therefore each
//! removal stores a number under a key of its own, which only grows and is never removed. Of two
//! stores, the one with the greater number decides everything that the removal covers, texts and
//! absences alike, because the other has the older state. With equal numbers, a text wins over
//! none, and two texts are resolved as usual.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, KEY_NAMESPACE, Key, PREFIX};
use crate::domain::stamp::Instant;

/// The keys that a removal covers: one key, a consultation with its ballots and papers, or all
/// keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope(String);

/// The first and the last key of a range, both included.
pub type KeyRange = (String, String);

/// The prefix of the key of a removal.
const REMOVED: &str = "removed/";

const EVERYTHING: &str = "all";

/// The prefix of the key of a waiting ballot.
const WAITING: &str = "waiting";

impl Scope {
    /// All keys of the app, of every version.
    #[must_use]
    pub fn everything() -> Self {
        Self(EVERYTHING.to_owned())
    }

    /// The scope for removing the text under this key. Ballots and papers are removed with their
    /// consultation; a waiting ballot is removed alone.
    #[must_use]
    pub fn of(key: &Key) -> Self {
        let name = key.to_string();
        let name = name.strip_prefix(PREFIX).unwrap_or_default();
        let group = match (key, name.split_once('/')) {
            (Key::Opaque(_), Some((kind, rest))) if kind != WAITING => rest.split('/').next(),
            _ => None,
        };
        Self(match group {
            Some(consultation) => format!("consultation/{consultation}"),
            None => name.to_owned(),
        })
    }

    /// The scope whose removal has the first key of all removals.
    #[must_use]
    pub fn first() -> Self {
        Self(String::new())
    }

    pub(super) fn parse(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// The part of the removal's key after its prefix.
    pub(super) fn name(&self) -> &str {
        &self.0
    }

    /// The key of the removed opaque entry: a waiting ballot, or a consultation, which is removed
    /// with its ballots and papers.
    #[must_use]
    pub fn opaque_key(&self) -> Option<String> {
        let is_opaque = self.0.starts_with("consultation/") || self.0.starts_with(WAITING);
        is_opaque.then(|| format!("{PREFIX}{}", self.0))
    }

    /// The removed key, if the scope is a single one or a consultation.
    #[must_use]
    pub fn key(&self) -> Option<Key> {
        Key::parse(&format!("{PREFIX}{}", self.0)).ok()
    }

    /// The ranges of keys that the scope covers.
    #[must_use]
    pub fn ranges(&self) -> Vec<KeyRange> {
        let under = |start: String| (start.clone(), start + "\u{ffff}");
        let exactly = |key: String| (key.clone(), key);
        if self.0 == EVERYTHING {
            return vec![under(KEY_NAMESPACE.to_owned())];
        }
        let own = exactly(format!("{PREFIX}{}", self.0));
        match self.0.strip_prefix("consultation/") {
            Some(id) => vec![
                own,
                exactly(format!("{PREFIX}paper/{id}")),
                under(format!("{PREFIX}paper/{id}/")),
                under(format!("{PREFIX}ballot/{id}/")),
            ],
            None => vec![own],
        }
    }
}

impl Entry {
    /// The entry of a removal with its number.
    #[must_use]
    pub fn removal(scope: &Scope, number: u64) -> Self {
        Self { key: Key::Removal(scope.clone()), text: Some(number.to_string()) }
    }
}

/// The number of a removal after one with the number `known`. It is the clock's time if that is
/// greater, because a store that has not been read yet may have a greater number than `known`.
#[must_use]
pub fn next_removal(known: u64, now: Instant) -> u64 {
    now.0.max(known.saturating_add(1))
}

/// Parses the number of a removal.
#[must_use]
pub fn removal_number(text: &str) -> Option<u64> {
    text.parse().ok()
}

/// The removals that a store has.
#[must_use]
pub fn removals(texts: &BTreeMap<String, String>) -> BTreeMap<Scope, u64> {
    let start = format!("{PREFIX}{REMOVED}");
    let marked = texts.range(start.clone()..).take_while(|(key, _)| key.starts_with(&start));
    let read = |(key, text): (&String, &String)| {
        Some((Scope::parse(&key[start.len()..]), removal_number(text)?))
    };
    marked.filter_map(read).collect()
}

/// The removals among entries.
#[must_use]
pub fn removals_among(entries: &[Entry]) -> BTreeMap<Scope, u64> {
    let removal = |Entry { key, text }: &Entry| match key {
        Key::Removal(scope) => Some((scope.clone(), removal_number(text.as_deref()?)?)),
        _ => None,
    };
    entries.iter().filter_map(removal).collect()
}

/// Removes from each of two stores the texts that the other knows to be removed. The rest can then
/// be compared key by key.
pub fn drop_removed(one: &mut BTreeMap<String, String>, other: &mut BTreeMap<String, String>) {
    // The scope of all keys comes first: it also covers older removals.
    drop_under(&Scope::everything(), one, other);
    let scopes: BTreeSet<_> =
        removals(one).into_keys().chain(removals(other).into_keys()).collect();
    for scope in scopes {
        drop_under(&scope, one, other);
    }
}

fn drop_under(
    scope: &Scope,
    one: &mut BTreeMap<String, String>,
    other: &mut BTreeMap<String, String>,
) {
    let key = Key::Removal(scope.clone()).to_string();
    let number = |texts: &BTreeMap<String, String>| {
        texts.get(&key).map_or(Some(0), |text| removal_number(text))
    };
    // An unreadable number decides nothing.
    let (Some(own), Some(others)) = (number(one), number(other)) else { return };
    let behind = match own.cmp(&others) {
        std::cmp::Ordering::Less => one,
        std::cmp::Ordering::Greater => other,
        std::cmp::Ordering::Equal => return,
    };
    for (first, last) in scope.ranges() {
        let covered: Vec<_> = behind.range(first..=last).map(|(key, _)| key.clone()).collect();
        for key in covered {
            behind.remove(&key);
        }
    }
}

/// Whether a store has a removal of an entry that the entry's writer did not know: then the entry is
/// older, and is not written. `stored` gives the number of a removal in that store.
#[must_use]
pub fn is_overtaken(
    entry: &Entry,
    known: &BTreeMap<Scope, u64>,
    stored: &dyn Fn(&Scope) -> Option<u64>,
) -> bool {
    let is_newer = |scope: &Scope| stored(scope) > known.get(scope).copied();
    !is_removal(entry) && (is_newer(&Scope::everything()) || is_newer(&Scope::of(&entry.key)))
}

/// Sorts removals before other entries, in a batch written at one time: a store applies entries in
/// order, and a text after a removal stays.
pub fn removals_first(entries: &mut [Entry]) {
    entries.sort_by_key(|entry| !is_removal(entry));
}

/// Whether an entry removes something.
#[must_use]
pub fn is_removal(entry: &Entry) -> bool {
    entry.text.is_none() || matches!(entry.key, Key::Removal(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(key: &str) -> Scope {
        Scope::of(&Key::parse(key).expect(key))
    }

    #[test]
    fn ballots_and_papers_go_with_their_consultation_and_all_else_goes_alone() {
        let consultation = scope("jalons/v1/consultation/00c0ffee00c0ffee");
        for key in [
            "jalons/v1/paper/00c0ffee00c0ffee",
            "jalons/v1/paper/00c0ffee00c0ffee/12",
            "jalons/v1/ballot/00c0ffee00c0ffee/ffffffff-ffff-4fff-bfff-ffffffffffff",
        ] {
            assert_eq!(scope(key), consultation);
            let covers = |(first, last): &KeyRange| (first.as_str()..=last.as_str()).contains(&key);
            assert!(consultation.ranges().iter().any(covers), "{key}");
        }
        for alone in [
            "jalons/v1/lost/0000000000000001",
            "jalons/v1/waiting/00c0ffee00c0ffee/0000000000000001",
        ] {
            assert_eq!(scope(alone).ranges(), [(alone.to_owned(), alone.to_owned())]);
        }
    }

    #[test]
    fn erasing_everything_covers_every_version_of_the_app_and_no_other_app() {
        let ranges = Scope::everything().ranges();
        let covers =
            |key: &str| ranges.iter().any(|(first, last)| (first.as_str()..=last).contains(&key));
        assert!(
            covers("jalons/v1/device")
                && covers("jalons/v2/later")
                && covers("jalons/v1/removed/all")
        );
        assert!(!covers("theme") && !covers("jalons") && !covers("jalonsx/v1"));
    }

    #[test]
    fn a_removal_counts_more_than_the_one_before_even_if_the_clock_was_set_back() {
        assert_eq!(next_removal(0, Instant(500)), 500);
        assert_eq!(next_removal(500, Instant(500)), 501);
        assert_eq!(next_removal(500, Instant(3)), 501);
    }

    #[test]
    fn a_number_that_cannot_be_read_takes_nothing_away() {
        let texts = |entries: &[(&str, &str)]| -> BTreeMap<String, String> {
            entries.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
        };
        let [spoilt, whole] = [
            texts(&[("jalons/v1/device", "a"), ("jalons/v1/removed/all", "1x")]),
            texts(&[("jalons/v1/device", "b"), ("jalons/v1/removed/all", "1")]),
        ];
        let (mut one, mut other) = (spoilt.clone(), whole.clone());
        drop_removed(&mut one, &mut other);
        assert_eq!((one, other), (spoilt, whole));
    }
}
