//! Where the bytes of an archive come from. The library opens no file itself.

use crate::digest::Digest;

/// The bytes could not be read: the verification can say nothing, not even that they are
/// wrong.
#[derive(Debug, thiserror::Error)]
#[error("{path} could not be read: {reason}")]
pub struct SourceError {
    /// The file.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A file name in an archive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Listed {
    /// A regular file, by its path relative to the archive, with `/` between its parts.
    File(String),
    /// Something else, or a name that is not UTF-8, as it can be shown.
    Other(String),
}

impl Listed {
    /// The path of a regular file.
    pub fn as_file(&self) -> Option<&str> {
        match self {
            Listed::File(path) => Some(path),
            Listed::Other(_) => None,
        }
    }
}

/// Gives the bytes of an archive's files. Nothing that it gives is trusted.
pub trait ArchiveSource {
    /// Every file below the archive.
    ///
    /// # Errors
    /// [`SourceError`].
    fn list(&mut self) -> Result<Vec<Listed>, SourceError>;

    /// The bytes of a file of at most `limit` bytes; `None` where there is no such file.
    /// A longer file gives its first `limit + 1` bytes.
    ///
    /// # Errors
    /// [`SourceError`].
    fn read(&mut self, path: &str, limit: usize) -> Result<Option<Vec<u8>>, SourceError>;

    /// The digest and size of a file of any length; `None` where there is no such file.
    ///
    /// # Errors
    /// [`SourceError`].
    fn digest(&mut self, path: &str) -> Result<Option<(Digest, u64)>, SourceError>;

    /// Bytes `start..end` of a file; `None` where there is no such file or it is shorter.
    ///
    /// # Errors
    /// [`SourceError`].
    fn range(&mut self, path: &str, start: u64, end: u64) -> Result<Option<Vec<u8>>, SourceError>;

    /// Called after each pack and each exhibit, with how much is done of how much, so that
    /// a person sees progress.
    fn progress(&mut self, _done: u64, _of: u64) {}
}
