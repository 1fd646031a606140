//! Links between records that people assert, and what a link with an open target may mean.
//!
//! A tension stays the assertion of whoever asserts it: nothing here turns it into a
//! contradiction, or into anything that the two accounts say themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use crate::record::{Body, ExhibitId, Polarity, Position, RecordId, Reference, Relation, RelationKind, TargetIs};

use super::class::{Fact, Finding};
use super::index::Index;
use super::pair::parts_on;
use super::reading::{Alternative, Code, Judgement, Reading, Settlement, Settles, Under};
use super::who::{self, Who, list};
use super::{Ask, MAX_ALTERNATIVES_SHOWN, RecordTag, Standing};

/// A link that somebody asserts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The relation.
    pub relation: RecordTag,
    /// What may be relied on of its record.
    pub standing: Standing,
    /// Which link.
    pub kind: RelationKind,
    /// Where it begins.
    pub from: Thing,
    /// How the target is meant.
    pub target: TargetIs,
    /// What it points at, or may point at.
    pub among: Vec<Thing>,
    /// Who asserts it.
    pub asserted_by: Vec<Who>,
    /// The statement in which it is asserted.
    pub asserted_in: Option<RecordTag>,
    /// Who signed the relation.
    pub signed_by: Vec<Who>,
    /// Why, as far as that is shown.
    pub note: Option<String>,
    /// What follows from there being such a link, strongest first.
    pub computed: Vec<Fact<Reading>>,
    /// What people say that it means: whoever asserts a tension, and whoever assesses the link.
    pub asserted: Vec<Finding<Judgement>>,
}

/// Links of one kind of which nothing is computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherLinks {
    /// The kind.
    pub kind: RelationKind,
    /// How many.
    pub links: usize,
}

/// Something that a link points at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Thing {
    /// A statement.
    Statement {
        /// The record.
        record: RecordTag,
        /// Its speaker.
        speaker: Who,
        /// Whether authorship is disputed or unproven.
        alleged: bool,
    },
    /// Another record.
    Record {
        /// The record.
        record: RecordTag,
        /// Whether it is among the records and did not fail.
        present: bool,
    },
    /// An exhibit.
    Exhibit {
        /// Its id.
        exhibit: ExhibitId,
    },
    /// A party.
    Party {
        /// The party.
        party: Who,
    },
}

impl Link {
    /// The link in a sentence, without who asserts it.
    pub fn words(&self) -> String {
        let things: Vec<String> = self.among.iter().map(Thing::to_string).collect();
        let target = match (self.target, things.as_slice()) {
            (_, []) => "something; no candidate is named".to_owned(),
            (TargetIs::All, things) => who::and(things),
            (TargetIs::OneOf, [only]) => only.clone(),
            (TargetIs::OneOf, things) => format!("one of {}", who::and(things)),
            (TargetIs::Unresolved, things) => format!("something unresolved; candidates: {}", who::and(things)),
        };
        format!("{} {} {target}", self.from, verb(self.kind))
    }
}

impl Thing {
    pub(super) fn of(index: &Index<'_>, reference: &Reference) -> Thing {
        let id = match reference {
            Reference::Exhibit(exhibit) => return Thing::Exhibit { exhibit: *exhibit },
            Reference::Party(party) => {
                return Thing::Party {
                    party: index.names.party(*party),
                };
            }
            Reference::Record(id) => id,
        };
        let place = index.place(id).filter(|place| index.entries[*place].takes_part());
        let record = index.tag(id);
        match place.map(|place| (place, index.statement(place))) {
            Some((place, Some(statement))) => Thing::Statement {
                record,
                speaker: index.names.at(&statement.speaker, index.entries[place].standing),
                alleged: statement.alleged,
            },
            place => Thing::Record {
                record,
                present: place.is_some(),
            },
        }
    }

    /// The record, where it is one.
    pub fn record(&self) -> Option<&RecordTag> {
        match self {
            Thing::Statement { record, .. } | Thing::Record { record, .. } => Some(record),
            Thing::Exhibit { .. } | Thing::Party { .. } => None,
        }
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS_SHOWN: usize = 8;
        match self {
            Thing::Statement {
                record,
                speaker,
                alleged,
            } => {
                let alleged = if *alleged { ", alleged" } else { "" };
                write!(f, "{record} ({speaker}{alleged})")
            }
            Thing::Record { record, present: true } => record.fmt(f),
            Thing::Record { record, present: false } => write!(f, "{record}, not among the records that are used"),
            Thing::Exhibit { exhibit } => write!(f, "exhibit {}", &exhibit.0.to_hex()[..DIGITS_SHOWN]),
            Thing::Party { party } => party.fmt(f),
        }
    }
}

/// A kind of link in words, to be read between its two ends.
pub fn verb(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Contradicts => "contradicts",
        RelationKind::InTension => "is in tension with",
        RelationKind::Disowns => "disowns",
        RelationKind::Confirms => "confirms",
        RelationKind::UnderminesAuthority => "undermines the authority of",
        RelationKind::WeakensAuthenticity => "weakens the authenticity of",
        RelationKind::CommentsOn => "comments on",
        RelationKind::Carries => "carries",
        RelationKind::Quotes => "quotes",
        RelationKind::Translates => "translates",
        RelationKind::SameUtterance => "records the same utterance as",
        RelationKind::Corrects => "corrects",
        RelationKind::Supersedes => "supersedes",
        RelationKind::SameAs => "is the same as",
        RelationKind::SilentOn => "is silent on",
        RelationKind::Answers => "answers",
        RelationKind::ReliesOn => "relies on",
        RelationKind::SurprisedBy => "is surprised by",
        RelationKind::IndependentOf => "is independent of",
        RelationKind::TiedTo => "is tied to",
        RelationKind::Dates => "dates",
        RelationKind::Asked => "was put to",
        RelationKind::SoughtFrom => "is to be settled by what is sought from",
    }
}

/// Whether a link says that two accounts do not fit together.
pub fn is_tension(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::Contradicts | RelationKind::InTension)
}

/// Whether it is open which of several things is meant. One candidate that is certainly
/// the one is no open target, nor is it one that nobody is known who would hold what is sought.
pub fn is_open(relation: &Relation) -> bool {
    let nobody = relation.target.among.is_empty();
    match relation.target.is {
        _ if relation.relation == RelationKind::SoughtFrom && nobody => false,
        TargetIs::All => false,
        TargetIs::OneOf => relation.target.among.len() > 1,
        TargetIs::Unresolved => true,
    }
}

/// The links with a reading, how many there are, and the rest by kind.
pub fn links(index: &Index<'_>, ask: &Ask) -> (usize, Vec<Link>, Vec<OtherLinks>) {
    let concerned = ask.question.map(|question| concerned(index, question));
    let touches = |relation: &Relation| {
        let is = |reference: &Reference| matches!((reference, &concerned), (Reference::Record(id), Some(concerned)) if concerned.contains(id));
        concerned.is_none() || is(&relation.from) || relation.target.among.iter().any(is)
    };
    let mut other: BTreeMap<RelationKind, usize> = BTreeMap::new();
    let (mut count, mut shown) = (0, Vec::new());
    for (place, relation) in index.relations.iter().filter(|(_, relation)| touches(relation)) {
        let assessed = index.assessments.is_assessed(*place);
        if !is_tension(relation.relation) && !is_open(relation) && !assessed {
            *other.entry(relation.relation).or_default() += 1;
            continue;
        }
        count += 1;
        if shown.len() < ask.limits.links {
            shown.push(link(index, *place, relation));
        }
    }
    let other = other
        .into_iter()
        .map(|(kind, links)| OtherLinks { kind, links })
        .collect();
    (count, shown, other)
}

/// The question itself and the statements that take a stance on it.
fn concerned(index: &Index<'_>, question: RecordId) -> BTreeSet<RecordId> {
    let statements = index.stances_on(&question).iter();
    let statements = statements.map(|held| index.entries[held.statement].tag.id);
    statements.chain([question]).collect()
}

fn link(index: &Index<'_>, place: usize, relation: &Relation) -> Link {
    let entry = &index.entries[place];
    let mut among: Vec<(Thing, &Reference)> = relation
        .target
        .among
        .iter()
        .map(|reference| (Thing::of(index, reference), reference))
        .collect();
    among.sort_by_cached_key(|(thing, reference)| (thing.record().cloned(), thing.to_string(), **reference));
    among.dedup_by(|later, earlier| later.1 == earlier.1);
    let mut link = Link {
        relation: entry.tag.clone(),
        standing: entry.standing,
        kind: relation.relation,
        from: Thing::of(index, &relation.from),
        target: relation.target.is,
        among: among.iter().map(|(thing, _)| thing.clone()).collect(),
        asserted_by: index.asserters(place, relation),
        asserted_in: relation.asserted_in.map(|id| index.tag(&id)),
        signed_by: index.names.signers(&entry.record.common.signers),
        note: relation.note.as_ref().and_then(Position::value).cloned(),
        computed: Vec::new(),
        asserted: Vec::new(),
    };
    link.asserted.extend(tension(index, place, relation));
    link.asserted.extend(index.assessments.of_relation(index, place));
    if is_open(relation) {
        let reading = unresolved(&link, &asserter(index, place, relation));
        link.computed.push(Fact::computed(reading));
    }
    if is_tension(relation.relation) {
        for (thing, reference) in among.iter().take(MAX_ALTERNATIVES_SHOWN) {
            let reading = no_shared_proposition(index, relation, &link.from, thing, reference);
            link.computed.extend(reading.map(Fact::computed));
        }
    }
    link
}

/// Every link that begins at one of two statements and points at the other, or may.
pub fn links_between(index: &Index<'_>, a: usize, b: usize, limit: usize) -> (usize, Vec<Link>) {
    let (a, b) = (index.entries[a].tag.id, index.entries[b].tag.id);
    let runs = |relation: &Relation, from: RecordId, to: RecordId| {
        relation.from == Reference::Record(from) && relation.target.among.contains(&Reference::Record(to))
    };
    let found: Vec<_> = index
        .relations
        .iter()
        .filter(|(_, relation)| runs(relation, a, b) || runs(relation, b, a))
        .collect();
    let shown = found.iter().take(limit);
    (
        found.len(),
        shown.map(|(place, relation)| link(index, *place, relation)).collect(),
    )
}

fn records<'t>(things: impl IntoIterator<Item = &'t Thing>) -> Vec<RecordTag> {
    things.into_iter().filter_map(Thing::record).cloned().collect()
}

/// What stances that are not opposed come to, to be read after a name.
fn says(polarities: &[Polarity]) -> &'static str {
    let takes = |polarity| polarities.contains(&polarity);
    match (takes(Polarity::Affirms), takes(Polarity::Denies)) {
        (true, true) => "affirms and denies it",
        (true, false) => "affirms it",
        (false, true) => "denies it",
        (false, false) => "does not say",
    }
}

/// Who asserts a relation, where, and who signed the record that says so.
pub fn asserter(index: &Index<'_>, place: usize, relation: &Relation) -> String {
    let entry = &index.entries[place];
    let (asserted_by, signed_by) = (
        index.asserters(place, relation),
        index.names.signers(&entry.record.common.signers),
    );
    let within = match &relation.asserted_in {
        Some(statement) => format!(" in {}", index.tag(statement)),
        None => String::new(),
    };
    let signed = if asserted_by == signed_by {
        format!(", who signed {}", entry.tag)
    } else {
        format!(", as {} recorded in {}", list(&signed_by), entry.tag)
    };
    format!("{}{within}{signed}", list(&asserted_by))
}

/// A relation in a few words: "S28 supersedes S27".
pub fn link_words(index: &Index<'_>, relation: &Relation) -> String {
    let names = |reference: &Reference| match Thing::of(index, reference) {
        Thing::Statement { record, .. } => record.to_string(),
        thing => thing.to_string(),
    };
    let mut targets: Vec<String> = relation.target.among.iter().map(names).collect();
    targets.sort();
    format!(
        "{} {} {}",
        names(&relation.from),
        verb(relation.relation),
        who::and(&targets)
    )
}

/// What a person who asserts a tension judges; `None` of any other link.
fn tension(index: &Index<'_>, place: usize, relation: &Relation) -> Option<Finding<Judgement>> {
    if !is_tension(relation.relation) {
        return None;
    }
    let entry = &index.entries[place];
    let ends = std::iter::once(&relation.from).chain(&relation.target.among);
    let mut about = records(&ends.map(|end| Thing::of(index, end)).collect::<Vec<_>>());
    about.get_mut(1..).unwrap_or_default().sort();
    about.dedup();
    let says = match relation.relation {
        RelationKind::Contradicts => "That they contradict each other is asserted",
        _ => "That they do not fit together is asserted",
    };
    let mut reasons = vec![
        format!("{says} by {}.", asserter(index, place, relation)),
        "It is that assertion and no more: the program computes no contradiction from it.".to_owned(),
    ];
    if entry.standing < Standing::Erased {
        reasons.push(format!("The record {} {}.", entry.tag, entry.standing.words()));
    }
    if let Some(note) = relation.note.as_ref().and_then(Position::value) {
        reasons.push(format!("Noted with it: “{note}”"));
    }
    let judgement = Judgement {
        code: Code::TensionAsserted,
        reasons,
        about,
        link: Some(relation.relation),
        on: None,
        supersedes: None,
        superseded_by: Vec::new(),
    };
    Some(Finding::stated_in(index, index.signed(place)?, judgement))
}

/// Both readings of each candidate: that it is meant, and that it is not.
fn unresolved(link: &Link, asserter: &str) -> Reading {
    let concerned = records(std::iter::once(&link.from).chain(&link.among));
    let mut reading = Reading::of(Code::TargetUnresolved, concerned);
    let (from, verb) = (&link.from, verb(link.kind));
    reading.reasons.push(match (link.target, link.among.len()) {
        (_, 0) => format!("{from} {verb} something, and no candidate is named."),
        (TargetIs::OneOf, candidates) => {
            format!("{from} {verb} one of {candidates} candidates, and it is not known which.")
        }
        (_, 1) => format!("{from} {verb} something: one candidate is named, and that it is meant is not settled."),
        (_, candidates) => format!(
            "{from} {verb} something: {candidates} candidates are named, of which none, one or more may be meant."
        ),
    });
    reading.reasons.push(format!("The link is asserted by {asserter}."));
    if let Some(note) = &link.note {
        reading.reasons.push(format!("Noted with it: “{note}”"));
    }
    for candidate in link.among.iter().take(MAX_ALTERNATIVES_SHOWN) {
        let linked = if is_tension(link.kind) {
            Under::Readings(vec![Code::TensionAsserted])
        } else {
            Under::Linked
        };
        reading.alternatives.push(Alternative {
            condition: format!("{candidate} is meant"),
            under: linked,
            words: format!("{from} {verb} {candidate}."),
        });
        reading.alternatives.push(Alternative {
            condition: format!("{candidate} is not meant"),
            under: Under::NotLinked,
            words: format!("This link says nothing of {candidate}."),
        });
    }
    reading.alternatives_left_out = 2 * link.among.len().saturating_sub(MAX_ALTERNATIVES_SHOWN);
    let words = match from {
        Thing::Statement { record, speaker, .. } => {
            format!("Which is meant: the full text of {record}, or {speaker} asked.")
        }
        _ => format!("Which is meant: {} asked.", list(&link.asserted_by)),
    };
    reading.settled_by.push(Settlement {
        what: Settles::Target,
        words,
    });
    reading
}

/// That two statements in an asserted tension take no opposed stances, where that is so
/// of what is shown.
fn no_shared_proposition(
    index: &Index<'_>,
    relation: &Relation,
    from: &Thing,
    to: &Thing,
    reference: &Reference,
) -> Option<Reading> {
    let (a, b) = (index.reference(&relation.from)?, index.reference(reference)?);
    if !matches!((from, to), (Thing::Statement { .. }, Thing::Statement { .. })) {
        return None;
    }
    let mut polarities: BTreeMap<RecordId, Vec<Polarity>> = BTreeMap::new();
    for (question, polarity) in index.stances_of(a) {
        polarities.entry(*question).or_default().push(*polarity);
    }
    let mut shared: BTreeMap<RecordTag, (Vec<Polarity>, Vec<Polarity>)> = BTreeMap::new();
    for (question, polarity) in index.stances_of(b) {
        let Some(others) = polarities.get(question) else {
            continue;
        };
        if parts_on(index, question, a, b) {
            return None;
        }
        let both = shared.entry(index.tag(question)).or_default();
        both.0.clone_from(others);
        both.1.push(*polarity);
    }
    let mut reading = Reading::of(Code::NoSharedProposition, records([from, to]));
    reading.reasons.push(if shared.is_empty() {
        format!("{from} and {to} are read on no question in common.")
    } else {
        "They share no question on which they take opposite stances.".to_owned()
    });
    for (question, (one, other)) in &shared {
        let reason = format!("On {question}, {from} {}; {to} {}.", says(one), says(other));
        reading.reasons.push(reason);
    }
    let withheld = |place: usize| {
        let body = &index.entries[place].record.body;
        matches!(body, Body::Statement(statement) if statement.stances.iter().any(|stance| stance.value().is_none()))
    };
    if withheld(a) || withheld(b) {
        reading
            .reasons
            .push("Stances of theirs are withheld, so that this is of what is shown.".to_owned());
    }
    reading.settled_by.push(Settlement {
        what: Settles::Question,
        words: "The question on which they are said to differ, and the stance of each on it in its own words."
            .to_owned(),
    });
    Some(reading)
}

/// What people assert of two statements that are compared on a question: tensions, and readings
/// of theirs.
pub fn asserted_between(index: &Index<'_>, a: usize, b: usize, on: Option<&RecordId>) -> Vec<Finding<Judgement>> {
    let tensions = index.ties.between(a, b).iter().filter_map(|relation| {
        let (place, body) = index.relations[*relation];
        tension(index, place, body)
    });
    let mut asserted: Vec<Finding<Judgement>> = tensions.collect();
    asserted.extend(index.assessments.of_two(index, a, b, on));
    asserted
}
