//! The steps of `cargo xtask check` and `cargo xtask test`. Each installs what it needs, so that it also
//! runs alone.

use std::{env, path::Path, process::Command};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::{
    audit,
    background_command::BackgroundCommand,
    budget, command, e2e,
    engines::{self, Engine},
    lighthouse,
    project::Project,
    release, split,
    steps::Steps,
    tools::{
        self, chromium, components, npm, system_package,
        wasm::{self, TARGET, WasmToolchain},
        web_servers,
    },
};

/// A step of the test command, in the order in which they run: the cheap ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// Installs the missing tools
    Tools,
    /// Compares the format of the sources with rustfmt's
    Format,
    /// Checks the licences, sources and double versions of the crates
    Crates,
    /// Checks the npm packages for published weaknesses
    NpmPackages,
    /// Checks the types of the tests in TypeScript
    Types,
    /// Runs clippy for this machine
    ClippyNative,
    /// Runs clippy for the browser
    ClippyWasm,
    /// Runs the native tests, and compares the generated files
    Native,
    /// Prints the lengths of links and the sizes of their QR codes
    Payloads,
    /// Reads the exported tables back in a spreadsheet program
    Spreadsheet,
    /// Builds the documentation of the code
    Documentation,
    /// Runs the Rust tests inside a browser
    Browser,
    /// Builds the optimised app
    Build,
    /// Measures the files that a first visit loads
    Budget,
    /// Runs the end-to-end tests
    EndToEnd,
    /// Runs the main journeys in three browser engines
    Engines,
    /// Has Lighthouse judge a first visit
    Lighthouse,
}

/// The number of cases that each property test runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cases {
    /// As many as the tests themselves say.
    All,
    /// A tenth, for the edit loop.
    Tenth,
}

/// The steps of the edit loop. The last one runs where the machine can compile for the browser.
const CHECK: [Step; 4] = [Step::Format, Step::ClippyNative, Step::Native, Step::ClippyWasm];

impl Step {
    /// Its name on the command line.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    /// Its description, one line.
    fn purpose(self) -> String {
        let help = self.to_possible_value().and_then(|value| value.get_help().cloned());
        help.map(|help| help.to_string()).unwrap_or_default()
    }

    /// Runs the step, after installing the tools it lacks.
    fn run(self, project: &Project, cases: Cases) -> Result<()> {
        match self {
            Self::Tools => install(project),
            Self::Format => format(project),
            Self::Crates => audit::crates(project),
            Self::NpmPackages => audit::packages(project),
            Self::Types => types(project),
            Self::ClippyNative => clippy_native(project),
            Self::ClippyWasm => clippy_wasm(project, tools::for_wasm(project)?),
            Self::Native => native_tests(project, cases),
            Self::Payloads => payloads(project),
            Self::Spreadsheet => {
                spreadsheet(project, &system_package::ensure_libreoffice(project)?)
            }
            Self::Documentation => documentation(project),
            Self::Browser => {
                e2e::browser_tests(project, tools::for_build(project)?, &chromium::ensure(project)?)
            }
            Self::Build => build(project),
            Self::Budget => {
                build(project)?;
                budget::check(project, &chromium::ensure(project)?)
            }
            Self::EndToEnd => end_to_end(project, e2e::KILL_ROUNDS, &[]),
            Self::Engines => journeys(project, Engine::ALL),
            Self::Lighthouse => {
                build(project)?;
                lighthouse::check(project, &chromium::ensure(project)?)
            }
        }
    }
}

/// Runs some of the steps; a failure says the command that repeats its step alone. Linking the
/// optimised app keeps one core busy for minutes, so the build runs in the background of earlier steps.
fn run_steps(project: &Project, steps: &[Step], cases: Cases) -> Result<()> {
    let mut done = Steps::start();
    let mut build = None;
    for step in steps {
        let name = step.name();
        let repeated = || format!("`cargo xtask test --only {name}` repeats this step alone");
        let started = build.take_if(|_: &mut BackgroundCommand| *step == Step::Build);
        let run = || started.map_or_else(|| step.run(project, cases), BackgroundCommand::join);
        done.run(&name, run).with_context(repeated)?;
        if *step == Step::Tools && steps.contains(&Step::Build) {
            build = Some(start_build(project)?);
        }
    }
    done.summary();
    Ok(())
}

/// The edit loop. The code for the browser is checked where the machine can compile it; nothing
/// large is installed for that.
pub(crate) fn check(project: &Project) -> Result<()> {
    let wasm = wasm::find(project).is_some();
    let steps: Vec<_> =
        CHECK.into_iter().filter(|step| wasm || *step != Step::ClippyWasm).collect();
    run_steps(project, &steps, Cases::Tenth)?;
    let left_out = Step::value_variants().iter().filter(|step| !steps.contains(step));
    let left_out: Vec<_> = left_out.map(|step| step.name()).collect();
    println!("Left out, and run by `cargo xtask test`: {}.", left_out.join(", "));
    println!("The laws were tried with a tenth of their cases.");
    Ok(())
}

/// Runs all steps, or the chosen ones.
pub(crate) fn test(project: &Project, only: &[Step]) -> Result<()> {
    run_steps(project, if only.is_empty() { Step::value_variants() } else { only }, Cases::All)
}

/// Prints the steps.
pub(crate) fn list() {
    for step in Step::value_variants() {
        println!("{:15} {}", step.name(), step.purpose());
    }
}

fn install(project: &Project) -> Result<()> {
    components::ensure(project)?;
    tools::for_build(project)?;
    system_package::ensure_poppler(project)?;
    engines::ensure(project, Engine::ALL)?;
    chromium::ensure(project)?;
    chromium::ensure_shell(project)?;
    audit::ensure(project)?;
    web_servers::ensure(project)?;
    system_package::ensure_libreoffice(project).map(drop)
}

/// Builds the optimised app.
pub(crate) fn build(project: &Project) -> Result<()> {
    release::build(project, tools::for_build(project)?)
}

/// Starts building the optimised app in the background.
fn start_build(project: &Project) -> Result<BackgroundCommand> {
    let mut build = Command::new(env::current_exe()?);
    build.arg("build");
    BackgroundCommand::start(&mut build, project.target("build.log"))
}

/// Builds the optimised app and runs the end-to-end tests.
pub(crate) fn end_to_end(project: &Project, kill_rounds: u32, arguments: &[String]) -> Result<()> {
    build(project)?;
    system_package::ensure_poppler(project)?;
    e2e::end_to_end(project, &chromium::ensure(project)?, kill_rounds, arguments)
}

/// Builds the optimised app and makes the main journeys in these engines.
pub(crate) fn journeys(project: &Project, engines: &[Engine]) -> Result<()> {
    build(project)?;
    engines::journeys(project, &engines::ensure(project, engines)?)
}

/// The native test that makes the generated files of the repository. Without further arguments it
/// compares them.
pub(crate) fn generator(project: &Project) -> Command {
    let mut cargo = cargo_test(project);
    cargo.args(["--quiet", "--test", "generate", "--"]);
    cargo
}

/// Writes or compares the generated files.
pub(crate) fn generate(project: &Project, check: bool) -> Result<()> {
    let words: &[_] = if check { &[] } else { &["--write"] };
    command::run(generator(project).args(words))
}

fn format(project: &Project) -> Result<()> {
    components::ensure(project)?;
    command::run(project.command("cargo").args(["fmt", "--all", "--check"]))
        .context("type `cargo fmt --all` to mend it")
}

fn types(project: &Project) -> Result<()> {
    tools::for_node(project)?;
    command::run(npm::program(project, "typescript/bin/tsc").args(["--project", "tests"]))
}

fn clippy_native(project: &Project) -> Result<()> {
    components::ensure(project)?;
    let mut cargo = project.command("cargo");
    cargo.args(["clippy", "--locked", "--workspace", "--all-targets", "--all-features"]);
    command::run(cargo.args(["--", "-Dwarnings"]))
}

/// `cargo test` with the options of all native steps, so that they share compiled crates.
fn cargo_test(project: &Project) -> Command {
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--locked", "--workspace", "--all-features"]);
    cargo
}

fn clippy_wasm(project: &Project, toolchain: WasmToolchain) -> Result<()> {
    components::ensure(project)?;
    components::ensure_for_wasm(project, toolchain)?;
    let mut cargo = project.command("cargo");
    cargo.args(["clippy", "--locked", "--package", "jalons", "--target", TARGET]);
    // As it is published: split into chunks.
    cargo.args(["--features", split::FEATURE]);
    cargo.args(["--lib", "--bins", "--tests", "--", "-Dwarnings"]);
    command::run(toolchain.apply(&mut cargo))
}

fn native_tests(project: &Project, cases: Cases) -> Result<()> {
    let mut cargo = cargo_test(project);
    if cases == Cases::Tenth {
        cargo.env("JALONS_CASES", "1000");
    }
    command::run(&mut cargo)
}

/// Lives as many lives of the storage machine as asked for, optimised.
pub(crate) fn simulate(project: &Project, lives: u64, seed: u64, trace: bool) -> Result<()> {
    let mut cargo = project.command("cargo");
    cargo.args(["test", "--locked", "--package", "jalons", "--all-features", "--test", "native"]);
    // As quick as the benches, without linking everything as one.
    cargo.args(["--profile", "bench", "--", "--ignored", "--exact", "--nocapture"]);
    cargo.arg("simulation::as_many_lives_as_asked_for");
    cargo.env("JALONS_LIVES", lives.to_string()).env("JALONS_SEED", seed.to_string());
    if trace {
        cargo.env("JALONS_TRACE", "1");
    }
    command::run(&mut cargo)
}

/// Prints the lengths of the links of consultations and ballots, and the module sizes of their QR codes:
/// runs tests that have passed already, with their output shown.
fn payloads(project: &Project) -> Result<()> {
    let mut cargo = cargo_test(project);
    cargo.args([
        "--test",
        "native",
        "--",
        "--nocapture",
        "--test-threads=1",
        "fits_one_code",
        "too_long_for_one_code",
    ]);
    command::run(&mut cargo)
}

/// Has LibreOffice read back the exported tables, by the tests that are ignored elsewhere.
fn spreadsheet(project: &Project, office: &Path) -> Result<()> {
    let ignored = |more: &[&str]| {
        let mut cargo = cargo_test(project);
        cargo.args(["--test", "native", "--", "--ignored", "spreadsheet::"]).args(more);
        cargo.env(system_package::LIBREOFFICE_VARIABLE, office);
        cargo
    };
    let listed = command::output(&mut ignored(&["--list"])).unwrap_or_default();
    if !listed.lines().any(|line| line.starts_with("spreadsheet::")) {
        bail!("tests/native/spreadsheet.rs holds no ignored test");
    }
    command::run(&mut ignored(&[]))
}

fn documentation(project: &Project) -> Result<()> {
    let mut cargo = project.command("cargo");
    cargo.args(["doc", "--locked", "--no-deps", "--package", "jalons"]);
    command::run(cargo.env("RUSTDOCFLAGS", "-Dwarnings"))
}
