//! What stands around a statement: attestations, grants, links. Read once for a whole case.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::{
    Body, PartyId, Polarity, RecordId, Reference, Relation, RelationKind, RosterEntry, Scope, Statement, TargetIs,
};

use super::super::index::Index;

/// A grant of authority in the roster.
pub struct Grant {
    /// The place of its revocation among the entries.
    pub revoked_by: Option<usize>,
}

/// What stands around the statements of a case.
pub struct Around<'a> {
    /// In which scopes something is attested, and in which records.
    attested: BTreeMap<Reference, Vec<(Scope, usize)>>,
    grants: BTreeMap<(PartyId, PartyId), Vec<Grant>>,
    granting: BTreeMap<RecordId, (PartyId, PartyId)>,
    revoked: BTreeMap<RecordId, usize>,
    /// The places among the relations of those that point at something, and that begin at it.
    to: BTreeMap<Reference, Vec<usize>>,
    from: BTreeMap<Reference, Vec<usize>>,
    /// The questions, each with its number among them.
    questions: BTreeMap<RecordId, u32>,
    /// By the number of the question, the party and whether it affirms: the statements by which a party
    /// itself stands there. In order.
    stands: Vec<(u32, PartyId, bool, u32)>,
    relations: Vec<(usize, &'a Relation)>,
}

impl<'a> Around<'a> {
    pub fn new(index: &Index<'a>) -> Around<'a> {
        let mut around = Around {
            attested: BTreeMap::new(),
            grants: BTreeMap::new(),
            granting: BTreeMap::new(),
            revoked: BTreeMap::new(),
            to: BTreeMap::new(),
            from: BTreeMap::new(),
            questions: BTreeMap::new(),
            stands: Vec::new(),
            relations: index.relations.clone(),
        };
        around.read_records(index);
        for (place, (_, relation)) in index.relations.iter().enumerate() {
            around.from.entry(relation.from).or_default().push(place);
            for reference in &relation.target.among {
                around.to.entry(*reference).or_default().push(place);
            }
        }
        around.read_stands(index);
        around
    }

    fn read_records(&mut self, index: &Index<'a>) {
        let mut grants: Vec<(PartyId, PartyId, RecordId)> = Vec::new();
        for (place, entry) in index.entries.iter().enumerate().filter(|(_, entry)| entry.takes_part()) {
            match &entry.record.body {
                Body::Attestation(attestation) => {
                    let scopes = entry.record.common.signers.iter().flat_map(|signer| &signer.asserts);
                    let attested = self.attested.entry(attestation.about).or_default();
                    attested.extend(scopes.map(|scope| (*scope, place)));
                }
                Body::Roster(RosterEntry::Authority {
                    granted_by, granted_to, ..
                }) => {
                    self.granting.insert(entry.tag.id, (*granted_by, *granted_to));
                    grants.push((*granted_by, *granted_to, entry.tag.id));
                }
                Body::Roster(RosterEntry::Revocation { of, .. }) => {
                    self.revoked.insert(*of, place);
                }
                _ => {}
            }
        }
        for (by, to, record) in grants {
            let revoked_by = self.revoked.get(&record).copied();
            let grant = Grant { revoked_by };
            self.grants.entry((by, to)).or_default().push(grant);
        }
    }

    fn read_stands(&mut self, index: &Index<'a>) {
        for (number, question) in index.questions().enumerate() {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            self.questions.insert(*question, number);
            for held in index.stances_on(question) {
                let affirms = match held.stance.polarity {
                    Polarity::Affirms => true,
                    Polarity::Denies => false,
                    Polarity::Uncommitted => continue,
                };
                let speaker = index.statement(held.statement).and_then(speaker);
                if let (Some(speaker), Ok(statement)) = (speaker, u32::try_from(held.statement)) {
                    self.stands.push((number, speaker, affirms, statement));
                }
            }
        }
        self.stands.sort_unstable();
    }

    /// Whether something is attested in a scope by the signers of an attestation about it.
    pub fn is_attested(&self, about: &Reference, scope: Scope) -> bool {
        let attested = self.attested.get(about);
        attested.is_some_and(|attested| attested.iter().any(|(of, _)| *of == scope))
    }

    /// The roster records that let the one speak for the other.
    pub fn grants(&self, by: PartyId, to: PartyId) -> &[Grant] {
        self.grants.get(&(by, to)).map_or(&[], Vec::as_slice)
    }

    /// Who grants authority to whom in a roster record.
    pub fn granting(&self, record: &RecordId) -> Option<(PartyId, PartyId)> {
        self.granting.get(record).copied()
    }

    /// The place of the record that revokes a roster record.
    pub fn revocation(&self, record: &RecordId) -> Option<usize> {
        self.revoked.get(record).copied()
    }

    /// The relations that point at something, each with its place among the entries.
    pub fn to<'s>(&'s self, reference: &Reference) -> impl Iterator<Item = (usize, &'a Relation)> + use<'s, 'a> {
        self.at(&self.to, reference)
    }

    /// The relations that begin at something.
    pub fn from<'s>(&'s self, reference: &Reference) -> impl Iterator<Item = (usize, &'a Relation)> + use<'s, 'a> {
        self.at(&self.from, reference)
    }

    fn at<'s>(
        &'s self,
        places: &'s BTreeMap<Reference, Vec<usize>>,
        reference: &Reference,
    ) -> impl Iterator<Item = (usize, &'a Relation)> + use<'s, 'a> {
        let places = places.get(reference).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| self.relations[*place])
    }

    /// Whether a link of one of these kinds joins the record to a statement of which the words hold.
    pub fn is_joined(
        &self,
        index: &Index<'_>,
        id: RecordId,
        kinds: &[RelationKind],
        holds: impl Fn(&Statement) -> bool,
    ) -> bool {
        let reference = Reference::Record(id);
        let is_such = |reference: &Reference| {
            let place = index.reference(reference);
            place.and_then(|place| index.statement(place)).is_some_and(&holds)
        };
        let from = self
            .from(&reference)
            .filter(|(_, relation)| kinds.contains(&relation.relation));
        let to = self
            .to(&reference)
            .filter(|(_, relation)| kinds.contains(&relation.relation));
        from.flat_map(|(_, relation)| &relation.target.among).any(&is_such)
            || to.map(|(_, relation)| &relation.from).any(is_such)
    }

    /// The parties to whom a party is tied, according to links of the kind tied-to, each with the place
    /// of the link among the entries.
    pub fn ties(&self, party: PartyId) -> Vec<(PartyId, usize)> {
        let id = Reference::Party(party);
        let certain = |(_, relation): &(usize, &Relation)| {
            relation.relation == RelationKind::TiedTo && relation.target.is == TargetIs::All
        };
        let to = self.from(&id).filter(certain);
        let to = to.flat_map(|(place, relation)| relation.target.among.iter().map(move |other| (place, other)));
        let from = self
            .to(&id)
            .filter(certain)
            .map(|(place, relation)| (place, &relation.from));
        to.chain(from)
            .filter_map(|(place, other)| match other {
                Reference::Party(other) if *other != party => Some((*other, place)),
                _ => None,
            })
            .collect()
    }

    /// Whether a record asserts within what time a statement's times lie.
    pub fn is_dated(&self, id: RecordId) -> bool {
        let mut links = self.to(&Reference::Record(id));
        links.any(|(_, relation)| relation.relation == RelationKind::Dates && relation.target.is == TargetIs::All)
    }

    /// Whether a person asserts that one of these statements is independent of another of them.
    pub fn asserted_independent(&self, index: &Index<'_>, statements: &[(usize, &Statement)]) -> bool {
        let among: BTreeSet<usize> = statements.iter().map(|(place, _)| *place).collect();
        statements.iter().any(|(place, _)| {
            let id = Reference::Record(index.entries[*place].tag.id);
            self.from(&id)
                .filter(|(_, relation)| relation.relation == RelationKind::IndependentOf)
                .flat_map(|(_, relation)| &relation.target.among)
                .filter_map(|reference| index.reference(reference))
                .any(|other| other != *place && among.contains(&other))
        })
    }

    /// The statements by which a party itself stands on a side of a question.
    pub fn stands(&self, question: RecordId, party: PartyId, polarity: Polarity) -> impl Iterator<Item = usize> {
        let affirms = polarity == Polarity::Affirms;
        let number = self
            .questions
            .get(&question)
            .filter(|_| polarity != Polarity::Uncommitted);
        let stands = number.map_or(&[][..], |number| {
            let key = (*number, party, affirms);
            let start = self.stands.partition_point(|(n, p, a, _)| (*n, *p, *a) < key);
            let end = self.stands.partition_point(|(n, p, a, _)| (*n, *p, *a) <= key);
            &self.stands[start..end]
        });
        stands.iter().map(|(.., statement)| *statement as usize)
    }
}

/// The party that a statement ascribes its words to, where it is shown.
pub fn speaker(statement: &Statement) -> Option<PartyId> {
    statement.speaker.value()?.party()
}
