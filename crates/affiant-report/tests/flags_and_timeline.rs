//! Flags and timelines over a small case built in memory.
#![allow(clippy::unwrap_used)]

#[path = "../../../src/compare/tests/build.rs"]
#[allow(dead_code)]
mod build;

use affiant::compare::{Ask, Comparison, compare};
use affiant_report::{Style, flags_text, timeline_text};
use build::{Fixture, build};
use unicode_width::UnicodeWidthStr;

const CASE: &str = r#"{
  "questions": [{"label": "P01", "words": "Is Мария at home?", "varies": true, "about": ["Мария"]}],
  "statements": [
    {"label": "S01", "speaker": "Ann", "form": "verbatim", "words": ["She is at “home"], "said": "XXXX-12-26",
     "hops": [{"from": "Ann", "to": "Bob", "medium": "telephone"}, {"from": "Bob", "to": "Gazette", "medium": "press"}],
     "stances": [{"on": "P01", "says": "affirms"}]},
    {"label": "S02", "speaker": "Bob", "words": ["There is nobody at home."], "said": "2019-01-10/",
     "stances": [{"on": "P01", "says": "denies"}]},
    {"label": "S03", "speaker": "?a visitor", "alleged": true, "said": "XXXX-12-30/XXXX-01-17"},
    {"label": "S04", "speaker": "משרד", "said": "2018-24?"},
    {"label": "S05", "speaker": "Ann"}
  ],
  "relations": [{"label": "R01", "kind": "sought-from", "from": "P01", "to": ["S02"]}]
}"#;

/// The text on one line.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn comparison() -> Comparison {
    let fixture: Fixture = serde_json::from_str(CASE).unwrap();
    compare(&build(&fixture).case(), &Ask::everything())
}

#[test]
fn a_timeline_has_bars_with_words_beside_them() {
    let timeline = comparison().timeline;
    let text = timeline_text(&timeline, 100, Style::Plain);
    let line = |words: &str| {
        text.lines()
            .find(|line| line.contains(words))
            .unwrap_or_else(|| panic!("{words}: {text}"))
    };
    let day = line("26 December, year not stated: said S01");
    assert_eq!(day.find('●').map(|at| day[..at].width()), Some(35), "{text}");
    assert!(
        line("from 10 January 2019, end not known: said S02").contains("├"),
        "{text}"
    );
    assert!(
        line("between 30 December and 17 January of the next year").starts_with("─┤"),
        "{text}"
    );
    assert!(
        flowing(&text).contains("a season of either hemisphere, of which none is chosen"),
        "{text}"
    );
    assert!(text.contains("said, at a time that is not stated: S05"), "{text}");
    let columns: Vec<usize> = text
        .lines()
        .filter(|line| line.contains('●') || line.contains('├'))
        .map(|line| {
            line.width()
                - line
                    .trim_start_matches([' ', '●', '├', '─', '┤', '?', '◄', '►'])
                    .width()
        })
        .collect();
    assert!(columns.iter().all(|column| *column == 38), "{columns:?} {text}");
    let narrow = timeline_text(&timeline, 60, Style::Plain);
    assert!(!narrow.contains(['●', '├']), "{narrow}");
    assert!(narrow.contains("26 December, year not stated: said S01"), "{narrow}");
}

#[test]
fn flags_are_printed_in_full() {
    let text = flowing(&flags_text(&comparison().flags, 100, Style::Plain));
    for words in [
        "quotation-unbalanced (ours) 1",
        "S01 words[0]: The words held have the mark “ without its partner",
        "telephone-without-basis (FRE 901(b)(5), (6)) 1",
        "authorship-alleged (FRE 901(a)) 1",
        "adverse-relayer (ours) 1",
        "S01 relay[0].to: The words reach us through Bob, who takes the other side on P01 in S02.",
        "P01 who affirms it: It rests on one speaker, Ann: S01.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn no_line_is_wider_than_the_page() {
    let comparison = comparison();
    for width in [30, 40, 76, 80, 100, 132] {
        let texts = [
            timeline_text(&comparison.timeline, width, Style::Plain),
            flags_text(&comparison.flags, width, Style::Plain),
        ];
        for line in texts.iter().flat_map(|text| text.lines()) {
            assert!(line.width() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn colour_adds_no_meaning() {
    let comparison = comparison();
    let bare = |text: String| {
        let mut shown = String::new();
        let mut rest = text.as_str();
        while let Some(start) = rest.find('\u{1b}') {
            shown.push_str(&rest[..start]);
            rest = &rest[start + rest[start..].find('m').unwrap() + 1..];
        }
        shown + rest
    };
    let flags = |style| flags_text(&comparison.flags, 80, style);
    assert_ne!(flags(Style::Coloured), flags(Style::Plain));
    assert_eq!(bare(flags(Style::Coloured)), flags(Style::Plain));
}
