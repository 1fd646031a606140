//! Collating two transcripts of an hour of speech, beside the word diff of the crate `similar`.
//!
//! ```text
//! cargo bench -p affiant --bench collation
//! ```
//!
//! The texts are made by a counter: 12,000 words of a vocabulary with a long tail, of which the other
//! text drops, adds or replaces one in twelve. The peer (`similar`, Myers) is given words that are cut already,
//! and finds no classes, places or moved passages; collation does all of its steps. Read the ratio of the two
//! in one run, not the times.

#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;

use affiant::collation::{Options, Witness, collate};
use affiant::text::tokens;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use similar::{Algorithm, capture_diff_slices};

const WORDS: u64 = 12_000;

/// A counter's next number, well mixed (SplitMix64).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn texts() -> (String, String) {
    let (mut one, mut other) = (String::new(), String::new());
    let mut state = 1;
    let word = |state: &mut u64| {
        let rank = next(state) % 1000;
        // Few words are common and many are rare.
        format!("w{} ", rank * rank * rank / 400_000)
    };
    for _ in 0..WORDS {
        let said = word(&mut state);
        match next(&mut state) % 36 {
            0 => one.push_str(&said),
            1 => other.push_str(&said),
            2 => {
                one.push_str(&said);
                other.push_str(&word(&mut state));
            }
            _ => {
                one.push_str(&said);
                other.push_str(&said);
            }
        }
    }
    (one, other)
}

fn collation(criterion: &mut Criterion) {
    let (one, other) = texts();
    let mut group = criterion.benchmark_group("two transcripts of 12,000 words");
    group.sample_size(10).throughput(Throughput::Elements(WORDS));
    let witnesses = [
        Witness::plain("one", one.as_str()).unwrap(),
        Witness::plain("other", other.as_str()).unwrap(),
    ];
    group.bench_function("affiant: fold, align, analyse", |bencher| {
        bencher.iter(|| collate(black_box(&witnesses), &Options::default()).unwrap());
    });
    let words = [&one, &other].map(|text| text.split(' ').collect::<Vec<&str>>());
    group.bench_function("similar: Myers, words alone", |bencher| {
        bencher.iter(|| capture_diff_slices(Algorithm::Myers, black_box(&words[0]), black_box(&words[1])));
    });
    group.bench_function("affiant: tokens of one text", |bencher| {
        bencher.iter(|| tokens(black_box(&one)).unwrap());
    });
    group.finish();
}

criterion_group!(benches, collation);
criterion_main!(benches);
