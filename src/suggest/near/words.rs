//! The folded words of texts: one text's with their places, or many texts' as hashes in a row.
//!
//! ```text
//! He did not—did NOT—sign.   ->   he did not did not sign
//! ```
//!
//! The words are exactly those of [`Level::Case`](crate::text::Level::Case). English running text mostly needs no
//! table of Unicode to be cut into them, so plain words are cut here by their spaces, and all others by
//! [`text`](crate::text); a test holds that it makes no difference.

use std::ops::Range;

use crate::text::{Casing, Level, fold, tokens};

use super::Text;
use super::shingle::word_hash;

/// The words of texts as hashes.
#[derive(Default)]
pub struct TextWords {
    hashes: Vec<u64>,
    ends: Vec<usize>,
}

impl TextWords {
    /// Adds the words of one more text.
    pub fn push_text(&mut self, text: &Text<'_>) {
        each_word(text, |word, _| self.hashes.push(word_hash(word)));
        self.ends.push(self.hashes.len());
    }

    /// Takes the last text out.
    pub fn pop(&mut self) {
        self.ends.pop();
        self.hashes.truncate(self.total());
    }

    /// Takes out the texts that are not to be kept.
    pub fn keep(&mut self, kept: &[bool]) {
        let mut left = TextWords::default();
        for (words, _) in self.iter().zip(kept).filter(|(_, kept)| **kept) {
            left.hashes.extend_from_slice(words);
            left.ends.push(left.hashes.len());
        }
        *self = left;
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// How many words all of them have.
    pub fn total(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// The words of the last text.
    pub fn last(&self) -> &[u64] {
        self.len().checked_sub(1).map_or(&[], |last| self.of(last as u32))
    }

    /// The words of one text.
    pub fn of(&self, text: u32) -> &[u64] {
        let text = text as usize;
        let start = text.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.hashes[start..self.ends[text]]
    }

    /// The words of each text.
    pub fn iter(&self) -> impl Iterator<Item = &[u64]> {
        (0..self.len() as u32).map(|text| self.of(text))
    }
}

/// The words of one text with their places.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PlacedWords {
    letters: String,
    words: Vec<(usize, Range<usize>)>,
}

impl PlacedWords {
    pub fn of(text: &Text<'_>) -> PlacedWords {
        let mut placed = PlacedWords::default();
        each_word(text, |word, span| {
            placed.letters.push_str(word);
            placed.words.push((placed.letters.len(), span));
        });
        placed
    }

    /// The words as they are compared.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.words.iter().map(|(end, _)| *end));
        starts
            .zip(&self.words)
            .map(|(start, (end, _))| &self.letters[start..*end])
    }

    /// The bytes of some words in the text, from the first to the last.
    pub fn span(&self, words: Range<usize>) -> Range<usize> {
        let places = &self.words[words];
        match (places.first(), places.last()) {
            (Some((_, first)), Some((_, last))) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The words with a space after each: equal for texts with the same words, and for no others.
    pub fn into_line(self) -> String {
        let mut line = String::with_capacity(self.letters.len() + self.words.len());
        for word in self.forms() {
            line.push_str(word);
            line.push(' ');
        }
        line
    }
}

/// Calls `take` with each folded word and its bytes in the text. The text is within the limit of
/// [`tokens`].
fn each_word(text: &Text<'_>, mut take: impl FnMut(&str, Range<usize>)) {
    let whole = text.words;
    if text.casing != Casing::Root || !whole.chars().all(parts_at_spaces) {
        return each_cut(whole, 0, text.casing, &mut take);
    }
    let mut small = [0u8; LONGEST_PLAIN];
    let mut at = 0;
    let bytes = whole.as_bytes();
    while at < bytes.len() {
        if is_space(bytes[at]) {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|byte| !is_space(**byte)).count();
        let piece = &bytes[at..at + length];
        let from = piece.iter().take_while(|byte| is_edge(**byte)).count();
        let word = &piece[from..];
        let word = &word[..word.len() - word.iter().rev().take_while(|byte| is_edge(**byte)).count()];
        if word.len() <= LONGEST_PLAIN && word.iter().all(u8::is_ascii_alphabetic) {
            if !word.is_empty() {
                let small = &mut small[..word.len()];
                small.copy_from_slice(word);
                small.make_ascii_lowercase();
                let small = std::str::from_utf8(small).expect("letters of ASCII are UTF-8");
                take(small, at + from..at + from + word.len());
            }
        } else {
            each_cut(&whole[at..at + length], at, text.casing, &mut take);
        }
        at += length;
    }
}

/// The longest word that is cut without tables, in bytes.
const LONGEST_PLAIN: usize = 48;

/// As [`each_word`], by the rules of `text` alone; `start` is where `piece` begins.
fn each_cut(piece: &str, start: usize, casing: Casing, take: &mut impl FnMut(&str, Range<usize>)) {
    let tokens = tokens(piece).expect("the caller leaves texts out that are too long");
    let folded = fold(piece, &tokens, Level::Case, casing);
    for (unit, form) in folded.forms().enumerate() {
        let span = folded.span(unit, &tokens);
        take(form, start + span.start..start + span.end);
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

/// Marks that are no word and join none at the edge of a piece between spaces.
fn is_edge(byte: u8) -> bool {
    matches!(
        byte,
        b'.' | b',' | b';' | b':' | b'?' | b'!' | b'"' | b'(' | b')' | b'[' | b']' | b'-'
    )
}

/// Whether a character neither joins nor parts words across a space: ASCII, the letters of Latin, Greek and
/// Cyrillic that are one character each, and the marks of print.
fn parts_at_spaces(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}' | '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}')
        || matches!(
            c,
            '\u{2013}' | '\u{2014}' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{2026}'
        )
}
