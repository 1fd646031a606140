//! The reader's own pins: whose logs and keys the reader has reason to believe.
//!
//! ```toml
//! [[archive]]
//! vkey = "affiant.local/demo-6f1d…+8a7b6c5d+AZ…"
//! how = "made here"
//!
//! [[key]]
//! key = "ssh-ed25519 AAAAC3Nza…"
//! name = "Shahla Example"
//! how = "fingerprint read over the telephone"
//! ```
//!
//! A roster inside an archive is evidence and not authority: identity is established only
//! along a path that begins here (spec/verification.md, "Identity"). This module compares;
//! it reads no file.

use serde::{Deserialize, Serialize};

use crate::key::VerifyingKey;

/// A log that the reader pinned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinnedArchive {
    /// The log's key as a C2SP vkey; its name is the log's origin.
    pub vkey: String,
    /// How the reader learnt it.
    pub how: String,
}

/// A person's key that the reader pinned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinnedKey {
    /// The OpenSSH public key line.
    pub key: String,
    /// Whose key the reader says it is.
    pub name: String,
    /// How the reader learnt it.
    pub how: String,
}

/// Everything that the reader pinned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// Logs.
    #[serde(default, rename = "archive", skip_serializing_if = "Vec::is_empty")]
    pub archives: Vec<PinnedArchive>,
    /// Keys of people.
    #[serde(default, rename = "key", skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<PinnedKey>,
}

impl Trust {
    /// The pin of the log with this key, if there is one.
    pub fn archive(&self, vkey: &str) -> Option<&PinnedArchive> {
        self.archives.iter().find(|pin| pin.vkey == vkey)
    }

    /// The pin of this key, if there is one.
    pub fn key(&self, key: &VerifyingKey) -> Option<&PinnedKey> {
        self.keys
            .iter()
            .find(|pin| VerifyingKey::from_openssh_line(&pin.key).as_ref() == Ok(key))
    }
}
