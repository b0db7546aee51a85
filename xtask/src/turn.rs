//! One command at a time where two would spoil each other's files.
//!
//! A `serve` in one terminal and a `test` in another both install and build; trunk would empty the
//! folder that the other trunk is filling. The second one waits and then mostly finds the work done.
//! Installing and building don't wait for each other.

use std::fs::{self, File, TryLockError};

use anyhow::{Context, Result};

use crate::project::Project;

/// What a command does in its turn.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Work {
    /// It installs tools.
    Installs,
    /// It makes `dist/`.
    Builds,
}

impl Work {
    /// The file that is locked meanwhile, and the word for it.
    fn lock(self) -> (&'static str, &'static str) {
        match self {
            Self::Installs => ("xtask-installs.lock", "installs"),
            Self::Builds => ("xtask-builds.lock", "builds"),
        }
    }
}

/// Held while a command works; dropping it, also by a crash, lets the next one on.
pub(crate) struct Turn {
    _file: File,
}

impl Turn {
    /// Waits until no other command of this checkout holds its turn.
    pub(crate) fn take(project: &Project, work: Work) -> Result<Self> {
        let (lock, does) = work.lock();
        let path = project.target(lock);
        fs::create_dir_all(project.target(""))?;
        let file = File::create(&path).with_context(|| format!("no file {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                println!("Waiting for another command that {does} in this checkout.");
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(Self { _file: file })
    }
}
