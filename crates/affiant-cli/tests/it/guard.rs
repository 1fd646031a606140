//! What a forger tries and what a clumsy user does: each is stopped, and says why.

use std::fs;

use crate::program::Program;

const MEDIA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/media/transcript.txt");

/// A home with an archive `case` in it and one statement of "Kamran Example".
fn with_a_source() -> Program {
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
    record(&program, "he came at nine");
    program
}

fn record(program: &Program, words: &str) {
    let words = [
        "-C",
        "case",
        "record",
        "words",
        "--text",
        words,
        "--speaker",
        "Kamran Example",
        "--said",
        "not-stated",
    ];
    let hop = ["--hop", "me; in-person; verbatim; heard"];
    program.run(&[&words[..], &hop[..]].concat()).passed();
}

#[test]
fn who_is_withheld_in_one_place_is_not_named_in_another() {
    let program = with_a_source();
    let half = [
        "-C",
        "case",
        "bundle",
        "S01",
        "-o",
        "half.affiant",
        "--withhold",
        "speaker",
    ];
    let refused = program.run(&half).refused();
    assert!(
        refused.contains("Kamran Example is withheld in one place, and S01 still names them in relay[0].from"),
        "{refused}"
    );
    assert!(!program.home().join("half.affiant").exists());
    let whole = [
        "-C",
        "case",
        "bundle",
        "S01",
        "-o",
        "whole.affiant",
        "--withhold",
        "speaker,relay[0].from",
    ];
    program.run(&whole).passed();
    let file = fs::read_to_string(program.home().join("whole.affiant")).unwrap();
    assert!(!file.contains("Kamran"));
    let verified = program.run(&["verify", "whole.affiant"]);
    assert_eq!(verified.code, 0, "{}", verified.stdout);
}

#[test]
fn a_name_in_the_words_is_pointed_out() {
    let program = with_a_source();
    let question = [
        "-C",
        "case",
        "question",
        "add",
        "Did Kamran come at nine?",
        "--varies",
        "no",
    ];
    program.run(&question).passed();
    let bundle = [
        "-C",
        "case",
        "bundle",
        "S01",
        "P01",
        "-o",
        "x.affiant",
        "--withhold",
        "speaker,relay",
    ];
    let refused = program.run(&bundle).refused();
    assert!(
        refused.contains("the name, or a part of it, stands in the words of P01"),
        "{refused}"
    );
}

#[test]
fn nothing_is_made_inside_an_archive() {
    let program = with_a_source();
    for command in [
        &["-C", "case", "bundle", "S01", "--all", "-o", "case/s01.affiant"][..],
        &[
            "-C",
            "case",
            "bundle",
            "S01",
            "--all",
            "-o",
            "case/checkpoint",
            "--force",
        ],
        &[
            "init",
            "case/inner",
            "--name",
            "Ada",
            "--capacity",
            "lawyer",
            "--insecure-no-passphrase",
        ],
        &["demo", "case/demo"],
    ] {
        let refused = program.run(command).refused();
        assert!(refused.contains("would lie in the archive"), "{refused}");
    }
    assert_eq!(program.run(&["verify", "case"]).code, 0);
}

#[test]
fn an_older_copy_is_noticed_by_every_command() {
    let program = with_a_source();
    let home = program.home();
    let copied = std::process::Command::new("cp")
        .args(["-r", "case", "older"])
        .current_dir(home)
        .status()
        .unwrap();
    assert!(copied.success());
    record(&program, "he left at ten");
    fs::rename(home.join("case"), home.join("newer")).unwrap();
    fs::rename(home.join("older"), home.join("case")).unwrap();
    for command in [
        &["verify", "case"][..],
        &["-C", "case", "list"],
        &["-C", "case", "compare"],
    ] {
        let ended = program.run(command);
        assert_eq!(ended.code, 1, "{command:?}: {}", ended.stdout);
    }
    let shown = program.run(&["verify", "case"]).stdout;
    assert!(shown.contains("checkpoint.seen"), "{shown}");
}

#[test]
fn another_readers_trust_leaves_no_memory() {
    let program = with_a_source();
    let toml = fs::read_to_string(program.home().join(".config/affiant/trust.toml")).unwrap();
    let reader = Program::new();
    fs::write(reader.home().join("lent.toml"), toml).unwrap();
    let archive = program.home().join("case");
    let ended = reader.run(&["verify", archive.to_str().unwrap(), "--trust", "lent.toml"]);
    assert_eq!(ended.code, 0, "{}", ended.stdout);
    assert!(!reader.home().join(".local/state/affiant/seen").exists());
}

#[test]
fn a_trust_file_that_pins_nothing_is_refused() {
    let program = with_a_source();
    for text in [
        "[[key]]\nkey = \"garbage\"\nname = \"x\"\nhow = \"y\"\n",
        "[[archive]]\nvkey = \"nonsense\"\nhow = \"y\"\n",
    ] {
        fs::write(program.home().join("bad.toml"), text).unwrap();
        let refused = program.run(&["verify", "case", "--trust", "bad.toml"]).refused();
        assert!(refused.contains("is no key"), "{refused}");
    }
}

#[test]
fn a_case_file_takes_no_file_from_elsewhere() {
    let program = with_a_source();
    let text = format!(
        "format = \"affiant case 1\"\n[[party]]\nid = \"A\"\nkind = \"person\"\nnames = [\"Ann\"]\n\
         [[exhibit]]\nid = \"X\"\nfile = \"{MEDIA}\"\n\
         [[statement]]\nlabel = \"S77\"\nspeaker = \"A\"\nform = \"silence\"\nexhibits = [\"X\"]\n"
    );
    fs::write(program.home().join("stranger.toml"), text).unwrap();
    let refused = program.run(&["-C", "case", "import", "stranger.toml"]).refused();
    assert!(refused.contains("which is not in"), "{refused}");
    assert!(refused.contains("--exhibits-from"), "{refused}");
}

#[test]
fn a_pipe_in_the_place_of_a_file_keeps_nobody_waiting() {
    let program = Program::new();
    let made = std::process::Command::new("mkfifo")
        .arg(program.home().join("pipe"))
        .status();
    if !made.is_ok_and(|made| made.success()) {
        println!("skipped: mkfifo is not installed");
        return;
    }
    program.run(&["verify", "pipe"]).refused();
    program.run(&["verify", "pipe", "--trust", "pipe"]).refused();
}

#[test]
fn another_name_than_the_pinned_one_is_pointed_out() {
    let program = with_a_source();
    let reader = Program::new();
    let archive = program.home().join("case");
    let archive = archive.to_str().unwrap();
    let seen = reader.run(&["verify", archive, "--json"]).stdout;
    let seen: serde_json::Value = serde_json::from_str(&seen).unwrap();
    let key = seen["signers"][0]["key"].as_str().unwrap();
    reader
        .run(&["trust", "add", key, "--name", "Mallory", "--how", "in person"])
        .passed();
    let shown = reader.run(&["verify", archive]).stdout;
    let flowing = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flowing.contains("you pinned this key as Mallory; the archive calls its holder Ada Example"),
        "{shown}"
    );
}
