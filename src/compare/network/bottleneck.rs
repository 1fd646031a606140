//! Through whom accounts pass: bottlenecks, and how many ways have nobody in common.
//!
//! ```text
//! all 5 accounts pass through Gazette; 1 way that has nobody in common with another
//! ```
//!
//! Definitions: spec/provenance.md, "The network". Whoever is not identified is a node of
//! its own, so that the number of disjoint ways is a range.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::PartyId;

use super::super::index::Index;
use super::super::who::Who;
use super::origins::Range;
use super::path::{Node, Way};
use super::ties::Ties;
use super::ways::Ways;

/// The most accounts of which a network is made. Past it only those are counted who are on
/// the way of each.
pub const MAX_NETWORK_ACCOUNTS: usize = 5000;
/// The most bottlenecks that are written out.
pub const MAX_BOTTLENECKS_SHOWN: usize = 20;

/// Somebody through whom accounts pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bottleneck {
    /// Who.
    pub who: Who,
    /// How many accounts pass through them: all of those that were looked at.
    pub accounts: usize,
    /// Whether no way of the network leads past them, even one that joins steps of several
    /// accounts. Absent where there are too many accounts to make a network of.
    pub cut: Option<bool>,
}

/// The network of some accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Network {
    /// How many accounts it is made of.
    pub accounts: usize,
    /// How many of them have somebody unidentified or not shown on their way, or a step
    /// that is not recorded.
    pub open: usize,
    /// How many ways have nobody in common; absent where there are too many accounts.
    pub disjoint_ways: Option<Range>,
    /// Those through whom all accounts pass, in the order of the first account's way.
    pub bottlenecks: Vec<Bottleneck>,
    /// How many more there are.
    pub bottlenecks_left_out: usize,
}

/// The network of some ways, each of another account.
pub fn network(index: &Index<'_>, ties: &Ties, ways: &[Way<'_>]) -> Network {
    let open = ways.iter().filter(|way| way.is_open()).count();
    let small = ways.len() <= MAX_NETWORK_ACCOUNTS;
    let mut numbers = Numbers::default();
    let mut whole = Ways::default();
    if small {
        ways.iter().for_each(|way| whole.add(&numbers.of(way)));
    }
    let cuts: Vec<Node> = if small {
        numbers.nodes(&whole.cuts())
    } else {
        Vec::new()
    };
    let mut on_all: Vec<PartyId> = Vec::new();
    if let [first, others @ ..] = ways {
        for party in first.parties() {
            if !on_all.contains(&party) && others.iter().all(|way| way.parties().any(|other| other == party)) {
                on_all.push(party);
            }
        }
    }
    let bottlenecks_left_out = on_all.len().saturating_sub(MAX_BOTTLENECKS_SHOWN);
    on_all.truncate(MAX_BOTTLENECKS_SHOWN);
    Network {
        accounts: ways.len(),
        open,
        disjoint_ways: small.then(|| Range {
            least: fewest(index, ties, ways).max(usize::from(!ways.is_empty())),
            most: whole.disjoint(),
        }),
        bottlenecks: on_all
            .into_iter()
            .map(|party| Bottleneck {
                who: index.names.party(party),
                accounts: ways.len(),
                cut: small.then(|| cuts.contains(&Node::Party(party))),
            })
            .collect(),
        bottlenecks_left_out,
    }
}

/// How many ways are disjoint at the least: of those on which everybody is identified,
/// with people who are said to be one as one. Whatever the others turn out to be, they can
/// only add to these.
fn fewest(index: &Index<'_>, ties: &Ties, ways: &[Way<'_>]) -> usize {
    let one = ties.said_to_be_one(index);
    let mut numbers = Numbers::default();
    let mut certain = Ways::default();
    for way in ways.iter().filter(|way| !way.is_open() && !way.alleged) {
        let nodes: Vec<Node> = way.parties().map(|party| Node::Party(one.first(party))).collect();
        certain.add(&numbers.number(&nodes));
    }
    certain.disjoint()
}

/// The nodes of a network by number.
#[derive(Default)]
struct Numbers {
    numbers: BTreeMap<Node, usize>,
    nodes: Vec<Node>,
}

impl Numbers {
    fn of(&mut self, way: &Way<'_>) -> Vec<usize> {
        let nodes: Vec<Node> = way.ends.iter().map(|end| end.node).collect();
        self.number(&nodes)
    }

    fn number(&mut self, nodes: &[Node]) -> Vec<usize> {
        let mut number = |node: &Node| {
            let next = self.nodes.len();
            let number = *self.numbers.entry(*node).or_insert(next);
            if number == next {
                self.nodes.push(*node);
            }
            number
        };
        nodes.iter().map(&mut number).collect()
    }

    fn nodes(&self, numbers: &[usize]) -> Vec<Node> {
        numbers.iter().map(|number| self.nodes[*number]).collect()
    }
}
