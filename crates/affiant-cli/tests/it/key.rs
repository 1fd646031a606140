//! `affiant key`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::program::Program;

const PASSPHRASE: &str = "correct horse\n";

#[test]
fn a_key_is_made_listed_and_exported() {
    let program = Program::new();
    let made = program
        .run_with_input(&["key", "new", "--passphrase-fd", "0"], PASSPHRASE)
        .passed();
    let fingerprint = made.trim_end();
    assert!(fingerprint.starts_with("SHA256:"), "{made}");
    let listed = program.run(&["key", "list"]).passed();
    assert_eq!(
        listed,
        format!("default  {fingerprint}  in a file, under a passphrase\n")
    );

    let private = program.home().join(".config/affiant/keys/default");
    assert_eq!(fs::metadata(&private).unwrap().permissions().mode() & 0o777, 0o600);
    let line = program.run(&["key", "export"]).passed();
    assert_eq!(line, fs::read_to_string(private.with_extension("pub")).unwrap());
    let line = program
        .run(&[
            "key",
            "export",
            "default",
            "--format",
            "allowed-signers",
            "--as",
            "me@example.org",
        ])
        .passed();
    assert!(
        line.starts_with("me@example.org namespaces=\"affiant\" ssh-ed25519 AAAA"),
        "{line}"
    );
    let vkey = program
        .run(&["key", "export", &fingerprint[..20], "--format", "vkey"])
        .passed();
    assert!(vkey.starts_with("default+"), "{vkey}");
    let pem = program.run(&["key", "export", "--format", "pem"]).passed();
    assert!(
        pem.starts_with("-----BEGIN PUBLIC KEY-----\n") && pem.ends_with("-----END PUBLIC KEY-----\n"),
        "{pem}"
    );
}

#[test]
fn json_is_all_that_standard_output_has() {
    let program = Program::new();
    let made = program.run(&["key", "new", "court", "--insecure-no-passphrase", "--json"]);
    assert!(
        made.stderr.contains("warning: this key has no passphrase"),
        "{}",
        made.stderr
    );
    let made: serde_json::Value = serde_json::from_str(&made.passed()).unwrap();
    let listed: serde_json::Value = serde_json::from_str(&program.run(&["--json", "key", "list"]).passed()).unwrap();
    assert_eq!(listed, serde_json::json!([made]));
    assert_eq!((&made["name"], &made["held"]), (&"court".into(), &"clear-file".into()));
    let exported = program.run(&["key", "export", "court", "--json"]).passed();
    let exported: serde_json::Value = serde_json::from_str(&exported).unwrap();
    assert_eq!(exported["fingerprint"], made["fingerprint"]);
}

#[test]
fn in_a_pipe_a_missing_passphrase_names_its_option_and_nothing_is_written() {
    let program = Program::new();
    let refused = program.run(&["key", "new"]).refused();
    assert!(
        refused.starts_with("error: ") && refused.contains("hint: give it by --passphrase-fd N"),
        "{refused}"
    );
    let refused = program
        .run_with_input(&["key", "new", "--passphrase-fd", "0"], "tiny\n")
        .refused();
    assert!(refused.contains("at least 5 characters"), "{refused}");
    assert!(!program.home().join(".config").exists());
}

#[test]
fn what_is_mistyped_is_refused_with_code_2() {
    let program = Program::new();
    for arguments in [
        &["key"] as &[&str],
        &["key", "mew"],
        &["key", "new", "../escape", "--insecure-no-passphrase"],
        &["key", "new", "--passphrase-fd", "3", "--insecure-no-passphrase"],
        &["key", "export", "--format", "pgp"],
        &["key", "export"],
        &["key", "export", "nobody"],
        &["key", "import", "no-such-file"],
    ] {
        program.run(arguments).refused();
    }
}

#[test]
fn a_key_is_imported_under_its_own_passphrase() {
    let theirs = Program::new();
    let made = theirs
        .run_with_input(&["key", "new", "--passphrase-fd", "0"], PASSPHRASE)
        .passed();
    let path = theirs.home().join(".config/affiant/keys/default");
    let path = path.to_str().unwrap();

    let program = Program::new();
    let import = ["key", "import", path, "court", "--passphrase-fd", "0"];
    let refused = program.run_with_input(&import, "wrong horse\n").refused();
    assert!(refused.contains("the passphrase does not open"), "{refused}");
    assert_eq!(program.run_with_input(&import, PASSPHRASE).passed(), made);
    assert!(
        program
            .run(&["key", "list"])
            .passed()
            .contains("in a file, under a passphrase")
    );

    let public = Program::new();
    assert_eq!(public.run(&["key", "import", &format!("{path}.pub")]).passed(), made);
    assert!(
        public
            .run(&["key", "list"])
            .passed()
            .contains("an ssh-agent must hold it")
    );

    fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    let refused = Program::new().run(&["key", "import", path]).refused();
    assert!(
        refused.contains("hint: if nobody else has had it, close it with: chmod 600"),
        "{refused}"
    );
}

#[test]
fn names_from_outside_cannot_command_the_terminal() {
    let program = Program::new();
    let refused = program
        .run(&["key", "import", "gone\u{1b}[2J\nhint: send us your key"])
        .refused();
    assert!(refused.contains("gone⟨U+001B⟩[2J⟨U+000A⟩hint"), "{refused:?}");
    assert_eq!(refused.lines().count(), 1, "{refused:?}");
}
