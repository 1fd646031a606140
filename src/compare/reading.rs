//! A reading: one thing that two opposed accounts, or a link between records, may mean.
//!
//! The list of codes is closed (spec/comparison.md, "Readings"), and each code keeps its
//! meaning for ever.

use serde::Serialize;

pub use crate::record::ReadingCode as Code;

use super::RecordTag;
use super::who::Who;

/// What sort of result a reading is. The three are never mixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Class {
    /// Anyone can recompute it from the records.
    Fact,
    /// A heuristic's result. It is unreviewed until a person signs it.
    Suggestion {
        /// By what method.
        method: String,
        /// How often the method was wrong, and on what named set.
        measured_error: String,
    },
    /// A person's judgement.
    Finding {
        /// Whose it is said to be.
        asserted_by: Vec<Who>,
        /// Who signed the record that says so.
        signed_by: Vec<Who>,
    },
}

/// One of several things that may be meant, and what follows if it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// What is meant, to be read after "if ".
    pub condition: String,
    /// What follows.
    pub under: Under,
    /// What follows, in a sentence.
    pub words: String,
}

/// What follows from an alternative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Under {
    /// These readings, strongest first.
    Readings(Vec<Code>),
    /// Nothing on this question: the accounts would not be opposed.
    None,
    /// The records do not decide it.
    Undecidable,
    /// The link holds between the two.
    Linked,
    /// There is no such link between the two.
    NotLinked,
}

/// What sort of evidence would settle a reading: a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settles {
    /// Over what time an account speaks.
    TimeSpokenOf,
    /// A year.
    Year,
    /// Of whom or what an account speaks.
    Scope,
    /// Which record a link points at.
    Target,
    /// The original of a reported remark.
    OriginalOfReport,
    /// The words as uttered or written.
    Utterance,
    /// When it was said.
    TimeOfUtterance,
    /// Who spoke.
    Speaker,
    /// Who passed the words on.
    Relayer,
    /// The words before translation.
    Translation,
    /// What is withheld.
    Withheld,
    /// A question and a stance of each account on it.
    Question,
    /// Asking the one who said nothing on it.
    Answer,
}

/// One thing that would settle a reading.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Settlement {
    /// What sort of thing it is.
    pub what: Settles,
    /// The thing, in a sentence.
    pub words: String,
}

/// One thing that the accounts may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Which.
    pub code: Code,
    /// What sort of result it is.
    pub class: Class,
    /// Why, in sentences.
    pub reasons: Vec<String>,
    /// What may be meant, where that is open.
    pub alternatives: Vec<Alternative>,
    /// How many alternatives there are more than are written out.
    pub alternatives_left_out: usize,
    /// The records that it rests on.
    pub records: Vec<RecordTag>,
    /// What would settle it.
    pub settled_by: Vec<Settlement>,
}

impl Reading {
    /// A fact without reasons yet.
    pub(super) fn fact(code: Code, records: Vec<RecordTag>) -> Reading {
        Reading {
            code,
            class: Class::Fact,
            reasons: Vec::new(),
            alternatives: Vec::new(),
            alternatives_left_out: 0,
            records,
            settled_by: Vec::new(),
        }
    }
}
