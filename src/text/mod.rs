//! A text as words, sentences and comparison forms: what quotation, collation and near-copies
//! have in common.
//!
//! `I didn’t--I did not sign on 1 May.` is eleven tokens; its spoken form has `did not` twice.
//!
//! Everything points back into the text as received, by byte spans; the text itself is never
//! changed. The rules are Unicode's (UAX 15, 29 and 39) with the additions that transcripts need,
//! and closed English word lists. This module knows no records, no speakers and no languages
//! beyond [`fold::Casing`], and it judges nothing: that a character is hidden or a word is a
//! negation is a fact about spelling.

pub mod fold;
pub mod hidden;
pub mod lexicon;
pub mod number;
pub mod sentence;
pub mod token;

#[cfg(test)]
mod tests;

pub use fold::{Casing, Dropped, Folded, Level, Why, fold};
pub use hidden::{Hidden, HiddenKind, hidden};
pub use lexicon::EditClass;
pub use sentence::sentences;
pub use token::{Kind, Token, tokens};

/// The longest text that is cut into tokens or sentences, in bytes: 64 MiB, a thousand hours of speech.
pub const MAX_TEXT: usize = 64 << 20;

/// A text longer than [`MAX_TEXT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is {size} bytes long, more than the {MAX_TEXT} that are read as words")]
pub struct TooLong {
    /// The length found, in bytes.
    pub size: usize,
}

/// Whether a text is short enough to be read as words.
///
/// # Errors
/// [`TooLong`].
pub fn within_limit(text: &str) -> Result<(), TooLong> {
    if text.len() > MAX_TEXT {
        return Err(TooLong { size: text.len() });
    }
    Ok(())
}
