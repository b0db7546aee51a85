//! The npm packages: Playwright and axe for the end-to-end tests, TypeScript to check them, binaryen and
//! esbuild, which make the app small, and workbox, which stores it for offline use.
//!
//! `npm ci` installs exactly `package-lock.json`; a copy of that file in `node_modules` tells later
//! starts that there is nothing to do.

use std::{fs, process::Command};

use anyhow::{Context, Error, Result};

use super::system_package::SystemPackage;
use crate::{command, project::Project};

/// The oldest Node that the pinned packages run on.
const NODE: u32 = 20;

const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

const WHY: &str =
    "binaryen and esbuild make the app small, workbox works offline and Playwright tests it";

const NODE_PACKAGE: SystemPackage = SystemPackage {
    name: "Node",
    why: WHY,
    debian: &["nodejs", "npm"],
    others: [
        "brew install node",
        "winget install OpenJS.NodeJS.LTS",
        "sudo dnf install nodejs npm",
    ],
};

/// Installs the packages of the lock file unless they are there.
pub(crate) fn ensure(project: &Project) -> Result<()> {
    let lock = fs::read(project.root().join("package-lock.json"))
        .context("package-lock.json could not be read")?;
    let stamp = project.root().join("node_modules/.installed-lock.json");
    require_node(project)?;
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    super::announce("the packages of package-lock.json with npm", WHY);
    require_npm(project)?;
    command::run(
        project
            .command(NPM)
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )
    .map_err(|error| super::missing("the packages of package-lock.json", WHY, error, "npm ci"))?;
    fs::write(&stamp, lock).context("node_modules could not be marked as complete")
}

/// The JSON report of `npm audit`, also when the audit failed.
pub(crate) fn audit(project: &Project) -> Result<String> {
    require_npm(project)?;
    let output = project
        .command(NPM)
        .args(["audit", "--json", "--loglevel=silent"])
        .output()
        .context("npm could not be started")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A program of a package, started by Node itself so that it is found alike on every system.
pub(crate) fn program(project: &Project, script: &str) -> Command {
    let mut command = project.command("node");
    command.arg(project.root().join("node_modules").join(script));
    command
}

/// A program that its package may replace by a native one, which Node cannot start. It is started as
/// the system starts it, by the link that npm made.
pub(crate) fn executable(project: &Project, name: &str) -> Command {
    let file = if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() };
    project.command(project.root().join("node_modules/.bin").join(file))
}

fn require_npm(project: &Project) -> Result<()> {
    command::output(project.command(NPM).arg("--version"))
        .map(drop)
        .ok_or_else(|| missing_node("npm, which comes with Node", "it is not on PATH"))
}

fn require_node(project: &Project) -> Result<()> {
    let version = command::output(project.command("node").arg("--version"));
    if version.as_deref().and_then(major).is_some_and(|major| major >= NODE) {
        return Ok(());
    }
    let found = version.map_or_else(|| "none".to_owned(), |version| format!("only {version}"));
    Err(missing_node(&format!("Node {NODE} or newer"), &format!("{found} is on PATH")))
}

fn missing_node(what: &str, obstacle: &str) -> Error {
    super::missing(what, WHY, obstacle, &NODE_PACKAGE.by_hand())
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read_from_what_it_prints() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("command not found"), None);
    }
}
