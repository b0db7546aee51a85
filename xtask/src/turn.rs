//! One command at a time where two would spoil each other's files.
//!
//! A `serve` in one terminal and a `test` in another both install and build; trunk would empty the
//! folder that the other trunk is filling. The second one waits and then mostly finds the work done.

use std::fs::{self, File, TryLockError};

use anyhow::{Context, Result};

use crate::project::Project;

/// Held while a command installs or builds; dropping it, also by a crash, lets the next one on.
pub(crate) struct Turn {
    _file: File,
}

impl Turn {
    /// Waits until no other command of this checkout holds its turn.
    pub(crate) fn take(project: &Project) -> Result<Self> {
        let path = project.target("xtask.lock");
        fs::create_dir_all(project.target(""))?;
        let file = File::create(&path).with_context(|| format!("no file {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                println!("Waiting for another command that installs or builds in this checkout.");
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(Self { _file: file })
    }
}
