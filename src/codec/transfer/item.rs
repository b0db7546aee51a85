//! Item ids as numbers: two bytes for most objectives, where the text needs five.

use crate::domain::item::ItemId;

/// The number of an id, never 0. The significant parts of most ids are in the lower bits, because
/// small numbers take fewer bytes: the lower halves of the three parts of the code; then 0 for an
/// objective, twice the number for a result, one more for a marker; then the upper halves.
pub(super) fn number(id: ItemId) -> u32 {
    let text = id.to_string();
    let (code, part) = text.split_once('-').unwrap_or((&text, ""));
    let mut number = 0;
    for (place, part) in code.split('.').enumerate() {
        let part = numeral(part);
        number |= (part & 15) << (4 * place);
        number |= (part >> 4) << (23 + 3 * place);
    }
    let part = match part.split_at_checked(1) {
        Some(("r", digits)) => numeral(digits) * 2,
        Some((_, digits)) => numeral(digits) * 2 + 1,
        None => 0,
    };
    number | part << 12
}

/// The id with a number, if there is one.
pub(super) fn id(number: u32) -> Option<ItemId> {
    let part = |place: u32| (number >> (4 * place)) & 15 | ((number >> (23 + 3 * place)) & 7) << 4;
    let code = match [part(0), part(1), part(2)] {
        [a, 0, 0] => a.to_string(),
        [a, b, 0] => format!("{a}.{b}"),
        [a, b, c] => format!("{a}.{b}.{c}"),
    };
    let text = match (number >> 12) & 0x7ff {
        0 => code,
        part if part % 2 == 0 => format!("{code}-r{}", part / 2),
        part => format!("{code}-m{}", part / 2),
    };
    text.parse().ok()
}

/// Parses the digits of an id.
fn numeral(digits: &str) -> u32 {
    digits.parse().unwrap_or_default()
}
