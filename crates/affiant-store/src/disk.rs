//! The few things that are done to a disk, each in one place, so that a test can stop any
//! of them.
//!
//! A file is written whole, synced and then counted as there; a rename is synced by its
//! folder. Nothing here knows what the files mean.

use std::cell::Cell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A folder on a disk.
#[derive(Debug)]
pub(crate) struct Disk {
    root: PathBuf,
    /// How many more steps succeed; `None`: all of them. For tests of what an interruption
    /// leaves behind.
    steps_left: Cell<Option<u64>>,
}

impl Disk {
    pub(crate) fn new(root: &Path) -> Disk {
        Disk {
            root: root.to_owned(),
            steps_left: Cell::new(None),
        }
    }

    /// Lets `steps` more steps succeed, and none after them.
    #[cfg(test)]
    pub(crate) fn stop_after(&self, steps: Option<u64>) {
        self.steps_left.set(steps);
    }

    fn step(&self) -> io::Result<()> {
        match self.steps_left.get() {
            None => Ok(()),
            Some(0) => Err(io::Error::other("stopped by a test")),
            Some(left) => {
                self.steps_left.set(Some(left - 1));
                Ok(())
            }
        }
    }

    /// Writes a whole file and syncs it. Its folders are made.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let full = self.root.join(path);
        if let Some(folder) = full.parent() {
            self.step()?;
            fs::create_dir_all(folder)?;
        }
        self.step()?;
        let mut file = File::create(&full)?;
        // Half of it first, so that a test can stop between: a torn file is what a cut leaves.
        let (first, second) = bytes.split_at(bytes.len() / 2);
        file.write_all(first)?;
        self.step()?;
        file.write_all(second)?;
        self.step()?;
        file.sync_all()
    }

    /// Begins a new file to be written in parts; the caller syncs it.
    pub(crate) fn create_new(&self, path: &str) -> io::Result<File> {
        let full = self.root.join(path);
        if let Some(folder) = full.parent() {
            fs::create_dir_all(folder)?;
        }
        self.step()?;
        OpenOptions::new().write(true).create_new(true).open(full)
    }

    pub(crate) fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let target = self.root.join(to);
        if let Some(folder) = target.parent() {
            self.step()?;
            fs::create_dir_all(folder)?;
        }
        self.step()?;
        fs::rename(self.root.join(from), target)
    }

    /// Removes a file; that it is not there is no error.
    pub(crate) fn remove(&self, path: &str) -> io::Result<()> {
        self.step()?;
        match fs::remove_file(self.root.join(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            result => result,
        }
    }

    /// Removes the folders of `path` that have become empty, up to the root.
    pub(crate) fn remove_empty_folders(&self, path: &str) {
        let mut folder = Path::new(path).parent();
        while let Some(inner) = folder.filter(|inner| !inner.as_os_str().is_empty()) {
            if fs::remove_dir(self.root.join(inner)).is_err() {
                return;
            }
            folder = inner.parent();
        }
    }

    /// Syncs the folder of `path` and those above it, so that the name itself is kept.
    pub(crate) fn sync_folders(&self, path: &str) -> io::Result<()> {
        self.step()?;
        let mut folder = Path::new(path).parent();
        while let Some(inner) = folder {
            File::open(self.root.join(inner))?.sync_all()?;
            folder = inner.parent();
        }
        Ok(())
    }

    pub(crate) fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.root.join(path))
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.root.join(path).symlink_metadata().is_ok()
    }

    /// The names of the files in a folder; none where there is no such folder.
    pub(crate) fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(self.root.join(folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
        entries.map(name).collect()
    }
}
