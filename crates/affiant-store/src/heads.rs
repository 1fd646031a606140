//! The last heads of logs, kept outside the archives: what was written from here, and what
//! was seen.
//!
//! An archive that was restored from an older backup looks whole. Whoever wrote to it, or
//! saw it, longer than it is now knows better by these files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use affiant::digest::Digest;
use affiant_tlog::checkpoint::Checkpoint;
use affiant_tlog::note::{MAX_NOTE_BYTES, Note};

use crate::disk::Disk;
use crate::error::StoreError;

/// The heads in a folder, a file for each log.
#[derive(Debug, Clone)]
pub struct Heads {
    folder: PathBuf,
}

impl Heads {
    /// The heads in `folder`, which need not exist yet.
    pub fn new(folder: &Path) -> Heads {
        Heads {
            folder: folder.to_owned(),
        }
    }

    /// The file's name is a digest, as an origin is no file name.
    fn name(origin: &str, vkey: &str) -> String {
        Digest::of(format!("{origin}\n{vkey}").as_bytes()).to_hex()
    }

    /// The last head of a log; `None` where there is none.
    ///
    /// # Errors
    /// Where a file is there and cannot be read.
    pub fn last(&self, origin: &str, vkey: &str) -> Result<Option<Checkpoint>, StoreError> {
        let note = self.read(&Heads::name(origin, vkey))?;
        Ok(note.and_then(|note| Checkpoint::parse_unverified(note.unverified_text()).ok()))
    }

    /// Keeps the last head of a log.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn keep(&self, vkey: &str, note: &Note, origin: &str) -> Result<(), StoreError> {
        self.write(&Heads::name(origin, vkey), note)
    }

    /// The head that a writer signed and was about to publish.
    pub(crate) fn intended_note(&self, origin: &str, vkey: &str) -> Result<Option<Note>, StoreError> {
        self.read(&format!("{}.next", Heads::name(origin, vkey)))
    }

    pub(crate) fn intend(&self, vkey: &str, note: &Note, origin: &str) -> Result<(), StoreError> {
        self.write(&format!("{}.next", Heads::name(origin, vkey)), note)
    }

    /// A file that was torn is as good as none: it is replaced by a rename, so that only a
    /// disk can tear it.
    fn read(&self, name: &str) -> Result<Option<Note>, StoreError> {
        let path = self.folder.join(name);
        match fs::read(&path) {
            Ok(bytes) if bytes.len() <= MAX_NOTE_BYTES => Ok(Note::parse(&bytes).ok()),
            Ok(_) => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io(path, error)),
        }
    }

    fn write(&self, name: &str, note: &Note) -> Result<(), StoreError> {
        let disk = Disk::new(&self.folder);
        let new = format!("{name}.new");
        let written = disk.write(&new, note.to_string().as_bytes());
        let written = written
            .and_then(|()| disk.rename(&new, name))
            .and_then(|()| disk.sync_folders(name));
        written.map_err(|error| StoreError::io(self.folder.join(name), error))
    }
}
