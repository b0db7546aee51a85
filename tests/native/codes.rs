//! QR codes as people photograph and print them.

use jalons::codec::qr::{self, Look};

use crate::transfer::photo;

/// A photo of a code, and what it says.
struct Photo {
    luma: Vec<u8>,
    side: u32,
    says: String,
}

/// Codes of a ballot, of an invitation and of the finest kind that phones show, small and large in
/// the photo.
fn photos() -> impl Iterator<Item = Photo> {
    [(20, 4), (20, 13), (300, 3), (300, 9), (860, 4), (860, 7)].into_iter().map(|(length, wide)| {
        let text = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".chars().cycle().take(length);
        let says = format!("https://x.example/#/voter/{}", text.collect::<String>());
        let (luma, side) = photo(&qr::draw(&says).expect("room"), wide);
        Photo { luma, side, says }
    })
}

impl Photo {
    /// Changes each pixel by its brightness and its place, from 0 to 1 each way.
    fn lit(&self, light: impl Fn(f64, f64, f64) -> f64) -> Vec<u8> {
        let side = usize::try_from(self.side).expect("small");
        let share = |at: usize| f64::from(u32::try_from(at).expect("small")) / f64::from(self.side);
        let lit = |(at, pixel): (usize, &u8)| {
            let lit = light(f64::from(*pixel), share(at % side), share(at / side));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
            let lit = lit.clamp(0.0, 255.0) as u8;
            lit
        };
        self.luma.iter().enumerate().map(lit).collect()
    }

    fn mirrored(&self) -> Vec<u8> {
        let rows = self.luma.chunks(usize::try_from(self.side).expect("small"));
        rows.flat_map(|row| row.iter().rev().copied()).collect()
    }

    /// Holds that a scanner, which looks in every way until it finds something, reads this picture.
    fn expect_read(&self, luma: &[u8], what: &str) {
        let read = Look::ALL.map(|look| qr::decode(luma, self.side, self.side, look));
        let first = read.into_iter().find(|texts| !texts.is_empty()).unwrap_or_default();
        assert_eq!(first, [&*self.says], "{what}, {} pixels wide", self.side);
    }
}

fn negative(luma: &[u8]) -> Vec<u8> {
    luma.iter().map(|pixel| !pixel).collect()
}

/// White on black, as dark screens show codes, and seen from behind, as on a window or by a front
/// camera: all four were told "Aucun code n'est lisible".
#[test]
fn inverted_and_mirrored_codes_are_read() {
    for photo in photos() {
        photo.expect_read(&photo.luma, "plain");
        photo.expect_read(&negative(&photo.luma), "inverted");
        photo.expect_read(&photo.mirrored(), "mirrored");
        photo.expect_read(&negative(&photo.mirrored()), "inverted and mirrored");
    }
}

/// A lamp at one side, a shadow over a half, a corner in the dark: white in the shadow is darker
/// than black in the light.
#[test]
fn unevenly_lit_codes_are_read() {
    let fades = |pixel: f64, x: f64, y: f64| pixel * (1.0 - 0.45 * (x + y));
    let shadow = |pixel: f64, x: f64, y: f64| pixel * if x + y / 3.0 > 0.6 { 0.2 } else { 1.0 };
    let corner = |pixel: f64, x: f64, y: f64| pixel / (1.0 + 6.0 * x * x * y * y);
    let glare = |pixel: f64, x: f64, y: f64| pixel * 0.4 + 150.0 * (-9.0 * (x * x + y * y)).exp();
    for photo in photos() {
        photo.expect_read(&photo.lit(fades), "fading light");
        photo.expect_read(&photo.lit(shadow), "a shadow");
        photo.expect_read(&photo.lit(corner), "a dark corner");
        photo.expect_read(&photo.lit(glare), "a glare");
        photo.expect_read(&negative(&photo.lit(fades)), "inverted in fading light");
    }
}

/// Frames of a camera are looked at one way each, so that all are tried in half a second.
#[test]
fn each_way_to_look_comes_in_turn() {
    let turns = std::iter::successors(Some(Look::default()), |look| Some(look.next()));
    let turns: Vec<_> = turns.take(5).collect();
    assert_eq!(turns[..4], Look::ALL);
    assert_eq!(turns[4], Look::default());
}
