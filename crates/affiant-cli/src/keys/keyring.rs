//! The user's keys by name, and who signs with them.
//!
//! ```text
//! keys/default  keys/default.pub  keys/token.pub  log-keys/5f0c…  log-keys/5f0c….pub
//! ```
//!
//! A key with only a `.pub` file is held elsewhere, by an ssh-agent. Where the agent holds a key, it signs and no
//! passphrase is asked. The keys of logs lie in a folder of their own, named by the digest of the log's origin; they
//! are never listed among a person's keys and never sign records. Trust in other people's keys is not kept here.

use std::path::{Path, PathBuf};

use affiant::digest::Digest;
use affiant::key::{SignError, Signature, Signer, VerifyingKey};

use super::agent::{Agent, AgentError, AgentSigner};
use super::file::{self, KeyFile, KeyFileError, Seed};
use super::folder::{Held, KeyEntry, Listing, MAX_KEY_FILES, entries, entry, must_not_exist, public_path, write_pair};
use super::name::{KeyName, KeyNameError};
use super::passphrase::{PassphraseError, PassphraseSource};
use crate::env::{Env, EnvError};

/// The fewest characters of a fingerprint that name a key.
pub const MIN_FINGERPRINT_CHARS: usize = 4;

const FINGERPRINT_PREFIX: &str = "SHA256:";

/// Why a key cannot be found, made or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// There is no key at all by the name that is used where none is given.
    #[error("you have no key named \"{}\" yet", KeyName::DEFAULT)]
    NoDefault,
    /// No key has this name or fingerprint.
    #[error("you have no key \"{0}\"")]
    NoSuchKey(String),
    /// More than one key's fingerprint begins so.
    #[error("more than one key begins with {prefix}: {}", names.join(", "))]
    Ambiguous {
        /// What was given.
        prefix: String,
        /// The keys that it fits.
        names: Vec<String>,
    },
    /// The name of a key that would be made cannot be one.
    #[error(transparent)]
    Name(#[from] KeyNameError),
    /// The key is in the keyring already.
    #[error("this key is in your keyring already, as \"{0}\"")]
    AlreadyHeld(String),
    /// The key of a log was to serve as a person's.
    #[error("{0} is the key of an archive's log, and a log's key signs no records")]
    IsLogKey(String),
    /// This computer does not hold the key of a log.
    #[error("this computer does not hold the log key of \"{0}\", so it cannot add to that archive")]
    NoLogKey(String),
    /// The two files of one key disagree.
    #[error("{} is not the public key of the private key beside it", .0.display())]
    PublicDiffers(PathBuf),
    /// Only the public key is here, and no agent holds the private one.
    #[error("the private key of \"{name}\" is not on this computer, and {}", agent_says(.agent.as_ref()))]
    NotInAgent {
        /// The key's name.
        name: String,
        /// Why the agent could not be asked, where that is the reason.
        agent: Option<AgentError>,
    },
    /// The folder holds more files than [`MAX_KEY_FILES`].
    #[error("the folder {} holds more than {MAX_KEY_FILES} files", .0.display())]
    TooMany(PathBuf),
    /// A key's file.
    #[error(transparent)]
    File(#[from] KeyFileError),
    /// A passphrase.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// Randomness.
    #[error(transparent)]
    Env(#[from] EnvError),
}

fn agent_says(error: Option<&AgentError>) -> String {
    error.map_or_else(|| "no ssh-agent holds it".to_owned(), AgentError::to_string)
}

impl KeyringError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            KeyringError::NoDefault => {
                Some("make one with: affiant key new; or bring yours: affiant key import FILE".to_owned())
            }
            KeyringError::NoSuchKey(_) | KeyringError::Ambiguous { .. } => {
                Some("see your keys with: affiant key list".to_owned())
            }
            KeyringError::IsLogKey(_) => Some("make a key of your own with: affiant key new".to_owned()),
            KeyringError::NotInAgent { .. } => Some("add it to the agent with: ssh-add FILE".to_owned()),
            KeyringError::PublicDiffers(path) => {
                let private = path.with_extension("");
                Some(format!(
                    "if the private key is the right one: ssh-keygen -y -f {} > {}",
                    private.display(),
                    path.display()
                ))
            }
            KeyringError::File(error) => error.hint(),
            KeyringError::Passphrase(error) => error.hint(),
            KeyringError::Env(error) => error.hint().map(str::to_owned),
            KeyringError::Name(_)
            | KeyringError::AlreadyHeld(_)
            | KeyringError::NoLogKey(_)
            | KeyringError::TooMany(_) => None,
        }
    }
}

/// The user's keys.
pub struct Keyring {
    people: PathBuf,
    logs: PathBuf,
    agent: Option<Agent>,
}

impl Keyring {
    /// The keyring in the program's config folder, with the agent at a socket. Nothing is read yet.
    pub fn new(config: &Path, agent_socket: Option<&Path>) -> Keyring {
        Keyring {
            people: config.join("keys"),
            logs: config.join("log-keys"),
            agent: agent_socket.map(Agent::at),
        }
    }

    /// The person's keys, by name. Log keys are not among them.
    ///
    /// # Errors
    /// Where the folder cannot be read; what is wrong with one key is part of the listing.
    pub fn list(&self) -> Result<Listing, KeyringError> {
        entries(&self.people)
    }

    /// The key of this name, else the one whose fingerprint begins so, with or without `SHA256:`.
    ///
    /// # Errors
    /// [`KeyringError::NoDefault`], [`KeyringError::NoSuchKey`], [`KeyringError::Ambiguous`] and those of its file.
    pub fn find(&self, wanted: &str) -> Result<KeyEntry, KeyringError> {
        if let Ok(name) = wanted.parse::<KeyName>()
            && let Some(entry) = entry(&self.people, &name)?
        {
            return Ok(entry);
        }
        if wanted == KeyName::DEFAULT {
            return Err(KeyringError::NoDefault);
        }
        let prefix = wanted.strip_prefix(FINGERPRINT_PREFIX).unwrap_or(wanted);
        if prefix.chars().count() < MIN_FINGERPRINT_CHARS {
            return Err(KeyringError::NoSuchKey(wanted.to_owned()));
        }
        let prefix = format!("{FINGERPRINT_PREFIX}{prefix}");
        let mut fitting = self.list()?.keys;
        fitting.retain(|entry| entry.key.fingerprint().starts_with(&prefix));
        match fitting.len() {
            0 => Err(KeyringError::NoSuchKey(wanted.to_owned())),
            1 => Ok(fitting.remove(0)),
            _ => Err(KeyringError::Ambiguous {
                prefix,
                names: fitting.iter().map(|entry| entry.name.to_string()).collect(),
            }),
        }
    }

    /// Makes a new key for a person.
    ///
    /// # Errors
    /// [`KeyFileError::Exists`] where the name is taken, and what passphrases, randomness and files say.
    pub fn create(&self, name: &KeyName, env: &Env, passphrases: &PassphraseSource) -> Result<KeyEntry, KeyringError> {
        let seed = Seed::new(env.random()?);
        let what = format!("the key \"{name}\"");
        write_pair(&self.people, name, name.as_str(), &seed, &what, env, passphrases)
    }

    /// Brings a key of `ssh-keygen` into the keyring: a private key, under the passphrase that it has or a new one;
    /// or a public key, whose private key an ssh-agent holds.
    ///
    /// # Errors
    /// [`KeyringError::AlreadyHeld`], [`KeyringError::IsLogKey`], and as [`Keyring::create`].
    pub fn import(
        &self,
        path: &Path,
        name: &KeyName,
        env: &Env,
        passphrases: &PassphraseSource,
    ) -> Result<KeyEntry, KeyringError> {
        must_not_exist(&self.people, name)?;
        match KeyFile::read(path) {
            Ok(key_file) => {
                self.must_be_new(key_file.verifying_key())?;
                let what = path.display().to_string();
                let seed = open(&key_file, &what, passphrases)?;
                write_pair(&self.people, name, name.as_str(), &seed, &what, env, passphrases)
            }
            Err(KeyFileError::IsPublicKey(_)) => {
                let (key, _) = file::read_public(path)?;
                self.must_be_new(&key)?;
                let path = public_path(&self.people, name);
                file::write_public(&path, &key, name.as_str())?;
                Ok(KeyEntry {
                    name: name.clone(),
                    key,
                    held: Held::Elsewhere,
                    path,
                })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The signer of a person's key, found as by [`Keyring::find`], or else the default key: the agent where it holds
    /// the key, else the file, for which a passphrase may be asked.
    ///
    /// # Errors
    /// As [`Keyring::find`]; [`KeyringError::IsLogKey`]; [`KeyringError::NotInAgent`]; and those of passphrases.
    pub fn signer_for(
        &self,
        wanted: Option<&str>,
        passphrases: &PassphraseSource,
    ) -> Result<Box<dyn Signer>, KeyringError> {
        let entry = self.find(wanted.unwrap_or(KeyName::DEFAULT))?;
        if self.is_log_key(&entry.key)? {
            return Err(KeyringError::IsLogKey(entry.key.fingerprint()));
        }
        let what = format!("the key \"{}\"", entry.name);
        self.signer(&entry, &what, passphrases)
    }

    /// Makes the key of a new archive's log, whose origin is `origin`.
    ///
    /// # Errors
    /// As [`Keyring::create`].
    pub fn create_log_key(
        &self,
        origin: &str,
        env: &Env,
        passphrases: &PassphraseSource,
    ) -> Result<LogSigner, KeyringError> {
        let seed = Seed::new(env.random()?);
        let what = format!("the log key of \"{origin}\"");
        write_pair(
            &self.logs,
            &log_key_name(origin),
            origin,
            &seed,
            &what,
            env,
            passphrases,
        )?;
        Ok(LogSigner(Box::new(seed.signing_key())))
    }

    #[cfg(test)]
    /// The public key of the log of `origin`, where this computer may write to it.
    ///
    /// # Errors
    /// [`KeyringError::NoLogKey`] and those of its file.
    pub fn log_key(&self, origin: &str) -> Result<VerifyingKey, KeyringError> {
        Ok(self.log_entry(origin)?.key)
    }

    /// The signer of the checkpoints of the log of `origin`.
    ///
    /// # Errors
    /// [`KeyringError::NoLogKey`] and those of passphrases and files.
    pub fn log_signer(&self, origin: &str, passphrases: &PassphraseSource) -> Result<LogSigner, KeyringError> {
        let entry = self.log_entry(origin)?;
        let what = format!("the log key of \"{origin}\"");
        self.signer(&entry, &what, passphrases).map(LogSigner)
    }

    fn log_entry(&self, origin: &str) -> Result<KeyEntry, KeyringError> {
        entry(&self.logs, &log_key_name(origin))?.ok_or_else(|| KeyringError::NoLogKey(origin.to_owned()))
    }

    fn signer(
        &self,
        entry: &KeyEntry,
        what: &str,
        passphrases: &PassphraseSource,
    ) -> Result<Box<dyn Signer>, KeyringError> {
        let in_agent = match &self.agent {
            Some(agent) => agent
                .identities()
                .map(|keys| keys.contains(&entry.key).then_some(agent)),
            None => Ok(None),
        };
        match (in_agent, entry.held) {
            (Ok(Some(agent)), _) => Ok(Box::new(AgentSigner::new(agent.clone(), entry.key.clone()))),
            (in_agent, Held::Elsewhere) => Err(KeyringError::NotInAgent {
                name: entry.name.to_string(),
                agent: in_agent.err(),
            }),
            // An agent that cannot be asked is no obstacle where the file is here.
            (_, Held::Encrypted | Held::Clear) => {
                let key_file = KeyFile::read(&entry.path)?;
                Ok(Box::new(open(&key_file, what, passphrases)?.signing_key()))
            }
        }
    }

    fn must_be_new(&self, key: &VerifyingKey) -> Result<(), KeyringError> {
        if self.is_log_key(key)? {
            return Err(KeyringError::IsLogKey(key.fingerprint()));
        }
        match self.list()?.keys.into_iter().find(|entry| entry.key == *key) {
            Some(entry) => Err(KeyringError::AlreadyHeld(entry.name.to_string())),
            None => Ok(()),
        }
    }

    fn is_log_key(&self, key: &VerifyingKey) -> Result<bool, KeyringError> {
        Ok(entries(&self.logs)?.keys.iter().any(|entry| entry.key == *key))
    }
}

/// The key of an archive's log. It signs checkpoints, and is no [`Signer`], so that no record can be signed by it.
pub struct LogSigner(Box<dyn Signer>);

impl LogSigner {
    /// A signer that is used as a log's, and as nothing else from here on.
    pub fn of(signer: Box<dyn Signer>) -> LogSigner {
        LogSigner(signer)
    }

    /// The key that the checkpoints verify under.
    pub fn verifying_key(&self) -> &VerifyingKey {
        self.0.verifying_key()
    }

    /// Signs the text of a checkpoint (C2SP signed-note, signature type 0x01).
    ///
    /// # Errors
    /// [`SignError`], where an agent refuses or is gone.
    pub fn sign_note(&self, text: &[u8]) -> Result<Signature, SignError> {
        self.0.sign(text)
    }
}

/// The file name of a log's key: an origin may hold what no file name can.
fn log_key_name(origin: &str) -> KeyName {
    Digest::of(origin.as_bytes())
        .to_hex()
        .parse()
        .expect("64 hex digits are a name of a key")
}

fn open(key_file: &KeyFile, what: &str, passphrases: &PassphraseSource) -> Result<Seed, KeyringError> {
    if key_file.is_encrypted() {
        Ok(passphrases.open(what, |passphrase| key_file.open_with(passphrase))?)
    } else {
        Ok(key_file.open()?)
    }
}

#[cfg(test)]
mod tests;
