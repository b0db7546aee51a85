//! The paths of the checkout and of the folder of installed tools.
//!
//! Every other module gets its paths from this one, so that the layout is written down once.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::command;

/// The checkout that the command was started in.
pub(crate) struct Project {
    root: PathBuf,
    tools: PathBuf,
}

impl Project {
    /// Finds the checkout by the variable that cargo sets, and the tools folder by `JALONS_TOOLS`.
    pub(crate) fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .context("start the development commands through cargo: `cargo xtask --help`")?;
        let root = Path::new(&manifest)
            .parent()
            .context("the folder of xtask has no parent")?
            .to_path_buf();
        let tools = env::var_os("JALONS_TOOLS").map_or_else(|| root.join(".tools"), PathBuf::from);
        let tools = std::path::absolute(tools).context("JALONS_TOOLS is not a usable path")?;
        Ok(Self { root, tools })
    }

    /// Another checkout, with the tools of this one.
    pub(crate) fn at(root: &Path, tools: &Path) -> Self {
        Self { root: root.to_path_buf(), tools: tools.to_path_buf() }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn tools(&self) -> &Path {
        &self.tools
    }

    /// The folder with the programs that cargo installed for this project.
    pub(crate) fn tools_bin(&self) -> PathBuf {
        self.tools.join("bin")
    }

    /// A program that cargo installed for this project, present or not.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.tools_bin().join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// The finished app, as it is published.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// A file that a build leaves behind for later commands.
    pub(crate) fn target(&self, name: &str) -> PathBuf {
        self.root.join("target").join(name)
    }

    /// A child process that starts in the checkout.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = command::clean(program);
        command.current_dir(&self.root);
        command
    }
}
