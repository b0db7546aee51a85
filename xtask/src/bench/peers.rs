//! Compares this app with `TiddlyWiki`, a spreadsheet and a hand-written page, doing the same things with
//! the same markers, in turn in one run of one browser.

mod convention;
mod figures;
mod pages;

use std::fs;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{command, e2e, folders, project::Project, serve, tools::chromium::Chromium};
pub(crate) use figures::Comparison;
use pages::Page;

/// Makes the pages, has the browser use them, and reads the figures.
pub(crate) fn measure(project: &Project, chromium: &Chromium) -> Result<Comparison> {
    let folder = project.target("peers");
    let town = town(project)?;
    let large = convention::ten_thousand(&town)?;
    let mut names = Vec::new();
    for convention in [&town, &large] {
        let size = convention::markers(convention)?.len();
        let mut start = |name: &str| {
            names.push(format!("{name}-{size}"));
            Page::start(project, convention, folder.join(format!("{name}-{size}")))
        };
        let ours = start("jalons")?;
        if *convention == town {
            ours.jalons()?;
        } else {
            ours.jalons_about_it()?;
        }
        start("tiddlywiki")?.tiddlywiki()?;
        start("sheet")?.sheet()?;
        start("twin")?.twin()?;
    }
    let url = serve::start(folder)?;
    let figures = project.target("bench");
    fs::create_dir_all(&figures)?;
    let mut playwright = e2e::playwright(project, chromium, "tests/bench/peers", &url);
    playwright.env("JALONS_PAGES", names.join(" ")).env("JALONS_FIGURES", &figures);
    command::run(&mut playwright)?;
    Comparison::read(&fs::read_to_string(figures.join("peers.json"))?)
}

/// The town's own convention, the one JSON file of `src/convention/`.
fn town(project: &Project) -> Result<Value> {
    let mut files = folders::files(&project.root().join("src/convention"))?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    let [file] = &files[..] else {
        bail!("src/convention/ holds {} conventions in place of one", files.len());
    };
    serde_json::from_str(&fs::read_to_string(file)?)
        .with_context(|| format!("{} is no JSON", file.display()))
}
