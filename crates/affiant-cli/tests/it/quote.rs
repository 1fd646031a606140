//! `affiant quote`, over the texts of `fixtures/quotations` and the case of `fixtures/cases/huseynov`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Ended, Program};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/quotations")
        .join(name)
}

/// Runs `affiant quote` on copies of the fixtures, so that their names are the same everywhere.
fn quote(arguments: &[&str]) -> Ended {
    let program = Program::new();
    for name in ["hearing.txt", "note.txt", "article.txt"] {
        fs::copy(fixture(name), program.home().join(name)).unwrap();
    }
    program.run(&[&["quote"], arguments].concat())
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&quote(&[arguments, &["--json"]].concat()).passed()).unwrap()
}

#[test]
fn the_article_is_reported_as_it_was_read_and_kept() {
    for (format, name) in [("text", "article.report.txt"), ("json", "article.report.json")] {
        let mut arguments = vec!["article.txt", "--in", "hearing.txt"];
        if format == "json" {
            arguments.push("--json");
        }
        let printed = quote(&arguments).passed();
        let path = fixture(name);
        if std::env::var_os("AFFIANT_BLESS").is_some() {
            fs::write(&path, &printed).unwrap();
        }
        assert_eq!(printed, fs::read_to_string(&path).unwrap(), "{name}");
    }
}

#[test]
fn the_example_of_the_page_is_what_is_printed() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/quotation.md");
    let text = fs::read_to_string(&page).unwrap();
    let printed = json(&[
        "I did order that the reading room be closed.",
        "--in",
        "hearing.txt",
        "--speaker",
        "Orren",
    ]);
    let (before, rest) = text.split_once("```json\n").unwrap();
    let (example, after) = rest.split_once("\n```\n").unwrap();
    if std::env::var_os("AFFIANT_BLESS").is_some() {
        let printed = serde_json::to_string_pretty(&printed).unwrap();
        fs::write(&page, format!("{before}```json\n{printed}\n```\n{after}")).unwrap();
        return;
    }
    assert_eq!(serde_json::from_str::<Value>(example).unwrap(), printed);
}

#[test]
fn what_is_found_decides_no_exit_code() {
    for text in [
        "I never said that to her.",
        "I always said that to her.",
        "Lanterns in the cellar of the mayor",
    ] {
        assert_eq!(quote(&[text, "--in", "hearing.txt"]).code, 0, "{text}");
    }
    let absent = quote(&["Lanterns in the cellar of the mayor", "--in", "hearing.txt"]).passed();
    let flowing = absent.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flowing.contains("Not found in the 1 text (12 passages) searched. This does not show that it was not said."),
        "{absent}"
    );
}

#[test]
fn what_cannot_be_checked_is_an_error_with_a_remedy() {
    for (arguments, message) in [
        (vec!["words", "--in", "absent.txt"], "absent.txt cannot be read"),
        (vec!["words", "--in", "absent"], "absent cannot be read"),
        (vec!["", "--in", "hearing.txt"], "the quotation is empty"),
        (vec!["words"], "there is no archive"),
    ] {
        let ended = quote(&arguments);
        assert_eq!(ended.code, 2, "{arguments:?}");
        assert!(
            ended.stderr.contains(message) && ended.stdout.is_empty(),
            "{}",
            ended.stderr
        );
    }
}

#[test]
fn a_file_without_quotation_marks_is_one_quotation() {
    let program = Program::new();
    fs::copy(fixture("hearing.txt"), program.home().join("hearing.txt")).unwrap();
    fs::write(program.home().join("passage.txt"), "I never said that to her.\n").unwrap();
    let printed = program
        .run(&["quote", "passage.txt", "--in", "hearing.txt", "--speaker", "Ms. Orren"])
        .passed();
    assert!(printed.contains("[another-speaker]"), "{printed}");
}

#[test]
fn an_archive_is_searched_with_the_speakers_of_its_records() {
    let program = Program::new();
    let init = [
        "init",
        "case",
        "--name",
        "Ada Example",
        "--capacity",
        "lawyer",
        "--insecure-no-passphrase",
    ];
    program.run(&init).passed();
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cases/huseynov/case.toml");
    let fixtures = case.parent().unwrap().join("../..");
    let arguments = [
        "-C",
        "case",
        "import",
        case.to_str().unwrap(),
        "--exhibits-from",
        fixtures.to_str().unwrap(),
    ];
    program.run(&arguments).passed();
    let words = "my brother Mehman continues his hunger strike";
    let found = program.run(&["-C", "case", "--json", "quote", words]);
    let report: Value = serde_json::from_str(&found.stdout).unwrap();
    assert_eq!(report["quotations"][0]["checked"]["class"]["is"], "fact");
    assert_eq!(report["article"], Value::Null);
    let searched = report["quotations"][0]["checked"]["searched"]["texts"]
        .as_u64()
        .unwrap();
    assert!(searched > 10, "{searched}");
}
