//! Paragraphs, wrapped to the width of a terminal.

/// The narrowest width that text is wrapped to, in columns.
const MIN_WIDTH: usize = 40;

/// A paragraph wrapped to `width` columns, each line after `indent`, those after the first
/// two columns further in. It ends with a line feed.
pub fn paragraph(text: &str, indent: &str, width: usize) -> String {
    let further = format!("{indent}  ");
    let options = textwrap::Options::new(width.max(MIN_WIDTH))
        .initial_indent(indent)
        .subsequent_indent(&further)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .break_words(false);
    let mut wrapped = textwrap::fill(text, options);
    wrapped.push('\n');
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_hangs() {
        let text = "one two three four five six seven eight nine ten";
        assert_eq!(
            paragraph(text, "  ", 40),
            "  one two three four five six seven\n    eight nine ten\n"
        );
    }
}
