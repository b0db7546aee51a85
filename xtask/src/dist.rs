//! Makes `dist/` out of trunk's raw output: everything small, and a page that carries its
//! style and its policy.
//!
//! Browsers may keep a file for ever that is named after its content. trunk's own names do not promise
//! that: they hash the module before it is optimised, and the glue not at all.
//!
//! The folder is assembled elsewhere and takes the old one's place by a rename, so that a failure
//! leaves the last good build in place. Steps that have to run in order belong into this module and not
//! into trunk's hooks, which all start at the same moment.

use std::{collections::HashSet, fs, hash::Hasher, path::Path};

use anyhow::{Context, Result, bail};
use fnv::FnvHasher;

use crate::{
    esbuild, folders, hosting, html, module::Module, paths::Sources, project::Project, split,
    worker,
};

/// Finishes the raw folder into `dist/`.
pub(crate) fn make(project: &Project, sources: &Sources, raw: &Path) -> Result<()> {
    let staging = project.target("dist.staging");
    let old = project.target("dist.old");
    for leftover in [&staging, &old] {
        folders::remove(leftover)?;
    }
    folders::copy(raw, &staging)?;
    finish(project, sources, &staging)?;

    let dist = project.dist();
    if dist.exists() {
        fs::rename(&dist, &old).context("the old dist could not be moved away")?;
    }
    fs::rename(&staging, &dist).context("the new dist could not be moved into its place")?;
    folders::remove(&old)
}

fn finish(project: &Project, sources: &Sources, folder: &Path) -> Result<()> {
    let index = folder.join("index.html");
    let page = fs::read_to_string(&index).context("trunk made no index.html")?;
    html::refuse_inline(&page)?;
    let page = with_style(project, folder, &html::compact(&page)?)?;
    let page = html::with_icon(&page, &fs::read_to_string(folder.join("icon.svg"))?)?;

    let module = Module::find(folder)?;
    let start = folder.join("start.js");
    let script = esbuild::module(project, &start).context("start.js could not be bundled")?;
    fs::write(&start, script)?;
    // It is part of the start script now.
    fs::remove_file(folder.join("offline.js"))?;
    module.replace_by(&split::cut(project)?, project, sources)?;
    let page = renamed(&module.wasm, &renamed(&module.glue, &page)?)?;
    let page = renamed(&start, &page)?;
    for file in html::files(&page)? {
        if !folder.join(&file).is_file() {
            bail!("the page names {file}, which the build did not make");
        }
    }
    fs::write(index, page)?;
    let kept: Vec<_> = names(folder)?.into_iter().filter(|name| is_hashed(name)).collect();
    fs::write(folder.join("_headers"), hosting::for_static_hosts(&kept))?;
    worker::make(project, folder)
}

/// The names in a folder, in one order on all systems.
fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder)?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// Whether a name is one that [`hashed`] makes.
pub(crate) fn is_hashed(name: &str) -> bool {
    let hash = name.split_once('.').and_then(|(stem, _)| stem.rsplit_once('-'));
    hash.is_some_and(|(_, hash)| {
        hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Puts one style in the place of all sheets that the page links.
fn with_style(project: &Project, folder: &Path, page: &str) -> Result<String> {
    let addresses = html::stylesheets(page)?;
    let mut texts = Vec::new();
    for name in sheet_names(&addresses)? {
        let path = folder.join(name);
        let text = fs::read_to_string(&path);
        texts.push(text.with_context(|| format!("the style sheet {name} could not be read"))?);
        fs::remove_file(path)?;
    }
    let text = esbuild::sheet(project, &texts.join("\n"))?;
    html::with_style_and_policy(page, text.trim_end())
}

/// Names a file after its content, in the folder and in the page.
fn renamed(file: &Path, page: &str) -> Result<String> {
    let old = file.file_name().unwrap_or_default().to_string_lossy();
    let new = hashed(&old, &fs::read(file)?);
    fs::rename(file, file.with_file_name(&new))?;
    if !page.contains(&*old) {
        bail!("the page does not name {old}");
    }
    Ok(page.replace(&*old, &new))
}

/// The name that a file gets from its content, in the place of trunk's hash where there is one. Its
/// hash has 32 bits: the glue names some sixty files, and hashes do not compress.
pub(crate) fn hashed(name: &str, content: &[u8]) -> String {
    let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
    let stem = stem.split_once('-').map_or(stem, |(stem, _)| stem);
    let mut hasher = FnvHasher::default();
    hasher.write(content);
    let hash = hasher.finish();
    let hash = (hash ^ hash >> 32) & u64::from(u32::MAX);
    format!("{stem}-{hash:08x}.{extension}")
}

/// The file names of the linked sheets. A sheet in a folder would have its relative addresses point
/// elsewhere once merged, and one that is linked twice would change the cascade.
fn sheet_names(addresses: &[String]) -> Result<Vec<&str>> {
    let mut seen = HashSet::new();
    addresses
        .iter()
        .map(|address| {
            let name = address.strip_prefix("./").unwrap_or(address);
            if name.contains('/') {
                bail!("the style sheet {address} must lie in the folder of index.html");
            }
            if !seen.insert(name) {
                bail!("the style sheet {address} is linked twice");
            }
            Ok(name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_content_and_not_after_trunks_hash() {
        assert_eq!(hashed("style.css", b"p{}"), "style-21593a2a.css");
        let name = hashed("jalons-0f_bg.wasm", b"p{}");
        assert_eq!(name, "jalons-21593a2a.wasm");
        assert_eq!(name, hashed("jalons-1e_bg.wasm", b"p{}"));
        assert_ne!(name, hashed("jalons-0f_bg.wasm", b"q{}"));
    }

    #[test]
    fn only_names_made_from_the_content_count_as_such() {
        for (name, expected) in [
            ("jalons-8d6bfd0c.wasm", true),
            ("bilan_marking-d5348de8.wasm", true),
            ("index.html", false),
            ("start.js", false),
            ("jalons-storage.js", false),
            ("carnet-v1.schema.json", false),
        ] {
            assert_eq!(is_hashed(name), expected, "{name}");
        }
    }

    #[test]
    fn a_sheet_in_a_folder_or_linked_twice_is_refused() {
        assert!(sheet_names(&["./css/a.css".to_owned()]).is_err());
        assert!(sheet_names(&["./a.css".to_owned(), "a.css".to_owned()]).is_err());
        assert_eq!(sheet_names(&["./a.css".to_owned()]).ok(), Some(vec!["a.css"]));
    }
}
