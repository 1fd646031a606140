//! Near-copies by the crate gaoya: MinHash signatures of five-word shingles, in bands.
//!
//! Usage: gaoya-peer TEXTS PLANTED. It cuts words as its own examples do, at spaces, which costs it less than ours.

use std::collections::HashSet;
use std::fs;

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};

/// Bands and rows of a signature. 42 times 3 is what finds most at about the usual 128 hashes; 25 times 5 costs least.
const SETTINGS: [(usize, usize); 2] = [(42, 3), (25, 5)];
/// The Jaccard index of a text and a copy of it with one word in five replaced is about this.
const THRESHOLD: f64 = 0.2;
const SHINGLE: usize = 5;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut read = || fs::read_to_string(arguments.next().expect("a file")).expect("text");
    let (texts, planted) = (read(), read());
    let texts: Vec<&str> = texts.lines().collect();
    let planted: HashSet<(u32, u32)> = planted
        .lines()
        .map(|line| {
            let mut numbers = line.split(' ').map(|number| number.parse().expect("a number"));
            (numbers.next().expect("one"), numbers.next().expect("two"))
        })
        .collect();
    for (bands, rows) in SETTINGS {
        let before = cpu_seconds();
        let hasher = MinHasher32::new(bands * rows);
        let mut index = MinHashIndex::new(bands, rows, THRESHOLD);
        let mut signatures = Vec::with_capacity(texts.len());
        for (place, text) in (0u32..).zip(&texts) {
            let small = text.to_ascii_lowercase();
            let words: Vec<&str> = small.split_whitespace().collect();
            let signature = hasher.create_signature(words.windows(SHINGLE));
            index.insert(place, signature.clone());
            signatures.push(signature);
        }
        let mut pairs: HashSet<(u32, u32)> = HashSet::new();
        for (place, signature) in (0u32..).zip(&signatures) {
            for other in index.query(signature) {
                if *other != place {
                    pairs.insert((place.min(*other), place.max(*other)));
                }
            }
        }
        let seconds = cpu_seconds() - before;
        let copies = planted.intersection(&pairs).count();
        println!(
            "{{\"who\":\"gaoya {bands}x{rows}\",\"seconds\":{seconds},\"copies\":{copies},\"pairs\":{}}}",
            pairs.len()
        );
    }
}

fn cpu_seconds() -> f64 {
    let schedule = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    let nanoseconds: u64 = schedule.split(' ').next().expect("a number").parse().expect("a number");
    nanoseconds as f64 / 1e9
}
