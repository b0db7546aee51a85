//! Chromium and its driver, in which the browser tests and the end-to-end tests run.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::json;

use super::{
    apt,
    system_package::{SystemPackage, find_program},
};
use crate::{command, project::Project};

const CHROMIUM: SystemPackage = SystemPackage {
    name: "Chromium with its ChromeDriver",
    why: "the tests in a browser run in it",
    debian: &["chromium", "chromium-driver"],
    others: [
        "brew install --cask google-chrome chromedriver",
        "winget install Google.Chrome Chromium.ChromeDriver",
        "sudo dnf install chromium chromedriver",
    ],
};

/// The same engine without windows and menus: it starts pages in half the processor time.
const SHELL: &str = "chromium-headless-shell";

/// Make a headless Chromium quiet, quick to start and able to run as root in a container.
pub(crate) const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// An installed browser with the driver of its version.
pub(crate) struct Chromium {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

impl Chromium {
    /// Writes the file that tells the runner of the browser tests how to start Chromium.
    pub(crate) fn write_webdriver_json(&self, path: &Path) -> Result<()> {
        let settings = json!({
            "goog:chromeOptions": { "binary": self.browser, "args": FLAGS }
        });
        fs::write(path, settings.to_string()).context("webdriver.json could not be written")
    }
}

/// Finds Chromium's headless shell, or installs it from Debian; falls back to the whole browser.
pub(crate) fn ensure_shell(project: &Project) -> Result<PathBuf> {
    const WHY: &str = "most of the end-to-end tests run in it";
    if env::var_os("JALONS_CHROMIUM").is_none() {
        if command::find(SHELL).is_none()
            && apt::is_available()
            && let Err(error) = apt::ensure(project, &[SHELL], WHY)
        {
            println!("{error:#}\nThe whole browser takes its place, and twice its time.");
        }
        if let Some(shell) = command::find(SHELL) {
            return Ok(shell);
        }
    }
    Ok(ensure(project)?.browser)
}

/// Finds the two programs, or installs them from Debian.
pub(crate) fn ensure(project: &Project) -> Result<Chromium> {
    CHROMIUM.ensure(project, find)
}

fn find() -> Option<Chromium> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let mac = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    let browser = find_program("JALONS_CHROMIUM", &names, &mac)?;
    let driver = find_program("CHROMEDRIVER", &["chromedriver"], &[])?;
    Some(Chromium { browser, driver })
}
