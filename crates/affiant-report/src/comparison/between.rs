//! Two statements side by side.

use affiant::compare::{Between, Shared};

use super::question::{pair, side_by_side, words_of};
use super::reading::{NUMBERS, findings, reading, settlements};
use super::{count, independence, link, more};
use crate::Style;
use crate::page::Page;
use crate::visible::escape_in_json;

/// Two statements as JSON, as spec/comparison.md describes it. Unseen characters in the text of
/// records are written as escapes.
pub fn between_json(between: &Between) -> String {
    let json = serde_json::to_string_pretty(between).expect("our types have string keys only");
    escape_in_json(&json) + "\n"
}

/// Two statements as text, wrapped to `width` columns.
pub fn between_text(between: &Between, width: usize, style: Style) -> String {
    let mut page = Page::new(width, style);
    let [one, other] = &between.statements;
    page.heading(
        "",
        &format!(
            "{} ({}) and {} ({})",
            one.statement, one.speaker, other.statement, other.speaker
        ),
    );
    page.line(
        "",
        "",
        &format!("Both are read on {}.", count(between.question_count, "question")),
    );
    if !between.one_utterance.is_empty() {
        let links: Vec<String> = between.one_utterance.iter().map(ToString::to_string).collect();
        let text = format!(
            "People say that they are texts of one utterance, or that one carries the other ({}): they are then no two \
             accounts.",
            links.join(", ")
        );
        page.line("", "", &text);
    }
    if between.withheld_stances > 0 {
        let text = format!(
            "{} of theirs withheld; on which questions is not known.",
            count(between.withheld_stances, "stance")
        );
        page.line("", "", &text);
    }
    page.blank();
    for (place, shown) in between.computed.iter().enumerate() {
        reading(&mut page, NUMBERS.get(place).unwrap_or(&"  -  "), shown, &[]);
    }
    findings(&mut page, &between.asserted);
    settlements(
        &mut page,
        between.computed.iter().flat_map(|reading| &reading.settled_by),
    );
    page.blank();
    for shared in &between.questions {
        question(&mut page, shared);
        page.blank();
    }
    more(
        &mut page,
        "",
        between.question_count,
        between.questions.len(),
        "question",
    );
    independence::matrix(&mut page, &between.independence);
    page.blank();
    if !between.links.is_empty() {
        page.heading("", "Links between the two");
        page.blank();
        for shown in &between.links {
            link(&mut page, shown);
        }
        more(&mut page, "", between.link_count, between.links.len(), "link");
        page.blank();
    }
    page.line("", "  ", super::NOT_SHOWN);
    page.into_text()
}

fn question(page: &mut Page, shared: &Shared) {
    page.heading("     ", &words_of(&shared.proposition, shared.asks, &shared.words));
    page.blank();
    side_by_side(page, &shared.stands);
    for shown in &shared.pairs {
        page.blank();
        pair(page, shown);
        page.line("  ", "  ", "Whatever the reading:");
        for reason in &shown.bearing {
            page.line("     - ", "       ", reason);
        }
        let of_readings = shown.computed.iter().flat_map(|reading| &reading.settled_by);
        settlements(page, of_readings.chain(&shown.settled_by));
    }
    if !shared.computed.is_empty() {
        page.blank();
    }
    for (place, shown) in shared.computed.iter().enumerate() {
        reading(page, NUMBERS.get(place).unwrap_or(&"  -  "), shown, &[]);
    }
    settlements(page, shared.computed.iter().flat_map(|reading| &reading.settled_by));
}
