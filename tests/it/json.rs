//! Strict JSON against a public suite, and RFC 8785.

use std::collections::BTreeSet;

use affiant::encode::json::{canonical, check};
use serde_json::Value;

use crate::vectors::{own, public, unhex};

const LIMIT: usize = 1 << 20;

/// What RFC 8259 allows and we refuse, on purpose.
const REFUSED: [(&str, &str); 23] = [
    ("null", "y_array_heterogeneous"),
    ("null", "y_array_null"),
    ("null", "y_array_with_several_null"),
    ("null", "y_structure_lonely_null"),
    ("duplicate", "y_object_duplicated_key"),
    ("duplicate", "y_object_duplicated_key_and_value"),
    ("float", "y_number"),
    ("float", "y_number_0e+1"),
    ("float", "y_number_0e1"),
    ("float", "y_number_double_close_to_zero"),
    ("float", "y_number_int_with_exp"),
    ("float", "y_number_minus_zero"),
    ("float", "y_number_negative_zero"),
    ("float", "y_number_real_capital_e"),
    ("float", "y_number_real_capital_e_neg_exp"),
    ("float", "y_number_real_capital_e_pos_exp"),
    ("float", "y_number_real_exponent"),
    ("float", "y_number_real_fraction_exponent"),
    ("float", "y_number_real_neg_exp"),
    ("float", "y_number_real_pos_exponent"),
    ("float", "y_number_simple_real"),
    ("float", "y_object_extreme_numbers"),
    ("float", "y_structure_lonely_negative_real"),
];

#[test]
fn the_public_suite() {
    let Some(folder) = public("json") else { return };
    let (mut refused, mut counts) = (BTreeSet::new(), [0, 0]);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let accepted = check(&std::fs::read(&path).unwrap(), LIMIT).is_ok();
        match &name[..2] {
            "n_" => {
                assert!(!accepted, "{name} is no JSON and was accepted");
                counts[0] += 1;
            }
            "y_" => {
                counts[1] += 1;
                if !accepted {
                    refused.insert(name);
                }
            }
            other => panic!("{other}"),
        }
    }
    let on_purpose: BTreeSet<String> = REFUSED.iter().map(|(_, name)| (*name).to_owned()).collect();
    assert_eq!(refused, on_purpose);
    println!(
        "{} n_ refused, {} y_ of which {} refused",
        counts[0],
        counts[1],
        refused.len()
    );
}

#[test]
fn our_own_cases() {
    let cases = own("json.json");
    for text in cases["refused"].as_array().unwrap() {
        let text = text.as_str().unwrap();
        assert!(check(text.as_bytes(), LIMIT).is_err(), "{text}");
    }
    for bytes in cases["refused_bytes"].as_array().unwrap() {
        assert!(check(&unhex(bytes.as_str().unwrap()), LIMIT).is_err(), "{bytes}");
    }
    for text in cases["accepted"].as_array().unwrap() {
        let text = text.as_str().unwrap();
        assert!(check(text.as_bytes(), LIMIT).is_ok(), "{text}");
    }
    for pair in cases["canonical"].as_array().unwrap() {
        let value: Value = serde_json::from_str(pair["input"].as_str().unwrap()).unwrap();
        assert_eq!(canonical(&value), pair["output"].as_str().unwrap().as_bytes());
    }
}

/// Floats are among the vectors, which `check` refuses; what is written is tested with
/// them all the same.
#[test]
fn rfc_8785() {
    let Some(folder) = public("jcs") else { return };
    let mut count = 0;
    for entry in std::fs::read_dir(folder.join("input")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let value: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let hex = std::fs::read_to_string(folder.join(format!("outhex/{name}.txt"))).unwrap();
        let hex: String = hex.split_ascii_whitespace().collect();
        assert_eq!(canonical(&value), unhex(&hex), "{name}");
        assert_eq!(
            canonical(&value),
            std::fs::read(folder.join(format!("output/{name}.json"))).unwrap(),
            "{name}"
        );
        count += 1;
    }
    assert_eq!(count, 6);
    println!("{count} vectors of RFC 8785");
}
