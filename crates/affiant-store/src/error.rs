//! Why an archive could not be opened, read or written.

use std::io;
use std::path::PathBuf;

/// Why an archive could not be opened, read or written. Nothing is half done: what was
/// acknowledged stays. Of what was not, nothing was recorded, unless the error is
/// [`StoreError::Unsettled`].
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No archive here or above.
    #[error("there is no archive in {} or any folder above it", .0.display())]
    NoArchive(PathBuf),
    /// A folder where an archive should begin has something in it.
    #[error("{} is not empty, so no archive begins there", .0.display())]
    NotEmpty(PathBuf),
    /// An archive of another format.
    #[error("{}: {reason}", path.display())]
    NotOurs {
        /// The archive.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// Somebody else is writing.
    #[error("{} is being written by {holder}", path.display())]
    Locked {
        /// The archive.
        path: PathBuf,
        /// By whom, as far as the journal says.
        holder: String,
    },
    /// The copy is not the one that was written last.
    #[error("{} has {here} records, but this log was last written here with {last}: {reason}", path.display())]
    OlderCopy {
        /// The archive.
        path: PathBuf,
        /// How many records the copy has.
        here: u64,
        /// How many it had when it was last written from here.
        last: u64,
        /// What follows.
        reason: &'static str,
    },
    /// The head and the tiles do not agree.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// The archive.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// The disk is full.
    #[error("the disk is full: {} could not be written", path.display())]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The archive lies on something that cannot be written.
    #[error("{} cannot be written: {source}", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Reading or writing failed.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The log's key did not sign.
    #[error("the log's head was not signed: {0}")]
    Sign(String),
    /// A record that no reader would accept.
    #[error("the record for leaf {leaf} cannot be kept: {reason}")]
    Record {
        /// The leaf index that it would have had.
        leaf: u64,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// An append could not be ended after its head was, or may have been, signed. It counts:
    /// the next writer ends it.
    #[error("the log's head was signed, but the append could not be ended: {source}")]
    Unsettled {
        /// What failed.
        source: Box<StoreError>,
    },
}

impl StoreError {
    /// Sorts an error of the system by what a person can do about it.
    pub(crate) fn io(path: impl Into<PathBuf>, source: io::Error) -> StoreError {
        let path = path.into();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full { path },
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                StoreError::ReadOnly { path, source }
            }
            _ => StoreError::Io { path, source },
        }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            StoreError::NoArchive(_) => Some("make one with `affiant init DIR`, or name one with -C DIR"),
            StoreError::NotEmpty(_) => Some("name a new folder: affiant init DIR"),
            StoreError::NotOurs { .. } => Some("a newer version of this program may read it"),
            StoreError::Locked { .. } => Some("wait until it is done, and try again"),
            StoreError::OlderCopy { .. } => Some("work in the newest copy; writing to an older one would fork the log"),
            StoreError::Damaged { .. } => Some("see what is wrong: affiant verify DIR"),
            StoreError::Full { .. } => Some("make room and try again; nothing was recorded"),
            StoreError::Unsettled { .. } => {
                Some("do not record it again: the next command that records something ends it first")
            }
            StoreError::ReadOnly { .. } => Some("copy the archive to a place that you can write to"),
            StoreError::Io { .. } | StoreError::Sign(_) | StoreError::Record { .. } => None,
        }
    }
}
