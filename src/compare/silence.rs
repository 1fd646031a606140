//! Silences: who had occasion to speak of something and did not.
//!
//! ```text
//! S17 (Visitors) takes no side on P02; met Ann, as S17 says who was present
//! ```
//!
//! A silence is recorded and shown with what access the silent one had; it is never counted
//! for either side, and no corroboration of anything (spec/provenance.md, "Silences").

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::{Form, PartyId, Polarity, Position, RecordId, Reference, RelationKind, ScopeItem};

use super::RecordTag;
use super::index::Index;
use super::link::Thing;
use super::network::ties::certain;
use super::who::Who;

/// The most silences of one question that are written out.
pub const MAX_SILENCES_SHOWN: usize = 100;
/// The most records that are named to show one access.
const MAX_ACCESS_SHOWN: usize = 3;

/// How a silence is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SilenceKind {
    /// A link says that somebody is silent on it.
    SilentOn,
    /// A statement that is a silence.
    Silence,
    /// A statement that speaks of other things and takes no side.
    TakesNoSide,
}

/// One silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Silence {
    /// Who is silent.
    pub who: Who,
    /// How that is recorded.
    pub how: SilenceKind,
    /// The record that says so.
    pub record: RecordTag,
    /// What it is silent on.
    pub on: Vec<Thing>,
    /// What access to whom the question is about is recorded, in sentences; empty where none
    /// is.
    pub access: Vec<String>,
}

/// The silences on a question, or of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Silences {
    /// How many there are. They count for neither side.
    pub count: usize,
    /// The silences, those with access first, up to a limit.
    pub shown: Vec<Silence>,
}

/// Who met or called whom, as far as it is recorded.
#[derive(Debug, Default)]
pub struct Access {
    contacts: BTreeMap<(PartyId, PartyId), Vec<(usize, &'static str)>>,
    /// The questions that are about a party, with those who affirm them.
    about: BTreeMap<PartyId, BTreeSet<RecordId>>,
}

impl Access {
    pub fn new(index: &Index<'_>) -> Access {
        let mut access = Access::default();
        for place in 0..index.entries.len() {
            let Some(statement) = index.statement(place) else {
                continue;
            };
            let speaker = statement.speaker.value().and_then(|who| who.party());
            for hop in &statement.relay {
                let end = |who: &Position<crate::record::PartyRef>| who.value().and_then(|who| who.party());
                if let (Some(from), Some(to)) = (end(&hop.from), end(&hop.to)) {
                    access.note(from, to, place, "passed words on between them");
                }
            }
            let circumstances = statement.circumstances.value();
            for present in circumstances.iter().flat_map(|circumstances| &circumstances.present) {
                if let (Some(speaker), Some(present)) = (speaker, present.party()) {
                    access.note(speaker, present, place, "was uttered where both were present");
                }
            }
        }
        for id in index.questions() {
            let about = index
                .proposition(id)
                .and_then(|(_, proposition)| proposition.about.as_ref()?.value());
            for item in about.into_iter().flatten() {
                if let ScopeItem::Party(party) = item {
                    access.about.entry(*party).or_default().insert(*id);
                }
            }
        }
        access
    }

    fn note(&mut self, a: PartyId, b: PartyId, statement: usize, how: &'static str) {
        let noted = self.contacts.entry((a.min(b), a.max(b))).or_default();
        if noted.len() < MAX_ACCESS_SHOWN && !noted.contains(&(statement, how)) {
            noted.push((statement, how));
        }
    }

    /// What is recorded of a party's access to those whom a question is about.
    pub fn to(&self, index: &Index<'_>, party: PartyId, about: &[PartyId]) -> Vec<String> {
        let mut found = Vec::new();
        for other in about.iter().filter(|other| **other != party) {
            let names = (index.names.party(party), index.names.party(*other));
            let pair = (party.min(*other), party.max(*other));
            for (statement, how) in self.contacts.get(&pair).into_iter().flatten() {
                let tag = &index.entries[*statement].tag;
                found.push(format!("{tag} {how}: {} and {}.", names.0, names.1));
            }
            let (Some(of_one), Some(of_other)) = (self.about.get(&party), self.about.get(other)) else {
                continue;
            };
            for question in of_one.intersection(of_other) {
                let affirming = |held: &&super::index::Held<'_>| held.stance.polarity == Polarity::Affirms;
                let Some(held) = index.stances_on(question).iter().find(affirming) else {
                    continue;
                };
                let by = &index.entries[held.statement].tag;
                found.push(format!(
                    "{} is about {} and {}, and {by} affirms it.",
                    index.tag(question),
                    names.0,
                    names.1
                ));
            }
        }
        found.sort();
        found.dedup();
        found.truncate(MAX_ACCESS_SHOWN);
        found
    }
}

/// The parties that a question is about.
pub fn about(index: &Index<'_>, question: &RecordId) -> Vec<PartyId> {
    let about = index
        .proposition(question)
        .and_then(|(_, proposition)| proposition.about.as_ref()?.value());
    let party = |item: &ScopeItem| match item {
        ScopeItem::Party(party) => Some(*party),
        ScopeItem::Words(_) => None,
    };
    about.into_iter().flatten().filter_map(party).collect()
}

/// The silences on one question: of statements that take no side where others do, and
/// those that links record on it.
pub fn of_question(index: &Index<'_>, access: &Access, silent: &SilentOn, question: &RecordId) -> Silences {
    let about = about(index, question);
    let mut count = 0;
    let mut shown = Vec::new();
    let mut take = |silence: Silence| {
        count += 1;
        if shown.len() < MAX_SILENCES_SHOWN {
            shown.push(silence);
        }
    };
    let on = || vec![Thing::of(index, &Reference::Record(*question))];
    let mut last = None;
    for held in index.stances_on(question) {
        if held.stance.polarity != Polarity::Uncommitted || last == Some(held.statement) {
            continue;
        }
        last = Some(held.statement);
        let Some(statement) = index.statement(held.statement) else {
            continue;
        };
        let entry = &index.entries[held.statement];
        let party = statement.speaker.value().and_then(|who| who.party());
        take(Silence {
            who: index.names.at(&statement.speaker, entry.standing),
            how: match statement.form {
                Form::Silence => SilenceKind::Silence,
                _ => SilenceKind::TakesNoSide,
            },
            record: entry.tag.clone(),
            on: on(),
            access: party.map(|party| access.to(index, party, &about)).unwrap_or_default(),
        });
    }
    for place in silent.on(question) {
        take(of_link(index, access, *place, &about));
    }
    shown.sort_by_key(|silence: &Silence| (silence.access.is_empty(), silence.record.clone()));
    Silences { count, shown }
}

fn of_link(index: &Index<'_>, access: &Access, place: usize, about: &[PartyId]) -> Silence {
    let (entry, relation) = index.relations[place];
    let standing = index.entries[entry].standing;
    let (who, party) = match relation.from {
        Reference::Party(party) => (index.names.party(party), Some(party)),
        _ => match index.reference(&relation.from).and_then(|place| index.statement(place)) {
            Some(statement) => {
                let party = statement.speaker.value().and_then(|who| who.party());
                (index.names.at(&statement.speaker, standing), party)
            }
            None => (index.names.unseen(standing), None),
        },
    };
    Silence {
        who,
        how: SilenceKind::SilentOn,
        record: index.entries[entry].tag.clone(),
        on: relation
            .target
            .among
            .iter()
            .map(|target| Thing::of(index, target))
            .collect(),
        access: party.map(|party| access.to(index, party, about)).unwrap_or_default(),
    }
}

/// The links of kind `silent-on`, by what they are silent on.
#[derive(Debug, Default)]
pub struct SilentOn {
    by_record: BTreeMap<RecordId, Vec<usize>>,
    places: Vec<usize>,
}

impl SilentOn {
    pub fn new(index: &Index<'_>) -> SilentOn {
        let mut silent = SilentOn::default();
        for (place, (_, relation)) in index.relations.iter().enumerate() {
            if relation.relation != RelationKind::SilentOn {
                continue;
            }
            silent.places.push(place);
            for target in certain(relation) {
                if let Reference::Record(id) = target {
                    silent.by_record.entry(*id).or_default().push(place);
                }
            }
        }
        silent
    }

    fn on(&self, record: &RecordId) -> &[usize] {
        self.by_record.get(record).map_or(&[], Vec::as_slice)
    }
}

/// The silences of a case that no question shows: those that links record of other things,
/// and statements that are a silence and take no stance.
pub fn of_case(index: &Index<'_>, access: &Access, silent: &SilentOn) -> Silences {
    let mut found = Silences {
        count: 0,
        shown: Vec::new(),
    };
    let mut take = |silence: Silence| {
        found.count += 1;
        if found.shown.len() < MAX_SILENCES_SHOWN {
            found.shown.push(silence);
        }
    };
    for place in &silent.places {
        let (_, relation) = index.relations[*place];
        let on_a_question =
            |target: &Reference| matches!(target, Reference::Record(id) if index.proposition(id).is_some());
        if !certain(relation).iter().any(on_a_question) {
            take(of_link(index, access, *place, &[]));
        }
    }
    for (place, entry) in index.entries.iter().enumerate() {
        let Some(statement) = index
            .statement(place)
            .filter(|statement| statement.form == Form::Silence)
        else {
            continue;
        };
        if index.stances_of(place).next().is_none() {
            take(Silence {
                who: index.names.at(&statement.speaker, entry.standing),
                how: SilenceKind::Silence,
                record: entry.tag.clone(),
                on: Vec::new(),
                access: Vec::new(),
            });
        }
    }
    found
}
