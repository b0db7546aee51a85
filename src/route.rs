//! The route: the fragment of the address, parsed and printed in one place.
//!
//! Every screen and every item has an address that can be shared, bookmarked and navigated back to.
//! It is in the fragment, so any static host serves it and no server logs it. Parsing and printing
//! are inverse; an unknown address parses as [`Route::Unknown`], which shows an error instead of a
//! wrong page.

use std::fmt;

use crate::domain::item::{Code, ItemId};
use crate::domain::observation::Level;
use crate::domain::percent::decode;
use crate::domain::tracking::{MarkerOrder, SeenFilter, TrackingFilter};

mod bilan;
mod mended;
mod place;

pub use bilan::{BilanPlace, BilanView};
pub use mended::mended;
pub use place::ConsultPage;

/// A page of the app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// `#/`: the objectives as cards.
    #[default]
    Home,
    /// `#/objectif/1.2.1`, `#/resultat/1.2.1-r2`, `#/marqueur/1.2.1-m3`
    Item(ItemId),
    /// `#/recherche?mots=…`
    Search(String),
    /// `#/suivre?…`
    Tracking(TrackingFilter),
    /// `#/texte`: the whole convention on one page.
    FullText,
    /// `#/carnet`: the records of this device.
    Carnet,
    /// `#/consultations/…`, `#/voter/…`, `#/bulletin/…`: the whole path, which the consultations'
    /// chunk parses.
    Consult(String),
    /// `#/bilan…`: progress charts and the report; the whole rest of the address, which the bilan's
    /// chunk parses.
    Bilan(String),
    /// `#/a-propos`
    About,
    /// Any other address, as written.
    Unknown(String),
}

/// A section of the navigation, whichever item or filter is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Reading the convention.
    Explore,
    /// Following the markers.
    Track,
    /// Progress charts and the report.
    Bilan,
    /// The records of this device.
    Carnet,
    /// Deciding together.
    Consult,
    /// About the app.
    About,
}

impl Route {
    /// Parses the fragment of an address, with or without its `#`.
    ///
    /// ```
    /// use jalons::route::Route;
    ///
    /// let route = Route::parse("#/recherche?mots=petite%20enfance");
    /// assert_eq!(route, Route::Search("petite enfance".into()));
    /// assert_eq!(route.to_string(), "#/recherche?mots=petite%20enfance");
    /// ```
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
        let known = match parts.as_slice() {
            [] => Some(Self::Home),
            ["recherche"] => Some(Self::Search(value(query, "mots").unwrap_or_default())),
            ["suivre"] => filter(query).map(Self::Tracking),
            ["texte"] => Some(Self::FullText),
            ["carnet"] => Some(Self::Carnet),
            ["consultations", ..] | ["voter" | "bulletin", _] | ["bulletin"] => {
                // Not `join`, which weighs nearly 1 kB; empty parts have been removed.
                let add = |path: String, part: &&str| path + "/" + part;
                Some(Self::Consult(parts[1..].iter().fold(parts[0].to_owned(), add)))
            }
            ["bilan", ..] => Some(Self::Bilan(fragment.trim_start_matches('/').to_owned())),
            ["a-propos"] => Some(Self::About),
            [kind, id] => item(kind, id),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Unknown(decode(fragment)))
    }

    /// The section that the navigation marks as current.
    #[must_use]
    pub fn section(&self) -> Option<Section> {
        match self {
            Self::Home | Self::Item(_) | Self::FullText => Some(Section::Explore),
            Self::Tracking(_) => Some(Section::Track),
            Self::Carnet => Some(Section::Carnet),
            Self::Consult(_) => Some(Section::Consult),
            Self::Bilan(_) => Some(Section::Bilan),
            Self::About => Some(Section::About),
            Self::Search(_) | Self::Unknown(_) => None,
        }
    }

    /// Whether navigating from `former` leads to another page, rather than to another filter or
    /// query on the same page.
    #[must_use]
    pub fn is_another_page_than(&self, former: &Self) -> bool {
        match (self, former) {
            (Self::Search(_), Self::Search(_)) | (Self::Tracking(_), Self::Tracking(_)) => false,
            (Self::Bilan(here), Self::Bilan(there)) => path(here) != path(there),
            (here, there) => here != there,
        }
    }
}

/// The path without its query.
#[must_use]
pub fn path(place: &str) -> &str {
    place.split('?').next().unwrap_or(place)
}

fn item(kind: &str, id: &str) -> Option<Route> {
    let id: ItemId = id.parse().ok()?;
    let right = match kind {
        "objectif" => id.is_objective(),
        "resultat" => id.is_result(),
        "marqueur" => id.marker().is_some(),
        _ => false,
    };
    right.then_some(Route::Item(id))
}

fn filter(query: &str) -> Option<TrackingFilter> {
    let mut filter = TrackingFilter::default();
    for (key, value) in pairs(query) {
        match key {
            "objectif" => filter.objective = Some(value.parse::<Code>().ok()?),
            "etat" => filter.seen = seen(&value)?,
            "notes" if value == "avec" => filter.with_notes = true,
            "ordre" => filter.order = order(&value)?,
            _ => return None,
        }
    }
    Some(filter)
}

/// The words for the observation filter in an address.
const SEEN_WORDS: [(&str, SeenFilter); 6] = [
    ("observes", SeenFilter::Observed),
    ("non-observes", SeenFilter::Unobserved),
    ("pas-encore", SeenFilter::At(Level::NotYet)),
    ("en-cours", SeenFilter::At(Level::InProgress)),
    ("atteint", SeenFilter::At(Level::Reached)),
    ("non-observable", SeenFilter::At(Level::NotObservable)),
];

fn seen(word: &str) -> Option<SeenFilter> {
    SEEN_WORDS.iter().find(|(known, _)| *known == word).map(|(_, choice)| *choice)
}

/// The words for the order in an address.
const ORDER_WORDS: [(&str, MarkerOrder); 2] =
    [("recents", MarkerOrder::Latest), ("jamais-vus", MarkerOrder::Unobserved)];

fn order(word: &str) -> Option<MarkerOrder> {
    ORDER_WORDS.iter().find(|(known, _)| *known == word).map(|(_, order)| *order)
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, String)> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts.map(|part| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (key, decode(value))
    })
}

fn value(query: &str, wanted: &str) -> Option<String> {
    pairs(query).find(|(key, _)| *key == wanted).map(|(_, value)| value)
}

/// Percent-encodes all but the unreserved characters (RFC 3986, section 2.3).
struct Encoded<'a>(&'a str);

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    write!(f, "{}", char::from(byte))?;
                }
                _ => write!(f, "%{byte:02X}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("#/"),
            Self::Item(id) if id.is_objective() => write!(f, "#/objectif/{id}"),
            Self::Item(id) if id.is_result() => write!(f, "#/resultat/{id}"),
            Self::Item(id) => write!(f, "#/marqueur/{id}"),
            Self::Search(words) if words.is_empty() => f.write_str("#/recherche"),
            Self::Search(words) => write!(f, "#/recherche?mots={}", Encoded(words)),
            Self::Tracking(filter) => write_filter(f, *filter),
            Self::FullText => f.write_str("#/texte"),
            Self::Carnet => f.write_str("#/carnet"),
            Self::Consult(path) | Self::Bilan(path) => write!(f, "#/{path}"),
            Self::About => f.write_str("#/a-propos"),
            Self::Unknown(fragment) => write!(f, "#{fragment}"),
        }
    }
}

fn write_filter(f: &mut fmt::Formatter<'_>, filter: TrackingFilter) -> fmt::Result {
    f.write_str("#/suivre")?;
    let mut sign = '?';
    if let Some(code) = filter.objective {
        write!(f, "{sign}objectif={code}")?;
        sign = '&';
    }
    if let Some((word, _)) = SEEN_WORDS.iter().find(|(_, choice)| *choice == filter.seen) {
        write!(f, "{sign}etat={word}")?;
        sign = '&';
    }
    if filter.with_notes {
        write!(f, "{sign}notes=avec")?;
        sign = '&';
    }
    match ORDER_WORDS.iter().find(|(_, order)| *order == filter.order) {
        Some((word, _)) => write!(f, "{sign}ordre={word}"),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_prints_as_it_was_parsed() {
        for address in [
            "#/",
            "#/objectif/1",
            "#/objectif/1.2.1",
            "#/resultat/1.2.1-r2",
            "#/marqueur/1.2.1-m3",
            "#/recherche",
            "#/recherche?mots=%C3%A9cole%20%26%20caf%C3%A9%3F",
            "#/suivre",
            "#/suivre?objectif=1.2&etat=non-observes&notes=avec",
            "#/suivre?etat=atteint",
            "#/suivre?ordre=recents",
            "#/suivre?objectif=3&notes=avec&ordre=jamais-vus",
            "#/texte",
            "#/carnet",
            "#/a-propos",
            "#/consultations",
            "#/consultations/00c0ffee00c0ffee/urne",
            "#/voter/ABCD",
            "#/bulletin/ABCD",
            "#/bilan",
            "#/bilan?au=2021-03-12",
            "#/bilan/avis",
            "#/nulle/part/du-tout",
        ] {
            assert_eq!(Route::parse(address).to_string(), address);
        }
    }

    #[test]
    fn an_empty_fragment_is_home() {
        for address in ["", "#", "/", "#/"] {
            assert_eq!(Route::parse(address), Route::Home);
        }
    }

    #[test]
    fn what_is_not_an_address_is_unknown_not_home() {
        for address in [
            "#/objectif/9.x",
            "#/objectif/1.2.1-m3",
            "#/marqueur/1.2.1",
            "#/suivre?etat=presque",
            "#/suivre?couleur=bleu",
            "#/suivre?ordre=alphabet",
            "#/objectif/1/2/3",
            "#/vide",
        ] {
            assert!(matches!(Route::parse(address), Route::Unknown(_)), "{address} was taken");
        }
    }

    #[test]
    fn broken_percent_signs_lose_nothing() {
        assert_eq!(Route::parse("#/recherche?mots=100%"), Route::Search("100%".into()));
        assert_eq!(Route::parse("#/recherche?mots=a%zzb"), Route::Search("a%zzb".into()));
        assert_eq!(Route::parse("#/recherche?mots=a%FFb"), Route::Search("a%FFb".into()));
        assert_eq!(Route::parse("#/recherche?mots=a+b"), Route::Search("a b".into()));
    }
}
