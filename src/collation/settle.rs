//! Among the best alignments, one with fewer places that differ.
//!
//! `I was I was there` against `I was there`: the words left alone are one `I was` and not an `I`
//! here and a `was` there. Between stretches that agree, all alignments that leave as few words
//! alone are compared, and one with the fewest places is taken. The number of words left alone
//! never changes, and a stretch over [`MAX_WINDOW`] stays as it is.

use super::slots::{Slots, matches};

/// The largest stretch that is looked at again, in cells.
const MAX_WINDOW: usize = 512 * 512;

/// As many words in a row that agree end a stretch.
const SOLID: usize = 8;

/// How many words of such a run are looked at together with what stands beside it.
const KEPT: usize = SOLID / 2;

/// The cost of a word that is left alone; a place costs 1, and there are fewer than this.
const ALONE: u64 = 1 << 20;

/// The same number of pairs, in fewer runs where that can be had.
pub(super) fn settle(one: &Slots, other: &Slots, pairs: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut settled: Vec<(u32, u32)> = Vec::with_capacity(pairs.len());
    let (mut left, mut right) = (0, 0);
    let mut at = 0;
    while at < pairs.len() {
        // A run that is long enough holds: its first words end a stretch, its last ones begin one.
        let run = run_from(pairs, at);
        if run >= SOLID {
            let end = pairs[at + KEPT];
            let end = (end.0 as usize, end.1 as usize);
            window(one, other, (left, end.0), (right, end.1), pairs, &mut settled);
            let held = &pairs[at + KEPT..=at + run - KEPT];
            settled.extend_from_slice(held);
            let last = held[held.len() - 1];
            (left, right) = (last.0 as usize + 1, last.1 as usize + 1);
        }
        at += run;
    }
    window(one, other, (left, one.len()), (right, other.len()), pairs, &mut settled);
    settled
}

/// How many pairs from this one on follow each other on both sides.
pub(super) fn run_from(pairs: &[(u32, u32)], at: usize) -> usize {
    let follows = |pair: &[(u32, u32)]| pair[0].0 + 1 == pair[1].0 && pair[0].1 + 1 == pair[1].1;
    1 + pairs[at..].windows(2).take_while(|pair| follows(pair)).count()
}

/// Settles one stretch; `pairs` are those of the whole.
fn window(
    one: &Slots,
    other: &Slots,
    left: (usize, usize),
    right: (usize, usize),
    pairs: &[(u32, u32)],
    settled: &mut Vec<(u32, u32)>,
) {
    let (rows, columns) = (left.1 - left.0, right.1 - right.0);
    let from = pairs.partition_point(|pair| (pair.0 as usize) < left.0);
    let to = pairs.partition_point(|pair| (pair.0 as usize) < left.1);
    let old = &pairs[from..to];
    if rows == 0 || columns == 0 {
        return;
    }
    if old.len() == rows.min(columns) && rows == columns || rows * columns > MAX_WINDOW {
        settled.extend_from_slice(old);
        return;
    }
    let grid = Grid::filled(one, left.0, rows, other, right.0, columns);
    let first = settled.len();
    grid.walk(rows, columns, |i, j| {
        let narrow = |at: usize| u32::try_from(at).expect("MAX_WORDS keeps slots within 32 bits");
        settled.push((narrow(left.0 + i), narrow(right.0 + j)));
    });
    settled[first..].reverse();
}

/// The cheapest way to each cell, by whether its last step was a pair or a word left alone.
struct Grid {
    width: usize,
    paired: Vec<u64>,
    alone: Vec<u64>,
}

const NO_WAY: u64 = u64::MAX / 2;

impl Grid {
    fn filled(one: &Slots, left: usize, rows: usize, other: &Slots, right: usize, columns: usize) -> Grid {
        let width = columns + 1;
        let mut grid = Grid {
            width,
            paired: vec![NO_WAY; width * (rows + 1)],
            alone: vec![NO_WAY; width * (rows + 1)],
        };
        grid.paired[0] = 0;
        for i in 0..=rows {
            for j in 0..=columns {
                let at = i * width + j;
                if i > 0 && j > 0 && matches(one.at(left + i - 1), other.at(right + j - 1)) {
                    let before = at - width - 1;
                    grid.paired[at] = grid.paired[before].min(grid.alone[before]);
                }
                let mut step = |before: usize| {
                    let cost = grid.alone[before].min(grid.paired[before] + 1) + ALONE;
                    grid.alone[at] = grid.alone[at].min(cost);
                };
                if i > 0 {
                    step(at - width);
                }
                if j > 0 {
                    step(at - 1);
                }
            }
        }
        grid
    }

    /// Walks back from the last cell and names each pair, the last first.
    fn walk(&self, rows: usize, columns: usize, mut pair: impl FnMut(usize, usize)) {
        let (mut i, mut j) = (rows, columns);
        let mut in_pair = self.paired[i * self.width + j] < self.alone[i * self.width + j];
        while i > 0 || j > 0 {
            let at = i * self.width + j;
            if in_pair {
                (i, j) = (i - 1, j - 1);
                pair(i, j);
                let before = at - self.width - 1;
                in_pair = self.paired[before] <= self.alone[before];
                continue;
            }
            // A place begins with the left side's words, so walking back the right side's come first.
            let cost = |before: usize| self.alone[before].min(self.paired[before] + 1) + ALONE;
            let before = if j > 0 && cost(at - 1) == self.alone[at] {
                j -= 1;
                at - 1
            } else {
                i -= 1;
                at - self.width
            };
            in_pair = self.paired[before] < self.alone[before];
        }
    }
}
