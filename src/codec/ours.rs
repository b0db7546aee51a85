//! Recognises this app's own files by their beginning, to tell people which screen reads a file. It
//! does not check that a file is complete.

use serde::Deserialize;

use super::{backup, carnet, poll_file, transfer};
use crate::domain::percent::decodings;

/// A kind of file, or a link, made by this app.
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
    /// The link of an invitation, a ballot or a result, with or without words around it.
    Link,
    /// A convention.
    Convention,
    /// A table for a spreadsheet, from this app or another.
    Table,
    /// A report as Markdown or HTML, the app's own page, any other page, or a drawing.
    Page,
}

impl Ours {
    /// Whether a screen of the app reads it.
    #[must_use]
    pub fn is_read(self) -> bool {
        !matches!(self, Self::Convention | Self::Table | Self::Page)
    }
}

/// The first fields of a file; all others are ignored.
#[derive(Deserialize)]
struct Header {
    format: Option<String>,
}

/// The kind of file; `None` for any other text.
#[must_use]
pub fn recognise(text: &str) -> Option<Ours> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        return json(text);
    }
    let line = text.lines().next().unwrap_or_default();
    // A Markdown title, first or below a line in italics.
    let is_titled = text.starts_with("# ")
        || (text.starts_with('*')
            && text.lines().nth(2).is_some_and(|line| line.starts_with("# ")));
    match () {
        () if text.starts_with('<') && !text.starts_with("<http") || is_titled => Some(Ours::Page),
        () if line.starts_with('"') && line.contains("\";\"") => Some(Ours::Table),
        () if is_link(text) => Some(Ours::Link),
        () => None,
    }
}

/// Whether there is a link in a text, perhaps encoded inside another; a file of this size is none.
fn is_link(text: &str) -> bool {
    let is_short = text.len() < transfer::LIMIT * 8;
    let paths = ["#/voter/", "#/bulletin/", "#/consultations/resultat/"];
    is_short && decodings(text).any(|text| paths.iter().any(|path| text.contains(path)))
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
