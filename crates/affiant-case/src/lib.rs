//! Case files: what a person writes, made into records.
//!
//! ```toml
//! format = "affiant case 1"
//!
//! [[party]]
//! id = "MH"
//! kind = "person"
//! names = ["Mehman Huseynov"]
//!
//! [[exhibit]]
//! id = "X01"
//! file = "notes/S01.txt"
//!
//! [[statement]]
//! label = "S01"
//! speaker = "MH"
//! form = "reported-act"
//! exhibits = ["X01"]
//! said = "XXXX-12-26"
//! ```
//!
//! [`parse()`] reads such a file into a [`Case`] of plain values, the drafts; the commands that
//! record one thing at a time fill the same drafts in memory. [`build()`] makes records of them, all
//! or none. The format is that of `spec/case-file.md`.
//!
//! This crate opens no file, signs nothing, and has no clock, no randomness, no keys and no
//! archive: what it needs of these is passed in.

mod build;
mod check;
mod draft;
mod fault;
mod names;
mod read;
mod spot;
mod summary;

pub use build::{
    Archived, ArchivedRecord, Context, EmptyArchive, ExhibitFacts, NewExhibit, NewRecord, ReadExhibit, StagedExhibits,
    build,
};
pub use check::check;
pub use draft::*;
pub use fault::{CaseError, CaseFault, Place, Sort};
pub use read::{CaseFile, parse};
pub use summary::Summary;

/// What the member `format` says.
pub const FORMAT: &str = "affiant case 1";
/// The longest case file, in bytes.
pub const MAX_CASE_FILE: usize = 16 * 1024 * 1024;
/// The most entries of one sort (parties, exhibits, questions, …) in one case.
pub const MAX_ENTRIES: usize = 65_536;
/// The most faults that are reported of one case; the rest are counted.
pub const MAX_FAULTS: usize = 100;
/// The largest exhibit, in bytes, in which words are searched for.
pub const MAX_SEARCHED_EXHIBIT: u64 = 64 * 1024 * 1024;
