//! Style sheets of lazy screens.

use std::cell::RefCell;

use crate::platform::style;

/// Adds a sheet, which is one rule, unless it has been added.
pub(in crate::ui) fn dress(sheet: &'static str) {
    thread_local! {
        static WORN: RefCell<Vec<*const u8>> = const { RefCell::new(Vec::new()) };
    }
    let is_new = WORN.with_borrow_mut(|worn| {
        let is_new = !worn.contains(&sheet.as_ptr());
        if is_new {
            worn.push(sheet.as_ptr());
        }
        is_new
    });
    if is_new {
        style::add(sheet);
    }
}
