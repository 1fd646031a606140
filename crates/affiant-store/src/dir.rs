//! An archive as it lies on a disk, for reading. Nothing that it gives is trusted.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use affiant::archive::{disclosures_path, exhibit_path, records_path};
use affiant::disclose::MAX_DISCLOSURE_LINE;
use affiant::envelope::{Envelope, MAX_ENVELOPE};
use affiant::record::{Archive, Body, ExhibitId, RecordId};
use affiant_tlog::checkpoint::Checkpoint;
use affiant_tlog::note::{MAX_NOTE_BYTES, Note, VerifierKey};
use affiant_tlog::tile::{Slot, TilePath, TileReader};

use crate::disk::Disk;
use crate::error::StoreError;

/// The longest tile or entry bundle, in bytes: 256 digests of 32 bytes, each after its length.
const MAX_TILE: u64 = 256 * 34;
/// The longest `archive.toml`, in bytes.
const MAX_ARCHIVE_TOML: u64 = 64 * 1024;

/// An archive on a disk.
#[derive(Debug, Clone)]
pub struct ArchiveDir {
    root: PathBuf,
}

/// A record of an archive as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// Its leaf index.
    pub leaf: u64,
    /// The envelope's line.
    pub envelope: Vec<u8>,
    /// The disclosures' line.
    pub disclosures: Vec<u8>,
}

impl ArchiveDir {
    /// The archive in `start` or in the nearest folder above it.
    ///
    /// # Errors
    /// [`StoreError::NoArchive`], and whatever [`ArchiveDir::open`] finds.
    pub fn find(start: &Path) -> Result<ArchiveDir, StoreError> {
        let mut folders = start.ancestors();
        let root = folders.find(|folder| folder.join("archive.toml").is_file());
        ArchiveDir::open(root.ok_or_else(|| StoreError::NoArchive(start.to_owned()))?)
    }

    /// The archive in `root`.
    ///
    /// # Errors
    /// [`StoreError::NoArchive`]; [`StoreError::NotOurs`] where `archive.toml` is of another
    /// format.
    pub fn open(root: &Path) -> Result<ArchiveDir, StoreError> {
        let dir = ArchiveDir { root: root.to_owned() };
        let path = root.join("archive.toml");
        if !path.is_file() {
            return Err(StoreError::NoArchive(root.to_owned()));
        }
        let mut text = String::new();
        let file = File::open(&path).map_err(|error| StoreError::io(&path, error))?;
        let read = file.take(MAX_ARCHIVE_TOML).read_to_string(&mut text);
        let not_ours = |reason: String| StoreError::NotOurs {
            path: root.to_owned(),
            reason,
        };
        read.map_err(|error| not_ours(format!("archive.toml cannot be read: {error}")))?;
        let format = text.lines().find_map(|line| line.strip_prefix("format = "));
        match format {
            Some("1") => Ok(dir),
            Some(other) => Err(not_ours(format!(
                "an archive of format {other}; this program reads format 1"
            ))),
            None => Err(not_ours("archive.toml does not say which format this is".to_owned())),
        }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The checkpoint as it lies there.
    ///
    /// # Errors
    /// Where it cannot be read or is no checkpoint.
    pub fn unverified_checkpoint(&self) -> Result<(Note, Checkpoint), StoreError> {
        let path = self.root.join("checkpoint");
        let mut bytes = Vec::new();
        // A pipe would keep us waiting for ever.
        if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
            return Err(self.damaged("its checkpoint is no plain file"));
        }
        let file = File::open(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                self.damaged("it has no checkpoint: its making was cut off, and nothing was recorded in it")
            }
            _ => StoreError::io(&path, error),
        })?;
        file.take(MAX_NOTE_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| StoreError::io(&path, error))?;
        let note = Note::parse(&bytes).map_err(|error| self.damaged(format!("its checkpoint: {error}")))?;
        let head = Checkpoint::parse_unverified(note.unverified_text());
        let head = head.map_err(|error| self.damaged(format!("its checkpoint: {error}")))?;
        Ok((note, head))
    }

    /// What leaf 0 says, with both of its signatures verified, and the log's key.
    ///
    /// # Errors
    /// Where leaf 0 cannot be read or does not verify.
    pub fn leaf0(&self) -> Result<(RecordId, Archive, VerifierKey), StoreError> {
        let (_, head) = self.unverified_checkpoint()?;
        let stored = self.record(0, head.size())?;
        let envelope = Envelope::parse(&stored.envelope).map_err(|error| self.damaged(format!("leaf 0: {error}")))?;
        let record = envelope.open().map_err(|_| self.damaged("leaf 0 does not verify"))?;
        let Body::Archive(archive) = record.into_value().body else {
            return Err(self.damaged("leaf 0 does not say what archive this is"));
        };
        let key: VerifierKey = archive
            .log_key
            .parse()
            .map_err(|error| self.damaged(format!("its log key: {error}")))?;
        Ok((envelope.record_id(), archive, key))
    }

    /// One record of a log of `size` records.
    ///
    /// # Errors
    /// Where its packs cannot be read or are shorter.
    pub fn record(&self, leaf: u64, size: u64) -> Result<StoredRecord, StoreError> {
        let slot = Slot::holding(leaf, size).ok_or_else(|| self.damaged(format!("there is no leaf {leaf}")))?;
        let line = usize::try_from(leaf - slot.start()).expect("a pack has at most 256 lines");
        let mut found = self.pack(slot)?.skip(line);
        found
            .next()
            .unwrap_or_else(|| Err(self.damaged(format!("leaf {leaf} is missing"))))
    }

    /// The records of one pack, one after another, so that no more than one is in memory.
    ///
    /// # Errors
    /// Where a pack cannot be opened.
    pub fn pack(
        &self,
        slot: Slot,
    ) -> Result<impl Iterator<Item = Result<StoredRecord, StoreError>> + use<>, StoreError> {
        let open = |path: String| {
            let full = self.root.join(path);
            let file = File::open(&full).map_err(|error| StoreError::io(&full, error))?;
            Ok::<_, StoreError>(Lines {
                path: full,
                reader: BufReader::new(file),
            })
        };
        let mut envelopes = open(records_path(slot))?;
        let mut disclosures = open(disclosures_path(slot))?;
        let leaves = slot.start()..slot.start() + u64::from(slot.width());
        Ok(leaves.map(move |leaf| {
            let envelope = envelopes.next(MAX_ENVELOPE)?;
            let disclosures = disclosures.next(MAX_DISCLOSURE_LINE)?;
            Ok(StoredRecord {
                leaf,
                envelope,
                disclosures,
            })
        }))
    }

    /// Whether the bytes of an exhibit are there.
    pub fn has_exhibit(&self, id: ExhibitId) -> bool {
        Disk::new(&self.root).has_file(&exhibit_path(id))
    }

    /// Opens the bytes of an exhibit.
    ///
    /// # Errors
    /// Where they are not there or cannot be read.
    pub fn open_exhibit(&self, id: ExhibitId) -> Result<File, StoreError> {
        let path = self.root.join(exhibit_path(id));
        File::open(&path).map_err(|error| StoreError::io(path, error))
    }

    pub(crate) fn damaged(&self, reason: impl Into<String>) -> StoreError {
        StoreError::Damaged {
            path: self.root.clone(),
            reason: reason.into(),
        }
    }
}

impl TileReader for ArchiveDir {
    type Error = std::io::Error;

    fn read(&self, path: TilePath) -> Result<Vec<u8>, std::io::Error> {
        Disk::new(&self.root).read(&path.to_string(), MAX_TILE)
    }
}

/// The lines of a file, each within a limit.
struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
}

impl Lines {
    fn next(&mut self, limit: usize) -> Result<Vec<u8>, StoreError> {
        let mut line = Vec::new();
        let mut bounded = (&mut self.reader).take(limit as u64 + 1);
        bounded
            .read_until(b'\n', &mut line)
            .map_err(|error| StoreError::io(&self.path, error))?;
        if line.pop() != Some(b'\n') {
            let reason = "a line is missing, torn or too long".to_owned();
            return Err(StoreError::Damaged {
                path: self.path.clone(),
                reason,
            });
        }
        Ok(line)
    }
}
