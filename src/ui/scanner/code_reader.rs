//! Reads QR codes in an image: with the browser's detector, or else with the app's own.

use std::rc::Rc;

use crate::codec::qr::Look;
use crate::platform::barcode::Detector;
use crate::platform::files;
use crate::platform::image_source::{Backdrop, FrameGrabber, ImageSource};
use crate::ui::reader;

/// The pixels of a picture's longer side: enough for codes of version 20 that fill half of it, and
/// no more than a phone reads in time.
const SIDE: u32 = 1280;
/// The pixels of the second try on a photo without a code.
const FINE: u32 = 2560;
/// How many frames without a code the browser's detector has for itself: two seconds. Detectors
/// miss codes that are inverted, mirrored or unevenly lit.
const DETECTOR_ALONE: u32 = 16;

/// The browser's detector, and the app's decoder for what it misses.
pub(super) struct CodeReader {
    detector: Option<Detector>,
    frames: FrameGrabber,
    /// How the next frame is looked at.
    look: Look,
    /// How many frames in a row the detector found nothing in.
    missed: u32,
}

impl CodeReader {
    /// Opens a reader; `None` where neither is available.
    pub(super) async fn open() -> Option<Self> {
        let (detector, frames) = (Detector::find().await, FrameGrabber::new()?);
        let reader = Self { detector, frames, look: Look::default(), missed: 0 };
        (reader.detector.is_some() || reader::load().await).then_some(reader)
    }

    /// The texts in a frame of the camera; `None` where no reader is left. Each frame is looked at
    /// in one way, and the next in another if nothing was found.
    pub(super) async fn read_frame(&mut self, source: &ImageSource) -> Option<Vec<String>> {
        let detected = self.detect(source).await;
        if detected.as_ref().is_some_and(|texts| !texts.is_empty()) {
            self.missed = 0;
            return detected;
        }
        self.missed += 1;
        if self.detector.is_some() && self.missed < DETECTOR_ALONE {
            return detected;
        }
        if !reader::load().await {
            // Not asked for at each frame.
            self.missed = 0;
            return detected;
        }
        let Some(picture) = self.frames.grab(source, SIDE, Backdrop::White) else {
            return Some(Vec::new());
        };
        let texts = reader::read(Rc::new(picture), self.look)?;
        if texts.is_empty() {
            self.look = self.look.next();
        }
        Some(texts)
    }

    /// The texts in a photo, looked at in every way until one is found; `None` where no reader is
    /// left.
    pub(super) async fn read_photo(&mut self, source: &ImageSource) -> Option<Vec<String>> {
        let detected = self.detect(source).await;
        let is_found = detected.as_ref().is_some_and(|texts| !texts.is_empty());
        if is_found || !reader::load().await {
            return detected;
        }
        for side in [SIDE, FINE] {
            for backdrop in [Backdrop::White, Backdrop::Black] {
                let Some(picture) = self.frames.grab(source, side, backdrop) else { continue };
                if backdrop == Backdrop::Black && !picture.is_transparent {
                    continue;
                }
                let picture = Rc::new(picture);
                for look in Look::ALL {
                    let texts = reader::read(picture.clone(), look)?;
                    if !texts.is_empty() {
                        return Some(texts);
                    }
                    files::breathe().await;
                }
            }
        }
        Some(Vec::new())
    }

    /// The texts that the browser's detector finds; `None` without one that works.
    async fn detect(&mut self, source: &ImageSource) -> Option<Vec<String>> {
        let texts = self.detector.as_ref()?.read(source).await;
        if texts.is_none() {
            self.detector = None;
        }
        texts
    }
}
