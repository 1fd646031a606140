//! The search index: what is in an archive, found quickly by label, id, name and word.
//!
//! ```text
//! leaf 7  S02  statement  2026-11-24T09:00:00Z  They are waiting for him at the gate
//! ```
//!
//! A cache outside the archive, a SQLite file for each archive id, which may be deleted at
//! any time (spec/archive.md, "Outside the archive"). It holds plain text, so its file is
//! for its owner alone. It repeats what envelopes and disclosures say without verifying a
//! signature: verification never looks at it, and whoever shows a row as proven must look
//! at the archive.

mod entry;
mod query;
mod schema;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use affiant::archive::disclosures_path;
use affiant::digest::Digest;
use affiant::record::{ExhibitId, Label, PartyId, RecordId};
use affiant::time::Timestamp;
use affiant_tlog::checkpoint::Checkpoint;
use affiant_tlog::tile::{FULL_WIDTH, Slot, slots};
use rusqlite::{Connection, ErrorCode, OptionalExtension as _, Transaction, TransactionBehavior, params};

use crate::dir::ArchiveDir;
use crate::error::StoreError;
use crate::recovery::root_at;
use entry::Entry;

pub use query::{FEWEST_ID_DIGITS, MAX_QUERY_WORDS, MAX_ROWS};

/// How long to wait for another process that brings the same index up to date.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// A record as the index has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its leaf index.
    pub leaf: u64,
    /// Its id.
    pub id: RecordId,
    /// Its label.
    pub label: Label,
    /// Its kind, as `statement`.
    pub kind: String,
    /// When it says that it was made.
    pub recorded_at: Timestamp,
    /// What it says, in one line, without control characters.
    pub title: String,
}

/// An exhibit whose descriptor is disclosed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExhibitRow {
    /// Its id.
    pub id: ExhibitId,
    /// The leaf index of the record that describes it.
    pub leaf: u64,
    /// The digest of its bytes.
    pub sha256: Digest,
    /// How many they are.
    pub size: u64,
    /// The name of the file when it was taken in.
    pub name: String,
    /// The media type.
    pub media_type: String,
}

/// Why the index could not be made or asked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The archive could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The database failed; the index may be deleted.
    #[error("the search index: {0}")]
    Database(#[from] rusqlite::Error),
    /// No label has these letters.
    #[error("{0:?} does not begin a label: one to four capital letters do")]
    Letters(String),
    /// Every label with these letters is taken.
    #[error("no label that begins with {0} is free")]
    LabelsUsedUp(String),
}

/// The index of an archive, up to date with its checkpoint.
#[derive(Debug)]
pub struct Index {
    connection: Connection,
    path: Option<PathBuf>,
}

impl Index {
    /// Opens the index of the archive in `dir`, whose id is `archive`, in the folder
    /// `cache`, and brings it up to date. Where the folder cannot be written, the index is
    /// made in memory and is gone when it is dropped. `progress` is told how many records
    /// were indexed, of how many.
    ///
    /// # Errors
    /// [`IndexError::Store`] where the archive cannot be read.
    pub fn open(
        dir: &ArchiveDir,
        archive: RecordId,
        cache: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Index, IndexError> {
        let path = cache.join(file_name(archive));
        // A file that cannot be read is deleted and made again, once.
        for _ in 0..2 {
            let opened = schema::open_file(&path).map_err(IndexError::from);
            match opened.and_then(|connection| Index::over(connection, Some(path.clone()), dir, progress)) {
                Ok(index) => return Ok(index),
                Err(IndexError::Database(error)) if is_of_the_file(&error) => {
                    if forget(cache, archive).is_err() {
                        break;
                    }
                }
                Err(IndexError::Database(_)) => break,
                Err(error) => return Err(error),
            }
        }
        Index::over(schema::open_in_memory()?, None, dir, progress)
    }

    fn over(
        connection: Connection,
        path: Option<PathBuf>,
        dir: &ArchiveDir,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Index, IndexError> {
        connection.busy_timeout(BUSY_TIMEOUT)?;
        let mut index = Index { connection, path };
        index.update(dir, progress)?;
        Ok(index)
    }

    /// Where the index lies; `None` where it is in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Brings the index up to date with the archive's checkpoint: adds what is new where
    /// the log has only grown and no disclosure was taken away, and begins anew otherwise.
    ///
    /// # Errors
    /// [`IndexError`]; the index is then as it was before.
    pub fn update(&mut self, dir: &ArchiveDir, progress: &mut dyn FnMut(u64, u64)) -> Result<(), IndexError> {
        let (_, mut head) = dir.unverified_checkpoint()?;
        loop {
            let Err(error) = self.update_to(&head, dir, progress) else {
                return Ok(());
            };
            // A writer may replace the last pack by a wider one while it is being read.
            let (_, now) = dir.unverified_checkpoint()?;
            if !matches!(error, IndexError::Store(_)) || now == head {
                return Err(error);
            }
            head = now;
        }
    }

    fn update_to(
        &mut self,
        head: &Checkpoint,
        dir: &ArchiveDir,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), IndexError> {
        let held = Held::read(&self.connection)?;
        if held.is_some_and(|held| held.fits(head)) && lengths_agree(&self.connection, dir, head.size())? {
            return Ok(());
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !grow(&transaction, dir, head, progress)? {
            schema::empty(&transaction)?;
            grow(&transaction, dir, head, progress)?;
        }
        transaction.commit()?;
        Ok(())
    }
}

/// Deletes the index of an archive, if there is one.
///
/// # Errors
/// Where it is there and cannot be deleted.
pub fn forget(cache: &Path, archive: RecordId) -> Result<(), StoreError> {
    // SQLite's rollback journal holds pages of the index, and so plain text.
    for suffix in ["-journal", ""] {
        let path = cache.join(format!("{}{suffix}", file_name(archive)));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(StoreError::io(path, error)),
            _ => {}
        }
    }
    Ok(())
}

fn file_name(archive: RecordId) -> String {
    format!("{}.sqlite", archive.0.to_hex())
}

/// Whether another file in its place would help: it is torn, of another program, or of
/// another schema.
fn is_of_the_file(error: &rusqlite::Error) -> bool {
    !matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::CannotOpen
                | ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
        )
    )
}

/// The head up to which records are indexed.
struct Held {
    size: u64,
    root: Vec<u8>,
}

impl Held {
    fn read(connection: &Connection) -> Result<Option<Held>, rusqlite::Error> {
        let row = |row: &rusqlite::Row<'_>| {
            Ok(Held {
                size: schema::count(row.get(0)?),
                root: row.get(1)?,
            })
        };
        connection.query_row("SELECT size, root FROM head", [], row).optional()
    }

    fn fits(&self, head: &Checkpoint) -> bool {
        self.size == head.size() && self.root == head.root().0
    }
}

/// Whether every pack of disclosures is still as long as when it was indexed. An erasure
/// takes disclosures away and leaves the log as it is, and what was erased is not to be
/// found in an index.
fn lengths_agree(connection: &Connection, dir: &ArchiveDir, size: u64) -> Result<bool, rusqlite::Error> {
    let mut packs = connection.prepare_cached("SELECT first_leaf, bytes FROM packs")?;
    let mut rows = packs.query([])?;
    while let Some(row) = rows.next()? {
        let (first_leaf, bytes) = (schema::count(row.get(0)?), schema::count(row.get(1)?));
        let Some(slot) = Slot::holding(first_leaf, size) else {
            return Ok(false);
        };
        let length = fs::metadata(dir.root().join(disclosures_path(slot))).map(|metadata| metadata.len());
        if length.ok() != Some(bytes) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Adds the leaves that are not there yet; `false` where those that are there are not the
/// archive's. Nothing is committed.
fn grow(
    transaction: &Transaction<'_>,
    dir: &ArchiveDir,
    head: &Checkpoint,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<bool, IndexError> {
    let held = Held::read(transaction)?;
    let from = match held {
        None => 0,
        Some(held) if held.size > head.size() => return Ok(false),
        Some(held) => {
            let root = root_at(dir, held.size, head.size());
            if root.is_none_or(|root| root.0[..] != held.root) {
                return Ok(false);
            }
            held.size
        }
    };
    // The last pack, where it has room, is looked at again as it is read.
    let whole = from - from % u64::from(FULL_WIDTH);
    let open = pack_bytes(transaction, whole)?;
    transaction.execute("DELETE FROM packs WHERE first_leaf = ?1", [schema::integer(whole)])?;
    if !lengths_agree(transaction, dir, head.size())? {
        return Ok(false);
    }
    for slot in slots(from, head.size()) {
        let mut bytes = 0;
        for stored in dir.pack(slot)? {
            let stored = stored?;
            if stored.leaf == from && open.is_some_and(|open| open != bytes) {
                return Ok(false);
            }
            bytes += stored.disclosures.len() as u64 + 1;
            if stored.leaf >= from
                && let Some(entry) = Entry::read(&stored)
            {
                schema::insert(transaction, &entry)?;
            }
        }
        let row = params![schema::integer(slot.start()), schema::integer(bytes)];
        transaction.execute("INSERT INTO packs (first_leaf, bytes) VALUES (?1, ?2)", row)?;
        progress((slot.start() + u64::from(slot.width())).min(head.size()), head.size());
    }
    if from == head.size()
        && let Some(bytes) = open
    {
        // Nothing is new, so the pack was not read; a length that changed was.
        let row = params![schema::integer(whole), schema::integer(bytes)];
        transaction.execute("INSERT INTO packs (first_leaf, bytes) VALUES (?1, ?2)", row)?;
        if !lengths_agree(transaction, dir, head.size())? {
            return Ok(false);
        }
    }
    let root = head.root();
    transaction.execute(
        "INSERT OR REPLACE INTO head (only, size, root) VALUES (1, ?1, ?2)",
        params![schema::integer(head.size()), &root.0[..]],
    )?;
    Ok(true)
}

/// How long the disclosures of a pack were when it was indexed.
fn pack_bytes(connection: &Connection, first_leaf: u64) -> Result<Option<u64>, rusqlite::Error> {
    let found = connection.query_row(
        "SELECT bytes FROM packs WHERE first_leaf = ?1",
        [schema::integer(first_leaf)],
        |row| row.get(0).map(schema::count),
    );
    found.optional()
}

/// A party's names, as the roster records that name it were disclosed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyRow {
    /// The party.
    pub party: PartyId,
    /// Its names, in the order recorded.
    pub names: Vec<String>,
}

#[cfg(test)]
mod tests;
