//! How things stand around the page, for as long as a screen shows it.

use leptos::prelude::*;

use crate::platform::standing::{self, Standing};

/// Follows how things stand.
pub(in crate::ui) fn standing() -> ReadSignal<Standing> {
    let (now, set) = signal(standing::now());
    let watch = standing::on_change(move || {
        // Whoever has left meanwhile took the screen along.
        let _ = set.try_set(standing::now());
    });
    let _ = StoredValue::new_local(watch);
    now
}
