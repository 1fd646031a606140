//! What somebody means to record, before it is records: plain values.
//!
//! ```
//! use affiant_case::{Case, PartyDraft, PartySource};
//! use affiant::record::{Name, PartyKind};
//!
//! let mut case = Case::default();
//! case.parties.push(PartyDraft {
//!     id: "MH".to_owned(),
//!     source: PartySource::New {
//!         kind: PartyKind::Person,
//!         names: vec![Name { text: "Mehman Huseynov".to_owned(), language: None }],
//!         roles: vec![],
//!     },
//! });
//! assert!(affiant_case::check(&case).is_empty());
//! ```
//!
//! A draft names a party or an exhibit by a *handle* of this case and a record by its *label*;
//! neither is ever written into a record as a reference. The members are those of
//! `spec/case-file.md`. A draft may be wrong: [`check`](crate::check()) and [`build`](crate::build())
//! say how.

use affiant::record::{
    Act, Answer, Authority, Basis, Certainty, ExhibitId, Form, Known, Medium, Modality, Name, NotesMade, Over, PartyId,
    PartyKind, PlacedBy, Polarity, PropositionType, Quotation, ReadingCode, RelationKind, Role, Scope, TargetIs,
    TimeClaim, Value,
};

/// Everything that one case file holds, or one command records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// The parties that the rest names.
    pub parties: Vec<PartyDraft>,
    /// The exhibits that the rest names.
    pub exhibits: Vec<ExhibitDraft>,
    /// Questions and definitions.
    pub questions: Vec<QuestionDraft>,
    /// Statements.
    pub statements: Vec<StatementDraft>,
    /// Relations.
    pub relations: Vec<RelationDraft>,
    /// Readings of analysts.
    pub assessments: Vec<AssessmentDraft>,
    /// Attestations.
    pub attestations: Vec<AttestationDraft>,
}

/// A party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyDraft {
    /// The handle.
    pub id: String,
    /// A party to enrol, or one that the archive has.
    pub source: PartySource,
}

/// Where a party comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartySource {
    /// It is enrolled by this case.
    New {
        /// What sort of party it is.
        kind: PartyKind,
        /// Its names, each in one spelling.
        names: Vec<Name>,
        /// The capacities in which it acts.
        roles: Vec<Role>,
    },
    /// The archive has it.
    Existing(PartyId),
}

/// An exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExhibitDraft {
    /// The handle.
    pub id: String,
    /// A file to take in, or an exhibit that the archive has.
    pub source: ExhibitSource,
}

/// Where an exhibit comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExhibitSource {
    /// A file.
    File {
        /// The path as written. Whoever opens it decides to what it is relative.
        path: String,
        /// The name that the descriptor bears.
        name: String,
    },
    /// The archive has it.
    Existing(ExhibitId),
}

/// A party by its handle, or somebody not identified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhoDraft {
    /// The handle of a party.
    Party(String),
    /// How the source describes somebody it does not identify; may be empty.
    Unidentified(String),
}

/// Whom or what a question or stance is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScopeDraft {
    /// The handle of a party.
    Party(String),
    /// Something else, in words.
    Words(String),
}

/// A question at issue, or a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionDraft {
    /// The label.
    pub label: String,
    /// What it asks for.
    pub proposition_type: PropositionType,
    /// In words.
    pub text: String,
    /// The language of `text` and `excludes`.
    pub language: Option<String>,
    /// What it does not include.
    pub excludes: Option<String>,
    /// Whom or what it is about.
    pub about: Vec<ScopeDraft>,
    /// Whether the answer can change over time.
    pub varies: bool,
    /// The labels of the quantities whose sum it is.
    pub total_of: Vec<String>,
}

/// A time as somebody gives it.
pub type TimeDraft = TimeClaim;

/// Somebody's words or act, as they reached us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementDraft {
    /// The label.
    pub label: String,
    /// Whose words they are.
    pub speaker: WhoDraft,
    /// Whether authorship is disputed or unproven.
    pub alleged: bool,
    /// How the words stand to what was uttered.
    pub form: Form,
    /// The language of the words that are held.
    pub language: String,
    /// Who translated.
    pub translator: Option<WhoDraft>,
    /// The handles of the exhibits that it rests on; at least one.
    pub exhibits: Vec<String>,
    /// When the words were uttered or written; `None`: not stated.
    pub said: Option<TimeDraft>,
    /// When they were conveyed.
    pub conveyed: Option<TimeDraft>,
    /// When they were published.
    pub published: Option<TimeDraft>,
    /// In what capacities the signer signs.
    pub asserts: Vec<Scope>,
    /// The recorder's note.
    pub note: Option<String>,
    /// The words, in passages.
    pub words: Vec<WordsDraft>,
    /// The hops, from the speaker to the bytes held.
    pub hops: Vec<HopDraft>,
    /// Under what circumstances the words were uttered.
    pub circumstances: CircumstancesDraft,
    /// What they say of questions.
    pub stances: Vec<StanceDraft>,
}

impl StatementDraft {
    /// A statement of which nothing is known but what is given here: no words, no hops, no times,
    /// language `und`, signed as recorded.
    pub fn new(label: &str, speaker: WhoDraft, form: Form, exhibits: &[&str]) -> StatementDraft {
        StatementDraft {
            label: label.to_owned(),
            speaker,
            alleged: false,
            form,
            language: "und".to_owned(),
            translator: None,
            exhibits: exhibits.iter().map(|&handle| handle.to_owned()).collect(),
            said: None,
            conveyed: None,
            published: None,
            asserts: vec![Scope::Recorded],
            note: None,
            words: Vec::new(),
            hops: Vec::new(),
            circumstances: CircumstancesDraft::default(),
            stances: Vec::new(),
        }
    }
}

/// One passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsDraft {
    /// The words, exactly as held.
    pub text: String,
    /// Whether the source sets them in quotation marks.
    pub quotation: Quotation,
    /// Their language, where it is not the statement's.
    pub language: Option<String>,
    /// The reporting verb or phrase as printed.
    pub cue: Option<String>,
    /// The speaker's label as printed, in a transcript.
    pub speaker_label: Option<String>,
    /// Page and line, or time, as the source counts them.
    pub cited_as: Option<String>,
    /// The exhibit that holds exactly these bytes.
    pub held: Option<HeldIn>,
}

/// Where a passage stands in an exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldIn {
    /// The exhibit's handle.
    pub exhibit: String,
    /// The offset of the first byte; `None`: the words occur exactly once and are searched for.
    pub at: Option<u64>,
}

/// One step of words from one hand to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HopDraft {
    /// Whoever the words came from.
    pub from: WhoDraft,
    /// Whoever they went to.
    pub to: WhoDraft,
    /// By what means.
    pub medium: Medium,
    /// What the hop did to the words.
    pub did: Act,
    /// How the one who passed them on knew them.
    pub basis: Basis,
    /// When; `None`: not stated.
    pub when: Option<TimeDraft>,
    /// Who attests it; `None`: nobody does.
    pub attested_by: Option<WhoDraft>,
    /// By what authority the relayer speaks for the speaker.
    pub authority: Option<Authority>,
    /// How the receiver knew who it was.
    pub identified_by: Option<String>,
    /// More, where the hop is a telephone call.
    pub call: Option<CallDraft>,
}

impl HopDraft {
    /// A hop of which only the ends are known.
    pub fn new(from: WhoDraft, to: WhoDraft) -> HopDraft {
        HopDraft {
            from,
            to,
            medium: Medium::NotStated,
            did: Act::NotStated,
            basis: Basis::NotStated,
            when: None,
            attested_by: None,
            authority: None,
            identified_by: None,
            call: None,
        }
    }
}

/// What is known of a telephone call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallDraft {
    /// Which end of the hop placed it.
    pub placed_by: PlacedBy,
    /// When the notes were made.
    pub notes: NotesMade,
    /// How long it lasted, in seconds.
    pub lasted_seconds: Option<u32>,
    /// The number that was called.
    pub number: Option<String>,
    /// Who else listened; `None`: not known.
    pub listeners: Option<Vec<WhoDraft>>,
    /// Who controlled the line.
    pub line_controlled_by: Option<WhoDraft>,
}

/// Under what circumstances words were uttered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CircumstancesDraft {
    /// Whether the speaker was detained.
    pub detained: Known,
    /// Whether it is recorded that the speaker spoke freely.
    pub voluntariness_recorded: Known,
    /// Who was present.
    pub present: Vec<WhoDraft>,
    /// Who controlled the channel.
    pub channel_controlled_by: Option<WhoDraft>,
    /// More on them.
    pub note: Option<String>,
}

impl Default for CircumstancesDraft {
    fn default() -> CircumstancesDraft {
        CircumstancesDraft {
            detained: Known::NotStated,
            voluntariness_recorded: Known::NotStated,
            present: Vec::new(),
            channel_controlled_by: None,
            note: None,
        }
    }
}

/// What a statement says of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StanceDraft {
    /// The question's label.
    pub on: String,
    /// Whether it affirms or denies it, or does neither.
    pub says: Polarity,
    /// How sure it is.
    pub certainty: Certainty,
    /// Whether it says so, or promises, believes, asks or the like.
    pub modality: Modality,
    /// The number or time that it gives.
    pub value: Option<Value>,
    /// Over what time; `None`: nothing bounds it.
    pub over: Option<Over>,
    /// Of whom or what: alternatives. Empty: exactly what the question is about.
    pub scope: Vec<ScopeDraft>,
    /// Nested sources, outermost first. Empty: the speaker.
    pub according_to: Vec<WhoDraft>,
    /// Why it is read so.
    pub note: Option<String>,
}

impl StanceDraft {
    /// A stance of which nothing is known but what is given here.
    pub fn new(on: &str, says: Polarity) -> StanceDraft {
        StanceDraft {
            on: on.to_owned(),
            says,
            certainty: Certainty::Unstated,
            modality: Modality::Asserts,
            value: None,
            over: None,
            scope: Vec::new(),
            according_to: Vec::new(),
            note: None,
        }
    }
}

/// An attributed link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationDraft {
    /// The label.
    pub label: String,
    /// Which link.
    pub kind: RelationKind,
    /// Where it begins: a label, or the handle of a party or exhibit.
    pub from: String,
    /// How the references of `to` are meant.
    pub target: TargetIs,
    /// What it points at, each as `from`.
    pub to: Vec<String>,
    /// Who asserts it; `None`: whoever signs.
    pub asserted_by: Option<WhoDraft>,
    /// The label of the statement in which it is asserted.
    pub asserted_in: Option<String>,
    /// For `answers`, and only there: the stance that the statement is read as taking. Its `on` is
    /// the one question that `to` names.
    pub stance: Option<StanceDraft>,
    /// For `dates`, and only there: the time within which the times of the target lie.
    pub within: Option<TimeDraft>,
    /// For `asked`, and only there.
    pub asked: Option<AskingDraft>,
    /// Why.
    pub note: Option<String>,
}

impl RelationDraft {
    /// A link of which nothing is known but what is given here.
    pub fn new(label: &str, kind: RelationKind, from: &str, to: &[&str]) -> RelationDraft {
        RelationDraft {
            label: label.to_owned(),
            kind,
            from: from.to_owned(),
            target: TargetIs::All,
            to: to.iter().map(|&name| name.to_owned()).collect(),
            asserted_by: None,
            asserted_in: None,
            stance: None,
            within: None,
            asked: None,
            note: None,
        }
    }
}

/// That somebody was asked for their side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskingDraft {
    /// When; `None`: not stated.
    pub when: Option<TimeDraft>,
    /// What came of it.
    pub answer: Answer,
    /// The label of the statement that holds the answer.
    pub answered_in: Option<String>,
}

/// An analyst's reading of two statements, or of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentDraft {
    /// The label.
    pub label: String,
    /// The labels of two statements, or of one relation.
    pub about: Vec<String>,
    /// The label of the question on which they are read.
    pub on: Option<String>,
    /// How they are read.
    pub reading: ReadingCode,
    /// Why.
    pub reasons: String,
    /// The language of `reasons`.
    pub language: Option<String>,
    /// Whose reading it is; `None`: whoever signs.
    pub asserted_by: Option<WhoDraft>,
    /// The label of the assessment in whose stead it is to be read.
    pub supersedes: Option<String>,
}

/// A declaration about a record or exhibit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttestationDraft {
    /// The label.
    pub label: String,
    /// What is declared about: a label, or the handle of an exhibit.
    pub about: String,
    /// In what capacities the signer signs.
    pub asserts: Vec<Scope>,
    /// In what words.
    pub words: String,
    /// Their language, where it is known.
    pub language: Option<String>,
}
