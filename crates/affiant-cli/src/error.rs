//! How a command ends: its outcome or its error, what is said of it, and the exit code.
//!
//! ```text
//! error: there is no key named "court"
//! hint: see them with: affiant key list
//! ```
//!
//! A forged record is no error: a command that found one ends well, with [`Outcome::Failed`].

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use affiant::key::SignError;

use affiant::verify::SourceError;
use affiant_store::StoreError;

use crate::commands::bundle::BundleError;
use crate::commands::collate::CollateError;
use crate::commands::compare::CompareError;
use crate::commands::demo::DemoError;
use crate::commands::import::ImportError;
use crate::commands::quote::QuoteError;
use crate::commands::record::RecordError;
use crate::commands::record::people::PeopleError;
use crate::commands::relate::RelateError;
use crate::commands::show::ShowError;
use crate::commands::trust::TrustError;
use crate::commands::verify::VerifyError;
use crate::env::EnvError;
use crate::keys::{ExportError, KeyringError};
use crate::ledger::LookupError;
use crate::pins::PinsError;
use crate::session::RecordingError;

/// What a command that ran to its end found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All that was checked passed, or there was nothing to check.
    Passed,
    /// Something was checked and is not as it should be.
    Failed,
    /// Something could be neither proven nor refuted with what is here.
    Indeterminate,
}

impl From<affiant::check::Outcome> for Outcome {
    fn from(outcome: affiant::check::Outcome) -> Outcome {
        match outcome {
            affiant::check::Outcome::Passed => Outcome::Passed,
            affiant::check::Outcome::Failed => Outcome::Failed,
            affiant::check::Outcome::Indeterminate => Outcome::Indeterminate,
        }
    }
}

/// An exit code of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit(u8);

/// The exit code where the arguments are wrong: nothing was checked.
pub const USAGE: Exit = Exit(2);

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.0)
    }
}

/// The exit code of a command, decided here and nowhere else.
pub fn exit_code(result: &Result<Outcome, CliError>) -> Exit {
    match result {
        Ok(Outcome::Passed) => Exit(0),
        Ok(Outcome::Failed) => Exit(1),
        Err(_) => Exit(2),
        Ok(Outcome::Indeterminate) => Exit(3),
    }
}

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// Standard output cannot be written.
    #[error("standard output cannot be written: {0}")]
    Output(#[source] io::Error),
    /// Something is missing and there is no terminal to ask on.
    #[error("\"{question}\" cannot be asked here, as this is not a terminal")]
    NotATerminal {
        /// What would have been asked.
        question: String,
        /// What answers it on the command line, as `--name NAME`.
        option: &'static str,
    },
    /// The input ended, or failed, where an answer was expected.
    #[error("there was no answer to \"{question}\"")]
    NoAnswer {
        /// What was asked.
        question: String,
        /// What answers it on the command line.
        option: &'static str,
    },
    /// A file cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file cannot be written.
    #[error("{} cannot be written: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The name of a file, which a record would have to bear, is not text.
    #[error("the name of the file {} is not UTF-8 text, so no record can bear it", .0.display())]
    NameNotText(PathBuf),
    /// The environment, the clock or randomness.
    #[error(transparent)]
    Env(#[from] EnvError),
    /// The user's keys, their files, passphrases and agent.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// A public key cannot be written in the form asked for.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The reader's pins.
    #[error(transparent)]
    Pins(#[from] PinsError),
    /// A pin to make or take back.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// Nothing that could be verified.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// A file of an archive that could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A bundle that was not written.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// Texts that were not collated.
    #[error(transparent)]
    Collate(#[from] CollateError),
    /// The demonstration.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// The archive on its disk.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was to be recorded.
    #[error(transparent)]
    Recording(#[from] RecordingError),
    /// A statement, before it was recorded.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// Somebody's name.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// A link, before it was recorded.
    #[error(transparent)]
    Relate(#[from] RelateError),
    /// Two statements to put side by side.
    #[error(transparent)]
    Compare(#[from] CompareError),
    /// A file to import.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// A record to show.
    #[error(transparent)]
    Show(#[from] ShowError),
    /// A quotation, or the texts to look for it in.
    #[error(transparent)]
    Quote(#[from] QuoteError),
    /// What names no record.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// A key did not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

impl CliError {
    /// What the user can do about it: at most one line of advice.
    pub fn hint(&self) -> Option<String> {
        match self {
            CliError::NotATerminal { option, .. } | CliError::NoAnswer { option, .. } => {
                Some(format!("give it as {option}"))
            }
            CliError::NameNotText(_) => Some("copy it to a name in plain letters, and record the copy".to_owned()),
            CliError::Env(error) => error.hint().map(str::to_owned),
            CliError::Keyring(error) => error.hint(),
            CliError::Export(error) => error.hint().map(str::to_owned),
            CliError::Trust(error) => error.hint().map(str::to_owned),
            CliError::Record(error) => error.hint().map(str::to_owned),
            CliError::People(error) => error.hint().map(str::to_owned),
            CliError::Relate(error) => error.hint().map(str::to_owned),
            CliError::Compare(error) => error.hint(),
            CliError::Import(error) => error.hint().map(str::to_owned),
            CliError::Show(error) => error.hint().map(str::to_owned),
            CliError::Quote(error) => error.hint().map(str::to_owned),
            CliError::Lookup(error) => error.hint().map(str::to_owned),
            CliError::Collate(error) => error.hint().map(str::to_owned),
            CliError::Bundle(error) => error.hint().map(str::to_owned),
            CliError::Store(error) => error.hint().map(str::to_owned),
            CliError::Recording(error) => error.hint().map(str::to_owned),
            CliError::Pins(_)
            | CliError::Demo(_)
            | CliError::Verify(_)
            | CliError::Source(_)
            | CliError::Output(_)
            | CliError::Read { .. }
            | CliError::Write { .. }
            | CliError::Sign(_) => None,
        }
    }

    /// What is wrong, each thing a line of its own.
    pub fn lines(&self) -> Vec<String> {
        match self {
            CliError::Recording(RecordingError::Case(faults)) => faults.iter().map(ToString::to_string).collect(),
            _ => vec![self.to_string()],
        }
    }

    /// Whether to say nothing: whoever read our output has stopped reading, as `head` does.
    pub fn is_silent(&self) -> bool {
        matches!(self, CliError::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// The last part of a path as text, for a record to bear.
///
/// # Errors
/// [`CliError::NameNotText`].
pub fn file_name(path: &Path) -> Result<&str, CliError> {
    path.file_name()
        .and_then(|name| name.to_str())
        .ok_or_else(|| CliError::NameNotText(path.to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    #[test]
    fn the_exit_codes_are_those_of_the_documentation() {
        assert_eq!(exit_code(&Ok(Outcome::Passed)), Exit(0));
        assert_eq!(exit_code(&Ok(Outcome::Failed)), Exit(1));
        assert_eq!(exit_code(&Err(CliError::Env(EnvError::NoHome))), Exit(2));
        assert_eq!(exit_code(&Ok(Outcome::Indeterminate)), Exit(3));
    }

    #[test]
    fn a_name_that_is_not_text_is_refused_and_not_repaired() {
        let path = Path::new("letters").join(OsStr::from_bytes(b"m\xe9moire.pdf"));
        let error = file_name(&path).unwrap_err();
        assert!(error.to_string().contains("not UTF-8"), "{error}");
        assert_eq!(file_name(Path::new("letters/məktub.pdf")).unwrap(), "məktub.pdf");
    }
}
