//! Withheld positions: where a value may be kept back and the signature still holds.
//!
//! ```json
//! "speaker": {"...": "dcS0KzRnz9tXcBkVfPzWkwLYzzaXuTYTjHcnLkGFqOk"}
//! ```
//!
//! The payload always holds only the digest of a disclosure (RFC 9901, section 4.2.4.2);
//! the value travels beside the envelope and may be left out (spec/disclosure.md). The
//! schema fixes these positions: a signer cannot choose to leave a name in the open.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::value::Disclosed;
use crate::digest::Digest;
use crate::encode::{base64, json};

/// A place in a payload whose value is held by a disclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position<T> {
    digest: Digest,
    value: Option<T>,
}

impl<T> Position<T> {
    /// A position whose value is known; `digest` is that of the value's disclosure.
    pub(crate) fn revealed(digest: Digest, value: T) -> Position<T> {
        Position {
            digest,
            value: Some(value),
        }
    }

    /// The digest of the disclosure that holds the value.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The value, unless it is withheld or erased.
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

/// How the payload writes a position.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(rename = "...")]
    digest: String,
}

impl<T> Serialize for Position<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire {
            digest: base64::encode_url(self.digest.as_bytes()),
        }
        .serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Position<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Position<T>, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let digest = base64::decode_url(&wire.digest)
            .ok()
            .and_then(|bytes| bytes.try_into().ok());
        let digest = digest.ok_or_else(|| {
            serde::de::Error::custom("a withheld position holds the URL-safe base64 of a SHA-256 digest")
        })?;
        Ok(Position {
            digest: Digest::from_bytes(digest),
            value: None,
        })
    }
}

/// A position seen without its type, so that one walk serves every kind of record.
pub trait Slot {
    /// The digest of the disclosure that holds the value.
    fn digest(&self) -> &Digest;

    /// Whether the value is known.
    fn is_revealed(&self) -> bool;

    /// Puts the value in its place.
    ///
    /// # Errors
    /// The value is not of the type that the schema has in this place, or breaks a rule of it.
    fn reveal(&mut self, value: &serde_json::Value) -> Result<(), serde_json::Error>;
}

impl<T: Disclosed> Slot for Position<T> {
    fn digest(&self) -> &Digest {
        &self.digest
    }

    fn is_revealed(&self) -> bool {
        self.value.is_some()
    }

    fn reveal(&mut self, value: &serde_json::Value) -> Result<(), serde_json::Error> {
        let value: T = json::from_value(value)?;
        if let Some(rule) = value.broken_rule() {
            return Err(serde::de::Error::custom(rule));
        }
        self.value = Some(value);
        Ok(())
    }
}

/// The name of a position within a record, as `words[3]` or `relay[1].from`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(String);

impl Path {
    /// The path as a person types it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is called for each position of a record, in the order of the payload.
pub type Visitor<'v> = dyn FnMut(Path, &mut dyn Slot) + 'v;

/// Walks the positions of one part of a record.
pub struct Walk<'w, 'v> {
    prefix: String,
    visitor: &'w mut Visitor<'v>,
}

impl<'w, 'v> Walk<'w, 'v> {
    /// Begins a walk at the top of a predicate.
    pub fn new(visitor: &'w mut Visitor<'v>) -> Walk<'w, 'v> {
        Walk {
            prefix: String::new(),
            visitor,
        }
    }

    /// Visits the position `name`.
    pub fn at(&mut self, name: &str, slot: &mut dyn Slot) {
        (self.visitor)(Path(format!("{}{name}", self.prefix)), slot);
    }

    /// Visits the position `name` where there is one.
    pub fn at_some<T: Disclosed>(&mut self, name: &str, slot: &mut Option<Position<T>>) {
        if let Some(slot) = slot {
            self.at(name, slot);
        }
    }

    /// Visits a list of positions.
    pub fn each<T: Disclosed>(&mut self, name: &str, slots: &mut [Position<T>]) {
        for (index, slot) in slots.iter_mut().enumerate() {
            self.at(&format!("{name}[{index}]"), slot);
        }
    }

    /// Walks a member that has positions of its own.
    pub fn within(&mut self, name: &str) -> Walk<'_, 'v> {
        Walk {
            prefix: format!("{}{name}.", self.prefix),
            visitor: &mut *self.visitor,
        }
    }
}
