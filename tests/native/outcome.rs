//! What a result is carried away as, and what its tables say.

use jalons::codec::csv;
use jalons::codec::fingerprint::Fingerprint;
use jalons::convention::convention;
use jalons::domain::consultation::{
    Ballot, BallotId, Consultation, ConsultationId, Content, Grade, MethodKind, Poll, Reason,
    Rules, RulesDraft, Urn, Vote, Way,
};
use jalons::domain::stamp::{DeviceId, Instant, Token};
use jalons::domain::voting::{Robustness, Tally};
use jalons::text::tally_tables as tables;

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
        way: if number % 2 == 0 { Way::Urn } else { Way::Phone },
        content: Content::Vote(vote.clone()),
    };
    let id = ConsultationId(Token(7));
    let void = Ballot {
        id: BallotId::paper(id, 3),
        way: Way::Paper(3),
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
    let methods = tables::methods(&rules, &tally, &robustness);
    assert!(methods.rows.iter().all(|row| row.len() == 1 + robustness.rows.len()));
    assert!(methods.head.contains(&"Comparaisons (Schulze)".to_owned()));
}

#[test]
fn every_ballot_is_told_by_its_way_and_a_void_one_with_its_reason() {
    let rules = rules(MethodKind::Approval);
    let yes = Vote::Approval(vec![true, false, false]);
    let poll = poll(&rules, &[yes.clone(), yes, Vote::Blank]);
    let turnout = tables::turnout(&rules, &poll.urn);
    assert_eq!(turnout.head[1..], ["Comptés", "Blancs", "Nuls", "Ensemble"]);
    assert_eq!(turnout.rows[0][1..], ["1", "1", "0", "2"]);
    assert_eq!(turnout.rows[3][1..], ["2", "1", "1", "4"]);
    assert_eq!(tables::voids(&poll.urn), ["Bulletin papier n° 3\u{a0}: deux croix"]);
}
