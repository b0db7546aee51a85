//! Poppler, whose `pdftotext` reads the report that the browser printed.

use anyhow::{Context, Result};

use super::apt;
use crate::{command, project::Project};

/// The one that the test starts, by its name.
const PROGRAM: &str = "pdftotext";

/// Installs the programs from Debian unless they are there.
pub(crate) fn ensure(project: &Project) -> Result<()> {
    const WHY: &str = "a test reads the printed report with it";
    if command::find(PROGRAM).is_some() {
        return Ok(());
    }
    if apt::is_here() {
        apt::ensure(project, &["poppler-utils"], WHY)?;
        return command::find(PROGRAM)
            .map(|_| ())
            .context("the package poppler-utils holds no `pdftotext`");
    }
    let by_hand = if cfg!(target_os = "macos") {
        "brew install poppler"
    } else if cfg!(windows) {
        "winget install oschwartz10612.Poppler"
    } else {
        "sudo dnf install poppler-utils"
    };
    let obstacle = "this command can install it only with apt-get";
    Err(super::missing("Poppler", WHY, obstacle, by_hand))
}
