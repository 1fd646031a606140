//! Tests of single rules. The whole is tested in `tests/it/quotations.rs`.
#![allow(clippy::unwrap_used)]

use super::marks::passages;
use super::parse::{Quotation, What};
use super::{Position, quotations};
use crate::text::Casing;

fn items(text: &str) -> Vec<What> {
    let quotation = Quotation::parse(text, Casing::Root).unwrap();
    quotation.items.into_iter().map(|item| item.what).collect()
}

fn shape(text: &str) -> String {
    let letter = |what: &What| match what {
        What::Word(_) => 'w',
        What::Partial { .. } => 'p',
        What::Bracket(_) => 'b',
        What::Missing(_) => 'm',
        What::Covered { .. } => 'c',
        What::Ellipsis { bracketed: true } => 'E',
        What::Ellipsis { bracketed: false } => 'e',
        What::Note => 'n',
    };
    items(text).iter().map(letter).collect()
}

#[test]
fn the_marks_of_a_quotation_are_read() {
    for (text, expected) in [
        ("one two", "ww"),
        ("one ... two … three . . . four", "wewewew"),
        ("one [...] two […] three [. . .] four", "wEwEwEw"),
        ("[H]e walk[ed] on", "ppw"),
        ("[D]on't go", "pww"),
        ("the [witness] left", "wbw"),
        ("sort [sic] of [emphasis added]", "wnwn"),
        ("sort (sic) of (a thing)", "wnwww"),
        ("the [inaudible] s*** and ****", "wmcwc"),
        ("2 * 3", "ww"),
        ("an [unclosed bracket", "www"),
        ("158(b)(1)", "www"),
    ] {
        assert_eq!(shape(text), expected, "{text}");
    }
}

#[test]
fn a_pair_of_marks_around_the_whole_is_taken_off_and_no_other() {
    for (text, inner) in [
        ("“one two”", "one two"),
        ("„one two“", "one two"),
        ("«one two»", "one two"),
        ("\"one two\"", "one two"),
        ("‘it’s one’", "it’s one"),
        ("“one” and “two”", "“one” and “two”"),
        ("\"one\" and \"two\"", "\"one\" and \"two\""),
        ("“one", "“one"),
        ("\"", "\""),
    ] {
        assert_eq!(Quotation::parse(text, Casing::Root).unwrap().text, inner, "{text}");
    }
}

#[test]
fn passages_are_found_in_every_convention() {
    for (text, expected) in [
        (
            "He said “one two”, then „three“ and «four» and »five«.",
            vec!["one two", "three", "four", "five"],
        ),
        ("He said \"it's one\" and 'two'.", vec!["it's one", "two"]),
        ("‘That’s one,’ she said.", vec!["That’s one,"]),
        ("The workers' strike, the '90s, 5'10\" tall.", vec![]),
        ("“one ‘inner’ two”", vec!["one ‘inner’ two"]),
        ("“one\n\n“two”", vec!["one\n\n“two"]),
    ] {
        let found = passages(text);
        let inner: Vec<_> = found
            .passages
            .iter()
            .map(|marked| &text[marked.inner.clone()])
            .collect();
        assert_eq!(inner, expected, "{text}");
        assert!(found.passages.iter().all(|marked| marked.is_balanced()), "{text}");
        assert!(found.strays.is_empty(), "{text} {found:?}");
    }
}

#[test]
fn marks_without_a_partner_are_flagged() {
    let text = "She said “one two.\n\nThree” and four.";
    let found = passages(text);
    assert_eq!(&text[found.passages[0].inner.clone()], "one two.");
    assert!(!found.passages[0].is_balanced());
    assert_eq!(found.strays.len(), 1);
    assert_eq!(&text[found.strays[0].clone()], "”");
}

#[test]
fn whom_an_article_names_is_read_beside_the_marks() {
    for (text, name, position) in [
        ("“One,” said Ann B. Example.", Some("Ann B. Example"), Position::After),
        ("“One,” Ann Example told us.", Some("Ann Example"), Position::After),
        ("But Ann Example said: “One.”", Some("Ann Example"), Position::Before),
        (
            "According to Ann van Example, “one two”",
            Some("Ann van Example"),
            Position::Before,
        ),
        ("“One,” he said.", None, Position::After),
    ] {
        let (found, _) = quotations(text).unwrap();
        let attribution = found[0].attribution.as_ref().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (attribution.name.as_deref(), attribution.position),
            (name, position),
            "{text}"
        );
    }
    let (found, _) = quotations("The word “one” is short.").unwrap();
    assert_eq!(found[0].attribution, None);
}
