//! The records of a case, in order and by what they are about.
//!
//! Building it takes time in proportion to the records and their stances, times a
//! logarithm. Pairs of stances are formed one question at a time, in `question`.

use std::collections::BTreeMap;

use crate::record::{
    Body, PartyRef, Polarity, Position, Proposition, Record, RecordId, Reference, Relation, RelationKind, Stance,
    Statement,
};

use super::who::{Names, Who};
use super::{Case, RecordTag, SetAside, Standing, StandingCount, WithheldStances};

/// One record of a case.
pub struct Entry<'a> {
    pub tag: RecordTag,
    pub record: &'a Record,
    pub standing: Standing,
}

impl Entry<'_> {
    pub fn takes_part(&self) -> bool {
        self.standing != Standing::Failed
    }
}

/// A stance with the statement that takes it and all who read it so.
pub struct Held<'a> {
    /// The place of the statement among the entries.
    pub statement: usize,
    pub stance: &'a Stance,
    pub readers: Vec<HeldReader<'a>>,
}

/// One who reads a statement as taking a stance.
pub struct HeldReader<'a> {
    /// The place of the record that says so among the entries: the statement itself, or
    /// a relation.
    pub record: usize,
    pub who: Vec<Who>,
    pub note: Option<&'a str>,
}

impl Held<'_> {
    /// Whether these are two opposed readings of one statement by different people, and
    /// so no two accounts.
    pub fn is_rival_reading(&self, other: &Held<'_>) -> bool {
        let reads = |held: &Held<'_>, who: &Who| held.readers.iter().any(|reader| reader.who.contains(who));
        let shared = |reader: &HeldReader<'_>| reader.who.iter().any(|who| reads(other, who));
        self.statement == other.statement && !self.readers.iter().any(shared)
    }
}

/// The records of a case.
pub struct Index<'a> {
    /// By label, then id.
    pub entries: Vec<Entry<'a>>,
    pub names: Names,
    pub withheld: Vec<WithheldStances>,
    pub set_aside: Vec<SetAside>,
    /// The relations that take part, answers aside, in the order of the entries.
    pub relations: Vec<(usize, &'a Relation)>,
    /// For two entries, lower place first, the places among the relations of those that
    /// assert a tension between them.
    pub tensions: BTreeMap<(usize, usize), Vec<usize>>,
    by_id: BTreeMap<RecordId, usize>,
    by_proposition: BTreeMap<RecordId, Vec<Held<'a>>>,
    /// For each statement, the questions on which it takes each polarity.
    stances_of: BTreeMap<usize, Vec<(RecordId, Polarity)>>,
    withheld_answers: BTreeMap<RecordId, usize>,
}

impl<'a> Index<'a> {
    pub fn new(case: &Case<'a>) -> Index<'a> {
        let mut entries: Vec<Entry<'a>> = case
            .records
            .iter()
            .map(|(id, record, standing)| Entry {
                tag: RecordTag::of(*id, record),
                record,
                standing: *standing,
            })
            .collect();
        entries.sort_by(|a, b| (&a.tag, a.standing).cmp(&(&b.tag, b.standing)));
        entries.dedup_by(|later, earlier| later.tag == earlier.tag);
        let by_id = entries
            .iter()
            .enumerate()
            .map(|(place, entry)| (entry.tag.id, place))
            .collect();
        let mut index = Index {
            names: Names::new(&entries),
            entries,
            withheld: Vec::new(),
            set_aside: Vec::new(),
            relations: Vec::new(),
            tensions: BTreeMap::new(),
            by_id,
            by_proposition: BTreeMap::new(),
            stances_of: BTreeMap::new(),
            withheld_answers: BTreeMap::new(),
        };
        index.read();
        index.note_tensions();
        index
    }

    fn read(&mut self) {
        let mut gathered = Gathered::default();
        for place in 0..self.entries.len() {
            let entry = &self.entries[place];
            let record = entry.record;
            if !entry.takes_part() {
                self.put_aside(place, "a check of it failed, so that nothing that it says is used");
                continue;
            }
            match &record.body {
                Body::Statement(statement) => self.read_stances(place, statement, &mut gathered),
                Body::Relation(relation) if relation.relation == RelationKind::Answers => {
                    self.read_answer(place, relation, &mut gathered);
                }
                Body::Relation(relation) => self.relations.push((place, relation)),
                Body::Unknown(_) => self.put_aside(place, "its kind or version is not known to this program"),
                Body::Archive(_)
                | Body::Proposition(_)
                | Body::Attestation(_)
                | Body::Roster(_)
                | Body::Assessment(_) => {}
            }
        }
        for ((_, _), held) in gathered {
            let stances = self.stances_of.entry(held.statement).or_default();
            stances.push((held.stance.proposition, held.stance.polarity));
            self.by_proposition
                .entry(held.stance.proposition)
                .or_default()
                .push(held);
        }
        self.withheld.sort_by(|a, b| a.record.cmp(&b.record));
    }

    fn read_stances(&mut self, place: usize, statement: &'a Statement, gathered: &mut Gathered<'a>) {
        let who = self.names.signers(&self.entries[place].record.common.signers);
        let mut missing = 0;
        for stance in &statement.stances {
            match stance.value() {
                Some(stance) => gather(gathered, place, stance, place, who.clone()),
                None => missing += 1,
            }
        }
        self.count_withheld(place, missing);
    }

    /// An `answers` relation runs from a statement to the proposition that its stance is
    /// on. What disagrees with itself is set aside rather than read either way.
    fn read_answer(&mut self, place: usize, relation: &'a Relation, gathered: &mut Gathered<'a>) {
        let statement = self.reference(&relation.from).filter(|statement| {
            let entry = &self.entries[*statement];
            entry.takes_part() && matches!(entry.record.body, Body::Statement(_))
        });
        let Some(statement) = statement else {
            return self.put_aside(place, "the statement that it reads is not among the records");
        };
        let Some(stance) = relation.stance.as_ref().and_then(Position::value) else {
            for reference in &relation.target.among {
                if let Reference::Record(proposition) = reference {
                    *self.withheld_answers.entry(*proposition).or_default() += 1;
                }
            }
            return self.count_withheld(place, 1);
        };
        if !relation.target.among.contains(&Reference::Record(stance.proposition)) {
            return self.put_aside(place, "its stance is on another question than its target");
        }
        let who = self.asserters(place, relation);
        gather(gathered, statement, stance, place, who);
    }

    fn count_withheld(&mut self, place: usize, stances: usize) {
        if stances > 0 {
            let entry = &self.entries[place];
            self.withheld.push(WithheldStances {
                record: entry.tag.clone(),
                stances,
                erased: entry.standing == Standing::Erased,
            });
        }
    }

    fn put_aside(&mut self, place: usize, why: &str) {
        self.set_aside.push(SetAside {
            record: self.entries[place].tag.clone(),
            why: why.to_owned(),
        });
    }

    /// Who asserts a relation: whoever it names, and otherwise its signers.
    pub fn asserters(&self, place: usize, relation: &Relation) -> Vec<Who> {
        let entry = &self.entries[place];
        match &relation.asserted_by {
            Some(who) => vec![self.names.at(who, entry.standing)],
            None => self.names.signers(&entry.record.common.signers),
        }
    }

    /// The place of the record that is pointed at, where it is among the records.
    pub fn reference(&self, reference: &Reference) -> Option<usize> {
        match reference {
            Reference::Record(id) => self.place(id),
            Reference::Exhibit(_) | Reference::Party(_) => None,
        }
    }

    pub fn place(&self, id: &RecordId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub fn tag(&self, id: &RecordId) -> RecordTag {
        let unlabelled = RecordTag { label: None, id: *id };
        self.place(id)
            .map_or(unlabelled, |place| self.entries[place].tag.clone())
    }

    /// The questions on which somebody takes a stance, or is read as taking one.
    pub fn questions(&self) -> impl Iterator<Item = &RecordId> {
        let only_withheld = self.withheld_answers.keys();
        let only_withheld = only_withheld.filter(|id| !self.by_proposition.contains_key(id));
        self.by_proposition.keys().chain(only_withheld)
    }

    pub fn stances_on(&self, proposition: &RecordId) -> &[Held<'a>] {
        self.by_proposition.get(proposition).map_or(&[], Vec::as_slice)
    }

    pub fn withheld_answers(&self, proposition: &RecordId) -> usize {
        self.withheld_answers.get(proposition).copied().unwrap_or(0)
    }

    pub fn stances_of(&self, statement: usize) -> &[(RecordId, Polarity)] {
        self.stances_of.get(&statement).map_or(&[], Vec::as_slice)
    }

    pub fn proposition(&self, id: &RecordId) -> Option<(&Entry<'a>, &'a Proposition)> {
        let entry = &self.entries[self.place(id)?];
        match &entry.record.body {
            Body::Proposition(proposition) if entry.takes_part() => Some((entry, proposition)),
            _ => None,
        }
    }

    pub fn statement(&self, place: usize) -> Option<&'a Statement> {
        let entry = &self.entries[place];
        match &entry.record.body {
            Body::Statement(statement) if entry.takes_part() => Some(statement),
            _ => None,
        }
    }

    pub fn standings(&self) -> Vec<StandingCount> {
        let mut counts: BTreeMap<Standing, usize> = BTreeMap::new();
        for entry in &self.entries {
            *counts.entry(entry.standing).or_default() += 1;
        }
        let count = |(standing, records)| StandingCount { standing, records };
        counts.into_iter().rev().map(count).collect()
    }
}

/// Stances by statement and by what they say, so that equal readings become one stance
/// with several readers.
type Gathered<'a> = BTreeMap<(usize, String), Held<'a>>;

fn gather<'a>(gathered: &mut Gathered<'a>, statement: usize, stance: &'a Stance, record: usize, who: Vec<Who>) {
    let mut scope: Vec<_> = stance.scope.iter().collect();
    scope.sort();
    scope.dedup();
    let sources: &[PartyRef] = &stance.according_to;
    let says = (
        stance.polarity,
        &stance.proposition,
        &stance.over,
        &scope,
        stance.certainty,
        sources,
        stance.modality,
        &stance.value,
    );
    let key = serde_json::to_string(&says).expect("our types have string keys only");
    let held = gathered.entry((statement, key)).or_insert_with(|| Held {
        statement,
        stance,
        readers: Vec::new(),
    });
    let note = stance.note.as_deref();
    if !held.readers.iter().any(|reader| reader.record == record) {
        held.readers.push(HeldReader { record, who, note });
    }
}
