//! Where accounts stand on a question, and what two opposed accounts may mean.
//!
//! ```text
//! P02  Is Mehman Huseynov on hunger strike?
//! S12 affirms, S14 denies:
//!   1. contradiction-if-simultaneous  they cannot both be so, if they speak of the same time
//!   2. changed-over-time              both can be so, one after the other
//! ```
//!
//! Normative page: spec/comparison.md, whose truth table the tests read. The input is
//! revealed records, each with a plain [`Standing`]; the output is a [`Comparison`],
//! which is the same to the byte for the same records in any order.
//!
//! This module sees no key and no envelope and verifies nothing. It does not say who is
//! right, weighs nothing and adds nothing up to a number of credibility. A tension that
//! a person asserts stays that person's, and is never made a contradiction here.

mod account;
mod assessed;
mod authority;
mod bearing;
mod between;
mod bounds;
mod class;
mod commitment;
mod dispute;
mod flags;
mod frames;
mod grounds;
mod index;
mod joined;
mod lack;
mod ladder;
mod layers;
mod link;
mod network;
mod open;
mod opposed;
mod pair;
mod pairs;
mod provenance;
mod question;
mod reading;
mod reply;
mod rules;
mod said;
mod scope;
mod second_order;
mod settle;
mod silence;
mod stand;
mod taint;
mod ties;
mod timeline;
mod total;
mod value;
mod who;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use crate::record::{Label, Record, RecordId};

pub use account::{Account, RelayDegree, TimeShown, Translation, Words};
pub use authority::{Authorities, AuthorityShown, AuthorityStanding, Grant, Relied, Revoked};
pub use between::{Between, Shared, between};
pub use bounds::{BoundShown, BoundsShown, basis_words};
pub use class::{Fact, Finding};
pub use commitment::does;
pub use dispute::{Attack, AttackStanding, Breaker, Cycle, Dispute, DisputeReading, Stands};
pub use flags::{Flag, Flags, MAX_FLAGS_SHOWN, MAX_RECORDS_NAMED, Rule, RuleCount, flags, flags_of};
pub use frames::{Framed, Frames, MAX_FRAMES_OF_A_PAIR, UnderFrame};
pub use lack::{Lack, LackKind, Sought};
pub use ladder::{CallShown, Ladder, Recorder, Rung, ladder};
pub use layers::{HearsayStep, Layer, LayerRole, Layers};
pub use link::{Link, OtherLinks, Thing, verb};
pub use network::bottleneck::{Bottleneck, Network};
pub use network::circular::{Circle, CircleStep, Circular, Member, OneText};
pub use network::independence::{Asserted, Independence, PairIndependence, SharedKind, SharedNode, Tied, Verdict};
pub use network::origins::{Origin, OriginKind, Origins, Range};
pub use open::{Bears, OpenLack, OpenSought, Settling};
pub use pair::{OneReading, Pair, RivalReading, StandRef};
pub use provenance::{CaseProvenance, QuestionProvenance};
pub use question::{Question, QuestionWords, Tally};
pub use reading::{Alternative, Code, Conflict, Judgement, Reading, Settlement, Settles, Speakers, Under};
pub use reply::{NotAsked, Request, RightOfReply};
pub use said::Said;
pub use second_order::{Remark, SecondOrder, caution};
pub use silence::{Silence, SilenceKind, Silences};
pub use stand::{OverShown, Reader, SeveralTexts, Side, Stand, ValueShown, over_words};
pub use taint::{Cause, Leaning, Taint, Withdrawn};
pub use timeline::{
    Event, FrameOrder, MAX_EVENTS_NAMED, MAX_FRAMES_SHOWN, MAX_MOMENTS, MAX_UNPLACED_SHOWN, Moment, PlacedMoment,
    Timeline, Unplaced, What, timeline,
};
pub use total::{Sum, Term};
pub use who::{Names, Who};

use index::Index;

/// The most stances of one polarity that are written out for one question.
pub const MAX_STANCES_SHOWN: usize = 500;
/// The most opposed pairs that are written out for one question.
pub const MAX_PAIRS_SHOWN: usize = 200;
/// The most questions that are written out.
pub const MAX_QUESTIONS_SHOWN: usize = 1000;
/// The most links between records that are written out.
pub const MAX_LINKS_SHOWN: usize = 1000;
/// The most candidates of an unresolved target, or combinations of alternative scopes,
/// that one reading goes through.
pub const MAX_ALTERNATIVES_SHOWN: usize = 64;

/// What the reader may rely on of a record: what `verify` and the log say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// A check failed: the record takes no part, and is named.
    Failed,
    /// Nobody has checked it in this run.
    NotVerified,
    /// What was checked holds, and something could not be decided, as whose the key is.
    Indeterminate,
    /// The signing key was revoked later.
    Revoked,
    /// Its disclosures were erased.
    Erased,
    /// It verifies, and values in it are withheld.
    Withheld,
    /// It verifies.
    Verified,
}

impl Standing {
    /// What it means, to be read after "the record ".
    pub fn words(self) -> &'static str {
        match self {
            Standing::Failed => "failed verification and is set aside",
            Standing::NotVerified => "was not verified",
            Standing::Indeterminate => "is consistent, but who signed it is not established",
            Standing::Revoked => "was signed with a key that has since been revoked",
            Standing::Erased => "has been erased in part or whole",
            Standing::Withheld => "is verified, with values withheld",
            Standing::Verified => "is verified",
        }
    }
}

/// The records to compare. Each may stand once; their order does not matter.
#[derive(Debug, Clone, Default)]
pub struct Case<'a> {
    /// Each record with its id and standing. Whatever is not revealed in it is withheld.
    pub records: Vec<(RecordId, &'a Record, Standing)>,
}

/// What is asked of a case.
#[derive(Debug, Clone)]
pub struct Ask {
    /// One question only; all of them where it is absent.
    pub question: Option<RecordId>,
    /// How much is written out. Counts are of everything in any case.
    pub limits: Limits,
}

/// How much is written out.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Stances of one polarity for one question.
    pub stances: usize,
    /// Opposed pairs for one question.
    pub pairs: usize,
    /// Questions.
    pub questions: usize,
    /// Links between records.
    pub links: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            stances: MAX_STANCES_SHOWN,
            pairs: MAX_PAIRS_SHOWN,
            questions: MAX_QUESTIONS_SHOWN,
            links: MAX_LINKS_SHOWN,
        }
    }
}

impl Ask {
    /// Everything, within the usual limits.
    pub fn everything() -> Ask {
        Ask {
            question: None,
            limits: Limits::default(),
        }
    }

    /// One question, within the usual limits.
    pub fn one(question: RecordId) -> Ask {
        Ask {
            question: Some(question),
            limits: Limits::default(),
        }
    }
}

/// A record as a report names it.
///
/// Ordered by label, of which the number is read as a number, then by id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RecordTag {
    /// The label; absent where the record is not among those given.
    pub label: Option<Label>,
    /// The id.
    pub id: RecordId,
}

impl RecordTag {
    fn of(id: RecordId, record: &Record) -> RecordTag {
        RecordTag {
            label: Some(record.common.label.clone()),
            id,
        }
    }
}

/// What records are put in order by: with a label or without, its letters, the number behind
/// them, the label, the id.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct SortKey<'a>(bool, &'a str, u32, &'a str, RecordId);

impl SortKey<'_> {
    fn id(&self) -> RecordId {
        self.4
    }
}

fn sort_key(label: Option<&str>, id: RecordId) -> SortKey<'_> {
    let text = label.unwrap_or_default();
    let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = text[letters.len()..].parse().unwrap_or(0);
    SortKey(label.is_none(), letters, number, text, id)
}

impl PartialOrd for RecordTag {
    fn partial_cmp(&self, other: &RecordTag) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RecordTag {
    fn cmp(&self, other: &RecordTag) -> std::cmp::Ordering {
        sort_key(self.label.as_ref().map(Label::as_str), self.id)
            .cmp(&sort_key(other.label.as_ref().map(Label::as_str), other.id))
    }
}

impl fmt::Display for RecordTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS_SHOWN: usize = 8;
        match &self.label {
            Some(label) => f.write_str(label.as_str()),
            None => write!(f, "record {}", &self.id.0.to_hex()[..DIGITS_SHOWN]),
        }
    }
}

/// How many records have one standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandingCount {
    /// The standing.
    pub standing: Standing,
    /// How many records have it.
    pub records: usize,
}

/// A record that takes no part, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// The record.
    pub record: RecordTag,
    /// Why, in a sentence.
    pub why: String,
}

/// Stances of a statement that are not shown to this reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WithheldStances {
    /// The statement, or the relation of kind `answers`.
    pub record: RecordTag,
    /// How many.
    pub stances: usize,
    /// Whether they were erased, and not only kept back.
    pub erased: bool,
}

/// Everything that a comparison says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// How many records were searched.
    pub searched: usize,
    /// How the records stand.
    pub standings: Vec<StandingCount>,
    /// How many questions there are on which an account takes a stance.
    pub question_count: usize,
    /// The questions, by label, up to the limit.
    pub questions: Vec<Question>,
    /// How many links have a reading.
    pub link_count: usize,
    /// Tensions that people assert and links whose target is open, by label, up to the
    /// limit.
    pub links: Vec<Link>,
    /// Links of which nothing is computed, by kind.
    pub other_links: Vec<OtherLinks>,
    /// What the declared links say of the case.
    #[serde(flatten)]
    pub provenance: CaseProvenance,
    /// What people judge of accounts or links that are not written out above.
    pub other_findings: Vec<Finding<Judgement>>,
    /// Stances that are withheld. On which questions is not known.
    pub withheld_stances: Vec<WithheldStances>,
    /// Relations and assessments that are about nothing among the records that are used.
    pub points_nowhere: Vec<SetAside>,
    /// Records that take no part.
    pub set_aside: Vec<SetAside>,
    /// What the rules of spec/flags.md find.
    pub flags: Flags,
    /// When words are recorded as said, conveyed, published and recorded.
    pub timeline: Timeline,
}

/// Compares what the records of a case say.
pub fn compare(case: &Case<'_>, ask: &Ask) -> Comparison {
    let index = Index::new(case);
    let mut propositions: Vec<RecordTag> = match ask.question {
        Some(question) => vec![index.tag(&question)],
        None => index.questions().map(|id| index.tag(id)).collect(),
    };
    propositions.sort();
    let question_count = propositions.len();
    propositions.truncate(ask.limits.questions);
    let declared = provenance::Declared::new(&index);
    let (mut questions, mut weighed): (Vec<Question>, Vec<_>) = (Vec::new(), Vec::new());
    for tag in &propositions {
        let mut question = question::question(&index, tag, &ask.limits);
        let (provenance, weighs) = declared.of_question(&index, &question);
        question.provenance = provenance;
        questions.push(question);
        weighed.push(weighs);
    }
    let provenance = declared.of_case(&index, ask, &mut questions, weighed);
    let (link_count, links, other_links) = link::links(&index, ask);
    Comparison {
        searched: index.entries.len(),
        standings: index.standings(),
        question_count,
        link_count,
        other_findings: other_findings(&index, ask, &questions, &links),
        questions,
        links,
        other_links,
        provenance,
        points_nowhere: index.points_nowhere.clone(),
        withheld_stances: index.withheld.clone(),
        set_aside: index.set_aside.clone(),
        flags: flags::of_index(&index, ask.question),
        timeline: timeline::of_index(&index, ask.question),
    }
}

/// The assessments that stand with no pair and no link that is written out; of one question, those
/// that name it.
fn other_findings(index: &Index<'_>, ask: &Ask, questions: &[Question], links: &[Link]) -> Vec<Finding<Judgement>> {
    let of_pairs = questions.iter().flat_map(|question| &question.pairs);
    let shown = of_pairs.flat_map(|pair| &pair.asserted);
    let shown = shown.chain(links.iter().flat_map(|link| &link.asserted));
    let shown: BTreeSet<RecordId> = shown.map(|finding| finding.record().id).collect();
    let asked = |finding: &Finding<Judgement>| match (&ask.question, &finding.on) {
        (Some(question), on) => on.as_ref().is_some_and(|on| on.id == *question),
        (None, _) => true,
    };
    let all = index.assessments.everything(index).into_iter();
    all.filter(|finding| !shown.contains(&finding.record().id) && asked(finding))
        .take(ask.limits.links)
        .collect()
}
