#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

#[path = "../../xtask/src/collate/reference.rs"]
mod reference;

use proptest::prelude::*;

use super::align::{align, align_within};
use super::elsewhere;
use super::slots::{Slots, matches};
use super::table::{NONE, Table};
use super::*;

fn slots(symbols: &[u32]) -> Slots {
    let mut slots = Slots::default();
    symbols.iter().for_each(|symbol| slots.push([*symbol]));
    slots
}

fn plain(texts: &[&str]) -> Vec<Witness> {
    let named = |text: &&str| Witness::plain("a text", *text).unwrap();
    texts.iter().map(named).collect()
}

fn collated(texts: &[&str]) -> Collation {
    collate(&plain(texts), &Options::default()).unwrap()
}

/// Each difference as its class and readings, for two and more witnesses.
fn differences(texts: &[&str]) -> Vec<(EditClass, Vec<String>)> {
    let words = |difference: &Difference| {
        difference
            .readings
            .iter()
            .map(|reading| reading.words.clone())
            .collect()
    };
    let collation = collated(texts);
    collation
        .differences
        .iter()
        .map(|difference| (difference.class, words(difference)))
        .collect()
}

#[test]
fn the_gravest_difference_stands_first_and_has_its_place() {
    let texts = [
        "The man said\nhe did not see 12 cars.",
        "The men said he did see 20 cars, uh.",
    ];
    let collation = collated(&texts);
    let classes: Vec<EditClass> = collation
        .differences
        .iter()
        .map(|difference| difference.class)
        .collect();
    use EditClass::{Content, Function, Negation, Number};
    assert_eq!(classes, [Negation, Number, Content, Function]);
    let negation = &collation.differences[0];
    let [has, lacks] = &negation.readings[..] else {
        panic!("{negation:?}")
    };
    assert_eq!(
        (has.words.as_str(), has.at[0].witness, has.at[0].place.line),
        ("not", 'A', 2)
    );
    assert_eq!(&texts[0][has.at[0].place.bytes[0]..has.at[0].place.bytes[1]], "not");
    assert_eq!((lacks.words.as_str(), lacks.at[0].place.bytes), ("", [19, 19]));
    assert_eq!(has.at[0].before, "The man said he did");
    assert_eq!(has.at[0].after, "see 12 cars");
}

#[test]
fn what_is_only_written_otherwise_is_no_difference() {
    let texts = [
        "He didn't pay $25; it's late.",
        "he did not pay twenty-five dollars. It is late",
    ];
    assert_eq!(differences(&texts), []);
    assert!(collated(&texts).written_otherwise >= 4);
    let strict = Options {
        level: Level::Form,
        ..Options::default()
    };
    assert!(!collate(&plain(&texts), &strict).unwrap().differences.is_empty());
}

#[test]
fn a_difference_shows_whole_words() {
    assert_eq!(
        differences(&["He did go", "He didn't go"]),
        [(EditClass::Negation, vec!["did".to_owned(), "didn't".to_owned()])]
    );
}

#[test]
fn witnesses_that_agree_have_one_reading() {
    let collation = collated(&["he left on Monday", "he left on Friday", "he left on Monday"]);
    let [only] = &collation.differences[..] else {
        panic!("{collation:?}")
    };
    assert_eq!(only.class, EditClass::Date);
    let witnesses = |reading: &Reading| reading.at.iter().map(|spot| spot.witness).collect::<String>();
    assert_eq!(only.readings.iter().map(witnesses).collect::<Vec<_>>(), ["AC", "B"]);
}

const FIRST: &str = "The guard never opened the northern gate before noon.";
const SECOND: &str = "Two lorries waited by the river until the evening came.";

#[test]
fn a_moved_passage_is_no_deletion_and_no_insertion() {
    let (there, here) = (format!("{FIRST} {SECOND}"), format!("{SECOND} {FIRST}"));
    let collation = collated(&[&there, &here]);
    assert_eq!(collation.differences, []);
    let [moved] = &collation.moved[..] else {
        panic!("{collation:?}")
    };
    assert!(!moved.altered);
    assert_eq!(moved.holds, [EditClass::Negation]);
    assert_eq!(moved.at[0].words, FIRST.trim_end_matches('.'));
    assert_eq!(moved.at[1].place.bytes[0], SECOND.len() + 1);
}

#[test]
fn what_was_altered_in_a_moved_passage_is_a_difference() {
    let altered = FIRST.replace("northern", "southern");
    let collation = collated(&[
        &format!("{FIRST} {SECOND} {SECOND}"),
        &format!("{SECOND} {SECOND} {altered}"),
    ]);
    assert_eq!(collation.moved.len(), 1);
    assert!(collation.moved[0].altered);
    let [only] = &collation.differences[..] else {
        panic!("{:#?}", collation.differences)
    };
    assert_eq!(only.in_moved, Some(1));
    assert_eq!(only.readings[0].words, "northern");
    assert_eq!(only.readings[1].words, "southern");
}

/// What stands elsewhere: the class, and each text's word with its first byte.
fn elsewhere_in(texts: &[&str]) -> Vec<(EditClass, [(char, String, usize); 2])> {
    let of = |spot: &Spot| (spot.witness, spot.words.clone(), spot.place.bytes[0]);
    let collation = collated(texts);
    let words = collation.elsewhere.iter();
    words
        .map(|word| (word.class, [of(&word.at[0]), of(&word.at[1])]))
        .collect()
}

#[test]
fn a_negation_among_other_words_is_listed_with_both_places() {
    let texts = ["He was not there, they said.", "He not yet there, they said."];
    let word = |witness, at| (witness, "not".to_owned(), at);
    assert_eq!(
        elsewhere_in(&texts),
        [(EditClass::Negation, [word('A', 7), word('B', 3)])]
    );
    let collation = collated(&texts);
    assert_eq!(collation.elsewhere[0].at[0].before, "He was");
    assert_eq!(collation.elsewhere[0].at[1].after, "yet there, they said");
    let classes = |difference: &Difference| difference.classes.contains(&EditClass::Negation);
    assert!(!collation.differences.iter().any(classes), "both have the word");
}

#[test]
fn what_stands_elsewhere_is_listed_the_gravest_first_and_only_negations_and_numbers() {
    let texts = [
        "Some 150 boxes were on the quay that night at ten past the hour and before the rain had begun. He was not there.",
        "150 large boxes were on the quay that night at ten past the hour and before the rain had begun. He not yet there.",
    ];
    let found = elsewhere_in(&texts);
    let classes: Vec<EditClass> = found.iter().map(|(class, _)| *class).collect();
    assert_eq!(classes, [EditClass::Negation, EditClass::Number]);
    assert_eq!(found[1].1.each_ref().map(|spot| spot.1.as_str()), ["150", "150"]);
    let numbers: Vec<usize> = collated(&texts).elsewhere.iter().map(|word| word.number).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(elsewhere_in(&["He was often there.", "He often yet there."]), []);
}

#[test]
fn a_word_that_every_best_alignment_pairs_does_not_stand_elsewhere() {
    for texts in [
        ["I do not know", "do I not know"],
        ["Uh, I did not, you know, sign it", "I did not sign it"],
        ["No, no, I did", "No, I did"],
        ["He would not sign", "He did not sign"],
    ] {
        assert_eq!(elsewhere_in(&texts), [], "{texts:?}");
    }
}

#[test]
fn three_texts_are_asked_two_by_two() {
    let texts = ["He was not there.", "He was not there.", "He not yet there."];
    let witnesses: Vec<String> = elsewhere_in(&texts)
        .iter()
        .map(|(_, at)| at.iter().map(|spot| spot.0).collect())
        .collect();
    assert_eq!(witnesses, ["AC", "BC"]);
}

#[test]
fn a_stretch_over_the_limit_is_not_looked_at() {
    let found = |length: u32| {
        // One pair in the middle, with `length` other words before it here and after it there.
        let left: Vec<u32> = (10..10 + length).chain([1, 2]).collect();
        let right: Vec<u32> = [1].into_iter().chain(10_000..10_000 + length).chain([2]).collect();
        let (left, right) = (slots(&left), slots(&right));
        elsewhere::find(&left, &right, &align(&left, &right).pairs, |_, _| true)
    };
    assert_eq!(found(500), [(500, 0)]);
    assert_eq!(found(520), []);
}

/// Whether some alignment with the fewest word errors leaves a word of the left side alone, and one of
/// the right side; by trying all.
fn left_alone_by_some(left: &[u32], right: &[u32]) -> (Vec<bool>, Vec<bool>) {
    fn walk(
        left: &[u32],
        right: &[u32],
        pairs: &mut Vec<(usize, usize)>,
        at: (usize, usize),
        cost: usize,
        all: &mut Vec<(usize, Vec<(usize, usize)>)>,
    ) {
        let (i, j) = at;
        if i == left.len() && j == right.len() {
            all.push((cost, pairs.clone()));
            return;
        }
        if i < left.len() {
            walk(left, right, pairs, (i + 1, j), cost + 1, all);
        }
        if j < right.len() {
            walk(left, right, pairs, (i, j + 1), cost + 1, all);
        }
        if i < left.len() && j < right.len() {
            if left[i] == right[j] {
                pairs.push((i, j));
                walk(left, right, pairs, (i + 1, j + 1), cost, all);
                pairs.pop();
            } else {
                walk(left, right, pairs, (i + 1, j + 1), cost + 1, all);
            }
        }
    }
    let mut all = Vec::new();
    walk(left, right, &mut Vec::new(), (0, 0), 0, &mut all);
    let least = all.iter().map(|(cost, _)| *cost).min().unwrap();
    let best: Vec<_> = all.iter().filter(|(cost, _)| *cost == least).collect();
    let without = |has: &dyn Fn(&(usize, usize)) -> bool| best.iter().any(|(_, pairs)| !pairs.iter().any(has));
    (
        (0..left.len()).map(|i| without(&|pair| pair.0 == i)).collect(),
        (0..right.len()).map(|j| without(&|pair| pair.1 == j)).collect(),
    )
}

#[test]
fn empty_texts_and_single_characters_have_a_result() {
    for (one, other, count) in [
        ("", "", 0),
        ("", "a", 1),
        ("x", "x", 0),
        (".", "", 0),
        ("\u{202e}", "x", 1),
    ] {
        assert_eq!(collated(&[one, other]).differences.len(), count, "{one:?} {other:?}");
    }
}

#[test]
fn limits_are_errors() {
    let one = plain(&["a"]);
    assert_eq!(collate(&one, &Options::default()), Err(CollationError::TooFew));
    let many = plain(&["a"; MAX_WITNESSES + 1]);
    assert_eq!(collate(&many, &Options::default()), Err(CollationError::TooMany(27)));
    let long = Witness::plain("a long text", "a ".repeat(MAX_WORDS)).unwrap();
    let too_many = collate(&[long.clone(), one[0].clone()], &Options::default());
    assert_eq!(too_many, Err(CollationError::TooManyWords(MAX_WORDS + 1)));
    assert!(Witness::plain("a longer text", "a".repeat(100_000_000)).is_err());
}

#[test]
fn the_token_format() {
    let text = "token|speaker|ts|endTs|punctuation|prepunctuation|case|tags\n\
                It's|1|0.50|0.70|||UC|[]\nsigned|2|||.|\"|LC|[]\n";
    let witness = Witness::nlp("ours", text).unwrap();
    assert_eq!(witness.words(0..witness.tokens().len()), "It's \" signed.");
    let place = witness.place(text.find("signed").unwrap()..text.len());
    assert_eq!((place.line, place.speaker.as_deref(), place.time), (3, Some("2"), None));
    let place = witness.place(text.find("It's").unwrap()..text.len());
    assert_eq!((place.line, place.time.as_deref()), (2, Some("0.50")));
    assert_eq!(Witness::nlp("none", "signed|2\n"), Err(NlpError::Header));
    let wide = "token|speaker\na|1|x\n";
    assert!(matches!(
        Witness::nlp("wide", wide),
        Err(NlpError::Columns {
            line: 2,
            columns: 3,
            ..
        })
    ));
    assert_eq!(Witness::nlp("no rows", "token|speaker\n").unwrap().tokens(), []);
}

#[test]
fn labels_are_no_words() {
    let text = "A: I signed. B: Not I.";
    let turn = |from, speaker: &str| Turn {
        from,
        speaker: Some(speaker.to_owned()),
        time: None,
    };
    let witness = Witness::spoken("talk", text, vec![turn(0, "A"), turn(13, "B")], &[0..2, 13..15]).unwrap();
    let collation = collate(&[witness, plain(&["I signed. I."]).remove(0)], &Options::default()).unwrap();
    let [only] = &collation.differences[..] else {
        panic!("{collation:?}")
    };
    assert_eq!(only.readings[0].at[0].place.speaker.as_deref(), Some("B"));
    assert_eq!(only.class, EditClass::Negation);
}

#[test]
fn anchors_align_what_is_too_long_for_a_table() {
    let left: Vec<u32> = (0..400).chain(900..950).chain(400..800).collect();
    let right: Vec<u32> = (0..300).chain(310..800).collect();
    let aligned = align_within(&slots(&left), &slots(&right), 50);
    assert!(!aligned.exact);
    assert_eq!(aligned.pairs.len(), 790);
    let none = align_within(&slots(&[1; 30]), &slots(&[1; 20]), 50);
    assert_eq!(none.pairs.len(), 20, "what agrees at the ends needs no table");
    let none = align_within(&slots(&[1, 2, 1, 2, 1, 2, 3]), &slots(&[2, 1, 2, 1, 2, 1, 4]), 5);
    assert_eq!(
        (none.pairs.len(), none.exact),
        (5, false),
        "a short stretch is settled all the same"
    );
}

#[test]
fn a_table_that_is_halved_is_as_good() {
    // 70,000 words by 10,000 are more bits than are kept.
    let left: Vec<u32> = (0..70_000).map(|at| at * 7919 % 1009).collect();
    let right: Vec<u32> = (0..10_000).map(|at| at * 104_729 % 1013).collect();
    let whole = align(&slots(&left), &slots(&right));
    assert!(whole.exact);
    let length = align(&slots(&left[..7_000]), &slots(&right)).pairs.len();
    assert!(whole.pairs.len() >= length);
    assert!(
        whole
            .pairs
            .windows(2)
            .all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1)
    );
}

#[test]
fn every_string_is_a_witness() {
    let strings = std::fs::read_to_string("fixtures/vectors/strings.json").unwrap();
    let mut strings: Vec<String> = serde_json::from_str(&strings).unwrap();
    let big = std::path::Path::new("../shared/vectors/strings/blns.json");
    if big.exists() {
        strings.extend(serde_json::from_str::<Vec<String>>(&std::fs::read_to_string(big).unwrap()).unwrap());
    } else {
        println!("skipped: there is no {}", big.display());
    }
    for pair in strings.windows(2) {
        reproduces(&[&pair[0], &pair[1], &pair[0]]);
        assert_eq!(collated(&[&pair[0], &pair[0]]).differences, []);
    }
}

/// Every row of the table, read in order, is its witness; and columns hold what agrees.
fn reproduces(texts: &[&str]) {
    let witnesses = plain(texts);
    let options = Options {
        table: true,
        ..Options::default()
    };
    let folded: Vec<Text<'_>> = witnesses
        .iter()
        .map(|witness| Text {
            witness,
            folded: folded(witness, &options),
        })
        .collect();
    let slots = analyse::slots_of(&folded);
    let table = Table::of(&slots);
    for (witness, row) in table.rows.iter().enumerate() {
        let units: Vec<u32> = row.iter().copied().filter(|cell| *cell != NONE).collect();
        assert!(
            units
                .iter()
                .copied()
                .eq(0..u32::try_from(slots[witness].len()).unwrap())
        );
    }
    let collation = collate(&witnesses, &options).unwrap();
    for (witness, source) in witnesses.iter().enumerate() {
        let cells: Vec<String> = collation.table.iter().filter_map(|row| row[witness].clone()).collect();
        let (shown, whole) = (cells.concat(), source.words(0..source.tokens().len()));
        let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let unseen = |text: &str| {
            text.chars()
                .filter(|c| !crate::text::hidden::is_invisible(*c))
                .collect::<String>()
        };
        if slots[witness].len() > 0 {
            assert_eq!(unseen(&dense(&shown)), unseen(&dense(&whole)));
        }
    }
}

fn sentences() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("not"),
        Just("didn't"),
        Just("did"),
        Just("twenty-five"),
        Just("25"),
        Just("it's"),
        Just("is"),
        Just("has"),
        Just("the"),
        Just("guard,"),
        Just("gate."),
        Just("$5"),
        Just("ab-cd"),
    ];
    proptest::collection::vec(word, 0..30).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn the_cost_is_the_exact_edit_distance(
        left in proptest::collection::vec(0_u32..6, 0..200),
        right in proptest::collection::vec(0_u32..6, 0..200),
    ) {
        let aligned = align(&slots(&left), &slots(&right));
        let cost = left.len() + right.len() - 2 * aligned.pairs.len();
        let exact = reference::align(&left, &right, 2);
        prop_assert_eq!(cost, exact.cost as usize);
        prop_assert_eq!(aligned.pairs.len(), exact.pairs.len());
        prop_assert!(aligned.exact);
        prop_assert!(aligned.pairs.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
        for (i, j) in aligned.pairs {
            prop_assert_eq!(left[i as usize], right[j as usize]);
        }
    }

    #[test]
    fn the_order_of_two_changes_nothing(
        left in proptest::collection::vec(0_u32..4, 0..60),
        right in proptest::collection::vec(0_u32..4, 0..60),
    ) {
        let there = align(&slots(&left), &slots(&right)).pairs;
        let back: Vec<_> = align(&slots(&right), &slots(&left)).pairs.into_iter().map(|(i, j)| (j, i)).collect();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn the_differences_of_two_do_not_depend_on_their_order(one in sentences(), other in sentences()) {
        let found = |texts: [&str; 2]| {
            let mut found: Vec<_> = differences(&texts)
                .into_iter()
                .map(|(class, mut words)| { words.sort(); (class, words) })
                .collect();
            found.sort();
            found
        };
        prop_assert_eq!(found([&one, &other]), found([&other, &one]));
    }

    #[test]
    fn a_text_does_not_differ_from_itself(text in sentences()) {
        let collation = collated(&[&text, &text, &text]);
        prop_assert_eq!(collation.differences, []);
        prop_assert_eq!(collation.moved, []);
        prop_assert_eq!(collation.elsewhere, []);
    }

    #[test]
    fn what_stands_elsewhere_does_not_depend_on_the_order_of_two(one in sentences(), other in sentences()) {
        let there = elsewhere_in(&[&one, &other]);
        let mut back: Vec<_> = elsewhere_in(&[&other, &one])
            .into_iter()
            .map(|(class, [b, a])| (class, [('A', a.1, a.2), ('B', b.1, b.2)]))
            .collect();
        back.sort();
        let mut sorted = there.clone();
        sorted.sort();
        prop_assert_eq!(sorted, back);
    }

    #[test]
    fn what_stands_elsewhere_is_what_all_best_alignments_say(
        left in proptest::collection::vec(0_u32..4, 0..7),
        right in proptest::collection::vec(0_u32..4, 0..7),
    ) {
        let (alone_left, alone_right) = left_alone_by_some(&left, &right);
        let (left, right) = (slots(&left), slots(&right));
        let pairs = align(&left, &right).pairs;
        let wide = |pair: &(u32, u32)| (pair.0 as usize, pair.1 as usize);
        let expected: Vec<_> = pairs.iter().map(wide).filter(|(i, j)| alone_left[*i] && alone_right[*j]).collect();
        prop_assert_eq!(elsewhere::find(&left, &right, &pairs, |_, _| true), expected);
    }

    #[test]
    fn the_table_reproduces_every_witness(one in sentences(), two in sentences(), three in sentences()) {
        reproduces(&[&one, &two, &three]);
    }
}

#[test]
fn slots_with_two_readings_match_either() {
    assert!(matches(&[1, 2], &[2]) && matches(&[2], &[1, 2]) && !matches(&[1], &[2]) && !matches(&[], &[]));
}
