//! The network of declared links: who passed on whose words, and what accounts share.
//!
//! ```text
//! S02, S06: dependent (both begin with Ann; both were published by Gazette)
//! origins of the position: 2 to 3; all 5 accounts pass through Gazette
//! ```
//!
//! Normative page: spec/provenance.md. What is worked out here are facts about what the
//! records declare. A way that nobody declared is not seen, and so nothing here shows that
//! two accounts are independent; only a person can assert that.

pub mod bottleneck;
pub mod circular;
pub mod independence;
pub mod origins;
pub mod path;
mod text;
pub mod ties;
pub mod ways;
