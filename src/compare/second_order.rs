//! Who comments on, confirms, disowns, is surprised by, undermines or weakens whom.
//!
//! ```text
//! R04  S10 (Cleo) is surprised by S05 (Gazette)   asserted by Cleo in S10
//! ```
//!
//! A strip of what accounts say of accounts, each as its asserter's. Nothing follows from it
//! for what the accounts are about: a surprise is no denial, and a confirmation no second
//! source.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::record::{Position, RecordId, Reference, Relation, RelationKind, TargetIs};

use super::index::Index;
use super::link::{self, Thing};
use super::said::Said;
use super::{Ask, RecordTag, who};

/// One account of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Whose word it is.
    pub said: Said,
    /// Which link.
    pub kind: RelationKind,
    /// Where it begins.
    pub from: Thing,
    /// How the target is meant.
    pub target: TargetIs,
    /// What it points at, or may point at.
    pub among: Vec<Thing>,
    /// The statement in which it is asserted.
    pub asserted_in: Option<RecordTag>,
    /// Why, as far as that is shown.
    pub note: Option<String>,
    /// In a sentence, without whose word it is.
    pub words: String,
}

/// What accounts say of accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecondOrder {
    /// How many such links there are.
    pub count: usize,
    /// The links, by label, up to the limit.
    pub remarks: Vec<Remark>,
}

/// Whether a link is an account of an account.
pub fn is_second_order(kind: RelationKind) -> bool {
    matches!(
        kind,
        RelationKind::CommentsOn
            | RelationKind::Confirms
            | RelationKind::Disowns
            | RelationKind::SurprisedBy
            | RelationKind::UnderminesAuthority
            | RelationKind::WeakensAuthenticity
    )
}

/// What a link of this kind does not say, where it is easily read as more.
pub fn caution(kind: RelationKind) -> Option<&'static str> {
    match kind {
        RelationKind::SurprisedBy => Some("A surprise is no denial."),
        RelationKind::WeakensAuthenticity => Some("A doubt whether it is genuine says nothing of whether it is true."),
        RelationKind::UnderminesAuthority => {
            Some("That somebody may not speak for another does not show that they misreport.")
        }
        RelationKind::Confirms => Some("A confirmation counts as a source only where it is independent."),
        RelationKind::CommentsOn => Some("A comment takes no side unless it says so."),
        _ => None,
    }
}

/// The strip of a case, or of what touches one question.
pub fn second_order(index: &Index<'_>, ask: &Ask) -> SecondOrder {
    let concerned = ask.question.map(|question| -> BTreeSet<RecordId> {
        let statements = index.stances_on(&question).iter();
        let statements = statements.map(|held| index.entries[held.statement].tag.id);
        statements.chain([question]).collect()
    });
    let is = |reference: &Reference| match (reference, &concerned) {
        (_, None) => true,
        (Reference::Record(id), Some(concerned)) => concerned.contains(id),
        (Reference::Exhibit(_) | Reference::Party(_), Some(_)) => false,
    };
    let mut found = SecondOrder {
        count: 0,
        remarks: Vec::new(),
    };
    for (place, (_, relation)) in index.relations.iter().enumerate() {
        let touches = is(&relation.from) || relation.target.among.iter().any(is);
        if !is_second_order(relation.relation) || !touches {
            continue;
        }
        found.count += 1;
        if found.remarks.len() < ask.limits.links {
            found.remarks.push(remark(index, place, relation));
        }
    }
    found
}

fn remark(index: &Index<'_>, place: usize, relation: &Relation) -> Remark {
    let from = Thing::of(index, &relation.from);
    let among = among(index, relation);
    let names: Vec<String> = among.iter().map(Thing::to_string).collect();
    let target = match (relation.target.is, names.as_slice()) {
        (_, []) => "something; no candidate is named".to_owned(),
        (TargetIs::All, names) => who::and(names),
        (TargetIs::OneOf, [only]) => only.clone(),
        (TargetIs::OneOf, names) => format!("one of {}", who::and(names)),
        (TargetIs::Unresolved, names) => format!("something unresolved; candidates: {}", who::and(names)),
    };
    Remark {
        said: Said::of(index, place),
        kind: relation.relation,
        words: format!("{from} {} {target}", link::verb(relation.relation)),
        from,
        target: relation.target.is,
        among,
        asserted_in: relation.asserted_in.map(|id| index.tag(&id)),
        note: relation.note.as_ref().and_then(Position::value).cloned(),
    }
}

/// What a link points at, or may point at, each once and in order: ids are random, and
/// would put equal cases in different orders.
pub fn among(index: &Index<'_>, relation: &Relation) -> Vec<Thing> {
    targets(index, relation)
        .into_iter()
        .map(|target| Thing::of(index, &target))
        .collect()
}

/// As [`among`], as the link refers to them.
pub fn targets(index: &Index<'_>, relation: &Relation) -> Vec<Reference> {
    let mut targets = relation.target.among.clone();
    targets.sort_by_cached_key(|target| {
        let thing = Thing::of(index, target);
        (thing.record().cloned(), thing.to_string(), *target)
    });
    targets.dedup();
    targets
}
