//! Which of this app's files a text is, as far as its beginning tells: for those who were handed it
//! where another kind is read. Whether it is whole the readers tell.

use serde::Deserialize;

use super::{backup, carnet, poll_file};

/// A kind of file, or a link, that people carry from one screen or device to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ours {
    /// A carnet.
    Carnet,
    /// A raw copy of all that is stored.
    RawCopy,
    /// A consultation with its ballots.
    Consultation,
    /// One ballot.
    Ballot,
    /// The link of an invitation or a ballot, maybe with words around it.
    Link,
    /// A convention.
    Convention,
    /// A table for a spreadsheet, made here or elsewhere.
    Table,
    /// A report as Markdown or as a page, the page of the app, or any other page; a drawing.
    Page,
}

impl Ours {
    /// Whether it is read on some screen.
    #[must_use]
    pub fn is_read(self) -> bool {
        !matches!(self, Self::Convention | Self::Table | Self::Page)
    }
}

/// The first look at a file. All else is skipped, however strange.
#[derive(Deserialize)]
struct Header {
    format: Option<String>,
}

/// What a text is; nothing where it is none of these.
#[must_use]
pub fn recognise(text: &str) -> Option<Ours> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        return json(text);
    }
    let line = text.lines().next().unwrap_or_default();
    // What Markdown calls a title, alone or below a word in italics.
    let is_titled = text.starts_with("# ")
        || (text.starts_with('*')
            && text.lines().nth(2).is_some_and(|line| line.starts_with("# ")));
    match () {
        () if text.starts_with('<') || is_titled => Some(Ours::Page),
        () if line.starts_with('"') && line.contains("\";\"") => Some(Ours::Table),
        () if ["#/voter/", "#/bulletin/"].iter().any(|path| text.contains(path)) => {
            Some(Ours::Link)
        }
        () => None,
    }
}

fn json(text: &str) -> Option<Ours> {
    let header: Header = serde_json::from_str(text).ok()?;
    match header.format?.as_str() {
        carnet::FORMAT => Some(Ours::Carnet),
        backup::FORMAT => Some(Ours::RawCopy),
        poll_file::FORMAT => Some(Ours::Consultation),
        poll_file::BALLOT_FORMAT => Some(Ours::Ballot),
        "jalons-convention" => Some(Ours::Convention),
        _ => None,
    }
}
