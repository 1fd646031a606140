//! Recall and false ones of near-copies on a set of natural texts, and of copies of some of them.

use std::collections::BTreeMap;

use affiant::suggest::near::{Measure, NearCopies, Text, near_copies};
use affiant::text::Casing;

use super::texts::{Natural, Numbers, copy};

/// One in so many natural texts is copied.
const COPIED: usize = 4;

/// What was found of the copies.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Recall {
    pub found: usize,
    pub of: usize,
}

impl Recall {
    pub fn percent(self) -> f64 {
        100.0 * self.found as f64 / self.of.max(1) as f64
    }
}

/// What was proposed of natural pairs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Flagged {
    /// Pairs of texts with the very same words.
    pub same: usize,
    /// Pairs that passed the measure of shingles.
    pub shingles: usize,
    /// Pairs that passed the measure of order.
    pub order: usize,
    /// How many of all these are pairs of one group.
    pub in_group: usize,
    /// All pairs.
    pub pairs: usize,
    /// All pairs of one group.
    pub group_pairs: usize,
}

impl Flagged {
    pub fn all(self) -> usize {
        self.same + self.shingles + self.order
    }
}

pub fn text(words: &str) -> Text<'_> {
    Text {
        words,
        casing: Casing::Root,
    }
}

fn find(texts: &[&str]) -> NearCopies {
    let texts: Vec<Text<'_>> = texts.iter().map(|words| text(words)).collect();
    near_copies(&texts, usize::MAX)
}

/// The words that copies take in place of others: those of the texts, as often as they stand there.
pub fn vocabulary(natural: &[Natural]) -> Vec<String> {
    natural
        .iter()
        .flat_map(|one| one.text.split_whitespace().map(str::to_owned))
        .collect()
}

/// Copies one in four texts with so much replaced, and looks for the copies among all of them. By the number of
/// words of the text, and what was proposed beside: `(recall by class, pairs of a copy with another text than its own)`.
pub fn recall(natural: &[Natural], percent: usize, classes: &[usize]) -> (BTreeMap<usize, Recall>, usize) {
    let vocabulary = vocabulary(natural);
    let mut numbers = Numbers::from_seed(percent as u64 + 1);
    let originals: Vec<usize> = (0..natural.len()).step_by(COPIED).collect();
    let copies: Vec<String> = originals
        .iter()
        .map(|place| copy(&natural[*place].text, percent, &vocabulary, &mut numbers))
        .collect();
    let texts: Vec<&str> = natural
        .iter()
        .map(|one| one.text.as_str())
        .chain(copies.iter().map(String::as_str))
        .collect();
    let found = find(&texts);
    // A text that stands for others with the same words stands for them here too.
    let mut stands_for: Vec<usize> = (0..texts.len()).collect();
    for group in &found.same {
        group.iter().for_each(|place| stands_for[*place] = group[0]);
    }
    let pairs: std::collections::BTreeSet<(usize, usize)> = found
        .pairs
        .iter()
        .map(|pair| (pair.shorter.min(pair.longer), pair.shorter.max(pair.longer)))
        .collect();
    let mut by_class: BTreeMap<usize, Recall> = BTreeMap::new();
    let mut right = 0;
    for (nth, place) in originals.iter().enumerate() {
        let (one, other) = (stands_for[*place], stands_for[natural.len() + nth]);
        let is_found = one == other || pairs.contains(&(one.min(other), one.max(other)));
        right += usize::from(is_found);
        let words = natural[*place].text.split_whitespace().count();
        let class = classes.iter().copied().rfind(|from| *from <= words).unwrap_or(0);
        let recall = by_class.entry(class).or_default();
        recall.of += 1;
        recall.found += usize::from(is_found);
    }
    let of_copies = found
        .pairs
        .iter()
        .filter(|pair| pair.shorter.max(pair.longer) >= natural.len())
        .count();
    (by_class, of_copies.saturating_sub(right))
}

/// What is proposed among the natural texts themselves.
pub fn flagged(natural: &[Natural]) -> (Flagged, NearCopies) {
    let texts: Vec<&str> = natural.iter().map(|one| one.text.as_str()).collect();
    let found = find(&texts);
    let mut flagged = Flagged {
        pairs: natural.len() * (natural.len().max(1) - 1) / 2,
        ..Flagged::default()
    };
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    natural.iter().for_each(|one| *sizes.entry(one.group).or_default() += 1);
    flagged.group_pairs = sizes.values().map(|size| size * (size - 1) / 2).sum();
    let of_one_group = |one: usize, other: usize| usize::from(natural[one].group == natural[other].group);
    for pair in &found.pairs {
        match pair.measure {
            Measure::Shingles => flagged.shingles += 1,
            Measure::Order => flagged.order += 1,
        }
        flagged.in_group += of_one_group(pair.shorter, pair.longer);
    }
    for group in &found.same {
        for (nth, one) in group.iter().enumerate() {
            for other in &group[nth + 1..] {
                flagged.same += 1;
                flagged.in_group += of_one_group(*one, *other);
            }
        }
    }
    (flagged, found)
}
