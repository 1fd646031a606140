//! Near-copies: texts that share so many words in a row that one may be taken from the other, or both from a third.
//!
//! ```text
//! 31 of the 46 five-word shingles of S12 are in S31 too; 44 of its 50 words are there in the same order
//! ```
//!
//! Normative: spec/suggestion.md, "Near-copies". Hashes sift, words decide: what is printed of a pair was counted on
//! the folded words themselves. That two texts share words does not say who copied whom, nor that anybody did: a
//! formula, a quotation and a translation by the same hand are found too. A translation into another language is not.

mod sharing;
mod shingle;
mod verify;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::text::{Casing, MAX_TEXT};

use sharing::{Candidate, Sharing};
use verify::{Containment, LONGEST_IN_ORDER, SHORTEST_RUN, in_order, shared_runs};
use words::{PlacedWords, TextWords};

/// The fewest words of a text that is compared. Of shorter ones a formula alone makes near-copies.
pub const FEWEST_WORDS: usize = 12;
/// The most bytes of all texts together: the longest are left out, and counted, until the rest is within it.
pub const MAX_BYTES: usize = 512 << 20;
/// The most runs of shared words that are handed over of one pair. All are counted.
pub const MAX_RUNS: usize = 50;

/// Of the shorter text's shingles, the share that makes a near-copy: one in five.
const SHINGLES_OF: usize = 5;
/// Of the shorter text's words, the percentage that makes a near-copy where they stand in the same order in both.
const PERCENT_IN_ORDER: usize = 65;
/// The longer text has at most so many times the words of the shorter where their order is compared: common words
/// stand in any order in a text that is long enough.
const TIMES_AS_LONG: usize = 2;
/// Of the shorter text's short shingles that are not too common, the share that has its order compared: one in six.
const PROPOSED_BY: usize = 6;

/// A text to compare.
#[derive(Debug, Clone, Copy)]
pub struct Text<'t> {
    /// The text as received.
    pub words: &'t str,
    /// How its capital letters become small ones.
    pub casing: Casing,
}

/// Which measure made a pair a near-copy, the stricter first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// At least a fifth of the shorter text's five-word shingles stand in the longer one.
    Shingles,
    /// At least 65 of a hundred words of the shorter text stand in the longer one in the same order.
    Order,
}

/// Words that stand side by side in both texts of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedWords {
    /// How many.
    pub words: usize,
    /// Their bytes in the shorter text.
    pub shorter: Range<usize>,
    /// Their bytes in the longer one.
    pub longer: Range<usize>,
}

/// Two texts of which one may be a copy of the other. Texts are named by their place among those given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearCopy {
    /// The text with fewer words; of equal ones the earlier.
    pub shorter: usize,
    /// The other.
    pub longer: usize,
    /// The measure that it passed.
    pub measure: Measure,
    /// How many different five-word shingles stand in both.
    pub shingles_shared: usize,
    /// How many different ones the shorter text has.
    pub shingles: usize,
    /// How many words stand in both in the same order; `None` where a text is too long for it, or one more than
    /// twice as long as the other.
    pub in_order: Option<usize>,
    /// How many words the shorter text has.
    pub words: usize,
    /// The shared runs of three words and more, from the beginning of the shorter text, up to [`MAX_RUNS`].
    pub runs: Vec<SharedWords>,
    /// How many runs there are.
    pub run_count: usize,
}

/// What was found among some texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NearCopies {
    /// Groups of texts whose words are the same, each in the order given. The first stands for all in `pairs`.
    pub same: Vec<Vec<usize>>,
    /// Pairs, by the places of their texts, up to what was asked for.
    pub pairs: Vec<NearCopy>,
    /// How many pairs there are.
    pub pair_count: usize,
    /// Five-word shingles that stand in so many texts that they proposed no pair.
    pub too_common: usize,
    /// Texts of fewer than [`FEWEST_WORDS`] words.
    pub too_short: usize,
    /// Texts left out because they, or all together, are too long.
    pub too_long: usize,
}

/// Finds the near-copies among `texts`, and hands over at most `limit` pairs of them.
pub fn near_copies(texts: &[Text<'_>], limit: usize) -> NearCopies {
    let mut found = NearCopies::default();
    let fits = within_limits(texts);
    found.too_long = fits.iter().filter(|fits| !**fits).count();
    let mut words = TextWords::default();
    let mut given = Vec::new();
    for (place, text) in texts.iter().enumerate().filter(|(place, _)| fits[*place]) {
        words.push_text(text);
        if words.last().len() < FEWEST_WORDS {
            found.too_short += 1;
            words.pop();
        } else {
            given.push(place);
        }
    }
    found.same = take_same(texts, &mut words, &mut given);
    let sharing = Sharing::of(&words);
    found.too_common = sharing.too_common_shingles();
    let mut sifted = Vec::new();
    sharing.pairs(|candidate| {
        if let Some(pair) = sift(&words, &sharing, candidate) {
            sifted.push(pair);
        }
    });
    let place = |text: u32| given[text as usize];
    sifted.sort_unstable_by_key(|(one, other)| (place(*one).min(place(*other)), place(*one).max(place(*other))));
    for (shorter, longer) in sifted {
        let (shorter, longer) = (place(shorter), place(longer));
        if found.pairs.len() >= limit {
            found.pair_count += 1;
        } else if let Some(pair) = compare(texts, shorter, longer) {
            found.pair_count += 1;
            found.pairs.push(pair);
        }
    }
    found
}

/// Which texts are compared: none that is too long by itself, and the shorter ones as long as all of them together
/// are within the limit.
fn within_limits(texts: &[Text<'_>]) -> Vec<bool> {
    let mut by_length: Vec<usize> = (0..texts.len()).collect();
    by_length.sort_by_key(|place| texts[*place].words.len());
    let mut fits = vec![false; texts.len()];
    let mut bytes = 0usize;
    for place in by_length {
        let length = texts[place].words.len();
        bytes = bytes.saturating_add(length);
        fits[place] = length <= MAX_TEXT && bytes <= MAX_BYTES;
    }
    fits
}

/// Takes all but the first of texts with the same words out of `words` and `given`, and gives the groups.
fn take_same(texts: &[Text<'_>], words: &mut TextWords, given: &mut Vec<usize>) -> Vec<Vec<usize>> {
    let mut by_hashes: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (text, hashes) in (0u32..).zip(words.iter()) {
        by_hashes.entry(shingle::shingle_hash(hashes)).or_default().push(text);
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut kept = vec![true; given.len()];
    for equal in by_hashes.into_values().filter(|equal| equal.len() > 1) {
        let mut by_words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for text in equal {
            let place = given[text as usize];
            let group = by_words.entry(PlacedWords::of(&texts[place]).into_line()).or_default();
            kept[text as usize] = group.is_empty();
            group.push(place);
        }
        groups.extend(by_words.into_values().filter(|group| group.len() > 1));
    }
    groups.sort();
    words.keep(&kept);
    let mut kept = kept.into_iter();
    given.retain(|_| kept.next().unwrap_or(true));
    groups
}

/// Whether a pair is a near-copy by the hashes of its words; the shorter first.
fn sift(words: &TextWords, sharing: &Sharing, candidate: &Candidate) -> Option<(u32, u32)> {
    let Candidate {
        one,
        other,
        shared: [long, short],
    } = *candidate;
    let (shorter, longer) = match words.of(one).len() <= words.of(other).len() {
        true => (one, other),
        false => (other, one),
    };
    let (mine, theirs) = (words.of(shorter), words.of(longer));
    let [different_long, different_short] = sharing.different(shorter);
    let [common_long, common_short] = sharing.too_common(shorter);
    let by_shingles = (long + common_long) * SHINGLES_OF as u32 >= different_long;
    let rare = (different_short - common_short).max(1);
    let by_order = short * PROPOSED_BY as u32 >= rare && compares_order(mine.len(), theirs.len());
    let passes = (by_shingles && contains(&Containment::of(mine, theirs)))
        || (by_order && is_in_order(in_order(mine, theirs), mine.len()));
    passes.then_some((shorter, longer))
}

/// Whether two texts of so many words may be compared by the order of their words.
fn compares_order(shorter: usize, longer: usize) -> bool {
    shorter <= LONGEST_IN_ORDER && longer <= shorter * TIMES_AS_LONG
}

fn contains(containment: &Containment) -> bool {
    containment.shared > 0 && containment.shared * SHINGLES_OF >= containment.of
}

fn is_in_order(in_order: usize, words: usize) -> bool {
    in_order * 100 >= words * PERCENT_IN_ORDER
}

/// How many words a text has, as they are compared.
pub fn count_words(text: &Text<'_>) -> usize {
    PlacedWords::of(text).forms().count()
}

/// Compares two texts by their words themselves.
fn compare(texts: &[Text<'_>], one: usize, other: usize) -> Option<NearCopy> {
    let (mine, theirs) = (PlacedWords::of(&texts[one]), PlacedWords::of(&texts[other]));
    let mut numbers = BTreeMap::new();
    let numbers_of = |words: &PlacedWords, numbers: &mut BTreeMap<String, u32>| -> Vec<u32> {
        let number = |word: &str| {
            let next = numbers.len() as u32;
            *numbers.entry(word.to_owned()).or_insert(next)
        };
        words.forms().map(number).collect()
    };
    let (a, b) = (numbers_of(&mine, &mut numbers), numbers_of(&theirs, &mut numbers));
    let containment = Containment::of(&a, &b);
    let order = compares_order(a.len(), b.len()).then(|| in_order(&a, &b));
    let measure = match (contains(&containment), order) {
        (true, _) => Measure::Shingles,
        (false, Some(order)) if is_in_order(order, a.len()) => Measure::Order,
        (false, _) => return None,
    };
    let runs = shared_runs(&a, &b, SHORTEST_RUN);
    let shared_words = |run: &verify::Run| SharedWords {
        words: run.words,
        shorter: mine.span(run.one..run.one + run.words),
        longer: theirs.span(run.other..run.other + run.words),
    };
    Some(NearCopy {
        shorter: one,
        longer: other,
        measure,
        shingles_shared: containment.shared,
        shingles: containment.of,
        in_order: order,
        words: a.len(),
        runs: runs.iter().take(MAX_RUNS).map(shared_words).collect(),
        run_count: runs.len(),
    })
}
