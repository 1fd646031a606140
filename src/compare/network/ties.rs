//! Which accounts and people somebody ties to each other, by whom they are.
//!
//! Only links that say what they point at tie: one whose target is open ties nothing
//! (spec/provenance.md, "Ties").

use std::collections::BTreeMap;

use crate::record::{PartyId, Reference, Relation, RelationKind, TargetIs};

use super::super::index::Index;

/// The links of a case that tie accounts or people, by both ends. Values are places among
/// the relations of the index.
#[derive(Debug, Default)]
pub struct Ties {
    /// Two statements, lower place first.
    statements: BTreeMap<(usize, usize), Vec<usize>>,
    /// Two parties, lower id first.
    parties: BTreeMap<(PartyId, PartyId), Vec<usize>>,
    /// What somebody says is independent of something, by either end.
    independent: BTreeMap<Reference, Vec<usize>>,
    /// From each statement, what it rests on and by which link.
    rests_on: BTreeMap<usize, Vec<(usize, usize)>>,
}

/// The certain targets of a link: none where it is open which is meant.
pub fn certain(relation: &Relation) -> &[Reference] {
    match relation.target.is {
        TargetIs::All => &relation.target.among,
        TargetIs::OneOf if relation.target.among.len() == 1 => &relation.target.among,
        TargetIs::OneOf | TargetIs::Unresolved => &[],
    }
}

/// Links by which one text rests on another.
fn ties_texts(kind: RelationKind) -> bool {
    matches!(
        kind,
        RelationKind::Carries | RelationKind::Quotes | RelationKind::Translates | RelationKind::SameUtterance
    )
}

impl Ties {
    pub fn new(index: &Index<'_>) -> Ties {
        let mut ties = Ties::default();
        for (place, (_, relation)) in index.relations.iter().enumerate() {
            for target in certain(relation) {
                ties.note(index, place, relation, target);
            }
        }
        ties
    }

    fn note(&mut self, index: &Index<'_>, place: usize, relation: &Relation, target: &Reference) {
        let kind = relation.relation;
        if kind == RelationKind::IndependentOf {
            self.independent.entry(relation.from).or_default().push(place);
            self.independent.entry(*target).or_default().push(place);
        }
        if let (Reference::Party(a), Reference::Party(b)) = (relation.from, *target)
            && matches!(kind, RelationKind::TiedTo | RelationKind::SameAs)
            && a != b
        {
            self.parties.entry((a.min(b), a.max(b))).or_default().push(place);
        }
        let statement = |reference| index.reference(reference).filter(|at| index.statement(*at).is_some());
        let (Some(from), Some(to)) = (statement(&relation.from), statement(target)) else {
            return;
        };
        if ties_texts(kind) && from != to {
            self.statements
                .entry((from.min(to), from.max(to)))
                .or_default()
                .push(place);
        }
        if ties_texts(kind) || kind == RelationKind::CommentsOn {
            self.rests_on.entry(from).or_default().push((to, place));
        }
    }

    /// The links by which two statements share a text.
    pub fn texts(&self, a: usize, b: usize) -> &[usize] {
        self.statements.get(&(a.min(b), a.max(b))).map_or(&[], Vec::as_slice)
    }

    /// The links that tie two parties.
    pub fn people(&self, a: PartyId, b: PartyId) -> &[usize] {
        self.parties.get(&(a.min(b), a.max(b))).map_or(&[], Vec::as_slice)
    }

    pub fn ties_people(&self) -> bool {
        !self.parties.is_empty()
    }

    /// The parties that somebody says are one, as that reading has them.
    pub fn said_to_be_one(&self, index: &Index<'_>) -> Ones {
        let mut ones = Ones::default();
        for ((a, b), places) in &self.parties {
            if places
                .iter()
                .any(|place| index.relations[*place].1.relation == RelationKind::SameAs)
            {
                let (a, b) = (ones.first(*a), ones.first(*b));
                ones.0.insert(a.max(b), a.min(b));
            }
        }
        ones
    }

    /// What a statement rests on, by which link.
    pub fn rests_on(&self, statement: usize) -> &[(usize, usize)] {
        self.rests_on.get(&statement).map_or(&[], Vec::as_slice)
    }

    /// Every statement that rests on others.
    pub fn resting(&self) -> impl Iterator<Item = (usize, &[(usize, usize)])> {
        self.rests_on.iter().map(|(from, to)| (*from, to.as_slice()))
    }

    /// The links by which somebody says that two accounts are independent. An account is
    /// meant by its statement, and by whoever it begins with.
    pub fn said_to_be_independent(&self, index: &Index<'_>, a: &[Reference], b: &[Reference]) -> Vec<usize> {
        let mut found = Vec::new();
        if self.independent.is_empty() {
            return found;
        }
        for place in a.iter().filter_map(|one| self.independent.get(one)).flatten() {
            let (_, relation) = index.relations[*place];
            let from = |ends: &[Reference]| ends.contains(&relation.from);
            let to = |ends: &[Reference]| certain(relation).iter().any(|target| ends.contains(target));
            if (from(a) && to(b)) || (from(b) && to(a)) {
                found.push(*place);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Parties that are said to be one, each with one that comes before it.
#[derive(Debug, Default)]
pub struct Ones(BTreeMap<PartyId, PartyId>);

impl Ones {
    /// The party that stands for all of those that are said to be one with this.
    pub fn first(&self, party: PartyId) -> PartyId {
        let mut first = party;
        // Each step leads to a smaller id or to itself.
        while let Some(before) = self.0.get(&first).filter(|before| **before != first) {
            first = *before;
        }
        first
    }
}
