//! The manifest agrees with its sources: style colours, the page's description, routes and files.

use std::fs;
use std::path::{Path, PathBuf};

use jalons::route::{Route, Section};
use serde_json::Value;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(file(name)).expect("UTF-8")
}

fn manifest() -> Value {
    serde_json::from_str(&text("public/manifest.webmanifest")).expect("JSON")
}

/// Every icon that the manifest names: its own, and those of the shortcuts.
fn icons(manifest: &Value) -> Vec<&Value> {
    let shortcuts = manifest["shortcuts"].as_array().into_iter().flatten();
    let owners = std::iter::once(manifest).chain(shortcuts);
    owners.flat_map(|owner| owner["icons"].as_array().into_iter().flatten()).collect()
}

#[test]
fn the_manifests_colours_are_those_of_paper() {
    let manifest = manifest();
    let tokens = text("style/tokens.css");
    let paper = tokens.split("--paper: ").nth(1).and_then(|rest| rest.split(';').next());
    assert_eq!(manifest["theme_color"].as_str(), paper);
    assert_eq!(manifest["background_color"].as_str(), paper);
}

#[test]
fn the_manifest_says_of_the_app_what_the_page_says() {
    let manifest = manifest();
    let page = text("index.html");
    for name in ["name", "description", "lang"] {
        let said = manifest[name].as_str().expect("a text");
        assert!(page.contains(said), "{name}: {said}");
    }
}

#[test]
fn shortcuts_lead_to_tracking_and_to_the_consultations() {
    let manifest = manifest();
    let shortcuts = manifest["shortcuts"].as_array().expect("a list");
    let sections: Vec<_> = shortcuts
        .iter()
        .map(|shortcut| {
            let address = shortcut["url"].as_str().and_then(|url| url.strip_prefix("./"));
            let section = Route::parse(address.expect("an address beside the page")).section();
            let name = section.map(jalons::text::shell::section);
            assert_eq!(shortcut["name"].as_str(), name);
            section
        })
        .collect();
    assert_eq!(sections, [Some(Section::Track), Some(Section::Consult)]);
}

#[test]
fn every_icon_of_the_manifest_is_there_and_one_may_be_cut_to_any_shape() {
    let manifest = manifest();
    let icons = icons(&manifest);
    for icon in &icons {
        let name = icon["src"].as_str().expect("an address");
        assert!(file("public").join(name).is_file(), "{name}");
    }
    assert!(icons.iter().any(|icon| icon["purpose"] == "maskable"));
    for size in ["192x192", "512x512", "any"] {
        assert!(icons.iter().any(|icon| icon["sizes"] == size), "{size}");
    }
}
