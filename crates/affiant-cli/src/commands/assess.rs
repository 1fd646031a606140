//! `affiant assess`: your reading of how two accounts stand to each other, signed.
//!
//! ```text
//! affiant assess S12 S14 --on P02 --as definitional --because "They mean different things by it."
//! ```
//!
//! It is a person's finding. What the program computes stays as it is, and rival readings stand beside each other.

use affiant::record::{Label, ReadingCode};
use affiant_case::{AssessmentDraft, Case};
use clap::Args;

use super::record::closed::{Closed as _, one_of};
use super::record::people::People;
use super::record::record;
use super::relate::label_of;
use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::session::Recorder;

/// Arguments of `affiant assess`.
#[derive(Debug, Args)]
pub struct AssessArgs {
    /// Two statements, or one link: labels or ids
    #[arg(required = true, num_args = 1..=2)]
    about: Vec<String>,

    /// The question on which you read them
    #[arg(long, value_name = "QUESTION")]
    on: Option<String>,

    /// How you read them
    #[arg(long = "as", value_name = "READING", value_parser = one_of::<ReadingCode>())]
    reading: Option<ReadingCode>,

    /// Why
    #[arg(long, value_name = "TEXT")]
    because: Option<String>,

    /// The language of your reasons, as "az"
    #[arg(long, value_name = "TAG")]
    language: Option<String>,

    /// Whose reading it is, where it is not yours
    #[arg(long, value_name = "NAME")]
    asserted_by: Option<String>,

    /// The assessment in whose stead this one is to be read; that one stays
    #[arg(long, value_name = "ASSESSMENT")]
    supersedes: Option<String>,

    /// Its label; the next free of G01, G02, … where it is not given
    #[arg(long)]
    label: Option<Label>,

    /// Sign with this key of yours instead of the default one
    #[arg(long, value_name = "NAME")]
    key: Option<String>,
}

/// Runs `affiant assess`.
///
/// # Errors
/// Where something is missing or cannot be recorded; nothing was recorded then.
pub fn run(context: &Context, args: AssessArgs) -> Result<Outcome, CliError> {
    let mut recorder = Recorder::open(context, args.key.as_deref())?;
    let ledger = &recorder.ledger;
    let mut people = People::new(ledger, recorder.party());
    let label_of_kind =
        |typed: &String, kind| -> Result<String, CliError> { Ok(label_of(ledger, ledger.find_kind(typed, kind)?)?) };
    let mut about = Vec::with_capacity(args.about.len());
    for typed in &args.about {
        let kind = if args.about.len() == 1 { "relation" } else { "statement" };
        about.push(label_of_kind(typed, kind)?);
    }
    let on = args.on.as_ref().map(|typed| label_of_kind(typed, "proposition"));
    let supersedes = args.supersedes.as_ref().map(|typed| label_of_kind(typed, "assessment"));
    let asserted_by = args.asserted_by.as_ref().map(|typed| people.who(typed));
    let ui = &context.ui;
    let reading = match args.reading {
        Some(reading) => reading,
        None => ReadingCode::ask(ui, "How do you read them?", "--as READING")?,
    };
    let reasons = args.because.map_or_else(|| ui.prompt("Why?", "--because TEXT"), Ok)?;
    let label = args.label.unwrap_or_else(|| ledger.free_label("G"));
    let assessment = AssessmentDraft {
        label: label.to_string(),
        about,
        on: on.transpose()?,
        reading,
        reasons,
        language: args.language,
        asserted_by: asserted_by.transpose()?,
        supersedes: supersedes.transpose()?,
    };
    let case = Case {
        parties: people.into_drafts(),
        assessments: vec![assessment],
        ..Case::default()
    };
    record(context, &mut recorder, case)?;
    ui.say("Next: affiant compare");
    Ok(Outcome::Passed)
}
