//! Cuts, disjoint ways and circles of a directed graph.
//!
//! ```text
//! source → Ann → Bob ─┐
//! source → Cleo ──────┴→ Gazette → held      one way only: Gazette is on each
//! ```
//!
//! The definitions are those of spec/provenance.md, "The network". This module knows no
//! statement and no party: its nodes are numbers. Every walk is iterative, so that a
//! graph of any depth is walked in the memory of its nodes.

use std::collections::{BTreeSet, VecDeque};

use petgraph::algo::dominators::simple_fast;
use petgraph::algo::{dinics, kosaraju_scc};
use petgraph::graph::{DiGraph, NodeIndex};

/// The node that every way begins with.
const SOURCE: usize = 0;
/// The node that every way ends with.
const SINK: usize = 1;
/// How many nodes come before the caller's.
const ENDS: usize = 2;

/// Ways from where words begin to where they are held. The caller's nodes are numbered
/// from 0.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    nodes: usize,
    /// Ordered and each once: two records of one step are one step.
    steps: BTreeSet<(usize, usize)>,
}

impl Ways {
    /// Adds one way. One without nodes is none.
    pub fn add(&mut self, way: &[usize]) {
        let (Some(first), Some(last)) = (way.first(), way.last()) else {
            return;
        };
        self.step(SOURCE, first + ENDS);
        for pair in way.windows(2) {
            self.step(pair[0] + ENDS, pair[1] + ENDS);
        }
        self.step(last + ENDS, SINK);
    }

    /// Adds one step between two nodes. A step from a node to itself leads nowhere.
    fn step(&mut self, from: usize, to: usize) {
        self.nodes = self.nodes.max(from.max(to) + 1);
        if from != to {
            self.steps.insert((from, to));
        }
    }

    /// The most ways that have no node in common (Menger 1927): a maximum flow in which each
    /// node carries one unit.
    pub fn disjoint(&self) -> usize {
        // Each node is split in two, with one step of capacity one between its halves.
        let mut graph: DiGraph<(), u32> = DiGraph::with_capacity(2 * self.nodes, self.nodes + self.steps.len());
        for _ in 0..2 * self.nodes.max(ENDS) {
            graph.add_node(());
        }
        let (into, out_of) = (
            |node: usize| NodeIndex::new(2 * node),
            |node: usize| NodeIndex::new(2 * node + 1),
        );
        for node in ENDS..self.nodes {
            graph.add_edge(into(node), out_of(node), 1);
        }
        for (from, to) in &self.steps {
            graph.add_edge(out_of(*from), into(*to), 1);
        }
        let (flow, _) = dinics(&graph, out_of(SOURCE), into(SINK));
        usize::try_from(flow).expect("no more ways than nodes")
    }

    /// The nodes that are on every way: the dominators of where the words are held.
    pub fn cuts(&self) -> Vec<usize> {
        let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(self.nodes, self.steps.len());
        for _ in 0..self.nodes.max(ENDS) {
            graph.add_node(());
        }
        for (from, to) in &self.steps {
            graph.add_edge(NodeIndex::new(*from), NodeIndex::new(*to), ());
        }
        let dominators = simple_fast(&graph, NodeIndex::new(SOURCE));
        let on_every_way = dominators.strict_dominators(NodeIndex::new(SINK));
        let mut cuts: Vec<usize> = on_every_way
            .into_iter()
            .flatten()
            .filter(|node| node.index() >= ENDS)
            .map(|node| node.index() - ENDS)
            .collect();
        cuts.sort_unstable();
        cuts
    }
}

/// The circles of a graph: its strong components of more than one node, and nodes with a
/// step to themselves. Each in the order of its nodes, by the first of them.
pub fn circles(nodes: usize, steps: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(nodes, steps.len());
    for _ in 0..nodes {
        graph.add_node(());
    }
    for (from, to) in steps {
        graph.add_edge(NodeIndex::new(*from), NodeIndex::new(*to), ());
    }
    let mut circles: Vec<Vec<usize>> = kosaraju_scc(&graph)
        .into_iter()
        .map(|component| component.into_iter().map(NodeIndex::index).collect::<Vec<_>>())
        .filter(|component| component.len() > 1 || steps.contains(&(component[0], component[0])))
        .collect();
    circles.iter_mut().for_each(|circle| circle.sort_unstable());
    circles.sort();
    circles
}

/// The shortest circle through the first of some nodes that lies within them: its nodes in
/// order, the first not repeated. Empty where there is none.
pub fn shortest_circle(within: &[usize], steps: &BTreeSet<(usize, usize)>) -> Vec<usize> {
    let Some(start) = within.first().copied() else {
        return Vec::new();
    };
    let inside: BTreeSet<usize> = within.iter().copied().collect();
    let after = |node: usize| steps.range((node, 0)..=(node, usize::MAX)).map(|(_, to)| *to);
    let mut reached_from = std::collections::BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for next in after(node).filter(|next| inside.contains(next)) {
            if next == start {
                let mut circle = vec![node];
                while let Some(before) = reached_from.get(circle.last().expect("it has a node")) {
                    circle.push(*before);
                }
                circle.reverse();
                return circle;
            }
            if let std::collections::btree_map::Entry::Vacant(entry) = reached_from.entry(next) {
                entry.insert(node);
                queue.push_back(next);
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests;
