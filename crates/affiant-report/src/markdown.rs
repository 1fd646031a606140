//! Text of records and of this program within Markdown (CommonMark 0.31.2), so that nothing in
//! it is read as a mark, a link or HTML.
//!
//! ```text
//! He said *never* <b> | [sic]   becomes   He said \*never\* \<b> \| \[sic]
//! ```

use crate::visible::visible;

/// Escapes what CommonMark or a table would read as a mark.
///
/// Only the opening of a link, of HTML and of an entity is escaped: without it the rest is text.
pub fn inline(text: &str) -> String {
    let text = visible(text);
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '~' | '[' | '<' | '&' | '|' | '!') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// As [`inline`], at the beginning of a line, where more is a mark.
pub fn block(text: &str) -> String {
    let escaped = inline(text.trim_start());
    let digits = escaped.len() - escaped.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numbered = digits > 0 && escaped[digits..].starts_with(['.', ')']);
    if numbered {
        let (number, rest) = escaped.split_at(digits);
        return format!("{number}\\{rest}");
    }
    if escaped.starts_with(['#', '>', '-', '+', '=']) {
        return format!("\\{escaped}");
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_record_holds_is_no_markup() {
        assert_eq!(
            inline("*a* <b>|[x](y) `z` &amp; ~~q~~"),
            "\\*a\\* \\<b>\\|\\[x](y) \\`z\\` \\&amp; \\~\\~q\\~\\~"
        );
        assert_eq!(block("# no heading"), "\\# no heading");
        assert_eq!(block("12. no list"), "12\\. no list");
        assert_eq!(block("- no list"), "\\- no list");
        assert_eq!(block("5-6 years"), "5-6 years");
        assert_eq!(inline("Мехман, محمد, İlqar"), "Мехман, محمد, İlqar");
        assert_eq!(inline("a\nb"), "a⟨U+000A⟩b");
    }
}
