//! Affiant: signed records of who said what, how the words reached us and who has held
//! the evidence.
//!
//! This library is pure: it has no clock, no randomness, no files, no network and no
//! environment. Whatever it needs of these is an argument. ARCHITECTURE.md has the map.

#[cfg(test)]
extern crate self as affiant;

pub mod archive;
pub mod bundle;
pub mod check;
pub mod collation;
pub mod compare;
pub mod digest;
pub mod disclose;
pub mod encode;
pub mod envelope;
pub mod key;
pub mod quotation;
pub mod record;
pub mod roster;
pub mod suggest;
pub mod text;
pub mod time;
pub mod verify;
