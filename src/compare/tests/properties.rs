//! What nobody can do to a reading by adding a record.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::*;
use super::build::{AssessmentSpec, Fixture, RelationSpec, build};
use super::order::fixtures;
use super::{question, stance, statement};
use crate::record::{Polarity, ReadingCode, RelationKind, TargetIs};
use crate::time::{Edtf, Extent};

/// Every kind but `answers`, which is a reading of a statement and no link.
const KINDS: [RelationKind; 22] = [
    RelationKind::Contradicts,
    RelationKind::InTension,
    RelationKind::Disowns,
    RelationKind::Confirms,
    RelationKind::UnderminesAuthority,
    RelationKind::WeakensAuthenticity,
    RelationKind::CommentsOn,
    RelationKind::Carries,
    RelationKind::Quotes,
    RelationKind::Translates,
    RelationKind::SameUtterance,
    RelationKind::Corrects,
    RelationKind::Supersedes,
    RelationKind::SameAs,
    RelationKind::SilentOn,
    RelationKind::ReliesOn,
    RelationKind::SurprisedBy,
    RelationKind::IndependentOf,
    RelationKind::TiedTo,
    RelationKind::Dates,
    RelationKind::Asked,
    RelationKind::SoughtFrom,
];

const ENDS: [&str; 12] = [
    "S1", "S2", "S3", "S4", "S5", "S99", "P01", "P02", "P03", "@ANN", "@BOB", "#S1",
];

fn relations() -> impl Strategy<Value = RelationSpec> {
    let is = select(vec![TargetIs::All, TargetIs::OneOf, TargetIs::Unresolved]);
    let to = proptest::collection::vec(select(ENDS.to_vec()), 1..3);
    (select(KINDS.to_vec()), select(ENDS.to_vec()), to, is).prop_map(|(kind, from, to, is)| RelationSpec {
        label: "R900".to_owned(),
        kind,
        from: from.to_owned(),
        to: to.into_iter().map(str::to_owned).collect(),
        is: Some(is),
        asserted_by: Some("FAY".to_owned()),
        asserted_in: None,
        signer: None,
        stance: None,
    })
}

fn assessments() -> impl Strategy<Value = AssessmentSpec> {
    let about = proptest::collection::vec(select(ENDS[..9].to_vec()), 1..3);
    let on = proptest::option::of(select(vec!["P01".to_owned(), "P02".to_owned()]));
    (about, select(ReadingCode::ALL.to_vec()), on).prop_map(|(about, reading, on)| AssessmentSpec {
        label: "A900".to_owned(),
        about: about.into_iter().map(str::to_owned).collect(),
        reading,
        on,
        reasons: "So I read them.".to_owned(),
        asserted_by: Some("FAY".to_owned()),
        supersedes: None,
    })
}

/// Every pair with what it is of, and the codes that are computed of it, those under the alternatives
/// of texts of one utterance among them. The clauses and times tell several stances of one
/// statement apart, as far as they differ.
fn pairs(comparison: &Comparison) -> Vec<(String, Vec<Code>)> {
    let mut found = Vec::new();
    for question in &comparison.questions {
        for pair in &question.pairs {
            let sides = pair.sides.iter().map(|side| format!("{} {:?}", side.clause, side.over));
            let of = format!("{} {}", question.proposition, sides.collect::<Vec<_>>().join(" / "));
            let texts =
                |reading: &&Fact<Reading>| matches!(reading.code, Code::TranslationVariance | Code::WordingVariance);
            let lowered = pair
                .computed
                .iter()
                .find(texts)
                .map_or(&[][..], |reading| &reading.alternatives);
            let lowered = lowered.iter().flat_map(|alternative| match &alternative.under {
                Under::Readings(codes) => codes.clone(),
                _ => Vec::new(),
            });
            let computed = pair.computed.iter().map(|reading| reading.code);
            found.push((of, computed.chain(lowered).collect()));
        }
    }
    found.sort();
    found
}

fn cannot_both_be_so(code: &Code) -> bool {
    matches!(code, Code::Contradiction | Code::ContradictionIfSimultaneous)
}

fn day(number: u32) -> String {
    format!("2019-{:02}-{:02}", 1 + number / 28, 1 + number % 28)
}

fn span(from: u32, days: u32) -> String {
    format!("{}/{}", day(from), day(from + days))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_assertion_by_a_person_removes_no_reading_and_strengthens_none(
        mut fixture in fixtures(),
        relation in proptest::option::of(relations()),
        assessment in proptest::option::of(assessments()),
    ) {
        let before = build(&fixture);
        let before = pairs(&compare(&before.case(), &Ask::everything()));
        fixture.relations.extend(relation);
        fixture.assessments.extend(assessment);
        let after = build(&fixture);
        let after = pairs(&compare(&after.case(), &Ask::everything()));
        let of = |pairs: &[(String, Vec<Code>)]| pairs.iter().map(|(of, _)| of.clone()).collect::<Vec<_>>();
        // Two of one clause and time keep their number, and are told apart by nothing that is shown.
        prop_assert_eq!(of(&before), of(&after));
        let all = |pairs: &[(String, Vec<Code>)]| {
            let mut all: Vec<(String, Code)> = pairs
                .iter()
                .flat_map(|(of, codes)| codes.iter().map(|code| (of.clone(), *code)))
                .collect();
            all.sort();
            all
        };
        let (mut left, now) = (all(&before), all(&after));
        for one in &now {
            if let Some(at) = left.iter().position(|earlier| earlier == one) {
                left.remove(at);
            }
        }
        prop_assert!(left.is_empty(), "removed: {left:?}");
        let strong = |all: &[(String, Code)]| all.iter().filter(|(_, code)| cannot_both_be_so(code)).count();
        prop_assert_eq!(strong(&all(&before)), strong(&now));
    }

    #[test]
    fn a_narrower_time_never_makes_a_contradiction_of_certainly_not(
        from in 0..60_u32, days in 0..30_u32, other_from in 0..120_u32, other_days in 0..30_u32,
        inner_from in 0..30_u32, inner_days in 0..30_u32, yearless in any::<bool>(),
        sometime in any::<(bool, bool, bool)>(), added in any::<bool>(),
    ) {
        let extent = |sometime: bool| Some(if sometime { Extent::Sometime } else { Extent::Throughout });
        let wide = span(from, days);
        let start = from + inner_from.min(days);
        let narrow = span(start, inner_days.min(from + days - start));
        let yearless_text = |text: &str| text.replace("2019", "XXXX");
        let wide = if yearless { yearless_text(&wide) } else { wide };
        let mut fixture = Fixture {
            questions: vec![question("P01")],
            statements: vec![
                statement("S01", "ANN", vec![stance("P01", Polarity::Affirms)]),
                statement("S02", "BOB", vec![stance("P01", Polarity::Denies)]),
            ],
            ..Fixture::default()
        };
        let other = span(other_from, other_days);
        fixture.statements[0].stances[0].over = Some(wide.clone());
        fixture.statements[0].stances[0].extent = extent(sometime.0);
        fixture.statements[1].stances[0].over = Some(other.clone());
        fixture.statements[1].stances[0].extent = extent(sometime.1);
        let parse = |text: &str| text.parse::<Edtf>().unwrap();
        let (wide, other) = (parse(&wide), parse(&other));
        let met = crate::time::simultaneity(
            Some((&wide, extent(sometime.0).unwrap())),
            Some((&other, extent(sometime.1).unwrap())),
        );
        prop_assume!(met == crate::time::Simultaneity::CertainlyNot);
        let mut narrower = fixture.statements[0].stances[0].clone();
        narrower.over = Some(narrow);
        narrower.extent = extent(sometime.2);
        if added {
            // Somebody reads the statement as speaking of the narrower time as well.
            fixture.relations.push(RelationSpec {
                label: "R01".to_owned(),
                kind: RelationKind::Answers,
                from: "S01".to_owned(),
                to: vec!["P01".to_owned()],
                is: Some(TargetIs::All),
                asserted_by: Some("FAY".to_owned()),
                asserted_in: None,
                signer: None,
                stance: Some(narrower),
            });
        } else {
            fixture.statements[0].stances[0] = narrower;
        }
        let built = build(&fixture);
        for (of, codes) in pairs(&compare(&built.case(), &Ask::everything())) {
            prop_assert!(!codes.iter().any(cannot_both_be_so), "{of}: {codes:?}");
        }
    }
}
