//! An archive's files as the source of a verification. Nothing is written, and no symbolic
//! link is followed.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use affiant::digest::Digest;
use affiant::verify::{ArchiveSource, Listed, SourceError};
use sha2::Digest as _;

/// How deep folders lie in an archive at most, with room to spare.
const MAX_DEPTH: usize = 16;
/// How much of a file is digested at once, in bytes.
const BLOCK: usize = 1 << 20;

/// The files below a directory.
pub struct DirSource<'p> {
    root: PathBuf,
    progress: Box<dyn FnMut(u64, u64) + 'p>,
}

impl<'p> DirSource<'p> {
    /// The files below `root`. `progress` is told how much is done of how much.
    pub fn new(root: &Path, progress: impl FnMut(u64, u64) + 'p) -> DirSource<'p> {
        DirSource {
            root: root.to_owned(),
            progress: Box::new(progress),
        }
    }

    /// Opens a plain file; `None` where there is none.
    fn open(&self, path: &str) -> Result<Option<File>, SourceError> {
        let full = self.root.join(path);
        match fs::symlink_metadata(&full) {
            Ok(metadata) if metadata.is_file() => {}
            Ok(_) => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(path, &error)),
        }
        File::open(&full).map(Some).map_err(|error| failed(path, &error))
    }

    fn list_below(&self, inner: &Path, depth: usize, listed: &mut Vec<Listed>) -> Result<(), SourceError> {
        let shown = inner.display().to_string();
        let error = |error: io::Error| failed(if shown.is_empty() { "." } else { &shown }, &error);
        let entries = match fs::read_dir(self.root.join(inner)) {
            // A writer removes its folders when it is done with them.
            Err(gone) if depth > 0 && gone.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries.map_err(error)?,
        };
        for entry in entries {
            let entry = entry.map_err(error)?;
            let kind = match entry.file_type() {
                Err(gone) if gone.kind() == io::ErrorKind::NotFound => continue,
                kind => kind.map_err(error)?,
            };
            let path = inner.join(entry.file_name());
            match path.to_str() {
                Some(_) if kind.is_dir() && depth < MAX_DEPTH => self.list_below(&path, depth + 1, listed)?,
                Some(text) if kind.is_file() => listed.push(Listed::File(text.to_owned())),
                _ => listed.push(Listed::Other(path.display().to_string())),
            }
        }
        Ok(())
    }
}

fn failed(path: &str, error: &io::Error) -> SourceError {
    SourceError {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}

impl ArchiveSource for DirSource<'_> {
    fn list(&mut self) -> Result<Vec<Listed>, SourceError> {
        let mut listed = Vec::new();
        self.list_below(Path::new(""), 0, &mut listed)?;
        listed.sort();
        Ok(listed)
    }

    fn read(&mut self, path: &str, limit: usize) -> Result<Option<Vec<u8>>, SourceError> {
        let Some(file) = self.open(path)? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(limit as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| failed(path, &error))?;
        Ok(Some(bytes))
    }

    fn digest(&mut self, path: &str) -> Result<Option<(Digest, u64)>, SourceError> {
        let Some(mut file) = self.open(path)? else {
            return Ok(None);
        };
        let mut hasher = sha2::Sha256::new();
        let mut block = vec![0; BLOCK];
        let mut size = 0;
        loop {
            let count = match file.read(&mut block) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(failed(path, &error)),
            };
            hasher.update(&block[..count]);
            size += count as u64;
        }
        Ok(Some((Digest::from_bytes(hasher.finalize().into()), size)))
    }

    fn range(&mut self, path: &str, start: u64, end: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let Some(mut file) = self.open(path)? else {
            return Ok(None);
        };
        let error = |error: io::Error| failed(path, &error);
        let size = file.metadata().map_err(error)?.len();
        let Some(length) = end.checked_sub(start).filter(|_| end <= size) else {
            return Ok(None);
        };
        file.seek(SeekFrom::Start(start)).map_err(error)?;
        let mut bytes = Vec::new();
        file.take(length).read_to_end(&mut bytes).map_err(error)?;
        Ok(Some(bytes).filter(|bytes| bytes.len() as u64 == length))
    }

    fn progress(&mut self, done: u64, of: u64) {
        (self.progress)(done, of);
    }
}
