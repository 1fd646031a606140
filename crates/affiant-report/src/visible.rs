//! Characters that are not seen, or that change what is seen around them, made visible.

use std::borrow::Cow;
use std::fmt::Write;

/// Writes control, bidirectional and other unseen characters as `⟨U+202E⟩`.
///
/// What stays as it is: letters of every script, right-to-left ones included, combining
/// marks, and the two joiners U+200C and U+200D, which Persian and Indic scripts are
/// written with.
pub fn visible(text: &str) -> Cow<'_, str> {
    escape(text, is_unseen)
}

fn escape(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if hidden(character) {
            let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Writes the unseen characters outside ASCII in JSON as escapes (RFC 8259, section 7).
/// They can stand only within strings, and ASCII ones are escaped there already.
pub fn escape_in_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for character in json.chars() {
        if !character.is_ascii() && is_unseen(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else if character == '\u{7f}' {
            shown.push_str("\\u007f");
        } else {
            shown.push(character);
        }
    }
    shown
}

fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether text has letters that are written from right to left.
pub fn has_right_to_left(text: &str) -> bool {
    text.chars().any(|character| {
        matches!(character,
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_made_visible() {
        assert_eq!(visible("a\u{1b}[31mb\n"), "a⟨U+001B⟩[31mb⟨U+000A⟩");
        assert_eq!(visible("\u{2066}x\u{2069}\u{e0041}"), "⟨U+2066⟩x⟨U+2069⟩⟨U+E0041⟩");
        for kept in ["Мехман", "محمد", "שלום", "می\u{200c}خواهم", "é", "Hüseynov – “x”"] {
            assert!(matches!(visible(kept), Cow::Borrowed(_)), "{kept}");
        }
    }

    #[test]
    fn json_keeps_its_meaning() {
        let text = "a\u{202e}b\u{e0041}\u{7f}\u{85}Й";
        let json = escape_in_json(&serde_json::to_string(text).expect("a string"));
        assert!(!json.contains(is_unseen));
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
    }
}
