//! The plan of joining consultations' files, file by file, with the person's decisions.

use std::rc::Rc;

use leptos::prelude::*;

use super::super::code::code_form;
use crate::domain::consultation::{
    Concluding, Conclusion, ConsultationId, Content, Decisions, ImportBallotError, JoinError,
    JoinPlan, Keyed, StageChange,
};
use crate::store::ConsultationStore;
use crate::text::{actions, consult, import, joining as words, labelled, paper, typeset};
use crate::ui::element::{El, button, el};
use crate::ui::paper::names;
use crate::ui::shared::field::{check, choices};

/// The most ballots listed one by one.
const LISTED: usize = 100;

/// A file, the plan of joining it, and the person's decisions.
pub(super) struct PlannedFile {
    /// The file's name; `None` for pasted text.
    pub(super) name: Option<String>,
    /// The consultation's title.
    pub(super) title: String,
    pub(super) other_wording: bool,
    pub(super) plan: Result<JoinPlan, JoinError>,
    late: RwSignal<bool>,
    close: RwSignal<bool>,
    conclusion: RwSignal<bool>,
}

impl PlannedFile {
    pub(super) fn new(
        name: Option<String>,
        title: &str,
        other_wording: bool,
        plan: Result<JoinPlan, JoinError>,
    ) -> Self {
        let title = typeset(title);
        let [late, close, conclusion] = [(); 3].map(|()| RwSignal::new(false));
        Self { name, title, other_wording, plan, late, close, conclusion }
    }

    /// The plan with the person's decisions.
    pub(super) fn decided(&self) -> Option<(JoinPlan, Decisions)> {
        let decisions = Decisions {
            late: self.late.get_untracked(),
            close: self.close.get_untracked(),
            conclusion: self.conclusion.get_untracked(),
        };
        Some((self.plan.as_ref().ok()?.clone(), decisions))
    }

    fn changes(&self) -> bool {
        self.plan.as_ref().is_ok_and(JoinPlan::changes)
    }
}

/// Shows the plan of all files, with a button that joins them and one that cancels.
pub(super) fn plan(
    consultations: ConsultationStore,
    sheets: &[Rc<PlannedFile>],
    on_join: impl Fn() + Copy + 'static,
    on_cancel: impl Fn() + 'static,
) -> El {
    let idle = !sheets.iter().any(|sheet| sheet.changes());
    let title = el("h3").attr("tabindex", "-1").text(import::plan());
    let cancel = if idle { actions::close() } else { import::cancel() };
    let cancel = button(on_cancel).class("button button--ghost").text(cancel);
    let join = || button(on_join).class("button button--primary").text(words::merge());
    el("div")
        .class("form plan-card")
        .attr("role", "group")
        .attr("aria-label", import::plan())
        .child(title.on_mount(crate::platform::address::focus_quietly))
        .child(
            el("ul")
                .class("plan__files")
                .children(sheets.iter().map(|of| sheet(consultations, of))),
        )
        .child(el("p").class("form__actions").children((!idle).then(join)).child(cancel))
}

fn sheet(consultations: ConsultationStore, sheet: &Rc<PlannedFile>) -> El {
    let name = sheet.name.as_deref().unwrap_or(import::pasted());
    let entry = el("li")
        .class("plan__file")
        .child(el("p").child(el("strong").class("plan__name").dir_auto().text(&sheet.title)))
        .child(el("p").class("muted").dir_auto().text(name))
        .children(sheet.other_wording.then(|| muted(words::other_wording())));
    let plan = match &sheet.plan {
        Ok(plan) => plan,
        Err(error) => return entry.children(unjoinable(consultations, error)),
    };
    let id = plan.offered.id;
    let rules = plan.offered.rules();
    let names = |rules| names(rules, consultations.store().convention());
    let names = rules.map(names).unwrap_or_default();
    entry
        .children(words::stage(plan.stage).map(|said| el("p").text(said)))
        .child(el("p").text(&words::ballots(plan)))
        .children((!plan.changes()).then(|| nothing(plan)))
        .children(late(plan, sheet.late))
        .children(closing(consultations, id, plan, sheet.close))
        .children(plan.other_code.then(|| el("p").text(words::other_code())))
        .children(plan.without_code.then(|| el("p").text(words::without_code())))
        .children(plan.printed.map(|(here, with)| el("p").text(&words::printed(here, with))))
        .children(concluding(&plan.conclusion, sheet.conclusion))
        .children(disputed(plan, &names))
        .children(conflicts(plan, &names))
        .children(refusals(&plan.refused))
}

fn muted(words: &str) -> El {
    el("p").class("muted").text(words)
}

fn nothing(plan: &JoinPlan) -> El {
    let refused = plan.refused.len() + plan.conflicts.len() + plan.waiting.len() > 0;
    muted(if refused { words::nothing_taken() } else { words::nothing() })
}

fn late(plan: &JoinPlan, late: RwSignal<bool>) -> Vec<El> {
    let count = plan.fresh.len() + plan.disputed.len();
    if !plan.late || count == 0 {
        return Vec::new();
    }
    let tick = check(&words::take_late(count), move || late.get(), move |ticked| late.set(ticked));
    vec![el("p").text(words::late_lead()), tick]
}

/// Closing the vote, as the file does, requires the code.
fn closing(
    consultations: ConsultationStore,
    id: ConsultationId,
    plan: &JoinPlan,
    close: RwSignal<bool>,
) -> Vec<El> {
    if plan.stage != StageChange::Closes {
        return Vec::new();
    }
    let known = consultations.poll_now(id).and_then(|poll| poll.consultation.code);
    let Some(known) = known else { return vec![el("p").text(words::closes_no_code())] };
    let step = move || {
        if close.get() {
            return vec![el("p").attr("role", "status").text(words::will_close())];
        }
        let take = move |code| {
            if code != known {
                return Err(consult::code_wrong().to_owned());
            }
            close.set(true);
            Ok(())
        };
        let hint = words::close_hint();
        vec![untrack(|| code_form(id, words::close_too(), hint, Vec::new(), take))]
    };
    let told = match plan.conclusion {
        Concluding::New(ref new) => vec![muted(words::conclusion_new()), cited(new)],
        _ => Vec::new(),
    };
    let mut closing = vec![el("p").text(words::closes())];
    closing.extend(told);
    closing.push(el("div").class("steps").dyn_children(step));
    closing
}

fn cited(conclusion: &Conclusion) -> El {
    el("p").class("prose").dir_auto().text(&words::conclusion(conclusion))
}

fn concluding(conclusion: &Concluding, theirs: RwSignal<bool>) -> Vec<El> {
    match conclusion {
        Concluding::Stays => Vec::new(),
        Concluding::New(new) => vec![el("p").text(words::conclusion_new()), cited(new)],
        Concluding::Conflict(here, file) => {
            let version = |name: &str, conclusion: &Conclusion| {
                el("div").class("version").child(muted(name)).child(cited(conclusion))
            };
            let both = el("div")
                .class("versions__both")
                .child(version(words::here(), here))
                .child(version(words::in_file(), file));
            let options = [(false, words::keep_here()), (true, words::take_file())];
            let choose = move |chosen| theirs.set(chosen);
            vec![both, choices(words::conclusions(), options, move || theirs.get(), choose)]
        }
    }
}

/// A table of ballots that differ here and in the file.
fn unlike(title: &str, lead: &str, rows: Vec<[String; 3]>) -> Option<El> {
    let count = rows.len();
    let heads = [words::what(), words::here(), words::in_file()];
    let head = el("tr").children(heads.map(|name| el("th").attr("scope", "col").text(name)));
    let row = |[name, here, file]: [String; 3]| {
        el("tr")
            .child(el("th").attr("scope", "row").text(&name))
            .child(el("td").dir_auto().text(&here))
            .child(el("td").dir_auto().text(&file))
    };
    let table = || {
        el("div")
            .class("plan__conflicts")
            .child(el("h4").text(title))
            .child(el("p").text(lead))
            .child(
                el("table")
                    .class("plan__table")
                    .child(el("thead").child(head))
                    .child(el("tbody").children(rows.into_iter().take(LISTED).map(row))),
            )
            .children(others(count))
    };
    (count > 0).then(table)
}

fn others(count: usize) -> Option<El> {
    let rest = count.saturating_sub(LISTED);
    (rest > 0).then(|| muted(&import::others(rest)))
}

fn disputed(plan: &JoinPlan, names: &[String]) -> Option<El> {
    let rows = plan.disputed.iter().map(|dispute| {
        let said = |keyed| paper::said(keyed, names);
        [paper::ballot(dispute.number), said(&dispute.held), said(&dispute.offered)]
    });
    unlike(words::disputed(), words::disputed_lead(), rows.collect())
}

fn conflicts(plan: &JoinPlan, names: &[String]) -> Option<El> {
    let said = |content: &Content| paper::said(&Keyed::of(content), names);
    let rows = plan.conflicts.iter().map(|(here, file)| {
        let name = words::name(here.way, &here.id.to_string());
        [name, said(&here.content), said(&file.content)]
    });
    unlike(words::conflicts(), words::conflicts_lead(), rows.collect())
}

fn refusals(refused: &[ImportBallotError]) -> Option<El> {
    let entry = |refusal: &ImportBallotError| {
        let place = format!("ballots[{}]{}", refusal.index, refusal.path);
        el("li").child(el("code").untranslated().text(&place)).text(&words::refusal(refusal))
    };
    let list = || {
        el("details")
            .class("details")
            .attr("open", "")
            .child(el("summary").text(&words::refused(refused.len())))
            .child(el("ul").class("plan__refused").children(refused.iter().take(LISTED).map(entry)))
            .children(others(refused.len()))
    };
    (!refused.is_empty()).then(list)
}

fn unjoinable(consultations: ConsultationStore, error: &JoinError) -> Vec<El> {
    let mut said = vec![el("p").class("form__error").text(&words::unjoinable(error))];
    if let JoinError::Rules(here, file) = error {
        let differing = words::differing(here, file, consultations.store().convention());
        let rows = differing.into_iter().map(|(name, here, file)| [name.to_owned(), here, file]);
        said.extend(unlike_rules(rows.collect()));
    }
    said
}

fn unlike_rules(rows: Vec<[String; 3]>) -> Vec<El> {
    let line = |name: &str, text: &str| {
        let text = el("span").dir_auto().text(text);
        el("p").child(el("span").class("muted").text(name)).child(text)
    };
    let row = |[name, here, file]: [String; 3]| {
        let label = |of: &str| labelled(of, "");
        el("div")
            .child(el("h4").text(&name))
            .child(line(&label(words::here()), &here))
            .child(line(&label(words::in_file()), &file))
    };
    rows.into_iter().map(row).collect()
}
