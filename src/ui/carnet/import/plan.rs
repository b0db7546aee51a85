//! The plan of a merge, file by file.

use super::versions::version;
use super::{Import, ways};
use crate::codec::backup::{RestoreError, Restoring};
use crate::codec::carnet::FileError;
use crate::domain::journal::{Conflict, ImportRecordError, Kind, MergePlan};
use crate::domain::word_diff::by_word;
use crate::store::{ImportFile, ImportSession, adopts_device_id};
use crate::text::{import as words, stored, transfer};
use crate::ui::element::{El, el};
use crate::ui::shared::reader_link::reader_link;

/// The most refusals and conflicts listed one by one.
const LISTED: usize = 100;

/// The plan, with buttons to merge and to cancel.
pub(super) fn plan(import: Import, session: &ImportSession) -> Vec<El> {
    let changes = session.changes();
    let plans = || session.files.iter().filter_map(|sheet| sheet.plan.as_ref().ok());
    let conflicts: Vec<_> = plans().flat_map(|plan| &plan.conflicts).collect();
    let idle = if changes == 0 && conflicts.is_empty() { nothing(&session.files) } else { None };
    let idle = idle.map(|words| el("p").text(words));
    let title = el("h3").attr("tabindex", "-1").text(words::plan());
    vec![
        el("div")
            .class("form plan-card")
            .attr("role", "group")
            .attr("aria-label", words::plan())
            .child(title.on_mount(crate::platform::address::focus_quietly))
            .child(el("ul").class("plan__files").children(session.files.iter().map(sheet)))
            .children(idle)
            .children((!conflicts.is_empty()).then(|| differing(import, session, &conflicts)))
            .child(ways(import, changes, conflicts.len())),
    ]
}

fn sheet(sheet: &ImportFile) -> El {
    let name = sheet.name.as_deref().unwrap_or(words::pasted());
    let name = el("p").child(el("strong").class("plan__name").dir_auto().text(name));
    let entry = el("li").class("plan__file").child(name);
    match &sheet.plan {
        Err(error) => entry.children(unread(error)),
        Ok(plan) => entry
            .children(counts(plan, sheet.restoring.as_ref()))
            .children(wording(sheet))
            .children(refusals(plan)),
    }
}

/// The sentence where nothing would change: why, as far as the files were read.
fn nothing(sheets: &[ImportFile]) -> Option<&'static str> {
    let plans = sheets.iter().filter_map(|sheet| sheet.plan.as_ref().ok());
    let of_plans = plans.map(|plan| (plan.total(), plan.refused.len()));
    let restorings = sheets.iter().filter_map(|sheet| sheet.restoring.as_ref());
    let restorings = restorings.map(|restoring| (restoring.tallies.len(), restoring.refused.len()));
    let all = of_plans
        .chain(restorings)
        .fold((0, 0), |all, (taken, refused)| (all.0 + taken, all.1 + refused));
    match all {
        (0, 0) => None,
        (0, _) => Some(words::none_taken()),
        (_, 0) => Some(words::nothing()),
        _ => Some(words::nothing_else()),
    }
}

fn unread(error: &FileError) -> Vec<El> {
    let said = el("p").class("form__error").text(&words::file_error(error));
    let way = match error {
        FileError::Ours(ours) => reader_link(*ours),
        _ => None,
    };
    [said].into_iter().chain(way).collect()
}

fn counts(plan: &MergePlan, restoring: Option<&Restoring>) -> Vec<El> {
    let said = Kind::ALL.into_iter().filter_map(|kind| words::tally(kind, plan.tally(kind)));
    let mut said: Vec<_> = said.map(|said| el("p").text(&said)).collect();
    said.extend(restoring.into_iter().flat_map(restoring_lines));
    if said.is_empty() && plan.refused.is_empty() {
        return vec![el("p").text(words::empty_file())];
    }
    said
}

/// The other data that a raw copy restores.
fn restoring_lines(restoring: &Restoring) -> Vec<El> {
    let met = restoring.tallies.iter().filter_map(|(kind, tally)| stored::met(*kind, *tally));
    let other = restoring.other_rules.iter().map(|title| stored::other_rules(title));
    let refused = restoring
        .refused
        .iter()
        .map(|refused| stored::refused(&refused.title, &no_poll(&refused.why)));
    let open = restoring.stays_open.iter().map(|title| stored::stays_open(title));
    let strange = (restoring.strange > 0).then(|| stored::strange(restoring.strange));
    let device = adopts_device_id(restoring).then(|| stored::adopts().to_owned());
    let said = met.chain(other).chain(open).chain(refused).chain(strange).chain(device);
    said.map(|said| el("p").text(&said)).collect()
}

fn no_poll(why: &RestoreError) -> String {
    match why {
        RestoreError::File(error) => transfer::file_error(error),
        RestoreError::Join(_) => stored::claims_too_much().to_owned(),
    }
}

fn wording(sheet: &ImportFile) -> Option<El> {
    sheet.other_wording.then(|| el("p").class("muted").text(words::other_wording()))
}

fn refusals(plan: &MergePlan) -> Option<El> {
    let refused = &plan.refused;
    // Open where the plan shows nothing else.
    let all = plan.total() == 0;
    let rest = (!all).then(|| el("p").class("muted").text(words::refused_lead()));
    let entry = |refusal: &ImportRecordError| {
        let place = format!("records[{}]{}", refusal.index, refusal.path);
        el("li").child(el("code").untranslated().text(&place)).text(&words::refusal(refusal))
    };
    let list = || {
        el("details")
            .class("details")
            .attr("open", move || all.then(String::new))
            .child(el("summary").text(&words::refused(refused.len())))
            .children(rest)
            .child(el("ul").class("plan__refused").children(refused.iter().take(LISTED).map(entry)))
            .children(others(refused.len()))
    };
    (!refused.is_empty()).then(list)
}

fn others(count: usize) -> Option<El> {
    let rest = count.saturating_sub(LISTED);
    (rest > 0).then(|| el("p").class("muted").text(&words::others(rest)))
}

fn differing(import: Import, session: &ImportSession, conflicts: &[&Conflict]) -> El {
    let pair = |conflict: &&Conflict| {
        let [winner, loser] = [&conflict.winner, &conflict.loser];
        let [stays, goes] = by_word(&words::body(winner.body()), &words::body(loser.body()));
        let device = |record: &crate::domain::record::Record| {
            session.device(record.stamp().device, import.store)
        };
        el("li")
            .class("versions")
            .children(super::versions::about(winner.id()))
            .child(version(words::stays(), winner, device(winner).as_ref(), &stays))
            .child(version(words::set_aside(), loser, device(loser).as_ref(), &goes))
    };
    let pairs = conflicts.iter().take(LISTED).map(pair);
    el("div")
        .class("plan__conflicts")
        .child(el("h4").text(words::conflicts()))
        .child(el("p").text(words::conflicts_lead()))
        .child(el("ul").class("notes__list").children(pairs))
        .children(others(conflicts.len()))
}
