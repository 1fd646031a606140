//! A bundle: all that is needed to verify some records offline, in one file.
//!
//! ```json
//! {"exhibits":[{"content":"…","descriptor":"WyJ…","id":"exhibit:sha256:…"}],
//!  "format":"urn:affiant:bundle:1",
//!  "records":[{"disclosures":["WyJ…"],"envelope":"{\"payload\":…}","proof":"c2sp.org/tlog-proof@v1\nindex 0\n…"}]}
//! ```
//!
//! Normative page: spec/bundle.md. The first record is leaf 0 of the archive. Each record
//! has its own inclusion proof, and all proofs bear one checkpoint. A bundle cannot prove
//! absence: what was revoked or corrected later is not in it.

use serde::{Deserialize, Serialize};

use crate::encode::base64;
use crate::encode::json::{self, JsonError};
use crate::record::ExhibitId;

/// What the member `format` says.
pub const FORMAT: &str = "urn:affiant:bundle:1";
/// The longest bundle, in bytes.
pub const MAX_BUNDLE: usize = 512 * 1024 * 1024;
/// The most records in a bundle.
pub const MAX_RECORDS: usize = 4096;
/// The most exhibits in a bundle.
pub const MAX_EXHIBITS: usize = 4096;
/// The most bytes of exhibits that a bundle carries; larger ones travel beside it.
pub const MAX_CONTENT: u64 = 256 * 1024 * 1024;

/// A record in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundledRecord {
    /// The disclosures that are let out; exhibits' descriptors stand with the exhibits.
    pub disclosures: Vec<String>,
    /// The envelope, byte for byte.
    pub envelope: String,
    /// The inclusion proof, as C2SP tlog-proof text.
    pub proof: String,
}

/// An exhibit in a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundledExhibit {
    /// The bytes in base64, where they are sent along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The disclosure of the descriptor.
    pub descriptor: String,
    /// The exhibit.
    pub id: ExhibitId,
}

/// All that is needed to verify some records offline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// The exhibits, in the order of the records that first rest on them.
    pub exhibits: Vec<BundledExhibit>,
    /// [`FORMAT`].
    pub format: String,
    /// The records in leaf order, leaf 0 first.
    pub records: Vec<BundledRecord>,
}

/// Why bytes are not a bundle.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Not strict JSON of a bundle's shape.
    #[error("the bundle is {0}")]
    Json(#[from] JsonError),
    /// Another format, or a newer one.
    #[error("the bundle's format is {0:?}, not {FORMAT}; a newer version of this program may read it")]
    Format(String),
    /// More records or exhibits than are read.
    #[error("{count} {what}, more than the {limit} allowed")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        count: usize,
        /// How many are allowed.
        limit: usize,
    },
}

impl Bundle {
    /// Reads a bundle. Nothing in it is verified.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn parse(bytes: &[u8]) -> Result<Bundle, BundleError> {
        let bundle: Bundle = json::from_slice(bytes, MAX_BUNDLE)?;
        if bundle.format != FORMAT {
            return Err(BundleError::Format(bundle.format));
        }
        let counts = [
            ("records", bundle.records.len(), MAX_RECORDS),
            ("exhibits", bundle.exhibits.len(), MAX_EXHIBITS),
        ];
        for (what, count, limit) in counts {
            if count > limit {
                return Err(BundleError::TooMany { what, count, limit });
            }
        }
        Ok(bundle)
    }

    /// Writes the bundle in RFC 8785 form with a line feed at its end.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = json::canonical(self);
        bytes.push(b'\n');
        bytes
    }
}

impl BundledExhibit {
    /// The bytes, where they are sent along and are base64.
    pub fn bytes(&self) -> Option<Result<Vec<u8>, base64::Base64Error>> {
        self.content.as_deref().map(base64::decode)
    }
}
