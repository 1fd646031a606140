//! Files of private keys, as `ssh-keygen` writes and reads them (OpenSSH's PROTOCOL.key).
//!
//! ```text
//! -----BEGIN OPENSSH PRIVATE KEY-----
//! b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABBZ…
//! -----END OPENSSH PRIVATE KEY-----
//! ```
//!
//! One Ed25519 key in a file; under a passphrase by bcrypt-pbkdf and aes256-ctr, or in the clear where the user says
//! so. A file that others can read is refused, as ssh does. Secrets are wiped when dropped. PKCS#8, PuTTY's files and
//! other algorithms are not read.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use affiant::key::{KeyError, SigningKey, VerifyingKey};
use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::{Algorithm, Cipher, Kdf, LineEnding, PrivateKey};
use zeroize::Zeroizing;

/// The longest file that is read as a key, in bytes. An encrypted Ed25519 key has about 500.
pub const MAX_KEY_FILE_BYTES: u64 = 64 * 1024;

/// The most bcrypt rounds that a file may ask of us. `ssh-keygen` writes 24, and 4096 take under a minute; a hostile
/// file could ask for years.
pub const MAX_BCRYPT_ROUNDS: u32 = 4096;

/// The bcrypt rounds of the files that we write: twice OpenSSH's default of 24.
const BCRYPT_ROUNDS: u32 = 48;

/// The bytes of salt in the files that we write, as many as OpenSSH has.
const SALT_BYTES: usize = 16;

/// The permission bits that let others than the owner read or write.
const OTHERS: u32 = 0o077;

/// The permission bits that let others than the owner write.
const OTHERS_WRITE: u32 = 0o022;

/// Why a key file cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// There is no such file.
    #[error("there is no file {}", .0.display())]
    Missing(PathBuf),
    /// The system refuses to read the file.
    #[error("the key file {} cannot be read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The system refuses to write the file or its folder.
    #[error("{} cannot be written: {source}", path.display())]
    Write {
        /// The file, or its folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Others than the owner can read or write the file.
    #[error("others can read the private key {} (its mode is {mode:04o}), so it may no longer be yours alone", path.display())]
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Others than the owner can put files into the folder.
    #[error("others can write to the folder {} (its mode is {mode:04o}), and could replace your keys", path.display())]
    FolderOpenToOthers {
        /// The folder.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A file of that name is there already; it is never overwritten.
    #[error("{} exists already, and a key is never overwritten", .0.display())]
    Exists(PathBuf),
    /// Something else than a private key in OpenSSH's format.
    #[error("{} is no private key in the format of OpenSSH", .0.display())]
    NotPrivateKey(PathBuf),
    /// A public key where a private key is needed.
    #[error("{} is a public key, and only the private key can sign", .0.display())]
    IsPublicKey(PathBuf),
    /// A key of another algorithm.
    #[error("{} is no Ed25519 key, and only Ed25519 keys sign records", .0.display())]
    NotEd25519(PathBuf),
    /// The public key in the file is one that we refuse.
    #[error("the key in {} is refused: {source}", path.display())]
    Refused {
        /// The file.
        path: PathBuf,
        /// Why.
        source: KeyError,
    },
    /// The file asks for more bcrypt rounds than [`MAX_BCRYPT_ROUNDS`].
    #[error("{} asks for {rounds} rounds of bcrypt, more than the {MAX_BCRYPT_ROUNDS} allowed", path.display())]
    TooManyRounds {
        /// The file.
        path: PathBuf,
        /// What it asks for.
        rounds: u32,
    },
    /// The passphrase does not open the file.
    #[error("the passphrase does not open {}", .0.display())]
    WrongPassphrase(PathBuf),
    /// The file has the form of a key but does not decode.
    #[error("{} is damaged: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the decoder says.
        reason: ssh_key::Error,
    },
    /// The key cannot be encoded; not the user's fault.
    #[error("the key cannot be encoded: {0}")]
    Encode(ssh_key::Error),
}

impl KeyFileError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            KeyFileError::OpenToOthers { path, .. } => Some(format!(
                "if nobody else has had it, close it with: chmod 600 {}; otherwise make a new key",
                path.display()
            )),
            KeyFileError::FolderOpenToOthers { path, .. } => {
                Some(format!("close it with: chmod 700 {}", path.display()))
            }
            KeyFileError::Exists(_) => Some("choose another name".to_owned()),
            KeyFileError::NotPrivateKey(_) => Some("make one with: affiant key new".to_owned()),
            KeyFileError::IsPublicKey(_) => Some("the private key is the file without .pub beside it".to_owned()),
            KeyFileError::NotEd25519(_) => Some("make one with: affiant key new (or ssh-keygen -t ed25519)".to_owned()),
            KeyFileError::Refused { .. } => Some("make a new key and tell those who trust the old one".to_owned()),
            KeyFileError::TooManyRounds { path, .. } => Some(format!(
                "if you trust the file: ssh-keygen -p -a 48 -f {}",
                path.display()
            )),
            KeyFileError::Damaged { .. } => Some("bring it back from a backup".to_owned()),
            KeyFileError::Missing(_)
            | KeyFileError::Read { .. }
            | KeyFileError::Write { .. }
            | KeyFileError::WrongPassphrase(_)
            | KeyFileError::Encode(_) => None,
        }
    }
}

/// The 32 secret bytes of a key (RFC 8032, section 5.1.5), wiped when dropped.
pub struct Seed(Zeroizing<[u8; 32]>);

impl Seed {
    /// Takes 32 bytes from a cryptographic random source.
    pub fn new(bytes: Zeroizing<[u8; 32]>) -> Seed {
        Seed(bytes)
    }

    /// The key that signs.
    pub fn signing_key(&self) -> SigningKey {
        SigningKey::from_seed(&self.0)
    }
}

/// What protects a new file.
pub enum Protection<'a> {
    /// A passphrase, and random bytes for the file's salt.
    Passphrase(&'a [u8], FileRandom),
    /// Nothing: the user has said so.
    None,
}

/// The random bytes that one encrypted file needs. They are no secret.
pub struct FileRandom {
    /// The salt of bcrypt-pbkdf.
    pub salt: [u8; SALT_BYTES],
    /// The number that shows whether a passphrase fits.
    pub checkint: [u8; 4],
}

/// A private key file that was read and not yet opened.
pub struct KeyFile {
    path: PathBuf,
    key: PrivateKey,
    public: VerifyingKey,
}

impl KeyFile {
    /// Reads a file without opening it: its public key stands in the clear.
    ///
    /// # Errors
    /// All of [`KeyFileError`] but a wrong passphrase.
    pub fn read(path: &Path) -> Result<KeyFile, KeyFileError> {
        let bytes = read_private(path)?;
        KeyFile::parse(path, &bytes)
    }

    fn parse(path: &Path, bytes: &[u8]) -> Result<KeyFile, KeyFileError> {
        if bytes.starts_with(b"ssh-") || bytes.starts_with(b"ecdsa-") || bytes.starts_with(b"sk-") {
            return Err(KeyFileError::IsPublicKey(path.to_owned()));
        }
        if !bytes.starts_with(b"-----BEGIN OPENSSH PRIVATE KEY-----") {
            return Err(KeyFileError::NotPrivateKey(path.to_owned()));
        }
        let key = PrivateKey::from_openssh(bytes).map_err(|reason| undecoded(path, reason))?;
        let Some(public) = key.public_key().key_data().ed25519() else {
            return Err(KeyFileError::NotEd25519(path.to_owned()));
        };
        let public = VerifyingKey::from_bytes(&public.0).map_err(|source| KeyFileError::Refused {
            path: path.to_owned(),
            source,
        })?;
        if let Kdf::Bcrypt { rounds, .. } = *key.kdf()
            && rounds > MAX_BCRYPT_ROUNDS
        {
            return Err(KeyFileError::TooManyRounds {
                path: path.to_owned(),
                rounds,
            });
        }
        Ok(KeyFile {
            path: path.to_owned(),
            key,
            public,
        })
    }

    /// The public key. Until the file is opened, only the file says that it belongs to the private one.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.public
    }

    /// Whether a passphrase is needed to open it.
    pub fn is_encrypted(&self) -> bool {
        self.key.is_encrypted()
    }

    /// Opens a file that has no passphrase.
    ///
    /// # Errors
    /// [`KeyFileError::WrongPassphrase`] where it has one.
    pub fn open(&self) -> Result<Seed, KeyFileError> {
        self.seed_of(&self.key)
    }

    /// Opens a file with its passphrase. It takes a good part of a second, on purpose.
    ///
    /// # Errors
    /// [`KeyFileError::WrongPassphrase`], and [`KeyFileError::Damaged`] where the passphrase fits and the rest does
    /// not.
    pub fn open_with(&self, passphrase: &[u8]) -> Result<Seed, KeyFileError> {
        let opened = self.key.decrypt(passphrase).map_err(|error| match error {
            ssh_key::Error::Crypto => KeyFileError::WrongPassphrase(self.path.clone()),
            reason => KeyFileError::Damaged {
                path: self.path.clone(),
                reason,
            },
        })?;
        self.seed_of(&opened)
    }

    fn seed_of(&self, key: &PrivateKey) -> Result<Seed, KeyFileError> {
        match key.key_data() {
            KeypairData::Ed25519(pair) => {
                let seed = Seed(Zeroizing::new(pair.private.to_bytes()));
                // The decoder has compared the two already; a key that signs for another is too dear a mistake.
                if affiant::key::Signer::verifying_key(&seed.signing_key()) != &self.public {
                    return Err(KeyFileError::Damaged {
                        path: self.path.clone(),
                        reason: ssh_key::Error::PublicKey,
                    });
                }
                Ok(seed)
            }
            KeypairData::Encrypted(_) => Err(KeyFileError::WrongPassphrase(self.path.clone())),
            _ => Err(KeyFileError::NotEd25519(self.path.clone())),
        }
    }
}

/// Writes a new private key file, mode 0600, all of it or nothing. It never overwrites.
///
/// # Errors
/// [`KeyFileError::Exists`], [`KeyFileError::FolderOpenToOthers`] and what the system refuses.
pub fn write(path: &Path, seed: &Seed, comment: &str, protection: &Protection<'_>) -> Result<(), KeyFileError> {
    let data = KeypairData::Ed25519(Ed25519Keypair::from_seed(&seed.0));
    let clear = PrivateKey::new(data, comment).map_err(KeyFileError::Encode)?;
    let key = match protection {
        Protection::None => clear,
        Protection::Passphrase(passphrase, random) => {
            let kdf = Kdf::Bcrypt {
                salt: random.salt.to_vec(),
                rounds: BCRYPT_ROUNDS,
            };
            clear
                .encrypt_with(Cipher::Aes256Ctr, kdf, u32::from_be_bytes(random.checkint), passphrase)
                .map_err(KeyFileError::Encode)?
        }
    };
    let text = key.to_openssh(LineEnding::LF).map_err(KeyFileError::Encode)?;
    write_new(path, text.as_bytes(), 0o600)
}

/// Writes a new public key file beside it, mode 0644, all of it or nothing.
///
/// # Errors
/// As [`write()`].
pub fn write_public(path: &Path, key: &VerifyingKey, comment: &str) -> Result<(), KeyFileError> {
    write_new(path, format!("{}\n", key.to_openssh_line(comment)).as_bytes(), 0o644)
}

/// Reads a public key file: its key and its comment.
///
/// # Errors
/// [`KeyFileError::Refused`], [`KeyFileError::Missing`] and what the system refuses.
pub fn read_public(path: &Path) -> Result<(VerifyingKey, String), KeyFileError> {
    let (_, bytes) = read_bounded(path)?;
    let refused = |source| KeyFileError::Refused {
        path: path.to_owned(),
        source,
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| refused(KeyError::NotEd25519))?;
    let line = text.lines().next().unwrap_or_default();
    let key = VerifyingKey::from_openssh_line(line).map_err(refused)?;
    let comment = line.split_ascii_whitespace().skip(2).collect::<Vec<_>>().join(" ");
    Ok((key, comment))
}

/// Makes a folder for keys, mode 0700, with its parents, or checks that the one that is there is not open to others.
///
/// # Errors
/// [`KeyFileError::FolderOpenToOthers`] and what the system refuses.
pub fn make_folder(path: &Path) -> Result<(), KeyFileError> {
    let refused = |source| KeyFileError::Write {
        path: path.to_owned(),
        source,
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(refused)?;
    let mode = fs::metadata(path).map_err(refused)?.permissions().mode() & 0o7777;
    if mode & OTHERS_WRITE != 0 {
        return Err(KeyFileError::FolderOpenToOthers {
            path: path.to_owned(),
            mode,
        });
    }
    Ok(())
}

fn read_private(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
    let (file, bytes) = read_bounded(path)?;
    // Of the open file, not of the path: the path may have been exchanged since.
    let metadata = file.metadata().map_err(|source| KeyFileError::Read {
        path: path.to_owned(),
        source,
    })?;
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & OTHERS != 0 && !looks_public(&bytes) {
        return Err(KeyFileError::OpenToOthers {
            path: path.to_owned(),
            mode,
        });
    }
    Ok(bytes)
}

/// Whether the bytes are plainly something else than a private key: its mode is then not what is wrong with it.
fn looks_public(bytes: &[u8]) -> bool {
    !bytes.starts_with(b"-----BEGIN")
}

fn read_bounded(path: &Path) -> Result<(File, Zeroizing<Vec<u8>>), KeyFileError> {
    let refused = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => KeyFileError::Missing(path.to_owned()),
        _ => KeyFileError::Read {
            path: path.to_owned(),
            source,
        },
    };
    // Asked before it is opened: opening a named pipe would wait for a writer.
    if !fs::metadata(path).map_err(refused)?.is_file() {
        return Err(KeyFileError::NotPrivateKey(path.to_owned()));
    }
    let file = File::open(path).map_err(refused)?;
    let length = file.metadata().map_err(refused)?.len();
    if length > MAX_KEY_FILE_BYTES {
        return Err(KeyFileError::NotPrivateKey(path.to_owned()));
    }
    // Room for all of it at once: a buffer that grows leaves copies of a secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_KEY_FILE_BYTES as usize + 1));
    (&file)
        .take(MAX_KEY_FILE_BYTES)
        .read_to_end(&mut bytes)
        .map_err(refused)?;
    Ok((file, bytes))
}

fn write_new(path: &Path, bytes: &[u8], mode: u32) -> Result<(), KeyFileError> {
    let refused = |source| KeyFileError::Write {
        path: path.to_owned(),
        source,
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".new-")
        .permissions(fs::Permissions::from_mode(mode))
        .tempfile_in(folder)
        .map_err(refused)?;
    file.write_all(bytes).map_err(refused)?;
    file.as_file().sync_all().map_err(refused)?;
    file.persist_noclobber(path)
        .map_err(|failed| match failed.error.kind() {
            io::ErrorKind::AlreadyExists => KeyFileError::Exists(path.to_owned()),
            _ => refused(failed.error),
        })?;
    // The name of the file is only durable once its folder is.
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(refused)
}

fn undecoded(path: &Path, reason: ssh_key::Error) -> KeyFileError {
    match reason {
        ssh_key::Error::AlgorithmUnknown => KeyFileError::NotEd25519(path.to_owned()),
        ssh_key::Error::AlgorithmUnsupported { algorithm } if algorithm != Algorithm::Ed25519 => {
            KeyFileError::NotEd25519(path.to_owned())
        }
        reason => KeyFileError::Damaged {
            path: path.to_owned(),
            reason,
        },
    }
}

#[cfg(test)]
mod tests;
