//! Four words that stand for all ballots of a consultation: two devices that read out the same
//! words hold the same ballots.
//!
//! The words are those of BIP-39, which were chosen to be told apart: their first four letters
//! never agree. 44 bits are no proof against someone who seeks two sets alike with much computing;
//! they are against mistakes, and against someone who would have to hit the words that stand on the
//! board already.

use bip39::Language;
use sha2::{Digest, Sha256};

use super::transfer::{ballot_bytes, rules_fingerprint};
use crate::domain::consultation::{ConsultationId, Rules, Urn};

/// The words of a consultation with these ballots, in the order in which they are read out.
///
/// They come from the first 44 bits of the SHA-256 (FIPS 180-4) of the consultation's id, of the
/// fingerprint of its rules, and of each ballot in the order of their ids with its length before
/// it.
#[must_use]
pub fn words(id: ConsultationId, rules: &Rules, urn: &Urn) -> [String; 4] {
    let mut hasher = Sha256::new();
    hasher.update(b"jalons ballots");
    hasher.update(id.0.0.to_be_bytes());
    hasher.update(rules_fingerprint(id, rules).to_be_bytes());
    for ballot in urn.ballots() {
        let bytes = ballot_bytes(ballot);
        hasher.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        hasher.update(bytes);
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hasher.finalize()[..8]);
    let bits = u64::from_be_bytes(first);
    // Four times 11 bits, from the highest of 64.
    [53, 42, 31, 20].map(|lowest| word(bits >> lowest))
}

/// The word of the lower 11 bits.
fn word(bits: u64) -> String {
    let place = usize::try_from(bits & 0x7ff).unwrap_or_default();
    composed(Language::French.word_list()[place])
}

/// The list has its accents as characters of their own, behind the letter. It has these two.
fn composed(word: &str) -> String {
    word.replace("e\u{301}", "é").replace("e\u{300}", "è")
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::codec::transfer::tests::{ballots, rules_of};
    use crate::domain::consultation::{Ballot, BallotId, Content, Method, Vote, Way};
    use crate::domain::stamp::Token;

    const ID: ConsultationId = ConsultationId(Token(7));

    #[test]
    fn the_list_has_2048_words_that_begin_differently() {
        let words: BTreeSet<_> = Language::French.word_list().iter().map(|w| composed(w)).collect();
        assert_eq!(words.len(), 2048);
        let starts: BTreeSet<String> = Language::French
            .word_list()
            .iter()
            .map(|word| word.chars().filter(char::is_ascii_lowercase).take(4).collect())
            .collect();
        assert_eq!(starts.len(), 2048);
        let plain =
            |word: &String| word.chars().all(|c| c.is_ascii_lowercase() || "éè".contains(c));
        assert!(words.iter().all(plain));
    }

    #[test]
    fn the_words_of_these_ballots_stay_for_ever() {
        let rules = rules_of(Method::Approval);
        let ballot = |chance| Ballot {
            id: BallotId::random(Token(chance), Token(1)),
            way: Way::Urn,
            content: Content::Vote(Vote::Approval(vec![true, false, true])),
        };
        let urn: Urn = [1, 2, 3].map(ballot).into_iter().collect();
        assert_eq!(words(ID, &rules, &urn).join(" "), "toponyme devenir cueillir expédier");
        assert_eq!(words(ID, &rules, &Urn::default()).join(" "), "rotatif déchirer hublot séduire");
    }

    proptest! {
        #[test]
        fn neither_order_nor_grouping_changes_the_words(
            one in ballots(Method::Judgment),
            two in ballots(Method::Judgment),
        ) {
            let rules = rules_of(Method::Judgment);
            let all: Urn = one.iter().chain(&two).cloned().collect();
            let back: Urn = two.iter().rev().chain(one.iter().rev()).cloned().collect();
            let mut merged: Urn = two.into_iter().collect();
            merged.merge(&one.into_iter().collect());
            prop_assert_eq!(words(ID, &rules, &all), words(ID, &rules, &back));
            prop_assert_eq!(words(ID, &rules, &all), words(ID, &rules, &merged));
        }

        #[test]
        fn one_other_ballot_changes_the_words(
            mut held in ballots(Method::Judgment),
            more in ballots(Method::Judgment),
        ) {
            let rules = rules_of(Method::Judgment);
            let former: Urn = held.iter().cloned().collect();
            held.extend(more.into_iter().take(1));
            let now: Urn = held.into_iter().collect();
            prop_assert_eq!(former == now, words(ID, &rules, &former) == words(ID, &rules, &now));
            let other = rules_of(Method::Ranking);
            prop_assert_ne!(words(ID, &rules, &now), words(ID, &other, &now));
        }
    }
}
