//! What a check can come to: the closed list, and what each entry carries.
//!
//! ```text
//! altered   level -   edits: left out "not" (negation)   place: hearing.txt 812..861, WITNESS
//! ```
//!
//! Normative page: spec/quotation.md. All of it is fact: anyone can work it out again from the
//! quotation and the texts. There is no number of likeness in it, and none of confidence.

use std::ops::Range;

use crate::text::{EditClass, HiddenKind, Level};

/// The one outcome of a check, by a code that never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The words stand in one place as quoted.
    Verbatim,
    /// They do, but for fillers, immediate repeats and a transcriber's notes, which are left out.
    Cleaned,
    /// They do, but for words left out under an ellipsis.
    Elided,
    /// They do, but for what stands in brackets.
    Bracketed,
    /// Words differ without a mark.
    Altered,
    /// Words from distant places are joined without a mark.
    Spliced,
    /// Words of two people are quoted as one passage.
    TwoSpeakers,
    /// The words are somebody else's than the speaker's who is named.
    AnotherSpeaker,
    /// The speaker says them within quotation marks: as another's.
    QuotingAnother,
    /// The words stand in several places alike.
    Ambiguous,
    /// The words are not there; those nearest to them are shown, which may be of another occasion.
    Nearest,
    /// Nothing like the words is there.
    NotFound,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Outcome; 12] = [
        Outcome::Verbatim,
        Outcome::Cleaned,
        Outcome::Elided,
        Outcome::Bracketed,
        Outcome::Altered,
        Outcome::Spliced,
        Outcome::TwoSpeakers,
        Outcome::AnotherSpeaker,
        Outcome::QuotingAnother,
        Outcome::Ambiguous,
        Outcome::Nearest,
        Outcome::NotFound,
    ];

    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Verbatim => "verbatim",
            Outcome::Cleaned => "cleaned",
            Outcome::Elided => "elided",
            Outcome::Bracketed => "bracketed",
            Outcome::Altered => "altered",
            Outcome::Spliced => "spliced",
            Outcome::TwoSpeakers => "two-speakers",
            Outcome::AnotherSpeaker => "another-speaker",
            Outcome::QuotingAnother => "quoting-another",
            Outcome::Ambiguous => "ambiguous",
            Outcome::Nearest => "nearest",
            Outcome::NotFound => "not-found",
        }
    }
}

/// How the words agree with the place shown, whoever says them and however often they occur.
/// The later in this list, the more they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wording {
    /// As quoted.
    Verbatim,
    /// But for what is not counted as words: see [`Outcome::Cleaned`].
    Cleaned,
    /// But for brackets.
    Bracketed,
    /// But for marked omissions.
    Elided,
    /// With unmarked edits.
    Altered,
    /// Joined without a mark.
    Spliced,
    /// Not at all.
    Different,
}

impl Wording {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Wording::Verbatim => "verbatim",
            Wording::Cleaned => "cleaned",
            Wording::Bracketed => "bracketed",
            Wording::Elided => "elided",
            Wording::Altered => "altered",
            Wording::Spliced => "spliced",
            Wording::Different => "different",
        }
    }
}

/// The code of a level.
pub fn level_code(level: Level) -> &'static str {
    match level {
        Level::Bytes => "bytes",
        Level::Form => "form",
        Level::Case => "case",
        Level::Spoken => "spoken",
    }
}

/// Words of a text, and where they stand in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The words, exactly.
    pub text: String,
    /// Their bytes in the text that they are of.
    pub span: Range<usize>,
}

/// Where words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name of the text.
    pub source: String,
    /// The words there.
    pub words: Excerpt,
    /// Whose they are, as the source or the record names them.
    pub speaker: Option<String>,
    /// Page and line, or time, as the source counts them.
    pub cited_as: Option<String>,
    /// The line of the text, counted from 1.
    pub line: usize,
    /// The strictest level at which the words agree; none where they differ.
    pub level: Option<Level>,
    /// A negation that stands right before the words, and is not quoted.
    pub cut_after: Option<Excerpt>,
}

/// What is left out without changing what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhyLeftOut {
    /// It fills a pause.
    Filler,
    /// It is said again at once.
    Repeat,
    /// It is a transcriber's note.
    Note,
}

impl WhyLeftOut {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            WhyLeftOut::Filler => "filler",
            WhyLeftOut::Repeat => "repeat",
            WhyLeftOut::Note => "note",
        }
    }
}

/// Words left out without a mark that are no edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The words.
    pub words: Excerpt,
    /// Why they are not counted.
    pub why: WhyLeftOut,
}

/// Words left out under an ellipsis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Omission {
    /// The words; none where nothing is left out, or the text after the ellipsis stands before that before it.
    pub words: Option<Excerpt>,
    /// How many they are.
    pub count: usize,
    /// The negations among them, as written.
    pub negations: Vec<String>,
    /// Whether words of somebody else are among them.
    pub other_speaker: bool,
    /// Whether the quotation goes on before the place where it broke off, or in another text.
    pub out_of_order: bool,
}

/// What brackets do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BracketKind {
    /// They stand for other words.
    Replaces,
    /// They are added.
    Adds,
    /// They hold a letter or an ending.
    Letters,
    /// They say that words are missing.
    Missing,
    /// Letters are covered.
    Covers,
    /// The source has the same words in brackets of its own.
    Same,
}

impl BracketKind {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            BracketKind::Replaces => "replaces",
            BracketKind::Adds => "adds",
            BracketKind::Letters => "letters",
            BracketKind::Missing => "missing",
            BracketKind::Covers => "covers",
            BracketKind::Same => "same",
        }
    }
}

/// Brackets in a quotation, and what the source has there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bracketed {
    /// The words of the quotation, with the brackets.
    pub new: Excerpt,
    /// The words of the source; none where the brackets add.
    pub old: Option<Excerpt>,
    /// What the brackets do.
    pub kind: BracketKind,
    /// Whether the source's words deny.
    pub negation: bool,
}

/// A difference without a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The words of the source; none where words were added.
    pub old: Option<Excerpt>,
    /// The words of the quotation; none where words were left out.
    pub new: Option<Excerpt>,
    /// What kinds of words differ, the gravest first. Never empty.
    pub classes: Vec<EditClass>,
    /// Whether the words look alike and differ by characters that are not what they seem.
    pub look_alike: bool,
}

/// An unmarked join of two places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// How many words stand between the two places; none where they are in different texts.
    pub between: Option<usize>,
    /// Whether the place that is quoted first stands after the other.
    pub reversed: bool,
}

/// A kind of thing outside of the quoted words that governs what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Governs {
    /// A negation.
    Negation,
    /// A condition.
    Condition,
    /// The words are part of a question.
    Question,
    /// The words are reported as another's: `he said`.
    Report,
    /// A number goes on beyond the cut.
    Number,
}

impl Governs {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Governs::Negation => "negation",
            Governs::Condition => "condition",
            Governs::Question => "question",
            Governs::Report => "report",
            Governs::Number => "number",
        }
    }
}

/// A thing that governs quoted words and is not quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Governing {
    /// What it is.
    pub kind: Governs,
    /// Its words.
    pub words: Excerpt,
    /// How many words stand between it and what is quoted.
    pub words_between: usize,
    /// Whether it stands before the quoted words.
    pub before: bool,
}

/// What stands around quoted words (FRE 106).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// The sentences that the words are of, in full.
    pub sentence: Option<Excerpt>,
    /// The sentence before, in the same segment.
    pub before: Option<Excerpt>,
    /// The sentence after, in the same segment.
    pub after: Option<Excerpt>,
    /// What somebody else said just before the segment; a question, where it ends with a question mark.
    pub answered: Option<Answered>,
    /// What governs the words.
    pub governing: Vec<Governing>,
    /// The quotation marks within which the speaker says the words.
    pub quoted_within: Option<Excerpt>,
}

/// What a segment answers or follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Who said it.
    pub speaker: Option<String>,
    /// Its last sentences.
    pub words: Excerpt,
    /// Whether it ends as a question.
    pub is_question: bool,
}

/// A character to point out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointed {
    /// Whether it stands in the quotation; else in the source.
    pub in_quotation: bool,
    /// Its bytes there.
    pub span: Range<usize>,
    /// What kind of character it is.
    pub kind: HiddenKind,
    /// Its code point and name, and what it looks like.
    pub name: String,
}

/// The speaker who is claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// As given.
    pub name: String,
    /// The speakers of the sources who are taken for that name.
    pub read_as: Vec<String>,
}

/// What was searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Searched {
    /// How many texts.
    pub sources: usize,
    /// How many segments of them.
    pub segments: usize,
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The one outcome.
    pub outcome: Outcome,
    /// How the words agree with the first place.
    pub wording: Wording,
    /// The strictest level at which the quoted words, apart from what is listed, agree.
    pub level: Option<Level>,
    /// How many places agree alike.
    pub place_count: usize,
    /// Those places, at most [`MAX_PLACES_SHOWN`](super::MAX_PLACES_SHOWN). Of words that are joined from several
    /// places: each of them.
    pub places: Vec<Place>,
    /// What is left out without a mark and is no edit.
    pub left_out: Vec<LeftOut>,
    /// What is left out under an ellipsis.
    pub omissions: Vec<Omission>,
    /// Brackets.
    pub brackets: Vec<Bracketed>,
    /// Edits without a mark.
    pub edits: Vec<Edit>,
    /// Joins without a mark.
    pub splices: Vec<Splice>,
    /// Notes of the quoting writer, as `[sic]`.
    pub notes: Vec<Excerpt>,
    /// The speakers of the words at the first place, in their order.
    pub speakers: Vec<String>,
    /// The speaker who is claimed.
    pub claimed: Option<Claimed>,
    /// What stands around the first place.
    pub context: Option<Context>,
    /// Characters to point out.
    pub hidden: Vec<Pointed>,
    /// What was searched.
    pub searched: Searched,
}
