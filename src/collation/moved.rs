//! Passages that stand in two witnesses, at different places.
//!
//! `B. A.` against `A. B.`: an alignment keeps the order and leaves one of them alone on both sides.
//! What is left alone in one witness and stands word for word among what is left alone in the other
//! is a moved passage: [`MIN_MOVED`] words at least, two of them with a meaning of their own. Runs
//! that go on after a few other words on either side are one passage that was altered as well.
//! Which of the two places was the first is not known here.

use std::collections::HashMap;
use std::ops::Range;

use super::slots::{Slots, matches};
use super::table::Table;

/// The fewest words of a moved passage.
pub const MIN_MOVED: usize = 5;

/// Words that begin a search.
const SEED: usize = 4;

/// A seed that stands at more places than this begins no search.
const MAX_PLACES: usize = 8;

/// The most other words, on either side, within a passage that was moved and altered.
const MAX_ALTERED: usize = 4;

/// A passage that stands at different places of two witnesses, as units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub one: usize,
    pub in_one: Range<usize>,
    pub other: usize,
    pub in_other: Range<usize>,
}

/// The moved passages of two witnesses, in the order of the first. `has_meaning` says whether a unit
/// of the first is more than a function word.
pub(super) fn find(
    table: &Table,
    witnesses: &[Slots],
    one: usize,
    other: usize,
    has_meaning: impl Fn(usize) -> bool,
) -> Vec<Block> {
    let alone = |witness: usize, against: usize| -> Vec<bool> {
        let mut alone = vec![false; witnesses[witness].len()];
        for column in 0..table.width() {
            if let Some(unit) = table.unit(witness, column) {
                alone[unit] = table.unit(against, column).is_none();
            }
        }
        alone
    };
    let sides = Sides {
        left: &witnesses[one],
        right: &witnesses[other],
        left_alone: alone(one, other),
        right_alone: alone(other, one),
    };
    let runs = sides.disjoint(sides.runs(), has_meaning);
    sides
        .joined(runs)
        .into_iter()
        .map(|(in_one, in_other)| Block {
            one,
            in_one,
            other,
            in_other,
        })
        .collect()
}

/// Two witnesses, and which of their units are alone.
struct Sides<'s> {
    left: &'s Slots,
    right: &'s Slots,
    left_alone: Vec<bool>,
    right_alone: Vec<bool>,
}

/// A run of words on both sides: where, and how long.
#[derive(Clone, Copy)]
struct Run {
    left: usize,
    right: usize,
    length: usize,
}

impl Sides<'_> {
    fn agree(&self, left: usize, right: usize) -> bool {
        self.left_alone[left] && self.right_alone[right] && matches(self.left.at(left), self.right.at(right))
    }

    /// Every longest run that holds a seed.
    fn runs(&self) -> Vec<Run> {
        let seed = |slots: &Slots, alone: &[bool], at: usize| {
            let within = at + SEED <= slots.len() && alone[at..at + SEED].iter().all(|alone| *alone);
            within.then(|| -> Vec<u32> {
                (at..at + SEED)
                    .filter_map(|slot| slots.at(slot).first().copied())
                    .collect()
            })
        };
        let mut places = HashMap::<Vec<u32>, Vec<usize>>::new();
        for at in 0..self.left.len() {
            if let Some(seed) = seed(self.left, &self.left_alone, at) {
                let at_seed = places.entry(seed).or_default();
                if at_seed.len() <= MAX_PLACES {
                    at_seed.push(at);
                }
            }
        }
        let mut runs = Vec::new();
        for right in 0..self.right.len() {
            let Some(found) = seed(self.right, &self.right_alone, right).and_then(|seed| places.get(&seed)) else {
                continue;
            };
            for left in found.iter().copied().filter(|_| found.len() <= MAX_PLACES) {
                if left > 0 && right > 0 && self.agree(left - 1, right - 1) {
                    continue;
                }
                let most = (self.left.len() - left).min(self.right.len() - right);
                let length = (0..most)
                    .take_while(|step| self.agree(left + step, right + step))
                    .count();
                runs.push(Run { left, right, length });
            }
        }
        runs
    }

    /// Runs without a common word, the longest first taken.
    fn disjoint(&self, mut runs: Vec<Run>, has_meaning: impl Fn(usize) -> bool) -> Vec<Run> {
        runs.sort_by_key(|run| (std::cmp::Reverse(run.length), run.left, run.right));
        let mut left_taken = vec![false; self.left.len()];
        let mut right_taken = vec![false; self.right.len()];
        let mut taken = Vec::new();
        for run in runs {
            let free = (0..run.length)
                .take_while(|step| !left_taken[run.left + step] && !right_taken[run.right + step])
                .count();
            let meaning = (run.left..run.left + free)
                .filter(|unit| has_meaning(*unit))
                .take(2)
                .count();
            if free < MIN_MOVED || meaning < 2 {
                continue;
            }
            left_taken[run.left..run.left + free].fill(true);
            right_taken[run.right..run.right + free].fill(true);
            taken.push(Run { length: free, ..run });
        }
        taken.sort_by_key(|run| run.left);
        taken
    }

    /// Runs that follow each other on both sides, with few words between, as one passage.
    fn joined(&self, runs: Vec<Run>) -> Vec<(Range<usize>, Range<usize>)> {
        let mut blocks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        for run in runs {
            let (left, right) = (run.left..run.left + run.length, run.right..run.right + run.length);
            if let Some((last_left, last_right)) = blocks.last_mut() {
                let near = last_left.end <= left.start
                    && left.start - last_left.end <= MAX_ALTERED
                    && last_right.end <= right.start
                    && right.start - last_right.end <= MAX_ALTERED;
                let alone = |alone: &[bool], from: usize, to: usize| alone[from..to].iter().all(|alone| *alone);
                if near
                    && alone(&self.left_alone, last_left.end, left.start)
                    && alone(&self.right_alone, last_right.end, right.start)
                {
                    last_left.end = left.end;
                    last_right.end = right.end;
                    continue;
                }
            }
            blocks.push((left, right));
        }
        blocks
    }
}
