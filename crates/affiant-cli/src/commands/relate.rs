//! `affiant relate`: an attributed link from one record to others.
//!
//! ```text
//! affiant relate S03 disowns S02 --asserted-by "Mehman Huseynov" --asserted-in S03
//! ```
//!
//! A link is somebody's assertion, and of whoever signs where nobody else is named. What a statement says of a
//! question is for `affiant question answer`.

use affiant::record::{Answer, ExhibitId, Label, PartyId, RecordId, RelationKind, TargetIs, TimeBasis, TimeClaim};
use affiant::time::Edtf;
use affiant_case::{AskingDraft, Case, ExhibitDraft, ExhibitSource, RelationDraft};
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

    /// For dates: the time within which those of the others lie, as 2018-12/2019-03
    #[arg(long, value_name = "EDTF")]
    within: Option<Edtf>,

    /// For asked: when they were asked
    #[arg(long, value_name = "EDTF")]
    when: Option<Edtf>,

    /// For asked: what came of it
    #[arg(long, value_parser = one_of::<Answer>())]
    answer: Option<Answer>,

    /// For asked: the statement that holds the answer
    #[arg(long, value_name = "STATEMENT")]
    answered_in: Option<String>,

    /// Why; for tied-to and sought-from, how or what
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
    /// A dating without a time.
    #[error("no time is named within which the others lie")]
    NoTime,
    /// A time without a dating.
    #[error("\"--within\" goes with the kind dates, and with no other")]
    OnlyDates,
    /// Somebody was asked, and what came of it is left out.
    #[error("what came of asking is not named")]
    NoAnswer,
    /// What came of asking, without asking.
    #[error("\"--when\", \"--answer\" and \"--answered-in\" go with the kind asked, and with no other")]
    OnlyAsked,
    /// An exhibit is sought, and not named.
    #[error("what is sought is not named")]
    NothingSought,
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
            RelateError::NoTime => Some("name it, as --within 2018-12/2019-03"),
            RelateError::NoAnswer => Some("say it: --answer answered|declined|none|not-stated"),
            RelateError::NothingSought => Some("name the exhibit: --note \"the call log of the prison\""),
            RelateError::OnlyDates | RelateError::OnlyAsked => Some("leave it out, or name the other kind"),
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

fn stated(edtf: Edtf) -> TimeClaim {
    TimeClaim {
        edtf: Some(edtf),
        basis: TimeBasis::Stated,
        anchor: None,
        note: None,
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
    let asks = args.when.is_some() || args.answer.is_some() || args.answered_in.is_some();
    match args.kind {
        RelationKind::Dates if args.within.is_none() => return Err(RelateError::NoTime.into()),
        RelationKind::Asked if args.answer.is_none() => return Err(RelateError::NoAnswer.into()),
        RelationKind::SoughtFrom if args.note.is_none() => return Err(RelateError::NothingSought.into()),
        kind if kind != RelationKind::Dates && args.within.is_some() => return Err(RelateError::OnlyDates.into()),
        kind if kind != RelationKind::Asked && asks => return Err(RelateError::OnlyAsked.into()),
        _ => {}
    }
    let mut recorder = Recorder::open(context, args.key.as_deref())?;
    let mut named = Named::new(&recorder);
    let from = named.reference(&args.from)?;
    let to: Result<Vec<String>, CliError> = args.to.iter().map(|typed| named.reference(typed)).collect();
    let asserted_by = args.asserted_by.as_ref().map(|typed| named.people.who(typed));
    let statement = |typed: &String| -> Result<String, CliError> {
        let held = recorder.ledger.find_kind(typed, "statement")?;
        Ok(label_of(&recorder.ledger, held)?)
    };
    let asserted_in = args.asserted_in.as_ref().map(statement).transpose()?;
    let answered_in = args.answered_in.as_ref().map(statement).transpose()?;
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
        within: args.within.map(stated),
        asked: args.answer.map(|answer| AskingDraft {
            when: args.when.map(stated),
            answer,
            answered_in,
        }),
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
