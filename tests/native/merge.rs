//! The laws of merging and of its plan.

use std::collections::BTreeMap;

use jalons::codec::carnet::{Selection, to_json};
use jalons::convention::convention;
use jalons::domain::journal::{Action, ActionContext, Journal, Kind, Merging, Verdict};
use jalons::domain::record::{Body, Record, RecordId};
use jalons::domain::stamp::{DeviceId, Instant, Token};
use proptest::prelude::*;

use crate::arbitrary::{cases, journal, record};

fn merged(one: &Journal, other: &Journal) -> Journal {
    let mut merged = one.clone();
    merged.merge(other.records().cloned());
    merged
}

/// The exported file of a whole journal.
fn export(journal: &Journal) -> String {
    let all = Selection { with_private: true, ..Selection::default() };
    to_json(convention(), &all.of(journal)).expect("JSON")
}

/// Merges the journals in groups; `keys` determine the partition and the order.
fn grouped(journals: &[Journal], keys: &[u8]) -> Journal {
    let mut groups: BTreeMap<u8, Vec<&Journal>> = BTreeMap::new();
    for (journal, key) in journals.iter().zip(keys) {
        groups.entry(key % 3).or_default().insert(0, journal);
    }
    let join = |journals: Vec<&Journal>| {
        journals.into_iter().fold(Journal::default(), |all, one| merged(&all, one))
    };
    groups.into_values().map(join).fold(Journal::default(), |all, one| merged(&one, &all))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        (a, b, c) in (journal(), journal(), journal())
    ) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
        let both = merged(&a, &b);
        prop_assert_eq!(merged(&both, &b), both);
    }

    /// Any order and grouping of any number of journals exports the same bytes.
    #[test]
    fn any_order_and_grouping_gives_the_same_bytes(
        (journals, keys) in proptest::collection::vec((journal(), any::<u8>()), 0..6)
            .prop_map(|pairs| pairs.into_iter().unzip::<_, _, Vec<_>, Vec<_>>())
    ) {
        let in_order = journals.iter().fold(Journal::default(), |all, one| merged(&all, one));
        let otherwise = grouped(&journals, &keys);
        prop_assert_eq!(export(&in_order), export(&otherwise));
    }

    /// Of all versions offered, the one with the greatest stamp is held; a deletion wins or loses
    /// by the same rule as an edit.
    #[test]
    fn the_greatest_stamp_stays(records in proptest::collection::vec(record(), 1..20)) {
        let journal: Journal = records.iter().cloned().collect();
        for record in &records {
            let held = journal.get(record.id()).expect("some version is held");
            prop_assert!(held.stamp() >= record.stamp());
            prop_assert!(held.stamp() > record.stamp() || held.body() >= record.body());
            prop_assert!(records.contains(held));
        }
    }

    /// A plan predicts the merge, and changes nothing itself.
    #[test]
    fn a_plan_tells_what_the_merge_does(
        (held, files) in (journal(), proptest::collection::vec(journal(), 1..4))
    ) {
        let mut merging = Merging::default();
        let plans: Vec<_> = files
            .iter()
            .map(|file| merging.plan(convention(), &held, file.records().cloned().map(Ok)))
            .collect();
        let mut merged = held.clone();
        for (file, plan) in files.iter().zip(&plans) {
            let mut expected = [[0_usize; 5]; 5];
            let before = merged.clone();
            for record in file.records() {
                let verdict = match Verdict::of(before.get(record.id()), record) {
                    Verdict::New => 0,
                    Verdict::Identical => 1,
                    Verdict::Newer => 2,
                    Verdict::Older => 3,
                    Verdict::Conflict { .. } => 4,
                };
                expected[kind(record)][verdict] += 1;
            }
            for (kind, expected) in Kind::ALL.into_iter().zip(expected) {
                let tally = plan.tally(kind);
                let counts =
                    [tally.new, tally.identical, tally.newer, tally.older, tally.conflicts];
                prop_assert_eq!(counts, expected);
            }
            merged.merge(file.records().cloned());
            let changed = merged.records().filter(|r| before.get(r.id()) != Some(r)).count();
            prop_assert_eq!(plan.changes(), changed);
        }
        let mut by_plan = held.clone();
        by_plan.merge(merging.finish());
        prop_assert_eq!(by_plan, merged);
    }

    /// The plan has the loser of a conflict, and restoring it wins on every device.
    #[test]
    fn the_loser_of_a_conflict_can_be_restored((mine, theirs) in (journal(), journal())) {
        let mut here = mine.clone();
        let offered = theirs.records().cloned().map(Ok);
        let conflicts = Merging::default().plan(convention(), &mine, offered).conflicts;
        here.merge(theirs.records().cloned());
        for record in theirs.records() {
            let differ = mine.get(record.id()).is_some_and(|held| {
                held.stamp().edit == record.stamp().edit && held.body() != record.body()
            });
            let told = conflicts.iter().any(|conflict| conflict.winner.id() == record.id());
            prop_assert_eq!(differ, told);
        }
        for conflict in conflicts {
            let id = conflict.loser.id();
            prop_assert_eq!(here.get(id), Some(&conflict.winner));
            let context = ActionContext {
                now: Instant(0),
                today: "2021-03-12".parse().expect("a day"),
                device: DeviceId(Token(9)),
                token: Token(9),
            };
            here.apply(convention(), Action::Restore(conflict.loser.clone()), &context)
                .expect("it differs from what is held");
            let there = merged(&theirs, &here);
            prop_assert_eq!(there.get(id).map(Record::body), Some(conflict.loser.body()));
        }
    }

    /// Rolling a merge back restores the journal, and keeps later changes.
    #[test]
    fn a_merge_is_taken_back_as_if_it_had_never_been(
        (held, file, since) in (journal(), journal(), proptest::option::of(record()))
    ) {
        let mut journal = held.clone();
        let merge = journal.merge(file.records().cloned());
        let merged = journal.clone();
        let mut expected = held.clone();
        let mut changed_since = 0;
        if let Some(record) = since.filter(|record| journal.get(record.id()) != Some(record)) {
            let id = record.id();
            journal.merge([record]);
            let merged = merge.written(&merged);
            let after = merged.into_iter().find(|record| record.id() == id);
            let now = journal.get(id).expect("held");
            if after.is_some_and(|after| after != now) {
                changed_since = 1;
            }
            if after.is_none() || changed_since == 1 {
                expected.merge([now.clone()]);
            }
        }
        let rolled_back = journal.roll_back(&merge);
        prop_assert_eq!(rolled_back.changed_since, changed_since);
        prop_assert_eq!(&journal, &expected);
        // A roll-back that was interrupted after removing records can be repeated.
        let put_back = rolled_back.restored.iter().map(Record::id).collect::<Vec<_>>();
        journal.forget(|id| put_back.contains(&id));
        journal.roll_back(&merge);
        prop_assert_eq!(journal, expected);
    }
}

fn kind(record: &Record) -> usize {
    match (record.body(), record.id()) {
        (Body::Deleted, _) => 4,
        (_, RecordId::Observation(_)) => 0,
        (_, RecordId::Note(_)) => 1,
        (_, RecordId::FollowUp(_)) => 2,
        (_, RecordId::Device(_)) => 3,
    }
}
