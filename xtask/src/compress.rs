//! Compressing as a static host does ahead of time: brotli at its highest quality.

use std::io;

use brotli::enc::BrotliEncoderParams;

/// The content as brotli sends it.
pub(crate) fn brotli(content: &[u8]) -> io::Result<Vec<u8>> {
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
