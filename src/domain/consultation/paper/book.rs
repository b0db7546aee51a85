//! What has been keyed of the papers, and how two tabs or two devices put theirs together.
//!
//! A paper has rounds: whoever settles it, or keys it once more after two readings differed, begins
//! another one. Of two books the later round of a paper stays; within one round the readings of both
//! are kept. So putting books together loses no reading, whatever the order, and readings that are
//! not alike are always seen.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::rules::Rules;
use super::{Keyed, NumberError, PaperCounts, PaperState, Passage, compare};

/// What was keyed from one paper since its round began, by passage. There is something in the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readings {
    round: u32,
    first: BTreeSet<Keyed>,
    second: BTreeSet<Keyed>,
}

/// What has been keyed so far, by the numbers of the papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperBook {
    papers: BTreeMap<u16, Readings>,
}

impl PaperBook {
    /// The number that somebody typed, if it was printed and is not settled.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn unsettled(&self, typed: &str, printed: u16) -> Result<u16, NumberError> {
        let number = typed.trim().parse().ok().filter(|number| *number > 0);
        let number = number.ok_or(NumberError::NotANumber)?;
        match self.state(number) {
            _ if number > printed => Err(NumberError::NotPrinted { printed }),
            Some(PaperState::Agreed(_)) => Err(NumberError::Settled),
            _ => Ok(number),
        }
    }

    /// The number that somebody typed, if it can be keyed in this passage. One whose keyings
    /// differ can be keyed in both.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn number(&self, typed: &str, at: Passage, printed: u16) -> Result<u16, NumberError> {
        let number = self.unsettled(typed, printed)?;
        match (self.state(number), at) {
            (Some(PaperState::Once), Passage::First) => Err(NumberError::KeyedOnce),
            (None, Passage::Second) => Err(NumberError::NotKeyedYet),
            _ => Ok(number),
        }
    }

    /// Puts a keying down and says what has become of the number. The third one settles a
    /// difference if it agrees with either of the two; if with none, it stands as the first of a
    /// new pair. A number that is settled stays as it is.
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

    /// Settles a number as this, whatever was keyed.
    pub fn settle(&mut self, number: u16, keyed: Keyed) {
        self.papers.entry(number).or_default().begin((keyed.clone(), Some(keyed)));
    }

    /// What was keyed of a number and does not say the same as this; `None` if nothing was.
    #[must_use]
    pub fn against(&self, number: u16, keyed: &Keyed) -> Option<&Keyed> {
        self.papers.get(&number)?.all().find(|known| !known.agrees(keyed))
    }

    /// Puts down two readings of a number that are not alike, whatever was keyed: somebody has to
    /// decide between them.
    pub fn dispute(&mut self, number: u16, first: Keyed, second: Keyed) {
        self.papers.entry(number).or_default().begin((first, Some(second)));
    }

    /// Puts back what was there before a join for each number that is as the join left it. Says
    /// whether all of them were.
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

    /// Takes in what was keyed elsewhere.
    pub fn merge(&mut self, other: &Self) {
        for (number, readings) in &other.papers {
            self.take_in(*number, readings.clone());
        }
    }

    /// Takes in what was keyed elsewhere from one paper.
    pub fn take_in(&mut self, number: u16, readings: Readings) {
        self.papers.entry(number).or_default().merge(readings);
    }

    /// The numbers of which something was keyed.
    pub fn numbers(&self) -> impl Iterator<Item = u16> {
        self.papers.keys().copied()
    }

    /// What was keyed from one paper.
    #[must_use]
    pub fn readings(&self, number: u16) -> Option<&Readings> {
        self.papers.get(&number)
    }

    /// Without the papers of which something was read that the rules do not allow.
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

    /// How far a number has come; `None` if nobody keyed it.
    #[must_use]
    pub fn state(&self, number: u16) -> Option<PaperState> {
        self.papers.get(&number).and_then(Readings::state)
    }

    /// Every number that was keyed, from the smallest, and how far it has come.
    #[must_use]
    pub fn states(&self) -> Vec<(u16, PaperState)> {
        let state = |(number, readings): (&u16, &Readings)| Some((*number, readings.state()?));
        self.papers.iter().filter_map(state).collect()
    }

    /// How many numbers are in which state.
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
    /// What one or two people read, the first of them in the first passage.
    #[must_use]
    pub fn new(first: Keyed, second: Option<Keyed>) -> Self {
        Self { round: 0, first: [first].into(), second: second.into_iter().collect() }
    }

    /// Greater for what holds more: of two that can be put together, the whole is greater than
    /// either, unless it is the same.
    #[must_use]
    pub fn order(&self) -> (u32, usize) {
        (self.round, self.first.len() + self.second.len())
    }

    /// Takes in what was read elsewhere.
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
        // Whatever is not alike is shown beside it, in whichever passage it was keyed.
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
