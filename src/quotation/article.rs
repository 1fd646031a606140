//! The quotations of an article, and whom it seems to give them to.
//!
//! `“I will not stop,” said Ann Example.` is one quotation; the words beside it name Ann Example.
//!
//! That a passage stands in quotation marks is a fact. Whose words the article says they are is
//! read by a rule, and is a suggestion that no check relies on: a name beside a verb of saying,
//! right before or after the marks. The rule was measured on no set.

use std::ops::Range;

use crate::text::lexicon::{is_function, is_pronoun};
use crate::text::{Casing, Kind, Token, TooLong, fold, tokens};

use super::marks::{Marked, Passages, passages};
use super::outcome::Excerpt;
use super::reporting::reports;

/// How much text beside a quotation is read for a name, in bytes.
const BESIDE: usize = 160;

/// The most words of a name.
const MAX_NAME: usize = 6;

/// Small words within names.
const WITHIN_NAMES: [&str; 14] = [
    "de", "del", "della", "den", "der", "di", "du", "von", "van", "bin", "ibn", "al", "oglu", "oğlu",
];

/// A quotation of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The passage and its marks.
    pub marked: Marked,
    /// The line where it begins, counted from 1.
    pub line: usize,
    /// Whom the words beside it name, as a suggestion.
    pub attribution: Option<Attribution>,
}

/// Where the words that name a speaker stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Before the quotation.
    Before,
    /// After it.
    After,
}

/// Whom an article seems to give a quotation to: a suggestion of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The words that were read: `said Ann Example`.
    pub words: Excerpt,
    /// The name among them; none where it is a pronoun, whose person is not worked out.
    pub name: Option<String>,
    /// Where they stand.
    pub position: Position,
}

/// The quotations of an article, in order, and the marks that close nothing.
///
/// # Errors
/// [`TooLong`].
pub fn quotations(text: &str) -> Result<(Vec<Quoted>, Passages), TooLong> {
    crate::text::within_limit(text)?;
    let found = passages(text);
    let mut quoted = Vec::with_capacity(found.passages.len());
    let (mut line, mut counted) = (1, 0);
    for (at, marked) in found.passages.iter().enumerate() {
        line += text[counted..marked.outer.start].matches('\n').count();
        counted = marked.outer.start;
        let after_last = at.checked_sub(1).map_or(0, |last| found.passages[last].outer.end);
        let before_next = found.passages.get(at + 1).map_or(text.len(), |next| next.outer.start);
        quoted.push(Quoted {
            marked: marked.clone(),
            line,
            attribution: attribution(text, marked, after_last, before_next),
        });
    }
    Ok((quoted, found))
}

fn attribution(text: &str, marked: &Marked, after_last: usize, before_next: usize) -> Option<Attribution> {
    let after = beside(text, marked.outer.end..before_next, false);
    if let Some(found) = Reading::of(text, after).after() {
        return Some(found);
    }
    let before = beside(text, after_last..marked.outer.start, true);
    Reading::of(text, before).before()
}

/// The text next to a quotation in its paragraph.
fn beside(text: &str, range: Range<usize>, at_end: bool) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    if at_end {
        start = start.max(end.saturating_sub(BESIDE));
        while !text.is_char_boundary(start) {
            start += 1;
        }
        start = text[start..end].rfind('\n').map_or(start, |line| start + line + 1);
    } else {
        end = end.min(start + BESIDE);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        end = text[start..end].find('\n').map_or(end, |line| start + line);
    }
    start..end
}

struct Reading<'t> {
    text: &'t str,
    base: usize,
    tokens: Vec<Token>,
}

impl<'t> Reading<'t> {
    fn of(text: &'t str, range: Range<usize>) -> Reading<'t> {
        let piece = &text[range.clone()];
        Reading {
            text: piece,
            base: range.start,
            tokens: tokens(piece).unwrap_or_default(),
        }
    }

    /// `, said Ann Example`, `Ann Example said`, `, according to Ann Example`.
    fn after(&self) -> Option<Attribution> {
        let from = usize::from(
            self.tokens
                .first()
                .is_some_and(|token| matches!(token.of(self.text), "," | "-" | "—" | "–")),
        );
        if self.word(from) == "according" && self.word(from + 1) == "to" {
            return self.attribution(from, from + 2, self.name_from(from + 2)?, Position::After);
        }
        if reports(&self.word(from)) {
            return self.attribution(from, from + 1, self.name_from(from + 1)?, Position::After);
        }
        let end = self.name_from(from)?;
        let verb = reports(&self.word(end));
        verb.then(|| self.named(from, end + 1, from, end, Position::After))
    }

    /// `Ann Example said: `, `according to Ann Example, `.
    fn before(&self) -> Option<Attribution> {
        let mut end = self.tokens.len();
        while end > 0 && (matches!(self.tokens[end - 1].of(self.text), "," | ":") || self.word(end - 1) == "that") {
            end -= 1;
        }
        let verb = end.checked_sub(1)?;
        if reports(&self.word(verb)) {
            let start = self.name_to(verb)?;
            return Some(self.named(start, end, start, verb, Position::Before));
        }
        let start = self.name_to(end)?;
        let to = start.checked_sub(2)?;
        (self.word(to) == "according" && self.word(to + 1) == "to")
            .then(|| self.named(to, end, start, end, Position::Before))
    }

    fn attribution(&self, from: usize, name: usize, end: usize, position: Position) -> Option<Attribution> {
        Some(self.named(from, end, name, end, position))
    }

    fn named(&self, from: usize, to: usize, name: usize, name_end: usize, position: Position) -> Attribution {
        let span = |from: usize, to: usize| self.tokens[from].span().start..self.tokens[to - 1].span().end;
        let written = self.text[span(name, name_end)].to_owned();
        let words = span(from, to);
        Attribution {
            name: (!is_pronoun(&written.to_lowercase())).then_some(written),
            words: Excerpt {
                text: self.text[words.clone()].to_owned(),
                span: self.base + words.start..self.base + words.end,
            },
            position,
        }
    }

    /// A word in its comparison form; empty where there is none.
    fn word(&self, at: usize) -> String {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Word);
        token.map_or(String::new(), |token| {
            fold::fold_word(token.of(self.text), Casing::Root)
        })
    }

    /// The end of the name that begins at a token.
    fn name_from(&self, start: usize) -> Option<usize> {
        let mut end = start;
        while end < start + MAX_NAME && self.is_of_name(end, end > start) {
            end += 1;
            // `J.` of a name has a full stop of its own.
            let initial = self.tokens[end - 1].of(self.text).chars().count() <= 2;
            if initial
                && self.tokens.get(end).is_some_and(|token| token.of(self.text) == ".")
                && self.is_of_name(end + 1, false)
            {
                end += 1;
            }
        }
        (end > start).then_some(end)
    }

    /// The beginning of the name that ends before a token.
    fn name_to(&self, end: usize) -> Option<usize> {
        let first = end.saturating_sub(MAX_NAME);
        (first..end).find(|start| self.name_from(*start) == Some(end))
    }

    fn is_of_name(&self, at: usize, within: bool) -> bool {
        let word = self.word(at);
        // A sentence may begin with a small word and a capital: `But Ann Example said`.
        if word.is_empty() || reports(&word) || (!within && is_function(&word)) {
            return false;
        }
        if is_pronoun(&word) {
            return matches!(word.as_str(), "he" | "she" | "they") && !within;
        }
        let written = self.tokens[at].of(self.text);
        let capital = written
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(|c| c.is_uppercase());
        capital || within && WITHIN_NAMES.contains(&word.as_str())
    }
}
