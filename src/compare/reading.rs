//! A reading: one thing that two opposed accounts, or a link between records, may mean.
//!
//! The list of codes is closed (spec/comparison.md, "Readings"), and each code keeps its
//! meaning for ever.

use serde::Serialize;

pub use crate::record::ReadingCode as Code;

use super::RecordTag;
use crate::record::RelationKind;

/// On what two accounts part. It is settled before any reading: accounts that share no question
/// part on nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conflict {
    /// Whether something is so, where the answer never changes.
    Answer,
    /// Whether something is so at a time.
    State,
    /// How many or how much.
    Amount,
    /// When.
    Time,
    /// What a word means.
    Definition,
}

impl Conflict {
    /// Every one.
    pub const ALL: [Conflict; 5] = [
        Conflict::Answer,
        Conflict::State,
        Conflict::Amount,
        Conflict::Time,
        Conflict::Definition,
    ];

    /// To be read after "they part on ".
    pub fn words(self) -> &'static str {
        match self {
            Conflict::Answer => "whether it is so",
            Conflict::State => "whether it is so at a time",
            Conflict::Amount => "how many or how much",
            Conflict::Time => "when",
            Conflict::Definition => "what a word means",
        }
    }
}

/// Whether two accounts are of one speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speakers {
    /// One speaker: what parts them is a self-contradiction, if it is a contradiction.
    Same,
    /// Two parties of the roster, whom nobody says to be one.
    Different,
    /// A speaker is not identified, not shown or disputed, or somebody says that two are one.
    Unknown,
}

/// What a person judges of two accounts or of a link, in a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// Which reading.
    pub code: Code,
    /// Why, as the record has it, or what the record asserts.
    pub reasons: Vec<String>,
    /// What it is about.
    pub about: Vec<RecordTag>,
    /// The link by which a person asserts a tension; absent of an assessment.
    pub link: Option<RelationKind>,
    /// On which question, where it is on one.
    pub on: Option<RecordTag>,
    /// The assessment in whose stead it asks to be read.
    pub supersedes: Option<RecordTag>,
    /// Later assessments by the same people that ask to be read in its stead. It stays.
    pub superseded_by: Vec<RecordTag>,
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
    /// What a word means to those who used it.
    Definition,
    /// Whether somebody says it, or only promises, supposes or passes it on.
    Commitment,
    /// Whether what carries an account is genuine.
    Authenticity,
    /// Whether two names are of one.
    Identity,
    /// A number or a time as precisely as it is known.
    Value,
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
    /// A reading without reasons yet.
    pub(super) fn of(code: Code, records: Vec<RecordTag>) -> Reading {
        Reading {
            code,
            reasons: Vec::new(),
            alternatives: Vec::new(),
            alternatives_left_out: 0,
            records,
            settled_by: Vec::new(),
        }
    }
}
