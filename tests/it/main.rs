//! Tests of the library as its users see it: one binary, one file a subject.
#![allow(clippy::unwrap_used, missing_docs)]

mod archive_in_memory;
mod envelopes;
mod example;
mod shell;
mod shell_blocks;
mod spec_pages;
mod tampering;
