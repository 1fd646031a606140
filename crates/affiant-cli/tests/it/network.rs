//! What the declared links of `fixtures/cases/huseynov` come to: origins, bottlenecks, the
//! dispute and what would settle it.

use serde_json::Value;

use crate::look::{comparison, flowing, question, read, read_json};

fn labels(things: &Value) -> Vec<&str> {
    let things = things.as_array().unwrap().iter();
    things.map(|thing| thing["record"]["label"].as_str().unwrap()).collect()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

#[test]
fn the_letter_and_the_disavowal_undercut_each_other() {
    let comparison = comparison();
    let dispute = &comparison["dispute"];
    let cycles: Vec<&Value> = list(&dispute["cycles"])
        .iter()
        .filter(|cycle| cycle["unresolved"] == true)
        .collect();
    let of_two = |cycle: &&&Value| labels(&cycle["members"]) == ["S03", "S06"];
    let cycle = cycles.iter().find(of_two).unwrap();
    assert_eq!(cycle["odd"], false);
    let kinds: Vec<&str> = list(&cycle["attacks"])
        .iter()
        .map(|attack| attack["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["undermines-authority", "disowns"]);
    let breakers: Vec<&str> = list(&cycle["breakers"])
        .iter()
        .map(|breaker| breaker["statement"]["record"]["label"].as_str().unwrap())
        .collect();
    // The lawyer and the diplomats; nobody whose words came through the brother.
    assert!(breakers.contains(&"S10") && breakers.contains(&"S17"), "{breakers:?}");
    assert!(!breakers.contains(&"S12") && !breakers.contains(&"S14"), "{breakers:?}");
    let lacks: Vec<&str> = list(&cycle["lacks"])
        .iter()
        .map(|lack| lack["what"].as_str().unwrap())
        .collect();
    for what in ["handwriting-exemplar", "paper-original", "call-record", "visit-record"] {
        assert!(lacks.contains(&what), "{what}");
    }
    assert!(flowing(&read(&["compare"])).contains("Unresolved by the record: S03"));
}

#[test]
fn the_literal_words_of_the_disavowal_also_hit_the_quotation() {
    let comparison = comparison();
    let readings = list(&comparison["dispute"]["readings"]);
    let standing = |meant: &str, label: &str| -> Value {
        let of = |reading: &&Value| reading["conditions"][0].as_str().unwrap().contains(meant);
        let reading = readings.iter().find(of).unwrap();
        let standings = list(&reading["standings"]).iter();
        let mut standings = standings.filter(|standing| standing["what"]["record"]["label"] == label);
        standings
            .next()
            .map_or(Value::Null, |standing| standing["standing"].clone())
    };
    // If the letter alone is meant, the quotation is not attacked at all; if all is, it is open.
    assert_eq!(
        standing("S03 (Mehman Huseynov, alleged) and nothing else", "S02"),
        Value::Null
    );
    assert_eq!(standing("all 3 of them", "S02"), "unresolved");
    assert_eq!(standing("S02 (Mehman Huseynov) and nothing else", "S06"), "falls");
    assert_eq!(standing("none of them", "S03"), "stands");
}

#[test]
fn one_who_speaks_often_is_one_origin() {
    let comparison = comparison();
    let of = |name: &str| {
        let origins = list(&comparison["origins"]["shown"]).iter();
        let mut origins = origins.filter(|origin| origin["kind"] == "party" && origin["who"]["name"] == name);
        let statements = list(&origins.next().unwrap()["statements"]);
        assert_eq!(origins.count(), 0);
        statements
            .iter()
            .map(|tag| tag["label"].as_str().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("Emin Huseynov"), ["S07", "S08", "S11", "S12", "S15"]);
    // The lawyer’s relay and the brother’s begin with the prisoner.
    let pairs = list(&comparison["dispute"]["independence"]["pairs"]);
    let pair = pairs
        .iter()
        .find(|pair| pair["a"]["label"] == "S02" && pair["b"]["label"] == "S06")
        .unwrap();
    assert_eq!(pair["verdict"], "dependent");
    let shared: Vec<(&str, &str)> = list(&pair["shared"])
        .iter()
        .filter(|shared| !list(&shared["who"]).is_empty())
        .map(|shared| {
            (
                shared["what"].as_str().unwrap(),
                shared["who"][0]["name"].as_str().unwrap(),
            )
        })
        .collect();
    assert!(shared.contains(&("speaker", "Mehman Huseynov")), "{shared:?}");
    assert!(shared.contains(&("publisher", "JAMnews")), "{shared:?}");
}

#[test]
fn every_pair_shares_the_publisher_the_one_bottleneck() {
    let comparison = comparison();
    for question in list(&comparison["questions"]) {
        let Some(pairs) = question["independence"]["pairs"].as_array() else {
            continue;
        };
        for pair in pairs {
            let publisher = |shared: &Value| shared["what"] == "publisher" && shared["who"][0]["name"] == "JAMnews";
            let own = |shared: &Value| shared["what"] == "speaker" && shared["who"][0]["name"] == "JAMnews";
            assert!(
                list(&pair["shared"])
                    .iter()
                    .any(|shared| publisher(shared) || own(shared)),
                "{pair}"
            );
        }
    }
    let network = &comparison["bottlenecks"];
    let names: Vec<&str> = list(&network["bottlenecks"])
        .iter()
        .map(|one| one["who"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["JAMnews"]);
    assert_eq!(network["bottlenecks"][0]["cut"], true);
    assert_eq!(network["disjoint_ways"]["most"], 1);
    assert!(flowing(&read(&["compare"])).contains("pass through JAMnews: the one bottleneck."));
}

#[test]
fn those_who_take_no_side_corroborate_nothing() {
    let comparison = comparison();
    let of_him = question(&comparison, "P02");
    let silent: Vec<&str> = list(&of_him["silences"]["shown"])
        .iter()
        .map(|one| one["record"]["label"].as_str().unwrap())
        .collect();
    for label in ["S17", "S33", "S34"] {
        assert!(silent.contains(&label), "{silent:?}");
        for side in ["origins_affirming", "origins_denying"] {
            let origins = list(&of_him[side]["shown"]).iter();
            let mut statements = origins.flat_map(|origin| list(&origin["statements"]));
            assert!(statements.all(|tag| tag["label"] != label));
        }
    }
}

#[test]
fn nobody_is_asked_to_believe_the_outer_layer_twice() {
    let ladder = read_json(&["show", "S06", "--path"]);
    let layers = list(&ladder["ladder"]["layers"]);
    let who: Vec<&str> = layers
        .iter()
        .map(|layer| layer["who"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(who, ["Mehman Huseynov", "Emin Huseynov", "JAMnews"]);
    assert_eq!(list(&ladder["ladder"]["hearsay_path"]).len(), 2);
    let text = flowing(&read(&["show", "S06", "--path"]));
    assert!(text.contains("Layers, each to be tested by itself (FRE 805)"));
    assert!(text.contains("Detained; no record that it was said freely."));
    assert!(text.contains("FRE 801(d)(2)(C), (D)"));
}
