//! Encodings at the border, each accepting exactly one spelling of a value.
//!
//! Everything that arrives from outside passes through here first. A decoder
//! accepts a text only if encoding the result gives the same text again, so that
//! two different texts never stand for one value (spec/envelope.md, "Closed
//! profile"). Nothing here knows what the bytes mean.

pub mod base64;
pub mod hex;
pub mod json;
