//! `MiniBrowser`, the small browser of `WebKit`'s port to GTK, and its driver, the third engine of the
//! main journeys: Safari's, as far as a system other than Apple's has it.

use std::path::{Path, PathBuf};

use anyhow::Result;
use walkdir::{DirEntry, WalkDir};

use super::system_package::SystemPackage;
use crate::{command, project::Project};

/// The programs of the packages.
pub(crate) struct Webkit {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
    /// The virtual screen: this browser has no headless mode.
    pub(crate) screen: PathBuf,
}

const WEBKIT: SystemPackage = SystemPackage {
    name: "WebKitGTK with its WebKitWebDriver",
    why: "the main journeys run in it, too",
    debian: &["webkit2gtk-driver", "xvfb"],
    // No other system packages the driver for its users.
    others: ["cargo xtask engines chromium && cargo xtask engines firefox"; 3],
};

/// Finds the three programs, or installs them from Debian.
pub(crate) fn ensure(project: &Project) -> Result<Webkit> {
    WEBKIT.ensure(project, find)
}

fn find() -> Option<Webkit> {
    Some(Webkit {
        browser: browser()?,
        driver: command::find("WebKitWebDriver")?,
        screen: command::find("Xvfb")?,
    })
}

/// The browser, which is in no folder of `PATH`: the newest `webkit…/MiniBrowser` of those installed.
/// Debian has one more folder, named after the processor, than Fedora.
fn browser() -> Option<PathBuf> {
    let folders = ["/usr/lib", "/usr/libexec"].into_iter();
    let entries = folders.flat_map(|folder| WalkDir::new(folder).max_depth(3)).flatten();
    let found = entries.map(DirEntry::into_path).filter(|path| {
        let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
        path.ends_with("MiniBrowser") && folder.to_string_lossy().starts_with("webkit")
    });
    found.max()
}
