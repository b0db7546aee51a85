//! The look of screens that load later: it comes with their part.

use std::fmt::Write as _;

use super::reflect::{call, get};

/// Adds one rule, which may be a whole layer, behind those of the page's first sheet. Rules that
/// scripts add are no inline styles to the page's policy.
pub fn add(rule: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(document) = document else { return };
    let sheet = get(&get(&document, "styleSheets"), "0");
    let end = get(&get(&sheet, "cssRules"), "length");
    // An old browser that does not know the rule shows the screen plain.
    let _ = call(&sheet, "insertRule", &[rule.into(), end]);
}

/// Writes a text at the top left of each page that is called `bilan`, by a rule of the layer that
/// the pages' own look is in.
pub fn run_title(text: &str) {
    let text = string(text);
    add(&["@layer screens { @page bilan { @top-left { content: ", &text, "; } } }"].concat());
}

/// A text as a string of a style sheet (CSS Syntax, section 4.3.5): what could end it is written as
/// the number of its character.
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
                // Writing into a text cannot fail.
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
