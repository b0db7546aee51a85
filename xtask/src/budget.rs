//! How much a first visit loads, and each part that loads later, and that both stay within what a
//! slow line can bear.
//!
//! Counted as a static host sends it: compressed by brotli at quality 11, every file on its own.

use std::{collections::HashSet, fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{
    compress, css,
    html::{self, Kind},
    project::Project,
};

/// The most that a first visit may load, in compressed bytes.
pub(crate) const LIMIT: usize = 120_000;

/// The most files that a first visit may ask for.
const REQUESTS: usize = 5;

/// The most that one file of a later part may have, in compressed bytes.
const PART_LIMIT: usize = 80_000;

struct Entry {
    file: String,
    bytes: usize,
    brotli: usize,
}

/// Prints what a first visit loads and what may come later, leaves the list for the end-to-end tests
/// in `target/first-load.json`, and fails when either is over its limit.
pub(crate) fn check(project: &Project) -> Result<()> {
    let dist = project.dist();
    let read = |file: &str| {
        fs::read(dist.join(file))
            .with_context(|| format!("the page loads {file}, which dist lacks"))
    };
    let measure = |files: Vec<String>| {
        let entry = |file: String| {
            let content = read(&file)?;
            Ok(Entry { bytes: content.len(), brotli: compress::brotli(&content)?.len(), file })
        };
        files.into_iter().map(entry).collect::<Result<Vec<_>>>()
    };
    let first = collect(&read)?;
    let later = measure(parts(names(&dist)?, &first))?;
    let first = measure(first)?;
    println!("{}\n\n{}", table(&first), parts_table(&later));
    fs::create_dir_all(project.target(""))?;
    fs::write(project.target("first-load.json"), list(&first, &later).to_string())?;
    judge(&first, LIMIT)?;
    judge_requests(first.len(), REQUESTS)?;
    judge_parts(&later, PART_LIMIT)
}

/// The names of the files in a folder.
fn names(folder: &Path) -> Result<Vec<String>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into())).collect()
}

/// The modules that a first visit does not load, in the order of their names.
fn parts(mut names: Vec<String>, first: &[String]) -> Vec<String> {
    let is_module = |name: &str| Path::new(name).extension().is_some_and(|end| end == "wasm");
    names.retain(|name| is_module(name) && !first.contains(name));
    names.sort();
    names
}

/// The files that a first visit loads, each once, the page first. The manifest's icons are not among
/// them: browsers fetch one when they are about to offer installing.
fn collect(read: &dyn Fn(&str) -> Result<Vec<u8>>) -> Result<Vec<String>> {
    let page = text("index.html", read)?;
    let mut files = vec!["index.html".to_owned()];
    for reference in html::references(&page)? {
        let file = local(&reference.address)?;
        let more = match reference.kind {
            Kind::Stylesheet => css::references(&text(&file, read)?)?,
            Kind::Other => Vec::new(),
        };
        files.push(file.clone());
        for address in more {
            files.push(local(&beside(&file, &address))?);
        }
    }
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    Ok(files)
}

fn text(file: &str, read: &dyn Fn(&str) -> Result<Vec<u8>>) -> Result<String> {
    String::from_utf8(read(file)?).with_context(|| format!("{file} is not UTF-8"))
}

/// An address as seen from the page, when a file names it relative to itself.
fn beside(file: &str, address: &str) -> String {
    let address = address.strip_prefix("./").unwrap_or(address);
    match file.rsplit_once('/') {
        Some((folder, _)) if !html::crosses_origin(address) => format!("{folder}/{address}"),
        _ => address.to_owned(),
    }
}

/// The file in `dist` that an address stands for. Addresses from the root of a host are refused,
/// because the app has to work in any folder.
fn local(address: &str) -> Result<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix("./").unwrap_or(path);
    if path.is_empty() || path.starts_with('/') || path.contains(':') || path.contains("..") {
        bail!("`{address}` does not stay inside the app's own folder");
    }
    Ok(path.to_owned())
}

fn table(entries: &[Entry]) -> String {
    let width = width(entries);
    let bytes: usize = entries.iter().map(|entry| entry.bytes).sum();
    let mut text = rows("first visit", entries);
    let _ = write!(text, "{:width$}  {bytes:>9}  {:>9}  of {LIMIT}", "sum", sum(entries));
    text
}

fn parts_table(parts: &[Entry]) -> String {
    rows("parts that load later", parts) + &format!("each within {PART_LIMIT}")
}

fn rows(title: &str, entries: &[Entry]) -> String {
    let width = width(entries);
    let mut text = format!("{title:width$}  {:>9}  {:>9}\n", "bytes", "brotli 11");
    for Entry { file, bytes, brotli } in entries {
        let _ = writeln!(text, "{file:width$}  {bytes:>9}  {brotli:>9}");
    }
    text
}

fn width(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| entry.file.len()).max().unwrap_or_default()
}

fn list(first: &[Entry], later: &[Entry]) -> Value {
    let files = |entries: &[Entry]| -> Vec<Value> {
        let entries = entries.iter();
        let file = |Entry { file, bytes, brotli }: &Entry| json!({ "file": file, "bytes": bytes, "brotli": brotli });
        entries.map(file).collect()
    };
    json!({ "limit": LIMIT, "brotli": sum(first), "files": files(first), "later": files(later) })
}

fn sum(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| entry.brotli).sum()
}

fn judge(entries: &[Entry], limit: usize) -> Result<()> {
    let sum = sum(entries);
    if sum > limit {
        bail!(
            "a first visit loads {sum} compressed bytes, {} over the budget of {limit}",
            sum - limit
        );
    }
    Ok(())
}

fn judge_requests(count: usize, limit: usize) -> Result<()> {
    if count > limit {
        bail!("a first visit asks for {count} files, {} more than {limit}", count - limit);
    }
    Ok(())
}

fn judge_parts(parts: &[Entry], limit: usize) -> Result<()> {
    if let Some(Entry { file, brotli, .. }) = parts.iter().find(|part| part.brotli > limit) {
        bail!("{file} has {brotli} compressed bytes, {} over the budget of a part", brotli - limit);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
