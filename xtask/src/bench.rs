//! `cargo xtask bench`: how time grows with the records, the cost of charts, waiting times in use, and
//! the app and others side by side.
//!
//! Ratios, counts and waiting times are held to limits. All other times are printed; they depend on the
//! machine and its load.

pub(crate) mod growth;
mod peers;
mod report;
mod usage;

use std::fs;

use anyhow::{Context, Result, bail};

use crate::{budget, command, e2e, lighthouse, project::Project, serve, tools::chromium::Chromium};
use peers::Comparison;
use usage::Usage;

/// How often waiting times are measured. Other programs can only make them longer.
const ATTEMPTS: usize = 3;

/// Everything that is measured in the browser.
pub(crate) fn all(project: &Project, chromium: &Chromium) -> Result<()> {
    // One that fails does not keep the others from being seen.
    let failed = [charts, usage, peers].into_iter().filter_map(|measure| {
        let error = measure(project, chromium).err()?;
        Some(format!("{error:#}"))
    });
    judged("limits that did not hold", &failed.collect::<Vec<_>>())
}

/// Measures the charts of `dist/` in the browser.
pub(crate) fn charts(project: &Project, chromium: &Chromium) -> Result<()> {
    command::run(&mut e2e::playwright(
        project,
        chromium,
        "tests/bench",
        &serve::start(project.dist())?,
    ))
}

/// Measures this app and others side by side, prints the tables and fails when a goal is missed.
pub(crate) fn peers(project: &Project, chromium: &Chromium) -> Result<()> {
    judged("goals that are missed", &compare(project, chromium)?.misses()?)
}

/// Measures waiting times in use and the growth of memory; fails above the limits.
pub(crate) fn usage(project: &Project, chromium: &Chromium) -> Result<()> {
    judged("limits that did not hold", &use_it(project, chromium)?.excess())
}

/// Measures all that `BENCHMARKS.md` holds and writes it, whatever came out; then fails when
/// something did not hold.
pub(crate) fn write(project: &Project, chromium: &Chromium) -> Result<()> {
    let budget = budget::check(project, chromium);
    let audit = lighthouse::measure(project, chromium)?;
    let usage = use_it(project, chromium)?;
    let comparison = compare(project, chromium)?;
    let text = report::text(project, &audit, &usage, &comparison)?;
    fs::write(project.root().join("BENCHMARKS.md"), text)
        .context("BENCHMARKS.md could not be written")?;
    println!("BENCHMARKS.md is written.");
    let mut misses = usage.excess();
    misses.extend(comparison.misses()?);
    misses.extend([budget, audit.judge()].into_iter().filter_map(|held| {
        let error = held.err()?;
        Some(format!("{error:#}"))
    }));
    judged("limits that did not hold", &misses)
}

fn compare(project: &Project, chromium: &Chromium) -> Result<Comparison> {
    let comparison = peers::measure(project, chromium)?;
    println!("\n{}", comparison.tables()?);
    Ok(comparison)
}

fn use_it(project: &Project, chromium: &Chromium) -> Result<Usage> {
    let mut usage = usage::measure(project, chromium)?;
    println!("\n{}", usage.tables());
    for _ in 1..ATTEMPTS {
        if usage.excess().is_empty() {
            break;
        }
        println!("Measuring the waiting times again.");
        usage = usage.or_better(usage::measure(project, chromium)?);
        println!("\n{}", usage.tables());
    }
    Ok(usage)
}

/// Nothing, or a failure with a line for each.
fn judged(what: &str, misses: &[String]) -> Result<()> {
    if !misses.is_empty() {
        bail!("{what}:\n  {}", misses.join("\n  "));
    }
    Ok(())
}
