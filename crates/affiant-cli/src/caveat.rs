//! What is said before anything is shown of an archive that did not pass.
//!
//! ```text
//! Verification FAILED: S07 is set aside. See: affiant verify case
//! ```
//!
//! Nothing is judged here: the verification is the library's. An archive that passed needs
//! no caveat.

use std::collections::BTreeSet;

use affiant::check::{Code, Outcome as CheckOutcome};
use affiant::compare::Standing;
use affiant_report::visible;

use crate::error::CliError;
use crate::session::Session;
use crate::ui::Ui;

/// The most records that are named.
const MAX_NAMED: usize = 20;

impl Ui {
    /// Prints the caveat of an archive that did not pass, and an empty line after it.
    ///
    /// # Errors
    /// [`CliError::Output`].
    pub fn caveat(&self, session: &Session) -> Result<(), CliError> {
        match session.caveat() {
            Some(caveat) => self.print(format_args!("{}\n", textwrap::fill(&caveat, self.width()))),
            None => Ok(()),
        }
    }
}

impl Session {
    /// What the verification came to, in one line, where it did not pass.
    pub fn caveat(&self) -> Option<String> {
        let see = format!(
            "See: affiant verify {}",
            visible(&self.dir.root().display().to_string())
        );
        match self.verification.outcome {
            CheckOutcome::Passed => None,
            CheckOutcome::Failed => Some(format!("Verification FAILED: {}. {see}", self.what_failed())),
            CheckOutcome::Indeterminate => {
                Some(format!("Verification is indeterminate: {}. {see}", self.what_is_open()))
            }
        }
    }

    fn what_failed(&self) -> String {
        let failed = self.ledger.held.iter().filter(|held| held.standing == Standing::Failed);
        let read: BTreeSet<u64> = self.ledger.held.iter().map(|held| held.leaf).collect();
        let findings = self.verification.findings.iter();
        let leaves: BTreeSet<u64> = findings
            .filter(|check| check.outcome == CheckOutcome::Failed)
            .filter_map(|check| check.place.leaf)
            .collect();
        let unread = leaves.difference(&read).map(|leaf| format!("leaf {leaf}"));
        let names: Vec<String> = failed
            .map(|held| held.record.common.label.to_string())
            .chain(unread)
            .collect();
        match names.as_slice() {
            [] => "the log or the folder is not as it was signed".to_owned(),
            [one] => format!("{one} is set aside"),
            names if names.len() > MAX_NAMED => format!(
                "{} and {} more records are set aside",
                names[..MAX_NAMED].join(", "),
                names.len() - MAX_NAMED
            ),
            names => format!("{} are set aside", names.join(", ")),
        }
    }

    fn what_is_open(&self) -> String {
        let mut demanded = self
            .verification
            .findings
            .iter()
            .filter(|check| check.demanded && check.outcome == CheckOutcome::Indeterminate);
        if demanded.all(|check| matches!(check.code, Code::IdentityLog | Code::IdentitySigner)) {
            "consistent, but whose log and keys these are is not established".to_owned()
        } else {
            "not everything could be checked".to_owned()
        }
    }
}
