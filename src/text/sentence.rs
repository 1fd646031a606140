//! Where sentences begin and end.
//!
//! `Mr. Ogden left at 10 p.m. on Friday. He came back.` is two sentences. Boundaries are those of
//! UAX 29, repaired where an abbreviation ([`lexicon::ENDS_NO_SENTENCE`](super::lexicon)) or an
//! initial made one, and where a line ends in the middle of a sentence. An abbreviation that also
//! ends a sentence, before a name, is missed.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::hidden::is_invisible;
use super::lexicon;
use super::{TooLong, within_limit};

/// The sentences of a text, in order, without the space around them. Takes time in proportion to
/// the text.
///
/// # Errors
/// [`TooLong`].
pub fn sentences(text: &str) -> Result<Vec<Range<usize>>, TooLong> {
    within_limit(text)?;
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, piece) in text.split_sentence_bound_indices() {
        let trimmed = piece.trim_start();
        let start = start + piece.len() - trimmed.len();
        let span = start..start + trimmed.trim_end().len();
        if span.is_empty() {
            continue;
        }
        match found.last_mut() {
            Some(last) if goes_on(text, last, &span) => last.end = span.end,
            _ => found.push(span),
        }
    }
    Ok(found)
}

/// Whether what follows belongs to the sentence that seemed to end.
fn goes_on(text: &str, last: &Range<usize>, next: &Range<usize>) -> bool {
    let gap = &text[last.end..next.start];
    let lines = gap.matches('\n').count();
    let ended = text[last.clone()].trim_end_matches(is_extending);
    let follows = &text[next.clone()];
    if lines > 1 || gap.contains(['\u{2029}', '\u{c}']) {
        return false;
    }
    // A full stop between letters without a space is part of a word, whatever the script after it.
    if gap.is_empty() && ended.ends_with(['.', '\u{2024}', '\u{fe52}', '\u{ff0e}']) {
        return follows.starts_with(char::is_alphanumeric);
    }
    // A word at the end of a sentence is short; a whole sentence is not walked for it.
    let word = last_word(ended);
    if let Some(word) = word.strip_suffix('.') {
        return lexicon::ends_no_sentence(word) || (is_initials(word) && !begins_with_closed_word(follows));
    }
    lines == 1 && !ended.ends_with(['?', '!', '.', ':', '…', '"', '”', '’', ')', ']']) && {
        follows.starts_with(char::is_lowercase)
    }
}

/// Belongs to the character before it in both of Unicode's rules.
fn is_extending(c: char) -> bool {
    is_invisible(c) || is_combining_mark(c)
}

fn last_word(sentence: &str) -> &str {
    const LONGEST: usize = 48;
    let mut from = sentence.len().saturating_sub(LONGEST);
    while !sentence.is_char_boundary(from) {
        from += 1;
    }
    let tail = &sentence[from..];
    let word = tail.rsplit(char::is_whitespace).next().unwrap_or(tail);
    word.trim_start_matches(['(', '[', '"', '“', '\'', '‘'])
}

/// `J`, `U.S`, `p.m`: single letters with full stops between.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.').peekable();
    parts.peek().is_some_and(|part| !part.is_empty())
        && word != "I"
        && parts.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// Whether a sentence begins with `The`, `He`, `But`: then the initials before it ended one.
fn begins_with_closed_word(sentence: &str) -> bool {
    let first: String = sentence
        .chars()
        .skip_while(|c| !c.is_alphanumeric())
        .take_while(|c| c.is_alphanumeric())
        .take(16)
        .collect();
    let word = first.to_lowercase();
    lexicon::is_function(&word) || lexicon::is_pronoun(&word)
}
