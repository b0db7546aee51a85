//! QR codes as people photograph and print them.

use std::collections::BTreeSet;

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

/// Clear pictures, seen from behind, of which the decoder guessed a corner wrongly: about one of a
/// hundred of this size. The same picture is read from the other side.
#[test]
fn a_corner_guessed_wrongly_is_guessed_again() {
    for text in [
        "6GBBCQNWWX3PRTESDCEEAPFQALTU3USPB7GEMVXEYSNYXCGX5O7II7KFTLHDDLPC4AUVYNCTM4KUWO5E\
         7TFWEUTX5A3YFCJRTVZYLK4AUG4KIGBS6KA36DNKZOIK32MJ6UEDBUYWF352ERGWL4Y7VEAQC6AIEQZWFFKGV\
         XBURDEKCMRESTV6QT27ES5SSTMVEJIHQ26BIDOI7EW3DMR55I5XMXBGNUV4K43YL7BV2QM4N6JNREMQDMPUDX\
         IOC473GRGZ4TQN2WGFOLIEZWKC6HW27VGDCNG5JVOTTBK2TISI",
        "PKK7PXPJNXZJD6B7LDK7STJEUX74ULSQP6P24AJYVLCY6OCVJV6LHF7TZWPM7SUQ36TK3DMGDS7U6CON\
         OMFGTBVM7DHA6B33OU7KDTUZNA4RDHGJ2VB63H3CLMQCGZH24YOAA6VDHE2T4B2J4OTPVWGZSFQTXZX6FKLGL\
         ZU7ZTNZYANJ4O356PM333W24N324D6O4ENFDLGO5TRBPWSEYKJMSBFETBTU7XNZET2A4ICFVWCGXFQ4GXWKEY\
         2JGVWYSCFGMQFIR4KGTJCGELOOJNUJKB5J2SRPGTA4FEJV64AD",
        "2HZ6CMKCF2J4Z2YOAFW6S65OG5XFXNKANNNBBNC4MKD3PX4ESJO4EVZWB2QFSGZWJ7PI6GU654VBV3PM\
         XRJMQPSKAEBGKZLPXOGC4CGCDSRK2VV5VD2QMBP5TY64WOCE4WLGJPM4NMGDYNXUY3L2LBQUQYXM46LXS7LMJ\
         LR4ABXVCYPLLW2LNIHG73YS7HDQPVSMPCSIRQ3TMHZANTWSVJDVPJM3KKRP5ZOIMXHJCDSN5A4N2UQSH5TLK5\
         AXKTUZ3URDCXE54X6WDWSNAXLKUIT5EAU54PHLVKCNSSWH6XGC",
    ] {
        let says = format!("http://localhost:8080/#/voter/{text}");
        let drawing = qr::draw(&says).expect("room");
        let (luma, side) = smooth(&drawing, 340);
        let photo = Photo { luma, side, says };
        let missed = qr::decode(&photo.mirrored(), side, side, Look::default());
        assert!(missed.is_empty(), "the decoder has become better");
        photo.expect_read(&photo.mirrored(), "mirrored");
        photo.expect_read(&negative(&photo.mirrored()), "inverted and mirrored");
    }
}

/// A picture of a code as browsers draw it: modules are no whole number of pixels wide, and pixels
/// at their edges are grey.
fn smooth(drawing: &qr::Drawing, pixels: usize) -> (Vec<u8>, u32) {
    const FINE: usize = 4;
    let side = usize::try_from(drawing.side + 2 * qr::QUIET).expect("positive");
    let (modules, _) = photo(drawing, 1);
    let black = |x: usize, y: usize| {
        let at = |pixel: usize| pixel * side / (pixels * FINE);
        modules[at(y) * side + at(x)] < 128
    };
    let grey = |at: usize| {
        let (x, y) = (at % pixels * FINE, at / pixels * FINE);
        let fine = (0..FINE * FINE).filter(|at| !black(x + at % FINE, y + at / FINE));
        u8::try_from(fine.count() * 255 / (FINE * FINE)).expect("at most 255")
    };
    ((0..pixels * pixels).map(grey).collect(), u32::try_from(pixels).expect("small"))
}

/// Frames of a camera are looked at one way each, so that all are tried in a second.
#[test]
fn each_way_to_look_comes_in_turn() {
    let turns = std::iter::successors(Some(Look::default()), |look| Some(look.next()));
    let turns: Vec<_> = turns.take(9).collect();
    assert_eq!(turns[..8], Look::ALL);
    assert_eq!(turns[8], Look::default());
    let all = Look::ALL.map(|look| format!("{look:?}"));
    assert_eq!(BTreeSet::from(all).len(), 8);
}
