//! Programs that the system's package manager installs. Where that is not apt-get, the error says the
//! command to type.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::apt;
use crate::{command, project::Project};

/// A package by its name on each system.
pub(crate) struct SystemPackage {
    pub(crate) name: &'static str,
    pub(crate) why: &'static str,
    pub(crate) debian: &'static [&'static str],
    /// The commands to type on macOS, on Windows, and on Linux without apt-get.
    pub(crate) others: [&'static str; 3],
}

/// The variable that chooses a LibreOffice, for this command and for the test that starts it.
pub(crate) const LIBREOFFICE_VARIABLE: &str = "JALONS_SOFFICE";

const LIBREOFFICE: SystemPackage = SystemPackage {
    name: "LibreOffice Calc",
    why: "a test reads the exported tables in it",
    debian: &["libreoffice-calc-nogui"],
    others: [
        "brew install --cask libreoffice",
        "winget install TheDocumentFoundation.LibreOffice",
        "sudo dnf install libreoffice-calc",
    ],
};

const POPPLER: SystemPackage = SystemPackage {
    name: "Poppler",
    why: "a test reads the printed report with it",
    debian: &["poppler-utils"],
    others: [
        "brew install poppler",
        "winget install oschwartz10612.Poppler",
        "sudo dnf install poppler-utils",
    ],
};

/// Finds or installs LibreOffice's spreadsheet program.
pub(crate) fn ensure_libreoffice(project: &Project) -> Result<PathBuf> {
    const MAC: &str = "/Applications/LibreOffice.app/Contents/MacOS/soffice";
    LIBREOFFICE
        .ensure(project, || find_program(LIBREOFFICE_VARIABLE, &["soffice", "libreoffice"], &[MAC]))
}

/// Finds or installs Poppler's `pdftotext`, which a test starts by this name.
pub(crate) fn ensure_poppler(project: &Project) -> Result<()> {
    POPPLER.ensure(project, || command::find("pdftotext")).map(drop)
}

impl SystemPackage {
    /// Returns the result of `find`, after installing the package where `find` had none.
    pub(crate) fn ensure<T>(&self, project: &Project, find: impl Fn() -> Option<T>) -> Result<T> {
        if let Some(found) = find() {
            return Ok(found);
        }
        if !apt::is_available() {
            let obstacle = "this command can install it only with apt-get";
            return Err(super::missing(self.name, self.why, obstacle, &self.by_hand()));
        }
        apt::ensure(project, self.debian, self.why)?;
        let packages = self.debian.join(" ");
        find().with_context(|| format!("{packages} is installed, but its programs are not found"))
    }

    /// The command that installs it on this system.
    pub(crate) fn by_hand(&self) -> String {
        let [mac, windows, linux] = self.others;
        if apt::is_available() {
            return format!("sudo apt-get install --yes {}", self.debian.join(" "));
        }
        let command = if cfg!(target_os = "macos") {
            mac
        } else if cfg!(windows) {
            windows
        } else {
            linux
        };
        command.to_owned()
    }
}

/// A program: the one that a variable names, or else the first on `PATH`, or else at one of the paths.
pub(crate) fn find_program(variable: &str, names: &[&str], paths: &[&str]) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .or_else(|| names.iter().find_map(|name| command::find(name)))
        .or_else(|| paths.iter().map(Path::new).find(|path| path.is_file()).map(Path::to_path_buf))
}
