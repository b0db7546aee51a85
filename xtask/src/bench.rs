//! `cargo xtask bench`: how time grows with the records, and what the charts cost.
//!
//! Ratios and counts are held to limits. Times are printed beside them and depend on the machine
//! and on what else it does.

pub(crate) mod growth;
mod peers;
mod share;

use anyhow::{Result, bail};

use crate::{command, e2e, project::Project, split, tools::chromium::Chromium};

/// Prints how much of the built module draws, and measures the charts of `dist/` in the browser.
pub(crate) fn charts(project: &Project, chromium: &Chromium) -> Result<()> {
    println!("\n{}", share::Share::of(&split::compiled(project)?)?.table());
    command::run(&mut e2e::playwright(project, chromium, "tests/bench")?)
}

/// Measures this app beside others, prints the tables and fails when a goal is missed.
pub(crate) fn peers(project: &Project, chromium: &Chromium) -> Result<()> {
    let comparison = peers::measure(project, chromium)?;
    println!("\n{}", comparison.tables()?);
    let misses = comparison.misses()?;
    if !misses.is_empty() {
        bail!("goals that are missed:\n  {}", misses.join("\n  "));
    }
    Ok(())
}
