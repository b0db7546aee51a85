//! Finds the path of a position in a JSON text, such as `.body.observation.level`.
//!
//! `serde_json` reports the line and column of an error. Following the text up to there gives the
//! path without a second parser for every type.

/// The path of the value or key that ends at a position, or contains it. Line and column count from
/// 1, the column in bytes, as in `serde_json`.
///
/// ```
/// use jalons::codec::json_path::path_at;
///
/// let text = r#"{"stamp":{"edit":1},"list":[7,{"level":"done"}]}"#;
/// let column = text.find("done").map_or(0, |at| at + 5);
/// assert_eq!(path_at(text, 1, column), ".list[1].level");
/// ```
#[must_use]
pub fn path_at(text: &str, line: usize, column: usize) -> String {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = (before + column).min(text.len());
    let mut way: Vec<Step> = Vec::new();
    let mut bytes = text.bytes().enumerate().take(end);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'{' => way.push(Step::Key(None)),
            b'[' => way.push(Step::Index(0)),
            b'}' | b']' => drop(way.pop()),
            b',' => match way.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                Some(key) => *key = Step::Key(None),
                None => {}
            },
            b'"' => {
                let mut escaped = false;
                let string = bytes.by_ref().find(|(_, byte)| {
                    let closes = *byte == b'"' && !escaped;
                    escaped = *byte == b'\\' && !escaped;
                    closes
                });
                let close = string.map_or(end, |(close, _)| close);
                if let Some(Step::Key(key @ None)) = way.last_mut() {
                    *key = text.get(at + 1..close).map(str::to_owned);
                }
            }
            _ => {}
        }
    }
    way.iter().map(Step::written).collect()
}

/// One step of a path.
enum Step {
    /// Into an object, at this key, once it has been read.
    Key(Option<String>),
    /// Into an array.
    Index(usize),
}

impl Step {
    fn written(&self) -> String {
        match self {
            Self::Key(Some(key)) => format!(".{key}"),
            Self::Key(None) => String::new(),
            Self::Index(index) => format!("[{index}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_follows_keys_and_places() {
        let text = "{\n \"a\": [true, {\"b\\\"{\": 3}],\n \"c\": \"}]\" }";
        for (line, column, path) in [
            (1, 1, ""),
            (2, 8, ".a[0]"),
            (2, 23, ".a[1].b\\\"{"),
            (3, 5, ".c"),
            (3, 9, ".c"),
            (9, 9, ""),
        ] {
            assert_eq!(path_at(text, line, column), path, "{line}:{column}");
        }
    }
}
