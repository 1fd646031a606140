//! Flags and the timeline of the case of `fixtures/cases/huseynov`.

use std::fs;

use serde_json::Value;

use crate::look::{case_dir, read, read_json};

/// The flags of one rule, each as its record's label, its place and its words.
fn of_rule(comparison: &Value, rule: &str) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let flags = comparison["flags"]["flags"].as_array().unwrap().iter();
    flags
        .filter(|flag| flag["rule"] == rule)
        .map(|flag| {
            (
                text(&flag["record"]["label"]),
                text(&flag["place"]),
                text(&flag["words"]),
            )
        })
        .collect()
}

fn labels(flags: &[(String, String, String)]) -> Vec<&str> {
    flags.iter().map(|(label, ..)| label.as_str()).collect()
}

#[test]
fn the_open_quotation_mark_and_the_missing_words_are_flagged() {
    let comparison = read_json(&["compare"]);
    let unbalanced = of_rule(&comparison, "quotation-unbalanced");
    assert_eq!(labels(&unbalanced), ["S35"]);
    assert_eq!(unbalanced[0].1, "words[0]");
    let missing = of_rule(&comparison, "no-verbatim-words");
    for label in ["S01", "S03", "S06", "S14", "S19", "S21", "S33"] {
        assert!(labels(&missing).contains(&label), "{label}: {missing:?}");
    }
    for label in ["S02", "S12", "S17", "S35"] {
        assert!(!labels(&missing).contains(&label), "{label} holds words");
    }
}

/// Nothing in the rules knows who anybody is: her words come through one who takes the other side.
#[test]
fn the_commissioner_s_words_come_through_an_adverse_party() {
    let comparison = read_json(&["compare"]);
    let sought = fs::read_to_string(case_dir().join("case.toml"))
        .unwrap()
        .contains("kind = \"sought-from\"");
    let rule = if sought {
        "primary-record-obtainable"
    } else {
        "adverse-relayer"
    };
    let flags = of_rule(&comparison, rule);
    let (_, place, words) = flags.iter().find(|(label, ..)| label == "S14").unwrap();
    assert_eq!(place, "relay[0].to");
    assert!(
        words.starts_with("The words reach us through Emin Huseynov, who takes the other side on P02 in S12."),
        "{words}"
    );
    let shown = read(&["show", "S14"]);
    assert!(shown.contains("\nFlags\n") && shown.contains(rule), "{shown}");
}

#[test]
fn what_the_case_is_known_to_lack_is_flagged() {
    let comparison = read_json(&["compare"]);
    let flagged = |rule: &str| {
        let flags = of_rule(&comparison, rule);
        let mut labels: Vec<String> = flags.into_iter().map(|(label, ..)| label).collect();
        labels.dedup();
        labels
    };
    assert_eq!(flagged("authorship-alleged"), ["S03"]);
    assert_eq!(flagged("telephone-without-basis"), ["S06"]);
    assert_eq!(
        flagged("voluntariness-not-recorded"),
        ["S01", "S02", "S03", "S06", "S20", "S21", "S22", "S23"]
    );
    assert_eq!(flagged("speaker-unidentified"), ["S40", "SB13"]);
    assert_eq!(flagged("authority-disputed"), ["S06", "S14"]);
    assert_eq!(flagged("anchor-relative"), ["S13", "S14", "S15", "S17", "S29", "S31"]);
    assert_eq!(flagged("authority-not-recorded"), ["S02", "S06", "S14"]);
    // All of it came to us through one publisher.
    let uncorroborated = of_rule(&comparison, "source-uncorroborated");
    assert!(!uncorroborated.is_empty());
    assert!(
        uncorroborated.iter().all(|(.., words)| words.contains("JAMnews")),
        "{uncorroborated:?}"
    );
}

#[test]
fn the_timeline_of_the_case_guesses_no_year() {
    let text = read(&["compare", "--timeline"]);
    for words in [
        "26 December, year not stated: said S01",
        "6 January, year not stated: conveyed S02",
        "10 January, year not stated: published S03",
        "“today”; which day is meant is not recorded",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let timeline = &read_json(&["compare"])["timeline"];
    assert_eq!(timeline["frames"], serde_json::json!([]));
    // The day of recording is the only one with a year.
    assert_eq!(timeline["dated"].as_array().unwrap().len(), 1);
    assert_eq!(timeline["certain"], serde_json::json!([]));
}
