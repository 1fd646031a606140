//! Dung's grounded semantics, and the parity of circles (Dung 1995, section 2).
//!
//! What nothing attacks stands; what something that stands attacks, falls; and so on until
//! nothing changes. What is left is unresolved. Linear in the attacks.

use std::collections::{BTreeSet, VecDeque};

use serde::Serialize;

/// How something stands in an attack graph. It says nothing of truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// No attack on it stands.
    Stands,
    /// An attack on it stands.
    Falls,
    /// The record does not decide whether an attack on it stands.
    Unresolved,
}

impl Standing {
    /// In a few words.
    pub fn words(self) -> &'static str {
        match self {
            Standing::Stands => "no attack on it stands",
            Standing::Falls => "an attack on it stands",
            Standing::Unresolved => "unresolved by the record",
        }
    }
}

/// The grounded labelling of a graph of attacks.
pub fn grounded(nodes: usize, attacks: &BTreeSet<(usize, usize)>) -> Vec<Standing> {
    let mut attackers = vec![0usize; nodes];
    for (_, to) in attacks {
        attackers[*to] += 1;
    }
    let mut standings = vec![Standing::Unresolved; nodes];
    let mut queue: VecDeque<usize> = (0..nodes).filter(|node| attackers[*node] == 0).collect();
    queue.iter().for_each(|node| standings[*node] = Standing::Stands);
    let after = |node: usize| attacks.range((node, 0)..=(node, usize::MAX)).map(|(_, to)| *to);
    while let Some(node) = queue.pop_front() {
        for attacked in after(node) {
            if standings[attacked] != Standing::Unresolved {
                continue;
            }
            standings[attacked] = Standing::Falls;
            // Each attack of what has fallen no longer counts.
            for defended in after(attacked) {
                attackers[defended] -= 1;
                if attackers[defended] == 0 && standings[defended] == Standing::Unresolved {
                    standings[defended] = Standing::Stands;
                    queue.push_back(defended);
                }
            }
        }
    }
    standings
}

/// Whether some way round within a strong component has an odd number of attacks: then its
/// nodes cannot be parted in two so that each attack runs from one part to the other.
pub fn has_odd_way_round(component: &[usize], attacks: &BTreeSet<(usize, usize)>) -> bool {
    let Some(start) = component.first() else { return false };
    let inside: BTreeSet<usize> = component.iter().copied().collect();
    let mut even = std::collections::BTreeMap::from([(*start, true)]);
    let mut queue = VecDeque::from([*start]);
    while let Some(node) = queue.pop_front() {
        let next_even = !even[&node];
        let after = attacks.range((node, 0)..=(node, usize::MAX)).map(|(_, to)| *to);
        for next in after.filter(|next| inside.contains(next)) {
            match even.get(&next) {
                None => {
                    even.insert(next, next_even);
                    queue.push_back(next);
                }
                Some(known) if *known != next_even => return true,
                Some(_) => {}
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn attacks(list: &[(usize, usize)]) -> BTreeSet<(usize, usize)> {
        list.iter().copied().collect()
    }

    #[test]
    fn what_is_not_attacked_defends_what_its_victim_attacks() {
        let standings = grounded(3, &attacks(&[(0, 1), (1, 2)]));
        assert_eq!(standings, [Standing::Stands, Standing::Falls, Standing::Stands]);
    }

    #[test]
    fn an_even_circle_and_an_odd_one_are_both_unresolved() {
        assert_eq!(grounded(2, &attacks(&[(0, 1), (1, 0)])), [Standing::Unresolved; 2]);
        assert_eq!(grounded(1, &attacks(&[(0, 0)])), [Standing::Unresolved]);
        assert!(!has_odd_way_round(&[0, 1], &attacks(&[(0, 1), (1, 0)])));
        assert!(has_odd_way_round(&[0], &attacks(&[(0, 0)])));
        let three = attacks(&[(0, 1), (1, 2), (2, 0)]);
        assert!(has_odd_way_round(&[0, 1, 2], &three));
    }

    #[test]
    fn what_stands_outside_breaks_a_circle() {
        let standings = grounded(3, &attacks(&[(0, 1), (1, 0), (2, 1)]));
        assert_eq!(standings, [Standing::Stands, Standing::Falls, Standing::Stands]);
    }

    #[test]
    fn a_long_chain_is_walked_without_a_deep_stack() {
        const NODES: usize = 100_000;
        let chain: BTreeSet<_> = (1..NODES).map(|node| (node - 1, node)).collect();
        let standings = grounded(NODES, &chain);
        assert_eq!(standings[NODES - 1], Standing::Falls);
        assert_eq!(standings[NODES - 2], Standing::Stands);
    }

    /// The least set of nodes that holds everything it defends, by its definition.
    fn by_definition(nodes: usize, attacks: &BTreeSet<(usize, usize)>) -> Vec<Standing> {
        let attacked_by =
            |set: u32, node: usize| attacks.iter().any(|(from, to)| *to == node && set & (1 << from) != 0);
        let mut set = 0u32;
        loop {
            let defended = |node: usize| {
                let mut attackers = attacks.iter().filter(|(_, to)| *to == node);
                attackers.all(|(from, _)| attacked_by(set, *from))
            };
            let next: u32 = (0..nodes).filter(|node| defended(*node)).map(|node| 1 << node).sum();
            if next == set {
                break;
            }
            set = next;
        }
        (0..nodes)
            .map(|node| match (set & (1 << node) != 0, attacked_by(set, node)) {
                (true, _) => Standing::Stands,
                (false, true) => Standing::Falls,
                (false, false) => Standing::Unresolved,
            })
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_labels_are_those_of_the_definition(
            attacks in prop::collection::btree_set((0usize..9, 0usize..9), 0..=16)
        ) {
            prop_assert_eq!(grounded(9, &attacks), by_definition(9, &attacks));
        }
    }
}
