use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::text::{Casing, Level, fold, tokens};

use super::verify::{Containment, in_order, shared_runs};
use super::words::PlacedWords;
use super::{FEWEST_WORDS, Measure, NearCopies, Text, near_copies};

fn text(words: &str) -> Text<'_> {
    Text {
        words,
        casing: Casing::Root,
    }
}

fn found(texts: &[String]) -> NearCopies {
    let texts: Vec<Text<'_>> = texts.iter().map(|words| text(words)).collect();
    near_copies(&texts, usize::MAX)
}

/// Words of a small vocabulary, so that texts share much by chance.
fn few_words(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(0u8..6, 0..most)
}

fn brute_containment(shorter: &[u8], longer: &[u8]) -> (usize, usize) {
    let size = shorter.len().min(5);
    if size == 0 {
        return (0, 0);
    }
    let mine: BTreeSet<&[u8]> = shorter.windows(size).collect();
    let theirs: BTreeSet<&[u8]> = longer.windows(size).collect();
    (mine.intersection(&theirs).count(), mine.len())
}

fn brute_in_order(one: &[u8], other: &[u8]) -> usize {
    let mut longest = vec![vec![0; other.len() + 1]; one.len() + 1];
    for (i, a) in one.iter().enumerate() {
        for (j, b) in other.iter().enumerate() {
            longest[i + 1][j + 1] = match a == b {
                true => longest[i][j] + 1,
                false => longest[i][j + 1].max(longest[i + 1][j]),
            };
        }
    }
    longest[one.len()][other.len()]
}

/// The pairs of a set by comparing every text with every other.
fn brute_pairs(texts: &[Vec<u8>]) -> BTreeMap<(usize, usize), Measure> {
    let mut pairs = BTreeMap::new();
    for (one, mine) in texts.iter().enumerate() {
        for (other, theirs) in texts.iter().enumerate().skip(one + 1) {
            let (shorter, longer) = if mine.len() <= theirs.len() {
                (mine, theirs)
            } else {
                (theirs, mine)
            };
            let (shared, of) = brute_containment(shorter, longer);
            if shorter.len() >= FEWEST_WORDS && shorter != longer && shared > 0 && shared * 5 >= of {
                pairs.insert((one, other), Measure::Shingles);
            }
        }
    }
    pairs
}

fn spelled(words: &[u8]) -> String {
    words
        .iter()
        .map(|word| ["one", "two", "three", "four", "five", "six"][usize::from(*word)])
        .collect::<Vec<_>>()
        .join(" ")
}

proptest! {
    #[test]
    fn words_are_those_of_the_text_module(words in "[A-Za-zé’' .,;:!?\"()\\[\\]0-9$%…—-]{0,60}") {
        check_words(&words);
    }

    #[test]
    fn words_of_any_characters_are_those_of_the_text_module(words in "\\PC{0,40}") {
        check_words(&words);
    }

    #[test]
    fn containment_is_what_comparing_all_shingles_gives(mut a in few_words(40), mut b in few_words(40)) {
        if a.len() > b.len() {
            std::mem::swap(&mut a, &mut b);
        }
        let found = Containment::of(&a, &b);
        prop_assert_eq!((found.shared, found.of), brute_containment(&a, &b));
    }

    #[test]
    fn words_in_order_are_the_longest_common_subsequence(a in few_words(150), b in few_words(150)) {
        prop_assert_eq!(in_order(&a, &b), brute_in_order(&a, &b));
    }

    #[test]
    fn words_in_order_are_so_where_a_word_is_far_from_its_like(
        a in prop::collection::vec(0u8..200, 100..256),
        b in prop::collection::vec(0u8..200, 0..256),
    ) {
        prop_assert_eq!(in_order(&a, &b), brute_in_order(&a, &b));
    }

    #[test]
    fn runs_stand_in_both_texts_and_do_not_overlap(a in few_words(60), b in few_words(60)) {
        let mut end = 0;
        for run in shared_runs(&a, &b, 3) {
            prop_assert!(run.words >= 3 && run.one >= end);
            prop_assert_eq!(&a[run.one..run.one + run.words], &b[run.other..run.other + run.words]);
            end = run.one + run.words;
        }
    }

    #[test]
    fn a_text_contains_itself(a in few_words(60)) {
        let found = Containment::of(&a, &a);
        prop_assert_eq!(found.shared, found.of);
        prop_assert_eq!(found.of == 0, a.is_empty());
        prop_assert_eq!(in_order(&a, &a), a.len());
    }

    #[test]
    fn no_pair_that_comparing_all_would_find_is_missed(texts in prop::collection::vec(few_words(40), 0..12)) {
        let spelled: Vec<String> = texts.iter().map(|words| spelled(words)).collect();
        let found = found(&spelled);
        let pairs: BTreeMap<_, _> = found
            .pairs
            .iter()
            .filter(|pair| pair.measure == Measure::Shingles)
            .map(|pair| ((pair.shorter.min(pair.longer), pair.shorter.max(pair.longer)), pair.measure))
            .collect();
        // Of texts with the same words, the first stands for all.
        let later: BTreeSet<usize> = found.same.iter().flat_map(|group| group[1..].iter().copied()).collect();
        let mut brute = brute_pairs(&texts);
        brute.retain(|(one, other), _| !later.contains(one) && !later.contains(other));
        prop_assert_eq!(pairs, brute);
    }

    #[test]
    fn the_order_of_the_texts_does_not_matter(
        texts in prop::collection::vec(few_words(40), 0..10),
        turn in 0usize..10,
    ) {
        let mut texts: Vec<Vec<u8>> = texts;
        texts.sort();
        texts.dedup();
        let named = |texts: &[Vec<u8>]| {
            let spelled: Vec<String> = texts.iter().map(|words| spelled(words)).collect();
            let found = found(&spelled);
            let pair = |pair: &super::NearCopy| {
                let mut names = [spelled[pair.shorter].clone(), spelled[pair.longer].clone()];
                names.sort();
                (names, pair.shingles_shared.min(pair.shingles), pair.measure)
            };
            found.pairs.iter().map(pair).map(|(names, _, measure)| (names, measure)).collect::<BTreeSet<_>>()
        };
        let before = named(&texts);
        let turn = turn.min(texts.len());
        texts.rotate_left(turn);
        prop_assert_eq!(named(&texts), before);
    }

    #[test]
    fn a_text_of_other_words_changes_nothing(texts in prop::collection::vec(few_words(40), 0..10)) {
        let mut spelled: Vec<String> = texts.iter().map(|words| spelled(words)).collect();
        let before = found(&spelled);
        spelled.push("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu".to_owned());
        prop_assert_eq!(found(&spelled), before);
    }
}

fn check_words(words: &str) {
    let given = text(words);
    let placed = PlacedWords::of(&given);
    let tokens = tokens(words).expect("short");
    let folded = fold(words, &tokens, Level::Case, Casing::Root);
    let mine: Vec<&str> = placed.forms().collect();
    assert_eq!(mine, folded.forms().collect::<Vec<_>>(), "{words:?}");
    for unit in 0..folded.len() {
        assert_eq!(placed.span(unit..unit + 1), folded.span(unit, &tokens), "{words:?}");
    }
}

const LETTER: &str = "On the tenth of January the press published a photograph of a letter which it said he had \
                      written in prison, and his lawyer could not say whose hand it was.";

#[test]
fn a_copy_is_found_with_the_words_that_it_shares() {
    let copy = LETTER
        .replace("the press", "newspapers")
        .replace("lawyer", "advocate")
        .replace("whose", "what");
    let other = "A statement of another kind, about other things, in which nothing stands of what the first one says.";
    let texts = [other.to_owned(), LETTER.to_owned(), copy];
    let found = found(&texts);
    assert_eq!(found.pair_count, 1);
    let pair = &found.pairs[0];
    assert_eq!((pair.shorter, pair.longer), (2, 1));
    assert_eq!(pair.measure, Measure::Shingles);
    let shared: Vec<&str> = pair.runs.iter().map(|run| &texts[2][run.shorter.clone()]).collect();
    assert_eq!(
        shared,
        [
            "On the tenth of January",
            "published a photograph of a letter which it said he had written in prison, and his",
            "could not say",
            "hand it was",
        ]
    );
    for run in &pair.runs {
        assert_eq!(texts[2][run.shorter.clone()], texts[1][run.longer.clone()]);
    }
}

#[test]
fn a_short_copy_with_each_fifth_word_replaced_is_found_by_its_order() {
    let words: Vec<&str> = LETTER.split(' ').take(20).collect();
    let mut copy = words.clone();
    for at in [1, 5, 9, 13, 17] {
        copy[at] = "xyz";
    }
    let found = found(&[words.join(" "), copy.join(" ")]);
    assert_eq!(found.pairs[0].measure, Measure::Order);
    assert_eq!(found.pairs[0].in_order, Some(15));
    assert_eq!(found.pairs[0].shingles_shared, 0);
}

#[test]
fn texts_with_the_same_words_are_one_group() {
    let texts = [LETTER.to_owned(), LETTER.to_uppercase(), LETTER.replace(',', ";")];
    let found = found(&texts);
    assert_eq!(found.same, [[0, 1, 2]]);
    assert_eq!(found.pair_count, 0);
}

#[test]
fn a_passage_inside_a_long_text_is_found() {
    let long: String = (0..2000).map(|word| format!("word{word} ")).collect();
    let found = found(&[format!("{long} {LETTER} {long}"), LETTER.to_owned()]);
    assert_eq!((found.pairs[0].shorter, found.pairs[0].longer), (1, 0));
    assert_eq!(found.pairs[0].shingles_shared, found.pairs[0].shingles);
    assert_eq!(found.pairs[0].in_order, None);
}

#[test]
fn nothing_one_character_and_short_texts_have_a_result() {
    assert_eq!(found(&[]), NearCopies::default());
    let texts = ["", "x", "Yes.", "Yes.", "\u{202e}"].map(str::to_owned);
    assert_eq!(
        found(&texts),
        NearCopies {
            too_short: 5,
            ..NearCopies::default()
        }
    );
}

#[test]
fn a_text_that_is_too_long_is_left_out_and_counted() {
    let long = "a ".repeat(crate::text::MAX_TEXT / 2 + 1);
    let found = found(&[long, LETTER.to_owned(), LETTER.replace("press", "papers")]);
    assert_eq!(found.too_long, 1);
    assert_eq!(found.pair_count, 1);
}

#[test]
fn a_word_again_and_again_is_a_text_like_others() {
    let again = "no ".repeat(100_000);
    let found = found(&[again.clone(), format!("{again} no"), LETTER.to_owned()]);
    assert_eq!(found.pair_count, 1);
    assert_eq!((found.pairs[0].shingles_shared, found.pairs[0].shingles), (1, 1));
}

#[test]
fn many_copies_of_one_text_stay_within_bounds() {
    let texts: Vec<String> = (0..600).map(|copy| format!("{LETTER} number{copy}")).collect();
    // Every shared shingle stands in 600 texts, more than may propose a pair.
    let many = found(&texts);
    assert_eq!((many.pair_count, many.too_common), (0, 27));
    assert_eq!(found(&texts[..100]).pair_count, 100 * 99 / 2);
}
