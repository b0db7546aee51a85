//! A signal of the app's status, for as long as a screen shows it.

use leptos::prelude::*;

use crate::platform::app_status::{self, AppStatus};

/// Follows the app's status: update, installation, network.
pub(in crate::ui) fn app_status() -> ReadSignal<AppStatus> {
    let (now, set) = signal(app_status::current());
    let watch = app_status::on_change(move || {
        // Fails once the screen is gone.
        let _ = set.try_set(app_status::current());
    });
    let _ = StoredValue::new_local(watch);
    now
}
