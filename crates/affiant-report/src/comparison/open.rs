//! What would settle it, ranked by how many open readings each thing bears on.

use affiant::compare::{Bears, Settling};

use super::dispute::{lack_words, sought_words};
use super::independence::labels;
use super::{count, more};
use crate::page::Page;

/// The most things that are printed for one question.
const MAX_PRINTED: usize = 10;
/// The most things that are printed for the case.
const MAX_OF_CASE_PRINTED: usize = 25;

/// Prints the ranked list of one question.
pub fn of_question(page: &mut Page, settling: &Settling) {
    if settling.lacks.is_empty() && settling.sought.is_empty() {
        return;
    }
    page.blank();
    page.heading(
        "  ",
        &format!(
            "What is not held, by on how many of the {} it bears",
            count(settling.readings, "opposed pair")
        ),
    );
    ranked(page, settling, MAX_PRINTED, false);
}

/// Prints the ranked list of the case.
pub fn of_case(page: &mut Page, settling: &Settling) {
    if settling.lacks.is_empty() && settling.sought.is_empty() {
        return;
    }
    page.heading(
        "",
        &format!(
            "What would settle most: what is not held, by on how many of the {} it bears",
            count(settling.readings, "open reading")
        ),
    );
    ranked(page, settling, MAX_OF_CASE_PRINTED, true);
    page.blank();
}

fn ranked(page: &mut Page, settling: &Settling, limit: usize, questions: bool) {
    for open in settling.lacks.iter().take(limit) {
        page.line("  ", "       ", &words(&open.bears, &lack_words(&open.lack), questions));
    }
    more(
        page,
        "  ",
        settling.lack_count,
        settling.lacks.len().min(limit),
        "thing",
    );
    for open in settling.sought.iter().take(limit) {
        page.line(
            "  ",
            "       ",
            &words(&open.bears, &sought_words(&open.sought), questions),
        );
    }
    more(
        page,
        "  ",
        settling.sought_count,
        settling.sought.len().min(limit),
        "thing that is sought",
    );
    if !settling.complete {
        page.line("  ", "    ", "Not every account was looked at: there are too many.");
    }
    page.line(
        "  ",
        "  ",
        "That a thing bears on a reading says where to look first, and not which way it would decide.",
    );
}

fn words(bears: &Bears, words: &str, questions: bool) -> String {
    let mut text = format!("{:>3}  {words}", bears.readings());
    if questions && !bears.questions.is_empty() {
        text.push_str(&format!(" On {}.", labels(&bears.questions, bears.questions.len())));
    }
    text
}
