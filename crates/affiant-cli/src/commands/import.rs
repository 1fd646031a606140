//! `affiant import`: every record of a case file, all or none.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use affiant_case::{Case, ExhibitSource, MAX_CASE_FILE};
use clap::Args;

use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::session::{Recorder, RecordingError};

/// Arguments of `affiant import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// A case file; the exhibits that it names are looked for from its folder
    file: PathBuf,

    /// Take exhibits from this folder and those below it; the case file's own folder where it is not given
    #[arg(long, value_name = "DIR")]
    exhibits_from: Option<PathBuf>,

    /// Sign with this key of yours instead of the default one
    #[arg(long, value_name = "NAME")]
    key: Option<String>,
}

/// Why a file was not read as a case file.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Bytes that are no text.
    #[error("{}: line {line} is not UTF-8 text, and a case file is", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// The first line with such bytes, counted from 1.
        line: usize,
    },
}

impl ImportError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            ImportError::NotText { .. } => Some("save it as UTF-8 in your editor, and look at its letters again"),
        }
    }
}

/// Runs `affiant import`.
///
/// # Errors
/// Whatever is wrong with the file or its exhibits; nothing was recorded then.
pub fn run(context: &Context, args: &ImportArgs) -> Result<Outcome, CliError> {
    let text = read(&args.file)?;
    let file = affiant_case::parse(&text, &args.file.display().to_string()).map_err(RecordingError::Case)?;
    let summary = file.case.summary();
    let base = args.file.parent().unwrap_or(Path::new(""));
    check_exhibits(&file.case, base, args.exhibits_from.as_deref().unwrap_or(base))?;
    let mut recorder = Recorder::open(context, args.key.as_deref())?;
    let recorded = recorder.record_file(file, base)?;
    let ui = &context.ui;
    if ui.json {
        ui.print_json(&recorded)?;
        return Ok(Outcome::Passed);
    }
    ui.print(format_args!("Recorded {summary}."))?;
    ui.say("Next: affiant list, affiant compare");
    Ok(Outcome::Passed)
}

/// A case file may come from a stranger: it names no file of this computer that its reader
/// did not mean to sign.
fn check_exhibits(case: &Case, base: &Path, allowed: &Path) -> Result<(), CliError> {
    let here = |path: &Path| {
        if path.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            path.to_owned()
        }
    };
    let allowed = here(allowed);
    let failed = |path: &Path, source| CliError::Read {
        path: path.to_owned(),
        source,
    };
    let root = allowed.canonicalize().map_err(|source| failed(&allowed, source))?;
    for draft in &case.exhibits {
        let ExhibitSource::File { path, .. } = &draft.source else {
            continue;
        };
        let path = base.join(path);
        let full = path.canonicalize().map_err(|source| failed(&path, source))?;
        if !full.starts_with(&root) {
            return Err(RecordingError::ExhibitElsewhere { path, allowed }.into());
        }
    }
    Ok(())
}

/// The text of a case file. Of a file that is too long, as much as shows that it is.
fn read(path: &Path) -> Result<String, CliError> {
    let failed = |source| CliError::Read {
        path: path.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    if !std::fs::metadata(path).map_err(failed)?.is_file() {
        return Err(failed(std::io::Error::other("not a plain file")));
    }
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(MAX_CASE_FILE as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() > MAX_CASE_FILE {
        // Cut wherever it is cut, it is too long before it is anything else.
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = sound.iter().filter(|byte| **byte == b'\n').count() + 1;
        ImportError::NotText {
            path: path.to_owned(),
            line,
        }
        .into()
    })
}
