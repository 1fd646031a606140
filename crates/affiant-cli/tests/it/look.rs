//! `affiant import`, `list`, `show` and `compare`, over the case of `fixtures/cases/huseynov`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;

use crate::program::Program;

pub fn case_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cases/huseynov")
}

/// A home with the archive `case` in it, which holds the whole case.
fn with_the_case() -> Program {
    let program = Program::new();
    init(&program);
    let file = case_dir().join("case.toml");
    let file = file.to_str().unwrap();
    let fixtures = case_dir().join("../..");
    let from = fixtures.to_str().unwrap();
    let recorded = program
        .run(&["-C", "case", "import", file, "--exhibits-from", from])
        .passed();
    let expected = "Recorded 17 parties, 14 exhibits, 57 questions, 42 statements, 37 relations.\n";
    assert_eq!(recorded, expected);
    program
}

fn init(program: &Program) {
    let arguments = ["init", "case", "--name", "Ada Example", "--capacity", "lawyer"];
    program
        .run(&[&arguments[..], &["--insecure-no-passphrase"]].concat())
        .passed();
}

/// One archive for all tests that only read.
fn shared() -> &'static Program {
    static SHARED: OnceLock<Program> = OnceLock::new();
    SHARED.get_or_init(with_the_case)
}

pub fn read(arguments: &[&str]) -> String {
    shared().run(&[&["-C", "case"], arguments].concat()).passed()
}

pub fn read_json(arguments: &[&str]) -> Value {
    serde_json::from_str(&read(&[arguments, &["--json"]].concat())).unwrap()
}

pub fn comparison() -> Value {
    read_json(&["compare"])
}

pub fn question<'c>(comparison: &'c Value, label: &str) -> &'c Value {
    let questions = comparison["questions"].as_array().unwrap();
    let has_label = |question: &&Value| question["proposition"]["label"] == label;
    questions.iter().find(has_label).unwrap()
}

fn pairs(comparison: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let questions = comparison["questions"].as_array().unwrap().iter();
    questions
        .flat_map(|question| question["pairs"].as_array().unwrap())
        .map(|pair| {
            let label = |side: usize| pair["sides"][side]["statement"]["label"].as_str().unwrap();
            (label(0), label(1), pair)
        })
}

fn codes(readings: &Value) -> Vec<&str> {
    let readings = readings.as_array().unwrap().iter();
    readings.map(|reading| reading["code"].as_str().unwrap()).collect()
}

/// Text without its line breaks and indents.
pub fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_comparison_of_the_case_is_the_one_that_was_read_and_kept() {
    let text = read(&["compare"]);
    let path = case_dir().join("comparison.txt");
    if std::env::var_os("AFFIANT_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(&path).unwrap());
}

/// With naughts for the digits of party ids, which are random.
fn without_ids(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("party:").or_else(|| rest.find("(party ")) {
        let at = rest.find("(party ").map_or(at, |other| at.min(other));
        let from = at + rest[at..].find([':', ' ']).unwrap() + 1;
        let digits = rest[from..].bytes().take_while(u8::is_ascii_hexdigit).count();
        shown.push_str(&rest[..from]);
        shown.push_str(&"0".repeat(digits));
        rest = &rest[from + digits..];
    }
    shown + rest
}

#[test]
fn the_suggestions_on_the_case_are_those_that_were_read_and_kept() {
    let text = without_ids(&read(&["suggest"]));
    let path = case_dir().join("suggestions.txt");
    if std::env::var_os("AFFIANT_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(&path).unwrap());
}

#[test]
fn suggestions_are_set_apart_and_record_nothing() {
    let before = read(&["list"]);
    let found = read_json(&["suggest", "names", "--limit", "1"]);
    assert_eq!(found["class"], "suggestion");
    let methods = found["methods"].as_array().unwrap();
    assert_eq!(methods.len(), 1);
    assert_eq!(methods[0]["count"], 1);
    let suggestion = &methods[0]["suggestions"][0];
    assert_eq!(
        (&suggestion["class"], &suggestion["status"]),
        (&"suggestion".into(), &"unreviewed".into())
    );
    assert_eq!(suggestion["proposed"]["one"]["name"], "Tofig Yagublu");
    assert_eq!(suggestion["proposed"]["other"]["name"], "Tofik Yaqublu");
    assert_eq!(read(&["list"]), before);
    // What is proposed does not get into a comparison.
    assert!(!read(&["compare"]).contains("may be one party"));
    assert!(read(&["suggest", "slots", "--limit", "0"]).contains("Near-parallel sentences that may differ"));
}

#[test]
fn the_letter_and_the_quotation_are_in_a_tension_that_the_publisher_asserts() {
    let comparison = comparison();
    let links = comparison["links"].as_array().unwrap();
    let of_two =
        |link: &&Value| link["from"]["record"]["label"] == "S03" && link["among"][0]["record"]["label"] == "S02";
    let link = links.iter().find(of_two).unwrap();
    assert_eq!(codes(&link["asserted"]), ["tension-asserted"]);
    assert_eq!(codes(&link["computed"]), ["no-shared-proposition"]);
    assert_eq!(link["asserted"][0]["class"], "finding");
    assert_eq!(link["computed"][0]["class"], "fact");
    assert_eq!(link["asserted_by"][0]["name"], "JAMnews");
    assert!(pairs(&comparison).all(|(one, other, _)| [one, other] != ["S02", "S03"] && [one, other] != ["S03", "S02"]));
    let text = flowing(&read(&["compare"]));
    assert!(text.contains("tension-asserted (asserted by JAMnews)"));
    assert!(text.contains("They share no question on which they take opposite stances."));
    assert!(text.contains("On P03, S03 (Mehman Huseynov, alleged) does not say; S02 (Mehman Huseynov) affirms it."));
}

#[test]
fn the_commissioner_and_the_brother_part_if_they_speak_of_the_same_time() {
    let comparison = comparison();
    let (_, _, pair) = pairs(&comparison)
        .find(|(one, other, _)| [*one, *other] == ["S12", "S14"])
        .unwrap();
    assert_eq!(
        codes(&pair["computed"]),
        [
            "contradiction-if-simultaneous",
            "changed-over-time",
            "modality",
            "definitional"
        ]
    );
    assert!(pairs(&comparison).all(|(.., pair)| !codes(&pair["computed"]).contains(&"contradiction")));
}

#[test]
fn of_whom_the_prison_service_speaks_is_not_settled() {
    let comparison = comparison();
    let denials: Vec<_> = pairs(&comparison).filter(|(_, denies, _)| *denies == "S19").collect();
    assert_eq!(denials.len(), 5, "three accounts of him and two of the inmates");
    for (.., pair) in denials {
        let codes = codes(&pair["computed"]);
        assert_eq!(codes[0], "different-scope-possible");
        assert!(!codes.iter().any(|code| code.starts_with("contradiction")), "{codes:?}");
        assert_eq!(pair["computed"][0]["alternatives"].as_array().unwrap().len(), 3);
    }
    let text = flowing(&read(&["compare", "P02"]));
    assert!(text.contains("S19 speaks of one of these, and it is not known which: Mehman Huseynov;"));
    assert!(text.contains("Of which S19 speaks: its full text, or penitentiary service asked."));
}

#[test]
fn the_diplomats_are_committed_to_nothing() {
    let comparison = comparison();
    let of_him = question(&comparison, "P02");
    let silent = of_him["no_commitment"].as_array().unwrap();
    assert!(
        silent
            .iter()
            .any(|reading| reading["records"][0]["label"] == "S17" && reading["code"] == "no-commitment")
    );
    assert!(pairs(&comparison).all(|(one, other, _)| one != "S17" && other != "S17"));
}

#[test]
fn the_letter_and_the_inmates_text_came_by_hands_unidentified() {
    let comparison = comparison();
    for (question_label, side, statement) in [
        ("P14", "denies", "S03"),
        ("P32", "affirms", "S21"),
        ("P34", "affirms", "S23"),
    ] {
        let account = &question(&comparison, question_label)[side]["shown"][0]["account"];
        assert_eq!(account["statement"]["label"], statement);
        assert!(
            account["relay"]["unidentified_hops"].as_u64().unwrap() >= 2,
            "{statement}"
        );
    }
    let path = read(&["show", "S03", "--path"]);
    assert!(path.contains("├┄┄ letter ┄┄▶ somebody unidentified"), "{path}");
}

#[test]
fn no_event_has_a_year_and_none_is_guessed() {
    fn times(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match member.as_str().filter(|_| name == "edtf") {
                        Some(time) => found.push(time.to_owned()),
                        None => times(member, found),
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|value| times(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    times(&comparison(), &mut found);
    assert!(found.len() > 50);
    let stated = |time: &&String| {
        time.split('/')
            .any(|end| !end.is_empty() && end != ".." && !end.starts_with("XXXX"))
    };
    let dated: Vec<&String> = found.iter().filter(stated).collect();
    assert_eq!(dated, ["2016"], "the one that the source prints");
    let text = read(&["compare"]);
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let years: Vec<&str> = words
        .filter(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
        .filter(|word| word.parse::<u32>().is_ok())
        .collect();
    assert_eq!(years, ["2016"], "the one that a question names");
}

#[test]
fn every_command_has_json() {
    let found = read_json(&["list", "kefir"]);
    assert_eq!(found["searched"], 155);
    assert!(
        found["records"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["label"] == "S11")
    );
    let shown = read_json(&["show", "S03"]);
    assert_eq!(
        (&shown["kind"], &shown["standing"]),
        (&"statement".into(), &"verified".into())
    );
    assert_eq!(
        shown["disclosed"]["words[1]"]["text"],
        "he didn’t want to create a fuss around himself"
    );
    assert_eq!(shown["payload"]["predicate"]["label"], "S03");
    assert_eq!(shown["withheld"], Value::Array(Vec::new()));
    let path = read_json(&["show", "S03", "--path"]);
    assert_eq!(path["established"]["bytes_unchanged"], "yes");
    assert_eq!(path["ladder"]["rungs"].as_array().unwrap().len(), 4);
    assert_eq!(read_json(&["compare", "P02"])["question_count"], 1);
}

#[test]
fn a_list_is_searched_in_any_script_and_says_what_it_did_not_find() {
    let found = read(&["list", "MALMSTRÖM", "stopped", "--kind", "statement"]);
    let labels: Vec<&str> = found.lines().map(|line| &line[..3]).collect();
    assert_eq!(labels, ["S14"], "{found}");
    assert!(
        found.contains("Cecilia Malmström, until 17 January, year not stated"),
        "{found}"
    );
    let absent = read(&["list", "забастовка"]);
    assert_eq!(
        flowing(&absent),
        "Not found in the 155 records searched. This does not show that it was not said."
    );
    assert_eq!(read(&["list", "--kind", "question"]).lines().count(), 57);
    let by_label = read(&["list", "sb13"]);
    assert!(
        by_label.starts_with("SB13  statement  somebody unidentified"),
        "{by_label}"
    );
}

#[test]
fn a_record_is_shown_with_what_each_scope_does_not_say() {
    let text = read(&["show", "S03"]);
    let shown = flowing(&text);
    for expected in [
        "speaker: Mehman Huseynov (alleged: authorship is disputed or unproven)",
        "“letter.jpg”, image/jpeg, 125087 bytes SHA-256 9e431dc149beb0a8",
        "recorded: “I made this record, as the matter reached me”; it does not say that I heard the words",
        "does not say: P03 Does Mehman Huseynov intend to continue his hunger strike?",
        "translated by: not recorded",
        "that it was recorded at",
        "belongs to Ada Example, according to the archive's roster, which you have reason to believe: you pinned this log",
    ] {
        assert!(shown.contains(expected), "{expected}\n{text}");
    }
    let id = text.lines().find(|line| line.starts_with("record:sha256:")).unwrap();
    assert_eq!(read(&["show", &id["record:sha256:".len()..][..12]]), text);
    let question = flowing(&read(&["show", "P02"]));
    assert!(question.contains("denies: S14 Cecilia Malmström —not stated→ Emin Huseynov —letter→ JAMnews"));
    let party = flowing(&read(&["show", "N3"]));
    assert!(
        party.contains("name: Emin Huseynov capacity: brother of Mehman Huseynov capacity: journalist"),
        "{party}"
    );
}

#[test]
fn what_is_not_there_is_said_with_a_hint() {
    for (arguments, error, hint) in [
        (&["show", "S99"][..], "there is no record \"S99\"", "affiant list"),
        (
            &["compare", "S03"],
            "S03 is a statement, not a question",
            "affiant list --kind question",
        ),
        (&["show", "P02", "--path"], "P02 is a question", "--kind statement"),
    ] {
        let refused = shared().run(&[&["-C", "case"], arguments].concat()).refused();
        assert!(
            refused.contains(error) && refused.contains("hint: ") && refused.contains(hint),
            "{refused}"
        );
    }
}

#[test]
fn a_stranger_is_told_first_that_nobody_is_established() {
    let owner = shared();
    let stranger = Program::new();
    let archive = owner.home().join("case");
    let archive = archive.to_str().unwrap();
    for arguments in [&["compare"][..], &["list"], &["show", "S01"]] {
        let ended = stranger.run(&[&["-C", archive], arguments].concat());
        assert_eq!(ended.code, 3, "{}", ended.stderr);
        assert!(
            ended.stdout.starts_with("Verification is indeterminate: "),
            "{}",
            ended.stdout
        );
    }
    let shown = stranger.run(&["-C", archive, "show", "S01", "--path"]).stdout;
    let alone = "according to the archive's own roster alone, which proves nothing";
    assert!(flowing(&shown).contains(alone), "{shown}");
    let listed = stranger.run(&["-C", archive, "list", "--kind", "party"]).stdout;
    assert!(
        listed.contains("[consistent, signer not established] Emin Huseynov"),
        "{listed}"
    );
}

#[test]
fn whatever_rests_on_a_changed_exhibit_is_set_aside_by_name() {
    let program = with_the_case();
    let shown: Value = serde_json::from_str(&program.run(&["-C", "case", "show", "S12", "--json"]).passed()).unwrap();
    let id = shown["exhibits"][0]["id"]
        .as_str()
        .unwrap()
        .rsplit(':')
        .next()
        .unwrap()
        .to_owned();
    let folder = program.home().join("case/exhibits").join(&id[..2]);
    let file = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&file).unwrap();
    bytes[0] ^= 1;
    fs::write(&file, bytes).unwrap();

    let compared = program.run(&["-C", "case", "compare"]);
    assert_eq!(compared.code, 1, "{}", compared.stderr);
    let text = flowing(&compared.stdout);
    let all = "Verification FAILED: S07, S08, S11, S12, S15 are set aside.";
    assert!(text.starts_with(all), "{text}");
    assert!(text.contains("S12 takes no part: a check of it failed"));
    assert!(text.contains("S02 against S14") && !text.contains("S12 against S14"));
    let shown = program.run(&["-C", "case", "show", "S12"]);
    assert_eq!(shown.code, 1);
    let text = flowing(&shown.stdout);
    assert!(
        text.contains("The record failed verification and is set aside. Rely on nothing below"),
        "{text}"
    );
    assert!(text.contains("NOT established: the bytes have changed."), "{text}");
    let listed = program.run(&["-C", "case", "list", "extended", "hunger"]).stdout;
    assert!(listed.contains("S12  statement  [failed] Emin Huseynov"), "{listed}");
}

#[test]
fn a_case_file_with_faults_is_refused_whole_and_each_fault_has_its_place() {
    let program = Program::new();
    init(&program);
    let before = fs::read(program.home().join("case/checkpoint")).unwrap();
    let faulty = "format = \"affiant case 1\"\n\n[[question]]\nlabel = \"P01\"\nquestion = \"Is Ann at home?\"\nvaries = 7\n\n\
                  [[statement]]\nlabel = \"S01\"\nspeaker = \"XX\"\nform = \"verbatim\"\nexhibits = [\"X01\"]\nwhen = \"now\"\n";
    fs::write(program.home().join("faulty.toml"), faulty).unwrap();
    let refused = program.run(&["-C", "case", "import", "faulty.toml"]).refused();
    assert!(refused.lines().count() >= 3, "{refused}");
    for line in refused.lines() {
        assert!(line.starts_with("error: faulty.toml:"), "{refused}");
    }
    assert!(refused.contains("faulty.toml:6:"), "{refused}");

    fs::write(
        program.home().join("latin.toml"),
        b"format = \"affiant case 1\"\n# caf\xe9\n",
    )
    .unwrap();
    let refused = program.run(&["-C", "case", "import", "latin.toml"]).refused();
    assert!(refused.contains("latin.toml: line 2 is not UTF-8 text"), "{refused}");

    let missing = "format = \"affiant case 1\"\n[[party]]\nid = \"A\"\nkind = \"person\"\nnames = [\"Ann\"]\n\
                   [[exhibit]]\nid = \"X01\"\nfile = \"gone.txt\"\n\
                   [[statement]]\nlabel = \"S01\"\nspeaker = \"A\"\nform = \"verbatim\"\nlanguage = \"en\"\nexhibits = [\"X01\"]\n";
    fs::write(program.home().join("missing.toml"), missing).unwrap();
    let refused = program.run(&["-C", "case", "import", "missing.toml"]).refused();
    assert!(refused.contains("gone.txt"), "{refused}");
    assert_eq!(fs::read(program.home().join("case/checkpoint")).unwrap(), before);
    assert_eq!(program.run(&["-C", "case", "list"]).passed().lines().count(), 2);
}

#[test]
fn what_is_imported_is_listed_as_json() {
    let program = Program::new();
    init(&program);
    let case = "format = \"affiant case 1\"\n[[question]]\nlabel = \"P01\"\nquestion = \"Is \u{202e}Ann\u{2069} at home?\"\nvaries = true\n";
    fs::write(program.home().join("case.toml"), case).unwrap();
    let recorded = program.run(&["-C", "case", "import", "case.toml", "--json"]).passed();
    let recorded: Value = serde_json::from_str(&recorded).unwrap();
    assert_eq!(
        (&recorded[0]["label"], &recorded[0]["leaf"]),
        (&"P01".into(), &2.into())
    );
    for arguments in [&["list"][..], &["show", "P01"], &["compare"], &["list", "--json"]] {
        let printed = program.run(&[&["-C", "case"], arguments].concat()).passed();
        assert!(!printed.contains(['\u{202e}', '\u{2069}']), "{printed}");
    }
    let compared = program.run(&["-C", "case", "compare"]).passed();
    assert!(
        compared.starts_with("These accounts share no question yet; type `affiant question add`."),
        "{compared}"
    );
}

#[test]
fn two_statements_are_put_side_by_side() {
    let both = read_json(&["compare", "S14", "S12"]);
    assert_eq!(both["question_count"], 1);
    let pair = &both["questions"][0]["pairs"][0];
    assert_eq!(
        codes(&pair["computed"]),
        [
            "contradiction-if-simultaneous",
            "changed-over-time",
            "modality",
            "definitional"
        ]
    );
    assert_eq!((&pair["on"], &pair["speakers"]), (&"state".into(), &"different".into()));
    let text = flowing(&read(&["compare", "S12", "S14"]));
    assert!(text.starts_with("S12 (Emin Huseynov) and S14 (Cecilia Malmström) Both are read on 1 question."));
    assert!(text.contains("S12 against S14, on whether it is so at a time (different speakers)"));
}

#[test]
fn what_a_publisher_sets_against_each_other_shares_no_opposed_stance() {
    let both = read_json(&["compare", "S03", "S02"]);
    assert_eq!(codes(&both["asserted"]), ["tension-asserted"]);
    assert_eq!(both["asserted"][0]["asserted_by"][0]["name"], "JAMnews");
    assert_eq!(codes(&both["questions"][0]["computed"]), ["no-commitment"]);
    let apart = read_json(&["compare", "S32", "S35"]);
    assert_eq!(codes(&apart["computed"]), ["no-shared-proposition"]);
}

#[test]
fn a_statement_is_compared_with_another_and_with_no_question() {
    for (arguments, says, hint) in [
        (["S12", "S12"], "S12 is one statement", "affiant show S12"),
        (["P02", "S12"], "P02", ""),
        (["S12", "S99"], "S99", "hint:"),
    ] {
        let refused = shared()
            .run(&[&["-C", "case", "compare"], &arguments[..]].concat())
            .refused();
        assert!(refused.contains(says) && refused.contains(hint), "{refused}");
    }
}
