//! The last step of a build: the service worker that keeps the app ready to open without the network.
//!
//! It is made of workbox's modules and completed by workbox-build with the digests of exactly the
//! files that the folder holds. Whatever changes in one of them changes the build's id, which names
//! the cache that the worker keeps them in: two builds never share one.

use std::{collections::BTreeSet, fs, hash::Hasher, path::Path};

use anyhow::{Context, Result, bail};
use fnv::FnvHasher;

use crate::{command, dist, esbuild, html, project::Project};

/// The worker's name, which stays the same from build to build: browsers ask for it again to learn
/// of a new one.
pub(crate) const FILE: &str = "worker.js";

const SOURCES: &str = "xtask/src/worker";

/// Tells the page of a finished folder its build, and puts the worker of that build beside it.
pub(crate) fn make(project: &Project, folder: &Path) -> Result<()> {
    let (index, worker) = (folder.join("index.html"), folder.join(FILE));
    if worker.exists() {
        fs::remove_file(&worker)?;
    }
    // The id cannot be of itself: it is worked out from a page that has none.
    let page = html::with_build(&fs::read_to_string(&index)?, "")?;
    fs::write(&index, &page)?;
    let files = names(folder)?;
    let build = id(folder, &files)?;
    fs::write(&index, html::with_build(&page, &build)?)?;

    let sources = project.root().join(SOURCES);
    let bundled = project.target(FILE);
    fs::write(&bundled, esbuild::worker(project, &sources.join("worker.js"), &build)?)?;
    let mut complete = project.command("node");
    complete.arg(sources.join("manifest.mjs")).args([folder, &bundled, &worker]);
    let listed = command::filter(&mut complete, "").context("the worker could not be completed")?;
    require_all(&files, listed.lines())
}

/// The files of a folder that hosts hand out, by their addresses. What begins with a dot or a `_`
/// they read themselves.
pub(crate) fn names(folder: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for file in dist::files(folder)? {
        let name = file.strip_prefix(folder)?.components().map(std::path::Component::as_os_str);
        let name: Vec<_> = name.map(|part| part.to_string_lossy()).collect();
        if !name.iter().any(|part| part.starts_with(['.', '_'])) {
            names.insert(name.join("/"));
        }
    }
    Ok(names)
}

/// One number for the names and contents of all files.
fn id(folder: &Path, files: &BTreeSet<String>) -> Result<String> {
    let mut hasher = FnvHasher::default();
    for file in files {
        let content = fs::read(folder.join(file))?;
        for part in [file.as_bytes(), &content] {
            hasher.write_u64(part.len() as u64);
            hasher.write(part);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Fails when the worker would keep other files than those there are: one that it lacks is missed by
/// whoever is without network, one that does not exist keeps it from ever being installed.
fn require_all<'a>(files: &BTreeSet<String>, listed: impl Iterator<Item = &'a str>) -> Result<()> {
    let listed: BTreeSet<_> = listed.map(str::to_owned).collect();
    if let Some(file) = files.symmetric_difference(&listed).next() {
        bail!("the folder and the worker's list differ in {file}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_file_that_only_the_folder_or_only_the_list_has_fails_the_build() {
        let files = set(&["index.html", "schema/a.json"]);
        assert!(require_all(&files, ["schema/a.json", "index.html"].into_iter()).is_ok());
        assert!(require_all(&files, ["index.html"].into_iter()).is_err());
        let more = ["index.html", "schema/a.json", "b.png"];
        assert!(require_all(&files, more.into_iter()).is_err());
    }

    #[test]
    fn the_id_follows_every_name_and_every_content_and_host_files_do_not_count() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("jalons-build-id-{}", std::process::id()));
        fs::create_dir_all(folder.join("schema"))?;
        let write = |name: &str, text: &str| fs::write(folder.join(name), text);
        let id_now = || id(&folder, &names(&folder)?);
        write("index.html", "a")?;
        write("schema/a.json", "b")?;
        let first = id_now()?;
        write("_headers", "c")?;
        write(".htaccess", "d")?;
        assert_eq!(id_now()?, first);
        write("schema/a.json", "c")?;
        let second = id_now()?;
        assert_ne!(second, first);
        fs::rename(folder.join("schema/a.json"), folder.join("schema/b.json"))?;
        assert_ne!(id_now()?, second);
        fs::remove_dir_all(folder)?;
        Ok(())
    }
}
