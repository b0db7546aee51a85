//! Links to the screen that reads a file, where the file was opened on another screen.

use crate::codec::ours::Ours;
use crate::route::{ConsultPage, Route};
use crate::text::import as words;
use crate::ui::element::{El, el, link};

/// A link to the screen that reads this kind of file; `None` where none does.
pub(in crate::ui) fn reader_link(ours: Ours) -> Option<El> {
    let (route, words) = match ours {
        Ours::Carnet | Ours::RawCopy => (Route::Carnet, words::to_carnet()),
        Ours::Consultation | Ours::Ballot | Ours::Link => {
            (Route::Consult(ConsultPage::List.to_string()), words::to_consult())
        }
        Ours::Convention | Ours::Table | Ours::Page => return None,
    };
    Some(el("p").child(link(&route).class("more").text(words)))
}
