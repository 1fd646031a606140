//! Who signs a record, with which key and in what capacities.
//!
//! ```json
//! {"asserts":["recorded","heard-from"],"key":"AAAAC3NzaC1lZDI1NTE5AAAAI…","party":"party:…"}
//! ```
//!
//! Normative page: spec/record.md, "signers".

use serde::{Deserialize, Serialize};

use super::id::PartyId;
use crate::key::{KeyError, VerifyingKey};

/// In what capacity a signer signs: a closed list. None may be read as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each has its definition in spec/record.md")]
pub enum Scope {
    Recorded,
    Received,
    Captured,
    Transcribed,
    HeardFrom,
    ReadOverTo,
    Translated,
    WitnessedSigning,
    ConveysOnBehalfOf,
    Spoke,
    BelievesTrue,
    Publishes,
    VerifiedDigest,
    Withholds,
    Disowns,
    Comments,
}

impl Scope {
    /// Every scope, in the order of spec/record.md.
    pub const ALL: [Scope; 16] = [
        Scope::Recorded,
        Scope::Received,
        Scope::Captured,
        Scope::Transcribed,
        Scope::HeardFrom,
        Scope::ReadOverTo,
        Scope::Translated,
        Scope::WitnessedSigning,
        Scope::ConveysOnBehalfOf,
        Scope::Spoke,
        Scope::BelievesTrue,
        Scope::Publishes,
        Scope::VerifiedDigest,
        Scope::Withholds,
        Scope::Disowns,
        Scope::Comments,
    ];
}

/// The text of a public key as a record carries it: the base64 of an OpenSSH blob.
/// Whether it is a key at all is for [`PublicKeyText::key`] to say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicKeyText(String);

impl PublicKeyText {
    /// The key that the text is.
    ///
    /// # Errors
    /// [`KeyError`], weak keys among them.
    pub fn key(&self) -> Result<VerifyingKey, KeyError> {
        VerifyingKey::from_base64(&self.0)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&VerifyingKey> for PublicKeyText {
    fn from(key: &VerifyingKey) -> PublicKeyText {
        PublicKeyText(key.to_base64())
    }
}

/// A declared signer. The envelope's signatures equal the declared signers, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignerDeclaration {
    /// In what capacities.
    pub asserts: Vec<Scope>,
    /// With which key.
    pub key: PublicKeyText,
    /// Which party.
    pub party: PartyId,
}
