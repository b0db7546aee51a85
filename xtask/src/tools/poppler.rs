//! Poppler's programs, by which a test reads the report that the browser printed.

use anyhow::{Context, Result};

use super::apt;
use crate::{command, project::Project};

/// Those that the test starts, by their names.
const PROGRAMS: [&str; 2] = ["pdftotext", "pdfimages"];

/// Installs the programs from Debian unless they are there.
pub(crate) fn ensure(project: &Project) -> Result<()> {
    const WHY: &str = "a test reads the printed report with it";
    if are_here() {
        return Ok(());
    }
    if apt::is_here() {
        apt::ensure(project, &["poppler-utils"], WHY)?;
        return are_here()
            .then_some(())
            .context("the package poppler-utils lacks `pdftotext` or `pdfimages`");
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

fn are_here() -> bool {
    PROGRAMS.into_iter().all(|program| command::find(program).is_some())
}
