//! Proofs that an entry is in a log, in one file that is checked offline (`c2sp.org/tlog-proof`).
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! index 5
//! <base64 hash, one line each, from the leaf's sibling up to the root's child>
//!
//! <the signed checkpoint, verbatim>
//! ```
//!
//! `spec/log.md` has a whole one. Witness cosignatures in the checkpoint are kept and not evaluated.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::checkpoint::{OpenCheckpointError, VerifiedCheckpoint};
use crate::decimal;
use crate::merkle::{Hash, MAX_PROOF_HASHES, ProofError, verify_inclusion};
use crate::note::{MAX_NOTE_BYTES, Note, ParseNoteError, VerifierKey};

/// "The first line MUST be the string `c2sp.org/tlog-proof@v1`."
const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";

/// The most extra data, in bytes before base64.
pub const MAX_EXTRA_BYTES: usize = 64 * 1024;

/// The longest proof that is read, in bytes: a note, extra data and hashes at their limits.
pub const MAX_PROOF_BYTES: usize = MAX_NOTE_BYTES + 2 * MAX_EXTRA_BYTES;

/// A well-formed proof, of which nothing has been verified. It prints as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InclusionProof {
    extra: Option<Vec<u8>>,
    index: u64,
    hashes: Vec<Hash>,
    checkpoint: Note,
}

/// Why bytes are no proof, or its parts make none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseProofError {
    /// Longer than [`MAX_PROOF_BYTES`].
    #[error("the proof is longer than {MAX_PROOF_BYTES} bytes")]
    TooLong,
    /// Not UTF-8.
    #[error("the proof is not UTF-8")]
    NotUtf8,
    /// The first line is not that of the format.
    #[error("the proof does not begin with {FIRST_LINE}")]
    FirstLine,
    /// The extra data is empty, longer than [`MAX_EXTRA_BYTES`] or not canonical base64.
    #[error("the proof's extra data is empty, longer than {MAX_EXTRA_BYTES} bytes or not base64")]
    Extra,
    /// There is no index where one must be, or it is no decimal number in its one spelling.
    #[error(
        "the proof has no index line, or its index is not a decimal number without leading zeroes"
    )]
    Index,
    /// A line of the Merkle proof, counted from 1, is not the canonical base64 of 32 bytes.
    #[error("hash {0} of the proof is not the base64 of 32 bytes")]
    Hash(usize),
    /// More than [`MAX_PROOF_HASHES`] hashes.
    #[error("the proof has more than {MAX_PROOF_HASHES} hashes")]
    TooManyHashes,
    /// The file ends before the empty line that precedes the checkpoint.
    #[error("the proof has no checkpoint")]
    NoCheckpoint,
    /// What follows the empty line is no signed note.
    #[error("the proof's checkpoint is malformed: {0}")]
    Checkpoint(#[from] ParseNoteError),
}

/// Why a well-formed proof does not show that the entry is in the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyProofError {
    /// The checkpoint is not one that the log's key has signed.
    #[error(transparent)]
    Checkpoint(#[from] OpenCheckpointError),
    /// The hashes do not lead from the leaf to the checkpoint's root.
    #[error(transparent)]
    Inclusion(#[from] ProofError),
}

impl InclusionProof {
    /// A proof out of its parts: the leaf's index from 0, the hashes of
    /// [`inclusion_proof`](crate::merkle::inclusion_proof), and the checkpoint. `extra` is data for which the proof vouches
    /// in no way; no extra data is `None`, never empty.
    pub fn new(
        index: u64,
        hashes: Vec<Hash>,
        checkpoint: Note,
        extra: Option<Vec<u8>>,
    ) -> Result<InclusionProof, ParseProofError> {
        if hashes.len() > MAX_PROOF_HASHES {
            return Err(ParseProofError::TooManyHashes);
        }
        let fits = |extra: &Vec<u8>| (1..=MAX_EXTRA_BYTES).contains(&extra.len());
        if !extra.as_ref().is_none_or(fits) {
            return Err(ParseProofError::Extra);
        }
        Ok(InclusionProof {
            extra,
            index,
            hashes,
            checkpoint,
        })
    }

    /// Reads a proof.
    pub fn parse(bytes: &[u8]) -> Result<InclusionProof, ParseProofError> {
        if bytes.len() > MAX_PROOF_BYTES {
            return Err(ParseProofError::TooLong);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| ParseProofError::NotUtf8)?;
        // "After the inclusion proof lines and an empty line, the checkpoint issued by the log is included verbatim."
        let (head, checkpoint) = text.split_once("\n\n").unwrap_or((text, ""));
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(FIRST_LINE) {
            return Err(ParseProofError::FirstLine);
        }
        let extra = lines
            .next_if(|line| line.starts_with("extra "))
            .and_then(|line| line.strip_prefix("extra "))
            .map(|base64| {
                BASE64_STANDARD
                    .decode(base64)
                    .map_err(|_| ParseProofError::Extra)
            })
            .transpose()?;
        let index = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .and_then(decimal::parse)
            .ok_or(ParseProofError::Index)?;
        let mut hashes = Vec::new();
        for line in lines {
            if hashes.len() == MAX_PROOF_HASHES {
                return Err(ParseProofError::TooManyHashes);
            }
            let number = hashes.len() + 1;
            hashes.push(Hash::from_base64(line).ok_or(ParseProofError::Hash(number))?);
        }
        if checkpoint.is_empty() {
            return Err(ParseProofError::NoCheckpoint);
        }
        InclusionProof::new(index, hashes, Note::parse(checkpoint.as_bytes())?, extra)
    }

    /// The extra data, "not authenticated": anybody may have put it there.
    pub fn unverified_extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// The index, from 0, that the proof claims for the entry.
    pub fn unverified_index(&self) -> u64 {
        self.index
    }

    /// The checkpoint as a note whose signatures have not been verified.
    pub fn unverified_checkpoint(&self) -> &Note {
        &self.checkpoint
    }

    /// Verifies that the log whose key is `log_key` has signed a tree that holds the entry with leaf hash `leaf`.
    pub fn verify(&self, log_key: &VerifierKey, leaf: &Hash) -> Result<Included, VerifyProofError> {
        let checkpoint = VerifiedCheckpoint::of_note(self.checkpoint.clone(), log_key)?;
        let head = checkpoint.checkpoint();
        verify_inclusion(self.index, head.size(), leaf, &self.hashes, &head.root())?;
        Ok(Included {
            index: self.index,
            leaf: *leaf,
            checkpoint,
        })
    }
}

impl fmt::Display for InclusionProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", BASE64_STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{hash}")?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

/// What a verified proof shows: the entry with this leaf hash is at this index of the tree that the log signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Included {
    index: u64,
    leaf: Hash,
    checkpoint: VerifiedCheckpoint,
}

impl Included {
    /// The index of the entry, from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The leaf hash of the entry.
    pub fn leaf(&self) -> Hash {
        self.leaf
    }

    /// The head of the log that holds the entry.
    pub fn checkpoint(&self) -> &VerifiedCheckpoint {
        &self.checkpoint
    }
}
