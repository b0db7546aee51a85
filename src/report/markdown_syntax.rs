//! Text that Markdown (`CommonMark` with tables) leaves as it is.

/// A line that Markdown leaves as it is: whatever could be a mark has a backslash before it.
pub(super) fn escaped(line: &str) -> String {
    let line = line.trim();
    let mut escaped = String::with_capacity(line.len());
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (index, c) in line.char_indices() {
        // These make lists and rules, but only where a line begins; # also ends a heading.
        let leads = (index == 0 && "+-=:".contains(c))
            || (index > 0 && index == digits && ".)".contains(c));
        // Nothing of one line begins another.
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
