//! The routes of consultations: their part of the address, parsed and printed.

use std::fmt;

use crate::domain::consultation::ConsultationId;

/// A page of the consultations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConsultPage {
    /// `consultations`
    List,
    /// `consultations/<id>`: preparing it, its voting room, or its result.
    One(ConsultationId),
    /// `consultations/<id>/apercu`
    Preview(ConsultationId),
    /// `consultations/<id>/papier`
    Sheets(ConsultationId),
    /// `consultations/<id>/saisie`
    Keying(ConsultationId),
    /// `consultations/<id>/proces-verbal`
    Minutes(ConsultationId),
    /// `consultations/resultat/<payload>`
    Result(String),
    /// `voter/<payload>`
    Invitation(String),
    /// `bulletin/<payload>`
    Ballot(String),
    /// Any other path.
    Unknown,
}

impl ConsultPage {
    /// Parses the path of [`Route::Consult`](super::Route::Consult).
    #[must_use]
    pub fn parse(path: &str) -> Self {
        let parts: Vec<_> = path.split('/').collect();
        let known = match parts.as_slice() {
            // The address of a ballot's link after its payload has been read and removed.
            ["consultations" | "bulletin"] => Some(Self::List),
            ["consultations", id] => id.parse().ok().map(Self::One),
            ["consultations", "resultat", payload] => Some(Self::Result((*payload).to_owned())),
            ["consultations", id, "apercu"] => id.parse().ok().map(Self::Preview),
            ["consultations", id, "papier"] => id.parse().ok().map(Self::Sheets),
            ["consultations", id, "saisie"] => id.parse().ok().map(Self::Keying),
            ["consultations", id, "proces-verbal"] => id.parse().ok().map(Self::Minutes),
            ["voter", payload] => Some(Self::Invitation((*payload).to_owned())),
            ["bulletin", payload] => Some(Self::Ballot((*payload).to_owned())),
            _ => None,
        };
        known.unwrap_or(Self::Unknown)
    }

    /// The consultation that the page is about.
    #[must_use]
    pub fn consultation(&self) -> Option<ConsultationId> {
        match self {
            Self::One(id)
            | Self::Preview(id)
            | Self::Sheets(id)
            | Self::Keying(id)
            | Self::Minutes(id) => Some(*id),
            _ => None,
        }
    }
}

impl fmt::Display for ConsultPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List | Self::Unknown => f.write_str("consultations"),
            Self::One(id) => write!(f, "consultations/{id}"),
            Self::Preview(id) => write!(f, "consultations/{id}/apercu"),
            Self::Sheets(id) => write!(f, "consultations/{id}/papier"),
            Self::Keying(id) => write!(f, "consultations/{id}/saisie"),
            Self::Minutes(id) => write!(f, "consultations/{id}/proces-verbal"),
            Self::Result(payload) => write!(f, "consultations/resultat/{payload}"),
            Self::Invitation(payload) => write!(f, "voter/{payload}"),
            Self::Ballot(payload) => write!(f, "bulletin/{payload}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_prints_as_it_was_parsed() {
        for path in [
            "consultations",
            "consultations/00c0ffee00c0ffee",
            "consultations/00c0ffee00c0ffee/apercu",
            "consultations/00c0ffee00c0ffee/papier",
            "consultations/00c0ffee00c0ffee/saisie",
            "consultations/00c0ffee00c0ffee/proces-verbal",
            "consultations/resultat/ABCD",
            "voter/ABCD",
            "bulletin/ABCD",
        ] {
            assert_eq!(ConsultPage::parse(path).to_string(), path);
        }
        assert_eq!(ConsultPage::parse("bulletin"), ConsultPage::List);
        for path in ["consultations/x", "consultations/00c0ffee00c0ffee/x", "voter", ""] {
            assert_eq!(ConsultPage::parse(path), ConsultPage::Unknown, "{path} was taken");
        }
    }
}
