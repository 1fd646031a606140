//! How long it takes, and how much memory, to compare 1,000,000 stances over 10,000 questions.
//!
//! ```text
//! cargo bench -p affiant --bench compare
//! ```
//!
//! A plain program and no statistics: one run is long enough to be timed once. The records are made
//! before the clock starts, by the builder of the comparison's own fixtures. The most memory that
//! the process ever held is read from `/proc`, where there is one, and holds the records too.

#![allow(
    clippy::disallowed_methods,
    reason = "a bench has a clock, and reads what the system says of memory"
)]

#[path = "../src/compare/tests/build.rs"]
#[allow(dead_code, missing_docs, clippy::unwrap_used)]
mod build;

use std::time::Instant;

use affiant::compare::{Ask, Case, Comparison, compare};
use affiant::record::{Modality, Polarity, PropositionType, RelationKind};
use affiant::time::Extent;
use build::{Fixture, ItemSpec, QuestionSpec, RelationSpec, StanceSpec, StatementSpec, ValueSpec, build};

const QUESTIONS: usize = 10_000;
const STATEMENTS: usize = 100_000;
const STANCES_OF_A_STATEMENT: usize = 10;
/// Relations that join, doubt or set against each other some of the statements.
const RELATIONS: usize = 5_000;
/// Records are made in lots, so that what they are made from is not all held at once.
const LOT: usize = 1_000;

const SPEAKERS: [&str; 8] = ["ANN", "BOB", "CLEO", "DAN", "EVE", "FAY", "GUS", "HAL"];

/// A number that looks like any other: the finaliser of SplitMix64.
fn mixed(seed: usize) -> usize {
    let mut mix = (seed as u64).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mix = (mix ^ (mix >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mix = (mix ^ (mix >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((mix ^ (mix >> 31)) >> 1).expect("63 bits")
}

fn question(number: usize) -> QuestionSpec {
    QuestionSpec {
        label: format!("P{number}"),
        words: format!("Is it so, number {number}?"),
        varies: !number.is_multiple_of(3),
        about: vec![ItemSpec::Party(SPEAKERS[number % SPEAKERS.len()].to_owned())],
        asks: number.is_multiple_of(10).then_some(PropositionType::Quantity),
        total_of: Vec::new(),
    }
}

fn stance(statement: usize, place: usize) -> StanceSpec {
    let mix = mixed(statement * STANCES_OF_A_STATEMENT + place);
    let number = (statement * STANCES_OF_A_STATEMENT + place) % QUESTIONS;
    let day = 1 + mix / 7 % 28;
    StanceSpec {
        on: format!("P{number}"),
        says: match mix % 20 {
            0 => Polarity::Uncommitted,
            1..=9 => Polarity::Denies,
            _ => Polarity::Affirms,
        },
        certainty: None,
        over: (!mix.is_multiple_of(3)).then(|| format!("2019-{:02}-{day:02}", 1 + mix / 11 % 12)),
        extent: Some(if mix.is_multiple_of(2) {
            Extent::Throughout
        } else {
            Extent::Sometime
        }),
        scope: match mix / 13 % 10 {
            0 => vec![ItemSpec::Party("IAN".to_owned()), ItemSpec::Party("JOE".to_owned())],
            _ => Vec::new(),
        },
        according_to: Vec::new(),
        modality: if (mix / 17).is_multiple_of(9) {
            Modality::Promises
        } else {
            Modality::Asserts
        },
        value: number
            .is_multiple_of(10)
            .then(|| ValueSpec::Range(u32::try_from(mix % 5).unwrap_or(0), 5)),
    }
}

fn statement(number: usize) -> StatementSpec {
    StatementSpec {
        label: format!("S{number}"),
        speaker: SPEAKERS[mixed(number) % SPEAKERS.len()].to_owned(),
        words: vec![format!("These are the words of statement {number}, as they are held.")],
        stances: (0..STANCES_OF_A_STATEMENT).map(|place| stance(number, place)).collect(),
        ..StatementSpec::default()
    }
}

fn relation(number: usize) -> RelationSpec {
    const KINDS: [RelationKind; 5] = [
        RelationKind::Contradicts,
        RelationKind::Translates,
        RelationKind::Carries,
        RelationKind::Disowns,
        RelationKind::WeakensAuthenticity,
    ];
    let place = |seed: usize| format!("S{}", mixed(seed) % STATEMENTS);
    // Statements a whole round of questions apart take stances on the same ones.
    let (one, round) = (mixed(number) % STATEMENTS, QUESTIONS / STANCES_OF_A_STATEMENT);
    RelationSpec {
        label: format!("R{number}"),
        kind: KINDS[number % KINDS.len()],
        from: format!("S{one}"),
        to: vec![if number.is_multiple_of(2) {
            format!("S{}", (one + round) % STATEMENTS)
        } else {
            place(number + 7)
        }],
        is: None,
        asserted_by: Some("FAY".to_owned()),
        asserted_in: None,
        signer: None,
        stance: None,
    }
}

fn lots(count: usize, make: impl Fn(std::ops::Range<usize>) -> Fixture) -> Vec<build::Built> {
    (0..count.div_ceil(LOT))
        .map(|lot| build(&make(lot * LOT..((lot + 1) * LOT).min(count))))
        .collect()
}

/// The most memory that the process has held, in MiB, where the system says.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024)
}

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("only measured by: cargo bench -p affiant --bench compare");
        return;
    }
    let started = Instant::now();
    let mut built = lots(QUESTIONS, |range| Fixture {
        questions: range.map(question).collect(),
        ..Fixture::default()
    });
    built.extend(lots(STATEMENTS, |range| Fixture {
        statements: range.map(statement).collect(),
        ..Fixture::default()
    }));
    built.extend(lots(RELATIONS, |range| Fixture {
        relations: range.map(relation).collect(),
        ..Fixture::default()
    }));
    let records = built.iter().flat_map(|built| &built.records);
    let case = Case {
        records: records.map(|(id, record, standing)| (*id, record, *standing)).collect(),
    };
    let mib = |peak: Option<u64>| peak.map_or("not known".to_owned(), |peak| format!("{peak} MiB"));
    println!(
        "made {} stances over {QUESTIONS} questions in {:.1} s, peak memory {}",
        STATEMENTS * STANCES_OF_A_STATEMENT,
        started.elapsed().as_secs_f64(),
        mib(peak())
    );
    let started = Instant::now();
    let comparison = compare(&case, &Ask::everything());
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "compared in {seconds:.2} s, peak memory {} (records included)",
        mib(peak())
    );
    summary(&comparison);
}

fn summary(comparison: &Comparison) {
    let written: usize = comparison.questions.iter().map(|question| question.pairs.len()).sum();
    let pairs: usize = comparison.questions.iter().map(|question| question.pair_count).sum();
    println!(
        "{} records; {} questions, {} of them written out with {pairs} pairs, {written} of those in full; {} links",
        comparison.searched,
        comparison.question_count,
        comparison.questions.len(),
        comparison.link_count
    );
}
