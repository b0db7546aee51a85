//! Files of consultations and ballots, and other input accepted in their place: a link, or the text
//! of a QR code.
//!
//! Both files are JSON, described by `public/schema/consultation-v2.schema.json` and
//! `public/schema/ballot-v2.schema.json`. They are canonical: the same consultation with the same
//! ballots gives the same bytes, in whatever order the ballots were joined and on any device.
//! Version 1 of a ballot has a shorter fingerprint of its rules, and is still read.

use serde::{Deserialize, Serialize};

use super::carnet::About;
use super::transfer::RulesFingerprint;
use crate::domain::consultation::{Ballot, Consultation, ConsultationId, Poll, Rules};
use crate::domain::convention::Convention;

mod read;

pub(in crate::codec) use read::items;

pub use read::{OpenedPoll, PollContentError, PollFileError, Received, read, read_bytes};

/// The value of `format` in the file of a consultation.
pub const FORMAT: &str = "jalons-consultation";

/// The value of `format` in the file of a ballot.
pub const BALLOT_FORMAT: &str = "jalons-ballot";

/// The value of `version` in the file of a consultation.
pub const VERSION: u32 = 1;

/// The value of `version` in the file of a consultation whose code was bypassed: an older app must
/// refuse the file instead of dropping that fact.
pub const VERSION_WITHOUT_CODE: u32 = 2;

/// The value of `version` in the file of a ballot.
pub const BALLOT_VERSION: u32 = 2;

/// The whole file of a consultation. `B` is a ballot, parsed or as raw text.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ConsultationFile"))]
#[serde(deny_unknown_fields)]
pub struct ConsultationEnvelope<B> {
    /// Always `jalons-consultation`.
    format: String,
    /// The version of this format: 1, or 2 where the facilitator's code was bypassed.
    version: u32,
    /// The convention that options come from.
    convention: About,
    /// The consultation: its rules and its stage.
    consultation: Consultation,
    /// The ballots, each once, in the order of their ids. Each is valid under the rules.
    ballots: Vec<B>,
}

/// The whole file of a ballot.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "BallotFile"))]
#[serde(deny_unknown_fields)]
pub struct BallotEnvelope {
    /// Always `jalons-ballot`.
    format: String,
    /// The version of this format: 2.
    version: u32,
    /// The id of the consultation that it answers.
    consultation: ConsultationId,
    /// The fingerprint of the rules that the voter saw.
    rules: RulesFingerprint,
    /// The ballot.
    ballot: Ballot,
}

/// The text of a file with this consultation, one ballot per line.
///
/// # Errors
/// None that today's consultations can cause: they can all be written as JSON.
pub fn to_json(convention: &Convention, poll: &Poll) -> Result<String, serde_json::Error> {
    let about = serde_json::to_string(&About::of(convention))?;
    let consultation = serde_json::to_string(&poll.consultation)?;
    let version = if poll.consultation.without_code { VERSION_WITHOUT_CODE } else { VERSION };
    let mut text = format!(
        "{{\"format\":\"{FORMAT}\",\"version\":{version},\"convention\":{about},\n\
        \"consultation\":{consultation},\n\"ballots\":["
    );
    let commas = std::iter::once("\n").chain(std::iter::repeat(",\n"));
    for (ballot, comma) in poll.urn.ballots().zip(commas) {
        text.push_str(comma);
        text.push_str(&serde_json::to_string(ballot)?);
    }
    text.push_str("\n]}\n");
    Ok(text)
}

/// The text of a file with one ballot, which its voter hands over.
///
/// # Errors
/// None that today's ballots can cause: they can all be written as JSON.
pub fn ballot_to_json(
    consultation: ConsultationId,
    rules: &Rules,
    ballot: &Ballot,
) -> Result<String, serde_json::Error> {
    let file = BallotEnvelope {
        format: BALLOT_FORMAT.to_owned(),
        version: BALLOT_VERSION,
        consultation,
        rules: RulesFingerprint::of(consultation, rules),
        ballot: ballot.clone(),
    };
    Ok(serde_json::to_string(&file)? + "\n")
}
