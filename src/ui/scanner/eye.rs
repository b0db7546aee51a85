//! What reads the codes in a picture.

use crate::platform::barcode::Detector;
use crate::platform::frames::{Frames, Source};
use crate::ui::reader;

/// What reads pictures: the browser, for as long as it can, or the app.
pub(super) struct Eye {
    detector: Option<Detector>,
    frames: Frames,
}

impl Eye {
    /// `None` where neither can.
    pub(super) async fn open() -> Option<Self> {
        let eye = Self { detector: Detector::find().await, frames: Frames::new()? };
        (eye.detector.is_some() || reader::arrives().await).then_some(eye)
    }

    /// The texts in a picture; `None` where nothing can read it any more.
    pub(super) async fn read(&mut self, source: &Source, most: u32) -> Option<Vec<String>> {
        if let Some(detector) = &self.detector {
            if let Some(texts) = detector.read(source).await {
                return Some(texts);
            }
            self.detector = None;
            if !reader::arrives().await {
                return None;
            }
        }
        match self.frames.take(source, most) {
            Some(picture) => Some(reader::read(picture)),
            None => Some(Vec::new()),
        }
    }
}
