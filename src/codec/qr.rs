//! Draws QR codes, and decodes them from pictures.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use quircs::{Code, Quirc};

mod look;

pub use look::Look;

/// A QR code as vector graphics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The number of modules per side, without the quiet zone.
    pub side: i32,
    /// The black modules as one SVG path; a module is one unit wide, and the code begins at the
    /// origin.
    pub path: String,
    /// The version, from 1 to 40: how fine the code is.
    pub version: u8,
}

/// The width of the white margin in modules (ISO/IEC 18004, section 9.1).
pub const QUIET: i32 = 4;

/// Draws the code of a link. The part after the last `/` is encoded in the denser alphanumeric mode
/// if it is base 32. Error correction is M: one of seven codewords may be misread.
///
/// `None` if the link does not fit any code.
#[must_use]
pub fn draw(link: &str) -> Option<Drawing> {
    let code = encode(link)?;
    let side = code.size();
    let mut path = String::new();
    for y in 0..side {
        let mut x = 0;
        while x < side {
            let black = (x..side).take_while(|x| code.get_module(*x, y)).count();
            if black > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{x} {y}h{black}v1h-{black}z");
            }
            x += i32::try_from(black).unwrap_or(side) + 1;
        }
    }
    Some(Drawing { side, path, version: code.version().value() })
}

fn encode(link: &str) -> Option<QrCode> {
    let at = link.rfind('/').map_or(0, |slash| slash + 1);
    let (before, text) = link.split_at(at);
    let mut segments = vec![QrSegment::make_bytes(before.as_bytes())];
    segments.push(if QrSegment::is_alphanumeric(text) {
        QrSegment::make_alphanumeric(text)
    } else {
        QrSegment::make_bytes(text.as_bytes())
    });
    let (ecc, least, most) = (QrCodeEcc::Medium, Version::MIN, Version::MAX);
    // A higher level of error correction is used if the version has room for it.
    QrCode::encode_segments_advanced(&segments, ecc, least, most, None, true).ok()
}

/// Decodes all codes in a picture with one byte of brightness per pixel, row by row, looking at it
/// in one way. Mirrored codes are read in each of them. Unreadable codes are skipped.
#[must_use]
pub fn decode(luma: &[u8], width: u32, height: u32, look: Look) -> Vec<String> {
    let (Ok(width), Ok(height)) = (usize::try_from(width), usize::try_from(height)) else {
        return Vec::new();
    };
    if width == 0 || height == 0 || width.checked_mul(height) != Some(luma.len()) {
        return Vec::new();
    }
    let luma = look.at(luma, width);
    let mut reader = Quirc::default();
    let codes = reader.identify(width, height, &luma);
    codes.filter_map(|code| read(&code.ok()?)).collect()
}

/// The modules per side of a code of version 40, which the decoder has room for.
const LARGEST: usize = 177;

fn read(code: &Code) -> Option<String> {
    let data = code.decode().or_else(|_| mirrored(code).decode()).ok()?;
    String::from_utf8(data.payload).ok()
}

/// The code as in a mirror: its rows are its columns.
fn mirrored(code: &Code) -> Code {
    let mut mirrored = Code { cell_bitmap: [0; _], ..*code };
    let side = usize::try_from(code.size).unwrap_or_default().min(LARGEST);
    for at in 0..side * side {
        let module = code.cell_bitmap[at / 8] >> (at % 8) & 1;
        let there = at % side * side + at / side;
        mirrored.cell_bitmap[there / 8] |= module << (there % 8);
    }
    mirrored
}

/// Filters repeated codes from a camera. Each text is reported once while it stays in view, even if
/// a shaking hand loses it for a moment.
#[derive(Clone, Debug, Default)]
pub struct Sightings(BTreeMap<String, u64>);

impl Sightings {
    /// For how many milliseconds a text must be out of view before it is reported again.
    pub const AWAY: u64 = 2000;

    /// Returns those texts in view at the time `now`, in milliseconds, that have not been reported.
    pub fn fresh(&mut self, texts: Vec<String>, now: u64) -> Vec<String> {
        self.0.retain(|_, seen| now.saturating_sub(*seen) < Self::AWAY);
        texts.into_iter().filter(|text| self.0.insert(text.clone(), now).is_none()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(sightings: &mut Sightings, seen: &[&str], now: u64) -> Vec<String> {
        sightings.fresh(seen.iter().map(|text| (*text).to_owned()).collect(), now)
    }

    #[test]
    fn a_text_is_told_again_only_after_it_was_away() {
        let mut sightings = Sightings::default();
        assert_eq!(texts(&mut sightings, &["a", "a"], 0), ["a"]);
        assert!(texts(&mut sightings, &["a"], 1500).is_empty());
        assert_eq!(texts(&mut sightings, &["b", "a"], 3400), ["b"]);
        assert!(texts(&mut sightings, &[], 5000).is_empty());
        assert_eq!(texts(&mut sightings, &["a", "b"], 5400), ["a", "b"]);
    }

    #[test]
    fn what_is_too_long_for_any_code_has_none() {
        assert_eq!(draw(&"a".repeat(3000)), None);
        assert!(draw("").is_some());
    }

    /// A panic in the decoder would stop the app while the camera moves.
    #[cfg(not(target_arch = "wasm32"))]
    mod hostile {
        use proptest::collection::vec;
        use proptest::prelude::*;

        use super::super::*;

        fn photo(link: &str, wide: usize) -> (Vec<u8>, usize) {
            let code = encode(link).expect("room");
            let side = usize::try_from(code.size() + 2 * QUIET).expect("positive") * wide;
            let module = |pixel: usize| i32::try_from(pixel / wide).expect("small") - QUIET;
            let black = |at: usize| code.get_module(module(at % side), module(at / side));
            ((0..side * side).map(|at| if black(at) { 30 } else { 220 }).collect(), side)
        }

        proptest! {
            #![proptest_config(ProptestConfig::with_cases(400))]

            #[test]
            fn noise_is_passed_over(pixels in vec(any::<u8>(), 64 * 48), steep: bool) {
                let steps = |pixel: &u8| if *pixel > 127 { 255 } else { 0 };
                let pixels = if steep { pixels.iter().map(steps).collect() } else { pixels };
                for look in Look::ALL {
                    prop_assert!(decode(&pixels, 64, 48, look).is_empty());
                }
            }

            /// With blots, sheared rows and cut corners, a code is decoded correctly or not at all.
            #[test]
            fn a_spoilt_code_is_read_right_or_not_at_all(
                text in "[A-Z2-7]{1,150}",
                blots in vec((any::<usize>(), any::<usize>(), 1_usize..30, any::<u8>()), 0..6),
                shear in 0_usize..12,
                cut in 0_usize..60,
            ) {
                let link = format!("https://example.org/#/voter/{text}");
                let (mut pixels, side) = photo(&link, 3);
                for (x, y, size, shade) in blots {
                    let (x, y) = (x % side, y % side);
                    for row in y..(y + size).min(side) {
                        pixels[row * side + x..row * side + (x + size).min(side)].fill(shade);
                    }
                }
                for (row, pixels) in pixels.chunks_mut(side).enumerate() {
                    pixels.rotate_right(row * shear / 40 % side);
                }
                pixels.drain(..cut * side);
                let width = u32::try_from(side).expect("small");
                let height = u32::try_from(side - cut).expect("small");
                for read in Look::ALL.map(|look| decode(&pixels, width, height, look)).concat() {
                    prop_assert_eq!(&read, &link);
                }
            }
        }
    }

    #[test]
    fn pictures_of_no_size_or_another_have_no_codes() {
        for look in Look::ALL {
            assert!(decode(&[], 0, 0, look).is_empty());
            assert!(decode(&[0; 3], 2, 2, look).is_empty());
            assert!(decode(&[0; 4], 2, 2, look).is_empty());
            assert!(decode(&[7], 1, 1, look).is_empty());
            assert!(decode(&[128; 10_000], 100, 100, look).is_empty());
        }
    }
}
