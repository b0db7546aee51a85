//! French typography of running text.
//!
//! Fixed sentences are typeset at compile time, at no cost in the app; the convention's texts are
//! typeset by the same rules when they are shown.

/// The no-break space before `:` and `%`, inside guillemets and after « n° ».
const WIDE: &[u8] = "\u{a0}".as_bytes();
/// A colon after a label, with its spaces.
pub const COLON: &str = "\u{a0}: ";
/// The narrow no-break space before `;`, `!` and `?` and between groups of digits.
const NARROW: &[u8] = "\u{202f}".as_bytes();
/// The curved apostrophe.
const APOSTROPHE: &[u8] = "’".as_bytes();

/// Typesets plain text by French rules: the spaces before double punctuation, inside guillemets and
/// after « n° » do not break, groups of digits stay together, and an apostrophe between letters is
/// curved. It neither adds nor removes spaces, so it is safe for any wording.
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
            set.push_str(text.get(plain..at).unwrap_or_default());
            // The replacements are constants of this module, so they are valid UTF-8.
            set.push_str(std::str::from_utf8(instead).unwrap_or_default());
            plain = at + 1;
        }
    }
    set.push_str(text.get(plain..).unwrap_or_default());
    set
}

/// « Idée : un banc »: a label before a text that is not typeset.
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

/// Restores plain text from typeset text, if the plain text had none of the typographic characters.
/// Used for texts that the page holds typeset.
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

/// The length in bytes of a typeset sentence.
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

/// A sentence typeset at compile time; `N` is its [`set_length`].
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

/// The typographic replacement of the byte at `at`, if it has one. Only ASCII bytes are replaced,
/// so the rest stays valid UTF-8.
const fn replacement(text: &[u8], at: usize) -> Option<&'static [u8]> {
    let before = if at == 0 { 0 } else { text[at - 1] };
    let after = if at + 1 < text.len() { text[at + 1] } else { 0 };
    match text[at] {
        b'\'' if ends_in_letter(text, at) && begins_letter(after) => Some(APOSTROPHE),
        b' ' => match after {
            b';' | b'!' | b'?' => Some(NARROW),
            b':' | b'%' => Some(WIDE),
            // `«` is C2 AB and `»` is C2 BB.
            0xc2 if at + 2 < text.len() && text[at + 2] == 0xbb => Some(WIDE),
            // Also after `«`, and after `°`, which is C2 B0, as in « n° 7 ».
            _ if matches!(before, 0xab | 0xb0) && at > 1 && text[at - 2] == 0xc2 => Some(WIDE),
            _ if before.is_ascii_digit() && after.is_ascii_digit() => Some(NARROW),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a letter ends just before `at`. In French, two-byte characters from U+00C0 on are
/// letters, and longer ones are punctuation.
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
