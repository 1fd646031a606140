//! A witness: one version of the text, with its tokens and who speaks where.
//!
//! Textual criticism calls each version of a text a witness; a person in court is not meant. The
//! text is kept as received, and a place in it is a byte, a line and, where the source says so, a
//! speaker and a time.

use std::ops::Range;

use serde::Serialize;

use crate::text::{Kind, Token, TooLong, tokens, within_limit};

/// One version of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// What a reader calls it: a file's name, a label.
    pub name: String,
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
    turns: Vec<Turn>,
    /// Whether what stands between tokens is part of the text; in a token format it is not.
    pub(super) running: bool,
    lines: Vec<usize>,
}

/// From a byte on, somebody speaks, or a time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The first byte.
    pub from: usize,
    /// The speaker's label as written.
    pub speaker: Option<String>,
    /// The time as written.
    pub time: Option<String>,
}

/// Where words stand in a witness, or where they would stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The first byte and the byte after the last; equal where the words are not there.
    pub bytes: [usize; 2],
    /// The number of the line, counted from 1.
    pub line: usize,
    /// The speaker's label as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The time as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
}

impl Witness {
    /// A witness of running text, without speakers.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn plain(name: impl Into<String>, text: impl Into<String>) -> Result<Self, TooLong> {
        let text = text.into();
        let tokens = tokens(&text)?;
        Ok(Self::with_tokens(name.into(), text, tokens, Vec::new(), true))
    }

    /// A witness of running text whose speakers are known: `turns` in the order of the text. Bytes of
    /// `labels` are no words of the text.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn spoken(
        name: impl Into<String>,
        text: impl Into<String>,
        turns: Vec<Turn>,
        labels: &[Range<usize>],
    ) -> Result<Self, TooLong> {
        let text = text.into();
        within_limit(&text)?;
        let mut tokens = tokens(&text)?;
        let mut at = 0;
        tokens.retain(|token| {
            while labels.get(at).is_some_and(|label| label.end <= token.span().start) {
                at += 1;
            }
            labels.get(at).is_none_or(|label| token.span().end <= label.start)
        });
        Ok(Self::with_tokens(name.into(), text, tokens, turns, true))
    }

    pub(super) fn with_tokens(name: String, text: String, tokens: Vec<Token>, turns: Vec<Turn>, running: bool) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = ends.map(|(at, _)| at).collect();
        Self {
            name,
            text,
            tokens,
            turns,
            running,
            lines,
        }
    }

    /// The text as received.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tokens of the text, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The words of some tokens as a reader has them: as they stand, on one line.
    pub fn words(&self, tokens: Range<usize>) -> String {
        let Some(last) = tokens.clone().next_back() else {
            return String::new();
        };
        if self.running && self.tokens[tokens.start].span().start <= self.tokens[last].span().end {
            let span = self.tokens[tokens.start].span().start..self.tokens[last].span().end;
            let mut words = String::with_capacity(span.len());
            for part in self.text[span].split_whitespace() {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(part);
            }
            return words;
        }
        let mut words = String::new();
        let mut glue = true;
        for token in &self.tokens[tokens] {
            let closes = matches!(token.kind, Kind::Mark | Kind::Close | Kind::Ellipsis);
            if !glue && !closes {
                words.push(' ');
            }
            words.push_str(token.of(&self.text));
            glue = token.kind == Kind::Open;
        }
        words
    }

    /// The place of some bytes.
    pub fn place(&self, bytes: Range<usize>) -> Place {
        let turn = self.turns.partition_point(|turn| turn.from <= bytes.start);
        let turn = turn.checked_sub(1).map(|turn| &self.turns[turn]);
        Place {
            bytes: [bytes.start, bytes.end],
            line: self.lines.partition_point(|end| *end < bytes.start) + 1,
            speaker: turn.and_then(|turn| turn.speaker.clone()),
            time: turn.and_then(|turn| turn.time.clone()),
        }
    }
}
