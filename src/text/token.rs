//! Words, numbers and marks of a text, each by its byte span.
//!
//! `well-known [laughter] it’s--` is `well-known`, `[`, `laughter`, `]`, `it’s`, `--`.
//!
//! Word boundaries are those of UAX 29, with these additions: a hyphen between two words without
//! a space joins them, but not between two numbers (`5-6`); `--`, `...` and `. . .` are one token;
//! a colon joins two numbers (`10:30`) and never two words; a zero-width space inside a word does
//! not end it; and invisible characters at a token's edge are left outside of it. What stands
//! between tokens is spaces and invisible characters. Nothing is folded here.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::hidden::is_invisible;
use super::{TooLong, within_limit};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Letters, with inner apostrophes and hyphens: `it’s`, `F-16`, `20-year-old`.
    Word,
    /// Begins with a digit: `7`, `1,000`, `2nd`, `10:30`, `1990s`.
    Number,
    /// Two and more full stops, `…`, or three spaced ones.
    Ellipsis,
    /// A dash, or hyphens that join no two words.
    Dash,
    /// A quotation mark or an apostrophe that is not inside a word.
    Quote,
    /// `[`, `(`, `{` and their like.
    Open,
    /// `]`, `)`, `}` and their like.
    Close,
    /// Any other mark: `.`, `?`, `$`, an emoji.
    Mark,
}

/// A word, a number or a mark, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    start: u32,
    end: u32,
    /// What it is.
    pub kind: Kind,
}

impl Token {
    /// Its bytes in the text that it was cut from.
    pub fn span(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Its letters as they stand in `text`, the text that it was cut from.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span()]
    }

    /// Whether it is a word or a number.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }

    /// Whether it is a quotation mark or an opening bracket, which may stand before any word.
    pub fn is_quoting(&self) -> bool {
        matches!(self.kind, Kind::Quote | Kind::Open)
    }

    /// The same token of a text in which the text that it was cut from begins at byte `by`.
    pub(crate) fn shifted(self, by: usize) -> Self {
        let span = self.span();
        Self::at(span.start + by..span.end + by, self.kind)
    }

    /// `start..end`, which the limit of a text's length keeps within 32 bits.
    fn at(span: Range<usize>, kind: Kind) -> Self {
        let narrow = |at: usize| u32::try_from(at).expect("a text within MAX_TEXT has 32-bit places");
        Self {
            start: narrow(span.start),
            end: narrow(span.end),
            kind,
        }
    }
}

/// Cuts a text into tokens, in the order of the text and without overlap. Takes time and room in
/// proportion to the text.
///
/// # Errors
/// [`TooLong`].
pub fn tokens(text: &str) -> Result<Vec<Token>, TooLong> {
    within_limit(text)?;
    let mut cut = Cut {
        text,
        tokens: Vec::with_capacity(text.len() / 5 + 1),
    };
    for (start, piece) in text.split_word_bound_indices() {
        cut.piece(start, piece);
    }
    Ok(cut.tokens)
}

/// The tokens so far; each new piece either lengthens the last one or begins another.
struct Cut<'t> {
    text: &'t str,
    tokens: Vec<Token>,
}

impl Cut<'_> {
    fn piece(&mut self, start: usize, piece: &str) {
        // UAX 29 keeps `Smith:Yes` together for the sake of Swedish abbreviations.
        if piece.contains(':') && piece.len() > 1 {
            let mut from = start;
            for part in piece.split_inclusive(':') {
                let word = part.trim_end_matches(':');
                self.visible(from, word);
                if word.len() < part.len() {
                    self.visible(from + word.len(), ":");
                }
                from += part.len();
            }
        } else {
            self.visible(start, piece);
        }
    }

    /// Takes a piece without the invisible characters at its edges.
    fn visible(&mut self, start: usize, piece: &str) {
        let unseen = |c: char| c.is_whitespace() || is_invisible(c);
        let inner = piece.trim_start_matches(unseen);
        let start = start + piece.len() - inner.len();
        let inner = inner.trim_end_matches(unseen);
        let Some(first) = inner.chars().next() else { return };
        let kind = kind_of(inner, first);
        let span = start..start + inner.len();
        if !self.joined(&span, kind) {
            self.tokens.push(Token::at(span, kind));
        }
    }

    /// Lengthens the last token, or the last two, where the new piece belongs to it.
    fn joined(&mut self, span: &Range<usize>, kind: Kind) -> bool {
        let Some(last) = self.tokens.last().copied() else {
            return false;
        };
        let gap = &self.text[last.span().end..span.start];
        match kind {
            Kind::Dash if last.kind == Kind::Dash && gap.is_empty() => self.lengthen(1, span.end, Kind::Dash),
            Kind::Ellipsis | Kind::Mark => self.joined_dots(span, gap),
            Kind::Word | Kind::Number => {
                if gap.chars().all(is_invisible) && !gap.is_empty() && self.one_word(&last, span) {
                    return self.lengthen(1, span.end, last.kind);
                }
                gap.is_empty() && self.joined_by_mark(span, kind)
            }
            _ => false,
        }
    }

    /// `..` and `...`, and `. . .` from its third full stop on.
    fn joined_dots(&mut self, span: &Range<usize>, gap: &str) -> bool {
        let last = self.tokens[self.tokens.len() - 1];
        let dots = |text: &str| text.chars().all(|c| c == '.' || c == '…' || is_space(c));
        if !dots(&self.text[span.clone()]) || !dots(last.of(self.text)) {
            return false;
        }
        if gap.is_empty() {
            return self.lengthen(1, span.end, Kind::Ellipsis);
        }
        let one_space = |gap: &str| gap.chars().count() == 1 && gap.chars().all(is_space);
        if !one_space(gap) {
            return false;
        }
        if last.kind == Kind::Ellipsis {
            return last.of(self.text).contains(is_space) && self.lengthen(1, span.end, Kind::Ellipsis);
        }
        let [.., before, dot] = self.tokens[..] else {
            return false;
        };
        let between = &self.text[before.span().end..dot.span().start];
        before.of(self.text) == "." && one_space(between) && self.lengthen(2, span.end, Kind::Ellipsis)
    }

    /// `well` `-` `known` and `10` `:` `30`: the new piece is the third of them.
    fn joined_by_mark(&mut self, span: &Range<usize>, kind: Kind) -> bool {
        let [.., left, mark] = self.tokens[..] else {
            return false;
        };
        if left.span().end != mark.span().start || !left.is_word() {
            return false;
        }
        match mark.of(self.text) {
            // A range or a telephone number is several numbers; `F-16` is one word.
            "-" | "\u{2010}" | "\u{2011}" if left.kind == Kind::Word || kind == Kind::Word => {
                self.lengthen(2, span.end, Kind::Word)
            }
            ":" if left.kind == Kind::Number && kind == Kind::Number => self.lengthen(2, span.end, Kind::Number),
            _ => false,
        }
    }

    /// Whether the last token and the new piece would be one word but for what is invisible
    /// between them. Where a script writes no spaces, a zero-width space does end a word.
    fn one_word(&self, last: &Token, span: &Range<usize>) -> bool {
        let before = last.of(self.text).chars().next_back();
        let after = self.text[span.clone()].chars().next();
        let pair: String = before.into_iter().chain(after).collect();
        pair.split_word_bounds().count() == 1
    }

    /// Makes the last `count` tokens one that ends at `end`.
    fn lengthen(&mut self, count: usize, end: usize, kind: Kind) -> bool {
        let first = self.tokens.len() - count;
        let start = self.tokens[first].span().start;
        self.tokens.truncate(first);
        self.tokens.push(Token::at(start..end, kind));
        true
    }
}

/// A space that may stand between the points of an ellipsis.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn kind_of(piece: &str, first: char) -> Kind {
    match first {
        _ if first.is_numeric() => Kind::Number,
        _ if piece.chars().any(char::is_alphanumeric) => Kind::Word,
        '…' => Kind::Ellipsis,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2e3a}' | '\u{2e3b}' => Kind::Dash,
        '"' | '\'' | '`' | '´' | '«' | '»' | '\u{2018}'..='\u{201f}' | '‹' | '›' => Kind::Quote,
        '\u{300c}'..='\u{300f}' => Kind::Quote,
        '[' | '(' | '{' | '（' | '［' | '【' => Kind::Open,
        ']' | ')' | '}' | '）' | '］' | '】' => Kind::Close,
        _ => Kind::Mark,
    }
}
