//! `affiant bundle`: a file to send, with just what is let out. It says whom and what the
//! file names before it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::{Path as FilePath, PathBuf};

use affiant::bundle::{Bundle, BundledExhibit, BundledRecord, FORMAT, MAX_CONTENT};
use affiant::check::Outcome as CheckOutcome;
use affiant::disclose::{self, Disclosure};
use affiant::encode::base64;
use affiant::record::{Body, ExhibitId, PartyId, Path, Record, Reference, RosterEntry};
use affiant::verify::{self, Trust};
use affiant_store::ArchiveDir;
use affiant_tlog::merkle::inclusion_proof;
use affiant_tlog::note::Note;
use affiant_tlog::proof::InclusionProof;
use affiant_tlog::tile::TileHashReader;
use clap::Args;

use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::ledger::{Held, Ledger};
use crate::session::Session;
use crate::ui::visible;

/// Arguments of `affiant bundle`.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("how").required(true).args(["all", "withhold"])))]
pub struct BundleArgs {
    /// The records to send, by label or id
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,

    /// The file to write
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    output: PathBuf,

    /// Let everything out, exhibits included
    #[arg(long)]
    all: bool,

    /// The places to withhold.
    #[arg(
        long,
        value_name = "PLACES",
        value_delimiter = ',',
        help = "Withhold these, as: speaker,words[3],relay[1].from; exhibits stay here unless --exhibit names them"
    )]
    withhold: Vec<String>,

    /// Send this exhibit's bytes along, by id or the beginning of its id; "all" for each
    #[arg(long, value_name = "ID")]
    exhibit: Vec<String>,

    /// Leave the bytes of exhibits here, though everything else is let out
    #[arg(long, conflicts_with = "exhibit")]
    no_exhibits: bool,

    /// Write without asking
    #[arg(short, long)]
    yes: bool,

    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
}

/// Why no bundle was written.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The archive does not verify.
    #[error("the archive does not verify, so nothing is sent from it")]
    ArchiveFailed,
    /// No position has this name.
    #[error("{place:?} names nothing that can be withheld in {records}; what can be: {there}")]
    NoPlace {
        /// What was typed.
        place: String,
        /// In which records it was looked for.
        records: String,
        /// What there is.
        there: String,
    },
    /// An exhibit that the chosen records do not rest on.
    #[error("none of these records rests on an exhibit {0:?}")]
    NoExhibit(String),
    /// The exhibits do not fit.
    #[error("the exhibits are {0} bytes, more than the {MAX_CONTENT} that a bundle carries")]
    TooLarge(u64),
    /// The file is there.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// Somebody is withheld in one place and named in another.
    #[error("somebody who is withheld can still be read in the file; nothing was written")]
    StillNamed,
    /// The person said no.
    #[error("nothing was written")]
    NotConfirmed,
    /// An inclusion proof could not be made.
    #[error("the proof of {label} could not be made: {reason}")]
    Proof {
        /// The record.
        label: String,
        /// Why.
        reason: String,
    },
}

impl BundleError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            BundleError::ArchiveFailed => Some("see what is wrong: affiant verify DIR"),
            BundleError::NoPlace { .. } => {
                Some("kinds, scopes, recorded_at, the media of hops and signers cannot be withheld")
            }
            BundleError::TooLarge(_) => Some("send them beside the bundle: --no-exhibits"),
            BundleError::Exists(_) => Some("name another file, or replace it with --force"),
            BundleError::StillNamed => Some("add those places to --withhold, or say --yes"),
            BundleError::NoExhibit(_) | BundleError::NotConfirmed | BundleError::Proof { .. } => None,
        }
    }
}

/// What goes into the bundle.
struct Choice<'a> {
    /// The records that were asked for.
    chosen: Vec<&'a Held>,
    /// All records, in leaf order, each with what is let out of it.
    records: BTreeMap<u64, (&'a Held, Vec<Disclosure>)>,
    /// The exhibits whose bytes go along.
    exhibits: Vec<ExhibitId>,
}

/// Runs `affiant bundle`.
///
/// # Errors
/// Where nothing may, or can, be written.
pub fn run(context: &Context, args: &BundleArgs) -> Result<Outcome, CliError> {
    let session = context.session()?;
    if session.verification.outcome == CheckOutcome::Failed {
        return Err(BundleError::ArchiveFailed.into());
    }
    context.outside_archives(&args.output)?;
    if args.output.exists() && !args.force {
        return Err(BundleError::Exists(args.output.clone()).into());
    }
    let choice = choose(&session.ledger, args)?;
    announce(context, &session.ledger, &choice);
    let warnings = still_standing(&session, &choice);
    for warning in &warnings {
        context.ui.warn(warning);
    }
    if !warnings.is_empty() && !context.ui.is_interactive() && !args.yes {
        return Err(BundleError::StillNamed.into());
    }
    if context.ui.is_interactive() && !args.yes {
        let answer = context.ui.choose(
            "Write it?",
            &[("yes", "write the file"), ("no", "write nothing")],
            "--yes",
        )?;
        if answer != 0 {
            return Err(BundleError::NotConfirmed.into());
        }
    }
    let bundle = assemble(&session, &choice)?;
    let bytes = bundle.to_bytes();
    let trial = verify::bundle(&bytes, &Trust::default());
    if trial.outcome == CheckOutcome::Failed {
        return Err(BundleError::ArchiveFailed.into());
    }
    write_whole(&args.output, &bytes)?;
    if context.ui.json {
        let records: Vec<_> = choice.records.values().map(|(held, _)| held.id).collect();
        context.ui.print_json(&serde_json::json!({
            "file": args.output.display().to_string(), "bytes": bytes.len(), "records": records,
            "exhibits": choice.exhibits, "withheld": trial.withheld,
        }))?;
    } else {
        let file = args.output.display().to_string();
        context.ui.print(format_args!(
            "{}  {} bytes, {} records, {} exhibits",
            visible(&file),
            bytes.len(),
            choice.records.len(),
            choice.exhibits.len()
        ))?;
        context
            .ui
            .say(format_args!("Whoever gets it types: affiant verify {}", visible(&file)));
    }
    Ok(Outcome::Passed)
}

fn choose<'a>(ledger: &'a Ledger, args: &BundleArgs) -> Result<Choice<'a>, CliError> {
    let mut chosen: Vec<&Held> = Vec::new();
    for id in &args.ids {
        let held = ledger.find(id)?;
        if !chosen.iter().any(|other| other.id == held.id) {
            chosen.push(held);
        }
    }
    check_places(&chosen, &args.withhold)?;
    let exhibits = choose_exhibits(&chosen, args)?;
    let mut records = BTreeMap::new();
    for held in &chosen {
        let keep = |path: &Path| !args.withhold.iter().any(|place| covers(place, path.as_str()));
        records.insert(
            held.leaf,
            (*held, disclose::let_out(&held.record, &held.disclosures, keep)),
        );
    }
    // What a reader needs beside them: leaf 0, the questions that disclosed stances speak
    // of, and the roster records of signers and of those who are named.
    let mut beside: Vec<&Held> = ledger.held.first().into_iter().collect();
    for (held, disclosures) in records.values() {
        beside.extend(signers_of(ledger, held));
        let shown = shown(held, disclosures);
        for (_, reference) in shown.references() {
            match reference {
                Reference::Record(id) => beside.extend(
                    ledger
                        .by_id(id)
                        .filter(|held| matches!(held.record.body, Body::Proposition(_))),
                ),
                Reference::Party(party) => beside.extend(ledger.roster_records(party)),
                Reference::Exhibit(_) => {}
            }
        }
    }
    let questions: Vec<&Held> = beside
        .iter()
        .copied()
        .filter(|held| matches!(held.record.body, Body::Proposition(_)))
        .collect();
    for held in questions {
        let parties = held
            .record
            .references()
            .into_iter()
            .filter_map(|(_, reference)| match reference {
                Reference::Party(party) => Some(party),
                _ => None,
            });
        beside.extend(parties.flat_map(|party| ledger.roster_records(party)));
    }
    for held in beside {
        let everything = || disclose::let_out(&held.record, &held.disclosures, |_| true);
        records.entry(held.leaf).or_insert_with(|| (held, everything()));
    }
    Ok(Choice {
        chosen,
        records,
        exhibits,
    })
}

/// The roster records by which a reader finds whose keys signed.
fn signers_of<'a>(ledger: &'a Ledger, held: &Held) -> Vec<&'a Held> {
    held.record
        .common
        .signers
        .iter()
        .flat_map(|signer| ledger.roster_records(signer.party))
        .collect()
}

/// A record as the bundle will show it.
fn shown(held: &Held, disclosures: &[Disclosure]) -> Record {
    let envelope =
        affiant::envelope::Envelope::parse(&held.envelope).expect("the ledger holds only envelopes that were read");
    let mut record = envelope
        .unverified_record()
        .expect("the ledger holds only records that were read");
    disclose::reveal(&mut record, disclosures);
    record
}

/// Whether a place that was typed is this position, or holds it.
fn covers(place: &str, path: &str) -> bool {
    path.strip_prefix(place)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// A place that nothing has would withhold nothing, and nobody would notice.
fn check_places(chosen: &[&Held], withhold: &[String]) -> Result<(), BundleError> {
    let mut there: BTreeSet<String> = BTreeSet::new();
    for held in chosen {
        held.record.clone().positions(&mut |path, _| {
            there.insert(path.to_string());
        });
    }
    for place in withhold {
        if !there.iter().any(|path| covers(place, path)) {
            let records: Vec<&str> = chosen.iter().map(|held| held.record.common.label.as_str()).collect();
            let there: Vec<String> = there.into_iter().collect();
            return Err(BundleError::NoPlace {
                place: place.clone(),
                records: records.join(", "),
                there: there.join(", "),
            });
        }
    }
    Ok(())
}

fn choose_exhibits(chosen: &[&Held], args: &BundleArgs) -> Result<Vec<ExhibitId>, BundleError> {
    let mut there: Vec<ExhibitId> = Vec::new();
    for id in chosen.iter().flat_map(|held| held.record.exhibits()) {
        if !there.contains(id) {
            there.push(*id);
        }
    }
    if args.no_exhibits {
        return Ok(Vec::new());
    }
    if args.exhibit.is_empty() || args.exhibit.iter().any(|wanted| wanted == "all") {
        let everything = args.all || !args.exhibit.is_empty();
        return Ok(if everything { there } else { Vec::new() });
    }
    let mut exhibits = Vec::new();
    for wanted in &args.exhibit {
        let digits = wanted.strip_prefix("exhibit:sha256:").unwrap_or(wanted);
        let found = there
            .iter()
            .find(|id| digits.len() >= 4 && id.0.to_hex().starts_with(digits));
        exhibits.push(*found.ok_or_else(|| BundleError::NoExhibit(wanted.clone()))?);
    }
    Ok(exhibits)
}

/// Says whom and what the file will name, and where a withheld name still stands.
fn announce(context: &Context, ledger: &Ledger, choice: &Choice<'_>) {
    let ui = &context.ui;
    let labels: Vec<&str> = choice
        .records
        .values()
        .map(|(held, _)| held.record.common.label.as_str())
        .collect();
    ui.announce(format_args!(
        "The file will hold {} records: {}",
        labels.len(),
        labels.join(", ")
    ));
    let mut named: BTreeSet<PartyId> = BTreeSet::new();
    for (held, disclosures) in choice.records.values() {
        let record = shown(held, disclosures);
        if let Body::Roster(RosterEntry::Party { party, .. }) = &record.body {
            named.insert(*party);
        }
    }
    let mut names: Vec<String> = named.iter().map(|party| name_of(ledger, *party)).collect();
    names.sort();
    ui.announce(format_args!(
        "It will name: {}",
        if names.is_empty() {
            "nobody".to_owned()
        } else {
            visible(&names.join(", ")).into_owned()
        }
    ));
    if choice.exhibits.is_empty() {
        ui.announce("It will hold no exhibit.");
    }
    for id in &choice.exhibits {
        if let Some(descriptor) = ledger.descriptor(*id) {
            ui.announce(format_args!(
                "It will hold the exhibit {} ({}, {} bytes), with whatever can be read in it",
                visible(&descriptor.name),
                descriptor.media_type,
                descriptor.size
            ));
        }
    }
}

fn name_of(ledger: &Ledger, party: PartyId) -> String {
    ledger
        .roster
        .names(party)
        .first()
        .cloned()
        .unwrap_or_else(|| party.to_string())
}

/// Where people who were withheld in some place can still be read in another.
fn still_standing(session: &Session, choice: &Choice<'_>) -> Vec<String> {
    let ledger = &session.ledger;
    let texts = texts(session, choice);
    let mut warnings = Vec::new();
    for held in &choice.chosen {
        let (_, disclosures) = &choice.records[&held.leaf];
        let shown = parties(&shown(held, disclosures));
        let signers: BTreeSet<PartyId> = held.record.common.signers.iter().map(|signer| signer.party).collect();
        let mut withheld: BTreeSet<PartyId> = BTreeSet::new();
        for (place, party) in parties(&held.record) {
            if !shown.contains(&(place, party)) && !signers.contains(&party) {
                withheld.insert(party);
            }
        }
        for party in withheld {
            let name = name_of(ledger, party);
            let label = &held.record.common.label;
            let places: Vec<&str> = shown
                .iter()
                .filter(|(_, other)| *other == party)
                .map(|(place, _)| place.as_str())
                .collect();
            if !places.is_empty() {
                warnings.push(format!(
                    "{} is withheld in one place, and {label} still names them in {}",
                    visible(&name),
                    places.join(", ")
                ));
            }
            for (of, text) in &texts {
                if ledger.roster.names(party).iter().any(|name| stands_in(name, text)) {
                    warnings.push(format!(
                        "{} is withheld in {label}, and the name, or a part of it, stands in {of}",
                        visible(&name)
                    ));
                }
            }
        }
    }
    warnings.sort();
    warnings.dedup();
    warnings
}

/// Every text that a reader of the file can read, and where it stands.
fn texts(session: &Session, choice: &Choice<'_>) -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> = Vec::new();
    if let Some(name) = &session.verification.name {
        texts.push(("the archive's name".to_owned(), name.to_lowercase()));
    }
    for id in &choice.exhibits {
        if let Some(descriptor) = session.ledger.descriptor(*id) {
            texts.push(("an exhibit's file name".to_owned(), descriptor.name.to_lowercase()));
        }
    }
    for (held, disclosures) in choice.records.values() {
        // The roster's own records of people are among those that are named.
        if matches!(held.record.body, Body::Roster(_)) {
            continue;
        }
        for disclosure in disclosures {
            let mut text = String::new();
            gather(disclosure.value(), &mut text);
            texts.push((
                format!("the words of {}", held.record.common.label),
                text.to_lowercase(),
            ));
        }
    }
    texts
}

fn gather(value: &serde_json::Value, text: &mut String) {
    match value {
        serde_json::Value::String(one) => {
            text.push_str(one);
            text.push('\n');
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| gather(value, text)),
        serde_json::Value::Object(members) => members.values().for_each(|value| gather(value, text)),
        _ => {}
    }
}

/// Whether a name, or a part of it that is long enough to tell, stands in a text of lower
/// case.
fn stands_in(name: &str, text: &str) -> bool {
    const TELLING: usize = 4;
    let name = name.to_lowercase();
    let mut parts = name.split_whitespace().filter(|part| part.chars().count() >= TELLING);
    text.contains(&name) || parts.any(|part| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == part))
}

/// The places of a record that name a party, and which.
fn parties(record: &Record) -> BTreeSet<(String, PartyId)> {
    let party = |(place, reference)| match reference {
        Reference::Party(party) => Some((place, party)),
        _ => None,
    };
    record.references().into_iter().filter_map(party).collect()
}

fn assemble(session: &Session, choice: &Choice<'_>) -> Result<Bundle, CliError> {
    let dir = &session.dir;
    let (note, head) = dir.unverified_checkpoint()?;
    let mut records = Vec::with_capacity(choice.records.len());
    for (leaf, (held, disclosures)) in &choice.records {
        records.push(BundledRecord {
            disclosures: disclosures.iter().map(|one| one.as_str().to_owned()).collect(),
            envelope: String::from_utf8(held.envelope.clone())
                .expect("an envelope that was read is JSON, and so UTF-8"),
            proof: proof(dir, &note, head.size(), *leaf, held)?,
        });
    }
    let mut exhibits = Vec::with_capacity(choice.exhibits.len());
    let mut total = 0;
    for id in &choice.exhibits {
        let Some((_, descriptor)) = session.ledger.describing(*id) else {
            continue;
        };
        total += session.ledger.descriptor(*id).map_or(0, |descriptor| descriptor.size);
        if total > MAX_CONTENT {
            return Err(BundleError::TooLarge(total).into());
        }
        let mut bytes = Vec::new();
        let path = dir.root().join(affiant::archive::exhibit_path(*id));
        let read = dir.open_exhibit(*id)?.read_to_end(&mut bytes);
        read.map_err(|source| CliError::Read { path, source })?;
        exhibits.push(BundledExhibit {
            content: Some(base64::encode(bytes)),
            descriptor: descriptor.as_str().to_owned(),
            id: *id,
        });
    }
    Ok(Bundle {
        exhibits,
        format: FORMAT.to_owned(),
        records,
    })
}

fn proof(dir: &ArchiveDir, note: &Note, size: u64, leaf: u64, held: &Held) -> Result<String, BundleError> {
    let failed = |reason: String| BundleError::Proof {
        label: held.record.common.label.to_string(),
        reason,
    };
    let reader = TileHashReader::new(size, dir);
    let hashes = inclusion_proof(leaf, size, &reader).map_err(|error| failed(error.to_string()))?;
    let proof = InclusionProof::new(leaf, hashes, note.clone(), None).map_err(|error| failed(error.to_string()))?;
    Ok(proof.to_string())
}

/// Writes a file whole or not at all.
fn write_whole(path: &FilePath, bytes: &[u8]) -> Result<(), CliError> {
    let failed = |source| CliError::Write {
        path: path.to_owned(),
        source,
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(FilePath::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes)
        .and_then(|()| file.as_file().sync_all())
        .map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
