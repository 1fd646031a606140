//! What would settle it, ranked by how many open readings each thing bears on.

use affiant::compare::{Open, Settling};

use super::dispute::lack_words;
use super::independence::labels;
use super::{count, more};
use crate::page::Page;

/// The most things that are printed for one question.
const MAX_PRINTED: usize = 10;
/// The most things that are printed for the case.
const MAX_OF_CASE_PRINTED: usize = 25;

/// Prints the ranked list of one question.
pub fn of_question(page: &mut Page, settling: &Settling) {
    if settling.ranked.is_empty() {
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
    if settling.ranked.is_empty() {
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
    for open in settling.ranked.iter().take(limit) {
        page.line("  ", "       ", &words(open, questions));
    }
    more(page, "  ", settling.count, settling.ranked.len().min(limit), "thing");
    if !settling.complete {
        page.line("  ", "    ", "Not every account was looked at: there are too many.");
    }
    page.line(
        "  ",
        "  ",
        "That a thing bears on a reading says where to look first, and not which way it would decide.",
    );
}

fn words(open: &Open, questions: bool) -> String {
    let bears = open.readings();
    let mut text = format!("{bears:>3}  {}", lack_words(&open.lack));
    if questions && !open.questions.is_empty() {
        text.push_str(&format!(" On {}.", labels(&open.questions, open.questions.len())));
    }
    text
}
