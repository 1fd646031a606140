//! The last heads of logs, kept outside the archives: what was written from here, and what
//! is about to be.
//!
//! ```text
//! heads/5c1f…        the checkpoint that was published last
//! heads/5c1f….next   the text of the head that was signed last, or was about to be
//! heads/5c1f….lock   locked while somebody writes to any copy of the log
//! ```
//!
//! An archive that was restored from an older backup looks whole. Whoever wrote to it
//! knows better by these files (spec/archive.md, "Outside the archive").

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use affiant::digest::Digest;
use affiant_tlog::checkpoint::Checkpoint;
use affiant_tlog::note::{MAX_NOTE_BYTES, Note, NoteText};

use crate::disk::Disk;
use crate::error::StoreError;

/// The heads in a folder, a few files for each log.
#[derive(Debug, Clone)]
pub struct Heads {
    disk: Disk,
}

impl Heads {
    /// The heads in `folder`, which need not exist yet.
    pub fn new(folder: &Path) -> Heads {
        Heads {
            disk: Disk::new(folder),
        }
    }

    /// The file's name is a digest, as an origin is no file name.
    fn name(origin: &str, vkey: &str) -> String {
        Digest::of(format!("{origin}\n{vkey}").as_bytes()).to_hex()
    }

    fn next(origin: &str, vkey: &str) -> String {
        format!("{}.next", Heads::name(origin, vkey))
    }

    /// The last head of a log; `None` where there is none.
    ///
    /// # Errors
    /// Where a file is there and cannot be read, or is no head: to take that for none would
    /// let an older copy of the log be written to.
    pub fn last(&self, origin: &str, vkey: &str) -> Result<Option<Checkpoint>, StoreError> {
        self.read(&Heads::name(origin, vkey), |bytes| {
            let note = Note::parse(bytes).ok()?;
            Checkpoint::parse_unverified(note.unverified_text()).ok()
        })
    }

    /// Keeps the last head of a log.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn keep(&self, vkey: &str, note: &Note, origin: &str) -> Result<(), StoreError> {
        self.write(&Heads::name(origin, vkey), &note.to_string())
    }

    /// The head that a writer signed last, or was about to sign.
    pub(crate) fn intended(&self, origin: &str, vkey: &str) -> Result<Option<Checkpoint>, StoreError> {
        self.read(&Heads::next(origin, vkey), |bytes| {
            let text = NoteText::new(std::str::from_utf8(bytes).ok()?).ok()?;
            Checkpoint::parse_unverified(&text).ok()
        })
    }

    /// Keeps the head that is about to be signed. From then on no other of its size may be.
    pub(crate) fn intend(&self, vkey: &str, head: &Checkpoint) -> Result<(), StoreError> {
        self.write(&Heads::next(head.origin(), vkey), head.text().as_str())
    }

    /// Takes an intention back, durably, where the head was certainly not signed.
    pub(crate) fn withdraw(&self, origin: &str, vkey: &str) -> Result<(), StoreError> {
        let name = Heads::next(origin, vkey);
        let removed = self.disk.remove(&name);
        removed
            .and_then(|()| self.disk.sync_folders([name.as_str()]))
            .map_err(|error| StoreError::io(self.disk.path(&name), error))
    }

    /// Takes the lock of a log, so that no two copies of it are written to at one time;
    /// `None` where somebody has it.
    pub(crate) fn lock(&self, origin: &str, vkey: &str) -> Result<Option<File>, StoreError> {
        let name = format!("{}.lock", Heads::name(origin, vkey));
        let path = self.disk.path(&name);
        let failed = |error| StoreError::io(&path, error);
        self.make_folder()?;
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    fn make_folder(&self) -> Result<(), StoreError> {
        let folder = self.disk.path("");
        std::fs::create_dir_all(&folder).map_err(|error| StoreError::io(folder, error))
    }

    fn read(
        &self,
        name: &str,
        parse: impl FnOnce(&[u8]) -> Option<Checkpoint>,
    ) -> Result<Option<Checkpoint>, StoreError> {
        let path = self.disk.path(name);
        match self.disk.read(name, MAX_NOTE_BYTES as u64) {
            Ok(bytes) => match parse(&bytes) {
                Some(head) => Ok(Some(head)),
                None => Err(StoreError::Damaged {
                    path,
                    reason: "it is not the head of a log".to_owned(),
                }),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io(path, error)),
        }
    }

    fn write(&self, name: &str, text: &str) -> Result<(), StoreError> {
        self.make_folder()?;
        let new = format!("{name}.new");
        let written = self.disk.write(&new, text.as_bytes());
        let written = written
            .and_then(|()| self.disk.rename(&new, name))
            .and_then(|()| self.disk.sync_folders([name]));
        written.map_err(|error| StoreError::io(self.disk.path(name), error))
    }
}
