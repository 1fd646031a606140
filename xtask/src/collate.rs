//! How well collation lists negations and numbers that differ between two transcripts of one recording.
//!
//! ```text
//! cargo run --release -p xtask -- bench-collate FOLDER
//! ```
//!
//! FOLDER holds pairs `NAME.clean.nlp` and `NAME.verbatim.nlp` (spec/collation.md, "Token format").
//! The reference is the plain table of [`mod@reference`] over the same words, once with inserted and deleted
//! words as its cost, which is what collation finds the least of, and once with a replaced word as one
//! error. A *reference edit* is a negation or a number, on one side, that the reference pairs with no
//! equal word. It is **recalled** where a difference of its class has its bytes, or a moved passage of that
//! class has them, or where it is listed as standing elsewhere. Alignments of one cost differ in which of
//! several equal words they leave alone, so it is also recalled where the same word is listed on the same
//! side at most [`SLIDE`] words away and no other edit used it; `exact place` counts without this.
//! **Precision** is the share of what is listed of a class that holds a reference edit of it, by the same
//! rule. Both are printed of the differences and moved passages alone, and with what stands elsewhere.

mod reference;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use affiant::collation::{Collation, Options, Spot, Witness, collate};
use affiant::text::lexicon::{self, EditWord};
use affiant::text::{Casing, EditClass, Folded, fold};

/// How many words further an equal word may be left alone instead.
const SLIDE: usize = 8;

/// A class that is measured, and its word.
const MEASURED: [EditClass; 2] = [EditClass::Negation, EditClass::Number];

/// What is counted as listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Listing {
    /// Differences and moved passages.
    Plain,
    /// These, and words that stand elsewhere.
    Whole,
}

/// Counts of one class.
#[derive(Clone, Copy, Default)]
struct Count {
    edits: usize,
    in_place: usize,
    recalled: usize,
    listed: usize,
    right: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.edits += other.edits;
        self.in_place += other.in_place;
        self.recalled += other.recalled;
        self.listed += other.listed;
        self.right += other.right;
    }
}

/// Measures every pair of a folder.
///
/// # Errors
/// Where a file cannot be read or is not in the token format.
pub fn bench(folder: &str) -> Result<(), Box<dyn Error>> {
    let mut totals = BTreeMap::<(u32, EditClass, Listing), Count>::new();
    let mut spent = Duration::ZERO;
    let pairs = pairs(Path::new(folder))?;
    for (name, clean, verbatim) in &pairs {
        let clean = Witness::nlp("clean", fs::read_to_string(clean)?)?;
        let verbatim = Witness::nlp("verbatim", fs::read_to_string(verbatim)?)?;
        let witnesses = [clean, verbatim];
        let begun = Instant::now();
        let collation = collate(&witnesses, &Options::default())?;
        let took = begun.elapsed();
        spent += took;
        let sides: Vec<Folded> = witnesses
            .iter()
            .map(|witness| fold::spelled_out(witness.text(), witness.tokens(), Casing::Root))
            .collect();
        println!(
            "{name}: {} and {} words, {} differences, {} moved, {} elsewhere, {:.0} ms",
            sides[0].len(),
            sides[1].len(),
            collation.differences.len(),
            collation.moved.len(),
            collation.elsewhere.len(),
            took.as_secs_f64() * 1000.0
        );
        for substitution in [2, 1] {
            let words = |side: &Folded| side.forms().map(str::to_owned).collect::<Vec<String>>();
            let found = reference::align(&words(&sides[0]), &words(&sides[1]), substitution);
            if substitution == 2 {
                // Words with two readings match more in collation than letters do here.
                let cost = collation.witnesses.iter().map(|shown| shown.words).sum::<usize>() - 2 * collation.agreed;
                println!("  edit distance: {cost} by collation, {} by the reference", found.cost);
            }
            for class in MEASURED {
                for listing in [Listing::Plain, Listing::Whole] {
                    let count = measure(&witnesses, &sides, &collation, &found.pairs, class, listing);
                    print_count(substitution, class, listing, &count);
                    totals.entry((substitution, class, listing)).or_default().add(count);
                }
            }
        }
    }
    println!(
        "total of {} pairs, {:.2} s of collation",
        pairs.len(),
        spent.as_secs_f64()
    );
    for ((substitution, class, listing), count) in &totals {
        print_count(*substitution, *class, *listing, count);
    }
    Ok(())
}

fn print_count(substitution: u32, class: EditClass, listing: Listing, count: &Count) {
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    println!(
        "  against {}: {class}, {}: {} edits, recall {:.4} (exact place {:.4}); {} listed, precision {:.4}",
        if substitution == 2 {
            "insertions and deletions"
        } else {
            "word errors"
        },
        match listing {
            Listing::Plain => "differences and moved",
            Listing::Whole => "with elsewhere",
        },
        count.edits,
        share(count.recalled, count.edits),
        share(count.in_place, count.edits),
        count.listed,
        share(count.right, count.listed)
    );
}

/// A recording's name and its two transcripts.
type Pair = (String, PathBuf, PathBuf);

/// The pairs of a folder, in the order of their names.
fn pairs(folder: &Path) -> Result<Vec<Pair>, Box<dyn Error>> {
    let mut pairs = Vec::new();
    for entry in fs::read_dir(folder)? {
        let clean = entry?.path();
        let name = clean.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(name) = name.strip_suffix(".clean.nlp") {
            let verbatim = folder.join(format!("{name}.verbatim.nlp"));
            pairs.push((name.to_owned(), clean.clone(), verbatim));
        }
    }
    if pairs.is_empty() {
        return Err(format!("{} has no NAME.clean.nlp", folder.display()).into());
    }
    pairs.sort();
    Ok(pairs)
}

/// A word of one side that is left alone, or that is listed.
struct Word<'w> {
    side: usize,
    unit: usize,
    letters: &'w str,
    /// The difference that lists it, for a listed word.
    difference: usize,
}

fn measure(
    witnesses: &[Witness],
    sides: &[Folded],
    collation: &Collation,
    pairs: &[(usize, usize)],
    class: EditClass,
    listing: Listing,
) -> Count {
    let edits = edits(witnesses, sides, pairs, class);
    let listed = listed(witnesses, sides, collation, class, listing);
    let mut used = vec![false; listed.len()];
    let mut count = Count {
        edits: edits.len(),
        listed: listed
            .iter()
            .map(|word| word.difference)
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        ..Count::default()
    };
    let mut right = std::collections::BTreeSet::new();
    let mut missed = Vec::new();
    for edit in &edits {
        match listed
            .iter()
            .position(|word| word.side == edit.side && word.unit == edit.unit)
        {
            Some(at) => {
                used[at] = true;
                right.insert(listed[at].difference);
                count.in_place += 1;
            }
            None => missed.push(edit),
        }
    }
    count.recalled = count.in_place;
    for edit in missed {
        let near = |word: &Word<'_>| {
            word.side == edit.side && word.letters == edit.letters && word.unit.abs_diff(edit.unit) <= SLIDE
        };
        if let Some(at) = (0..listed.len()).find(|at| !used[*at] && near(&listed[*at])) {
            used[at] = true;
            right.insert(listed[at].difference);
            count.recalled += 1;
        } else if listing == Listing::Whole && std::env::var_os("BENCH_COLLATE_MISSED").is_some() {
            let tokens = sides[edit.side].tokens(edit.unit);
            let around = tokens.start.saturating_sub(12)..(tokens.end + 12).min(witnesses[edit.side].tokens().len());
            println!("  missed {}: {}", edit.letters, witnesses[edit.side].words(around));
        }
    }
    count.right = right.len();
    count
}

/// The words of a class that the reference pairs with no equal word.
fn edits<'w>(witnesses: &[Witness], sides: &'w [Folded], pairs: &[(usize, usize)], class: EditClass) -> Vec<Word<'w>> {
    let mut edits = Vec::new();
    for (side, folded) in sides.iter().enumerate() {
        let mut alone = vec![true; folded.len()];
        for pair in pairs {
            alone[if side == 0 { pair.0 } else { pair.1 }] = false;
        }
        for unit in (0..folded.len()).filter(|unit| alone[*unit]) {
            if class_of(&witnesses[side], folded, unit) == class {
                edits.push(Word {
                    side,
                    unit,
                    letters: folded.form(unit),
                    difference: 0,
                });
            }
        }
    }
    edits
}

/// The words of a class that stand in a difference or a moved passage of that class, or elsewhere.
fn listed<'w>(
    witnesses: &[Witness],
    sides: &'w [Folded],
    collation: &Collation,
    class: EditClass,
    listing: Listing,
) -> Vec<Word<'w>> {
    let differences = collation
        .differences
        .iter()
        .filter(|difference| difference.classes.contains(&class));
    let spots = differences.map(|difference| {
        let spots: Vec<&Spot> = difference.readings.iter().flat_map(|reading| &reading.at).collect();
        (difference.number, spots)
    });
    let moved = collation.moved.iter().filter(|moved| moved.holds.contains(&class));
    let moved = moved.map(|moved| (collation.differences.len() + moved.number, moved.at.iter().collect()));
    let after = collation.differences.len() + collation.moved.len();
    let elsewhere = collation
        .elsewhere
        .iter()
        .filter(|word| word.class == class && listing == Listing::Whole);
    let elsewhere = elsewhere.map(|word| (after + word.number, word.at.iter().collect()));
    let mut listed = Vec::new();
    for (difference, spots) in spots.chain(moved).chain(elsewhere) {
        for spot in spots {
            let side = usize::from(spot.witness == 'B');
            let folded = &sides[side];
            let start = |unit: usize| folded.span(unit, witnesses[side].tokens()).start;
            let units: Vec<usize> = (0..folded.len()).collect();
            let from = units.partition_point(|unit| start(*unit) < spot.place.bytes[0]);
            for unit in (from..folded.len()).take_while(|unit| start(*unit) < spot.place.bytes[1]) {
                if class_of(&witnesses[side], folded, unit) == class {
                    listed.push(Word {
                        side,
                        unit,
                        letters: folded.form(unit),
                        difference,
                    });
                }
            }
        }
    }
    listed
}

fn class_of(witness: &Witness, folded: &Folded, unit: usize) -> EditClass {
    lexicon::class_of(&EditWord {
        written: witness.tokens()[folded.tokens(unit).start].of(witness.text()),
        folded: folded.form(unit),
        // Whether it is a name is not asked here.
        begins_sentence: true,
    })
}
