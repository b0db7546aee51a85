//! Small drawings beside words. They never stand alone, so screen readers skip them.

use crate::ui::element::{El, svg};

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Picture {
    /// The ranging pole of the brand.
    Jalon,
    /// A magnifying glass.
    Search,
    /// A map.
    Explore,
    /// A ticked list.
    Track,
    /// Bars on a line.
    Bilan,
    /// A notebook.
    Journal,
    /// A ballot going into an urn.
    Consult,
    /// An i.
    About,
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
    fn path(self) -> &'static str {
        match self {
            Self::Jalon => "M10 2v20M10 3l9 3.5-9 3.5M8 14h4M8 18h4",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21",
            Self::Explore => "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14",
            Self::Track => {
                "M4 6l1.5 1.5L8 5M4 12l1.5 1.5L8 11M4 18l1.5 1.5L8 17M12 6h8M12 12h8M12 18h8"
            }
            Self::Bilan => "M3 20h18M6 20v-6M12 20V5M18 20v-9",
            Self::Journal => "M6 3h12v18H6zM6 3v18M3 7h4M3 12h4M3 17h4M11 8h4M11 12h4",
            Self::Consult => "M4 11h16v9H4zM9 11V4h6v7M2 11h20M11 7h2",
            Self::About => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7v.5",
            Self::Check => "M5 12.5l4.5 4.5L19 7",
            Self::Share => "M12 15V4M8 8l4-4 4 4M5 13v7h14v-7",
            Self::Save => "M12 4v11M8 11l4 4 4-4M5 16v4h14v-4",
            Self::Print => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
            Self::Private => "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
            Self::Warning => "M12 4l9 16H3zM12 10v4M12 17v.5",
        }
    }
}

/// One icon, in the colour and size of the text beside it.
pub(in crate::ui) fn icon(picture: Picture) -> El {
    drawing("icon", picture.path())
}

/// The shape of a global objective, so that its colour is never the only sign: a disc, a
/// triangle, a square, and again from the fourth on. `family` counts from 1.
pub(in crate::ui) fn shape(family: u8) -> El {
    let path = match family % 3 {
        1 => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
        2 => "M12 3l10 18H2z",
        _ => "M4 4h16v16H4z",
    };
    drawing("shape", path)
}

fn drawing(class: &str, path: &str) -> El {
    let drawing = svg("svg").class(class).attr("viewBox", "0 0 24 24").attr("aria-hidden", "true");
    drawing.add(svg("path").attr("d", path))
}
