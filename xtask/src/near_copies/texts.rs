//! The texts that near-copies are measured on: made from a seed, or read from a folder of transcripts.
//!
//! ```text
//! toka miresul vano denti toka …
//! ```
//!
//! Made texts have words of made syllables. How often a word stands follows Zipf's law, and each word has some that
//! like to follow it, so that rows of three words recur as they do in a language, and rows of five seldom do.

use std::error::Error;
use std::fs;
use std::path::Path;

use affiant::suggest::near::{FEWEST_WORDS, count_words};

use super::measure;

/// Numbers that look random and are the same each time (Marsaglia's xorshift64*).
pub struct Numbers(u64);

impl Numbers {
    pub fn from_seed(seed: u64) -> Numbers {
        Numbers(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `bound`, which is at least 1.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// Between 0 and 1.
    fn fraction(&mut self) -> f64 {
        self.next() as f64 / u64::MAX as f64
    }
}

/// A text and what it stands in, as a hearing: those of one group speak of one matter.
pub struct Natural {
    pub group: usize,
    pub text: String,
}

/// Makes texts.
pub struct Maker {
    numbers: Numbers,
    vocabulary: Vec<String>,
}

impl Maker {
    pub fn new(seed: u64) -> Maker {
        const WORDS: usize = 20_000;
        const BEGIN: [&str; 16] = [
            "b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "st", "tr",
        ];
        const END: [&str; 12] = ["a", "e", "i", "o", "u", "an", "en", "il", "or", "us", "ai", "eth"];
        let mut numbers = Numbers::from_seed(seed);
        let mut word = |rank: usize| {
            let syllables = 1 + usize::from(rank > 150) + usize::from(rank > 4000) + numbers.below(2);
            let syllable = |_| format!("{}{}", BEGIN[numbers.below(BEGIN.len())], END[numbers.below(END.len())]);
            (0..syllables).map(syllable).collect::<String>()
        };
        let vocabulary = (0..WORDS).map(&mut word).collect();
        Maker { numbers, vocabulary }
    }

    /// A word by its rank: the second stands half as often as the first, and so on.
    fn rank(&mut self) -> usize {
        let most = (self.vocabulary.len() as f64).ln();
        ((self.numbers.fraction() * most).exp() as usize - 1).min(self.vocabulary.len() - 1)
    }

    /// A word of the vocabulary.
    pub fn word(&mut self) -> String {
        let rank = self.rank();
        self.vocabulary[rank].clone()
    }

    /// A text of so many words.
    pub fn text(&mut self, words: usize) -> String {
        const FOLLOWS: f64 = 0.5;
        const FOLLOWERS: usize = 12;
        let mut text = String::new();
        let mut rank = self.rank();
        for at in 0..words {
            if at > 0 {
                text.push_str(if self.numbers.below(15) == 0 { ", " } else { " " });
                rank = match self.numbers.fraction() < FOLLOWS {
                    // The followers of a word are spread over the vocabulary by its rank alone.
                    true => (rank * 7919 + self.numbers.below(FOLLOWERS) * 104_729) % self.vocabulary.len(),
                    false => self.rank(),
                };
            }
            text.push_str(&self.vocabulary[rank]);
        }
        text.push('.');
        text
    }

    /// How many words the next text has: most have few, some many, as turns of a hearing do.
    pub fn length(&mut self) -> usize {
        const SHORTEST: f64 = 12.0;
        const LONGEST: f64 = 600.0;
        (SHORTEST * (LONGEST / SHORTEST).powf(self.numbers.fraction().powi(2))) as usize
    }

    pub fn numbers(&mut self) -> &mut Numbers {
        &mut self.numbers
    }
}

/// So many made texts, twenty to a group.
pub fn made(maker: &mut Maker, texts: usize) -> Vec<Natural> {
    let mut next = |place: usize| {
        let words = maker.length();
        Natural {
            group: place / 20,
            text: maker.text(words),
        }
    };
    (0..texts).map(&mut next).collect()
}

/// The turns of at least 12 words of the transcripts in a folder: JSON files, each a list of objects with `text`.
///
/// # Errors
/// Where a file cannot be read as that.
pub fn turns(folder: &Path) -> Result<Vec<Natural>, Box<dyn Error>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut turns = Vec::new();
    for (group, path) in paths.iter().enumerate() {
        let list: serde_json::Value =
            serde_json::from_slice(&fs::read(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
        let list = list
            .as_array()
            .ok_or_else(|| format!("{}: no list of turns", path.display()))?;
        for turn in list.iter().filter_map(|turn| turn["text"].as_str()) {
            let text = turn.split_whitespace().collect::<Vec<_>>().join(" ");
            if count_words(&measure::text(&text)) >= FEWEST_WORDS {
                turns.push(Natural { group, text });
            }
        }
    }
    Ok(turns)
}

/// A copy with `percent` of its words replaced, each by another word of `vocabulary`.
pub fn copy(text: &str, percent: usize, vocabulary: &[String], numbers: &mut Numbers) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let mut places: Vec<usize> = (0..words.len()).collect();
    let replaced = (words.len() * percent + 50) / 100;
    for nth in 0..replaced {
        let other = nth + numbers.below(places.len() - nth);
        places.swap(nth, other);
        words[places[nth]] = &vocabulary[numbers.below(vocabulary.len())];
    }
    words.join(" ")
}
