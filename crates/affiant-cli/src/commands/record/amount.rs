//! A number as it is typed: what it is at least and at most, and of what.
//!
//! ```text
//! --number "7 years"    --number "5..6 years"    --number "2.. years"
//! ```
//!
//! Words that bound nothing, as "several", are not typed here: they are what is printed.

use std::str::FromStr;

use affiant::record::{Amount, Decimal};

/// A number with its unit, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberArg(pub Amount);

/// What is wrong with a number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Only one word.
    #[error("expected a number and of what it is, as \"7 years\"")]
    NoUnit,
    /// A word where a number should be.
    #[error(
        "{0:?} is no number; expected one in its shortest spelling, as 7 or 5.5, or two with .. between them, as 5..6"
    )]
    Number(String),
    /// The first is more than the second.
    #[error("{0:?} begins above its end")]
    Backwards(String),
}

impl FromStr for NumberArg {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<NumberArg, NumberError> {
        let (bounds, unit) = text.trim().split_once(char::is_whitespace).ok_or(NumberError::NoUnit)?;
        let number = |text: &str| -> Result<Option<Decimal>, NumberError> {
            match text {
                "" => Ok(None),
                text => text.parse().map(Some).map_err(|_| NumberError::Number(text.to_owned())),
            }
        };
        let (least, most) = match bounds.split_once("..") {
            Some((least, most)) => (number(least)?, number(most)?),
            None => (number(bounds)?, number(bounds)?),
        };
        if least.is_none() && most.is_none() {
            return Err(NumberError::Number(bounds.to_owned()));
        }
        if matches!((&least, &most), (Some(least), Some(most)) if least > most) {
            return Err(NumberError::Backwards(bounds.to_owned()));
        }
        Ok(NumberArg(Amount {
            least,
            most,
            unit: unit.trim().to_owned(),
            printed: None,
            approximate: false,
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn bounds(text: &str) -> (Option<String>, Option<String>, String) {
        let NumberArg(amount) = text.parse().unwrap();
        let text = |bound: Option<Decimal>| bound.map(String::from);
        (text(amount.least), text(amount.most), amount.unit)
    }

    #[test]
    fn a_number_has_bounds_and_a_unit() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(bounds("7 years"), (some("7"), some("7"), "years".to_owned()));
        assert_eq!(
            bounds(" 5..6  hunger strikers "),
            (some("5"), some("6"), "hunger strikers".to_owned())
        );
        assert_eq!(bounds("2.. years"), (some("2"), None, "years".to_owned()));
        assert_eq!(bounds("..-0.5 °C"), (None, some("-0.5"), "°C".to_owned()));
    }

    #[test]
    fn what_is_no_number_says_what_is() {
        let wrong = |text: &str| text.parse::<NumberArg>().unwrap_err();
        assert_eq!(wrong("7"), NumberError::NoUnit);
        assert_eq!(wrong("several years"), NumberError::Number("several".to_owned()));
        assert_eq!(wrong(".. years"), NumberError::Number("..".to_owned()));
        assert_eq!(wrong("07 years"), NumberError::Number("07".to_owned()));
        assert_eq!(wrong("6..5 years"), NumberError::Backwards("6..5".to_owned()));
    }
}
