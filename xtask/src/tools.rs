//! Installs the programs that a command needs and the machine lacks, at pinned versions, and prints why.
//!
//! Nothing is installed into the contributor's own `~/.cargo/bin`: programs go to the tools folder
//! that git ignores. System packages go through the package manager.

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

use crate::{
    build_lock::{BuildLock, Work},
    project::Project,
};
use wasm::WasmToolchain;

/// Installs the npm packages.
pub(crate) fn for_node(project: &Project) -> Result<()> {
    let _lock = BuildLock::acquire(project, Work::Install)?;
    npm::ensure(project)
}

/// Installs the toolchain that compiles for the browser.
pub(crate) fn for_wasm(project: &Project) -> Result<WasmToolchain> {
    let _lock = BuildLock::acquire(project, Work::Install)?;
    wasm::ensure(project)
}

/// Installs all that building the app needs.
pub(crate) fn for_build(project: &Project) -> Result<WasmToolchain> {
    let _lock = BuildLock::acquire(project, Work::Install)?;
    npm::ensure(project)?;
    let toolchain = wasm::ensure(project)?;
    cargo_tools::ensure(project)?;
    Ok(toolchain)
}

/// The error for a program that could not be installed: its name, its purpose, the obstacle, and last
/// the command, so that it can be copied to the end of the line.
fn missing(what: &str, why: &str, obstacle: impl Display, by_hand: &str) -> Error {
    anyhow!("missing: {what} ({why}); {obstacle}, so type: {by_hand}")
}

/// Prints that a program is being installed, and its purpose.
fn announce(what: &str, why: &str) {
    println!("Installing {what}: {why}.");
}
