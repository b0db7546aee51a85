//! CSV tables that French spreadsheet programs open by a double click.
//!
//! RFC 4180 except for the separator: `;`, because French uses the comma in decimals. A byte order
//! mark tells Excel that the text is UTF-8. Every cell is quoted, and a cell that a spreadsheet
//! would take for a formula gets an apostrophe in front (OWASP, "CSV Injection"). So does a cell
//! whose display a spreadsheet would change: "1.2.1" into a day, "007" into 7.
//!
//! Where the separator is the comma, a double click splits the rows at commas and line ends within
//! cells: such a parser sees the quotes of a second cell in the middle of the first. So a sign that
//! would begin a cell there gets an apostrophe too.

/// The text of a file with these rows.
#[must_use]
pub fn write<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>) -> String {
    let mut text = String::from('\u{feff}');
    for row in rows {
        for (index, cell) in row.as_ref().iter().enumerate() {
            if index > 0 {
                text.push(';');
            }
            push(&mut text, cell);
        }
        text.push_str("\r\n");
    }
    text
}

fn push(text: &mut String, cell: &str) {
    text.push('"');
    if cell.starts_with(starts_formula) || is_shown_otherwise(cell) {
        text.push('\'');
    }
    let mut begins = false;
    for c in cell.chars() {
        if begins && starts_formula(c) && !ends_line(c) {
            text.push('\'');
        }
        if c == '"' {
            text.push('"');
        }
        text.push(c);
        // A quote that opens a cell is not part of it.
        begins = c == ',' || ends_line(c) || (begins && c == '"');
    }
    text.push('"');
}

fn ends_line(c: char) -> bool {
    matches!(c, '\r' | '\n')
}

/// Whether a spreadsheet may evaluate a cell that begins with this character. Spreadsheets for some
/// input methods treat full-width forms, and the minus sign, like the ASCII ones.
fn starts_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠' | '−')
}

/// Characters next to digits in numbers, amounts, days and times.
const IN_VALUES: &str = ".,:/-+−%()'’ \u{a0}\u{202f}€$£";

/// The words that spreadsheets recognise in days and times, and those for true and false. Months
/// are also recognised by their first letters.
const MONTHS: [&str; 22] = [
    "janvier",
    "février",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "decembre",
    "january",
    "february",
    "april",
    "may",
    "june",
    "july",
    "august",
];
const WORDS: [&str; 16] = [
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "am", "pm", "e", "h",
    "eur", "vrai", "faux", "true", "false",
];

/// Whether a spreadsheet would parse a cell as a number, a day or the like, and change its display.
/// Days as this app writes them and short whole numbers keep their display.
fn is_shown_otherwise(cell: &str) -> bool {
    let in_word = |c: char| c.is_ascii_alphabetic() || "éÉûÛ".contains(c);
    let known = |c: char| in_word(c) || c.is_ascii_digit() || IN_VALUES.contains(c);
    let words = || cell.split(|c| !in_word(c)).filter(|word| !word.is_empty());
    let has_digit = cell.contains(|c: char| c.is_ascii_digit());
    let is_truth = || words().count() == 1 && words().all(|word| is_one_of(word, &WORDS[12..]));
    let is_value = cell.chars().all(known)
        && words().all(|word| is_month(word) || is_one_of(word, &WORDS))
        && (has_digit || is_truth());
    is_value && !is_day(cell) && !is_short_number(cell)
}

fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn is_month(word: &str) -> bool {
    let begins = |month: &&str| {
        month.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    word.chars().count() > 2 && MONTHS.iter().any(begins)
}

/// Matches days such as 2021-03-12.
fn is_day(cell: &str) -> bool {
    let form = cell.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    form.eq(*b"0000-00-00")
}

fn is_short_number(cell: &str) -> bool {
    let digits = cell.bytes().all(|byte| byte.is_ascii_digit());
    digits && cell.len() < 10 && (cell.len() == 1 || !cell.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[&str]) -> String {
        let row: Vec<_> = cells.iter().map(|&cell| cell.to_owned()).collect();
        write([row]).trim_start_matches('\u{feff}').to_owned()
    }

    #[test]
    fn rows_end_as_windows_ends_them_and_the_file_says_it_is_utf_8() {
        assert_eq!(write([["a".to_owned()], ["é".to_owned()]]), "\u{feff}\"a\"\r\n\"é\"\r\n");
    }

    #[test]
    fn separators_quotes_and_ends_of_lines_stay_in_their_cell() {
        assert_eq!(
            line(&["a;b", "« c \"d\" »", "e\nf"]),
            "\"a;b\";\"« c \"\"d\"\" »\";\"e\nf\"\r\n"
        );
    }

    #[test]
    fn what_would_be_calculated_is_only_text() {
        for start in ["=", "+", "-", "@", "\t", "\r", "\n", "＝"] {
            assert_eq!(line(&[&format!("{start}1+1")]), format!("\"'{start}1+1\"\r\n"));
        }
        assert_eq!(line(&["un-1", " =1"]), "\"un-1\";\" =1\"\r\n");
    }

    #[test]
    fn what_would_begin_a_cell_after_a_comma_or_in_a_new_line_is_only_text() {
        assert_eq!(
            line(&["x,=1", "y\n\n-2", "z,\"\"@3", "fini ;-)"]),
            "\"x,'=1\";\"y\n\n'-2\";\"z,\"\"\"\"'@3\";\"fini ;-)\"\r\n"
        );
    }

    #[test]
    fn what_would_be_shown_otherwise_is_only_text() {
        for written in [
            "1.2.1",
            "3/4",
            "007",
            "1,5",
            "0388665430",
            "12 mars 2021",
            "mars 2021",
            "Sept. 21",
            "lundi 3 mai",
            "10:30",
            "10:30 pm",
            "1e5",
            "50 %",
            "12 €",
            "1 000",
            "(3)",
            "vrai",
            "FALSE",
            "12345678901234567890",
        ] {
            assert_eq!(line(&[written]), format!("\"'{written}\"\r\n"));
        }
        for written in [
            "",
            "0",
            "15",
            "2021-03-12",
            "3 ateliers",
            "page 4",
            "marche 4",
            "mars",
            "e",
            "oui",
            "vrai ?",
            "Objectif 1.2.1",
            "appareil 00c0ffee",
            "3 !",
            "été 2021",
            "…",
        ] {
            assert_eq!(line(&[written]), format!("\"{written}\"\r\n"));
        }
    }
}
