//! The result of a consultation as tables: the same on screen, in the minutes and in spreadsheets,
//! so that they cannot differ.

use std::collections::BTreeMap;

use crate::codec::fingerprint::Fingerprint;
use crate::domain::consultation::{
    Ballot, Choice, Content, Grade, Poll, Rules, Urn, Vote, VotingChannel,
};
use crate::domain::convention::Convention;
use crate::domain::shares::Shares;
use crate::domain::voting::{Outcome, Ranking, Robustness, Tally};

use crate::text::consultation as shared;
use crate::text::outcome::{self as words, counting};
use crate::text::{minutes, shell, tables as heads};

/// The channels, in the order of their columns.
const WAYS: [VotingChannel; 3] =
    [VotingChannel::Urn, VotingChannel::Phone, VotingChannel::Paper(0)];

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TallyTable {
    /// The headings of the columns.
    pub head: Vec<String>,
    /// The rows, with one cell per heading; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}

/// An option with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The option, as an index into the rules.
    pub option: usize,
    /// Its place.
    pub place: usize,
    /// Whether it shares the place.
    pub tied: bool,
}

/// Every option, by place.
#[must_use]
pub fn placed(ranking: &Ranking) -> Vec<Placed> {
    let mut place = 1;
    let mut placed = Vec::new();
    for options in ranking.places() {
        let tied = options.len() > 1;
        placed.extend(options.iter().map(|&option| Placed { option, place, tied }));
        place += options.len();
    }
    placed
}

/// The full name of an option: « 1.2.1 · Favoriser… », « A · Un marché ».
#[must_use]
pub fn name(rules: &Rules, convention: &Convention, option: usize) -> String {
    let Some(choice) = rules.options().get(option) else { return String::new() };
    let short = shared::short(choice, rules.options());
    [&short, " · ", &shared::option(choice, convention)].concat()
}

/// The everyday name of an option: « École et familles ».
#[must_use]
pub fn everyday(rules: &Rules, convention: &Convention, option: usize) -> String {
    let choice = rules.options().get(option);
    choice.map(|choice| shared::everyday(choice, convention)).unwrap_or_default()
}

/// The label of an option in a chart: its everyday name, or its short name where its text is too long
/// for that.
#[must_use]
pub fn label(rules: &Rules, convention: &Convention, option: usize) -> String {
    let item = match rules.options().get(option) {
        Some(Choice::Item(id)) => convention.find(*id),
        _ => None,
    };
    let has_name = item.is_some_and(|item| item.short_name().is_some());
    if has_name { everyday(rules, convention, option) } else { short(rules, option) }
}

/// The short name of an option.
#[must_use]
pub fn short(rules: &Rules, option: usize) -> String {
    let choice = rules.options().get(option);
    choice.map(|choice| shared::short(choice, rules.options())).unwrap_or_default()
}

/// Every option, by the name from `named`, with its place and score.
#[must_use]
pub fn result(tally: &Tally, named: &dyn Fn(usize) -> String) -> TallyTable {
    let mut head = vec![heads::option().to_owned(), heads::place().to_owned()];
    head.extend(heads::result_columns(&tally.outcome));
    let row = |placed: Placed| {
        let place = words::place_of(placed.place, placed.tied);
        let mut row = vec![named(placed.option), place];
        row.extend(cells(tally, placed.option));
        row
    };
    TallyTable { head, rows: placed(&tally.ranking()).into_iter().map(row).collect() }
}

fn cells(tally: &Tally, option: usize) -> Vec<String> {
    match &tally.outcome {
        Outcome::Dots(dots) => {
            [dots.totals[option], dots.supporters[option]].map(|count| count.to_string()).into()
        }
        Outcome::Approval(approval) => {
            [approval.approvals[option], approval.votes].map(|count| count.to_string()).into()
        }
        Outcome::Judgment(judgment) => {
            let majority = judgment.gauge(option).map(|gauge| shared::grade(gauge.majority));
            let counts = Grade::ALL.map(|grade| judgment.count(option, grade).to_string());
            std::iter::once(majority.unwrap_or_default().to_owned()).chain(counts).collect()
        }
        Outcome::Ranking { schulze, borda } => vec![
            words::won(&schulze.pairwise, option).to_string(),
            words::points(borda.half_points[option]),
        ],
    }
}

/// Pairwise comparisons, by place; `None` for other methods.
#[must_use]
pub fn duels(tally: &Tally, named: &dyn Fn(usize) -> String) -> Option<TallyTable> {
    let Outcome::Ranking { schulze, .. } = &tally.outcome else { return None };
    let order: Vec<_> = placed(&tally.ranking()).iter().map(|placed| placed.option).collect();
    let mut head = vec![heads::option().to_owned()];
    head.extend(order.iter().map(|&option| named(option)));
    let row = |&own: &usize| {
        let cell = |&other: &usize| {
            let count = schulze.pairwise[own][other];
            if own == other { String::new() } else { count.to_string() }
        };
        std::iter::once(named(own)).chain(order.iter().map(cell)).collect()
    };
    Some(TallyTable { head, rows: order.iter().map(row).collect() })
}

/// The place of every option by each method.
#[must_use]
pub fn methods(
    tally: &Tally,
    robustness: &Robustness,
    named: &dyn Fn(usize) -> String,
) -> TallyTable {
    let mut head = vec![heads::option().to_owned()];
    head.extend(robustness.rows.iter().map(|(rule, _)| counting::rule(*rule).to_owned()));
    let row = |placed: Placed| {
        let cell = |(_, ranking): &_| {
            let places: &Ranking = ranking;
            let shares = places.places().iter().find(|place| place.contains(&placed.option));
            let tied = shares.is_some_and(|place| place.len() > 1);
            words::place_of(places.place_of(placed.option), tied)
        };
        std::iter::once(named(placed.option)).chain(robustness.rows.iter().map(cell)).collect()
    };
    TallyTable { head, rows: placed(&tally.ranking()).into_iter().map(row).collect() }
}

/// The votes for each global objective, by channel too if that may be shown.
#[must_use]
pub fn families(rules: &Rules, convention: &Convention, shares: &Shares) -> TallyTable {
    let used = |way: &usize| shares.tells_ways() && shares.groups[*way] > 0;
    let mut head = vec![
        words::families_objective().to_owned(),
        words::families_options().to_owned(),
        counting::voices(rules.method()).to_owned(),
    ];
    head.extend((0..WAYS.len()).filter(used).map(|way| shared::way(WAYS[way]).to_owned()));
    let whole = shares.voices();
    let row = |share: &crate::domain::shares::Share| {
        let global = convention.globals().iter().find(|global| global.code == share.family);
        let title = global.map(|global| global.title.as_str()).unwrap_or_default();
        let mut row = vec![
            words::family(share.family, title),
            share.options.to_string(),
            words::share(share.voices, whole),
        ];
        for way in (0..WAYS.len()).filter(used) {
            let group = shares.families.iter().map(|share| share.by_way[way]).sum();
            row.push(words::share(share.by_way[way], group));
        }
        row
    };
    TallyTable { head, rows: shares.families.iter().map(row).collect() }
}

/// The spreadsheet to share: the result, the comparisons if there are any, the contents of ballots,
/// and the source line. It links no ballot to its channel, number or id.
#[must_use]
pub fn file(
    poll: &Poll,
    rules: &Rules,
    convention: &Convention,
    tally: &Tally,
    fingerprint: &Fingerprint,
) -> Vec<Vec<String>> {
    // One value per cell, and none that a spreadsheet would display differently.
    let spelled = |option: usize| match rules.options().get(option) {
        Some(Choice::Item(id)) => shell::item_name(*id),
        _ => heads::own_option(&short(rules, option)),
    };
    let head = [heads::option(), heads::wording(), heads::place(), heads::tied()];
    let mut head: Vec<_> = head.map(str::to_owned).into();
    head.extend(heads::result_columns(&tally.outcome));
    if let Outcome::Ranking { .. } = tally.outcome {
        // Whole numbers instead of halves, which a spreadsheet would read as text.
        head.pop();
        head.push(heads::half_points().to_owned());
    }
    let mut rows = vec![head];
    for placed in placed(&tally.ranking()) {
        let option = placed.option;
        let wording = rules.options().get(option).map(|choice| shared::option(choice, convention));
        let tied = heads::yes_or_no(placed.tied);
        let mut row = vec![spelled(option), wording.unwrap_or_default()];
        row.extend([placed.place.to_string(), tied.to_owned()]);
        row.extend(cells(tally, option));
        if let Outcome::Ranking { borda, .. } = &tally.outcome {
            row.pop();
            row.push(borda.half_points[option].to_string());
        }
        rows.push(row);
    }
    if let Some(duels) = duels(tally, &spelled) {
        rows.extend([vec![String::new()], vec![words::duel_caption().to_owned()], duels.head]);
        rows.extend(duels.rows);
    }
    let told = ballots(rules, tally, &poll.urn, &spelled);
    if let Some(told) = told {
        rows.extend([vec![String::new()], vec![words::ballots_caption().to_owned()], told.head]);
        rows.extend(told.rows);
    }
    let fact = |name: &str, value: String| vec![name.to_owned(), value];
    rows.extend([
        vec![String::new()],
        fact(heads::consultation(), rules.title().to_string()),
        fact(heads::question(), rules.question().to_string()),
        fact(heads::method(), shared::method(rules.method().kind()).to_owned()),
        fact(heads::ballots(), words::turnout(&tally.turnout)),
        fact(heads::fingerprint(), fingerprint.spoken()),
        fact(heads::whole_fingerprint(), fingerprint.whole()),
    ]);
    if let Some(conclusion) = poll.consultation.conclusion() {
        rows.push(fact(heads::conclusion(), conclusion.text.to_string()));
    }
    rows
}

/// Counts of ballots by channel and result; only the totals if one channel is small.
#[must_use]
pub fn turnout(rules: &Rules, urn: &Urn) -> TallyTable {
    let mut counts = [[0_usize; 4]; 3];
    for ballot in urn.ballots() {
        let way = match ballot.way {
            VotingChannel::Urn => 0,
            VotingChannel::Phone => 1,
            VotingChannel::Paper(_) => 2,
        };
        let kind = match &ballot.content {
            Content::Vote(Vote::Blank) => 1,
            Content::Void(_) => 2,
            Content::Vote(vote) if rules.allow(vote).is_err() => 3,
            Content::Vote(_) => 0,
        };
        counts[way][kind] += 1;
    }
    let tells = Tally::of(rules, urn).turnout.tells_ways();
    let names = [minutes::counted(), minutes::blank(), minutes::void(), minutes::refused()];
    // No screen creates an invalid ballot, so the column appears only if a file has brought some.
    let kinds = if counts.iter().any(|way| way[3] > 0) { 4 } else { 3 };
    let row = |name: &str, counts: &[usize]| {
        let all: usize = counts.iter().sum();
        let cells = counts[..kinds].iter().copied().chain([all]).map(|count| count.to_string());
        std::iter::once(name.to_owned()).chain(cells).collect()
    };
    let head = std::iter::once(minutes::way()).chain(names[..kinds].iter().copied());
    let told = (0..WAYS.len()).filter(|_| tells);
    let mut rows: Vec<Vec<String>> =
        told.map(|way| row(shared::way(WAYS[way]), &counts[way])).collect();
    let sums = [0, 1, 2, 3].map(|kind| counts.iter().map(|way| way[kind]).sum());
    rows.push(row(minutes::all(), &sums));
    TallyTable { head: head.chain([minutes::all()]).map(str::to_owned).collect(), rows }
}

/// The reasons of void ballots, in alphabetical order and without their numbers: a person who was
/// given a paper knows its number, and others may know it too.
#[must_use]
pub fn voids(urn: &Urn) -> Vec<String> {
    let reason = |ballot: &Ballot| match &ballot.content {
        Content::Void(reason) => Some(words::void(reason)),
        Content::Vote(_) => None,
    };
    let mut voids: Vec<_> = urn.ballots().filter_map(reason).collect();
    voids.sort_unstable();
    voids
}

/// The distinct contents of counted ballots, by the names from `named`, with their numbers: enough
/// to count again, without channel, number or order. `None` if there are so few that a voter could
/// guess a neighbour's.
#[must_use]
pub fn ballots(
    rules: &Rules,
    tally: &Tally,
    urn: &Urn,
    named: &dyn Fn(usize) -> String,
) -> Option<TallyTable> {
    if !tally.turnout.tells_ballots() {
        return None;
    }
    let mut alike = BTreeMap::<&Vote, usize>::new();
    for vote in urn.votes().filter(|vote| rules.allow(vote).is_ok()) {
        *alike.entry(vote).or_default() += 1;
    }
    let mut alike: Vec<_> = alike.into_iter().collect();
    alike.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let options = 0..rules.options().len();
    let head = std::iter::once(words::ballots_alike().to_owned()).chain(options.clone().map(named));
    let row = |(vote, count): (&Vote, usize)| {
        let cells = options.clone().map(|option| mark(vote, option));
        std::iter::once(count.to_string()).chain(cells).collect()
    };
    Some(TallyTable { head: head.collect(), rows: alike.into_iter().map(row).collect() })
}

/// The content of a ballot for one option, for a spreadsheet; empty if nothing was chosen.
fn mark(vote: &Vote, option: usize) -> String {
    let number = |number: u8| if number == 0 { String::new() } else { number.to_string() };
    match vote {
        Vote::Dots(dots) => number(dots.get(option).copied().unwrap_or_default()),
        Vote::Approval(approved) if approved.get(option) == Some(&true) => shared::yes().to_owned(),
        Vote::Blank | Vote::Approval(_) => String::new(),
        Vote::Judgment(grades) => {
            let grade = grades.get(option).copied().flatten();
            grade.map(shared::grade).unwrap_or_default().to_owned()
        }
        Vote::Ranking(ranks) => number(ranks.get(option).copied().flatten().unwrap_or_default()),
    }
}
