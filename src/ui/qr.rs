//! QR codes on screen: one, or several in turn.

use leptos::prelude::*;

use crate::codec::qr::{QUIET, draw};
use crate::text::transfer as words;
use crate::ui::element::{El, button, el, svg};

/// The codes of these links, with a label that says their purpose. Several do not advance by
/// themselves: the person with the other phone says when.
pub(in crate::ui) fn qr(pages: Vec<String>, label: String) -> El {
    let of = pages.len();
    let page = RwSignal::new(0);
    let shown = move || {
        let at = page.get();
        let link = pages.get(at).map_or("", String::as_str);
        vec![drawing(link, &words::drawing(&label, at + 1, of))]
    };
    let place = el("div").class("qr").child(el("div").class("qr__code").dyn_children(shown));
    if of < 2 { place } else { place.children(ways(page, of)) }
}

/// The current code's number, and buttons to the others.
fn ways(page: RwSignal<usize>, of: usize) -> [El; 2] {
    let way = |label: &str, by: usize, end: usize| {
        // A button that is removed would lose the focus.
        let step = button(move || {
            if page.get_untracked() != end {
                page.update(|page| *page = (*page + by) % of);
            }
        });
        let at_end = move || (page.get() == end).then(|| "true".to_owned());
        step.class("button").text(label).attr("aria-disabled", at_end)
    };
    let which = move || words::page(page.get() + 1, of);
    let which = el("span").class("qr__page").attr("role", "status").text(which);
    [
        el("p").class("qr__actions").children([
            way(words::previous(), of - 1, 0),
            which,
            way(words::next(), 1, of - 1),
        ]),
        el("p").class("muted").text(words::pages_lead()),
    ]
}

/// Black on white whatever the colours of the page: readers expect that.
fn drawing(link: &str, label: &str) -> El {
    let Some(code) = draw(link) else {
        return el("p").class("form__error").text(words::no_code());
    };
    let side = (code.side + 2 * QUIET).to_string();
    let from = (-QUIET).to_string();
    let paper = svg("rect").attr("x", &from).attr("y", &from).attr("fill", "white");
    svg("svg")
        .attr("viewBox", &[&*from, &*from, &*side, &*side].join(" "))
        .attr("role", "img")
        .attr("aria-label", label)
        .child(paper.attr("width", &side).attr("height", &side))
        .child(svg("path").attr("d", &code.path).attr("fill", "black"))
}
