//! The main journeys in three browser engines, driven by the plain protocol that all of them speak.
//!
//! The journeys are in `tests/engines`. They start the browsers themselves, one for each engine and
//! window size, with a time limit for each step; this module finds or installs the programs.

use std::ffi::OsString;

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    build_lock::{BuildLock, Work},
    command, e2e,
    project::Project,
    serve, single,
    tools::{
        chromium::{self, Chromium, FLAGS},
        firefox::{self, Firefox},
        npm,
        webkit::{self, Webkit},
    },
};

/// A browser engine, by its name in `tests/engines/playwright.config.ts`.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Engine {
    /// Chrome's and Edge's
    Chromium,
    /// Firefox's, in its extended support release
    Firefox,
    /// Safari's, in its port to GTK
    Webkit,
}

impl Engine {
    pub(crate) const ALL: &[Self] = &[Self::Chromium, Self::Firefox, Self::Webkit];

    /// Finds or installs the programs, and returns the variables that the journeys read their paths from.
    fn ensure(self, project: &Project) -> Result<Variables> {
        Ok(match self {
            Self::Chromium => {
                let Chromium { browser, driver } = chromium::ensure(project)?;
                vec![
                    ("JALONS_CHROMIUM", browser.into()),
                    ("JALONS_CHROMEDRIVER", driver.into()),
                    ("JALONS_CHROMIUM_FLAGS", FLAGS.join(" ").into()),
                ]
            }
            Self::Firefox => {
                let Firefox { browser, driver } = firefox::ensure(project)?;
                vec![("JALONS_FIREFOX", browser.into()), ("JALONS_GECKODRIVER", driver.into())]
            }
            Self::Webkit => {
                let Webkit { browser, driver, screen } = webkit::ensure(project)?;
                vec![
                    ("JALONS_WEBKIT", browser.into()),
                    ("JALONS_WEBKIT_DRIVER", driver.into()),
                    ("JALONS_XVFB", screen.into()),
                ]
            }
        })
    }
}

type Variables = Vec<(&'static str, OsString)>;

/// Engines whose browsers and drivers are there.
pub(crate) struct Ready {
    projects: Vec<String>,
    variables: Variables,
}

/// Gets the browsers and drivers of these engines.
pub(crate) fn ensure(project: &Project, engines: &[Engine]) -> Result<Ready> {
    let _lock = BuildLock::acquire(project, Work::Install)?;
    npm::ensure(project)?;
    let mut ready = Ready { projects: Vec::new(), variables: Vec::new() };
    for engine in engines {
        ready.variables.extend(engine.ensure(project)?);
        let name = engine.to_possible_value();
        ready.projects.extend(name.map(|name| format!("--project={}-*", name.get_name())));
    }
    Ok(ready)
}

/// Serves `dist/` on a free port and makes the journeys.
pub(crate) fn journeys(project: &Project, ready: &Ready) -> Result<()> {
    let file = single::make(project)?;
    let mut runner = e2e::runner(project, "tests/engines", &serve::start(project.dist())?);
    runner.args(&ready.projects).envs(ready.variables.iter().cloned());
    command::run(runner.env("JALONS_FILE", file))
}
