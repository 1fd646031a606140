//! What is aligned: places in order, each with the symbols that may stand there.
//!
//! A word of a witness is one symbol, or several where its letters have two readings (`'s` is `is`
//! or `has`); a column of a table has the symbols of every witness in it. Two slots match where
//! they share a symbol.

use std::cmp::Ordering;
use std::ops::Range;

/// Slots in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Slots {
    ends: Vec<u32>,
    symbols: Vec<u32>,
}

impl Slots {
    /// How many slots there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The symbols of a slot, in order.
    pub fn at(&self, slot: usize) -> &[u32] {
        let start = if slot == 0 { 0 } else { self.ends[slot - 1] };
        &self.symbols[start as usize..self.ends[slot] as usize]
    }

    /// Adds a slot.
    pub fn push(&mut self, symbols: impl IntoIterator<Item = u32>) {
        let start = self.symbols.len();
        self.symbols.extend(symbols);
        self.symbols[start..].sort_unstable();
        let mut kept = start;
        for at in start..self.symbols.len() {
            if at == start || self.symbols[at] != self.symbols[kept - 1] {
                self.symbols[kept] = self.symbols[at];
                kept += 1;
            }
        }
        self.symbols.truncate(kept);
        self.ends
            .push(u32::try_from(kept).expect("MAX_WORDS keeps symbols within 32 bits"));
    }

    /// The slots of a range, as slots of their own.
    pub fn part(&self, range: Range<usize>) -> Slots {
        let mut part = Slots::default();
        range.for_each(|slot| part.push(self.at(slot).iter().copied()));
        part
    }

    /// An order in which two sequences stand whoever was named first: the shorter one first, then
    /// by their symbols.
    pub fn order(&self, other: &Slots) -> Ordering {
        let length = self.len().cmp(&other.len());
        length
            .then_with(|| self.symbols.cmp(&other.symbols))
            .then_with(|| self.ends.cmp(&other.ends))
    }
}

/// Whether two slots share a symbol.
pub(super) fn matches(one: &[u32], other: &[u32]) -> bool {
    match (one, other) {
        ([one], [other]) => one == other,
        _ => one.iter().any(|symbol| other.binary_search(symbol).is_ok()),
    }
}
