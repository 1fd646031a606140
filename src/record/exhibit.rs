//! The descriptor of an exhibit: its digest, size, type and name, salted.
//!
//! ```json
//! {"media_type":"image/jpeg","name":"letter.jpg","sha256":"2c26b46b68ffc68f…","size":48213}
//! ```
//!
//! An exhibit's id is the digest of the disclosure that holds its descriptor, made once
//! per exhibit and archive: a plain digest of a short note would let anyone guess the
//! note (spec/disclosure.md, "Exhibits").

use serde::{Deserialize, Serialize};

use crate::digest::Digest;

/// What an exhibit is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Descriptor {
    /// The media type by content.
    pub media_type: String,
    /// The file's name when it was taken in. It is shown and never used as a path.
    pub name: String,
    /// The digest of the bytes.
    pub sha256: Digest,
    /// The number of bytes.
    pub size: u64,
}
