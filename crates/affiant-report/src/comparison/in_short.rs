//! A question in a few lines: where accounts part, through whom they came, and what would settle
//! most. Everything in it is said in full below it.

use affiant::compare::{Origins, Pair, Question, StandRef};
use affiant::record::{Polarity, PropositionType};

use super::count;
use super::dispute::{lack_words, sought_words};
use super::independence::bottleneck_words;
use crate::page::Page;

/// The most pairs that are named in short.
const MAX_PAIRS: usize = 3;
/// The most things that would settle it that are named in short, of each sort.
const MAX_THINGS: usize = 2;

/// Prints the lines, where accounts part.
pub fn in_short(page: &mut Page, question: &Question) {
    if question.pairs.is_empty() {
        return;
    }
    page.blank();
    page.heading("", "IN SHORT");
    for pair in question.pairs.iter().take(MAX_PAIRS) {
        page.line("  ", "    ", &pair_in_short(pair));
    }
    let left_out = question.pair_count.saturating_sub(question.pairs.len().min(MAX_PAIRS));
    if left_out > 0 {
        page.line(
            "  ",
            "    ",
            &format!("… and {} more.", count(left_out, "opposed pair")),
        );
    }
    let provenance = &question.provenance;
    let gives = matches!(question.asks, Some(PropositionType::Quantity | PropositionType::Time));
    let origins: Vec<String> = [
        (
            if gives { "giving one" } else { "affirming" },
            &provenance.origins_affirming,
        ),
        ("denying", &provenance.origins_denying),
    ]
    .into_iter()
    .filter_map(|(side, origins)| Some(format!("{side}, {}", origins_in_short(origins.as_ref()?))))
    .collect();
    if !origins.is_empty() {
        page.line("  ", "    ", &format!("Who is counted: {}.", origins.join("; ")));
    }
    if let Some(words) = provenance.bottlenecks.as_ref().and_then(bottleneck_words) {
        page.line("  ", "    ", &words);
    }
    let open = &provenance.open;
    let sought = open
        .sought
        .iter()
        .map(|open| (open.bears.readings(), sought_words(&open.sought)));
    let lacks = open
        .lacks
        .iter()
        .map(|open| (open.bears.readings(), lack_words(&open.lack)));
    let mut things: Vec<(usize, String)> = sought.take(MAX_THINGS).chain(lacks.take(MAX_THINGS)).collect();
    // What bears on most stands first; the sort is stable.
    things.sort_by_key(|(readings, _)| std::cmp::Reverse(*readings));
    for (place, (_, thing)) in things.iter().enumerate() {
        let lead = if place == 0 {
            "What would settle most: "
        } else {
            "then: "
        };
        page.line("  ", "    ", &format!("{lead}{thing}"));
    }
}

fn pair_in_short(pair: &Pair) -> String {
    let side = |stand: &StandRef| {
        let says = match (&stand.value, stand.polarity) {
            (Some(value), Polarity::Affirms) => format!("gives {value}"),
            (Some(value), _) => format!("denies {value}"),
            (None, Polarity::Affirms) => "affirms".to_owned(),
            (None, Polarity::Denies) => "denies".to_owned(),
            (None, Polarity::Uncommitted) => "does not say".to_owned(),
        };
        format!("{} ({}) {says}", stand.statement, stand.speaker)
    };
    let codes: Vec<&str> = pair.computed.iter().map(|reading| reading.code.as_str()).collect();
    let [one, other] = &pair.sides;
    format!("{}, {}: {}.", side(one), side(other), codes.join(", "))
}

fn origins_in_short(origins: &Origins) -> String {
    let (accounts, range) = (origins.statements, origins.origins);
    let noun = if range.most == 1 { "origin" } else { "origins" };
    format!("{} with {range} {noun}", count(accounts, "account"))
}
