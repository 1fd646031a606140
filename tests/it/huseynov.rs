//! The case that the project was born from: every phrase that it quotes stands in the
//! article, where the register says.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/cases/huseynov")
        .join(path)
}

/// The article and the register, which are not part of the project.
fn given(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("AFFIANT_CASE").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/case"));
    fs::read(folder.join(name)).ok()
}

/// The texts of all passages of the case file, with the label of each one's statement.
fn passages() -> Vec<(String, String)> {
    let text = fs::read_to_string(fixture("case.toml")).unwrap();
    let case: toml::Table = text.parse().unwrap();
    let mut passages = Vec::new();
    for statement in case["statement"].as_array().unwrap() {
        let label = statement["label"].as_str().unwrap();
        for words in statement
            .get("words")
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
        {
            passages.push((label.to_owned(), words["text"].as_str().unwrap().to_owned()));
        }
    }
    passages
}

#[test]
fn every_quoted_phrase_is_in_the_article() {
    let passages = passages();
    assert!(passages.len() >= 42);
    let (Some(article), Some(register)) = (given("article.txt"), given("register.json")) else {
        println!("skipped: the article is not here");
        return;
    };
    let register: Value = serde_json::from_slice(&register).unwrap();
    let mut spans = 0;
    for statement in register["statements"].as_array().unwrap() {
        // A label has one to four letters before its digits.
        let label = statement["id"].as_str().unwrap().replace("S13b", "SB13");
        for quote in statement["quotes"].as_array().unwrap() {
            let (start, end) = (
                quote["start"].as_u64().unwrap() as usize,
                quote["end"].as_u64().unwrap() as usize,
            );
            let words = std::str::from_utf8(&article[start..end]).unwrap();
            let held = passages.iter().any(|(of, text)| *of == label && text == words);
            assert!(held, "{label}: {words:?} is not among its passages");
            spans += 1;
        }
    }
    for (label, text) in &passages {
        let found = article.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(found, "{label}: {text:?} is not in the article");
    }
    println!(
        "{spans} spans of the register and {} passages of the case found in the article",
        passages.len()
    );
}

#[test]
fn no_event_has_a_year_but_the_one_that_is_stated() {
    let text = fs::read_to_string(fixture("case.toml")).unwrap();
    let case: toml::Table = text.parse().unwrap();
    let mut years = Vec::new();
    for statement in case["statement"].as_array().unwrap() {
        collect_years(statement["label"].as_str().unwrap(), statement, &mut years);
    }
    years.sort();
    years.dedup();
    assert_eq!(years, ["S32 2016"]);
}

/// Years in the members that hold times.
fn collect_years(label: &str, value: &toml::Value, years: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                let time = [
                    "said",
                    "conveyed",
                    "published",
                    "over",
                    "when",
                    "edtf",
                    "time",
                    "within",
                ]
                .contains(&name.as_str());
                if let (true, Some(text)) = (time, value.as_str()) {
                    let parts = text
                        .split(['/', '-'])
                        .filter(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
                    years.extend(parts.map(|year| format!("{label} {year}")));
                }
                collect_years(label, value, years);
            }
        }
        toml::Value::Array(values) => values.iter().for_each(|value| collect_years(label, value, years)),
        _ => {}
    }
}
