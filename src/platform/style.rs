//! Adds CSS rules at run time: lazy screens bring their styles along.

use std::fmt::Write as _;

use super::reflect::{call, get};

/// Adds one rule, which may be a whole layer, at the end of the page's first style sheet. The
/// page's policy does not count rules added by scripts as inline styles.
pub fn add(rule: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(document) = document else { return };
    let sheet = get(&get(&document, "styleSheets"), "0");
    let end = get(&get(&sheet, "cssRules"), "length");
    // An old browser without support for the rule shows the screen without it.
    let _ = call(&sheet, "insertRule", &[rule.into(), end]);
}

/// Prints a text at the top left of each `bilan` page, by a rule in the layer of the screens'
/// styles.
pub fn run_title(text: &str) {
    let text = string(text);
    add(&["@layer screens { @page bilan { @top-left { content: ", &text, "; } } }"].concat());
}

/// A text as a CSS string (CSS Syntax, section 4.3.5); characters that could end it are escaped by
/// their code points.
///
/// ```
/// use jalons::platform::style::string;
///
/// assert_eq!(string("L'été \u{ab}\u{a0}22\u{a0}\u{bb}"), "\"L'été \u{ab}\u{a0}22\u{a0}\u{bb}\"");
/// assert_eq!(string("a\"}b\\"), "\"a\\22 }b\\5c \"");
/// ```
#[must_use]
pub fn string(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '\u{1}'..='\u{1f}' | '\u{7f}' => {
                // Writing to a string cannot fail.
                let _ = write!(written, "\\{:x} ", u32::from(c));
            }
            '\0' => written.push(char::REPLACEMENT_CHARACTER),
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn no_text_ends_the_string_it_is_in() {
        for text in ["\"; } * { display: none", "\\", "a\nb", "\r\u{c}", "</style>", "\0"] {
            let written = string(text);
            let inside = &written[1..written.len() - 1];
            assert!(!inside.contains(['"', '\n', '\r', '\u{c}', '<', '\0']), "{written}");
            let backslashes = inside.split('\\').skip(1);
            for after in backslashes {
                let digits = after.bytes().take_while(u8::is_ascii_hexdigit).count();
                assert!(digits > 0 && after[digits..].starts_with(' '), "{written}");
            }
        }
    }
}
