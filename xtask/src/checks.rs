//! What `cargo xtask check` and `cargo xtask test` run, the cheap steps first.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{
    audit, budget, command, e2e,
    engines::{self, Engine},
    lighthouse,
    project::Project,
    release, split,
    steps::Steps,
    tools::{
        self, chromium, components, npm, office, poppler,
        wasm::{self, TARGET, WasmToolchain},
    },
};

/// The quick half, for the edit loop. The code for the browser is checked where the machine can
/// compile it; nothing large is installed for that.
pub(crate) fn check(project: &Project) -> Result<()> {
    let mut steps = Steps::start();
    steps.run("tools", || components::ensure(project))?;
    steps.run("format", || format(project))?;
    steps.run("clippy, native", || clippy_native(project))?;
    steps.run("native tests", || native_tests(project))?;
    match wasm::find(project) {
        Some(toolchain) => steps.run("clippy, wasm", || clippy_wasm(project, toolchain))?,
        None => println!(
            "\nNot checked for WebAssembly: {TARGET} is not installed yet; `cargo xtask test` does that."
        ),
    }
    steps.summary();
    Ok(())
}

/// Everything.
pub(crate) fn test(project: &Project) -> Result<()> {
    let mut steps = Steps::start();
    let (toolchain, chromium, office, browsers) = steps.run("tools", || {
        components::ensure(project)?;
        let toolchain = tools::for_build(project)?;
        poppler::ensure(project)?;
        let browsers = engines::ensure(project, Engine::ALL)?;
        Ok((toolchain, chromium::ensure(project)?, office::ensure(project)?, browsers))
    })?;
    steps.run("format", || format(project))?;
    steps.run("crates", || audit::crates(project))?;
    steps.run("npm packages", || audit::packages(project))?;
    steps.run("types of the tests in TypeScript", || types(project))?;
    steps.run("clippy, native", || clippy_native(project))?;
    steps.run("clippy, wasm", || clippy_wasm(project, toolchain))?;
    steps.run("native tests", || native_tests(project))?;
    steps.run("sizes of links and codes", || payloads(project))?;
    steps.run("spreadsheet", || spreadsheet(project, &office))?;
    steps.run("documentation", || documentation(project))?;
    steps.run("browser tests", || e2e::browser_tests(project, toolchain, &chromium))?;
    steps.run("optimised build", || release::build(project, toolchain))?;
    steps.run("budget", || budget::check(project, &chromium))?;
    steps.run("end-to-end tests", || e2e::end_to_end(project, &chromium, e2e::KILL_ROUNDS, &[]))?;
    steps.run("three engines", || engines::journeys(project, &browsers))?;
    steps.run("Lighthouse", || lighthouse::check(project, &chromium))?;
    steps.summary();
    Ok(())
}

/// Writes the published JSON Schemas from the types, by the test that otherwise compares them.
pub(crate) fn schema(project: &Project) -> Result<()> {
    command::run(
        project
            .command("cargo")
            .args(["test", "--locked", "--features", "schema", "--test", "native", "schema"])
            .env("JALONS_WRITE_SCHEMA", "1"),
    )
}

/// Writes into `index.html` what stands there before the app starts, by the test that otherwise
/// compares it.
pub(crate) fn page(project: &Project) -> Result<()> {
    command::run(
        project
            .command("cargo")
            .args(["test", "--locked", "--all-features", "--test", "native", "page::the_page"])
            .env("JALONS_WRITE_PAGE", "1"),
    )
}

fn format(project: &Project) -> Result<()> {
    command::run(project.command("cargo").args(["fmt", "--all", "--check"]))
        .context("type `cargo fmt --all` to mend it")
}

fn types(project: &Project) -> Result<()> {
    let mut files = Vec::new();
    for folder in
        ["tests/e2e", "tests/bench", "tests/bench/peers", "tests/bench/use", "tests/engines"]
    {
        let former = files.len();
        let entries = fs::read_dir(project.root().join(folder));
        for entry in entries.with_context(|| format!("{folder} could not be read"))? {
            let file = entry?.path();
            if file.extension().is_some_and(|extension| extension == "ts") {
                files.push(file);
            }
        }
        if files.len() == former {
            bail!("{folder} holds no test");
        }
    }
    command::run(
        npm::program(project, "typescript/bin/tsc")
            .args(["--noEmit", "--strict", "--noUnusedLocals", "--skipLibCheck"])
            .args(["--target", "es2022", "--module", "preserve", "--types", "node"])
            .args(&files),
    )
}

fn clippy_native(project: &Project) -> Result<()> {
    command::run(project.command("cargo").args([
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--",
        "-Dwarnings",
    ]))
}

fn clippy_wasm(project: &Project, toolchain: WasmToolchain) -> Result<()> {
    components::ensure_for_wasm(project, toolchain)?;
    let mut cargo = project.command("cargo");
    cargo.args(["clippy", "--locked", "--package", "jalons", "--target", TARGET]);
    // As it is published: cut into parts.
    cargo.args(["--features", split::FEATURE]);
    cargo.args(["--lib", "--bins", "--tests", "--", "-Dwarnings"]);
    command::run(toolchain.apply(&mut cargo))
}

fn native_tests(project: &Project) -> Result<()> {
    command::run(project.command("cargo").args([
        "test",
        "--locked",
        "--workspace",
        "--all-features",
    ]))
}

/// Prints how long the links of consultations and ballots are, and how fine their QR codes: tests
/// that have passed already, for once with what they print.
fn payloads(project: &Project) -> Result<()> {
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--locked", "--workspace", "--all-features", "--test", "native", "--"]);
    cargo.args(["--nocapture", "--test-threads=1", "fits_one_code", "too_long_for_one_code"]);
    command::run(&mut cargo)
}

/// Has LibreOffice read back the tables: tests that the others leave out, built with them.
fn spreadsheet(project: &Project, office: &Path) -> Result<()> {
    let ignored = |more: &[&str]| {
        let mut cargo = project.command("cargo");
        cargo.args(["test", "--locked", "--workspace", "--all-features", "--test", "native"]);
        cargo.args(["--", "--ignored", "spreadsheet::"]).args(more);
        cargo.env(office::VARIABLE, office);
        cargo
    };
    let listed = command::output(&mut ignored(&["--list"])).unwrap_or_default();
    if !listed.lines().any(|line| line.starts_with("spreadsheet::")) {
        bail!("tests/native/spreadsheet.rs holds no ignored test");
    }
    command::run(&mut ignored(&[]))
}

fn documentation(project: &Project) -> Result<()> {
    command::run(
        project
            .command("cargo")
            .args(["doc", "--locked", "--no-deps", "--package", "jalons"])
            .env("RUSTDOCFLAGS", "-Dwarnings"),
    )
}
