//! The user's signing keys: their files, the ssh-agent, passphrases, and the forms in which a public key is given out.
//!
//! ```text
//! ~/.config/affiant/keys/default       an OpenSSH private key, mode 0600
//! ~/.config/affiant/keys/default.pub   its public key
//! ~/.config/affiant/log-keys/<hash>    the key of an archive's log: another key, for another purpose
//! ```
//!
//! A person's key signs records by [`affiant::key::Signer`]; a log's key signs checkpoints by [`LogSigner`], which is
//! no `Signer`, so that neither can stand in for the other. Whose key a key is, the library's roster says; not we.

mod agent;
mod export;
mod file;
mod folder;
mod keyring;
mod name;
mod passphrase;

pub use export::{ExportError, ExportFormat, export};
use file::KeyFileError;
pub use folder::{Held, KeyEntry};
pub use keyring::{Keyring, KeyringError, LogSigner};
pub use name::KeyName;
pub use passphrase::{PassphraseSource, TerminalAsker};

#[cfg(test)]
mod stock;
