//! The development commands of Jalons: `cargo xtask serve`, `test`, `check` and their parts.
//!
//! Each gets the tools it needs at pinned versions before it starts, so that a fresh machine with
//! cargo and Node is enough. The app contains nothing of this crate.

mod audit;
mod background_command;
mod bench;
mod budget;
mod build_lock;
mod checks;
mod command;
mod dist;
mod e2e;
mod engines;
mod esbuild;
mod fingerprint;
mod folders;
mod hosting;
mod html;
mod lighthouse;
mod markdown_table;
mod module;
mod paths;
mod project;
mod release;
mod reproduce;
mod serve;
mod single;
mod split;
mod steps;
mod tools;
mod worker;

use std::{process::ExitCode, slice};

use anyhow::Result;
use clap::{Parser, Subcommand};

use project::Project;
use serve::StaticServer;
use tools::chromium;

/// The development commands of Jalons.
///
/// Missing tools are installed into `.tools/`, which git ignores.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = VARIABLES)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

const VARIABLES: &str = "Environment variables:
  JALONS_TOOLS     folder for the installed tools, instead of `.tools`
  JALONS_CHROMIUM  the Chromium to test in, instead of the first one found
  CHROMEDRIVER     the ChromeDriver of that Chromium
  JALONS_FIREFOX   the Firefox to test in, instead of the first one found
  JALONS_SOFFICE   the LibreOffice that reads the tables, instead of the first one found";

#[derive(Subcommand)]
enum Task {
    /// Build the optimised app and serve it on this machine
    Serve {
        /// The port to serve on
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Serve an unoptimised build that reloads when a source changes
        #[arg(long)]
        dev: bool,
    },
    /// Run every check and every test
    Test {
        /// Run this step alone; may be given several times
        #[arg(long, value_name = "STEP")]
        only: Vec<checks::Step>,
        /// Print the steps and run none
        #[arg(long, conflicts_with = "only")]
        list: bool,
    },
    /// Run the quick half of the checks: format, clippy and the native tests
    Check,
    /// Build the optimised app into `dist/`
    Build {
        /// Also make one HTML file of it, `target/jalons.html`, which opens without a server
        #[arg(long)]
        single_file: bool,
    },
    /// Build the optimised app and run only the end-to-end tests
    E2e {
        /// How often the browser is killed while notes are written; each time takes about 5 s
        #[arg(long, default_value_t = e2e::KILL_ROUNDS)]
        kill_rounds: u32,
        /// Further arguments of Playwright, after `--`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Build the optimised app and run the main journeys in three browser engines
    Engines {
        /// Run them only in this one
        engine: Option<engines::Engine>,
    },
    /// Build the optimised app and print the files that a first visit loads
    Budget,
    /// Measure how time grows with the records, and the cost of charts; fail above the limits
    Bench {
        /// Measure only the charts, in the browser
        #[arg(long)]
        charts: bool,
        /// Measure only this app and others side by side, in the browser
        #[arg(long, conflicts_with = "charts")]
        peers: bool,
        /// Measure only how long people wait in use, and how memory grows
        #[arg(long = "use", conflicts_with_all = ["charts", "peers"])]
        usage: bool,
        /// Measure the figures of BENCHMARKS.md, and write that file
        #[arg(long, conflicts_with_all = ["charts", "peers", "usage"])]
        write: bool,
    },
    /// Live many lives of the storage machine, and print how they went (`docs/storage.md`)
    Simulate {
        /// How many lives
        #[arg(long, default_value_t = 100_000)]
        lives: u64,
        /// The seed of the first; each life has the next one
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print every event of failed lives
        #[arg(long)]
        trace: bool,
    },
    /// Build the optimised app and have Lighthouse judge its first visit
    Lighthouse,
    /// Check licences, sources, double versions and published weaknesses of all packages
    Audit,
    /// Build the present commit twice, in two folders, and compare every byte
    Reproduce,
    /// Write the generated files: the page before the app starts, schemas, icons
    Generate {
        /// Compare, and write nothing
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    match run(&Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: &Task) -> Result<()> {
    let project = &Project::find()?;
    match task {
        Task::Serve { port, dev: false } => {
            // A taken port is reported before a build of a minute and not after it.
            let server = StaticServer::bind(project.dist(), *port)?;
            checks::build(project)?;
            println!("Jalons: {}", server.url());
            server.run()
        }
        Task::Serve { port, dev: true } => serve_dev(project, *port),
        Task::Test { list: true, .. } => {
            checks::list();
            Ok(())
        }
        Task::Test { only, list: false } => checks::test(project, only),
        Task::Check => checks::check(project),
        Task::Build { single_file } => {
            checks::build(project)?;
            if *single_file { single::make(project).map(drop) } else { Ok(()) }
        }
        Task::E2e { kill_rounds, arguments } => {
            checks::end_to_end(project, *kill_rounds, arguments)
        }
        Task::Engines { engine } => {
            let chosen = engine.as_ref().map_or(engines::Engine::ALL, slice::from_ref);
            checks::journeys(project, chosen)
        }
        Task::Budget => {
            checks::build(project)?;
            budget::check(project, &chromium::ensure(project)?)
        }
        Task::Bench { charts, peers, usage, write } => {
            if !(*charts || *peers || *usage || *write) {
                bench::growth::measure(project)?;
            }
            checks::build(project)?;
            let chromium = chromium::ensure(project)?;
            match (charts, peers, usage, write) {
                (true, ..) => bench::charts(project, &chromium),
                (_, true, ..) => bench::peers(project, &chromium),
                (_, _, true, _) => bench::usage(project, &chromium),
                (.., true) => bench::write(project, &chromium),
                _ => bench::all(project, &chromium),
            }
        }
        Task::Simulate { lives, seed, trace } => checks::simulate(project, *lives, *seed, *trace),
        Task::Lighthouse => {
            checks::build(project)?;
            lighthouse::check(project, &chromium::ensure(project)?)
        }
        Task::Audit => {
            audit::crates(project)?;
            audit::packages(project)
        }
        Task::Reproduce => reproduce::run(project),
        Task::Generate { check } => checks::generate(project, *check),
    }
}

/// Leaves building, watching and reloading to trunk. Its page carries no policy, because trunk reloads
/// it by an inline script.
fn serve_dev(project: &Project, port: u16) -> Result<()> {
    let toolchain = tools::for_build(project)?;
    let mut trunk = release::trunk(project, toolchain, "serve")?;
    let port = port.to_string();
    trunk.args(["--address", "127.0.0.1", "--port", &port, "--dist", "target/trunk-dev"]);
    // Otherwise trunk lists names of the machine that the loopback address does not answer to.
    trunk.arg("--disable-address-lookup");
    println!("Jalons: http://127.0.0.1:{port}");
    command::run(&mut trunk)
}
