//! Random ids from the browser's generator.

use crate::domain::stamp::Token;

/// 64 fresh random bits.
///
/// If the browser's generator fails, which only very old ones do, `Math.random` is used: ids must
/// be unique, not secret.
#[must_use]
pub fn token() -> Token {
    let mut bytes = [0; 8];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let filled = crypto.is_some_and(|crypto| {
        crypto.get_random_values_with_u8_array(&mut bytes).is_ok() && bytes != [0; 8]
    });
    if !filled {
        bytes = bytes.map(|_| weak_byte());
    }
    Token(u64::from_be_bytes(bytes))
}

fn weak_byte() -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the product lies from 0 to 255"
    )]
    let byte = (js_sys::Math::random() * 256.0) as u8;
    byte
}
