//! `affiant trust`: whose keys and archives you have reason to believe, and how you learnt them.

use std::path::PathBuf;

use affiant::check::Outcome as CheckOutcome;
use affiant::key::VerifyingKey;
use affiant::verify::{PinnedArchive, PinnedKey};
use affiant_tlog::note::VerifierKey;
use clap::{Args, Subcommand};

use crate::commands::Context;
use crate::commands::verify::verify_path;
use crate::error::{CliError, Outcome};
use crate::pins;
use crate::ui::visible;

/// Arguments of `affiant trust`.
#[derive(Debug, Args)]
pub struct TrustArgs {
    #[command(subcommand)]
    command: TrustCommand,
}

#[derive(Debug, Subcommand)]
enum TrustCommand {
    /// Pin a person's key, or the log of an archive
    Add(AddArgs),
    /// List what you have pinned
    List,
    /// Take a pin back
    Remove(RemoveArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    /// A fingerprint (SHA256:…) or a log's vkey that a file shows, with --from; or a whole public key, "ssh-ed25519
    /// AAAA…", or a whole vkey
    what: String,

    /// The archive or bundle in which the fingerprint stands
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,

    /// Whose key it is
    #[arg(long)]
    name: Option<String>,

    /// How you learnt it, as "read over the telephone on 3 March"
    #[arg(long)]
    how: Option<String>,
}

#[derive(Debug, Args)]
struct RemoveArgs {
    /// The fingerprint of a key, the name you gave it, or the origin of a log
    what: String,
}

/// Why nothing was pinned or taken back.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// Neither a key nor a log key.
    #[error(
        "{0:?} is neither a public key (ssh-ed25519 AAAA…) nor a log key (origin+id+key) nor a fingerprint (SHA256:…)"
    )]
    NotAKey(String),
    /// A fingerprint alone does not give the key.
    #[error("a fingerprint alone does not give the key")]
    FingerprintAlone,
    /// The file shows no such key.
    #[error("{} shows no key {what}", path.display())]
    NotInFile {
        /// The file.
        path: PathBuf,
        /// The fingerprint.
        what: String,
    },
    /// What is in the file does not hold together.
    #[error("{} does not verify, so no key is taken from it", .0.display())]
    FileFailed(PathBuf),
    /// There is no such pin.
    #[error("you have pinned nothing called {0:?}")]
    NoSuchPin(String),
}

impl TrustError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            TrustError::NotAKey(_) => Some("`affiant verify PATH` prints what to type for a file you were sent"),
            TrustError::FingerprintAlone => Some("say in which file it stands: --from PATH"),
            TrustError::FileFailed(_) => Some("see what is wrong with it: affiant verify PATH"),
            TrustError::NotInFile { .. } | TrustError::NoSuchPin(_) => Some("see what there is: affiant trust list"),
        }
    }
}

/// Runs `affiant trust`.
///
/// # Errors
/// Where the pins cannot be read or written, or what is named is not there.
pub fn run(context: &Context, args: TrustArgs) -> Result<Outcome, CliError> {
    match args.command {
        TrustCommand::Add(args) => add(context, args),
        TrustCommand::List => list(context),
        TrustCommand::Remove(args) => remove(context, &args),
    }
}

/// What is to be pinned.
enum Found {
    Key(VerifyingKey),
    Log(VerifierKey),
}

fn add(context: &Context, args: AddArgs) -> Result<Outcome, CliError> {
    let found = find(&args)?;
    let dirs = context.env.dirs()?;
    let mut trust = pins::read_own(dirs)?;
    let how = match args.how {
        Some(how) => how,
        None => context.ui.prompt(
            "How did you learn that it is theirs? (as: read over the telephone)",
            "--how TEXT",
        )?,
    };
    let said = match found {
        Found::Log(key) => {
            let said = format!("Pinned the log {}.", visible(key.name()));
            pins::pin_archive(
                &mut trust,
                PinnedArchive {
                    vkey: key.to_string(),
                    how,
                },
            );
            said
        }
        Found::Key(key) => {
            let name = match args.name {
                Some(name) => name,
                None => context.ui.prompt("Whose key is it?", "--name NAME")?,
            };
            let said = format!("Pinned {} as the key of {}.", key.fingerprint(), visible(&name));
            pins::pin_key(
                &mut trust,
                PinnedKey {
                    key: key.to_openssh_line(""),
                    name,
                    how,
                },
            );
            said
        }
    };
    pins::write_own(dirs, &trust)?;
    context.ui.say(said);
    Ok(Outcome::Passed)
}

/// The key that was named, out of the words themselves or out of the file that shows it.
fn find(args: &AddArgs) -> Result<Found, CliError> {
    let what = args.what.trim();
    if let Ok(key) = VerifyingKey::from_openssh_line(what) {
        return Ok(Found::Key(key));
    }
    if let Ok(key) = what.parse::<VerifierKey>() {
        return Ok(Found::Log(key));
    }
    if !what.starts_with("SHA256:") {
        return Err(TrustError::NotAKey(what.to_owned()).into());
    }
    let path = args.from.clone().ok_or(TrustError::FingerprintAlone)?;
    let verification = verify_path(&path, &affiant::verify::Trust::default(), None, None)?;
    if verification.outcome == CheckOutcome::Failed {
        return Err(TrustError::FileFailed(path).into());
    }
    let signer = verification.signers.iter().find(|signer| signer.fingerprint == what);
    let key = signer.and_then(|signer| VerifyingKey::from_openssh_line(&signer.key).ok());
    key.map(Found::Key).ok_or_else(|| {
        TrustError::NotInFile {
            path,
            what: what.to_owned(),
        }
        .into()
    })
}

fn list(context: &Context) -> Result<Outcome, CliError> {
    let trust = pins::read_own(context.env.dirs()?)?;
    if context.ui.json {
        context.ui.print_json(&trust)?;
        return Ok(Outcome::Passed);
    }
    if trust == affiant::verify::Trust::default() {
        context.ui.say("You have pinned nothing yet.");
    }
    for pin in &trust.archives {
        context.ui.print(format_args!(
            "log  {}\n     learnt: {}",
            visible(&pin.vkey),
            visible(&pin.how)
        ))?;
    }
    for pin in &trust.keys {
        let fingerprint =
            VerifyingKey::from_openssh_line(&pin.key).map_or_else(|error| error.to_string(), |key| key.fingerprint());
        context.ui.print(format_args!(
            "key  {fingerprint}  {}\n     learnt: {}",
            visible(&pin.name),
            visible(&pin.how)
        ))?;
    }
    Ok(Outcome::Passed)
}

fn remove(context: &Context, args: &RemoveArgs) -> Result<Outcome, CliError> {
    let dirs = context.env.dirs()?;
    let mut trust = pins::read_own(dirs)?;
    let before = trust.archives.len() + trust.keys.len();
    let is_log = |pin: &PinnedArchive| pin.vkey == args.what || pin.vkey.split('+').next() == Some(args.what.as_str());
    let is_key = |pin: &PinnedKey| {
        let fingerprint = VerifyingKey::from_openssh_line(&pin.key).map(|key| key.fingerprint());
        pin.name == args.what || pin.key == args.what || fingerprint.as_ref() == Ok(&args.what)
    };
    trust.archives.retain(|pin| !is_log(pin));
    trust.keys.retain(|pin| !is_key(pin));
    let removed = before - trust.archives.len() - trust.keys.len();
    if removed == 0 {
        return Err(TrustError::NoSuchPin(args.what.clone()).into());
    }
    pins::write_own(dirs, &trust)?;
    context.ui.say(format_args!("Took back {removed}."));
    Ok(Outcome::Passed)
}
