//! Tables for spreadsheets, in the form that French ones open by a double click.
//!
//! RFC 4180 but for the separator: `;`, because the decimal comma has taken the comma. A byte
//! order mark tells Excel that the text is UTF-8. Every cell is quoted, and a cell that a
//! spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection").

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
    if cell.starts_with(starts_formula) {
        text.push('\'');
    }
    for c in cell.chars() {
        if c == '"' {
            text.push('"');
        }
        text.push(c);
    }
    text.push('"');
}

/// Whether a spreadsheet may calculate what begins so. The wide forms are taken for the plain ones
/// by some input methods' spreadsheets.
fn starts_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
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
        assert_eq!(line(&["1-1", " =1"]), "\"1-1\";\" =1\"\r\n");
    }
}
