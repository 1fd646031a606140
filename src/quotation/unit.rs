//! A text as the units that quotations are compared by.
//!
//! `I didn’t--the $5 [laughter]` is `i`, `did`, `not`, `the`, `$`, `5`, `laughter`: words without
//! case and punctuation, hyphens and contractions parted. Nothing is left out here, so that what
//! a quotation leaves out can be seen; a filler, a note of the transcriber and a pause are marked.

use std::ops::Range;

use crate::text::fold::contractions_in_full;
use crate::text::lexicon::{ends_no_sentence, is_filler, is_negation};
use crate::text::number::plain_digits;
use crate::text::{Casing, Kind, Level, Token, fold};

/// One word, or part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its letters as they are compared.
    pub form: String,
    /// The bytes of the whole word in its text.
    pub span: Range<usize>,
    /// What stands before it and what it is.
    pub traits: Traits,
}

/// What is known of a unit besides its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits(u8);

impl Traits {
    /// A sound that fills a pause, or `you know` between marks.
    pub const FILLER: Traits = Traits(1);
    /// Within square brackets.
    pub const NOTE: Traits = Traits(2);
    /// After an ellipsis.
    pub const AFTER_ELLIPSIS: Traits = Traits(4);
    /// After a dash.
    pub const AFTER_DASH: Traits = Traits(8);
    /// After the end of a sentence.
    pub const AFTER_STOP: Traits = Traits(16);
    /// After any mark but a hyphen within a word.
    pub const AFTER_MARK: Traits = Traits(32);
    /// Joined to the unit before it by a hyphen.
    pub const AFTER_HYPHEN: Traits = Traits(64);
    /// A further part of the word that the unit before it is of.
    pub const SAME_WORD: Traits = Traits(128);

    pub fn has(self, other: Traits) -> bool {
        self.0 & other.0 != 0
    }

    pub fn add(&mut self, other: Traits) {
        self.0 |= other.0;
    }

    /// Whether a number in words cannot go on over what stands before the unit.
    pub fn parts_numbers(self) -> bool {
        self.has(Traits::AFTER_MARK)
    }

    /// Whether the text marks a pause before the unit.
    pub fn after_pause(self) -> bool {
        self.has(Traits::AFTER_ELLIPSIS) || self.has(Traits::AFTER_DASH)
    }
}

/// The units of a text; `tokens` are the text's own, and spans are moved on by `base`.
pub(super) fn units(text: &str, tokens: &[Token], base: usize, casing: Casing) -> Vec<Unit> {
    let words = contractions_in_full(&fold(text, tokens, Level::Case, casing));
    let mut units: Vec<Unit> = Vec::with_capacity(words.len());
    let mut seen = 0;
    let mut in_note = false;
    for at in 0..words.len() {
        let range = words.tokens(at);
        let token = &tokens[range.start];
        let mut traits = Traits::default();
        if at > 0 && range.start + 1 == seen {
            traits.add(Traits::SAME_WORD);
            if token.of(text).contains(['-', '\u{2010}', '\u{2011}']) && !token.of(text).contains(['\'', '’']) {
                traits.add(Traits::AFTER_HYPHEN);
            }
        }
        for (place, mark) in tokens.iter().enumerate().take(range.start).skip(seen) {
            let before = place.checked_sub(1).map(|before| tokens[before].of(text));
            traits.add(trait_of(mark, text, before.unwrap_or_default()));
            match mark.of(text) {
                "[" => in_note = true,
                "]" => in_note = false,
                _ => {}
            }
        }
        seen = range.end;
        if in_note {
            traits.add(Traits::NOTE);
        }
        let form = match token.kind {
            Kind::Number => plain_digits(words.form(at)),
            _ => words.form(at).to_owned(),
        };
        if is_filler(&form) {
            traits.add(Traits::FILLER);
        }
        let span = token.span();
        units.push(Unit {
            form,
            span: base + span.start..base + span.end,
            traits,
        });
    }
    mark_asides(&mut units);
    units
}

/// What a mark says of the unit after it; `before` is the token before the mark.
fn trait_of(mark: &Token, text: &str, before: &str) -> Traits {
    // The full stop of `Mr.` ends no sentence; that of `No.` may.
    let abbreviation = ends_no_sentence(before) && !is_negation(&before.to_lowercase());
    let mut traits = match (mark.kind, mark.of(text)) {
        (Kind::Ellipsis, _) => Traits::AFTER_ELLIPSIS,
        (Kind::Dash, "-" | "\u{2010}" | "\u{2011}") => return Traits::AFTER_HYPHEN,
        (Kind::Dash, _) => Traits::AFTER_DASH,
        (Kind::Mark, ".") if abbreviation => Traits::default(),
        (Kind::Mark, "." | "?" | "!" | "؟" | "。" | "।") => Traits::AFTER_STOP,
        _ => Traits::default(),
    };
    traits.add(Traits::AFTER_MARK);
    traits
}

/// `you know` and `I mean` between marks fill a pause; elsewhere they are part of what is said.
fn mark_asides(units: &mut [Unit]) {
    for at in 0..units.len().saturating_sub(1) {
        let pair = (units[at].form.as_str(), units[at + 1].form.as_str());
        let parted = |at: usize| units.get(at).is_none_or(|unit| unit.traits.has(Traits::AFTER_MARK));
        let aside = matches!(pair, ("you", "know") | ("i", "mean"));
        if aside && (at == 0 || parted(at)) && parted(at + 2) && !units[at + 1].traits.has(Traits::AFTER_MARK) {
            units[at].traits.add(Traits::FILLER);
            units[at + 1].traits.add(Traits::FILLER);
        }
    }
}
