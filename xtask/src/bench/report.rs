//! `BENCHMARKS.md`: the figures of one state, with the machine and the commands.

use std::{fmt::Write as _, fs, thread};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{peers::Comparison, usage::Usage};
use crate::{columns::aligned, command, lighthouse::Audit, project::Project};

/// The whole file.
pub(super) fn text(
    project: &Project,
    audit: &Audit,
    usage: &Usage,
    comparison: &Comparison,
) -> Result<String> {
    let mut text = HEAD.to_owned();
    writeln!(text, "{}", machine(project, audit, comparison))?;
    write!(text, "## The first visit\n\n{}\n", first_visit(project)?)?;
    write!(text, "## Lighthouse {}\n\n{LIGHTHOUSE}\n{}\n", audit.version, audit.table())?;
    write!(text, "## In use\n\n{USE}\n{}\n", usage.tables())?;
    write!(text, "## Beside others\n\n{PEERS}\n{}", comparison.tables()?)?;
    let mut misses = usage.excess();
    misses.extend(comparison.misses()?);
    if let Err(error) = audit.judge() {
        misses.push(error.to_string());
    }
    if misses.is_empty() {
        text.push_str("## What misses its goal\n\nNothing.\n");
    } else {
        write!(text, "## What misses its goal\n\n- {}\n", misses.join("\n- "))?;
    }
    Ok(text)
}

const HEAD: &str = "\
# Benchmarks

Written by `cargo xtask bench --write`; change the measurements in `tests/bench/` and `xtask/src/`,
and never this file. Bytes and counts are those of this state. Times are those of this machine while
it was measured, whatever else it did then: compare those of one table with each other.

`cargo xtask bench` also measures how time grows with the records and what the charts cost
([CONTRIBUTING.md](CONTRIBUTING.md)); what it holds there are ratios, which it prints.

";

const LIGHTHOUSE: &str = "\
`cargo xtask lighthouse`, which is a step of `cargo xtask test`: a phone on a slow line as Lighthouse
simulates them. The medians of the scores have to be 100, CLS 0 in each run. The last column is what
Lighthouse finds the machine to be worth; the simulation starts from there. The reports lie in
`target/lighthouse/`.
";

const USE: &str = "\
`cargo xtask bench --use`: the processor slowed down four times. A deed is a tick, on the *Bilan* a
choice of what its charts show; it counts from the click to the first frame after it that was painted.
98 of 100 have to take less than 50 ms, and no task more than that.
";

const PEERS: &str = "\
`cargo xtask bench --peers`: this app, TiddlyWiki's empty edition as one file with a tiddler for each
marker, a sheet of x-data-spreadsheet with a row for each, and a hand-written page with the same list
(`tests/bench/peers/twin/`), in turn in one run of one browser. The processor is slowed down four times,
the line has 1.6 Mbit/s and 150 ms for each answer. Medians of three rounds; *ratio* is ours over theirs.
The goals are 1.00 against the first two on every row, and 1.15 against the twin on ticks and filters.

- **Bytes** are those of a first visit to the first screen, as transferred: brotli, with headers.
- **Until a tick works**: the page is tapped every 50 ms from its beginning, each time on the next marker,
  until it shows a tick.
- **A tick or a filter to paint** is made in the page, in all of them: by a click, by the change of a
  choice, in the sheet by its own functions. It counts to the first frame that was painted with what it
  changes. The filter leaves the first objective of several; it is the sheet's own on a column.
- **Memory** is what is in use after a collection: scripts, the page's elements and styles, buffers, and
  all memory of WebAssembly. What was painted is not in it.
- TiddlyWiki stores nothing by itself; the others store each tick.
";

/// What it was measured on, without naming it.
fn machine(project: &Project, audit: &Audit, comparison: &Comparison) -> String {
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let mut words = vec![format!("{cores} cores")];
    words.extend(memory().map(|gigabytes| format!("{gigabytes} GiB of memory")));
    words.push(format!("{} on {}", std::env::consts::OS, std::env::consts::ARCH));
    words.push(format!("Chromium {}", comparison.browser));
    words.push(format!("Lighthouse {}", audit.version));
    let node = command::output(project.command("node").arg("--version"));
    words.extend(node.map(|node| format!("Node {}", node.trim_start_matches('v'))));
    let state = command::output(project.command("git").args(["rev-parse", "--short=10", "HEAD"]));
    let state = state.map_or_else(String::new, |commit| format!(" Measured after {commit}."));
    format!("Machine: {}.{state}\n", words.join(", "))
}

/// In whole gibibytes, where the system tells it.
fn memory() -> Option<u64> {
    total(&fs::read_to_string("/proc/meminfo").ok()?)
}

fn total(meminfo: &str) -> Option<u64> {
    let kilobytes = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: u64 = kilobytes.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some((kilobytes + (1 << 19)) >> 20)
}

/// The files of a first visit, from the list that the budget leaves.
fn first_visit(project: &Project) -> Result<String> {
    let list = fs::read_to_string(project.target("first-load.json"))?;
    let list: Value = serde_json::from_str(&list).context("the list of the first visit")?;
    let files = list["files"].as_array().context("the first visit loads no file")?;
    let mut rows = vec![["file", "bytes", "brotli"].map(str::to_owned).to_vec()];
    let row = |name: &str, entry: &Value| {
        vec![name.to_owned(), entry["bytes"].to_string(), entry["brotli"].to_string()]
    };
    rows.extend(files.iter().map(|file| row(file["file"].as_str().unwrap_or_default(), file)));
    let chunks = list["later"].as_array().map(Vec::as_slice).unwrap_or_default();
    let greatest = chunks.iter().filter_map(|chunk| chunk["brotli"].as_u64()).max();
    Ok(format!(
        "`cargo xtask budget`: {} bytes of {} allowed, in {} files. The greatest of {} chunks that load \
         later has {}.\n\n{}",
        list["brotli"],
        list["limit"],
        files.len(),
        chunks.len(),
        greatest.unwrap_or_default(),
        aligned(&rows)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_rounded_to_what_is_printed_on_the_box() {
        assert_eq!(total("MemTotal:       16315892 kB\nMemFree: 1 kB\n"), Some(16));
        assert_eq!(total("nothing"), None);
    }
}
