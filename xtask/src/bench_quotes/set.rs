//! A set of labelled quotations: `docs/*.json` and `quotes.jsonl`.
//!
//! ```json
//! {"id": "q1", "kind": "neg_flip", "doc": "1985.84-1", "quote": "…", "claimed_speaker": "Ann Example", "label": "ALTERED_UNMARKED"}
//! ```
//!
//! A document is a list of turns, `{"speaker", "text", "start"}` with the start in seconds. Of a
//! quotation only its text, its document and its claimed speaker are given to the check; the label
//! is compared with the outcome, and the kind only names a row of the table.

use std::fs;
use std::ops::Range;
use std::path::Path;

use affiant::digest::Digest;
use affiant::quotation::{Checked, Outcome, Segment, Source, Wording};
use serde_json::Value;

/// A document: its name, and its turns as one text.
pub struct Document {
    /// The name of its file without `.json`.
    pub name: String,
    /// The turns, each a line.
    pub text: String,
    /// The bytes, the speaker and the start in seconds of each turn.
    pub turns: Vec<(Range<usize>, String, f64)>,
}

/// A labelled quotation.
pub struct Labelled {
    /// Its name in the set.
    pub id: String,
    /// How it was made; no check sees it.
    pub kind: String,
    /// The document in which it is looked for.
    pub document: String,
    /// The quotation.
    pub text: String,
    /// To whom it is attributed.
    pub speaker: String,
    /// What it is.
    pub label: String,
}

/// Reads a set.
pub fn read(folder: &Path) -> Result<(Vec<Document>, Vec<Labelled>), String> {
    let mut documents = Vec::new();
    let docs = folder.join("docs");
    let failed = |path: &Path, why: &dyn std::fmt::Display| format!("{}: {why}", path.display());
    for entry in fs::read_dir(&docs).map_err(|error| failed(&docs, &error))? {
        let path = entry.map_err(|error| failed(&docs, &error))?.path();
        let bytes = fs::read(&path).map_err(|error| failed(&path, &error))?;
        let turns: Vec<Value> = serde_json::from_slice(&bytes).map_err(|error| failed(&path, &error))?;
        let name = path.file_stem().and_then(|stem| stem.to_str());
        let name = name
            .ok_or_else(|| failed(&path, &"the name is not UTF-8 text"))?
            .to_owned();
        documents.push(document(name, &turns));
    }
    documents.sort_by(|one, other| one.name.cmp(&other.name));
    let path = folder.join("quotes.jsonl");
    let lines = fs::read_to_string(&path).map_err(|error| failed(&path, &error))?;
    let mut quotations = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let value: Value = serde_json::from_str(line).map_err(|error| failed(&path, &error))?;
        let text = |member: &str| value[member].as_str().unwrap_or_default().to_owned();
        quotations.push(Labelled {
            id: text("id"),
            kind: text("kind"),
            document: text("doc"),
            text: text("quote"),
            speaker: text("claimed_speaker"),
            label: text("label"),
        });
    }
    Ok((documents, quotations))
}

fn document(name: String, turns: &[Value]) -> Document {
    let mut text = String::new();
    let mut spans = Vec::new();
    for turn in turns {
        let start = text.len();
        text.push_str(turn["text"].as_str().unwrap_or_default());
        let speaker = turn["speaker"].as_str().unwrap_or_default().to_owned();
        spans.push((start..text.len(), speaker, turn["start"].as_f64().unwrap_or_default()));
        text.push('\n');
    }
    Document {
        name,
        text,
        turns: spans,
    }
}

/// A document as a source of quotations.
pub fn source(document: &Document) -> Source<'_> {
    let segment = |(span, speaker, start): &(Range<usize>, String, f64)| Segment {
        span: span.clone(),
        speaker: (!speaker.is_empty()).then(|| speaker.clone()),
        cited_as: Some(format!("{start:.1} s")),
    };
    Source {
        name: document.name.clone(),
        text: &document.text,
        segments: document.turns.iter().map(segment).collect(),
    }
}

/// Whether a document is of the half on which rules may be tuned: the first byte of the SHA-256 of its name is even.
pub fn is_for_tuning(name: &str) -> bool {
    Digest::of(name.as_bytes()).as_bytes()[0].is_multiple_of(2)
}

/// The labels, in the order of the table.
pub const LABELS: [&str; 10] = [
    "VERBATIM",
    "VERBATIM+LEFT_NEGATION",
    "VERBATIM_CLEANED",
    "ELIDED_MARKED",
    "BRACKETED",
    "ALTERED_UNMARKED",
    "SPLICED",
    "CROSS_SPEAKER",
    "WRONG_SPEAKER",
    "NOT_FOUND",
];

/// The label of the set that an outcome corresponds to. `ambiguous` and `quoting-another`, which
/// the set has no label for, are labelled by how the words agree.
pub fn label(checked: &Checked) -> &'static str {
    match (checked.outcome, checked.wording) {
        (Outcome::NotFound | Outcome::Nearest, _) => "NOT_FOUND",
        (Outcome::TwoSpeakers, _) => "CROSS_SPEAKER",
        (Outcome::AnotherSpeaker, _) => "WRONG_SPEAKER",
        (_, Wording::Spliced) => "SPLICED",
        (_, Wording::Altered) => "ALTERED_UNMARKED",
        (_, Wording::Elided) => "ELIDED_MARKED",
        (_, Wording::Bracketed) => "BRACKETED",
        (_, Wording::Cleaned) => "VERBATIM_CLEANED",
        (_, Wording::Different) => "NOT_FOUND",
        (_, Wording::Verbatim) if checked.places.first().is_some_and(|place| place.cut_after.is_some()) => {
            "VERBATIM+LEFT_NEGATION"
        }
        (_, Wording::Verbatim) => "VERBATIM",
    }
}

/// Whether a label says that something is wrong with a quotation, so that `VERBATIM` would be a false acquittal.
pub fn is_grave(label: &str) -> bool {
    matches!(
        label,
        "ALTERED_UNMARKED" | "SPLICED" | "CROSS_SPEAKER" | "WRONG_SPEAKER"
    )
}
