//! The urn: the ballots of a consultation that one device holds.
//!
//! Ballots are ordered by their random ids, so the urn does not reveal the order of voting.

use std::collections::BTreeMap;

use super::ballot::{Ballot, BallotId, Content, Vote, VotingChannel};

/// A set of ballots. Merging two urns keeps the greater content for each id, so it is independent
/// of order and grouping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Urn(BTreeMap<BallotId, Ballot>);

/// The effect of putting a ballot in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
    /// It is new.
    Counted,
    /// The urn had it already, with the same or a greater content.
    Known,
    /// It replaced another content under its id.
    Replaced,
}

impl Urn {
    /// Puts a ballot in.
    pub fn put(&mut self, ballot: Ballot) -> Cast {
        match self.0.get(&ballot.id) {
            Some(held) if held.order() >= ballot.order() => Cast::Known,
            held => {
                let cast = if held.is_some() { Cast::Replaced } else { Cast::Counted };
                self.0.insert(ballot.id, ballot);
                cast
            }
        }
    }

    /// Removes a ballot.
    pub fn take(&mut self, id: BallotId) -> Option<Ballot> {
        self.0.remove(&id)
    }

    /// Puts all ballots of another urn in.
    pub fn merge(&mut self, other: &Self) {
        for ballot in other.0.values() {
            self.put(ballot.clone());
        }
    }

    /// The ballots, by id.
    #[must_use]
    pub fn ballots(&self) -> impl ExactSizeIterator<Item = &Ballot> {
        self.0.values()
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: BallotId) -> Option<&Ballot> {
        self.0.get(&id)
    }

    /// How many there are, void ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The votes that count in the result: neither blank nor void.
    pub fn votes(&self) -> impl Iterator<Item = &Vote> {
        self.0.values().filter_map(|ballot| match &ballot.content {
            Content::Vote(Vote::Blank) | Content::Void(_) => None,
            Content::Vote(vote) => Some(vote),
        })
    }

    /// How many ballots came by the channels that `is` accepts, void ones included.
    #[must_use]
    pub fn by_way(&self, is: impl Fn(VotingChannel) -> bool) -> usize {
        self.0.values().filter(|ballot| is(ballot.way)).count()
    }
}

impl FromIterator<Ballot> for Urn {
    fn from_iter<T: IntoIterator<Item = Ballot>>(ballots: T) -> Self {
        let mut urn = Self::default();
        for ballot in ballots {
            urn.put(ballot);
        }
        urn
    }
}
