//! Build script: turns the convention's JSON file into the lines that the app embeds.
//!
//! Parsing JSON into the convention's types would cost the app about 8 kB of compressed code, and
//! the JSON keys another one. The lines have the same texts in the same order, an id and the texts of
//! an item each; the ids give the tree. The build script does not validate the file: native tests
//! parse it with all checks, and compare the result with that of these lines.

use std::path::PathBuf;
use std::{env, fs};

use serde_json::Value;

const SOURCE: &str = "src/convention/illkirch-graffenstaden-2020-2022.json";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={SOURCE}");
    println!("cargo::rerun-if-changed=src/convention/build.rs");
    let json = fs::read_to_string(SOURCE).map_err(|error| format!("{SOURCE}: {error}"))?;
    let file: Value = serde_json::from_str(&json).map_err(|error| format!("{SOURCE}: {error}"))?;
    let mut lines = Vec::new();
    head(&file, &mut lines);
    for objective in list(&file, "global_objectives") {
        objectives(objective, &mut lines);
    }
    let target = PathBuf::from(env::var("OUT_DIR")?).join("convention.txt");
    fs::write(target, lines.join("\n"))?;
    Ok(())
}

/// The lines about the convention as a whole.
fn head(file: &Value, lines: &mut Vec<String>) {
    for key in ["id", "language", "title", "territory"] {
        lines.push(format!("{key}\t{}", text(file, key)));
    }
    for key in ["first_year", "last_year"] {
        lines.push(format!("{key}\t{}", file["period"][key]));
    }
    for repair in list(file, "repairs") {
        lines.push(format!("repair\t{}", repair.as_str().unwrap_or_default()));
    }
    for term in list(file, "glossary") {
        lines.push(format!("term\t{}\t{}", text(term, "term"), text(term, "meaning")));
    }
    for synonym in list(file, "synonyms") {
        lines.push(format!("like\t{}\t{}", text(synonym, "word"), text(synonym, "means")));
    }
    for theme in list(file, "themes") {
        lines.push(format!("theme\t{}", line(theme, &["icon", "search", "name"])));
    }
}

/// The lines of an objective of any level and of everything below it.
fn objectives(objective: &Value, lines: &mut Vec<String>) {
    lines.push(line(objective, &["code", "title", "plain", "short_name"]));
    let results = list(objective, "expected_results").map(|result| line(result, &["id", "text"]));
    lines.extend(results);
    let markers = list(objective, "progress_markers");
    lines.extend(markers.map(|marker| line(marker, &["id", "text", "plain"])));
    for below in ["strategic_objectives", "operational_objectives"] {
        for below in list(objective, below) {
            objectives(below, lines);
        }
    }
}

fn line(value: &Value, keys: &[&str]) -> String {
    keys.iter().map(|key| text(value, key)).collect::<Vec<_>>().join("\t")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}
