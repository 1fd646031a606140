//! One statement as a comparison shows it: who, by what way, in what words, when.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::record::{
    Act, Form, Hop, Medium, Passage, Position, Quotation, Stance, StatedTime, Statement, TimeBasis, TimeClaim,
};
use crate::time::Edtf;

use super::bounds::BoundsShown;
use super::index::{Entry, Index};
use super::who::{Who, missing};
use super::{RecordTag, Standing};

/// A statement as it reached us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The statement.
    pub statement: RecordTag,
    /// What may be relied on of its record.
    pub standing: Standing,
    /// Whose words they are.
    pub speaker: Who,
    /// Whether authorship is disputed or unproven.
    pub alleged: bool,
    /// How the words stand to what was uttered.
    pub form: Form,
    /// The language of the words that are held.
    pub language: String,
    /// The way of the words, as "A —telephone→ B —not stated→ C".
    pub chain: String,
    /// How many mediators there are between the speaker and the bytes held.
    pub relay: RelayDegree,
    /// Whether exact words of the speaker are held, as far as they are shown.
    pub verbatim_held: bool,
    /// The words that are held, the speaker's or a reporter's by `verbatim_held`.
    pub words: Vec<Words>,
    /// When it was said.
    pub said: TimeShown,
    /// When it was conveyed.
    pub conveyed: TimeShown,
    /// When it was published.
    pub published: TimeShown,
    /// Who signed the record of it.
    pub signed_by: Vec<Who>,
    /// The mediators with the means by which each was reached, for sentences.
    #[serde(skip)]
    mediators: Vec<String>,
    /// How many positions of the record are not shown.
    #[serde(skip)]
    pub(super) withheld: usize,
}

/// Words that stand together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Words {
    /// They are shown.
    Held {
        /// The words, exactly.
        text: String,
        /// Whether the source has them in quotation marks.
        quotation: Quotation,
        /// The reporting verb as printed.
        cue: Option<String>,
        /// Page and line, or time, as the source counts.
        cited_as: Option<String>,
    },
    /// Kept back from this reader.
    Withheld,
    /// Erased.
    Erased,
}

/// A stated time in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimeShown {
    /// As it was written; absent where none is stated or it is not shown.
    pub edtf: Option<Edtf>,
    /// In words, as "10 January, year not stated".
    pub words: String,
    /// What it reaches over, and on what that rests; absent where no time is shown.
    pub bounds: Option<BoundsShown>,
    /// The source's words, where they are relative to another day and shown.
    pub anchor: Option<String>,
    /// The recorder's note on it, where there is one and it is shown.
    pub note: Option<String>,
}

/// What is known of a translation between the utterance and the words held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Translation {
    /// Nothing says that the words were translated.
    NotStated,
    /// They were, by somebody whom the record names.
    Recorded,
    /// They were, and by whom is not recorded or not shown.
    Unrecorded,
}

/// The number of mediators between the speaker and the bytes held, translation counted.
///
/// Written as a number, or as `>=2` where there may be more than the records name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RelayDegree {
    /// How many mediators there are at the least.
    pub mediators: usize,
    /// Whether there may be more.
    pub at_least: bool,
    /// How many of the hops go to somebody unidentified.
    pub unidentified: usize,
    /// How many of the hops go to somebody whom this reader is not shown.
    pub withheld: usize,
    /// What is known of a translation.
    pub translation: Translation,
}

impl fmt::Display for RelayDegree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = if self.at_least { ">=" } else { "" };
        write!(f, "{bound}{}", self.mediators)
    }
}

impl Serialize for RelayDegree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut object = serializer.serialize_struct("RelayDegree", 5)?;
        object.serialize_field("degree", &self.to_string())?;
        object.serialize_field("at_least", &self.mediators)?;
        object.serialize_field("unidentified_hops", &self.unidentified)?;
        object.serialize_field("withheld_hops", &self.withheld)?;
        object.serialize_field("translation", &self.translation)?;
        object.end()
    }
}

impl Account {
    pub(super) fn new(index: &Index<'_>, place: usize, statement: &Statement) -> Account {
        let entry = &index.entries[place];
        let speaker = index.names.at(&statement.speaker, entry.standing);
        let steps = steps(index, entry, statement);
        let words: Vec<Words> = statement
            .words
            .iter()
            .map(|passage| words(passage, entry.standing))
            .collect();
        let held = words.iter().any(|words| matches!(words, Words::Held { .. }));
        Account {
            statement: entry.tag.clone(),
            standing: entry.standing,
            chain: chain(&speaker, statement.alleged, &steps),
            relay: relay_degree(index, entry, statement, &steps),
            mediators: steps.iter().map(Step::mediator).collect(),
            withheld: super::settle::withheld_positions(entry.record),
            speaker,
            alleged: statement.alleged,
            form: statement.form,
            language: statement.language.clone(),
            verbatim_held: held && statement.form == Form::Verbatim,
            words,
            said: TimeShown::new(&statement.said, entry.standing),
            conveyed: TimeShown::new(&statement.conveyed, entry.standing),
            published: TimeShown::new(&statement.published, entry.standing),
            signed_by: index.names.signers(&entry.record.common.signers),
        }
    }

    /// The account in a clause that says by what way it came, as "S01, ascribed to A, which
    /// reached B by telephone (no original is held), denies it". It is the account that
    /// denies it: that A does is according to whoever stands on the way.
    pub fn clause(&self, stance: &Stance) -> String {
        let says = super::stand::says(stance);
        let alleged = if self.alleged { " (alleged)" } else { "" };
        let held = if self.verbatim_held {
            "words held as they were passed on"
        } else {
            "no original is held"
        };
        let (label, speaker) = (&self.statement, &self.speaker);
        match self.mediators.as_slice() {
            [] => format!("{label}, by {speaker}{alleged}, without a relay, {says}"),
            mediators => {
                let way = mediators.join(", then ");
                format!("{label}, ascribed to {speaker}{alleged}, which reached {way} ({held}), {says}")
            }
        }
    }
}

impl TimeShown {
    /// The most precise time that is shown of a record of this standing.
    pub fn new(time: &StatedTime, standing: Standing) -> TimeShown {
        match (time.exact.value(), time.best()) {
            (Some(claim), _) => TimeShown::of_claim(claim),
            (None, Some(coarser)) => {
                let within = TimeShown::of_claim(coarser);
                TimeShown {
                    words: format!("{}; within: {}", missing(standing), within.words),
                    ..within
                }
            }
            (None, None) => TimeShown {
                edtf: None,
                words: missing(standing).to_owned(),
                bounds: None,
                anchor: None,
                note: None,
            },
        }
    }

    /// A time as somebody gives it.
    pub fn of_claim(claim: &TimeClaim) -> TimeShown {
        let mut words = claim.edtf.as_ref().map_or("not stated".to_owned(), Edtf::describe);
        if let Some(anchor) = &claim.anchor {
            words.push_str(&format!(", in the source's words “{anchor}”"));
        }
        let basis = match claim.basis {
            TimeBasis::Stated => None,
            TimeBasis::Inferred => Some("inferred by the recorder"),
            TimeBasis::Observed => Some("observed by the recorder"),
            TimeBasis::Device => Some("by a device's clock"),
            TimeBasis::NotStated if claim.edtf.is_some() => Some("on a basis not stated"),
            TimeBasis::NotStated => None,
        };
        if let Some(basis) = basis {
            words.push_str(&format!(" ({basis})"));
        }
        TimeShown {
            edtf: claim.edtf.clone(),
            words,
            bounds: claim.edtf.as_ref().map(|edtf| BoundsShown::new(edtf, claim.basis)),
            anchor: claim.anchor.clone(),
            note: claim.note.clone(),
        }
    }

    /// The words, and the note after them.
    pub fn in_full(&self) -> String {
        match &self.note {
            Some(note) => format!("{}; noted: “{note}”", self.words),
            None => self.words.clone(),
        }
    }
}

fn words(passage: &Position<Passage>, standing: Standing) -> Words {
    match passage.value() {
        Some(passage) => Words::Held {
            text: passage.text.clone(),
            quotation: passage.quotation,
            cue: passage.cue.clone(),
            cited_as: passage.cited_as.clone(),
        },
        None if standing == Standing::Erased => Words::Erased,
        None => Words::Withheld,
    }
}

/// One step on the way of the words: a hop, or a step between hops that nobody recorded.
pub struct Step<'a> {
    pub from: Who,
    pub to: Who,
    /// Absent where the step is not recorded.
    pub hop: Option<&'a Hop>,
    /// Whether whoever is reached is certainly somebody further.
    further: bool,
}

impl Step<'_> {
    /// Whoever is reached, with the means, to be read after "which reached ".
    fn mediator(&self) -> String {
        let by = match self.hop.map(|hop| hop.medium) {
            Some(Medium::InPerson) => "in person",
            Some(Medium::Telephone) => "by telephone",
            Some(Medium::Letter) => "by letter",
            Some(Medium::Photograph) => "as a photograph",
            Some(Medium::Message) => "by message",
            Some(Medium::SocialPost) => "in a social post",
            Some(Medium::Broadcast) => "by broadcast",
            Some(Medium::Press) => "in the press",
            Some(Medium::CourtRecord) => "in a court record",
            Some(Medium::NotStated) => "by means not stated",
            None => "by a step not recorded",
        };
        format!("{} {by}", self.to)
    }
}

/// The means in a word or two.
pub fn medium_words(medium: Medium) -> &'static str {
    match medium {
        Medium::InPerson => "in person",
        Medium::Telephone => "telephone",
        Medium::Letter => "letter",
        Medium::Photograph => "photograph",
        Medium::Message => "message",
        Medium::SocialPost => "social post",
        Medium::Broadcast => "broadcast",
        Medium::Press => "press",
        Medium::CourtRecord => "court record",
        Medium::NotStated => "not stated",
    }
}

/// The steps from the speaker to the bytes held. Where a hop does not begin with whoever
/// the one before it reached, there is a step between them that is not recorded.
pub fn steps<'a>(index: &Index<'_>, entry: &Entry<'_>, statement: &'a Statement) -> Vec<Step<'a>> {
    let mut steps = Vec::with_capacity(statement.relay.len());
    let mut holder = index.names.at(&statement.speaker, entry.standing);
    for hop in &statement.relay {
        let from = index.names.at(&hop.from, entry.standing);
        let to = index.names.at(&hop.to, entry.standing);
        if !may_be_one(&holder, &from) {
            steps.push(Step {
                further: holder.is_identified() && from.is_identified(),
                from: holder,
                to: from.clone(),
                hop: None,
            });
        }
        steps.push(Step {
            from,
            to: to.clone(),
            hop: Some(hop),
            further: true,
        });
        holder = to;
    }
    steps
}

/// Whether two ends that meet may be left as one: they are the same party, or nothing in
/// them differs.
fn may_be_one(a: &Who, b: &Who) -> bool {
    match (a, b) {
        (Who::Unidentified { description: a }, Who::Unidentified { description: b }) => {
            a == b || a.is_empty() || b.is_empty()
        }
        (Who::Withheld | Who::Erased, _) | (_, Who::Withheld | Who::Erased) => true,
        _ => a.same(b) == Some(true),
    }
}

fn chain(speaker: &Who, alleged: bool, steps: &[Step<'_>]) -> String {
    let mut chain = speaker.to_string();
    if alleged {
        chain.push_str(" (alleged)");
    }
    for step in steps {
        let means = step.hop.map_or("step not recorded", |hop| medium_words(hop.medium));
        chain.push_str(&format!(" —{means}→ {}", step.to));
    }
    chain
}

fn relay_degree(index: &Index<'_>, entry: &Entry<'_>, statement: &Statement, steps: &[Step<'_>]) -> RelayDegree {
    let is = |kind: fn(&Who) -> bool| steps.iter().filter(|step| kind(&step.to)).count();
    let unidentified = is(|who| matches!(who, Who::Unidentified { .. }));
    let withheld = is(|who| matches!(who, Who::Withheld | Who::Erased));
    let mut mediators = steps.iter().filter(|step| step.further).count();
    let translation = translation(index, entry, statement);
    if let Some(translator @ Who::Party { .. }) = translator(index, entry, statement)
        && !translated_by_a_hop(statement)
        && !steps.iter().any(|step| step.to.same(&translator) == Some(true))
    {
        mediators += 1;
    }
    let broken = steps.iter().any(|step| step.hop.is_none());
    RelayDegree {
        mediators,
        at_least: broken || unidentified + withheld > 0 || translation == Translation::Unrecorded,
        unidentified,
        withheld,
        translation,
    }
}

fn translated_by_a_hop(statement: &Statement) -> bool {
    statement.relay.iter().any(|hop| hop.did == Act::Translation)
}

pub fn translator(index: &Index<'_>, entry: &Entry<'_>, statement: &Statement) -> Option<Who> {
    let translator = statement.translator.as_ref()?;
    Some(index.names.at(translator, entry.standing))
}

pub fn translation(index: &Index<'_>, entry: &Entry<'_>, statement: &Statement) -> Translation {
    match translator(index, entry, statement) {
        _ if translated_by_a_hop(statement) => Translation::Recorded,
        Some(Who::Party { .. }) => Translation::Recorded,
        Some(_) => Translation::Unrecorded,
        None if statement.form == Form::Translation => Translation::Unrecorded,
        None => Translation::NotStated,
    }
}
