//! One reading or one person's judgement, and what would settle it.

use affiant::compare::{Fact, Finding, Judgement, Reading, Settlement, Standing, Under};

use super::more;
use crate::page::Page;

/// What stands before the first readings of a list.
pub const NUMBERS: [&str; 9] = [
    "  1. ", "  2. ", "  3. ", "  4. ", "  5. ", "  6. ", "  7. ", "  8. ", "  9. ",
];

/// Prints a reading that is computed. Reasons that `said` has were printed nearby and are not
/// repeated.
pub fn reading(page: &mut Page, first: &'static str, reading: &Fact<Reading>, said: &[String]) {
    let heading = format!("{} (fact). {}", reading.code, reading.code.meaning());
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

/// Prints what people assert, under words of its own, so that it is never read as computed.
pub fn findings(page: &mut Page, findings: &[Finding<Judgement>]) {
    if findings.is_empty() {
        return;
    }
    page.line(
        "  ",
        "  ",
        "Asserted by people, each for themselves; nothing above follows from it:",
    );
    findings.iter().for_each(|shown| finding(page, shown));
}

/// Prints one person's judgement.
pub fn finding(page: &mut Page, finding: &Finding<Judgement>) {
    let heading = format!(
        "{} (asserted by {}). {}",
        finding.code,
        names(finding),
        finding.code.meaning()
    );
    page.line("  *  ", "     ", &heading);
    for reason in &finding.reasons {
        page.line("     - ", "       ", reason);
    }
    // Of a link the reasons say who asserts it and who recorded that.
    if finding.link.is_none() {
        signature(page, finding);
    }
}

/// When an assessment was recorded, by whom, in whose stead.
fn signature(page: &mut Page, finding: &Finding<Judgement>) {
    let signed: Vec<String> = finding.signed_by().iter().map(ToString::to_string).collect();
    let mut signed = format!(
        "Recorded in {} on {}, signed by {}.",
        finding.record(),
        &finding.recorded_at().to_string()[..DATE],
        signed.join(" and ")
    );
    if let Some(on) = &finding.on {
        signed.push_str(&format!(" On {on}."));
    }
    if let Some(earlier) = &finding.supersedes {
        signed.push_str(&format!(" It asks to be read in the stead of {earlier}."));
    }
    if finding.standing() < Standing::Erased {
        signed.push_str(&format!(" The record {}.", finding.standing().words()));
    }
    page.line("     - ", "       ", &signed);
    if !finding.superseded_by.is_empty() {
        let later: Vec<String> = finding.superseded_by.iter().map(ToString::to_string).collect();
        let text = format!(
            "Superseded by the same people in {}; it stays on record.",
            later.join(", ")
        );
        page.line("     - ", "       ", &text);
    }
}

/// The date in a time stamp: its first ten bytes.
const DATE: usize = "2024-05-02".len();

/// Whose judgement it is said to be.
pub fn names(finding: &Finding<Judgement>) -> String {
    let who: Vec<String> = finding.asserted_by().iter().map(ToString::to_string).collect();
    who.join(" and ")
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
