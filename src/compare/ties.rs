//! What people assert between records, looked up by the records: which statements are texts of
//! one utterance, which carries which, what is disowned, what a statement relies on.
//!
//! ```text
//! R05  S02 translates S01        S01 and S02 are one utterance in two texts
//! R06  S03 carries S01           S03 is no second source for what S01 says
//! ```
//!
//! Only links whose target is certain stand here; an open target settles nothing (rule L3 of
//! spec/comparison.md). A link that points at what is not among the records points nowhere and
//! joins nothing, but two translations of one absent original are still of one utterance. Links
//! that run in a circle are followed once. Nothing here judges whether a link is right.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{ExhibitId, PartyId, Polarity, PropositionType, RecordId, Reference, RelationKind};

use super::index::Index;
use super::link::is_open;

/// What people assert between records, by the places of the records among the entries. A relation
/// is named by its place among the relations of the index.
#[derive(Default)]
pub struct Ties {
    /// By two entries, the lower place first.
    between: BTreeMap<(usize, usize), Vec<usize>>,
    /// `disowns` and `weakens-authenticity`, by the record that is meant.
    doubts: BTreeMap<usize, Vec<usize>>,
    /// `weakens-authenticity`, by the exhibit that is meant.
    doubted_exhibits: BTreeMap<ExhibitId, Vec<usize>>,
    /// The records that are texts of one utterance: each leads to another, one to itself.
    utterances: BTreeMap<RecordId, RecordId>,
    /// The relations that join a record to others as a text of one utterance.
    joins: BTreeMap<RecordId, Vec<usize>>,
    /// `carries`: what each record carries, with the relation.
    carries: BTreeMap<usize, Vec<(usize, usize)>>,
    is_carried: BTreeSet<usize>,
    /// `same-as` between two parties, in either direction.
    same_as: Vec<(PartyId, PartyId, usize)>,
    /// `relies-on`: the definitions that a statement or question relies on.
    relies_on: BTreeMap<usize, Vec<Reliance>>,
    /// How each definition that something relies on stands.
    definitions: BTreeMap<RecordId, Agreement>,
}

/// That something relies on a definition, as a relation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reliance {
    /// The definition.
    pub definition: RecordId,
    /// The relation that says so.
    pub relation: usize,
}

/// How the accounts stand on a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// Accounts take opposite stances on it.
    Contested,
    /// Some account takes a side, and another leaves it open.
    LeftOpen,
    /// Nobody here parts with anybody on it.
    NotContested,
}

impl Ties {
    /// Reads the relations of an index that has been read.
    pub(super) fn of(index: &Index<'_>) -> Ties {
        let mut ties = Ties::default();
        for (relation, (_, body)) in index.relations.iter().enumerate() {
            if is_open(body) {
                continue;
            }
            for target in &body.target.among {
                ties.note(index, relation, body.relation, &body.from, target);
            }
        }
        let relied_on = ties.relies_on.values().flatten();
        ties.definitions = relied_on
            .map(|reliance| (reliance.definition, agreement(index, &reliance.definition)))
            .collect();
        ties
    }

    fn note(&mut self, index: &Index<'_>, relation: usize, kind: RelationKind, from: &Reference, target: &Reference) {
        if let (Reference::Party(from), Reference::Party(to), RelationKind::SameAs) = (from, target, kind) {
            self.same_as.push((*from, *to, relation));
        }
        match (kind, target) {
            (RelationKind::WeakensAuthenticity, Reference::Exhibit(exhibit)) => {
                self.doubted_exhibits.entry(*exhibit).or_default().push(relation);
            }
            (RelationKind::WeakensAuthenticity | RelationKind::Disowns, Reference::Record(id)) => {
                if let Some(place) = index.place(id) {
                    self.doubts.entry(place).or_default().push(relation);
                }
            }
            _ => {}
        }
        let (Reference::Record(one), Reference::Record(other)) = (from, target) else {
            return;
        };
        if matches!(kind, RelationKind::Translates | RelationKind::SameUtterance) {
            self.join(*one, *other);
            for id in [one, other] {
                self.joins.entry(*id).or_default().push(relation);
            }
        }
        let (Some(from), Some(to)) = (index.place(one), index.place(other)) else {
            return;
        };
        if kind == RelationKind::ReliesOn && is_definition(index, other) {
            self.relies_on.entry(from).or_default().push(Reliance {
                definition: *other,
                relation,
            });
        }
        if kind == RelationKind::Carries && from != to {
            self.carries.entry(from).or_default().push((to, relation));
            self.is_carried.insert(to);
        }
        let noted = self.between.entry((from.min(to), from.max(to))).or_default();
        if noted.last() != Some(&relation) {
            noted.push(relation);
        }
    }

    fn join(&mut self, one: RecordId, other: RecordId) {
        let (one, other) = (self.utterance(one), self.utterance(other));
        // The lower id stands for both, whatever the order of the relations.
        self.utterances.insert(one, one.min(other));
        self.utterances.insert(other, one.min(other));
    }

    /// The record that stands for all texts of the utterance that a record is a text of.
    fn utterance(&self, id: RecordId) -> RecordId {
        let mut at = id;
        while let Some(next) = self.utterances.get(&at).filter(|next| **next != at) {
            at = *next;
        }
        at
    }

    /// The relations that certainly hold between two records, either way.
    pub fn between(&self, a: usize, b: usize) -> &[usize] {
        self.between.get(&(a.min(b), a.max(b))).map_or(&[], Vec::as_slice)
    }

    /// The relations of one kind that doubt a record or an exhibit that it rests on.
    pub fn doubts<'t>(
        &'t self,
        place: usize,
        exhibits: &'t [ExhibitId],
        index: &'t Index<'_>,
        kind: RelationKind,
    ) -> impl Iterator<Item = usize> + 't {
        let of_record = self.doubts.get(&place).into_iter().flatten();
        let of_exhibits = exhibits.iter().filter_map(|exhibit| self.doubted_exhibits.get(exhibit));
        let all = of_record.chain(of_exhibits.flatten()).copied();
        all.filter(move |relation| index.relations[*relation].1.relation == kind)
    }

    /// The relations by which somebody says that two parties are one.
    pub fn same_as(&self, a: PartyId, b: PartyId) -> impl Iterator<Item = usize> {
        let links = self.same_as.iter();
        links
            .filter(move |(one, other, _)| (*one, *other) == (a, b) || (*one, *other) == (b, a))
            .map(|(.., relation)| *relation)
    }

    /// Whether nobody says of any two parties that they are one.
    pub fn no_identities(&self) -> bool {
        self.same_as.is_empty()
    }

    /// What the statement or question at a place relies on.
    pub fn relies_on(&self, place: usize) -> &[Reliance] {
        self.relies_on.get(&place).map_or(&[], Vec::as_slice)
    }

    /// How the accounts stand on a definition that something relies on.
    pub fn agreement(&self, definition: &RecordId) -> Agreement {
        self.definitions
            .get(definition)
            .copied()
            .unwrap_or(Agreement::NotContested)
    }

    /// Whether some tie joins a statement to others as a text of one utterance or as what
    /// carries it.
    pub fn is_joined(&self, index: &Index<'_>, place: usize) -> bool {
        self.joins.contains_key(&index.entries[place].tag.id)
            || self.carries.contains_key(&place)
            || self.is_carried.contains(&place)
    }

    /// Whether nothing joins any two statements: what is asked of many is then answered at once.
    pub fn joins_nothing(&self) -> bool {
        self.utterances.is_empty() && self.carries.is_empty()
    }

    /// The records that a record carries, itself among them, and what those carry in turn.
    fn carried(&self, place: usize) -> BTreeSet<usize> {
        let (mut found, mut left) = (BTreeSet::from([place]), vec![place]);
        while let Some(next) = left.pop() {
            for (to, _) in self.carries.get(&next).into_iter().flatten() {
                if found.insert(*to) {
                    left.push(*to);
                }
            }
        }
        found
    }

    /// The relations by which two statements are said to be texts of one utterance: those that say
    /// that one is a translation, and the others. None where they are not.
    pub fn one_utterance(&self, index: &Index<'_>, a: usize, b: usize) -> (Vec<usize>, Vec<usize>) {
        let id = |place: usize| index.entries[place].tag.id;
        if a == b || self.utterance(id(a)) != self.utterance(id(b)) {
            return (Vec::new(), Vec::new());
        }
        // Every link that begins or ends at one of the two: they may be joined by way of others.
        let of = |place: usize| self.joins.get(&id(place)).map_or(&[][..], Vec::as_slice);
        let mut relations = [of(a), of(b)].concat();
        relations.sort_unstable();
        relations.dedup();
        let kind = |relation: &usize| index.relations[*relation].1.relation;
        relations
            .into_iter()
            .partition(|relation| kind(relation) == RelationKind::Translates)
    }

    /// The relations by which one of two statements carries the other, or both carry a third
    /// that `speaks` of what they are compared on.
    pub fn carrying(&self, index: &Index<'_>, a: usize, b: usize, speaks: impl Fn(usize) -> bool) -> Vec<usize> {
        if a == b || self.carries.is_empty() {
            return Vec::new();
        }
        let utterance = |place: usize| self.utterance(index.entries[place].tag.id);
        let carried = |place: usize| self.carried(place).into_iter().map(|place| (utterance(place), place));
        let (of_a, of_b): (BTreeMap<_, _>, BTreeMap<_, _>) = (carried(a).collect(), carried(b).collect());
        let speaks = |place: &usize| *place == a || *place == b || speaks(*place);
        let shared: BTreeSet<RecordId> = of_a
            .iter()
            .filter(|(id, place)| of_b.get(id).is_some_and(|other| speaks(place) || speaks(other)))
            .map(|(id, _)| *id)
            .collect();
        let mut relations: Vec<usize> = [a, b]
            .iter()
            .filter_map(|place| self.carries.get(place))
            .flatten()
            .filter(|(to, _)| carried(*to).any(|(id, _)| shared.contains(&id)))
            .map(|(_, relation)| *relation)
            .collect();
        relations.sort_unstable();
        relations.dedup();
        relations
    }

    /// The relations that join statements of one account: as texts of one utterance, or because one
    /// carries another.
    pub fn joining(&self, index: &Index<'_>, statements: &[usize]) -> Vec<usize> {
        let id = |place: &usize| index.entries[*place].tag.id;
        let as_texts = statements
            .iter()
            .filter_map(|place| self.joins.get(&id(place)))
            .flatten()
            .copied();
        let carried = statements.iter().filter_map(|place| self.carries.get(place)).flatten();
        let within = carried.filter(|(to, _)| self.carried(*to).iter().any(|place| statements.contains(place)));
        let mut relations: Vec<usize> = as_texts.chain(within.map(|(_, relation)| *relation)).collect();
        relations.sort_unstable();
        relations.dedup();
        relations
    }

    /// The accounts among statements that all take the same side: texts of one utterance are one,
    /// and a statement that carries another of them is no further one. Each account with its
    /// statements, the one that is carried by the others among them.
    pub fn accounts(&self, index: &Index<'_>, statements: &[usize]) -> Vec<Vec<usize>> {
        if self.joins_nothing() {
            return statements.iter().map(|place| vec![*place]).collect();
        }
        let mut texts: BTreeMap<RecordId, Vec<usize>> = BTreeMap::new();
        for place in statements {
            let utterance = self.utterance(index.entries[*place].tag.id);
            texts.entry(utterance).or_default().push(*place);
        }
        let group: BTreeMap<RecordId, usize> = texts.keys().copied().zip(0..).collect();
        let texts: Vec<Vec<usize>> = texts.into_values().collect();
        // What the texts of each carry, themselves among it, by any number of steps.
        let reached = |places: &Vec<usize>| -> BTreeSet<usize> {
            let carried = places.iter().flat_map(|place| self.carried(*place));
            let utterances = carried.map(|place| self.utterance(index.entries[place].tag.id));
            utterances.filter_map(|id| group.get(&id).copied()).collect()
        };
        let reaches: Vec<BTreeSet<usize>> = texts.iter().map(reached).collect();
        let mut reached_from: Vec<Vec<usize>> = vec![Vec::new(); texts.len()];
        for (from, reached) in reaches.iter().enumerate() {
            reached.iter().for_each(|to| reached_from[*to].push(from));
        }
        let mut accounts = Vec::new();
        for (at, reached) in reaches.iter().enumerate() {
            // Of those that carry one another in a circle, the first stands for all.
            let is_last = reached.iter().all(|to| reaches[*to].contains(&at));
            if is_last && reached.first() == Some(&at) {
                let through = reached_from[at].iter();
                let mut all: Vec<usize> = through.flat_map(|from| texts[*from].iter().copied()).collect();
                all.sort_unstable();
                accounts.push(all);
            }
        }
        accounts.sort();
        accounts
    }
}

/// Whether a record is a definition that takes part.
pub fn is_definition(index: &Index<'_>, id: &RecordId) -> bool {
    let proposition = index.proposition(id);
    proposition.is_some_and(|(_, body)| body.proposition_type == PropositionType::Definition)
}

fn agreement(index: &Index<'_>, definition: &RecordId) -> Agreement {
    let stances = index.stances_on(definition);
    let takes = |polarity| stances.iter().any(|held| held.stance.polarity == polarity);
    match (takes(Polarity::Affirms), takes(Polarity::Denies)) {
        (true, true) => Agreement::Contested,
        (true, false) | (false, true) if takes(Polarity::Uncommitted) => Agreement::LeftOpen,
        _ => Agreement::NotContested,
    }
}
