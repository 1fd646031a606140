//! The way of one account, as a list of the people on it.
//!
//! ```text
//! S12 on P02, given by Ann according to Bob:   Bob · Ann · Gazette
//! ```
//!
//! Whoever is not identified, or not shown, is a node of its own: nobody knows whether it
//! is anybody else. Its description is no name.

use crate::record::{PartyId, PartyRef, Position, Statement};

use super::super::index::{Held, Index};
use super::super::who::Who;

/// Somebody on a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A party of the roster.
    Party(PartyId),
    /// Nobody identified, or nobody who is shown: by the statement and the place on its
    /// way.
    Nobody(usize, usize),
}

/// Somebody on a way, as the record refers to them.
#[derive(Debug, Clone, Copy)]
pub struct End<'a> {
    pub node: Node,
    /// Absent where it is not shown.
    pub who: Option<&'a PartyRef>,
}

impl End<'_> {
    pub fn party(&self) -> Option<PartyId> {
        match self.node {
            Node::Party(party) => Some(party),
            Node::Nobody(..) => None,
        }
    }
}

/// The way of an account, from where its words are said to begin to where they are held.
#[derive(Debug, Clone)]
pub struct Way<'a> {
    /// The place of the statement among the entries.
    pub statement: usize,
    /// In order; never empty. The last is the publisher: whoever the bytes came from.
    pub ends: Vec<End<'a>>,
    /// How many of them come before the statement's own speaker: nested sources.
    pub nested: usize,
    /// Whether the first of them is only alleged to have said it.
    pub alleged: bool,
    /// Whether a step is missing: somebody passed on what is not known to have reached them.
    pub broken: bool,
}

impl<'a> Way<'a> {
    /// The way of a statement's words.
    pub fn of_statement(place: usize, statement: &'a Statement) -> Way<'a> {
        let mut way = Way {
            statement: place,
            ends: vec![end(place, 0, &statement.speaker)],
            nested: 0,
            alleged: statement.alleged,
            broken: false,
        };
        for (hop, number) in statement.relay.iter().zip(1..) {
            let from = end(place, 2 * number - 1, &hop.from);
            let holder = way.ends.last().expect("a way begins with its speaker");
            if !may_be_one(holder.who, from.who) {
                way.broken = true;
                way.ends.push(from);
            }
            way.ends.push(end(place, 2 * number, &hop.to));
        }
        way
    }

    /// The way of a stance: where the statement gives it according to others, it begins
    /// with the innermost of them.
    pub fn of_stance(index: &Index<'a>, held: &Held<'a>) -> Option<Way<'a>> {
        let mut way = Way::of_statement(held.statement, index.statement(held.statement)?);
        let sources = held.stance.according_to.as_slice();
        let Some(origin) = sources.last() else { return Some(way) };
        if way.ends[0].who == Some(origin) {
            return Some(way);
        }
        /// Places that no hop has.
        const NESTED: usize = usize::MAX / 2;
        let known: Vec<Node> = way.ends.iter().map(|end| end.node).collect();
        let inner = sources.iter().enumerate().rev().filter_map(|(place, who)| {
            let node = match who {
                PartyRef::Party(party) => Node::Party(*party),
                PartyRef::Unidentified(_) => Node::Nobody(held.statement, NESTED + place),
            };
            let outer_layer = known.contains(&node);
            (!outer_layer).then_some(End { node, who: Some(who) })
        });
        let mut ends: Vec<End<'a>> = inner.collect();
        way.nested = ends.len();
        way.alleged &= ends.is_empty();
        ends.append(&mut way.ends);
        way.ends = ends;
        Some(way)
    }

    pub fn origin(&self) -> &End<'a> {
        self.ends.first().expect("a way is never empty")
    }

    pub fn publisher(&self) -> &End<'a> {
        self.ends.last().expect("a way is never empty")
    }

    /// Whoever first had the words from where they began; absent where nobody passed them on.
    pub fn first_relayer(&self) -> Option<&End<'a>> {
        self.ends.get(1)
    }

    /// Whether anybody on it is not identified or not shown, or a step is missing.
    pub fn is_open(&self) -> bool {
        self.broken || self.ends.iter().any(|end| end.party().is_none())
    }

    pub fn parties(&self) -> impl Iterator<Item = PartyId> + '_ {
        self.ends.iter().filter_map(End::party)
    }

    pub fn who(&self, index: &Index<'_>, end: &End<'_>) -> Who {
        match end.who {
            Some(who) => index.names.of(who),
            None => index.names.unseen(index.entries[self.statement].standing),
        }
    }
}

fn end(statement: usize, place: usize, who: &Position<PartyRef>) -> End<'_> {
    let who = who.value();
    let node = match who {
        Some(PartyRef::Party(party)) => Node::Party(*party),
        Some(PartyRef::Unidentified(_)) | None => Node::Nobody(statement, place),
    };
    End { node, who }
}

/// Whether the end of one hop and the beginning of the next may be left as one: they are
/// the same party, or nothing in them differs.
fn may_be_one(a: Option<&PartyRef>, b: Option<&PartyRef>) -> bool {
    match (a, b) {
        (Some(PartyRef::Unidentified(a)), Some(PartyRef::Unidentified(b))) => a == b || a.is_empty() || b.is_empty(),
        (Some(a), Some(b)) => a == b,
        (None, _) | (_, None) => true,
    }
}
