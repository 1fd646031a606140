//! The formats of a transparency log, as C2SP specifies them: it knows hashes and notes, and no statements.
//!
//! One file per specification, each with its type, its strict parser, its encoder and its verification:
//!
//! | module | specification |
//! |---|---|
//! | [`merkle`] | RFC 6962, section 2.1: tree hashes, inclusion and consistency proofs |
//! | [`note`] | `c2sp.org/signed-note`: signed notes and verifier keys |
//! | [`checkpoint`] | `c2sp.org/tlog-checkpoint`: the signed head of a log |
//! | [`tile`] | `c2sp.org/tlog-tiles`: tiles, entry bundles and their paths |
//! | [`proof`] | `c2sp.org/tlog-proof`: one file that shows, offline, that an entry is in a log |
//!
//! `spec/log.md` is the profile of these that is read and written here: where it is narrower than C2SP, it says so.
//!
//! The crate is pure. It opens no file, reads no clock, draws no randomness and speaks to no network; it holds no
//! private key, either: signing is a closure that the caller passes in.
//!
//! Every text has one accepted encoding: what a parser accepts, the encoder prints again byte for byte.

pub mod checkpoint;
mod decimal;
pub mod merkle;
pub mod note;
pub mod proof;
pub mod tile;
