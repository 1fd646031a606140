//! One record in full, every member in plain words.
//!
//! ```text
//! S03  statement
//! The record is verified.
//!
//! Signers
//!   Ada Example, with key SHA256:uG0…
//!   recorded: “I made this record, as the matter reached me”; it does not say that …
//! ```
//!
//! The members are those of spec/record.md. A value that is kept back is "withheld".

mod kinds;
mod scope;
mod statement;

use affiant::compare::{Flags, Ladder, Names, Question, Standing};
use affiant::record::{Body, Descriptor, ExhibitId, Position, Record, RecordId, Reference};
use serde::Serialize;

use crate::ladder::facts;
use crate::page::Page;
use crate::{Established, Style};

pub use scope::scope_words;

/// A record and what is said of it elsewhere. Nothing here is worked out.
pub struct RecordShown<'a> {
    /// Its id.
    pub id: RecordId,
    /// Its leaf index.
    pub leaf: u64,
    /// The record, with whatever is not withheld.
    pub record: &'a Record,
    /// What may be relied on of it.
    pub standing: Standing,
    /// The names of parties.
    pub names: &'a Names,
    /// Another record of the archive.
    pub other: &'a dyn Fn(RecordId) -> Option<&'a Record>,
    /// The descriptor of an exhibit, where it is disclosed.
    pub descriptor: &'a dyn Fn(ExhibitId) -> Option<&'a Descriptor>,
    /// What is established of it.
    pub established: &'a Established,
    /// The way of the words, for a statement.
    pub ladder: Option<&'a Ladder>,
    /// What the rules ask about it, for a statement or a question.
    pub flags: Option<&'a Flags>,
    /// Who stands where, for a question.
    pub question: Option<&'a Question>,
}

/// The record as text, wrapped to `width` columns.
pub fn record_text(shown: &RecordShown<'_>, width: usize, style: Style) -> String {
    let mut page = Page::new(width, style);
    let record = shown.record;
    page.heading("  ", &format!("{}  {}", record.common.label, kind_words(&record.body)));
    page.line("", "  ", &format!("The record {}.", shown.standing.words()));
    if shown.standing == Standing::Failed {
        page.line(
            "",
            "  ",
            "Rely on nothing below: it is what the record claims. What failed: `affiant verify`.",
        );
    }
    page.blank();
    head(&mut page, shown);
    signers(&mut page, shown);
    exhibits(&mut page, shown);
    match &record.body {
        Body::Statement(body) => statement::statement(&mut page, shown, body),
        body => kinds::body(&mut page, shown, body),
    }
    if let Some(flags) = shown.flags {
        crate::flags::of_record(&mut page, flags);
    }
    page.heading("", "Established");
    for fact in facts(shown.established) {
        page.line("  - ", "    ", &fact);
    }
    page.into_text()
}

/// A record's kind as the screen has it, with its article left out.
pub fn kind_words(body: &Body) -> &str {
    match body {
        Body::Proposition(proposition) => match proposition.proposition_type {
            affiant::record::PropositionType::Question => "question",
            affiant::record::PropositionType::Definition => "definition",
            affiant::record::PropositionType::Quantity => "question (how many)",
            affiant::record::PropositionType::Time => "question (when)",
        },
        Body::Roster(entry) => match entry {
            affiant::record::RosterEntry::Party { .. } => "party",
            affiant::record::RosterEntry::Key { .. } => "key of a party",
            affiant::record::RosterEntry::Keeper { .. } => "key of a keeper",
            affiant::record::RosterEntry::Endorsement { .. } => "endorsement of a key",
            affiant::record::RosterEntry::Authority { .. } => "authority to speak",
            affiant::record::RosterEntry::Revocation { .. } => "revocation",
        },
        body => body.kind(),
    }
}

fn head(page: &mut Page, shown: &RecordShown<'_>) {
    let common = &shown.record.common;
    // An id fills a line of 80 columns, and is to be copied whole.
    page.line("", "", &shown.id.to_string());
    page.line("", "  ", &format!("Leaf {} of the log.", shown.leaf));
    let recorded = format!(
        "Recorded at {}, by the recorder's own clock, which decides nothing.",
        common.recorded_at
    );
    page.line("", "  ", &recorded);
    match &common.archive {
        Some(archive) => {
            page.line("", "  ", "Made for the archive");
            page.line("", "", &archive.to_string());
        }
        None => page.line("", "  ", "Its id is the archive's id."),
    }
    page.blank();
}

fn signers(page: &mut Page, shown: &RecordShown<'_>) {
    page.heading("", "Signers");
    for signer in &shown.record.common.signers {
        let key = key_words(&signer.key);
        page.line(
            "  ",
            "    ",
            &format!("{}, with key {key}", shown.names.party(signer.party)),
        );
        for scope in &signer.asserts {
            let (says, not) = scope_words(*scope);
            let text = format!("{}: “{says}”; it does not say {not}.", word(scope));
            page.line("    ", "      ", &text);
        }
    }
    page.blank();
}

fn exhibits(page: &mut Page, shown: &RecordShown<'_>) {
    if shown.record.exhibits().is_empty() {
        return;
    }
    page.heading("", "Exhibits");
    for id in shown.record.exhibits() {
        page.line("", "", &id.to_string());
        match (shown.descriptor)(*id) {
            Some(exhibit) => {
                let text = format!("“{}”, {}, {} bytes", exhibit.name, exhibit.media_type, exhibit.size);
                page.line("  ", "    ", &text);
                page.line("  ", "    ", &format!("SHA-256 {}", exhibit.sha256));
            }
            None => page.line("  ", "    ", "name, media type, size and digest: withheld"),
        }
    }
    page.blank();
}

/// A public key by its fingerprint.
fn key_words(key: &affiant::record::PublicKeyText) -> String {
    key.key().map_or_else(
        |_| format!("{} (no key that can sign)", key.as_str()),
        |key| key.fingerprint(),
    )
}

/// A word of a closed list, as "not stated".
fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().replace('-', " ")
}

impl RecordShown<'_> {
    /// What stands in the place of a value that is not shown.
    fn missing(&self) -> &'static str {
        if self.standing == Standing::Erased {
            "erased"
        } else {
            "withheld"
        }
    }

    /// The text at a position.
    fn text<'p>(&self, position: &'p Position<String>) -> &'p str {
        position.value().map_or(self.missing(), String::as_str)
    }

    /// A record by its label and kind.
    fn record(&self, id: RecordId) -> String {
        match (self.other)(id) {
            Some(record) => format!("{} ({})", record.common.label, kind_words(&record.body)),
            None => format!("{id}, which is not in this archive"),
        }
    }

    /// Whatever is pointed at.
    fn reference(&self, reference: &Reference) -> String {
        match reference {
            Reference::Record(id) => self.record(*id),
            Reference::Party(id) => self.names.party(*id).to_string(),
            Reference::Exhibit(id) => match (self.descriptor)(*id) {
                Some(exhibit) => format!("{id} (“{}”)", exhibit.name),
                None => id.to_string(),
            },
        }
    }
}
