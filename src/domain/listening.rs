//! Reading aloud: the pieces of a text that are spoken one after the other, the voice, and the steps
//! from one piece to the next.

/// A piece is at most this many bytes long if a comma allows it: some browsers stop in the middle of
/// what takes longer than about 15 seconds.
const LONGEST: usize = 180;

/// Words that a full stop shortens, so that it does not end a sentence.
const SHORTENED: [&str; 19] = [
    "al", "art", "av", "bd", "cf", "env", "ex", "hab", "max", "min", "mm", "mme", "n", "no", "p",
    "pl", "st", "tel", "tél",
];

/// Divides a text into its sentences and the entries of its lists. Nothing is left out: the pieces
/// one after the other are the text.
///
/// ```
/// use jalons::domain::listening::sentences;
///
/// assert_eq!(sentences("Le bus n. 3 passe. Et le tram ?"), ["Le bus n. 3 passe. ", "Et le tram ?"]);
/// ```
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(end) = sentence_end(rest) {
        let (sentence, more) = rest.split_at(end);
        shorter(sentence, &mut pieces);
        rest = more;
    }
    shorter(rest, &mut pieces);
    pieces
}

/// Where the first sentence and the space behind it end, if another one follows.
fn sentence_end(text: &str) -> Option<usize> {
    for (at, mark) in text.char_indices() {
        let end = match mark {
            ';' | '\n' => at + 1,
            '.' | '!' | '?' | '…' => {
                let behind = &text[at + mark.len_utf8()..];
                let closing = ['.', '!', '?', '…', ')', '»', '"'];
                let next = behind.trim_start_matches(closing);
                let next = next.strip_prefix(" »").unwrap_or(next);
                let is_last_mark =
                    next.len() == behind.len() || !behind.starts_with(['.', '!', '?']);
                let spaced = next.trim_start();
                let begins = spaced.len() < next.len() && spaced.starts_with(begins_sentence);
                if !is_last_mark || !begins || (mark == '.' && shortens(&text[..at])) {
                    continue;
                }
                text.len() - next.len()
            }
            _ => continue,
        };
        let next = text[end..].trim_start();
        return (!next.is_empty()).then(|| text.len() - next.len());
    }
    None
}

/// Whether a full stop behind these words shortens the last one or numbers an entry of a list.
fn shortens(before: &str) -> bool {
    let word = before.rsplit([' ', '\'', '’', '(']).next().unwrap_or_default();
    let is_number = word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_initial = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_first = before.trim_start() == word;
    is_initial
        || (is_number && is_first)
        || SHORTENED.iter().any(|short| word.eq_ignore_ascii_case(short))
}

/// Whether a sentence may begin with this character. French capitals are in Latin-1, and Unicode's
/// tables would cost kilobytes.
fn begins_sentence(first: char) -> bool {
    first.is_ascii_uppercase()
        || first.is_ascii_digit()
        || matches!(first, '\u{c0}'..='\u{de}' | 'Œ' | '«' | '"' | '(' | '–' | '-')
}

/// Cuts a long sentence behind its commas, but never within brackets.
fn shorter<'a>(sentence: &'a str, pieces: &mut Vec<&'a str>) {
    let mut rest = sentence;
    while rest.len() > LONGEST {
        let (mut depth, mut cut) = (0, None);
        for (at, byte) in rest.bytes().enumerate().take(LONGEST) {
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b' ' if depth == 0 && rest[..at].ends_with(',') => cut = Some(at + 1),
                _ => {}
            }
        }
        let Some(cut) = cut else { break };
        let (piece, more) = rest.split_at(cut);
        pieces.push(piece);
        rest = more;
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
}

/// A voice of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadingVoice<'a> {
    /// Its language, as a BCP 47 tag; some browsers write `fr_FR`.
    pub language: &'a str,
    /// Whether it speaks on the device. Another one sends the text to a service.
    pub is_local: bool,
    /// Whether the person has chosen it in the system.
    pub is_default: bool,
}

impl ReadingVoice<'_> {
    /// Whether it speaks this language, such as `fr`: that of a page in `fr-CA` is the same.
    #[must_use]
    pub fn speaks(&self, language: &str) -> bool {
        let primary =
            |tag: &'_ str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        primary(self.language) == primary(language)
    }
}

/// The index of the voice that reads a language: one of the device before one of a service, then the
/// one that the person has chosen. No other language's voice reads it.
#[must_use]
pub fn choose(voices: &[ReadingVoice<'_>], language: &str) -> Option<usize> {
    let spoken = voices.iter().enumerate().filter(|(_, voice)| voice.speaks(language));
    // The first of equals: browsers list the better one first.
    let best = spoken.rev().max_by_key(|(_, voice)| (voice.is_local, voice.is_default))?;
    Some(best.0)
}

/// What a screen's reading is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listening {
    /// Nothing is read.
    #[default]
    Silent,
    /// The voice would send the text to a service, and the person has not agreed yet.
    Asking,
    /// This piece is being read.
    Reading(usize),
    /// Reading goes on with this piece.
    Paused(usize),
}

impl Listening {
    /// The one button is pressed: it begins, agrees, pauses or resumes.
    #[must_use]
    pub fn pressed(self, may_speak: bool) -> Self {
        match self {
            Self::Silent if !may_speak => Self::Asking,
            Self::Silent | Self::Asking => Self::Reading(0),
            Self::Reading(at) => Self::Paused(at),
            Self::Paused(at) => Self::Reading(at),
        }
    }

    /// A piece has been read to its end.
    #[must_use]
    pub fn ended(self, pieces: usize) -> Self {
        match self {
            Self::Reading(at) if at + 1 < pieces => Self::Reading(at + 1),
            Self::Reading(_) => Self::Silent,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn voice(language: &str, is_local: bool) -> ReadingVoice<'_> {
        ReadingVoice { language, is_local, is_default: false }
    }

    #[test]
    fn sentences_end_where_another_one_begins() {
        let cases: [(&str, &[&str]); 14] = [
            ("Un seul texte sans point", &["Un seul texte sans point"]),
            ("", &[]),
            ("Vu. Lu ! Su ?", &["Vu. ", "Lu ! ", "Su ?"]),
            ("Il dit : « Oui. » Elle part.", &["Il dit : « Oui. » ", "Elle part."]),
            ("Le bus n° 3. Le tram", &["Le bus n° 3. ", "Le tram"]),
            ("Le bus n. 3 et l'art. 5 passent.", &["Le bus n. 3 et l'art. 5 passent."]),
            ("Des bancs, etc. et des arbres", &["Des bancs, etc. et des arbres"]),
            ("Des bancs, etc. Les arbres", &["Des bancs, etc. ", "Les arbres"]),
            ("Avec Mme. Weber et M. Petit", &["Avec Mme. Weber et M. Petit"]),
            ("1. Accueillir\n2. Orienter", &["1. Accueillir\n", "2. Orienter"]),
            ("lire ; écrire ; compter", &["lire ; ", "écrire ; ", "compter"]),
            ("(orchestre, ...) ou autres", &["(orchestre, ...) ou autres"]),
            ("En 2022. Écoles ouvertes... Ou pas", &["En 2022. ", "Écoles ouvertes... ", "Ou pas"]),
            ("Voir jalons.example. Fin ;", &["Voir jalons.example. ", "Fin ;"]),
        ];
        for (text, expected) in cases {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }

    #[test]
    fn long_sentences_are_cut_behind_commas_outside_of_brackets() {
        let text = "a".repeat(90) + ", " + &"b".repeat(40) + " (c, d" + &"e".repeat(60) + ")";
        let pieces = sentences(&text);
        assert_eq!(pieces.concat(), text);
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0], "a".repeat(90) + ", ");
        let unbroken = "é".repeat(300);
        assert_eq!(sentences(&unbroken), [unbroken.as_str()]);
    }

    #[test]
    fn a_local_french_voice_comes_first_and_no_other_language_reads_french() {
        let voices = [voice("en-US", true), voice("fr-FR", false), voice("fr_CA", true)];
        assert_eq!(choose(&voices, "fr"), Some(2));
        assert_eq!(choose(&voices[..2], "fr"), Some(1));
        assert_eq!(choose(&voices[..1], "fr"), None);
        assert_eq!(choose(&[voice("frr", true), voice("frp-FR", true)], "fr"), None);
        assert_eq!(choose(&[voice("FR", true)], "fr-FR"), Some(0));
    }

    #[test]
    fn of_equal_voices_the_chosen_one_then_the_first_reads() {
        let chosen = ReadingVoice { is_default: true, ..voice("fr-CA", true) };
        assert_eq!(choose(&[voice("fr-FR", true), chosen], "fr"), Some(1));
        assert_eq!(choose(&[voice("fr-FR", true), voice("fr-BE", true)], "fr"), Some(0));
        let online = ReadingVoice { is_default: true, ..voice("fr-FR", false) };
        assert_eq!(choose(&[online, voice("fr-FR", true)], "fr"), Some(1));
    }

    #[test]
    fn a_voice_of_a_service_asks_first() {
        assert_eq!(Listening::Silent.pressed(true), Listening::Reading(0));
        let asking = Listening::Silent.pressed(false);
        assert_eq!(asking, Listening::Asking);
        assert_eq!(asking.pressed(false), Listening::Reading(0));
    }

    #[test]
    fn a_pause_keeps_the_place_and_the_last_piece_ends_in_silence() {
        let paused = Listening::Reading(1).pressed(true);
        assert_eq!(paused, Listening::Paused(1));
        assert_eq!(paused.ended(3), Listening::Paused(1));
        assert_eq!(paused.pressed(true), Listening::Reading(1));
        assert_eq!(Listening::Reading(1).ended(3), Listening::Reading(2));
        assert_eq!(Listening::Reading(2).ended(3), Listening::Silent);
    }
}
