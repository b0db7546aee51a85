//! The Rust toolchain that compiles for `wasm32-unknown-unknown`.
//!
//! Nearly every contributor gets rustup's own target. Where its server cannot be reached, Debian's
//! packages stand in (see [`super::debian`]). An installed toolchain is found without the network.

use std::{fs, path::Path, process::Command, time::Duration};

use anyhow::{Context, Result};

use super::{apt, debian};
use crate::{command, project::Project};

/// The target triple of the app.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// A rustup that can reach its server needs seconds; this is long enough for a slow line.
const RUSTUP_TIMEOUT: Duration = Duration::from_secs(120);

/// A toolchain whose standard library for the target is installed.
#[derive(Clone, Copy)]
pub(crate) enum WasmToolchain {
    /// The active toolchain of `cargo`.
    Active,
    /// Debian's, installed next to rustup's.
    Debian,
}

impl WasmToolchain {
    /// Makes a command, and the cargo it may start, use this toolchain.
    pub(crate) fn apply(self, command: &mut Command) -> &mut Command {
        match self {
            Self::Active => command,
            Self::Debian => command
                .env("RUSTUP_TOOLCHAIN", debian::SYSROOT)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", debian::LINKER),
        }
    }

    /// The name and version of its compiler.
    pub(crate) fn version(self, project: &Project) -> Result<String> {
        command::output(self.apply(project.command("rustc").arg("-V"))).context("`rustc -V` failed")
    }
}

/// The toolchain that is ready to be used, if there is one.
pub(crate) fn find(project: &Project) -> Option<WasmToolchain> {
    if active_is_ready(project) {
        return Some(WasmToolchain::Active);
    }
    debian::is_ready(project).then_some(WasmToolchain::Debian)
}

/// Gets a toolchain for the target: rustup's, and where that fails Debian's.
pub(crate) fn ensure(project: &Project) -> Result<WasmToolchain> {
    const WHY: &str = "the app is compiled to WebAssembly";
    if let Some(toolchain) = find(project) {
        return Ok(toolchain);
    }
    if command::find("rustup").is_some() {
        super::announce(&format!("{TARGET} with rustup"), WHY);
        let added = command::run_within(
            project
                .command("rustup")
                .args(["target", "add", TARGET])
                .env("RUSTUP_MAX_RETRIES", "0")
                // Without a network its failure is expected, and no matter for a stack trace.
                .env("RUST_BACKTRACE", "0"),
            RUSTUP_TIMEOUT,
        );
        match added {
            Ok(()) if active_is_ready(project) => return Ok(WasmToolchain::Active),
            Ok(()) => println!("rustup succeeded, yet the active toolchain lacks the target."),
            Err(error) => println!("rustup could not install it: {error:#}."),
        }
    }
    if !apt::is_available() {
        let obstacle = "neither rustup nor apt-get could install it";
        return Err(super::missing(TARGET, WHY, obstacle, &format!("rustup target add {TARGET}")));
    }
    println!("Debian's packages stand in for rustup's target.");
    debian::install(project)?;
    Ok(WasmToolchain::Debian)
}

/// Whether the active toolchain of `cargo` can compile for the target as it is. Debian's cannot: it also needs its linker, which only [`WasmToolchain::Debian`] names.
fn active_is_ready(project: &Project) -> bool {
    let sysroot = command::output(project.command("rustc").args(["--print", "sysroot"]));
    if sysroot.as_deref().is_none_or(|sysroot| sysroot == debian::SYSROOT) {
        return false;
    }
    let libraries = command::output(project.command("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        TARGET,
    ]));
    libraries.is_some_and(|folder| has_std(Path::new(&folder)))
}

/// Whether a folder of libraries holds a compiled standard library.
pub(crate) fn has_std(libraries: &Path) -> bool {
    fs::read_dir(libraries).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("libstd-") && name.ends_with(".rlib")
        })
    })
}
