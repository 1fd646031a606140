//! `cargo run --release -p xtask -- bench-near-copies [FOLDER]`: recall, false ones and speed of near-copies.
//!
//! The set is made, or the turns of transcripts in a folder. Speed is CPU time for 100,000 texts in one run: ours, that
//! of the crate gaoya (built apart in `xtask/peers/gaoya`) and that of Python's datasketch, where it is installed. A
//! peer is given the texts as a file, reads it before its clock starts, and says what it found.

mod measure;
mod peers;
mod texts;

#[cfg(test)]
mod tests;

use std::error::Error;
use std::path::Path;

use affiant::suggest::near::near_copies;

use measure::{Recall, flagged, recall, text};
use peers::{Run, cpu_seconds};
use texts::{Maker, Natural, copy, made, turns};

/// The seed of the made set.
const SEED: u64 = 20_240_117;
/// How many made texts are measured.
const MADE: usize = 15_000;
/// How many texts are timed, and how many of these are copies.
const TIMED: usize = 100_000;
const TIMED_COPIES: usize = 5_000;
/// Classes of length, by their fewest words.
const CLASSES: [usize; 6] = [12, 20, 30, 50, 100, 200];
const RATES: [usize; 5] = [5, 10, 20, 30, 40];

/// Runs the bench.
///
/// # Errors
/// Where the folder cannot be read or a peer fails.
pub fn bench(folder: Option<&str>) -> Result<(), Box<dyn Error>> {
    let mut maker = Maker::new(SEED);
    let natural = match folder {
        Some(folder) => turns(Path::new(folder))?,
        None => made(&mut maker, MADE),
    };
    println!(
        "set: {} texts {}",
        natural.len(),
        folder.map_or("made from a seed", |_| "from the folder")
    );
    quality(&natural);
    speed(natural, &mut maker)
}

fn quality(natural: &[Natural]) {
    println!("\nrecall of copies by the share of words replaced, one text in four copied");
    println!(
        "words:      {}",
        CLASSES.map(|from| format!("{:>9}", format!("{from}-"))).join("")
    );
    for percent in RATES {
        let (by_class, beside) = recall(natural, percent, &CLASSES);
        let all = by_class.values().fold(Recall::default(), |all, one| Recall {
            found: all.found + one.found,
            of: all.of + one.of,
        });
        let cell = |from: usize| {
            by_class
                .get(&from)
                .map_or("-".to_owned(), |one| format!("{:.2}%", one.percent()))
        };
        let cells = CLASSES.map(|from| format!("{:>9}", cell(from))).join("");
        println!(
            "{percent:>3}%  {:.2}% {cells}   ({} of {}; {beside} pairs of a copy with a text that it was not made from)",
            all.percent(),
            all.found,
            all.of,
        );
    }
    let (flagged, found) = flagged(natural);
    let share = |is: usize, of: usize| 100.0 * is as f64 / of.max(1) as f64;
    println!(
        "\nnatural pairs proposed: {} of {} ({:.5}%): {} with the same words, {} by shingles, {} by order",
        flagged.all(),
        flagged.pairs,
        share(flagged.all(), flagged.pairs),
        flagged.same,
        flagged.shingles,
        flagged.order,
    );
    println!(
        "of one group: {} of {} ({:.5}%)",
        flagged.in_group,
        flagged.group_pairs,
        share(flagged.in_group, flagged.group_pairs),
    );
    let runs = |least: usize| {
        let long = |pair: &&affiant::suggest::near::NearCopy| pair.runs.iter().any(|run| run.words >= least);
        found.pairs.iter().filter(long).count()
    };
    println!(
        "of the pairs, {} share a row of 6 words or more, {} one of 10 or more",
        runs(6),
        runs(10)
    );
}

/// Times everybody on the same texts.
fn speed(natural: Vec<Natural>, maker: &mut Maker) -> Result<(), Box<dyn Error>> {
    let mut texts: Vec<String> = natural.into_iter().map(|one| one.text).collect();
    let measured = texts.len();
    let words: Vec<String> = (0..10_000).map(|_| maker.word()).collect();
    let mut planted = Vec::new();
    for nth in 0..TIMED_COPIES {
        let original = nth * measured / TIMED_COPIES;
        planted.push((original, texts.len()));
        texts.push(copy(&texts[original], 20, &words, maker.numbers()));
    }
    while texts.len() < TIMED {
        let words = maker.length();
        texts.push(maker.text(words));
    }
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    println!(
        "\nCPU time for {} texts, {words} words, {TIMED_COPIES} of them copies with 20% replaced",
        texts.len()
    );
    let before = cpu_seconds()?;
    let given: Vec<_> = texts.iter().map(|words| text(words)).collect();
    let found = near_copies(&given, usize::MAX);
    let seconds = cpu_seconds()? - before;
    let pairs: std::collections::BTreeSet<(usize, usize)> = found
        .pairs
        .iter()
        .map(|pair| (pair.shorter.min(pair.longer), pair.shorter.max(pair.longer)))
        .collect();
    let copies = planted.iter().filter(|pair| pairs.contains(pair)).count();
    let ours = Run {
        who: "affiant".to_owned(),
        seconds,
        copies,
        pairs: found.pair_count,
    };
    ours.print(&ours);
    for run in peers::runs(&texts, &planted)? {
        run.print(&ours);
    }
    Ok(())
}
