//! trunk, wasm-bindgen's command line, cargo-deny and geckodriver, compiled by cargo into the tools
//! folder.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{command, folders, project::Project};

/// The newest trunk that the Rust of the closed-network fallback compiles.
pub(crate) const TRUNK: &str = "0.21.14";

/// A program that cargo compiles into the tools folder.
struct CargoTool {
    package: &'static str,
    /// The installed program that is asked for its version.
    program: &'static str,
    version: String,
    /// Whether the versions that the tool's authors locked are used.
    locked: bool,
    why: &'static str,
}

impl CargoTool {
    fn new(package: &'static str, version: &str, why: &'static str) -> Self {
        Self { package, program: package, version: version.to_owned(), locked: true, why }
    }
}

/// Installs trunk and wasm-bindgen's command line where they are missing or of another version.
pub(crate) fn ensure(project: &Project) -> Result<()> {
    let bindgen = CargoTool {
        program: "wasm-bindgen",
        // Its own lock file names a crate version that has been withdrawn.
        locked: false,
        ..CargoTool::new(
            "wasm-bindgen-cli",
            &locked_version(project, "wasm-bindgen")?,
            "it must equal the wasm-bindgen of Cargo.lock",
        )
    };
    let trunk = CargoTool::new("trunk", TRUNK, "it compiles the app and gathers its files");
    install_missing(project, &[trunk, bindgen])
}

/// Installs Firefox's driver unless it is there, and returns its path. Debian has no package of it, and
/// the npm package downloads it from a third place.
pub(crate) fn ensure_geckodriver(project: &Project) -> Result<PathBuf> {
    // It drives every Firefox from 115 on.
    let tool = CargoTool::new("geckodriver", "0.37.1", "it drives Firefox");
    install_missing(project, &[tool])?;
    Ok(project.tool("geckodriver"))
}

/// Installs cargo-deny unless it is there, and returns its path.
pub(crate) fn ensure_deny(project: &Project) -> Result<PathBuf> {
    let why = "it checks the licences and sources of all crates";
    install_missing(project, &[CargoTool::new("cargo-deny", "0.20.2", why)])?;
    Ok(project.tool("cargo-deny"))
}

/// The version of a crate that `Cargo.lock` names.
fn locked_version(project: &Project, package: &str) -> Result<String> {
    let id = command::output(project.command("cargo").args(["pkgid", "--locked", package]));
    let version = id.as_deref().and_then(|id| id.rsplit_once('@'));
    let (_, version) = version.with_context(|| format!("Cargo.lock names no {package}"))?;
    Ok(version.to_owned())
}

fn install_missing(project: &Project, tools: &[CargoTool]) -> Result<()> {
    let build = project.tools().join("build");
    for tool in tools.iter().filter(|tool| !is_installed(project, tool)) {
        install(project, tool)?;
    }
    // The compiled dependencies take more than a gigabyte and are of no use after the installs.
    folders::remove(&build)
}

fn is_installed(project: &Project, tool: &CargoTool) -> bool {
    command::output(project.command(project.tool(tool.program)).arg("--version"))
        .is_some_and(|text| text.split_whitespace().nth(1) == Some(&tool.version))
}

fn install(project: &Project, tool: &CargoTool) -> Result<()> {
    let CargoTool { package, version, why, .. } = tool;
    super::announce(&format!("{package} {version} with cargo, which takes minutes, once"), why);
    let mut cargo = project.command("cargo");
    cargo.args(["install", package, "--version", version]);
    cargo.args(["--no-default-features", "--force"]);
    if tool.locked {
        cargo.arg("--locked");
    }
    let by_hand = format!("{} --root {}", command::typed(&cargo), project.tools().display());
    cargo.arg("--root").arg(project.tools());
    cargo.arg("--target-dir").arg(project.tools().join("build"));
    // A tool that runs for a second need not be fast; compiling it well would take twice as long.
    cargo
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        // cargo warns that the folder is not on PATH, which is how it is meant to be.
        .env("PATH", command::path_with(&[&project.tools_bin()])?);
    command::run(&mut cargo)
        .map_err(|error| super::missing(&format!("{package} {version}"), why, error, &by_hand))
}
