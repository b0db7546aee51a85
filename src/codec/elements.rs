//! The elements of a list in a JSON file, each as a text of its own.
//!
//! A long list is parsed element by element, because parsing tens of thousands at once would block
//! the page for too long, and because one that is refused must not refuse the file. `serde_json` has
//! a type for unparsed texts, but its support of it is compiled into everything that writes JSON:
//! without it the main module has 88.9 kB in place of 93.5 (`cargo xtask budget`).

use serde::de::IgnoredAny;
use serde_json::Deserializer;

/// The elements of the list under a key of a file, which must be valid JSON. `None` if the file is
/// not an object with that list.
///
/// ```
/// use jalons::codec::elements;
///
/// let file = r#"{"version": 1, "records": [{"a": [1, 2]}, "b,"]}"#;
/// let found = elements(file, "records").expect("a list");
/// assert_eq!(found, [r#"{"a": [1, 2]}"#.into(), r#""b,""#.into()]);
/// assert_eq!(elements(file, "version"), None);
/// ```
#[must_use]
pub fn elements(file: &str, list: &str) -> Option<Vec<Box<str>>> {
    let mut rest = file.trim_start().strip_prefix('{')?;
    loop {
        let (key, behind) = value(rest)?;
        if serde_json::from_str(key).is_ok_and(|key: String| key == list) {
            return all(behind.trim_start().strip_prefix('[')?);
        }
        (_, rest) = value(behind)?;
    }
}

/// The elements of a list, behind its opening bracket.
fn all(list: &str) -> Option<Vec<Box<str>>> {
    let (mut rest, mut found) = (list, Vec::new());
    while !rest.trim_start().starts_with(']') {
        let (element, behind) = value(rest)?;
        found.push(element.into());
        rest = behind;
    }
    Some(found)
}

/// The first value of a text, and what follows it and its comma or colon.
fn value(text: &str) -> Option<(&str, &str)> {
    let mut values = Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.next()?.ok()?;
    let (value, behind) = text.split_at_checked(values.byte_offset())?;
    let behind = behind.trim_start();
    Some((value.trim_start(), behind.strip_prefix([',', ':']).unwrap_or(behind)))
}
