//! Checkpoints: the signed head of a log (`c2sp.org/tlog-checkpoint`).
//!
//! ```text
//! example.com/behind-the-sofa
//! 20852163
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//!
//! — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
//! ```
//!
//! The profile is closed: extension lines, which C2SP allows and advises against, are refused, and the origin is the
//! name of the key that signs. A checkpoint does not say when it was signed, nor whether the log showed another one to
//! somebody else: for that, compare heads with [`verify_consistency`](crate::merkle::verify_consistency).

use crate::decimal;
use crate::merkle::{Hash, MAX_TREE_SIZE, empty_root};
use crate::note::{
    Note, NoteText, ParseNoteError, SignNoteError, VerifiedNote, VerifierKey, VerifyNoteError,
};

/// The longest origin, in bytes of UTF-8.
pub const MAX_ORIGIN_BYTES: usize = 255;

/// The head of a log: which log, how many entries, and the root hash over them. By itself it is only a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
}

/// Why a text is no checkpoint of the profile, or its parts make none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Fewer than three lines.
    #[error("the checkpoint has fewer than three lines")]
    TooFewLines,
    /// The origin is empty, holds a control character, or is longer than [`MAX_ORIGIN_BYTES`].
    #[error("the checkpoint's origin is empty, malformed or longer than {MAX_ORIGIN_BYTES} bytes")]
    Origin,
    /// The second line is no decimal number in its one spelling.
    #[error("the checkpoint's tree size is not a decimal number without leading zeroes")]
    Size,
    /// The tree has more than [`MAX_TREE_SIZE`] leaves.
    #[error("the checkpoint's tree size is over {MAX_TREE_SIZE}")]
    TreeTooLarge,
    /// The third line is not the canonical base64 of 32 bytes.
    #[error("the checkpoint's root hash is not the base64 of 32 bytes")]
    Root,
    /// The tree is empty and the root hash is not that of the empty tree.
    #[error("the checkpoint is of an empty tree and has not the root hash of the empty tree")]
    EmptyTreeRoot,
    /// There are lines after the third.
    #[error("the checkpoint has extension lines, which this profile does not allow")]
    ExtensionLines,
}

/// Why a signed checkpoint is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenCheckpointError {
    /// The bytes are no signed note.
    #[error(transparent)]
    Note(#[from] ParseNoteError),
    /// The log's key has not signed it, or has a wrong signature on it.
    #[error(transparent)]
    Signature(#[from] VerifyNoteError),
    /// The signed text is no checkpoint.
    #[error(transparent)]
    Text(#[from] CheckpointError),
    /// The log's key has signed a checkpoint of another origin.
    #[error("the checkpoint is of {found}, not of the log {expected}")]
    OtherOrigin {
        /// The origin that the checkpoint states.
        found: String,
        /// The name of the log's key.
        expected: String,
    },
}

/// Why a checkpoint was not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignCheckpointError<E> {
    /// The key is named otherwise than the origin.
    #[error("the key of {key} cannot sign a checkpoint of {origin}")]
    OtherOrigin {
        /// The checkpoint's origin.
        origin: String,
        /// The name of the key.
        key: String,
    },
    /// The note could not be signed.
    #[error(transparent)]
    Note(#[from] SignNoteError<E>),
}

impl Checkpoint {
    /// A checkpoint out of its parts.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Checkpoint, CheckpointError> {
        let control = |c: char| c < '\u{20}';
        if origin.is_empty() || origin.len() > MAX_ORIGIN_BYTES || origin.contains(control) {
            return Err(CheckpointError::Origin);
        }
        if size > MAX_TREE_SIZE {
            return Err(CheckpointError::TreeTooLarge);
        }
        if size == 0 && root != empty_root() {
            return Err(CheckpointError::EmptyTreeRoot);
        }
        Ok(Checkpoint {
            origin: origin.to_owned(),
            size,
            root,
        })
    }

    /// Reads the text of a note, whether or not anybody has signed it.
    ///
    /// "The note text is a sequence of at least three non-empty lines": origin, tree size, root hash; here, exactly
    /// three.
    pub fn parse_unverified(text: &NoteText) -> Result<Checkpoint, CheckpointError> {
        let mut lines = text.as_str().split_terminator('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next())
        else {
            return Err(CheckpointError::TooFewLines);
        };
        if lines.next().is_some() {
            return Err(CheckpointError::ExtensionLines);
        }
        let size = decimal::parse(size).ok_or(CheckpointError::Size)?;
        let root = Hash::from_base64(root).ok_or(CheckpointError::Root)?;
        Checkpoint::new(origin, size, root)
    }

    /// The identity of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The Merkle tree hash over all entries.
    pub fn root(&self) -> Hash {
        self.root
    }

    /// The three lines that are signed.
    pub fn text(&self) -> NoteText {
        NoteText::new(format!("{}\n{}\n{}\n", self.origin, self.size, self.root))
            .expect("an origin is short and has no control characters")
    }

    /// Signs the checkpoint with the log's key; `sign` is as in [`Note::sign`].
    ///
    /// "A log MUST not sign any checkpoint which is inconsistent with any checkpoint it previously signed": that is for
    /// the caller to ensure.
    pub fn sign<E>(
        &self,
        key: &VerifierKey,
        sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
    ) -> Result<Note, SignCheckpointError<E>> {
        if key.name() != self.origin {
            return Err(SignCheckpointError::OtherOrigin {
                origin: self.origin.clone(),
                key: key.name().to_owned(),
            });
        }
        Ok(Note::sign(self.text(), key, sign)?)
    }
}

/// A checkpoint that the log's key has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedCheckpoint {
    checkpoint: Checkpoint,
    note: VerifiedNote,
}

impl VerifiedCheckpoint {
    /// Reads a signed note and accepts it as a checkpoint of the log whose key is `log_key`: signed by that key, and
    /// with the key's name as its origin. Signatures by other keys are ignored.
    pub fn open(
        signed: &[u8],
        log_key: &VerifierKey,
    ) -> Result<VerifiedCheckpoint, OpenCheckpointError> {
        VerifiedCheckpoint::of_note(Note::parse(signed)?, log_key)
    }

    /// As [`open`](Self::open), of a note that has been read.
    pub fn of_note(
        note: Note,
        log_key: &VerifierKey,
    ) -> Result<VerifiedCheckpoint, OpenCheckpointError> {
        let note = note.verify(std::slice::from_ref(log_key))?;
        let checkpoint = Checkpoint::parse_unverified(note.text())?;
        if checkpoint.origin != log_key.name() {
            return Err(OpenCheckpointError::OtherOrigin {
                found: checkpoint.origin,
                expected: log_key.name().to_owned(),
            });
        }
        Ok(VerifiedCheckpoint { checkpoint, note })
    }

    /// What the log signed.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note as received. An archive's own checkpoint has one signature line and no other.
    pub fn note(&self) -> &VerifiedNote {
        &self.note
    }
}
