//! One question: where everyone stands, and the opposed pairs.

use affiant::compare::{
    Account, Fact, Pair, Question, QuestionWords, Reader, RecordTag, Side, Speakers, Stand, Standing, Sum, Translation,
    Words, does,
};
use affiant::record::{Certainty, Modality, Polarity, PropositionType};

use super::reading::{NUMBERS, findings, reading, settlements};
use super::{count, in_short, independence, more, open, reply};
use crate::page::{Line, Page};

/// The most stances of one side that are printed for one question.
const MAX_STANCES_PRINTED: usize = 50;
/// The most pairs that are printed for one question.
const MAX_PAIRS_PRINTED: usize = 20;
/// The most passages that are printed of one account.
const MAX_PASSAGES_PRINTED: usize = 3;

/// Whether accounts part on a question, or one account is read in opposite ways, or names on one side
/// may be of one.
pub fn parts(question: &Question) -> bool {
    question.pair_count > 0 || !question.rival_readings.is_empty() || !question.parallel.is_empty()
}

/// The question in words, or what stands in their place.
pub fn words(question: &Question) -> String {
    words_of(&question.proposition, question.asks, &question.words)
}

/// A question with its label.
pub fn words_of(tag: &RecordTag, asks: Option<PropositionType>, words: &QuestionWords) -> String {
    let words = match words {
        QuestionWords::Held { text } => text,
        QuestionWords::Withheld => "[the words of this question are withheld]",
        QuestionWords::Erased => "[the words of this question are erased]",
        QuestionWords::NotAmongTheRecords => "[this question is not among the records]",
    };
    let asks = match asks {
        Some(PropositionType::Definition) => "Definition: ",
        _ => "",
    };
    format!("{tag}  {asks}{words}")
}

/// Prints what two statements say, a column each where they take one stance each.
pub fn side_by_side(page: &mut Page, stands: &[Stand]) {
    let says = |shown: &Stand| match shown.polarity {
        Polarity::Affirms if shown.value.is_some() => "GIVES",
        Polarity::Denies if shown.value.is_some() => "SAYS THAT IT IS NOT",
        Polarity::Affirms => "AFFIRMS",
        Polarity::Denies => "DENIES",
        Polarity::Uncommitted => "DOES NOT SAY",
    };
    match stands {
        [one, other] => page.columns((says(one), &stand(one)), (says(other), &stand(other))),
        several => {
            for shown in several {
                page.heading("", says(shown));
                stand(shown).iter().for_each(|line| page.write(line));
            }
        }
    }
}

/// Prints a question on which nobody opposes anybody: a line for each account.
pub fn in_brief(page: &mut Page, question: &Question) {
    page.line("", "     ", &words(question));
    stands(page, ("     ", "       "), question);
    for text in several_texts(question) {
        page.line("     ", "       ", &text);
    }
    for sum in question.derived.iter().take(MAX_PAIRS_PRINTED) {
        let fits = match (sum.given_alike_by.as_slice(), sum.given_otherwise_by.as_slice()) {
            ([], []) => String::new(),
            ([], otherwise) => format!("; given otherwise by {}", labels(otherwise)),
            (alike, _) => format!("; given alike by {}", labels(alike)),
        };
        page.line("     ", "       ", &format!("derived: {}{fits}", sum.words));
    }
}

/// Prints a line for each account on a question, with what stands before its first line
/// and before the others.
pub fn stands(page: &mut Page, (first, rest): (&'static str, &'static str), question: &Question) {
    for (side, says) in [
        (&question.affirms, "affirms"),
        (&question.denies, "denies"),
        (&question.uncommitted, "does not say"),
    ] {
        let says = |stand: &Stand| match (&stand.value, stand.polarity) {
            (Some(value), Polarity::Affirms) => format!("gives {}", value.words),
            (Some(value), _) => format!("denies {}", value.words),
            (None, _) => says.to_owned(),
        };
        for stand in side.shown.iter().take(MAX_STANCES_PRINTED) {
            let account = &stand.account;
            let mut text = format!(
                "{}: {}  {} ({})",
                says(stand),
                account.statement,
                account.chain,
                degree_words(account)
            );
            if let Some(reserve) = reserve(stand) {
                text.push_str(&format!("; it {reserve}"));
            }
            if weak(account.standing) {
                text.push_str(&format!("; the record {}", account.standing.words()));
            }
            page.line(first, rest, &text);
        }
        let left_out = side.stances - side.shown.len().min(MAX_STANCES_PRINTED);
        if left_out > 0 {
            page.line(first, rest, &format!("… and {} more.", count(left_out, "stance")));
        }
    }
    withheld_answers(page, first, question);
}

fn withheld_answers(page: &mut Page, first: &'static str, question: &Question) {
    if question.withheld_answers > 0 {
        let text = format!(
            "{} on this question withheld.",
            count(question.withheld_answers, "reading")
        );
        page.line(first, "     ", &text);
    }
}

/// Prints a question in full.
pub fn in_full(page: &mut Page, question: &Question) {
    page.heading("     ", &words(question));
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
    withheld_answers(page, "", question);
    in_short::in_short(page, question);
    page.blank();
    let gives = matches!(question.asks, Some(PropositionType::Quantity | PropositionType::Time));
    let (one, other) = if gives {
        ("GIVES", "SAYS THAT IT IS NOT")
    } else {
        ("AFFIRMS", "DENIES")
    };
    page.columns((one, &side(&question.affirms)), (other, &side(&question.denies)));
    let several = several_texts(question);
    if !several.is_empty() {
        page.blank();
        several.iter().for_each(|text| page.line("", "  ", text));
    }
    derived(page, question);
    if question.uncommitted.stances > 0 {
        page.blank();
        page.heading("", "DOES NOT SAY");
        side(&question.uncommitted).iter().for_each(|line| page.write(line));
    }
    no_commitment(page, question);
    for rival in &question.rival_readings {
        page.blank();
        let one = |one: &affiant::compare::OneReading| {
            let readers: Vec<String> = one.read_by.iter().map(reader).collect();
            format!("“{}” by {}", one.says, readers.join("; "))
        };
        let text = format!(
            "{} is read in opposite ways: as {}; as {}. These are two readings of one account, and not two accounts.",
            rival.statement,
            one(&rival.readings[0]),
            one(&rival.readings[1])
        );
        page.line("", "  ", &text);
    }
    pairs(page, question);
    if !question.parallel.is_empty() {
        page.blank();
        page.heading("  ", "On one side, of names that may be of one");
        for (place, shown) in question.parallel.iter().take(MAX_PAIRS_PRINTED).enumerate() {
            reading(page, NUMBERS.get(place).unwrap_or(&"  -  "), shown, &[]);
        }
        more(
            page,
            "  ",
            question.parallel.len(),
            question.parallel.len().min(MAX_PAIRS_PRINTED),
            "reading",
        );
    }
    independence::of_question(page, question);
    reply::of_question(page, question);
    open::of_question(page, &question.provenance.open);
}

/// The accounts of which there is more than one text: they are one account each.
fn several_texts(question: &Question) -> Vec<String> {
    let sides = [&question.affirms, &question.denies, &question.uncommitted];
    let several: Vec<_> = sides.iter().flat_map(|side| &side.several_texts).collect();
    let mut texts: Vec<String> = several
        .iter()
        .take(MAX_PAIRS_PRINTED)
        .map(|one| {
            format!(
                "{} are {} texts of one utterance ({}), and are counted as one account.",
                labels(&one.texts),
                one.texts.len(),
                labels(&one.links)
            )
        })
        .collect();
    if several.len() > texts.len() {
        let left_out = count(several.len() - texts.len(), "such account");
        texts.push(format!("… and {left_out} more."));
    }
    texts
}

fn labels(tags: &[RecordTag]) -> String {
    let labels: Vec<String> = tags.iter().map(ToString::to_string).collect();
    labels.join(", ")
}

/// Sums that nobody states, marked as derived.
fn derived(page: &mut Page, question: &Question) {
    if question.derived.is_empty() && question.not_derived.is_empty() {
        return;
    }
    page.blank();
    page.heading("", "DERIVED");
    for sum in question.derived.iter().take(MAX_PAIRS_PRINTED) {
        self::sum(page, sum);
    }
    let all = question.derived.len();
    more(page, "  ", all, all.min(MAX_PAIRS_PRINTED), "sum");
    for why in question.not_derived.iter().take(MAX_PAIRS_PRINTED) {
        page.line("  ", "    ", why);
    }
}

fn sum(page: &mut Page, sum: &Fact<Sum>) {
    page.line("  ", "    ", &format!("{} (derived, fact).", sum.words));
    for condition in &sum.conditions {
        page.line("     - ", "       ", condition);
    }
    for (tags, how) in [
        (&sum.given_alike_by, "Given alike as the total by"),
        (&sum.given_otherwise_by, "Given otherwise by"),
    ] {
        if !tags.is_empty() {
            page.line("     - ", "       ", &format!("{how}: {}.", labels(tags)));
        }
    }
}

/// The readings of those who take no side, under one heading.
fn no_commitment(page: &mut Page, question: &Question) {
    let readings: Vec<_> = question.no_commitment.iter().take(MAX_STANCES_PRINTED).collect();
    let Some(first) = readings.first() else { return };
    page.blank();
    reading(page, "", first, &[]);
    for more in &readings[1..] {
        for reason in &more.reasons {
            page.line("     - ", "       ", reason);
        }
    }
    settlements(page, readings.iter().flat_map(|reading| &reading.settled_by));
}

fn pairs(page: &mut Page, question: &Question) {
    let pairs = &question.pairs[..question.pairs.len().min(MAX_PAIRS_PRINTED)];
    for shown in pairs {
        page.blank();
        pair(page, shown);
    }
    if let [one] = pairs {
        page.line("  ", "  ", "Whatever the reading:");
        for reason in &one.bearing {
            page.line("     - ", "       ", reason);
        }
    } else if !pairs.is_empty() {
        page.blank();
        page.heading("  ", &format!("On all {} pairs", pairs.len()));
        page.line("  ", "  ", "Whatever the reading:");
        let mut said: Vec<&String> = Vec::new();
        for reason in pairs.iter().flat_map(|pair| &pair.bearing) {
            if !said.contains(&reason) {
                page.line("     - ", "       ", reason);
                said.push(reason);
            }
        }
    }
    settlements(
        page,
        pairs.iter().flat_map(|pair| {
            let of_readings = pair.computed.iter().flat_map(|reading| &reading.settled_by);
            of_readings.chain(&pair.settled_by)
        }),
    );
    more(page, "", question.pair_count, pairs.len(), "opposed pair");
}

/// Prints one pair: on what the two part, what is computed of them and what people assert.
pub fn pair(page: &mut Page, pair: &Pair) {
    let [one, other] = &pair.sides;
    let speakers = match pair.speakers {
        Speakers::Same => "one speaker: a self-contradiction, if a contradiction",
        Speakers::Different => "different speakers",
        Speakers::Unknown => "whether of one speaker is not settled",
    };
    page.heading(
        "  ",
        &format!(
            "{} against {}, on {} ({speakers})",
            one.statement,
            other.statement,
            pair.on.words()
        ),
    );
    for stand in &pair.sides {
        page.line("  ", "    ", &format!("{}.", stand.clause));
    }
    page.line("  ", "  ", "Readings, strongest that the record supports first:");
    let mut said: Vec<String> = Vec::new();
    for (place, shown) in pair.computed.iter().enumerate() {
        reading(page, NUMBERS.get(place).unwrap_or(&"  -  "), shown, &said);
        said.extend(shown.reasons.iter().cloned());
    }
    findings(page, &pair.asserted);
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
    passages(account).into_iter().for_each(&mut line);
    line(format!("said: {}", account.said.words));
    for (name, time) in [("conveyed", &account.conveyed), ("published", &account.published)] {
        if time.words != "not stated" {
            line(format!("{name}: {}", time.words));
        }
    }
    if let Some(value) = &stand.value {
        line(match stand.polarity {
            Polarity::Denies => format!("not: {}", value.words),
            _ => format!("gives: {}", value.words),
        });
    }
    if let Some(reserve) = reserve(stand) {
        line(format!("it {reserve}"));
    }
    line(match &stand.over {
        Some(over) => format!("speaks of: {}", over.words),
        None => "speaks of: no time stated".to_owned(),
    });
    match stand.scope.as_slice() {
        [] => {}
        [only] => line(format!("about: {only}")),
        several => line(format!("about one of these, not known which: {}", several.join("; "))),
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

/// What a stance does where its speaker does not assert it, to be read after "it ".
fn reserve(stand: &Stand) -> Option<String> {
    if stand.polarity == Polarity::Uncommitted || stand.asserted {
        return None;
    }
    if stand.modality != Modality::Asserts {
        return Some(does(stand.modality).to_owned());
    }
    let source = stand.according_to.last().map(ToString::to_string).unwrap_or_default();
    Some(format!("passes on that {source} says so"))
}

fn degree_words(account: &Account) -> String {
    let relay = &account.relay;
    let bound = if relay.at_least { "at least " } else { "" };
    format!("relay degree {bound}{}", relay.mediators)
}

fn relay(account: &Account) -> String {
    let relay = &account.relay;
    let mut text = degree_words(account);
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

fn passages(account: &Account) -> Vec<String> {
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

fn reader(reader: &Reader) -> String {
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
