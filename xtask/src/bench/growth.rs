//! Does ten times the records, or ballots, cost more than ten times the time?
//!
//! Criterion measures each operation at two sizes, and their quotient is held to a limit. The times
//! themselves depend on the machine and its load.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{command, folders, project::Project};

/// The operations that each folder of `benches` measures.
const BENCHES: [(&str, &[&str]); 2] = [
    ("carnet", &["planning", "merging", "exporting", "importing"]),
    ("voting", &["dots", "approval", "judgment", "ranking"]),
];

/// How many records each of the hundred journals has, or ballots each of the hundred urns.
const SMALL: usize = 1_000;
const LARGE: usize = 10_000;

/// How many times the time of the small ones the large ones may take.
const LIMIT: f64 = 11.0;

/// How often an operation above the limit is measured. Another program that runs meanwhile can
/// only make one look worse.
const ATTEMPTS: usize = 3;

/// The medians of one operation, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Growth {
    small: f64,
    large: f64,
}

impl Growth {
    fn ratio(self) -> f64 {
        self.large / self.small
    }
}

/// Measures, prints the table, and fails when an operation grows too fast.
pub(crate) fn measure(project: &Project) -> Result<()> {
    let mut growths = BTreeMap::new();
    let mut again: Vec<_> = operations().collect();
    for attempt in 1..=ATTEMPTS {
        run(project, &again)?;
        for operation in &again {
            let growth = read(project, operation)?;
            let best = growths.entry(*operation).or_insert(growth);
            if growth.ratio() < best.ratio() {
                *best = growth;
            }
        }
        println!("\n{}", table(&growths));
        again.retain(|operation| growths[operation].ratio() > LIMIT);
        if again.is_empty() {
            return Ok(());
        }
        if attempt < ATTEMPTS {
            println!("\nMeasuring again the operations above {LIMIT}: {}.", again.join(", "));
        }
    }
    bail!("ten times as many cost more than {LIMIT} times the time: {}", again.join(", "))
}

fn run(project: &Project, operations: &[&str]) -> Result<()> {
    let folder = project.target("criterion");
    folders::remove(&folder)?;
    for (bench, measured) in BENCHES {
        if !measured.iter().any(|operation| operations.contains(operation)) {
            continue;
        }
        let chosen = format!("^({})/", operations.join("|"));
        let mut cargo = project.command("cargo");
        cargo.args(["bench", "--locked", "--package", "jalons", "--bench", bench, "--"]);
        cargo.args(["--quiet", &chosen]);
        // The memory of WebAssembly never shrinks either: it is fetched once and not at every
        // round.
        cargo.env("MALLOC_TRIM_THRESHOLD_", "4000000000").env("MALLOC_MMAP_MAX_", "0");
        command::run(cargo.env("CRITERION_HOME", &folder))?;
    }
    Ok(())
}

fn operations() -> impl Iterator<Item = &'static str> {
    BENCHES.iter().flat_map(|(_, operations)| operations.iter().copied())
}

fn read(project: &Project, operation: &str) -> Result<Growth> {
    let median = |size: usize| {
        let path = format!("criterion/{operation}/{size}/new/estimates.json");
        let path = project.target(&path);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{operation} at {size} was not measured"))?;
        self::median(&text).with_context(|| format!("{} has no median", path.display()))
    };
    Ok(Growth { small: median(SMALL)?, large: median(LARGE)? })
}

/// The median in one of criterion's files, in nanoseconds.
fn median(estimates: &str) -> Option<f64> {
    let estimates: Value = serde_json::from_str(estimates).ok()?;
    estimates.pointer("/median/point_estimate")?.as_f64().filter(|median| *median > 0.0)
}

fn table(growths: &BTreeMap<&str, Growth>) -> String {
    let mut lines = vec![
        format!(
            "Medians for 100 journals or 100 urns; at most {LIMIT} times the time for ten times \
             as many."
        ),
        "The times are this machine's at this moment, whatever else it did.".to_owned(),
        format!("  {:<10} {:>12} {:>12} {:>7}", "operation", "1,000 each", "10,000", "ratio"),
    ];
    for operation in operations() {
        let Some(growth) = growths.get(operation) else { continue };
        lines.push(format!(
            "  {operation:<10} {:>9.1} ms {:>9.1} ms {:>7.2}",
            growth.small / 1e6,
            growth.large / 1e6,
            growth.ratio()
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_read_from_what_criterion_writes() {
        let written = r#"{"mean":{"point_estimate":9.0},"median":{"point_estimate":2.5e6}}"#;
        assert_eq!(median(written), Some(2.5e6));
        assert_eq!(median(r#"{"median":{"point_estimate":0.0}}"#), None);
        assert_eq!(median("half a fi"), None);
    }

    #[test]
    fn the_table_shows_how_an_operation_grows() {
        let growth = Growth { small: 2e6, large: 21e6 };
        let table = table(&BTreeMap::from([("merging", growth)]));
        assert!(table.ends_with("  merging          2.0 ms      21.0 ms   10.50"), "{table}");
    }
}
