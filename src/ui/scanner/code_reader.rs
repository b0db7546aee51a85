//! Reads QR codes in an image: with the browser's detector, or else with the app's own.

use crate::platform::barcode::Detector;
use crate::platform::image_source::{FrameGrabber, ImageSource};
use crate::ui::reader;

/// The browser's detector until it fails, then the app's decoder.
pub(super) struct CodeReader {
    detector: Option<Detector>,
    frames: FrameGrabber,
}

impl CodeReader {
    /// Opens a reader; `None` where neither is available.
    pub(super) async fn open() -> Option<Self> {
        let reader = Self { detector: Detector::find().await, frames: FrameGrabber::new()? };
        (reader.detector.is_some() || reader::load().await).then_some(reader)
    }

    /// The texts in a picture; `None` where no reader is left.
    pub(super) async fn read(&mut self, source: &ImageSource, most: u32) -> Option<Vec<String>> {
        if let Some(detector) = &self.detector {
            if let Some(texts) = detector.read(source).await {
                return Some(texts);
            }
            self.detector = None;
            if !reader::load().await {
                return None;
            }
        }
        match self.frames.grab(source, most) {
            Some(picture) => reader::read(picture),
            None => Some(Vec::new()),
        }
    }
}
