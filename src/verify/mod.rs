//! The procedure of spec/verification.md: from bytes to a list of checks.
//!
//! ```text
//! signature.dsse   Passed         42
//! exhibit.digest   Failed         exhibits/3f/a9…: these are not the bytes that were taken in
//! identity.signer  Indeterminate  consistent; identity not established: …
//! ```
//!
//! It says what the bytes prove and no more: that they are unchanged, that keys signed
//! them, in which order they were logged. Whose keys these are it says only along a path
//! from the reader's own pins. It needs no network, no clock and no secret, and writes
//! nothing.

mod admit;
mod archive;
mod bundle;
mod examine;
mod leaf0;
mod packs;
mod report;
mod source;
mod trust;

pub use archive::{Options, archive};
pub use bundle::{bundle, envelope};
pub use report::{LogSeen, MAX_FINDINGS, SignerSeen, Tally, Verification, Verified};
pub use source::{ArchiveSource, Listed, SourceError};
pub use trust::{PinnedArchive, PinnedKey, Trust};
