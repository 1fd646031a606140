//! What a verification found: counts of what passed, and each thing that did not.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::check::{Check, Code, Outcome, Place};
use crate::record::{PartyId, RecordId};

/// The most findings that are kept one by one; beyond it they are only counted. As many again
/// are kept of those that the policy demands, so that notes never crowd out a failure.
pub const MAX_FINDINGS: usize = 10_000;

/// How often a check was made, and with what outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How often it passed.
    pub passed: u64,
    /// How often it failed.
    pub failed: u64,
    /// How often it could be decided neither way.
    pub indeterminate: u64,
}

/// What was verified: an archive, a bundle or one envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verified {
    /// An archive.
    Archive,
    /// A bundle.
    Bundle,
    /// One envelope.
    Envelope,
}

/// A key that signed, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignerSeen {
    /// The fingerprint, as `ssh-keygen -l` prints it.
    pub fingerprint: String,
    /// The OpenSSH public key line, to pin it.
    pub key: String,
    /// The party that the records declare.
    pub party: PartyId,
    /// Its names according to the archive.
    pub names: Vec<String>,
    /// How many records it signed.
    pub records: u64,
    /// By what path the reader has reason to believe whose key it is; absent where there
    /// is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub established_by: Option<String>,
}

/// The log, and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogSeen {
    /// The origin.
    pub origin: String,
    /// The key, as a C2SP vkey.
    pub vkey: String,
    /// How many records the checkpoint covers.
    pub size: u64,
    /// The root of the tree, in base64.
    pub root: String,
    /// How the reader learnt the log's key; absent where it is not pinned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub established_by: Option<String>,
}

/// The outcome of a verification. Its JSON form is documented in spec/verification.md.
#[derive(Debug, Clone, Serialize)]
pub struct Verification {
    /// What was verified.
    pub verified: Verified,
    /// The whole: the first of Failed, Indeterminate and Passed that a demanded check has.
    pub outcome: Outcome,
    /// The archive's id, where leaf 0 could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive: Option<RecordId>,
    /// The archive's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The log, where a checkpoint could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<LogSeen>,
    /// How many records of each kind were read.
    pub records: BTreeMap<String, u64>,
    /// How many exhibits' bytes were digested.
    pub exhibits: u64,
    /// How many values are withheld.
    pub withheld: u64,
    /// The keys that signed.
    pub signers: Vec<SignerSeen>,
    /// How often each check was made.
    pub checks: BTreeMap<&'static str, Tally>,
    /// Whatever did not pass, in the order found.
    pub findings: Vec<Check>,
    /// How many more findings there are than are listed.
    pub findings_left_out: u64,
}

impl Verification {
    pub(super) fn new(verified: Verified) -> Verification {
        Verification {
            verified,
            outcome: Outcome::Passed,
            archive: None,
            name: None,
            log: None,
            records: BTreeMap::new(),
            exhibits: 0,
            withheld: 0,
            signers: Vec::new(),
            checks: BTreeMap::new(),
            findings: Vec::new(),
            findings_left_out: 0,
        }
    }

    /// The codes of all demanded checks that failed.
    pub fn failed(&self) -> BTreeSet<Code> {
        let failed = self.findings.iter().filter(|check| check.outcome == Outcome::Failed);
        failed.map(|check| check.code).collect()
    }

    pub(super) fn pass(&mut self, code: Code) {
        self.pass_many(code, 1);
    }

    pub(super) fn pass_many(&mut self, code: Code, times: u64) {
        self.checks.entry(code.as_str()).or_default().passed += times;
    }

    pub(super) fn fail(&mut self, code: Code, place: Place, sentence: impl Into<String>) {
        self.find(Check {
            code,
            outcome: Outcome::Failed,
            demanded: true,
            sentence: sentence.into(),
            place,
        });
    }

    /// Cannot be decided, and the policy demands that it be.
    pub(super) fn undecided(&mut self, code: Code, place: Place, sentence: impl Into<String>) {
        self.find(Check {
            code,
            outcome: Outcome::Indeterminate,
            demanded: true,
            sentence: sentence.into(),
            place,
        });
    }

    /// Cannot be decided, and need not be.
    pub(super) fn note(&mut self, code: Code, place: Place, sentence: impl Into<String>) {
        self.find(Check {
            code,
            outcome: Outcome::Indeterminate,
            demanded: false,
            sentence: sentence.into(),
            place,
        });
    }

    /// Passes or fails by `result`.
    pub(super) fn settle<E: std::fmt::Display>(&mut self, code: Code, place: &Place, result: Result<(), E>) -> bool {
        match result {
            Ok(()) => self.pass(code),
            Err(ref error) => self.fail(code, place.clone(), error.to_string()),
        }
        result.is_ok()
    }

    fn find(&mut self, check: Check) {
        let tally = self.checks.entry(check.code.as_str()).or_default();
        match check.outcome {
            Outcome::Passed => tally.passed += 1,
            Outcome::Failed => tally.failed += 1,
            Outcome::Indeterminate => tally.indeterminate += 1,
        }
        if check.demanded {
            self.outcome = match (self.outcome, check.outcome) {
                (Outcome::Failed, _) | (_, Outcome::Failed) => Outcome::Failed,
                (Outcome::Indeterminate, _) | (_, Outcome::Indeterminate) => Outcome::Indeterminate,
                (Outcome::Passed, Outcome::Passed) => Outcome::Passed,
            };
        }
        let limit = if check.demanded { 2 * MAX_FINDINGS } else { MAX_FINDINGS };
        if self.findings.len() < limit {
            self.findings.push(check);
        } else {
            self.findings_left_out += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_crowd_out_no_failure() {
        let mut report = Verification::new(Verified::Archive);
        for _ in 0..MAX_FINDINGS + 7 {
            report.note(Code::DisclosureWithheld, Place::default(), "a note");
        }
        assert_eq!((report.findings.len(), report.findings_left_out), (MAX_FINDINGS, 7));
        assert_eq!(report.outcome, Outcome::Passed);
        for _ in 0..MAX_FINDINGS {
            report.fail(Code::SignatureDsse, Place::default(), "a failure");
        }
        assert_eq!((report.findings.len(), report.findings_left_out), (2 * MAX_FINDINGS, 7));
        report.note(Code::DisclosureWithheld, Place::default(), "one more");
        report.fail(Code::TreeRoot, Place::default(), "one more");
        // What is not listed is counted, and decides all the same.
        assert_eq!((report.findings.len(), report.findings_left_out), (2 * MAX_FINDINGS, 9));
        assert_eq!(report.checks["tree.root"].failed, 1);
        assert_eq!(report.checks["signature.dsse"].failed, MAX_FINDINGS as u64);
        assert_eq!(
            report.checks["disclosure.withheld"].indeterminate,
            MAX_FINDINGS as u64 + 8
        );
        assert_eq!(report.outcome, Outcome::Failed);
    }

    #[test]
    fn a_failure_that_is_not_listed_still_fails_the_whole() {
        let mut report = Verification::new(Verified::Archive);
        for _ in 0..2 * MAX_FINDINGS {
            report.undecided(Code::RosterKey, Place::default(), "not decided");
        }
        assert_eq!(report.outcome, Outcome::Indeterminate);
        report.fail(Code::TreeRoot, Place::default(), "a failure");
        assert_eq!((report.findings_left_out, report.outcome), (1, Outcome::Failed));
    }
}
