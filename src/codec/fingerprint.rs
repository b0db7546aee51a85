//! The fingerprint of a consultation's ballots: six words to read aloud, and the whole digest to
//! compare on paper.
//!
//! The digest is the SHA-256 (FIPS 180-4) of the consultation's rules, with its id, and of each
//! ballot in the order of ids, each preceded by its length. So it covers the question as well as
//! the answers.
//!
//! The words are from the list of BIP-39, whose words are easy to distinguish: no two begin with
//! the same four letters. Six words are the first 66 bits. Their strength:
//!
//! - against a mistake, a lost ballot or a forgotten urn: almost certain detection;
//! - against an attacker who wants other ballots with words that are already on the board: 2^66
//!   digests of an urn, out of reach except for owners of very many machines;
//! - against an attacker who prepares *two* urns, shows one and counts the other: about 2^33
//!   digests by a birthday search, which is five hours on one processor or seconds on many graphics
//!   cards. That is within reach, so words alone do not prevent it. The whole digest does: 2^128.
//!   It is printed in the minutes, in the table and with the result.
//!
//! The five hours are 2^11 times the 8.5 s that such a search took for four words of 44 bits. That
//! digest covered only 32 bits of the rules, so two questions could share one result.
//!
//! The fingerprint does not prove that ballots are genuine, only that they are equal.
//!
//! What it reveals: a paper's id follows from its number. If every ballot is on paper, an attacker
//! who knows the contents can try assignments of contents to numbers until the digest matches. That
//! reveals a person's vote only to an attacker who also noted which paper that person got; papers
//! are to be handed out at random. A single ballot from an urn or a phone, whose id is random,
//! prevents it.

use bip39::Language;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::transfer::{ballot_bytes, rules_bytes};
use crate::domain::consultation::{ConsultationId, Rules, Urn};

/// The digest of a consultation's rules and ballots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

/// The number of words to read aloud.
pub const WORDS: usize = 6;

impl Fingerprint {
    /// The fingerprint of a consultation with these ballots.
    #[must_use]
    pub fn of(id: ConsultationId, rules: &Rules, urn: &Urn) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(b"jalons ballots 2");
        let mut put = |bytes: Vec<u8>| {
            hasher.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
            hasher.update(bytes);
        };
        put(rules_bytes(id, rules));
        urn.ballots().map(ballot_bytes).for_each(put);
        Self(hasher.finalize().into())
    }

    /// The digest, for a link with a result.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    /// The digest that a link with a result claims.
    #[must_use]
    pub fn claimed(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The words, in reading order.
    #[must_use]
    pub fn words(&self) -> [String; WORDS] {
        let mut first = [0; 16];
        first.copy_from_slice(&self.0[..16]);
        let bits = u128::from_be_bytes(first);
        // Six groups of 11 bits, from the highest of 128.
        [117, 106, 95, 84, 73, 62].map(|lowest| word(bits >> lowest))
    }

    /// The words in one line.
    #[must_use]
    pub fn spoken(&self) -> String {
        self.words().join(" ")
    }

    /// The whole digest, as sixteen groups of four hexadecimal digits.
    #[must_use]
    pub fn whole(&self) -> String {
        self.0.chunks(2).map(|pair| HEXLOWER.encode(pair)).collect::<Vec<_>>().join(" ")
    }
}

/// The word for the lowest 11 bits.
fn word(bits: u128) -> String {
    let place = usize::try_from(bits & 0x7ff).unwrap_or_default();
    composed(Language::French.word_list()[place])
}

/// The word with precomposed accents: the list writes them as combining characters, and only these
/// two occur.
fn composed(word: &str) -> String {
    word.replace("e\u{301}", "é").replace("e\u{300}", "è")
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::codec::transfer::tests::{ballots, rules_of};
    use crate::domain::consultation::{Ballot, BallotId, Content, Method, Vote, VotingChannel};
    use crate::domain::stamp::Token;

    const ID: ConsultationId = ConsultationId(Token(7));

    fn spoken(rules: &Rules, urn: &Urn) -> String {
        Fingerprint::of(ID, rules, urn).spoken()
    }

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
        let ballot = |random| Ballot {
            id: BallotId::random(Token(random), Token(1)),
            way: VotingChannel::Urn,
            content: Content::Vote(Vote::Approval(vec![true, false, true])),
        };
        let urn: Urn = [1, 2, 3].map(ballot).into_iter().collect();
        assert_eq!(spoken(&rules, &urn), "circuler accolade peluche bloquer chocolat pupitre");
        assert_eq!(spoken(&rules, &Urn::default()), "avenir jambe brusque tiède fluctuer abolir");
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
            prop_assert_eq!(spoken(&rules, &all), spoken(&rules, &back));
            prop_assert_eq!(spoken(&rules, &all), spoken(&rules, &merged));
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
            prop_assert_eq!(former == now, spoken(&rules, &former) == spoken(&rules, &now));
            let other = rules_of(Method::Ranking);
            prop_assert_ne!(spoken(&rules, &now), spoken(&other, &now));
        }
    }
}
