//! Lets only one command of a checkout install tools, and only one build `dist/`, at a time.
//!
//! A `serve` in one terminal and a `test` in another would otherwise write the same files; trunk
//! empties the folder that the other trunk is filling. The second command waits, and then mostly finds
//! the work done. Installing and building don't wait for each other.

use std::fs::{self, File, TryLockError};

use anyhow::{Context, Result};

use crate::project::Project;

/// The work that a command does alone.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Work {
    /// Installing tools.
    Install,
    /// Building `dist/`.
    Build,
}

/// Held while a command works; dropping it, also by a crash, lets the next command on.
pub(crate) struct BuildLock {
    _file: File,
}

impl BuildLock {
    /// Waits until no other command of this checkout does the same work.
    pub(crate) fn acquire(project: &Project, work: Work) -> Result<Self> {
        let (name, verb) = match work {
            Work::Install => ("xtask-install.lock", "installs"),
            Work::Build => ("xtask-build.lock", "builds"),
        };
        let path = project.target(name);
        fs::create_dir_all(project.target(""))?;
        let file = File::create(&path).with_context(|| format!("no file {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                println!("Waiting for another command that {verb} in this checkout.");
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(Self { _file: file })
    }
}
