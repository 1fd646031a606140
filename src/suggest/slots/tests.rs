use proptest::prelude::*;

use crate::suggest::content::Language;

use super::{Sentence, Slot, may_differ, sentences_of, slot_conflicts};

fn sentence(text: &str) -> Sentence {
    Sentence::of(text, Language::of_tag("en"))
}

#[test]
fn numbers_of_one_thing_are_shown_with_what_they_count() {
    let seven = sentence("Seven activists are on hunger strike.");
    let five = sentence("5 activists are on hunger strike.");
    let pair = may_differ(&seven, &five).expect("they differ");
    assert_eq!(pair.slots.len(), 1);
    let filled = &pair.slots[0];
    assert_eq!((filled.slot, filled.of.as_str()), (Slot::Number, "activist"));
    assert_eq!(
        (filled.first.as_slice(), filled.second.as_slice()),
        (&["7".to_owned()][..], &["5".to_owned()][..])
    );
}

#[test]
fn two_negations_are_none() {
    let plain = sentence("He did sign the contract with the buyer.");
    let twice = sentence("He never did not sign the contract with the buyer.");
    assert_eq!(may_differ(&plain, &twice), None);
}

#[test]
fn a_statement_is_not_compared_with_itself() {
    let text = "He signed the contract. He did not sign the contract.";
    let sentences: Vec<Sentence> = sentences_of(text, Language::of_tag("en"), 2)
        .0
        .into_iter()
        .map(|(sentence, _)| sentence)
        .collect();
    assert_eq!(slot_conflicts(&sentences, &[0, 0]).pair_count, 0);
    assert_eq!(slot_conflicts(&sentences, &[0, 1]).pair_count, 1);
}

#[test]
fn texts_without_a_sentence_have_none() {
    for text in ["", " ", "\u{202e}", "."] {
        let (sentences, _) = sentences_of(text, Language::of_tag("en"), 9);
        assert!(
            sentences.iter().all(|(sentence, _)| sentence.stems.is_empty()),
            "{text:?}"
        );
    }
    let long = "a".repeat(crate::text::MAX_TEXT + 1);
    assert_eq!(sentences_of(&long, Language::of_tag("en"), 9), (Vec::new(), 0));
    let (some, more) = sentences_of("One went. Two went. Three went.", Language::of_tag("en"), 1);
    assert_eq!((some.len(), more), (1, 2));
}

proptest! {
    #[test]
    fn a_sentence_does_not_differ_from_itself(text in "(he|she|seven|not|never|2 march|monday|open|signed|paid|letter|buyer| ){1,15}") {
        let one = sentence(&text);
        prop_assert_eq!(may_differ(&one, &one), None);
    }

    #[test]
    fn it_does_not_matter_which_is_first(
        a in "((he|seven|not|2 march|monday|open|closed|signed|letter|buyer|activists) ){1,12}",
        b in "((he|five|never|3 march|friday|open|closed|signed|letter|buyer|activists) ){1,12}",
    ) {
        let (a, b) = (sentence(&a), sentence(&b));
        let slots = |one: &Sentence, other: &Sentence| {
            may_differ(one, other).map(|pair| pair.slots.iter().map(|filled| filled.slot).collect::<Vec<_>>())
        };
        prop_assert_eq!(slots(&a, &b), slots(&b, &a));
    }
}
