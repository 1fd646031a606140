//! Pairs of texts that share shingles, found without comparing every text with every other.
//!
//! ```text
//! shingle 9f3c…  in texts 4, 17          ->  (4, 17) share one more
//! shingle 51aa…  in 600 texts            ->  proposes nothing, and is counted as too common
//! ```
//!
//! Normative: spec/suggestion.md, "Near-copies". Time and memory are in proportion to the words and to the pairs
//! that share a shingle, of which a shingle brings at most half the square of its cap. Which pairs come out does
//! not depend on the order of the texts. Hashes are cut to 32 bits here, so that a pair may be said to share a
//! little more than it does; that it shares enough is checked by `verify`, on the words.

use super::shingle::shingle_hash;
use super::words::TextWords;

/// Shingles of one size.
pub struct Family {
    /// How many words a shingle has.
    pub size: usize,
    /// A shingle that is in more texts than this proposes nothing.
    pub cap: usize,
    /// Texts of more words than this have no shingles of this family.
    pub longest: usize,
}

/// How many families there are.
pub const FAMILIES: usize = 2;

/// Long shingles seldom stand in two texts by chance, so they may stand in many. Short ones find copies of short
/// texts, of which hardly five words together were left alone.
pub const FAMILY: [Family; FAMILIES] = [
    Family {
        size: 5,
        cap: 512,
        longest: usize::MAX,
    },
    Family {
        size: 3,
        cap: 32,
        longest: 256,
    },
];

/// Two texts, lower place first, and for each family how many of its shingles they share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    pub one: u32,
    pub other: u32,
    pub shared: [u32; FAMILIES],
}

/// The shingles that stand in more than one text.
struct Postings {
    /// Texts, posting by posting.
    texts: Vec<u32>,
    /// Where each posting begins in `texts`, and where the last one ends.
    starts: Vec<u32>,
    /// How many different shingles each text has.
    different: Vec<u32>,
    /// How many of these stand in more texts than the cap.
    common: Vec<u32>,
    /// How many shingles do.
    too_common: usize,
}

impl Postings {
    fn of(words: &TextWords, family: &Family) -> Postings {
        let mut entries = Vec::with_capacity(words.total());
        for (text, words) in (0u64..).zip(words.iter()) {
            if words.len() <= family.longest {
                let entry = |window: &[u64]| shingle_hash(window) >> 32 << 32 | text;
                entries.extend(words.windows(family.size).map(entry));
            }
        }
        sort_by_hash(&mut entries);
        entries.dedup();
        let mut postings = Postings {
            texts: Vec::new(),
            starts: vec![0],
            different: vec![0; words.len()],
            common: vec![0; words.len()],
            too_common: 0,
        };
        let text_of = |entry: &u64| *entry as u32;
        entries
            .iter()
            .for_each(|entry| postings.different[text_of(entry) as usize] += 1);
        for posting in entries.chunk_by(|one, other| one >> 32 == other >> 32) {
            if posting.len() > family.cap {
                postings.too_common += 1;
                posting
                    .iter()
                    .for_each(|entry| postings.common[text_of(entry) as usize] += 1);
            } else if posting.len() > 1 {
                postings.texts.extend(posting.iter().map(text_of));
                postings.starts.push(postings.texts.len() as u32);
            }
        }
        postings
    }
}

/// Sorts by the upper 32 bits and leaves in their order those that are equal in these: a radix sort, which takes
/// a fifth of the time of a comparing one here.
fn sort_by_hash(entries: &mut Vec<u64>) {
    const BITS: u32 = 11;
    const PASSES: [u32; 3] = [32, 43, 54];
    let digit = |entry: u64, shift: u32| (entry >> shift) as usize & ((1 << BITS) - 1);
    let mut counts = [[0usize; 1 << BITS]; PASSES.len()];
    for entry in entries.iter() {
        for (count, shift) in counts.iter_mut().zip(PASSES) {
            count[digit(*entry, shift)] += 1;
        }
    }
    let mut sorted = vec![0; entries.len()];
    for (count, shift) in counts.iter_mut().zip(PASSES) {
        let mut next = 0;
        for slot in count.iter_mut() {
            next += std::mem::replace(slot, next);
        }
        for entry in entries.iter() {
            let slot = &mut count[digit(*entry, shift)];
            sorted[*slot] = *entry;
            *slot += 1;
        }
        std::mem::swap(entries, &mut sorted);
    }
}

/// For each text the postings that it is in: of each the part that comes after it.
struct Memberships {
    starts: Vec<u32>,
    later: Vec<(u32, u32)>,
}

impl Memberships {
    fn of(postings: &Postings, texts: usize) -> Memberships {
        let mut starts = vec![0u32; texts + 1];
        for text in &postings.texts {
            starts[*text as usize + 1] += 1;
        }
        for text in 0..texts {
            starts[text + 1] += starts[text];
        }
        let mut next = starts.clone();
        let mut members = vec![(0, 0); postings.texts.len()];
        for bounds in postings.starts.windows(2) {
            for at in bounds[0]..bounds[1] {
                let slot = &mut next[postings.texts[at as usize] as usize];
                members[*slot as usize] = (at + 1, bounds[1]);
                *slot += 1;
            }
        }
        Memberships { starts, later: members }
    }

    fn of_text(&self, text: u32) -> &[(u32, u32)] {
        let text = text as usize;
        &self.later[self.starts[text] as usize..self.starts[text + 1] as usize]
    }
}

/// What the texts of a set share.
pub struct Sharing {
    families: Vec<(Postings, Memberships)>,
    texts: usize,
}

impl Sharing {
    pub fn of(words: &TextWords) -> Sharing {
        let family = |family| {
            let postings = Postings::of(words, family);
            let members = Memberships::of(&postings, words.len());
            (postings, members)
        };
        Sharing {
            families: FAMILY.iter().map(family).collect(),
            texts: words.len(),
        }
    }

    /// How many different shingles a text has, by family.
    pub fn different(&self, text: u32) -> [u32; FAMILIES] {
        std::array::from_fn(|family| self.families[family].0.different[text as usize])
    }

    /// How many of them stand in too many texts.
    pub fn too_common(&self, text: u32) -> [u32; FAMILIES] {
        std::array::from_fn(|family| self.families[family].0.common[text as usize])
    }

    /// How many long shingles stand in too many texts.
    pub fn too_common_shingles(&self) -> usize {
        self.families[0].0.too_common
    }

    /// Hands over each pair that shares a shingle, once.
    pub fn pairs(&self, mut pair: impl FnMut(&Candidate)) {
        let mut counts = vec![[0u16; FAMILIES]; self.texts];
        let mut touched: Vec<u32> = Vec::new();
        for one in 0..self.texts as u32 {
            for (family, (postings, members)) in self.families.iter().enumerate() {
                for (from, to) in members.of_text(one) {
                    for other in &postings.texts[*from as usize..*to as usize] {
                        let count = &mut counts[*other as usize];
                        if *count == [0; FAMILIES] {
                            touched.push(*other);
                        }
                        count[family] = count[family].saturating_add(1);
                    }
                }
            }
            for other in touched.drain(..) {
                let shared = std::mem::take(&mut counts[other as usize]).map(u32::from);
                pair(&Candidate { one, other, shared });
            }
        }
    }
}
