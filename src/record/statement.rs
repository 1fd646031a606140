//! A statement: somebody's words or act, as they reached us.
//!
//! ```json
//! {"alleged":false,"form":"verbatim","language":"und","relay":[…],"speaker":{"...":"…"},"words":[{"...":"…"}],…}
//! ```
//!
//! Normative page: spec/record.md, "statement". A statement says how words came to
//! the bytes that are held. It does not say that they are true, nor that the speaker
//! said them: that is always according to whoever stands on the relay.

use serde::{Deserialize, Serialize};

use super::amount::Value;
use super::id::{ExhibitId, PartyId, RecordId};
use super::position::{Position, Walk};
use crate::time::{Edtf, Extent};

/// A party, or somebody of whom we have at most a description.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyRef {
    /// A party of the roster.
    Party(PartyId),
    /// Nobody identified; the text is how the source describes them, and may be empty.
    Unidentified(String),
}

impl PartyRef {
    /// The party's id, where there is one.
    pub fn party(&self) -> Option<PartyId> {
        match self {
            PartyRef::Party(id) => Some(*id),
            PartyRef::Unidentified(_) => None,
        }
    }
}

/// How the words stand to what was uttered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// The speaker's own words.
    Verbatim,
    /// A rendering in another language.
    Translation,
    /// The sense in other words.
    Paraphrase,
    /// A shorter account of the words.
    Summary,
    /// An act that was reported, as "declared".
    ReportedAct,
    /// Somebody with access said nothing.
    Silence,
}

/// Whether the source sets the words in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quotation {
    /// In quotation marks.
    Marked,
    /// Without quotation marks.
    None,
    /// A mark opens or closes and its partner is missing: the extent is unknown.
    Unbalanced,
}

/// Bytes `start..end` of an exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The exhibit that holds the words.
    pub exhibit: ExhibitId,
    /// Offset of the first byte.
    pub start: u64,
    /// Offset after the last byte.
    pub end: u64,
}

/// Words that stand together: one disclosure, so that one passage can be withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// The words, exactly as held.
    pub text: String,
    /// Whether the source sets them in quotation marks.
    pub quotation: Quotation,
    /// The language of these words (BCP 47), where it is not the statement's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The reporting verb or phrase as printed, as "maintains that".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// The speaker's label as printed, in a transcript.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Page and line, or time, as the source counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cited_as: Option<String>,
    /// Where an exhibit holds exactly these bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// On what a time rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeBasis {
    /// The source states it.
    Stated,
    /// The recorder inferred it; the note says from what.
    Inferred,
    /// The recorder was there and looked at a clock.
    Observed,
    /// A device wrote it.
    Device,
    /// No time is stated.
    NotStated,
}

/// A time as somebody gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeClaim {
    /// The time; absent where none is stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edtf: Option<Edtf>,
    /// On what it rests.
    pub basis: TimeBasis,
    /// Relative words as printed, as "a few days ago".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// More on the basis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A time that can be withheld, with a coarser one that may be shown in its stead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedTime {
    /// The time as precisely as it is known.
    pub exact: Position<TimeClaim>,
    /// A coarser time that contains it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Position<TimeClaim>>,
}

impl StatedTime {
    /// The most precise time that is not withheld.
    pub fn best(&self) -> Option<&TimeClaim> {
        self.exact.value().or_else(|| self.within.as_ref()?.value())
    }

    pub(super) fn walk(&mut self, name: &str, walk: &mut Walk<'_, '_>) {
        walk.at(name, &mut self.exact);
        walk.at_some(&format!("{name}.within"), &mut self.within);
    }
}

/// By what means words crossed a hop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is an ordinary word of the field")]
pub enum Medium {
    InPerson,
    Telephone,
    Letter,
    Photograph,
    Message,
    SocialPost,
    Broadcast,
    Press,
    CourtRecord,
    NotStated,
}

/// What the hop did to the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is an ordinary word of the field")]
pub enum Act {
    Verbatim,
    Summary,
    Translation,
    Excerpt,
    Photograph,
    Transcription,
    NotStated,
}

/// How whoever passed the words on knew them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is an ordinary word of the field")]
pub enum Basis {
    Heard,
    Read,
    Inferred,
    NotStated,
}

/// By what authority a relayer speaks for the speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorityClaim {
    /// A roster record grants it.
    Granted,
    /// The relayer, or somebody else, says so; no record of the speaker's does.
    Claimed,
    /// Somebody says that there is none.
    Denied,
    /// Nothing is said of it.
    NotStated,
}

/// An authority as somebody gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// What is said of it.
    pub claim: AuthorityClaim,
    /// The roster record that grants it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
    /// More on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Which end of a hop placed a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlacedBy {
    /// Whoever the words came from.
    From,
    /// Whoever the words went to.
    To,
    /// Not known.
    NotStated,
}

/// When the notes of a call were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotesMade {
    /// While it went on.
    During,
    /// After it, from memory.
    After,
    /// There are none.
    None,
    /// Not known.
    NotStated,
}

/// What is known of a telephone call (FRE 901(b)(5), (6): a voice and a number need a basis).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Which end of the hop placed it.
    pub placed_by: PlacedBy,
    /// When the notes were made.
    pub notes: NotesMade,
    /// How long it lasted, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lasted_seconds: Option<u32>,
    /// The number that was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Position<String>>,
    /// Who else listened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listeners: Option<Position<Vec<PartyRef>>>,
    /// Who controlled the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_controlled_by: Option<Position<PartyRef>>,
}

/// One step of words from one hand to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hop {
    /// Whoever the words came from.
    pub from: Position<PartyRef>,
    /// Whoever they went to.
    pub to: Position<PartyRef>,
    /// By what means.
    pub medium: Medium,
    /// What the hop did to the words.
    pub did: Act,
    /// How the one who passed them on knew them.
    pub basis: Basis,
    /// When.
    pub when: StatedTime,
    /// Who attests that the hop took place; absent where nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attested_by: Option<Position<PartyRef>>,
    /// By what authority the relayer speaks for the speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Position<Authority>>,
    /// How the receiver knew who it was: a voice, a hand, a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identified_by: Option<Position<String>>,
    /// More, where the hop is a telephone call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<Call>,
}

/// Yes, no, or nobody says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is an ordinary word")]
pub enum Known {
    Yes,
    No,
    NotStated,
}

/// Under what circumstances the words were uttered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circumstances {
    /// Whether the speaker was detained.
    pub detained: Known,
    /// Whether it is recorded that the speaker spoke freely.
    pub voluntariness_recorded: Known,
    /// Who was present.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub present: Vec<PartyRef>,
    /// Who controlled the channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_controlled_by: Option<PartyRef>,
    /// More on them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What a statement says of a proposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is an ordinary word of the field")]
pub enum Polarity {
    Affirms,
    Denies,
    Uncommitted,
}

/// How sure the statement is of it (FactBank's CT, PR, PS and Uu).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is an ordinary word of the field")]
pub enum Certainty {
    Certain,
    Probable,
    Possible,
    Unstated,
}

/// Whether a statement says that something is so, or does something else with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// It says that it is so, or that it is not.
    #[default]
    Asserts,
    /// It gives it as what the speaker believes.
    Believes,
    /// It promises, or says that the speaker intends, that it shall be so.
    Promises,
    /// It demands that it be so.
    Demands,
    /// It asks whether it is so.
    Asks,
    /// It supposes that it were so, or makes it a condition.
    Supposes,
    /// It takes it for granted without saying it.
    Presupposes,
}

impl Modality {
    /// Whether it is the plain one, which is not written.
    pub fn is_assertion(&self) -> bool {
        *self == Modality::Asserts
    }
}

/// Over what time a stance speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Over {
    /// The time.
    pub edtf: Edtf,
    /// Whether during all of it, or at some moment in it.
    pub extent: Extent,
}

/// Whom or what a stance, or a proposition, is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeItem {
    /// A party.
    Party(PartyId),
    /// Something else, in words.
    Words(String),
}

/// What a statement says of one proposition: one disclosure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stance {
    /// The proposition.
    pub proposition: RecordId,
    /// Whether it affirms or denies it, or does neither.
    pub polarity: Polarity,
    /// How sure it is.
    pub certainty: Certainty,
    /// Whether it says so, or promises, believes, asks or the like.
    #[serde(default, skip_serializing_if = "Modality::is_assertion")]
    pub modality: Modality,
    /// The number or time that it gives, where the proposition asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Over what time; absent where nothing bounds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Over>,
    /// Of whom or what it speaks: alternatives, one of which is meant. Empty: exactly
    /// what the proposition is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scope: Vec<ScopeItem>,
    /// The nested sources that the stance is relative to, outermost first. Empty: the
    /// speaker.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub according_to: Vec<PartyRef>,
    /// Why it is read so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What the recorder's program saw in an exhibit. Anyone can recompute it from the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation {
    /// The exhibit.
    pub exhibit: ExhibitId,
    /// The media type by content.
    pub format: String,
    /// Width in pixels, for a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels, for a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// Somebody's words or act, as they reached us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Whose words they are.
    pub speaker: Position<PartyRef>,
    /// Whether authorship is disputed or unproven.
    pub alleged: bool,
    /// How the words stand to what was uttered.
    pub form: Form,
    /// The language of the words that are held (BCP 47; `und` where not known).
    pub language: String,
    /// Who translated, where the words are known to be a translation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translator: Option<Position<PartyRef>>,
    /// The words, in passages.
    pub words: Vec<Position<Passage>>,
    /// When the words were uttered or written.
    pub said: StatedTime,
    /// When they were conveyed.
    pub conveyed: StatedTime,
    /// When they were published.
    pub published: StatedTime,
    /// The hops, from the speaker to the bytes held, in order.
    pub relay: Vec<Hop>,
    /// Under what circumstances they were uttered.
    pub circumstances: Position<Circumstances>,
    /// What they say of propositions.
    pub stances: Vec<Position<Stance>>,
    /// What was seen in the exhibits when they were taken in.
    pub observed: Vec<Position<Observation>>,
    /// The recorder's note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Position<String>>,
}

impl Statement {
    pub(super) fn walk(&mut self, walk: &mut Walk<'_, '_>) {
        walk.at("speaker", &mut self.speaker);
        walk.at_some("translator", &mut self.translator);
        walk.each("words", &mut self.words);
        self.said.walk("said", walk);
        self.conveyed.walk("conveyed", walk);
        self.published.walk("published", walk);
        for (index, hop) in self.relay.iter_mut().enumerate() {
            hop.walk(&mut walk.within(&format!("relay[{index}]")));
        }
        walk.at("circumstances", &mut self.circumstances);
        walk.each("stances", &mut self.stances);
        walk.each("observed", &mut self.observed);
        walk.at_some("note", &mut self.note);
    }
}

impl Hop {
    fn walk(&mut self, walk: &mut Walk<'_, '_>) {
        walk.at("from", &mut self.from);
        walk.at("to", &mut self.to);
        self.when.walk("when", walk);
        walk.at_some("attested_by", &mut self.attested_by);
        walk.at_some("authority", &mut self.authority);
        walk.at_some("identified_by", &mut self.identified_by);
        if let Some(call) = &mut self.call {
            let mut walk = walk.within("call");
            walk.at_some("number", &mut call.number);
            walk.at_some("listeners", &mut call.listeners);
            walk.at_some("line_controlled_by", &mut call.line_controlled_by);
        }
    }
}
