//! Compresses as static hosts do ahead of time: brotli at its highest quality.
//!
//! A crate of its own, because the encoder is slow unless it is optimised, and optimising all of the
//! development commands made each change to them wait half a minute.

use std::io;

use brotli::enc::BrotliEncoderParams;

/// The compressed content.
///
/// # Errors
/// Never: reading and writing memory does not fail.
pub fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut output = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut output, &parameters)?;
    Ok(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repetition_gets_small() -> io::Result<()> {
        assert!(brotli(&b"jalons ".repeat(1000))?.len() < 50);
        Ok(())
    }
}
