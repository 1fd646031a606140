//! What lies outside a circle of attacks and bears on it.
//!
//! A circle cannot settle itself. What could settle it is a record by somebody else, by
//! another channel, and an exhibit that is not held. Each rule here looks at links, stances
//! and ways; none knows any case.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::{PartyId, Polarity, RecordId, RelationKind};

use super::super::index::Index;
use super::super::lack::{self, Lack, Lacks, Seeking, Sought, of_statement};
use super::super::link::{self, Thing};
use super::super::network::path::Way;
use super::super::silence::Access;
use super::{Edge, Graph, Place, thing};

/// The most records that are written out for one circle.
pub const MAX_BREAKERS_SHOWN: usize = 50;
/// The most questions through which breakers of one circle are sought.
const MAX_QUESTIONS_SEARCHED: usize = 200;

/// A record outside a circle that bears on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Breaker {
    /// The statement.
    pub statement: Thing,
    /// How it bears on the circle, in sentences.
    pub how: Vec<String>,
    /// What access its speaker had to whom the circle is about, as recorded.
    pub access: Vec<String>,
}

/// What stands around a circle.
pub struct Around {
    members: Vec<Place>,
    /// What open links of the circle may mean besides.
    pub candidates: Vec<Place>,
    /// Statements that carry a member, or are carried by one.
    layers: Vec<Place>,
    /// The relations of its attacks.
    relations: Vec<usize>,
    /// Those whose words the members are.
    speakers: BTreeSet<PartyId>,
    /// Those through whom the members came, other than those through whom all did.
    channels: BTreeSet<PartyId>,
}

pub fn around(index: &Index<'_>, graph: &Graph, members: &[Place], edges: &[Edge]) -> Around {
    let inside: BTreeSet<Place> = members.iter().copied().collect();
    let relations: BTreeSet<usize> = edges.iter().map(|edge| edge.relation).collect();
    let mut candidates = BTreeSet::new();
    for open in graph.open.iter().filter(|open| relations.contains(&open.relation)) {
        let may_be_meant = open.options.iter().flat_map(|(_, edges)| edges);
        candidates.extend(may_be_meant.map(|edge| edge.to).filter(|to| !inside.contains(to)));
    }
    let mut layers = BTreeSet::new();
    for (_, relation) in index
        .relations
        .iter()
        .filter(|(_, relation)| relation.relation == RelationKind::Carries)
    {
        let from = index.reference(&relation.from);
        for target in &relation.target.among {
            if let (Some(from), Some(to)) = (from, index.reference(target)) {
                if inside.contains(&to) {
                    layers.insert(from);
                }
                if inside.contains(&from) {
                    layers.insert(to);
                }
            }
        }
    }
    layers.retain(|place| !inside.contains(place) && !candidates.contains(place));
    let ways: Vec<Way<'_>> = members
        .iter()
        .filter_map(|place| Some(Way::of_statement(*place, index.statement(*place)?)))
        .collect();
    let speakers = ways.iter().filter_map(|way| way.origin().party()).collect();
    let mut channels: BTreeSet<PartyId> = edges.iter().filter_map(|edge| edge.through).collect();
    for way in &ways {
        let relayers = way.ends.iter().skip(1).filter_map(|end| end.party());
        channels.extend(relayers.filter(|party| !ways.iter().all(|way| way.parties().any(|other| other == *party))));
    }
    Around {
        members: members.to_vec(),
        candidates: candidates.into_iter().collect(),
        layers: layers.into_iter().collect(),
        relations: relations.into_iter().collect(),
        speakers,
        channels,
    }
}

impl Around {
    fn field(&self) -> BTreeSet<Place> {
        let field = self.members.iter().chain(&self.candidates).chain(&self.layers);
        field.copied().collect()
    }

    /// Whether a statement is another's, by another channel.
    fn is_outside(&self, index: &Index<'_>, place: Place) -> bool {
        let Some(statement) = index.statement(place) else {
            return false;
        };
        let way = Way::of_statement(place, statement);
        let own = way.origin().party().is_some_and(|party| self.speakers.contains(&party));
        !own && !way.parties().any(|party| self.channels.contains(&party))
    }
}

fn bears(kind: RelationKind) -> bool {
    matches!(
        kind,
        RelationKind::WeakensAuthenticity
            | RelationKind::Confirms
            | RelationKind::SurprisedBy
            | RelationKind::CommentsOn
            | RelationKind::SilentOn
    )
}

/// The records that bear on a circle, and how many more there are: first those that speak
/// of its accounts, then those that speak of the same questions.
pub fn breakers(index: &Index<'_>, around: &Around) -> (Vec<Breaker>, usize) {
    let field = around.field();
    let mut how: BTreeMap<Place, Vec<String>> = BTreeMap::new();
    let mut linked = BTreeSet::new();
    for (entry, relation) in index.relations.iter().filter(|(_, relation)| bears(relation.relation)) {
        let from = index.reference(&relation.from);
        let asserted_in = relation.asserted_in.and_then(|id| index.place(&id));
        let Some(from) = from.or(asserted_in) else { continue };
        if field.contains(&from) || !around.is_outside(index, from) {
            continue;
        }
        let targets = relation.target.among.iter();
        for target in targets.filter(|target| index.reference(target).is_some_and(|to| field.contains(&to))) {
            let verb = link::verb(relation.relation);
            let tag = &index.entries[*entry].tag;
            how.entry(from)
                .or_default()
                .push(format!("It {verb} {} ({tag}).", Thing::of(index, target)));
            linked.insert(from);
        }
    }
    let questions = questions(index, around);
    for question in &questions {
        for held in index.stances_on(question) {
            let place = held.statement;
            if field.contains(&place) || !around.is_outside(index, place) {
                continue;
            }
            let says = match held.stance.polarity {
                Polarity::Affirms => "affirms it",
                Polarity::Denies => "denies it",
                Polarity::Uncommitted => "takes no side",
            };
            let sentence = format!("On {} it {says}.", index.tag(question));
            let known = how.entry(place).or_default();
            if !known.contains(&sentence) {
                known.push(sentence);
            }
        }
    }
    let mut order: Vec<Place> = how.keys().copied().collect();
    order.sort_by_key(|place| (!linked.contains(place), *place));
    let left_out = order.len().saturating_sub(MAX_BREAKERS_SHOWN);
    let access = (!order.is_empty()).then(|| Access::new(index));
    let about: Vec<PartyId> = around.speakers.iter().copied().collect();
    let shown = order.into_iter().take(MAX_BREAKERS_SHOWN).map(|place| {
        let speaker = index
            .statement(place)
            .and_then(|statement| statement.speaker.value()?.party());
        let access = access.as_ref().zip(speaker);
        Breaker {
            statement: thing(index, place),
            how: how.remove(&place).unwrap_or_default(),
            access: access
                .map(|(access, party)| access.to(index, party, &about))
                .unwrap_or_default(),
        }
    });
    (shown.collect(), left_out)
}

/// The questions that the members are on; and of what else an open link may mean, those on
/// which accounts oppose each other.
fn questions(index: &Index<'_>, around: &Around) -> BTreeSet<RecordId> {
    let of = |places: &[Place]| -> BTreeSet<RecordId> {
        let stances = places.iter().flat_map(|place| index.stances_of(*place));
        stances
            .map(|(question, _)| *question)
            .take(MAX_QUESTIONS_SEARCHED)
            .collect()
    };
    let parts = |question: &RecordId| {
        let takes = |polarity| {
            index
                .stances_on(question)
                .iter()
                .any(|held| held.stance.polarity == polarity)
        };
        takes(Polarity::Affirms) && takes(Polarity::Denies)
    };
    let mut questions = of(&around.members);
    questions.extend(of(&around.candidates).into_iter().filter(parts));
    questions
}

/// What is not held of the members and of what an open link may mean besides.
pub fn lacks(index: &Index<'_>, around: &Around) -> Vec<Lack> {
    let mut found = Lacks::default();
    for place in around.members.iter().chain(&around.candidates) {
        of_statement(index, *place, &mut found);
    }
    let mut lacks: Vec<Lack> = found.by_key.into_values().collect();
    lacks.sort_by(|a, b| (a.what, &a.about, &a.exhibit).cmp(&(b.what, &b.about, &b.exhibit)));
    lacks
}

/// What people seek for the members and what else may be meant, for the links, or for the
/// questions that they are on.
pub fn sought(index: &Index<'_>, seeking: &Seeking, around: &Around) -> Vec<Sought> {
    let mut records: BTreeSet<RecordId> = questions(index, around);
    records.extend(around.field().iter().map(|place| index.entries[*place].tag.id));
    records.extend(
        around
            .relations
            .iter()
            .map(|place| index.entries[index.relations[*place].0].tag.id),
    );
    let places: BTreeSet<usize> = records.iter().flat_map(|record| seeking.of(record)).copied().collect();
    places.into_iter().map(|place| lack::sought(index, place)).collect()
}
