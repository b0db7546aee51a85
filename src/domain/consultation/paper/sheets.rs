//! Layout of printed paper ballots: how many sheets to print, and how many ballots fit on one.

use std::ops::RangeInclusive;

use super::super::method::Method;
use super::super::rules::Rules;

/// The greatest number of a paper ballot: no room holds more people, and this app writes no file
/// that claims more.
pub const MAX_PRINTED: u16 = 999;

/// How many ballots are printed at once; more block the browser, and the printer.
const AT_ONCE: u16 = 100;

/// The printed numbers, split into lots of one print job each. There is always a first lot, and no
/// number exceeds [`MAX_PRINTED`], whatever a file claims.
#[must_use]
pub fn lots(printed: u16) -> Vec<RangeInclusive<u16>> {
    let last = printed.clamp(1, MAX_PRINTED);
    (1..=last).step_by(AT_ONCE.into()).map(|from| from..=last.min(from + AT_ONCE - 1)).collect()
}

/// How many ballots fit on a sheet of A4 in letters of 3 mm: four, two or one, the most whose lines
/// fit the height. `lengths` has the number of characters of each option.
#[must_use]
pub fn ballots_a_page(rules: &Rules, lengths: &[usize]) -> usize {
    // The width of the fields beside an option. In a narrow column, mentions are below the option.
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

/// The height of a ballot in tenths of a millimetre. `width` is that of its lines, `option` that of
/// an option's text without its fields, both in millimetres.
fn height(rules: &Rules, lengths: &[usize], width: usize, option: usize) -> usize {
    // A letter is 1.6 mm wide on average, one of the title 2.4 mm.
    let letters = |width: usize| (width * 10 / 16).max(1);
    let lines = |length: usize, width: usize| length.div_ceil(width).max(1);
    let title = 53 * lines(rules.title().as_str().chars().count(), (width * 10 / 24).max(1));
    let question = 39 * lines(rules.question().as_str().chars().count(), letters(width));
    let legend = if rules.method() == Method::Judgment { 70 } else { 0 };
    // The option's code takes six letters of a line.
    let row = |length: &usize| (39 * lines(length + 6, letters(option))).max(44) + 15;
    220 + title + question + legend + lengths.iter().map(row).sum::<usize>()
}
