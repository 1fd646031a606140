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

/// The fewest words that agree beyond others that do not, in a passage that was moved and altered.
const MIN_JOINED: usize = 2;

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

    /// Each run with what goes on after a few other words, on either side of it.
    fn joined(&self, runs: Vec<Run>) -> Vec<(Range<usize>, Range<usize>)> {
        let mut free = Free {
            left: self.left_alone.clone(),
            right: self.right_alone.clone(),
        };
        // No passage takes words of another run; its own are taken when its turn comes.
        for run in &runs {
            free.take(run.left..run.left + run.length, run.right..run.right + run.length);
        }
        let mut blocks: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        for run in runs {
            let (mut left, mut right) = (run.left..run.left + run.length, run.right..run.right + run.length);
            if let Some((last_left, last_right)) = blocks.last_mut()
                && self.is_near(last_left, &left)
                && self.is_near(last_right, &right)
                && self.left_alone[last_left.end..left.start].iter().all(|alone| *alone)
                && self.right_alone[last_right.end..right.start].iter().all(|alone| *alone)
            {
                (left.start, right.start) = (last_left.start, last_right.start);
                blocks.pop();
            }
            while let Some((to_left, to_right)) = self.further(&free, left.end, right.end) {
                free.take(left.end..to_left, right.end..to_right);
                (left.end, right.end) = (to_left, to_right);
            }
            while let Some((to_left, to_right)) = self.back(&free, left.start, right.start) {
                free.take(to_left..left.start, to_right..right.start);
                (left.start, right.start) = (to_left, to_right);
            }
            blocks.push((left, right));
        }
        blocks
    }

    fn is_near(&self, last: &Range<usize>, next: &Range<usize>) -> bool {
        last.end <= next.start && next.start - last.end <= MAX_ALTERED
    }

    /// Where a passage that ends here ends after a few other words and at least [`MIN_JOINED`] that agree.
    fn further(&self, free: &Free, left: usize, right: usize) -> Option<(usize, usize)> {
        steps().find_map(|(skip_left, skip_right)| {
            let (from_left, from_right) = (left + skip_left, right + skip_right);
            let skipped = free.has(left..from_left, right..from_right);
            let agree = |step: &usize| {
                let (left, right) = (from_left + step, from_right + step);
                free.has(left..left + 1, right..right + 1) && self.agree(left, right)
            };
            let length = if skipped { (0..).take_while(agree).count() } else { 0 };
            (length >= MIN_JOINED).then_some((from_left + length, from_right + length))
        })
    }

    /// The same towards the beginning.
    fn back(&self, free: &Free, left: usize, right: usize) -> Option<(usize, usize)> {
        steps().find_map(|(skip_left, skip_right)| {
            let (to_left, to_right) = (left.checked_sub(skip_left)?, right.checked_sub(skip_right)?);
            if !free.has(to_left..left, to_right..right) {
                return None;
            }
            let agree = |step: &usize| {
                let (Some(left), Some(right)) = (to_left.checked_sub(step + 1), to_right.checked_sub(step + 1)) else {
                    return false;
                };
                free.has(left..left + 1, right..right + 1) && self.agree(left, right)
            };
            let length = (0..).take_while(agree).count();
            (length >= MIN_JOINED).then_some((to_left - length, to_right - length))
        })
    }
}

/// How many words are skipped on either side, the fewest first.
fn steps() -> impl Iterator<Item = (usize, usize)> {
    let all = (1..=2 * MAX_ALTERED).flat_map(|sum| (0..=sum).map(move |left| (left, sum - left)));
    all.filter(|(left, right)| *left <= MAX_ALTERED && *right <= MAX_ALTERED)
}

/// Words left alone that no passage has taken.
struct Free {
    left: Vec<bool>,
    right: Vec<bool>,
}

impl Free {
    fn has(&self, left: Range<usize>, right: Range<usize>) -> bool {
        let all =
            |free: &[bool], range: Range<usize>| free.get(range).is_some_and(|free| free.iter().all(|free| *free));
        all(&self.left, left) && all(&self.right, right)
    }

    fn take(&mut self, left: Range<usize>, right: Range<usize>) {
        self.left[left].fill(false);
        self.right[right].fill(false);
    }
}
