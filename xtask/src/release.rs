//! Builds the optimised app into `dist/`, and only when something changed.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    build_lock::{BuildLock, Work},
    command, dist, fingerprint,
    paths::Sources,
    project::Project,
    split,
    tools::wasm::WasmToolchain,
};

/// Makes `dist/` the optimised app of the present sources.
pub(crate) fn build(project: &Project, toolchain: WasmToolchain) -> Result<()> {
    let _lock = BuildLock::acquire(project, Work::Build)?;
    let fingerprint = fingerprint::of(project, &toolchain.version(project)?)?;
    let stamp = project.target("dist.fingerprint");
    let built = fs::read_to_string(&stamp).ok();
    if built.as_ref() == Some(&fingerprint) && project.dist().join("index.html").is_file() {
        println!("Nothing changed since the last build of dist/.");
        return Ok(());
    }
    println!("Building the optimised app.");
    if built.is_some() {
        fs::remove_file(&stamp)?;
    }
    let mut trunk = trunk(project, toolchain, "build")?;
    let sources = Sources::find(project, toolchain)?;
    trunk.args(["--release", "--features", split::FEATURE]);
    // The steps below read the compiled module from there, whatever a contributor's own settings say.
    trunk.env("CARGO_TARGET_DIR", project.target(""));
    command::run(sources.apply(&mut trunk, split::RELOCATIONS))?;
    dist::make(project, &sources, &project.target("trunk"))
        .context("dist/ could not be finished")?;
    fs::write(&stamp, fingerprint)?;
    Ok(())
}

/// trunk, with the pinned tools found first and nothing left for it to download.
pub(crate) fn trunk(
    project: &Project,
    toolchain: WasmToolchain,
    subcommand: &str,
) -> Result<Command> {
    if !project.root().join("index.html").is_file() {
        bail!("index.html, which trunk starts from, is missing in the checkout");
    }
    // trunk hands its `--offline` on to cargo, so the crates have to be there before.
    command::run(project.command("cargo").args(["fetch", "--locked", "--quiet"]))?;
    let mut command = project.command(project.tool("trunk"));
    command
        .args([subcommand, "--offline", "--locked"])
        .env("PATH", command::path_with(&[&project.tools_bin()])?)
        // trunk takes the variable for an option and refuses its customary value, 1.
        .env_remove("NO_COLOR");
    toolchain.apply(&mut command);
    Ok(command)
}
