//! System packages through Debian's `apt-get`, which needs root.

use std::{fs, path::Path};

use anyhow::Result;

use crate::{command, folders, project::Project};

/// Whether this system has `apt-get` at all.
pub(crate) fn is_available() -> bool {
    command::find("apt-get").is_some()
}

/// Installs those of the packages that are missing.
pub(crate) fn ensure(project: &Project, packages: &[&str], why: &str) -> Result<()> {
    let missing: Vec<_> =
        packages.iter().copied().filter(|package| !is_installed(project, package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    let by_hand = format!("sudo apt-get update && sudo apt-get install --yes {names}");
    let Some(mut root) = as_root(project) else {
        return Err(super::missing(&names, why, "installing it needs root", &by_hand));
    };
    super::announce(&format!("{names} with apt-get"), why);
    root.push("apt-get");
    let update = [&root[..], &["update"]].concat();
    let install = [&root[..], &["install", "--yes", "--no-install-recommends"], &missing].concat();
    for words in [update, install] {
        command::run(
            project.command(words[0]).args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive"),
        )
        .map_err(|error| super::missing(&names, why, error, &by_hand))?;
    }
    Ok(())
}

/// Puts the files of packages into a folder of ours. Nothing is installed, so nothing is started and
/// no root is needed; their own dependencies have to be on the system.
pub(crate) fn unpack(project: &Project, packages: &[&str], folder: &Path, why: &str) -> Result<()> {
    let names = packages.join(" ");
    super::announce(
        &format!("{names} from Debian's packages, unpacked into the tools folder"),
        why,
    );
    let archives = folder.join("archives");
    folders::make_empty(&archives)?;
    let download = || {
        let mut apt = project.command("apt-get");
        command::run(apt.args(["download", "--quiet"]).args(packages).current_dir(&archives))
    };
    if download().is_err() {
        // The lists may be missing or old, which only root can mend.
        let by_hand = format!("sudo apt-get update && sudo apt-get install --yes {names}");
        let missing = |obstacle: &str| super::missing(&names, why, obstacle, &by_hand);
        let mut root = as_root(project).ok_or_else(|| missing("apt-get cannot download them"))?;
        root.extend(["apt-get", "update"]);
        command::run(project.command(root[0]).args(&root[1..]))?;
        download().map_err(|error| missing(&error.to_string()))?;
    }
    for archive in fs::read_dir(&archives)? {
        let mut unpack = project.command("dpkg-deb");
        command::run(unpack.arg("--extract").arg(archive?.path()).arg(folder))?;
    }
    folders::remove(&archives)
}

/// The words to put before a command so that root runs it; `None` where that takes a password.
pub(crate) fn as_root(project: &Project) -> Option<Vec<&'static str>> {
    if command::output(project.command("id").arg("-u"))? == "0" {
        return Some(Vec::new());
    }
    command::output(project.command("sudo").args(["-n", "true"])).map(|_| vec!["sudo", "-n"])
}

fn is_installed(project: &Project, package: &str) -> bool {
    command::output(project.command("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]))
        .is_some_and(|status| status == "installed")
}
