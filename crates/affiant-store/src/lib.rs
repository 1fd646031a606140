//! An archive as a directory: durable appends under a lock, recovery, and a search index
//! outside it.
//!
//! ```text
//! archive.toml  checkpoint  tile/…  records/…  disclosures/…  exhibits/…
//! ```
//!
//! Normative page: spec/archive.md. The store keeps bytes and judges none: what is in an
//! archive is verified by `affiant::verify`, which reads it through a [`DirSource`]. It
//! never writes to an archive that it reads.

mod dir;
mod disk;
mod error;
mod heads;
pub mod index;
mod journal;
mod layout;
mod pack;
mod recovery;
mod source;
mod writer;

#[cfg(test)]
extern crate self as affiant_store;
#[cfg(test)]
mod tests;

pub use dir::{ArchiveDir, StoredRecord};
pub use error::StoreError;
pub use heads::Heads;
pub use index::{Index, IndexError};
pub use source::DirSource;
pub use writer::{Appended, NewRecord, SignHead, StagedExhibit, Writer};
