//! Opaque entries: texts that the first load stores and compares without parsing them.
//!
//! Consultations and ballots are parsed by chunks that load later. Therefore the order that decides
//! between two versions of such a text is written before it, as characters that sort the same way,
//! followed by a checksum that detects damage.

use std::hash::Hasher;

use fnv::FnvHasher;

/// Separates the order and the checksum from the rest.
const END: char = '|';

/// Wraps `content` as an opaque entry. Of two texts the one with the greater `order` wins; `order`
/// must not contain the character `|`.
#[must_use]
pub fn wrap(order: &str, content: &str) -> String {
    format!("{order}{END}{:016x}{END}{content}", checksum(order, content))
}

/// The content of an opaque entry, if the checksum is right.
#[must_use]
pub fn unwrap_opaque(text: &str) -> Option<&str> {
    let (order, rest) = text.split_once(END)?;
    let (sum, content) = rest.split_once(END)?;
    (sum == format!("{:016x}", checksum(order, content))).then_some(content)
}

/// Whether a text is a valid opaque entry.
#[must_use]
pub fn is_opaque(text: &str) -> bool {
    unwrap_opaque(text).is_some()
}

fn checksum(order: &str, content: &str) -> u64 {
    let mut hasher = FnvHasher::default();
    hasher.write(order.as_bytes());
    hasher.write_u8(0xff);
    hasher.write(content.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::super::{Key, Resolution, resolve};
    use super::*;

    #[test]
    fn what_was_sealed_is_read_and_what_was_touched_is_not() {
        let text = wrap("1002", "un|deux");
        assert_eq!(unwrap_opaque(&text), Some("un|deux"));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let touched = String::from_utf8(bytes).expect("ASCII");
            assert!(!is_opaque(&touched), "{touched} was taken");
        }
        assert!(!is_opaque("") && !is_opaque("1002|") && !is_opaque(&text[..text.len() - 1]));
    }

    #[test]
    fn of_two_sealed_texts_the_greater_order_stays_and_no_bytes_are_lost() {
        let key = Key::Opaque("consultation/00c0ffee00c0ffee".into());
        let (old, new) = (wrap("1002", "z"), wrap("1010", "a"));
        assert_eq!(resolve(&key, &old, &new), Resolution::Replace);
        assert_eq!(resolve(&key, &new, &old), Resolution::KeepHeld);
        assert_eq!(resolve(&key, "spoilt", &old), Resolution::ReplaceAndQuarantine);
        assert_eq!(resolve(&key, &old, "9 spoilt"), Resolution::KeepHeld);
    }
}
