//! `affiant verify`: an archive, a bundle or one envelope, from nothing but its bytes.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use affiant::archive::PENDING;
use affiant::bundle::{FORMAT, MAX_BUNDLE};
use affiant::check::Outcome as CheckOutcome;
use affiant::verify::{self, Options, Trust, Verification, Verified};
use affiant_report::verification_text;
use affiant_store::{ArchiveDir, DirSource};
use affiant_tlog::checkpoint::Checkpoint;
use clap::Args;

use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::pins;
use crate::seen;
use crate::ui::{Progress, Ui};

/// How often an archive is read again that somebody appends to meanwhile.
const MAX_READINGS: usize = 6;
/// How long is waited before it is read again.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(150);

/// Arguments of `affiant verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// An archive, a bundle or an envelope; nothing is written to it
    path: PathBuf,

    /// Believe what this file pins instead of what you have pinned yourself
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
}

/// Why there was nothing to verify.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Not something that this program makes.
    #[error("{} is neither an archive nor a bundle nor an envelope of Affiant", .0.display())]
    NotOurs(PathBuf),
    /// A folder that is no archive.
    #[error("{} is a folder and no archive: it has no checkpoint, archive.toml or records", .0.display())]
    NoArchive(PathBuf),
    /// Longer than anything that this program makes.
    #[error("{} is longer than the {MAX_BUNDLE} bytes of the largest bundle", .0.display())]
    TooLong(PathBuf),
    /// Bytes that could not be read.
    #[error("in {}: {source}", path.display())]
    Source {
        /// The archive.
        path: PathBuf,
        /// Which file, and why.
        source: verify::SourceError,
    },
}

/// Runs `affiant verify`.
///
/// # Errors
/// Where there is nothing that could be verified.
pub fn run(context: &Context, args: &VerifyArgs) -> Result<Outcome, CliError> {
    let trust = match (&args.trust, context.env.dirs()) {
        (Some(file), _) => pins::read(file)?,
        (None, Ok(dirs)) => pins::read_own(dirs)?,
        (None, Err(_)) => Trust::default(),
    };
    let seen = seen::last(context, &args.path);
    let verification = verify_path(&args.path, &trust, seen.as_ref(), Some(&context.ui))?;
    let own_pins = args.trust.is_none();
    if own_pins && verification.verified == Verified::Archive && verification.outcome == CheckOutcome::Passed {
        seen::remember(context, &args.path, &verification);
    }
    show(context, &verification, &args.path)?;
    Ok(verification.outcome.into())
}

/// Prints a verification as the person, or the pipe, wants it.
///
/// # Errors
/// Where standard output cannot be written.
pub fn show(context: &Context, verification: &Verification, path: &Path) -> Result<(), CliError> {
    if context.ui.json {
        context.ui.print_json(verification)
    } else {
        let text = verification_text(verification, &path.display().to_string(), context.ui.width());
        context.ui.print(text.trim_end())
    }
}

/// Verifies what lies at `path`.
///
/// # Errors
/// Where nothing there could be verified. What is wrong with it is in the verification.
pub fn verify_path(
    path: &Path,
    trust: &Trust,
    seen: Option<&Checkpoint>,
    ui: Option<&Ui>,
) -> Result<Verification, CliError> {
    let failed = |source| CliError::Read {
        path: path.to_owned(),
        source,
    };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return verify_archive(path, trust, seen, ui);
    }
    // A pipe would keep us waiting for ever.
    if !metadata.is_file() {
        return Err(VerifyError::NotOurs(path.to_owned()).into());
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(MAX_BUNDLE as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() > MAX_BUNDLE {
        return Err(VerifyError::TooLong(path.to_owned()).into());
    }
    match sniff(&bytes) {
        Some(Verified::Bundle) => Ok(verify::bundle(&bytes, trust)),
        Some(_) => Ok(verify::envelope(&bytes, trust)),
        None => Err(VerifyError::NotOurs(path.to_owned()).into()),
    }
}

fn verify_archive(
    path: &Path,
    trust: &Trust,
    seen: Option<&Checkpoint>,
    ui: Option<&Ui>,
) -> Result<Verification, CliError> {
    if !["checkpoint", "archive.toml", "records"]
        .iter()
        .any(|name| path.join(name).exists())
    {
        return Err(VerifyError::NoArchive(path.to_owned()).into());
    }
    // Whoever appends meanwhile makes and replaces files that were about to be read.
    let state = || {
        let head = ArchiveDir::open(path).and_then(|dir| dir.unverified_checkpoint()).ok();
        (head.map(|(note, _)| note.to_string()), path.join(PENDING).exists())
    };
    for _ in 1..MAX_READINGS {
        let before = state();
        let verification = read_once(path, trust, seen, ui)?;
        let quiet = before == state() && !before.1;
        if verification.outcome != CheckOutcome::Failed || quiet {
            return Ok(verification);
        }
        std::thread::sleep(PAUSE);
    }
    read_once(path, trust, seen, ui)
}

fn read_once(path: &Path, trust: &Trust, seen: Option<&Checkpoint>, ui: Option<&Ui>) -> Result<Verification, CliError> {
    let mut bar = Bar {
        ui,
        bar: None,
        of: 0,
        done: 0,
    };
    let mut source = DirSource::new(path, |done, of| bar.set(done, of));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let result = verify::archive(&mut source, &Options { trust, seen, threads });
    result.map_err(|source| {
        VerifyError::Source {
            path: path.to_owned(),
            source,
        }
        .into()
    })
}

/// One progress bar after another: a new total is a new phase.
struct Bar<'a> {
    ui: Option<&'a Ui>,
    bar: Option<Progress>,
    of: u64,
    done: u64,
}

impl Bar<'_> {
    fn set(&mut self, done: u64, of: u64) {
        let Some(ui) = self.ui else { return };
        if of != self.of || done < self.done {
            (self.bar, self.of, self.done) = (None, of, 0);
        }
        let bar = self.bar.get_or_insert_with(|| ui.progress("Verifying", of));
        bar.advance(done.saturating_sub(self.done));
        self.done = done;
    }
}

/// What a file says that it is.
fn sniff(bytes: &[u8]) -> Option<Verified> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    if value.get("format").is_some_and(|format| format == FORMAT) || value.get("records").is_some() {
        return Some(Verified::Bundle);
    }
    value.get("payloadType").is_some().then_some(Verified::Envelope)
}
