//! The provenance ladder of one statement, and what is established of it against what is
//! only asserted.
//!
//! ```text
//! Mehman Huseynov (speaker)
//! ├── telephone ──▶ Emin Huseynov
//! ├┄┄ not stated ┄┄▶ somebody unidentified
//! └── held: 1 exhibit; summary; language en
//! ```

use affiant::compare::{Ladder, Recorder, Rung, Words};
use affiant::record::{Known, Scope};
use serde::Serialize;

use crate::Style;
use crate::layers::layers;
use crate::page::Page;
use crate::visible::escape_in_json;

/// What the caller has established of a statement's record. Nothing here is worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Established {
    /// Whether the bytes of the record and its exhibits are unchanged.
    pub bytes_unchanged: Holds,
    /// What it existed not later than, as "head 42, recorded 2026-11-24"; absent where
    /// that is not established.
    pub not_later_than: Option<String>,
    /// The keys that signed it.
    pub keys: Vec<KeyFact>,
}

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// Nobody has looked, or it could not be decided.
    NotChecked,
}

/// One signing key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyFact {
    /// The key's fingerprint.
    pub key: String,
    /// Whether it signed the record.
    pub signed: Holds,
    /// Whose key it is, and according to whom; absent where that is not established.
    pub belongs_to: Option<(String, String)>,
}

/// The ladder as JSON, with what is established beside it.
pub fn ladder_json(ladder: &Ladder, established: &Established) -> String {
    #[derive(Serialize)]
    struct Both<'a> {
        ladder: &'a Ladder,
        established: &'a Established,
    }
    let json = serde_json::to_string_pretty(&Both { ladder, established }).expect("our types have string keys only");
    escape_in_json(&json) + "\n"
}

/// The ladder as text, wrapped to `width` columns: a rung a hop, broken where an end is
/// unidentified, not shown or the step not recorded.
pub fn ladder_text(ladder: &Ladder, established: &Established, width: usize, style: Style) -> String {
    let mut page = Page::new(width, style);
    let account = &ladder.account;
    let alleged = if account.alleged { ", alleged" } else { "" };
    page.heading("  ", &format!("{}  The way of the words", account.statement));
    page.blank();
    page.line("", "  ", &format!("{} (speaker{alleged})", account.speaker));
    page.line("│      ", "│      ", &format!("said: {}", account.said.in_full()));
    for circumstance in &ladder.circumstances {
        page.line("│      ", "│      ", circumstance);
    }
    for shown in &ladder.rungs {
        rung(&mut page, shown);
    }
    let held = format!(
        "held: {} exhibit{}; {}; language {}",
        ladder.exhibits,
        if ladder.exhibits == 1 { "" } else { "s" },
        account.form_words(),
        account.language
    );
    page.line("└── ", "       ", &held);
    for words in &account.words {
        let text = match words {
            Words::Held { text, .. } => format!("“{text}”"),
            Words::Withheld => "[a passage is withheld]".to_owned(),
            Words::Erased => "[a passage is erased]".to_owned(),
        };
        page.line("       ", "       ", &text);
    }
    for (name, time) in [("conveyed", &account.conveyed), ("published", &account.published)] {
        page.line("       ", "       ", &format!("{name}: {}", time.in_full()));
    }
    page.blank();
    page.line("", "  ", &degree(ladder));
    if ladder.values_not_shown > 0 {
        let text = format!("Values of this record that are not shown: {}.", ladder.values_not_shown);
        page.line("", "  ", &text);
    }
    page.blank();
    layers(&mut page, &ladder.layers);
    page.heading("", "Established");
    for fact in facts(established) {
        page.line("  - ", "    ", &fact);
    }
    page.blank();
    page.heading("", "Asserted");
    for claim in asserted(ladder) {
        page.line("  - ", "    ", &claim);
    }
    page.into_text()
}

fn rung(page: &mut Page, rung: &Rung) {
    let bar = if rung.whole { "──" } else { "┄┄" };
    page.line("├", "│      ", &format!("{bar} {} {bar}▶ {}", rung.means, rung.to));
    if !rung.details.is_empty() {
        let details: Vec<String> = rung
            .details
            .iter()
            .map(|(name, words)| format!("{name}: {words}"))
            .collect();
        page.line("│      ", "│      ", &details.join("; "));
    }
    if let Some(call) = &rung.call {
        page.line("│      ", "│      ", &format!("call: {}", call.words.join("; ")));
    }
}

fn degree(ladder: &Ladder) -> String {
    let relay = &ladder.account.relay;
    let broken = ladder.rungs.iter().filter(|rung| !rung.whole).count();
    let broken = match broken {
        0 => "no rung is broken".to_owned(),
        1 => "1 rung is broken".to_owned(),
        more => format!("{more} rungs are broken"),
    };
    let bound = if relay.at_least { "at least " } else { "" };
    let mediators = relay.mediators;
    format!("Relay degree {bound}{mediators} (mediators between the speaker and the bytes held); {broken}.")
}

/// What is established, in sentences, and what is not.
pub fn facts(established: &Established) -> Vec<String> {
    let mut facts = vec![
        match established.bytes_unchanged {
            Holds::Yes => "The bytes of the record and its exhibits are unchanged.",
            Holds::No => "NOT established: the bytes have changed.",
            Holds::NotChecked => "Not checked: whether the bytes are unchanged.",
        }
        .to_owned(),
        match &established.not_later_than {
            Some(head) => format!("It existed not later than {head}."),
            None => "Not established: since when it has existed.".to_owned(),
        },
    ];
    for key in &established.keys {
        let fingerprint = &key.key;
        facts.push(match key.signed {
            Holds::Yes => format!("Key {fingerprint} signed it."),
            Holds::No => format!("NOT established: the signature by key {fingerprint} does not verify."),
            Holds::NotChecked => format!("Not checked: the signature by key {fingerprint}."),
        });
        facts.push(match &key.belongs_to {
            Some((party, source)) => format!("Key {fingerprint} belongs to {party}, according to {source}."),
            None => format!("Not established: whose key {fingerprint} is."),
        });
    }
    if established.keys.is_empty() {
        facts.push("Not established: who signed it.".to_owned());
    }
    facts
}

/// What nobody can recompute: that it was conveyed, said, true and free, each according
/// to somebody.
fn asserted(ladder: &Ladder) -> Vec<String> {
    let speaker = &ladder.account.speaker;
    let names = |recorders: &mut dyn Iterator<Item = &Recorder>| -> Vec<String> {
        recorders.map(|recorder| recorder.who.to_string()).collect()
    };
    let signers = names(&mut ladder.recorders.iter()).join(" and ");
    let mediators: Vec<&Rung> = ladder.rungs.iter().filter(|rung| rung.means != "translation").collect();
    let mut claims = Vec::new();
    match mediators.last() {
        Some(last) => {
            claims.push(format!(
                "That {} says that {speaker} said it: according to {signers}.",
                last.to
            ));
            let said_by: Vec<String> = mediators.iter().map(|rung| rung.to.to_string()).collect();
            let chain = said_by.join(", then ");
            claims.push(format!("That {speaker} said it: according to {chain}."));
        }
        None => claims.push(format!("That {speaker} said it: according to {signers}.")),
    }
    let believers = names(
        &mut ladder
            .recorders
            .iter()
            .filter(|recorder| recorder.asserts.contains(&Scope::BelievesTrue)),
    );
    claims.push(match believers.as_slice() {
        [] => format!("That it is true: according to {speaker}, if {speaker} said it."),
        believers => format!(
            "That it is true: according to {speaker}, if {speaker} said it, and to {}, who signed so.",
            believers.join(" and ")
        ),
    });
    claims.push(match ladder.voluntariness_recorded {
        Some(Known::Yes) => format!("That it was voluntary: according to a record of it, which {signers} names."),
        Some(Known::No) => "That it was voluntary: according to nobody; that it was is not recorded.".to_owned(),
        Some(Known::NotStated) => "That it was voluntary: according to nobody; nothing is stated.".to_owned(),
        None => "That it was voluntary: what is recorded of it is not shown.".to_owned(),
    });
    claims
}
