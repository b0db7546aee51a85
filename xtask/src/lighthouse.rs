//! Lighthouse's view of the first visit on a phone.
//!
//! Its simulation of a slow phone on a slow line starts from measurements on this machine, so a busy
//! machine looks like a slower phone. That can only lower a score: one
//! run that reaches the goal shows that the page does, and where the first does not, the median of
//! five decides. The reports stay in `target/lighthouse/`, as pages to look at and as JSON.

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::{
    budget, command, folders,
    markdown_table::markdown_table,
    project::Project,
    serve,
    tools::{
        chromium::{Chromium, FLAGS},
        npm,
    },
};

/// How many runs a median is taken of, and how often those runs are repeated.
const RUNS: usize = 5;
const ATTEMPTS: usize = 3;

const CATEGORIES: [(&str, &str); 4] = [
    ("performance", "performance"),
    ("accessibility", "accessibility"),
    ("best-practices", "best practices"),
    ("seo", "SEO"),
];

/// The audits that are printed for each run.
const AUDITS: [(&str, &str); 4] = [
    ("first-contentful-paint", "FCP"),
    ("largest-contentful-paint", "LCP"),
    ("total-blocking-time", "TBT"),
    ("speed-index", "speed index"),
];

/// One run.
struct Run {
    /// Of 100, in the order of [`CATEGORIES`].
    scores: [u32; CATEGORIES.len()],
    /// In milliseconds, in the order of [`AUDITS`].
    times: [f64; AUDITS.len()],
    layout_shift: f64,
    requests: usize,
    /// As transferred, headers included.
    bytes: u64,
    /// Lighthouse's benchmark of this machine; a phone of some years ago has about 500.
    machine: f64,
}

/// The runs of one state, with the version of Lighthouse.
pub(crate) struct Audit {
    pub(crate) version: String,
    runs: Vec<Run>,
}

/// Has Lighthouse visit `dist/`, prints the scores and fails below 100.
pub(crate) fn check(project: &Project, chromium: &Chromium) -> Result<()> {
    let url = serve::start(project.dist())?;
    let audit = visit(project, chromium, &url, 1)?;
    println!("\n{}", audit.table());
    audit.judge_counts()?;
    match audit.judge_scores() {
        Err(error) => {
            println!("Measuring again, for a median: {error}.");
            measure(project, chromium)?.judge()
        }
        reached => reached,
    }
}

/// Has Lighthouse visit `dist/` as often as a median needs, and prints the scores.
pub(crate) fn measure(project: &Project, chromium: &Chromium) -> Result<Audit> {
    let url = serve::start(project.dist())?;
    let mut attempt = 1;
    loop {
        let audit = visit(project, chromium, &url, RUNS)?;
        println!("\n{}", audit.table());
        match audit.judge_scores() {
            Err(error) if attempt < ATTEMPTS => println!("Measuring again: {error}."),
            _ => return Ok(audit),
        }
        attempt += 1;
    }
}

fn visit(project: &Project, chromium: &Chromium, url: &str, runs: usize) -> Result<Audit> {
    let folder = project.target("lighthouse");
    folders::make_empty(&folder)?;
    let mut audit = Audit { version: String::new(), runs: Vec::new() };
    for run in 1..=runs {
        let mut lighthouse = npm::program(project, "lighthouse/cli/index.js");
        lighthouse
            .args([url, "--quiet", "--no-enable-error-reporting"])
            .args(["--form-factor=mobile", "--throttling-method=simulate"])
            .args(["--output=json", "--output=html", "--output-path"])
            .arg(folder.join(format!("run-{run}")))
            .arg(format!("--chrome-flags={}", FLAGS.join(" ")))
            .env("CHROME_PATH", &chromium.browser);
        command::run(&mut lighthouse)?;
        let report = fs::read_to_string(folder.join(format!("run-{run}.report.json")))
            .context("Lighthouse left no report")?;
        let report: Value = serde_json::from_str(&report)?;
        report["lighthouseVersion"].as_str().unwrap_or_default().clone_into(&mut audit.version);
        audit.runs.push(Run::read(&report)?);
    }
    Ok(audit)
}

impl Run {
    fn read(report: &Value) -> Result<Self> {
        if let Some(error) = report.pointer("/runtimeError/message").and_then(Value::as_str) {
            bail!("Lighthouse could not visit the page: {error}");
        }
        let number = |pointer: &str| {
            let value = report.pointer(pointer).and_then(Value::as_f64);
            value.with_context(|| format!("Lighthouse's report lacks {pointer}"))
        };
        let mut scores = [0; CATEGORIES.len()];
        for (score, (id, _)) in scores.iter_mut().zip(CATEGORIES) {
            *score = hundredths(number(&format!("/categories/{id}/score"))?);
        }
        let mut times = [0.0; AUDITS.len()];
        for (time, (id, _)) in times.iter_mut().zip(AUDITS) {
            *time = number(&format!("/audits/{id}/numericValue"))?;
        }
        let log = report.pointer("/audits/network-requests/details/items");
        let log = log.and_then(Value::as_array).context("the report has no network log")?;
        // As in `budget.rs`: the visit does not wait for the files that a service worker stores.
        let of_page = |request: &&Value| {
            let is_sent = request["url"].as_str().is_some_and(|url| url.starts_with("http"));
            is_sent && request["sessionTargetType"].as_str().is_none_or(|target| target == "page")
        };
        let sent: Vec<_> = log.iter().filter(of_page).collect();
        Ok(Self {
            scores,
            times,
            layout_shift: number("/audits/cumulative-layout-shift/numericValue")?,
            requests: sent.len(),
            bytes: sent.iter().filter_map(|request| request["transferSize"].as_u64()).sum(),
            machine: number("/environment/benchmarkIndex")?,
        })
    }
}

/// A score as Lighthouse shows it: it has two decimals.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a score is between 0 and 1"
)]
fn hundredths(score: f64) -> u32 {
    (score * 100.0).round() as u32
}

impl Audit {
    /// A row for each run, and one of the medians.
    pub(crate) fn table(&self) -> String {
        let mut head = vec!["run".to_owned()];
        head.extend(CATEGORIES.iter().chain(&AUDITS).map(|(_, name)| (*name).to_owned()));
        head.extend(["CLS", "requests", "bytes", "machine"].map(str::to_owned));
        let row = |name: String, run: &Run| {
            let mut row = vec![name];
            row.extend(run.scores.map(|score| score.to_string()));
            row.extend(run.times.map(|time| format!("{time:.0} ms")));
            row.push(format!("{:.3}", run.layout_shift));
            row.extend([run.requests.to_string(), run.bytes.to_string()]);
            row.push(format!("{:.0}", run.machine));
            row
        };
        let mut rows = vec![head];
        rows.extend(self.runs.iter().enumerate().map(|(at, run)| row((at + 1).to_string(), run)));
        rows.push(row("median".to_owned(), &self.median()));
        markdown_table(&rows)
    }

    fn median(&self) -> Run {
        let middle = |of: &dyn Fn(&Run) -> f64| {
            let mut values: Vec<_> = self.runs.iter().map(of).collect();
            values.sort_unstable_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or_default()
        };
        let mut scores = [0; CATEGORIES.len()];
        for (at, score) in scores.iter_mut().enumerate() {
            *score = hundredths(middle(&|run| f64::from(run.scores[at]) / 100.0));
        }
        let mut times = [0.0; AUDITS.len()];
        for (at, time) in times.iter_mut().enumerate() {
            *time = middle(&|run| run.times[at]);
        }
        Run {
            scores,
            times,
            layout_shift: middle(&|run| run.layout_shift),
            // These do not differ; if they did, the most would count.
            requests: self.runs.iter().map(|run| run.requests).max().unwrap_or_default(),
            bytes: self.runs.iter().map(|run| run.bytes).max().unwrap_or_default(),
            machine: middle(&|run| run.machine),
        }
    }

    /// Whether the first visit is as it should be.
    pub(crate) fn judge(&self) -> Result<()> {
        self.judge_counts()?;
        self.judge_scores()
    }

    /// Whether each median is 100.
    fn judge_scores(&self) -> Result<()> {
        let median = self.median();
        for ((_, name), score) in CATEGORIES.iter().zip(median.scores) {
            ensure!(
                score == 100,
                "the median of Lighthouse's score for {name} is {score}, not 100"
            );
        }
        Ok(())
    }

    /// Whether nothing moved, and no more was loaded than may be. No run may differ in this.
    fn judge_counts(&self) -> Result<()> {
        for run in &self.runs {
            ensure!(run.layout_shift == 0.0, "the page moves: CLS {}", run.layout_shift);
            let are_few = run.requests <= budget::REQUESTS;
            ensure!(are_few, "a first visit sends {} requests", run.requests);
            let is_small = run.bytes <= budget::LIMIT as u64;
            ensure!(is_small, "a first visit transfers {} bytes", run.bytes);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report(performance: f64) -> Value {
        let mut report = json!({
            "environment": { "benchmarkIndex": 1500 },
            "audits": {
                "cumulative-layout-shift": { "numericValue": 0 },
                "network-requests": { "details": { "items": [
                    { "url": "http://127.0.0.1/", "sessionTargetType": "page", "transferSize": 900 },
                    { "url": "data:,x", "sessionTargetType": "page", "transferSize": 0 },
                    { "url": "http://127.0.0.1/manifest.webmanifest", "sessionTargetType": "page",
                      "transferSize": 600 },
                    { "url": "http://127.0.0.1/a", "sessionTargetType": "service_worker",
                      "transferSize": 7000 },
                ] } },
            },
        });
        for (id, _) in CATEGORIES {
            report["categories"][id]["score"] = json!(1);
        }
        report["categories"]["performance"]["score"] = json!(performance);
        for (id, _) in AUDITS {
            report["audits"][id]["numericValue"] = json!(1200.4);
        }
        report
    }

    fn audit(performances: &[f64]) -> Result<Audit> {
        let runs = performances.iter().map(|score| Run::read(&report(*score)));
        Ok(Audit { version: "12".to_owned(), runs: runs.collect::<Result<_>>()? })
    }

    #[test]
    fn a_bad_run_or_two_of_five_do_not_count() -> Result<()> {
        assert!(audit(&[1.0, 0.93, 1.0, 0.97, 1.0])?.judge_scores().is_ok());
        let failed = audit(&[1.0, 0.93, 0.99, 0.97, 1.0])?.judge_scores();
        let said = "the median of Lighthouse's score for performance is 99, not 100";
        assert_eq!(failed.map_err(|error| error.to_string()), Err(said.to_owned()));
        Ok(())
    }

    #[test]
    fn what_the_page_asks_for_counts_and_what_a_service_worker_stores_does_not() -> Result<()> {
        let audit = audit(&[1.0])?;
        assert_eq!((audit.runs[0].requests, audit.runs[0].bytes), (2, 1500));
        assert!(audit.judge_counts().is_ok());
        Ok(())
    }

    #[test]
    fn a_request_or_a_byte_too_many_fails_at_once() -> Result<()> {
        let judged = |requests, bytes| -> Result<bool> {
            let mut audit = audit(&[1.0, 1.0])?;
            (audit.runs[1].requests, audit.runs[1].bytes) = (requests, bytes);
            Ok(audit.judge_counts().is_ok())
        };
        let limit = budget::LIMIT as u64;
        assert!(judged(budget::REQUESTS, limit)?);
        assert!(!judged(budget::REQUESTS + 1, limit)?);
        assert!(!judged(budget::REQUESTS, limit + 1)?);
        Ok(())
    }

    #[test]
    fn a_page_that_moves_fails_at_once() -> Result<()> {
        let mut audit = audit(&[1.0, 1.0])?;
        audit.runs[1].layout_shift = 0.01;
        assert!(audit.judge_counts().is_err());
        Ok(())
    }

    #[test]
    fn what_could_not_be_visited_is_told() {
        let report = json!({ "runtimeError": { "message": "no page" } });
        let error = Run::read(&report).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("Lighthouse could not visit the page: no page"));
    }
}
