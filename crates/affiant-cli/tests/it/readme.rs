//! The README tells the truth: its commands are run, one after another, and print what it
//! shows.
//!
//! A block of the README that begins with three backticks, `console` and the name of a
//! person is run with that person's home, in one folder that all of them share. What
//! differs from run to run (ids, keys, times, sizes) is masked on both sides, and `…` alone
//! on a line stands for any lines. In a command, `SHA256:…` and `affiant.local/…` stand for
//! the fingerprint and the log key that were printed last.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A command of the README, who types it, and what it prints.
struct Step {
    person: String,
    line: usize,
    command: String,
    output: Vec<String>,
}

fn steps(readme: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut person: Option<String> = None;
    for (number, line) in (1..).zip(readme.lines()) {
        match (&person, line) {
            (None, line) => person = line.strip_prefix("```console ").map(|name| name.trim().to_owned()),
            (Some(_), "```") => person = None,
            (Some(name), line) => match line.strip_prefix("$ ") {
                Some(command) => {
                    let (person, command) = (name.clone(), command.to_owned());
                    steps.push(Step {
                        person,
                        line: number,
                        command,
                        output: Vec::new(),
                    });
                }
                // A command goes on where its last line ends with a backslash.
                None if steps
                    .last()
                    .is_some_and(|step| step.command.ends_with('\\') && step.output.is_empty()) =>
                {
                    let step = steps.last_mut().unwrap();
                    step.command.truncate(step.command.len() - 1);
                    step.command.push_str(line.trim_start());
                }
                None => steps
                    .last_mut()
                    .expect("output follows a command")
                    .output
                    .push(line.to_owned()),
            },
        }
    }
    steps
}

/// Masks what differs from run to run.
fn mask(line: &str) -> String {
    let mut masked = String::new();
    for word in line.trim_end().split_inclusive(' ') {
        let bare = word.trim_end();
        let space = &word[bare.len()..];
        let random = |prefix: &str| bare.find(prefix).map(|at| format!("{}{prefix}…", &bare[..at]));
        let hex = bare.len() >= 16 && bare.bytes().all(|byte| byte.is_ascii_hexdigit());
        let time = bare.len() >= 20 && bare.contains('T') && bare.contains("Z") && bare.starts_with("20");
        let number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
        let home = bare.find("/.config/").map(|at| format!("…{}", &bare[at..]));
        let shown = random("SHA256:")
            .or(home)
            .or_else(|| random("sha256:"))
            .or_else(|| random("affiant.local/"))
            .or_else(|| random("party:"))
            .or_else(|| random("exhibits/"))
            .or_else(|| (hex || time || number).then(|| "…".to_owned()));
        masked.push_str(shown.as_deref().unwrap_or(bare));
        masked.push_str(space);
    }
    masked
}

/// What the commands after it may name.
#[derive(Default)]
struct Printed {
    fingerprint: String,
    log_key: String,
}

impl Printed {
    fn note(&mut self, text: &str) {
        for word in text.split_whitespace() {
            // A fingerprint has 43 characters of base64 after its prefix.
            if let Some(at) = word.find("SHA256:").filter(|at| word.len() >= at + 50) {
                word[at..at + 50].clone_into(&mut self.fingerprint);
            }
            if word.starts_with("affiant.local/") && word.matches('+').count() >= 2 {
                word.clone_into(&mut self.log_key);
            }
        }
    }

    /// The command with what it leaves out.
    fn complete(&self, command: &str) -> String {
        let words = command.split(' ').map(|word| match word {
            "SHA256:…" => self.fingerprint.as_str(),
            word if word.starts_with("affiant.local/") && word.ends_with('…') => self.log_key.as_str(),
            word => word,
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// Whether the lines that were printed are those that are shown, where `…` stands for any.
fn agree(shown: &[String], printed: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if first.trim() == "…" => (0..=printed.len()).any(|skip| agree(rest, &printed[skip..])),
        Some((first, rest)) => {
            printed.first().is_some_and(|line| mask(line) == mask(first)) && agree(rest, &printed[1..])
        }
    }
}

#[test]
fn the_commands_of_the_readme_print_what_it_shows() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let steps = steps(&readme);
    assert!(steps.len() >= 10, "the README shows {} commands", steps.len());
    let folder = tempfile::tempdir().unwrap();
    let shared = folder.path().join("work");
    fs::create_dir(&shared).unwrap();
    std::os::unix::fs::symlink(root().join("fixtures").canonicalize().unwrap(), shared.join("fixtures")).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_affiant")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut known = Printed::default();
    for step in steps {
        let home = folder.path().join(&step.person);
        fs::create_dir_all(&home).unwrap();
        let mut command = Command::new("bash");
        command
            .arg("-c")
            .arg(format!("exec 2>&1; {}", known.complete(&step.command)))
            .current_dir(&shared)
            .env_clear();
        let output = command
            .env("PATH", &path)
            .env("HOME", &home)
            .env("USER", &step.person)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        known.note(&text);
        let printed: Vec<String> = text.lines().map(|line| line.trim_end().to_owned()).collect();
        let shown: Vec<String> = step.output.iter().map(|line| line.trim_end().to_owned()).collect();
        assert!(
            agree(&shown, &printed),
            "README.md, line {}: $ {}\nshows:\n{}\nprints:\n{text}",
            step.line,
            step.command,
            shown.join("\n"),
        );
    }
}

#[test]
fn the_readme_has_its_two_commands() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(
        readme.contains("\ncargo run --release -- demo\n"),
        "the command that runs the main job"
    );
    assert!(
        readme.contains("\ncargo test --workspace\n"),
        "the command that passes the tests"
    );
}
