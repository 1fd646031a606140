//! What the index takes from one record.

use affiant::disclose::{self, DisclosureFault};
use affiant::envelope::Envelope;
use affiant::record::{
    Body, Descriptor, ExhibitId, Label, PartyId, Position, Record, RecordId, Reference, RosterEntry,
};
use affiant::time::Timestamp;
use serde_json::Value;

use crate::dir::StoredRecord;

/// The longest title, in characters.
const TITLE_CHARACTERS: usize = 160;

/// Members of disclosed values whose words come from closed lists: found by everybody who
/// looks for "none" or "certain", and meant by nobody.
const CLOSED_LISTS: [&str; 11] = [
    "basis",
    "certainty",
    "claim",
    "detained",
    "extent",
    "format",
    "language",
    "media_type",
    "polarity",
    "quotation",
    "voluntariness_recorded",
];

/// A part of a title.
#[derive(Debug)]
pub(super) enum Piece {
    Text(String),
    /// Shown by its label or name, where the index has one.
    Reference(Reference),
}

/// What the index takes from one record.
#[derive(Debug)]
pub(super) struct Entry {
    pub leaf: u64,
    pub id: RecordId,
    pub label: Label,
    pub kind: String,
    pub recorded_at: Timestamp,
    pub title: Vec<Piece>,
    pub parties: Vec<(PartyId, Vec<String>)>,
    pub exhibits: Vec<(ExhibitId, Descriptor)>,
    /// Every text that is revealed.
    pub texts: Vec<String>,
}

impl Entry {
    /// `None` where the line is no record; verification says what is wrong with it.
    pub(super) fn read(stored: &StoredRecord) -> Option<Entry> {
        let envelope = Envelope::parse(&stored.envelope).ok()?;
        let mut record = envelope.unverified_record().ok()?;
        let disclosures = disclose::from_line(&stored.disclosures).unwrap_or_default();
        let known = !matches!(record.body, Body::Unknown(_));
        let revelation = disclose::reveal(&mut record, &disclosures);
        let strangers = |index: usize| {
            let stranger = |fault: &DisclosureFault| *fault == DisclosureFault::Unreferenced { index };
            revelation.faults.iter().any(stranger)
        };
        let mut texts = Vec::new();
        for (index, disclosure) in disclosures.iter().enumerate() {
            // What no position of the record refers to was not said by its signer.
            if known && !strangers(index) {
                collect(disclosure.value(), &mut texts);
            }
        }
        if let Body::Archive(archive) = &record.body {
            texts.push(archive.name.clone());
        }
        Some(Entry {
            leaf: stored.leaf,
            id: envelope.record_id(),
            label: record.common.label.clone(),
            kind: record.body.kind().to_owned(),
            recorded_at: record.common.recorded_at,
            title: title(&record),
            parties: parties(&record),
            exhibits: revelation.descriptors,
            texts,
        })
    }
}

/// Collects the strings of a value, but for typed ids and the words of closed lists.
fn collect(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) if text.parse::<Reference>().is_err() => texts.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| !CLOSED_LISTS.contains(&name.as_str()))
            .for_each(|(_, value)| collect(value, texts)),
        _ => {}
    }
}

fn parties(record: &Record) -> Vec<(PartyId, Vec<String>)> {
    match &record.body {
        Body::Archive(archive) => archive
            .keepers
            .iter()
            .map(|keeper| (keeper.party, Vec::new()))
            .collect(),
        Body::Roster(RosterEntry::Party { party, names, .. }) => {
            let names = names.iter().filter_map(|name| Some(name.value()?.text.clone()));
            vec![(*party, names.collect())]
        }
        Body::Roster(RosterEntry::Key { party, .. } | RosterEntry::Keeper { party, .. }) => vec![(*party, Vec::new())],
        _ => Vec::new(),
    }
}

fn text(text: impl Into<String>) -> Piece {
    Piece::Text(text.into())
}

fn words<T>(position: &Position<T>, text_of: impl Fn(&T) -> &str) -> Piece {
    text(position.value().map_or("(withheld)", text_of))
}

fn title(record: &Record) -> Vec<Piece> {
    match &record.body {
        Body::Archive(archive) => vec![text(&archive.name)],
        Body::Statement(statement) => {
            let revealed = statement.words.iter().filter_map(Position::value);
            let passages: Vec<&str> = revealed.map(|passage| passage.text.as_str()).collect();
            match (passages.is_empty(), statement.words.is_empty()) {
                (false, _) => vec![text(passages.join(" … "))],
                (true, false) => vec![text("(withheld)")],
                (true, true) => vec![text("(no words)")],
            }
        }
        Body::Proposition(proposition) => vec![words(&proposition.words, |words| &words.text)],
        Body::Relation(relation) => {
            let kind = serde_json::to_value(relation.relation).ok();
            let kind = kind.as_ref().and_then(Value::as_str).unwrap_or_default();
            let mut title = vec![Piece::Reference(relation.from), text(format!(" {kind}"))];
            for reference in &relation.target.among {
                title.extend([text(" "), Piece::Reference(*reference)]);
            }
            title
        }
        Body::Assessment(assessment) => {
            let mut title = Vec::new();
            for reference in &assessment.about {
                title.extend([Piece::Reference(*reference), text(" ")]);
            }
            title.push(text(format!("as {}: ", assessment.reading)));
            title.push(words(&assessment.reasons, |words| &words.text));
            title
        }
        Body::Attestation(attestation) => vec![
            text("of "),
            Piece::Reference(attestation.about),
            text(": "),
            words(&attestation.declaration, |words| &words.text),
        ],
        Body::Roster(entry) => roster_title(entry),
        Body::Unknown(body) => vec![text(format!("({} version {} is not read)", body.kind, body.version))],
    }
}

fn roster_title(entry: &RosterEntry) -> Vec<Piece> {
    let party = |id: &PartyId| Piece::Reference(Reference::Party(*id));
    match entry {
        RosterEntry::Party { names, .. } => {
            let shown: Vec<&str> = names
                .iter()
                .filter_map(|name| Some(name.value()?.text.as_str()))
                .collect();
            match (shown.is_empty(), names.is_empty()) {
                (false, _) => vec![text(shown.join(" / "))],
                (true, false) => vec![text("(withheld)")],
                (true, true) => vec![text("(no name)")],
            }
        }
        RosterEntry::Key { party: of, .. } => vec![text("key of "), party(of)],
        RosterEntry::Keeper { party: of, .. } => vec![text("keeper's key of "), party(of)],
        RosterEntry::Endorsement {
            party: of,
            words: position,
            ..
        } => {
            vec![
                text("key of "),
                party(of),
                text(": "),
                words(position, |words| &words.text),
            ]
        }
        RosterEntry::Authority {
            granted_by,
            granted_to,
            words: position,
            ..
        } => vec![
            party(granted_to),
            text(" for "),
            party(granted_by),
            text(": "),
            words(position, |words| &words.text),
        ],
        RosterEntry::Revocation { of, .. } => vec![text("revokes "), Piece::Reference(Reference::Record(*of))],
    }
}

/// A text in one line: white space and control characters become single spaces, and a long
/// text ends in an ellipsis.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let mut line = String::new();
    let mut left = TITLE_CHARACTERS;
    for letter in words
        .filter(|word| !word.is_empty())
        .flat_map(|word| word.chars().chain([' ']))
    {
        if left == 0 {
            line.truncate(line.trim_end().len());
            line.push('…');
            return line;
        }
        line.push(letter);
        left -= 1;
    }
    line.truncate(line.trim_end().len());
    line
}

/// A text for comparing: lower case, without combining accents.
pub(super) fn fold(text: &str) -> String {
    let is_accent = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|letter| !is_accent(letter))
        .collect()
}
