//! `affiant show`: one record in full, or the way of its words.

use std::collections::BTreeMap;

use affiant::compare::{Ask, Ladder, Names, Standing, compare, flags_of, ladder};
use affiant::record::{Body, PropositionType, Record, RecordId};
use affiant_report::{Established, RecordShown, kind_words, ladder_json, ladder_text, record_text, scope_words};
use clap::Args;
use serde_json::{Value, json};

use crate::commands::{Context, EXIT_CODES};
use crate::error::{CliError, Outcome};
use crate::ledger::{Held, Ledger};
use crate::pins;
use crate::session::Session;

/// Arguments of `affiant show`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct ShowArgs {
    /// A record, by its label, its id or the beginning of its id
    id: String,

    /// The way of a statement's words, hop by hop, and what is established against what is only asserted
    #[arg(long)]
    path: bool,
}

/// Why a record was not shown.
#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// Words came no way but in a statement.
    #[error("{label} is a {kind}, and only a statement's words came to us by a way")]
    NoPath {
        /// The record's label.
        label: String,
        /// Its kind.
        kind: String,
    },
}

impl ShowError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            ShowError::NoPath { .. } => Some("leave --path out, or see the statements: affiant list --kind statement"),
        }
    }
}

/// Runs `affiant show`.
///
/// # Errors
/// Where there is no archive, or no such record in it.
pub fn run(context: &Context, args: &ShowArgs) -> Result<Outcome, CliError> {
    let session = context.session()?;
    let held = session.ledger.find(&args.id)?;
    let trust = match &context.env.dirs {
        Some(dirs) => pins::read_own(dirs)?,
        None => affiant::verify::Trust::default(),
    };
    let names = Names::of_case(&session.ledger.case());
    let established = session.established(held, &names, &trust);
    let ladder = way(&session.ledger, held);
    if args.path {
        let ladder = ladder.ok_or_else(|| ShowError::NoPath {
            label: held.record.common.label.to_string(),
            kind: kind_words(&held.record.body).to_owned(),
        })?;
        print_path(context, &session, &ladder, &established)?;
    } else {
        print_record(context, &session, held, &names, ladder.as_ref(), &established)?;
    }
    Ok(session.verification.outcome.into())
}

/// The way of a statement's words. Of a statement that failed it is shown too, under a
/// warning: it is what the record claims.
fn way(ledger: &Ledger, held: &Held) -> Option<Ladder> {
    if held.standing != Standing::Failed {
        return ladder(&ledger.case(), held.id);
    }
    let mut case = ledger.case();
    for (id, _, standing) in &mut case.records {
        if *id == held.id {
            *standing = Standing::NotVerified;
        }
    }
    let mut ladder = ladder(&case, held.id)?;
    ladder.account.standing = Standing::Failed;
    Some(ladder)
}

fn print_path(
    context: &Context,
    session: &Session,
    ladder: &Ladder,
    established: &Established,
) -> Result<(), CliError> {
    let ui = &context.ui;
    if ui.json {
        return ui.print_json_text(&ladder_json(ladder, established));
    }
    ui.caveat(session)?;
    ui.print(ladder_text(ladder, established, ui.width(), ui.style()).trim_end())
}

fn print_record(
    context: &Context,
    session: &Session,
    held: &Held,
    names: &Names,
    ladder: Option<&Ladder>,
    established: &Established,
) -> Result<(), CliError> {
    let ui = &context.ui;
    let ledger = &session.ledger;
    if ui.json {
        return ui.print_json(&record_json(ledger, held, established));
    }
    let flags = flags_of(&ledger.case(), held.id);
    ui.caveat(session)?;
    let comparison = is_question(&held.record).then(|| compare(&ledger.case(), &Ask::one(held.id)));
    let shown = RecordShown {
        id: held.id,
        leaf: held.leaf,
        record: &held.record,
        standing: held.standing,
        names,
        other: &|id: RecordId| ledger.by_id(id).map(|held| &held.record),
        descriptor: &|id| ledger.descriptor(id),
        established,
        ladder,
        flags: (flags.statements + flags.questions > 0).then_some(&flags),
        question: comparison.as_ref().and_then(|comparison| comparison.questions.first()),
    };
    ui.print(record_text(&shown, ui.width(), ui.style()).trim_end())
}

fn is_question(record: &Record) -> bool {
    matches!(&record.body, Body::Proposition(proposition) if proposition.proposition_type == PropositionType::Question)
}

/// A record as JSON: the payload as it was signed, the values beside it by the names of
/// their positions.
fn record_json(ledger: &Ledger, held: &Held, established: &Established) -> Value {
    let by_digest: BTreeMap<_, _> = held.disclosures.iter().map(|one| (one.digest(), one.value())).collect();
    let (mut disclosed, mut withheld) = (serde_json::Map::new(), Vec::new());
    held.record
        .clone()
        .positions(&mut |path, slot| match by_digest.get(slot.digest()) {
            Some(value) => {
                disclosed.insert(path.to_string(), (*value).clone());
            }
            None => withheld.push(path.to_string()),
        });
    let exhibits: Vec<Value> = held
        .record
        .exhibits()
        .iter()
        .map(|id| json!({ "id": id, "descriptor": ledger.descriptor(*id) }))
        .collect();
    let signers: Vec<Value> = held
        .record
        .common
        .signers
        .iter()
        .map(|signer| {
            let scopes = signer.asserts.iter().map(|scope| {
                let (says, not) = scope_words(*scope);
                json!({ "scope": scope, "says": says, "does_not_say": not })
            });
            json!({
                "party": signer.party,
                "names": ledger.roster.names(signer.party),
                "key": signer.key,
                "asserts": scopes.collect::<Vec<_>>(),
            })
        })
        .collect();
    let payload = affiant::envelope::Envelope::parse(&held.envelope).ok();
    let payload = payload.and_then(|envelope| serde_json::from_slice::<Value>(envelope.unverified_payload()).ok());
    json!({
        "id": held.id,
        "label": held.record.common.label,
        "kind": held.record.body.kind(),
        "leaf": held.leaf,
        "standing": held.standing,
        "recorded_at": held.record.common.recorded_at,
        "signers": signers,
        "exhibits": exhibits,
        "disclosed": disclosed,
        "withheld": withheld,
        "established": established,
        "flags": flags_of(&ledger.case(), held.id).flags,
        "payload": payload,
    })
}
