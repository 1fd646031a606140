//! What a statement says of a question, as it is typed beside the statement.
//!
//! ```text
//! --answer 'P01=yes,probable,over=XXXX-12-26/..,throughout'
//! ```
//!
//! Over what time an answer speaks is never taken from the times of the statement.

use std::str::FromStr;

use affiant::record::{Certainty, Modality, Over, Polarity, Value};
use affiant::time::{EdtfError, Extent};
use affiant_case::StanceDraft;

use super::amount::{NumberArg, NumberError};
use super::closed::Closed;
use crate::commands::relate::label_of;
use crate::error::CliError;
use crate::ledger::Ledger;

/// One answer as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerArg {
    question: String,
    says: Polarity,
    certainty: Certainty,
    over: Option<Over>,
    modality: Modality,
    value: Option<Value>,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// No `=`, or nothing before it.
    #[error("expected a question and what is said of it, as P01=yes")]
    NoQuestion,
    /// Neither yes nor no nor uncommitted.
    #[error("{0:?} is no answer; expected yes, no or uncommitted")]
    Polarity(String),
    /// A part that means nothing.
    #[error(
        "{0:?} is no part of an answer; expected certain, probable, possible, over=DATE, throughout, number=NUMBER UNIT, time=DATE, or one of believes, promises, demands, asks, supposes, presupposes"
    )]
    Part(String),
    /// A number that is none.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// A time that is none.
    #[error("{text:?} is no date: {source}")]
    Edtf {
        /// The text.
        text: String,
        /// Where it goes wrong, and what was expected there.
        source: EdtfError,
    },
    /// How sure, or over what time, is said twice.
    #[error("{0:?} says again what was said before it")]
    Twice(String),
    /// An extent of no time.
    #[error("\"throughout\" needs a time, as over=2019-01")]
    Throughout,
}

impl FromStr for AnswerArg {
    type Err = AnswerError;

    fn from_str(text: &str) -> Result<AnswerArg, AnswerError> {
        let (question, answer) = text.split_once('=').ok_or(AnswerError::NoQuestion)?;
        let question = question.trim().to_owned();
        if question.is_empty() {
            return Err(AnswerError::NoQuestion);
        }
        let mut parts = answer.split(',').map(str::trim);
        let says = parts.next().unwrap_or_default();
        let says = match says {
            "uncommitted" => Polarity::Uncommitted,
            word => Polarity::of_word(word).ok_or_else(|| AnswerError::Polarity(word.to_owned()))?,
        };
        let (mut certainty, mut edtf, mut extent, mut modality, mut value) = (None, None, None, None, None);
        let date = |text: &str| {
            text.parse().map_err(|source| AnswerError::Edtf {
                text: text.to_owned(),
                source,
            })
        };
        for part in parts {
            let twice = if let Some(time) = part.strip_prefix("over=") {
                edtf.replace(date(time)?).is_some()
            } else if let Some(time) = part.strip_prefix("time=") {
                value.replace(Value::Time(date(time)?)).is_some()
            } else if let Some(number) = part.strip_prefix("number=") {
                let NumberArg(amount) = number.parse()?;
                value.replace(Value::Number(amount)).is_some()
            } else if let Some(word) = Modality::of_word(part) {
                modality.replace(word).is_some()
            } else if part == "throughout" {
                extent.replace(Extent::Throughout).is_some()
            } else {
                let word = Certainty::of_word(part).ok_or_else(|| AnswerError::Part(part.to_owned()))?;
                certainty.replace(word).is_some()
            };
            if twice {
                return Err(AnswerError::Twice(part.to_owned()));
            }
        }
        let over = match (edtf, extent) {
            (None, Some(_)) => return Err(AnswerError::Throughout),
            (None, None) => None,
            (Some(edtf), extent) => Some(Over {
                edtf,
                extent: extent.unwrap_or(Extent::Sometime),
            }),
        };
        Ok(AnswerArg {
            question,
            says,
            certainty: certainty.unwrap_or(Certainty::Unstated),
            over,
            modality: modality.unwrap_or_default(),
            value,
        })
    }
}

impl AnswerArg {
    /// The answer, its question looked up.
    ///
    /// # Errors
    /// Where the archive has no such question.
    pub fn into_draft(self, ledger: &Ledger) -> Result<StanceDraft, CliError> {
        let question = ledger.find_kind(&self.question, "proposition")?;
        let mut stance = StanceDraft::new(&label_of(ledger, question)?, self.says);
        (stance.certainty, stance.over) = (self.certainty, self.over);
        (stance.modality, stance.value) = (self.modality, self.value);
        Ok(stance)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_answer_is_read_in_any_order_of_its_parts() {
        let plain: AnswerArg = "P01=uncommitted".parse().unwrap();
        assert_eq!(
            (plain.says, plain.certainty),
            (Polarity::Uncommitted, Certainty::Unstated)
        );
        assert_eq!(plain.over, None);
        for text in [
            "P01=no,probable,over=2019-01,throughout",
            "P01 = no, throughout, over=2019-01, probable",
        ] {
            let answer: AnswerArg = text.parse().unwrap();
            assert_eq!((answer.question.as_str(), answer.says), ("P01", Polarity::Denies));
            assert_eq!(answer.certainty, Certainty::Probable);
            assert_eq!(answer.over.unwrap().extent, Extent::Throughout);
        }
        let sometime: AnswerArg = "P01=yes,over=2019".parse().unwrap();
        assert_eq!(
            sometime.over.unwrap().extent,
            Extent::Sometime,
            "the weaker of two claims"
        );
    }

    #[test]
    fn an_answer_may_give_a_number_or_a_time() {
        let answer: AnswerArg = "P52=yes,promises,number=5..6 years".parse().unwrap();
        assert_eq!(answer.modality, Modality::Promises);
        assert_eq!(answer.value.unwrap().to_string(), "5 to 6 years");
        let answer: AnswerArg = "P53=yes,time=XXXX-03-02".parse().unwrap();
        assert_eq!(answer.value, Some(Value::Time("XXXX-03-02".parse().unwrap())));
        assert_eq!("P52=yes,number=7".parse::<AnswerArg>(), Err(NumberError::NoUnit.into()));
    }

    #[test]
    fn what_is_no_answer_says_what_is() {
        let wrong = |text: &str| text.parse::<AnswerArg>().unwrap_err();
        assert_eq!(wrong("P01"), AnswerError::NoQuestion);
        assert_eq!(wrong("=yes"), AnswerError::NoQuestion);
        assert_eq!(wrong("P01=maybe"), AnswerError::Polarity("maybe".to_owned()));
        assert_eq!(wrong("P01=yes,sure"), AnswerError::Part("sure".to_owned()));
        assert_eq!(wrong("P01=yes,throughout"), AnswerError::Throughout);
        assert_eq!(
            wrong("P01=yes,certain,possible"),
            AnswerError::Twice("possible".to_owned())
        );
        let error = wrong("P01=yes,over=26 December").to_string();
        assert!(error.contains("expected a year of four digits"), "{error}");
    }
}
