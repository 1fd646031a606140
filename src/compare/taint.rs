//! What leaned on something that was taken back.
//!
//! ```text
//! S02 is superseded by S09 (R12):  S05 quotes S02;  S07 comments on S05, which quotes S02
//! ```
//!
//! Where a source is withdrawn, every record that leaned on it is listed with the way by
//! which it did (spec/provenance.md, "What leaned on it"; ICD 206). That a record leaned on
//! such a source does not make it wrong: its own grounds have to be looked at again.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use crate::record::{Body, Reference, RelationKind, RosterEntry};

use super::index::Index;
use super::link::{self, Thing};
use super::network::ties::certain;
use super::second_order::is_second_order;
use super::{RecordTag, Standing};

/// The most sources that are written out.
pub const MAX_SOURCES_SHOWN: usize = 100;
/// The most records that are written out that leaned on one source.
pub const MAX_LEANING_SHOWN: usize = 200;
/// The most records that are gone through for one source.
pub const MAX_LEANING_SEARCHED: usize = 10_000;
/// The longest way that is written out, in records.
pub const MAX_WAY_SHOWN: usize = 20;

/// Why a source no longer stands as it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Cause {
    /// A check of its record failed.
    Failed,
    /// It was signed with a key that was revoked later.
    KeyRevoked,
    /// It was erased in part or whole.
    Erased,
    /// A relation supersedes, corrects or disowns it.
    Link {
        /// The relation.
        relation: RecordTag,
        /// Which link.
        kind: RelationKind,
        /// Where the link begins.
        from: Thing,
        /// Whether it is open that this source is meant.
        if_meant: bool,
    },
    /// A roster record revokes it.
    Revoked {
        /// The roster record.
        by: RecordTag,
    },
}

/// A record that leaned on a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Leaning {
    /// The record.
    pub record: RecordTag,
    /// The way from it to the source, in words: each leans on the next.
    pub way: Vec<String>,
    /// Whether the way is longer than what is written out.
    pub way_cut: bool,
}

/// A source that no longer stands as it did, and what leaned on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    /// The source.
    pub source: Thing,
    /// Why.
    pub causes: Vec<Cause>,
    /// How many records leaned on it, directly or not.
    pub leaning_count: usize,
    /// Those records, nearest first, up to a limit.
    pub leaning: Vec<Leaning>,
    /// Whether every record was gone through.
    pub complete: bool,
}

/// Everything that leaned on something that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Taint {
    /// How many sources no longer stand as they did.
    pub source_count: usize,
    /// Those on which something leaned, up to a limit.
    pub sources: Vec<Withdrawn>,
    /// How many of them nothing leaned on, as far as the sources were gone through.
    pub without_leaning: usize,
}

/// What leaned on what was taken back, in a case.
pub fn taint(index: &Index<'_>) -> Taint {
    let causes = causes(index);
    let mut found = Taint {
        source_count: causes.len(),
        sources: Vec::new(),
        without_leaning: 0,
    };
    if causes.is_empty() {
        return found;
    }
    let leaning = leaning(index);
    for (source, causes) in causes {
        if found.sources.len() == MAX_SOURCES_SHOWN {
            break;
        }
        let withdrawn = withdrawn(index, &leaning, source, causes);
        if withdrawn.leaning_count == 0 {
            found.without_leaning += 1;
        } else {
            found.sources.push(withdrawn);
        }
    }
    found
}

fn takes_back(kind: RelationKind) -> bool {
    matches!(
        kind,
        RelationKind::Supersedes | RelationKind::Corrects | RelationKind::Disowns
    )
}

/// The records that no longer stand as they did, in order, with why.
fn causes(index: &Index<'_>) -> BTreeMap<usize, Vec<Cause>> {
    let mut causes: BTreeMap<usize, Vec<Cause>> = BTreeMap::new();
    for (place, entry) in index.entries.iter().enumerate() {
        let cause = match entry.standing {
            Standing::Failed => Cause::Failed,
            Standing::Revoked => Cause::KeyRevoked,
            Standing::Erased => Cause::Erased,
            Standing::NotVerified | Standing::Indeterminate | Standing::Withheld | Standing::Verified => continue,
        };
        causes.entry(place).or_default().push(cause);
    }
    for entry in index.entries.iter().filter(|entry| entry.takes_part()) {
        if let Body::Roster(RosterEntry::Revocation { of, .. }) = &entry.record.body
            && let Some(place) = index.place(of)
        {
            let by = entry.tag.clone();
            causes.entry(place).or_default().push(Cause::Revoked { by });
        }
    }
    for (entry, relation) in &index.relations {
        if !takes_back(relation.relation) {
            continue;
        }
        let certain = certain(relation);
        for target in &relation.target.among {
            let Some(place) = index.reference(target) else { continue };
            let cause = Cause::Link {
                relation: index.entries[*entry].tag.clone(),
                kind: relation.relation,
                from: Thing::of(index, &relation.from),
                if_meant: !certain.contains(target),
            };
            let known = causes.entry(place).or_default();
            if !known.contains(&cause) {
                known.push(cause);
            }
        }
    }
    causes
}

/// One who leans on a record: the place of the record, and how.
struct Lean {
    by: usize,
    verb: &'static str,
}

/// What leans on each record, directly.
fn leaning(index: &Index<'_>) -> BTreeMap<usize, Vec<Lean>> {
    let mut leaning: BTreeMap<usize, Vec<Lean>> = BTreeMap::new();
    let mut lean = |on: usize, by: usize, verb| {
        if on != by {
            leaning.entry(on).or_default().push(Lean { by, verb });
        }
    };
    for (entry, relation) in &index.relations {
        let kind = relation.relation;
        let from = index.reference(&relation.from);
        for target in certain(relation) {
            if let (true, Some(from), Some(to)) = (carries_weight(kind), from, index.reference(target)) {
                lean(to, from, link::verb(kind));
            }
        }
        if let Some(from) = from.filter(|_| is_second_order(kind) || kind == RelationKind::Dates) {
            lean(from, *entry, "is what is asserted by");
        }
        let asserted_in = relation.asserted_in.and_then(|id| index.place(&id));
        if let Some(place) = asserted_in.filter(|place| Some(*place) != from) {
            lean(place, *entry, "is asserted in");
        }
    }
    for (place, entry) in index.entries.iter().enumerate() {
        match &entry.record.body {
            Body::Statement(statement) => {
                for hop in &statement.relay {
                    let authority = hop.authority.as_ref().and_then(|authority| authority.value()?.record);
                    if let Some(record) = authority.and_then(|id| index.place(&id)) {
                        lean(record, place, "was passed on by the authority of");
                    }
                }
            }
            Body::Assessment(assessment) => {
                for about in &assessment.about {
                    if let Reference::Record(id) = about
                        && let Some(record) = index.place(id)
                    {
                        lean(record, place, "judges");
                    }
                }
            }
            _ => {}
        }
    }
    leaning
}

/// Links by which what a statement says leans on what the target says.
fn carries_weight(kind: RelationKind) -> bool {
    matches!(
        kind,
        RelationKind::Carries
            | RelationKind::Quotes
            | RelationKind::Translates
            | RelationKind::SameUtterance
            | RelationKind::CommentsOn
            | RelationKind::Confirms
            | RelationKind::ReliesOn
    )
}

fn withdrawn(index: &Index<'_>, leaning: &BTreeMap<usize, Vec<Lean>>, source: usize, causes: Vec<Cause>) -> Withdrawn {
    // The link by which a source is taken back does not itself lean on it.
    let taken_back_by = |place: usize| {
        let tag = &index.entries[place].tag;
        causes
            .iter()
            .any(|cause| matches!(cause, Cause::Link { relation, .. } if relation == tag))
    };
    let mut reached: BTreeMap<usize, (usize, &'static str)> = BTreeMap::new();
    let mut order = Vec::new();
    let mut queue = VecDeque::from([source]);
    let mut seen = BTreeSet::from([source]);
    let mut complete = true;
    while let Some(on) = queue.pop_front() {
        for lean in leaning.get(&on).into_iter().flatten() {
            if seen.contains(&lean.by) || taken_back_by(lean.by) {
                continue;
            }
            if order.len() == MAX_LEANING_SEARCHED {
                complete = false;
                break;
            }
            seen.insert(lean.by);
            reached.insert(lean.by, (on, lean.verb));
            order.push(lean.by);
            queue.push_back(lean.by);
        }
    }
    let shown = order.iter().take(MAX_LEANING_SHOWN).map(|place| {
        let mut way = Vec::new();
        let mut at = *place;
        while let Some((on, verb)) = reached.get(&at).filter(|_| way.len() < MAX_WAY_SHOWN) {
            way.push(format!("{} {verb} {}", index.entries[at].tag, index.entries[*on].tag));
            at = *on;
        }
        Leaning {
            record: index.entries[*place].tag.clone(),
            way,
            way_cut: at != source,
        }
    });
    Withdrawn {
        source: Thing::of(index, &Reference::Record(index.entries[source].tag.id)),
        leaning_count: order.len(),
        leaning: shown.collect(),
        causes,
        complete,
    }
}
