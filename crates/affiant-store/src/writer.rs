//! Appending to an archive, so that what was acknowledged is kept and nothing else counts.
//!
//! An append takes the lock, clears what a cut left, names in the journal every file it
//! will make, makes and syncs them, and only then signs and publishes the checkpoint by a
//! rename. Before the rename a cut discards; after it, only forward (spec/archive.md, "An
//! append"). It signs no record: envelopes come sealed, and the log's key is a closure.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io::{self, Read, Write as _};
use std::path::Path;

use affiant::archive::{CHECKPOINT_NEW, INCOMING, PENDING, archive_toml, disclosures_path, exhibit_path, records_path};
use affiant::digest::Digest;
use affiant::disclose::{Disclosure, to_line};
use affiant::encode::hex;
use affiant::key::{SignError, Signature};
use affiant::record::{Archive, ExhibitId, RecordId};
use affiant_tlog::checkpoint::{Checkpoint, VerifiedCheckpoint};
use affiant_tlog::merkle::Hash;
use affiant_tlog::note::{Note, VerifierKey};
use affiant_tlog::tile::{FULL_WIDTH, NewTile, RightEdge, Slot, TileHashReader, slots, tile_paths};
use sha2::Digest as _;

use crate::dir::ArchiveDir;
use crate::disk::Disk;
use crate::error::StoreError;
use crate::heads::Heads;
use crate::journal::Journal;

/// How much of an exhibit is copied at once, in bytes.
const BLOCK: usize = 1 << 20;

/// Signs the log's head: the bytes of a note's text.
pub type SignHead<'s> = dyn FnMut(&[u8]) -> Result<Signature, SignError> + 's;

/// A record to append.
#[derive(Debug, Clone)]
pub struct NewRecord {
    /// The sealed envelope, without a line feed.
    pub envelope: Vec<u8>,
    /// The values of its withheld positions, and the descriptors of its new exhibits.
    pub disclosures: Vec<Disclosure>,
    /// The exhibits whose bytes come with it.
    pub exhibits: Vec<(ExhibitId, StagedExhibit)>,
}

/// An exhibit's bytes, copied into the archive's folder and not yet part of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedExhibit {
    /// Their digest.
    pub sha256: Digest,
    /// How many they are.
    pub size: u64,
    path: String,
}

impl StagedExhibit {
    /// Where the bytes lie until they are appended, relative to the archive.
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// What an append came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The leaf index of the first record.
    pub first_leaf: u64,
    /// How many records the log has now.
    pub size: u64,
}

/// The one who writes to an archive. The lock is held as long as it lives.
#[derive(Debug)]
pub struct Writer {
    dir: ArchiveDir,
    disk: Disk,
    heads: Heads,
    key: VerifierKey,
    archive: Archive,
    id: RecordId,
    edge: RightEdge,
    journal: Journal,
    staged: u64,
    /// How far an append came that did not end.
    cut: Option<Cut>,
    /// Locked until it is dropped.
    _lock: File,
}

/// How far an append came that did not end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// Nothing was signed: what was made is cleared away.
    Unsigned,
    /// The head was signed: the next writer publishes it. To sign another head of the same
    /// size would fork the log.
    Signed,
}

impl Writer {
    /// Begins an archive in `root`, which must be empty or not there, with its leaf 0.
    ///
    /// # Errors
    /// [`StoreError`]; what was made before it is removed.
    pub fn create(
        root: &Path,
        heads: Heads,
        writer: &str,
        (id, archive): (RecordId, &Archive),
        first: Vec<NewRecord>,
        sign: &mut SignHead<'_>,
    ) -> Result<Appended, StoreError> {
        let io = |error| StoreError::io(root, error);
        std::fs::create_dir_all(root).map_err(io)?;
        if std::fs::read_dir(root).map_err(io)?.next().is_some() {
            return Err(StoreError::NotEmpty(root.to_owned()));
        }
        let key: VerifierKey = archive.log_key.parse().map_err(|_| StoreError::NotOurs {
            path: root.to_owned(),
            reason: "leaf 0 has no log key".to_owned(),
        })?;
        let disk = Disk::new(root);
        let written = disk.write("archive.toml", archive_toml(archive, id).as_bytes());
        let begin = written
            .and_then(|()| disk.sync_folders("archive.toml"))
            .map_err(io)
            .and_then(|()| {
                let lock = lock(root)?;
                let journal = Journal {
                    writer: writer.to_owned(),
                    ..Journal::default()
                };
                let dir = ArchiveDir::open(root)?;
                let edge = RightEdge::new();
                Ok(Writer {
                    dir,
                    disk,
                    heads,
                    key,
                    archive: archive.clone(),
                    id,
                    edge,
                    journal,
                    staged: 0,
                    cut: None,
                    _lock: lock,
                })
            });
        let appended = begin.and_then(|mut writer| writer.append(first, sign));
        if appended.is_err() {
            // Nothing was acknowledged, and the folder was empty before.
            let _ = std::fs::remove_dir_all(root);
        }
        appended
    }

    /// Opens an archive to append to it: takes the lock, makes sure that this is the copy
    /// that was written last, and clears what a cut left.
    ///
    /// # Errors
    /// [`StoreError::Locked`], [`StoreError::OlderCopy`], [`StoreError::Damaged`].
    pub fn open(dir: &ArchiveDir, heads: Heads, writer: &str) -> Result<Writer, StoreError> {
        let root = dir.root();
        let lock = lock(root)?;
        let disk = Disk::new(root);
        let (id, archive, key) = dir.leaf0()?;
        finish(dir, &disk, &heads, &key)?;
        recover(dir, &disk)?;
        let (note, head) = dir.unverified_checkpoint()?;
        let damaged = |reason: String| StoreError::Damaged {
            path: root.to_owned(),
            reason,
        };
        VerifiedCheckpoint::of_note(note.clone(), &key).map_err(|error| damaged(error.to_string()))?;
        let edge = RightEdge::read(head.size(), dir).map_err(|error| damaged(error.to_string()))?;
        if edge.root() != head.root() {
            return Err(damaged(
                "its tiles do not give the tree that the checkpoint signs".to_owned(),
            ));
        }
        refuse_older_copy(dir, &heads, &key, &head)?;
        let journal = Journal {
            writer: writer.to_owned(),
            ..Journal::default()
        };
        let new = Writer {
            dir: dir.clone(),
            disk,
            heads,
            key,
            archive,
            id,
            edge,
            journal,
            staged: 0,
            cut: None,
            _lock: lock,
        };
        new.write_journal()?;
        Ok(new)
    }

    /// The archive's id and what its leaf 0 says.
    pub fn archive(&self) -> (RecordId, &Archive) {
        (self.id, &self.archive)
    }

    /// The archive, for reading.
    pub fn dir(&self) -> &ArchiveDir {
        &self.dir
    }

    /// How many records the log has.
    pub fn size(&self) -> u64 {
        self.edge.size()
    }

    /// Copies an exhibit's bytes into the archive's folder and digests them on the way, in
    /// constant memory. `token` makes the name of the copy; `progress` is told how many
    /// bytes were copied.
    ///
    /// # Errors
    /// `Err(Ok(_))` where the archive cannot be written, `Err(Err(_))` where `bytes` cannot
    /// be read.
    pub fn stage_exhibit(
        &mut self,
        bytes: &mut dyn Read,
        token: [u8; 16],
        progress: &mut dyn FnMut(u64),
    ) -> Result<StagedExhibit, Result<StoreError, io::Error>> {
        self.staged += 1;
        let path = format!("{INCOMING}{}-{}", hex::encode(&token), self.staged);
        let full = self.dir.root().join(&path);
        let store = |error| Ok(StoreError::io(&full, error));
        let mut file = self.disk.create_new(&path).map_err(store)?;
        let mut hasher = sha2::Sha256::new();
        let mut block = vec![0; BLOCK];
        let mut size = 0;
        loop {
            let count = match bytes.read(&mut block) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Err(error)),
            };
            hasher.update(&block[..count]);
            file.write_all(&block[..count]).map_err(store)?;
            size += count as u64;
            progress(size);
        }
        file.sync_all().map_err(store)?;
        Ok(StagedExhibit {
            sha256: Digest::from_bytes(hasher.finalize().into()),
            size,
            path,
        })
    }

    /// Appends records, all or none. That no id and no label stands twice is for the caller
    /// to see to.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was recorded then, unless it is about clearing away what is
    /// no longer needed, which the next writer does.
    pub fn append(&mut self, records: Vec<NewRecord>, sign: &mut SignHead<'_>) -> Result<Appended, StoreError> {
        if self.cut.is_some() {
            return Err(self.dir.damaged("an append was cut off; open the archive again"));
        }
        let first_leaf = self.edge.size();
        self.cut = Some(Cut::Unsigned);
        self.try_append(records, sign)?;
        self.cut = None;
        Ok(Appended {
            first_leaf,
            size: self.edge.size(),
        })
    }

    fn try_append(&mut self, records: Vec<NewRecord>, sign: &mut SignHead<'_>) -> Result<(), StoreError> {
        let old = self.edge.size();
        let new = old + records.len() as u64;
        self.journal.size = new;
        self.journal.paths = self.paths_of(old, new, &records);
        self.write_journal()?;
        self.write_packs(old, new, records)?;
        for path in &self.journal.paths {
            if self.disk.exists(path) {
                self.disk.sync_folders(path).map_err(|error| self.failed(path, error))?;
            }
        }
        let head = Checkpoint::new(&self.archive.origin, new, self.edge.root());
        let head = head.map_err(|error| StoreError::Sign(error.to_string()))?;
        let note = head
            .sign(&self.key, |text| sign(text))
            .map_err(|error| StoreError::Sign(error.to_string()))?;
        self.cut = Some(Cut::Signed);
        self.publish(&note)?;
        self.clear_away()
    }

    /// Every file that the append makes, and every one that a wider one replaces.
    fn paths_of(&self, old: u64, new: u64, records: &[NewRecord]) -> Vec<String> {
        let mut paths: BTreeSet<String> = layout(old).into_iter().filter(|path| path.contains(".p/")).collect();
        paths.extend(tile_paths(old, new).map(|path| path.to_string()));
        paths.extend(slots(old, new).flat_map(|slot| [records_path(slot), disclosures_path(slot)]));
        let exhibits = records.iter().flat_map(|record| &record.exhibits);
        paths.extend(
            exhibits
                .filter(|(id, _)| !self.dir.has_exhibit(*id))
                .map(|(id, _)| exhibit_path(*id)),
        );
        paths.into_iter().collect()
    }

    /// Writes each pack when it is full, and the last as far as it goes.
    fn write_packs(&mut self, old: u64, new: u64, records: Vec<NewRecord>) -> Result<(), StoreError> {
        let mut pack = self.open_pack(old)?;
        // Of each kind of tile, the one that has still room: a later pack may fill it.
        let mut partial: Vec<NewTile> = Vec::new();
        let count = records.len();
        for (index, record) in records.into_iter().enumerate() {
            for (id, staged) in record.exhibits {
                self.keep_exhibit(id, &staged)?;
            }
            pack.push(&record.envelope, &record.disclosures);
            let leaves = old + index as u64 + 1;
            let last = index + 1 == count;
            if !leaves.is_multiple_of(u64::from(FULL_WIDTH)) && !last {
                continue;
            }
            let slot = Slot::holding(leaves - 1, leaves).expect("a leaf of the log");
            self.write(&records_path(slot), &pack.records)?;
            self.write(&disclosures_path(slot), &pack.disclosures)?;
            let tiles = self
                .edge
                .append(&pack.entries)
                .map_err(|error| StoreError::Sign(error.to_string()))?;
            for tile in tiles {
                partial.retain(|other| other.path.kind() != tile.path.kind());
                if tile.path.slot().is_partial() {
                    partial.push(tile);
                } else {
                    self.write(&tile.path.to_string(), &tile.bytes)?;
                }
            }
            pack = Pack::default();
        }
        for tile in partial {
            self.write(&tile.path.to_string(), &tile.bytes)?;
        }
        debug_assert_eq!(self.edge.size(), new);
        Ok(())
    }

    /// The lines of the pack that is not full yet.
    fn open_pack(&self, size: u64) -> Result<Pack, StoreError> {
        let mut pack = Pack::default();
        if let Some(slot) = size
            .checked_sub(1)
            .and_then(|leaf| Slot::holding(leaf, size))
            .filter(|slot| slot.is_partial())
        {
            let read = |path: String| self.disk.read(&path).map_err(|error| self.failed(&path, error));
            pack.records = read(records_path(slot))?;
            pack.disclosures = read(disclosures_path(slot))?;
        }
        Ok(pack)
    }

    fn keep_exhibit(&self, id: ExhibitId, staged: &StagedExhibit) -> Result<(), StoreError> {
        let path = exhibit_path(id);
        if self.disk.exists(&path) {
            return self
                .disk
                .remove(&staged.path)
                .map_err(|error| self.failed(&staged.path, error));
        }
        self.disk
            .rename(&staged.path, &path)
            .map_err(|error| self.failed(&path, error))
    }

    /// Publishes a head: the intention outside, the new file beside, then the rename, which
    /// is the moment from which the append counts.
    fn publish(&self, note: &Note) -> Result<(), StoreError> {
        let vkey = self.key.to_string();
        self.heads.intend(&vkey, note, &self.archive.origin)?;
        self.write(CHECKPOINT_NEW, note.to_string().as_bytes())?;
        let renamed = self.disk.rename(CHECKPOINT_NEW, "checkpoint");
        let kept = renamed.and_then(|()| self.disk.sync_folders("checkpoint"));
        kept.map_err(|error| self.failed("checkpoint", error))?;
        self.heads.keep(&vkey, note, &self.archive.origin)
    }

    /// Removes what wider files have replaced, and leaves a journal that names nothing.
    fn clear_away(&mut self) -> Result<(), StoreError> {
        let size = self.edge.size();
        for path in std::mem::take(&mut self.journal.paths) {
            let replaced = path.contains(".p/") && !is_of_layout(&path, size);
            if replaced {
                self.disk.remove(&path).map_err(|error| self.failed(&path, error))?;
                self.disk.remove_empty_folders(&path);
            }
        }
        self.write_journal()
    }

    fn write_journal(&self) -> Result<(), StoreError> {
        self.write(PENDING, self.journal.to_text().as_bytes())?;
        self.disk
            .sync_folders(PENDING)
            .map_err(|error| self.failed(PENDING, error))
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.disk.write(path, bytes).map_err(|error| self.failed(path, error))
    }

    fn failed(&self, path: &str, error: io::Error) -> StoreError {
        StoreError::io(self.dir.root().join(path), error)
    }
}

impl Drop for Writer {
    /// Leaves the folder as a reader expects it. Where that fails, the next writer does it.
    fn drop(&mut self) {
        if self.cut != Some(Cut::Signed) {
            let _ = recover(&self.dir, &self.disk);
        }
    }
}

/// The lines of a pack while it is being filled, and the entries that are new in it.
#[derive(Default)]
struct Pack {
    records: Vec<u8>,
    disclosures: Vec<u8>,
    entries: Vec<[u8; 32]>,
}

impl Pack {
    fn push(&mut self, envelope: &[u8], disclosures: &[Disclosure]) {
        self.records.extend_from_slice(envelope);
        self.records.push(b'\n');
        self.disclosures.extend_from_slice(to_line(disclosures).as_bytes());
        self.disclosures.push(b'\n');
        self.entries.push(*Digest::of(envelope).as_bytes());
    }
}

/// Takes the lock, which lies on `archive.toml` and is gone with the process that holds it.
fn lock(root: &Path) -> Result<File, StoreError> {
    let path = root.join("archive.toml");
    let file = File::open(&path).map_err(|error| StoreError::io(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let journal = std::fs::read(root.join(PENDING)).unwrap_or_default();
            let holder = Journal::read(&journal).writer;
            let holder = if holder.is_empty() {
                "another program".to_owned()
            } else {
                holder
            };
            Err(StoreError::Locked {
                path: root.to_owned(),
                holder,
            })
        }
        Err(TryLockError::Error(error)) => Err(StoreError::io(path, error)),
    }
}

/// Publishes a head that was signed before a cut: after the signature, only forward. All
/// that it covers was synced before it was signed, and is looked at again here.
fn finish(dir: &ArchiveDir, disk: &Disk, heads: &Heads, key: &VerifierKey) -> Result<(), StoreError> {
    let (_, here) = dir.unverified_checkpoint()?;
    let Some(note) = heads.intended_note(here.origin(), &key.to_string())? else {
        return Ok(());
    };
    let Ok(head) = VerifiedCheckpoint::of_note(note.clone(), key) else {
        return Ok(());
    };
    let head = head.checkpoint();
    if head.size() <= here.size() || !disk.exists(PENDING) {
        return Ok(());
    }
    let complete = RightEdge::read(head.size(), dir).is_ok_and(|edge| edge.root() == head.root());
    if !complete {
        return Ok(());
    }
    let failed = |error| StoreError::io(dir.root().join("checkpoint"), error);
    disk.write(CHECKPOINT_NEW, note.to_string().as_bytes())
        .map_err(failed)?;
    disk.rename(CHECKPOINT_NEW, "checkpoint")
        .and_then(|()| disk.sync_folders("checkpoint"))
        .map_err(failed)?;
    heads.keep(&key.to_string(), &note, here.origin())
}

/// Clears what a cut left: files that the journal names and the checkpoint does not cover,
/// or files that it has replaced; copies of exhibits; the journal itself, last.
fn recover(dir: &ArchiveDir, disk: &Disk) -> Result<(), StoreError> {
    let failed = |path: &str, error| StoreError::io(dir.root().join(path), error);
    if disk.exists(PENDING) {
        let journal = Journal::read(&disk.read(PENDING).map_err(|error| failed(PENDING, error))?);
        let size = match dir.unverified_checkpoint() {
            Ok((_, head)) => head.size(),
            Err(_) if !disk.exists("checkpoint") => 0,
            Err(error) => return Err(error),
        };
        for path in &journal.paths {
            let exhibit = is_exhibit(path);
            let discard = if exhibit {
                size < journal.size
            } else {
                is_pack_or_tile(path) && !is_of_layout(path, size)
            };
            if discard {
                disk.remove(path).map_err(|error| failed(path, error))?;
                disk.remove_empty_folders(path);
            }
        }
    }
    for name in disk.names(INCOMING).map_err(|error| failed(INCOMING, error))? {
        let path = format!("{INCOMING}{name}");
        disk.remove(&path).map_err(|error| failed(&path, error))?;
    }
    disk.remove_empty_folders(&format!("{INCOMING}x"));
    for path in [CHECKPOINT_NEW, PENDING] {
        disk.remove(path).map_err(|error| failed(path, error))?;
    }
    Ok(())
}

/// Refuses a copy that lacks records which were written from here: to append to it would
/// fork the log.
fn refuse_older_copy(dir: &ArchiveDir, heads: &Heads, key: &VerifierKey, here: &Checkpoint) -> Result<(), StoreError> {
    let vkey = key.to_string();
    let Some(last) = heads.last(here.origin(), &vkey)? else {
        return Ok(());
    };
    let refuse = |reason| {
        Err(StoreError::OlderCopy {
            path: dir.root().to_owned(),
            here: here.size(),
            last: last.size(),
            reason,
        })
    };
    if *here == last {
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
    let frontier = affiant_tlog::merkle::Frontier::read(size, &reader).ok()?;
    Some(frontier.root())
}

/// Every pack and tile of a log of `size` records.
fn layout(size: u64) -> Vec<String> {
    let last = size.saturating_sub(1) / u64::from(FULL_WIDTH) * u64::from(FULL_WIDTH);
    let packs = slots(last, size).flat_map(|slot| [records_path(slot), disclosures_path(slot)]);
    let tiles = tile_paths(0, size)
        .filter(|path| path.slot().is_partial())
        .map(|path| path.to_string());
    packs.chain(tiles).collect()
}

fn is_exhibit(path: &str) -> bool {
    let Some((folder, name)) = path.strip_prefix("exhibits/").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    Digest::from_hex(&format!("{folder}{name}")).is_ok()
}

fn is_pack_or_tile(path: &str) -> bool {
    pack_slot(path).is_some() || affiant_tlog::tile::TilePath::parse(path).is_some()
}

fn pack_slot(path: &str) -> Option<Slot> {
    Slot::from_path(path, "records/", ".jsonl").or_else(|| Slot::from_path(path, "disclosures/", ".jsonl"))
}

/// Whether a log of `size` records has a file of this path.
fn is_of_layout(path: &str, size: u64) -> bool {
    if let Some(slot) = pack_slot(path) {
        return Slot::holding(slot.start(), size) == Some(slot);
    }
    match affiant_tlog::tile::TilePath::parse(path) {
        Some(tile) => {
            let count = match tile.kind() {
                affiant_tlog::tile::TileKind::Entries => size,
                affiant_tlog::tile::TileKind::Hashes { level } => size.checked_shr(8 * u32::from(level)).unwrap_or(0),
            };
            Slot::holding(tile.slot().start(), count) == Some(tile.slot())
        }
        None => false,
    }
}
