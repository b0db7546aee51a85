//! rustfmt and clippy, which a minimal rustup leaves out.

use anyhow::Result;

use super::{debian, wasm::WasmToolchain};
use crate::{command, project::Project};

/// Adds those of the two that the active toolchain lacks.
pub(crate) fn ensure(project: &Project) -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if command::output(project.command("cargo").args([subcommand, "--version"])).is_some() {
            continue;
        }
        let why = "the code is checked with it";
        super::announce(&format!("{component} with rustup"), why);
        command::run(project.command("rustup").args(["component", "add", component])).map_err(
            |error| {
                super::missing(component, why, error, &format!("rustup component add {component}"))
            },
        )?;
    }
    Ok(())
}

/// Adds clippy to the toolchain that compiles the app for the browser.
pub(crate) fn ensure_for_wasm(project: &Project, toolchain: WasmToolchain) -> Result<()> {
    match toolchain {
        WasmToolchain::Active => Ok(()),
        WasmToolchain::Debian => debian::install_clippy(project),
    }
}
