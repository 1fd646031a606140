//! A quotation as its writer marked it up: words, ellipses, brackets, notes and covered letters.
//!
//! `“[H]e said … the [witness] was s***ed [sic]”` is a word with a letter in brackets, `said`, an
//! ellipsis, `the`, words in brackets, `was`, a word with letters covered, and a note.
//!
//! What is read: `...`, `…`, `. . .` and each of them in brackets; `[words]`, which stand for
//! others or are added; `[H]is` and `walk[ed]`, where a part of a word is the writer's; `[sic]` and
//! `[emphasis added]`, which stand for nothing; `[inaudible]`, `[redacted]`, `[expletive]`, which
//! stand for words that are not given; `s***`, which covers letters. Round brackets are
//! punctuation, for sources have them too. Nothing is looked up here.

use std::ops::Range;

use crate::text::{Casing, Kind, Token, TooLong, tokens};

use super::unit::{Unit, units};

/// The most words of one quotation. Longer texts are compared as a whole, by collation.
pub const MAX_WORDS: usize = 3000;

/// The longest text in brackets, in bytes; longer ones are taken for words.
const MAX_BRACKETS: usize = 200;

/// The most things that one quotation consists of.
const MAX_ITEMS: usize = MAX_WORDS + 1000;

/// Why a text is not checked as one quotation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuotationError {
    /// There is nothing but blanks, or marks that stand for nothing.
    #[error("the quotation is empty")]
    Empty,
    /// It has more than [`MAX_WORDS`] words.
    #[error("the quotation has more than {MAX_WORDS} words, which is the most that is looked for as one passage")]
    TooManyWords,
    /// It is longer than any text that is read as words.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// A passage of which somebody says that it is a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation<'t> {
    /// The text, without the space and the quotation marks around it.
    pub text: &'t str,
    pub(super) items: Vec<Item>,
}

/// One thing in a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// Its bytes in the quotation.
    pub span: Range<usize>,
    pub what: What,
}

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A word or a part of one.
    Word(Unit),
    /// A word with a part in brackets: the whole word in its comparison form, and what stands
    /// outside of the brackets before and after them.
    Partial {
        whole: String,
        before: String,
        after: String,
    },
    /// Words in brackets that stand for others, or are added.
    Bracket(Vec<String>),
    /// Words that are said not to be given: inaudible, redacted, an expletive.
    Missing(Vec<String>),
    /// A word of which letters are covered: what is seen before and after.
    Covered { before: String, after: String },
    /// An ellipsis; whether it stands in brackets, where it cannot be the source's own.
    Ellipsis { bracketed: bool },
    /// A note that stands for nothing.
    Note,
}

impl<'t> Quotation<'t> {
    /// Reads a quotation. The quotation marks around the whole of it are taken off where they are a pair.
    ///
    /// # Errors
    /// [`QuotationError`].
    pub fn parse(text: &'t str, casing: Casing) -> Result<Quotation<'t>, QuotationError> {
        let text = without_marks(text.trim());
        let cut = tokens(text)?;
        // A word has at least a letter and a mark or space around it; this bounds the work on what is refused.
        if cut.iter().filter(|token| token.is_word()).count() > MAX_WORDS {
            return Err(QuotationError::TooManyWords);
        }
        let items = Reader {
            text,
            tokens: &cut,
            casing,
            items: Vec::new(),
            at: 0,
        }
        .read();
        if text.is_empty() || items.len() > MAX_ITEMS {
            return Err(if text.is_empty() {
                QuotationError::Empty
            } else {
                QuotationError::TooManyWords
            });
        }
        Ok(Quotation { text, items })
    }

    /// How many words it has of its own, each part of a contraction counted.
    pub fn words(&self) -> usize {
        let own = |item: &&Item| matches!(item.what, What::Word(_) | What::Partial { .. } | What::Covered { .. });
        self.items.iter().filter(own).count()
    }
}

/// The pairs of quotation marks that may enclose a whole quotation.
const PAIRS: [(char, char); 9] = [
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('«', '»'),
    ('»', '«'),
    ('‹', '›'),
    ('‘', '’'),
    ('"', '"'),
    ('\'', '\''),
];

/// The text within the one pair of quotation marks that encloses all of it.
fn without_marks(text: &str) -> &str {
    for (open, close) in PAIRS {
        let inner = text.strip_prefix(open).and_then(|inner| inner.strip_suffix(close));
        if let Some(inner) =
            inner.filter(|inner| !inner.contains([open, close]) || !open.is_ascii() && paired(inner, open, close))
        {
            return inner.trim();
        }
    }
    text
}

/// Whether the marks within a text are pairs of their own.
fn paired(text: &str, open: char, close: char) -> bool {
    let mut depth = 0_usize;
    for c in text.chars() {
        if c == open {
            depth += 1;
        } else if c == close {
            // An apostrophe looks like the end of a quotation within single marks.
            let Some(less) = depth.checked_sub(1) else {
                return close == '’';
            };
            depth = less;
        }
    }
    depth == 0
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    casing: Casing,
    items: Vec<Item>,
    at: usize,
}

impl Reader<'_> {
    fn read(mut self) -> Vec<Item> {
        let mut plain = 0;
        while self.at < self.tokens.len() {
            let token = &self.tokens[self.at];
            let here = self.at;
            let found = match token.kind {
                Kind::Ellipsis => Some((self.at + 1, What::Ellipsis { bracketed: false })),
                Kind::Open if matches!(token.of(self.text), "[" | "［") => self.bracketed(),
                Kind::Open => self.parenthesis(),
                Kind::Mark if matches!(token.of(self.text), "*" | "•" | "█" | "■") => self.covered(),
                _ => None,
            };
            let Some((next, what)) = found else {
                self.at += 1;
                continue;
            };
            // A word whose beginning stands before the bracket or the asterisks is part of the item.
            let partial = matches!(what, What::Partial { .. } | What::Covered { .. });
            let first = if partial && here > plain && self.joined(here - 1) && self.tokens[here - 1].is_word() {
                here - 1
            } else {
                here
            };
            self.words(plain, first);
            let span = self.tokens[first].span().start..self.tokens[next - 1].span().end;
            self.item(span, what);
            self.at = next;
            plain = next;
        }
        self.words(plain, self.tokens.len());
        self.items
    }

    /// Takes one thing. Of a contraction with a part in brackets, `[D]on't`, the parts are things of their own.
    fn item(&mut self, span: Range<usize>, what: What) {
        let What::Partial { whole, before, after } = what else {
            self.items.push(Item { span, what });
            return;
        };
        let whole = self.units_of(&whole);
        let alone = whole.len() == 1;
        for (part, mut unit) in whole.into_iter().enumerate() {
            let what = if part == 0 {
                What::Partial {
                    whole: unit.form,
                    before: if alone { before.clone() } else { String::new() },
                    after: if alone { after.clone() } else { String::new() },
                }
            } else {
                unit.span = span.clone();
                What::Word(unit)
            };
            self.items.push(Item {
                span: span.clone(),
                what,
            });
        }
    }

    /// Takes the tokens from `from` to `to` as words.
    fn words(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        // Marks before the first word decide what stands before it, so that the tokens are folded together.
        for unit in units(self.text, &self.tokens[from..to], 0, self.casing) {
            self.items.push(Item {
                span: unit.span.clone(),
                what: What::Word(unit),
            });
        }
    }

    /// Whether a token and the next stand together without a space.
    fn joined(&self, at: usize) -> bool {
        self.tokens
            .get(at + 1)
            .is_some_and(|next| self.tokens[at].span().end == next.span().start)
    }

    /// At `[`: what the brackets hold, and the token after them.
    fn bracketed(&self) -> Option<(usize, What)> {
        let close = self.closing(&["]", "］"])?;
        let inner = self.inner(close);
        let next = close + 1;
        let before = self
            .at
            .checked_sub(1)
            .filter(|at| self.joined(*at) && self.tokens[*at].is_word());
        let after = Some(next).filter(|at| self.joined(close) && self.tokens[*at].is_word());
        let one_part = !inner.contains(char::is_whitespace) && inner.chars().all(char::is_alphabetic);
        if one_part && (before.is_some() || after.is_some()) {
            let written = |at: Option<usize>| at.map_or("", |at| self.tokens[at].of(self.text));
            let whole = format!("{}{inner}{}", written(before), written(after));
            let part = |text: &str| self.folded(text).concat();
            return Some((
                after.map_or(next, |at| at + 1),
                What::Partial {
                    whole,
                    before: part(written(before)),
                    after: part(written(after)),
                },
            ));
        }
        Some((next, self.note_or_words(inner)))
    }

    /// At `(`: only a note or an ellipsis, which no source has in round brackets as words.
    fn parenthesis(&self) -> Option<(usize, What)> {
        let close = self.closing(&[")", "）"])?;
        let what = self.note_or_words(self.inner(close));
        matches!(what, What::Note | What::Ellipsis { .. }).then_some((close + 1, what))
    }

    fn note_or_words(&self, inner: &str) -> What {
        let plain = inner.trim().trim_end_matches(['.', '!', '?', ':', ';']).to_lowercase();
        let dots = |c: char| matches!(c, '.' | '…' | ' ' | '\u{a0}' | '—' | '–' | '-');
        if !inner.trim().is_empty() && inner.chars().all(dots) {
            return What::Ellipsis { bracketed: true };
        }
        let note = matches!(
            plain.as_str(),
            "sic" | "thus" | "so" | "emphasis mine" | "italics mine" | "my emphasis"
        ) || [
            "emphasis",
            "italics",
            "footnote",
            "footnotes",
            "citation",
            "citations",
            "sic",
        ]
        .iter()
        .any(|first| {
            plain.strip_prefix(first).is_some_and(|rest| {
                matches!(
                    rest.trim_start_matches(&[' ', ',', '-'][..]),
                    "added"
                        | "ours"
                        | "omitted"
                        | "in original"
                        | "in the original"
                        | "supplied"
                        | "deleted"
                        | "passim"
                        | "erat scriptum"
                )
            })
        });
        if note {
            return What::Note;
        }
        let words = self.folded(inner);
        let missing = [
            "inaudible",
            "indiscernible",
            "unintelligible",
            "crosstalk",
            "redacted",
            "expletive",
            "expletives",
            "bleep",
            "bleeped",
            "profanity",
            "censored",
            "deleted",
            "blank",
            "illegible",
            "unclear",
        ];
        if words.first().is_some_and(|first| missing.contains(&first.as_str())) && words.len() <= 3 {
            return What::Missing(words);
        }
        What::Bracket(words)
    }

    /// At `*` or the like: two and more of them, with the letters of the word that they stand in.
    fn covered(&self) -> Option<(usize, What)> {
        let mark = self.tokens[self.at].of(self.text);
        let mut last = self.at;
        while self.joined(last) && self.tokens[last + 1].of(self.text) == mark {
            last += 1;
        }
        let next = last + 1;
        let before = self
            .at
            .checked_sub(1)
            .filter(|at| self.joined(*at) && self.tokens[*at].is_word());
        let after = Some(next).filter(|at| self.joined(last) && self.tokens[*at].is_word());
        if last == self.at && (before.is_none() || after.is_none()) {
            return None;
        }
        let part =
            |at: Option<usize>| at.map_or(String::new(), |at| self.folded(self.tokens[at].of(self.text)).concat());
        Some((
            after.map_or(next, |at| at + 1),
            What::Covered {
                before: part(before),
                after: part(after),
            },
        ))
    }

    /// The token that closes the brackets which open here, if they hold no others and little text.
    fn closing(&self, closes: &[&str]) -> Option<usize> {
        let start = self.tokens[self.at].span().end;
        for (offset, token) in self.tokens[self.at + 1..].iter().enumerate() {
            if token.span().start - start > MAX_BRACKETS || token.kind == Kind::Open {
                return None;
            }
            if closes.contains(&token.of(self.text)) {
                return Some(self.at + 1 + offset);
            }
        }
        None
    }

    fn inner(&self, close: usize) -> &str {
        &self.text[self.tokens[self.at].span().end..self.tokens[close].span().start]
    }

    /// The comparison forms of a piece of text.
    fn folded(&self, piece: &str) -> Vec<String> {
        self.units_of(piece).into_iter().map(|unit| unit.form).collect()
    }

    fn units_of(&self, piece: &str) -> Vec<Unit> {
        let cut = tokens(piece).expect("a piece of a text within the limit is within it");
        units(piece, &cut, 0, self.casing)
    }
}
