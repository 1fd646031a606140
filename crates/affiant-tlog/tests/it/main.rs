//! Tests of the log formats, through the public interface only.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod checkpoint;
mod merkle;
mod note;
mod oracle;
mod proof;
mod spec_page;
mod support;
mod tile;
