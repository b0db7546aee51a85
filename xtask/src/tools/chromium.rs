//! Chromium and its driver, which the browser tests and the end-to-end tests run in.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::json;

use super::apt;
use crate::{command, project::Project};

/// Where Chromium is looked for after the variable `JALONS_CHROMIUM`.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ELSEWHERE: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The same engine without the parts of a browser that a person looks at: it starts pages in half the
/// processor time.
const SHELL: &str = "chromium-headless-shell";

/// What makes a headless Chromium quiet, quick to start and able to run as root in a container.
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
    /// Writes the file from which the runner of the browser tests learns how to start Chromium.
    pub(crate) fn write_webdriver_json(&self, path: &Path) -> Result<()> {
        let settings = json!({
            "goog:chromeOptions": { "binary": self.browser, "args": FLAGS }
        });
        fs::write(path, settings.to_string()).context("webdriver.json could not be written")
    }
}

/// Finds Chromium's headless shell, or installs it from Debian; where it cannot be had, the browser
/// itself does what it would do.
pub(crate) fn ensure_shell(project: &Project) -> Result<PathBuf> {
    const WHY: &str = "most of the end-to-end tests run in it";
    if env::var_os("JALONS_CHROMIUM").is_none() {
        if command::find(SHELL).is_none()
            && apt::is_here()
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
    const WHY: &str = "the tests in a browser run in it";
    if let Some(found) = find() {
        return Ok(found);
    }
    if apt::is_here() {
        apt::ensure(project, &["chromium", "chromium-driver"], WHY)?;
        return find().context("the chromium packages are installed, but hold no `chromium`");
    }
    let by_hand = if cfg!(target_os = "macos") {
        "brew install --cask google-chrome chromedriver"
    } else if cfg!(windows) {
        "winget install Google.Chrome Chromium.ChromeDriver"
    } else {
        "sudo dnf install chromium chromedriver"
    };
    let obstacle = "this command can install it only with apt-get";
    Err(super::missing("Chromium with its ChromeDriver", WHY, obstacle, by_hand))
}

fn find() -> Option<Chromium> {
    let browser = env::var_os("JALONS_CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| NAMES.into_iter().find_map(command::find))
        .or_else(|| ELSEWHERE.into_iter().map(PathBuf::from).find(|path| path.is_file()))?;
    let driver =
        env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| command::find("chromedriver"))?;
    Some(Chromium { browser, driver })
}
