//! The text of a verification, for somebody who did not make the file.
//!
//! ```text
//! Unchanged. Signed by key SHA256:uG0….
//! Whose key is it? Read this fingerprint to them by telephone, then type
//!   affiant trust add SHA256:uG0… --from case.affiant
//! ```
//!
//! First what came out, in words that a lawyer reads once; then each thing that did not
//! pass; last what such a file can never show. `--json` has everything.

use std::fmt::Write as _;

use affiant::check::{Check, Code, Outcome};
use affiant::verify::{SignerSeen, Verification, Verified};

use crate::text::paragraph;
use crate::visible::visible;

/// How many findings of one outcome are printed one by one.
const MAX_SHOWN: usize = 20;

/// The text of a verification of what lies at `path`, wrapped to `width` columns.
pub fn verification_text(verification: &Verification, path: &str, width: usize) -> String {
    let mut text = String::new();
    headline(&mut text, verification, path, width);
    for (title, outcome, demanded) in [
        ("What failed", Outcome::Failed, true),
        ("What could not be decided", Outcome::Indeterminate, true),
        ("Also to be known", Outcome::Indeterminate, false),
    ] {
        // Whose keys they are, the first lines have said.
        let said = |check: &Check| check.demanded && matches!(check.code, Code::IdentityLog | Code::IdentitySigner);
        let of_this = |check: &&Check| check.outcome == outcome && check.demanded == demanded && !said(check);
        let checks: Vec<_> = verification.findings.iter().filter(of_this).collect();
        section(&mut text, title, &checks, width);
    }
    if verification.findings_left_out > 0 {
        let _ = writeln!(
            text,
            "\n{} more findings are only counted.",
            verification.findings_left_out
        );
    }
    contents(&mut text, verification, width);
    text
}

fn headline(text: &mut String, verification: &Verification, path: &str, width: usize) {
    let thing = match verification.verified {
        Verified::Archive => "archive",
        Verified::Bundle => "bundle",
        Verified::Envelope => "record",
    };
    let identity = |check: &&Check| matches!(check.code, Code::IdentityLog | Code::IdentitySigner);
    let mut undecided = verification
        .findings
        .iter()
        .filter(|check| check.demanded && check.outcome == Outcome::Indeterminate);
    match verification.outcome {
        Outcome::Passed => {
            let _ = writeln!(text, "Unchanged, and signed by keys that you have reason to believe.");
        }
        Outcome::Failed => {
            let failed = verification
                .findings
                .iter()
                .filter(|check| check.outcome == Outcome::Failed)
                .count();
            let _ = writeln!(text, "Do not rely on this {thing}: {failed} of its checks failed.");
        }
        Outcome::Indeterminate if undecided.all(|check| identity(&check)) => {
            first_contact(text, verification, path, width)
        }
        Outcome::Indeterminate => {
            let _ = writeln!(
                text,
                "Nothing is wrong with this {thing} as far as it could be checked, but not all of it could."
            );
            first_contact(text, verification, path, width);
        }
    }
}

/// Somebody else's file, met for the first time: not a failure.
fn first_contact(text: &mut String, verification: &Verification, path: &str, width: usize) {
    let unknown: Vec<&SignerSeen> = verification
        .signers
        .iter()
        .filter(|signer| signer.established_by.is_none())
        .collect();
    let keys = if unknown.len() == 1 { "key" } else { "keys" };
    let fingerprints: Vec<&str> = unknown.iter().map(|signer| signer.fingerprint.as_str()).collect();
    if let Some(first) = unknown.first() {
        let _ = writeln!(text, "Unchanged. Signed by {keys} {}.", fingerprints.join(", "));
        let whose = if unknown.len() == 1 {
            "Whose key is it?"
        } else {
            "Whose keys are they?"
        };
        text.push_str(&paragraph(
            &format!("{whose} Read the fingerprint to them by telephone, then type"),
            "",
            width,
        ));
        let _ = writeln!(
            text,
            "  affiant trust add {} --from {}",
            first.fingerprint,
            shell_word(path)
        );
        for signer in unknown {
            if !signer.names.is_empty() {
                let names: Vec<_> = signer.names.iter().map(|name| visible(name)).collect();
                let line = format!(
                    "(The file itself says that {} is a key of {}. That proves nothing.)",
                    signer.fingerprint,
                    names.join(", ")
                );
                text.push_str(&paragraph(&line, "", width));
            }
        }
        return;
    }
    let _ = writeln!(text, "Unchanged. Each signer's key is one that you have pinned.");
    if let Some(log) = verification.log.as_ref().filter(|log| log.established_by.is_none()) {
        let line = "Whose log is it? Compare this line with its keeper by another channel, then type";
        text.push_str(&paragraph(line, "", width));
        let _ = writeln!(text, "  affiant trust add {}", shell_word(&log.vkey));
    }
}

/// A word that a shell reads as it stands.
fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:,@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", visible(word).replace('\'', r"'\''"))
}

fn section(text: &mut String, title: &str, checks: &[&Check], width: usize) {
    if checks.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}");
    for check in checks.iter().take(MAX_SHOWN) {
        let place = visible(&check.place.to_string()).into_owned();
        let at = if place.is_empty() {
            String::new()
        } else {
            format!("{place}: ")
        };
        text.push_str(&paragraph(
            &format!("{}  {at}{}", check.code, visible(&check.sentence)),
            "  ",
            width,
        ));
    }
    if checks.len() > MAX_SHOWN {
        let _ = writeln!(text, "  and {} more; --json lists them", checks.len() - MAX_SHOWN);
    }
}

fn contents(text: &mut String, verification: &Verification, width: usize) {
    let passed: u64 = verification.checks.values().map(|tally| tally.passed).sum();
    let records: u64 = verification.records.values().sum();
    let kinds: Vec<String> = verification
        .records
        .iter()
        .map(|(kind, count)| format!("{count} {}", if kind == "proposition" { "question" } else { kind }))
        .collect();
    let _ = writeln!(text, "\nWhat was checked");
    if let Some(name) = &verification.name {
        let _ = writeln!(text, "  {:<9}{}", "archive", visible(name));
    }
    if let Some(log) = &verification.log {
        let how = log.established_by.as_deref().unwrap_or("not pinned");
        text.push_str(&paragraph(
            &format!(
                "{:<9}{}, {} records ({})",
                "log",
                visible(&log.origin),
                log.size,
                visible(how)
            ),
            "  ",
            width,
        ));
    }
    text.push_str(&paragraph(
        &format!("{:<9}{records}: {}", "records", kinds.join(", ")),
        "  ",
        width,
    ));
    let _ = writeln!(
        text,
        "  {:<9}{} digested; {} values withheld",
        "exhibits", verification.exhibits, verification.withheld
    );
    for signer in &verification.signers {
        let how = signer.established_by.as_deref().unwrap_or("identity not established");
        text.push_str(&paragraph(
            &format!(
                "{:<9}{} signed {}: {}",
                "key",
                signer.fingerprint,
                signer.records,
                visible(how)
            ),
            "  ",
            width,
        ));
    }
    let _ = writeln!(text, "  {:<9}{passed} passed", "checks");
    text.push('\n');
    text.push_str(&paragraph(
        "Shown: these bytes are the ones that these keys signed, in this order. Not shown, and by no such file ever: that \
         anybody said the words, that they are true, that they were said freely.",
        "",
        width,
    ));
}
