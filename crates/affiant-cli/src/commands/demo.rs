//! `affiant demo`: the case that the project was born from, made afresh, verified and compared.

use std::path::{Path, PathBuf};

use affiant::check::Outcome as CheckOutcome;
use affiant::compare::{Ask, compare};
use affiant::encode::hex;
use affiant::key::{Signer as _, SigningKey};
use affiant_report::compare_text;
use affiant_store::ArchiveDir;
use clap::Args;

use crate::commands::init::{NewArchive, Origin, create_with};
use crate::commands::{Context, verify};
use crate::error::{CliError, Outcome};
use crate::keys::LogSigner;
use crate::ledger::Ledger;
use crate::pins;
use crate::session::Recorder;
use crate::ui::visible;

/// Arguments of `affiant demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where the archive is made; a new folder affiant-demo here, where it is not given
    dir: Option<PathBuf>,
}

/// The folder that is made where none is named.
const FOLDER: &str = "affiant-demo";
/// How many folders of that name are tried.
const MAX_FOLDERS: u32 = 100;
/// The question with which the demonstration begins.
const QUESTION: &str = "P02";

/// The case file and its exhibits, by their paths in `fixtures/`.
const FILES: &[(&str, &[u8])] = &include!("demo/files.rs");

/// Why there was no demonstration.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The archive that was made does not verify.
    #[error("the archive that was made in {} does not verify: this is a fault of the program", .0.display())]
    Failed(PathBuf),
}

/// Runs `affiant demo`.
///
/// # Errors
/// Where the folder is not empty or cannot be written.
pub fn run(context: &Context, args: DemoArgs) -> Result<Outcome, CliError> {
    let ui = &context.ui;
    let dir = args.dir.unwrap_or_else(free_folder);
    context.outside_archives(&dir)?;
    ui.say("Signing the case of Mehman Huseynov, as one article tells it, with keys made for this run …");
    make(context, &dir)?;
    let verification = verify::verify_path(&dir, &pins::read_own(context.env.dirs()?)?, None, Some(ui))?;
    let ledger = Ledger::read(&dir, &verification)?;
    let question = ledger.find_kind(QUESTION, "proposition")?;
    let comparison = compare(&ledger.case(), &Ask::one(question.id));
    if ui.json {
        ui.print_json(&serde_json::json!({ "archive": dir, "verification": verification, "comparison": comparison }))?;
    } else {
        let shown = dir.display().to_string();
        ui.print(affiant_report::verification_text(&verification, &shown, ui.width()).trim_end())?;
        ui.print("")?;
        ui.print(compare_text(&comparison, ui.width(), ui.style()).trim_end())?;
        ui.print(next(&shown))?;
    }
    if verification.outcome != CheckOutcome::Passed {
        return Err(DemoError::Failed(dir).into());
    }
    Ok(Outcome::Passed)
}

/// Makes the archive. Its keys are kept nowhere: nobody can add to a demonstration.
fn make(context: &Context, dir: &Path) -> Result<(), CliError> {
    let env = &context.env;
    let signer = SigningKey::from_seed(&*env.random()?);
    let log = SigningKey::from_seed(&*env.random()?);
    let suffix = env.random::<8>()?;
    let origin = Origin {
        name: format!("affiant.local/demo-{}", hex::encode(suffix.as_ref())),
        log_key: log.verifying_key().clone(),
    };
    let new = NewArchive {
        dir,
        archive_name: "Huseynov, a demonstration",
        name: "The demonstration",
        capacity: "recorder",
    };
    let log = LogSigner::of(Box::new(log));
    create_with(context, &new, &origin, &signer, &log)?;
    let files = tempfile::tempdir().map_err(|source| CliError::Write {
        path: std::env::temp_dir(),
        source,
    })?;
    for (path, bytes) in FILES {
        let full = files.path().join(path);
        let written = full
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&full, bytes));
        written.map_err(|source| CliError::Write { path: full, source })?;
    }
    let case = files.path().join("cases/huseynov/case.toml");
    let text = std::fs::read_to_string(&case).map_err(|source| CliError::Read {
        path: case.clone(),
        source,
    })?;
    let case_file = affiant_case::parse(&text, "case.toml").map_err(crate::session::RecordingError::Case)?;
    let archive = ArchiveDir::open(dir)?;
    let mut recorder = Recorder::with(context, &archive, Box::new(signer), log)?;
    recorder.record_file(case_file, case.parent().expect("a file in a folder"))?;
    Ok(())
}

/// The first folder of the usual name that is not there yet.
fn free_folder() -> PathBuf {
    let numbered = |number: u32| {
        PathBuf::from(if number == 1 {
            FOLDER.to_owned()
        } else {
            format!("{FOLDER}-{number}")
        })
    };
    (1..MAX_FOLDERS)
        .map(numbered)
        .find(|folder| !folder.exists())
        .unwrap_or_else(|| numbered(MAX_FOLDERS))
}

fn next(dir: &str) -> String {
    let dir = visible(dir);
    format!(
        "
Next, type
  affiant -C {dir} compare            every question, and where accounts part
  affiant -C {dir} show S03 --path    how the photographed letter reached us
  affiant -C {dir} list milk          what is said of milk
  affiant -C {dir} bundle S02 -o s02.affiant --all
  affiant verify s02.affiant
and for an archive of your own
  affiant init my-case"
    )
}
