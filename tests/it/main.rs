//! Tests of the library as its users see it: one binary, one file a subject.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

mod archive_in_memory;
mod bundles;
mod collation;
mod ed25519;
mod envelopes;
mod example;
mod faults;
mod forge;
mod gaps;
mod hostile;
mod huseynov;
mod json;
mod leaf0;
mod mutations;
mod quotations;
mod references;
mod relations;
mod roster;
mod shell;
mod shell_blocks;
mod spec_pages;
mod strings;
mod suggest;
mod tampering;
mod tidy;
mod vectors;
