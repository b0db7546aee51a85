//! Published elections, counted again: `tests/fixtures/votes/` has their ballots and their results.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jalons::domain::consultation::{Grade, MethodKind, Vote};
use jalons::domain::voting::{Outcome, Schulze, Tally};
use serde::Deserialize;

use super::{rules, urn};

/// The elections of one source.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    source: String,
    elections: Vec<Election>,
}

/// The ballots of an election and its published result; each option is one letter.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Election {
    name: String,
    method: String,
    options: String,
    /// How many people voted so: the options that are ranked or approved, or each option's grade,
    /// 0 being the worst. An empty vote is a blank one.
    #[serde(default)]
    votes: Vec<(usize, String)>,
    /// In place of votes, how often each option was given each grade, the worst first.
    #[serde(default)]
    mentions: Vec<Vec<usize>>,
    /// The options of each place.
    places: Option<Vec<String>>,
    /// The options of the first place, where no more is published.
    first: Option<String>,
    /// The Condorcet winner; empty where there is none.
    condorcet: Option<String>,
    points: Option<Vec<u64>>,
    approvals: Option<Vec<u32>>,
}

impl Election {
    fn method(&self) -> MethodKind {
        match self.method.as_str() {
            "approval" => MethodKind::Approval,
            "judgment" => MethodKind::Judgment,
            "ranking" => MethodKind::Ranking,
            other => panic!("{other}"),
        }
    }

    fn vote(&self, written: &str) -> Vote {
        let at = |option| written.chars().position(|c| c == option);
        match self.method() {
            _ if written.is_empty() => Vote::Blank,
            MethodKind::Approval => {
                Vote::Approval(self.options.chars().map(|option| at(option).is_some()).collect())
            }
            MethodKind::Judgment => {
                let value = |c: char| grade(c.to_digit(10).expect("a grade") as usize);
                Vote::Judgment(written.chars().map(value).map(Some).collect())
            }
            _ => {
                let rank = |option| at(option).map(|at| u8::try_from(at + 1).expect("few"));
                Vote::Ranking(self.options.chars().map(rank).collect())
            }
        }
    }

    fn votes(&self) -> Vec<Vote> {
        let written = self.votes.iter();
        let mut votes: Vec<_> =
            written.flat_map(|(count, vote)| vec![self.vote(vote); *count]).collect();
        // Only the numbers of grades are published, so each option's grades are dealt in order.
        let dealt = |counts: &Vec<usize>| -> Vec<Grade> {
            let grades = counts.iter().enumerate();
            grades.flat_map(|(value, count)| vec![grade(value); *count]).collect()
        };
        let columns: Vec<_> = self.mentions.iter().map(dealt).collect();
        let people = columns.iter().map(Vec::len).max().unwrap_or_default();
        let row = |person: usize| {
            Vote::Judgment(columns.iter().map(|column| column.get(person).copied()).collect())
        };
        votes.extend((0..people).map(row));
        votes
    }

    fn tally(&self, votes: &[Vote]) -> Tally {
        Tally::of(&rules(self.method(), self.options.chars().count()), &urn(votes))
    }

    /// Options by their letters.
    fn letters(&self, options: &[usize]) -> String {
        options.iter().filter_map(|option| self.options.chars().nth(*option)).collect()
    }

    fn places(&self, tally: &Tally) -> Vec<String> {
        tally.ranking().places().iter().map(|place| self.letters(place)).collect()
    }
}

fn grade(value: usize) -> Grade {
    Grade::ALL[Grade::ALL.len() - 1 - value]
}

fn elections() -> BTreeMap<String, Election> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/votes");
    let mut all = BTreeMap::new();
    for file in fs::read_dir(folder).expect("the fixtures") {
        let path = file.expect("a fixture").path();
        if path.extension().is_none_or(|kind| kind != "json") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a fixture");
        let Published { source, elections } = serde_json::from_str(&text).expect("elections");
        assert!(source.len() > 40, "{}: where it comes from", path.display());
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        all.extend(elections.into_iter().map(|one| (format!("{stem}, {}", one.name), one)));
    }
    all
}

#[test]
fn published_elections_come_out_as_published() {
    let elections = elections();
    assert_eq!(elections.len(), 26);
    for (name, election) in &elections {
        let tally = election.tally(&election.votes());
        let places = election.places(&tally);
        match (&election.places, &election.first) {
            (Some(published), None) => assert_eq!(&places, published, "{name}"),
            (None, Some(first)) => assert_eq!(&places[0], first, "{name}"),
            _ => panic!("{name} has its places, or the first"),
        }
        if let Some(winner) = &election.condorcet {
            let mut schulze = Schulze::new(election.options.chars().count());
            for vote in election.votes() {
                match vote {
                    Vote::Ranking(ranks) => schulze.add_ranks(&ranks),
                    Vote::Judgment(grades) => schulze.add_grades(&grades),
                    _ => {}
                }
            }
            let found: Vec<_> = schulze.condorcet_winner().into_iter().collect();
            assert_eq!(&election.letters(&found), winner, "{name}");
        }
        match &tally.outcome {
            Outcome::Ranking { borda, .. } => {
                let points = borda.half_points.iter().map(|half| half / 2).collect();
                assert!(election.points.is_none() || election.points == Some(points), "{name}");
            }
            Outcome::Approval(approval) => {
                assert_eq!(election.approvals.as_ref(), Some(&approval.approvals), "{name}");
            }
            _ => {}
        }
    }
}

#[test]
fn blank_votes_change_no_published_result_and_alone_leave_all_options_tied() {
    for (name, election) in elections() {
        let mut votes = election.votes();
        let (before, all) = (election.tally(&votes), vec![election.options.clone()]);
        votes.extend(vec![Vote::Blank; 7]);
        let after = election.tally(&votes);
        assert_eq!(after.outcome, before.outcome, "{name}");
        assert_eq!(after.turnout.blank, before.turnout.blank + 7, "{name}");
        for nobody in [vec![], vec![Vote::Blank; 3]] {
            let tally = election.tally(&nobody);
            assert_eq!(election.places(&tally), all, "{name}");
            assert_eq!((tally.turnout.counted, tally.turnout.blank), (0, nobody.len()), "{name}");
        }
    }
}

#[test]
fn an_election_and_its_mirror_image_leave_all_options_tied() {
    for (name, election) in elections() {
        let options = election.options.chars().count();
        // Grades have no opposite, and neither has a ballot that ranks some options only.
        let mirrored = |vote: Vote| match vote {
            Vote::Approval(given) => {
                let mirror = given.iter().map(|yes| !yes).collect();
                vec![Vote::Approval(given), Vote::Approval(mirror)]
            }
            Vote::Ranking(ranks) if ranks.iter().flatten().count() == options => {
                let last = u8::try_from(options + 1).expect("few");
                let mirror = ranks.iter().map(|rank| rank.map(|rank| last - rank)).collect();
                vec![Vote::Ranking(ranks), Vote::Ranking(mirror)]
            }
            _ => Vec::new(),
        };
        let both: Vec<_> = election.votes().into_iter().flat_map(mirrored).collect();
        assert_eq!(both.is_empty(), election.method() == MethodKind::Judgment, "{name}");
        let all = vec![election.options.clone()];
        assert_eq!(election.places(&election.tally(&both)), all, "{name}");
    }
}
