//! `affiant relate`: an attributed link from one record to others.
//!
//! ```text
//! affiant relate S03 disowns S02 --asserted-by "Mehman Huseynov" --asserted-in S03
//! ```
//!
//! A link is somebody's assertion, and of whoever signs where nobody else is named. What a statement says of a
//! question is for `affiant question answer`.

use affiant::record::{ExhibitId, Label, PartyId, RecordId, RelationKind, TargetIs};
use affiant_case::{Case, ExhibitDraft, ExhibitSource, RelationDraft};
use clap::Args;

use super::record::closed::one_of;
use super::record::people::People;
use super::record::record;
use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::ledger::{Held, Ledger};
use crate::session::Recorder;

/// Arguments of `affiant relate`.
#[derive(Debug, Args)]
pub struct RelateArgs {
    /// Where the link begins: a label, or the id of a record, party or exhibit
    from: String,

    /// What it does to the others
    #[arg(value_parser = one_of::<RelationKind>())]
    kind: RelationKind,

    /// What it points at, each as the first
    to: Vec<String>,

    /// One of them is meant, and it is not known which
    #[arg(long)]
    one_of: bool,

    /// It is not known what is meant; those named are candidates
    #[arg(long, conflicts_with = "one_of")]
    unresolved: bool,

    /// Who asserts it, where it is not you
    #[arg(long, value_name = "NAME")]
    asserted_by: Option<String>,

    /// The statement in which it is asserted
    #[arg(long, value_name = "STATEMENT")]
    asserted_in: Option<String>,

    /// Why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,

    /// The relation's label; the next free of R01, R02, … where it is not given
    #[arg(long)]
    label: Option<Label>,

    /// Sign with this key of yours instead of the default one
    #[arg(long, value_name = "NAME")]
    key: Option<String>,
}

/// Why a link was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RelateError {
    /// An answer has a stance, which this command does not ask for.
    #[error("what a statement answers is recorded with what it says")]
    Answers,
    /// A link to nothing.
    #[error("nothing is named that the link points at")]
    NoTarget,
    /// A label that an earlier record of the archive has too.
    #[error("the record {id} has the label {label}, which an earlier one has too")]
    Shadowed {
        /// The label.
        label: Label,
        /// The record that was meant.
        id: RecordId,
    },
}

impl RelateError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            RelateError::Answers => Some("type: affiant question answer STATEMENT QUESTION yes|no|does-not-say"),
            RelateError::NoTarget => Some("name it, or say that it is not known: --unresolved"),
            RelateError::Shadowed { .. } => None,
        }
    }
}

/// The label of a record, where it means no other one.
///
/// # Errors
/// [`RelateError::Shadowed`].
pub fn label_of(ledger: &Ledger, held: &Held) -> Result<String, RelateError> {
    let label = &held.record.common.label;
    if ledger.by_label(label).is_some_and(|first| first.id == held.id) {
        return Ok(label.to_string());
    }
    Err(RelateError::Shadowed {
        label: label.clone(),
        id: held.id,
    })
}

/// What a command names by labels and ids.
pub struct Named<'a> {
    ledger: &'a Ledger,
    /// The people.
    pub people: People<'a>,
    /// The exhibits, for the case.
    pub exhibits: Vec<ExhibitDraft>,
}

impl<'a> Named<'a> {
    /// Nothing yet.
    pub fn new(recorder: &'a Recorder<'_>) -> Named<'a> {
        Named {
            ledger: &recorder.ledger,
            people: People::new(&recorder.ledger, recorder.party()),
            exhibits: Vec::new(),
        }
    }

    /// The name, in the case, of what a label or an id names.
    ///
    /// # Errors
    /// Where it names nothing.
    pub fn reference(&mut self, typed: &str) -> Result<String, CliError> {
        if let Ok(party) = typed.parse::<PartyId>() {
            return Ok(self.people.party(party)?);
        }
        if let Ok(id) = typed.parse::<ExhibitId>() {
            return Ok(self.exhibit(id));
        }
        Ok(label_of(self.ledger, self.ledger.find(typed)?)?)
    }

    /// The handle of an exhibit, which ends in a letter, so that it is nobody's label.
    fn exhibit(&mut self, id: ExhibitId) -> String {
        let source = ExhibitSource::Existing(id);
        if let Some(draft) = self.exhibits.iter().find(|draft| draft.source == source) {
            return draft.id.clone();
        }
        let id = format!("X{}X", self.exhibits.len() + 1);
        self.exhibits.push(ExhibitDraft { id: id.clone(), source });
        id
    }
}

/// Runs `affiant relate`.
///
/// # Errors
/// Where something is missing or cannot be recorded; nothing was recorded then.
pub fn run(context: &Context, args: RelateArgs) -> Result<Outcome, CliError> {
    if args.kind == RelationKind::Answers {
        return Err(RelateError::Answers.into());
    }
    if args.to.is_empty() && !args.unresolved {
        return Err(RelateError::NoTarget.into());
    }
    let mut recorder = Recorder::open(context, args.key.as_deref())?;
    let mut named = Named::new(&recorder);
    let from = named.reference(&args.from)?;
    let to: Result<Vec<String>, CliError> = args.to.iter().map(|typed| named.reference(typed)).collect();
    let asserted_by = args.asserted_by.as_ref().map(|typed| named.people.who(typed));
    let asserted_in = match &args.asserted_in {
        Some(typed) => {
            let held = recorder.ledger.find_kind(typed, "statement")?;
            Some(label_of(&recorder.ledger, held)?)
        }
        None => None,
    };
    let label = args.label.unwrap_or_else(|| recorder.ledger.free_label("R"));
    let relation = RelationDraft {
        label: label.to_string(),
        kind: args.kind,
        from,
        target: match (args.one_of, args.unresolved) {
            (true, _) => TargetIs::OneOf,
            (false, true) => TargetIs::Unresolved,
            (false, false) => TargetIs::All,
        },
        to: to?,
        asserted_by: asserted_by.transpose()?,
        asserted_in,
        stance: None,
        note: args.note,
    };
    let case = Case {
        exhibits: named.exhibits,
        parties: named.people.into_drafts(),
        relations: vec![relation],
        ..Case::default()
    };
    record(context, &mut recorder, case)?;
    context.ui.say("Next: affiant compare");
    Ok(Outcome::Passed)
}
