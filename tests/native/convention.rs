//! The embedded convention against the official text, and the refusal of broken files.

use std::collections::BTreeSet;

use jalons::convention::{LINES, SOURCE, convention};
use jalons::domain::convention::{Convention, Item};
use serde_json::Value;

/// The official text, as received.
const OFFICIAL: &str = include_str!("convention-source.txt");

/// One line of an outline: a code or an item's code, and the text.
type Outline = Vec<(String, String)>;

/// Parses the official text independently: a table with tabs between its columns, where an empty
/// column repeats the one above, and hyphens mark lists.
fn official() -> Outline {
    let mut outline: Outline = Vec::new();
    let mut put = |code: String, text: String| {
        // Skips headers and rows that the document repeats.
        if !outline.contains(&(code.clone(), text.clone())) {
            outline.push((code, text));
        }
    };
    for line in OFFICIAL.lines() {
        if let Some(global) = line.strip_prefix("OBJECTIF GLOBAL") {
            let (code, title) = global.trim().split_once(". ").expect("a code and a title");
            put(code.to_owned(), tidy(title));
            continue;
        }
        let [strategic, operational, results, markers] = line.split('\t').collect::<Vec<_>>()[..]
        else {
            continue;
        };
        if strategic.starts_with("OBJECTIF") {
            continue;
        }
        if !strategic.is_empty() {
            let (code, title) = strategic.split_once(' ').expect("a code and a title");
            put(code.to_owned(), tidy(title));
        }
        let (code, title) = operational.split_once(' ').expect("a code and a title");
        let code = code.replace("..", ".");
        put(code.clone(), tidy(title));
        for (kind, list) in [("r", results), ("m", markers)] {
            for (index, text) in items(list).into_iter().enumerate() {
                put(format!("{code}-{kind}{}", index + 1), text);
            }
        }
    }
    outline
}

/// The entries of a list.
fn items(list: &str) -> Vec<String> {
    let start = list.find('>').map_or(0, |end| end + 1);
    let list = list[start..].trim().trim_end_matches("</ul>");
    let entries = format!(" {}", list.trim_start_matches('"'));
    entries.split(" - ").map(tidy).filter(|entry| !entry.is_empty()).collect()
}

/// Applies the typographic repairs that the file lists.
fn tidy(text: &str) -> String {
    text.replace("1^{er}", "1er").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn embedded(convention: &Convention) -> Outline {
    convention.items().map(|item| (item.id().to_string(), item.text().to_owned())).collect()
}

#[test]
fn every_title_result_and_marker_is_the_documents() {
    let (official, embedded) = (official(), embedded(convention()));
    for (official, embedded) in official.iter().zip(&embedded) {
        assert_eq!(official, embedded);
    }
    assert_eq!(official.len(), embedded.len());
}

#[test]
fn the_title_is_the_documents() {
    let title = OFFICIAL.lines().find(|line| line.starts_with("Convention")).expect("a title");
    assert_eq!(title.replace("2020 - 2022", "2020-2022").trim(), convention().title());
}

#[test]
fn there_are_3_7_15_52_and_105_of_them() {
    let mut counts = [0; 5];
    for item in convention().items() {
        counts[match item {
            Item::Global(_) => 0,
            Item::Strategic(_) => 1,
            Item::Operational(_) => 2,
            Item::Result(_) => 3,
            Item::Marker(_) => 4,
        }] += 1;
    }
    assert_eq!(counts, [3, 7, 15, 52, 105]);
}

#[test]
fn the_embedded_lines_are_the_checked_file() {
    let checked = Convention::from_json(SOURCE).expect("the file is valid");
    assert_eq!(Convention::from_lines(LINES).as_ref(), Some(&checked));
    assert_eq!(checked.to_lines(), LINES);
    assert_eq!(convention(), &checked);
}

#[test]
fn every_objective_has_a_short_name_and_it_and_every_marker_plain_words() {
    let words = |text: &str| text.split(' ').filter(|word| *word != ":").count();
    let mut names = BTreeSet::new();
    for item in convention().items().filter(|item| !item.id().is_result()) {
        let id = item.id();
        let plain = item.plain().unwrap_or_else(|| panic!("{id} has no plain words"));
        assert!((4..=15).contains(&words(plain)) && plain.ends_with('.'), "{id}: {plain}");
        let shouts = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 1;
        assert!(!plain.split(' ').any(shouts), "{id} has an abbreviation: {plain}");
        if id.is_objective() {
            let name = item.short_name().unwrap_or_else(|| panic!("{id} has no short name"));
            assert!((1..=5).contains(&words(name)) && !name.ends_with('.'), "{id}: {name}");
            assert!(names.insert(name), "{name} stands twice");
        }
    }
}

#[test]
fn everyday_texts_may_be_missing_but_not_blank() {
    fn strip(value: &mut Value) {
        if let Some(object) = value.as_object_mut() {
            object.remove("short_name");
            object.remove("plain");
            object.values_mut().for_each(strip);
        }
        value.as_array_mut().into_iter().flatten().for_each(strip);
    }

    let mut file: Value = serde_json::from_str(SOURCE).expect("JSON");
    strip(&mut file);
    let bare =
        Convention::from_json(&file.to_string()).expect("a convention without everyday texts");
    assert!(bare.items().all(|item| item.plain().is_none() && item.short_name().is_none()));
    assert_eq!(Convention::from_lines(&bare.to_lines()).as_ref(), Some(&bare));
    assert_eq!(bare.fingerprint(), convention().fingerprint());
    let name = "\"short_name\": \"Bus, vélo et piétons\"";
    assert_eq!(
        refusal(name, "\"short_name\": \" \""),
        "global_objectives[2].strategic_objectives[2].operational_objectives[2].short_name: empty text"
    );
}

#[test]
fn lines_that_make_no_tree_are_refused() {
    for lines in ["", "no tab", "1.1\tbefore its parent", "1\ta\n1.1.1-m1\tlost", "x\ty"] {
        assert_eq!(Convention::from_lines(lines), None, "{lines}");
    }
}

#[test]
fn neighbours_lead_through_all_fifteen_objectives_and_back() {
    let convention = convention();
    let mut here = "1.1.1".parse().expect("an id");
    let mut walked = vec![here];
    while let (_, Some(next)) = convention.neighbours(here) {
        assert_eq!(convention.neighbours(next.id()).0.map(Item::id), Some(here));
        here = next.id();
        walked.push(here);
    }
    let all: Vec<_> = convention.operationals().map(|o| o.code.to_string()).collect();
    assert_eq!(walked.iter().map(ToString::to_string).collect::<Vec<_>>(), all);
}

/// Breaks the file in one place and returns the error.
fn refusal(from: &str, to: &str) -> String {
    assert!(SOURCE.contains(from), "the file has no {from}");
    let broken = SOURCE.replacen(from, to, 1);
    Convention::from_json(&broken).expect_err("a broken file").to_string()
}

#[test]
fn a_broken_file_is_refused_by_the_path_of_what_breaks_it() {
    const FIRST: &str = "global_objectives[0].strategic_objectives[0]";
    let operational = format!("{FIRST}.operational_objectives[0]");
    for (from, to, said) in [
        (r#""format": "jalons-convention""#, r#""format": "other""#, "format: expected".into()),
        (r#""version": 1"#, r#""version": 2"#, "version: expected `1`, found `2`".into()),
        (r#""territory": "Illkirch"#, r#""territory": "  Illkirch"#, "territory: white".into()),
        (r#""last_year": 2022"#, r#""last_year": 2019"#, "period: it ends".into()),
        (r#""code": "1.1","#, r#""code": "2.1","#, format!("{FIRST}.code: `2.1`")),
        (r#""code": "1.1.2""#, r#""code": "1.1.1""#, format!("{FIRST}.operational_objectives[1]")),
        (
            r#""id": "1.1.1-r2""#,
            r#""id": "1.1.1-r1""#,
            format!("{operational}.expected_results[1]"),
        ),
        (
            r#""id": "1.1.1-m1""#,
            r#""id": "1.1.2-m1""#,
            format!("{operational}.progress_markers[0].id"),
        ),
        (
            r#""id": "1.1.1-r1""#,
            r#""id": "1.1.1-m9""#,
            format!("{operational}.expected_results[0].id"),
        ),
    ] {
        let refusal = refusal(from, to);
        assert!(refusal.starts_with(&said), "{from} → {to}: {refusal}");
    }
}

#[test]
fn an_empty_text_is_refused_by_its_path() {
    let mut file: serde_json::Value = serde_json::from_str(SOURCE).expect("JSON");
    let marker = &mut file["global_objectives"][2]["strategic_objectives"][1]["operational_objectives"]
        [0]["progress_markers"][3]["text"];
    *marker = " ".into();
    let refusal = Convention::from_json(&file.to_string()).expect_err("an empty text");
    assert_eq!(
        refusal.to_string(),
        "global_objectives[2].strategic_objectives[1].operational_objectives[0]\
         .progress_markers[3].text: empty text"
    );
}

#[test]
fn what_is_not_a_conventions_json_is_refused_with_line_and_column() {
    for json in ["", "[]", "{\"format\": 3}"] {
        let refusal = Convention::from_json(json).expect_err("not a convention").to_string();
        assert!(refusal.contains("line"), "{json}: {refusal}");
    }
}
