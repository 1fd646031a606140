//! Passages in quotation marks, by every convention that sets them in pairs.
//!
//! `“…”`, `„…“`, `„…”`, `«…»`, `»…«`, `‘…’`, `"…"`, `'…'`, `「…」`: the outermost pair counts. A
//! quotation of several paragraphs may open each of them again. A mark whose partner is missing is
//! reported, and its passage ends with the paragraph, which says nothing of where it does.
//!
//! An apostrophe is no mark: `’` and `'` close only what such a mark opened, and not before a
//! letter. Straight single marks without a partner, and `"` after a number, are none either.

use std::ops::Range;

/// The most passages of one text.
pub const MAX_PASSAGES: usize = 10_000;

/// A passage in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Its bytes, without the marks.
    pub inner: Range<usize>,
    /// Its bytes, with the marks.
    pub outer: Range<usize>,
    /// The mark that opens it.
    pub open: char,
    /// The mark that closes it; none where it is missing.
    pub close: Option<char>,
}

impl Marked {
    /// Whether it has both its marks.
    pub fn is_balanced(&self) -> bool {
        self.close.is_some()
    }
}

/// The passages of a text, and the marks that close nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passages {
    /// In order, apart from each other.
    pub passages: Vec<Marked>,
    /// Where a mark closes a passage that no mark opened.
    pub strays: Vec<Range<usize>>,
    /// Whether there are more than [`MAX_PASSAGES`], the rest of which are not listed.
    pub cut_short: bool,
}

/// Finds the passages in quotation marks.
pub fn passages(text: &str) -> Passages {
    let mut reader = Reader {
        text,
        open: None,
        found: Passages::default(),
    };
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        if at < skip_to {
            continue;
        }
        if reader.found.passages.len() >= MAX_PASSAGES {
            reader.found.cut_short = true;
            return reader.found;
        }
        if c == '\n'
            && text[at + 1..]
                .trim_start_matches([' ', '\t', '\r', '\u{a0}'])
                .starts_with('\n')
        {
            skip_to = reader.paragraph_ends(at);
        } else {
            reader.read(at, c);
        }
    }
    reader.give_up(text.trim_end().len());
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    open: Option<(usize, char)>,
    found: Passages,
}

impl Reader<'_> {
    fn read(&mut self, at: usize, c: char) {
        let before = self.text[..at].chars().next_back();
        let after = self.text[at + c.len_utf8()..].chars().next();
        let blank_before =
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | ':' | '>' | '/'));
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let text_after = after.is_some_and(|c| !c.is_whitespace());
        match (self.open, c) {
            (None, '“' | '„' | '«' | '「' | '『' | '‹') => self.open = Some((at, c)),
            (None, '»') if blank_before && text_after => self.open = Some((at, c)),
            (None, '‘') if text_after => self.open = Some((at, c)),
            (None, '"') if blank_before && text_after => self.open = Some((at, c)),
            (None, '"') if before.is_some_and(char::is_numeric) => {}
            (None, '"')
                if text_after && !letter(before) && !before.is_some_and(|c| matches!(c, '.' | ',' | '?' | '!')) =>
            {
                self.open = Some((at, c));
            }
            (None, '\'') if blank_before && letter(after) && self.closes_later(at) => self.open = Some((at, c)),
            (None, '”' | '"' | '»' | '」' | '』') => self.found.strays.push(at..at + c.len_utf8()),
            (Some((start, open)), _) if closes(open, c) => {
                let apostrophe = matches!(c, '’' | '\'') && letter(after);
                if !apostrophe {
                    self.close(start, open, at, c);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, start: usize, open: char, at: usize, c: char) {
        self.found.passages.push(Marked {
            inner: start + open.len_utf8()..at,
            outer: start..at + c.len_utf8(),
            open,
            close: Some(c),
        });
        self.open = None;
    }

    /// Whether a straight single mark that opens here has a partner in its paragraph.
    fn closes_later(&self, at: usize) -> bool {
        const FAR: usize = 2000;
        let rest = &self.text[at + 1..];
        let paragraph = rest.find("\n\n").map_or(rest, |end| &rest[..end]);
        let mut marks = paragraph
            .char_indices()
            .take_while(|(at, _)| *at < FAR)
            .filter(|(_, c)| *c == '\'');
        marks.any(|(place, _)| {
            let before = paragraph[..place].chars().next_back();
            let after = paragraph[place + 1..].chars().next();
            before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric()) && place > 1
        })
    }

    /// At the end of a paragraph: where to read on. A passage goes on where the next paragraph opens it again.
    fn paragraph_ends(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let next = at + rest.len() - rest.trim_start().len();
        if let Some((_, open)) = self.open {
            if self.text[next..].starts_with(open) {
                return next + open.len_utf8();
            }
            self.give_up(at);
        }
        next
    }

    /// The passage that is open ends here, as its mark does not come.
    fn give_up(&mut self, at: usize) {
        let Some((start, open)) = self.open.take() else { return };
        let inner = start + open.len_utf8();
        self.found.passages.push(Marked {
            inner: inner..at.max(inner),
            outer: start..at.max(inner),
            open,
            close: None,
        });
    }
}

fn closes(open: char, c: char) -> bool {
    match open {
        '“' => c == '”',
        '„' => matches!(c, '“' | '”' | '‟'),
        '«' => c == '»',
        '»' => c == '«',
        '‹' => c == '›',
        '‘' => c == '’',
        '「' => c == '」',
        '『' => c == '』',
        _ => c == open,
    }
}
