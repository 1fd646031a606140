//! Collation of our own fixtures, of the example of spec/collation.md, and of public transcripts.

use std::path::{Path, PathBuf};

use affiant::collation::{
    Collation, MAX_CELLS, MAX_HIDDEN, MAX_STRETCH, MAX_WITNESSES, MAX_WORDS, MIN_MOVED, Options, Witness, collate,
};
use affiant::text::lexicon::{self, EditWord};
use affiant::text::{Casing, EditClass, Folded, MAX_TEXT, fold};

use crate::vectors::public;

#[path = "../../xtask/src/collate/reference.rs"]
mod reference;

const PAGE: &str = include_str!("../../spec/collation.md");

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/collation")
        .join(name);
    std::fs::read_to_string(path).unwrap()
}

fn transcripts(name: &str, read: impl Fn(&str) -> String) -> Vec<Witness> {
    ["clean", "verbatim"]
        .map(|kind| Witness::nlp(kind, read(&format!("{name}.{kind}.nlp"))).unwrap())
        .to_vec()
}

#[test]
fn the_example_of_the_page_is_what_collation_says() {
    let one = Witness::plain("interpreter-1.txt", "I did not sign the letter.\n").unwrap();
    let other = Witness::plain("interpreter-2.txt", "I did sign the letter.\n").unwrap();
    let made = serde_json::to_value(collate(&[one, other], &Options::default()).unwrap()).unwrap();
    let shown = PAGE.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(shown).unwrap(),
        made,
        "{made:#}"
    );
}

#[test]
fn the_limits_of_the_page_are_those_of_the_code() {
    let grouped = |number: u64| {
        let digits = number.to_string();
        let groups: Vec<&str> = digits
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(|group| std::str::from_utf8(group).unwrap())
            .collect();
        groups.join(",")
    };
    for (row, limit) in [
        ("| witnesses |", MAX_WITNESSES as u64),
        ("| bytes of one text |", MAX_TEXT as u64),
        ("| words of all texts together |", MAX_WORDS as u64),
        (
            "| cells of an exact alignment (words of one side by words of the other) |",
            MAX_CELLS,
        ),
        ("| cells of a stretch in which step 6 looks |", MAX_STRETCH as u64),
        ("| hidden characters listed of one witness |", MAX_HIDDEN as u64),
    ] {
        let line = format!("{row} {} |", grouped(limit));
        assert!(PAGE.contains(&line), "{line}");
    }
    assert!(PAGE.contains(&format!("{MIN_MOVED}\n   words at least")));
}

#[test]
fn the_transcripts_of_the_harbour_differ_in_a_negation_and_a_number() {
    let witnesses = transcripts("harbour", fixture);
    let collation = collate(&witnesses, &Options::default()).unwrap();
    let of = |class: EditClass| -> Vec<Vec<&str>> {
        let of_class = collation
            .differences
            .iter()
            .filter(|difference| difference.classes.contains(&class));
        of_class
            .map(|difference| {
                difference
                    .readings
                    .iter()
                    .map(|reading| reading.words.as_str())
                    .collect()
            })
            .collect()
    };
    assert_eq!(of(EditClass::Negation), [vec!["did", "didn't"], vec!["", "No"]]);
    assert_eq!(of(EditClass::Number), [["Fifty", "Fifteen. Um"]]);
    let negation = &collation.differences[0].readings[1].at[0].place;
    assert_eq!(
        (negation.speaker.as_deref(), negation.time.as_deref()),
        (Some("2"), Some("4.20"))
    );
    let json = serde_json::to_string(&collation).unwrap();
    assert!(!json.to_lowercase().contains("contradict"));
}

#[test]
fn dotted_and_dotless_i_need_their_language() {
    let witnesses: Vec<Witness> = ["qeyd-1.txt", "qeyd-2.txt"]
        .map(|name| Witness::plain(name, fixture(name)).unwrap())
        .to_vec();
    let differences = |casing| {
        let options = Options {
            casing,
            ..Options::default()
        };
        collate(&witnesses, &options).unwrap().differences.len()
    };
    assert_eq!(differences(Casing::Turkic), 1);
    assert!(differences(Casing::Root) > 1);
}

/// The words of a class that the plain table leaves without an equal word, and those that stand in a
/// difference or moved passage of that class, or elsewhere, at the same bytes or, an equal word, a few words away.
fn recalled(witnesses: &[Witness], collation: &Collation, substitution: u32) -> [(EditClass, usize, usize); 2] {
    let sides: Vec<Folded> = witnesses
        .iter()
        .map(|witness| fold::spelled_out(witness.text(), witness.tokens(), Casing::Root))
        .collect();
    let words = |side: &Folded| side.forms().map(str::to_owned).collect::<Vec<String>>();
    let found = reference::align(&words(&sides[0]), &words(&sides[1]), substitution);
    let alone = sides[0].len() + sides[1].len() - 2 * collation.agreed;
    // A replaced word is two that are alone, and words with two readings agree with more than their letters do.
    let most = if substitution == 2 { found.cost } else { 2 * found.cost };
    assert!(alone <= most as usize, "{alone} {most}");
    [EditClass::Negation, EditClass::Number].map(|class| {
        let (all, recalled) = recalled_of(witnesses, collation, class, &sides, &found.pairs);
        (class, all, recalled)
    })
}

fn recalled_of(
    witnesses: &[Witness],
    collation: &Collation,
    class: EditClass,
    sides: &[Folded],
    pairs: &[(usize, usize)],
) -> (usize, usize) {
    let listed = |side: usize, unit: usize| {
        let letter = ['A', 'B'][side];
        let bytes = sides[side].span(unit, witnesses[side].tokens());
        let differences = collation
            .differences
            .iter()
            .filter(|difference| difference.classes.contains(&class));
        let spots = differences.flat_map(|difference| difference.readings.iter().flat_map(|reading| &reading.at));
        let moved = collation
            .moved
            .iter()
            .filter(|moved| moved.holds.contains(&class))
            .flat_map(|moved| &moved.at);
        let elsewhere = collation.elsewhere.iter().filter(|word| word.class == class);
        let elsewhere = elsewhere.flat_map(|word| &word.at);
        let has = |place: &[usize; 2]| place[0] <= bytes.start && bytes.end <= place[1];
        spots
            .chain(moved)
            .chain(elsewhere)
            .any(|spot| spot.witness == letter && has(&spot.place.bytes))
    };
    let (mut all, mut found) = (0, 0);
    for (side, folded) in sides.iter().enumerate() {
        let mut alone = vec![true; folded.len()];
        pairs
            .iter()
            .for_each(|pair| alone[if side == 0 { pair.0 } else { pair.1 }] = false);
        for unit in (0..folded.len()).filter(|unit| alone[*unit]) {
            let word = EditWord {
                written: folded.form(unit),
                folded: folded.form(unit),
                begins_sentence: true,
            };
            if lexicon::class_of(&word) != class {
                continue;
            }
            const SLIDE: usize = 8;
            let near = unit.saturating_sub(SLIDE)..(unit + SLIDE + 1).min(folded.len());
            let mut same = near.filter(|other| folded.form(*other) == folded.form(unit));
            all += 1;
            found += usize::from(same.any(|other| listed(side, other)));
        }
    }
    (all, found)
}

#[test]
fn our_transcripts_against_the_plain_table() {
    let witnesses = transcripts("harbour", fixture);
    let collation = collate(&witnesses, &Options::default()).unwrap();
    for substitution in [1, 2] {
        assert_eq!(
            recalled(&witnesses, &collation, substitution),
            [(EditClass::Negation, 2, 2), (EditClass::Number, 2, 2)]
        );
    }
}

/// The shortest of the public transcripts, and one in which words stand elsewhere;
/// `cargo run --release -p xtask -- bench-collate` has them all.
#[test]
fn public_transcripts_against_the_plain_table() {
    let Some(folder) = public("rev16") else { return };
    let read = |name: &str| std::fs::read_to_string(PathBuf::from(&folder).join(name)).unwrap();
    for name in ["27", "21"] {
        let witnesses = transcripts(name, read);
        let collation = collate(&witnesses, &Options::default()).unwrap();
        for substitution in [1, 2] {
            for (class, all, found) in recalled(&witnesses, &collation, substitution) {
                println!("{name}: {class}, {substitution}: {found} of {all}");
                assert!(
                    found * 100 >= all * 99,
                    "{name}: {class}, {substitution}: {found} of {all}"
                );
            }
        }
    }
}
