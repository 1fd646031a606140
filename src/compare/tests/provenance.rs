//! What the declared links say: independence, origins, bottlenecks, disputes and the rest.

#![allow(clippy::disallowed_methods, reason = "one test reads the page")]

use super::super::*;
use super::build::{Built, Fixture, build};
use crate::record::RelationKind;

mod properties;

fn built(json: &str) -> Built {
    let fixture: Fixture = serde_json::from_str(json).unwrap();
    build(&fixture)
}

fn compared(json: &str) -> Comparison {
    compare(&built(json).case(), &Ask::everything())
}

/// Two statements on one question with more members each, and links.
fn two(first: &str, second: &str, relations: &str) -> Comparison {
    compared(&format!(
        r#"{{
          "questions": [{{"label": "P01", "words": "Is Ann at home?", "varies": true}}],
          "statements": [
            {{"label": "S01", {first}, "stances": [{{"on": "P01", "says": "affirms"}}]}},
            {{"label": "S02", {second}, "stances": [{{"on": "P01", "says": "affirms"}}]}}
          ],
          "relations": [{relations}]
        }}"#
    ))
}

fn only_pair(comparison: &Comparison) -> &PairIndependence {
    let independence = comparison.questions[0].provenance.independence.as_ref().unwrap();
    assert_eq!(independence.pairs.len(), 1);
    &independence.pairs[0]
}

fn shared(comparison: &Comparison) -> Vec<SharedKind> {
    let pair = only_pair(comparison);
    let tied = pair.tied.iter().map(|tied| tied.what);
    pair.shared.iter().map(|shared| shared.what).chain(tied).collect()
}

fn affirming(comparison: &Comparison) -> &Origins {
    comparison.questions[0].provenance.origins_affirming.as_ref().unwrap()
}

#[test]
fn each_thing_that_two_accounts_share_is_named() {
    let to = |who: &str, from: &str| format!(r#""hops": [{{"from": "{from}", "to": "{who}"}}]"#);
    let plain = |speaker: &str, more: &str| format!(r#""speaker": "{speaker}"{more}"#);
    let with = |speaker: &str, hops: &str| format!(r#""speaker": "{speaker}", {hops}"#);
    let one = two(
        &with("ANN", &to("GAZETTE", "ANN")),
        &with("ANN", &to("HERALD", "ANN")),
        "",
    );
    assert_eq!(shared(&one), [SharedKind::Speaker]);
    let one = two(
        &with("ANN", &to("GAZETTE", "ANN")),
        &with("BOB", &to("GAZETTE", "BOB")),
        "",
    );
    assert_eq!(shared(&one), [SharedKind::Publisher]);
    let one = two(&with("ANN", &to("BOB", "ANN")), &plain("BOB", ""), "");
    assert_eq!(shared(&one), [SharedKind::Publisher]);
    let one = two(
        &with(
            "ANN",
            r#""hops": [{"from": "ANN", "to": "BOB"}, {"from": "BOB", "to": "GAZETTE"}]"#,
        ),
        &with("BOB", &to("HERALD", "BOB")),
        "",
    );
    assert_eq!(shared(&one), [SharedKind::Relayer]);
    assert_eq!(
        only_pair(&one).shared[0].words,
        "S02 begins with BOB, who passed S01 on."
    );
    let one = two(
        &plain("ANN", r#", "exhibit": "X""#),
        &plain("BOB", r#", "exhibit": "X""#),
        "",
    );
    assert_eq!(shared(&one), [SharedKind::Exhibit]);
    let words = r#", "words": ["She came in at nine o'clock and went out again at ten."]"#;
    let other = r#", "words": ["He says SHE CAME IN AT nine o'clock, and went out again."]"#;
    let one = two(&plain("ANN", words), &plain("BOB", other), "");
    assert_eq!(shared(&one), [SharedKind::Text]);
    let link = |kind: &str, from: &str, to: &str| {
        format!(r#"{{"label": "R01", "kind": "{kind}", "from": "{from}", "to": ["{to}"], "asserted_by": "CLEO"}}"#)
    };
    let one = two(&plain("ANN", ""), &plain("BOB", ""), &link("carries", "S02", "S01"));
    assert_eq!(shared(&one), [SharedKind::Link]);
    let one = two(&plain("ANN", ""), &plain("BOB", ""), &link("tied-to", "@BOB", "@ANN"));
    assert_eq!(shared(&one), [SharedKind::Tie]);
    assert_eq!(only_pair(&one).tied[0].said.asserted_by[0].to_string(), "CLEO");
    let one = two(&plain("ANN", ""), &plain("BOB", ""), &link("same-as", "@BOB", "@ANN"));
    assert_eq!(shared(&one), [SharedKind::SameAs]);
}

#[test]
fn nothing_shared_is_unknown_and_only_a_person_says_independent() {
    let none = two(r#""speaker": "ANN""#, r#""speaker": "BOB""#, "");
    assert_eq!(only_pair(&none).verdict, Verdict::Unknown);
    // One recorder signed both: that ties the records and not the accounts.
    assert_eq!(only_pair(&none).recorded_by[0].to_string(), "RECORDER");
    let says = r#"{"label": "R01", "kind": "independent-of", "from": "S01", "to": ["@BOB"], "asserted_by": "CLEO"}"#;
    let said = two(r#""speaker": "ANN""#, r#""speaker": "BOB""#, says);
    assert_eq!(only_pair(&said).verdict, Verdict::Independent);
    assert_eq!(only_pair(&said).asserted[0].said.asserted_by[0].to_string(), "CLEO");
    // What is shared is printed beside it, and is not outweighed.
    let hops = |from: &str| format!(r#""speaker": "{from}", "hops": [{{"from": "{from}", "to": "GAZETTE"}}]"#);
    let both = two(&hops("ANN"), &hops("BOB"), says);
    assert_eq!(only_pair(&both).verdict, Verdict::Dependent);
    assert_eq!(only_pair(&both).asserted.len(), 1);
    // A link whose target is open says nothing of either.
    let open = says.replace("[\"@BOB\"]", "[\"@BOB\", \"@DAN\"], \"is\": \"one-of\"");
    assert_eq!(
        only_pair(&two(r#""speaker": "ANN""#, r#""speaker": "BOB""#, &open)).verdict,
        Verdict::Unknown
    );
}

#[test]
fn origins_are_counted_as_a_range() {
    let range =
        |first: &str, second: &str, relations: &str| affirming(&two(first, second, relations)).origins.to_string();
    assert_eq!(range(r#""speaker": "ANN""#, r#""speaker": "ANN""#, ""), "1");
    assert_eq!(range(r#""speaker": "ANN""#, r#""speaker": "BOB""#, ""), "2");
    assert_eq!(range(r#""speaker": "ANN""#, r#""speaker": "?a man""#, ""), "1 to 2");
    assert_eq!(range(r#""speaker": "?a man""#, r#""speaker": "?a man""#, ""), "1 to 2");
    assert_eq!(
        range(r#""speaker": "ANN""#, r#""speaker": "ANN", "alleged": true"#, ""),
        "1 to 2"
    );
    let link = |kind: &str, from: &str, to: &str| {
        format!(r#"{{"label": "R01", "kind": "{kind}", "from": "{from}", "to": ["{to}"]}}"#)
    };
    // The outer layer of a report is no second source; what quotes another may be none.
    assert_eq!(
        range(
            r#""speaker": "ANN""#,
            r#""speaker": "BOB""#,
            &link("carries", "S02", "S01")
        ),
        "1"
    );
    assert_eq!(
        range(
            r#""speaker": "ANN""#,
            r#""speaker": "BOB""#,
            &link("quotes", "S02", "S01")
        ),
        "1 to 2"
    );
    assert_eq!(
        range(
            r#""speaker": "ANN""#,
            r#""speaker": "?""#,
            &link("same-utterance", "S01", "S02")
        ),
        "1"
    );
    assert_eq!(
        range(
            r#""speaker": "ANN""#,
            r#""speaker": "BOB""#,
            &link("same-as", "@ANN", "@BOB")
        ),
        "1 to 2"
    );
}

#[test]
fn a_nested_source_is_the_origin_and_whoever_gives_it_is_none() {
    let comparison = compared(
        r#"{
          "questions": [{"label": "P01", "words": "Is Ann at home?", "varies": true}],
          "statements": [
            {"label": "S01", "speaker": "ANN", "stances": [{"on": "P01", "says": "affirms"}]},
            {"label": "S02", "speaker": "GAZETTE", "stances": [{"on": "P01", "says": "affirms", "according_to": ["GAZETTE", "ANN"]}]}
          ]
        }"#,
    );
    assert_eq!(affirming(&comparison).origins, Range { least: 1, most: 1 });
    assert_eq!(shared(&comparison), [SharedKind::Speaker]);
}

#[test]
fn a_rumour_that_cites_itself_has_no_origin_of_its_own() {
    let links = r#"
        {"label": "R01", "kind": "quotes", "from": "S01", "to": ["S02"]},
        {"label": "R02", "kind": "quotes", "from": "S02", "to": ["S01"]}"#;
    let comparison = two(r#""speaker": "GAZETTE""#, r#""speaker": "HERALD""#, links);
    let circles = &comparison.provenance.circular.circles;
    assert_eq!(circles.len(), 1);
    assert_eq!(circles[0].steps.len(), 2);
    assert!(!circles[0].leads_out);
    assert_eq!(affirming(&comparison).origins, Range { least: 1, most: 2 });
    let carries = two(
        r#""speaker": "GAZETTE""#,
        r#""speaker": "HERALD""#,
        &links.replace("quotes", "carries"),
    );
    assert_eq!(affirming(&carries).origins, Range { least: 1, most: 1 });
    assert_eq!(affirming(&carries).shown[0].kind, OriginKind::Circle);
    let according =
        |one: &str, other: &str| format!(r#"{{"on": "P01", "says": "affirms", "according_to": ["{one}", "{other}"]}}"#);
    let people = compared(&format!(
        r#"{{
          "questions": [{{"label": "P01", "words": "Is Ann at home?", "varies": true}}],
          "statements": [
            {{"label": "S01", "speaker": "GAZETTE", "stances": [{}]}},
            {{"label": "S02", "speaker": "HERALD", "stances": [{}]}}
          ]
        }}"#,
        according("GAZETTE", "HERALD"),
        according("HERALD", "GAZETTE")
    ));
    let circle = &people.provenance.circular.circles[0];
    assert_eq!(circle.question.as_ref().unwrap().to_string(), "P01");
}

#[test]
fn two_outlets_that_rest_on_one_text_are_found() {
    let comparison = compared(
        r#"{
          "statements": [
            {"label": "S01", "speaker": "AGENCY"}, {"label": "S02", "speaker": "GAZETTE"}, {"label": "S03", "speaker": "HERALD"}
          ],
          "relations": [
            {"label": "R01", "kind": "quotes", "from": "S02", "to": ["S01"]},
            {"label": "R02", "kind": "carries", "from": "S03", "to": ["S01"]}
          ]
        }"#,
    );
    let texts = &comparison.provenance.circular.one_text;
    assert_eq!(texts.len(), 1);
    assert_eq!(
        (texts[0].text.to_string().as_str(), texts[0].account_count),
        ("S01 (AGENCY)", 2)
    );
}

/// A letter that says its writer does not stand for what Bob passes on, and words that Bob
/// passed on, which disown something.
const UNDERCUT: &str = r#"{
  "questions": [{"label": "P01", "words": "Is Ann at home?", "varies": true, "about": ["ANN"]},
                {"label": "P02", "words": "Did Dan visit Ann?", "varies": false, "about": ["DAN", "ANN"]}],
  "statements": [
    {"label": "S01", "speaker": "ANN", "alleged": true, "hops": [{"from": "ANN", "to": "?", "medium": "letter"}, {"from": "?", "to": "GAZETTE"}]},
    {"label": "S02", "speaker": "ANN", "hops": [{"from": "ANN", "to": "BOB", "medium": "telephone"}, {"from": "BOB", "to": "GAZETTE"}]},
    {"label": "S03", "speaker": "ANN", "hops": [{"from": "ANN", "to": "CLEO"}, {"from": "CLEO", "to": "GAZETTE"}],
     "stances": [{"on": "P01", "says": "affirms"}]},
    {"label": "S04", "speaker": "CLEO", "hops": [{"from": "CLEO", "to": "GAZETTE"}]},
    {"label": "S05", "speaker": "DAN", "hops": [{"from": "DAN", "to": "GAZETTE"}], "stances": [{"on": "P01", "says": "uncommitted"}]},
    {"label": "S06", "speaker": "BOB", "hops": [{"from": "BOB", "to": "GAZETTE"}], "stances": [{"on": "P01", "says": "denies"}]},
    {"label": "S07", "speaker": "GAZETTE", "stances": [{"on": "P02", "says": "affirms"}]}
  ],
  "relations": [
    {"label": "R01", "kind": "undermines-authority", "from": "S01", "to": ["@BOB"]},
    {"label": "R02", "kind": "disowns", "from": "S02", "to": ["S01", "S03"], "is": "unresolved"},
    {"label": "R03", "kind": "surprised-by", "from": "S04", "to": ["S01"]},
    {"label": "R04", "kind": "sought-from", "from": "S01", "to": ["@CLEO"], "asserted_by": "EVE"}
  ]
}"#;

#[test]
fn an_undercut_circle_is_unresolved_and_has_its_breakers() {
    let comparison = compared(UNDERCUT);
    let dispute = comparison.provenance.dispute.as_ref().unwrap();
    // Bob's own words are not passed on by him: only those of others are attacked.
    let attacks: Vec<(String, String)> = dispute
        .attacks
        .iter()
        .map(|attack| {
            (
                attack.from.record().unwrap().to_string(),
                attack.to.record().unwrap().to_string(),
            )
        })
        .collect();
    let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(attacks, [pair("S01", "S02"), pair("S02", "S01"), pair("S02", "S03")]);
    assert_eq!(dispute.cycles.len(), 1);
    let cycle = &dispute.cycles[0];
    assert!(cycle.unresolved && !cycle.odd);
    // The letter alone, the quotation alone, both, neither: the circle comes with the letter.
    assert_eq!(dispute.readings.len(), 4);
    assert_eq!(cycle.under, [0, 2]);
    let standing = |reading: usize, label: &str| {
        let standings = &dispute.readings[reading].standings;
        standings
            .iter()
            .find(|stands| stands.what.record().unwrap().to_string() == label)
            .unwrap()
            .standing
    };
    assert_eq!(standing(0, "S01"), AttackStanding::Unresolved);
    assert_eq!(standing(1, "S02"), AttackStanding::Falls);
    assert_eq!(standing(1, "S03"), AttackStanding::Stands);
    assert_eq!(standing(3, "S01"), AttackStanding::Stands);
    // Cleo and Dan come by other channels; Bob and Ann do not.
    let breakers: Vec<String> = cycle
        .breakers
        .iter()
        .map(|one| one.statement.record().unwrap().to_string())
        .collect();
    assert_eq!(breakers, ["S04", "S05"]);
    assert_eq!(
        cycle.breakers[1].access,
        ["P02 is about DAN and ANN, and S07 affirms it."]
    );
    let lacks: Vec<LackKind> = cycle.lacks.iter().map(|lack| lack.what).collect();
    for what in [
        LackKind::HandwritingExemplar,
        LackKind::PaperOriginal,
        LackKind::CallRecord,
        LackKind::CallNotes,
    ] {
        assert!(lacks.contains(&what), "{what:?}");
    }
    assert_eq!(cycle.sought[0].said.asserted_by[0].to_string(), "EVE");
    assert_eq!(comparison.provenance.second_order.count, 3);
}

#[test]
fn what_attacks_itself_is_an_odd_circle() {
    let comparison = compared(
        r#"{"statements": [{"label": "S01", "speaker": "ANN"}],
            "relations": [{"label": "R01", "kind": "disowns", "from": "S01", "to": ["S01"]}]}"#,
    );
    let dispute = comparison.provenance.dispute.unwrap();
    assert!(dispute.cycles[0].odd && dispute.cycles[0].unresolved);
}

#[test]
fn all_pass_through_one_and_silences_count_for_nobody() {
    let comparison = compared(UNDERCUT);
    let network = comparison.provenance.bottlenecks.as_ref().unwrap();
    let names: Vec<String> = network
        .bottlenecks
        .iter()
        .map(|bottleneck| bottleneck.who.to_string())
        .collect();
    assert_eq!(names, ["GAZETTE"]);
    assert_eq!(network.bottlenecks[0].cut, Some(true));
    assert_eq!(network.disjoint_ways, Some(Range { least: 1, most: 1 }));
    let question = &comparison.questions[0];
    let silences = question.provenance.silences.as_ref().unwrap();
    assert_eq!(
        (silences.count, silences.shown[0].who.to_string()),
        (1, "DAN".to_owned())
    );
    assert_eq!((question.affirms.accounts, question.denies.accounts), (1, 1));
    assert_eq!(affirming(&comparison).statements, 1);
}

#[test]
fn who_was_asked_is_shown_and_who_was_not() {
    let comparison = compared(&UNDERCUT.replace(
        "\"relations\": [",
        r#""relations": [{"label": "R09", "kind": "asked", "from": "P01", "to": ["@BOB"], "asserted_by": "EVE"},"#,
    ));
    let reply = &comparison.questions[0].provenance.right_of_reply;
    assert_eq!(reply.requests[0].asked[0].to_string(), "BOB");
    assert_eq!(reply.requests[0].answer, crate::record::Answer::Declined);
    let not_asked: Vec<String> = reply.not_asked.iter().map(|one| one.who.to_string()).collect();
    assert_eq!(not_asked, ["ANN"]);
    assert!(reply.not_asked[0].spoken_of);
}

#[test]
fn an_authority_is_claimed_doubted_or_never_granted() {
    let case = |claim: &str, relations: &str| {
        compared(&format!(
            r#"{{"statements": [{{"label": "S01", "speaker": "ANN", "hops": [
                 {{"from": "ANN", "to": "BOB"}}, {{"from": "BOB", "to": "GAZETTE"{claim}}}]}},
                 {{"label": "S02", "speaker": "ANN"}}],
                "relations": [{relations}]}}"#
        ))
        .provenance
        .authority
        .unwrap()
    };
    assert_eq!((case("", "").count, case("", "").unstated), (0, 1));
    let claimed = case(r#", "authority": "claimed""#, "");
    assert_eq!(claimed.shown[0].standing, AuthorityStanding::Claimed);
    assert_eq!(
        case(r#", "authority": "not-stated""#, "").shown[0].standing,
        AuthorityStanding::NeverGranted
    );
    // A hop that says "granted" and names no record of it claims, and no more.
    assert_eq!(
        case(r#", "authority": "granted""#, "").shown[0].standing,
        AuthorityStanding::Claimed
    );
    let doubt = r#"{"label": "R01", "kind": "undermines-authority", "from": "S02", "to": ["@BOB"]}"#;
    assert_eq!(case("", doubt).shown[0].standing, AuthorityStanding::Denied);
}

#[test]
fn what_leaned_on_a_superseded_record_is_listed_with_the_way() {
    let comparison = compared(
        r#"{
          "statements": [{"label": "S01", "speaker": "ANN"}, {"label": "S02", "speaker": "BOB"},
                         {"label": "S03", "speaker": "CLEO"}, {"label": "S04", "speaker": "DAN"}],
          "relations": [
            {"label": "R01", "kind": "quotes", "from": "S02", "to": ["S01"]},
            {"label": "R02", "kind": "comments-on", "from": "S03", "to": ["S02"]},
            {"label": "R03", "kind": "supersedes", "from": "S04", "to": ["S01"]},
            {"label": "R04", "kind": "carries", "from": "S01", "to": ["S03"]}
          ]
        }"#,
    );
    let taint = comparison.provenance.taint.unwrap();
    assert_eq!(taint.source_count, 1);
    let leaning: Vec<String> = taint.sources[0]
        .leaning
        .iter()
        .map(|one| one.record.to_string())
        .collect();
    assert_eq!(leaning, ["S02", "S03", "R02"]);
    assert_eq!(
        taint.sources[0].leaning[1].way,
        ["S03 comments on S02", "S02 quotes S01"]
    );
}

#[test]
fn what_bears_on_more_pairs_comes_first() {
    let comparison = compared(
        r#"{
          "questions": [{"label": "P01", "words": "Is Ann at home?", "varies": false}],
          "statements": [
            {"label": "S01", "speaker": "ANN", "hops": [{"from": "ANN", "to": "GAZETTE", "medium": "press"}], "stances": [{"on": "P01", "says": "affirms"}]},
            {"label": "S02", "speaker": "BOB", "hops": [{"from": "BOB", "to": "GAZETTE", "medium": "press"}], "stances": [{"on": "P01", "says": "affirms"}]},
            {"label": "S03", "speaker": "CLEO", "hops": [{"from": "CLEO", "to": "GAZETTE", "medium": "press"}], "stances": [{"on": "P01", "says": "denies"}]}
          ],
          "relations": [{"label": "R01", "kind": "sought-from", "from": "P01", "to": ["@DAN"]}]
        }"#,
    );
    let open = &comparison.questions[0].provenance.open;
    assert_eq!(open.readings, 2);
    let asked = |ask: &[Who]| -> Vec<String> { ask.iter().map(Who::to_string).collect() };
    let sought = &open.sought[0];
    assert_eq!(
        (sought.bears.pairs, asked(&sought.sought.ask)),
        (2, vec!["DAN".to_owned()])
    );
    let lacks: Vec<(usize, LackKind, Vec<String>)> = open
        .lacks
        .iter()
        .map(|open| (open.bears.pairs, open.lack.what, asked(&open.lack.ask)))
        .collect();
    let row = |pairs, who: &str| (pairs, LackKind::FullText, vec![who.to_owned()]);
    assert_eq!(lacks, [row(2, "CLEO"), row(1, "ANN"), row(1, "BOB")]);
}

#[test]
fn links_to_nowhere_and_to_themselves_are_no_harm() {
    let comparison = compared(
        r#"{
          "statements": [{"label": "S01", "speaker": "ANN"}, {"label": "S02", "speaker": "ANN"}],
          "relations": [
            {"label": "R01", "kind": "carries", "from": "S01", "to": ["S01"]},
            {"label": "R02", "kind": "carries", "from": "S99", "to": ["S98"]},
            {"label": "R03", "kind": "disowns", "from": "@ANN", "to": [], "is": "unresolved"},
            {"label": "R04", "kind": "undermines-authority", "from": "S02", "to": ["@ANN", "S99"]},
            {"label": "R05", "kind": "same-as", "from": "@ANN", "to": ["@ANN"]},
            {"label": "R06", "kind": "independent-of", "from": "S01", "to": ["S01"]},
            {"label": "R07", "kind": "asked", "from": "R01", "to": ["@ANN"]},
            {"label": "R08", "kind": "silent-on", "from": "S02", "to": ["S99"]}
          ]
        }"#,
    );
    assert_eq!(comparison.provenance.circular.circle_count, 1);
    assert_eq!(comparison.provenance.dispute, None);
    assert_eq!(comparison.provenance.silences.count, 1);
}

#[test]
fn a_layer_says_what_is_open_of_it() {
    let built = built(UNDERCUT);
    let ladder = ladder(&built.case(), super::id("S02")).unwrap();
    let who: Vec<String> = ladder.layers.layers.iter().map(|layer| layer.who.to_string()).collect();
    assert_eq!(who, ["ANN", "BOB", "GAZETTE"]);
    assert!(
        ladder.layers.layers[1]
            .open
            .iter()
            .any(|open| open.contains("FRE 901(b)(5), (6)"))
    );
    let held: Vec<bool> = ladder.layers.layers.iter().map(|layer| layer.preserved).collect();
    assert_eq!(held, [false, false, true]);
    assert_eq!(ladder.layers.hearsay_path.len(), 2);
}

#[test]
fn kinds_of_second_order_have_their_cautions() {
    assert_eq!(caution(RelationKind::SurprisedBy), Some("A surprise is no denial."));
    assert_eq!(caution(RelationKind::Carries), None);
}

fn keys(value: &serde_json::Value, found: &mut std::collections::BTreeSet<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (key, value) in members {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn every_member_and_kind_is_on_the_page() {
    let root = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let page = |name: &str| std::fs::read_to_string(root.join("spec").join(name)).unwrap();
    let pages = page("provenance.md") + &page("comparison.md");
    let built = built(UNDERCUT);
    let comparison = compare(&built.case(), &Ask::everything());
    let ladder = ladder(&built.case(), super::id("S02")).unwrap();
    let mut found = std::collections::BTreeSet::new();
    keys(&serde_json::to_value(&comparison.provenance).unwrap(), &mut found);
    keys(
        &serde_json::to_value(&comparison.questions[0].provenance).unwrap(),
        &mut found,
    );
    keys(&serde_json::to_value(&ladder.layers).unwrap(), &mut found);
    assert!(found.len() > 80, "{}", found.len());
    for key in found {
        let named = pages.contains(&format!("`{key}`")) || pages.contains(&format!("\"{key}\""));
        assert!(named, "{key} is on neither page");
    }
    let page = page("provenance.md");
    let limits = [
        super::super::network::independence::MAX_ACCOUNTS_MATCHED,
        super::super::network::bottleneck::MAX_NETWORK_ACCOUNTS,
        super::super::network::bottleneck::MAX_BOTTLENECKS_SHOWN,
        super::super::network::origins::MAX_ORIGINS_SHOWN,
        super::super::dispute::MAX_DISPUTE_READINGS,
        super::super::dispute::MAX_ATTACKS_SHOWN,
        super::super::authority::MAX_AUTHORITIES_SHOWN,
        super::super::taint::MAX_SOURCES_SHOWN,
        super::super::silence::MAX_SILENCES_SHOWN,
        super::super::reply::MAX_REQUESTS_SHOWN,
        super::super::open::MAX_OPEN_SHOWN,
        super::super::open::MAX_OPEN_OF_CASE_SHOWN,
    ];
    let (_, table) = page.split_once("## Limits").unwrap();
    for limit in limits {
        assert!(
            table.contains(&limit.to_string()),
            "{limit} is not among the limits of the page"
        );
    }
}
