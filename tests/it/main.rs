//! Tests of the library as its users see it: one binary, one file a subject.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

mod archive_in_memory;
mod envelopes;
mod hostile;
mod tampering;
mod tidy;
