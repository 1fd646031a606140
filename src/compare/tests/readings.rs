//! What stands around the codes: on what two part, whose words they are, sides, sums, what people
//! judge, two statements side by side, and input that is no good.

use super::super::*;
use super::build::{AssessmentSpec, Fixture, RelationSpec, StanceSpec, ValueSpec, build, id};
use super::{question, stance, statement, table};
use crate::record::{Modality, Polarity, PropositionType, ReadingCode, RelationKind, TargetIs};

fn relation(label: &str, kind: RelationKind, from: &str, to: &[&str]) -> RelationSpec {
    RelationSpec {
        label: label.to_owned(),
        kind,
        from: from.to_owned(),
        to: to.iter().map(|label| (*label).to_owned()).collect(),
        is: None,
        asserted_by: Some("FAY".to_owned()),
        asserted_in: None,
        signer: None,
        stance: None,
    }
}

fn assessment(label: &str, by: &str, reading: ReadingCode, supersedes: Option<&str>) -> AssessmentSpec {
    AssessmentSpec {
        label: label.to_owned(),
        about: vec!["S01".to_owned(), "S02".to_owned()],
        reading,
        on: None,
        reasons: "So I read them.".to_owned(),
        asserted_by: Some(by.to_owned()),
        supersedes: supersedes.map(str::to_owned),
    }
}

/// ANN affirms and BOB denies.
fn opposed() -> Fixture {
    Fixture {
        questions: vec![question("P01")],
        statements: vec![
            statement("S01", "ANN", vec![stance("P01", Polarity::Affirms)]),
            statement("S02", "BOB", vec![stance("P01", Polarity::Denies)]),
        ],
        ..Fixture::default()
    }
}

fn run(fixture: &Fixture) -> Comparison {
    let built = build(fixture);
    compare(&built.case(), &Ask::everything())
}

fn pair(fixture: &Fixture) -> Pair {
    run(fixture).questions[0].pairs[0].clone()
}

#[test]
fn a_pair_is_typed_before_it_is_read() {
    let on = |asks: Option<PropositionType>, varies: bool, value: Option<[u32; 2]>| {
        let mut fixture = opposed();
        fixture.questions[0].asks = asks;
        fixture.questions[0].varies = varies;
        for (statement, number) in fixture.statements.iter_mut().zip(value.into_iter().flatten()) {
            statement.stances[0].says = Polarity::Affirms;
            statement.stances[0].value = Some(ValueSpec::Range(number, number));
        }
        pair(&fixture).on
    };
    assert_eq!(on(None, true, None), Conflict::State);
    assert_eq!(on(None, false, None), Conflict::Answer);
    assert_eq!(on(Some(PropositionType::Definition), false, None), Conflict::Definition);
    assert_eq!(
        on(Some(PropositionType::Quantity), true, Some([5, 7])),
        Conflict::Amount
    );
    assert_eq!(on(Some(PropositionType::Time), true, Some([5, 7])), Conflict::Time);
}

#[test]
fn one_speaker_against_itself_is_told_from_two() {
    let mut fixture = opposed();
    assert_eq!(pair(&fixture).speakers, Speakers::Different);
    fixture.relations = vec![relation("R01", RelationKind::SameAs, "@ANN", &["@BOB"])];
    let named_one = pair(&fixture);
    assert_eq!(named_one.speakers, Speakers::Unknown);
    assert!(
        named_one.bearing[1].contains("R01: ANN is the same as BOB, asserted by FAY"),
        "{:?}",
        named_one.bearing
    );
    fixture.relations.clear();
    fixture.statements[1].speaker = "ANN".to_owned();
    let same = pair(&fixture);
    assert_eq!(same.speakers, Speakers::Same);
    assert_eq!(
        same.bearing[0],
        "The same speaker in both, ANN: a self-contradiction, if they contradict."
    );
    fixture.statements[1].alleged = true;
    assert_eq!(pair(&fixture).speakers, Speakers::Unknown);
    fixture.statements[1].alleged = false;
    fixture.relations = vec![relation("R01", RelationKind::Disowns, "S01", &["S02"])];
    assert_eq!(pair(&fixture).speakers, Speakers::Unknown);
    fixture.statements[1].speaker = "?".to_owned();
    assert_eq!(pair(&fixture).speakers, Speakers::Unknown);
}

#[test]
fn a_contested_definition_is_named_with_who_stands_where() {
    let fixture = table::fixture_of("a person, `relies-on` of the question, contested");
    let pair = pair(&fixture);
    let reading = pair
        .computed
        .iter()
        .find(|reading| reading.code == Code::Definitional)
        .unwrap();
    assert_eq!(
        reading.reasons,
        [
            "R01: P01 relies on P02, asserted by FAY, as RECORDER recorded in R01.",
            "The definition P02, “A guest who sleeps there is at home.”, is contested; affirmed by: S03 (GUS); denied by: \
             S04 (HAL).",
        ]
    );
}

#[test]
fn texts_of_one_utterance_are_one_account() {
    let count = |relations: Vec<RelationSpec>| {
        let mut fixture = opposed();
        for label in ["S02", "S03", "S04"] {
            fixture
                .statements
                .push(statement(label, "BOB", vec![stance("P01", Polarity::Affirms)]));
        }
        fixture.statements.remove(1);
        fixture.relations = relations;
        let comparison = run(&fixture);
        let side = &comparison.questions[0].affirms;
        let texts: Vec<Vec<String>> = side
            .several_texts
            .iter()
            .map(|several| several.texts.iter().map(RecordTag::to_string).collect())
            .collect();
        (side.statements, side.accounts, texts)
    };
    let texts = |labels: &[&str]| vec![labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>()];
    assert_eq!(count(Vec::new()), (4, 4, Vec::new()));
    let translated = vec![relation("R01", RelationKind::Translates, "S02", &["S01"])];
    assert_eq!(count(translated), (4, 3, texts(&["S01", "S02"])));
    let absent = vec![
        relation("R01", RelationKind::Translates, "S02", &["S99"]),
        relation("R02", RelationKind::Translates, "S03", &["S99"]),
    ];
    assert_eq!(count(absent), (4, 3, texts(&["S02", "S03"])));
    // What carries two accounts is no third, and does not make the two one.
    let carried = vec![relation("R01", RelationKind::Carries, "S03", &["S01", "S02"])];
    assert_eq!(count(carried).1, 3);
    let chain = vec![
        relation("R01", RelationKind::Carries, "S03", &["S02"]),
        relation("R02", RelationKind::Carries, "S02", &["S01"]),
        relation("R03", RelationKind::SameUtterance, "S01", &["S04"]),
    ];
    assert_eq!(count(chain), (4, 1, texts(&["S01", "S02", "S03", "S04"])));
    let circle = vec![
        relation("R01", RelationKind::Carries, "S01", &["S02"]),
        relation("R02", RelationKind::Carries, "S02", &["S03"]),
        relation("R03", RelationKind::Carries, "S03", &["S01"]),
    ];
    assert_eq!(count(circle), (4, 2, texts(&["S01", "S02", "S03"])));
    let open = vec![RelationSpec {
        is: Some(TargetIs::Unresolved),
        ..relation("R01", RelationKind::Translates, "S02", &["S01"])
    }];
    assert_eq!(count(open).1, 4);
}

#[test]
fn a_statement_that_does_not_assert_is_counted_as_such() {
    let mut fixture = opposed();
    fixture.statements[0].stances[0].modality = Modality::Presupposes;
    let comparison = run(&fixture);
    let question = &comparison.questions[0];
    assert_eq!((question.affirms.not_asserted, question.denies.not_asserted), (1, 0));
    assert!(!question.affirms.shown[0].asserted);
    assert!(
        question
            .headline
            .contains("1 affirms (1 without asserting it), 1 denies"),
        "{}",
        question.headline
    );
}

#[test]
fn links_between_the_two_of_a_pair_are_told_with_it() {
    let mut fixture = opposed();
    fixture.relations = vec![
        relation("R01", RelationKind::Supersedes, "S02", &["S01"]),
        relation("R02", RelationKind::SurprisedBy, "S01", &["S02"]),
    ];
    let bearing = pair(&fixture).bearing;
    for expected in [
        "R01: S02 supersedes S01, asserted by FAY, as RECORDER recorded in R01. Both stay on record.",
        "R02: S01 is surprised by S02, asserted by FAY, as RECORDER recorded in R02. A surprise is no denial.",
    ] {
        assert!(bearing.iter().any(|said| said == expected), "{bearing:?}");
    }
}

#[test]
fn an_assessment_is_whose_it_is_and_only_the_same_person_supersedes_it() {
    let mut fixture = opposed();
    fixture.assessments = vec![
        assessment("A01", "FAY", ReadingCode::Definitional, None),
        assessment("A02", "FAY", ReadingCode::Modality, Some("A01")),
        assessment("A03", "GUS", ReadingCode::NoConflict, Some("A02")),
    ];
    let pair = pair(&fixture);
    let later = |finding: &Finding<Judgement>| {
        finding
            .superseded_by
            .iter()
            .map(RecordTag::to_string)
            .collect::<Vec<_>>()
    };
    let asserted: Vec<_> = pair
        .asserted
        .iter()
        .map(|finding| (finding.code, finding.asserted_by()[0].to_string(), later(finding)))
        .collect();
    assert_eq!(
        asserted,
        [
            (Code::Definitional, "FAY".to_owned(), vec!["A02".to_owned()]),
            (Code::Modality, "FAY".to_owned(), Vec::new()),
            (Code::NoConflict, "GUS".to_owned(), Vec::new()),
        ]
    );
    assert_eq!(pair.asserted[0].signed_by()[0].to_string(), "RECORDER");
    let computed: Vec<Code> = pair.computed.iter().map(|reading| reading.code).collect();
    assert_eq!(computed, [Code::ContradictionIfSimultaneous, Code::ChangedOverTime]);
}

#[test]
fn what_people_judge_of_no_pair_is_not_lost() {
    let mut fixture = opposed();
    fixture.statements[1].stances.clear();
    fixture.assessments = vec![assessment("A01", "FAY", ReadingCode::NoConflict, None)];
    let comparison = run(&fixture);
    assert_eq!(comparison.other_findings.len(), 1);
    let built = build(&opposed());
    let one = compare(&built.case(), &Ask::one(id("P01")));
    assert!(one.other_findings.is_empty());
}

#[test]
fn facts_and_findings_are_apart_in_json() {
    let mut fixture = opposed();
    fixture.relations = vec![relation("R01", RelationKind::Contradicts, "S01", &["S02"])];
    fixture.assessments = vec![assessment("A01", "FAY", ReadingCode::Contradiction, None)];
    let json = serde_json::to_value(pair(&fixture)).unwrap();
    let classes = |list: &str| -> Vec<String> {
        let list = json[list].as_array().unwrap().iter();
        list.map(|one| format!("{} {}", one["class"].as_str().unwrap(), one["code"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(
        classes("computed"),
        ["fact contradiction-if-simultaneous", "fact changed-over-time"]
    );
    assert_eq!(
        classes("asserted"),
        ["finding tension-asserted", "finding contradiction"]
    );
    assert_eq!(json["asserted"][1]["recorded_at"], "1970-01-01T00:00:00Z");
    assert!(json["computed"][0].get("asserted_by").is_none());
}

/// Numbers for parts P02, P03 and P04 of a total P01.
fn total(parts: &[(&str, u32)], stated: Option<u32>) -> Fixture {
    let quantity = |label: &str, total_of: &[&str]| super::QuestionSpec {
        asks: Some(PropositionType::Quantity),
        total_of: total_of.iter().map(|label| (*label).to_owned()).collect(),
        ..question(label)
    };
    let gives = |on: &str, number: u32| StanceSpec {
        value: Some(ValueSpec::Range(number, number)),
        ..stance(on, Polarity::Affirms)
    };
    let mut fixture = Fixture {
        questions: vec![
            quantity("P01", &["P02", "P03", "P04"]),
            quantity("P02", &[]),
            quantity("P03", &[]),
            quantity("P04", &[]),
        ],
        ..Fixture::default()
    };
    for (place, (part, number)) in parts.iter().enumerate() {
        let label = format!("S0{}", place + 1);
        fixture
            .statements
            .push(statement(&label, "ANN", vec![gives(part, *number)]));
    }
    if let Some(number) = stated {
        fixture
            .statements
            .push(statement("S09", "BOB", vec![gives("P01", number)]));
    }
    fixture
}

fn words(comparison: &Comparison) -> Vec<String> {
    let of_total = comparison
        .questions
        .iter()
        .find(|question| question.proposition.to_string() == "P01");
    of_total.unwrap().derived.iter().map(|sum| sum.words.clone()).collect()
}

#[test]
fn parts_are_added_up_and_the_sum_is_marked_as_derived() {
    let comparison = run(&total(&[("P02", 5), ("P03", 5), ("P04", 1)], Some(11)));
    assert_eq!(words(&comparison), ["5 (S01) + 5 (S02) + 1 (S03) = 11 years"]);
    let sum = &comparison.questions[0].derived[0];
    assert_eq!(sum.given_alike_by[0].to_string(), "S09");
    assert_eq!(
        sum.conditions[1],
        "It holds only if those who give the parts speak of one time."
    );
    assert_eq!(serde_json::to_value(sum).unwrap()["class"], "fact");
    assert_eq!(comparison.questions[0].pair_count, 0, "a sum is nobody's account");
}

#[test]
fn a_sum_is_formed_of_each_combination_and_of_nothing_guessed() {
    let two = run(&total(&[("P02", 5), ("P02", 7), ("P03", 5), ("P04", 1)], Some(11)));
    assert_eq!(
        words(&two),
        [
            "5 (S01) + 5 (S03) + 1 (S04) = 11 years",
            "7 (S02) + 5 (S03) + 1 (S04) = 13 years"
        ]
    );
    let why = |fixture: &Fixture| {
        let comparison = run(fixture);
        assert_eq!(words(&comparison), Vec::<String>::new());
        comparison.questions[0].not_derived.clone()
    };
    assert_eq!(
        why(&total(&[("P02", 5), ("P03", 5)], Some(11))),
        ["No account gives a number with both bounds for P04, of which it is a total."]
    );
    let mut words_only = total(&[("P02", 5), ("P03", 5), ("P04", 1)], Some(11));
    words_only.statements[2].stances[0].value = Some(ValueSpec::Words {
        words: "one or two".to_owned(),
    });
    assert_eq!(why(&words_only).len(), 1);
    let mut apart = total(&[("P02", 5), ("P03", 5), ("P04", 1)], Some(11));
    apart.statements[0].stances[0].over = Some("2019-01-10".to_owned());
    apart.statements[1].stances[0].over = Some("2019-01-17".to_owned());
    assert_eq!(
        why(&apart),
        ["S01 and S02 certainly speak of different times: their numbers are not added."]
    );
    let mut units = total(&[("P02", 5), ("P03", 5), ("P04", 1)], Some(11));
    units.statements[2].stances[0].value = Some(ValueSpec::Of {
        number: 1,
        unit: "people".to_owned(),
    });
    assert_eq!(
        why(&units),
        ["S01 gives years and S03 people: units are not added to one another."]
    );
    let mut itself = total(&[("P02", 5), ("P03", 5), ("P04", 1)], Some(11));
    itself.questions[3].total_of = vec!["P01".to_owned()];
    assert_eq!(
        why(&itself),
        ["It is laid down as a total that contains itself, so that no sum is formed."]
    );
    let mut promised = total(&[("P02", 5), ("P03", 5), ("P04", 1)], Some(11));
    promised.statements[2].stances[0].modality = Modality::Promises;
    assert_eq!(why(&promised).len(), 1);
}

#[test]
fn what_points_nowhere_is_named_and_does_nothing() {
    let mut fixture = opposed();
    fixture.relations = vec![
        relation("R01", RelationKind::Carries, "S99", &["S01"]),
        relation("R02", RelationKind::Disowns, "S01", &["S98", "S97"]),
        relation("R03", RelationKind::ReliesOn, "S01", &["S02"]),
    ];
    let mut about_nothing = assessment("A01", "FAY", ReadingCode::Modality, None);
    about_nothing.about[1] = "S96".to_owned();
    let mut about_a_question = assessment("A02", "FAY", ReadingCode::Modality, None);
    about_a_question.about = vec!["P01".to_owned()];
    fixture.assessments = vec![about_nothing, about_a_question];
    let comparison = run(&fixture);
    let named: Vec<String> = comparison
        .points_nowhere
        .iter()
        .map(|aside| aside.record.to_string())
        .collect();
    assert_eq!(named, ["A01", "A02", "R01", "R02", "R03"]);
    let plain = run(&opposed());
    assert_eq!(
        comparison.questions[0].pairs[0].computed,
        plain.questions[0].pairs[0].computed
    );
}

#[test]
fn two_statements_are_put_side_by_side() {
    let built = build(&opposed());
    let limits = Limits::default();
    let both = between(&built.case(), id("S02"), id("S01"), &limits).unwrap();
    assert_eq!(both.question_count, 1);
    let sides = both.questions[0].pairs[0]
        .sides
        .each_ref()
        .map(|side| side.statement.to_string());
    assert_eq!(sides, ["S01", "S02"], "whoever affirms stands first");
    assert!(both.computed.is_empty());
    assert!(between(&built.case(), id("S01"), id("S01"), &limits).is_none());
    assert!(between(&built.case(), id("S01"), id("P01"), &limits).is_none());
    assert!(between(&built.case(), id("S01"), id("S77"), &limits).is_none());
}

#[test]
fn two_that_share_no_question_do_not_contradict_whatever_is_said_of_them() {
    let mut fixture = opposed();
    fixture.questions.push(question("P02"));
    fixture.statements[1].stances[0].on = "P02".to_owned();
    fixture.relations = vec![relation("R01", RelationKind::Contradicts, "S01", &["S02"])];
    let built = build(&fixture);
    let both = between(&built.case(), id("S01"), id("S02"), &Limits::default()).unwrap();
    let computed: Vec<Code> = both.computed.iter().map(|reading| reading.code).collect();
    assert_eq!(computed, [Code::NoSharedProposition]);
    assert_eq!(both.asserted[0].code, Code::TensionAsserted);
    assert_eq!((both.links.len(), both.link_count), (1, 1));
}
