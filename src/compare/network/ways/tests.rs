#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn steps(list: &[(usize, usize)]) -> BTreeSet<(usize, usize)> {
    list.iter().copied().collect()
}

fn ways(list: &[&[usize]]) -> Ways {
    let mut ways = Ways::default();
    list.iter().for_each(|way| ways.add(way));
    ways
}

/// Any graph, its ends included: the caller of [`Ways::add`] makes only some.
fn any_graph(nodes: usize, steps: &BTreeSet<(usize, usize)>) -> Ways {
    let mut ways = Ways {
        nodes: nodes.max(ENDS),
        steps: BTreeSet::new(),
    };
    steps.iter().for_each(|(from, to)| ways.step(*from, *to));
    ways
}

#[test]
fn all_pass_through_the_publisher() {
    let ways = ways(&[&[0, 1, 4], &[2, 4], &[3, 5, 4]]);
    assert_eq!(ways.disjoint(), 1);
    assert_eq!(ways.cuts(), [4]);
}

#[test]
fn two_publishers_are_two_ways_unless_the_speaker_is_one() {
    assert_eq!(ways(&[&[0, 1], &[2, 3]]).disjoint(), 2);
    assert_eq!(ways(&[&[0, 1], &[0, 3]]).disjoint(), 1);
    assert_eq!(ways(&[&[0, 1], &[0, 3]]).cuts(), [0]);
}

#[test]
fn one_who_is_met_twice_is_one() {
    let ways = ways(&[&[0, 1, 0, 2]]);
    assert_eq!(ways.disjoint(), 1);
    assert_eq!(ways.cuts(), [0, 2]);
}

#[test]
fn nothing_has_no_way_and_no_cut() {
    let ways = ways(&[&[]]);
    assert_eq!((ways.disjoint(), ways.cuts()), (0, vec![]));
    assert_eq!(circles(0, &BTreeSet::new()), Vec::<Vec<usize>>::new());
    assert_eq!(shortest_circle(&[], &BTreeSet::new()), Vec::<usize>::new());
}

#[test]
fn circles_are_found_with_those_of_one_node() {
    let steps = steps(&[(0, 1), (1, 0), (1, 2), (3, 3), (4, 5)]);
    assert_eq!(circles(6, &steps), [vec![0, 1], vec![3]]);
    assert_eq!(shortest_circle(&[0, 1], &steps), [0, 1]);
    assert_eq!(shortest_circle(&[3], &steps), [3]);
    assert_eq!(shortest_circle(&[4, 5], &steps), Vec::<usize>::new());
}

#[test]
fn a_deep_graph_is_walked_without_a_deep_stack() {
    const NODES: usize = 100_000;
    let path: Vec<usize> = (0..NODES).collect();
    let one = ways(&[&path]);
    assert_eq!(one.cuts().len(), NODES);
    assert_eq!(one.disjoint(), 1);
    let ring: BTreeSet<_> = (0..NODES).map(|node| (node, (node + 1) % NODES)).collect();
    assert_eq!(circles(NODES, &ring)[0].len(), NODES);
    assert_eq!(shortest_circle(&path, &ring).len(), NODES);
}

/// Whether the sink is reached where some nodes are taken out.
fn reached(ways: &Ways, without: u32) -> bool {
    let mut seen = 1u32 << SOURCE;
    loop {
        let mut more = seen;
        for (from, to) in &ways.steps {
            if seen & (1 << from) != 0 && without & (1 << to) == 0 {
                more |= 1 << to;
            }
        }
        if more == seen {
            return seen & (1 << SINK) != 0;
        }
        seen = more;
    }
}

/// The most disjoint ways, found by trying every set of whole ways in turn.
fn most_disjoint(ways: &Ways, taken: u32, from_direct: bool) -> usize {
    fn extend(ways: &Ways, at: usize, way: u32, taken: u32, best: &mut usize) {
        for (_, to) in ways.steps.range((at, 0)..=(at, usize::MAX)) {
            if *to == SINK {
                // Straight from source to sink is counted by the caller, once.
                if at != SOURCE {
                    *best = (*best).max(1 + most_disjoint(ways, taken | way, false));
                }
            } else if *to != SOURCE && (taken | way) & (1 << to) == 0 {
                extend(ways, *to, way | 1 << to, taken, best);
            }
        }
    }
    let mut best = 0;
    extend(ways, SOURCE, 0, taken, &mut best);
    best + usize::from(from_direct && ways.steps.contains(&(SOURCE, SINK)))
}

fn graph(nodes: usize, edges: usize) -> impl Strategy<Value = (usize, BTreeSet<(usize, usize)>)> {
    (2..=nodes).prop_flat_map(move |nodes| {
        let steps = prop::collection::btree_set((0..nodes, 0..nodes), 0..=edges);
        (Just(nodes), steps)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Disjoint ways and cuts of 10,000 graphs, against trying everything.
    #[test]
    fn disjoint_ways_and_cuts_agree_with_a_brute_force_count((nodes, steps) in graph(8, 16)) {
        let ways = any_graph(nodes, &steps);
        prop_assert_eq!(ways.disjoint(), most_disjoint(&ways, 0, true));
        let cuts: Vec<usize> = (ENDS..nodes)
            .filter(|node| reached(&ways, 0) && !reached(&ways, 1 << node))
            .map(|node| node - ENDS)
            .collect();
        prop_assert_eq!(ways.cuts(), cuts);
        // Menger's theorem itself: as many ways as the fewest nodes that cut all of them.
        if !ways.steps.contains(&(SOURCE, SINK)) {
            let fewest = (0u32..1 << (nodes - ENDS)).filter(|set| !reached(&ways, set << ENDS)).map(u32::count_ones).min();
            prop_assert_eq!(ways.disjoint(), fewest.unwrap() as usize);
        }
    }

    /// Circles of 10,000 graphs, against walking from each node to each.
    #[test]
    fn circles_agree_with_a_brute_force_count((nodes, steps) in graph(8, 16)) {
        let mut reach = vec![vec![false; nodes]; nodes];
        steps.iter().for_each(|(from, to)| reach[*from][*to] = true);
        for over in 0..nodes {
            for from in 0..nodes {
                for to in 0..nodes {
                    reach[from][to] |= reach[from][over] && reach[over][to];
                }
            }
        }
        let on_a_circle: Vec<usize> = (0..nodes).filter(|node| reach[*node][*node]).collect();
        let found = circles(nodes, &steps);
        let mut members: Vec<usize> = found.iter().flatten().copied().collect();
        members.sort_unstable();
        prop_assert_eq!(members, on_a_circle);
        for circle in found {
            let first = circle[0];
            prop_assert!(circle.iter().all(|node| reach[first][*node] && reach[*node][first]));
            let shortest = shortest_circle(&circle, &steps);
            prop_assert!(!shortest.is_empty());
            for (place, node) in shortest.iter().enumerate() {
                let next = shortest[(place + 1) % shortest.len()];
                prop_assert!(steps.contains(&(*node, next)));
            }
        }
    }
}
