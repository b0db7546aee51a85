//! Word-by-word differences between two versions of a text.

use std::convert::Infallible;

use similar::algorithms::{DiffHook, myers};

/// A run of words that are in both versions, or in this one only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffSpan {
    /// The words with the spaces between them, as in the text.
    pub text: String,
    /// Whether the other version has other words in their place.
    pub differs: bool,
}

/// Limit for the product of both numbers of words; above it, the texts are not compared: the time
/// grows with the product, and texts of five hundred words each are read as a whole anyway.
const SEARCHED: usize = 250_000;

/// Both texts as spans. The spans of each side, joined, are its text.
///
/// ```
/// use jalons::domain::word_diff::by_word;
///
/// let [ours, theirs] = by_word("un banc cassé", "un banc réparé");
/// assert_eq!(ours[0].text, "un banc ");
/// assert_eq!((ours[1].text.as_str(), ours[1].differs), ("cassé", true));
/// assert_eq!((theirs[1].text.as_str(), theirs[1].differs), ("réparé", true));
/// ```
#[must_use]
pub fn by_word(one: &str, other: &str) -> [Vec<DiffSpan>; 2] {
    let words = [one, other].map(|text| text.split_inclusive(char::is_whitespace).collect());
    let mut sides = Sides { words, passages: [Vec::new(), Vec::new()] };
    let [one, other] = sides.words.clone();
    if one.len() * other.len() > SEARCHED {
        sides.push(0, 0, one.len(), true);
        sides.push(1, 0, other.len(), true);
        return sides.passages;
    }
    // The diff cannot fail with this error type. Notes are short enough for an exact diff.
    let _ = myers::diff_deadline_raw(&mut sides, &one, 0..one.len(), &other, 0..other.len(), None);
    sides.passages
}

/// Collects the spans of both sides from the diff.
struct Sides<'a> {
    words: [Vec<&'a str>; 2],
    passages: [Vec<DiffSpan>; 2],
}

impl Sides<'_> {
    fn push(&mut self, side: usize, from: usize, count: usize, differs: bool) {
        for word in self.words[side].iter().skip(from).take(count) {
            match self.passages[side].last_mut() {
                Some(last) if last.differs == differs => last.text.push_str(word),
                _ => self.passages[side].push(DiffSpan { text: (*word).to_owned(), differs }),
            }
        }
    }
}

impl DiffHook for Sides<'_> {
    type Error = Infallible;

    fn equal(&mut self, one: usize, other: usize, count: usize) -> Result<(), Infallible> {
        self.push(0, one, count, false);
        self.push(1, other, count, false);
        Ok(())
    }

    fn delete(&mut self, one: usize, count: usize, _: usize) -> Result<(), Infallible> {
        self.push(0, one, count, true);
        Ok(())
    }

    fn insert(&mut self, _: usize, other: usize, count: usize) -> Result<(), Infallible> {
        self.push(1, other, count, true);
        Ok(())
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
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
            let common = |side: &[DiffSpan]| -> String {
                side.iter().filter(|p| !p.differs).map(|p| p.text.as_str()).collect()
            };
            prop_assert_eq!(common(&sides[0]), common(&sides[1]));
        }
    }
}
