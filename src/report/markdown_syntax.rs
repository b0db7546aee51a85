//! Escaping for Markdown (`CommonMark` with tables).

/// Escapes a line: every possible markup character gets a backslash.
pub(super) fn escaped(line: &str) -> String {
    let line = line.trim();
    let mut escaped = String::with_capacity(line.len());
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (index, c) in line.char_indices() {
        // These begin lists and rules only at the start of a line; # also ends a heading.
        let leads = (index == 0 && "+-=:".contains(c))
            || (index > 0 && index == digits && ".)".contains(c));
        // Line ends become spaces, so that the text stays one line.
        if matches!(c, '\n' | '\r') {
            escaped.push(' ');
            continue;
        }
        if leads || r"\`*_{}[]<>|~&$^#".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
