//! How the votes of a consultation are distributed over the global objectives.
//!
//! A vote is a dot, an approval, a mention of *assez bien* or better, or a first rank. Votes are
//! shown by channel only where no channel has so few ballots that a person's vote could be guessed;
//! because one channel can be computed from all the others, a single small one hides them all.

use super::consultation::{Ballot, Choice, Content, Grade, Rules, Urn, Vote, VotingChannel};
use super::item::Code;

/// The least number of ballots in a channel for showing channels apart.
pub const LEAST_GROUP: usize = 5;

/// The votes for one global objective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The global objective.
    pub family: Code,
    /// How many options belong to it.
    pub options: usize,
    /// How many votes these options got.
    pub voices: u32,
    /// How many of these votes came from the urn, by phone and on paper.
    pub by_way: [u32; 3],
}

/// The votes for all global objectives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// One share per global objective, in the order of the convention.
    pub families: Vec<Share>,
    /// How many counted ballots came from the urn, by phone and on paper.
    pub groups: [usize; 3],
}

impl Shares {
    /// Distributes the votes; `None` if an option is not an item of the convention, or if all
    /// options belong to one global objective.
    #[must_use]
    pub fn of(rules: &Rules, urn: &Urn) -> Option<Self> {
        let codes: Option<Vec<_>> = rules.options().iter().map(family).collect();
        let codes = codes?;
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let share = |family: Code| Share {
            family,
            options: codes.iter().filter(|code| **code == family).count(),
            voices: 0,
            by_way: [0; 3],
        };
        let families: Vec<_> = sorted.into_iter().map(share).collect();
        let mut shares =
            Some(Self { families, groups: [0; 3] }).filter(|shares| shares.families.len() > 1)?;
        for ballot in urn.ballots() {
            shares.add(rules, &codes, ballot);
        }
        Some(shares)
    }

    fn add(&mut self, rules: &Rules, codes: &[Code], ballot: &Ballot) {
        let Content::Vote(vote) = &ballot.content else { return };
        if *vote == Vote::Blank || rules.allow(vote).is_err() {
            return;
        }
        let way = match ballot.way {
            VotingChannel::Urn => 0,
            VotingChannel::Phone => 1,
            VotingChannel::Paper(_) => 2,
        };
        self.groups[way] += 1;
        for (option, code) in codes.iter().enumerate() {
            let voices = voices(vote, option);
            let share = self.families.iter_mut().find(|share| share.family == *code);
            if let Some(share) = share {
                share.voices += voices;
                share.by_way[way] += voices;
            }
        }
    }

    /// The total number of votes.
    #[must_use]
    pub fn voices(&self) -> u32 {
        self.families.iter().map(|share| share.voices).sum()
    }

    /// Whether votes may be shown by channel: there are several channels, and none is small.
    #[must_use]
    pub fn tells_ways(&self) -> bool {
        let used = || self.groups.iter().filter(|group| **group > 0);
        used().count() > 1 && used().all(|group| *group >= LEAST_GROUP)
    }
}

fn family(option: &Choice) -> Option<Code> {
    match option {
        Choice::Item(id) => Some(id.code().global()),
        Choice::Own(_) => None,
    }
}

/// How many votes a ballot gives an option.
fn voices(vote: &Vote, option: usize) -> u32 {
    let has = match vote {
        Vote::Blank => false,
        Vote::Dots(dots) => return dots.get(option).copied().unwrap_or_default().into(),
        Vote::Approval(approved) => approved.get(option) == Some(&true),
        Vote::Judgment(grades) => grades.get(option).copied().flatten() >= Some(Grade::FairlyGood),
        Vote::Ranking(ranks) => ranks.get(option) == Some(&Some(1)),
    };
    u32::from(has)
}

#[cfg(test)]
mod tests {
    use super::super::consultation::{BallotId, MethodKind, RulesDraft};
    use super::super::stamp::Token;
    use super::*;

    fn rules(items: &[&str], own: &[&str]) -> Rules {
        let draft = RulesDraft {
            title: "Priorités".into(),
            question: "Par quoi commencer ?".into(),
            items: items.iter().map(|id| id.parse().expect(id)).collect(),
            own: own.iter().map(|&text| text.to_owned()).collect(),
            method: MethodKind::Approval,
            ..RulesDraft::default()
        };
        draft.check().expect("complete")
    }

    fn urn(votes: &[(VotingChannel, &[bool])]) -> Urn {
        let ballot = |(number, (way, approved)): (u64, &(VotingChannel, &[bool]))| Ballot {
            id: BallotId::random(Token(number), Token(number)),
            way: *way,
            content: Content::Vote(Vote::Approval(approved.to_vec())),
        };
        (0..).zip(votes).map(ballot).collect()
    }

    #[test]
    fn voices_are_summed_by_family_in_the_order_of_the_convention() {
        let rules = rules(&["2.1.1", "1.1.1", "1.2.1"], &[]);
        let urn = urn(&[
            (VotingChannel::Urn, &[true, true, true]),
            (VotingChannel::Phone, &[false, false, true]),
            (VotingChannel::Phone, &[false, true]),
        ]);
        let shares = Shares::of(&rules, &urn).expect("items of two families");
        let told: Vec<_> =
            shares.families.iter().map(|s| (s.options, s.voices, s.by_way)).collect();
        assert_eq!(told, [(2, 3, [2, 1, 0]), (1, 1, [1, 0, 0])]);
        assert_eq!(
            (shares.voices(), shares.groups),
            (4, [1, 1, 0]),
            "a broken vote counts nowhere"
        );
    }

    #[test]
    fn there_are_no_families_of_other_options_or_of_one_family() {
        assert_eq!(Shares::of(&rules(&["1.1.1", "2.1.1"], &["Un marché"]), &urn(&[])), None);
        assert_eq!(Shares::of(&rules(&["1.1.1", "1.2.1"], &[]), &urn(&[])), None);
    }

    #[test]
    fn one_small_group_hides_the_ways_of_all() {
        let rules = rules(&["1.1.1", "2.1.1"], &[]);
        let told = |urns: usize, phones: usize| {
            let vote: &[bool] = &[true, false];
            let urns = vec![(VotingChannel::Urn, vote); urns];
            let phones = vec![(VotingChannel::Phone, vote); phones];
            Shares::of(&rules, &urn(&[urns, phones].concat())).expect("shares").tells_ways()
        };
        assert!(told(5, 5));
        assert!(!told(5, 4) && !told(4, 9) && !told(9, 0));
    }
}
