//! House rules that tests can check: dependencies between layers, and the place of sentences.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

/// What each part of `src` may use of the others. A part that is not here is a new one: give it
/// its place in ARCHITECTURE.md and here.
const MAY_USE: [(&str, &[&str]); 14] = [
    ("domain", &[]),
    ("convention", &["domain"]),
    ("route", &["domain"]),
    ("codec", &["domain"]),
    ("text", &["domain", "codec", "route"]),
    ("charts", &["domain"]),
    ("platform", &["domain", "codec"]),
    ("storage", &["domain", "codec", "platform"]),
    ("store", &["domain", "codec", "route", "platform", "storage"]),
    ("report", &["domain", "codec", "text"]),
    (
        "ui",
        &["domain", "codec", "route", "text", "charts", "platform", "report", "storage", "store"],
    ),
    ("app", &["domain", "route", "text", "platform", "storage", "store", "ui"]),
    ("lib", &[]),
    ("macros", &[]),
];

/// Crates of browser APIs, and the layers that may use them.
const BROWSER: [&str; 7] = [
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "gloo_storage",
    "plotters_canvas",
    "leptos",
];

pub(crate) fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// The layer that a file belongs to.
fn part(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let first = inside.expect("below src").components().next().expect("a name");
    let first = Path::new(first.as_os_str()).with_extension("");
    first.to_string_lossy().into_owned()
}

/// The names that follow `crate::` or begin a path, without doc tests and comments.
fn used(source: &str) -> Vec<String> {
    struct Paths(Vec<String>);

    impl Paths {
        fn tree(&mut self, tree: &syn::UseTree) {
            match tree {
                syn::UseTree::Path(path) if path.ident == "crate" => match &*path.tree {
                    syn::UseTree::Group(group) => {
                        for tree in &group.items {
                            self.first(tree);
                        }
                    }
                    tree => self.first(tree),
                },
                tree => self.first(tree),
            }
        }

        fn first(&mut self, tree: &syn::UseTree) {
            match tree {
                syn::UseTree::Path(path) => self.0.push(path.ident.to_string()),
                syn::UseTree::Name(name) => self.0.push(name.ident.to_string()),
                _ => {}
            }
        }
    }

    impl<'ast> Visit<'ast> for Paths {
        fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
            if item.ident != "tests" {
                syn::visit::visit_item_mod(self, item);
            }
        }

        fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
            self.tree(&item.tree);
        }

        fn visit_path(&mut self, path: &'ast syn::Path) {
            let mut names = path.segments.iter().map(|segment| segment.ident.to_string());
            let first = names.next();
            let name = if first.as_deref() == Some("crate") { names.next() } else { first };
            // A name without a path is a local one.
            self.0.extend(name.filter(|_| path.segments.len() > 1));
            syn::visit::visit_path(self, path);
        }
    }

    let file = syn::parse_file(source).expect("Rust");
    let mut paths = Paths(Vec::new());
    paths.visit_file(&file);
    paths.0
}

/// The forbidden names that a file uses.
fn trespasses(part: &str, path: &str, source: &str) -> Vec<String> {
    let allowed: BTreeMap<_, _> = MAY_USE.into_iter().collect();
    let Some(may_use) = allowed.get(part) else {
        return vec![format!("{path}: `{part}` has no place in the rules")];
    };
    let browser = matches!(part, "platform" | "ui" | "app" | "storage" | "store")
        || path.ends_with("charts/canvas.rs");
    // The two stores and the tabs; the protocol between them knows no browser.
    let adapters = ["storage/local.rs", "storage/idb.rs", "storage/tabs.rs", "storage/idb/"];
    let adapts = adapters.iter().any(|adapter| path.contains(adapter));
    let web =
        adapts || matches!(part, "platform" | "ui" | "app") || path.ends_with("charts/canvas.rs");
    used(source)
        .into_iter()
        .filter(|name| {
            let other = allowed.contains_key(name.as_str()) && name != part && part != "lib";
            let sideways = other && !may_use.contains(&name.as_str());
            let crates = BROWSER.contains(&name.as_str());
            let outside = if name == "leptos" { !browser } else { !web };
            sideways || (crates && outside)
        })
        .map(|name| format!("{path} uses {name}"))
        .collect()
}

#[test]
fn dependencies_point_down_only() {
    for (path, source) in sources("src") {
        // The binary, the build script and inline tests are outside the order of layers.
        let outside = ["src/main.rs", "convention/build.rs", "/tests.rs"];
        if outside.iter().any(|end| path.to_string_lossy().ends_with(end)) {
            continue;
        }
        let trespasses = trespasses(&part(&path), &path.to_string_lossy(), &source);
        assert!(trespasses.is_empty(), "{trespasses:#?}");
    }
}

#[test]
fn a_use_in_the_wrong_direction_is_noticed() {
    for (part, path, source) in [
        ("domain", "src/domain/day.rs", "use crate::text::dates;"),
        ("domain", "src/domain/day.rs", "use crate::{domain::item, store::AppStore};"),
        ("domain", "src/domain/day.rs", "fn f() { js_sys::Date::now(); }"),
        ("text", "src/text/home.rs", "fn f() -> crate::store::Notice { todo() }"),
        ("charts", "src/charts/levels.rs", "use web_sys::Element;"),
        ("store", "src/store.rs", "use web_sys::Storage;"),
        ("storage", "src/storage/sync/save.rs", "use web_sys::Storage;"),
        ("storage", "src/storage/sync/save.rs", "use crate::store::AppStore;"),
        ("newcomer", "src/newcomer.rs", ""),
    ] {
        assert!(!trespasses(part, path, source).is_empty(), "{source}");
    }
    assert!(trespasses("ui", "src/ui/home.rs", "use crate::store::AppStore;").is_empty());
    let tests = "mod tests { fn f() { crate::convention::convention(); } }";
    assert!(trespasses("text", "src/text/home.rs", tests).is_empty());
    assert!(trespasses("charts", "src/charts/canvas.rs", "use web_sys::Element;").is_empty());
}

/// String literals that a person could read: with a space between words, a capital or an accent.
/// Names, classes, addresses, keys and drawings are excluded.
fn sentences(source: &str) -> Vec<String> {
    fn literals(stream: TokenStream, found: &mut Vec<String>) {
        let mut skip = false;
        for token in stream {
            match token {
                // Attributes such as `#[expect(reason = "…")]`, comments, and messages of `expect`
                // are for developers.
                TokenTree::Punct(mark) => {
                    skip = mark.as_char() == '#' || (skip && mark.as_char() == '!');
                    continue;
                }
                TokenTree::Group(group) if !skip => literals(group.stream(), found),
                TokenTree::Literal(literal) => {
                    let text = syn::parse_str::<syn::LitStr>(&literal.to_string());
                    found.extend(text.map(|text| text.value()));
                }
                TokenTree::Ident(name) => {
                    skip = name == "expect";
                    continue;
                }
                TokenTree::Group(_) => {}
            }
            skip = false;
        }
    }

    let mut found = Vec::new();
    literals(source.parse().expect("Rust"), &mut found);
    found.retain(|text| is_for_people(text));
    found
}

fn is_for_people(text: &str) -> bool {
    /// Names of keys and attributes with capitals, and a selector.
    const NAMES: [&str; 13] = [
        "ArrowDown",
        "ArrowUp",
        "ArrowLeft",
        "ArrowRight",
        "Enter",
        "Escape",
        "Home",
        "End",
        "viewBox",
        "TEXTAREA",
        "SELECT",
        "0 0 24 24",
        "a[href], button, input, select, textarea, summary",
    ];
    let drawing = text.starts_with('M') && text.chars().any(|c| c.is_ascii_digit());
    let address = text.starts_with("http://www.w3.org/");
    // Lists of classes are names with hyphens.
    let classes = text.contains(' ')
        && text.split(' ').all(|name| {
            name.chars().all(|c| c.is_ascii_lowercase() || "-_".contains(c)) && !name.is_empty()
        })
        && text.split(' ').skip(1).all(|name| name.contains('-'));
    // The text of a format string outside its placeholders.
    let said: String =
        text.split('{').map(|part| part.split_once('}').map_or(part, |p| p.1)).collect();
    let has_letters = |word: &&str| word.chars().any(char::is_alphabetic);
    let words = said.split_whitespace().filter(has_letters).count() > 1
        || said.chars().any(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_ascii()));
    words && !NAMES.contains(&text) && !drawing && !address && !classes
}

#[test]
fn no_view_holds_a_sentence_of_its_own() {
    // A page's markup has capitals and spaces of its own.
    let is_markup = |path: &Path| path.ends_with("report/html.rs");
    let report = sources("src/report").into_iter().filter(|(path, _)| !is_markup(path));
    for (path, source) in sources("src/ui").into_iter().chain(report) {
        let sentences = sentences(&source);
        assert!(sentences.is_empty(), "{}: {sentences:#?}", path.display());
    }
}

#[test]
fn a_sentence_in_a_view_is_noticed() {
    for source in [
        r#"fn f() { el("p").text("Bonjour"); }"#,
        r#"fn f() { el("p").text("deux mots"); }"#,
        r#"fn f() { el("p").text("été"); }"#,
        r#"fn f() { el("p").text(&format!("il y a {n}")); }"#,
        r#"fn f() { el("p").attr("aria-label", "Fermer"); }"#,
    ] {
        assert_eq!(sentences(source).len(), 1, "{source}");
    }
    let page = r#"fn f() { el("p").class("button button--primary").attr("id", &format!("{name}/title")); }"#;
    assert!(sentences(page).is_empty());
}

/// The string and character literals with a no-break space, typed or escaped, outside tests and
/// attributes.
fn no_break_literals(source: &str) -> Vec<String> {
    struct Literals(Vec<String>);

    impl<'ast> Visit<'ast> for Literals {
        fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

        fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
            if item.ident != "tests" {
                syn::visit::visit_item_mod(self, item);
            }
        }

        fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
            self.0.push(literal.value());
        }

        fn visit_lit_char(&mut self, literal: &'ast syn::LitChar) {
            self.0.push(literal.value().into());
        }

        fn visit_macro(&mut self, call: &'ast syn::Macro) {
            fn walk(tokens: TokenStream, found: &mut Vec<String>) {
                for token in tokens {
                    match token {
                        TokenTree::Group(group) => walk(group.stream(), found),
                        TokenTree::Literal(literal) => {
                            if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                                found.push(text.value());
                            }
                        }
                        _ => {}
                    }
                }
            }
            walk(call.tokens.clone(), &mut self.0);
        }
    }

    let file = syn::parse_file(source).expect("Rust");
    let mut literals = Literals(Vec::new());
    literals.visit_file(&file);
    literals.0.retain(|text| text.contains(['\u{a0}', '\u{202f}']));
    literals.0
}

/// No-break spaces come from `typeset`; no other module types or searches for one.
#[test]
fn no_break_spaces_come_from_the_typographer() {
    /// The typography module, and those that read such spaces in people's text.
    const KNOW_THEM: [&str; 3] =
        ["src/text/typography.rs", "src/codec/csv.rs", "src/domain/pii.rs"];
    for (path, source) in sources("src") {
        let typed = source.contains(['\u{a0}', '\u{202f}']);
        assert!(!typed, "{} holds a no-break space typed by hand", path.display());
        if !KNOW_THEM.iter().any(|known| path.ends_with(known)) {
            let literals = no_break_literals(&source);
            assert!(literals.is_empty(), "{}: {literals:?}", path.display());
        }
    }
}

#[test]
fn an_escaped_no_break_space_is_noticed() {
    for source in [
        r"fn f() { name.split_once('\u{a0}'); }",
        r#"const COLON: &str = "\u{a0}: ";"#,
        r#"fn f() { format!("{name}\u{202f}?"); }"#,
    ] {
        assert_eq!(no_break_literals(source).len(), 1, "{source}");
    }
    let tests = r#"mod tests { fn f() { assert_eq!(said, "1\u{a0}%"); } }"#;
    assert!(no_break_literals(tests).is_empty());
}

/// Only the convention's folder names the town.
#[test]
fn only_the_conventions_folder_knows_the_town() {
    let name = jalons::convention::convention().territory();
    for (path, source) in sources("src") {
        let inside = part(&path) == "convention";
        assert!(inside || !source.contains(name), "{} names the town", path.display());
    }
}

/// The public types of a file, and the errors among them whose names do not end in `Error`.
fn public_types(source: &str) -> (Vec<String>, Vec<String>) {
    let (mut types, mut misnamed) = (Vec::new(), Vec::new());
    for item in syn::parse_file(source).expect("Rust").items {
        let (name, visibility, attributes) = match item {
            syn::Item::Struct(item) => (item.ident, item.vis, item.attrs),
            syn::Item::Enum(item) => (item.ident, item.vis, item.attrs),
            syn::Item::Type(item) => (item.ident, item.vis, item.attrs),
            syn::Item::Trait(item) => (item.ident, item.vis, item.attrs),
            _ => continue,
        };
        let name = name.to_string();
        let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
        let is_error = derives
            .flat_map(|derive| derive.meta.require_list().cloned())
            .any(|list| list.tokens.into_iter().any(|token| token.to_string() == "Error"));
        if is_error && !name.ends_with("Error") {
            misnamed.push(name.clone());
        }
        if matches!(visibility, syn::Visibility::Public(_)) {
            types.push(name);
        }
    }
    (types, misnamed)
}

#[test]
fn a_public_type_has_a_name_of_its_own_and_errors_are_called_so() {
    let mut places: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for (path, source) in sources("src") {
        let (types, misnamed) = public_types(&source);
        assert!(misnamed.is_empty(), "{}: {misnamed:?}", path.display());
        for name in types {
            places.entry(name).or_default().push(path.clone());
        }
    }
    places.retain(|_, paths| paths.len() > 1);
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn a_type_that_is_an_error_and_is_not_called_so_is_noticed() {
    let (types, misnamed) = public_types("#[derive(Debug, Error)] pub enum Misfit {} struct Own;");
    assert_eq!((types, misnamed), (vec!["Misfit".to_owned()], vec!["Misfit".to_owned()]));
}

/// The rings that remain among sibling modules, each with its reason.
const RINGS: [(&str, &str); 1] = [(
    "codec: backup carnet ours poll_file",
    "each reader of a file tells which other file it was given, and all share one error",
)];

/// The modules below `src`, by their path in the crate, with the paths of the crate that each uses.
/// Tests stand outside.
fn modules(sources: &[(String, String)]) -> BTreeMap<String, BTreeSet<String>> {
    struct Paths<'a> {
        module: &'a str,
        used: BTreeSet<String>,
    }

    impl Paths<'_> {
        /// Notes a path with what is in front of it resolved.
        fn note(&mut self, names: &[String]) {
            let mut from: Vec<&str> = self.module.split("::").collect();
            let mut names = names.iter().map(String::as_str).peekable();
            match names.peek() {
                Some(&"crate") => from.clear(),
                Some(&("self" | "super")) => {}
                _ => return,
            }
            while let Some(name) = names.next_if(|name| ["crate", "self", "super"].contains(name)) {
                if name == "super" {
                    from.pop();
                }
            }
            self.used.insert(from.into_iter().chain(names).collect::<Vec<_>>().join("::"));
        }

        fn tree(&mut self, tree: &syn::UseTree, names: &mut Vec<String>) {
            match tree {
                syn::UseTree::Path(path) => {
                    names.push(path.ident.to_string());
                    self.tree(&path.tree, names);
                    names.pop();
                }
                syn::UseTree::Group(group) => {
                    for tree in &group.items {
                        self.tree(tree, names);
                    }
                }
                syn::UseTree::Name(syn::UseName { ident })
                | syn::UseTree::Rename(syn::UseRename { ident, .. }) => {
                    names.push(ident.to_string());
                    self.note(names);
                    names.pop();
                }
                syn::UseTree::Glob(_) => self.note(names),
            }
        }
    }

    impl<'ast> Visit<'ast> for Paths<'_> {
        // Besides tests, modules inside a file belong to it; their own `super` is that file.
        fn visit_item_mod(&mut self, _: &'ast syn::ItemMod) {}

        fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
            self.tree(&item.tree, &mut Vec::new());
        }

        fn visit_path(&mut self, path: &'ast syn::Path) {
            let names: Vec<_> = path.segments.iter().map(|name| name.ident.to_string()).collect();
            self.note(&names);
            syn::visit::visit_path(self, path);
        }
    }

    let modules = sources.iter().map(|(module, source)| {
        let mut paths = Paths { module, used: BTreeSet::new() };
        paths.visit_file(&syn::parse_file(source).expect("Rust"));
        (module.clone(), paths.used)
    });
    modules.collect()
}

/// The rings among siblings: `parent: one other`, where everything below `one` counts as `one`.
fn rings(sources: &[(String, String)]) -> BTreeSet<String> {
    let modules = modules(sources);
    let mut uses: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for (module, used) in &modules {
        for path in used {
            let (mut parent, mut from, mut to) = (Vec::new(), module.split("::"), path.split("::"));
            let (one, other) = loop {
                match (from.next(), to.next()) {
                    (Some(one), Some(other)) if one == other => parent.push(one),
                    ends => break ends,
                }
            };
            let parent = parent.join("::");
            let (Some(one), Some(other)) = (one, other) else { continue };
            let is_module = |name: &str| {
                let path =
                    if parent.is_empty() { name.to_owned() } else { format!("{parent}::{name}") };
                modules.contains_key(&path)
            };
            if is_module(one) && is_module(other) {
                let uses = uses.entry((parent.clone(), one.to_owned())).or_default();
                uses.insert(other.to_owned());
            }
        }
    }
    let reach = |parent: &str, from: &str| {
        let (mut found, mut ahead) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(name) = ahead.pop() {
            for next in uses.get(&(parent.to_owned(), name)).into_iter().flatten() {
                if found.insert(next.clone()) {
                    ahead.push(next.clone());
                }
            }
        }
        found
    };
    let ring = |(parent, name): &(String, String)| {
        let reached = reach(parent, name);
        let ring: Vec<_> =
            reached.iter().filter(|other| reach(parent, other).contains(name)).cloned().collect();
        reached.contains(name).then(|| format!("{parent}: {}", ring.join(" ")))
    };
    uses.keys().filter_map(ring).collect()
}

#[test]
fn sibling_modules_do_not_import_each_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let sources = sources("src").into_iter().filter_map(|(path, source)| {
        let inside = path.strip_prefix(&root).expect("below src").with_extension("");
        let names: Vec<_> = inside.iter().map(|name| name.to_string_lossy()).collect();
        // The crate's root and its other crates are no modules of it; a test uses what it likes.
        let is_module = !matches!(&*names[0], "lib" | "main" | "macros")
            && !matches!(&**names.last().expect("a name"), "tests" | "build");
        is_module.then(|| (names.join("::"), source))
    });
    let found = rings(&sources.collect::<Vec<_>>());
    let excused: BTreeSet<_> = RINGS.iter().map(|(ring, _)| (*ring).to_owned()).collect();
    assert_eq!(found, excused);
}

#[test]
fn a_ring_of_siblings_is_noticed() {
    let found = |sources: &[(&str, &str)]| {
        let owned = |(module, source): &(&str, &str)| ((*module).to_owned(), (*source).to_owned());
        rings(&sources.iter().map(owned).collect::<Vec<_>>()).into_iter().collect::<Vec<_>>()
    };
    let ring = [
        ("ui", "mod one; mod two; mod three;"),
        ("ui::one", "use super::{store, two::Two};"),
        ("ui::two", "mod inner;"),
        ("ui::two::inner", "fn f() { crate::ui::three::f(); }"),
        ("ui::three", "use crate::ui::one::*;"),
    ];
    assert_eq!(found(&ring), ["ui: one three two"]);
    assert!(found(&ring[..4]).is_empty());
    // A module and its parent, a name that is no module, and tests are no ring.
    let none = [
        ("ui", "use one::One; use two::Two;"),
        ("ui::one", "use super::El; use super::two::Two;"),
        ("ui::two", "use super::El; #[cfg(test)] mod tests { use super::super::one::One; }"),
    ];
    assert!(found(&none).is_empty());
}

/// The chunks that lazy screens name without being marked so: `Name: chunk of function`.
fn misplaced_screens(source: &str) -> Vec<String> {
    let text: String = source.split_whitespace().collect();
    let declared = text.split("LazyScreen{chunk:\"").skip(1).filter_map(|rest| {
        let (chunk, rest) = rest.split_once("\",content:")?;
        let function = rest.split(['}', ',']).next()?;
        Some((chunk, function))
    });
    declared
        .filter(|(chunk, function)| !text.contains(&format!("#[lazy_chunk({chunk})]fn{function}(")))
        .map(|(chunk, function)| format!("{function}: {chunk}"))
        .collect()
}

#[test]
fn a_lazy_screen_names_the_chunk_that_its_function_is_in() {
    let sources = sources("src/ui");
    let declared = sources.iter().filter(|(path, _)| !path.ends_with("ui/lazy_screen.rs"));
    let mut count = 0;
    for (path, source) in declared {
        count += source.matches("= LazyScreen {").count();
        let misplaced = misplaced_screens(source);
        assert!(misplaced.is_empty(), "{}: {misplaced:?}", path.display());
    }
    assert!(count > 10, "only {count} lazy screens were found");
    let wrong = "const A: LazyScreen = LazyScreen { chunk: \"one\", content: a };
        #[lazy_chunk(two)]
        fn a() -> Vec<El> {}";
    assert_eq!(misplaced_screens(wrong), ["a: one"]);
}

/// On a touch screen, `:hover` stays on what was tapped last, and makes it look ticked.
#[test]
fn hover_is_styled_only_where_there_is_a_pointer_that_hovers() {
    for entry in fs::read_dir("style").expect("a folder") {
        let path = entry.expect("a file").path();
        let sheet = fs::read_to_string(&path).expect("text");
        let mut open = Vec::new();
        for line in sheet.lines().map(str::trim) {
            if line.ends_with('{') {
                open.push(line);
            }
            let is_hover = |rule: &&str| rule.starts_with("@media (hover: hover)");
            let is_allowed = !line.contains(":hover") || open.iter().any(is_hover);
            assert!(is_allowed, "{}: {line}", path.display());
            if line.starts_with('}') {
                open.pop();
            }
        }
    }
}
