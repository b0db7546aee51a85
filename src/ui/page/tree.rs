//! The objectives as a tree, with counts at every level.

use maud::{Markup, html};

use super::{counts, progress_of, section, shape, titled};
use crate::domain::convention::{Convention, Item};
use crate::route::Route;
use crate::text::{home, items, progress};

/// Every objective, each with its counts and a link.
pub(super) fn tree(convention: &Convention) -> Markup {
    let tree = html! {
        div.tree {
            @for global in convention.globals() {
                article.global data-family=(global.code.family() % 3) {
                    header.global__head {
                        (shape(global.code))
                        h3.global__title { (titled(Item::Global(global), None)) }
                        (counts(convention, global.code))
                    }
                    ul.global__below {
                        @for strategic in &global.strategic_objectives {
                            li.strategic {
                                h4.strategic__title { (titled(Item::Strategic(strategic), None)) }
                                (counts(convention, strategic.code))
                                ul.strategic__below {
                                    @for objective in &strategic.operational_objectives {
                                        li.operational {
                                            (titled(Item::Operational(objective), Some("operational__link")))
                                            span.operational__counts data-of=(objective.code) {
                                                (progress::observed(progress_of(convention, objective.code)))
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        (section("tree", None, home::objectives(), &tree))
        p.needs-scripts { a.more href=(Route::FullText) { (items::full_text_link()) } }
    }
}
