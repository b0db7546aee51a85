//! How things stand around the page, for as long as a screen shows it.

use leptos::prelude::*;

use crate::platform::app_status::{self, AppStatus};

/// Follows how things stand.
pub(in crate::ui) fn app_status() -> ReadSignal<AppStatus> {
    let (now, set) = signal(app_status::current());
    let watch = app_status::on_change(move || {
        // Whoever has left meanwhile took the screen along.
        let _ = set.try_set(app_status::current());
    });
    let _ = StoredValue::new_local(watch);
    now
}
