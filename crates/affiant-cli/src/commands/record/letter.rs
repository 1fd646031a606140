//! `affiant record letter`: a letter of which a photograph or scan is held.

use std::path::{Path, PathBuf};

use affiant::record::{Form, Quotation, Scope};
use affiant_case::Case;
use affiant_inspect::picture::{self, PictureError};
use clap::Args;

use super::asking::may_say;
use super::closed::one_of;
use super::people::People;
use super::statement::{Source, StatementArgs};
use super::{RecordError, file_or_asked, record_statement, source};
use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::session::Recorder;
use crate::ui::{Ui, visible};

/// The largest picture that is looked at, in bytes. A larger one is kept all the same.
const MAX_PICTURE: u64 = 128 * 1024 * 1024;

/// Arguments of `affiant record letter`.
#[derive(Debug, Args)]
pub struct LetterArgs {
    /// A photograph or scan of the letter: JPEG, PNG, TIFF or WebP; anything else is kept too
    file: Option<PathBuf>,

    /// What the letter says; once for each passage
    #[arg(long, value_name = "TEXT")]
    words: Vec<String>,

    /// How the words you typed stand to those of the letter
    #[arg(long, value_parser = one_of::<Form>(), conflicts_with = "form")]
    words_are: Option<Form>,

    #[command(flatten)]
    statement: StatementArgs,
}

/// Runs `affiant record letter`.
///
/// # Errors
/// Where something is missing or cannot be recorded; nothing was recorded then.
pub fn run(context: &Context, args: LetterArgs) -> Result<Outcome, CliError> {
    let path = file_or_asked(context, args.file, "Which file is the photograph of the letter?")?;
    let exhibit = source::exhibit(&path)?;
    look_at(&context.ui, &path)?;
    if args.words.iter().any(|words| words.trim().is_empty()) {
        return Err(RecordError::NoWords.into());
    }
    let mut recorder = Recorder::open(context, args.statement.key.as_deref())?;
    let mut people = People::new(&recorder.ledger, recorder.party());
    let speaker = args
        .statement
        .speaker(context, &mut people, "Whose words is the letter?")?;
    let hops = args.statement.hops_asked(context, &mut people, &speaker)?;
    let mut words = args.words;
    if words.is_empty() {
        words.extend(may_say(
            &context.ui,
            "What does it say, or what is its sense?",
            "--words TEXT",
        )?);
    }
    // A picture holds no bytes of text that words could be tied to.
    let words = words.iter().map(|words| source::loose(words, Quotation::None));
    let source = Source {
        speaker,
        form: args.words_are.unwrap_or(Form::Summary),
        // One's own letter was received by nobody yet.
        scope: match hops.is_empty() {
            true => Scope::Recorded,
            false => Scope::Received,
        },
        words: words.collect(),
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

/// Says what the picture is. One that cannot be decoded is kept all the same.
fn look_at(ui: &Ui, path: &Path) -> Result<(), CliError> {
    let name = path.display().to_string();
    let name = visible(&name);
    let Some(bytes) = source::read(path, MAX_PICTURE)? else {
        ui.warn(format_args!(
            "{name} has more than {} MiB; it is kept, and not measured",
            MAX_PICTURE >> 20
        ));
        return Ok(());
    };
    match picture::inspect(&bytes) {
        Ok(seen) => ui.say(format_args!("{}, {} × {}", seen.format, seen.width, seen.height)),
        Err(error @ (PictureError::Empty | PictureError::UnknownFormat)) => {
            ui.warn(format_args!("{name}: {error}; it is kept as it is"));
        }
        Err(error) => ui.warn(format_args!(
            "{name}: {}; it is kept, and not measured",
            visible(&error.to_string())
        )),
    }
    Ok(())
}
