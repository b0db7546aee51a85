//! Filling in a vote step by step: the effect of one more tap, and why a tap is refused.

use super::ballot::Vote;
use super::method::Method;
use super::rules::Rules;

/// Why an option cannot take another dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDotError {
    /// The option has the most dots that one option may have.
    Option(u8),
    /// The person has no dots left.
    Person,
}

impl Vote {
    /// How many dots an option has.
    #[must_use]
    pub fn dots_on(&self, option: usize) -> u8 {
        match self {
            Self::Dots(dots) => dots.get(option).copied().unwrap_or_default(),
            _ => 0,
        }
    }

    /// The vote with one more dot on an option.
    ///
    /// # Errors
    /// When the option or the person has reached the limit.
    pub fn with_dot(&self, option: usize, rules: &Rules) -> Result<Self, NoDotError> {
        let mut next = self.clone();
        if let (Self::Dots(dots), Method::Dots { each, cap }) = (&mut next, rules.method()) {
            if dots[option] >= cap {
                return Err(NoDotError::Option(cap));
            }
            if dots.iter().copied().map(u32::from).sum::<u32>() >= u32::from(each) {
                return Err(NoDotError::Person);
            }
            dots[option] += 1;
        }
        Ok(next)
    }

    /// The vote with one dot fewer on an option.
    #[must_use]
    pub fn without_dot(&self, option: usize) -> Self {
        let mut next = self.clone();
        if let Self::Dots(dots) = &mut next {
            dots[option] = dots[option].saturating_sub(1);
        }
        next
    }

    /// The ranked options, the best first.
    #[must_use]
    pub fn ranked(&self) -> Vec<usize> {
        let Self::Ranking(ranks) = self else { return Vec::new() };
        let mut ranked: Vec<_> =
            (0..ranks.len()).filter(|option| ranks[*option].is_some()).collect();
        ranked.sort_unstable_by_key(|option| ranks[*option]);
        ranked
    }

    /// The ranking with an option moved to a rank, counted from 0; the others keep their order. A
    /// rank after the last means the last, and `None` removes the option from the ranking.
    #[must_use]
    pub fn with_rank(&self, option: usize, place: Option<usize>) -> Self {
        let mut ranked = self.ranked();
        ranked.retain(|other| *other != option);
        if let Some(place) = place {
            ranked.insert(place.min(ranked.len()), option);
        }
        let mut next = self.clone();
        if let Self::Ranking(ranks) = &mut next {
            ranks.fill(None);
            for (rank, option) in (1..).zip(ranked) {
                ranks[option] = Some(rank);
            }
        }
        next
    }

    /// How many options have been given something; for dots, how many dots have been placed.
    #[must_use]
    pub fn given(&self) -> usize {
        match self {
            Self::Blank => 0,
            Self::Dots(dots) => dots.iter().copied().map(usize::from).sum(),
            Self::Approval(approved) => approved.iter().filter(|yes| **yes).count(),
            Self::Judgment(grades) => grades.iter().flatten().count(),
            Self::Ranking(ranks) => ranks.iter().flatten().count(),
        }
    }

    /// The chosen options, the most preferred first; equally preferred ones in the order of `seen`.
    #[must_use]
    pub fn chosen(&self, seen: &[usize]) -> Vec<usize> {
        let weight = |option: &usize| match self {
            Self::Blank => 0,
            Self::Dots(dots) => dots[*option],
            Self::Approval(approved) => u8::from(approved[*option]),
            Self::Judgment(grades) => grades[*option].map_or(0, |grade| 1 + grade as u8),
            Self::Ranking(ranks) => ranks[*option].map_or(0, |rank| u8::MAX - rank),
        };
        let mut chosen: Vec<_> = seen.iter().copied().filter(|option| weight(option) > 0).collect();
        chosen.sort_by_key(|option| u8::MAX - weight(option));
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Grade, MethodKind, RulesDraft};
    use super::*;

    fn rules() -> Rules {
        let draft = RulesDraft {
            title: "Priorités".into(),
            question: "Par quoi commencer ?".into(),
            own: ["Un banc", "Un four", "Un bal"].map(str::to_owned).into(),
            method: MethodKind::Dots,
            each: Some(3),
            cap: Some(2),
            ..RulesDraft::default()
        };
        draft.check().expect("complete")
    }

    #[test]
    fn a_dot_too_many_is_refused_by_the_option_first() {
        let rules = rules();
        let one = Vote::Dots(vec![1, 0, 0]).with_dot(0, &rules).expect("room");
        assert_eq!(one, Vote::Dots(vec![2, 0, 0]));
        assert_eq!(one.with_dot(0, &rules), Err(NoDotError::Option(2)));
        let all = one.with_dot(1, &rules).expect("room");
        assert_eq!(all.with_dot(2, &rules), Err(NoDotError::Person));
        assert_eq!(all.without_dot(2), all);
        assert_eq!(all.without_dot(0), Vote::Dots(vec![1, 1, 0]));
    }

    #[test]
    fn ranks_stay_one_after_the_other_whatever_moves() {
        let ranking = |ranks: [Option<u8>; 4]| Vote::Ranking(ranks.into());
        let start = ranking([Some(2), None, Some(1), Some(3)]);
        assert_eq!(start.ranked(), [2, 0, 3]);
        let up = start.with_rank(3, Some(0));
        assert_eq!(up, ranking([Some(3), None, Some(2), Some(1)]));
        assert_eq!(start.with_rank(1, Some(9)), ranking([Some(2), Some(4), Some(1), Some(3)]));
        assert_eq!(start.with_rank(2, None), ranking([Some(1), None, None, Some(2)]));
    }

    #[test]
    fn what_was_chosen_comes_the_most_wanted_first() {
        let seen = [2, 1, 0];
        assert_eq!(Vote::Dots(vec![1, 2, 1]).chosen(&seen), [1, 2, 0]);
        assert_eq!(Vote::Approval(vec![true, false, true]).chosen(&seen), [2, 0]);
        let grades = vec![Some(Grade::Good), None, Some(Grade::Reject)];
        assert_eq!(Vote::Judgment(grades).chosen(&seen), [0, 2]);
        assert_eq!(Vote::Ranking(vec![Some(1), None, Some(2)]).chosen(&seen), [0, 2]);
        assert!(Vote::Blank.chosen(&seen).is_empty());
    }
}
