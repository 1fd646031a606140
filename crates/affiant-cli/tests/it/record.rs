//! `affiant record`, `question`, `relate` and `attest`.

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{Ended, Program};

const SPEAKER: &str = "Mehman Huseynov";
const PHRASE: &str = "Mehman emphasized that he has no information about what is being circulated in his name";

fn media(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/media");
    root.join(name).to_str().unwrap().to_owned()
}

/// A home with an archive in `case`.
fn archive() -> Program {
    let program = Program::new();
    let init = ["init", "case", "--name", "Shahla Gumbatova", "--capacity", "lawyer"];
    program
        .run(&[&init[..], &["--insecure-no-passphrase"]].concat())
        .passed();
    program
}

fn run(program: &Program, arguments: &[&str]) -> Ended {
    program.run(&[&["-C", "case"][..], arguments].concat())
}

fn json(program: &Program, arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&run(program, &[arguments, &["--json"]].concat()).passed()).unwrap()
}

fn labels(recorded: &serde_json::Value) -> Vec<(&str, &str)> {
    let recorded = recorded.as_array().unwrap().iter();
    recorded
        .map(|one| (one["label"].as_str().unwrap(), one["kind"].as_str().unwrap()))
        .collect()
}

fn verified(program: &Program) -> serde_json::Value {
    serde_json::from_str(&program.run(&["verify", "case", "--json"]).passed()).unwrap()
}

fn record_transcript(program: &Program, more: &[&str]) -> Ended {
    let file = media("transcript.txt");
    let arguments = ["record", "transcript", &file, "--turns", "CLIENT", "--speaker", SPEAKER];
    run(program, &[&arguments[..], more].concat())
}

#[test]
fn one_of_each_is_recorded_and_verifies() {
    let program = archive();
    let transcript = record_transcript(&program, &["--detained", "yes", "--said", "XXXX-01-06"]);
    let talk = transcript.stderr.clone();
    let printed = transcript.passed();
    let lines: Vec<&str> = printed.lines().collect();
    assert!(lines[0].starts_with("N2  roster  record:sha256:"), "{printed}");
    assert!(lines[1].starts_with("S01  statement  record:sha256:"), "{printed}");
    for said in [
        "CLIENT  8 turns",
        "LAWYER  8 turns",
        "These lines are nobody's turn; they stay in the exhibit:\n  line 1: SYNTHETIC",
        "You signed S01 as transcribed: I wrote the words down",
        "N2 is new: Mehman Huseynov",
        "Next: affiant question add TEXT",
    ] {
        assert!(talk.contains(said), "{said}: {talk}");
    }

    let question = ["question", "add", "Is he on hunger strike?", "--varies", "yes"];
    let question = json(&program, &[&question[..], &["--about", SPEAKER]].concat());
    assert_eq!(
        labels(&question),
        [("P01", "proposition")],
        "the party is one of the archive"
    );

    let letter = media("letter.jpg");
    let ended = run(
        &program,
        &[
            "record",
            "letter",
            &letter,
            "--speaker",
            SPEAKER,
            "--hop",
            "?a cell mate; letter",
            "--hop",
            "me; photograph; photograph; read",
            "--words",
            "He does not want to create a fuss around himself.",
            "--authority",
            "claimed",
            "--identified-by",
            "his hand",
            "--answer",
            "P01=no,probable,over=2019-01/..,throughout",
        ],
    );
    assert!(ended.stderr.contains("JPEG, 900 × 1200\n"), "{}", ended.stderr);
    assert!(ended.passed().starts_with("S02  statement  record:sha256:"));

    let notes = media("call-notes.txt");
    let call = json(
        &program,
        &[
            "record",
            "call",
            &notes,
            "--speaker",
            SPEAKER,
            "--caller",
            "Emin Huseynov",
            "--called",
            "me",
            "--voice",
            "I have known him for years",
            "--when",
            "2019-01-14",
            "--heard-by",
            "telephone",
            "--listeners",
            "nobody",
            "--lasted",
            "7",
            "--placed-by",
            "caller",
            "--notes-made",
            "during",
            "--words",
            PHRASE,
        ],
    );
    assert_eq!(labels(&call), [("N3", "roster"), ("S03", "statement")]);

    let words = [
        "record",
        "words",
        "--text",
        "There is no hunger strike.",
        "--speaker",
        "Penitentiary Service",
        "--hop",
        "me; press; verbatim; read",
    ];
    let words = json(&program, &[&words[..], &["--published", "2019-01-10"]].concat());
    assert_eq!(labels(&words), [("N4", "roster"), ("S04", "statement")]);

    let answer = ["question", "answer", "S04", "P01", "no", "--certainty", "certain"];
    assert_eq!(labels(&json(&program, &answer)), [("R01", "relation")]);
    let answer = ["question", "answer", "S01", "P01", "yes", "--scope", "his own food"];
    assert_eq!(labels(&json(&program, &answer)), [("R02", "relation")]);
    let relate = ["relate", "S03", "disowns", "S02", "S04", "--one-of"];
    let relate = json(&program, &[&relate[..], &["--asserted-by", "Emin Huseynov"]].concat());
    assert_eq!(labels(&relate), [("R03", "relation")]);
    let attest = [
        "attest",
        "S01",
        "--as",
        "read-over-to",
        "--words",
        "He agreed to each line.",
    ];
    let attest = json(&program, &attest);
    assert_eq!(labels(&attest), [("A01", "attestation")]);

    // Leaf 0 and the keeper, three more parties, four statements, a question, three links, an attestation.
    let report = verified(&program);
    let of_kinds = serde_json::json!({
        "archive": 1, "roster": 4, "statement": 4, "proposition": 1, "relation": 3, "attestation": 1
    });
    assert_eq!(report["records"], of_kinds, "{report}");
    assert_eq!((&report["log"]["size"], &report["exhibits"]), (&14.into(), &4.into()));
    assert_eq!(report["outcome"], "passed");
    assert_eq!(attest[0]["leaf"], 13);

    let listed = run(&program, &["question", "list"]).passed();
    assert_eq!(listed, "P01  yes 1  no 2  does not say 0  Is he on hunger strike?\n");
    let listed = json(&program, &["question", "list"]);
    assert_eq!(
        (&listed[0]["affirms"], &listed[0]["denies"], &listed[0]["uncommitted"]),
        (&1.into(), &2.into(), &0.into())
    );
    assert!(
        !program
            .home()
            .join(".local/state/affiant")
            .read_dir()
            .unwrap()
            .any(|entry| { entry.unwrap().path().join("words.txt").exists() })
    );
}

#[test]
fn in_a_pipe_what_is_missing_names_its_option() {
    let program = archive();
    let (transcript, letter, notes) = (media("transcript.txt"), media("letter.jpg"), media("call-notes.txt"));
    for (arguments, option) in [
        (&["record", "transcript"] as &[&str], "FILE"),
        (&["record", "transcript", &transcript], "--turns LABEL"),
        (
            &["record", "transcript", &transcript, "--turns", "CLIENT"],
            "--speaker NAME",
        ),
        (&["record", "letter", &letter], "--speaker NAME"),
        (
            &["record", "letter", &letter, "--speaker", SPEAKER],
            "--hop 'TO; MEDIUM; DID; BASIS'",
        ),
        (&["record", "call", &notes], "--caller NAME"),
        (&["record", "call", &notes, "--caller", SPEAKER], "--called NAME"),
        (&["record", "words"], "--text TEXT or FILE"),
        (&["record", "words", "--text", "No."], "--speaker NAME"),
        (&["question", "add"], "TEXT"),
        (&["question", "add", "Is it so?"], "--varies yes|no"),
        (&["attest", "N1"], "--as SCOPE"),
        (&["attest", "N1", "--as", "recorded"], "--words TEXT"),
    ] {
        let refused = run(&program, arguments).refused();
        assert!(
            refused.contains(&format!("hint: give it as {option}\n")),
            "{arguments:?}: {refused}"
        );
    }
    assert_eq!(verified(&program)["log"]["size"], 2, "nothing was recorded");
}

#[test]
fn refusals_say_what_is_wrong_in_plain_words() {
    let program = archive();
    record_transcript(&program, &[]).passed();
    let notes = media("call-notes.txt");
    fs::write(program.home().join("latin.txt"), b"CLIENT: m\xe9moire\n").unwrap();
    fs::write(program.home().join("plain.txt"), "nobody speaks here\n").unwrap();
    let words = ["record", "words", &notes, "--speaker", "me", "--words"];
    let said = ["record", "words", "--text", "No.", "--speaker", "me"];
    let with = |base: &[&str], more: &[&str]| -> Vec<String> {
        base.iter().chain(more).map(|&argument| argument.to_owned()).collect()
    };
    for (arguments, text) in [
        (
            with(&words, &["three fish"]),
            "does not hold the words \"three fish\", byte for byte",
        ),
        (with(&words, &["his"]), "holds the words \"his\" more than once"),
        (with(&said, &["--label", "S01"]), "the label S01 is taken"),
        (with(&said, &["--label", "s1"]), "is not a label"),
        (
            with(&said, &["--said", "26 December"]),
            "expected a year of four digits, then month and day, as 2019-01-10",
        ),
        (
            with(&said, &["--answer", "P09=yes"]),
            "there is no record \"P09\" in this archive",
        ),
        (
            with(&said, &["--answer", "S01=yes"]),
            "S01 is a statement, not a question",
        ),
        (
            with(&said, &["--answer", "P01=maybe"]),
            "expected yes, no or uncommitted",
        ),
        (
            with(&said, &["--hop", "me; fax"]),
            "\"fax\" is no MEDIUM; expected one of in-person",
        ),
        (
            with(&said, &["--authority", "claimed"]),
            "nobody but the speaker passed the words on",
        ),
        (
            with(&said, &["--form", "gossip"]),
            "[possible values: verbatim, translation",
        ),
        (
            with(&said, &["--present", "party:00000000000000000000000000000000"]),
            "this archive has no party:0000",
        ),
        (
            with(&["record", "words", "--text", " ", "--speaker", "me"], &[]),
            "the words are empty",
        ),
        (
            with(&["record", "transcript", "gone.txt"], &[]),
            "gone.txt cannot be read",
        ),
        (
            with(&["record", "transcript", "case"], &[]),
            "case cannot be read: not a plain file",
        ),
        (
            with(&["record", "transcript", "latin.txt"], &[]),
            "not UTF-8 text: the byte at offset 9 (line 1)",
        ),
        (
            with(&["record", "transcript", "plain.txt"], &[]),
            "no line of plain.txt begins with a speaker's label",
        ),
        (
            with(
                &["record", "transcript", &media("transcript.txt"), "--turns", "Client"],
                &[],
            ),
            "the labels are LAWYER, CLIENT",
        ),
        (
            with(&["record", "words", &media("letter.jpg"), "--speaker", "me"], &[]),
            "hint: type them: --words TEXT",
        ),
        (with(&["relate", "S01", "refutes", "S01"], &[]), "contradicts"),
        (
            with(&["relate", "S01", "contradicts"], &[]),
            "hint: name it, or say that it is not known: --unresolved",
        ),
        (
            with(&["relate", "S01", "answers", "S01"], &[]),
            "hint: type: affiant question answer",
        ),
        (
            with(&["relate", "S01", "contradicts", "S77"], &[]),
            "there is no record \"S77\"",
        ),
        (
            with(&["attest", "S77", "--as", "recorded", "--words", "So."], &[]),
            "there is no record \"S77\"",
        ),
        (
            with(&["question", "answer", "N1", "S01", "yes"], &[]),
            "N1 is a roster, not a statement",
        ),
        (
            with(
                &["question", "add", "Is it so?", "--varies", "no", "--label", "S01"],
                &[],
            ),
            "the label S01 is taken",
        ),
    ] {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let refused = run(&program, &arguments).refused();
        assert!(refused.contains(text), "{arguments:?}: {refused}");
    }
    let no_archive = program
        .run(&["record", "words", "--text", "No.", "--speaker", "me"])
        .refused();
    assert!(no_archive.contains("there is no archive in"), "{no_archive}");
    assert!(
        no_archive.contains("hint: make one with `affiant init DIR`"),
        "{no_archive}"
    );
    assert_eq!(verified(&program)["log"]["size"], 4, "nothing was recorded");
}

#[test]
fn whoever_finds_the_archive_locked_is_told_before_anything_is_asked() {
    let program = archive();
    let lock = fs::File::open(program.home().join("case/archive.toml")).unwrap();
    lock.lock().unwrap();
    let refused = run(&program, &["record", "words", "--text", "No."]).refused();
    assert!(refused.contains(" is being written by "), "{refused}");
    assert!(refused.contains("hint: wait until it is done"), "{refused}");
    drop(lock);
    run(&program, &["record", "words", "--text", "No.", "--speaker", "me"]).passed();
}

#[test]
fn a_name_that_is_not_text_is_refused() {
    let program = archive();
    let name = std::ffi::OsStr::from_bytes(b"m\xe9moire.txt");
    fs::write(program.home().join(name), "words").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_affiant"))
        .args(["-C", "case", "record", "words", "--speaker", "me"])
        .arg(name)
        .env_clear()
        .env("HOME", program.home())
        .current_dir(program.home())
        .output()
        .unwrap();
    let refused = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{refused}");
    assert!(
        refused.contains("is not UTF-8 text, so no record can bear it"),
        "{refused}"
    );
}

#[test]
fn lines_that_are_nobodys_turn_are_pointed_out() {
    let program = archive();
    fs::write(
        program.home().join("turns.txt"),
        "Q. Who?\nA. He.\nclient: and then?\n\nlast words\n",
    )
    .unwrap();
    let ended = run(
        &program,
        &[
            "record",
            "transcript",
            "turns.txt",
            "--turns",
            "A",
            "--speaker",
            "?a guard",
        ],
    );
    assert!(
        ended.stderr.contains("warning: these lines may begin a turn"),
        "{}",
        ended.stderr
    );
    assert!(ended.stderr.contains("  line 3: client: and then?"), "{}", ended.stderr);
    assert!(ended.stderr.contains("  line 5: last words"), "{}", ended.stderr);
    ended.passed();
}

#[test]
fn what_is_no_picture_is_kept_and_said_to_be_none() {
    let program = archive();
    let home = program.home().to_owned();
    fs::write(home.join("letter.txt"), "Dear brother\n").unwrap();
    let mut broken = fs::read(media("letter.jpg")).unwrap();
    broken.truncate(broken.len() / 2);
    fs::write(home.join("broken.jpg"), broken).unwrap();
    for (file, said) in [
        ("letter.txt", "this is not a picture of a known format"),
        ("broken.jpg", "damaged or cut short"),
    ] {
        let letter = ["record", "letter", file, "--speaker", "me"];
        let ended = run(&program, &letter);
        assert!(
            ended.stderr.contains("warning: ") && ended.stderr.contains(said),
            "{}",
            ended.stderr
        );
        assert!(ended.stderr.contains("; it is kept"), "{}", ended.stderr);
        ended.passed();
    }
    verified(&program);
}

#[test]
fn on_a_terminal_what_is_missing_is_asked_for() {
    let script = PathBuf::from("/usr/bin/script");
    if !script.exists() {
        println!("skipped: there is no script(1) to make a terminal with");
        return;
    }
    let program = archive();
    let answers = ["CLIENT", "Mehman Huseynov", "26 December", "XXXX-01-06"];
    let talk = on_terminal(
        &program,
        &script,
        &format!("record transcript {}", media("transcript.txt")),
        &answers,
    );
    for said in [
        "Whose turns in ",
        "Who is CLIENT? (a name, me, or ?description)",
        "When was it said?",
        "expected a year of four digits",
        "S01  statement  record:sha256:",
    ] {
        assert!(talk.contains(said), "{said}: {talk}");
    }
    let answers = [
        "Mehman Huseynov",
        "?a cell mate",
        "letter",
        "not-stated",
        "not-stated",
        "me",
        "2",
        "verbatim",
        "read",
        "He is well.",
        "-",
    ];
    let talk = on_terminal(
        &program,
        &script,
        &format!("record letter {}", media("letter.jpg")),
        &answers,
    );
    assert!(
        talk.contains("How did it reach you? From Mehman Huseynov, to whom first?"),
        "{talk}"
    );
    assert!(talk.contains("And from a cell mate, to whom?"), "{talk}");
    assert!(talk.contains("S02  statement  record:sha256:"), "{talk}");
    let answers = ["Emin Huseynov", "me", "caller", "-", "I know it", "-"];
    let talk = on_terminal(
        &program,
        &script,
        &format!("record call {}", media("call-notes.txt")),
        &answers,
    );
    assert!(talk.contains("S03  statement  record:sha256:"), "{talk}");
    let talk = on_terminal(&program, &script, "question add", &["Is he well?", "1"]);
    assert!(talk.contains("P01  question  record:sha256:"), "{talk}");
    let talk = on_terminal(&program, &script, "attest S01", &["transcribed", "these"]);
    assert!(talk.contains("A01  attestation  record:sha256:"), "{talk}");
    verified(&program);
}

/// What is shown on a terminal where these answers are typed.
fn on_terminal(program: &Program, script: &Path, command: &str, answers: &[&str]) -> String {
    let input = program.home().join("answers");
    fs::write(&input, answers.join("\n") + "\n").unwrap();
    let command = format!("{} -C case {command}", env!("CARGO_BIN_EXE_affiant"));
    let output = Command::new(script)
        .args(["-q", "-e", "-c", &command, "/dev/null"])
        .env_clear()
        .env("HOME", program.home())
        .env("TERM", "dumb")
        .env("SHELL", "/bin/sh")
        .current_dir(program.home())
        .stdin(fs::File::open(&input).unwrap())
        .output()
        .unwrap();
    let talk = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{talk}");
    talk
}
