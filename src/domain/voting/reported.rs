//! A tally that arrives without its ballots, in a link: it is checked as far as counts can be.
//!
//! A link can claim any counts. These checks refuse those that no ballots could have; they do not
//! prove that the ballots exist.

use super::{Outcome, Tally, Turnout};
use crate::domain::consultation::{Method, Rules};

/// More ballots than this are in no urn, and sums of that many cannot overflow.
const MAX_BALLOTS: usize = 1_000_000;

impl Tally {
    /// Whether there can be ballots under these rules with this tally. Its counts by channel are
    /// either complete or all 0, where they are not told.
    #[must_use]
    pub fn is_possible(&self, rules: &Rules) -> bool {
        is_turnout(&self.turnout) && is_outcome(&self.outcome, rules, self.turnout.counted as u64)
    }
}

fn is_turnout(turnout: &Turnout) -> bool {
    let Turnout { cast, counted, blank, void, refused, urn, phone, paper } = *turnout;
    let ways = [urn, phone, paper];
    let sum = |counts: &[usize]| counts.iter().map(|count| *count as u64).sum::<u64>();
    cast <= MAX_BALLOTS
        && sum(&[counted, blank, void, refused]) == cast as u64
        && (ways == [0; 3] || sum(&ways) == cast as u64)
}

fn is_outcome(outcome: &Outcome, rules: &Rules, counted: u64) -> bool {
    let options = rules.options().len();
    let sum = |counts: &[u32]| counts.iter().map(|count| u64::from(*count)).sum::<u64>();
    match (outcome, rules.method()) {
        (Outcome::Dots(dots), Method::Dots { each, cap }) => {
            let (each, cap) = (u64::from(each), u64::from(cap));
            let all = sum(&dots.totals);
            dots.totals.len() == options
                && dots.supporters.len() == options
                // Every counted ballot has a dot.
                && (counted..=counted * each).contains(&all)
                && dots.totals.iter().zip(&dots.supporters).all(|(total, people)| {
                    let (total, people) = (u64::from(*total), u64::from(*people));
                    people <= counted && (people..=people * cap).contains(&total)
                })
        }
        (Outcome::Approval(approval), Method::Approval) => {
            approval.approvals.len() == options
                && u64::from(approval.votes) == counted
                && sum(&approval.approvals) >= counted
                && approval.approvals.iter().all(|yes| u64::from(*yes) <= counted)
        }
        (Outcome::Judgment(judgment), Method::Judgment) => {
            judgment.counts().len() == options
                && judgment.counts().iter().all(|mentions| sum(mentions) == counted)
        }
        (Outcome::Ranking { schulze, borda }, Method::Ranking) => {
            let pairs = &schulze.pairwise;
            pairs.len() == options
                && borda.half_points.len() == options
                && pairs.iter().enumerate().all(|(one, row)| {
                    row.len() == options
                        && row[one] == 0
                        && row.iter().zip(pairs).all(|(count, other)| {
                            let back = other.get(one).copied().unwrap_or_default();
                            u64::from(*count) + u64::from(back) <= counted
                        })
                })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Approval, Borda, Dots, Judgment, Schulze};
    use super::*;
    use crate::domain::consultation::{MethodKind, RulesDraft};

    fn rules(method: MethodKind) -> Rules {
        let draft = RulesDraft {
            title: "Priorités".into(),
            question: "Par quoi commencer ?".into(),
            own: ["Un marché", "Une fête", "Un banc"].map(str::to_owned).into(),
            method,
            each: Some(2),
            cap: Some(2),
            ..RulesDraft::default()
        };
        draft.check().expect("complete")
    }

    fn of(counted: usize, outcome: Outcome) -> Tally {
        Tally { turnout: Turnout { cast: counted, counted, ..Turnout::default() }, outcome }
    }

    fn dots(totals: [u32; 3], supporters: [u32; 3]) -> Outcome {
        Outcome::Dots(Dots { totals: totals.into(), supporters: supporters.into() })
    }

    #[test]
    fn counts_that_no_ballots_can_have_are_refused() {
        let dotted = rules(MethodKind::Dots);
        assert!(of(3, dots([4, 1, 0], [2, 1, 0])).is_possible(&dotted));
        for (totals, supporters) in [
            // More dots than people have, more people than there were, more dots than people can
            // give one option, fewer people than dots, fewer dots than ballots.
            ([6, 1, 0], [3, 1, 0]),
            ([4, 0, 0], [4, 0, 0]),
            ([5, 0, 0], [2, 0, 0]),
            ([1, 2, 0], [2, 1, 0]),
            ([1, 1, 0], [1, 1, 0]),
        ] {
            assert!(!of(3, dots(totals, supporters)).is_possible(&dotted), "{totals:?}");
        }
        let mut tally = of(3, dots([3, 0, 0], [3, 0, 0]));
        tally.turnout.phone = 2;
        assert!(!tally.is_possible(&dotted), "channels that are not all ballots");
        tally.turnout.urn = 1;
        assert!(tally.is_possible(&dotted));
        tally.turnout.blank = 1;
        assert!(!tally.is_possible(&dotted), "more ballots than were cast");

        let approving = rules(MethodKind::Approval);
        let approval = |approvals: [u32; 3], votes| {
            of(3, Outcome::Approval(Approval { approvals: approvals.into(), votes }))
        };
        assert!(approval([3, 0, 1], 3).is_possible(&approving));
        assert!(!approval([3, 0, 1], 4).is_possible(&approving));
        assert!(!approval([4, 0, 0], 3).is_possible(&approving));
        assert!(!approval([3, 0, 0], 3).is_possible(&dotted), "another method");

        let judging = rules(MethodKind::Judgment);
        let judged = |counts: Vec<[u32; 7]>| of(3, Outcome::Judgment(Judgment::counted(counts)));
        assert!(judged(vec![[0, 0, 0, 0, 1, 0, 2]; 3]).is_possible(&judging));
        assert!(!judged(vec![[0, 0, 0, 0, 1, 0, 3]; 3]).is_possible(&judging));
        assert!(!judged(vec![[0, 0, 0, 0, 1, 0, 2]; 2]).is_possible(&judging));

        let ranking = rules(MethodKind::Ranking);
        let ranked = |pairwise: [[u32; 3]; 3]| {
            let pairwise: Vec<Vec<u32>> = pairwise.map(Vec::from).into();
            let borda = Borda::of_pairs(&pairwise, 3);
            of(3, Outcome::Ranking { schulze: Schulze { pairwise }, borda })
        };
        assert!(ranked([[0, 3, 2], [0, 0, 1], [1, 0, 0]]).is_possible(&ranking));
        assert!(!ranked([[0, 3, 2], [1, 0, 1], [1, 0, 0]]).is_possible(&ranking));
        assert!(!ranked([[1, 3, 2], [0, 0, 1], [1, 0, 0]]).is_possible(&ranking));
    }
}
