//! The byte budget: a first visit, and each chunk that loads later, stays within limits for slow lines.
//!
//! A first visit is made in a browser, at the size of a phone and at that of a laptop, and left
//! untouched for some seconds: all requests of the page until then count. The files that the service
//! worker stores for opening without the network are printed and do not count: the visit does not wait
//! for them.
//!
//! Counted as a static host sends it: compressed by brotli at quality 11, every file on its own.

use std::{collections::HashSet, fmt::Write as _, fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::{
    command, folders,
    markdown_table::markdown_table,
    project::Project,
    serve,
    tools::chromium::{Chromium, FLAGS},
    worker,
};

/// The most that a first visit may load, in compressed bytes.
pub(crate) const LIMIT: usize = 120_000;

/// The most files that a first visit may ask for.
pub(crate) const REQUESTS: usize = 6;

/// The most that one file of a later chunk may have, in compressed bytes.
const CHUNK_LIMIT: usize = 80_000;

/// The windows of a first visit, in CSS pixels: a phone's and a laptop's.
const SIZES: [&str; 2] = ["390x844", "1280x720"];

/// How long a first visit is left untouched once the app runs, in seconds.
const UNTOUCHED_SECONDS: u32 = 5;

struct Entry {
    file: String,
    bytes: usize,
    brotli: usize,
}

/// The files that a first visit requests in a window of one size.
struct Visit {
    size: String,
    files: Vec<String>,
}

/// Prints the files of a first visit and the later chunks, leaves the list for the end-to-end tests
/// in `target/first-load.json`, and fails when either is over its limit.
pub(crate) fn check(project: &Project, chromium: &Chromium) -> Result<()> {
    let dist = project.dist();
    let read = |file: &str| {
        fs::read(dist.join(file))
            .with_context(|| format!("a visit asks for {file}, which dist lacks"))
    };
    let visits = visit(project, chromium)?;
    let measure = |file: &String| {
        let content = read(file)?;
        let brotli = compress::brotli(&content)?.len();
        Ok(Entry { file: file.clone(), bytes: content.len(), brotli })
    };
    let first = all_files(&visits).iter().map(measure).collect::<Result<Vec<_>>>()?;
    let is_other =
        |name: &String| *name != worker::FILE && !first.iter().any(|it| it.file == *name);
    let others = published(&dist)?.into_iter().filter(is_other);
    let others = others.map(|name| measure(&name)).collect::<Result<Vec<_>>>()?;
    let (stored, count) = (sum(&first) + sum(&others), first.len() + others.len());
    let is_module = |it: &Entry| Path::new(&it.file).extension().is_some_and(|end| end == "wasm");
    let later: Vec<_> = others.into_iter().filter(is_module).collect();
    println!("{}\n{}", table(&first, &visits), chunks_table(&later));
    println!(
        "Not counted: the service worker then stores all {count} files, {stored} compressed bytes, for \
         opening without the network. The visit does not wait for that."
    );
    fs::create_dir_all(project.target(""))?;
    fs::write(project.target("first-load.json"), list(&first, &later, &visits).to_string())?;
    for visit in &visits {
        judge(visit, &first, LIMIT)?;
        judge_requests(visit, REQUESTS)?;
    }
    judge_chunks(&later, CHUNK_LIMIT)
}

/// Serves `dist/` and has a browser that knows nothing of the app visit it, in a window of each size.
fn visit(project: &Project, chromium: &Chromium) -> Result<Vec<Visit>> {
    let url = serve::start(project.dist())?;
    let mut browse = project.command("node");
    browse
        .arg(project.root().join("xtask/src/budget/visit.mjs"))
        .args([&format!("{url}/"), &UNTOUCHED_SECONDS.to_string()])
        .arg(&chromium.browser)
        .arg(SIZES.join(","))
        .args(FLAGS);
    let printed = command::filter(&mut browse, "").context("the first visit could not be made")?;
    visits(&serde_json::from_str(&printed)?, &url)
}

/// Reads the visits from the output of `visit.mjs`.
///
/// # Errors
/// When a visit sent a request to another host, or none at all.
fn visits(printed: &Value, url: &str) -> Result<Vec<Visit>> {
    let texts = |value: &Value| -> Vec<String> {
        let list = value.as_array().into_iter().flatten();
        list.filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let visits = printed.as_array().context("no visit was made")?.iter().map(|visit| {
        let size = visit["size"].as_str().context("a visit has no size")?.to_owned();
        let file = |address: &String| match address.strip_prefix(url) {
            Some("/") => Ok("index.html".to_owned()),
            Some(path) => {
                let path = path.split('?').next().unwrap_or_default();
                Ok(path.trim_start_matches('/').to_owned())
            }
            None => bail!("a first visit asks another host: {address}"),
        };
        let files = texts(&visit["asked"]).iter().map(file).collect::<Result<Vec<_>>>()?;
        if files.is_empty() {
            bail!("the visit at {size} asked for nothing");
        }
        Ok(Visit { size, files })
    });
    visits.collect()
}

/// The files that any of the visits requested, each once, in the order of the first request.
fn all_files(visits: &[Visit]) -> Vec<String> {
    let mut seen = HashSet::new();
    let files = visits.iter().flat_map(|visit| &visit.files);
    files.filter(|file| seen.insert(*file)).cloned().collect()
}

/// The files that hosts hand out, by their addresses; files whose names begin with a dot or a `_` are
/// settings of the host.
fn published(dist: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for file in folders::files(dist)? {
        let parts: Vec<_> =
            file.strip_prefix(dist)?.iter().map(|part| part.to_string_lossy()).collect();
        if !parts.iter().any(|part| part.starts_with(['.', '_'])) {
            names.push(parts.join("/"));
        }
    }
    Ok(names)
}

/// A row for each file, with a mark for each visit that requested it, and the sums.
fn table(entries: &[Entry], visits: &[Visit]) -> String {
    let mut rows = vec![["first visit", "bytes", "brotli 11"].map(str::to_owned).to_vec()];
    rows[0].extend(visits.iter().map(|visit| visit.size.clone()));
    for entry in entries {
        let mut row = vec![entry.file.clone(), entry.bytes.to_string(), entry.brotli.to_string()];
        let asked = visits.iter().map(|visit| visit.files.contains(&entry.file));
        row.extend(asked.map(|asked| if asked { "yes" } else { "-" }.to_owned()));
        rows.push(row);
    }
    let mut text = markdown_table(&rows);
    for visit in visits {
        let (sum, count) = (sum_of(visit, entries), visit.files.len());
        let _ =
            writeln!(text, "{}: {sum} of {LIMIT} bytes, {count} of {REQUESTS} files", visit.size);
    }
    text
}

fn chunks_table(chunks: &[Entry]) -> String {
    let head = ["chunks that load later", "bytes", "brotli 11"].map(str::to_owned).to_vec();
    let row =
        |chunk: &Entry| vec![chunk.file.clone(), chunk.bytes.to_string(), chunk.brotli.to_string()];
    let rows: Vec<_> = std::iter::once(head).chain(chunks.iter().map(row)).collect();
    format!("{}each within {CHUNK_LIMIT}", markdown_table(&rows))
}

/// The list for the end-to-end tests and for `BENCHMARKS.md`.
fn list(first: &[Entry], later: &[Entry], visits: &[Visit]) -> Value {
    let files = |entries: &[Entry]| -> Vec<Value> {
        let entries = entries.iter();
        let file = |Entry { file, bytes, brotli }: &Entry| json!({ "file": file, "bytes": bytes, "brotli": brotli });
        entries.map(file).collect()
    };
    let greatest = visits.iter().map(|visit| sum_of(visit, first)).max();
    json!({ "limit": LIMIT, "brotli": greatest, "files": files(first), "later": files(later) })
}

fn sum(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| entry.brotli).sum()
}

fn sum_of(visit: &Visit, entries: &[Entry]) -> usize {
    let asked = entries.iter().filter(|entry| visit.files.contains(&entry.file));
    asked.map(|entry| entry.brotli).sum()
}

fn judge(visit: &Visit, entries: &[Entry], limit: usize) -> Result<()> {
    let sum = sum_of(visit, entries);
    if sum > limit {
        bail!(
            "at {} a first visit loads {sum} compressed bytes, {} over the budget of {limit}",
            visit.size,
            sum - limit
        );
    }
    Ok(())
}

fn judge_requests(visit: &Visit, limit: usize) -> Result<()> {
    let count = visit.files.len();
    if count > limit {
        bail!(
            "at {} a first visit asks for {count} files, {} more than {limit}",
            visit.size,
            count - limit
        );
    }
    Ok(())
}

fn judge_chunks(chunks: &[Entry], limit: usize) -> Result<()> {
    if let Some(Entry { file, brotli, .. }) = chunks.iter().find(|chunk| chunk.brotli > limit) {
        bail!(
            "{file} has {brotli} compressed bytes, {} over the budget of a chunk",
            brotli - limit
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests;
