//! `affiant verify`: an archive, a bundle or one envelope, from nothing but its bytes.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use affiant::bundle::{FORMAT, MAX_BUNDLE};
use affiant::check::Outcome as CheckOutcome;
use affiant::verify::{self, Options, Trust, Verification, Verified};
use affiant_report::verification_text;
use affiant_store::DirSource;
use affiant_tlog::checkpoint::Checkpoint;
use clap::Args;

use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::pins;
use crate::ui::{Progress, Ui};

/// How often an archive is read again that somebody appends to meanwhile.
const MAX_READINGS: usize = 4;

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
    let seen = context
        .env
        .dirs()
        .ok()
        .and_then(|dirs| last_seen(&dirs.state, &args.path));
    let verification = verify_path(&args.path, &trust, seen.as_ref(), Some(&context.ui))?;
    if verification.verified == Verified::Archive && verification.outcome == CheckOutcome::Passed {
        remember(context, &args.path);
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
    if std::fs::metadata(path).map_err(failed)?.is_dir() {
        return verify_archive(path, trust, seen, ui);
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
    let head = || std::fs::read(path.join("checkpoint")).ok();
    for _ in 1..MAX_READINGS {
        let before = head();
        let verification = read_once(path, trust, seen, ui)?;
        // Whoever appends meanwhile replaces files that were about to be read.
        if verification.outcome != CheckOutcome::Failed || before == head() {
            return Ok(verification);
        }
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

/// The last head of this log that the user saw, if any.
fn last_seen(state: &Path, archive: &Path) -> Option<Checkpoint> {
    let head = std::fs::read(archive.join("checkpoint")).ok()?;
    let origin = affiant_tlog::note::Note::parse(&head).ok()?;
    let origin = Checkpoint::parse_unverified(origin.unverified_text())
        .ok()?
        .origin()
        .to_owned();
    let seen = std::fs::read(seen_file(state, &origin)).ok()?;
    let note = affiant_tlog::note::Note::parse(&seen).ok()?;
    Checkpoint::parse_unverified(note.unverified_text()).ok()
}

/// Where the last head seen of a log is kept.
fn seen_file(state: &Path, origin: &str) -> PathBuf {
    state
        .join("seen")
        .join(affiant::digest::Digest::of(origin.as_bytes()).to_hex())
}

/// Remembers the head of a log whose key the user has pinned. Where that cannot be written,
/// as on a machine without a home, the verification stands all the same.
fn remember(context: &Context, archive: &Path) {
    let Ok(dirs) = context.env.dirs() else { return };
    let Ok(head) = std::fs::read(archive.join("checkpoint")) else {
        return;
    };
    let Some(origin) = affiant_tlog::note::Note::parse(&head)
        .ok()
        .and_then(|note| Checkpoint::parse_unverified(note.unverified_text()).ok())
        .map(|head| head.origin().to_owned())
    else {
        return;
    };
    let file = seen_file(&dirs.state, &origin);
    let kept = file
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(&file, &head));
    if let Err(error) = kept {
        context
            .ui
            .warn(format_args!("the head of this log could not be remembered: {error}"));
    }
}
