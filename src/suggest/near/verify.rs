//! What two texts have in common, word by word: the measure that a suggestion prints.
//!
//! ```text
//! I will not stop my hunger strike till the end
//! he will not stop my hunger strike until the end   ->  3 of 6 shingles; 8 of 10 words in the same order
//! ```
//!
//! Normative: spec/suggestion.md, "Near-copies". Everything here works on words of any kind that can be compared:
//! on hashes while pairs are sifted, on the words themselves before one is proposed.

/// How many words one shingle has, where it is counted.
pub const SHINGLE: usize = 5;
/// The longest text, in words, whose order is compared.
pub const LONGEST_IN_ORDER: usize = 256;
/// The shortest run of shared words that is shown.
pub const SHORTEST_RUN: usize = 3;
/// The most places of a run's first words that are tried in the other text.
const MAX_PLACES: usize = 64;

/// Shingles of the shorter text that stand in the longer one too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Containment {
    /// How many different ones stand in both.
    pub shared: usize,
    /// How many different ones the shorter text has.
    pub of: usize,
}

impl Containment {
    /// Of `shorter` in `longer`. A text of fewer than five words is one shingle of all its words, which a longer
    /// text contains where it has these words side by side; a text without words has none.
    pub fn of<W: Ord>(shorter: &[W], longer: &[W]) -> Containment {
        let size = SHINGLE.min(shorter.len());
        if size == 0 {
            return Containment { shared: 0, of: 0 };
        }
        let (mine, theirs) = (different(shorter, size), different(longer, size));
        let mut theirs = theirs.into_iter().peekable();
        let mut shared = 0;
        for shingle in &mine {
            while theirs.next_if(|other| other < shingle).is_some() {}
            shared += usize::from(theirs.peek() == Some(shingle));
        }
        Containment { shared, of: mine.len() }
    }
}

/// The different shingles of `size` words, in order.
fn different<W: Ord>(words: &[W], size: usize) -> Vec<&[W]> {
    let mut shingles: Vec<&[W]> = words.windows(size).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// The most words that can be struck out of neither text in the same order: the longest common subsequence, by
/// the bit-parallel method of Hyyrö (2004). `one` has at most [`LONGEST_IN_ORDER`] words.
pub fn in_order<W: Ord>(one: &[W], other: &[W]) -> usize {
    const BITS: usize = 64;
    const LANES: usize = LONGEST_IN_ORDER / BITS;
    assert!(
        one.len() <= LONGEST_IN_ORDER,
        "the caller compares the order of short texts only"
    );
    let mut places: Vec<(&W, usize)> = one.iter().zip(0..).collect();
    places.sort_unstable();
    let mut row = [u64::MAX; LANES];
    for word in other {
        let from = places.partition_point(|(mine, _)| *mine < word);
        let mut mask = [0u64; LANES];
        for (_, place) in places[from..].iter().take_while(|(mine, _)| *mine == word) {
            mask[place / BITS] |= 1 << (place % BITS);
        }
        let mut carry = false;
        for (row, mask) in row.iter_mut().zip(mask) {
            let matched = *row & mask;
            let (sum, over) = row.overflowing_add(matched);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            carry = over || over_again;
            *row = sum | (*row & !mask);
        }
    }
    let is_matched = |place: &usize| row[place / BITS] >> (place % BITS) & 1 == 0;
    (0..one.len()).filter(is_matched).count()
}

/// Words that stand side by side in both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The place of the first word in the one text.
    pub one: usize,
    /// And in the other.
    pub other: usize,
    /// How many words.
    pub words: usize,
}

/// The runs of at least `shortest` words that stand in both texts, from the first word of `one` on, the longest at
/// each place, none overlapping another in `one`.
pub fn shared_runs<W: Ord>(one: &[W], other: &[W], shortest: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    if one.len() < shortest || other.len() < shortest {
        return runs;
    }
    let mut places: Vec<(&[W], usize)> = other.windows(shortest).zip(0..).collect();
    places.sort_unstable();
    let mut at = 0;
    while at + shortest <= one.len() {
        let first = &one[at..at + shortest];
        let from = places.partition_point(|(words, _)| *words < first);
        let tried = places[from..]
            .iter()
            .take_while(|(words, _)| *words == first)
            .take(MAX_PLACES);
        let longest = tried
            .map(|(_, place)| {
                (
                    one[at..]
                        .iter()
                        .zip(&other[*place..])
                        .take_while(|(a, b)| a == b)
                        .count(),
                    *place,
                )
            })
            .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        match longest {
            Some((words, place)) => {
                runs.push(Run {
                    one: at,
                    other: place,
                    words,
                });
                at += words;
            }
            None => at += 1,
        }
    }
    runs
}
