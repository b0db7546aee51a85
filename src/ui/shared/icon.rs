//! Icons next to words. They are never alone, so screen readers skip them.

use crate::ui::element::{El, svg};

/// The subject of an icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Picture {
    /// The ranging pole of the brand.
    Jalon,
    /// A check mark.
    Check,
    /// An arrow out of a tray.
    Share,
    /// An arrow into a tray.
    Save,
    /// A printer.
    Print,
    /// A padlock.
    Private,
    /// A warning triangle.
    Warning,
}

impl Picture {
    /// The drawing as one SVG path in a square of 24.
    pub(in crate::ui) fn path(self) -> &'static str {
        match self {
            Self::Jalon => "M10 2v20M10 3l9 3.5-9 3.5M8 14h4M8 18h4",
            Self::Check => "M5 12.5l4.5 4.5L19 7",
            Self::Share => "M12 15V4M8 8l4-4 4 4M5 13v7h14v-7",
            Self::Save => "M12 4v11M8 11l4 4 4-4M5 16v4h14v-4",
            Self::Print => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
            Self::Private => "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
            Self::Warning => "M12 4l9 16H3zM12 10v4M12 17v.5",
        }
    }
}

/// One icon, in the colour and size of the text next to it.
pub(in crate::ui) fn icon(picture: Picture) -> El {
    icon_of(picture.path())
}

/// One icon by its path, in the colour and size of the text next to it.
pub(in crate::ui) fn icon_of(path: &str) -> El {
    drawing("icon", path)
}

/// The shape of a global objective, so that its colour is never the only sign.
pub(in crate::ui) fn shape(family: u8) -> El {
    drawing("shape", shape_path(family))
}

/// A disc, a triangle, a square, and again from the fourth on. `family` counts from 1.
pub(in crate::ui) fn shape_path(family: u8) -> &'static str {
    match family % 3 {
        1 => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
        2 => "M12 3l10 18H2z",
        _ => "M4 4h16v16H4z",
    }
}

fn drawing(class: &str, path: &str) -> El {
    let drawing = svg("svg").class(class).attr("viewBox", "0 0 24 24").attr("aria-hidden", "true");
    drawing.child(svg("path").attr("d", path))
}
