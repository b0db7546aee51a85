//! French typography of running text.

/// No-break space, before `:` and inside guillemets.
const WIDE: char = '\u{a0}';
/// Narrow no-break space, before `;`, `!` and `?` and between groups of digits.
const NARROW: char = '\u{202f}';

/// Sets plain text as French print does: the space before double punctuation and inside
/// guillemets does not break, digits hold together in groups, and an apostrophe between letters
/// is a curved one. Adds no space and takes none away, so it is safe on any wording.
///
/// Source: Imprimerie nationale, *Lexique des règles typographiques*, "Ponctuation".
///
/// ```
/// use jalons::text::typeset;
///
/// assert_eq!(typeset("Qu'est-ce que c'est ?"), "Qu’est-ce que c’est\u{202f}?");
/// assert_eq!(typeset("logements « sains » : 4 000"), "logements «\u{a0}sains\u{a0}»\u{a0}: 4\u{202f}000");
/// ```
#[must_use]
pub fn typeset(text: &str) -> String {
    let mut set = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut previous = None;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        set.push(match c {
            ' ' => space(previous, next),
            '\'' if is_letter(previous) && is_letter(next) => '’',
            c => c,
        });
        previous = Some(c);
    }
    set
}

fn space(previous: Option<char>, next: Option<char>) -> char {
    match (previous, next) {
        (_, Some(';' | '!' | '?')) => NARROW,
        (_, Some(':' | '»' | '%')) | (Some('«'), _) => WIDE,
        (Some(before), Some(after)) if before.is_ascii_digit() && after.is_ascii_digit() => NARROW,
        _ => ' ',
    }
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphabetic)
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
        assert_eq!(typeset("« oui »"), "«\u{a0}oui\u{a0}»");
        assert_eq!(typeset("31 %"), "31\u{a0}%");
    }

    #[test]
    fn nothing_is_added_where_no_space_was() {
        assert_eq!(typeset("http://a?b!c"), "http://a?b!c");
    }

    #[test]
    fn only_apostrophes_between_letters_curve() {
        assert_eq!(typeset("l'emploi"), "l’emploi");
        assert_eq!(typeset("les personnes 'acteurs' de"), "les personnes 'acteurs' de");
    }

    #[test]
    fn setting_twice_is_setting_once() {
        let once = typeset("L'an : « 4 000 » ?");
        assert_eq!(typeset(&once), once);
    }
}
