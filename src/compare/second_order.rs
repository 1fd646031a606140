//! Who comments on, confirms, disowns, is surprised by, undermines or weakens whom.
//!
//! ```text
//! R04  S10 (Cleo) is surprised by S05 (Gazette)   asserted by Cleo in S10
//! ```
//!
//! A strip of what accounts say of accounts, each as its asserter's. Nothing follows from it
//! for what the accounts are about: a surprise is no denial, and a confirmation no second
//! source.

use serde::Serialize;

use crate::record::RelationKind;

use super::Ask;
use super::index::Index;
use super::link::{self, Link};

/// What accounts say of accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecondOrder {
    /// How many such links there are.
    pub count: usize,
    /// The links, by label, up to the limit; without readings.
    pub links: Vec<Link>,
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
    let touches = link::touching(index, ask);
    let mut found = SecondOrder {
        count: 0,
        links: Vec::new(),
    };
    for (place, relation) in &index.relations {
        if !is_second_order(relation.relation) || !touches(relation) {
            continue;
        }
        found.count += 1;
        if found.links.len() < ask.limits.links {
            found.links.push(link::bare(index, *place, relation));
        }
    }
    found
}
