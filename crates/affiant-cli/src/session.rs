//! The archive that a command works in: found, verified and read; or opened to record in.
//!
//! Reading verifies first and takes the findings over, so that nothing is shown as more than
//! it is. Recording stages exhibits, makes records of a case, has them signed and appends
//! them, all or none.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use affiant::digest::Digest;
use affiant::envelope::seal;
use affiant::key::Signer;
use affiant::record::{ExhibitId, Label, PartyId, RecordId};
use affiant::verify::Verification;
use affiant_case::{
    Archived, ArchivedRecord, Case, CaseError, CaseFile, ExhibitDraft, ExhibitFacts, ExhibitSource, StagedExhibits,
};
use affiant_inspect::picture;
use affiant_store::{ArchiveDir, Heads, NewRecord, StagedExhibit, Writer};

use crate::commands::Context;
use crate::commands::verify::verify_path;
use crate::error::{CliError, file_name};
use crate::keys::LogSigner;
use crate::ledger::Ledger;
use crate::pins;
use crate::seen;

/// The largest picture that is decoded when it is taken in, in bytes. A larger one is kept
/// all the same.
const MAX_PICTURE: u64 = 128 * 1024 * 1024;
/// How much of a file is looked at to tell its media type, in bytes.
const SNIFFED: u64 = 8192;

/// Why nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// What is to be recorded has faults.
    #[error("{}", list(.0))]
    Case(Vec<CaseError>),
    /// The signing key is not one of the archive's.
    #[error("the key {0} is not enrolled in this archive, so nothing would show whose signature it is")]
    NotEnrolled(String),
    /// A file or folder that would lie in an archive.
    #[error("{} would lie in the archive {}, where it would be a finding", path.display(), archive.display())]
    InsideArchive {
        /// What was to be made.
        path: PathBuf,
        /// The archive.
        archive: PathBuf,
    },
    /// An exhibit that a case file names outside of its folder.
    #[error("the case file names {}, which is not in {}", path.display(), allowed.display())]
    ExhibitElsewhere {
        /// The exhibit's file.
        path: PathBuf,
        /// Where exhibits are taken from.
        allowed: PathBuf,
    },
    /// A record could not be sealed.
    #[error("{label}: {source}")]
    Seal {
        /// The record.
        label: Label,
        /// Why.
        source: affiant::envelope::SealError,
    },
}

impl RecordingError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            RecordingError::NotEnrolled(_) => Some("sign with another key: --key NAME"),
            RecordingError::InsideArchive { .. } => Some("name a place outside of the archive"),
            RecordingError::ExhibitElsewhere { .. } => {
                Some("look at what it is; then say from where exhibits may be taken: --exhibits-from DIR")
            }
            RecordingError::Case(_) | RecordingError::Seal { .. } => None,
        }
    }
}

fn list(errors: &[CaseError]) -> String {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    lines.join("\n       ")
}

/// An archive that was verified and read.
pub struct Session {
    /// Where it lies.
    pub dir: ArchiveDir,
    /// What the library found.
    pub verification: Verification,
    /// Its records.
    pub ledger: Ledger,
}

impl Context {
    /// The archive that was named, or the one around the current folder.
    ///
    /// # Errors
    /// Where there is none.
    pub fn archive_dir(&self) -> Result<ArchiveDir, CliError> {
        Ok(match (&self.archive, &self.env.current_dir) {
            (Some(named), _) => ArchiveDir::open(named)?,
            (None, Some(here)) => ArchiveDir::find(here)?,
            (None, None) => ArchiveDir::find(Path::new("."))?,
        })
    }

    /// The archive, verified and read.
    ///
    /// # Errors
    /// Where there is none, or a file of it cannot be read.
    pub fn session(&self) -> Result<Session, CliError> {
        let dir = self.archive_dir()?;
        let trust = match &self.env.dirs {
            Some(dirs) => pins::read_own(dirs)?,
            None => affiant::verify::Trust::default(),
        };
        let seen = seen::last(self, dir.root());
        let verification = verify_path(dir.root(), &trust, seen.as_ref(), Some(&self.ui))?;
        let ledger = Ledger::read(dir.root(), &verification)?;
        Ok(Session {
            dir,
            verification,
            ledger,
        })
    }

    /// Refuses to make anything in an archive, where every file that is not the archive's is
    /// a finding.
    ///
    /// # Errors
    /// Where `path`, or the nearest folder above it that is there, lies in an archive.
    pub fn outside_archives(&self, path: &Path) -> Result<(), CliError> {
        let full = match &self.env.current_dir {
            Some(here) => here.join(path),
            None => path.to_owned(),
        };
        let there = full.ancestors().skip(1).find_map(|folder| folder.canonicalize().ok());
        match there.map(|folder| ArchiveDir::find(&folder)) {
            Some(Ok(dir)) => Err(RecordingError::InsideArchive {
                path: path.to_owned(),
                archive: dir.root().to_owned(),
            }
            .into()),
            _ => Ok(()),
        }
    }

    /// Where the last heads that were written are kept.
    ///
    /// # Errors
    /// Where the user has no home directory.
    pub fn heads(&self) -> Result<Heads, CliError> {
        Ok(Heads::new(&self.env.dirs()?.state.join("heads")))
    }

    /// Who writes, for the one who finds the archive locked.
    ///
    /// # Errors
    /// Where the clock cannot be right.
    pub fn writer_name(&self) -> Result<String, CliError> {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let user = self.env.user.clone().unwrap_or_else(|| "unknown".to_owned());
        let host = match host.trim() {
            "" => "unknown",
            host => host,
        };
        Ok(format!(
            "process {}, user {user}, on {host}, since {}",
            std::process::id(),
            self.env.now()?
        ))
    }
}

/// Somebody who records in an archive.
pub struct Recorder<'c> {
    context: &'c Context,
    writer: Writer,
    signer: Box<dyn Signer>,
    log: LogSigner,
    party: PartyId,
    /// The archive as it was when it was opened.
    pub ledger: Ledger,
}

/// A record that was made.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Recorded {
    /// Its label.
    pub label: Label,
    /// Its id.
    pub id: RecordId,
    /// Its kind.
    pub kind: String,
    /// Its leaf index.
    pub leaf: u64,
}

impl<'c> Recorder<'c> {
    /// Opens the archive to record in it with the key named `key`, or the default key.
    ///
    /// # Errors
    /// Where the archive is locked, older than this user wrote it, or the key is not
    /// enrolled in it.
    pub fn open(context: &'c Context, key: Option<&str>) -> Result<Recorder<'c>, CliError> {
        let dir = context.archive_dir()?;
        let (_, archive, _) = dir.leaf0()?;
        let keyring = context.keyring()?;
        let signer = keyring.signer_for(key, &context.passphrases)?;
        let log = keyring.log_signer(&archive.origin, &context.passphrases)?;
        Recorder::with(context, &dir, signer, log)
    }

    /// Opens an archive to record in it with these signers.
    ///
    /// # Errors
    /// As [`Recorder::open`].
    pub fn with(
        context: &'c Context,
        dir: &ArchiveDir,
        signer: Box<dyn Signer>,
        log: LogSigner,
    ) -> Result<Recorder<'c>, CliError> {
        let writer = Writer::open(dir, context.heads()?, &context.writer_name()?, &mut |text| {
            log.sign_note(text)
        })?;
        let verification = verify_path(dir.root(), &affiant::verify::Trust::default(), None, Some(&context.ui))?;
        let ledger = Ledger::read(dir.root(), &verification)?;
        let enrolled = ledger.roster.keys().find(|(other, _)| *other == signer.verifying_key());
        let party = enrolled.map(|(_, party)| party);
        let party = party.ok_or_else(|| RecordingError::NotEnrolled(signer.verifying_key().fingerprint()))?;
        Ok(Recorder {
            context,
            writer,
            signer,
            log,
            party,
            ledger,
        })
    }

    /// The party that records.
    pub fn party(&self) -> PartyId {
        self.party
    }

    /// Records a case that was put together by a command: the paths of its exhibits are
    /// those that were typed.
    ///
    /// # Errors
    /// Whatever is wrong with it; nothing was recorded then.
    pub fn record(&mut self, case: Case) -> Result<Vec<Recorded>, CliError> {
        self.record_file(CaseFile::from(case), Path::new(""))
    }

    /// Records a case file, whose exhibits' paths are relative to `base`.
    ///
    /// # Errors
    /// As [`Recorder::record`].
    pub fn record_file(&mut self, mut file: CaseFile, base: &Path) -> Result<Vec<Recorded>, CliError> {
        let faults = affiant_case::check(&file.case);
        if faults.is_empty() {
            let staged = self.stage_all(&mut file.case, base)?;
            return self.record_staged(&file, &staged);
        }
        // Said by `build`, which knows the places in the file.
        self.record_staged(&file, &BTreeMap::new())
    }

    fn record_staged(&mut self, file: &CaseFile, staged: &BTreeMap<String, Staged>) -> Result<Vec<Recorded>, CliError> {
        let facts: BTreeMap<String, ExhibitFacts> = staged
            .iter()
            .map(|(handle, staged)| (handle.clone(), staged.facts.clone()))
            .collect();
        let env = &self.context.env;
        let failure = RefCell::new(None);
        let mut random = || match env.random::<16>() {
            Ok(bytes) => *bytes,
            Err(error) => {
                failure.borrow_mut().get_or_insert(error);
                [0; 16]
            }
        };
        let archived = ArchivedLedger {
            ledger: &self.ledger,
            dir: self.writer.dir(),
        };
        let mut context = affiant_case::Context {
            archive: self.writer.archive().0,
            recorded_at: env.now()?,
            key: self.signer.verifying_key().into(),
            party: self.party,
            archived: &archived,
            random: &mut random,
        };
        let mut read = |draft: &ExhibitDraft, range: Range<u64>| read_range(staged.get(&draft.id), range);
        let mut exhibits = StagedExhibits {
            facts: &facts,
            read: &mut read,
        };
        let built = affiant_case::build(file, &mut context, &mut exhibits).map_err(RecordingError::Case)?;
        if let Some(error) = failure.into_inner() {
            return Err(error.into());
        }
        let mut recorded = Vec::with_capacity(built.len());
        let mut records = Vec::with_capacity(built.len());
        let mut signing = self.context.ui.progress("Signing", built.len() as u64);
        for (leaf, new) in (self.writer.size()..).zip(built) {
            let label = new.record.common.label.clone();
            let sealed = seal(&new.record, &[&*self.signer]);
            let envelope = sealed.map_err(|source| RecordingError::Seal {
                label: label.clone(),
                source,
            })?;
            let kind = new.record.body.kind().to_owned();
            recorded.push(Recorded {
                label,
                id: new.id,
                kind,
                leaf,
            });
            let file_of = |handle: &str| staged.get(handle).and_then(|staged| staged.staged.clone());
            let exhibits = new
                .exhibits
                .iter()
                .filter_map(|exhibit| Some((exhibit.id, file_of(&exhibit.handle)?)))
                .collect();
            records.push(NewRecord {
                envelope,
                disclosures: new.disclosures,
                exhibits,
            });
            signing.advance(1);
        }
        drop(signing);
        let log = &self.log;
        self.writer.append(records, &mut |text| log.sign_note(text))?;
        Ok(recorded)
    }

    /// Copies each new exhibit into the archive's folder. One whose bytes the archive has
    /// already becomes that one.
    fn stage_all(&mut self, case: &mut Case, base: &Path) -> Result<BTreeMap<String, Staged>, CliError> {
        let known = self.ledger.exhibits_by_digest();
        let mut staged = BTreeMap::new();
        for draft in &mut case.exhibits {
            let ExhibitSource::File { path, .. } = &draft.source else {
                let ExhibitSource::Existing(id) = draft.source else {
                    continue;
                };
                if let Some(here) = self.ledger.exhibit_facts(id) {
                    staged.insert(
                        draft.id.clone(),
                        Staged {
                            facts: here,
                            staged: None,
                            path: self.path_of(id),
                        },
                    );
                }
                continue;
            };
            let mut one = self.stage(&base.join(path))?;
            if let Some(id) = known.get(&one.facts.sha256) {
                draft.source = ExhibitSource::Existing(*id);
                one.staged = None;
                one.path = self.path_of(*id);
            }
            staged.insert(draft.id.clone(), one);
        }
        Ok(staged)
    }

    fn path_of(&self, id: ExhibitId) -> PathBuf {
        self.writer.dir().root().join(affiant::archive::exhibit_path(id))
    }

    fn stage(&mut self, path: &Path) -> Result<Staged, CliError> {
        let failed = |source| CliError::Read {
            path: path.to_owned(),
            source,
        };
        let name = file_name(path)?.to_owned();
        let mut file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if !metadata.is_file() {
            return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, "not a plain file")));
        }
        let mut bar = self
            .context
            .ui
            .progress(&format!("Keeping {name}, in MiB"), metadata.len() >> 20);
        let mut shown = 0;
        let token = *self.context.env.random::<16>()?;
        let staged = self.writer.stage_exhibit(&mut file, token, &mut |done| {
            bar.advance((done >> 20) - shown);
            shown = done >> 20;
        });
        let staged = staged.map_err(|error| match error {
            Ok(store) => CliError::from(store),
            Err(source) => failed(source),
        })?;
        let full = self.writer.dir().root().join(staged.path());
        let facts = look_at(&full, &name, &staged).map_err(failed)?;
        Ok(Staged {
            facts,
            staged: Some(staged),
            path: full,
        })
    }
}

/// An exhibit's bytes, and where they can be read again.
struct Staged {
    facts: ExhibitFacts,
    staged: Option<StagedExhibit>,
    path: PathBuf,
}

/// What is in the bytes. A picture that cannot be decoded is kept and not measured.
fn look_at(path: &Path, name: &str, staged: &StagedExhibit) -> io::Result<ExhibitFacts> {
    let mut head = Vec::new();
    File::open(path)?.take(SNIFFED).read_to_end(&mut head)?;
    let mut media_type = affiant_inspect::media_type(&head, name).to_owned();
    let mut pixels = None;
    if media_type.starts_with("image/") && staged.size <= MAX_PICTURE {
        let bytes = std::fs::read(path)?;
        if let Ok(seen) = picture::inspect(&bytes) {
            media_type = seen.media_type.to_owned();
            pixels = Some((seen.width, seen.height));
        }
    }
    Ok(ExhibitFacts {
        sha256: staged.sha256,
        size: staged.size,
        media_type,
        pixels,
    })
}

fn read_range(staged: Option<&Staged>, range: Range<u64>) -> io::Result<Vec<u8>> {
    let staged = staged.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    let mut file = File::open(&staged.path)?;
    file.seek(SeekFrom::Start(range.start))?;
    let mut bytes = Vec::new();
    file.take(range.end - range.start).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The archive as the maker of records asks for it.
struct ArchivedLedger<'a> {
    ledger: &'a Ledger,
    dir: &'a ArchiveDir,
}

impl Archived for ArchivedLedger<'_> {
    fn labelled(&self, label: &Label) -> Option<ArchivedRecord> {
        let held = self.ledger.by_label(label)?;
        Some(ArchivedRecord {
            id: held.id,
            kind: held.record.body.kind().to_owned(),
        })
    }

    fn has_party(&self, party: PartyId) -> bool {
        self.ledger.roster.knows(party)
    }

    fn has_exhibit(&self, exhibit: ExhibitId) -> bool {
        self.dir.has_exhibit(exhibit)
    }
}

impl Ledger {
    /// The exhibits whose descriptors are disclosed, by the digest of their bytes.
    fn exhibits_by_digest(&self) -> BTreeMap<Digest, ExhibitId> {
        let mut found = BTreeMap::new();
        for held in &self.held {
            for id in held.record.exhibits() {
                if let Some(facts) = self.exhibit_facts(*id) {
                    found.entry(facts.sha256).or_insert(*id);
                }
            }
        }
        found
    }

    /// What the descriptor of an exhibit says.
    pub fn exhibit_facts(&self, id: ExhibitId) -> Option<ExhibitFacts> {
        let descriptor = self.descriptor(id)?;
        let media_type = descriptor.media_type.clone();
        Some(ExhibitFacts {
            sha256: descriptor.sha256,
            size: descriptor.size,
            media_type,
            pixels: None,
        })
    }
}
