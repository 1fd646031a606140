//! Appending to an archive, so that what was acknowledged is kept and nothing else counts.
//!
//! An append takes the locks, ends or clears what a cut left, names in the journal every
//! file it will make, makes and syncs them, keeps outside the archive which head it is about
//! to sign, and only then signs and publishes the checkpoint by a rename. Before the head is
//! intended a cut discards; after it, only forward (spec/archive.md, "An append"). It signs
//! no record: envelopes come sealed, and the log's key is a closure.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use affiant::archive::{CHECKPOINT_NEW, INCOMING, PENDING, archive_toml, disclosures_path, exhibit_path, records_path};
use affiant::digest::Digest;
use affiant::disclose::Disclosure;
use affiant::encode::hex;
use affiant::key::{SignError, Signature};
use affiant::record::{Archive, ExhibitId, RecordId};
use affiant_tlog::checkpoint::{Checkpoint, VerifiedCheckpoint};
use affiant_tlog::note::{Note, VerifierKey};
use affiant_tlog::tile::{FULL_WIDTH, NewTile, RightEdge, Slot, TileKind, slots, tile_paths};
use sha2::Digest as _;

use crate::dir::ArchiveDir;
use crate::disk::{self, Disk};
use crate::error::StoreError;
use crate::heads::Heads;
use crate::journal::Journal;
use crate::layout::{is_of_layout, is_pack_or_tile, partial_paths};
use crate::pack::Pack;
use crate::recovery;

/// How much of an exhibit is copied at once, in bytes.
const BLOCK: usize = 1 << 20;

/// Signs the log's head: the bytes of a note's text. What is asked of a person, as a
/// passphrase, should be asked before: from here on only forward.
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

/// The one who writes to an archive. The locks are held as long as it lives.
#[derive(Debug)]
pub struct Writer {
    dir: ArchiveDir,
    disk: Disk,
    heads: Heads,
    key: VerifierKey,
    archive: Archive,
    id: RecordId,
    edge: RightEdge,
    /// How many records the checkpoint covers that lies there.
    published: u64,
    journal: Journal,
    staged: u64,
    /// How far an append came that did not end.
    cut: Option<Cut>,
    /// On the archive, and on every copy of its log: until they are dropped.
    _locks: [File; 2],
}

/// How far an append came that did not end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// Certainly nothing was signed: what was made is cleared away.
    Unsigned,
    /// The head was intended and may have been signed: the next writer publishes it. To
    /// sign another head of the same size would fork the log.
    Intended,
    /// The head was published, and what it has replaced is not cleared away yet.
    Published,
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
        let key: VerifierKey = archive.log_key.parse().map_err(|_| StoreError::NotOurs {
            path: root.to_owned(),
            reason: "leaf 0 has no log key".to_owned(),
        })?;
        let is_new = !root.exists();
        std::fs::create_dir_all(root).map_err(io)?;
        let not_empty = || StoreError::NotEmpty(root.to_owned());
        if std::fs::read_dir(root).map_err(io)?.next().is_some() {
            return Err(not_empty());
        }
        let disk = Disk::new(root);
        // Of two who begin at once, one makes this file, and the other touches nothing.
        let toml = disk.write_new("archive.toml", archive_toml(archive, id).as_bytes());
        if let Err(error) = &toml
            && error.kind() == io::ErrorKind::AlreadyExists
        {
            return Err(not_empty());
        }
        let begin = || -> Result<Writer, StoreError> {
            toml.and_then(|()| disk.sync_folders(["archive.toml"])).map_err(io)?;
            if let Some(parent) = root.parent().and_then(|parent| File::open(parent).ok()) {
                // The folder's own name; a parent that cannot be synced is no reason to stop.
                let _ = parent.sync_all();
            }
            let locks = take_locks(&disk, &heads, &archive.origin, &key)?;
            Ok(Writer {
                dir: ArchiveDir::open(root)?,
                disk: disk.clone(),
                heads,
                key,
                archive: archive.clone(),
                id,
                edge: RightEdge::new(),
                published: 0,
                journal: Journal::of(writer),
                staged: 0,
                cut: None,
                _locks: locks,
            })
        };
        let appended = begin().and_then(|mut writer| {
            let appended = writer.append(first, sign);
            // Nobody can go forward without a checkpoint, and nothing was acknowledged.
            if appended.is_err() && writer.disk.remove("checkpoint").is_ok() {
                writer.cut = Some(Cut::Unsigned);
                let _ = writer.heads.withdraw(&archive.origin, &archive.log_key);
            }
            appended
        });
        if appended.is_err() && !disk.exists("checkpoint") {
            let _ = disk.remove("archive.toml");
            if is_new {
                let _ = std::fs::remove_dir(root);
            }
        }
        appended
    }

    /// Opens an archive to append to it: takes the locks, makes sure that this is the copy
    /// that was written last, and ends or clears what a cut left. `sign` is asked only where
    /// a writer was cut off while its head was being signed.
    ///
    /// # Errors
    /// [`StoreError::Locked`], [`StoreError::OlderCopy`], [`StoreError::Damaged`].
    pub fn open(dir: &ArchiveDir, heads: Heads, writer: &str, sign: &mut SignHead<'_>) -> Result<Writer, StoreError> {
        let disk = Disk::new(dir.root());
        let lock = recovery::lock(&disk)?;
        let (id, archive, key) = dir.leaf0()?;
        let locks = [lock, lock_heads(&disk, &heads, &archive.origin, &key)?];
        let (note, here) = dir.unverified_checkpoint()?;
        let verified = VerifiedCheckpoint::of_note(note.clone(), &key);
        verified.map_err(|error| dir.damaged(format!("its checkpoint: {error}")))?;
        let owed = recovery::owed(dir, &disk, &heads, &key, &here)?;
        if owed.is_none() {
            recovery::clear(dir, &disk, here.size())?;
        }
        let head = owed.as_ref().unwrap_or(&here);
        let edge = RightEdge::read(head.size(), dir).map_err(|error| dir.damaged(error.to_string()))?;
        if edge.root() != head.root() {
            return Err(dir.damaged("its tiles do not give the tree that the checkpoint signs"));
        }
        let mut new = Writer {
            dir: dir.clone(),
            disk,
            heads,
            key,
            archive,
            id,
            edge,
            published: here.size(),
            journal: Journal::of(writer),
            staged: 0,
            cut: None,
            _locks: locks,
        };
        if let Some(head) = &owed {
            new.cut = Some(Cut::Intended);
            let note = new.sign(head, sign)?;
            new.publish(head, &note)?;
            new.heads.keep(&new.key.to_string(), &note, head.origin())?;
            recovery::clear(&new.dir, &new.disk, head.size())?;
            new.cut = None;
        } else if new.heads.last(here.origin(), &new.key.to_string())?.as_ref() != Some(&here) {
            // Written elsewhere, or cut off before it was kept.
            new.heads.keep(&new.key.to_string(), &note, here.origin())?;
        }
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
        self.published
    }

    /// Copies an exhibit's bytes into the archive's folder and digests them on the way, in
    /// constant memory. `token` makes the name of the copy; `progress` is told how many
    /// bytes were copied.
    ///
    /// # Errors
    /// `Err(Ok(_))` where the archive cannot be written, `Err(Err(_))` where `bytes` cannot
    /// be read. The copy is removed then.
    pub fn stage_exhibit(
        &mut self,
        bytes: &mut dyn Read,
        token: [u8; 16],
        progress: &mut dyn FnMut(u64),
    ) -> Result<StagedExhibit, Result<StoreError, io::Error>> {
        self.staged += 1;
        let path = format!("{INCOMING}{}-{}", hex::encode(&token), self.staged);
        let staged = self.copy(bytes, path.clone(), progress);
        if staged.is_err() {
            // On a full disk this is the room that the next attempt needs.
            let _ = self.disk.remove(&path);
        }
        staged
    }

    fn copy(
        &self,
        bytes: &mut dyn Read,
        path: String,
        progress: &mut dyn FnMut(u64),
    ) -> Result<StagedExhibit, Result<StoreError, io::Error>> {
        let store = |error| Ok(self.failed(&path, error));
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
            disk::write_part(&mut file, &block[..count]).map_err(store)?;
            size += count as u64;
            progress(size);
        }
        disk::sync(&file).map_err(store)?;
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
    /// [`StoreError`]; nothing was recorded then, but for [`StoreError::Unsettled`]. After
    /// any of them the archive must be opened again.
    pub fn append(&mut self, records: Vec<NewRecord>, sign: &mut SignHead<'_>) -> Result<Appended, StoreError> {
        if self.cut.is_some() {
            return Err(self.dir.damaged("an append was cut off; open the archive again"));
        }
        let first_leaf = self.published;
        if !records.is_empty() {
            self.cut = Some(Cut::Unsigned);
            let head = self.prepare(records)?;
            let note = self.sign_intended(&head, sign)?;
            self.publish(&head, &note)?;
            // The append counts. What fails from here on, the next writer does.
            if self.settle(&note).is_ok() {
                self.cut = None;
            }
        }
        Ok(Appended {
            first_leaf,
            size: self.published,
        })
    }

    /// Makes every file of the append but the checkpoint, durably, and gives the new head.
    fn prepare(&mut self, records: Vec<NewRecord>) -> Result<Checkpoint, StoreError> {
        let old = self.edge.size();
        let new = old + records.len() as u64;
        self.journal.size = new;
        self.journal.paths = self.paths_of(old, new, &records);
        self.write_journal()?;
        self.write_packs(old, records)?;
        let made = self.journal.paths.iter().map(String::as_str);
        self.disk.sync_folders(made).map_err(|error| self.failed("", error))?;
        let head = Checkpoint::new(&self.archive.origin, self.edge.size(), self.edge.root());
        head.map_err(|error| StoreError::Sign(error.to_string()))
    }

    /// Every file that the append makes, and every one that a wider one replaces.
    fn paths_of(&self, old: u64, new: u64, records: &[NewRecord]) -> Vec<String> {
        let mut paths: BTreeSet<String> = partial_paths(old).collect();
        paths.extend(tile_paths(old, new).map(|path| path.to_string()));
        paths.extend(slots(old, new).flat_map(|slot| [records_path(slot), disclosures_path(slot)]));
        let exhibits = records.iter().flat_map(|record| &record.exhibits);
        let added = exhibits.filter(|(id, _)| !self.dir.has_exhibit(*id));
        paths.extend(added.map(|(id, _)| exhibit_path(*id)));
        paths.into_iter().collect()
    }

    /// Writes each pack when it is full, and the last as far as it goes.
    fn write_packs(&mut self, old: u64, records: Vec<NewRecord>) -> Result<(), StoreError> {
        let mut pack = self.open_pack(old)?;
        // Of each kind of tile, the one that has still room: a later pack may fill it.
        let mut partial: Vec<(TileKind, NewTile)> = Vec::new();
        let count = records.len() as u64;
        for (leaf, record) in (old..).zip(records) {
            for (id, staged) in record.exhibits {
                self.keep_exhibit(id, &staged)?;
            }
            let pushed = pack.push(&record.envelope, &record.disclosures);
            pushed.map_err(|reason| StoreError::Record { leaf, reason })?;
            let leaves = leaf + 1;
            if !leaves.is_multiple_of(u64::from(FULL_WIDTH)) && leaves != old + count {
                continue;
            }
            let slot = Slot::holding(leaf, leaves).expect("a leaf of the log");
            self.write(&records_path(slot), &pack.records)?;
            self.write(&disclosures_path(slot), &pack.disclosures)?;
            let tiles = self
                .edge
                .append(&pack.entries)
                .map_err(|error| StoreError::Sign(error.to_string()))?;
            for tile in tiles {
                partial.retain(|(kind, _)| *kind != tile.path.kind());
                if tile.path.slot().is_partial() {
                    partial.push((tile.path.kind(), tile));
                } else {
                    self.write(&tile.path.to_string(), &tile.bytes)?;
                }
            }
            pack = Pack::default();
        }
        for (_, tile) in partial {
            self.write(&tile.path.to_string(), &tile.bytes)?;
        }
        Ok(())
    }

    /// The lines of the pack that has still room.
    fn open_pack(&self, size: u64) -> Result<Pack, StoreError> {
        let last = size.checked_sub(1).and_then(|leaf| Slot::holding(leaf, size));
        match last.filter(|slot| slot.is_partial()) {
            Some(slot) => Pack::logged(&self.dir, slot),
            None => Ok(Pack::default()),
        }
    }

    fn keep_exhibit(&self, id: ExhibitId, staged: &StagedExhibit) -> Result<(), StoreError> {
        let path = exhibit_path(id);
        if self.dir.has_exhibit(id) {
            return self
                .disk
                .remove(&staged.path)
                .map_err(|error| self.failed(&staged.path, error));
        }
        self.disk
            .rename(&staged.path, &path)
            .map_err(|error| self.failed(&path, error))
    }

    fn sign(&self, head: &Checkpoint, sign: &mut SignHead<'_>) -> Result<Note, StoreError> {
        head.sign(&self.key, |text| sign(text))
            .map_err(|error| StoreError::Sign(error.to_string()))
    }

    /// Keeps outside which head is about to be signed, and signs it. Where that certainly
    /// did not come about, the intention is taken back.
    fn sign_intended(&mut self, head: &Checkpoint, sign: &mut SignHead<'_>) -> Result<Note, StoreError> {
        let vkey = self.key.to_string();
        self.cut = Some(Cut::Intended);
        let intended = self.heads.intend(&vkey, head);
        let signed = intended.and_then(|()| self.sign(head, sign));
        signed.map_err(|error| {
            let stands = || self.heads.intended(head.origin(), &vkey).ok().flatten().as_ref() == Some(head);
            if self.heads.withdraw(head.origin(), &vkey).is_ok() || !stands() {
                self.cut = Some(Cut::Unsigned);
                error
            } else {
                unsettled(error)
            }
        })
    }

    /// Publishes a signed head: the new file beside, then the rename, which is the moment
    /// from which the append counts.
    fn publish(&mut self, head: &Checkpoint, note: &Note) -> Result<(), StoreError> {
        let written = self.disk.write(CHECKPOINT_NEW, note.to_string().as_bytes());
        let published = written
            .and_then(|()| self.disk.rename(CHECKPOINT_NEW, "checkpoint"))
            .and_then(|()| self.disk.sync_folders(["checkpoint"]));
        published.map_err(|error| unsettled(self.failed("checkpoint", error)))?;
        self.published = head.size();
        self.cut = Some(Cut::Published);
        Ok(())
    }

    /// Keeps the head that was published, removes what wider files have replaced, and leaves
    /// a journal that names nothing.
    fn settle(&mut self, note: &Note) -> Result<(), StoreError> {
        self.heads.keep(&self.key.to_string(), note, &self.archive.origin)?;
        let mut replaced = std::mem::take(&mut self.journal.paths);
        replaced.retain(|path| is_pack_or_tile(path) && !is_of_layout(path, self.published));
        recovery::remove_all(&self.dir, &self.disk, &replaced)?;
        self.write_journal()
    }

    fn write_journal(&self) -> Result<(), StoreError> {
        self.write(PENDING, self.journal.to_text().as_bytes())?;
        self.disk
            .sync_folders([PENDING])
            .map_err(|error| self.failed(PENDING, error))
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.disk.write(path, bytes).map_err(|error| self.failed(path, error))
    }

    fn failed(&self, path: &str, error: io::Error) -> StoreError {
        StoreError::io(self.disk.path(path), error)
    }
}

impl Drop for Writer {
    /// Leaves the folder as a reader expects it. Where that fails, the next writer does it.
    fn drop(&mut self) {
        if self.cut != Some(Cut::Intended) {
            let _ = recovery::clear(&self.dir, &self.disk, self.published);
        }
    }
}

fn unsettled(source: StoreError) -> StoreError {
    StoreError::Unsettled {
        source: Box::new(source),
    }
}

fn take_locks(disk: &Disk, heads: &Heads, origin: &str, key: &VerifierKey) -> Result<[File; 2], StoreError> {
    Ok([recovery::lock(disk)?, lock_heads(disk, heads, origin, key)?])
}

fn lock_heads(disk: &Disk, heads: &Heads, origin: &str, key: &VerifierKey) -> Result<File, StoreError> {
    let lock = heads.lock(origin, &key.to_string())?;
    lock.ok_or_else(|| StoreError::Locked {
        path: disk.path(""),
        holder: "a program that is writing to another copy of it".to_owned(),
    })
}
