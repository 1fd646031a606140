//! Suggestions as a person reads them (spec/suggestion.md says what they mean).
//!
//! ```text
//! SUGGESTION, unreviewed  names
//!   “Tofig Yagublu” (party 1f0c93aa) and “Tofik Yaqublu” (party 9a3e01d2) may be one party.
//! ```
//!
//! Each has its class before it. They are never printed among facts and findings.

use affiant::suggest::{
    ByMethod, Measured, Method, PartyShown, Proposed, SentenceShown, StatementShown, Suggestion, Suggestions,
};

use crate::Style;
use crate::page::Page;
use crate::visible::escape_in_json;

/// The most shared rows of words that are printed of one near-copy. JSON has more.
const MAX_ROWS_PRINTED: usize = 8;

const WHAT_THEY_ARE: &str = "Suggestions: each is a rule's, which is sometimes wrong, and is unreviewed until a person \
                             signs it. None is a fact or a finding, and nothing was recorded, changed or merged.";

/// The suggestions as JSON, as spec/suggestion.md describes it.
pub fn suggestions_json(suggestions: &Suggestions) -> String {
    let json = serde_json::to_string_pretty(suggestions).expect("our types have string keys only");
    escape_in_json(&json) + "\n"
}

/// The suggestions as text, wrapped to `width` columns.
pub fn suggestions_text(suggestions: &Suggestions, width: usize, style: Style) -> String {
    let mut page = Page::new(width, style);
    page.line("", "", WHAT_THEY_ARE);
    page.blank();
    for by in &suggestions.methods {
        method(&mut page, by);
        page.blank();
    }
    if let Some(none) = suggestions.none {
        page.line(
            "",
            "",
            &format!("Of {} records searched, {none}.", suggestions.searched),
        );
    } else {
        page.line(
            "",
            "",
            "What is not suggested is not thereby absent: the rules miss most of what is said in other words.",
        );
    }
    page.into_text()
}

fn method(page: &mut Page, by: &ByMethod) {
    page.heading("", &format!("{}: {}", title(by.method), by.count));
    page.line("  ", "  ", &format!("Rule: {}.", by.how));
    for measured in by.measured {
        page.line("  ", "  ", &figures(measured));
    }
    if let Some(none) = by.none {
        page.line("  ", "  ", &format!("Here {none}."));
    }
    for suggestion in &by.suggestions {
        page.blank();
        one(page, suggestion);
    }
    if by.count > by.suggestions.len() {
        page.blank();
        page.line(
            "  ",
            "  ",
            &format!("… and {} more; see --limit.", by.count - by.suggestions.len()),
        );
    }
    for left_out in &by.left_out {
        page.line("  ", "  ", &format!("Not looked at: {left_out}"));
    }
}

fn title(method: Method) -> &'static str {
    match method {
        Method::NearCopies => "Near-copies",
        Method::Names => "Names that may be one party's",
        Method::Questions => "Statements that may speak to a question",
        Method::Slots => "Near-parallel sentences that may differ",
    }
}

/// "Measured on spellings: recall 190 of 196 (97 %), precision …". Percentages are rounded down.
fn figures(measured: &Measured) -> String {
    let share = |share: affiant::suggest::Share| {
        let percent = (share.is * 100).checked_div(share.of).unwrap_or(0);
        format!("{} of {} ({percent} %)", share.is, share.of)
    };
    format!(
        "Measured on the set {}: recall {}, precision {}.",
        measured.set,
        share(measured.recall),
        share(measured.precision)
    )
}

fn one(page: &mut Page, suggestion: &Suggestion) {
    page.line(
        "  ",
        "    ",
        &format!("SUGGESTION, unreviewed: {}", headline(suggestion.proposed())),
    );
    for why in suggestion.why() {
        page.line("    ", "    ", why);
    }
    detail(page, suggestion.proposed());
    let mut first = "    To sign it: ";
    for command in suggestion.to_sign() {
        page.line(first, "                ", command);
        first = "            or: ";
    }
}

fn headline(proposed: &Proposed) -> String {
    match proposed {
        Proposed::SameWords { statements, .. } => {
            let statements: Vec<String> = statements.iter().map(statement).collect();
            format!("{} have the same words.", statements.join("; "))
        }
        Proposed::NearCopy { shorter, longer, .. } => {
            format!(
                "{} and {} may be copies of one text.",
                statement(shorter),
                statement(longer)
            )
        }
        Proposed::OneParty { one, other, .. } => format!("{} and {} may be one party.", party(one), party(other)),
        Proposed::SpeaksTo {
            statement: speaks,
            question,
            asks,
            ..
        } => {
            format!("{} may speak to {question}, “{asks}”", statement(speaks))
        }
        Proposed::MayDiffer { first, second, .. } => {
            format!(
                "{} and {} may differ.",
                statement(&first.statement),
                statement(&second.statement)
            )
        }
    }
}

fn detail(page: &mut Page, proposed: &Proposed) {
    match proposed {
        Proposed::SameWords { text, .. } => page.line("    ", "      ", &format!("“{text}”")),
        Proposed::NearCopy {
            shared, shared_count, ..
        } => {
            page.line("    ", "    ", "Shared words:");
            for row in shared.iter().take(MAX_ROWS_PRINTED) {
                page.line("      ", "        ", &format!("“{row}”"));
            }
            let more = shared_count - shared.len().min(MAX_ROWS_PRINTED);
            if more > 0 {
                page.line("      ", "        ", &format!("… and {more} more."));
            }
        }
        Proposed::MayDiffer { first, second, .. } => {
            page.line("    ", "      ", &quoted(first));
            page.line("    ", "      ", &quoted(second));
        }
        Proposed::OneParty { .. } | Proposed::SpeaksTo { .. } => {}
    }
}

fn quoted(sentence: &SentenceShown) -> String {
    format!("{}: “{}”", sentence.statement.record, sentence.text)
}

fn statement(shown: &StatementShown) -> String {
    format!("{} ({})", shown.record, shown.speaker)
}

fn party(shown: &PartyShown) -> String {
    const DIGITS_SHOWN: usize = 8;
    let id = shown.party.to_string();
    let records: Vec<String> = shown.records.iter().map(ToString::to_string).collect();
    format!(
        "“{}” (party {}, {})",
        shown.name,
        &id["party:".len()..][..DIGITS_SHOWN],
        records.join(", ")
    )
}
