//! What a writer does before it writes: the lock, the older copy, and what a cut left.
//!
//! Before a head is intended a cut discards; after it, only forward (spec/archive.md, "An
//! append").

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};

use affiant::archive::{CHECKPOINT_NEW, INCOMING, PENDING, exhibit_path};
use affiant::envelope::Envelope;
use affiant_tlog::checkpoint::Checkpoint;
use affiant_tlog::merkle::{Frontier, Hash};
use affiant_tlog::note::VerifierKey;
use affiant_tlog::tile::{RightEdge, TileHashReader, slots};

use crate::dir::ArchiveDir;
use crate::disk::Disk;
use crate::error::StoreError;
use crate::heads::Heads;
use crate::journal::{Journal, MAX_JOURNAL};
use crate::layout::{is_exhibit, is_of_layout, is_pack_or_tile};
use crate::pack::Pack;

/// Takes the lock, which lies on `archive.toml` and is gone with the process that holds it.
pub(crate) fn lock(disk: &Disk) -> Result<File, StoreError> {
    let path = disk.path("archive.toml");
    let file = File::open(&path).map_err(|error| StoreError::io(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let journal = disk.read(PENDING, MAX_JOURNAL).unwrap_or_default();
            let holder = Journal::read(&journal).writer;
            let holder = if holder.is_empty() {
                "another program".to_owned()
            } else {
                holder
            };
            Err(StoreError::Locked {
                path: disk.path(""),
                holder,
            })
        }
        Err(TryLockError::Error(error)) => Err(StoreError::io(path, error)),
    }
}

/// The head that is to be published first: one that was intended before a cut, and so may
/// have been signed. To sign another of its size would fork the log, so where its records
/// are not here, nothing can be written here.
pub(crate) fn owed(
    dir: &ArchiveDir,
    disk: &Disk,
    heads: &Heads,
    key: &VerifierKey,
    here: &Checkpoint,
) -> Result<Option<Checkpoint>, StoreError> {
    let vkey = key.to_string();
    if let Some(last) = heads.last(here.origin(), &vkey)? {
        refuse_older_copy(dir, here, &last)?;
    }
    let Some(intended) = heads.intended(here.origin(), &vkey)? else {
        return Ok(None);
    };
    if intended.size() <= here.size() {
        refuse_older_copy(dir, here, &intended)?;
        return Ok(None);
    }
    if !is_complete(dir, disk, here, &intended) {
        return Err(StoreError::OlderCopy {
            path: dir.root().to_owned(),
            here: here.size(),
            last: intended.size(),
            reason: "the last of them are not in this copy",
        });
    }
    Ok(Some(intended))
}

/// Whether everything that `head` covers beyond `here` is in the folder.
fn is_complete(dir: &ArchiveDir, disk: &Disk, here: &Checkpoint, head: &Checkpoint) -> bool {
    let Ok(journal) = disk.read(PENDING, MAX_JOURNAL) else {
        return false;
    };
    let journal = Journal::read(&journal);
    let exhibits = || journal.paths.iter().filter(|path| is_exhibit(path));
    let packs = || slots(here.size(), head.size());
    journal.size == head.size()
        && exhibits().all(|path| disk.has_file(path))
        && RightEdge::read(head.size(), dir).is_ok_and(|edge| edge.root() == head.root())
        && packs().all(|slot| Pack::logged(dir, slot).is_ok())
}

/// Clears what a cut left: files that the journal names and the checkpoint does not cover,
/// or files that it has replaced; copies of exhibits; the journal itself, last. The
/// checkpoint must be one that was verified.
pub(crate) fn clear(dir: &ArchiveDir, disk: &Disk, size: u64) -> Result<(), StoreError> {
    let failed = |path: &str, error| StoreError::io(disk.path(path), error);
    let mut removed = Vec::new();
    if disk.exists(PENDING) {
        let journal = disk
            .read(PENDING, MAX_JOURNAL)
            .map_err(|error| failed(PENDING, error))?;
        let journal = Journal::read(&journal);
        // A journal is no authority: an exhibit on which a record rests stays, whatever it says.
        let may_discard = size < journal.size && journal.paths.iter().any(|path| is_exhibit(path));
        let recorded = if may_discard {
            recorded_exhibits(dir, size)?
        } else {
            BTreeSet::new()
        };
        let discarded = |path: &String| {
            if is_exhibit(path) {
                size < journal.size && !recorded.contains(path)
            } else {
                is_pack_or_tile(path) && !is_of_layout(path, size)
            }
        };
        removed.extend(journal.paths.iter().filter(|path| discarded(path)).cloned());
    }
    let incoming = disk.names(INCOMING).map_err(|error| failed(INCOMING, error))?;
    removed.extend(incoming.into_iter().map(|name| format!("{INCOMING}{name}")));
    removed.push(CHECKPOINT_NEW.to_owned());
    remove_all(dir, disk, &removed)?;
    disk.remove_empty_folders(&format!("{INCOMING}x"))
        .map_err(|error| failed(INCOMING, error))?;
    disk.remove(PENDING).map_err(|error| failed(PENDING, error))
}

/// The paths of all exhibits on which a record of the log rests.
fn recorded_exhibits(dir: &ArchiveDir, size: u64) -> Result<BTreeSet<String>, StoreError> {
    let mut recorded = BTreeSet::new();
    for slot in slots(0, size) {
        for stored in dir.pack(slot)? {
            let envelope = Envelope::parse(&stored?.envelope).map_err(|error| dir.damaged(error.to_string()))?;
            let record = envelope
                .unverified_record()
                .map_err(|error| dir.damaged(error.to_string()))?;
            recorded.extend(record.exhibits().iter().map(|id| exhibit_path(*id)));
        }
    }
    Ok(recorded)
}

/// Removes files and the folders that become empty, durably: the journal that names them
/// must not go before they do.
pub(crate) fn remove_all(dir: &ArchiveDir, disk: &Disk, paths: &[String]) -> Result<(), StoreError> {
    for path in paths {
        // A cut may have left the folder without the file.
        disk.remove(path)
            .and_then(|()| disk.remove_empty_folders(path))
            .map_err(|error| StoreError::io(disk.path(path), error))?;
    }
    disk.sync_folders(paths.iter().map(String::as_str))
        .map_err(|error| StoreError::io(dir.root(), error))
}

/// Refuses a copy that lacks records which were written from here: to append to it would
/// fork the log.
fn refuse_older_copy(dir: &ArchiveDir, here: &Checkpoint, last: &Checkpoint) -> Result<(), StoreError> {
    let refuse = |reason| {
        Err(StoreError::OlderCopy {
            path: dir.root().to_owned(),
            here: here.size(),
            last: last.size(),
            reason,
        })
    };
    if here == last {
        return Ok(());
    }
    if here.size() < last.size() {
        return refuse("this is an older copy");
    }
    match root_at(dir, last.size(), here.size()) {
        Some(root) if root == last.root() => Ok(()),
        _ => refuse("its first records are others"),
    }
}

/// The root of the first `size` records, by the tiles of a log of `of` records.
pub(crate) fn root_at(dir: &ArchiveDir, size: u64, of: u64) -> Option<Hash> {
    let reader = TileHashReader::new(of, dir);
    Some(Frontier::read(size, &reader).ok()?.root())
}
