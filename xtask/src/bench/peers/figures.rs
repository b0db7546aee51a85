//! The figures of this app and of others: the tables, and the missed goals.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::markdown_table::markdown_table;

/// The one that is compared.
const OURS: &str = "jalons";

/// The others, their names for people, and the most that ours may be of theirs: on every row, or
/// only on repeated actions. The twin does a small part of what the app does, so it
/// may well be smaller.
const PEERS: [(&str, &str, f64, Held); 3] = [
    ("tiddlywiki", "TiddlyWiki", 1.0, Held::Everything),
    ("sheet", "spreadsheet", 1.0, Held::Everything),
    ("twin", "twin", 1.15, Held::Actions),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Everything,
    Actions,
}

/// A measured quantity: its key in the figures, its name, its unit, and whether it is an action.
struct Measure {
    key: &'static str,
    name: &'static str,
    unit: Unit,
    is_action: bool,
}

#[derive(Clone, Copy)]
enum Unit {
    Bytes,
    Count,
    Milliseconds,
}

const fn row(key: &'static str, name: &'static str, unit: Unit, is_action: bool) -> Measure {
    Measure { key, name, unit, is_action }
}

const MEASURES: [Measure; 9] = [
    row("bytes", "bytes", Unit::Bytes, false),
    row("requests", "requests", Unit::Count, false),
    row("firstPaint", "first contentful paint", Unit::Milliseconds, false),
    row("firstTick", "until a tick works", Unit::Milliseconds, false),
    row("tick", "tick to paint, median", Unit::Milliseconds, true),
    row("tickAtWorst", "tick to paint, 98 of 100", Unit::Milliseconds, true),
    row("narrowing", "filter to paint", Unit::Milliseconds, true),
    row("widening", "filter taken back to paint", Unit::Milliseconds, true),
    row("memory", "memory after 1,000 ticks", Unit::Bytes, false),
];

/// All figures of one run.
pub(crate) struct Comparison {
    /// The version of the browser that it was measured in.
    pub(crate) browser: String,
    results: Vec<Value>,
}

impl Comparison {
    /// Reads the file that the measuring tests leave.
    ///
    /// # Errors
    /// When a figure is missing.
    pub(crate) fn read(text: &str) -> Result<Self> {
        let file: Value = serde_json::from_str(text).context("the figures are no JSON")?;
        let browser = file["browser"].as_str().unwrap_or_default().to_owned();
        let results = file["results"].as_array().cloned().context("there are no figures")?;
        let comparison = Self { browser, results };
        for size in comparison.sizes() {
            for app in apps() {
                for measure in MEASURES {
                    comparison.figure(app, size, &measure)?;
                }
            }
        }
        Ok(comparison)
    }

    fn sizes(&self) -> Vec<u64> {
        let mut sizes: Vec<_> =
            self.results.iter().filter_map(|result| result["size"].as_u64()).collect();
        sizes.sort_unstable();
        sizes.dedup();
        sizes
    }

    fn figure(&self, app: &str, size: u64, measure: &Measure) -> Result<f64> {
        let of = |result: &&Value| result["app"] == app && result["size"] == size;
        let result = self.results.iter().find(of);
        let figure = result.and_then(|result| result[measure.key].as_f64());
        let figure = figure.filter(|figure| *figure > 0.0);
        figure.with_context(|| format!("{} of {app} at {size} was not measured", measure.name))
    }

    /// A table for each size, in which each figure of another stands before ours over theirs, and one
    /// of how each grows; as Markdown, which reads well enough as plain text.
    ///
    /// # Errors
    /// Never: all figures were there when they were read.
    pub(crate) fn tables(&self) -> Result<String> {
        let mut text = String::new();
        for size in self.sizes() {
            let mut rows = vec![vec![format!("{} markers", counted(size)), OURS.to_owned()]];
            rows[0].extend(
                PEERS.iter().flat_map(|(_, name, ..)| [(*name).to_owned(), "ratio".to_owned()]),
            );
            for measure in MEASURES {
                let ours = self.figure(OURS, size, &measure)?;
                let mut row = vec![measure.name.to_owned(), measure.unit.said(ours)];
                for peer in PEERS {
                    let theirs = self.figure(peer.0, size, &measure)?;
                    let miss = if misses(peer, &measure, ours, theirs) { " miss" } else { "" };
                    row.extend([measure.unit.said(theirs), format!("{:.2}{miss}", ours / theirs)]);
                }
                rows.push(row);
            }
            writeln!(text, "{}", markdown_table(&rows))?;
        }
        writeln!(text, "{}", self.growth()?)?;
        Ok(text)
    }

    fn growth(&self) -> Result<String> {
        let sizes = self.sizes();
        let (Some(&few), Some(&many)) = (sizes.first(), sizes.last()) else {
            bail!("there are no figures");
        };
        let mut rows =
            vec![vec![format!("{} over {} markers", counted(many), counted(few)), OURS.to_owned()]];
        rows[0].extend(PEERS.map(|(_, name, ..)| name.to_owned()));
        for measure in MEASURES {
            let mut row = vec![measure.name.to_owned()];
            for app in apps() {
                let [few, many] =
                    [self.figure(app, few, &measure)?, self.figure(app, many, &measure)?];
                row.push(format!("{:.2}", many / few));
            }
            rows.push(row);
        }
        Ok(markdown_table(&rows))
    }

    /// The goals that are missed, a sentence each.
    ///
    /// # Errors
    /// Never: all figures were there when they were read.
    pub(crate) fn misses(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for size in self.sizes() {
            for peer in PEERS {
                for measure in MEASURES {
                    let ours = self.figure(OURS, size, &measure)?;
                    let theirs = self.figure(peer.0, size, &measure)?;
                    if misses(peer, &measure, ours, theirs) {
                        found.push(format!(
                            "{} at {} markers: {} against {} of {}, {:.2} times as much",
                            measure.name,
                            counted(size),
                            measure.unit.said(ours),
                            measure.unit.said(theirs),
                            peer.1,
                            ours / theirs
                        ));
                    }
                }
            }
        }
        Ok(found)
    }
}

fn misses(
    (_, _, limit, held): (&str, &str, f64, Held),
    measure: &Measure,
    ours: f64,
    theirs: f64,
) -> bool {
    (held == Held::Everything || measure.is_action) && ours / theirs > limit
}

fn apps() -> impl Iterator<Item = &'static str> {
    [OURS].into_iter().chain(PEERS.map(|(app, ..)| app))
}

impl Unit {
    fn said(self, figure: f64) -> String {
        match self {
            Self::Bytes => format!("{:.1} kB", figure / 1e3),
            Self::Count => format!("{figure:.0}"),
            Self::Milliseconds => format!("{figure:.1} ms"),
        }
    }
}

/// With a comma at the thousands.
fn counted(number: u64) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn figures(ours: f64, twins: f64) -> String {
        let result = |app: &str, size: u64, tick: f64| {
            let mut result = json!({ "app": app, "size": size });
            for measure in MEASURES {
                result[measure.key] = json!(if measure.is_action { tick } else { 50.0 });
            }
            result
        };
        let of = |size| {
            apps().map(move |app| match app {
                OURS => result(app, size, ours),
                "twin" => result(app, size, twins),
                _ => result(app, size, 20.0),
            })
        };
        let results: Vec<_> = of(105).chain(of(10_000)).collect();
        json!({ "browser": "1.2.3", "results": results }).to_string()
    }

    #[test]
    fn the_twin_may_be_a_little_faster_and_no_other_app() -> Result<()> {
        assert!(Comparison::read(&figures(20.0, 18.0))?.misses()?.is_empty());
        let misses = Comparison::read(&figures(20.0, 17.0))?.misses()?;
        assert_eq!(misses.len(), 8);
        assert_eq!(
            misses[0],
            "tick to paint, median at 105 markers: 20.0 ms against 17.0 ms of twin, 1.18 times as much"
        );
        let misses = Comparison::read(&figures(21.0, 21.0))?.misses()?;
        assert_eq!(misses.len(), 16, "four actions, two sizes, two others");
        Ok(())
    }

    #[test]
    fn the_tables_say_every_figure_and_how_it_grows() -> Result<()> {
        let tables = Comparison::read(&figures(30.0, 20.0))?.tables()?;
        assert!(tables.contains("| 10,000 markers"), "{tables}");
        assert!(tables.contains("| 30.0 ms |    20.0 ms | 1.50 miss |"), "{tables}");
        assert!(tables.contains("| 10,000 over 105 markers"), "{tables}");
        Ok(())
    }

    #[test]
    fn a_figure_that_was_not_measured_is_told() {
        let file = json!({ "results": [{ "app": OURS, "size": 105 }] }).to_string();
        let error = Comparison::read(&file).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("bytes of jalons at 105 was not measured"));
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([105, 1_000, 10_000].map(counted), ["105", "1,000", "10,000"]);
    }
}
