//! Whether two clean builds of one commit give the same bytes.
//!
//! Builds the commit in two folders of different names, each with an empty target folder, and compares
//! the two results and their single-file editions file by file. With the same compiler and tools, anyone
//! can check that a published app was built from these sources.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use crate::{command, folders, project::Project, release, single, tools};

/// Names of different lengths: a path left in the module would move the bytes that follow.
const NAMES: [&str; 2] = ["one", "a-second-one"];

/// Builds the present commit twice and fails with the names of the files that differ.
pub(crate) fn run(project: &Project) -> Result<()> {
    tools::for_build(project)?;
    let commit = command::output(project.command("git").args(["rev-parse", "HEAD"]))
        .context("this is no checkout of git")?;
    let changed = command::output(project.command("git").args(["status", "--porcelain"]));
    if changed.is_none_or(|changed| !changed.is_empty()) {
        println!("Uncommitted changes are left out.");
    }
    let place = project.target("reproduce");
    folders::remove(&place)?;
    println!("Building {commit} twice; each takes as long as a first build.");
    let built = NAMES.map(|name| build(project, &place.join(name), &commit));
    let [one, other] = built;
    let differing = differing(&one?, &other?)?;
    if !differing.is_empty() {
        bail!(
            "two builds of {commit} differ, and are left in {}: {}",
            place.display(),
            differing.join(", ")
        );
    }
    folders::remove(&place)?;
    println!("Two builds of {commit} are the same, byte for byte.");
    Ok(())
}

/// Builds a commit in a clone of its own and keeps only the result.
fn build(project: &Project, clone: &Path, commit: &str) -> Result<PathBuf> {
    let mut git = project.command("git");
    command::run(git.args(["clone", "--quiet", "--no-checkout"]).arg(project.root()).arg(clone))?;
    let inside = Project::at(clone, project.tools());
    command::run(inside.command("git").args(["checkout", "--quiet", commit]))?;
    release::build(&inside, tools::for_build(&inside)?)?;
    let file = single::make(&inside)?;
    fs::rename(file, inside.dist().join(single::FILE))?;
    // The compiled crates of both would take gigabytes.
    folders::remove(&inside.target(""))?;
    folders::remove(&clone.join("node_modules"))?;
    Ok(inside.dist())
}

/// The files that only one of two folders has, or that have other bytes.
fn differing(one: &Path, other: &Path) -> Result<Vec<String>> {
    let mut names = BTreeSet::new();
    for folder in [one, other] {
        for file in folders::files(folder)? {
            names.insert(file.strip_prefix(folder)?.to_path_buf());
        }
    }
    let differs = |name: &PathBuf| {
        let read = |folder: &Path| fs::read(folder.join(name)).ok();
        read(one).is_none_or(|bytes| read(other) != Some(bytes))
    };
    let differing = names.into_iter().filter(differs);
    Ok(differing.map(|name| name.to_string_lossy().into_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_missing_or_has_other_bytes_differs() -> Result<()> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        assert_eq!(differing(&source, &source)?, [""; 0]);
        let budget = source.join("budget");
        let found = differing(&source, &budget)?;
        assert!(found.contains(&"main.rs".to_owned()), "{found:?}");
        Ok(())
    }
}
