//! Tests of the store: growth and interruptions.

#![allow(clippy::unwrap_used)]

mod faults;
mod growth;
mod page;
#[allow(dead_code)]
pub(crate) mod specimen;
