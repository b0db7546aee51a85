//! French typography of running text.
//!
//! Fixed sentences are set while compiling and cost nothing in the app; what comes from the
//! convention is set by the very same rules when it is shown.

/// No-break space, before `:`, `%`, inside guillemets and behind « n° ».
const WIDE: &[u8] = "\u{a0}".as_bytes();
/// A colon after a label, with its spaces.
pub const COLON: &str = "\u{a0}: ";
/// Narrow no-break space, before `;`, `!` and `?` and between groups of digits.
const NARROW: &[u8] = "\u{202f}".as_bytes();
/// The curved apostrophe.
const APOSTROPHE: &[u8] = "’".as_bytes();

/// Sets plain text as French print does: the space before double punctuation, inside guillemets
/// and behind « n° » does not break, digits hold together in groups, and an apostrophe between letters
/// is a curved one. Adds no space and takes none away, so it is safe on any wording.
///
/// Source: Imprimerie nationale, *Lexique des règles typographiques*, "Ponctuation".
///
/// ```
/// use jalons::text::typeset;
///
/// assert_eq!(typeset("Qu'est-ce que c'est ?"), "Qu’est-ce que c’est\u{202f}?");
/// assert_eq!(typeset("le bulletin n° 7"), "le bulletin n°\u{a0}7");
/// assert_eq!(typeset("logements « sains » : 4 000"), "logements «\u{a0}sains\u{a0}»\u{a0}: 4\u{202f}000");
/// ```
#[must_use]
pub fn typeset(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut set = String::with_capacity(text.len() + 8);
    let mut plain = 0;
    for at in 0..bytes.len() {
        if let Some(instead) = replacement(bytes, at) {
            set.push_str(&text[plain..at]);
            // The replacements are constants of this module.
            set.push_str(std::str::from_utf8(instead).unwrap_or_default());
            plain = at + 1;
        }
    }
    set.push_str(&text[plain..]);
    set
}

/// « Idée : un banc »: a label before a text that stays as its writer typed it.
///
/// ```
/// use jalons::text::labelled;
///
/// assert_eq!(labelled("Idée", "un banc : où ?"), "Idée\u{a0}: un banc : où ?");
/// ```
#[must_use]
pub fn labelled(label: &str, text: &str) -> String {
    [label, COLON, text].concat()
}

/// The plain text that was set, where that had none of the signs that setting puts in: the way back
/// for what the page holds already set.
///
/// ```
/// use jalons::text::{plain, typeset};
///
/// assert_eq!(plain(&typeset("Qu'est-ce que c'est ?")), "Qu'est-ce que c'est ?");
/// ```
#[must_use]
pub fn plain(set: &str) -> String {
    let letter = |letter| match letter {
        '’' => '\'',
        '\u{a0}' | '\u{202f}' => ' ',
        other => other,
    };
    set.chars().map(letter).collect()
}

/// How many bytes a sentence has once it is set.
pub(super) const fn set_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut length) = (0, 0);
    while at < bytes.len() {
        length += match replacement(bytes, at) {
            Some(instead) => instead.len(),
            None => 1,
        };
        at += 1;
    }
    length
}

/// A sentence set while compiling; `N` is its [`set_length`].
pub(super) const fn set_bytes<const N: usize>(text: &str) -> [u8; N] {
    let bytes = text.as_bytes();
    let mut set = [0; N];
    let (mut at, mut to) = (0, 0);
    while at < bytes.len() {
        if let Some(instead) = replacement(bytes, at) {
            let mut copied = 0;
            while copied < instead.len() {
                set[to] = instead[copied];
                copied += 1;
                to += 1;
            }
        } else {
            set[to] = bytes[at];
            to += 1;
        }
        at += 1;
    }
    set
}

/// What stands in print for the byte at `at`, where that is not itself. Only ASCII is ever
/// replaced, so the parts between stay valid UTF-8.
const fn replacement(text: &[u8], at: usize) -> Option<&'static [u8]> {
    let before = if at == 0 { 0 } else { text[at - 1] };
    let after = if at + 1 < text.len() { text[at + 1] } else { 0 };
    match text[at] {
        b'\'' if ends_in_letter(text, at) && begins_letter(after) => Some(APOSTROPHE),
        b' ' => match after {
            b';' | b'!' | b'?' => Some(NARROW),
            b':' | b'%' => Some(WIDE),
            // « is C2 AB and » is C2 BB.
            0xc2 if at + 2 < text.len() && text[at + 2] == 0xbb => Some(WIDE),
            // As behind « and, in « n° 7 », behind °, which is C2 B0.
            _ if matches!(before, 0xab | 0xb0) && at > 1 && text[at - 2] == 0xc2 => Some(WIDE),
            _ if before.is_ascii_digit() && after.is_ascii_digit() => Some(NARROW),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a letter ends just before `at`. Two-byte characters from U+00C0 on are letters to
/// French; longer ones are its punctuation.
const fn ends_in_letter(text: &[u8], at: usize) -> bool {
    if at == 0 {
        return false;
    }
    let last = text[at - 1];
    last.is_ascii_alphabetic() || (last >= 0x80 && at > 1 && begins_letter(text[at - 2]))
}

const fn begins_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || (byte >= 0xc3 && byte <= 0xdf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_before_double_punctuation_hold() {
        assert_eq!(typeset("Vu ?"), "Vu\u{202f}?");
        assert_eq!(typeset("Vu !"), "Vu\u{202f}!");
        assert_eq!(typeset("vu ; lu"), "vu\u{202f}; lu");
        assert_eq!(typeset("vu : lu"), "vu\u{a0}: lu");
        assert_eq!(typeset("« été »"), "«\u{a0}été\u{a0}»");
        assert_eq!(typeset("31 %"), "31\u{a0}%");
        assert_eq!(typeset("4 000"), "4\u{202f}000");
    }

    #[test]
    fn nothing_is_added_where_no_space_was() {
        assert_eq!(typeset("http://a?b!c"), "http://a?b!c");
        assert_eq!(typeset(""), "");
    }

    #[test]
    fn only_apostrophes_between_letters_curve() {
        assert_eq!(typeset("l'emploi"), "l’emploi");
        assert_eq!(typeset("l'École à l'été"), "l’École à l’été");
        assert_eq!(typeset("les personnes 'acteurs' de"), "les personnes 'acteurs' de");
        assert_eq!(typeset("d'« ici »"), "d'«\u{a0}ici\u{a0}»");
        assert_eq!(typeset("'"), "'");
    }

    #[test]
    fn setting_twice_is_setting_once() {
        let once = typeset("L'an : « 4 000 » ?");
        assert_eq!(typeset(&once), once);
    }

    #[test]
    fn setting_while_compiling_is_setting() {
        const SENTENCE: &str = "L'année « 4 000 » : vraiment ?";
        const SET: [u8; set_length(SENTENCE)] = set_bytes(SENTENCE);
        assert_eq!(std::str::from_utf8(&SET), Ok(typeset(SENTENCE).as_str()));
    }
}
