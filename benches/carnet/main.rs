//! Benchmarks of merging, planning, exporting and importing: how time grows with the number of
//! records.
//!
//! A hundred people merge their journals, first with 1,000 records each and then with 10,000.
//! `cargo xtask bench` compares the two times. Both sizes exceed the processor's caches, so the
//! ratio measures the work and not the access to memory. Absolute times depend on the machine.

#![cfg(not(target_arch = "wasm32"))]

mod journals;

use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, SamplingMode, Throughput};
use jalons::codec::carnet::{Opened, Selection, open, to_json};
use jalons::convention::convention;
use jalons::domain::journal::{Journal, MergePlan, Merged, Merging};
use jalons::domain::record::Record;

use journals::{JOURNALS, journals};

/// The number of records of each journal.
const SIZES: [usize; 2] = [1_000, 10_000];

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(5))
        .configure_from_args();
    for size in SIZES {
        let files: Vec<_> = journals(size).iter().map(|journal| file(journal)).collect();
        let opened: Vec<_> = files.iter().map(|file| opened(file)).collect();
        let held: Journal = opened[0].records().filter_map(Result::ok).collect();
        let (_, offered) = planning(&held, &opened);
        let (all, _) = merging(held.clone(), offered.clone());
        measure(&mut criterion, "planning", size, || (), |()| planning(&held, &opened));
        let both = || (held.clone(), offered.clone());
        measure(&mut criterion, "merging", size, both, |(held, offered)| merging(held, offered));
        measure(&mut criterion, "exporting", size, || (), |()| exporting(&all));
        measure(&mut criterion, "importing", size, || held.clone(), |held| importing(held, &files));
    }
    criterion.final_summary();
}

/// Measures one operation at one size, without the time for creating its input and dropping its
/// output.
fn measure<I, O>(
    criterion: &mut Criterion,
    operation: &str,
    size: usize,
    input: impl FnMut() -> I + Copy,
    run: impl FnMut(I) -> O + Copy,
) {
    let mut group = criterion.benchmark_group(operation);
    group.sampling_mode(SamplingMode::Flat);
    group.throughput(Throughput::Elements((JOURNALS * size) as u64));
    group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
        bencher.iter_batched(input, run, BatchSize::PerIteration);
    });
    group.finish();
}

/// Plans the merge of a hundred files into the first of them, as shown before anything changes.
/// Records are parsed one by one, as in the app.
fn planning(held: &Journal, files: &[Opened]) -> (Vec<MergePlan>, Vec<Record>) {
    let mut merging = Merging::default();
    let plan = |file: &Opened| merging.plan(convention(), held, file.records());
    let plans: Vec<_> = files.iter().map(plan).collect();
    assert!(plans.iter().all(|plan| plan.refused.is_empty()), "the records are good");
    (plans, merging.finish())
}

/// Merges the planned records, keeping the data for rolling back.
fn merging(mut held: Journal, offered: Vec<Record>) -> (Journal, Merged) {
    let merged = held.merge(offered);
    (held, merged)
}

/// Exports all records as one file.
fn exporting(all: &Journal) -> String {
    let everything = Selection { with_private: true, ..Selection::default() };
    to_json(convention(), &everything.of(all)).expect("records have a JSON form")
}

/// Imports the files completely: opening, planning and merging.
fn importing(held: Journal, files: &[String]) -> (Journal, Merged) {
    let opened: Vec<_> = files.iter().map(|file| opened(file)).collect();
    let (_, offered) = planning(&held, &opened);
    merging(held, offered)
}

fn opened(file: &str) -> Opened {
    open(file.as_bytes(), convention()).expect("a carnet")
}

fn file(records: &[Record]) -> String {
    to_json(convention(), records).expect("records have a JSON form")
}
