//! The last step of a build: the service worker that keeps the app ready to open without the network.

use std::path::Path;

use anyhow::{Context, Result};

use crate::{command, project::Project};

/// The worker's file in a finished folder.
pub(crate) const FILE: &str = "worker.js";

/// Gives a finished folder its build id and its worker. The script that does so also serves the
/// end-to-end tests, which make further builds from copies of `dist/`.
pub(crate) fn make(project: &Project, folder: &Path) -> Result<()> {
    let script = project.root().join("xtask/src/worker/make.mjs");
    command::run(project.command("node").arg(script).arg(folder))
        .context("the service worker could not be made")
}
