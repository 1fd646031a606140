//! `affiant list`: what is in the archive, one line a record, searched.
//!
//! ```text
//! S03  statement  Mehman Huseynov (alleged), time not stated: “On 10 January the press …”
//! ```

use std::collections::{BTreeMap, BTreeSet};

use affiant::compare::{Names, Standing, TimeShown, verb};
use affiant::digest::Digest;
use affiant::record::{Body, Position, Proposition, Record, RecordId, Reference, Relation, RosterEntry, Statement};
use affiant_report::{kind_words, standing_word, visible};
use affiant_store::Index;
use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::Value;

use crate::commands::{Context, EXIT_CODES};
use crate::error::{CliError, Outcome};
use crate::ledger::{Held, Ledger};
use crate::session::Session;

/// How many columns of a record's words are printed.
const WORDS_SHOWN: usize = 60;

/// Arguments of `affiant list`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct ListArgs {
    /// Only records in which each of these words occurs: in the label, in a name or in any value that is not withheld,
    /// in any script and without regard to capital letters
    words: Vec<String>,

    /// Only records of this kind
    #[arg(long, value_enum)]
    kind: Option<Kind>,
}

/// A kind of record as the screen has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Somebody's words or act
    Statement,
    /// A question at issue, or a definition
    Question,
    /// A link between records
    Relation,
    /// An analyst's reading
    Assessment,
    /// A declaration
    Attestation,
    /// A person, organisation or group
    Party,
    /// Whatever says who is who: parties, keys, endorsements, authority, revocations
    Roster,
    /// What the archive is
    Archive,
}

impl Kind {
    fn is_of(self, body: &Body) -> bool {
        match self {
            Kind::Statement => matches!(body, Body::Statement(_)),
            Kind::Question => matches!(body, Body::Proposition(_)),
            Kind::Relation => matches!(body, Body::Relation(_)),
            Kind::Assessment => matches!(body, Body::Assessment(_)),
            Kind::Attestation => matches!(body, Body::Attestation(_)),
            Kind::Party => matches!(body, Body::Roster(RosterEntry::Party { .. })),
            Kind::Roster => matches!(body, Body::Roster(_)),
            Kind::Archive => matches!(body, Body::Archive(_)),
        }
    }
}

/// One record in the list.
#[derive(Debug, Serialize)]
struct Listed {
    label: String,
    id: RecordId,
    kind: String,
    leaf: u64,
    standing: Standing,
    /// Whose words they are, or who asserts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<String>,
    /// When it was said, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
    /// The first words, or what stands in their place.
    words: String,
}

/// Runs `affiant list`.
///
/// # Errors
/// Where there is no archive.
pub fn run(context: &Context, args: &ListArgs) -> Result<Outcome, CliError> {
    let session = context.session()?;
    let ledger = &session.ledger;
    let names = Names::of_case(&ledger.case());
    let of_kind = |held: &&Held| args.kind.is_none_or(|kind| kind.is_of(&held.record.body));
    let searched: Vec<&Held> = ledger.held.iter().filter(of_kind).collect();
    let found = search(context, &session, &names, &searched, &args.words);
    let listed: Vec<Listed> = found.iter().map(|held| list_one(ledger, &names, held)).collect();
    let ui = &context.ui;
    if ui.json {
        if let Some(caveat) = session.caveat() {
            ui.warn(caveat);
        }
        ui.print_json(&serde_json::json!({ "searched": searched.len(), "records": listed }))?;
        return Ok(session.verification.outcome.into());
    }
    ui.caveat(&session)?;
    if listed.is_empty() {
        ui.print(absence(&searched, !args.words.is_empty()))?;
    }
    let label = listed.iter().map(|one| one.label.len()).max().unwrap_or(0);
    let kind = listed
        .iter()
        .map(|one| textwrap::core::display_width(&one.kind))
        .max()
        .unwrap_or(0);
    let width = ui.stdout_is_terminal().then(|| ui.width());
    for one in &listed {
        ui.print(line(one, (label, kind), width))?;
    }
    Ok(session.verification.outcome.into())
}

/// The records in which each of the words occurs, by the search index, or without it where
/// it cannot be had. A value that is withheld is not looked through, and a record that
/// failed is, marked as such.
fn search<'l>(
    context: &Context,
    session: &'l Session,
    names: &Names,
    records: &[&'l Held],
    words: &[String],
) -> Vec<&'l Held> {
    if words.is_empty() {
        return records.to_vec();
    }
    let indexed = indexed_leaves(context, session, words);
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let matches = |held: &&&Held| {
        // The index knows a record by its own words; people it knows by their names, and
        // whom a record speaks of is known here.
        indexed.as_ref().is_some_and(|leaves| leaves.contains(&held.leaf)) || {
            let text = searched_text(&session.ledger, names, held).to_lowercase();
            words.iter().all(|word| text.contains(word))
        }
    };
    records.iter().filter(matches).copied().collect()
}

/// The leaves that the search index finds; `None` where there is no place for an index or
/// it cannot be made. It lies in the user's cache directory, and holds what the archive
/// discloses in plain text.
fn indexed_leaves(context: &Context, session: &Session, words: &[String]) -> Option<BTreeSet<u64>> {
    let (Some(archive), Some(dirs)) = (session.verification.archive, &context.env.dirs) else {
        return None;
    };
    let mut bar = None;
    let mut shown = 0;
    let mut progress = |done: u64, of: u64| {
        let bar = bar.get_or_insert_with(|| context.ui.progress("Indexing", of));
        bar.advance(done.saturating_sub(shown));
        shown = done;
    };
    let index = Index::open(&session.dir, archive, &dirs.cache.join("index"), &mut progress);
    let Ok(index) = index else { return None };
    let mut found: Option<BTreeSet<u64>> = None;
    for word in words {
        let Ok(rows) = index.search(word) else { return None };
        let leaves: BTreeSet<u64> = rows.into_iter().map(|row| row.leaf).collect();
        found = Some(found.map_or(leaves.clone(), |found| &found & &leaves));
    }
    found
}

/// The label, the names and the values of a record, each on a line of its own.
fn searched_text(ledger: &Ledger, names: &Names, held: &Held) -> String {
    let common = &held.record.common;
    let mut text = format!("{}\n{}\n", common.label, kind_words(&held.record.body));
    let mut add = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    for signer in &common.signers {
        add(&names.party(signer.party).to_string());
    }
    for id in held.record.exhibits() {
        if let Some(exhibit) = ledger.descriptor(*id) {
            add(&exhibit.name);
        }
    }
    if let Body::Archive(archive) = &held.record.body {
        add(&archive.name);
    }
    if let Body::Roster(
        RosterEntry::Party { party, .. } | RosterEntry::Key { party, .. } | RosterEntry::Keeper { party, .. },
    ) = &held.record.body
    {
        add(&names.party(*party).to_string());
    }
    let values: BTreeMap<Digest, &Value> = held.disclosures.iter().map(|one| (one.digest(), one.value())).collect();
    held.record.clone().positions(&mut |_, slot| {
        if let Some(value) = values.get(slot.digest()) {
            add_strings(value, names, &mut add);
        }
    });
    text
}

/// Every text in a value; a party's id is its names.
fn add_strings(value: &Value, names: &Names, add: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => match text.parse() {
            Ok(party) => match names.party(party) {
                affiant::compare::Who::Party { names, .. } => names.iter().for_each(|name| add(name)),
                _ => add(text),
            },
            Err(_) => add(text),
        },
        Value::Array(values) => values.iter().for_each(|value| add_strings(value, names, add)),
        Value::Object(members) => members.values().for_each(|value| add_strings(value, names, add)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What is said where nothing was found.
fn absence(searched: &[&Held], for_words: bool) -> String {
    if !for_words {
        return "There is no such record in the archive.".to_owned();
    }
    let mut text = format!(
        "Not found in the {} records searched. This does not show that it was not said.",
        searched.len()
    );
    if searched.iter().any(|held| has_withheld(&held.record)) {
        text.push_str(" Values that are withheld were not searched.");
    }
    text
}

fn has_withheld(record: &Record) -> bool {
    let mut any = false;
    record.clone().positions(&mut |_, slot| any |= !slot.is_revealed());
    any
}

/// One line: label, kind, standing where it is not verified, who, when, the first words.
/// Where there is a width, the line is cut to it.
fn line(one: &Listed, (label, kind): (usize, usize), width: Option<usize>) -> String {
    let mut text = format!("{:<label$}  {:<kind$}  ", one.label, one.kind);
    if one.standing != Standing::Verified {
        text.push_str(&format!("[{}] ", standing_word(one.standing)));
    }
    let when = one.said.as_ref().map(|said| match said.starts_with("not stated") {
        true => format!("time {said}"),
        false => said.clone(),
    });
    let who_and_when: Vec<&str> = one.who.iter().chain(&when).map(String::as_str).collect();
    if !who_and_when.is_empty() {
        text.push_str(&format!("{}: ", who_and_when.join(", ")));
    }
    text.push_str(&cut(&one.words, WORDS_SHOWN));
    let text = visible(&text);
    match width {
        Some(width) => cut(&text, width),
        None => text.into_owned(),
    }
}

/// The beginning of a text, at most `width` columns wide.
fn cut(text: &str, width: usize) -> String {
    if textwrap::core::display_width(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for character in text.chars() {
        used += textwrap::core::display_width(character.encode_utf8(&mut [0; 4]));
        if used > width {
            break;
        }
        kept.push(character);
    }
    kept.push('…');
    kept
}

fn list_one(ledger: &Ledger, names: &Names, held: &Held) -> Listed {
    let body = &held.record.body;
    let (mut who, mut said) = (None, None);
    let words = match body {
        Body::Statement(body) => {
            let alleged = if body.alleged { " (alleged)" } else { "" };
            who = Some(format!("{}{alleged}", names.at(&body.speaker, held.standing)));
            said = Some(TimeShown::new(&body.said, held.standing).words);
            statement_words(body)
        }
        Body::Proposition(body) => proposition_words(body),
        Body::Relation(body) => {
            who = Some(match &body.asserted_by {
                Some(who) => names.at(who, held.standing).to_string(),
                None => signers(names, held),
            });
            relation_words(ledger, names, body)
        }
        Body::Attestation(body) => {
            who = Some(signers(names, held));
            let declared = body.declaration.value();
            declared.map_or("[withheld]".to_owned(), |words| format!("“{}”", words.text))
        }
        Body::Assessment(body) => {
            who = Some(match &body.asserted_by {
                Some(who) => names.at(who, held.standing).to_string(),
                None => signers(names, held),
            });
            let about: Vec<String> = body
                .about
                .iter()
                .map(|one| reference_words(ledger, names, one))
                .collect();
            let reasons = body.reasons.value().map_or("[withheld]", |words| &words.text);
            format!("{} as {}: “{reasons}”", about.join(" and "), body.reading)
        }
        Body::Roster(entry) => roster_words(ledger, names, entry),
        Body::Archive(archive) => archive.name.clone(),
        Body::Unknown(body) => format!("version {}, not known to this program", body.version),
    };
    Listed {
        label: held.record.common.label.to_string(),
        id: held.id,
        kind: kind_words(body).to_owned(),
        leaf: held.leaf,
        standing: held.standing,
        who,
        said,
        words,
    }
}

fn signers(names: &Names, held: &Held) -> String {
    let signers = names.signers(&held.record.common.signers);
    let signers: Vec<String> = signers.iter().map(ToString::to_string).collect();
    signers.join(" and ")
}

fn statement_words(statement: &Statement) -> String {
    match statement.words.first().map(Position::value) {
        Some(Some(passage)) => format!("“{}”", passage.text),
        Some(None) => "[the words are withheld]".to_owned(),
        None => "[no words are held]".to_owned(),
    }
}

fn proposition_words(proposition: &Proposition) -> String {
    proposition
        .words
        .value()
        .map_or("[the words are withheld]".to_owned(), |words| words.text.clone())
}

fn relation_words(ledger: &Ledger, names: &Names, relation: &Relation) -> String {
    let reference = |reference: &Reference| reference_words(ledger, names, reference);
    let targets: Vec<String> = relation.target.among.iter().map(reference).collect();
    let targets = match (relation.target.is, targets.as_slice()) {
        (_, []) => "something".to_owned(),
        (affiant::record::TargetIs::All, targets) => targets.join(", "),
        (_, targets) => format!("one or more of {}, not known which", targets.join(", ")),
    };
    format!("{} {} {targets}", reference(&relation.from), verb(relation.relation))
}

fn reference_words(ledger: &Ledger, names: &Names, reference: &Reference) -> String {
    match reference {
        Reference::Record(id) => label_of(ledger, *id),
        Reference::Party(id) => names.party(*id).to_string(),
        Reference::Exhibit(_) => "an exhibit".to_owned(),
    }
}

fn label_of(ledger: &Ledger, id: RecordId) -> String {
    ledger.by_id(id).map_or_else(
        || "a record that is not here".to_owned(),
        |held| held.record.common.label.to_string(),
    )
}

fn roster_words(ledger: &Ledger, names: &Names, entry: &RosterEntry) -> String {
    match entry {
        RosterEntry::Party {
            party,
            names: own,
            roles,
            ..
        } => {
            let all: Vec<&str> = own
                .iter()
                .filter_map(|name| Some(name.value()?.text.as_str()))
                .collect();
            let roles: Vec<&str> = roles
                .iter()
                .filter_map(|role| Some(role.value()?.text.as_str()))
                .collect();
            let name = match all.as_slice() {
                [] => names.party(*party).to_string(),
                names => names.join(", "),
            };
            match roles.as_slice() {
                [] => name,
                roles => format!("{name} ({})", roles.join("; ")),
            }
        }
        RosterEntry::Key { party, .. } | RosterEntry::Keeper { party, .. } => names.party(*party).to_string(),
        RosterEntry::Endorsement { party, .. } => format!("of a key of {}", names.party(*party)),
        RosterEntry::Authority {
            granted_by, granted_to, ..
        } => format!(
            "{} lets {} speak for them",
            names.party(*granted_by),
            names.party(*granted_to)
        ),
        RosterEntry::Revocation { of, .. } => format!("of {}", label_of(ledger, *of)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_by_columns_and_not_by_bytes() {
        assert_eq!(cut("məktub", 6), "məktub");
        assert_eq!(cut("məktublar", 6), "məktu…");
        assert_eq!(cut("手紙の写真", 6), "手紙…");
    }
}
