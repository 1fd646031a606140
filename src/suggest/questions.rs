//! Statements that may speak to a question on which no stance of theirs is recorded.
//!
//! ```text
//! S02 takes no stance on P02, and shares "hunger" and "strike" with it
//! ```
//!
//! Normative: spec/suggestion.md, "Questions". Whether a statement says anything of a question, and what, is for a
//! person to read and to sign. Only words are compared: a statement that speaks of it in other words is missed.

use std::collections::{BTreeMap, BTreeSet};

/// The fewest stems that a statement and a question share.
pub const FEWEST_SHARED: usize = 2;
/// A stem that is in more statements than this proposes none by itself.
pub const MAX_IN_STATEMENTS: usize = 20_000;
/// The most pairs that are handed over. All are counted.
pub const MAX_PAIRS: usize = 10_000;

/// A statement that may speak to a question, each by its place among those given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MaySpeakTo {
    /// The question.
    pub question: usize,
    /// The statement.
    pub statement: usize,
    /// The stems that both have, in order.
    pub shared: Vec<String>,
    /// How many stems the question has.
    pub of: usize,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MaySpeak {
    /// By question, the most shared stems first, then by statement; up to [`MAX_PAIRS`].
    pub pairs: Vec<MaySpeakTo>,
    /// How many there are.
    pub pair_count: usize,
}

/// The stems of a text that carry its matter.
pub type Stems = BTreeSet<String>;

/// Finds the statements that may speak to each of `questions`. `is_open` says whether a
/// pair comes into question at all.
pub fn may_speak_to(questions: &[Stems], statements: &[Stems], is_open: impl Fn(usize, usize) -> bool) -> MaySpeak {
    let mut by_stem: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, stems) in statements.iter().enumerate() {
        stems
            .iter()
            .for_each(|stem| by_stem.entry(stem).or_default().push(place));
    }
    let mut found = MaySpeak::default();
    for (question, stems) in questions.iter().enumerate() {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for stem in stems {
            let places = by_stem
                .get(stem.as_str())
                .filter(|places| places.len() <= MAX_IN_STATEMENTS);
            places
                .into_iter()
                .flatten()
                .for_each(|place| *counts.entry(*place).or_default() += 1);
        }
        let mut pairs: Vec<MaySpeakTo> = counts
            .into_iter()
            .filter(|(statement, shared)| is_enough(*shared, stems.len()) && is_open(question, *statement))
            .map(|(statement, _)| MaySpeakTo {
                question,
                statement,
                shared: stems.intersection(&statements[statement]).cloned().collect(),
                of: stems.len(),
            })
            .collect();
        pairs.sort_by(|a, b| b.shared.len().cmp(&a.shared.len()).then(a.statement.cmp(&b.statement)));
        found.pair_count += pairs.len();
        pairs.truncate(MAX_PAIRS - found.pairs.len());
        found.pairs.extend(pairs);
    }
    found
}

/// Whether so many of a question's stems are enough: two thirds.
fn is_enough(shared: usize, of: usize) -> bool {
    shared >= FEWEST_SHARED && shared * 3 >= of * 2
}
