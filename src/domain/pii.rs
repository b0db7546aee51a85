//! Finds personal data in a text: e-mail addresses, telephone numbers, long numbers.
//!
//! Used before notes leave a device. It is a hint and not a proof: it misses names and postal
//! addresses, and may flag harmless numbers. It ignores dates, years and amounts.

use std::ops::Range;

/// The kind of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PiiKind {
    /// An e-mail address.
    Email,
    /// A telephone number, French or with a country's prefix.
    Phone,
    /// A run of digits that is neither a date nor an amount: a file number, an account, a social
    /// security number.
    LongNumber,
}

/// A match in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Its kind.
    pub kind: PiiKind,
    /// Its byte range.
    pub at: Range<usize>,
}

/// From this many digits on, an ungrouped number is long.
const LONG: usize = 7;

/// From this many digits on, a grouped number is long.
const LONG_IN_GROUPS: usize = 9;

/// Finds all personal data in a text; matches are in order and don't overlap.
///
/// ```
/// use jalons::domain::pii::{PiiKind, contacts};
///
/// let text = "Appeler le 03 88 00 00 00 avant le 12/03/2021.";
/// let found = contacts(text);
/// assert_eq!(found[0].kind, PiiKind::Phone);
/// assert_eq!(&text[found[0].at.clone()], "03 88 00 00 00");
/// assert_eq!(found.len(), 1);
/// ```
#[must_use]
pub fn contacts(text: &str) -> Vec<Contact> {
    let mut found: Vec<Contact> = Vec::new();
    let mut from = 0;
    while let Some((offset, c)) =
        text[from..].char_indices().find(|(_, c)| *c == '@' || *c == '+' || c.is_ascii_digit())
    {
        let at = from + offset;
        let free = found.last().map_or(0, |last| last.at.end);
        let contact = if c == '@' { email(text, at, free) } else { number(text, at) };
        // An e-mail address may begin with digits that were just found to be no number.
        from = contact.as_ref().map_or(at + c.len_utf8(), |contact| contact.at.end);
        if contact.is_none() && c != '@' {
            from = at + run(&text[at..]).max(1);
        }
        found.extend(contact);
    }
    found
}

/// The e-mail address around the `@` at this byte offset.
fn email(text: &str, at: usize, free: usize) -> Option<Contact> {
    let local = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    let domain = |c: char| c.is_alphanumeric() || ".-".contains(c);
    let start = text[free..at].rfind(|c| !local(c)).map_or(free, |before| {
        free + before + text[free + before..].chars().next().map_or(1, char::len_utf8)
    });
    let after = &text[at + 1..];
    let host =
        after[..after.find(|c| !domain(c)).unwrap_or(after.len())].trim_end_matches(['.', '-']);
    let (name, top) = host.rsplit_once('.')?;
    let real = start < at && !name.is_empty() && top.chars().count() >= 2;
    real.then(|| Contact { kind: PiiKind::Email, at: start..at + 1 + host.len() })
}

/// The number that begins at this byte offset.
fn number(text: &str, at: usize) -> Option<Contact> {
    let rest = &text[at..];
    let written = &rest[..run(rest)];
    let groups: Vec<&str> =
        written.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let digits: usize = groups.iter().map(|group| group.len()).sum();
    let first = groups.first()?;
    // It is the beginning of an e-mail address.
    if rest[written.len()..].starts_with('@') {
        return None;
    }
    let abroad =
        (written.starts_with('+') || first.starts_with("00")) && (9..=15).contains(&digits);
    let french = first.starts_with('0') && digits == 10 && !is_date(&groups);
    let kind = if abroad || french {
        PiiKind::Phone
    } else if is_date(&groups) || are_years(&groups) || is_amount(written, &groups) {
        return None;
    } else if digits >= LONG_IN_GROUPS || groups.iter().any(|group| group.len() >= LONG) {
        PiiKind::LongNumber
    } else {
        return None;
    };
    Some(Contact { kind, at: at..at + written.len() })
}

/// The length in bytes of the run of digits and separators at the beginning of a text.
fn run(text: &str) -> usize {
    let mut end = 0;
    let mut gap = 0;
    for (index, c) in text.char_indices() {
        if c.is_ascii_digit() || (index == 0 && c == '+') {
            end = index + 1;
            gap = 0;
        } else if gap < 2 && " .-/()\u{a0}\u{202f}".contains(c) {
            gap += 1;
        } else {
            break;
        }
    }
    end
}

/// Matches 12/03/2021, 2021-03-12, 12.03.21.
fn is_date(groups: &[&str]) -> bool {
    let widths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    matches!(widths.as_slice(), [1 | 2, 1 | 2, 2 | 4] | [4, 1 | 2, 1 | 2])
}

/// Matches 2020 2021 2022, 2020-2022.
fn are_years(groups: &[&str]) -> bool {
    groups
        .iter()
        .all(|group| group.len() == 4 && (group.starts_with("19") || group.starts_with("20")))
}

/// Matches 1 250 000: thousands in groups of three, separated by spaces or points.
fn is_amount(written: &str, groups: &[&str]) -> bool {
    let [first, rest @ ..] = groups else { return false };
    let parted = written.chars().all(|c| c.is_ascii_digit() || " .\u{a0}\u{202f}".contains(c));
    let thousands = !rest.is_empty() && rest.iter().all(|group| group.len() == 3);
    parted && thousands && (1..=3).contains(&first.len()) && !first.starts_with('0')
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<(PiiKind, &str)> {
        contacts(text).into_iter().map(|contact| (contact.kind, &text[contact.at])).collect()
    }

    #[test]
    fn addresses_are_found_wherever_they_stand() {
        for (text, address) in [
            ("écrire à jean.dupont@mairie.example.fr.", "jean.dupont@mairie.example.fr"),
            ("<a+b@c-d.eu>", "a+b@c-d.eu"),
            ("67400@ville.fr", "67400@ville.fr"),
            ("0612345678@ville.fr", "0612345678@ville.fr"),
            ("élise@école.fr", "élise@école.fr"),
        ] {
            assert_eq!(found(text), [(PiiKind::Email, address)], "{text}");
        }
    }

    #[test]
    fn telephone_numbers_are_found_however_they_are_written() {
        for phone in [
            "0388000000",
            "03 88 00 00 00",
            "03.88.00.00.00",
            "03-88-00-00-00",
            "03 88 00 00 00",
            "+33 3 88 00 00 00",
            "+33 (0)3 88 00 00 00",
            "0033388000000",
            "03/88/00/00/00",
            "+49 7851 000000",
        ] {
            let text = format!("Appeler {phone}, merci");
            assert_eq!(found(&text), [(PiiKind::Phone, phone)], "{phone}");
        }
    }

    #[test]
    fn long_numbers_are_found() {
        for number in ["1234567", "2 55 08 67 180 001 12", "12345 67890 1"] {
            let text = format!("dossier {number}.");
            assert_eq!(found(&text), [(PiiKind::LongNumber, number)], "{number}");
        }
    }

    #[test]
    fn dates_years_amounts_and_small_numbers_are_not() {
        for text in [
            "le 12/03/2021",
            "le 2021-03-12",
            "12.03.21",
            "2020-2022",
            "2020, 2021, 2022",
            "1 250 000 €",
            "12 000 habitants",
            "67400 Illkirch",
            "de 10h à 12h, 5-7 rue",
            "objectif 1.2.1",
            "@ville",
            "a@b",
            "+",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    proptest! {
        /// Matches are valid ranges of any text, in order and without overlap.
        #[test]
        fn places_are_ranges_of_the_text(text in "[0-9 @.+a-zé/()\u{a0}-]{0,60}") {
            let mut end = 0;
            for contact in contacts(&text) {
                prop_assert!(contact.at.start >= end && !contact.at.is_empty());
                prop_assert!(text.get(contact.at.clone()).is_some());
                end = contact.at.end;
            }
        }
    }
}
