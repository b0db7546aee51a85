//! LibreOffice, which reads back the tables that people open in a spreadsheet.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};

use super::apt;
use crate::{command, project::Project};

/// The variable that chooses a LibreOffice, for this command and for the test that starts it.
pub(crate) const VARIABLE: &str = "JALONS_SOFFICE";

const NAMES: [&str; 2] = ["soffice", "libreoffice"];
const ELSEWHERE: &str = "/Applications/LibreOffice.app/Contents/MacOS/soffice";

/// Finds the program, or installs its spreadsheet part from Debian.
pub(crate) fn ensure(project: &Project) -> Result<PathBuf> {
    const WHY: &str = "a test reads the exported tables in it";
    if let Some(found) = find() {
        return Ok(found);
    }
    if apt::is_here() {
        apt::ensure(project, &["libreoffice-calc-nogui"], WHY)?;
        return find().context("the package libreoffice-calc-nogui holds no `soffice`");
    }
    let by_hand = if cfg!(target_os = "macos") {
        "brew install --cask libreoffice"
    } else if cfg!(windows) {
        "winget install TheDocumentFoundation.LibreOffice"
    } else {
        "sudo dnf install libreoffice-calc"
    };
    let obstacle = "this command can install it only with apt-get";
    Err(super::missing("LibreOffice Calc", WHY, obstacle, by_hand))
}

fn find() -> Option<PathBuf> {
    let elsewhere = PathBuf::from(ELSEWHERE);
    env::var_os(VARIABLE)
        .map(PathBuf::from)
        .or_else(|| NAMES.into_iter().find_map(command::find))
        .or_else(|| elsewhere.is_file().then_some(elsewhere))
}
