//! Runs of the same words in two accounts.
//!
//! Letters and numbers are compared in lower case; everything else parts words. A run is a
//! fact that anyone can recompute, and no more than that: who had it from whom, it does not
//! say. Words that are alike but not the same are another matter and are not sought here.

use std::collections::HashMap;

use crate::record::{Position, Statement};

/// The shortest run of words that counts, unless a whole passage is shorter.
pub const FEWEST_SHARED_WORDS: usize = 8;
/// The shortest whole passage that counts.
pub const FEWEST_WORDS_OF_PASSAGE: usize = 4;
/// The most words of one account that are looked at.
pub const MAX_WORDS_COMPARED: usize = 20_000;
/// The most words of a run that are written out.
const MAX_WORDS_SHOWN: usize = 24;

/// The words of an account, passage by passage.
#[derive(Debug, Clone, Default)]
pub struct Words(Vec<Vec<String>>);

impl Words {
    pub fn of(statement: &Statement) -> Words {
        let mut left = MAX_WORDS_COMPARED;
        let mut passages = Vec::new();
        for passage in statement.words.iter().filter_map(Position::value) {
            let words: Vec<String> = passage
                .text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .take(left)
                .map(str::to_lowercase)
                .collect();
            left -= words.len();
            passages.push(words);
        }
        Words(passages)
    }
}

/// The longest run of words that both have, if it is long enough to count.
pub fn shared_words(a: &Words, b: &Words) -> Option<String> {
    let mut best: &[String] = &[];
    for passage in &a.0 {
        let whole = passage.len() >= FEWEST_WORDS_OF_PASSAGE && b.0.contains(passage);
        if whole && passage.len() > best.len() {
            best = passage;
        }
    }
    let mut places: HashMap<&[String], (usize, usize)> = HashMap::new();
    for (number, passage) in b.0.iter().enumerate() {
        for (start, run) in passage.windows(FEWEST_SHARED_WORDS).enumerate() {
            places.entry(run).or_insert((number, start));
        }
    }
    for passage in &a.0 {
        let mut start = 0;
        while start + FEWEST_SHARED_WORDS <= passage.len() {
            let Some((number, there)) = places.get(&passage[start..start + FEWEST_SHARED_WORDS]) else {
                start += 1;
                continue;
            };
            let same = passage[start..]
                .iter()
                .zip(&b.0[*number][*there..])
                .take_while(|(a, b)| a == b);
            let length = same.count();
            if length > best.len() {
                best = &passage[start..start + length];
            }
            start += length - FEWEST_SHARED_WORDS + 1;
        }
    }
    let shown = best
        .iter()
        .take(MAX_WORDS_SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    let more = if best.len() > MAX_WORDS_SHOWN { " …" } else { "" };
    (!best.is_empty()).then(|| format!("{shown}{more}"))
}
