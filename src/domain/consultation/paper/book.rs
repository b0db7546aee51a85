//! The book of keyed papers, and how the books of two tabs or devices merge.
//!
//! Readings of a paper belong to a round. Settling the paper, or keying it again after two readings
//! differed, begins the next round. Merging keeps the later round of a paper; within one round it
//! keeps the readings of both sides. So merging is independent of order, loses no reading of the
//! current round, and always shows differing readings.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::rules::Rules;
use super::{Keyed, NumberError, PaperCounts, PaperState, Passage, compare};

/// The readings of one paper in its current round, by pass. The first pass is never empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readings {
    round: u32,
    first: BTreeSet<Keyed>,
    second: BTreeSet<Keyed>,
}

/// All readings so far, by the numbers of the papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperBook {
    papers: BTreeMap<u16, Readings>,
}

impl PaperBook {
    /// Parses a typed number, and checks that it was printed and is not settled.
    ///
    /// # Errors
    /// Why the number is refused.
    pub fn unsettled(&self, typed: &str, printed: u16) -> Result<u16, NumberError> {
        let number = typed.trim().parse().ok().filter(|number| *number > 0);
        let number = number.ok_or(NumberError::NotANumber)?;
        match self.state(number) {
            _ if number > printed => Err(NumberError::NotPrinted { printed }),
            Some(PaperState::Agreed(_)) => Err(NumberError::Settled),
            _ => Ok(number),
        }
    }

    /// Parses a typed number, and checks that it can be keyed in this pass. A number whose keyings
    /// differ can be keyed in both.
    ///
    /// # Errors
    /// Why the number is refused.
    pub fn number(&self, typed: &str, at: Passage, printed: u16) -> Result<u16, NumberError> {
        let number = self.unsettled(typed, printed)?;
        match (self.state(number), at) {
            (Some(PaperState::Once), Passage::First) => Err(NumberError::KeyedOnce),
            (None, Passage::Second) => Err(NumberError::NotKeyedYet),
            _ => Ok(number),
        }
    }

    /// Adds a keying and returns the number's new state. A third keying settles a difference if it
    /// agrees with either of the two; otherwise it becomes the first of a new pair. A settled
    /// number does not change.
    pub fn key(&mut self, number: u16, keyed: Keyed) -> PaperState {
        let readings = self.papers.entry(number).or_default();
        match readings.state() {
            None => drop(readings.first.insert(keyed)),
            Some(PaperState::Once) => drop(readings.second.insert(keyed)),
            Some(PaperState::Agreed(_)) => {}
            Some(PaperState::Differs { .. }) => {
                let alike = readings.all().find(|held| held.agrees(&keyed)).cloned();
                readings.begin(match alike {
                    Some(alike) => (alike, Some(keyed)),
                    None => (keyed, None),
                });
            }
        }
        readings.state().unwrap_or(PaperState::Once)
    }

    /// Settles a number with this content, whatever was keyed.
    pub fn settle(&mut self, number: u16, keyed: Keyed) {
        self.papers.entry(number).or_default().begin((keyed.clone(), Some(keyed)));
    }

    /// The reading of a number that differs from this one; `None` if there is none.
    #[must_use]
    pub fn against(&self, number: u16, keyed: &Keyed) -> Option<&Keyed> {
        self.papers.get(&number)?.all().find(|known| !known.agrees(keyed))
    }

    /// Records two differing readings of a number, whatever was keyed, for a person to decide
    /// between.
    pub fn dispute(&mut self, number: u16, first: Keyed, second: Keyed) {
        self.papers.entry(number).or_default().begin((first, Some(second)));
    }

    /// Restores the readings from before a join of each number that is still as the join left it.
    /// Returns whether that was so for all.
    pub fn take_back(&mut self, before: &Self, after: &Self) -> bool {
        let mut whole = true;
        for (number, readings) in &after.papers {
            let former = before.papers.get(number);
            if former == Some(readings) {
                continue;
            }
            if self.papers.get(number) != Some(readings) {
                whole = false;
            } else if let Some(former) = former {
                self.papers.insert(*number, former.clone());
            } else {
                self.papers.remove(number);
            }
        }
        whole
    }

    /// Merges the book of another tab or device.
    pub fn merge(&mut self, other: &Self) {
        for (number, readings) in &other.papers {
            self.take_in(*number, readings.clone());
        }
    }

    /// Merges the readings of one paper from another tab or device.
    pub fn take_in(&mut self, number: u16, readings: Readings) {
        self.papers.entry(number).or_default().merge(readings);
    }

    /// The numbers with at least one reading.
    pub fn numbers(&self) -> impl Iterator<Item = u16> {
        self.papers.keys().copied()
    }

    /// The readings of one paper.
    #[must_use]
    pub fn readings(&self, number: u16) -> Option<&Readings> {
        self.papers.get(&number)
    }

    /// The book without the papers whose readings break the rules.
    #[must_use]
    pub fn allowed_by(mut self, rules: &Rules) -> Self {
        self.papers.retain(|_, readings| {
            readings.all().all(|keyed| match keyed {
                Keyed::Vote(vote) => rules.allow(vote).is_ok(),
                Keyed::Void(_) => true,
            })
        });
        self
    }

    /// The state of a number; `None` if it was never keyed.
    #[must_use]
    pub fn state(&self, number: u16) -> Option<PaperState> {
        self.papers.get(&number).and_then(Readings::state)
    }

    /// Every keyed number with its state, from the smallest.
    #[must_use]
    pub fn states(&self) -> Vec<(u16, PaperState)> {
        let state = |(number, readings): (&u16, &Readings)| Some((*number, readings.state()?));
        self.papers.iter().filter_map(state).collect()
    }

    /// How many numbers are in each state.
    #[must_use]
    pub fn counts(&self) -> PaperCounts {
        let mut counts = PaperCounts::default();
        for (_, state) in self.states() {
            match state {
                PaperState::Once => counts.once += 1,
                PaperState::Agreed(Keyed::Vote(_)) => counts.agreed += 1,
                PaperState::Agreed(Keyed::Void(_)) => counts.void += 1,
                PaperState::Differs { .. } => counts.differ += 1,
            }
        }
        counts
    }
}

impl Readings {
    /// One or two people's readings: the first pass, and the second if there is one.
    #[must_use]
    pub fn new(first: Keyed, second: Option<Keyed>) -> Self {
        Self { round: 0, first: [first].into(), second: second.into_iter().collect() }
    }

    /// A size that decides which version to store: of two versions that can merge, the merged one
    /// is greater than either, unless it equals it.
    #[must_use]
    pub fn order(&self) -> (u32, usize) {
        (self.round, self.first.len() + self.second.len())
    }

    /// Merges the readings of another tab or device.
    pub fn merge(&mut self, other: Self) {
        match self.round.cmp(&other.round) {
            std::cmp::Ordering::Less => *self = other,
            std::cmp::Ordering::Equal => {
                self.first.extend(other.first);
                self.second.extend(other.second);
            }
            std::cmp::Ordering::Greater => {}
        }
    }

    fn begin(&mut self, (first, second): (Keyed, Option<Keyed>)) {
        *self = Self { round: self.round.saturating_add(1), ..Self::new(first, second) };
    }

    fn all(&self) -> impl Iterator<Item = &Keyed> {
        self.first.iter().chain(&self.second)
    }

    fn state(&self) -> Option<PaperState> {
        let first = self.first.first().or(self.second.first())?;
        // Two different readings count as differing, in whichever pass they were keyed.
        let other = self.second.iter().chain(&self.first).find(|other| !other.agrees(first));
        Some(match other {
            Some(second) => PaperState::Differs {
                first: first.clone(),
                second: second.clone(),
                options: compare(first, second),
            },
            None if self.first.is_empty() || self.second.is_empty() => PaperState::Once,
            None => PaperState::Agreed(first.clone()),
        })
    }
}
