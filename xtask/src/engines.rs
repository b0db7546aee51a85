//! The main journeys in three browser engines, driven by the plain protocol that all of them speak.
//!
//! The journeys are in `tests/engines`. They start the browsers themselves, one for each engine and
//! window size, with a time limit for each step of it; here the programs are found or installed.

use std::ffi::OsString;

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    build_lock::{BuildLock, Work},
    command, e2e,
    project::Project,
    single,
    tools::{
        chromium::{self, Chromium, FLAGS},
        firefox::{self, Firefox},
        npm,
        webkit::{self, Webkit},
    },
};

/// A browser engine.
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

    /// The one that was asked for, or all.
    pub(crate) fn chosen(one: Option<Self>) -> &'static [Self] {
        match one {
            None => Self::ALL,
            Some(Self::Chromium) => &[Self::Chromium],
            Some(Self::Firefox) => &[Self::Firefox],
            Some(Self::Webkit) => &[Self::Webkit],
        }
    }

    /// How `tests/engines/playwright.config.ts` calls it.
    fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// Finds or installs the programs, and gives the variables that tell the journeys of them.
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
    names: Vec<&'static str>,
    variables: Variables,
}

/// Gets the browsers and drivers of these engines.
pub(crate) fn ensure(project: &Project, engines: &[Engine]) -> Result<Ready> {
    let _lock = BuildLock::acquire(project, Work::Install)?;
    npm::ensure(project)?;
    let names = engines.iter().map(|engine| engine.name()).collect();
    let mut variables = Vec::new();
    for engine in engines {
        variables.extend(engine.ensure(project)?);
    }
    Ok(Ready { names, variables })
}

/// Serves `dist/` on a free port and makes the journeys.
pub(crate) fn journeys(project: &Project, ready: &Ready) -> Result<()> {
    let file = single::make(project)?;
    let sizes = ready.names.iter().map(|name| format!("--project={name}-*"));
    let mut runner = e2e::runner(project, "tests/engines")?;
    runner.args(sizes).envs(ready.variables.iter().cloned());
    command::run(runner.env("JALONS_FILE", file))
}
