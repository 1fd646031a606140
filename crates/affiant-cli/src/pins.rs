//! The reader's pins, in a file of their own that a person can read and edit.
//!
//! ```text
//! ~/.config/affiant/trust.toml
//! ```
//!
//! The form is that of `affiant::verify::Trust`, and `--trust FILE` reads the same form. Pins
//! are compared by the library; this module keeps them.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use affiant::key::VerifyingKey;
use affiant::verify::{PinnedArchive, PinnedKey, Trust};

use affiant_tlog::note::VerifierKey;

use crate::env::Dirs;
use crate::error::CliError;

/// The longest trust file that is read, in bytes.
const MAX_TRUST_FILE: u64 = 4 * 1024 * 1024;

/// Why the pins could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PinsError {
    /// Not a trust file.
    #[error("{}: {source}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line and column.
        source: Box<toml::de::Error>,
    },
    /// An entry that pins nothing.
    #[error("{}: {entry:?} is no key: {reason}", path.display())]
    Entry {
        /// The file.
        path: PathBuf,
        /// The entry.
        entry: String,
        /// Why it is none.
        reason: String,
    },
    /// Longer than any list of pins.
    #[error("{} is {size} bytes long, more than the {MAX_TRUST_FILE} allowed", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
        /// Its length.
        size: u64,
    },
}

/// The user's own trust file.
pub fn own_file(dirs: &Dirs) -> PathBuf {
    dirs.config.join("trust.toml")
}

/// Reads a trust file.
///
/// # Errors
/// Where it is not there, not readable or not a trust file.
pub fn read(path: &Path) -> Result<Trust, CliError> {
    let failed = |source| CliError::Read {
        path: path.to_owned(),
        source,
    };
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(failed(std::io::Error::other("not a plain file")));
    }
    if metadata.len() > MAX_TRUST_FILE {
        return Err(PinsError::TooLong {
            path: path.to_owned(),
            size: metadata.len(),
        }
        .into());
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    let trust: Trust = toml::from_str(&text).map_err(|source| PinsError::Syntax {
        path: path.to_owned(),
        source: Box::new(source),
    })?;
    let entry = |entry: &str, reason: String| PinsError::Entry {
        path: path.to_owned(),
        entry: entry.to_owned(),
        reason,
    };
    for pin in &trust.archives {
        pin.vkey
            .parse::<VerifierKey>()
            .map_err(|error| entry(&pin.vkey, error.to_string()))?;
    }
    for pin in &trust.keys {
        VerifyingKey::from_openssh_line(&pin.key).map_err(|error| entry(&pin.key, error.to_string()))?;
    }
    Ok(trust)
}

/// Reads the user's own pins; none where there is no file yet.
///
/// # Errors
/// As [`read`].
pub fn read_own(dirs: &Dirs) -> Result<Trust, CliError> {
    let path = own_file(dirs);
    if path.exists() {
        read(&path)
    } else {
        Ok(Trust::default())
    }
}

/// Writes the user's own pins, whole or not at all.
///
/// # Errors
/// Where the file cannot be written.
pub fn write_own(dirs: &Dirs, trust: &Trust) -> Result<(), CliError> {
    let path = own_file(dirs);
    let failed = |source| CliError::Write {
        path: path.clone(),
        source,
    };
    let text = toml::to_string_pretty(trust).expect("pins are strings in lists of tables");
    std::fs::create_dir_all(&dirs.config).map_err(failed)?;
    let new = path.with_extension("toml.new");
    let mut file = std::fs::File::create(&new).map_err(failed)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed)?;
    std::fs::rename(&new, &path).map_err(failed)
}

/// Adds a log, or says anew how it was learnt.
pub fn pin_archive(trust: &mut Trust, pin: PinnedArchive) {
    trust.archives.retain(|other| other.vkey != pin.vkey);
    trust.archives.push(pin);
}

/// Adds a key, or says anew whose it is.
pub fn pin_key(trust: &mut Trust, pin: PinnedKey) {
    let blob = |line: &str| line.split_ascii_whitespace().nth(1).map(str::to_owned);
    trust.keys.retain(|other| blob(&other.key) != blob(&pin.key));
    trust.keys.push(pin);
}
