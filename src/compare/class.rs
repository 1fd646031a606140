//! The three classes of result as types: what anyone can recompute, and what a person judges.
//!
//! ```
//! use affiant::compare::{Fact, Reading};
//! fn code(fact: &Fact<Reading>) -> &str {
//!     fact.code.as_str() // what is held is read; nothing makes a fact out of it again
//! }
//! ```
//!
//! Normative page: spec/comparison.md, "Classes". A [`Fact`] is made only where a rule of that
//! page is computed, and a [`Finding`] only out of a record that persons signed. The third class,
//! a heuristic's suggestion, has no place in this module at all: comparison does not know the
//! module that makes suggestions, so that nothing here can be one.
//!
//! There is no way from one to the other. None of these compiles:
//!
//! ```compile_fail
//! # use affiant::compare::{Fact, Finding, Judgement};
//! fn believe(finding: Finding<Judgement>) -> Fact<Judgement> {
//!     finding.into()
//! }
//! ```
//!
//! ```compile_fail,E0451
//! # use affiant::compare::{Fact, Reading};
//! fn declare(reading: Reading) -> Fact<Reading> {
//!     Fact { value: reading }
//! }
//! ```
//!
//! ```compile_fail,E0451
//! # use affiant::compare::{Fact, Finding, Reading, RecordTag, Standing};
//! fn ascribe(fact: Fact<Reading>, record: RecordTag) -> Finding<Fact<Reading>> {
//!     Finding { value: fact, record, standing: Standing::Verified, asserted_by: vec![], signed_by: vec![] }
//! }
//! ```

use std::ops::Deref;

use serde::{Serialize, Serializer};

use crate::time::Timestamp;

use super::index::{Index, Signed};
use super::who::Who;
use super::{RecordTag, Standing};

/// What anyone can recompute from the records by the rules of spec/comparison.md.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    value: T,
}

/// What a person judges, and a record of which says so. Nothing is computed from it but that the
/// person judges so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<T> {
    value: T,
    record: RecordTag,
    standing: Standing,
    asserted_by: Vec<Who>,
    signed_by: Vec<Who>,
    recorded_at: Timestamp,
}

impl<T> Fact<T> {
    /// Only the rules of this module compute facts.
    pub(super) fn computed(value: T) -> Fact<T> {
        Fact { value }
    }
}

impl<T> Finding<T> {
    /// The finding that a signed record states. `signed` stands for a relation or an assessment
    /// among the records, and can be had of nothing else.
    pub(super) fn stated_in(index: &Index<'_>, signed: Signed, value: T) -> Finding<T> {
        let entry = &index.entries[signed.place()];
        Finding {
            value,
            record: entry.tag.clone(),
            standing: entry.standing,
            asserted_by: index.asserted_by(signed.place()),
            signed_by: index.names.signers(&entry.record.common.signers),
            recorded_at: entry.record.common.recorded_at,
        }
    }

    /// The record that says so.
    pub fn record(&self) -> &RecordTag {
        &self.record
    }

    /// What may be relied on of that record.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Whose judgement it is said to be.
    pub fn asserted_by(&self) -> &[Who] {
        &self.asserted_by
    }

    /// Who signed the record that says so.
    pub fn signed_by(&self) -> &[Who] {
        &self.signed_by
    }

    /// When the record was made, by its recorder's clock.
    pub fn recorded_at(&self) -> Timestamp {
        self.recorded_at
    }
}

impl<T> Deref for Fact<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Deref for Finding<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'a, T> {
            class: &'static str,
            #[serde(flatten)]
            value: &'a T,
        }
        let (class, value) = ("fact", &self.value);
        Written { class, value }.serialize(serializer)
    }
}

impl<T: Serialize> Serialize for Finding<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'a, T> {
            class: &'static str,
            record: &'a RecordTag,
            standing: Standing,
            asserted_by: &'a [Who],
            signed_by: &'a [Who],
            recorded_at: String,
            #[serde(flatten)]
            value: &'a T,
        }
        let written = Written {
            class: "finding",
            record: &self.record,
            standing: self.standing,
            asserted_by: &self.asserted_by,
            signed_by: &self.signed_by,
            recorded_at: self.recorded_at.to_string(),
            value: &self.value,
        };
        written.serialize(serializer)
    }
}
