//! Benchmarks of tallying: how time grows with the number of ballots.
//!
//! Each method counts a hundred urns with fifteen options, first with 1,000 ballots each and then
//! with 10,000. `cargo xtask bench` compares the two times. With a hundred urns, both sizes exceed
//! the near caches of a processor, so the ratio measures the work and not the access to memory.
//! Absolute times depend on the machine.

#![cfg(not(target_arch = "wasm32"))]

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use jalons::domain::consultation::{
    Ballot, BallotId, Content, Grade, Method, MethodKind, Rules, RulesDraft, Urn, Vote,
    VotingChannel,
};
use jalons::domain::stamp::Token;
use jalons::domain::voting::Tally;

/// The number of urns.
const URNS: usize = 100;

/// The number of ballots in each urn.
const SIZES: [usize; 2] = [1_000, 10_000];

/// The number of options: the most that is advised.
const OPTIONS: usize = Rules::ADVISED_OPTIONS;

/// The methods, by the names that `cargo xtask bench` reads.
const OPERATIONS: [(&str, MethodKind); 4] = [
    ("dots", MethodKind::Dots),
    ("approval", MethodKind::Approval),
    ("judgment", MethodKind::Judgment),
    ("ranking", MethodKind::Ranking),
];

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(5))
        .configure_from_args();
    for (operation, method) in OPERATIONS {
        let rules = rules(method);
        for size in SIZES {
            let urns = vec![urn(&rules, size); URNS];
            let mut group = criterion.benchmark_group(operation);
            group.sampling_mode(SamplingMode::Flat);
            group.throughput(Throughput::Elements((URNS * size) as u64));
            group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
                bencher.iter(|| {
                    let places = |urn| Tally::of(&rules, urn).ranking().places().len();
                    urns.iter().map(places).sum::<usize>()
                });
            });
            group.finish();
        }
    }
    criterion.final_summary();
}

fn rules(method: MethodKind) -> Rules {
    let draft = RulesDraft {
        title: "Priorités".into(),
        question: "Par quoi commencer ?".into(),
        own: (1..=OPTIONS).map(|option| format!("option {option}")).collect(),
        method,
        ..RulesDraft::default()
    };
    draft.check().expect("complete")
}

/// Randomly filled ballots, the same at every run.
fn urn(rules: &Rules, size: usize) -> Urn {
    let ballot = |number| {
        // `order_for` shuffles the options, so each ballot gets its own order.
        let order = rules.order_for(Token(number));
        let vote = vote(rules.method(), &order);
        rules.allow(&vote).expect("within the rules");
        let id = BallotId::random(Token(number), Token(number));
        Ballot { id, way: VotingChannel::Phone, content: Content::Vote(vote) }
    };
    (0..size as u64).map(ballot).collect()
}

fn vote(method: Method, order: &[usize]) -> Vote {
    let each =
        |resolve: &dyn Fn(usize) -> u8| order.iter().map(|at| resolve(*at)).collect::<Vec<_>>();
    match method {
        Method::Dots { .. } => Vote::Dots(each(&|at| u8::from(at < 3))),
        Method::Approval => Vote::Approval(order.iter().map(|at| *at < 5).collect()),
        Method::Judgment => {
            Vote::Judgment(order.iter().map(|at| Some(Grade::ALL[at % 7])).collect())
        }
        Method::Ranking => Vote::Ranking(
            each(&|at| u8::try_from(at + 1).expect("few")).into_iter().map(Some).collect(),
        ),
    }
}
