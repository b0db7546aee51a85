//! Checks the packages that the app and its tools are made of: their licences, their
//! sources, versions that stand twice, and published weaknesses.
//!
//! Licences, sources and versions are read from the lock file and the crates. Weaknesses are listed by
//! databases on the network. A database that cannot be reached is printed and is no failure: work
//! without a network must go on.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Result, bail};
use serde_json::Value;

use crate::{
    command, paths,
    project::Project,
    tools::{cargo_tools, npm},
};

/// The database is some megabytes; this is long enough for a slow line.
const FETCH_TIMEOUT: Duration = Duration::from_secs(120);

/// Installs cargo-deny.
pub(crate) fn ensure(project: &Project) -> Result<()> {
    cargo_tools::ensure_deny(project).map(drop)
}

/// Checks the crates against `deny.toml`, and against `RustSec`'s database where it can be had.
pub(crate) fn crates(project: &Project) -> Result<()> {
    let program = cargo_tools::ensure_deny(project)?;
    // All platforms' crates, which the check reads the licences of.
    command::run(project.command("cargo").args(["fetch", "--locked", "--quiet"]))?;
    let deny = |words: &[&str]| {
        let mut deny = project.command(&program);
        deny.args(["--workspace", "--locked"]).args(words);
        deny
    };
    let strict = ["check", "-D", "unnecessary-skip", "-D", "license-exception-not-encountered"];
    command::run(&mut deny(&[&strict[..], &["bans", "licenses", "sources"]].concat()))?;
    let fetched = command::run_within(&mut deny(&["fetch", "db"]), FETCH_TIMEOUT).is_ok();
    // A database that was fetched before knows the weaknesses of that day.
    let folder = paths::cargo_home(project)?.join("advisory-dbs");
    let former = if fetched { None } else { fetched_into(&folder) };
    if let Some(folder) = &former {
        println!("RustSec's database cannot be fetched; asking the one in {}.", folder.display());
    }
    if fetched || former.is_some() {
        return command::run(&mut deny(&["check", "--disable-fetch", "advisories"]));
    }
    not_checked("crates", "RustSec's database of advisories cannot be fetched here");
    Ok(())
}

/// The database in a folder of downloads; one that was fetched completely is a checkout.
fn fetched_into(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    let mut folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
    folders.find(|folder| folder.join("crates").is_dir())
}

/// Asks npm's registry for known weaknesses of the packages of `package-lock.json`.
pub(crate) fn packages(project: &Project) -> Result<()> {
    // It fails both when it finds weaknesses and when it cannot ask; only its output says which.
    let answer = npm::audit(project)?;
    match Answer::read(&answer) {
        Answer::Clean => println!("npm knows of no weakness in the packages of package-lock.json."),
        Answer::Found(found) => bail!("npm knows of weaknesses: {}", found.join(", ")),
        Answer::None(why) => not_checked("npm packages", &why),
    }
    Ok(())
}

fn not_checked(what: &str, why: &str) {
    println!("NOT CHECKED for published weaknesses: {what}. {why}.");
}

/// The report of `npm audit --json`, version 2.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    Clean,
    /// Each package with how bad it is.
    Found(Vec<String>),
    /// The registry gave no report, and why.
    None(String),
}

impl Answer {
    fn read(printed: &str) -> Self {
        let report: Value = serde_json::from_str(printed).unwrap_or_default();
        let Some(weak) = report["vulnerabilities"].as_object() else {
            let why = report["message"].as_str().unwrap_or("npm printed no report");
            return Self::None(format!("The registry gave no report: {why}"));
        };
        if weak.is_empty() {
            return Self::Clean;
        }
        let severity = |report: &Value| report["severity"].as_str().unwrap_or("?").to_owned();
        let found = weak.iter().map(|(name, report)| format!("{name} ({})", severity(report)));
        Self::Found(found.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_counts_that_was_fetched_whole() -> Result<()> {
        let place = std::env::temp_dir().join(format!("jalons-advisories-{}", std::process::id()));
        fs::create_dir_all(place.join("half"))?;
        assert_eq!(fetched_into(&place), None);
        fs::create_dir_all(place.join("whole/crates"))?;
        assert_eq!(fetched_into(&place), Some(place.join("whole")));
        fs::remove_dir_all(&place)?;
        assert_eq!(fetched_into(&place), None);
        Ok(())
    }

    #[test]
    fn an_empty_report_is_clean() {
        let printed = r#"{"auditReportVersion":2,"vulnerabilities":{},"metadata":{}}"#;
        assert_eq!(Answer::read(printed), Answer::Clean);
    }

    #[test]
    fn each_weak_package_is_named_with_how_bad_it_is() {
        let printed = r#"{"auditReportVersion":2,"vulnerabilities":{
            "left":{"name":"left","severity":"high","via":[]},
            "right":{"name":"right","severity":"low","via":[]}}}"#;
        let found = ["left (high)", "right (low)"].map(str::to_owned).to_vec();
        assert_eq!(Answer::read(printed), Answer::Found(found));
    }

    #[test]
    fn a_registry_that_does_not_tell_is_not_taken_for_a_clean_report() {
        let printed =
            r#"{"message":"405 Method Not Allowed","statusCode":405,"body":"","error":{}}"#;
        let why = "The registry gave no report: 405 Method Not Allowed".to_owned();
        assert_eq!(Answer::read(printed), Answer::None(why));
        assert!(matches!(Answer::read(""), Answer::None(_)));
    }
}
