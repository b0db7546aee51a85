//! Keys for paper ballots: each key has one meaning, whatever the options' names.

use std::collections::BTreeSet;

use jalons::domain::consultation::{
    BLANK, Choice, Grade, Keyed, MethodKind, Rules, RulesDraft, VOID, Vote, parse_line,
};
use jalons::text::{consultation, paper};
use proptest::prelude::*;
use proptest::sample::select;

use crate::arbitrary::cases;

fn rules() -> impl Strategy<Value = Rules> {
    let own = "[A-Za-z0-9/*é]{1,3}|[Bb]anc|[Bb]lanc|[Nn]ul|x|Un marché";
    let items = select(vec![vec![], vec!["1.1.1"], vec!["1.2.1", "2.1.1-m1"]]);
    // Names that look the same are refused, which is frequent for short ones, so duplicates are
    // removed.
    let own = proptest::collection::vec(own, 4..30).prop_map(|mut own| {
        let mut seen = BTreeSet::new();
        own.retain(|name: &String| seen.insert(name.to_lowercase()));
        own
    });
    (items, own, select(&MethodKind::ALL)).prop_filter_map("complete", |(items, own, method)| {
        let items = items.into_iter().map(|id: &str| id.parse().expect(id)).collect();
        let draft = RulesDraft {
            title: "Titre".into(),
            question: "Question ?".into(),
            items,
            own,
            method,
            ..RulesDraft::default()
        };
        draft.check().ok()
    })
}

/// All meanings of a token on the paper and on the keying screen.
fn meanings(rules: &Rules, token: &str) -> Vec<String> {
    let mut meanings = Vec::new();
    if token == BLANK {
        meanings.push("blank".to_owned());
    }
    if token.starts_with(VOID) {
        meanings.push("void".to_owned());
    }
    if rules.method().kind() == MethodKind::Judgment {
        for (grade, digit) in Grade::ALL.into_iter().zip("6543210".chars()) {
            if [paper::initial(grade), &digit.to_string()]
                .iter()
                .any(|key| key.eq_ignore_ascii_case(token))
            {
                meanings.push(format!("{grade:?}"));
            }
        }
        if token == "-" {
            meanings.push("no mention".to_owned());
        }
    } else {
        meanings.extend(
            (1..=rules.options().len()).filter(|n| token.parse() == Ok(*n)).map(|n| n.to_string()),
        );
    }
    let known = rules.options().iter().filter_map(paper::known);
    meanings.extend(known.filter(|code| code.eq_ignore_ascii_case(token)));
    meanings
}

/// A complete line made of this token: a judgment needs a mark for each option.
fn line(rules: &Rules, token: &str) -> String {
    match rules.method().kind() {
        MethodKind::Judgment if ![BLANK, "*"].contains(&&token[..token.len().min(1)]) => {
            vec![token; rules.options().len()].join(" ")
        }
        _ => token.to_owned(),
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_key_that_is_taken_means_two_things(rules in rules(), token in "[A-Za-z]|[A-Z][0-9]|[0-9]{1,2}|[-/=+]|\\*[a-z]{1,3}|blanc|nul|1\\.1\\.1") {
        let meanings = meanings(&rules, &token);
        let taken = parse_line(&rules, &line(&rules, &token));
        prop_assert!(taken.is_err() || meanings.len() == 1, "{token}: {meanings:?}, {taken:?}");
        match taken {
            Ok(Keyed::Void(_)) => prop_assert_eq!(&meanings[0], "void"),
            Ok(Keyed::Vote(Vote::Blank)) => prop_assert_eq!(&meanings[0], "blank"),
            _ => {}
        }
    }

    /// The letters that results use for own options are not keys, neither for these options nor for
    /// a blank or void ballot. Regression: `b` was both.
    #[test]
    fn letters_of_options_are_never_read_as_blank_or_void(rules in rules()) {
        for choice in rules.options() {
            if matches!(choice, Choice::Own(_)) {
                prop_assert_eq!(paper::known(choice), None);
            }
            let short = consultation::short(choice, rules.options()).to_lowercase();
            for line in [short.clone(), format!("{short} rayé")] {
                let read = parse_line(&rules, &line);
                prop_assert!(!matches!(read, Ok(Keyed::Void(_) | Keyed::Vote(Vote::Blank))), "{line}");
            }
        }
    }
}

#[test]
fn a_line_is_said_in_full_before_it_is_kept() {
    let draft = RulesDraft {
        title: "Titre".into(),
        question: "Question ?".into(),
        items: vec!["1.1.1".parse().expect("an id")],
        own: vec!["Un four".into(), "Banc".into()],
        method: MethodKind::Dots,
        each: Some(3),
        ..RulesDraft::default()
    };
    let rules = draft.check().expect("complete");
    let texts = ["Accueillir".to_owned(), "Un four".to_owned(), "Banc".to_owned()];
    let said = |line| parse_line(&rules, line).map(|keyed| paper::understood(&keyed, &texts));
    assert_eq!(
        said("3 1 3").expect("dots"),
        ["3. Banc\u{a0}: 2 gommettes", "1. Accueillir\u{a0}: 1 gommette"]
    );
    assert_eq!(said("/").expect("blank"), ["Vote blanc"]);
    assert_eq!(said("* rayé").expect("void"), ["Nul\u{a0}: rayé"]);
    assert!(said("b").is_err() && said("x rayé").is_err() && said("blanc").is_err());
}
