//! Two sequences aligned, with as few words as possible left alone.
//!
//! `we did not sign` and `we did sign now`: three pairs, and `not` and `now` are left. The number
//! of words left alone is the exact edit distance of insertions and deletions, found as a longest
//! common subsequence with 64 cells of the table in one machine word (Crochemore and others 2001;
//! Hyyrö 2004), and in linear room where the table would not fit (Hirschberg 1975). Among
//! alignments of that cost [`settle`](super::settle) prefers fewer places. Over [`MAX_CELLS`] the
//! sequences are first cut at passages that occur once in each ([`anchors`](super::anchors)), and
//! the result says that it may not be the least. Nothing here knows what a symbol means.

use std::collections::HashMap;
use std::ops::Range;

use super::anchors;
use super::settle;
use super::slots::{Slots, matches};

/// The largest table, in cells, over which an alignment is exact: 200,000 words by as many.
pub const MAX_CELLS: u64 = 40_000_000_000;

/// The largest table that is kept, in bytes of one bit a cell: 64 MiB. Larger ones are halved.
const MAX_KEPT: usize = 64 << 20;

/// Pairs of slots that match, in order on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Aligned {
    pub pairs: Vec<(u32, u32)>,
    /// Whether as few words as possible are left alone.
    pub exact: bool,
}

/// Aligns two sequences; which is named first makes no difference.
pub(super) fn align(one: &Slots, other: &Slots) -> Aligned {
    align_within(one, other, MAX_CELLS)
}

/// As [`align`], with another limit of cells.
pub(super) fn align_within(one: &Slots, other: &Slots, max_cells: u64) -> Aligned {
    if one.order(other).is_gt() {
        let mut aligned = align_within(other, one, max_cells);
        aligned.pairs.iter_mut().for_each(|pair| *pair = (pair.1, pair.0));
        return aligned;
    }
    let mut work = Work {
        one,
        other,
        pairs: Vec::with_capacity(one.len().min(other.len())),
        max_cells,
        exact: true,
    };
    work.solve(0..one.len(), 0..other.len());
    let pairs = settle::settle(one, other, &work.pairs);
    debug_assert!(pairs.len() == work.pairs.len() || !work.exact && pairs.len() > work.pairs.len());
    Aligned {
        pairs,
        exact: work.exact,
    }
}

struct Work<'s> {
    one: &'s Slots,
    other: &'s Slots,
    pairs: Vec<(u32, u32)>,
    max_cells: u64,
    exact: bool,
}

impl Work<'_> {
    fn is_match(&self, left: usize, right: usize) -> bool {
        matches(self.one.at(left), self.other.at(right))
    }

    fn pair(&mut self, left: usize, right: usize) {
        let narrow = |at: usize| u32::try_from(at).expect("MAX_WORDS keeps slots within 32 bits");
        self.pairs.push((narrow(left), narrow(right)));
    }

    /// Pairs the slots of two ranges, in order.
    fn solve(&mut self, mut left: Range<usize>, mut right: Range<usize>) {
        // What matches at both ends is paired in some best alignment.
        while !left.is_empty() && !right.is_empty() && self.is_match(left.start, right.start) {
            self.pair(left.start, right.start);
            (left.start, right.start) = (left.start + 1, right.start + 1);
        }
        let mut tail = 0;
        while !left.is_empty() && !right.is_empty() && self.is_match(left.end - 1, right.end - 1) {
            (left.end, right.end) = (left.end - 1, right.end - 1);
            tail += 1;
        }
        if !left.is_empty() && !right.is_empty() {
            self.inside(left.clone(), right.clone());
        }
        for at in 0..tail {
            self.pair(left.end + at, right.end + at);
        }
    }

    fn inside(&mut self, left: Range<usize>, right: Range<usize>) {
        let cells = left.len() as u64 * right.len() as u64;
        if cells > self.max_cells {
            self.exact = false;
            self.between_anchors(left, right);
        } else if left.len().div_ceil(64) * 8 * right.len() <= MAX_KEPT || right.len() == 1 {
            self.kept(left, right);
        } else {
            self.halved(left, right);
        }
    }

    /// Cuts at anchors; where there are none, nothing is paired.
    fn between_anchors(&mut self, left: Range<usize>, right: Range<usize>) {
        let anchors = anchors::find(self.one, left.clone(), self.other, right.clone());
        let (mut from_left, mut from_right) = (left.start, right.start);
        if anchors.is_empty() {
            return;
        }
        for anchor in anchors {
            self.solve(from_left..anchor.left, from_right..anchor.right);
            for at in 0..anchor.length {
                self.pair(anchor.left + at, anchor.right + at);
            }
            (from_left, from_right) = (anchor.left + anchor.length, anchor.right + anchor.length);
        }
        self.solve(from_left..left.end, from_right..right.end);
    }

    /// The whole table, one bit a cell, walked back.
    fn kept(&mut self, left: Range<usize>, right: Range<usize>) {
        let masks = Masks::of(self.one, left.clone(), false);
        let words = masks.words;
        let mut rows = Vec::with_capacity(words * right.len());
        let mut row = vec![u64::MAX; words];
        for slot in right.clone() {
            masks.step(self.other.at(slot), &mut row);
            rows.extend_from_slice(&row);
        }
        // A bit is 0 where one more word of the left side lengthens the common subsequence.
        let lengthens = |i: usize, j: usize| j > 0 && rows[(j - 1) * words + (i - 1) / 64] >> ((i - 1) % 64) & 1 == 0;
        let (mut i, mut j) = (left.len(), right.len());
        let from = self.pairs.len();
        while i > 0 && j > 0 {
            if !lengthens(i, j) {
                i -= 1;
            } else if lengthens(i, j - 1) {
                j -= 1;
            } else {
                (i, j) = (i - 1, j - 1);
                self.pair(left.start + i, right.start + j);
            }
        }
        self.pairs[from..].reverse();
    }

    /// Halves the right side, and the left one where the best alignment passes.
    fn halved(&mut self, left: Range<usize>, right: Range<usize>) {
        let middle = right.start + right.len() / 2;
        let lengths = |backwards: bool| {
            let masks = Masks::of(self.one, left.clone(), backwards);
            let mut row = vec![u64::MAX; masks.words];
            if backwards {
                (middle..right.end)
                    .rev()
                    .for_each(|slot| masks.step(self.other.at(slot), &mut row));
            } else {
                (right.start..middle).for_each(|slot| masks.step(self.other.at(slot), &mut row));
            }
            let mut length = 0_u32;
            let each = (0..left.len()).map(|i| {
                length += u32::from(row[i / 64] >> (i % 64) & 1 == 0);
                length
            });
            std::iter::once(0).chain(each.collect::<Vec<_>>()).collect::<Vec<u32>>()
        };
        let (before, after) = (lengths(false), lengths(true));
        let cut = (0..=left.len())
            .max_by_key(|i| (before[*i] + after[left.len() - i], std::cmp::Reverse(*i)))
            .expect("a range of slots has an end");
        let cut = left.start + cut;
        self.solve(left.start..cut, right.start..middle);
        self.solve(cut..left.end, middle..right.end);
    }
}

/// For each symbol, where it stands on the left side: 64 slots to a word, words without it left out.
struct Masks {
    words: usize,
    of_symbol: HashMap<u32, Vec<(u32, u64)>>,
}

impl Masks {
    fn of(slots: &Slots, range: Range<usize>, backwards: bool) -> Masks {
        let mut of_symbol = HashMap::<u32, Vec<(u32, u64)>>::new();
        for at in 0..range.len() {
            let slot = if backwards {
                range.end - 1 - at
            } else {
                range.start + at
            };
            let word = u32::try_from(at / 64).expect("MAX_WORDS keeps slots within 32 bits");
            for symbol in slots.at(slot) {
                let masks = of_symbol.entry(*symbol).or_default();
                match masks.last_mut() {
                    Some((last, mask)) if *last == word => *mask |= 1 << (at % 64),
                    _ => masks.push((word, 1 << (at % 64))),
                }
            }
        }
        Masks {
            words: range.len().div_ceil(64),
            of_symbol,
        }
    }

    /// The next row of the table: `V + (V & M) | (V & !M)` over all words, with its carry.
    fn step(&self, symbols: &[u32], row: &mut [u64]) {
        let mut merged = Vec::new();
        let found = match symbols {
            [symbol] => self.of_symbol.get(symbol).map_or(&[][..], Vec::as_slice),
            _ => {
                merged.extend(
                    symbols
                        .iter()
                        .filter_map(|symbol| self.of_symbol.get(symbol))
                        .flatten()
                        .copied(),
                );
                merged.sort_unstable_by_key(|(word, _)| *word);
                merged.dedup_by(|next, kept| {
                    kept.0 == next.0 && {
                        kept.1 |= next.1;
                        true
                    }
                });
                &merged
            }
        };
        // Between the words that have the symbol only a carry can change anything.
        let mut carry = false;
        let mut at = 0;
        for (word, mask) in found {
            let word = *word as usize;
            while carry && at < word {
                carry = carry_into(&mut row[at]);
                at += 1;
            }
            at = word + 1;
            let old = row[word];
            let (sum, over) = old.overflowing_add(old & mask);
            let (sum, over_carry) = sum.overflowing_add(u64::from(carry));
            carry = over | over_carry;
            row[word] = sum | (old & !mask);
        }
        while carry && at < row.len() {
            carry = carry_into(&mut row[at]);
            at += 1;
        }
    }
}

/// The step of a word that has none of the symbols.
fn carry_into(word: &mut u64) -> bool {
    let (sum, carry) = word.overflowing_add(1);
    *word |= sum;
    carry
}
