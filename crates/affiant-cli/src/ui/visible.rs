//! Outside text made safe to look at.
//!
//! ```text
//! invoice<U+202E>fdp.exe
//! ```
//!
//! A terminal obeys control characters, and bidirectional controls reorder what is read (Unicode UAX #9 and
//! TR #36). They are shown by their number instead. Letters of any script, and the joiners that Persian and Indic
//! scripts need, are left as they are.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text on one line, with control and bidirectional characters and line breaks shown by their numbers.
pub fn visible(text: &str) -> Cow<'_, str> {
    escape(text, is_invisible)
}

/// The same, but line breaks and tabs stay: for words that are shown as a block.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    escape(text, |c| is_invisible(c) && c != '\n' && c != '\t')
}

fn escape(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hidden(c) {
            write!(shown, "<U+{:04X}>", u32::from(c)).expect("writing to a String does not fail");
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Controls (C0, C1), line and paragraph separators, bidirectional controls, and characters that print as nothing
/// at all and so can hide text or make two names look alike.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' // soft hyphen
            | '\u{061C}' | '\u{200E}' | '\u{200F}' // bidirectional marks
            | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' // zero width, word joiner, byte order mark
            | '\u{2028}' | '\u{2029}'
            | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' // bidirectional embeddings, overrides, isolates
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}' // tags
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_by_number() {
        assert_eq!(visible("\u{1b}[2Jgone\r\n"), "<U+001B>[2Jgone<U+000D><U+000A>");
        assert_eq!(visible("invoice\u{202e}fdp.exe"), "invoice<U+202E>fdp.exe");
        assert_eq!(visible_lines("one\n\ttwo\u{9b}31m"), "one\n\ttwo<U+009B>31m");
    }

    #[test]
    fn letters_of_any_script_are_left_alone() {
        for text in [
            "Məktub, 10 yanvar",
            "می\u{200c}خواهم",
            "письмо",
            "आप\u{200d}",
            "👩\u{200d}⚖\u{fe0f}",
        ] {
            assert!(matches!(visible(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }
}
