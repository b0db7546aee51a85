//! Exported forms of a result, and its tables.

use jalons::codec::csv;
use jalons::codec::fingerprint::Fingerprint;
use jalons::convention::convention;
use jalons::domain::consultation::{
    Ballot, BallotId, Consultation, ConsultationId, Content, Grade, MethodKind, Poll, Reason,
    Rules, RulesDraft, Urn, Vote, VotingChannel,
};
use jalons::domain::stamp::{DeviceId, Instant, Token};
use jalons::domain::voting::{Outcome, Robustness, Tally};
use jalons::report::tally_tables as tables;

fn rules(method: MethodKind) -> Rules {
    let draft = RulesDraft {
        title: "Priorités 2021".into(),
        question: "Par quoi commencer ?".into(),
        items: ["1.1.1", "2.1.1"].map(|id| id.parse().expect(id)).into(),
        own: vec!["=1+1 ; un marché".into()],
        method,
        ..RulesDraft::default()
    };
    draft.check().expect("complete")
}

fn poll(rules: &Rules, votes: &[Vote]) -> Poll {
    let ballot = |(number, vote): (u64, &Vote)| Ballot {
        id: BallotId::random(Token(number), Token(0)),
        way: if number % 2 == 0 { VotingChannel::Urn } else { VotingChannel::Phone },
        content: Content::Vote(vote.clone()),
    };
    let id = ConsultationId(Token(7));
    let void = Ballot {
        id: BallotId::paper(id, 3),
        way: VotingChannel::Paper(3),
        content: Content::Void(Reason::new("deux croix").expect("a reason")),
    };
    let new = Consultation::new(id, RulesDraft::of(rules), Instant(1), DeviceId(Token(1)));
    let urn: Urn = (0..).zip(votes).map(ballot).chain([void]).collect();
    Poll { consultation: new, urn }
}

fn file(rules: &Rules, poll: &Poll) -> String {
    let tally = Tally::of(rules, &poll.urn);
    let fingerprint = Fingerprint::of(poll.consultation.id, rules, &poll.urn);
    csv::write(tables::file(poll, rules, convention(), &tally, &fingerprint))
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
}

#[test]
fn the_file_of_dots_has_a_row_an_option_and_where_it_comes_from() {
    let rules = rules(MethodKind::Dots);
    let dots = |dots: &[u8]| Vote::Dots(dots.to_vec());
    let poll = poll(&rules, &[dots(&[1, 0, 0]), dots(&[0, 0, 1]), dots(&[1, 0, 0]), Vote::Blank]);
    insta::assert_snapshot!(file(&rules, &poll));
}

#[test]
fn the_file_of_ranks_has_the_comparisons_and_no_halves() {
    let rules = rules(MethodKind::Ranking);
    let ranks = |ranks: [Option<u8>; 3]| Vote::Ranking(ranks.to_vec());
    let votes = [ranks([Some(1), None, None]), ranks([Some(2), Some(1), None])];
    insta::assert_snapshot!(file(&rules, &poll(&rules, &votes)));
}

#[test]
fn mentions_are_told_the_best_first_and_methods_side_by_side() {
    let rules = rules(MethodKind::Judgment);
    let judged = |grades: [Option<Grade>; 3]| Vote::Judgment(grades.to_vec());
    let votes = [
        judged([Some(Grade::Excellent), Some(Grade::Good), None]),
        judged([Some(Grade::Reject), Some(Grade::Good), Some(Grade::Good)]),
        judged([Some(Grade::Excellent), Some(Grade::Passable), None]),
    ];
    let poll = poll(&rules, &votes);
    let tally = Tally::of(&rules, &poll.urn);
    let short = |option| tables::short(&rules, option);
    let result = tables::result(&tally, &short);
    assert_eq!(result.head[2..5], ["Mention majoritaire", "Excellent", "Très bien"]);
    assert_eq!(result.rows[0][..4], ["1.1.1", "1er", "Excellent", "2"]);
    assert_eq!(result.rows[2][..3], ["A", "3e", "À rejeter"]);
    let robustness = Robustness::of(&rules, &poll.urn).expect("mentions say enough");
    let methods = tables::methods(&tally, &robustness, &|option| tables::short(&rules, option));
    assert!(methods.rows.iter().all(|row| row.len() == 1 + robustness.rows.len()));
    assert!(methods.head.contains(&"Comparaisons (Schulze)".to_owned()));
}

/// A poll with these numbers of ballots by channel, all for the first option except the last paper,
/// which is void. Ids are random with this `seed`.
fn by_ways(rules: &Rules, [urn, phone, paper]: [u16; 3], seed: u64) -> Poll {
    let mut poll = poll(rules, &[]);
    let id = poll.consultation.id;
    let vote = |number: u16| Vote::Approval(vec![true, number.is_multiple_of(2), false]);
    let random = |way: VotingChannel, number: u16| Ballot {
        id: BallotId::random(Token(u64::from(number) ^ seed), Token(seed)),
        way,
        content: Content::Vote(vote(number)),
    };
    let urns = (0..urn).map(|number| random(VotingChannel::Urn, number));
    let phones = (0..phone).map(|number| random(VotingChannel::Phone, 100 + number));
    let papers = (1..=paper).map(|number| Ballot {
        id: BallotId::paper(id, number),
        way: VotingChannel::Paper(number),
        content: if number < paper {
            Content::Vote(vote(number))
        } else {
            Content::Void(Reason::new("deux croix").expect("a reason"))
        },
    });
    poll.urn = urns.chain(phones).chain(papers).collect();
    poll
}

#[test]
fn ballots_are_told_by_their_way_where_no_way_is_rare_and_void_ones_without_their_number() {
    let rules = rules(MethodKind::Approval);
    let rows = |ways: [u16; 3]| {
        let turnout = tables::turnout(&rules, &by_ways(&rules, ways, 1).urn);
        assert_eq!(turnout.head[1..], ["Comptés", "Blancs", "Nuls", "Ensemble"]);
        turnout.rows.into_iter().map(|row| row[1..].join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(rows([5, 6, 7]), ["5 0 0 5", "6 0 0 6", "6 0 1 7", "17 0 1 18"]);
    assert_eq!(rows([5, 0, 7]), ["5 0 0 5", "0 0 0 0", "6 0 1 7", "11 0 1 12"]);
    // A single small channel could be computed from the others.
    for (ways, all) in [([9, 4, 9], "21 0 1 22"), ([1, 0, 9], "9 0 1 10"), ([4, 0, 0], "4 0 0 4")] {
        assert_eq!(rows(ways), [all], "{ways:?}");
        let tally = Tally::of(&rules, &by_ways(&rules, ways, 1).urn);
        assert!(jalons::text::outcome::ways(&tally.turnout).is_empty(), "{ways:?}");
    }
    let voids = tables::voids(&by_ways(&rules, [5, 5, 9], 1).urn);
    assert_eq!(voids, ["Un bulletin papier\u{a0}: deux croix"]);
}

/// Privacy of the shared table: a reader who knows a person's paper, or knows that one person voted
/// by phone, learns nothing from it.
#[test]
fn the_table_pairs_no_ballot_with_its_way_its_number_or_its_id() {
    let rules = rules(MethodKind::Approval);
    let shared = |poll: &Poll| {
        let text = file(&rules, poll);
        text.lines()
            .filter(|line| !line.starts_with("\"Empreinte"))
            .map(|line| line.to_owned() + "\n")
            .collect::<String>()
    };
    let one = by_ways(&rules, [3, 4, 9], 1);
    let mut two = by_ways(&rules, [3, 4, 9], 0x9e37_79b9_7f4a_7c15);
    assert_eq!(shared(&one), shared(&two), "other ids, the same table");
    // The same contents, all cast at the urn except the void paper.
    let moved = two.urn.ballots().enumerate().map(|(number, ballot)| match ballot.content {
        Content::Void(_) => ballot.clone(),
        Content::Vote(_) => Ballot {
            id: BallotId::random(Token(u64::try_from(number).expect("small")), Token(3)),
            way: VotingChannel::Urn,
            ..ballot.clone()
        },
    });
    two.urn = moved.collect();
    assert_eq!(shared(&one), shared(&two), "other ways, the same table");
    let text = file(&rules, &one);
    assert!(text.contains("\"Bulletins identiques\";"), "{text}");
    assert!(one.urn.ballots().all(|ballot| !text.contains(&ballot.id.to_string())));
    for way in ["rne", "éléphone", "apier"] {
        assert!(!text.contains(way), "{text}");
    }
    // With four voters, each knows one of the ballots.
    assert!(!file(&rules, &by_ways(&rules, [4, 0, 0], 1)).contains("identiques"));
}

#[test]
fn the_ballots_in_the_table_can_be_counted_again() {
    let rules = rules(MethodKind::Approval);
    let poll = by_ways(&rules, [6, 7, 8], 1);
    let tally = Tally::of(&rules, &poll.urn);
    let told = tables::ballots(&rules, &tally, &poll.urn, &|option| option.to_string());
    let told = told.expect("enough ballots");
    let yes = |option: usize| -> usize {
        let rows = told.rows.iter().filter(|row| row[option + 1] == "Oui");
        rows.map(|row| row[0].parse::<usize>().expect("a number")).sum()
    };
    let Outcome::Approval(approval) = &tally.outcome else { panic!("another method") };
    let counted: Vec<_> =
        approval.approvals.iter().map(|count| usize::try_from(*count).expect("small")).collect();
    assert_eq!((0..3).map(yes).collect::<Vec<_>>(), counted);
}
