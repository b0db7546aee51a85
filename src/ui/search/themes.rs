//! The themes of the convention: links to what is found about each.

use crate::domain::convention::Theme;
use crate::route::Route;
use crate::text::{search as words, typeset};
use crate::ui::element::{El, el, link};
use crate::ui::shared::heading::section;
use crate::ui::shared::icon::icon_of;
use crate::ui::store;

/// The section. A convention without themes has none.
pub(super) fn themes() -> Option<El> {
    let themes = store().convention().themes();
    let list = el("ul").class("themes").children(themes.iter().map(entry));
    (!themes.is_empty()).then(|| section("themes", words::themes()).child(list))
}

fn entry(theme: &Theme) -> El {
    let way = link(&Route::Search(theme.search.clone())).class("theme");
    let name = el("span").text(&typeset(&theme.name));
    el("li").child(way.child(icon_of(picture(&theme.icon))).child(name))
}

/// The drawing of an icon as one SVG path in a square of 24; a bookmark for an unknown name.
fn picture(icon: &str) -> &'static str {
    match icon {
        "ball" => {
            "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8l4 3-1.5 4.5h-5L8 11zM12 3v5M20.5 10L16 11M17.5 19l-3-3.5M6.5 19l3-3.5M3.5 10L8 11"
        }
        "briefcase" => "M4 8h16v11H4zM9 8V5h6v3M4 13h16",
        "bus" => "M5 5h14v11H5zM5 11h14M8 16v3M16 16v3",
        "cane" => {
            "M10 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 21l1-6-1-4c0-2 4-2 4 0l1 3 3 1M11 15l2 6M18 21v-6c0-2-2-2-2 0"
        }
        "heart" => {
            "M12 20C5 15 3 11.5 3 8.5 3 6 5 4 7.5 4c2 0 3.5 1 4.5 3 1-2 2.5-3 4.5-3C19 4 21 6 21 8.5c0 3-2 6.5-9 11.5z"
        }
        "home" => "M3 11l9-7 9 7M6 9v11h12V9M10 20v-6h4v6",
        "people" => {
            "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20c0-4 2.5-6 6-6s6 2 6 6M16 11a2.5 2.5 0 1 0 0-5M17 14c2.5.5 4 2.5 4 6"
        }
        "school" => "M2 9l10-5 10 5-10 5zM6 11v5c3 3 9 3 12 0v-5M22 9v6",
        "shop" => "M4 9l2-5h12l2 5M4 9v11h16V9M4 9h16M10 20v-6h4v6",
        "tree" => "M12 21v-8M12 3c4 0 7 3 7 6s-3 5-7 5-7-2-7-5 3-6 7-6zM12 17l3-2",
        _ => "M7 4h10v16l-5-4-5 4z",
    }
}
