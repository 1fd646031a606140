//! Records: the signed things, of a closed list of kinds.
//!
//! ```json
//! {"_type":"https://in-toto.io/Statement/v1",
//!  "predicate":{"archive":"record:sha256:…","label":"P02","nonce":"…","recorded_at":"2026-11-24T09:00:00Z",
//!               "signers":[{"asserts":["recorded"],"key":"AAAAC3Nza…","party":"party:…"}],
//!               "type":"question","varies":true,"words":{"...":"…"}},
//!  "predicateType":"urn:affiant:proposition:1",
//!  "subject":[{"digest":{"sha256":"…"},"name":"record:sha256:…"}]}
//! ```
//!
//! Normative page: spec/record.md. This module turns payload bytes into a [`Record`] and
//! back. It checks shape and limits; it verifies no signature (`envelope`), resolves no
//! reference and reads no disclosure (`disclose`).

pub mod amount;
pub mod assessment;
pub mod exhibit;
pub mod id;
pub mod kinds;
mod payload;
pub mod position;
mod reference;
pub mod roster;
mod rules;
mod signer;
pub mod statement;
mod value;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::encode::base64;
use crate::encode::json::JsonError;
use crate::key::KeyError;
use crate::time::Timestamp;

pub use amount::{Amount, Decimal, DecimalError, Value};
pub use assessment::{Assessment, ReadingCode};
pub use exhibit::Descriptor;
pub use id::{ExhibitId, IdError, Label, PartyId, RecordId, Reference};
pub use kinds::{
    Answer, Archive, Asking, Attestation, Keeper, Proposition, PropositionType, Relation, RelationKind, Target,
    TargetIs, Wording,
};
pub use position::{Path, Position, Slot, Visitor, Walk};
pub use roster::{Name, PartyKind, RevocationReason, Role, RosterEntry};
pub use signer::{PublicKeyText, Scope, SignerDeclaration};
pub use statement::*;
pub use value::{Disclosed, MAX_LANGUAGE, is_language};

/// The longest payload, in bytes.
pub const MAX_PAYLOAD: usize = 512 * 1024;
/// The most signers of one record.
pub const MAX_SIGNERS: usize = 16;
/// The most exhibits that one record rests on.
pub const MAX_SUBJECTS: usize = 256;
/// The most positions, of passages, stances or anything else, in one record.
pub const MAX_POSITIONS: usize = 4096;
/// The most hops of one statement.
pub const MAX_HOPS: usize = 64;
/// The most keepers that leaf 0 names.
pub const MAX_KEEPERS: usize = 16;
/// The most characters of an archive's name.
pub const MAX_ARCHIVE_NAME: usize = 200;

/// Sixteen random bytes that make every payload unlike any other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Nonce(pub [u8; 16]);

impl Serialize for Nonce {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64::encode(self.0))
    }
}

impl<'de> Deserialize<'de> for Nonce {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Nonce, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = base64::decode(&text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes
            .map(Nonce)
            .ok_or_else(|| serde::de::Error::custom("a nonce is the base64 of 16 bytes"))
    }
}

/// The members that every predicate has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Common {
    /// The id of the archive that the record was made for; absent in leaf 0 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<RecordId>,
    /// The human name.
    pub label: Label,
    /// Makes every payload unlike any other.
    pub nonce: Nonce,
    /// When the record was made, by the recorder's own clock. It decides nothing.
    pub recorded_at: Timestamp,
    /// Who signs, in what capacities.
    pub signers: Vec<SignerDeclaration>,
}

/// What a record says, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Leaf 0.
    Archive(Archive),
    /// Somebody's words or act.
    Statement(Box<Statement>),
    /// A question at issue or a definition.
    Proposition(Proposition),
    /// An attributed link.
    Relation(Box<Relation>),
    /// A declaration.
    Attestation(Attestation),
    /// An entry of the roster.
    Roster(RosterEntry),
    /// An analyst's reading.
    Assessment(Assessment),
    /// A kind, or a version of a kind, that this program does not know. What it says is
    /// not read.
    Unknown(UnknownBody),
}

/// A kind or version that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownBody {
    /// The kind's name, as `custody`.
    pub kind: String,
    /// Its version.
    pub version: u32,
}

impl UnknownBody {
    /// Whether it is a leaf 0 of a version that is not known.
    pub fn is_archive(&self) -> bool {
        self.kind == ARCHIVE_KIND
    }
}

/// The kind of leaf 0, whatever its version.
const ARCHIVE_KIND: &str = "archive";

impl Body {
    /// The kind's name, as the predicate type has it.
    pub fn kind(&self) -> &str {
        match self {
            Body::Archive(_) => ARCHIVE_KIND,
            Body::Statement(_) => "statement",
            Body::Proposition(_) => "proposition",
            Body::Relation(_) => "relation",
            Body::Attestation(_) => "attestation",
            Body::Roster(_) => "roster",
            Body::Assessment(_) => "assessment",
            Body::Unknown(body) => &body.kind,
        }
    }
}

/// What a record is about: exhibits, or its archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The exhibits that the record rests on. Of a record of an unknown kind: those among
    /// its subjects, and perhaps none.
    Exhibits(Vec<ExhibitId>),
    /// The archive, for a record that rests on no exhibit.
    Archive(RecordId),
    /// The log's key, in leaf 0 only.
    LogKey {
        /// The log's origin.
        origin: String,
        /// The SHA-256 of the log's vkey.
        sha256: Digest,
    },
}

/// A record: one signed thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The members that every kind has.
    pub common: Common,
    /// What it is about.
    pub subject: Subject,
    /// What it says.
    pub body: Body,
}

/// Why a payload is not a record.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Not strict JSON, or not an in-toto Statement.
    #[error("the payload is {0}")]
    Json(#[from] JsonError),
    /// Not in-toto Statement v1.
    #[error("the payload's _type is {0:?}, not the in-toto Statement v1")]
    StatementType(String),
    /// Not a predicate of ours.
    #[error("the predicate type {0:?} is not urn:affiant:<kind>:<version>")]
    PredicateType(String),
    /// A member is missing, unknown, of a wrong type or out of its limits.
    #[error("{kind}: {source}")]
    Member {
        /// The kind that was being read, or "common members".
        kind: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// More of something than is allowed.
    #[error("{count} {what}, more than the {limit} allowed")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// A rule of the schema that types do not express.
    #[error("{0}")]
    Rule(&'static str),
    /// A public key that is malformed or weak.
    #[error("{place}: {source}")]
    Key {
        /// Where it stands.
        place: &'static str,
        /// What is wrong with it.
        source: KeyError,
    },
}

impl Record {
    /// Calls `visitor` for each withheld position, in the order of the schema.
    pub fn positions(&mut self, visitor: &mut Visitor<'_>) {
        let mut walk = Walk::new(visitor);
        match &mut self.body {
            Body::Archive(_) | Body::Unknown(_) => {}
            Body::Statement(body) => body.walk(&mut walk),
            Body::Proposition(body) => body.walk(&mut walk),
            Body::Relation(body) => body.walk(&mut walk),
            Body::Attestation(body) => body.walk(&mut walk),
            Body::Roster(body) => body.walk(&mut walk),
            Body::Assessment(body) => body.walk(&mut walk),
        }
    }

    /// The exhibits that the record rests on.
    pub fn exhibits(&self) -> &[ExhibitId] {
        match &self.subject {
            Subject::Exhibits(exhibits) => exhibits,
            Subject::Archive(_) | Subject::LogKey { .. } => &[],
        }
    }
}
