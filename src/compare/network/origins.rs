//! How many origins a position has: counted, not the mentions of it.
//!
//! ```text
//! 4 statements, 2 to 3 origins:  Ann (S01, S02); Bob (S05); somebody unidentified (S09)
//! ```
//!
//! An origin is whoever an account begins with: the innermost source that a stance names,
//! otherwise the speaker. The count is a range (spec/provenance.md, "Origins"), because who
//! is not identified may be somebody who is counted already, or nobody else.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::{PartyId, RelationKind};

use super::super::RecordTag;
use super::super::index::{Held, Index};
use super::super::who::Who;
use super::path::{Node, Way};
use super::ties::Ties;
use super::ways::circles;

/// The most origins of one position that are written out.
pub const MAX_ORIGINS_SHOWN: usize = 50;
/// The most statements that are written out of one origin.
pub const MAX_STATEMENTS_SHOWN: usize = 50;

/// From how few to how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Range {
    /// At the least.
    pub least: usize,
    /// At the most.
    pub most: usize,
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.least == self.most {
            true => write!(f, "{}", self.most),
            false => write!(f, "{} to {}", self.least, self.most),
        }
    }
}

/// What sort of beginning an origin is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OriginKind {
    /// A party.
    Party,
    /// A party that is only alleged to have said it.
    Alleged,
    /// Nobody who is identified, or who is shown.
    Unidentified,
    /// None: the accounts only cite each other.
    Circle,
}

/// One origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// What sort of beginning it is.
    pub kind: OriginKind,
    /// Who; absent where the accounts only cite each other.
    pub who: Option<Who>,
    /// The statements that begin with it, by label, up to a limit.
    pub statements: Vec<RecordTag>,
    /// How many there are.
    pub statement_count: usize,
}

/// The origins of a position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origins {
    /// How many statements take the position.
    pub statements: usize,
    /// How many origins they have.
    pub origins: Range,
    /// The origins as they are told apart at the most, up to a limit.
    pub shown: Vec<Origin>,
    /// How many more there are.
    pub left_out: usize,
    /// Statements that only report another that is counted: outer layers.
    pub outer_layers: Vec<RecordTag>,
    /// How many people first had the words from where they began.
    pub first_relayers: Range,
    /// Those of them that are identified, up to a limit.
    pub first_relayers_shown: Vec<Who>,
    /// How many statements nobody passed on.
    pub without_relay: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Party(PartyId),
    Alleged(PartyId, usize),
    Nobody(usize, usize),
    Circle(usize),
}

/// The origins of the stances that take one position, which stand in the order of their
/// statements.
pub fn of_position<'a>(index: &Index<'a>, ties: &Ties, stances: &[&Held<'a>]) -> Origins {
    let mut gathered = Gathered::default();
    for way in stances.iter().filter_map(|held| Way::of_stance(index, held)) {
        gathered.take(index, &way);
    }
    gathered.finish(index, ties, true)
}

/// The origins of ways that take no common position, in the order of their statements. One
/// that carries another says something of its own, and counts.
pub fn origins(index: &Index<'_>, ties: &Ties, ways: &[Way<'_>]) -> Origins {
    let mut gathered = Gathered::default();
    for way in ways {
        gathered.take(index, way);
    }
    gathered.finish(index, ties, false)
}

#[derive(Default)]
struct Gathered {
    /// The places of the statements, and each statement's number among them.
    places: Vec<usize>,
    numbers: BTreeMap<usize, usize>,
    /// With what each statement begins: more than one where its stances name several sources.
    keys: Vec<BTreeSet<Key>>,
    names: BTreeMap<Key, Who>,
    relayers: BTreeSet<PartyId>,
    relayers_unknown: BTreeSet<Node>,
    without_relay: BTreeSet<usize>,
}

impl Gathered {
    fn take(&mut self, index: &Index<'_>, way: &Way<'_>) {
        let key = match way.origin().node {
            Node::Party(party) if way.alleged => Key::Alleged(party, way.statement),
            Node::Party(party) => Key::Party(party),
            Node::Nobody(statement, place) => Key::Nobody(statement, place),
        };
        let number = *self.numbers.entry(way.statement).or_insert(self.places.len());
        if number == self.places.len() {
            self.places.push(way.statement);
            self.keys.push(BTreeSet::new());
        }
        self.keys[number].insert(key);
        self.names.entry(key).or_insert_with(|| way.who(index, way.origin()));
        match way.first_relayer().map(|end| end.node) {
            Some(Node::Party(party)) => self.relayers.insert(party),
            Some(nobody) => self.relayers_unknown.insert(nobody),
            None => self.without_relay.insert(way.statement),
        };
    }

    fn finish(self, index: &Index<'_>, ties: &Ties, one_position: bool) -> Origins {
        let reported = |kind| one_position && kind == RelationKind::Carries;
        let fates = self.fates(index, ties, reported);
        let groups = self.groups(&fates);
        let may_rest = |kind| one_position && matches!(kind, RelationKind::Carries | RelationKind::Quotes);
        let fewest = self.groups(&self.fates(index, ties, may_rest));
        let parties = fewest.keys().filter_map(|key| match key {
            Key::Party(party) => Some(*party),
            _ => None,
        });
        let one = ties.said_to_be_one(index);
        let certain = parties.map(|party| one.first(party)).collect::<BTreeSet<_>>().len();
        let tag = |number: &usize| index.entries[self.places[*number]].tag.clone();
        let origin = |(key, numbers): (&Key, &BTreeSet<usize>)| Origin {
            kind: match key {
                Key::Party(_) => OriginKind::Party,
                Key::Alleged(..) => OriginKind::Alleged,
                Key::Nobody(..) => OriginKind::Unidentified,
                Key::Circle(_) => OriginKind::Circle,
            },
            who: self.names.get(key).cloned(),
            statements: numbers.iter().take(MAX_STATEMENTS_SHOWN).map(tag).collect(),
            statement_count: numbers.len(),
        };
        let mut shown: Vec<Origin> = groups.iter().map(origin).collect();
        shown.sort_by(|a, b| (a.kind, &a.statements).cmp(&(b.kind, &b.statements)));
        let left_out = shown.len().saturating_sub(MAX_ORIGINS_SHOWN);
        shown.truncate(MAX_ORIGINS_SHOWN);
        let outer = fates.iter().enumerate().filter(|(_, fate)| **fate == Fate::Outer);
        let named = self.relayers.len();
        Origins {
            statements: self.places.len(),
            origins: Range {
                least: certain.max(usize::from(!groups.is_empty())),
                most: groups.len(),
            },
            shown,
            left_out,
            outer_layers: outer
                .take(MAX_STATEMENTS_SHOWN)
                .map(|(number, _)| tag(&number))
                .collect(),
            first_relayers: Range {
                least: named.max(usize::from(!self.relayers_unknown.is_empty())),
                most: named + self.relayers_unknown.len(),
            },
            first_relayers_shown: {
                let relayers = self.relayers.iter().map(|party| index.names.party(*party));
                let mut relayers: Vec<Who> = relayers.collect();
                relayers.sort_by_cached_key(Who::to_string);
                relayers.truncate(MAX_ORIGINS_SHOWN);
                relayers
            },
            without_relay: self.without_relay.len(),
        }
    }

    /// What becomes of each statement where those that rest on another by such a link are
    /// no origins of their own. Two records of one utterance are one.
    fn fates(&self, index: &Index<'_>, ties: &Ties, rests: impl Fn(RelationKind) -> bool) -> Vec<Fate> {
        let mut steps = BTreeSet::new();
        for (number, place) in self.places.iter().enumerate() {
            for (target, relation) in ties.rests_on(*place) {
                let Some(target) = self.numbers.get(target) else {
                    continue;
                };
                match index.relations[*relation].1.relation {
                    kind if rests(kind) => {
                        steps.insert((number, *target));
                    }
                    RelationKind::SameUtterance | RelationKind::Translates if number != *target => {
                        // The one of which less is known is counted with the other.
                        let known = |number: usize| (self.keys[number].first(), number);
                        let less = known(number).max(known(*target)).1;
                        steps.insert((less, number + target - less));
                    }
                    _ => {}
                }
            }
        }
        let mut fates = vec![Fate::Kept; self.places.len()];
        if steps.is_empty() {
            return fates;
        }
        for (from, to) in &steps {
            if from != to {
                fates[*from] = Fate::Outer;
            }
        }
        for (name, circle) in circles(self.places.len(), &steps).into_iter().enumerate() {
            let inside: BTreeSet<usize> = circle.iter().copied().collect();
            let leaves = |from: &usize| {
                steps
                    .range((*from, 0)..=(*from, usize::MAX))
                    .any(|(_, to)| !inside.contains(to))
            };
            if !circle.iter().any(leaves) {
                circle.iter().for_each(|number| fates[*number] = Fate::Circle(name));
            }
        }
        fates
    }

    fn groups(&self, fates: &[Fate]) -> BTreeMap<Key, BTreeSet<usize>> {
        let mut groups: BTreeMap<Key, BTreeSet<usize>> = BTreeMap::new();
        for (number, keys) in self.keys.iter().enumerate() {
            let keys: Vec<Key> = match fates[number] {
                Fate::Outer => Vec::new(),
                Fate::Circle(name) => vec![Key::Circle(name)],
                Fate::Kept => keys.iter().copied().collect(),
            };
            for key in keys {
                groups.entry(key).or_default().insert(number);
            }
        }
        groups
    }
}

/// How a statement counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// With whoever it begins with.
    Kept,
    /// Not: it reports another that counts.
    Outer,
    /// With the others of a circle that nothing leads out of.
    Circle(usize),
}
