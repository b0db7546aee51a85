//! The words in which two versions of a text differ.

use similar::{Algorithm, ChangeTag, capture_diff_slices};

/// Words in a row that are in both versions, or in this one only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The words with the spaces between them, as they stand in the text.
    pub text: String,
    /// Whether the other version has others in their place.
    pub differs: bool,
}

/// Both texts in passages. Put together again, each side's passages are its text.
///
/// ```
/// use jalons::domain::differences::by_word;
///
/// let [ours, theirs] = by_word("un banc cassé", "un banc réparé");
/// assert_eq!(ours[0].text, "un banc ");
/// assert_eq!((ours[1].text.as_str(), ours[1].differs), ("cassé", true));
/// assert_eq!((theirs[1].text.as_str(), theirs[1].differs), ("réparé", true));
/// ```
#[must_use]
pub fn by_word(one: &str, other: &str) -> [Vec<Passage>; 2] {
    let (one, other) = (words(one), words(other));
    let mut sides = [Vec::new(), Vec::new()];
    for operation in capture_diff_slices(Algorithm::Myers, &one, &other) {
        for change in operation.iter_changes(&one, &other) {
            let (at, differs): (&[usize], bool) = match change.tag() {
                ChangeTag::Equal => (&[0, 1], false),
                ChangeTag::Delete => (&[0], true),
                ChangeTag::Insert => (&[1], true),
            };
            for &side in at {
                push(&mut sides[side], change.value(), differs);
            }
        }
    }
    sides
}

fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

fn push(passages: &mut Vec<Passage>, word: &str, differs: bool) {
    match passages.last_mut() {
        Some(last) if last.differs == differs => last.text.push_str(word),
        _ => passages.push(Passage { text: word.to_owned(), differs }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_side_is_its_text(one in "[ab \n]{0,30}", other in "[ab \n]{0,30}") {
            let sides = by_word(&one, &other);
            for (text, side) in [one, other].iter().zip(&sides) {
                let again: String = side.iter().map(|passage| passage.text.as_str()).collect();
                prop_assert_eq!(&again, text);
            }
            let common = |side: &[Passage]| -> String {
                side.iter().filter(|p| !p.differs).map(|p| p.text.as_str()).collect()
            };
            prop_assert_eq!(common(&sides[0]), common(&sides[1]));
        }
    }
}
