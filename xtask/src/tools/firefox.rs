//! Firefox and geckodriver, the second engine of the main journeys.

use std::path::PathBuf;

use anyhow::Result;

use super::{
    cargo_tools,
    system_package::{SystemPackage, find_program},
};
use crate::project::Project;

const FIREFOX: SystemPackage = SystemPackage {
    name: "Firefox",
    why: "the main journeys run in it, too",
    debian: &["firefox-esr"],
    others: [
        "brew install --cask firefox",
        "winget install Mozilla.Firefox.ESR",
        "sudo dnf install firefox",
    ],
};

/// An installed browser and its driver, which cargo compiled: Debian packages none.
pub(crate) struct Firefox {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds both, or installs the browser from Debian and the driver with cargo.
pub(crate) fn ensure(project: &Project) -> Result<Firefox> {
    // The extended support release comes first: it is what public offices have.
    let names = ["firefox-esr", "firefox"];
    let mac = "/Applications/Firefox.app/Contents/MacOS/firefox";
    let browser = FIREFOX.ensure(project, || find_program("JALONS_FIREFOX", &names, &[mac]))?;
    Ok(Firefox { browser, driver: cargo_tools::ensure_geckodriver(project)? })
}
