//! Installs the programs that a command needs and the machine lacks, at pinned versions, and prints why.
//!
//! Nothing is installed into the contributor's own `~/.cargo/bin`: programs go to the tools folder
//! that git ignores. What only a system package can give goes through the package manager.

pub(crate) mod apt;
pub(crate) mod cargo_tools;
pub(crate) mod chromium;
pub(crate) mod components;
pub(crate) mod debian;
pub(crate) mod firefox;
pub(crate) mod npm;
pub(crate) mod system_package;
pub(crate) mod wasm;
pub(crate) mod web_servers;
pub(crate) mod webkit;

use std::fmt::Display;

use anyhow::{Error, Result, anyhow};

    build_lock::{BuildLock, Work},
use crate::{
    project::Project,
    turn::{Turn, Work},
};
use wasm::WasmToolchain;

/// Installs all that building the app needs.
pub(crate) fn for_build(project: &Project) -> Result<WasmToolchain> {
    let _lock = BuildLock::acquire(project, Work::Install)?;
    npm::ensure(project)?;
    let toolchain = wasm::ensure(project)?;
    cargo_tools::ensure(project)?;
    Ok(toolchain)
}

/// The one sentence about what could not be installed: what, why, what stood in the way, and last
/// the command, so that it can be copied to the end of the line.
fn missing(what: &str, why: &str, obstacle: impl Display, by_hand: &str) -> Error {
    anyhow!("missing: {what} ({why}); {obstacle}, so type: {by_hand}")
}

/// Tells that something is being installed, and what for.
fn announce(what: &str, why: &str) {
    println!("Installing {what}: {why}.");
}
