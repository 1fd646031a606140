//! Tests of the library as its users see it: one binary, one file a subject.
#![allow(clippy::unwrap_used, missing_docs)]

mod archive_in_memory;
mod ed25519;
mod envelopes;
mod forge;
mod hostile;
mod json;
mod strings;
mod tampering;
mod vectors;
