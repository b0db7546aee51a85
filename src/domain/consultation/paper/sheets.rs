//! The sheets that paper ballots are printed on: how many there are, and how many ballots fit one.

use std::ops::RangeInclusive;

use super::super::rules::{Method, Rules};

/// The greatest number that a paper ballot can bear: no room has more, and a file that claims more
/// was not made by this app.
pub const MAX_PRINTED: u16 = 999;

/// How many are put on sheets at once; more make a browser wait, and a printer too.
const AT_ONCE: u16 = 100;

/// The numbers that are printed, in lots that are printed at once: the first is there always, and
/// none goes beyond [`MAX_PRINTED`] whatever was noted as printed.
#[must_use]
pub fn lots(printed: u16) -> Vec<RangeInclusive<u16>> {
    let last = printed.clamp(1, MAX_PRINTED);
    (1..=last).step_by(AT_ONCE.into()).map(|from| from..=last.min(from + AT_ONCE - 1)).collect()
}

/// How many ballots fit on a sheet of A4 in letters of 3 mm: four, two or one, the most whose
/// lines take no more than the height there is. `lengths` are the characters of each option.
#[must_use]
pub fn ballots_a_page(rules: &Rules, lengths: &[usize]) -> usize {
    // What options have to their right. In a narrow column, mentions stand under the option.
    let (quarter, half, below) = match rules.method() {
        Method::Dots { cap, .. } => (usize::from(cap.min(10)) * 6, usize::from(cap.min(10)) * 6, 0),
        Method::Approval => (6, 6, 0),
        Method::Judgment => (0, 56, 55),
        Method::Ranking => (10, 10, 0),
    };
    if height(rules, lengths, 88, 76_usize.saturating_sub(quarter)) + below * lengths.len() <= 1290
    {
        4
    } else if height(rules, lengths, 185, 173_usize.saturating_sub(half)) <= 1290 {
        2
    } else {
        1
    }
}

/// How high a ballot is, in tenths of a millimetre, where its lines are so wide, in millimetres,
/// and those of its options so wide without what is filled in.
fn height(rules: &Rules, lengths: &[usize], width: usize, option: usize) -> usize {
    // A letter is 1.6 mm wide on average, one of the title 2.4 mm.
    let letters = |width: usize| (width * 10 / 16).max(1);
    let lines = |length: usize, width: usize| length.div_ceil(width).max(1);
    let title = 53 * lines(rules.title().as_str().chars().count(), (width * 10 / 24).max(1));
    let question = 39 * lines(rules.question().as_str().chars().count(), letters(width));
    let legend = if rules.method() == Method::Judgment { 70 } else { 0 };
    // Six letters of a line are the option's code.
    let row = |length: &usize| (39 * lines(length + 6, letters(option))).max(44) + 15;
    220 + title + question + legend + lengths.iter().map(row).sum::<usize>()
}
