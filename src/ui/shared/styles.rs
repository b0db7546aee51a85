//! Mounts the style sheets of lazy screens.

use std::cell::RefCell;

use crate::platform::style;

/// Adds a style sheet, which is one rule, unless it is mounted already.
pub(in crate::ui) fn mount_style(sheet: &'static str) {
    thread_local! {
        static MOUNTED: RefCell<Vec<*const u8>> = const { RefCell::new(Vec::new()) };
    }
    let is_new = MOUNTED.with_borrow_mut(|mounted| {
        let is_new = !mounted.contains(&sheet.as_ptr());
        if is_new {
            mounted.push(sheet.as_ptr());
        }
        is_new
    });
    if is_new {
        style::add(sheet);
    }
}
