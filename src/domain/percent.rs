//! Percent-encoding of addresses.

/// Percent-decoding that keeps invalid sequences (RFC 3986, section 2.1), and keeps the whole text
/// if the result would not be UTF-8.
#[must_use]
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(value) if byte == b'%' => {
                decoded.push(value);
                at += 3;
            }
            _ => {
                decoded.push(if byte == b'+' { b' ' } else { byte });
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// How often a link may stand encoded in another, which stands encoded in another.
const DEPTH: usize = 4;

/// The text, and then what it says when decoded once, twice…, for as long as that differs.
pub fn decodings(text: &str) -> impl Iterator<Item = String> {
    let next = |text: &String| Some(decode(text)).filter(|decoded| decoded != text);
    std::iter::successors(Some(text.to_owned()), next).take(DEPTH + 1)
}
