//! `affiant collate`: versions of one text, word by word.
//!
//! ```text
//! affiant collate interpreter-1.txt interpreter-2.txt
//! affiant -C archive collate S03 S07
//! ```

pub(in crate::commands) mod source;

use affiant::check::Outcome as Verified;
use affiant::collation::{CollationError, NlpError, Options, collate};
use affiant::text::{Casing, Level, TooLong};
use affiant_report::{CollationShown, Style, collation_json, collation_text};
use clap::{Args, ValueEnum};

use crate::commands::{Context, EXIT_CODES};
use crate::error::{CliError, Outcome};

/// Arguments of `affiant collate`.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct CollateArgs {
    /// Two texts and more: files, or statements and exhibits of the archive by label or id
    #[arg(required = true, num_args = 2.., value_name = "TEXT")]
    texts: Vec<String>,

    /// What must be equal for two words to agree
    #[arg(long, value_enum, default_value_t = LevelArg::Spoken)]
    level: LevelArg,

    /// How a file is written
    #[arg(long, value_enum, default_value_t = FormatArg::Auto)]
    format: FormatArg,

    /// The language of the texts, as az or tr, where their capitals need its rule
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,

    /// Show every difference, and not only the first of the classes that matter less
    #[arg(long)]
    all: bool,

    /// Show the whole texts in aligned columns
    #[arg(long)]
    table: bool,

    /// Print Markdown, for a brief
    #[arg(long, conflicts_with = "json")]
    md: bool,
}

/// What must be equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LevelArg {
    /// Letters and marks, to the byte
    Bytes,
    /// Letters and marks, with one kind of quotation mark and dash
    Form,
    /// Words, whatever their capitals; no marks
    Case,
    /// Words as spoken: didn't is did not, 25 is twenty-five; nothing is left out
    Spoken,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// By its first line: nlp, else text
    Auto,
    /// Words as they run; labels of speakers are words
    Text,
    /// Turns with labels, as CLIENT: …; labels are no words
    Transcript,
    /// One token a line, with its speaker and time
    Nlp,
}

/// Why texts were not collated.
#[derive(Debug, thiserror::Error)]
pub enum CollateError {
    /// The library's own limits.
    #[error(transparent)]
    Collation(#[from] CollationError),
    /// A text is too long.
    #[error("{name}: {source}")]
    TooLong {
        /// The text.
        name: String,
        /// How long it is.
        source: TooLong,
    },
    /// Bytes that are no text.
    #[error("{name} is not UTF-8 text: the byte at offset {offset} does not fit")]
    NotText {
        /// The file or exhibit.
        name: String,
        /// Where the text ends.
        offset: usize,
    },
    /// Not in the token format.
    #[error("{name}: {source}")]
    Nlp {
        /// The text.
        name: String,
        /// Why.
        source: NlpError,
    },
    /// Not a transcript with labels.
    #[error("{name}: {source}")]
    Transcript {
        /// The text.
        name: String,
        /// Why.
        source: affiant_inspect::transcript::TranscriptError,
    },
    /// Neither a file nor in the archive.
    #[error("there is no file {0:?}, and no archive was named that could hold it")]
    NoSuchText(String),
    /// A statement whose words are not there.
    #[error("{label} holds no words that are disclosed here")]
    NoWords {
        /// Its label.
        label: String,
    },
    /// A record that has no words.
    #[error("{label} is a {kind}, and has no words to collate")]
    Kind {
        /// Its label.
        label: String,
        /// Its kind.
        kind: String,
    },
    /// An exhibit whose bytes are not in the archive.
    #[error("the bytes of {0} are not in this archive")]
    NoBytes(String),
}

impl CollateError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            CollateError::Collation(CollationError::TooManyWords(_)) | CollateError::TooLong { .. } => {
                Some("divide the texts, as by day or chapter, and collate the parts")
            }
            CollateError::NotText { .. } => {
                Some("save it as UTF-8 text; of a picture or a recording collate transcripts")
            }
            CollateError::Nlp { .. } => Some("if it is plain text, say so: --format text"),
            CollateError::Transcript { .. } => Some("to collate it as it is: --format text"),
            CollateError::NoSuchText(_) => Some("name the archive with -C DIR to collate what it holds"),
            CollateError::NoWords { .. } => Some("collate one of its exhibits; see them: affiant show"),
            CollateError::Kind { .. } => Some("see the statements: affiant list --kind statement"),
            CollateError::Collation(_) | CollateError::NoBytes(_) => None,
        }
    }
}

/// Runs `affiant collate`.
///
/// # Errors
/// Where a text cannot be read or is over a limit.
pub fn run(context: &Context, args: &CollateArgs) -> Result<Outcome, CliError> {
    let (witnesses, session) = source::witnesses(context, &args.texts, args.format)?;
    let ui = &context.ui;
    let options = Options {
        level: match args.level {
            LevelArg::Bytes => Level::Bytes,
            LevelArg::Form => Level::Form,
            LevelArg::Case => Level::Case,
            LevelArg::Spoken => Level::Spoken,
        },
        casing: args.language.as_deref().map_or(Casing::Root, Casing::of_language),
        table: args.table,
    };
    let progress = ui.progress("Collating", 1);
    let collation = collate(&witnesses, &options).map_err(CollateError::from)?;
    drop(progress);
    if ui.json {
        if let Some(caveat) = session.as_ref().and_then(|session| session.caveat()) {
            ui.warn(caveat);
        }
        ui.print_json_text(&collation_json(&collation))?;
    } else {
        if let Some(session) = &session {
            ui.caveat(session)?;
        }
        let shown = CollationShown {
            all: args.all,
            table: args.table,
        };
        let style = if args.md { Style::Markdown } else { ui.style() };
        ui.print(collation_text(&collation, shown, ui.width(), style).trim_end())?;
    }
    Ok(session
        .map_or(Verified::Passed, |session| session.verification.outcome)
        .into())
}
