//! Drawings take turns: what waits is drawn at the next frame, and what has no room in that one at
//! those after it, so that many charts at once never hold up a finger.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::request_animation_frame;

use super::ChartView;
use crate::platform::clock;

/// After so many milliseconds the others wait for the next frame: what is drawn takes as long again to
/// become pixels, and a phone needs four times as long for both.
const FRAME_BUDGET_MS: u64 = 4;

thread_local! {
    static WAITING: RefCell<VecDeque<Rc<ChartView>>> = const { RefCell::new(VecDeque::new()) };
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Has a drawing wait for its turn.
pub(super) fn push(drawing: Rc<ChartView>) {
    WAITING.with_borrow_mut(|waiting| waiting.push_back(drawing));
    ask();
}

fn ask() {
    if !ASKED.replace(true) {
        request_animation_frame(frame);
    }
}

fn frame() {
    ASKED.set(false);
    let began = clock::now().0;
    while let Some(next) = WAITING.with_borrow_mut(VecDeque::pop_front) {
        next.draw_queued();
        // A clock that was set back meanwhile only makes this frame longer.
        if clock::now().0.saturating_sub(began) >= FRAME_BUDGET_MS {
            break;
        }
    }
    if WAITING.with_borrow(|waiting| !waiting.is_empty()) {
        ask();
    }
}
