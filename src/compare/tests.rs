#![allow(clippy::unwrap_used)]

mod build;
mod order;
mod properties;
mod provenance;
mod readings;
mod table;

use super::*;
use crate::record::{Certainty, Form, Modality, Polarity, RelationKind, TargetIs};
use build::{Fixture, HopSpec, QuestionSpec, RelationSpec, StanceSpec, StatementSpec, build, id};

fn question(label: &str) -> QuestionSpec {
    QuestionSpec {
        label: label.to_owned(),
        words: "Is Ann at home?".to_owned(),
        varies: true,
        about: Vec::new(),
        asks: None,
        total_of: Vec::new(),
    }
}

fn stance(on: &str, says: Polarity) -> StanceSpec {
    StanceSpec {
        on: on.to_owned(),
        says,
        certainty: Some(Certainty::Certain),
        over: None,
        extent: None,
        scope: Vec::new(),
        according_to: Vec::new(),
        modality: Modality::Asserts,
        value: None,
    }
}

fn statement(label: &str, speaker: &str, stances: Vec<StanceSpec>) -> StatementSpec {
    StatementSpec {
        label: label.to_owned(),
        speaker: speaker.to_owned(),
        stances,
        ..StatementSpec::default()
    }
}

fn hop(from: &str, to: &str) -> HopSpec {
    HopSpec {
        from: from.to_owned(),
        to: to.to_owned(),
        medium: None,
        did: None,
        authority: None,
    }
}

fn one_account(hops: Vec<HopSpec>, change: impl FnOnce(&mut StatementSpec)) -> Account {
    let mut spec = statement("S01", "ANN", vec![stance("P01", Polarity::Affirms)]);
    spec.hops = hops;
    change(&mut spec);
    let fixture = Fixture {
        questions: vec![question("P01")],
        statements: vec![spec],
        ..Fixture::default()
    };
    let built = build(&fixture);
    let comparison = compare(&built.case(), &Ask::everything());
    comparison.questions[0].affirms.shown[0].account.clone()
}

#[test]
fn the_relay_degree_counts_mediators() {
    let degree = |hops| one_account(hops, |_| ()).relay.to_string();
    assert_eq!(degree(vec![]), "0");
    assert_eq!(degree(vec![hop("ANN", "BOB")]), "1");
    assert_eq!(degree(vec![hop("ANN", "BOB"), hop("BOB", "CLEO")]), "2");
    assert_eq!(degree(vec![hop("ANN", "?"), hop("?", "CLEO")]), ">=2");
    // Bob had it and Cleo passed it on: somebody brought it from the one to the other.
    assert_eq!(degree(vec![hop("ANN", "BOB"), hop("CLEO", "DAN")]), ">=3");
    // Somebody who passed it on may be Bob.
    assert_eq!(degree(vec![hop("ANN", "BOB"), hop("?a friend", "DAN")]), ">=2");
}

#[test]
fn a_translation_without_a_translator_leaves_the_degree_open() {
    let account = one_account(vec![hop("ANN", "BOB")], |spec| spec.form = Some(Form::Translation));
    assert_eq!(account.relay.to_string(), ">=1");
    assert_eq!(account.relay.translation, Translation::Unrecorded);
}

#[test]
fn the_chain_reads_in_words() {
    let account = one_account(vec![hop("ANN", "?a carrier"), hop("?", "CLEO")], |spec| {
        spec.alleged = true
    });
    assert_eq!(
        account.chain,
        "ANN (alleged) —not stated→ somebody unidentified (a carrier) —not stated→ CLEO"
    );
    assert_eq!(account.relay.unidentified, 1);
    let denies = crate::record::Stance {
        proposition: id("P01"),
        polarity: Polarity::Denies,
        certainty: Certainty::Certain,
        modality: Modality::Asserts,
        value: None,
        over: None,
        scope: Vec::new(),
        according_to: Vec::new(),
        note: None,
    };
    assert_eq!(
        account.clause(&denies),
        "S01, ascribed to ANN (alleged), which reached somebody unidentified (a carrier) by means not stated, then \
         CLEO by means not stated (no original is held), denies it"
    );
}

#[test]
fn what_is_withheld_is_shown_as_withheld() {
    let fixture = Fixture {
        questions: vec![question("P01")],
        statements: vec![StatementSpec {
            words: vec!["one".to_owned(), "two".to_owned()],
            withheld: ["speaker", "said", "words[1]", "stances[1]", "relay.to[0]"]
                .map(str::to_owned)
                .to_vec(),
            standing: Some("withheld".to_owned()),
            hops: vec![hop("ANN", "BOB")],
            ..statement(
                "S01",
                "ANN",
                vec![stance("P01", Polarity::Affirms), stance("P01", Polarity::Denies)],
            )
        }],
        ..Fixture::default()
    };
    let built = build(&fixture);
    let comparison = compare(&built.case(), &Ask::everything());
    let question = &comparison.questions[0];
    let account = &question.affirms.shown[0].account;
    assert_eq!(question.denies.stances, 0);
    assert_eq!(account.speaker, Who::Withheld);
    assert_eq!(account.said.words, "withheld");
    assert_eq!(account.words[1], Words::Withheld);
    assert_eq!(account.relay.to_string(), ">=1");
    assert_eq!(comparison.withheld_stances.len(), 1);
    assert_eq!(comparison.withheld_stances[0].stances, 1);
    // No name of the withheld is anywhere in the report.
    let json = serde_json::to_string(&comparison).unwrap();
    assert!(!json.contains("BOB") && !json.contains("two"), "{json}");
}

#[test]
fn an_answer_that_disagrees_with_its_target_is_set_aside() {
    let answer = |label: &str, from: &str, to: &str| RelationSpec {
        label: label.to_owned(),
        kind: RelationKind::Answers,
        from: from.to_owned(),
        to: vec![to.to_owned()],
        is: Some(TargetIs::All),
        asserted_by: None,
        asserted_in: None,
        signer: None,
        stance: Some(stance("P01", Polarity::Denies)),
    };
    let fixture = Fixture {
        questions: vec![question("P01"), question("P02")],
        statements: vec![statement("S01", "ANN", vec![])],
        relations: vec![
            answer("R01", "S01", "P02"),
            answer("R02", "S99", "P01"),
            answer("R03", "S01", "P01"),
        ],
        ..Fixture::default()
    };
    let built = build(&fixture);
    let comparison = compare(&built.case(), &Ask::everything());
    let aside: Vec<String> = comparison
        .set_aside
        .iter()
        .map(|aside| aside.record.to_string())
        .collect();
    assert_eq!(aside, ["R01", "R02"]);
    assert_eq!(comparison.question_count, 1);
    let stand = &comparison.questions[0].denies.shown[0];
    assert_eq!(stand.read_by[0].record.to_string(), "R03");
}

#[test]
fn rival_readings_of_one_statement_are_no_pair() {
    let fixture = table::fixture_of("two readers, of one statement");
    let built = build(&fixture);
    let comparison = compare(&built.case(), &Ask::everything());
    let question = &comparison.questions[0];
    assert_eq!((question.pair_count, question.tally.len()), (0, 0));
    assert_eq!(question.rival_readings.len(), 1);
}

#[test]
fn an_asserted_tension_names_who_asserts_it() {
    let fixture = table::fixture_of("a person in a statement, `in-tension`");
    let built = build(&fixture);
    let comparison = compare(&built.case(), &Ask::everything());
    let finding = &comparison.links[0].asserted[0];
    assert_eq!(
        finding.reasons[0],
        "That they do not fit together is asserted by FAY in S03, as RECORDER recorded in R01."
    );
    assert_eq!(finding.asserted_by()[0].to_string(), "FAY");
    assert_eq!(finding.signed_by()[0].to_string(), "RECORDER");
}

#[test]
fn many_stances_are_counted_and_few_are_written() {
    const EACH: usize = 1500;
    let side = |says, letter: &str| -> Vec<StatementSpec> {
        let one = |number| statement(&format!("{letter}{number}"), "ANN", vec![stance("P01", says)]);
        (0..EACH).map(one).collect()
    };
    let mut statements = side(Polarity::Affirms, "S");
    statements.extend(side(Polarity::Denies, "T"));
    let fixture = Fixture {
        questions: vec![question("P01")],
        statements,
        ..Fixture::default()
    };
    let built = build(&fixture);
    let comparison = compare(&built.case(), &Ask::everything());
    let question = &comparison.questions[0];
    assert_eq!(question.pair_count, EACH * EACH);
    assert_eq!(question.tally[0].pairs, EACH * EACH);
    assert!(question.counts_exact);
    assert_eq!(question.pairs.len(), MAX_PAIRS_SHOWN);
    assert_eq!(question.affirms.shown.len(), MAX_STANCES_SHOWN);
    assert_eq!(question.affirms.accounts, EACH);
}

#[test]
fn a_question_that_nobody_answers_can_be_asked() {
    let fixture = Fixture {
        questions: vec![question("P01")],
        ..Fixture::default()
    };
    let built = build(&fixture);
    assert_eq!(compare(&built.case(), &Ask::everything()).questions.len(), 0);
    let comparison = compare(&built.case(), &Ask::one(id("P01")));
    assert!(
        comparison.questions[0]
            .headline
            .contains("An answer was not found in the 2 records searched.")
    );
}

#[test]
fn labels_are_ordered_by_number() {
    let tag = |label: &str| RecordTag {
        label: Some(label.parse().unwrap()),
        id: id(label),
    };
    let mut tags = ["S10", "S2", "P3", "S02", "SA1"].map(tag);
    tags.sort();
    let labels = tags.map(|tag| tag.to_string());
    assert_eq!(labels, ["P3", "S02", "S2", "S10", "SA1"]);
}

#[test]
fn a_ladder_has_a_rung_for_each_step() {
    let mut spec = statement("S01", "ANN", vec![]);
    spec.form = Some(Form::Translation);
    spec.hops = vec![hop("ANN", "BOB"), hop("CLEO", "?")];
    let fixture = Fixture {
        statements: vec![spec],
        ..Fixture::default()
    };
    let built = build(&fixture);
    let ladder = ladder(&built.case(), id("S01")).unwrap();
    let rungs: Vec<(String, bool)> = ladder
        .rungs
        .iter()
        .map(|rung| (format!("{} > {}: {}", rung.from, rung.to, rung.means), rung.whole))
        .collect();
    assert_eq!(
        rungs,
        [
            ("ANN > BOB: not stated".to_owned(), true),
            ("BOB > CLEO: step not recorded".to_owned(), false),
            ("CLEO > somebody unidentified: not stated".to_owned(), false),
            (
                "somebody unidentified > somebody unidentified (translator not recorded): translation".to_owned(),
                false
            ),
        ]
    );
}
