//! The French on screen and in files: curved apostrophes, and the words that the app does not use.

use std::fs;
use std::path::Path;

use jalons::text::typeset;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::tidy::sources;

/// Words that a resident would not use of these things, and what they would say.
const UNUSED: [(&str, &str); 4] = [
    ("réunion", "mise en commun"),
    ("cran", "niveau, place"),
    ("mémoire sûre", "ce que garde le navigateur"),
    ("scrutin", "consultation"),
];

/// Functions whose words are a part of a sentence that the caller typesets.
const PARTS: [&str; 3] = ["breach", "misfit", "why"];

/// A function, or a constant, with its string literals.
struct Said {
    name: String,
    /// The literals, each with whether a macro typesets it while compiling.
    literals: Vec<(String, bool)>,
    /// Whether it typesets the rest.
    typesets: bool,
}

/// What each function of a source says, without tests and comments.
fn said(source: &str) -> Vec<Said> {
    let mut found = Vec::new();
    functions(source.parse().expect("Rust"), &mut found);
    found
}

fn functions(tokens: TokenStream, found: &mut Vec<Said>) {
    // The last word, and the function whose body is to come.
    let (mut name, mut body) = (String::new(), None);
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let mut literals = Vec::new();
                if let Some(name) = body.take() {
                    let typesets = group.stream().to_string().contains("typeset (");
                    walk(group.stream(), false, &mut literals);
                    found.push(Said { name, literals, typesets });
                } else if name == "sentences" {
                    walk(group.stream(), true, &mut literals);
                    found.push(Said { name: name.clone(), literals, typesets: false });
                } else if name != "tests" && name != "macro_rules" {
                    functions(group.stream(), found);
                }
            }
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    let literals = vec![(text.value(), false)];
                    found.push(Said { name: name.clone(), literals, typesets: false });
                }
            }
            TokenTree::Ident(ident) => {
                let before = std::mem::replace(&mut name, ident.to_string());
                if before == "fn" {
                    body = Some(name.clone());
                }
                // `macro_rules! name { … }`
                if before == "macro_rules" {
                    name = before;
                }
            }
            // Attributes, arguments and marks say nothing.
            TokenTree::Group(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// Collects the string literals; those of `set!` are typeset.
fn walk(tokens: TokenStream, typeset: bool, found: &mut Vec<(String, bool)>) {
    let (mut name, mut calls) = (String::new(), false);
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                walk(group.stream(), typeset || (calls && name == "set"), found);
            }
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                    found.push((text.value(), typeset));
                }
            }
            TokenTree::Ident(ident) => (name, calls) = (ident.to_string(), false),
            TokenTree::Punct(mark) => calls = mark.as_char() == '!',
        }
    }
}

/// Whether a text has a straight apostrophe of French prose: behind a letter, before a word.
fn is_straight(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        c == '\''
            && before.ends_with(char::is_alphabetic)
            && after.starts_with(|next: char| next.is_alphanumeric() || "«{“".contains(next))
    })
}

/// The functions of a source that say something with a straight apostrophe.
fn straight(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for Said { name, literals, typesets } in said(source) {
        for (text, is_typeset) in literals {
            // What is filled in is typeset with the rest.
            let shown = if is_typeset {
                typeset(&text)
            } else if typesets || PARTS.contains(&name.as_str()) {
                typeset(&text).replace("'{", "’{")
            } else {
                text
            };
            if is_straight(&shown) {
                found.push(format!("{name}: {shown}"));
            }
        }
    }
    found
}

#[test]
fn apostrophes_are_curved_on_screen_and_in_files() {
    let texts = sources("src/text").into_iter().chain(sources("src/report"));
    let found: Vec<_> = texts
        .flat_map(|(path, source)| {
            straight(&source).into_iter().map(move |found| format!("{}: {found}", path.display()))
        })
        .collect();
    assert!(found.is_empty(), "straight apostrophes:\n{}", found.join("\n"));
}

#[test]
fn a_straight_apostrophe_is_noticed() {
    for source in [
        r#"fn f() -> String { format!("l'{name}") }"#,
        r#"fn f() -> &'static str { "l'été" }"#,
        r#"const A: &str = "d'ici";"#,
        r#"sentences! { a = "d'« ici »"; }"#,
        r#"fn f() -> String { typeset("d'« ici »") }"#,
    ] {
        assert_eq!(straight(source).len(), 1, "{source}");
    }
    for source in [
        r#"fn f() -> String { typeset(&format!("l'{}", "l'été")) }"#,
        r#"fn f() -> &'static str { set!("l'été") }"#,
        r#"sentences! { a = "l'été"; }"#,
        r#"fn f() -> &'static str { "l’été" }"#,
        r#"mod tests { fn f() -> &'static str { "l'été" } }"#,
    ] {
        assert!(straight(source).is_empty(), "{source}");
    }
}

#[test]
fn pages_and_scripts_speak_with_curved_apostrophes() {
    let read = |path: &str| {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file")
    };
    let page = scraper::Html::parse_document(&read("index.html"));
    let texts = page.root_element().text().filter(|text| is_straight(text)).collect::<Vec<_>>();
    assert!(texts.is_empty(), "{texts:?}");
    let elements = page.root_element().descendants().filter_map(|node| node.value().as_element());
    for (name, value) in elements.flat_map(scraper::node::Element::attrs) {
        // The lines for the app are typeset too.
        assert!(!is_straight(value), "{name}: {value}");
    }
    assert!(!is_straight(&read("public/manifest.webmanifest")));
    for script in ["public/start.js", "public/offline.js"] {
        for line in read(script).lines() {
            let code = line.trim_start();
            let is_comment = ["//", "/*", "*"].iter().any(|begins| code.starts_with(begins));
            // English contractions are in comments only.
            let shortens = ["l'", "d'", "n'", "s'", "c'", "j'", "qu'", "L'", "D'", "C'", "J'"];
            let said = shortens.iter().any(|short| {
                code.match_indices(short).any(|(at, _)| {
                    let before = code[..at].chars().next_back();
                    before.is_none_or(|c| " «'\"`(".contains(c)) && is_straight(&code[at..])
                })
            });
            assert!(is_comment || !said, "{script}: {code}");
        }
    }
}

#[test]
fn words_that_nobody_here_says_are_in_no_text() {
    for (path, source) in sources("src/text").into_iter().chain(sources("src/report")) {
        for Said { name, literals, .. } in said(&source) {
            for (text, _) in literals {
                for (word, instead) in UNUSED {
                    let has = text
                        .to_lowercase()
                        .split(|c: char| !c.is_alphabetic() && c != ' ')
                        .any(|words| {
                            words
                                .split(' ')
                                .any(|one| one == word || one.strip_suffix('s') == Some(word))
                                || (word.contains(' ') && words.contains(word))
                        });
                    assert!(
                        !has,
                        "{}, {name}: “{word}” in “{text}”, say “{instead}”",
                        path.display()
                    );
                }
            }
        }
    }
}

#[test]
fn none_and_one_are_singular() {
    for count in [0, 1] {
        assert_eq!(jalons::text::notes::count(count), format!("{count} note"));
        assert_eq!(jalons::text::progress::markers(count), format!("{count} marqueur"));
    }
    assert_eq!(jalons::text::notes::count(2), "2 notes");
}

#[test]
fn file_names_have_no_accents() {
    let day = "2021-03-12".parse().expect("a day");
    let names = [
        jalons::text::carnet::file_name(day),
        jalons::text::bilan::file_name("avis", day, "csv"),
        jalons::text::outcome::file_name("Où en est l'école ?", "csv"),
        jalons::text::consult::file_name("Où en est l'école ?", "1"),
        jalons::text::consult::ballot_file_name("1"),
        jalons::report::file_name(day, "html"),
    ];
    for name in names {
        assert!(name.is_ascii(), "{name}");
    }
}
