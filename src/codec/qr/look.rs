//! The ways to look at a picture in which no code was found at first sight.
//!
//! The decoder takes what is darker than one threshold for black, all over the picture. That misses
//! codes in a shadow, and codes that are lighter than their ground.

use std::borrow::Cow;

/// A way to look at a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Each pixel is compared with those around it, for uneven light.
    local: bool,
    /// Light and dark are exchanged.
    negative: bool,
    /// The picture is seen from behind. The decoder misses one of some hundred clear pictures by a
    /// wrong guess of the fourth corner, and guesses anew from the other side.
    flipped: bool,
}

/// A pixel is black if it is darker than the mean around it by more than this share, in percent.
/// Less takes the grain of paper for black.
const DARKER: u32 = 8;

impl Look {
    /// All ways, the commonest first.
    pub const ALL: [Self; 8] = {
        let mut all = [Self { local: false, negative: false, flipped: false }; 8];
        let mut at = 0;
        while at < all.len() {
            all[at] = Self { local: at % 2 == 1, negative: at / 2 % 2 == 1, flipped: at >= 4 };
            at += 1;
        }
        all
    };

    /// The next way to try, after the last the first.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|look| *look == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// The pixels that the decoder reads. `width` divides their number.
    pub(super) fn at(self, luma: &[u8], width: usize) -> Cow<'_, [u8]> {
        let mut luma = Cow::from(luma);
        if self.negative {
            luma.to_mut().iter_mut().for_each(|pixel| *pixel = !*pixel);
        }
        if self.flipped {
            luma.to_mut().chunks_mut(width).for_each(<[u8]>::reverse);
        }
        if self.local { local(&luma, width).into() } else { luma }
    }
}

/// Makes each pixel black or white by the mean of the square around it (Bradley and Roth, "Adaptive
/// Thresholding Using the Integral Image", 2007), here with running sums instead of the integral.
fn local(luma: &[u8], width: usize) -> Vec<u8> {
    let height = luma.len() / width;
    // A square of an eighth of the picture is wider than a finder pattern's centre, which would
    // otherwise become white.
    let reach = (width.max(height) / 16).max(1);
    let row = |y: usize| &luma[y * width..(y + 1) * width];
    let mut columns = vec![0_u32; width];
    let mut thresholded = Vec::with_capacity(luma.len());
    for y in 0..reach.min(height) {
        add(&mut columns, row(y));
    }
    for y in 0..height {
        if y + reach < height {
            add(&mut columns, row(y + reach));
        }
        if y > reach {
            for (sum, pixel) in columns.iter_mut().zip(row(y - reach - 1)) {
                *sum -= u32::from(*pixel);
            }
        }
        let rows = (y + reach).min(height - 1) - y.saturating_sub(reach) + 1;
        let mut sum: u32 = columns[..reach.min(width)].iter().sum();
        for (x, pixel) in row(y).iter().enumerate() {
            if x + reach < width {
                sum += columns[x + reach];
            }
            if x > reach {
                sum -= columns[x - reach - 1];
            }
            let across = (x + reach).min(width - 1) - x.saturating_sub(reach) + 1;
            let count = u32::try_from(rows * across).unwrap_or(u32::MAX);
            let is_black = u64::from(*pixel) * u64::from(count) * 100
                < u64::from(sum) * u64::from(100 - DARKER);
            thresholded.push(if is_black { 0 } else { u8::MAX });
        }
    }
    thresholded
}

fn add(columns: &mut [u32], row: &[u8]) {
    for (sum, pixel) in columns.iter_mut().zip(row) {
        *sum += u32::from(*pixel);
    }
}
