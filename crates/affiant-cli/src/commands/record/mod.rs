//! `affiant record`: a statement from one of the sources of a case.
//!
//! ```text
//! affiant record call notes.txt --speaker "Mehman Huseynov" --caller "Emin Huseynov" --called me
//! ```
//!
//! Each command puts together one [`Case`] and has it recorded, all or nothing. On a terminal, what is missing
//! is asked for; in a pipe it is an error that names the option.

pub mod amount;
pub mod answer;
pub mod asking;
pub mod call;
pub mod closed;
pub mod hop;
pub mod letter;
pub mod people;
pub mod source;
pub mod statement;
pub mod transcript;
pub mod words;

use std::path::PathBuf;

use affiant::record::Scope;
use affiant_case::{Case, PartySource};
use affiant_inspect::transcript::TranscriptError;
use clap::{Args, Subcommand};

use self::closed::{Choice, Closed as _};
use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::session::{Recorded, Recorder};
use crate::ui::visible;

/// Arguments of `affiant record`.
#[derive(Debug, Args)]
pub struct RecordArgs {
    #[command(subcommand)]
    command: RecordCommand,
}

#[derive(Debug, Subcommand)]
enum RecordCommand {
    /// A transcript with speakers' labels, as "CLIENT: I will not stop"
    Transcript(transcript::TranscriptArgs),
    /// A letter, photographed or scanned
    Letter(letter::LetterArgs),
    /// A telephone call, of which you have notes
    Call(call::CallArgs),
    /// Somebody's words from anywhere: the press, a social post, an office
    Words(words::WordsArgs),
}

/// Why a statement was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Bytes that are no transcript.
    #[error("{}: {source}", path.display())]
    Transcript {
        /// The file.
        path: PathBuf,
        /// Why.
        source: TranscriptError,
    },
    /// A transcript in which nobody is named.
    #[error("no line of {} begins with a speaker's label, as \"NAME: words\"", .0.display())]
    NoLabels(PathBuf),
    /// A label that the transcript does not have.
    #[error("nobody is labelled {label:?}; the labels are {}", known.join(", "))]
    NoSuchLabel {
        /// What was typed.
        label: String,
        /// The labels that there are.
        known: Vec<String>,
    },
    /// A file from which no words can be taken.
    #[error("{} is not UTF-8 text, or too long, so its words cannot be taken from it", .0.display())]
    NotText(PathBuf),
    /// Nothing but white space.
    #[error("{} holds no words", .0.display())]
    Blank(PathBuf),
    /// Nothing but white space was typed.
    #[error("the words are empty")]
    NoWords,
    /// The file does not hold the words.
    #[error("{} does not hold the words {words:?}, byte for byte", path.display())]
    WordsNotFound {
        /// The file.
        path: PathBuf,
        /// The words, or their beginning.
        words: String,
    },
    /// The file holds the words more than once.
    #[error("{} holds the words {words:?} more than once", path.display())]
    WordsRepeated {
        /// The file.
        path: PathBuf,
        /// The words, or their beginning.
        words: String,
    },
    /// There is no hop in which somebody could have been known.
    #[error("there is no step in which a voice or hand could be known")]
    IdentifiedInNoHop,
    /// Nobody but the speaker passed the words on.
    #[error("nobody but the speaker passed the words on, so there is nobody who would speak for them")]
    AuthorityOfNobody,
}

impl RecordError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            RecordError::NoLabels(_) => Some("record it as somebody's words: affiant record words FILE"),
            RecordError::NotText(_) => Some("type them: --words TEXT"),
            RecordError::WordsNotFound { .. } => Some("compare quotation marks, spaces and line ends with the file"),
            RecordError::WordsRepeated { .. } => Some("type more of what stands around them"),
            RecordError::IdentifiedInNoHop | RecordError::AuthorityOfNobody => {
                Some("say how the words went on: --hop 'TO; MEDIUM; DID; BASIS'")
            }
            RecordError::Transcript { .. }
            | RecordError::NoSuchLabel { .. }
            | RecordError::Blank(_)
            | RecordError::NoWords => None,
        }
    }
}

/// Runs `affiant record`.
///
/// # Errors
/// Where something is missing or cannot be recorded; nothing was recorded then.
pub fn run(context: &Context, args: RecordArgs) -> Result<Outcome, CliError> {
    match args.command {
        RecordCommand::Transcript(args) => transcript::run(context, args),
        RecordCommand::Letter(args) => letter::run(context, args),
        RecordCommand::Call(args) => call::run(context, args),
        RecordCommand::Words(args) => words::run(context, args),
    }
}

/// The file that was named, or else the answer to a question.
///
/// # Errors
/// In a pipe, where none was named.
fn file_or_asked(context: &Context, file: Option<PathBuf>, question: &str) -> Result<PathBuf, CliError> {
    match file {
        Some(file) => Ok(file),
        None => Ok(PathBuf::from(context.ui.prompt(question, "FILE")?)),
    }
}

/// Records a case that holds one statement, and says what comes next.
///
/// # Errors
/// Whatever is wrong with it; nothing was recorded then.
fn record_statement(context: &Context, recorder: &mut Recorder<'_>, case: Case) -> Result<Outcome, CliError> {
    let asserts: Vec<Scope> = case
        .statements
        .iter()
        .flat_map(|statement| statement.asserts.iter().copied())
        .collect();
    let answered = case.statements.iter().any(|statement| !statement.stances.is_empty());
    let mut records = recorder.ledger.held.iter();
    let question = records.find(|held| held.record.body.kind() == "proposition");
    let question = question.map(|held| held.record.common.label.clone());
    let recorded = record(context, recorder, case)?;
    let Some(statement) = recorded.iter().find(|recorded| recorded.kind == "statement") else {
        return Ok(Outcome::Passed);
    };
    let label = &statement.label;
    for scope in asserts {
        let Choice { word, meaning, .. } = scope.choice();
        context.ui.say(format_args!("You signed {label} as {word}: {meaning}"));
    }
    context.ui.say(match question {
        None => "Next: affiant question add TEXT".to_owned(),
        Some(_) if answered => format!("Next: affiant show {label}"),
        Some(question) => format!("Next: affiant question answer {label} {question} yes|no|does-not-say"),
    });
    Ok(Outcome::Passed)
}

/// Records a case, prints what was recorded and says which parties are new.
///
/// # Errors
/// Whatever is wrong with it; nothing was recorded then.
pub fn record(context: &Context, recorder: &mut Recorder<'_>, case: Case) -> Result<Vec<Recorded>, CliError> {
    let new_name = |source: &PartySource| match source {
        PartySource::New { names, .. } => names.first().map(|name| name.text.clone()),
        PartySource::Existing(_) => None,
    };
    let names: Vec<String> = case
        .parties
        .iter()
        .filter_map(|party| new_name(&party.source))
        .collect();
    let recorded = recorder.record(case)?;
    let ui = &context.ui;
    if ui.json {
        ui.print_json(&recorded)?;
    }
    for Recorded { label, id, kind, .. } in recorded.iter().filter(|_| !ui.json) {
        let kind = if kind == "proposition" { "question" } else { kind };
        ui.print(format_args!("{label}  {kind}  {id}"))?;
    }
    let parties = recorded.iter().filter(|recorded| recorded.kind == "roster");
    for (party, name) in parties.zip(&names) {
        ui.say(format_args!("{} is new: {}", party.label, visible(name)));
    }
    Ok(recorded)
}
