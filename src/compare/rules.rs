//! Which readings a pair of stances has: the rules of spec/comparison.md, without their reasons.
//!
//! What the rules look at in one stance is its [`Shape`]; stances of equal shapes have equal
//! readings, so that a question with many stances is counted without forming each pair. What
//! joins two particular statements (rules U1 and U2) is not in their shapes and is added in
//! `pairs` and `opposed`.

use crate::record::{Over, PartyId, Polarity, Proposition, PropositionType, RecordId, RelationKind, ScopeItem, Value};
use crate::time::{Edtf, Extent, Simultaneity, simultaneity};

use super::commitment::Commitment;
use super::index::{Held, Index};
use super::reading::{Code, Conflict};
use super::scope::{About, Item, Meeting, Scope};
use super::ties::{Agreement, Reliance};
use super::value::{Meets, meets, rules_out};

/// What readings depend on: equal shapes of stances give equal codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape<'a> {
    pub polarity: Polarity,
    pub scope: Scope,
    pub over: Option<&'a Over>,
    pub value: Option<&'a Value>,
    pub commitment: Commitment,
    /// The definitions that the statement relies on, in order.
    pub definitions: Vec<RecordId>,
    pub attribution_disputed: bool,
    pub authenticity_disputed: bool,
}

impl Shape<'_> {
    pub fn asserts(&self) -> bool {
        self.commitment == Commitment::Asserts
    }

    pub fn commits(&self) -> bool {
        self.commitment.commits()
    }
}

/// The question as the rules see it.
pub struct Rules<'i, 'a> {
    pub index: &'i Index<'a>,
    pub about: About<'a>,
    /// Where the question is not among the records, its answer may vary: the weaker.
    pub varies: bool,
    /// Whether it asks for a number or a time. Where the question is not among the records, the
    /// stances say.
    valued: Option<bool>,
    sort: Option<PropositionType>,
    /// The definitions that the question relies on.
    pub reliances: &'i [Reliance],
    question: RecordId,
}

impl<'i, 'a> Rules<'i, 'a> {
    pub fn of(index: &'i Index<'a>, question: &RecordId, proposition: Option<&'a Proposition>) -> Rules<'i, 'a> {
        let sort = proposition.map(|proposition| proposition.proposition_type);
        let place = index.place(question);
        Rules {
            index,
            about: About::of(proposition),
            varies: proposition.is_none_or(|proposition| proposition.varies),
            valued: sort.map(|sort| matches!(sort, PropositionType::Quantity | PropositionType::Time)),
            sort,
            reliances: place.map_or(&[], |place| index.ties.relies_on(place)),
            question: *question,
        }
    }

    /// On what those who part on this question part.
    pub fn conflict(&self) -> Conflict {
        match self.sort {
            Some(PropositionType::Definition) => Conflict::Definition,
            Some(PropositionType::Quantity) => Conflict::Amount,
            Some(PropositionType::Time) => Conflict::Time,
            Some(PropositionType::Question) | None if self.varies => Conflict::State,
            Some(PropositionType::Question) | None => Conflict::Answer,
        }
    }

    pub fn shape<'s>(&self, held: &Held<'s>) -> Shape<'s> {
        let (stance, place) = (held.stance, held.statement);
        let index = self.index;
        let statement = index.statement(place);
        let alleged = statement.is_some_and(|statement| statement.alleged);
        let mut definitions: Vec<RecordId> = index.ties.relies_on(place).iter().map(|to| to.definition).collect();
        definitions.retain(|definition| *definition != self.question);
        definitions.sort_unstable();
        definitions.dedup();
        let exhibits = index.entries[place].record.exhibits();
        let doubted = |kind| index.ties.doubts(place, exhibits, index, kind).next().is_some();
        Shape {
            polarity: stance.polarity,
            scope: self.about.scope(&stance.scope),
            over: stance.over.as_ref(),
            value: stance.value.as_ref(),
            commitment: Commitment::held(index, held),
            definitions,
            attribution_disputed: alleged || doubted(RelationKind::Disowns),
            authenticity_disputed: doubted(RelationKind::WeakensAuthenticity),
        }
    }

    /// The codes of the readings that follow from the two stances alone, strongest first; none
    /// where the two are not opposed.
    pub fn codes(&self, a: &Shape<'_>, b: &Shape<'_>) -> Vec<Code> {
        if self.if_asserted(a, b).is_empty() {
            return Vec::new();
        }
        if a.scope.certainly_same(&b.scope) {
            return self.of_the_same(a, b);
        }
        match a.asserts() && b.asserts() {
            true => vec![Code::DifferentScopePossible],
            false => vec![Code::DifferentScopePossible, Code::Modality],
        }
    }

    /// The codes of the readings that join an opposed pair because of what people say of the two,
    /// strongest first. None of them takes another's place.
    pub fn joining(&self, a: &Shape<'_>, b: &Shape<'_>) -> Vec<Code> {
        let joins = [
            (self.is_definitional(a, b), Code::Definitional),
            (
                a.attribution_disputed || b.attribution_disputed,
                Code::AttributionDisputed,
            ),
            (
                a.authenticity_disputed || b.authenticity_disputed,
                Code::AuthenticityDisputed,
            ),
            (!self.identities(a, b).is_empty(), Code::IdentityVariance),
        ];
        let joins = joins.into_iter().filter(|(joins, _)| *joins);
        joins.map(|(_, code)| code).collect()
    }

    /// What two that speak of the same thing come to: what they would if both asserted it, where
    /// both are committed to it, and that not both assert it.
    pub fn of_the_same(&self, a: &Shape<'_>, b: &Shape<'_>) -> Vec<Code> {
        self.of_the_same_at(a, b, meet(a.over, b.over))
    }

    /// As that, if their times stand to each other so, which somebody asserts.
    pub fn of_the_same_at(&self, a: &Shape<'_>, b: &Shape<'_>, times: Simultaneity) -> Vec<Code> {
        let mut codes = Vec::new();
        if a.commits() && b.commits() {
            codes = self.if_asserted_at(a, b, times);
        }
        if !a.asserts() || !b.asserts() {
            codes.push(Code::Modality);
        }
        codes.sort_unstable();
        codes
    }

    /// What two that speak of the same thing come to if both assert it: rules T1 to T4, and V1 to
    /// V6 where the question asks for a number or a time.
    pub fn if_asserted(&self, a: &Shape<'_>, b: &Shape<'_>) -> Vec<Code> {
        self.if_asserted_at(a, b, meet(a.over, b.over))
    }

    fn if_asserted_at(&self, a: &Shape<'_>, b: &Shape<'_>, times: Simultaneity) -> Vec<Code> {
        if let (Some(one), Some(other)) = (a.value, b.value)
            && self.valued != Some(false)
        {
            return self.by_value((a, one), (b, other), times);
        }
        match opposes(a.polarity, b.polarity) {
            true => self.by_time(times).to_vec(),
            false => Vec::new(),
        }
    }

    /// Rules T1 to T4.
    fn by_time(&self, times: Simultaneity) -> &'static [Code] {
        match times {
            _ if !self.varies => &[Code::Contradiction],
            Simultaneity::Certain => &[Code::Contradiction],
            Simultaneity::Possible | Simultaneity::Unknown => {
                &[Code::ContradictionIfSimultaneous, Code::ChangedOverTime]
            }
            Simultaneity::CertainlyNot => &[Code::ChangedOverTime],
        }
    }

    fn by_value(
        &self,
        (a, one): (&Shape<'_>, &Value),
        (b, other): (&Shape<'_>, &Value),
        times: Simultaneity,
    ) -> Vec<Code> {
        match (a.polarity, b.polarity, meets(one, other)) {
            (Polarity::Affirms, Polarity::Affirms, Meets::Same) => Vec::new(),
            (Polarity::Affirms, Polarity::Affirms, Meets::Apart) => match times {
                _ if !self.varies => vec![Code::NumericVariance],
                Simultaneity::Certain => vec![Code::NumericVariance],
                Simultaneity::Possible | Simultaneity::Unknown => {
                    vec![Code::ChangedOverTime, Code::NumericVariance]
                }
                Simultaneity::CertainlyNot => vec![Code::ChangedOverTime],
            },
            (Polarity::Affirms, Polarity::Denies, _) if rules_out(other, one) => self.by_time(times).to_vec(),
            (Polarity::Denies, Polarity::Affirms, _) if rules_out(one, other) => self.by_time(times).to_vec(),
            (Polarity::Affirms, Polarity::Denies, Meets::Apart)
            | (Polarity::Denies, Polarity::Affirms, Meets::Apart) => Vec::new(),
            (Polarity::Affirms, Polarity::Affirms | Polarity::Denies, met)
            | (Polarity::Denies, Polarity::Affirms, met) => match met {
                Meets::Undecidable(_) => vec![Code::NumericVariance],
                _ => vec![Code::PrecisionVariance],
            },
            _ => Vec::new(),
        }
    }

    /// Rules D1 to D3.
    fn is_definitional(&self, a: &Shape<'_>, b: &Shape<'_>) -> bool {
        let unsettled = |definition: &RecordId| self.index.ties.agreement(definition) != Agreement::NotContested;
        let own = self.reliances.iter().map(|reliance| &reliance.definition);
        own.filter(|definition| **definition != self.question)
            .chain(&a.definitions)
            .chain(&b.definitions)
            .any(unsettled)
            || self.rely_on_different(a, b)
    }

    /// Whether both rely on definitions, and not on the same.
    pub fn rely_on_different(&self, a: &Shape<'_>, b: &Shape<'_>) -> bool {
        !a.definitions.is_empty() && !b.definitions.is_empty() && a.definitions != b.definitions
    }

    /// The parties of which the two may speak and that somebody says are one, with the relations
    /// that say so.
    pub fn identities(&self, a: &Shape<'_>, b: &Shape<'_>) -> Vec<(PartyId, PartyId, Vec<usize>)> {
        if self.index.ties.no_identities() || a.scope.certainly_same(&b.scope) {
            return Vec::new();
        }
        let parties =
            |scope: &Scope| -> Vec<PartyId> { scope.items().into_iter().filter_map(|item| self.party(item)).collect() };
        let mut found = Vec::new();
        for one in parties(&a.scope) {
            for other in parties(&b.scope) {
                let links: Vec<usize> = self.index.ties.same_as(one, other).collect();
                if one != other && !links.is_empty() {
                    found.push((one, other, links));
                }
            }
        }
        found
    }

    fn party(&self, item: &Item) -> Option<PartyId> {
        let item = match item {
            Item::AsPut => self.about.only()?,
            Item::Named(item) => item,
        };
        match item {
            ScopeItem::Party(party) => Some(*party),
            ScopeItem::Words(_) => None,
        }
    }

    /// What follows for two things that are meant, if each is.
    pub fn meeting(&self, a: &Item, b: &Item) -> Meeting {
        self.about.meeting(a, b)
    }
}

/// Whether two stances speak of a common time.
pub fn meet(a: Option<&Over>, b: Option<&Over>) -> Simultaneity {
    fn time(over: Option<&Over>) -> Option<(&Edtf, Extent)> {
        over.map(|over| (&over.edtf, over.extent))
    }
    simultaneity(time(a), time(b))
}

/// Whether two polarities are opposed.
pub fn opposes(a: Polarity, b: Polarity) -> bool {
    matches!(
        (a, b),
        (Polarity::Affirms, Polarity::Denies) | (Polarity::Denies, Polarity::Affirms)
    )
}
