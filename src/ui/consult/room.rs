//! An open consultation: the three voting channels, collecting, and closing.

use leptos::ev;
use leptos::prelude::*;

use super::code::{code_form, forgotten};
use super::{LIVE, actions, receive, to_list, way};
use crate::codec::fingerprint::Fingerprint;
use crate::codec::transfer::{self, TransferPayload};
use crate::domain::consultation::{ConsultationId, MAX_PRINTED, Rules, Step, VotingChannel};
use crate::platform::{address, fullscreen, timers};
use crate::route::ConsultPage;
use crate::store::ConsultationStore;
use crate::text::consult as words;
use crate::text::{consultation, typeset};
use crate::ui::element::{El, button, el, event_target_value};
use crate::ui::lazy_screen::lazy_screen;
use crate::ui::qr::qr;
use crate::ui::shared::field::{field, form_error};
use crate::ui::shared::heading::{heading, section};
use crate::ui::store;

/// The screen.
pub(super) fn room(consultations: ConsultationStore, id: ConsultationId, rules: &Rules) -> Vec<El> {
    let live = consultations.poll_now(id).is_some_and(|poll| poll.consultation.shows_result());
    let mut screen = vec![
        heading(&typeset(rules.title().as_str())).dir_auto(),
        el("p").class("lead").dir_auto().text(&typeset(rules.question().as_str())),
        count(consultations, id),
    ];
    if live {
        let live = section("live", words::live());
        screen.push(live.children(lazy_screen(LIVE)));
    }
    screen.extend([
        el("div").class("room").children([
            by_urn(consultations, id),
            by_phone(consultations, id, rules),
            by_paper(consultations, id),
            actions::together(consultations, id, false),
            close(consultations, id),
        ]),
        el("p").class("muted").text(words::what_it_is_not()),
        el("p")
            .class("form__actions")
            .child(actions::duplicate(consultations, id))
            .child(to_list()),
        actions::delete(consultations, id),
    ]);
    screen
}

/// The number of ballots, and the words of the fingerprint, by which a room can compare urns.
pub(super) fn count(consultations: ConsultationStore, id: ConsultationId) -> El {
    let poll = move || consultations.poll(id);
    let number = move || poll().map_or(0, |poll| poll.urn.len()).to_string();
    let label = move || words::ballots_noun(poll().map_or(0, |poll| poll.urn.len())).to_owned();
    let ways = move || {
        let Some(poll) = poll() else { return String::new() };
        let of = |way: VotingChannel| {
            let is = |other: VotingChannel| {
                std::mem::discriminant(&way) == std::mem::discriminant(&other)
            };
            match poll.urn.by_way(is) {
                0 => None,
                count => Some(format!("{} {count}", consultation::way(way))),
            }
        };
        let all = [of(VotingChannel::Urn), of(VotingChannel::Phone), of(VotingChannel::Paper(0))];
        all.into_iter().flatten().collect::<Vec<_>>().join(words::pages_separator())
    };
    let print = move || {
        let poll = poll()?;
        let rules = poll.consultation.rules()?;
        Some(Fingerprint::of(id, rules, &poll.urn).spoken())
    };
    el("div")
        .class("count")
        .child(
            el("p")
                .class("count__line")
                .child(
                    el("output")
                        .class("count__number")
                        .attr("aria-label", words::in_the_urn())
                        .text(number),
                )
                .text(" ")
                .child(el("span").attr("aria-hidden", "true").text(label)),
        )
        .child(el("p").class("muted").text(ways))
        .child(
            el("p")
                .class("count__print")
                .child(el("span").class("muted").text(words::fingerprint()))
                .text(" ")
                .child(
                    el("output")
                        .class("count__words")
                        .attr("aria-label", words::fingerprint())
                        .untranslated()
                        .text(move || print().unwrap_or_default()),
                ),
        )
        .child(el("p").class("muted").text(words::fingerprint_hint()))
}

fn by_urn(consultations: ConsultationStore, id: ConsultationId) -> El {
    let start = move || {
        fullscreen::enter();
        consultations.set_urn(Some(id));
    };
    section("by-urn", words::by_urn())
        .child(el("p").class("prose").text(words::by_urn_lead()))
        .child(button(start).class("button button--primary").text(words::start_urn()))
}

fn by_phone(consultations: ConsultationStore, id: ConsultationId, rules: &Rules) -> El {
    let convention = transfer::convention_fingerprint(store().convention());
    let parcel = TransferPayload::Invitation { convention, id, rules: rules.clone() };
    let shown = section("by-phone", words::by_phone())
        .child(el("p").class("prose").text(words::by_phone_lead()));
    let Ok(bytes) = transfer::pack(&parcel) else { return shown };
    let link = transfer::link(&address::link_to(""), &bytes);
    let pages = transfer::sheets(&address::link_to(""), &bytes);
    shown
        .child(qr(pages, words::invitation().to_owned()))
        .child(el("p").class("form__actions").child(actions::share(
            rules.title().to_string(),
            link,
            words::copy_link(),
        )))
        .child(el("h3").text(words::collect()))
        .child(el("p").class("prose").text(words::collect_lead()))
        .child(receive::receiver(consultations, Some(id)))
}

fn by_paper(consultations: ConsultationStore, id: ConsultationId) -> El {
    let printed =
        consultations.poll_now(id).map_or(0, |poll| poll.consultation.printed.min(MAX_PRINTED));
    let error = RwSignal::new(None::<String>);
    let wanted = RwSignal::new(if printed == 0 { 20_u16 } else { printed }.to_string());
    let input = el("input")
        .attr("type", "number")
        .attr("inputmode", "numeric")
        .attr("min", "1")
        .attr("max", &MAX_PRINTED.to_string())
        .attr("aria-describedby", "papers/error")
        .prop("value", move || wanted.get().into())
        .on(ev::input, move |event| wanted.set(event_target_value(&event)));
    let print = move || {
        let number = wanted.get_untracked().trim().parse().unwrap_or(0_u16);
        if !(1..=MAX_PRINTED).contains(&number) {
            error.set(Some(words::paper_bounds()));
            return;
        }
        error.set(None);
        if let Ok(entry) = consultations.step(id, Step::Print(number)) {
            timers::spawn(Box::pin(async move {
                actions::say_trouble(consultations, consultations.save(vec![entry]).await);
            }));
            address::go(&format!("#/{}", ConsultPage::Sheets(id)));
        }
    };
    section("by-paper", words::by_paper())
        .child(el("p").class("prose").text(words::by_paper_lead()))
        .child(actions::to_decide(consultations, id))
        .child(field(words::paper_count(), input).class("field field--short"))
        .child(form_error(error).attr("id", "papers/error"))
        .child(
            el("p")
                .class("form__actions")
                .child(button(print).class("button").text(words::paper_print()))
                .child(way(&ConsultPage::Keying(id)).class("button").text(words::paper_key())),
        )
}

fn close(consultations: ConsultationStore, id: ConsultationId) -> El {
    let asking = RwSignal::new(false);
    let form = move || {
        let code = consultations.poll_now(id).and_then(|poll| poll.consultation.code);
        let Some(known) = code else {
            return vec![el("p").class("muted").text(words::code_missing())];
        };
        let take = move |code| {
            if code != known {
                return Err(words::code_wrong().to_owned());
            }
            close_now(consultations, id, &[Step::Close])
        };
        let without = move || close_now(consultations, id, &[Step::WithoutCode, Step::Close]);
        let cancel = actions::cancel(move || asking.set(false));
        let counts = consultations.papers(id).counts();
        let left = (counts.once + counts.differ > 0)
            .then(|| el("p").class("form__error").text(words::papers_left()));
        let form = code_form(id, words::close_do(), "", vec![cancel], take);
        left.into_iter().chain([form, forgotten(words::close_without(), without)]).collect()
    };
    let begin = move || vec![button(move || asking.set(true)).class("button").text(words::close())];
    section("close", words::close()).child(el("p").class("prose").text(words::close_lead())).child(
        el("div")
            .class("steps")
            .dyn_children(move || if asking.get() { untrack(form) } else { begin() }),
    )
}

fn close_now(
    consultations: ConsultationStore,
    id: ConsultationId,
    steps: &[Step],
) -> Result<(), String> {
    let mut entries = Vec::new();
    for step in steps {
        let entry =
            consultations.step(id, step.clone()).map_err(|error| words::step_error(&error))?;
        // Both have the same key.
        entries = vec![entry];
    }
    timers::spawn(Box::pin(async move {
        actions::say_trouble(consultations, consultations.save(entries).await);
    }));
    Ok(())
}
