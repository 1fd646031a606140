use super::content::{Language, matter};
use super::*;

#[test]
fn the_matter_of_a_question_is_its_stems() {
    let found = matter("Is Mehman Huseynov on hunger strike?", Language::of_tag("en"));
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        ["hunger", "huseynov", "mehman", "strike"]
    );
    assert!(matter("", Language::of_tag("und")).is_empty());
}

#[test]
fn every_method_says_how_it_works_and_what_was_measured() {
    for method in Method::ALL {
        assert!(!method.how().is_empty());
        for measured in method.measured() {
            assert!(measured.recall.is <= measured.recall.of && measured.precision.is <= measured.precision.of);
            assert!(measured.recall.of > 0 && !measured.set.is_empty());
        }
    }
}
