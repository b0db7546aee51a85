//! Compares texts by their visible form, so that votes do not split over invisible differences.
//!
//! Unicode has several encodings of one letter, spaces that look alike, and characters without a
//! glyph. Its full tables would weigh more than the rest of the consultation code; the tables below
//! hold the Latin letters of European languages and of Vietnamese, and the Greek and Cyrillic
//! letters that are drawn like Latin ones.

/// The visible form of a text, for comparing: texts that look the same have the same form, and an
/// invisible text has an empty one. Case is kept, because it is visible.
#[must_use]
pub fn look(text: &str) -> String {
    let mut look = String::with_capacity(text.len());
    let mut marks = Vec::new();
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if is_mark(c) {
            marks.push(c);
            continue;
        }
        put(&mut look, &mut marks);
        if c.is_whitespace() {
            if !look.ends_with(' ') && !look.is_empty() {
                look.push(' ');
            }
            continue;
        }
        let mut letter = c;
        while let Some((base, mark)) = parted(letter) {
            letter = base;
            marks.push(mark);
        }
        match letter {
            '…' => look.push_str("..."),
            letter => look.push(plain(letter)),
        }
    }
    put(&mut look, &mut marks);
    look.truncate(look.trim_end().len());
    look
}

/// Appends the combining marks in a fixed order: marks above and below a letter may be typed in
/// either order.
fn put(look: &mut String, marks: &mut Vec<char>) {
    marks.sort_unstable();
    look.extend(marks.drain(..));
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{34e}').contains(&c) || ('\u{350}'..='\u{36f}').contains(&c)
}

/// Whether a character is invisible: controls, joiners, direction marks, fillers, variations, tags.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The character that represents all those drawn like it.
fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | 'ʹ' | '′' | '´' | '`' | '＇' => '\'',
        '“' | '”' | '„' | '″' => '"',
        '‐' | '‑' => '-',
        _ => match FOREIGN.chars().position(|foreign| foreign == c) {
            Some(at) => LATIN.chars().nth(at).unwrap_or(c),
            None => c,
        },
    }
}

/// Cyrillic and Greek letters that are drawn like Latin ones; `LATIN` has these, in the same order.
const FOREIGN: &str = "АВЕКМНОРСТХЅІЈаеорсухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο";
const LATIN: &str = "ABEKMHOPCTXSIJaeopcyxsijABEZHIKMNOPTYXo";

/// Splits a letter into the letter without its last mark, and that mark; `None` for a letter
/// without a mark, or with one that has no combining form.
fn parted(letter: char) -> Option<(char, char)> {
    if letter.is_ascii() {
        return None;
    }
    MARKED.iter().find_map(|(mark, with, without)| {
        let at = with.chars().position(|c| c == letter)?;
        Some((without.chars().nth(at)?, *mark))
    })
}

/// For each mark: the letters with it, and the same letters without it. From Unicode's canonical
/// decompositions of Latin-1, Latin Extended-A, and the Romanian, Vietnamese and pinyin letters.
const MARKED: [(char, &str, &str); 16] = [
    ('\u{300}', "ÀÈÌÒÙàèìòùẦầẰằỀềỒồỜờỪừỲỳẀẁǛǜ", "AEIOUaeiouÂâĂăÊêÔôƠơƯưYyWwÜü"),
    (
        '\u{301}',
        "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźẤấẮắẾếỐốỚớỨứẂẃǗǘ",
        "AEIOUYaeiouyCcLlNnRrSsZzÂâĂăÊêÔôƠơƯưWwÜü",
    ),
    ('\u{302}', "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẬậỆệỘộ", "AEIOUaeiouCcGgHhJjSsWwYyẠạẸẹỌọ"),
    ('\u{303}', "ÃÑÕãñõĨĩŨũẪẫẴẵẼẽỄễỖỗỠỡỮữỸỹ", "ANOanoIiUuÂâĂăEeÊêÔôƠơƯưYy"),
    ('\u{304}', "ĀāĒēĪīŌōŪūǕǖ", "AaEeIiOoUuÜü"),
    ('\u{306}', "ĂăĔĕĞğĬĭŎŏŬŭẶặ", "AaEeGgIiOoUuẠạ"),
    ('\u{307}', "ĊċĖėĠġİŻż", "CcEeGgIZz"),
    ('\u{308}', "ÄËÏÖÜäëïöüÿŸẄẅ", "AEIOUaeiouyYWw"),
    ('\u{309}', "ẢảẨẩẲẳẺẻỂểỈỉỎỏỔổỞởỦủỬửỶỷ", "AaÂâĂăEeÊêIiOoÔôƠơUuƯưYy"),
    ('\u{30a}', "ÅåŮů", "AaUu"),
    ('\u{30b}', "ŐőŰű", "OoUu"),
    ('\u{30c}', "ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚ", "CcDdEeLlNnRrSsTtZzAaIiOoUuÜü"),
    ('\u{323}', "ẠạẸẹỊịỌọỢợỤụỰựỴỵ", "AaEeIiOoƠơUuƯưYy"),
    ('\u{326}', "ȘșȚț", "SsTt"),
    ('\u{327}', "ÇçĢģĶķĻļŅņŖŗŞşŢţ", "CcGgKkLlNnRrSsTt"),
    ('\u{328}', "ĄąĘęĮįŲų", "AaEeIiUu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_the_same_is_the_same() {
        for (one, two) in [
            ("Café", "Cafe\u{301}"),
            ("Ç'est où ?", "C\u{327}’est ou\u{300}\u{202f}?"),
            ("un  banc", "un banc"),
            ("un\u{a0}banc", " un banc\t"),
            ("un\u{200b}banc", "unbanc"),
            ("l'été", "l’été"),
            ("fi\u{ad}n", "fin"),
            ("Việt", "Vie\u{302}\u{323}t"),
            ("Việt", "Vi\u{1eb9}\u{302}t"),
            ("Рarc", "Parc"),
            ("a\u{301}\u{323}", "a\u{323}\u{301}"),
            ("co‑voiturage…", "co-voiturage..."),
        ] {
            assert_eq!(look(one), look(two), "{one} {two}");
        }
    }

    #[test]
    fn what_looks_otherwise_is_another() {
        let words =
            ["Cafe", "Café", "Cafè", "café", "CAFÉ", "Ca fé", "Café.", "Cafés", "1", "l", "I"];
        for (at, one) in words.iter().enumerate() {
            for two in &words[at + 1..] {
                assert_ne!(look(one), look(two), "{one} {two}");
            }
        }
    }

    #[test]
    fn what_shows_nothing_looks_like_nothing() {
        for blank in
            ["", " \u{a0}\u{3000}", "\u{200b}", "\u{2060}\u{feff}\u{ad}", "\u{3164} \u{e0041}"]
        {
            assert_eq!(look(blank), "", "{blank:?}");
        }
    }

    #[test]
    fn every_letter_of_the_table_is_parted_and_keeps_its_place() {
        for (mark, with, without) in MARKED {
            assert_eq!(with.chars().count(), without.chars().count(), "{mark:?}");
            for (whole, base) in with.chars().zip(without.chars()) {
                assert_eq!(look(&whole.to_string()), look(&format!("{base}{mark}")), "{whole}");
            }
        }
        assert_eq!(FOREIGN.chars().count(), LATIN.chars().count());
    }
}
