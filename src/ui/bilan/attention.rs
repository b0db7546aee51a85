//! The markers that need attention: why, and a button for each reason.

use std::mem::discriminant;

use leptos::prelude::*;

use crate::domain::attention::{Attention, AttentionReason, postponed};
use crate::domain::convention::Item;
use crate::domain::day::Day;
use crate::domain::follow_up::FollowUp;
use crate::domain::item::MarkerId;
use crate::domain::journal::ApplyError;
use crate::domain::observation::Level;
use crate::domain::tracking::{SeenFilter, TrackingFilter};
use crate::route::{BilanPlace, Route};
use crate::store::AppStore;
use crate::text::{self, attention as words};
use crate::ui::element::{El, button, el, link};
use crate::ui::shared::heading::{empty, heading, section};
use crate::ui::shared::markers::tick;
use crate::ui::shared::styles::mount_style;
use crate::ui::store;

/// The number of markers shown at first under each reason.
const FIRST: usize = 5;

/// A marker on the screen: the reason that it is listed under, and its id.
type Placed = (AttentionReason, MarkerId);

/// The state of the screen.
#[derive(Clone, Copy)]
struct List {
    store: AppStore,
    /// The markers that need attention now.
    now: Memo<Vec<Attention>>,
    /// The markers that the person has acted on. They stay in place until the screen is left:
    /// nothing may vanish under the finger that touched it.
    touched: RwSignal<Vec<MarkerId>>,
}

/// The screen.
pub(super) fn attention() -> Vec<El> {
    mount_style(include_str!("../../../style/attention.css"));
    let store = store();
    let list = List { store, now: store.attention(), touched: RwSignal::new(Vec::new()) };
    let placed = list.placed();
    let nothing = move || placed.read().is_empty();
    let groups = move || {
        let placed = placed.read();
        placed.chunk_by(|one, other| is_alike(one.0, other.0)).map(|group| group[0].0).collect()
    };
    let key = |reason: &AttentionReason| name(*reason).to_owned();
    let views = super::way(BilanPlace::Opinions).class("more").text(text::views::title());
    vec![
        heading(words::title()),
        el("p").class("lead").text(words::lead()),
        empty(words::nothing(), nothing),
        el("div").class("groups").for_each(groups, key, move |reason| group(list, placed, reason)),
        el("p").child(views),
    ]
}

fn is_alike(one: AttentionReason, other: AttentionReason) -> bool {
    discriminant(&one) == discriminant(&other)
}

/// A reason's name in ids and for the style sheet.
fn name(reason: AttentionReason) -> &'static str {
    match reason {
        AttentionReason::Due(_) => "due",
        AttentionReason::DueSoon(_) => "due-soon",
        AttentionReason::Contested => "contested",
        AttentionReason::Stale(_) => "stale",
        AttentionReason::Watched => "watched",
        AttentionReason::NeverObserved => "never-observed",
    }
}

impl List {
    fn placed(self) -> Memo<Vec<Placed>> {
        Memo::new(move |former: Option<&Vec<Placed>>| {
            let touched = self.touched.read();
            let stays = |(_, marker): &&Placed| touched.contains(marker);
            let mut placed: Vec<_> = former.into_iter().flatten().filter(stays).copied().collect();
            for Attention { marker, first, .. } in self.now.read().iter() {
                if !placed.iter().any(|(_, other)| other == marker) {
                    placed.push((*first, *marker));
                }
            }
            placed.sort_unstable();
            placed
        })
    }

    /// The reasons why a marker needs attention now.
    fn reasons(self, marker: MarkerId) -> Memo<Vec<AttentionReason>> {
        Memo::new(move |_| {
            let now = self.now.read();
            let found = now.iter().find(|attention| attention.marker == marker);
            found.map(|attention| attention.reasons().collect()).unwrap_or_default()
        })
    }

    fn touch(self, marker: MarkerId) {
        self.touched.update(|touched| touched.push(marker));
    }
}

/// The markers under one reason.
fn group(list: List, placed: Memo<Vec<Placed>>, reason: AttentionReason) -> El {
    let markers = Memo::new(move |_| {
        let placed = placed.read();
        let here = placed.iter().filter(|(other, _)| is_alike(*other, reason));
        here.map(|(_, marker)| *marker).collect::<Vec<_>>()
    });
    let still = move || {
        let now = list.now.read();
        let holds = |marker: &&MarkerId| {
            let found = now.iter().find(|attention| attention.marker == **marker);
            found.is_some_and(|found| found.reasons().any(|other| is_alike(other, reason)))
        };
        markers.read().iter().filter(holds).count()
    };
    let all = RwSignal::new(false);
    let shown = move || {
        let (all, touched) = (all.get(), list.touched.read());
        let is_shown =
            |(place, marker): &(usize, MarkerId)| all || *place < FIRST || touched.contains(marker);
        let placed = markers.get().into_iter().enumerate().filter(is_shown);
        placed.map(|(_, marker)| marker).collect()
    };
    let [title, _] = words::group(reason);
    section(name(reason), title)
        .class("attention")
        .attr("data-reason", name(reason))
        .child(el("p").class("attention__lead").text(move || words::group_lead(still(), reason)))
        .child(
            el("ul")
                .class("markers")
                .for_each(shown, MarkerId::to_string, move |id| row(list, id, reason)),
        )
        .child(rest(markers, all, reason))
}

/// A button that shows the other markers; for markers without an observation, which may be all of
/// them, a link to the tracking screen.
fn rest(markers: Memo<Vec<MarkerId>>, all: RwSignal<bool>, reason: AttentionReason) -> El {
    let count = Memo::new(move |_| markers.read().len());
    el("div").dyn_children(move || {
        if count.get() <= FIRST {
            return Vec::new();
        }
        if reason == AttentionReason::NeverObserved {
            let seen = SeenFilter::Unobserved;
            let filter = TrackingFilter { seen, ..TrackingFilter::default() };
            let way = link(&Route::Tracking(filter)).class("more");
            return vec![way.text(&words::never_observed(count.get()))];
        }
        let said = move || {
            if all.get() { words::fewer().to_owned() } else { words::others(count.get() - FIRST) }
        };
        let more = button(move || all.update(|all| *all = !*all))
            .class("button")
            .attr("aria-expanded", move || Some(all.get().to_string()))
            .text(said);
        vec![more]
    })
}

/// One marker: its tick, its wording, its state, the reasons, and an action for each.
fn row(list: List, id: MarkerId, under: AttentionReason) -> El {
    let List { store, .. } = list;
    let wording = store.convention().find(id.into()).map(Item::text).unwrap_or_default();
    let state = store.state(id);
    let reasons = list.reasons(id);
    let said = move || {
        let seen =
            state.get().map(|(level, day)| text::marker::state(level, day, store.today().get()));
        seen.unwrap_or_default()
    };
    let why = move || {
        let today = store.today().get();
        let reasons = reasons.read();
        if reasons.is_empty() {
            return words::settled().to_owned();
        }
        // The reason in the title above is repeated only if it has a day.
        let says_more = |reason: &&AttentionReason| {
            matches!(reason, AttentionReason::Due(_) | AttentionReason::DueSoon(_))
                || !is_alike(**reason, under)
        };
        let why = reasons.iter().filter(says_more).map(|reason| words::reason(*reason, today));
        why.collect::<Vec<_>>().join(" · ")
    };
    let ticked = move |action| {
        list.touch(id);
        // The store reports a refusal.
        let _ = store.dispatch(action);
    };
    let body = el("div")
        .class("marker__body")
        .child(link(&Route::Item(id.into())).class("marker__text").text(&text::typeset(wording)))
        .child(el("p").class("marker__state").text(said))
        .child(el("p").class("attention__why").text(why))
        .child(
            el("p")
                .class("attention__actions")
                .dyn_children(move || ways(list, id, wording, &reasons.get(), state.get())),
        );
    el("li").class("marker").child(tick(id, wording, state, ticked)).child(body)
}

/// A button for each reason, and a link to the marker.
fn ways(
    list: List,
    id: MarkerId,
    wording: &str,
    reasons: &[AttentionReason],
    state: Option<(Level, Day)>,
) -> Vec<El> {
    let List { store, .. } = list;
    let mut ways = Vec::new();
    for reason in reasons {
        match *reason {
            AttentionReason::Due(due) | AttentionReason::DueSoon(due) => {
                let put_off = move |held| {
                    let due = Some(postponed(due, store.today().get_untracked()));
                    FollowUp { due, ..held }
                };
                let act = move || store.change_follow_up(id, put_off);
                ways.push(way(list, id, act, words::postpone(), wording));
            }
            AttentionReason::Stale(_) => {
                let Some((level, _)) = state else { continue };
                let act = move || store.confirm(id, level);
                ways.push(way(list, id, act, &words::still(level), wording));
            }
            AttentionReason::Watched => {
                let not_watched = |held| FollowUp { watched: false, ..held };
                let act = move || store.change_follow_up(id, not_watched);
                ways.push(way(list, id, act, words::no_longer_watch(), wording));
            }
            AttentionReason::Contested | AttentionReason::NeverObserved => {}
        }
    }
    let is_contested = reasons.contains(&AttentionReason::Contested);
    let onward = if is_contested { words::see_views() } else { words::say() };
    let onward = link(&Route::Item(id.into()))
        .class("button button--ghost")
        .attr("aria-label", &words::named(onward, wording))
        .text(onward);
    ways.push(onward);
    ways
}

fn way(
    list: List,
    id: MarkerId,
    act: impl Fn() -> Result<(), ApplyError> + 'static,
    name: &str,
    wording: &str,
) -> El {
    let tap = move || {
        list.touch(id);
        // The store reports a refusal.
        let _ = act();
    };
    button(tap).class("button").attr("aria-label", &words::named(name, wording)).text(name)
}
