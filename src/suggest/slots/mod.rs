//! Sentences that are nearly the same and differ where it may matter: a negation, a number, a date, an opposite.
//!
//! ```text
//! seven activists are on hunger strike | five activists are on hunger strike   ->   may differ: 7 / 5 activists
//! ```
//!
//! Normative: spec/suggestion.md, "Slots". It is never called a contradiction: the two may speak of other days, other
//! people or another's words. The word lists are English. A conflict in other words is missed, as most are.

mod sentence;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use crate::text::lexicon::are_opposites;

pub use sentence::Sentence;

/// The most sentences that are compared. Of more, the last are left out and counted.
pub const MAX_SENTENCES: usize = 200_000;
/// A stem that is in more sentences than this proposes no pair by itself.
pub const MAX_IN_SENTENCES: usize = 500;
/// The most pairs that are handed over. All are counted.
pub const MAX_PAIRS: usize = 10_000;

/// The fewest stems that two sentences share.
const FEWEST_SHARED: usize = 2;
/// Of the stems of both sentences together, the percentage that both have, where they are called near-parallel.
const PERCENT_SHARED: usize = 60;

/// What kind of slot is filled in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// One denies an odd number of times, the other an even number.
    Negation,
    /// Both count the same thing, with no number in common.
    Number,
    /// Both name days, months or years, with none in common.
    Date,
    /// A word in the one has its opposite in the other.
    Opposite,
}

/// A slot that two sentences fill in two ways.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Filled {
    /// What kind.
    pub slot: Slot,
    /// What the numbers count, or of what sort the date is; empty for the others.
    pub of: String,
    /// The filling in the first sentence, in words of that sentence as they are compared; empty where it has none.
    pub first: Vec<String>,
    /// And in the second.
    pub second: Vec<String>,
}

/// Two near-parallel sentences that may differ, by their places among those given, lower first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MayDiffer {
    /// The place of the first sentence.
    pub first: usize,
    /// The place of the second.
    pub second: usize,
    /// The slots, at least one.
    pub slots: Vec<Filled>,
    /// The stems that both have, in order.
    pub shared: Vec<String>,
    /// How many stems both have together.
    pub of: usize,
}

/// What was found among some sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlotConflicts {
    /// By their places, up to [`MAX_PAIRS`].
    pub pairs: Vec<MayDiffer>,
    /// How many there are.
    pub pair_count: usize,
    /// Sentences that were left out.
    pub left_out: usize,
}

/// Finds near-parallel sentences of different `groups` that fill a slot in two ways. A group is whatever is not to be
/// compared with itself, as a statement.
pub fn slot_conflicts(sentences: &[Sentence], groups: &[usize]) -> SlotConflicts {
    let compared = &sentences[..sentences.len().min(MAX_SENTENCES)];
    let mut found = SlotConflicts {
        left_out: sentences.len() - compared.len(),
        ..SlotConflicts::default()
    };
    let mut by_stem: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, sentence) in compared.iter().enumerate() {
        sentence
            .stems
            .iter()
            .for_each(|stem| by_stem.entry(stem).or_default().push(place));
    }
    by_stem.retain(|_, places| places.len() <= MAX_IN_SENTENCES);
    for (first, sentence) in compared.iter().enumerate() {
        let mut later: BTreeSet<usize> = BTreeSet::new();
        for stem in &sentence.stems {
            let places = by_stem.get(stem.as_str()).map_or(&[][..], Vec::as_slice);
            later.extend(&places[places.partition_point(|place| *place <= first)..]);
        }
        for second in later.into_iter().filter(|second| groups[first] != groups[*second]) {
            let Some(pair) = may_differ(sentence, &compared[second]) else {
                continue;
            };
            found.pair_count += 1;
            if found.pairs.len() < MAX_PAIRS {
                found.pairs.push(MayDiffer { first, second, ..pair });
            }
        }
    }
    found
}

/// What two sentences fill in two ways, if they are near-parallel and do.
pub fn may_differ(first: &Sentence, second: &Sentence) -> Option<MayDiffer> {
    let shared: Vec<String> = first.stems.intersection(&second.stems).cloned().collect();
    // An opposite stands in the place of a stem that both would have.
    let opposites = opposites(first, second);
    let alike = shared.len() + opposites.len();
    let of = first.stems.len() + second.stems.len() - shared.len() - opposites.len();
    if shared.len() < FEWEST_SHARED || alike * 100 < of * PERCENT_SHARED {
        return None;
    }
    let mut slots = Vec::new();
    if (first.negations.len() + second.negations.len()) % 2 == 1 {
        slots.push(Filled {
            slot: Slot::Negation,
            of: String::new(),
            first: first.negations.clone(),
            second: second.negations.clone(),
        });
    }
    disjoint(Slot::Number, &first.numbers, &second.numbers, &mut slots);
    disjoint(Slot::Date, &first.dates, &second.dates, &mut slots);
    slots.extend(opposites.into_iter().map(|(one, other)| Filled {
        slot: Slot::Opposite,
        of: String::new(),
        first: vec![one],
        second: vec![other],
    }));
    (!slots.is_empty()).then_some(MayDiffer {
        first: 0,
        second: 0,
        slots,
        shared,
        of,
    })
}

/// The kinds that both sentences have with nothing in common.
fn disjoint(slot: Slot, first: &sentence::Fillings, second: &sentence::Fillings, slots: &mut Vec<Filled>) {
    for (of, mine) in first {
        if let Some(theirs) = second.get(of).filter(|theirs| mine.is_disjoint(theirs)) {
            slots.push(Filled {
                slot,
                of: of.clone(),
                first: mine.iter().cloned().collect(),
                second: theirs.iter().cloned().collect(),
            });
        }
    }
}

/// Words that stand in one sentence only and whose opposite stands in the other only.
fn opposites(first: &Sentence, second: &Sentence) -> Vec<(String, String)> {
    let only_first = || first.words.difference(&second.words);
    let mut found = Vec::new();
    for one in only_first() {
        for other in second
            .words
            .difference(&first.words)
            .filter(|other| are_opposites(one, other))
        {
            found.push((one.clone(), other.clone()));
        }
    }
    found
}

/// The first `most` sentences of a text with their bytes in it, and how many more there are. A text that is too long to
/// be cut has none.
pub fn sentences_of(
    text: &str,
    language: super::content::Language,
    most: usize,
) -> (Vec<(Sentence, Range<usize>)>, usize) {
    let Ok(spans) = crate::text::sentences(text) else {
        return (Vec::new(), 0);
    };
    let more = spans.len().saturating_sub(most);
    let sentence = |span: Range<usize>| (Sentence::of(&text[span.clone()], language), span);
    (spans.into_iter().take(most).map(sentence).collect(), more)
}
