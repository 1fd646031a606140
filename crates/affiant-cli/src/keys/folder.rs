//! A folder of keys: which are in it, and how a new one is put there.
//!
//! ```text
//! default      the private key of "default"
//! default.pub  its public key
//! token.pub    a key whose private half is elsewhere
//! ```
//!
//! Files that have no name of a key are passed over. Whether the keys are a person's or a log's, the folder does not
//! know.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use affiant::key::{Signer as _, VerifyingKey};

use super::file::{self, FileRandom, KeyFile, KeyFileError, Protection, Seed};
use super::keyring::KeyringError;
use super::name::{KeyName, PUBLIC_SUFFIX};
use super::passphrase::PassphraseSource;
use crate::env::Env;

/// The most files that are looked at in a folder of keys.
pub const MAX_KEY_FILES: usize = 4096;

/// Where the private half of a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// In a file, under a passphrase.
    Encrypted,
    /// In a file, in the clear.
    Clear,
    /// Not in a file of ours: an ssh-agent or a device has it.
    Elsewhere,
}

/// A key in the keyring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyEntry {
    /// Its name.
    pub name: KeyName,
    /// The public key.
    pub key: VerifyingKey,
    /// Where the private key is.
    pub held: Held,
    /// The file of the private key; of the public key, where the private one is elsewhere.
    pub path: PathBuf,
}

/// What lies in the folder of a person's keys.
#[derive(Debug)]
pub struct Listing {
    /// The keys, by name.
    pub keys: Vec<KeyEntry>,
    /// What could not be read as a key.
    pub unreadable: Vec<KeyringError>,
}

/// The key of this name, if it is there.
pub fn entry(folder: &Path, name: &KeyName) -> Result<Option<KeyEntry>, KeyringError> {
    let path = folder.join(name.as_str());
    let public_path = public_path(folder, name);
    let public = absent_is_none(file::read_public(&public_path))?;
    let Some(key_file) = absent_is_none(KeyFile::read(&path))? else {
        return Ok(public.map(|(key, _)| KeyEntry {
            name: name.clone(),
            key,
            held: Held::Elsewhere,
            path: public_path,
        }));
    };
    let key = key_file.verifying_key().clone();
    if public.is_some_and(|(public, _)| public != key) {
        return Err(KeyringError::PublicDiffers(public_path));
    }
    let held = if key_file.is_encrypted() {
        Held::Encrypted
    } else {
        Held::Clear
    };
    Ok(Some(KeyEntry {
        name: name.clone(),
        key,
        held,
        path,
    }))
}

/// All keys of the folder, by name; none where there is no folder.
pub fn entries(folder: &Path) -> Result<Listing, KeyringError> {
    let refused = |source| KeyFileError::Read {
        path: folder.to_owned(),
        source,
    };
    let files = match fs::read_dir(folder) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Listing {
                keys: Vec::new(),
                unreadable: Vec::new(),
            });
        }
        Err(error) => return Err(refused(error).into()),
    };
    let mut names = Vec::new();
    for (count, file) in files.enumerate() {
        if count == MAX_KEY_FILES {
            return Err(KeyringError::TooMany(folder.to_owned()));
        }
        let file_name = file.map_err(refused)?.file_name();
        // What has no name of a key is a file that the user or an interrupted run left: no key of ours.
        let Some(text) = file_name.to_str() else { continue };
        names.extend(text.strip_suffix(PUBLIC_SUFFIX).unwrap_or(text).parse::<KeyName>());
    }
    names.sort();
    names.dedup();
    let mut listing = Listing {
        keys: Vec::new(),
        unreadable: Vec::new(),
    };
    for name in names {
        match entry(folder, &name) {
            Ok(entry) => listing.keys.extend(entry),
            Err(error) => listing.unreadable.push(error),
        }
    }
    Ok(listing)
}

/// The file of a key's public half.
pub fn public_path(folder: &Path, name: &KeyName) -> PathBuf {
    folder.join(format!("{name}{PUBLIC_SUFFIX}"))
}

/// Refuses a name that is taken.
pub fn must_not_exist(folder: &Path, name: &KeyName) -> Result<(), KeyringError> {
    for path in [folder.join(name.as_str()), public_path(folder, name)] {
        // A link that leads nowhere is in the way too.
        if fs::symlink_metadata(&path).is_ok() {
            return Err(KeyFileError::Exists(path).into());
        }
    }
    Ok(())
}

/// Puts a new key into the folder, under a passphrase for `what`: the private file, then the public one.
pub fn write_pair(
    folder: &Path,
    name: &KeyName,
    comment: &str,
    seed: &Seed,
    what: &str,
    env: &Env,
    passphrases: &PassphraseSource,
) -> Result<KeyEntry, KeyringError> {
    // Before a passphrase is asked for in vain.
    must_not_exist(folder, name)?;
    let passphrase = passphrases.for_new(what)?;
    let (protection, held) = match &passphrase {
        Some(passphrase) => {
            let random = FileRandom {
                salt: *env.random()?,
                checkint: *env.random()?,
            };
            (Protection::Passphrase(passphrase, random), Held::Encrypted)
        }
        None => (Protection::None, Held::Clear),
    };
    let path = folder.join(name.as_str());
    let key = seed.signing_key().verifying_key().clone();
    file::write(&path, seed, comment, &protection)?;
    file::write_public(&public_path(folder, name), &key, comment)?;
    Ok(KeyEntry {
        name: name.clone(),
        key,
        held,
        path,
    })
}

fn absent_is_none<T>(result: Result<T, KeyFileError>) -> Result<Option<T>, KeyFileError> {
    match result {
        Ok(read) => Ok(Some(read)),
        Err(KeyFileError::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
