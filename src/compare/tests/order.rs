//! The order of the records does not matter, nor does a record about something else.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::*;
use super::build::{Fixture, ItemSpec, QuestionSpec, RelationSpec, StanceSpec, StatementSpec, ValueSpec, build};
use crate::record::{Modality, Polarity, PropositionType, RelationKind, TargetIs};
use crate::time::Extent;

const TIMES: [Option<&str>; 5] = [
    None,
    Some("2019-01-10"),
    Some("XXXX-01-10"),
    Some("2019-01-01/2019-01-31"),
    Some("2018/.."),
];

fn stances() -> impl Strategy<Value = Vec<StanceSpec>> {
    let polarity = select(vec![Polarity::Affirms, Polarity::Denies, Polarity::Uncommitted]);
    let scope = proptest::collection::vec(select(vec!["ANN", "BOB", "CLEO"]), 0..3);
    let stance = (
        select(vec!["P01", "P02", "P03", "P04"]),
        polarity,
        select(TIMES.to_vec()),
        any::<bool>(),
        scope,
        select(vec![Modality::Asserts, Modality::Asserts, Modality::Promises]),
        select(vec![None, None, Some("ANN"), Some("CLEO")]),
        select(vec![(7, 7), (5, 6), (5, 8)]),
    );
    let stance = stance.prop_map(
        |(on, says, over, sometime, scope, modality, source, value)| StanceSpec {
            on: on.to_owned(),
            says,
            certainty: None,
            over: over.map(str::to_owned),
            extent: Some(if sometime { Extent::Sometime } else { Extent::Throughout }),
            scope: scope
                .into_iter()
                .map(|handle| ItemSpec::Party(handle.to_owned()))
                .collect(),
            according_to: source.into_iter().map(str::to_owned).collect(),
            modality,
            // P03 asks for a number.
            value: (on == "P03" && says != Polarity::Uncommitted).then_some(ValueSpec::Range(value.0, value.1)),
        },
    );
    proptest::collection::vec(stance, 0..4)
}

pub fn fixtures() -> impl Strategy<Value = Fixture> {
    let statement = (select(vec!["ANN", "BOB", "?"]), stances());
    let statements = proptest::collection::vec(statement, 0..7);
    let kind = select(vec![
        RelationKind::InTension,
        RelationKind::Contradicts,
        RelationKind::Disowns,
        RelationKind::Answers,
        RelationKind::Translates,
        RelationKind::Carries,
        RelationKind::Supersedes,
        RelationKind::WeakensAuthenticity,
    ]);
    let is = select(vec![TargetIs::All, TargetIs::OneOf, TargetIs::Unresolved]);
    let relations = proptest::collection::vec((kind, 0..8_usize, 0..8_usize, is, stances()), 0..4);
    (statements, relations).prop_map(|(statements, relations)| {
        let statements = statements
            .into_iter()
            .enumerate()
            .map(|(index, (speaker, stances))| StatementSpec {
                label: format!("S{}", index + 1),
                speaker: speaker.to_owned(),
                stances,
                ..StatementSpec::default()
            });
        let relations = relations
            .into_iter()
            .enumerate()
            .map(|(index, (kind, from, to, is, stances))| {
                let stance = (kind == RelationKind::Answers).then(|| {
                    let fallback = super::stance("P01", Polarity::Denies);
                    stances.into_iter().next().unwrap_or(fallback)
                });
                let target = stance
                    .as_ref()
                    .map_or(format!("S{}", to + 1), |stance| stance.on.clone());
                RelationSpec {
                    label: format!("R{}", index + 1),
                    kind,
                    from: format!("S{}", from + 1),
                    to: vec![target, format!("S{}", from + 2)],
                    is: Some(is),
                    asserted_by: None,
                    asserted_in: None,
                    signer: Some("GUS".to_owned()),
                    stance,
                }
            });
        Fixture {
            questions: vec![
                super::question("P01"),
                super::question("P02"),
                QuestionSpec {
                    asks: Some(PropositionType::Quantity),
                    varies: false,
                    total_of: vec!["P03".to_owned()],
                    ..super::question("P03")
                },
                QuestionSpec {
                    asks: Some(PropositionType::Definition),
                    ..super::question("P04")
                },
            ],
            statements: statements.collect(),
            relations: relations.collect(),
            ..Fixture::default()
        }
    })
}

proptest! {
    #[test]
    fn the_order_of_the_records_does_not_matter(fixture in fixtures(), seed in any::<u64>()) {
        let built = build(&fixture);
        let written = |case: &Case<'_>| serde_json::to_string(&compare(case, &Ask::everything())).unwrap();
        let first = written(&built.case());
        let mut case = built.case();
        // Any permutation will do: order by a keyed mix of the ids.
        case.records.sort_by_key(|(id, _, _)| {
            id.0.as_bytes().iter().fold(seed, |mix, byte| mix.rotate_left(7) ^ u64::from(*byte).wrapping_mul(seed | 1))
        });
        prop_assert_eq!(first, written(&case));
    }

    #[test]
    fn a_record_about_something_else_changes_no_question_and_no_link(mut fixture in fixtures()) {
        let before = build(&fixture);
        let before = compare(&before.case(), &Ask::everything());
        fixture.statements.push(super::statement("S900", "ANN", vec![super::stance("P90", Polarity::Affirms)]));
        let after = build(&fixture);
        let mut after = compare(&after.case(), &Ask::everything());
        after.questions.retain(|question| question.proposition.label.is_some());
        // The sentences on absence name the number of records searched.
        let more = |text: &str| text.replace(&format!("{} records", after.searched), &format!("{} records", before.searched));
        for question in &mut after.questions {
            question.headline = more(&question.headline);
        }
        prop_assert_eq!(before.questions, after.questions);
        prop_assert_eq!(before.links, after.links);
        prop_assert_eq!(before.withheld_stances, after.withheld_stances);
    }

    #[test]
    fn the_tally_counts_every_pair(fixture in fixtures()) {
        let built = build(&fixture);
        for question in compare(&built.case(), &Ask::everything()).questions {
            let tallied: usize = question.tally.iter().map(|tally| tally.pairs).sum();
            prop_assert_eq!(tallied, question.pair_count);
            prop_assert_eq!(question.pairs.len(), question.pair_count.min(MAX_PAIRS_SHOWN));
            let strongest = question.pairs.iter().map(|pair| pair.computed[0].code);
            prop_assert!(strongest.is_sorted());
        }
    }
}
