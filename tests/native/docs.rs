//! Checks that every path, command and name in the documentation exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages, with their text outside code blocks and the words in code blocks.
fn pages() -> Vec<(PathBuf, String, String)> {
    let docs = fs::read_dir(root().join("docs")).expect("docs");
    let docs = docs.map(|entry| entry.expect("an entry").path());
    let docs = docs.filter(|path| path.extension().is_some_and(|end| end == "md"));
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(|name| root().join(name));
    let text = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("UTF-8");
        let outside = text.split("```").step_by(2).collect();
        let inside = text.split("```").skip(1).step_by(2).collect();
        (path, outside, inside)
    };
    top.into_iter().chain(docs).map(text).collect()
}

/// The texts between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// The addresses of links to files of the checkout.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let pictures = text.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let targets = links.chain(pictures);
    targets.filter(|target| !target.contains("://")).filter_map(|target| target.split('#').next())
}

/// Every identifier in the sources.
fn words() -> BTreeSet<String> {
    fn gather(folder: &Path, words: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            // This file has names that do not exist.
            if path.ends_with("tests/native/docs.rs") {
                continue;
            }
            if path.is_dir() {
                gather(&path, words);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
                words.extend(text.split(|c| !is_part(c)).map(str::to_owned));
            }
        }
    }

    let mut words = BTreeSet::new();
    for folder in ["src", "tests", "xtask/src", "benches", "public", "style"] {
        gather(&root().join(folder), &mut words);
    }
    words
}

/// The names that the sources define: functions, types, constants, modules and variants.
fn definitions() -> BTreeSet<String> {
    const KEYWORDS: [&str; 8] = ["fn", "struct", "enum", "trait", "type", "const", "static", "mod"];

    fn gather(folder: &Path, names: &mut BTreeSet<String>) {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                gather(&path, names);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                for line in text.lines().map(str::trim_start) {
                    let words: Vec<_> = line.split(|c| !is_part(c)).collect();
                    let defined = words.windows(2).filter(|pair| KEYWORDS.contains(&pair[0]));
                    names.extend(defined.map(|pair| pair[1].to_owned()));
                    // A variant begins its line with a capital.
                    let first = words[0];
                    if first.starts_with(|c: char| c.is_ascii_uppercase()) {
                        names.insert(first.to_owned());
                    }
                }
            }
        }
    }

    let mut names = BTreeSet::new();
    for folder in ["src", "xtask/src"] {
        gather(&root().join(folder), &mut names);
    }
    names
}

/// The file or folder named by a quotation, if it is a path in the checkout or in `src`.
fn path_of(quotation: &str) -> Option<&str> {
    let folders = ["src/", "tests/", "xtask/", "docs/", "public/", "style/", "benches/", ".ci/"];
    let in_a_folder = folders.iter().any(|folder| quotation.starts_with(folder));
    let is_rust = Path::new(quotation).extension().is_some_and(|end| end == "rs");
    let of_the_app = is_rust && quotation.contains('/');
    let is_path = in_a_folder || of_the_app;
    (is_path && !quotation.contains([' ', '*', '{', '<', '…'])).then_some(quotation)
}

/// Whether a path exists in the checkout or in `src`.
fn exists(path: &str) -> bool {
    root().join(path).exists() || root().join("src").join(path).exists()
}

/// The command of `cargo xtask` named by a quotation.
fn command_of(quotation: &str) -> Option<&str> {
    let rest = quotation.split("cargo xtask ").nth(1)?;
    rest.split(' ').next().filter(|word| !word.starts_with('-'))
}

/// The type or the last segment of a Rust path named by a quotation.
fn name_of(quotation: &str) -> Option<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name = quotation.trim_end_matches("()").rsplit("::").next()?;
    let is_name = !name.is_empty() && name.chars().all(is_part);
    let is_path = quotation.contains("::") && !quotation.contains(['/', ' ']);
    let is_type = name == quotation
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.contains(|c: char| c.is_ascii_lowercase());
    (is_name && (is_path || is_type)).then_some(name)
}

/// The commands, as clap derives them from the variants of `Task`.
fn commands() -> BTreeSet<String> {
    let main = fs::read_to_string(root().join("xtask/src/main.rs")).expect("the commands");
    let file = syn::parse_file(&main).expect("Rust");
    let task = file.items.into_iter().find_map(|item| match item {
        syn::Item::Enum(item) if item.ident == "Task" => Some(item),
        _ => None,
    });
    let variants = task.expect("the commands").variants;
    variants.into_iter().map(|variant| variant.ident.to_string().to_lowercase()).collect()
}

#[test]
fn what_the_documentation_names_exists() {
    let (words, names, commands) = (words(), definitions(), commands());
    let mut missing = Vec::new();
    for (page, text, blocks) in pages() {
        let mut say = |what: &str| missing.push(format!("{}: {what}", page.display()));
        let folder = page.parent().expect("a folder");
        for link in links(&text).filter(|link| !link.is_empty()) {
            if !folder.join(link).exists() {
                say(link);
            }
        }
        for quotation in quoted(&text) {
            if path_of(quotation).is_some_and(|path| !exists(path)) {
                say(quotation);
            }
            if command_of(quotation).is_some_and(|command| !commands.contains(command)) {
                say(quotation);
            }
            let known = if quotation.contains("::") { &names } else { &words };
            if name_of(quotation).is_some_and(|name| !known.contains(name)) {
                say(quotation);
            }
        }
        for line in blocks.lines() {
            if command_of(line).is_some_and(|command| !commands.contains(command)) {
                say(line);
            }
            let is_end = |c: char| c.is_whitespace() || ",;:()[]\"'".contains(c);
            for word in line.split(is_end).filter_map(path_of) {
                if !exists(word) {
                    say(word);
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn what_does_not_exist_is_noticed() {
    assert_eq!(path_of("src/nowhere.rs"), Some("src/nowhere.rs"));
    assert_eq!(path_of("text/nowhere.rs"), Some("text/nowhere.rs"));
    assert_eq!(path_of("src/<screen>.rs"), None);
    assert!(exists("src/text.rs") && exists("text/home.rs") && !exists("text/nowhere.rs"));
    assert_eq!(command_of("JALONS_CASES=1 cargo xtask fly -- FILE"), Some("fly"));
    assert_eq!(command_of("cargo xtask --help"), None);
    assert_eq!(name_of("AppStore::dispatch"), Some("dispatch"));
    assert_eq!(name_of("NoSuchType"), Some("NoSuchType"));
    assert_eq!(name_of("localStorage"), None);
    assert_eq!(links("see [here](docs/a.md#b) and [there](https://example.org)").count(), 1);
    assert_eq!(quoted("one `two` three `four`").collect::<Vec<_>>(), ["two", "four"]);
    let names = definitions();
    assert!(names.contains("dispatch") && names.contains("AppStore") && names.contains("Carnet"));
    assert!(!names.contains("NoSuchType") && !words().contains("NoSuchType"));
    assert!(commands().contains("serve") && !commands().contains("fly"));
}
