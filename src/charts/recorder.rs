//! A backend that records what is drawn, for tests.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use plotters::drawing::IntoDrawingArea;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::palette::Palette;
use super::picture::Picture;

type Failure = DrawingErrorKind<Infallible>;

/// The recorded shapes, by kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    pub(super) fills: Vec<(BackendCoord, BackendCoord)>,
    pub(super) lines: Vec<(BackendCoord, BackendCoord)>,
    pub(super) texts: Vec<(String, BackendCoord)>,
}

/// Records shapes and draws none.
pub(super) struct Recorder {
    size: (u32, u32),
    drawn: Arc<Mutex<Drawn>>,
}

impl Recorder {
    /// Records a picture on a canvas of its size.
    pub(super) fn drawn(picture: &Picture, palette: &Palette) -> Drawn {
        let drawn = Arc::new(Mutex::new(Drawn::default()));
        let size = (picture.width.unsigned_abs(), 4 * picture.height.unsigned_abs());
        let recorder = Self { size, drawn: drawn.clone() };
        picture.draw(&recorder.into_drawing_area(), palette).expect("nothing fails");
        let drawn = drawn.lock().expect("one thread");
        drawn.clone()
    }
}

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), Failure> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), Failure> {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Result<(), Failure> {
        unreachable!("charts draw no single points")
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        _: &S,
        fill: bool,
    ) -> Result<(), Failure> {
        assert!(fill, "frames are lines");
        self.drawn.lock().expect("one thread").fills.push((from, to));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        _: &S,
    ) -> Result<(), Failure> {
        let ends: Vec<_> = path.into_iter().collect();
        let [from, to] = ends[..] else { panic!("a line has two ends: {ends:?}") };
        self.drawn.lock().expect("one thread").lines.push((from, to));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        _: &S,
        at: BackendCoord,
    ) -> Result<(), Failure> {
        self.drawn.lock().expect("one thread").texts.push((text.to_owned(), at));
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), Failure> {
        let letters = u32::try_from(text.chars().count()).expect("a short text");
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small size")]
        let size = style.size() as u32;
        Ok((letters * size / 2, size))
    }
}
