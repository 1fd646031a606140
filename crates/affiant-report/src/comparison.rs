//! A comparison as a person reads it (spec/comparison.md says what it means).

mod between;
mod dispute;
mod in_short;
mod independence;
mod open;
mod question;
mod reading;
mod reply;

use affiant::compare::{Comparison, Link, Question, SetAside, Standing};

use crate::Style;
use crate::page::Page;
use crate::visible::escape_in_json;
pub use between::{between_json, between_text};
pub use question::stands;
use question::{in_brief, in_full, parts, words};
use reading::{NUMBERS, finding, findings, names, reading, settlements};

/// The most records that are named in one list.
const MAX_RECORDS_PRINTED: usize = 50;

const NOTHING_SHARED: &str = "These accounts share no question yet; type `affiant question add`.";
const NOT_SHOWN: &str = "What is not shown, because no record here can show it: who is right.";

/// The comparison as JSON, as spec/comparison.md describes it. Unseen characters in the
/// text of records are written as escapes.
pub fn compare_json(comparison: &Comparison) -> String {
    let json = serde_json::to_string_pretty(comparison).expect("our types have string keys only");
    escape_in_json(&json) + "\n"
}

/// The comparison as text, wrapped to `width` columns. Several questions begin with an
/// overview of those where accounts part; the others are in brief, at the end.
pub fn compare_text(comparison: &Comparison, width: usize, style: Style) -> String {
    let mut page = Page::new(width, style);
    if comparison.questions.is_empty() {
        page.line("", "", NOTHING_SHARED);
        page.blank();
    }
    let (parted, agreed): (Vec<&Question>, Vec<&Question>) =
        comparison.questions.iter().partition(|question| parts(question));
    match comparison.questions.as_slice() {
        [] => {}
        [only] => {
            in_full(&mut page, only);
            page.blank();
        }
        _ => {
            overview(&mut page, comparison, &parted);
            for shown in &parted {
                in_full(&mut page, shown);
                page.blank();
            }
        }
    }
    if !comparison.links.is_empty() {
        page.heading("", "What people say of how accounts stand to each other");
        page.blank();
        for shown in &comparison.links {
            link(&mut page, shown);
            page.blank();
        }
        more(&mut page, "", comparison.link_count, comparison.links.len(), "link");
    }
    if !comparison.other_findings.is_empty() {
        page.heading("", "What people judge of accounts or links that are not set out above");
        page.blank();
        for shown in &comparison.other_findings {
            let about: Vec<String> = shown.about.iter().map(ToString::to_string).collect();
            page.line("  ", "  ", &format!("Of {}:", about.join(" and ")));
            finding(&mut page, shown);
        }
        page.blank();
    }
    provenance(&mut page, comparison);
    if comparison.questions.len() > 1 {
        unopposed(&mut page, comparison, &agreed);
    }
    if comparison.questions.len() > 1 {
        crate::timeline::in_brief(&mut page, &comparison.timeline);
    }
    crate::flags::in_brief(&mut page, &comparison.flags);
    not_used(&mut page, comparison);
    summary(&mut page, comparison);
    page.into_text()
}

/// What a reader sees first: the questions on which accounts part, and what people say of
/// how accounts stand to each other.
fn overview(page: &mut Page, comparison: &Comparison, parted: &[&Question]) {
    let all = count(comparison.question_count, "question");
    page.heading("", &format!("Where accounts part: {} of {all}", parted.len()));
    page.blank();
    for question in parted {
        page.line("", "     ", &words(question));
        page.line("     ", "     ", &question_in_a_line(question));
    }
    for link in &comparison.links {
        page.line("", "     ", &format!("{}  {}.", link.relation, link.words()));
        let asserted = link.asserted.iter();
        let asserted = asserted.map(|finding| format!("{} (asserted by {})", finding.code, names(finding)));
        let computed = link.computed.iter().map(|reading| format!("{} (fact)", reading.code));
        let readings: Vec<String> = asserted.chain(computed).collect();
        page.line("     ", "     ", &format!("{}.", readings.join(", ")));
    }
    page.blank();
    page.line("", "", "Who is right is not shown: no record here can show it.");
    page.blank();
}

fn question_in_a_line(question: &Question) -> String {
    let stand = |number: usize, one: &str, more: &str| match number {
        0 => format!("none {one}"),
        1 => format!("1 {one}"),
        _ => format!("{number} {more}"),
    };
    let mut text = format!(
        "{}, {}",
        stand(question.affirms.accounts, "affirms", "affirm"),
        stand(question.denies.accounts, "denies", "deny")
    );
    if question.uncommitted.accounts > 0 {
        text.push_str(&format!(
            ", {}",
            stand(question.uncommitted.accounts, "does not say", "do not say")
        ));
    }
    let least = if question.counts_exact { "" } else { "at least " };
    let readings: Vec<String> = question
        .tally
        .iter()
        .map(|tally| format!("{} ({least}{})", tally.code, count(tally.pairs, "pair")))
        .collect();
    if !readings.is_empty() {
        text.push_str(&format!(": {}", readings.join(", ")));
    }
    if !question.rival_readings.is_empty() {
        text.push_str("; one account is read in opposite ways");
    }
    text + "."
}

/// The questions on which nobody opposes anybody.
fn unopposed(page: &mut Page, comparison: &Comparison, questions: &[&Question]) {
    if !questions.is_empty() {
        page.heading("", "Questions on which no account here opposes another");
        page.line(
            "",
            "",
            &format!(
                "An opposed account was not found in the {}. This does not show that there is none. In full: `affiant \
             compare {}`.",
                count(comparison.searched, "record searched"),
                questions[0].proposition
            ),
        );
        page.blank();
        for shown in questions {
            in_brief(page, shown);
        }
        page.blank();
    }
    more(
        page,
        "",
        comparison.question_count,
        comparison.questions.len(),
        "question",
    );
}

fn link(page: &mut Page, link: &Link) {
    page.heading("  ", &format!("{}  {}.", link.relation, link.words()));
    for (place, shown) in link.computed.iter().enumerate() {
        reading(page, NUMBERS.get(place).unwrap_or(&"  -  "), shown, &[]);
    }
    findings(page, &link.asserted);
    settlements(page, link.computed.iter().flat_map(|reading| &reading.settled_by));
}

/// What the declared links say of the case.
fn provenance(page: &mut Page, comparison: &Comparison) {
    let case = &comparison.provenance;
    dispute::second_order(page, &case.second_order);
    if let Some(shown) = &case.dispute {
        dispute::dispute(page, shown);
    }
    if let Some(shown) = &case.authority {
        dispute::authorities(page, shown);
    }
    if let Some(shown) = &case.taint {
        dispute::taint(page, shown);
    }
    independence::of_case(page, case);
    reply::of_case(page, case);
    open::of_case(page, &case.open);
}

/// What the comparison could not use or says nothing of.
fn not_used(page: &mut Page, comparison: &Comparison) {
    let mut any = false;
    for withheld in comparison.withheld_stances.iter().take(MAX_RECORDS_PRINTED) {
        let how = if withheld.erased { "erased" } else { "withheld" };
        let text = format!("{}: {} {how}.", withheld.record, count(withheld.stances, "stance"));
        page.line("", "  ", &text);
        any = true;
    }
    let all = comparison.withheld_stances.len();
    more(
        page,
        "",
        all,
        all.min(MAX_RECORDS_PRINTED),
        "record with withheld stances",
    );
    any |= aside(
        page,
        &comparison.set_aside,
        "takes no part",
        "record that takes no part",
    );
    any |= aside(
        page,
        &comparison.points_nowhere,
        "points nowhere",
        "record that points nowhere",
    );
    if !comparison.other_links.is_empty() {
        let kind = |other: &affiant::compare::OtherLinks| {
            let kind = serde_json::to_value(other.kind).unwrap_or_default();
            format!("{} {}", other.links, kind.as_str().unwrap_or_default())
        };
        let kinds: Vec<String> = comparison.other_links.iter().map(kind).collect();
        page.line(
            "",
            "  ",
            &format!("Links of which nothing is computed: {}.", kinds.join(", ")),
        );
        any = true;
    }
    if any {
        page.blank();
    }
}

fn aside(page: &mut Page, records: &[SetAside], how: &str, of_what: &str) -> bool {
    for aside in records.iter().take(MAX_RECORDS_PRINTED) {
        page.line("", "  ", &format!("{} {how}: {}.", aside.record, aside.why));
    }
    more(page, "", records.len(), records.len().min(MAX_RECORDS_PRINTED), of_what);
    !records.is_empty()
}

/// Established against asserted, and what is not shown.
fn summary(page: &mut Page, comparison: &Comparison) {
    let standings: Vec<String> = comparison
        .standings
        .iter()
        .map(|standing| format!("{} {}", standing.records, standing_word(standing.standing)))
        .collect();
    let established = match standings.as_slice() {
        [] => "no record was given".to_owned(),
        standings => standings.join(", "),
    };
    page.line(
        "",
        "  ",
        &format!(
            "Established: of {}: {established}.",
            count(comparison.searched, "record searched")
        ),
    );
    page.line(
        "",
        "  ",
        "Asserted, and no more than that: what an account says, that its speaker said it, the way it came, and how it is \
         read; each according to whoever signed it.",
    );
    page.line("", "  ", NOT_SHOWN);
}

/// What may be relied on of a record, in a few words.
pub fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Failed => "failed",
        Standing::NotVerified => "not verified",
        Standing::Indeterminate => "consistent, signer not established",
        Standing::Revoked => "by a key since revoked",
        Standing::Erased => "erased in part or whole",
        Standing::Withheld => "verified with values withheld",
        Standing::Verified => "verified",
    }
}

fn more(page: &mut Page, first: &'static str, all: usize, shown: usize, of_what: &str) {
    if all > shown {
        page.line(first, "  ", &format!("… and {} more.", count(all - shown, of_what)));
    }
}

/// "1 hop", "2 hops", "2 records searched".
fn count(number: usize, of_what: &str) -> String {
    match of_what.split_once(' ') {
        _ if number == 1 => format!("1 {of_what}"),
        Some((noun @ "record", more)) => format!("{number} {noun}s {more}"),
        _ => format!("{number} {of_what}s"),
    }
}
