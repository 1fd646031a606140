//! One reading, and what would settle it.

use affiant::compare::{Class, Reading, Settlement, Under};

use super::more;
use crate::page::Page;

/// What stands before the first readings of a list.
pub const NUMBERS: [&str; 6] = ["  1. ", "  2. ", "  3. ", "  4. ", "  5. ", "  6. "];

/// Prints a reading. Reasons that `said` has were printed nearby and are not repeated.
pub fn reading(page: &mut Page, first: &'static str, reading: &Reading, said: &[String]) {
    let heading = format!("{} ({}). {}", reading.code, class(reading), reading.code.meaning());
    page.line(first, "     ", &heading);
    for reason in reading.reasons.iter().filter(|reason| !said.contains(reason)) {
        page.line("     - ", "       ", reason);
    }
    for alternative in &reading.alternatives {
        let codes = match &alternative.under {
            Under::Readings(codes) => codes
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", then "),
            Under::None => "none on this question".to_owned(),
            Under::Undecidable => "undecidable".to_owned(),
            Under::Linked => "the link holds".to_owned(),
            Under::NotLinked => "no link".to_owned(),
        };
        let text = format!("if {}: {codes}. {}", alternative.condition, alternative.words);
        page.line("     · ", "       ", &text);
    }
    let left_out = reading.alternatives_left_out;
    more(
        page,
        "     · ",
        reading.alternatives.len() + left_out,
        reading.alternatives.len(),
        "alternative",
    );
}

/// What sort of result a reading is, in a few words.
pub fn class(reading: &Reading) -> String {
    match &reading.class {
        Class::Fact => "fact".to_owned(),
        Class::Suggestion { method, measured_error } => {
            format!("suggestion by {method}, measured error {measured_error}")
        }
        Class::Finding { asserted_by, .. } => {
            let who: Vec<String> = asserted_by.iter().map(ToString::to_string).collect();
            format!("asserted by {}", who.join(" and "))
        }
    }
}

/// Prints what would settle something, each thing once.
pub fn settlements<'s>(page: &mut Page, settled_by: impl IntoIterator<Item = &'s Settlement>) {
    let mut shown: Vec<&Settlement> = Vec::new();
    for settlement in settled_by {
        if !shown.contains(&settlement) {
            shown.push(settlement);
        }
    }
    if shown.is_empty() {
        return;
    }
    page.line("  ", "  ", "What would settle it:");
    for settlement in shown {
        page.line("     - ", "       ", &settlement.words);
    }
}
