//! `MiniBrowser`, the small browser of `WebKit`'s port to GTK, and its driver, in which the main
//! journeys are made a third time: Safari's engine, as far as another system than Apple's has it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::apt;
use crate::{command, project::Project};

/// The programs of the packages.
pub(crate) struct Webkit {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
    /// The screen that nobody sees: this browser knows no headless mode.
    pub(crate) screen: PathBuf,
}

/// Finds the three programs, or installs them from Debian.
pub(crate) fn ensure(project: &Project) -> Result<Webkit> {
    const WHY: &str = "the main journeys are made in it, too";
    if let Some(found) = find() {
        return Ok(found);
    }
    if apt::is_here() {
        apt::ensure(project, &["webkit2gtk-driver", "xvfb"], WHY)?;
        return find().context("the package webkit2gtk-driver holds no `MiniBrowser`");
    }
    // No other system packages the driver for its users.
    let obstacle = "this command can install it only with apt-get";
    let by_hand = "cargo xtask engines chromium && cargo xtask engines firefox";
    Err(super::missing("WebKitGTK with its WebKitWebDriver", WHY, obstacle, by_hand))
}

fn find() -> Option<Webkit> {
    Some(Webkit {
        browser: browser()?,
        driver: command::find("WebKitWebDriver")?,
        screen: command::find("Xvfb")?,
    })
}

/// The browser, which is in no folder of `PATH`: the newest of those that are installed.
fn browser() -> Option<PathBuf> {
    let folders = [Path::new("/usr/lib"), Path::new("/usr/libexec")];
    let mut found: Vec<_> = folders.into_iter().flat_map(|folder| below(folder, 2)).collect();
    found.sort();
    found.pop()
}

/// Every `webkit…/MiniBrowser` at most so many folders deep. Debian has one more, named after the
/// processor, than Fedora.
fn below(folder: &Path, depth: u32) -> Vec<PathBuf> {
    let inner = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    inner
        .filter(|path| path.is_dir())
        .flat_map(|path| {
            let is_webkit =
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("webkit"));
            let browser = path.join("MiniBrowser");
            match (is_webkit && browser.is_file(), depth) {
                (true, _) => vec![browser],
                (false, 0 | 1) => Vec::new(),
                (false, _) => below(&path, depth - 1),
            }
        })
        .collect()
}
