//! Keeps the paths of the building machine out of the published module.
//!
//! A panic names its place in the source, so the compiler puts the path of every source file that can
//! panic into the module: the home folder of the person who built it, and other bytes on every machine.
//! The flags below give those folders the same short names everywhere.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{command, project::Project, tools::wasm::WasmToolchain};

/// The folders that sources are compiled from.
pub(crate) struct Sources {
    checkout: PathBuf,
    cargo_home: PathBuf,
    /// One folder a registry, with the name of its host: a mirror has another one.
    registries: Vec<PathBuf>,
    sysroot: PathBuf,
}

impl Sources {
    /// Finds the folders; the crates have to be fetched already.
    pub(crate) fn find(project: &Project, toolchain: WasmToolchain) -> Result<Self> {
        let cargo_home = cargo_home(project)?;
        let mut registries = Vec::new();
        // A build with vendored crates has no such folder.
        for entry in fs::read_dir(cargo_home.join("registry/src")).into_iter().flatten() {
            registries.push(entry?.path());
        }
        registries.sort();
        let mut rustc = project.command("rustc");
        let sysroot = command::output(toolchain.apply(rustc.args(["--print", "sysroot"])))
            .context("`rustc --print sysroot` failed")?;
        let sysroot = Path::new(&sysroot).join("lib/rustlib/src/rust");
        Ok(Self { checkout: project.root().to_path_buf(), cargo_home, registries, sysroot })
    }

    /// Makes the cargo that a command starts compile with the short names and with `more` flags.
    /// They replace the contributor's own `RUSTFLAGS`, on which the published app must not depend.
    pub(crate) fn apply<'a>(&self, command: &'a mut Command, more: &str) -> &'a mut Command {
        let mut flags = self.flags();
        flags.push(more.to_owned());
        // The unit separator lets a path hold a space.
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
    }

    /// The compiler takes the last flag that fits, so a folder inside another comes after it.
    fn flags(&self) -> Vec<String> {
        let own = [(&self.checkout, "/jalons"), (&self.cargo_home, "/cargo")];
        let crates = self.registries.iter().map(|folder| (folder, "/crates"));
        own.into_iter()
            .chain(crates)
            .chain([(&self.sysroot, "/rust")])
            .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()))
            .collect()
    }

    /// Fails when a module contains a path of the building machine.
    pub(crate) fn refuse_in(&self, module: &[u8]) -> Result<()> {
        // Of a short folder like `/app` alone, a route in the module could begin alike.
        let folders = [self.checkout.join("src"), self.cargo_home.join("registry")];
        for folder in folders.iter().chain([&self.sysroot]) {
            let text = folder.to_string_lossy();
            if module.windows(text.len()).any(|window| window == text.as_bytes()) {
                bail!("the compiled module names the folder that it was built in: {text}");
            }
        }
        Ok(())
    }
}

/// Where cargo keeps the sources of crates.
pub(crate) fn cargo_home(project: &Project) -> Result<PathBuf> {
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .context("neither CARGO_HOME nor a home folder is known")?;
    Ok(project.root().join(cargo_home))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> Sources {
        Sources {
            checkout: "/home/ada/jalons".into(),
            cargo_home: "/home/ada/.cargo".into(),
            registries: vec!["/home/ada/.cargo/registry/src/mirror-1".into()],
            sysroot: "/opt/rust/lib/rustlib/src/rust".into(),
        }
    }

    #[test]
    fn a_folder_inside_another_is_named_after_it_because_the_last_name_counts() {
        assert_eq!(
            sources().flags(),
            [
                "--remap-path-prefix=/home/ada/jalons=/jalons",
                "--remap-path-prefix=/home/ada/.cargo=/cargo",
                "--remap-path-prefix=/home/ada/.cargo/registry/src/mirror-1=/crates",
                "--remap-path-prefix=/opt/rust/lib/rustlib/src/rust=/rust",
            ]
        );
    }

    #[test]
    fn a_module_that_names_a_folder_of_the_machine_is_refused() {
        let leaking = b"\0asm/home/ada/.cargo/registry/src/x-1/y.rs\0";
        assert!(sources().refuse_in(leaking).is_err());
        assert!(sources().refuse_in(b"\0asm/crates/y-1.0.0/src/lib.rs\0").is_ok());
    }
}
