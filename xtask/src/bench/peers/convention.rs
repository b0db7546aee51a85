//! Conventions of any size, in the format of the town's own file.
//!
//! A large one repeats the town's own sentences, each with a number of its own, so that it reads and
//! compresses much like a text that people wrote.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// A progress marker, and the global and operational objectives it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) global: String,
    pub(super) objective: String,
    pub(super) id: String,
    pub(super) text: String,
}

/// An objective's code and title.
pub(super) type Objective = (String, String);

/// How many objectives stand below each, and how many markers below the last: about as many as the
/// town's convention has, and ten thousand in all.
const BELOW: u32 = 10;

/// A convention of 10,000 markers that repeats the texts of another one.
///
/// # Errors
/// When the other one is no convention.
pub(super) fn ten_thousand(source: &Value) -> Result<Value> {
    let known = markers(source)?;
    let titles = objectives(source, Depth::Operational)?;
    let mut texts = known.iter().map(|marker| &marker.text).cycle().zip(1_u32..);
    let mut titles = titles.iter().map(|(_, title)| title).cycle().zip(1_u32..);
    let mut text = || texts.next().map(|(text, number)| format!("{text} ({number})"));
    let mut title = || titles.next().map(|(title, number)| format!("{title} ({number})"));
    let mut objective = |code: &str, below: (&str, Vec<Value>)| {
        let (name, below) = below;
        json!({ "code": code, "title": title(), name: below })
    };
    let globals = (1..=BELOW).map(|a| {
        let strategics = (1..=BELOW).map(|b| {
            let operationals = (1..=BELOW).map(|c| {
                let code = format!("{a}.{b}.{c}");
                let markers = (1..=BELOW)
                    .map(|d| json!({ "id": format!("{code}-m{d}"), "text": text() }))
                    .collect();
                let mut value = objective(&code, ("progress_markers", markers));
                value["expected_results"] =
                    json!([{ "id": format!("{code}-r1"), "text": value["title"] }]);
                value
            });
            let operationals = operationals.collect();
            objective(&format!("{a}.{b}"), ("operational_objectives", operationals))
        });
        let strategics = strategics.collect();
        objective(&a.to_string(), ("strategic_objectives", strategics))
    });
    let globals = globals.collect::<Vec<_>>();
    let mut convention = source.clone();
    convention["id"] = json!("dix-mille");
    convention["global_objectives"] = json!(globals);
    Ok(convention)
}

/// The keys under which the items of a convention lie, from the top down.
const LEVELS: [&str; 3] = ["global_objectives", "strategic_objectives", "operational_objectives"];

/// All markers, in order.
///
/// # Errors
/// When a key is missing.
pub(super) fn markers(convention: &Value) -> Result<Vec<Marker>> {
    let mut found = Vec::new();
    for operational in items(convention, &LEVELS)? {
        let objective = text(operational, "code")?;
        // The code of an objective begins with those of the objectives above it.
        let global = objective.split('.').next().unwrap_or_default();
        for marker in list(operational, "progress_markers")? {
            let (global, objective) = (global.to_owned(), objective.clone());
            let (id, text) = (text(marker, "id")?, text(marker, "text")?);
            found.push(Marker { global, objective, id, text });
        }
    }
    ensure!(!found.is_empty(), "the convention has no markers");
    Ok(found)
}

/// Which objectives to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    Global,
    Operational,
}

/// The objectives of one depth, in order.
///
/// # Errors
/// When a key is missing.
pub(super) fn objectives(convention: &Value, depth: Depth) -> Result<Vec<Objective>> {
    let levels = if depth == Depth::Global { &LEVELS[..1] } else { &LEVELS[..] };
    let objectives = items(convention, levels)?.into_iter();
    objectives.map(|value| Ok((text(value, "code")?, text(value, "title")?))).collect()
}

/// The items at the end of a chain of keys.
fn items<'a>(convention: &'a Value, levels: &[&str]) -> Result<Vec<&'a Value>> {
    let mut items = vec![convention];
    for level in levels {
        let mut below = Vec::new();
        for item in items {
            below.extend(list(item, level)?);
        }
        items = below;
    }
    Ok(items)
}

fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>> {
    value[key].as_array().with_context(|| format!("the convention lacks `{key}`"))
}

fn text(value: &Value, key: &str) -> Result<String> {
    let text = value[key].as_str().with_context(|| format!("the convention lacks a `{key}`"))?;
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn town() -> Value {
        let operational = json!({
            "code": "1.1.1", "title": "Lire", "expected_results": [],
            "progress_markers": [{ "id": "1.1.1-m1", "text": "On lit." }],
        });
        let strategic =
            json!({ "code": "1.1", "title": "Savoir", "operational_objectives": [operational] });
        let global = json!({ "code": "1", "title": "Vivre", "strategic_objectives": [strategic] });
        json!({ "format": "jalons-convention", "global_objectives": [global] })
    }

    #[test]
    fn the_large_convention_has_ten_thousand_markers_under_distinct_ids() -> Result<()> {
        let markers = markers(&ten_thousand(&town())?)?;
        assert_eq!(markers.len(), 10_000);
        let ids: HashSet<_> = markers.iter().map(|marker| &marker.id).collect();
        assert_eq!(ids.len(), 10_000);
        let last = Marker {
            global: "10".to_owned(),
            objective: "10.10.10".to_owned(),
            id: "10.10.10-m10".to_owned(),
            text: "On lit. (10000)".to_owned(),
        };
        assert_eq!(markers.last(), Some(&last));
        Ok(())
    }

    #[test]
    fn every_objective_is_listed_once() -> Result<()> {
        let convention = ten_thousand(&town())?;
        assert_eq!(objectives(&convention, Depth::Global)?.len(), 10);
        assert_eq!(objectives(&convention, Depth::Operational)?.len(), 1_000);
        assert_eq!(objectives(&town(), Depth::Global)?, [("1".to_owned(), "Vivre".to_owned())]);
        Ok(())
    }

    #[test]
    fn what_is_no_convention_is_told_by_the_missing_key() {
        let error = markers(&json!({})).map_err(|error| error.to_string());
        assert_eq!(error, Err("the convention lacks `global_objectives`".to_owned()));
    }
}
