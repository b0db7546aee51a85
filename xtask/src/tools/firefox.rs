//! Firefox and geckodriver, in which the main journeys are made a second time.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};

use super::{apt, cargo_tools};
use crate::{command, project::Project};

/// The extended support release comes first: it is what public offices have.
const NAMES: [&str; 2] = ["firefox-esr", "firefox"];
const ELSEWHERE: &str = "/Applications/Firefox.app/Contents/MacOS/firefox";

/// An installed browser and its driver, which cargo compiled: Debian packages none.
pub(crate) struct Firefox {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds both, or installs the browser from Debian and the driver with cargo.
pub(crate) fn ensure(project: &Project) -> Result<Firefox> {
    let browser = match find() {
        Some(browser) => browser,
        None => install(project)?,
    };
    Ok(Firefox { browser, driver: cargo_tools::ensure_geckodriver(project)? })
}

fn install(project: &Project) -> Result<PathBuf> {
    const WHY: &str = "the main journeys are made in it, too";
    if apt::is_here() {
        apt::ensure(project, &["firefox-esr"], WHY)?;
        return find().context("the package firefox-esr holds no `firefox-esr`");
    }
    let by_hand = if cfg!(target_os = "macos") {
        "brew install --cask firefox"
    } else if cfg!(windows) {
        "winget install Mozilla.Firefox.ESR"
    } else {
        "sudo dnf install firefox"
    };
    let obstacle = "this command can install it only with apt-get";
    Err(super::missing("Firefox", WHY, obstacle, by_hand))
}

fn find() -> Option<PathBuf> {
    let elsewhere = PathBuf::from(ELSEWHERE);
    env::var_os("JALONS_FIREFOX")
        .map(PathBuf::from)
        .or_else(|| NAMES.into_iter().find_map(command::find))
        .or_else(|| elsewhere.is_file().then_some(elsewhere))
}
