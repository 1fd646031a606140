//! A collation as a person reads it (spec/collation.md says what it means).
//!
//! ```text
//!   1  negation
//!      A  line 12   … he did [not] see the car …
//!      B  line 14   … he did [–] see the car …
//! ```

mod grid;

use affiant::collation::{Collation, Difference, Elsewhere, Moved, Reading, Spot, Tally, level_word};
use affiant::text::EditClass;

use crate::Style;
use crate::page::Page;
use crate::visible::escape_in_json;

/// How many differences of the lesser classes are shown unless all are asked for.
const FEW: usize = 5;

/// How many moved passages are shown unless all are asked for.
const FEW_MOVED: usize = 20;

const VARIANCE: &str = "What differs is a variance between these texts. Where they transcribe one recording, only \
                        the recording shows which is right, if either is.";

const ELSEWHERE: &str = "Both texts have the word. Counted in words added, left out or replaced, it fits as well that \
                         it was left out at the one place and added at the other.";

/// What a text of a collation shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CollationShown {
    /// Every difference, and not only the first of the classes that matter less.
    pub all: bool,
    /// The whole text in aligned columns, where the collation has its table.
    pub table: bool,
}

/// The collation as JSON, as spec/collation.md describes it. Unseen characters are written as escapes.
pub fn collation_json(collation: &Collation) -> String {
    let json = serde_json::to_string_pretty(collation).expect("our types have string keys only");
    escape_in_json(&json) + "\n"
}

/// The collation as text, wrapped to `width` columns.
pub fn collation_text(collation: &Collation, shown: CollationShown, width: usize, style: Style) -> String {
    let mut page = Page::new(width, style);
    witnesses(&mut page, collation);
    page.blank();
    summary(&mut page, collation);
    moved(&mut page, collation, shown);
    let graver = collation
        .tally
        .partition_point(|tally| tally.class <= EditClass::Number);
    differences(&mut page, collation, &collation.tally[..graver], shown);
    elsewhere(&mut page, collation);
    differences(&mut page, collation, &collation.tally[graver..], shown);
    if shown.table {
        page.blank();
        page.heading("", "The whole, in aligned columns");
        page.blank();
        grid::grid(&mut page, collation, width);
    }
    page.into_text()
}

/// The differences of some classes, each class under its heading.
fn differences(page: &mut Page, collation: &Collation, classes: &[Tally], shown: CollationShown) {
    for tally in classes {
        let of_class = |difference: &&Difference| difference.class == tally.class;
        let differences: Vec<&Difference> = collation.differences.iter().filter(of_class).collect();
        page.blank();
        page.heading("", &format!("{}: {}", heading(tally.class), differences.len()));
        let most = match tally.class {
            EditClass::Content | EditClass::Function if !shown.all => FEW,
            _ => usize::MAX,
        };
        for difference in differences.iter().take(most) {
            page.blank();
            one(page, difference);
        }
        if let Some(more) = differences.len().checked_sub(most).filter(|more| *more > 0) {
            page.blank();
            page.line("     ", "     ", &format!("… and {more} more; --all shows them."));
        }
    }
}

/// Negations and numbers that two witnesses both have, among other words.
fn elsewhere(page: &mut Page, collation: &Collation) {
    if collation.elsewhere.is_empty() {
        return;
    }
    page.blank();
    page.heading(
        "",
        &format!("In both, among other words: {}", collation.elsewhere.len()),
    );
    page.line("  ", "  ", ELSEWHERE);
    for word in &collation.elsewhere {
        page.blank();
        one_elsewhere(page, word);
    }
}

fn one_elsewhere(page: &mut Page, word: &Elsewhere) {
    page.line("  ", "     ", &format!("e{}  {}", word.number, word.class));
    for spot in &word.at {
        page.line("     ", "        ", &format!("{}  {}", spot.witness, place(spot)));
        page.line("        ", "        ", &in_context(spot));
    }
}

fn witnesses(page: &mut Page, collation: &Collation) {
    for witness in &collation.witnesses {
        let text = format!(
            "{}  {}: {}, {} bytes.",
            witness.letter,
            witness.name,
            count(witness.words, "word"),
            witness.bytes
        );
        page.line("", "   ", &text);
        for hidden in witness.hidden.iter().take(FEW) {
            let text = format!(
                "Not seen by a reader, at byte {}: {}.",
                hidden.place.bytes[0], hidden.name
            );
            page.line("   ", "   ", &text);
        }
        let more = witness.hidden_count.saturating_sub(FEW);
        if more > 0 {
            page.line(
                "   ",
                "   ",
                &format!("… and {} more.", count(more, "hidden character")),
            );
        }
    }
}

fn summary(page: &mut Page, collation: &Collation) {
    let all = collation.differences.len();
    let everyone = if collation.witnesses.len() == 2 { "Both" } else { "All" };
    let agreed = format!("{everyone} have {} in common", count(collation.agreed, "word"));
    let otherwise = match collation.written_otherwise {
        0 => String::new(),
        number => format!(", {number} of them written otherwise"),
    };
    let classes: Vec<String> = collation
        .tally
        .iter()
        .map(|tally| format!("{} {}", tally.differences, tally.class))
        .collect();
    let differ = match all {
        0 => "No place differs".to_owned(),
        1 => format!("1 place differs: {}", classes.join(", ")),
        _ => format!("{all} places differ: {}", classes.join(", ")),
    };
    page.line("", "", &format!("{agreed}{otherwise}. {differ}."));
    if !collation.moved.is_empty() {
        let passages = count(collation.moved.len(), "passage");
        page.line("", "", &format!("{passages} at another place."));
    }
    if !collation.elsewhere.is_empty() {
        let text = match collation.elsewhere.len() {
            1 => "1 negation or number stands among other words.".to_owned(),
            number => format!("{number} negations and numbers stand among other words."),
        };
        page.line("", "", &text);
    }
    if collation.level != affiant::text::Level::Spoken {
        page.line(
            "",
            "",
            &format!("Words are compared at the level {}.", level_word(collation.level)),
        );
    }
    if !collation.exact {
        page.line(
            "",
            "",
            "The texts are too long for one exact alignment: more words may agree than are shown.",
        );
    }
    if all > 0 {
        page.line("", "", VARIANCE);
    }
}

fn moved(page: &mut Page, collation: &Collation, shown: CollationShown) {
    if collation.moved.is_empty() {
        return;
    }
    page.blank();
    page.heading("", &format!("At another place: {}", collation.moved.len()));
    let most = if shown.all { usize::MAX } else { FEW_MOVED };
    for passage in collation.moved.iter().take(most) {
        page.blank();
        one_moved(page, passage);
    }
    if let Some(more) = collation.moved.len().checked_sub(most).filter(|more| *more > 0) {
        page.blank();
        page.line("     ", "     ", &format!("… and {more} more; --all shows them."));
    }
}

fn one_moved(page: &mut Page, passage: &Moved) {
    let holds: Vec<&str> = passage.holds.iter().map(|class| class.as_str()).collect();
    let mut head = format!("m{}", passage.number);
    if !holds.is_empty() {
        head.push_str(&format!("  with a {}", holds.join(" and a ")));
    }
    head.push_str(if passage.altered { "  and altered" } else { "" });
    page.line("  ", "     ", &head);
    for spot in &passage.at {
        page.line("     ", "        ", &format!("{}  {}", spot.witness, place(spot)));
    }
    page.line("        ", "        ", &format!("“{}”", passage.at[0].words));
    if passage.altered {
        page.line("        ", "        ", &format!("“{}”", passage.at[1].words));
    }
}

fn one(page: &mut Page, difference: &Difference) {
    let classes: Vec<&str> = difference.classes.iter().map(|class| class.as_str()).collect();
    let mut head = format!("{:>3}  {}", difference.number, classes.join(", "));
    if let Some(passage) = difference.in_moved {
        head.push_str(&format!(", in the moved passage m{passage}"));
    }
    page.line("", "     ", &head);
    for reading in &difference.readings {
        one_reading(page, reading);
    }
}

/// Each witness with its place, then the words between those around them.
fn one_reading(page: &mut Page, reading: &Reading) {
    for spot in &reading.at {
        page.line("     ", "        ", &format!("{}  {}", spot.witness, place(spot)));
    }
    if let Some(spot) = reading.at.first() {
        page.line("        ", "        ", &in_context(spot));
    }
}

/// The words of a place between those around them.
fn in_context(spot: &Spot) -> String {
    let words = if spot.words.is_empty() { "–" } else { &spot.words };
    let mut text = String::new();
    if !spot.before.is_empty() {
        text.push_str(&format!("… {} ", spot.before));
    }
    text.push_str(&format!("[{words}]"));
    if !spot.after.is_empty() {
        text.push_str(&format!(" {} …", spot.after));
    }
    text
}

fn place(spot: &Spot) -> String {
    let place = &spot.place;
    let mut text = format!("line {}, byte {}", place.line, place.bytes[0]);
    if let Some(speaker) = &place.speaker {
        text.push_str(&format!(", speaker {speaker}"));
    }
    if let Some(time) = &place.time {
        text.push_str(&format!(", at {time}"));
    }
    text
}

fn heading(class: EditClass) -> &'static str {
    match class {
        EditClass::Negation => "Negations",
        EditClass::Number => "Numbers",
        EditClass::Date => "Dates",
        EditClass::Name => "Names",
        EditClass::Modal => "Modal verbs",
        EditClass::Pronoun => "Pronouns",
        EditClass::Content => "Other words",
        EditClass::Function => "Function words and fillers",
    }
}

fn count(number: usize, of_what: &str) -> String {
    if number == 1 {
        format!("1 {of_what}")
    } else {
        format!("{number} {of_what}s")
    }
}
