//! The pages that are measured side by side, each in a folder of its own: this app, `TiddlyWiki`,
//! a sheet of x-data-spreadsheet and the hand-written twin, all with the same markers.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::convention::{self, Depth, Marker};
use crate::{checks, command, folders, html, project::Project, tools::npm, worker};

/// The folder of the twin and of the other pages' sources.
const SOURCES: &str = "tests/bench/peers";

/// A page in the making: its convention, and the folder it is written into.
pub(super) struct Page<'a> {
    project: &'a Project,
    convention: &'a Value,
    markers: Vec<Marker>,
    folder: PathBuf,
}

impl<'a> Page<'a> {
    /// Starts in an empty folder.
    pub(super) fn start(
        project: &'a Project,
        convention: &'a Value,
        folder: PathBuf,
    ) -> Result<Self> {
        folders::make_empty(&folder)?;
        Ok(Self { project, convention, markers: convention::markers(convention)?, folder })
    }

    /// This app, as it is published.
    pub(super) fn jalons(&self) -> Result<()> {
        folders::copy(&self.project.dist(), &self.folder)
    }

    /// This app with another convention in its page, from which it reads its convention.
    pub(super) fn jalons_about_it(&self) -> Result<()> {
        self.jalons()?;
        let (convention, content) = (self.folder.join("convention.json"), self.folder.join("app"));
        fs::write(&convention, self.convention.to_string())?;
        let mut generate = checks::generator(self.project);
        command::run(generate.arg("--page-of").args([&convention, &content]))?;
        let page = fs::read_to_string(self.folder.join("index.html"))?;
        let page = html::with_app(&page, &html::compact(&fs::read_to_string(&content)?)?)?;
        self.write("index.html", &page)?;
        for made in [convention, content] {
            fs::remove_file(made)?;
        }
        // The former worker would keep another page than this one.
        worker::make(self.project, &self.folder)
    }

    /// `TiddlyWiki`'s empty edition as one file, with a tiddler for each marker and one that lists
    /// them with their checkboxes.
    pub(super) fn tiddlywiki(&self) -> Result<()> {
        let mut tiddlers = vec![
            json!({ "title": "Suivre", "text": self.source("tiddlywiki/Suivre.txt")? }),
            json!({ "title": "$:/DefaultTiddlers", "text": "Suivre" }),
        ];
        for (code, title) in convention::objectives(self.convention, Depth::Global)? {
            // With the dot, so that the first objective does not begin like the tenth.
            let code = format!("{code}.");
            tiddlers.push(json!({ "title": title, "code": code, "tags": "Objectif" }));
        }
        for Marker { id, text, .. } in &self.markers {
            tiddlers
                .push(json!({ "title": id, "text": text, "reached": "no", "tags": "Marqueur" }));
        }
        let list = self.folder.join("tiddlers.json");
        fs::write(&list, Value::from(tiddlers).to_string())?;
        let edition = self.project.root().join("node_modules/tiddlywiki/editions/empty");
        let mut tiddlywiki = npm::program(self.project, "tiddlywiki/tiddlywiki.js");
        tiddlywiki.arg(edition).arg("--load").arg(&list).arg("--output").arg(&self.folder);
        tiddlywiki.args(["--render", "$:/core/save/all", "index.html", "text/plain"]);
        command::run(&mut tiddlywiki)?;
        fs::remove_file(list).context("the list of tiddlers could not be removed")
    }

    /// A sheet with a row for each marker.
    pub(super) fn sheet(&self) -> Result<()> {
        let rows = self.markers.iter();
        let rows: Vec<_> =
            rows.map(|marker| json!([marker.global, marker.id, marker.text])).collect();
        // A script's content ends at its closing tag, whatever it is of.
        let rows = Value::from(rows).to_string().replace('<', "\\u003c");
        self.write("index.html", &self.source("sheet/index.html")?.replace("{{markers}}", &rows))?;
        self.write("sheet.js", &self.source("sheet/sheet.js")?)?;
        let package = self.project.root().join("node_modules/x-data-spreadsheet/dist");
        copy_files(&package, &self.folder, &["js", "css", "svg"])
    }

    /// The twin: the rows are in its page.
    pub(super) fn twin(&self) -> Result<()> {
        let mut options = String::new();
        for (code, title) in convention::objectives(self.convention, Depth::Global)? {
            let title = escaped(&title);
            write!(options, "<option value=\"{code}\">{code} {title}</option>")?;
        }
        let mut groups = String::new();
        let mut markers = self.markers.iter().peekable();
        for (code, title) in convention::objectives(self.convention, Depth::Operational)? {
            let title = escaped(&title);
            write!(
                groups,
                "<section class=\"group\" data-code=\"{code}\"><h2>{code} {title}</h2>"
            )?;
            groups.push_str("<p class=\"count\"></p><ul>");
            while let Some(Marker { id, text, .. }) =
                markers.next_if(|marker| marker.objective == code)
            {
                let text = escaped(text);
                write!(
                    groups,
                    "<li id=\"{id}\"><button type=\"button\" class=\"tick\" aria-pressed=\"false\" \
                     aria-label=\"Atteint : {text}\"></button>\
                     <div><p class=\"text\">{text}</p><p class=\"state\"></p></div></li>"
                )?;
            }
            groups.push_str("</ul></section>");
        }
        let page = self.source("twin/index.html")?;
        let page = page.replace("{{options}}", &options).replace("{{groups}}", &groups);
        self.write("index.html", &page)?;
        for file in ["twin.css", "twin.js"] {
            self.write(file, &self.source(&format!("twin/{file}"))?)?;
        }
        Ok(())
    }

    fn source(&self, file: &str) -> Result<String> {
        let path = self.project.root().join(SOURCES).join(file);
        fs::read_to_string(&path).with_context(|| format!("{} could not be read", path.display()))
    }

    fn write(&self, file: &str, content: &str) -> Result<()> {
        fs::write(self.folder.join(file), content)
            .with_context(|| format!("{file} was not written"))
    }
}

fn copy_files(from: &Path, to: &Path, endings: &[&str]) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("no folder {}", from.display()))? {
        let path = entry?.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if let Some(name) = path.file_name().filter(|_| endings.contains(&ending)) {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// A text as it stands in a page, also inside quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_only_ever_text_in_a_page() {
        assert_eq!(escaped("<b a=\"1\">R&D"), "&lt;b a=&quot;1&quot;>R&amp;D");
    }
}
