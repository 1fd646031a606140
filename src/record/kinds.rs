//! The smaller kinds: archive, proposition, relation and attestation.
//!
//! ```json
//! {"relation":"in-tension","from":"record:sha256:…","target":{"among":["record:sha256:…"],"is":"all"},…}
//! ```
//!
//! Normative page: spec/record.md, a section for each.

use serde::{Deserialize, Serialize};

use super::PublicKeyText;
use super::id::{PartyId, RecordId, Reference};
use super::position::{Position, Walk};
use super::statement::{PartyRef, ScopeItem, Stance, StatedTime, TimeClaim};

/// Words in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The words.
    pub text: String,
    /// Their language (BCP 47), where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// One who may enrol others and erase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keeper {
    /// The keeper's key.
    pub key: PublicKeyText,
    /// The keeper.
    pub party: PartyId,
}

/// Leaf 0: what an archive is. Its record id is the archive's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    /// The version of the archive's layout: [`Archive::FORMAT`], or a newer one that this
    /// program does not read.
    pub format: u32,
    /// The archive's name, which is public.
    pub name: String,
    /// The log's origin (C2SP tlog-checkpoint), ending in a random suffix.
    pub origin: String,
    /// The log's key as a C2SP vkey.
    pub log_key: String,
    /// The keepers.
    pub keepers: Vec<Keeper>,
}

/// Whether a proposition is asked or laid down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PropositionType {
    /// Something that statements may affirm or deny.
    Question,
    /// What a word is taken to mean.
    Definition,
    /// How many or how much: statements give a number.
    Quantity,
    /// When: statements give a time.
    Time,
}

/// A question at issue, or a definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposition {
    /// What it asks for.
    #[serde(rename = "type")]
    pub proposition_type: PropositionType,
    /// Whether the answer can change over time. Where it cannot, time separates nothing.
    pub varies: bool,
    /// In words.
    pub words: Position<Wording>,
    /// What it does not include.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excludes: Option<Position<Wording>>,
    /// Whom or what it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Position<Vec<ScopeItem>>>,
    /// The quantities whose sum this one is. Empty: it is not laid down as a sum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub total_of: Vec<RecordId>,
}

/// The closed list of links between records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each has its definition in spec/record.md")]
pub enum RelationKind {
    Contradicts,
    InTension,
    Disowns,
    Confirms,
    UnderminesAuthority,
    WeakensAuthenticity,
    CommentsOn,
    Carries,
    Quotes,
    Translates,
    SameUtterance,
    Corrects,
    Supersedes,
    SameAs,
    SilentOn,
    /// A statement is read as taking a stance on a proposition.
    Answers,
    ReliesOn,
    SurprisedBy,
    IndependentOf,
    TiedTo,
    /// The times of the target lie within a stated time.
    Dates,
    /// The target was asked about it.
    Asked,
    /// The target would hold an exhibit that would settle it.
    SoughtFrom,
}

/// What came of asking somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// They answered.
    Answered,
    /// They said that they would not answer.
    Declined,
    /// No answer has come.
    None,
    /// What came of it is not stated.
    NotStated,
}

/// That somebody was asked for their side: for `asked`, and only there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asking {
    /// When they were asked.
    pub when: StatedTime,
    /// What came of it.
    pub answer: Answer,
    /// The statement that holds the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_in: Option<RecordId>,
}

/// How the references of a target are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetIs {
    /// Each of them.
    All,
    /// One of them, and it is not known which.
    OneOf,
    /// Not known; those named are candidates.
    Unresolved,
}

/// What a relation points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// How the references are meant.
    pub is: TargetIs,
    /// The references; empty only where the target is unresolved.
    pub among: Vec<Reference>,
}

/// An attributed link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// Which link.
    pub relation: RelationKind,
    /// Where it begins.
    pub from: Reference,
    /// What it points at.
    pub target: Target,
    /// Who asserts it; absent where the signers do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asserted_by: Option<Position<PartyRef>>,
    /// The statement in which it is asserted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asserted_in: Option<RecordId>,
    /// The stance that the statement is read as taking: for `answers`, and only there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<Position<Stance>>,
    /// Within what time the times of the target lie: for `dates`, and only there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Position<TimeClaim>>,
    /// When they were asked, and what came of it: for `asked`, and only there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asking>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Position<String>>,
}

/// A declaration about a record or exhibit. In which capacity stands with the signers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// What is declared about.
    pub about: Reference,
    /// In what words.
    pub declaration: Position<Wording>,
}

impl Archive {
    /// The version of the layout that this program reads and writes.
    pub const FORMAT: u32 = 1;
}

impl Proposition {
    pub(super) fn walk(&mut self, walk: &mut Walk<'_, '_>) {
        walk.at("words", &mut self.words);
        walk.at_some("excludes", &mut self.excludes);
        walk.at_some("about", &mut self.about);
    }
}

impl Relation {
    pub(super) fn walk(&mut self, walk: &mut Walk<'_, '_>) {
        walk.at_some("asserted_by", &mut self.asserted_by);
        walk.at_some("stance", &mut self.stance);
        walk.at_some("within", &mut self.within);
        if let Some(asked) = &mut self.asked {
            asked.when.walk("asked.when", walk);
        }
        walk.at_some("note", &mut self.note);
    }
}

impl Attestation {
    pub(super) fn walk(&mut self, walk: &mut Walk<'_, '_>) {
        walk.at("declaration", &mut self.declaration);
    }
}
