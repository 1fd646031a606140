//! The strictest level at which a quotation and a place of a source are the same.
//!
//! `it’s five - six` in a quotation and `It's five-six` in a source are the same at level `case`.
//!
//! The words are known to agree at the laxest level; this looks at the bytes again. At level
//! `bytes` the source holds the quotation's bytes at that place, the marks and spaces at both
//! ends included; at level `form` it holds the same marks and words after NFC, whatever kind of
//! quotation mark, dash, ellipsis and space is used.

use std::ops::Range;

use crate::text::{Casing, Level, Token, fold, tokens};

/// How far before and after a place marks are looked for, in bytes.
const AROUND: usize = 48;

/// The level of a whole quotation. `inner` are the bytes from its first word to its last, `place` those of
/// the same words in `source`.
pub(super) fn of_whole(
    quotation: &str,
    inner: Range<usize>,
    source: &str,
    place: Range<usize>,
    casing: Casing,
) -> Level {
    let (lead, trail) = (&quotation[..inner.start], &quotation[inner.end..]);
    let words = &quotation[inner];
    let held = &source[place.clone()];
    let (before, after) = (&source[..place.start], &source[place.end..]);
    if words == held && before.ends_with(lead) && after.starts_with(trail) {
        return Level::Bytes;
    }
    let near_before = tail(before, AROUND + 4 * lead.len());
    let near_after = head(after, AROUND + 4 * trail.len());
    let ends = forms(near_before).ends_with(&forms(lead)) && forms(near_after).starts_with(&forms(trail));
    match of_words(words, held, casing) {
        Level::Bytes | Level::Form if ends => Level::Form,
        Level::Bytes | Level::Form | Level::Case => Level::Case,
        Level::Spoken => Level::Spoken,
    }
}

/// The level of words by themselves, which begin and end with a word.
pub(super) fn of_words(words: &str, held: &str, casing: Casing) -> Level {
    if words == held {
        return Level::Bytes;
    }
    if forms(words) == forms(held) {
        return Level::Form;
    }
    let letters = |text: &str| {
        let cut = cut(text);
        let folded = fold(text, &cut, Level::Case, casing);
        // Hyphens part words at this level, and join them too: `co-operate` is `cooperate`.
        folded.forms().map(plain).collect::<String>()
    };
    if letters(words) == letters(held) {
        Level::Case
    } else {
        Level::Spoken
    }
}

/// `1,000` as `1000`: the comma is punctuation.
fn plain(form: &str) -> String {
    crate::text::number::plain_digits(form)
}

fn forms(text: &str) -> Vec<String> {
    let cut = cut(text);
    fold(text, &cut, Level::Form, Casing::Root)
        .forms()
        .map(str::to_owned)
        .collect()
}

fn cut(text: &str) -> Vec<Token> {
    tokens(text).expect("a part of a text within the limit is within it")
}

fn tail(text: &str, most: usize) -> &str {
    let mut from = text.len().saturating_sub(most);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

fn head(text: &str, most: usize) -> &str {
    let mut to = most.min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[..to]
}
