//! The ballot: one person's answer, filled in, read again in words, and cast.
//!
//! It is given the rules and the convention, and reports by callbacks; it neither stores anything
//! nor knows whose ballot it is. It casts only votes that the rules allow.

use std::rc::Rc;

use leptos::prelude::*;

use super::element::{El, button, el};
use super::shared::field::check;
use super::shared::heading::heading;
use crate::domain::consultation::{Choice, Method, Rules, Vote, VoteError};
use crate::domain::convention::Convention;
use crate::text::{self, ballot as words};

mod approval;
mod dots;
mod drag;
mod judgment;
mod option;
mod ranking;
mod review;

/// The input of a ballot.
pub(in crate::ui) struct BallotForm {
    /// The question, and how it may be answered.
    pub(in crate::ui) rules: Rules,
    /// The convention that options refer to.
    pub(in crate::ui) convention: &'static Convention,
    /// The order in which this voter sees the options: indices in the rules' list.
    pub(in crate::ui) order: Vec<usize>,
    /// The vote so far.
    pub(in crate::ui) initial: Vote,
    /// Called at every change, so that the draft can be stored.
    pub(in crate::ui) changed: Box<dyn Fn(&Vote)>,
    /// Called once, with the confirmed vote.
    pub(in crate::ui) cast: Box<dyn Fn(Vote)>,
    /// Whether the facilitator previews it: nothing is cast then.
    pub(in crate::ui) preview: bool,
    /// Whether the confirmed ballot must still be handed over, and is not cast here.
    pub(in crate::ui) handed: bool,
    /// The one way out of the ballot, while the navigation is hidden.
    pub(in crate::ui) exit: Option<El>,
}

/// The state of a ballot that is being filled in.
struct Booth {
    form: BallotForm,
    /// The current vote; kept while the person considers voting blank.
    vote: RwSignal<Vote>,
    blank: RwSignal<bool>,
    reviewing: RwSignal<bool>,
    /// The announcement of the last tap, and whether the tap changed nothing.
    said: RwSignal<String>,
    refused: RwSignal<bool>,
}

/// Passes the booth to an event listener.
type At = Rc<Booth>;

/// The ballot, or its review.
pub(in crate::ui) fn ballot_form(form: BallotForm) -> El {
    let method = form.rules.method();
    let unfilled = Vote::unfilled(method, form.rules.options().len());
    let blank = form.initial == Vote::Blank;
    // A draft made under other rules cannot be continued.
    let fits =
        !blank && matches!(form.rules.allow(&form.initial), Ok(()) | Err(VoteError::Nothing));
    let vote = RwSignal::new(if fits { form.initial.clone() } else { unfilled });
    let booth = Rc::new(Booth {
        form,
        vote,
        blank: RwSignal::new(blank),
        reviewing: RwSignal::new(false),
        said: RwSignal::new(String::new()),
        refused: RwSignal::new(false),
    });
    let reviewing = booth.reviewing;
    let was_reviewed = RwSignal::new(false);
    // The style sheet hides the navigation while such a ballot is on the page.
    let class = if booth.form.preview { "ballot" } else { "ballot ballot--alone" };
    el("div").class(class).attr("data-method", method_name(method)).dyn_children(move || {
        let (number, step) =
            if reviewing.get() { (2, review::review as Screen) } else { (1, filling as Screen) };
        untrack(|| {
            let again = was_reviewed.get();
            was_reviewed.set(true);
            let exit = booth.form.exit.clone();
            let top = el("div")
                .class("ballot__top")
                .children(exit)
                .child(steps(number, booth.form.handed));
            std::iter::once(top).chain(step(&booth, again)).collect()
        })
    })
}

/// One screen of the ballot. It is told whether it replaces another.
type Screen = fn(&At, bool) -> Vec<El>;

/// The steps of voting, with the current one marked. `handed` is as in [`BallotForm`].
pub(in crate::ui) fn steps(current: usize, handed: bool) -> El {
    let step = |(at, name): (usize, &str)| {
        let is_current = at + 1 == current;
        let item = el("li").text(&words::step(at + 1, name));
        if is_current { item.attr("aria-current", "step") } else { item }
    };
    let names = words::steps(handed);
    el("ol")
        .class("ballot__steps")
        .attr("aria-label", words::steps_label())
        .children(names.into_iter().enumerate().map(step))
}

/// The name of a method in `data-method`, which the style sheet reads.
pub(in crate::ui) fn method_name(method: Method) -> &'static str {
    match method {
        Method::Dots { .. } => "dots",
        Method::Approval => "approval",
        Method::Judgment => "judgment",
        Method::Ranking => "ranking",
    }
}

fn filling(booth: &At, again: bool) -> Vec<El> {
    let rules = &booth.form.rules;
    let preview =
        booth.form.preview.then(|| el("p").class("ballot__preview").text(words::preview()));
    let title = heading(&text::typeset(rules.title().as_str())).dir_auto();
    let title = if again { title.on_mount(|title| drop(title.focus())) } else { title };
    let head = el("header")
        .class("ballot__head")
        .children(preview)
        .child(title)
        .child(el("p").class("lead").dir_auto().text(&text::typeset(rules.question().as_str())))
        .child(el("p").class("muted").text(&words::how(rules.method())));
    let blank = booth.blank;
    let options = el("fieldset")
        .class("ballot__options")
        .attr("disabled", move || blank.get().then(String::new))
        .child(el("legend").class("ballot__legend").text(words::options()))
        .children(options(booth));
    let trouble = RwSignal::new(false);
    let message = el("p")
        .class("form__error")
        .attr("role", "alert")
        .attr("tabindex", "-1")
        .text_when(words::nothing_chosen(), move || trouble.get());
    vec![head, options, vote_blank(booth, trouble), message.clone(), bar(booth, trouble, message)]
}

fn options(booth: &At) -> Vec<El> {
    let control = match booth.form.rules.method() {
        Method::Dots { .. } => dots::dots,
        Method::Approval => approval::approval,
        Method::Judgment => judgment::judgment,
        Method::Ranking => return ranking::ranking(booth),
    };
    let row = |place: &usize| {
        let place = *place;
        let group = option::group(booth, place).child(control(booth, place));
        el("li").class("option").child(group.children(option::wording(booth, place)))
    };
    vec![el("ul").class("ballot__list").children(booth.form.order.iter().map(row))]
}

fn vote_blank(booth: &At, trouble: RwSignal<bool>) -> El {
    let blank = booth.blank;
    let at = booth.clone();
    let choose = move |chosen| {
        trouble.set(false);
        at.blank.set(chosen);
        at.say(String::new());
        (at.form.changed)(&at.now());
    };
    let tick = check(words::vote_blank(), move || blank.get(), choose);
    el("div")
        .class("ballot__blank")
        .child(tick)
        .child(el("p").class("muted").text(words::vote_blank_hint()))
}

/// The status of the vote and the button to the review: always in sight.
fn bar(booth: &At, trouble: RwSignal<bool>, message: El) -> El {
    let (at, seen) = (booth.clone(), booth.clone());
    let left = move || {
        let rules = &seen.form.rules;
        if seen.blank.get() {
            text::consultation::blank().to_owned()
        } else {
            words::left(rules.method(), &seen.vote.read(), rules.options().len())
        }
    };
    let (said, refused, vote) = (booth.said, booth.refused, booth.vote);
    let class = move || if refused.get() { "ballot__refused" } else { "ballot__said" }.to_owned();
    let left = el("p").class("ballot__left").attr("role", "status").text(left);
    let said = el("p")
        .attr("class", move || Some(class()))
        .attr("role", "status")
        .text(move || said.get());
    let review = button(move || {
        at.say(String::new());
        let ready = at.form.rules.allow(&at.now()).is_ok();
        trouble.set(!ready);
        if ready {
            at.reviewing.set(true);
        } else {
            // Focused once it has its text.
            let message = message.clone();
            request_animation_frame(move || message.focus());
        }
    });
    el("div")
        .class("ballot__bar")
        .effect(move || {
            vote.track();
            trouble.set(false);
        })
        .child(said)
        .child(left)
        .child(review.class("button button--primary").text(words::review()))
}

impl Booth {
    /// The vote that casting would send now.
    fn now(&self) -> Vote {
        if self.blank.get_untracked() { Vote::Blank } else { self.vote.get_untracked() }
    }

    /// Applies a change and announces it.
    fn change(&self, next: Vote, said: String) {
        (self.form.changed)(&next);
        self.vote.set(next);
        self.say(said);
    }

    fn say(&self, said: String) {
        self.refused.set(false);
        self.said.set(said);
    }

    /// Announces why nothing has changed.
    fn refuse(&self, why: String) {
        self.refused.set(true);
        self.said.set(why);
    }

    fn choice(&self, option: usize) -> &Choice {
        &self.form.rules.options()[option]
    }

    /// All that is shown as an option's name: an accessible name must have it.
    fn name_and_code(&self, option: usize) -> String {
        match self.choice(option) {
            Choice::Item(id) => [&self.name(option), " ", &id.to_string()].concat(),
            Choice::Own(_) => self.name(option),
        }
    }

    /// The everyday name of an option, or its wording.
    fn name(&self, option: usize) -> String {
        text::consultation::everyday(self.choice(option), self.form.convention)
    }
}
