//! The records of a case, in order and by what they are about.
//!
//! Building it takes time in proportion to the records and their stances, times a
//! logarithm. Pairs of stances are formed one question at a time, in `question`.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::record::{
    Assessment, Body, Polarity, Position, Proposition, Record, RecordId, Reference, Relation, RelationKind, ScopeItem,
    Stance, Statement,
};

use super::assessed::Assessments;
use super::frames::Frames;
use super::ties::Ties;
use super::value::sort_key as value_key;
use super::who::{Names, Who};
use super::{Case, RecordTag, SetAside, Standing, StandingCount, WithheldStances, sort_key};

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
    /// The record that says so, by its place among the entries: the statement itself, or a
    /// relation. There is always one.
    pub first_reader: HeldReader<'a>,
    /// Further records that say the same.
    pub more_readers: Vec<HeldReader<'a>>,
}

/// A record that reads a statement as taking a stance.
#[derive(Clone, Copy)]
pub struct HeldReader<'a> {
    /// The place of the record that says so among the entries: the statement itself, or
    /// a relation.
    pub record: usize,
    pub note: Option<&'a str>,
}

impl<'a> Held<'a> {
    pub fn readers(&self) -> impl Iterator<Item = &HeldReader<'a>> {
        std::iter::once(&self.first_reader).chain(&self.more_readers)
    }

    /// Whether these are two opposed readings of one statement by different people, and
    /// so no two accounts.
    pub fn is_rival_reading(&self, other: &Held<'_>, index: &Index<'_>) -> bool {
        if self.statement != other.statement {
            return false;
        }
        let who = |held: &Held<'_>| -> Vec<Who> {
            held.readers()
                .flat_map(|reader| index.asserted_by(reader.record))
                .collect()
        };
        let others = who(other);
        !who(self).iter().any(|who| others.contains(who))
    }
}

/// A relation or an assessment among the records that take part: what a person can say of other
/// records and sign. Only [`Index::signed`] finds one.
#[derive(Clone, Copy)]
pub struct Signed(usize);

impl Signed {
    /// Its place among the entries.
    pub fn place(self) -> usize {
        self.0
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
    /// Relations and assessments that are about nothing that is here.
    pub points_nowhere: Vec<SetAside>,
    /// The assessments that take part.
    pub assessments: Assessments<'a>,
    /// What people assert between two records, and of one.
    pub ties: Ties,
    /// The times within which people assert that others lie.
    pub frames: Frames,
    by_id: BTreeMap<RecordId, usize>,
    /// By proposition, then statement.
    held: Vec<Held<'a>>,
    by_proposition: BTreeMap<RecordId, Range<usize>>,
    /// By statement: on which question it takes which polarity.
    stances_of: Vec<(usize, RecordId, Polarity)>,
    withheld_answers: BTreeMap<RecordId, usize>,
}

impl<'a> Index<'a> {
    pub fn new(case: &Case<'a>) -> Index<'a> {
        // The label is read once for each record, not once for each comparison.
        let mut ordered: Vec<_> = case
            .records
            .iter()
            .map(|(id, record, standing)| (sort_key(Some(record.common.label.as_str()), *id), *standing, *record))
            .collect();
        ordered.sort_unstable_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        ordered.dedup_by(|later, earlier| later.0 == earlier.0);
        let entries: Vec<Entry<'a>> = ordered
            .into_iter()
            .map(|(key, standing, record)| Entry {
                tag: RecordTag::of(key.id(), record),
                record,
                standing,
            })
            .collect();
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
            points_nowhere: Vec::new(),
            assessments: Assessments::default(),
            ties: Ties::default(),
            frames: Frames::default(),
            by_id,
            held: Vec::new(),
            by_proposition: BTreeMap::new(),
            stances_of: Vec::new(),
            withheld_answers: BTreeMap::new(),
        };
        index.read();
        index.ties = Ties::of(&index);
        index.frames = Frames::new(&index);
        index.assessments = Assessments::of(&index);
        index.note_what_points_nowhere();
        index
    }

    fn read(&mut self) {
        let mut gathered = Vec::new();
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
        self.gather(gathered);
        self.withheld.sort_by(|a, b| a.record.cmp(&b.record));
    }

    fn read_stances(&mut self, place: usize, statement: &'a Statement, gathered: &mut Vec<Read<'a>>) {
        let mut missing = 0;
        for stance in &statement.stances {
            match stance.value() {
                Some(stance) => gathered.push(Read {
                    statement: place,
                    stance,
                    record: place,
                }),
                None => missing += 1,
            }
        }
        self.count_withheld(place, missing);
    }

    /// An `answers` relation runs from a statement to the proposition that its stance is
    /// on. What disagrees with itself is set aside rather than read either way.
    fn read_answer(&mut self, place: usize, relation: &'a Relation, gathered: &mut Vec<Read<'a>>) {
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
        gathered.push(Read {
            statement,
            stance,
            record: place,
        });
    }

    /// Puts stances in order by question and statement; equal ones of one statement become one
    /// with several readers.
    fn gather(&mut self, mut gathered: Vec<Read<'a>>) {
        gathered.sort_unstable_by(|a, b| {
            let place = |read: &Read<'_>| (read.stance.proposition, read.statement);
            let said = || says_the_same(a.stance, b.stance);
            place(a).cmp(&place(b)).then_with(said).then(a.record.cmp(&b.record))
        });
        self.held.reserve(gathered.len());
        for read in gathered {
            let reader = HeldReader {
                record: read.record,
                note: read.stance.note.as_deref(),
            };
            match self.held.last_mut() {
                Some(held)
                    if held.statement == read.statement
                        && held.stance.proposition == read.stance.proposition
                        && says_the_same(held.stance, read.stance).is_eq() =>
                {
                    if held.readers().all(|known| known.record != read.record) {
                        held.more_readers.push(reader);
                    }
                }
                _ => self.held.push(Held {
                    statement: read.statement,
                    stance: read.stance,
                    first_reader: reader,
                    more_readers: Vec::new(),
                }),
            }
        }
        let mut start = 0;
        for of_one in self.held.chunk_by(|a, b| a.stance.proposition == b.stance.proposition) {
            let range = start..start + of_one.len();
            start = range.end;
            self.by_proposition.insert(of_one[0].stance.proposition, range);
        }
        let stances = self.held.iter();
        self.stances_of = stances
            .map(|held| (held.statement, held.stance.proposition, held.stance.polarity))
            .collect();
        self.stances_of.sort_unstable();
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

    /// Names the records that say nothing here because they point at nothing that is here, or
    /// at something of another sort.
    fn note_what_points_nowhere(&mut self) {
        let mut aside = Vec::new();
        for (place, relation) in &self.relations {
            let here = |reference: &Reference| match reference {
                Reference::Record(id) => self.place(id).is_some_and(|place| self.entries[place].takes_part()),
                Reference::Exhibit(_) | Reference::Party(_) => true,
            };
            let among = &relation.target.among;
            let why = if !here(&relation.from) {
                "the record at which it begins is not among the records that are used"
            } else if !among.is_empty() && !among.iter().any(here) {
                "nothing that it points at is among the records that are used"
            } else if relation.relation == RelationKind::ReliesOn && !among.iter().any(|to| self.defines(to)) {
                "what it points at is no definition"
            } else {
                continue;
            };
            aside.push((*place, why));
        }
        aside.extend(self.assessments.about_nothing_here(self));
        aside.sort_unstable();
        let aside = aside.into_iter().map(|(place, why)| SetAside {
            record: self.entries[place].tag.clone(),
            why: why.to_owned(),
        });
        self.points_nowhere = aside.collect();
    }

    fn defines(&self, reference: &Reference) -> bool {
        matches!(reference, Reference::Record(id) if super::ties::is_definition(self, id))
    }

    /// Who asserts a relation: whoever it names, and otherwise its signers.
    pub fn asserters(&self, place: usize, relation: &Relation) -> Vec<Who> {
        let entry = &self.entries[place];
        match &relation.asserted_by {
            Some(who) => vec![self.names.at(who, entry.standing)],
            None => self.names.signers(&entry.record.common.signers),
        }
    }

    /// Who asserts what the record at a place says of other records.
    pub fn asserted_by(&self, place: usize) -> Vec<Who> {
        let entry = &self.entries[place];
        match &entry.record.body {
            Body::Relation(relation) => self.asserters(place, relation),
            Body::Assessment(Assessment {
                asserted_by: Some(who), ..
            }) => vec![self.names.at(who, entry.standing)],
            _ => self.names.signers(&entry.record.common.signers),
        }
    }

    /// The relation or assessment at a place, if it is one and takes part.
    pub fn signed(&self, place: usize) -> Option<Signed> {
        let entry = &self.entries[place];
        let signed = matches!(entry.record.body, Body::Relation(_) | Body::Assessment(_));
        (signed && entry.takes_part()).then_some(Signed(place))
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
        let range = self.by_proposition.get(proposition).cloned();
        range.map_or(&[], |range| &self.held[range])
    }

    pub fn withheld_answers(&self, proposition: &RecordId) -> usize {
        self.withheld_answers.get(proposition).copied().unwrap_or(0)
    }

    /// The questions on which a statement takes a stance, each with a polarity that it takes.
    pub fn stances_of(&self, statement: usize) -> impl Iterator<Item = (&RecordId, &Polarity)> {
        let start = self.stances_of.partition_point(|(place, ..)| *place < statement);
        let own = self.stances_of[start..].iter();
        own.take_while(move |(place, ..)| *place == statement)
            .map(|(_, proposition, polarity)| (proposition, polarity))
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

/// A stance as one record reads it.
struct Read<'a> {
    statement: usize,
    stance: &'a Stance,
    record: usize,
}

/// Orders stances on one question by what they say: equal only if they say the same. Who reads
/// them so, and why, is left out.
fn says_the_same(a: &Stance, b: &Stance) -> Ordering {
    fn over(stance: &Stance) -> Option<(&str, crate::time::Extent)> {
        let over = stance.over.as_ref()?;
        Some((over.edtf.as_str(), over.extent))
    }
    let scope = |stance: &'_ Stance| -> BTreeSet<ScopeItem> { stance.scope.iter().cloned().collect() };

    (a.polarity.cmp(&b.polarity))
        .then_with(|| over(a).cmp(&over(b)))
        .then_with(|| (a.certainty as u8).cmp(&(b.certainty as u8)))
        .then_with(|| match (a.scope.as_slice(), b.scope.as_slice()) {
            ([] | [_], [] | [_]) => a.scope.cmp(&b.scope),
            _ => scope(a).cmp(&scope(b)),
        })
        .then_with(|| a.according_to.cmp(&b.according_to))
        .then_with(|| a.modality.cmp(&b.modality))
        .then_with(|| a.value.as_ref().map(value_key).cmp(&b.value.as_ref().map(value_key)))
}
