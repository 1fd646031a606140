//! Collations of the fixtures as a person reads them.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::PathBuf;

use affiant::collation::{Collation, Options, Witness, collate};
use affiant_report::{CollationShown, Style, collation_json, collation_text};
use unicode_width::UnicodeWidthStr;

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/collation")
        .join(name)
}

fn collated(names: &[&str]) -> Collation {
    let witness = |name: &&str| {
        let text = std::fs::read_to_string(path(name)).unwrap();
        if name.ends_with(".nlp") {
            Witness::nlp(*name, text).unwrap()
        } else {
            Witness::plain(*name, text).unwrap()
        }
    };
    let witnesses: Vec<Witness> = names.iter().map(witness).collect();
    let options = Options {
        table: true,
        ..Options::default()
    };
    collate(&witnesses, &options).unwrap()
}

const ALL: CollationShown = CollationShown { all: true, table: true };

/// Compares with the file, or writes it where `AFFIANT_BLESS` is set.
fn golden(name: &str, text: &str) {
    let path = path(name);
    if std::env::var_os("AFFIANT_BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept == text, "{} is not what is printed now:\n{text}", path.display());
}

#[test]
fn the_notice_in_three_versions() {
    let collation = collated(&["notice-1.txt", "notice-2.txt", "notice-3.txt"]);
    golden("notice.golden.txt", &collation_text(&collation, ALL, 80, Style::Plain));
}

#[test]
fn the_harbour_in_two_transcripts() {
    let collation = collated(&["harbour.clean.nlp", "harbour.verbatim.nlp"]);
    golden("harbour.golden.txt", &collation_text(&collation, ALL, 80, Style::Plain));
}

#[test]
fn no_line_is_wider_than_the_page_and_no_word_is_lost() {
    let collation = collated(&["notice-1.txt", "notice-2.txt", "notice-3.txt"]);
    for width in [40, 60, 100] {
        let text = collation_text(&collation, ALL, width, Style::Plain);
        for line in text.lines() {
            assert!(line.width() <= width, "{line}");
        }
        assert!(!text.contains('\u{1b}'));
    }
    assert!(collation_text(&collation, ALL, 80, Style::Coloured).contains('\u{1b}'));
}

#[test]
fn a_collation_calls_nothing_a_contradiction_and_hides_nothing() {
    let one = Witness::plain("one", "He signed \u{202e}it.").unwrap();
    let other = Witness::plain("other", "He never signed it.").unwrap();
    let collation = collate(&[one, other], &Options::default()).unwrap();
    let text = collation_text(&collation, CollationShown::default(), 80, Style::Plain);
    assert!(text.contains("U+202E right-to-left override"), "{text}");
    assert!(!text.contains('\u{202e}') && !collation_json(&collation).contains('\u{202e}'));
    assert!(!text.to_lowercase().contains("contradict"));
    assert!(text.contains("variance"), "{text}");
}

#[test]
fn words_that_both_have_stand_between_the_numbers_and_the_rest() {
    let one = Witness::plain("one", "On 3 May, he said, he was not there.").unwrap();
    let other = Witness::plain("other", "On 4 June, he said, he not yet there.").unwrap();
    let collation = collate(&[one, other], &Options::default()).unwrap();
    let text = collation_text(&collation, CollationShown::default(), 80, Style::Plain);
    let place = |words: &str| {
        text.find(words)
            .unwrap_or_else(|| panic!("{words:?} is not in\n{text}"))
    };
    assert!(place("Numbers: 1") < place("In both, among other words: 1"), "{text}");
    assert!(place("e1  negation") < place("Other words: "), "{text}");
    for context in ["was [not] there", "he [not] yet there"] {
        assert!(text.contains(context), "{text}");
    }
    assert!(
        text.contains("1 negation or number stands among other words."),
        "{text}"
    );
    assert!(!text.to_lowercase().contains("contradict"), "{text}");
}
