//! Words that two witnesses share, and that stand among other words in each.
//!
//! ```text
//! A  was  not   -   there        was  not  there
//! B   -   not  yet  there        not  yet  there
//! ```
//!
//! An alignment that leaves the fewest words alone pairs the two `not`, as on the left. One that counts
//! a replaced word as one error has no reason to: the right has two errors as well. Neither is wrong, so a
//! reader is shown such a word too. A pair *stands elsewhere* where each of its words is without an equal
//! partner in some alignment of the stretch with the fewest word errors (Levenshtein). All of these
//! alignments are asked, so that neither the order of the two nor a choice among equals plays a part. A
//! stretch lies between runs of [`SOLID`] words that agree; one over [`MAX_STRETCH`] is not looked at.

use std::ops::Range;

use super::settle::run_from;
use super::slots::{Slots, matches};

/// As many words in a row that agree end a stretch.
const SOLID: usize = 16;

/// How many words of such a run are looked at together with what stands beside it.
const KEPT: usize = SOLID / 2;

/// The largest stretch that is looked at, in cells.
pub const MAX_STRETCH: usize = 512 * 512;

/// The pairs that stand elsewhere, of those that `matter`, in order.
pub(super) fn find(
    one: &Slots,
    other: &Slots,
    pairs: &[(u32, u32)],
    matter: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (left, right) in stretches(one.len(), other.len(), pairs) {
        let from = pairs.partition_point(|pair| (pair.0 as usize) < left.start);
        let to = pairs.partition_point(|pair| (pair.0 as usize) < left.end);
        // Where one side only has words that are alone, every best alignment pairs all of the other.
        if to - from == left.len().min(right.len()) || left.len() * right.len() > MAX_STRETCH {
            continue;
        }
        let inside = pairs[from..to].iter().map(|pair| (pair.0 as usize, pair.1 as usize));
        let asked: Vec<(usize, usize)> = inside.filter(|(i, j)| matter(*i, *j)).collect();
        if !asked.is_empty() {
            let ways = Ways::of(one, left.clone(), other, right.clone());
            found.extend(
                asked
                    .into_iter()
                    .filter(|(i, j)| ways.leave_left(i - left.start) && ways.leave_right(j - right.start)),
            );
        }
    }
    found
}

/// The stretches between runs that hold, with the ends of these runs.
fn stretches(one: usize, other: usize, pairs: &[(u32, u32)]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut stretches = Vec::new();
    let (mut left, mut right) = (0, 0);
    let mut at = 0;
    while at < pairs.len() {
        let run = run_from(pairs, at);
        if run >= SOLID {
            let (end, next) = (pairs[at + KEPT], pairs[at + run - KEPT]);
            stretches.push((left..end.0 as usize, right..end.1 as usize));
            (left, right) = (next.0 as usize, next.1 as usize);
        }
        at += run;
    }
    stretches.push((left..one, right..other));
    stretches
}

/// Every alignment of a stretch with the fewest word errors.
struct Ways<'s> {
    one: &'s Slots,
    left: Range<usize>,
    other: &'s Slots,
    right: Range<usize>,
    /// The fewest errors up to each cell, and from it on.
    to: Vec<u32>,
    from: Vec<u32>,
}

impl<'s> Ways<'s> {
    fn of(one: &'s Slots, left: Range<usize>, other: &'s Slots, right: Range<usize>) -> Self {
        let (rows, columns) = (left.len(), right.len());
        let to = errors(rows, columns, |i, j| {
            matches(one.at(left.start + i), other.at(right.start + j))
        });
        let from = errors(rows, columns, |i, j| {
            matches(one.at(left.end - 1 - i), other.at(right.end - 1 - j))
        });
        Ways {
            one,
            left,
            other,
            right,
            to,
            from,
        }
    }

    /// Whether a way with the fewest errors goes from one cell to another by a single error.
    fn has_error(&self, (i, j): (usize, usize), (next_i, next_j): (usize, usize)) -> bool {
        let width = self.right.len() + 1;
        let last = self.from.len() - 1;
        self.to[i * width + j] + 1 + self.from[last - (next_i * width + next_j)] == self.to[last]
    }

    fn is_match(&self, i: usize, j: usize) -> bool {
        matches(self.one.at(self.left.start + i), self.other.at(self.right.start + j))
    }

    /// Whether some way leaves a word of the left side without an equal partner.
    fn leave_left(&self, i: usize) -> bool {
        (0..=self.right.len()).any(|j| {
            self.has_error((i, j), (i + 1, j))
                || j < self.right.len() && !self.is_match(i, j) && self.has_error((i, j), (i + 1, j + 1))
        })
    }

    /// The same for a word of the right side.
    fn leave_right(&self, j: usize) -> bool {
        (0..=self.left.len()).any(|i| {
            self.has_error((i, j), (i, j + 1))
                || i < self.left.len() && !self.is_match(i, j) && self.has_error((i, j), (i + 1, j + 1))
        })
    }
}

/// The fewest words added, left out or replaced up to each cell of the table, row by row.
fn errors(rows: usize, columns: usize, is_match: impl Fn(usize, usize) -> bool) -> Vec<u32> {
    let width = columns + 1;
    let mut errors = vec![0_u32; width * (rows + 1)];
    for j in 1..width {
        errors[j] = errors[j - 1] + 1;
    }
    for i in 1..=rows {
        errors[i * width] = errors[(i - 1) * width] + 1;
        for j in 1..width {
            let at = i * width + j;
            let across = errors[at - width - 1] + u32::from(!is_match(i - 1, j - 1));
            errors[at] = across.min(errors[at - 1] + 1).min(errors[at - width] + 1);
        }
    }
    errors
}
