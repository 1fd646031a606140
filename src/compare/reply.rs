//! Right of reply: who was asked, when, with what answer; and who was not.
//!
//! ```text
//! P02: the prison service was asked by Ada Example on 20 January and declined to answer (R41)
//!      no request to Cecilia Malmström was found (S14 takes a side)
//! ```
//!
//! A request is a record that somebody signs (spec/provenance.md, "Right of reply"). That no
//! request was found does not show that none was made, and no answer is no admission.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::{Answer, PartyId, Polarity, Position, RecordId, Reference, RelationKind};

use super::account::TimeShown;
use super::index::Index;
use super::link::Thing;
use super::silence;
use super::who::Who;
use super::{RecordTag, Standing};

/// The most requests that are written out.
pub const MAX_REQUESTS_SHOWN: usize = 200;
/// The most people that are written out of whom no request was found.
pub const MAX_NOT_ASKED_SHOWN: usize = 50;
/// The most records that are named with one of them.
const MAX_REASONS_SHOWN: usize = 5;

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// The relation.
    pub relation: RecordTag,
    /// What may be relied on of its record.
    pub standing: Standing,
    /// What it was about.
    pub about: Thing,
    /// Who was asked.
    pub asked: Vec<Who>,
    /// Who asked.
    pub asked_by: Vec<Who>,
    /// When.
    pub when: TimeShown,
    /// With what answer.
    pub answer: Answer,
    /// The record that holds the answer.
    pub answered_in: Option<RecordTag>,
    /// What was asked, as far as that is shown.
    pub note: Option<String>,
}

/// Somebody who is spoken of or opposed and to whom no request was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotAsked {
    /// Who.
    pub who: Who,
    /// Whether the question is about them.
    pub spoken_of: bool,
    /// The statements of theirs that others oppose, up to a limit.
    pub opposed_in: Vec<RecordTag>,
}

/// Who was asked, and who was not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RightOfReply {
    /// How many requests there are.
    pub request_count: usize,
    /// The requests, by label, up to a limit.
    pub requests: Vec<Request>,
    /// How many people are spoken of or opposed to whom no request was found.
    pub not_asked_count: usize,
    /// Those people, up to a limit.
    pub not_asked: Vec<NotAsked>,
}

/// The requests of a case.
#[derive(Debug, Default)]
pub struct Requests {
    by_record: BTreeMap<RecordId, Vec<usize>>,
    all: Vec<usize>,
}

impl Requests {
    pub fn new(index: &Index<'_>) -> Requests {
        let mut requests = Requests::default();
        for (place, (_, relation)) in index.relations.iter().enumerate() {
            if relation.relation != RelationKind::Asked {
                continue;
            }
            requests.all.push(place);
            if let Reference::Record(id) = relation.from {
                requests.by_record.entry(id).or_default().push(place);
            }
        }
        requests
    }

    fn on(&self, record: &RecordId) -> &[usize] {
        self.by_record.get(record).map_or(&[], Vec::as_slice)
    }
}

fn request(index: &Index<'_>, place: usize) -> Request {
    let (entry, relation) = index.relations[place];
    let standing = index.entries[entry].standing;
    let mut asked: Vec<Who> = asked_parties(index, place)
        .map(|party| index.names.party(party))
        .collect();
    asked.sort_by_cached_key(Who::to_string);
    Request {
        relation: index.entries[entry].tag.clone(),
        standing,
        about: Thing::of(index, &relation.from),
        asked,
        asked_by: index.asserters(entry, relation),
        when: match &relation.asked {
            Some(asking) => TimeShown::new(&asking.when, standing),
            None => TimeShown {
                edtf: None,
                words: "not stated".to_owned(),
                bounds: None,
                anchor: None,
                note: None,
            },
        },
        answer: relation
            .asked
            .as_ref()
            .map_or(Answer::NotStated, |asking| asking.answer),
        answered_in: relation
            .asked
            .as_ref()
            .and_then(|asking| Some(index.tag(&asking.answered_in?))),
        note: relation.note.as_ref().and_then(Position::value).cloned(),
    }
}

fn asked_parties<'i>(index: &'i Index<'_>, place: usize) -> impl Iterator<Item = PartyId> + 'i {
    let party = |target: &Reference| match target {
        Reference::Party(party) => Some(*party),
        Reference::Record(_) | Reference::Exhibit(_) => None,
    };
    index.relations[place].1.target.among.iter().filter_map(party)
}

/// Every request of the case.
pub fn of_case(index: &Index<'_>, requests: &Requests) -> RightOfReply {
    RightOfReply {
        request_count: requests.all.len(),
        requests: requests
            .all
            .iter()
            .take(MAX_REQUESTS_SHOWN)
            .map(|place| request(index, *place))
            .collect(),
        ..RightOfReply::default()
    }
}

/// Who was asked on a question or a statement that takes a side on it; and, where accounts
/// oppose each other, who of those whom it is about and who oppose each other was not.
pub fn of_question(index: &Index<'_>, requests: &Requests, question: &RecordId) -> RightOfReply {
    let mut places: BTreeSet<usize> = requests.on(question).iter().copied().collect();
    let mut speakers: BTreeMap<PartyId, Vec<usize>> = BTreeMap::new();
    let mut sides = [false, false];
    for held in index.stances_on(question) {
        let side = match held.stance.polarity {
            Polarity::Affirms => 0,
            Polarity::Denies => 1,
            Polarity::Uncommitted => continue,
        };
        sides[side] = true;
        places.extend(requests.on(&index.entries[held.statement].tag.id));
        let speaker = index
            .statement(held.statement)
            .and_then(|statement| statement.speaker.value()?.party());
        if let Some(speaker) = speaker {
            let known = speakers.entry(speaker).or_default();
            if known.len() < MAX_REASONS_SHOWN && known.last() != Some(&held.statement) {
                known.push(held.statement);
            }
        }
    }
    let mut reply = RightOfReply {
        request_count: places.len(),
        requests: places
            .iter()
            .take(MAX_REQUESTS_SHOWN)
            .map(|place| request(index, *place))
            .collect(),
        ..RightOfReply::default()
    };
    if sides != [true, true] {
        return reply;
    }
    let asked: BTreeSet<PartyId> = places.iter().flat_map(|place| asked_parties(index, *place)).collect();
    let about = silence::about(index, question);
    let concerned: BTreeSet<PartyId> = about.iter().chain(speakers.keys()).copied().collect();
    let mut not_asked: Vec<NotAsked> = concerned
        .into_iter()
        .filter(|party| !asked.contains(party))
        .map(|party| NotAsked {
            who: index.names.party(party),
            spoken_of: about.contains(&party),
            opposed_in: {
                let statements = speakers.get(&party).into_iter().flatten();
                statements.map(|place| index.entries[*place].tag.clone()).collect()
            },
        })
        .collect();
    not_asked.sort_by_cached_key(|one| (one.opposed_in.first().cloned(), one.who.to_string()));
    reply.not_asked_count = not_asked.len();
    not_asked.truncate(MAX_NOT_ASKED_SHOWN);
    reply.not_asked = not_asked;
    reply
}
