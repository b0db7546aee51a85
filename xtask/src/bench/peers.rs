//! This app beside `TiddlyWiki`, a spreadsheet and a hand-written page, doing the same things with the
//! same markers, in turn in one run of one browser.

mod convention;
mod figures;
mod pages;

use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{command, e2e, project::Project, serve::StaticServer, tools::chromium::Chromium};
pub(crate) use figures::Comparison;
use pages::Page;

/// The town's own convention, and so many markers as it has.
const SOURCE: &str = "src/convention/illkirch-graffenstaden-2020-2022.json";
const FEW: usize = 105;
const MANY: usize = 10_000;

/// Makes the pages, has the browser use them, and leaves what came out to be judged.
pub(crate) fn measure(project: &Project, chromium: &Chromium) -> Result<Comparison> {
    let folder = project.target("peers");
    let town = fs::read_to_string(project.root().join(SOURCE))
        .with_context(|| format!("{SOURCE} could not be read"))?;
    let town: Value = serde_json::from_str(&town)?;
    let large = convention::ten_thousand(&town)?;
    let mut names = Vec::new();
    for (size, convention) in [(FEW, &town), (MANY, &large)] {
        let mut start = |name: &str| {
            names.push(format!("{name}-{size}"));
            Page::start(project, convention, folder.join(format!("{name}-{size}")))
        };
        let ours = start("jalons")?;
        if size == FEW {
            ours.jalons()?;
        } else {
            ours.jalons_about_it()?;
        }
        start("tiddlywiki")?.tiddlywiki()?;
        start("sheet")?.sheet()?;
        start("twin")?.twin()?;
    }
    let url = StaticServer::bind(folder, 0)?.start();
    let figures = project.target("bench");
    fs::create_dir_all(&figures)?;
    let mut playwright = e2e::playwright_at(project, chromium, "tests/bench/peers", &url);
    playwright.env("JALONS_PAGES", names.join(" ")).env("JALONS_FIGURES", &figures);
    command::run(&mut playwright)?;
    Comparison::read(&fs::read_to_string(figures.join("peers.json"))?)
}
