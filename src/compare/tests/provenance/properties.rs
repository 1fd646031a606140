//! What a hop more, or an unrelated record, never does to independence and origins.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::build::{HopSpec, StatementSpec};
use super::*;

fn ways() -> impl Strategy<Value = Vec<StatementSpec>> {
    let people = || select(vec!["ANN", "BOB", "CLEO", "DAN", "?", "?a man"]);
    let statement = (people(), proptest::collection::vec(people(), 0..4));
    proptest::collection::vec(statement, 2..6).prop_map(|statements| {
        let number = |(index, (speaker, hops)): (usize, (&str, Vec<&str>))| {
            let mut from = speaker.to_owned();
            let hop = |to: &str| HopSpec {
                from: std::mem::replace(&mut from, to.to_owned()),
                to: to.to_owned(),
                medium: None,
                did: None,
                authority: None,
            };
            StatementSpec {
                hops: hops.into_iter().map(hop).collect(),
                ..super::super::statement(
                    &format!("S{}", index + 1),
                    speaker,
                    vec![super::super::stance("P01", crate::record::Polarity::Affirms)],
                )
            }
        };
        statements.into_iter().enumerate().map(number).collect()
    })
}

/// Puts somebody unidentified between a hop's two ends, or before the first or after the
/// last of them.
fn with_a_hop_more(statement: &StatementSpec, place: usize) -> StatementSpec {
    let mut changed = statement.clone();
    let place = place % (statement.hops.len() + 1);
    let hop = |from: &str, to: &str| HopSpec {
        from: from.to_owned(),
        to: to.to_owned(),
        medium: None,
        did: None,
        authority: None,
    };
    let holder = match place {
        0 => statement.speaker.clone(),
        place => statement.hops[place - 1].to.clone(),
    };
    let unidentified = "?somebody more";
    changed.hops.insert(place, hop(&holder, unidentified));
    if let Some(next) = changed.hops.get_mut(place + 1) {
        next.from = unidentified.to_owned();
    }
    changed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_unidentified_hop_more_never_raises_independence(
        statements in ways(),
        which in 0usize..6,
        place in 0usize..5,
        asserted in any::<bool>(),
    ) {
        let relations = match asserted {
            true => serde_json::from_str(
                r#"[{"label": "R01", "kind": "independent-of", "from": "S1", "to": ["S2"], "asserted_by": "EVE"}]"#,
            ).unwrap(),
            false => Vec::new(),
        };
        let fixture = Fixture { questions: vec![super::super::question("P01")], statements, relations, ..Fixture::default() };
        let mut more = fixture.clone();
        let which = which % more.statements.len();
        more.statements[which] = with_a_hop_more(&fixture.statements[which], place);
        let (before, after) = (build(&fixture), build(&more));
        let (before, after) = (compare(&before.case(), &Ask::everything()), compare(&after.case(), &Ask::everything()));
        let of = |comparison: &Comparison| comparison.questions[0].provenance.clone();
        let (before, after) = (of(&before), of(&after));
        let (one, other) = (before.independence.unwrap(), after.independence.unwrap());
        for (a, b) in one.pairs.iter().zip(&other.pairs) {
            prop_assert_eq!((&a.a, &a.b), (&b.a, &b.b));
            prop_assert!(b.verdict <= a.verdict, "{:?} became {:?}", a, b);
        }
        let (one, other) = (before.bottlenecks.unwrap(), after.bottlenecks.unwrap());
        let ways = |network: &Network| network.disjoint_ways.unwrap();
        prop_assert!(ways(&other).least <= ways(&one).least);
        prop_assert!(ways(&other).most <= ways(&one).most);
        let (one, other) = (before.origins_affirming.unwrap(), after.origins_affirming.unwrap());
        prop_assert_eq!(one.origins, other.origins);
    }

    #[test]
    fn ranges_are_ranges(statements in ways()) {
        let fixture = Fixture { questions: vec![super::super::question("P01")], statements, ..Fixture::default() };
        let built = build(&fixture);
        let comparison = compare(&built.case(), &Ask::everything());
        let origins = affirming(&comparison);
        prop_assert!(1 <= origins.origins.least && origins.origins.least <= origins.origins.most);
        prop_assert!(origins.origins.most <= origins.statements);
        prop_assert!(origins.first_relayers.least <= origins.first_relayers.most);
        let ways = comparison.questions[0].provenance.bottlenecks.as_ref().unwrap().disjoint_ways.unwrap();
        prop_assert!(1 <= ways.least && ways.least <= ways.most);
        prop_assert!(ways.most <= origins.statements);
    }
}
