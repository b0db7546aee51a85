//! Keyed lists: keeps rows in step with a list of items.

use std::cell::RefCell;
use std::collections::HashMap;

use leptos::prelude::*;
use web_sys::{Element, Node};

use super::{El, bind, focus};

/// A row on the page, with its owner.
struct Row {
    element: El,
    owner: Owner,
}

/// A row to build: its key, and its constructor.
type Wanted = (String, Box<dyn FnOnce() -> El>);

/// Keeps the children of `parent` in step with `items`. Two items of one key share a row, which
/// keys must rule out.
pub(super) fn for_each<T: 'static>(
    parent: Element,
    items: impl Fn() -> Vec<T> + 'static,
    key: impl Fn(&T) -> String + 'static,
    row: impl Fn(T) -> El + 'static,
) {
    let row = std::rc::Rc::new(row);
    let wanted = move || {
        let wanted = |item: T| -> Wanted {
            let row = row.clone();
            (key(&item), Box::new(move || row(item)))
        };
        items().into_iter().map(wanted).collect()
    };
    keep_rows(parent, Box::new(wanted));
}

/// The part that does not depend on the kind of item, compiled once.
fn keep_rows(parent: Element, wanted: Box<dyn Fn() -> Vec<Wanted>>) {
    // Rows outlive each run of the effect below, so their owner is the caller's.
    let outer = Owner::current().unwrap_or_default();
    let held: RefCell<HashMap<String, Row>> = RefCell::default();
    bind(Box::new(move || {
        let wanted = wanted();
        let mut former = held.take();
        let mut rows = HashMap::with_capacity(wanted.len());
        let mut place: Option<Node> = parent.first_child();
        for (key, make) in wanted {
            let row = former.remove(&key).unwrap_or_else(|| {
                let owner = outer.child();
                let element = owner.with(|| untrack(make));
                Row { element, owner }
            });
            // Only rows out of place are moved, so that the focus stays where it is.
            let node: &Node = row.element.raw();
            if place.as_ref() == Some(node) {
                place = node.next_sibling();
            } else {
                // Fails only for a child that holds its parent.
                let _ = parent.insert_before(node, place.as_ref());
            }
            rows.insert(key, row);
        }
        for row in former.into_values() {
            let gone = row.element.raw();
            let had_focus = focus::is_inside(gone);
            // The row that took its place, or else the list, is nearest to it.
            let near = gone.previous_element_sibling().unwrap_or_else(|| parent.clone());
            gone.remove();
            row.owner.cleanup();
            if had_focus {
                focus::keep_near(&near);
            }
        }
        held.replace(rows);
    }));
}
