//! `affiant attest`: a declaration about a record or an exhibit, signed in one capacity or more.
//!
//! ```text
//! affiant attest S01 --as transcribed --words "I typed the note from the printed page."
//! ```

use affiant::record::{Label, Scope};
use affiant_case::{AttestationDraft, Case};
use clap::Args;

use super::record::closed::{Closed as _, one_of};
use super::record::record;
use super::relate::Named;
use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::session::Recorder;
use crate::ui::Ui;

/// What gives the declaration on the command line.
const WORDS: &str = "--words TEXT";

/// Arguments of `affiant attest`.
#[derive(Debug, Args)]
pub struct AttestArgs {
    /// What you declare about: a label, or the id of a record or exhibit
    about: String,

    /// In what capacity you sign; once for each
    #[arg(long = "as", value_name = "SCOPE", value_parser = one_of::<Scope>())]
    scopes: Vec<Scope>,

    /// The declaration
    #[arg(long, value_name = "TEXT")]
    words: Option<String>,

    /// The language of the words, as "az"
    #[arg(long, value_name = "TAG")]
    language: Option<String>,

    /// The attestation's label; the next free of A01, A02, … where it is not given
    #[arg(long)]
    label: Option<Label>,

    /// Sign with this key of yours instead of the default one
    #[arg(long, value_name = "NAME")]
    key: Option<String>,
}

/// Runs `affiant attest`.
///
/// # Errors
/// Where something is missing or cannot be recorded; nothing was recorded then.
pub fn run(context: &Context, args: AttestArgs) -> Result<Outcome, CliError> {
    let mut recorder = Recorder::open(context, args.key.as_deref())?;
    let mut named = Named::new(&recorder);
    let about = named.reference(&args.about)?;
    let ui = &context.ui;
    let scopes = match args.scopes.is_empty() {
        true => vec![Scope::ask(ui, "In what capacity do you sign?", "--as SCOPE")?],
        false => args.scopes,
    };
    let words = match args.words {
        Some(words) => words,
        None => words_asked(ui, &scopes)?,
    };
    let label = args.label.unwrap_or_else(|| recorder.ledger.free_label("A"));
    let attestation = AttestationDraft {
        label: label.to_string(),
        about,
        asserts: scopes,
        words,
        language: args.language,
    };
    let case = Case {
        exhibits: named.exhibits,
        parties: named.people.into_drafts(),
        attestations: vec![attestation],
        ..Case::default()
    };
    record(context, &mut recorder, case)?;
    ui.say(format_args!("Next: affiant show {label}"));
    Ok(Outcome::Passed)
}

/// Offers what the capacities say, and asks for other words where those are not wanted.
fn words_asked(ui: &Ui, scopes: &[Scope]) -> Result<String, CliError> {
    let meanings: Vec<&str> = scopes.iter().map(|scope| scope.choice().meaning).collect();
    let offered = meanings.join(" ");
    let choices = [("these", offered.as_str()), ("other", "words of your own")];
    match ui.choose("In what words?", &choices, WORDS)? {
        0 => Ok(offered),
        _ => ui.prompt("Your words?", WORDS),
    }
}
