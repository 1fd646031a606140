//! `affiant record words`: somebody's words from anywhere, as the press or an office printed them.

use std::path::PathBuf;

use affiant::record::{Form, Quotation, Scope};
use affiant_case::Case;
use clap::Args;
use tempfile::TempDir;

use super::closed::one_of;
use super::people::People;
use super::source::Notes;
use super::statement::{Source, StatementArgs};
use super::{RecordError, record_statement, source};
use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::session::Recorder;
use crate::ui::visible;

/// The name of the exhibit that typed words become.
const TYPED: &str = "words.txt";

/// Arguments of `affiant record words`.
#[derive(Debug, Args)]
pub struct WordsArgs {
    /// What holds the words: an article, a page, a note
    file: Option<PathBuf>,

    /// The words themselves, where there is no file: what you type becomes the exhibit
    #[arg(long, conflicts_with = "file")]
    text: Option<String>,

    /// Words of the file, found in it byte for byte, once for each passage; all of it where none are given
    #[arg(long, value_name = "TEXT")]
    words: Vec<String>,

    /// Whether the source sets the words in quotation marks, where that is not plain from the marks beside them
    #[arg(long, value_parser = one_of::<Quotation>())]
    quotation: Option<Quotation>,

    #[command(flatten)]
    statement: StatementArgs,
}

/// Runs `affiant record words`.
///
/// # Errors
/// Where something is missing or cannot be recorded; nothing was recorded then.
pub fn run(context: &Context, args: WordsArgs) -> Result<Outcome, CliError> {
    let (path, _typed) = match args.file {
        Some(file) => (file, None),
        None => {
            let text = match args.text {
                Some(text) => text,
                None => context.ui.prompt("What are the words?", "--text TEXT or FILE")?,
            };
            let (path, folder) = written(context, &text)?;
            (path, Some(folder))
        }
    };
    let exhibit = source::exhibit(&path)?;
    let notes = Notes::read(&path)?;
    let words = notes.passages(&args.words, args.quotation)?;
    if !notes.is_text() {
        context.ui.warn(format_args!(
            "{} is no plain text, so your words are tied to no bytes of it",
            visible(&path.display().to_string())
        ));
    }
    let mut recorder = Recorder::open(context, args.statement.key.as_deref())?;
    let mut people = People::new(&recorder.ledger, recorder.party());
    let speaker = args.statement.speaker(context, &mut people, "Whose words are they?")?;
    let hops = args.statement.hops_asked(context, &mut people, &speaker)?;
    let source = Source {
        speaker,
        form: Form::Verbatim,
        scope: Scope::Recorded,
        words,
        hops,
    };
    let statement = args
        .statement
        .into_draft(context, &recorder.ledger, &mut people, source)?;
    let case = Case {
        parties: people.into_drafts(),
        exhibits: vec![exhibit],
        statements: vec![statement],
        ..Case::default()
    };
    record_statement(context, &mut recorder, case)
}

/// Writes typed words to a file of their own, which is removed with its folder. It lies among the program's own
/// files, and not in a folder that everybody shares.
fn written(context: &Context, text: &str) -> Result<(PathBuf, TempDir), CliError> {
    if text.trim().is_empty() {
        return Err(RecordError::NoWords.into());
    }
    let state = &context.env.dirs()?.state;
    let failed = |path: &std::path::Path| {
        let path = path.to_owned();
        |source| CliError::Write { path, source }
    };
    std::fs::create_dir_all(state).map_err(failed(state))?;
    let folder = TempDir::new_in(state).map_err(failed(state))?;
    let path = folder.path().join(TYPED);
    std::fs::write(&path, text).map_err(failed(&path))?;
    Ok((path, folder))
}
