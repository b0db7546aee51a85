//! Reads the brightness of each pixel from a playing video or an image file.

use js_sys::{Object, Reflect};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageBitmap};

use super::files::PickedFile;

/// A playing video or a decoded image file.
#[derive(Clone, Debug)]
pub enum ImageSource {
    /// The current frame of a video.
    Video(HtmlVideoElement),
    /// A decoded file.
    Picture(ImageBitmap),
}

/// The browser cannot decode the file as an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the file is not an image")]
pub struct NotAnImageError;

/// A greyscale image: one byte of brightness per pixel, row by row.
#[derive(Clone, Debug)]
pub struct Luma {
    /// The pixels.
    pub pixels: Vec<u8>,
    /// The number of pixels per row.
    pub width: u32,
    /// The number of rows.
    pub height: u32,
    /// Whether the backdrop can be seen through the image.
    pub is_transparent: bool,
}

/// The brightness behind a transparent image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backdrop {
    /// The backdrop of nearly all pages.
    White,
    /// The backdrop that an image with light content is made for.
    Black,
}

/// Decodes an image file.
///
/// # Errors
/// When the browser cannot decode it.
pub async fn decode(file: &PickedFile) -> Result<ImageSource, NotAnImageError> {
    let window = web_sys::window().ok_or(NotAnImageError)?;
    let promise = window.create_image_bitmap_with_blob(file.file()).map_err(|_| NotAnImageError)?;
    let bitmap = JsFuture::from(promise).await.map_err(|_| NotAnImageError)?;
    bitmap.dyn_into().map(ImageSource::Picture).map_err(|_| NotAnImageError)
}

impl ImageSource {
    pub(super) fn raw(&self) -> &JsValue {
        match self {
            Self::Video(video) => video,
            Self::Picture(picture) => picture,
        }
    }

    fn size(&self) -> (u32, u32) {
        match self {
            Self::Video(video) => (video.video_width(), video.video_height()),
            Self::Picture(picture) => (picture.width(), picture.height()),
        }
    }

    /// Whether the first frame has arrived.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.size().0 > 0
    }
}

/// An offscreen canvas for reading the pixels of images.
#[derive(Clone, Debug)]
pub struct FrameGrabber {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl FrameGrabber {
    /// Creates the canvas; `None` if the browser refuses its context.
    #[must_use]
    pub fn new() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        let options = Object::new();
        Reflect::set(&options, &"willReadFrequently".into(), &true.into()).ok()?;
        let context = canvas.get_context_with_context_options("2d", &options).ok()??;
        Some(Self { canvas, context: context.dyn_into().ok()? })
    }

    /// Reads an image on a backdrop, scaled down if its longer side has more than `most` pixels.
    #[must_use]
    pub fn grab(&self, source: &ImageSource, most: u32, backdrop: Backdrop) -> Option<Luma> {
        let (width, height) = source.size();
        let longer = width.max(height);
        if longer == 0 {
            return None;
        }
        let shrunk = |side: u32| {
            let side = u64::from(side) * u64::from(most.min(longer)) / u64::from(longer);
            u32::try_from(side).unwrap_or(most).max(1)
        };
        let (width, height) = (shrunk(width), shrunk(height));
        self.canvas.set_width(width);
        self.canvas.set_height(height);
        let (w, h) = (f64::from(width), f64::from(height));
        match source {
            ImageSource::Video(video) => {
                self.context.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, w, h)
            }
            ImageSource::Picture(picture) => {
                self.context.draw_image_with_image_bitmap_and_dw_and_dh(picture, 0.0, 0.0, w, h)
            }
        }
        .ok()?;
        let data = self.context.get_image_data(0.0, 0.0, w, h).ok()?.data();
        let pixels = data.chunks_exact(4).map(|pixel| brightness(pixel, backdrop)).collect();
        let is_transparent = data.chunks_exact(4).any(|pixel| pixel[3] < u8::MAX);
        Some(Luma { pixels, width, height, is_transparent })
    }
}

/// The luma of ITU-R BT.601, in 256ths, of a pixel over its backdrop.
fn brightness(pixel: &[u8], backdrop: Backdrop) -> u8 {
    let [red, green, blue, alpha] = *pixel else { return u8::MAX };
    let luma = u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29;
    let (alpha, whole) = (u32::from(alpha), u32::from(u8::MAX));
    let behind = if backdrop == Backdrop::White { whole } else { 0 };
    let luma = ((luma >> 8) * alpha + behind * (whole - alpha)) / whole;
    u8::try_from(luma).unwrap_or(u8::MAX)
}
