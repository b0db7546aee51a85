//! A result to take home: its counts and conclusion, without any ballot.

use super::{
    RESULT, RESULT_VERSION, TransferError, TransferPayload, content, inflated, sealed, wire,
};
use crate::domain::consultation::{Conclusion, ConclusionText, Poll, Rules, Stage};
use crate::domain::convention::Convention;
use crate::domain::voting::{Approval, Borda, Dots, Judgment, Outcome, Schulze, Tally, Turnout};

/// A result as a link carries it: rules, counts and the group's conclusion. It holds no ballot, and
/// counts by channel only where each channel has enough of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedResult {
    /// The lower half of the fingerprint of the convention that options come from.
    pub convention: u32,
    /// The rules of the consultation.
    pub rules: Rules,
    /// The counts.
    pub tally: Tally,
    /// The digest of the ballots that was shown with the result.
    pub digest: [u8; 32],
    /// The group's conclusion.
    pub conclusion: Option<Conclusion>,
}

impl SharedResult {
    /// The encoded result of a closed consultation with the digest of its ballots; `None` before
    /// closing, and where no ballot counts.
    #[must_use]
    pub fn pack(convention: &Convention, poll: &Poll, digest: [u8; 32]) -> Option<Vec<u8>> {
        let Stage::Closed(rules, conclusion) = &poll.consultation.stage else { return None };
        let id = poll.consultation.id;
        let Tally { turnout, outcome } = Tally::of(rules, &poll.urn);
        if turnout.counted == 0 {
            return None;
        }
        let short = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let Turnout { counted, blank, void, refused, urn, phone, paper, .. } = turnout;
        let convention = super::convention_fingerprint(convention);
        let body = wire::Outcome {
            invitation: wire::Invitation::of(convention, id, rules),
            ballots: [counted, blank, void, refused].map(short),
            ways: turnout.tells_ways().then(|| [urn, phone, paper].map(short)),
            scores: match outcome {
                Outcome::Dots(Dots { totals, supporters }) => {
                    wire::Scores::Dots { totals, supporters }
                }
                Outcome::Approval(approval) => wire::Scores::Approval(approval.approvals),
                Outcome::Judgment(judgment) => wire::Scores::Judgment(judgment.counts().to_vec()),
                Outcome::Ranking { schulze, .. } => wire::Scores::Ranking(schulze.pairwise),
            },
            digest,
            conclusion: conclusion
                .as_ref()
                .map(|held| (held.text.to_string(), held.look_again.map(|day| day.to_string()))),
        };
        // Every result can be encoded.
        Some(sealed(RESULT_VERSION << 4 | RESULT, postcard::to_allocvec(&body).ok()?))
    }

    /// Decodes a result.
    ///
    /// # Errors
    /// When the bytes are not a result, or when no ballots could have these counts.
    pub fn unpack(bytes: &[u8]) -> Result<Self, TransferError> {
        let (header, body) = content(bytes)?;
        match header >> 4 {
            RESULT_VERSION if header & RESULT != 0 => {}
            version @ 4..8 => return Err(TransferError::Newer(version)),
            _ => return Err(TransferError::Foreign),
        }
        let told: wire::Outcome = wire::read(&inflated(header, body)?)?;
        let TransferPayload::Invitation { convention, rules, .. } = told.invitation.parcel()?
        else {
            return Err(TransferError::Malformed);
        };
        let [counted, blank, void, refused] = told.ballots.map(|count| count as usize);
        let [urn, phone, paper] = told.ways.unwrap_or_default().map(|count| count as usize);
        let cast = [blank, void, refused].into_iter().fold(counted, usize::saturating_add);
        let turnout = Turnout { cast, counted, blank, void, refused, urn, phone, paper };
        let votes = told.ballots[0];
        let outcome = match told.scores {
            wire::Scores::Dots { totals, supporters } => Outcome::Dots(Dots { totals, supporters }),
            wire::Scores::Approval(approvals) => Outcome::Approval(Approval { approvals, votes }),
            wire::Scores::Judgment(counts) => Outcome::Judgment(Judgment::counted(counts)),
            wire::Scores::Ranking(pairwise) => {
                let borda = Borda::of_pairs(&pairwise, votes);
                Outcome::Ranking { schulze: Schulze { pairwise }, borda }
            }
        };
        let tally = Tally { turnout, outcome };
        if counted == 0 || !tally.is_possible(&rules) {
            return Err(TransferError::Malformed);
        }
        Ok(Self {
            convention,
            rules,
            tally,
            digest: told.digest,
            conclusion: told.conclusion.map(conclusion).transpose()?,
        })
    }
}

fn conclusion((text, day): (String, Option<String>)) -> Result<Conclusion, TransferError> {
    let text = ConclusionText::new(&text).map_err(|_| TransferError::Malformed)?;
    let look_again =
        day.map(|day| day.parse()).transpose().map_err(|_| TransferError::Malformed)?;
    Ok(Conclusion { text, look_again })
}
