//! The key of a keyboard event, which not every such event has.
//!
//! What fills in forms (browsers, password managers) also dispatches `keydown`, as an event without
//! any property of a key: the bindings of `web-sys` throw for it.

use web_sys::Event;

use super::reflect::get;

/// The name of the key by the keyboard's layout; empty for an event without a key.
#[must_use]
pub fn name(event: &Event) -> String {
    get(event, "key").as_string().unwrap_or_default()
}

/// Whether the key is a letter from `a` to `z`: by the layout, and where the layout writes in
/// another script, by its place on a Latin keyboard. Caps Lock is ignored.
#[must_use]
pub fn is_letter(event: &Event, letter: &str) -> bool {
    let code = get(event, "code").as_string().unwrap_or_default();
    types_letter(&name(event), &code, letter)
}

/// No Latin layout has a key that types a character from here on: Cyrillic, Greek, Hebrew, Arabic…
const OTHER_SCRIPTS: &str = "\u{250}";

fn types_letter(key: &str, code: &str, letter: &str) -> bool {
    let is_at_place = || code.strip_prefix("Key").is_some_and(|at| at.eq_ignore_ascii_case(letter));
    key.eq_ignore_ascii_case(letter) || key >= OTHER_SCRIPTS && is_at_place()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_found_on_every_layout_by_what_it_types_or_else_by_its_place() {
        let layouts = [
            ("QWERTY", "z", "KeyZ", true),
            ("Caps Lock", "Z", "KeyZ", true),
            ("QWERTZ", "z", "KeyY", true),
            ("AZERTY", "z", "KeyW", true),
            ("AZERTY, the key at the place", "w", "KeyZ", false),
            ("Dvorak", "z", "Slash", true),
            ("Dvorak, the key at the place", ";", "KeyZ", false),
            ("Bépo, the key at the place", "à", "KeyZ", false),
            ("Russian", "я", "KeyZ", true),
            ("Greek, Caps Lock", "Ζ", "KeyZ", true),
            ("Hebrew", "ז", "KeyZ", true),
            ("Arabic", "ئ", "KeyZ", true),
            ("Russian, another key", "н", "KeyY", false),
            ("a key of a phone", "Unidentified", "", false),
            ("an accent alone", "Dead", "KeyZ", false),
            ("no key", "", "", false),
        ];
        for (layout, key, code, is_z) in layouts {
            assert_eq!(types_letter(key, code, "z"), is_z, "{layout}");
        }
    }
}
