//! The few things that are done to a disk, each in one place, so that a test can stop any
//! of them.
//!
//! A file is written whole, synced and then counted as there; a name is kept once its
//! folders are synced. No symbolic link is written through. Nothing here knows what the
//! files mean.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

/// A folder on a disk.
#[derive(Debug, Clone)]
pub(crate) struct Disk {
    root: PathBuf,
}

impl Disk {
    pub(crate) fn new(root: &Path) -> Disk {
        Disk { root: root.to_owned() }
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Writes a whole file over what was there and syncs it. Its folders are made.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.make_folders(path)?;
        let full = self.path(path);
        if fs::symlink_metadata(&full).is_ok_and(|there| !there.is_file()) {
            return Err(not_plain(io::ErrorKind::AlreadyExists));
        }
        step()?;
        write_all(File::create(&full)?, bytes)
    }

    /// Writes a whole file where none was and syncs it.
    pub(crate) fn write_new(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        write_all(self.create_new(path)?, bytes)
    }

    /// Begins a new file to be written in parts; [`sync`] ends it.
    pub(crate) fn create_new(&self, path: &str) -> io::Result<File> {
        self.make_folders(path)?;
        step()?;
        OpenOptions::new().write(true).create_new(true).open(self.path(path))
    }

    /// Makes the folders that `path` lies in. A link to a folder is none: what is written
    /// in an archive stays in it.
    fn make_folders(&self, path: &str) -> io::Result<()> {
        let mut full = self.root.clone();
        for part in Path::new(path).parent().into_iter().flatten() {
            full.push(part);
            match fs::symlink_metadata(&full) {
                Ok(there) if there.is_dir() => {}
                Ok(_) => return Err(not_plain(io::ErrorKind::NotADirectory)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    step()?;
                    fs::create_dir(&full)?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    pub(crate) fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.make_folders(to)?;
        step()?;
        fs::rename(self.path(from), self.path(to))
    }

    /// Removes a file; that it is not there is no error.
    pub(crate) fn remove(&self, path: &str) -> io::Result<()> {
        step()?;
        match fs::remove_file(self.path(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }

    /// Removes the folders of `path` that have become empty, up to the root.
    pub(crate) fn remove_empty_folders(&self, path: &str) -> io::Result<()> {
        let folders = Path::new(path).ancestors().skip(1);
        for folder in folders.take_while(|folder| !folder.as_os_str().is_empty()) {
            step()?;
            match fs::remove_dir(self.root.join(folder)).map_err(|error| error.kind()) {
                // One that was never made is no reason to leave those above it.
                Ok(()) | Err(io::ErrorKind::NotFound) => {}
                Err(io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists) => return Ok(()),
                Err(kind) => return Err(kind.into()),
            }
        }
        Ok(())
    }

    /// Syncs the folders of all `paths` and those above them, so that the names themselves
    /// are kept, or are kept away. A folder that is gone needs nothing.
    pub(crate) fn sync_folders<'p>(&self, paths: impl IntoIterator<Item = &'p str>) -> io::Result<()> {
        let mut folders = BTreeSet::new();
        for path in paths {
            for folder in Path::new(path).ancestors().skip(1) {
                if !folders.insert(folder) {
                    break;
                }
            }
        }
        for folder in folders {
            step()?;
            match File::open(self.root.join(folder)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                opened => opened?.sync_all()?,
            }
        }
        Ok(())
    }

    /// The bytes of a plain file of at most `limit` bytes.
    pub(crate) fn read(&self, path: &str, limit: u64) -> io::Result<Vec<u8>> {
        let full = self.path(path);
        if !fs::symlink_metadata(&full)?.is_file() {
            return Err(not_plain(io::ErrorKind::InvalidData));
        }
        let mut bytes = Vec::new();
        File::open(full)?.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "longer than it may be"));
        }
        Ok(bytes)
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.path(path).symlink_metadata().is_ok()
    }

    pub(crate) fn has_file(&self, path: &str) -> bool {
        self.path(path).symlink_metadata().is_ok_and(|there| there.is_file())
    }

    /// The names of the files in a folder; none where there is no such folder.
    pub(crate) fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(self.path(folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
        entries.map(name).collect()
    }
}

/// Writes a part of a file.
pub(crate) fn write_part(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    // Half of it first, so that a test can stop between: a torn file is what a cut leaves.
    let (first, second) = bytes.split_at(bytes.len() / 2);
    file.write_all(first)?;
    step()?;
    file.write_all(second)
}

/// Syncs a file that was written.
pub(crate) fn sync(file: &File) -> io::Result<()> {
    let step = step();
    #[cfg(test)]
    if step.is_err() && faults::LOSES_UNSYNCED.get() {
        file.set_len(0)?;
    }
    step?;
    file.sync_all()
}

fn write_all(mut file: File, bytes: &[u8]) -> io::Result<()> {
    write_part(&mut file, bytes)?;
    sync(&file)
}

fn not_plain(kind: io::ErrorKind) -> io::Error {
    io::Error::new(kind, "not a plain file in a plain folder")
}

/// A point at which a test can stop everything.
fn step() -> io::Result<()> {
    #[cfg(test)]
    faults::step()?;
    Ok(())
}

/// Interruptions, for tests of what they leave behind. They concern one thread.
#[cfg(test)]
pub(crate) mod faults {
    use std::cell::Cell;
    use std::io;

    /// Which steps fail after some have succeeded.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) enum Failing {
        /// Every one: the machine was switched off.
        All,
        /// One: the disk failed, and works again.
        One,
    }

    thread_local! {
        static LEFT: Cell<Option<(u64, Failing)>> = const { Cell::new(None) };
        static FAILED: Cell<bool> = const { Cell::new(false) };
        /// Whether a file that was written and not synced has lost its bytes.
        pub(crate) static LOSES_UNSYNCED: Cell<bool> = const { Cell::new(false) };
    }

    /// Does `work` so that `steps` more steps succeed, and says whether any failed.
    pub(crate) fn interrupted<T>(steps: u64, failing: Failing, work: impl FnOnce() -> T) -> (T, bool) {
        LEFT.set(Some((steps, failing)));
        FAILED.set(false);
        let result = work();
        LEFT.set(None);
        (result, FAILED.get())
    }

    pub(super) fn step() -> io::Result<()> {
        match LEFT.get() {
            None => return Ok(()),
            Some((0, Failing::All)) => {}
            Some((0, Failing::One)) => LEFT.set(None),
            Some((left, failing)) => {
                LEFT.set(Some((left - 1, failing)));
                return Ok(());
            }
        }
        FAILED.set(true);
        Err(io::Error::other("stopped by a test"))
    }
}
