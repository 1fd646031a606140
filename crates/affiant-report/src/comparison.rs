//! A comparison as a person reads it (spec/comparison.md says what it means).

use affiant::compare::{
    Account, Class, Comparison, Link, Pair, Question, QuestionWords, Reading, Settlement, Side, Stand, Standing,
    Translation, Under, Words,
};
use affiant::record::{Certainty, Polarity};

use crate::Style;
use crate::page::{Line, Page};
use crate::visible::escape_in_json;

/// The most stances of one side that are printed for one question.
const MAX_STANCES_PRINTED: usize = 50;
/// The most pairs that are printed for one question.
const MAX_PAIRS_PRINTED: usize = 20;
/// The most passages that are printed of one account.
const MAX_PASSAGES_PRINTED: usize = 3;
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

/// The comparison as text, wrapped to `width` columns.
pub fn compare_text(comparison: &Comparison, width: usize, style: Style) -> String {
    let mut page = Page::new(width, style);
    if comparison.questions.is_empty() {
        page.line("", "", NOTHING_SHARED);
        page.blank();
    }
    for shown in &comparison.questions {
        question(&mut page, shown);
        page.blank();
    }
    more(
        &mut page,
        "",
        comparison.question_count,
        comparison.questions.len(),
        "question",
    );
    if !comparison.links.is_empty() {
        page.heading("", "What people say of how accounts stand to each other");
        page.blank();
        for shown in &comparison.links {
            link(&mut page, shown);
            page.blank();
        }
        more(&mut page, "", comparison.link_count, comparison.links.len(), "link");
    }
    not_used(&mut page, comparison);
    summary(&mut page, comparison);
    page.into_text()
}

fn question(page: &mut Page, question: &Question) {
    let words = match &question.words {
        QuestionWords::Held { text } => text.clone(),
        QuestionWords::Withheld => "[the words of this question are withheld]".to_owned(),
        QuestionWords::Erased => "[the words of this question are erased]".to_owned(),
        QuestionWords::NotAmongTheRecords => "[this question is not among the records]".to_owned(),
    };
    let definition = if question.definition { "Definition: " } else { "" };
    page.heading("     ", &format!("{}  {definition}{words}", question.proposition));
    let varies = if question.varies {
        "The answer can change over time."
    } else {
        "The answer does not change over time."
    };
    match question.about.as_slice() {
        [] => page.line("", "", varies),
        about => page.line("", "", &format!("About: {}. {varies}", about.join("; "))),
    }
    if let Some(QuestionWords::Held { text }) = &question.excludes {
        page.line("", "", &format!("It does not include: {text}"));
    }
    if question.standing.is_some_and(weak) {
        let standing = question.standing.map_or("", Standing::words);
        page.line("", "", &format!("The record of this question {standing}."));
    }
    page.blank();
    page.line("", "", &question.headline);
    if question.withheld_answers > 0 {
        let text = format!(
            "{} on this question withheld.",
            count(question.withheld_answers, "reading")
        );
        page.line("", "", &text);
    }
    page.blank();
    page.columns(
        ("AFFIRMS", &side(&question.affirms)),
        ("DENIES", &side(&question.denies)),
    );
    if question.uncommitted.stances > 0 {
        page.blank();
        page.heading("", "DOES NOT SAY");
        side(&question.uncommitted).iter().for_each(|line| page.write(line));
    }
    for reading in question.no_commitment.iter().take(MAX_STANCES_PRINTED) {
        page.blank();
        one_reading(page, "", reading);
        settlements(page, &reading.settled_by);
    }
    for rival in &question.rival_readings {
        page.blank();
        let readers = |readers: &[affiant::compare::Reader]| readers.iter().map(reader).collect::<Vec<_>>().join("; ");
        let text = format!(
            "{} is read in opposite ways. As affirming: {}. As denying: {}. These are two readings of one account, \
             and not two accounts.",
            rival.statement,
            readers(&rival.affirms_read_by),
            readers(&rival.denies_read_by)
        );
        page.line("", "  ", &text);
    }
    for shown in question.pairs.iter().take(MAX_PAIRS_PRINTED) {
        page.blank();
        pair(page, shown);
    }
    let printed = question.pairs.len().min(MAX_PAIRS_PRINTED);
    more(page, "", question.pair_count, printed, "opposed pair");
}

fn side(side: &Side) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (place, shown) in side.shown.iter().take(MAX_STANCES_PRINTED).enumerate() {
        if place > 0 {
            lines.push(Line::new("", "", ""));
        }
        lines.extend(stand(shown));
    }
    let left_out = side.stances - side.shown.len().min(MAX_STANCES_PRINTED);
    if left_out > 0 {
        lines.push(Line::new("", "", format!("… and {} more.", count(left_out, "stance"))));
    }
    if side.stances == 0 {
        lines.push(Line::new("", "", "nobody in these records"));
    }
    lines
}

fn stand(stand: &Stand) -> Vec<Line> {
    let account = &stand.account;
    let mut lines = Vec::new();
    let mut line = |text: String| lines.push(Line::new("  ", "    ", text));
    let alleged = if account.alleged { " (alleged)" } else { "" };
    let heading = format!("{}  {}{alleged}", account.statement, account.speaker);
    line(format!("way: {}", account.chain));
    line(relay(account));
    words(account).into_iter().for_each(&mut line);
    line(format!("said: {}", account.said.words));
    for (name, time) in [("conveyed", &account.conveyed), ("published", &account.published)] {
        if time.words != "not stated" {
            line(format!("{name}: {}", time.words));
        }
    }
    line(match &stand.over {
        Some(over) => format!("speaks of: {}", over.words),
        None => "speaks of: no time stated".to_owned(),
    });
    match stand.scope.as_slice() {
        [] => {}
        [only] => line(format!("about: {only}")),
        several => line(format!("about: one of {} (which is not known)", several.join("; "))),
    }
    if stand.polarity != Polarity::Uncommitted {
        line(format!("how sure: {}", certainty(stand.certainty)));
    }
    if !stand.according_to.is_empty() {
        let sources: Vec<String> = stand.according_to.iter().map(ToString::to_string).collect();
        line(format!("according to: {}", sources.join(", according to ")));
    }
    let readers: Vec<String> = stand.read_by.iter().map(reader).collect();
    line(format!("read so by: {}", readers.join("; ")));
    if weak(account.standing) {
        line(format!("the record {}", account.standing.words()));
    }
    lines.insert(0, Line::new("", "     ", heading));
    lines
}

fn relay(account: &Account) -> String {
    let relay = &account.relay;
    let mut text = format!("relay degree {relay}");
    if relay.unidentified > 0 {
        text.push_str(&format!(
            "; {} to somebody unidentified",
            count(relay.unidentified, "hop")
        ));
    }
    if relay.withheld > 0 {
        text.push_str(&format!("; {} not shown", count(relay.withheld, "hop")));
    }
    match relay.translation {
        Translation::NotStated => {}
        Translation::Recorded => text.push_str("; translated"),
        Translation::Unrecorded => text.push_str("; translated, by whom is not recorded"),
    }
    text
}

fn words(account: &Account) -> Vec<String> {
    let passage = |words: &Words| match words {
        Words::Held { text, .. } => format!("“{text}”"),
        Words::Withheld => "[a passage is withheld]".to_owned(),
        Words::Erased => "[a passage is erased]".to_owned(),
    };
    let mut lines = Vec::new();
    if !account.verbatim_held {
        lines.push(format!("no verbatim words held; {}:", account.form_words()));
    }
    if account.words.is_empty() {
        lines.pop();
        lines.push(format!("no verbatim words held ({})", account.form_words()));
    }
    lines.extend(account.words.iter().take(MAX_PASSAGES_PRINTED).map(passage));
    let left_out = account.words.len().saturating_sub(MAX_PASSAGES_PRINTED);
    if left_out > 0 {
        let label = &account.statement;
        lines.push(format!(
            "… and {} more: `affiant show {label}`",
            count(left_out, "passage")
        ));
    }
    lines
}

fn reader(reader: &affiant::compare::Reader) -> String {
    let who: Vec<String> = reader.who.iter().map(ToString::to_string).collect();
    let standing = if weak(reader.standing) {
        format!(", which {}", reader.standing.words())
    } else {
        String::new()
    };
    let note = reader.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    format!("{} (in {}{standing}){note}", who.join(" and "), reader.record)
}

fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "certain",
        Certainty::Probable => "probable",
        Certainty::Possible => "possible",
        Certainty::Unstated => "not stated",
    }
}

fn weak(standing: Standing) -> bool {
    !matches!(standing, Standing::Verified | Standing::Withheld)
}

fn pair(page: &mut Page, pair: &Pair) {
    page.heading(
        "  ",
        &format!("{} against {}", pair.affirms.statement, pair.denies.statement),
    );
    let clauses = format!("{}; {}.", pair.affirms.clause, pair.denies.clause);
    page.line("  ", "  ", &clauses);
    page.line("  ", "  ", "Readings, strongest that the record supports first:");
    for (place, reading) in pair.readings.iter().enumerate() {
        one_reading(page, NUMBERS.get(place).unwrap_or(&"  -  "), reading);
    }
    page.line("  ", "  ", "Whatever the reading:");
    for reason in &pair.bearing {
        page.line("     - ", "       ", reason);
    }
    let mut settled_by: Vec<Settlement> = Vec::new();
    let of_readings = pair.readings.iter().flat_map(|reading| &reading.settled_by);
    for settlement in of_readings.chain(&pair.settled_by) {
        if !settled_by.contains(settlement) {
            settled_by.push(settlement.clone());
        }
    }
    settlements(page, &settled_by);
}

const NUMBERS: [&str; 6] = ["  1. ", "  2. ", "  3. ", "  4. ", "  5. ", "  6. "];

fn one_reading(page: &mut Page, first: &'static str, reading: &Reading) {
    let class = match &reading.class {
        Class::Fact => "fact".to_owned(),
        Class::Suggestion { method, measured_error } => {
            format!("suggestion by {method}, measured error {measured_error}")
        }
        Class::Finding { asserted_by, .. } => {
            let who: Vec<String> = asserted_by.iter().map(ToString::to_string).collect();
            format!("a person's: {}", who.join(" and "))
        }
    };
    let heading = format!("{} ({class}). {}", reading.code, reading.code.meaning());
    page.line(first, "     ", &heading);
    for reason in &reading.reasons {
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

fn settlements(page: &mut Page, settled_by: &[Settlement]) {
    if settled_by.is_empty() {
        return;
    }
    page.line("  ", "  ", "What would settle it:");
    for settlement in settled_by {
        page.line("     - ", "       ", &settlement.words);
    }
}

fn link(page: &mut Page, link: &Link) {
    page.heading("  ", &format!("{}  {}.", link.relation, link.words()));
    let mut settled_by: Vec<Settlement> = Vec::new();
    for (place, reading) in link.readings.iter().enumerate() {
        one_reading(page, NUMBERS.get(place).unwrap_or(&"  -  "), reading);
        for settlement in &reading.settled_by {
            if !settled_by.contains(settlement) {
                settled_by.push(settlement.clone());
            }
        }
    }
    settlements(page, &settled_by);
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
    for aside in comparison.set_aside.iter().take(MAX_RECORDS_PRINTED) {
        page.line("", "  ", &format!("{} takes no part: {}.", aside.record, aside.why));
        any = true;
    }
    let all = comparison.set_aside.len();
    more(page, "", all, all.min(MAX_RECORDS_PRINTED), "record that takes no part");
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

fn standing_word(standing: Standing) -> &'static str {
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
