//! Questions whose answer has a form, and questions that may stay open.
//!
//! ```text
//! When was it said? (as 2019-01-10, XXXX-12-26 or 2019-01; - where it is not stated)
//! > 26 December
//! warning: at byte 0: expected a year of four digits, then month and day, as 2019-01-10; …
//! ```
//!
//! What may stay open is asked on a terminal only. In a pipe it is not stated.

use std::str::FromStr;

use affiant::record::{TimeBasis, TimeClaim};
use affiant::time::{Edtf, EdtfError};

use crate::error::CliError;
use crate::ui::{Ui, visible};

/// The answer that leaves a question open.
const OPEN: &str = "-";

/// The word for an open time on the command line, where it keeps a question from being asked.
const NOT_STATED: &str = "not-stated";

/// How often a time is asked for again.
const MAX_TRIES: usize = 3;

/// A time as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeArg {
    /// No source states it.
    NotStated,
    /// The source states it.
    Stated(Edtf),
}

impl FromStr for TimeArg {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<TimeArg, EdtfError> {
        match text {
            NOT_STATED => Ok(TimeArg::NotStated),
            text => text.parse().map(TimeArg::Stated),
        }
    }
}

impl TimeArg {
    /// The time as a record has it, with relative words as printed.
    pub fn claim(self, anchor: Option<String>) -> Option<TimeClaim> {
        let (edtf, basis) = match self {
            TimeArg::NotStated => (None, TimeBasis::NotStated),
            TimeArg::Stated(edtf) => (Some(edtf), TimeBasis::Stated),
        };
        let stated = edtf.is_some() || anchor.is_some();
        stated.then_some(TimeClaim {
            edtf,
            basis,
            anchor,
            note: None,
        })
    }
}

/// Asks for what may stay open. In a pipe it stays open.
///
/// # Errors
/// Where there is no answer.
pub fn may_say(ui: &Ui, question: &str, option: &'static str) -> Result<Option<String>, CliError> {
    if !ui.is_interactive() {
        return Ok(None);
    }
    let answer = ui.prompt(&format!("{question} ({OPEN} where it is not stated)"), option)?;
    Ok((answer != OPEN).then_some(answer))
}

/// As [`may_say`], for a time. What is no time is asked for again.
///
/// # Errors
/// Where there is no answer that is a time.
pub fn may_say_when(ui: &Ui, question: &str, option: &'static str) -> Result<TimeArg, CliError> {
    if !ui.is_interactive() {
        return Ok(TimeArg::NotStated);
    }
    let question = format!("{question} (as 2019-01-10, XXXX-12-26 or 2019-01; {OPEN} where it is not stated)");
    for _ in 0..MAX_TRIES {
        let answer = ui.prompt(&question, option)?;
        if answer == OPEN {
            return Ok(TimeArg::NotStated);
        }
        match answer.parse() {
            Ok(time) => return Ok(time),
            Err(error) => ui.warn(visible(&EdtfError::to_string(&error))),
        }
    }
    Err(CliError::NoAnswer { question, option })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn relative_words_are_kept_where_no_time_is_stated() {
        let claim = TimeArg::NotStated.claim(Some("a few days ago".to_owned())).unwrap();
        assert_eq!((claim.edtf, claim.basis), (None, TimeBasis::NotStated));
        assert_eq!(TimeArg::NotStated.claim(None), None);
        let stated: TimeArg = "XXXX-12-26".parse().unwrap();
        assert_eq!(stated.claim(None).unwrap().basis, TimeBasis::Stated);
        assert_eq!("not-stated".parse(), Ok(TimeArg::NotStated));
    }
}
