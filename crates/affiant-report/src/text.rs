//! Text for a terminal: wrapped to its width, and with nothing in it that a terminal obeys.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The narrowest width that text is wrapped to, in columns.
pub const MIN_WIDTH: usize = 40;

/// The text on one line, with control and bidirectional characters shown by their numbers,
/// as `<U+202E>`. Letters of any script are left as they are.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_invisible(c) {
            write!(shown, "<U+{:04X}>", u32::from(c)).expect("writing to a string");
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Controls, line and paragraph separators, bidirectional controls (UAX #9), and characters
/// that print as nothing and so can hide text or make two names look alike (UTS #39). The
/// joiners that Persian and Indic scripts need are not among them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}'
            | '\u{061C}' | '\u{200E}' | '\u{200F}'
            | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
            | '\u{2028}' | '\u{2029}'
            | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
        )
}

/// A paragraph wrapped to `width` columns, each line after `indent`, those after the first
/// two columns further in. It ends with a line feed.
pub fn paragraph(text: &str, indent: &str, width: usize) -> String {
    let further = format!("{indent}  ");
    let options = textwrap::Options::new(width.max(MIN_WIDTH))
        .initial_indent(indent)
        .subsequent_indent(&further)
        .break_words(false);
    let mut wrapped = textwrap::fill(text, options);
    wrapped.push('\n');
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_by_number() {
        assert_eq!(visible("a\u{202e}b\u{1b}[2J"), "a<U+202E>b<U+001B>[2J");
        assert_eq!(visible("Əli Hüseynov, Мехман, محمد"), "Əli Hüseynov, Мехман, محمد");
    }

    #[test]
    fn a_paragraph_hangs() {
        let text = "one two three four five six seven eight nine ten";
        assert_eq!(
            paragraph(text, "  ", 40),
            "  one two three four five six seven\n    eight nine ten\n"
        );
    }
}
