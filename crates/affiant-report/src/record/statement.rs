//! A statement: whose words, in what words, by what way, and what they say of questions.

use affiant::compare::{Rung, TimeShown, basis_words, over_words};
use affiant::record::{Known, Passage, Polarity, Position, Quotation, Stance, StatedTime, Statement};

use super::{RecordShown, word};
use crate::page::Page;

/// Prints what a statement says.
pub fn statement(page: &mut Page, shown: &RecordShown<'_>, body: &Statement) {
    page.heading("", "The statement");
    let mut line = |text: String| page.line("  ", "    ", &text);
    let speaker = shown.names.at(&body.speaker, shown.standing);
    let alleged = if body.alleged {
        " (alleged: authorship is disputed or unproven)"
    } else {
        ""
    };
    line(format!("speaker: {speaker}{alleged}"));
    line(format!("form: {}", word(&body.form)));
    let language = match body.language.as_str() {
        "und" => "not known (und)",
        language => language,
    };
    line(format!("language of the words held: {language}"));
    line(match &body.translator {
        Some(translator) => format!("translated by: {}", shown.names.at(translator, shown.standing)),
        None => "translated by: not recorded".to_owned(),
    });
    for (name, stated) in [
        ("said", &body.said),
        ("conveyed", &body.conveyed),
        ("published", &body.published),
    ] {
        line(format!("{name}: {}", time(shown, stated)));
    }
    if let Some(note) = &body.note {
        line(format!("the recorder's note: {}", shown.text(note)));
    }
    page.blank();
    passages(page, shown, body);
    way(page, shown);
    stances(page, shown, body);
    observed(page, shown, body);
}

/// A time, the coarser one beside it where both are shown.
pub fn time(shown: &RecordShown<'_>, stated: &StatedTime) -> String {
    let time = TimeShown::new(stated, shown.standing);
    let bounds = match &time.bounds {
        Some(bounds) => format!("; {} ({})", bounds.words(), basis_words(bounds.basis)),
        None => String::new(),
    };
    let words = format!("{}{bounds}", time.in_full());
    let coarser = stated.within.as_ref().filter(|_| stated.exact.value().is_some());
    match coarser.map(Position::value) {
        None => words,
        Some(Some(coarser)) => format!(
            "{words}; to be shown in its stead: {}",
            TimeShown::of_claim(coarser).in_full()
        ),
        Some(None) => format!("{words}; to be shown in its stead: {}", shown.missing()),
    }
}

fn passages(page: &mut Page, shown: &RecordShown<'_>, body: &Statement) {
    page.heading("", "The words");
    if body.words.is_empty() {
        page.line("  ", "    ", "No words are held.");
    }
    for passage in &body.words {
        match passage.value() {
            Some(passage) => {
                page.line("  ", "    ", &format!("“{}”", passage.text));
                page.line("      ", "      ", &about_passage(shown, passage));
            }
            None => page.line("  ", "    ", &format!("[a passage is {}]", shown.missing())),
        }
    }
    page.blank();
}

fn about_passage(shown: &RecordShown<'_>, passage: &Passage) -> String {
    let mut facts = vec![
        match passage.quotation {
            Quotation::Marked => "in quotation marks",
            Quotation::None => "without quotation marks",
            Quotation::Unbalanced => "a quotation mark has no partner: how far the quotation goes is not known",
        }
        .to_owned(),
    ];
    if let Some(cue) = &passage.cue {
        facts.push(format!("reported by “{cue}”"));
    }
    if let Some(label) = &passage.label {
        facts.push(format!("speaker's label “{label}”"));
    }
    if let Some(language) = &passage.language {
        facts.push(format!("language {language}"));
    }
    if let Some(place) = &passage.cited_as {
        facts.push(format!("cited as {place}"));
    }
    facts.push(match &passage.span {
        Some(span) => {
            let name = (shown.descriptor)(span.exhibit).map(|exhibit| format!("“{}”", exhibit.name));
            let name = name.unwrap_or_else(|| span.exhibit.to_string());
            format!("held in {name}, bytes {} to {}", span.start, span.end)
        }
        None => "held in no exhibit byte for byte".to_owned(),
    });
    facts.join("; ")
}

fn way(page: &mut Page, shown: &RecordShown<'_>) {
    let Some(ladder) = shown.ladder else { return };
    page.heading("", "The way of the words");
    if ladder.rungs.is_empty() {
        page.line(
            "  ",
            "    ",
            "Nobody is recorded between the speaker and the bytes held.",
        );
    }
    for rung in &ladder.rungs {
        let Rung { from, to, means, .. } = rung;
        page.line("  ", "    ", &format!("{from} —{means}→ {to}"));
        let mut details: Vec<String> = rung
            .details
            .iter()
            .map(|(name, words)| format!("{name}: {words}"))
            .collect();
        if let Some(call) = &rung.call {
            details.push(format!("call: {}", call.words.join("; ")));
        }
        if !details.is_empty() {
            page.line("      ", "      ", &details.join("; "));
        }
    }
    page.blank();
    page.heading("", "Circumstances");
    for words in &ladder.circumstances {
        page.line("  ", "    ", words);
    }
    let voluntary = match ladder.voluntariness_recorded {
        Some(Known::Yes) => "It is recorded that the speaker spoke freely.",
        Some(Known::No) => "It is not recorded that the speaker spoke freely.",
        Some(Known::NotStated) => "Whether the speaker spoke freely is not stated.",
        None => "",
    };
    if !voluntary.is_empty() {
        page.line("  ", "    ", voluntary);
    }
    page.blank();
}

fn stances(page: &mut Page, shown: &RecordShown<'_>, body: &Statement) {
    page.heading("", "What it says of questions, as the signers read it");
    if body.stances.is_empty() {
        page.line("  ", "    ", "It is read on no question.");
    }
    for position in &body.stances {
        match position.value() {
            Some(value) => stance(page, shown, value),
            None => page.line("  ", "    ", &format!("[a stance is {}]", shown.missing())),
        }
    }
    page.blank();
}

/// Prints one stance.
pub fn stance(page: &mut Page, shown: &RecordShown<'_>, stance: &Stance) {
    let says = match stance.polarity {
        Polarity::Affirms => "affirms",
        Polarity::Denies => "denies",
        Polarity::Uncommitted => "does not say",
    };
    let question = super::kinds::question_words(shown, stance.proposition);
    page.line("  ", "    ", &format!("{says}: {question}"));
    let mut facts = Vec::new();
    if stance.polarity != Polarity::Uncommitted {
        let sure = match stance.certainty {
            affiant::record::Certainty::Unstated => "not stated".to_owned(),
            certainty => word(&certainty),
        };
        facts.push(format!("how sure: {sure}"));
    }
    if !stance.modality.is_assertion() {
        facts.push(format!("it {} it", word(&stance.modality)));
    }
    if let Some(value) = &stance.value {
        facts.push(format!("gives {value}"));
    }
    facts.push(match &stance.over {
        Some(over) => format!("speaks of {}", over_words(over)),
        None => "states no time".to_owned(),
    });
    let items: Vec<String> = stance.scope.iter().map(|item| shown.names.scope_item(item)).collect();
    match items.as_slice() {
        [] => {}
        [only] => facts.push(format!("about {only}")),
        several => facts.push(format!("about one of these, not known which: {}", several.join(", "))),
    }
    if !stance.according_to.is_empty() {
        let sources: Vec<String> = stance
            .according_to
            .iter()
            .map(|source| shown.names.of(source).to_string())
            .collect();
        facts.push(format!("according to {}", sources.join(", according to ")));
    }
    if let Some(note) = &stance.note {
        facts.push(format!("note: {note}"));
    }
    page.line("      ", "      ", &facts.join("; "));
}

fn observed(page: &mut Page, shown: &RecordShown<'_>, body: &Statement) {
    if body.observed.is_empty() {
        return;
    }
    page.heading("", "Seen in the exhibits by the recorder's program");
    for position in &body.observed {
        let Some(seen) = position.value() else {
            page.line("  ", "    ", &format!("[{}]", shown.missing()));
            continue;
        };
        let name = (shown.descriptor)(seen.exhibit).map(|exhibit| format!("“{}”", exhibit.name));
        let mut text = format!("{}: {}", name.unwrap_or_else(|| seen.exhibit.to_string()), seen.format);
        if let (Some(width), Some(height)) = (seen.width, seen.height) {
            text.push_str(&format!(", {width} × {height} pixels"));
        }
        page.line("  ", "    ", &text);
    }
    page.blank();
}
