//! Passages that occur once on each side, in the same order: where texts that are too long for an
//! exact alignment are cut.
//!
//! Runs of eight words are tried first, then of four, two and one. Those that occur once on each
//! side and in one order (their longest increasing chain, by patience sorting) are the anchors.
//! The alignment between them is exact; that it is the best of the whole is not shown.

use std::collections::HashMap;
use std::ops::Range;

use super::slots::{Slots, matches};

/// The lengths of runs that are tried, in words.
const RUNS: [usize; 4] = [8, 4, 2, 1];

/// A passage that stands on both sides.
pub(super) struct Anchor {
    pub left: usize,
    pub right: usize,
    pub length: usize,
}

/// Anchors in order, without overlap; none where no run occurs once on both sides.
pub(super) fn find(one: &Slots, left: Range<usize>, other: &Slots, right: Range<usize>) -> Vec<Anchor> {
    for length in RUNS {
        if left.len() < length || right.len() < length {
            continue;
        }
        let ours = single_runs(one, left.clone(), length);
        let theirs = single_runs(other, right.clone(), length);
        let mut shared: Vec<(usize, usize)> = ours
            .iter()
            .filter_map(|(run, at)| Some((*at, *theirs.get(run)?)))
            .filter(|(at, their)| (0..length).all(|step| matches(one.at(at + step), other.at(their + step))))
            .collect();
        shared.sort_unstable();
        let chain = increasing(&shared);
        if !chain.is_empty() {
            return without_overlap(&chain, length);
        }
    }
    Vec::new()
}

/// Runs that occur once, by a hash of their first symbols, and where.
fn single_runs(slots: &Slots, range: Range<usize>, length: usize) -> HashMap<u64, usize> {
    let mut runs = HashMap::new();
    let mut twice = Vec::new();
    for at in range.start..=range.end - length {
        // FNV-1a; equal hashes are compared word by word before they count.
        let hash = (at..at + length).fold(0xcbf2_9ce4_8422_2325_u64, |hash, slot| {
            (hash ^ u64::from(slots.at(slot).first().copied().unwrap_or_default())).wrapping_mul(0x100_0000_01b3)
        });
        if runs.insert(hash, at).is_some() {
            twice.push(hash);
        }
    }
    for hash in twice {
        runs.remove(&hash);
    }
    runs
}

/// The longest chain in which both places grow.
fn increasing(shared: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut piles: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; shared.len()];
    for (at, (_, right)) in shared.iter().enumerate() {
        let pile = piles.partition_point(|top| shared[*top].1 < *right);
        before[at] = pile.checked_sub(1).map(|below| piles[below]);
        if pile == piles.len() {
            piles.push(at);
        } else {
            piles[pile] = at;
        }
    }
    let mut chain = Vec::new();
    let mut next = piles.last().copied();
    while let Some(at) = next {
        chain.push(shared[at]);
        next = before[at];
    }
    chain.reverse();
    chain
}

fn without_overlap(chain: &[(usize, usize)], length: usize) -> Vec<Anchor> {
    let mut anchors: Vec<Anchor> = Vec::new();
    for (left, right) in chain.iter().copied() {
        if let Some(last) = anchors.last_mut() {
            let (ahead, across) = (left - last.left, right - last.right);
            if ahead == across && ahead <= last.length {
                last.length = ahead + length;
                continue;
            }
            if ahead < last.length || across < last.length {
                continue;
            }
        }
        anchors.push(Anchor { left, right, length });
    }
    anchors
}
