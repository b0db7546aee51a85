//! The queue of charts to draw: those that exceed a frame's time budget wait for the next frame, so
//! that many charts at once never block input.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::request_animation_frame;

use super::ChartView;
use crate::platform::clock;

/// The time budget of a frame in milliseconds: turning a drawing into pixels takes as long again,
/// and a phone needs four times as long for both.
const FRAME_BUDGET_MS: u64 = 4;

thread_local! {
    static WAITING: RefCell<VecDeque<Rc<ChartView>>> = const { RefCell::new(VecDeque::new()) };
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Adds a chart to the queue.
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
        // A clock that is set back only makes this frame longer.
        if clock::now().0.saturating_sub(began) >= FRAME_BUDGET_MS {
            break;
        }
    }
    if WAITING.with_borrow(|waiting| !waiting.is_empty()) {
        ask();
    }
}
