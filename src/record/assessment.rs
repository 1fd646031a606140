//! An assessment: one analyst's reading of how two accounts stand to each other, signed.
//!
//! ```json
//! {"about":["record:sha256:…","record:sha256:…"],"on":"record:sha256:…","reading":"definitional","reasons":{"...":"…"}}
//! ```
//!
//! Normative page: spec/record.md, "assessment". It is a person's finding and never a fact.
//! Rival assessments stand side by side; a later one may supersede an earlier, which stays.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::{RecordId, Reference};
use super::kinds::Wording;
use super::position::{Position, Walk};
use super::statement::PartyRef;

/// The code of a reading. Ordered from the strongest. The list is closed, and a code keeps its
/// meaning for ever (spec/comparison.md, "Readings").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingCode {
    /// They cannot both be so.
    Contradiction,
    /// They cannot both be so, if they speak of the same time.
    ContradictionIfSimultaneous,
    /// Both can be so, one after the other.
    ChangedOverTime,
    /// They may speak of different people or things.
    DifferentScopePossible,
    /// They may take a word in different senses.
    Definitional,
    /// One of them does not assert it: it promises, believes, asks, demands, supposes or takes
    /// for granted, or reports that another said so.
    Modality,
    /// They are renderings of one utterance in two languages or by two translators.
    TranslationVariance,
    /// They are two accounts of one utterance.
    WordingVariance,
    /// Whose words one of them is, is disputed.
    AttributionDisputed,
    /// Whether what carries one of them is genuine, is disputed.
    AuthenticityDisputed,
    /// A person says that the two do not fit together.
    TensionAsserted,
    /// The records do not settle what a link points at.
    TargetUnresolved,
    /// They give different numbers or times.
    NumericVariance,
    /// The one is less precise than the other, and they fit.
    PrecisionVariance,
    /// They speak of two names that may be of one.
    IdentityVariance,
    /// The account takes no stance on the question.
    NoCommitment,
    /// The two take no opposed stances on any question.
    NoSharedProposition,
    /// They agree on every question that they share.
    NoConflict,
}

impl ReadingCode {
    /// Every code, strongest first.
    pub const ALL: [ReadingCode; 18] = [
        ReadingCode::Contradiction,
        ReadingCode::ContradictionIfSimultaneous,
        ReadingCode::ChangedOverTime,
        ReadingCode::DifferentScopePossible,
        ReadingCode::Definitional,
        ReadingCode::Modality,
        ReadingCode::TranslationVariance,
        ReadingCode::WordingVariance,
        ReadingCode::AttributionDisputed,
        ReadingCode::AuthenticityDisputed,
        ReadingCode::TensionAsserted,
        ReadingCode::TargetUnresolved,
        ReadingCode::NumericVariance,
        ReadingCode::PrecisionVariance,
        ReadingCode::IdentityVariance,
        ReadingCode::NoCommitment,
        ReadingCode::NoSharedProposition,
        ReadingCode::NoConflict,
    ];

    /// The code as it is written in records and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            ReadingCode::Contradiction => "contradiction",
            ReadingCode::ContradictionIfSimultaneous => "contradiction-if-simultaneous",
            ReadingCode::ChangedOverTime => "changed-over-time",
            ReadingCode::DifferentScopePossible => "different-scope-possible",
            ReadingCode::Definitional => "definitional",
            ReadingCode::Modality => "modality",
            ReadingCode::TranslationVariance => "translation-variance",
            ReadingCode::WordingVariance => "wording-variance",
            ReadingCode::AttributionDisputed => "attribution-disputed",
            ReadingCode::AuthenticityDisputed => "authenticity-disputed",
            ReadingCode::TensionAsserted => "tension-asserted",
            ReadingCode::TargetUnresolved => "target-unresolved",
            ReadingCode::NumericVariance => "numeric-variance",
            ReadingCode::PrecisionVariance => "precision-variance",
            ReadingCode::IdentityVariance => "identity-variance",
            ReadingCode::NoCommitment => "no-commitment",
            ReadingCode::NoSharedProposition => "no-shared-proposition",
            ReadingCode::NoConflict => "no-conflict",
        }
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            ReadingCode::Contradiction => "The two cannot both be so.",
            ReadingCode::ContradictionIfSimultaneous => "The two cannot both be so, if they speak of the same time.",
            ReadingCode::ChangedOverTime => "Both can be so, one after the other.",
            ReadingCode::DifferentScopePossible => "The two may speak of different people or things.",
            ReadingCode::Definitional => "The two may take a word in different senses.",
            ReadingCode::Modality => "Not both assert it.",
            ReadingCode::TranslationVariance => {
                "One utterance is rendered in two ways, in two languages or by two translators."
            }
            ReadingCode::WordingVariance => "There are two accounts of one utterance.",
            ReadingCode::AttributionDisputed => "Whose words one of the two is, is disputed.",
            ReadingCode::AuthenticityDisputed => "Whether what carries one of the two is genuine, is disputed.",
            ReadingCode::TensionAsserted => "Somebody says that these do not fit together.",
            ReadingCode::TargetUnresolved => "What this points at is not settled by the record.",
            ReadingCode::NumericVariance => "The two give different numbers or times.",
            ReadingCode::PrecisionVariance => "The one is less precise than the other, and they fit.",
            ReadingCode::IdentityVariance => "The two speak of names that may be of one.",
            ReadingCode::NoCommitment => "It takes no side, and is counted for none.",
            ReadingCode::NoSharedProposition => "The two take no opposed stances on any question here.",
            ReadingCode::NoConflict => "The two agree on every question that they share.",
        }
    }
}

impl fmt::Display for ReadingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One analyst's reading, with reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// What is assessed: two statements, or one relation.
    pub about: Vec<Reference>,
    /// The question on which the two are read; absent where it is none in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<RecordId>,
    /// How they are read.
    pub reading: ReadingCode,
    /// Why.
    pub reasons: Position<Wording>,
    /// Whose reading it is; absent where it is the signers'.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asserted_by: Option<Position<PartyRef>>,
    /// The assessment in whose stead this one is to be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<RecordId>,
}

impl Assessment {
    pub(super) fn walk(&mut self, walk: &mut Walk<'_, '_>) {
        walk.at("reasons", &mut self.reasons);
        walk.at_some("asserted_by", &mut self.asserted_by);
    }
}
