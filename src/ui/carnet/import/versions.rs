//! One version of a record: its content, when it was written and on which device.

use crate::domain::device::Device;
use crate::domain::record::{Record, RecordId};
use crate::domain::word_diff::DiffSpan;
use crate::platform::clock;
use crate::text::{self, devices};
use crate::ui::element::{El, el};
use crate::ui::shared::item::place_link;
use crate::ui::store;

/// The title of the record.
pub(in crate::ui::carnet) fn about(id: RecordId) -> Option<El> {
    let item = id.item()?;
    let about = place_link(item);
    let day = match id {
        RecordId::Observation(id) => format!(", {}", text::dates::full(id.day)),
        _ => String::new(),
    };
    Some(el("p").class("note__about").child(about).text(&day))
}

/// The version, with the words marked that differ from the other one. `device` is the device that
/// wrote it, where it is known.
pub(in crate::ui::carnet) fn version(
    fate: &str,
    record: &Record,
    device: Option<&Device>,
    passages: &[DiffSpan],
) -> El {
    let passage = |passage: &DiffSpan| {
        let name = if passage.differs { "mark" } else { "span" };
        el(name).text(&passage.text)
    };
    let stamp = record.stamp();
    let written = text::dates::full(clock::day_of(stamp.at));
    let unnamed_own = device.is_none() && store().is_own(stamp.device);
    let name = if unnamed_own {
        devices::this_one().to_owned()
    } else {
        devices::name(stamp.device, device)
    };
    let by = el("span")
        .child(el("span").untranslated().dir_auto().text(&name))
        .text(", ")
        .text(&written);
    el("div")
        .class("version")
        .child(el("p").class("note__head").child(el("strong").text(fate)).child(by))
        .child(el("p").class("note__text").dir_auto().children(passages.iter().map(passage)))
}
