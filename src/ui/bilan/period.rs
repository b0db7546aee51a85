//! Controls for the day that the charts show, and for the level of objectives.

use leptos::ev;
use leptos::prelude::*;

use crate::domain::day::Day;
use crate::domain::evolution::Evolution;
use crate::domain::item::ObjectiveLevel;
use crate::route::{BilanPlace, BilanView, Route};
use crate::store::AppStore;
use crate::text::drawing as words;
use crate::ui::element::{El, button, el, event_target_value};
use crate::ui::shared::field::choices;

const LEVELS: [ObjectiveLevel; 3] =
    [ObjectiveLevel::Global, ObjectiveLevel::Strategic, ObjectiveLevel::Operational];

/// The selection in the address, and the day at the slider's thumb while it moves: the address gets
/// it when the thumb is let go.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    store: AppStore,
    view: Memo<BilanView>,
    sliding: RwSignal<Option<Day>>,
}

impl Chosen {
    pub(super) fn of(store: AppStore) -> Self {
        let view = Memo::new(move |_| match &*store.route().read() {
            Route::Bilan(path) => match BilanPlace::parse(path) {
                BilanPlace::Charts(view) => view,
                _ => BilanView::default(),
            },
            _ => BilanView::default(),
        });
        Self { store, view, sliding: RwSignal::new(None) }
    }

    /// The level of the objectives.
    pub(super) fn by(self) -> Memo<ObjectiveLevel> {
        Memo::new(move |_| self.view.read().by)
    }

    /// The day; never a future one.
    pub(super) fn on(self) -> Memo<Day> {
        Memo::new(move |_| {
            let today = self.store.today().get();
            self.sliding.get().or(self.view.read().on).unwrap_or(today).min(today)
        })
    }

    /// The selection, with the day of a thumb that was let go without an event.
    fn shown(self) -> BilanView {
        let view = self.view.get_untracked();
        BilanView { on: self.sliding.get_untracked().or(view.on), ..view }
    }

    fn show(self, view: BilanView) {
        self.store.refine(Route::Bilan(BilanPlace::Charts(view).to_string()));
        self.sliding.set(None);
    }
}

/// The choice of the level of objectives, one bar each.
pub(super) fn levels(chosen: Chosen) -> El {
    choices(
        words::by(),
        LEVELS.map(|level| (level, words::by_level(level))),
        move || chosen.view.read().by,
        move |by| chosen.show(BilanView { by, ..chosen.shown() }),
    )
    .class("choices choices--row no-print")
}

/// The slider over all days from the first observation to today, and the button back to today.
/// Nothing where all observations are of today.
pub(super) fn slider(chosen: Chosen, evolution: Memo<Evolution>) -> El {
    let (store, on) = (chosen.store, chosen.on());
    let span = Memo::new(move |_| {
        let today = store.today().get();
        let first = evolution.read().first()?;
        let days = today.days_since(first);
        (days > 0).then_some((first, days))
    });
    let input = move |(first, days): (Day, i32)| {
        let day = move |event: &web_sys::Event| {
            let days = event_target_value(event).parse().unwrap_or_default();
            first.days_later(days)
        };
        let view = move |day: Day| {
            let today = store.today().get_untracked();
            BilanView { on: Some(day).filter(|day| *day < today), ..chosen.view.get_untracked() }
        };
        let range = el("input")
            .attr("type", "range")
            .attr("min", "0")
            .attr("max", &days.to_string())
            .prop("value", move || on.get().days_since(first).to_string().into())
            .attr("aria-valuetext", move || Some(words::as_of(on.get())))
            .on(ev::input, move |event| chosen.sliding.set(Some(day(&event))))
            .on(ev::change, move |event| chosen.show(view(day(&event))));
        let label =
            el("label").class("slider__label").child(el("span").text(words::on_day())).child(range);
        let back =
            button(move || chosen.show(BilanView { on: None, ..chosen.view.get_untracked() }))
                .class("button button--ghost")
                .attr("aria-disabled", move || {
                    (on.get() == store.today().get()).then(|| "true".to_owned())
                })
                .text(words::today());
        vec![label, back]
    };
    el("div")
        .class("slider no-print")
        .dyn_children(move || span.get().map(input).unwrap_or_default())
}
