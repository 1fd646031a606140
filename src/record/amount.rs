//! What a stance answers where yes or no is no answer: a number or a time.
//!
//! ```json
//! {"number":{"least":"5","most":"6","printed":"5-6 years","unit":"years"}}
//! ```
//!
//! Normative page: spec/record.md, "Values". A number is a decimal text and never a binary
//! fraction, so that what is compared is what was written. Words as "several" bound nothing
//! and are kept as printed; no number is made of them.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::time::Edtf;

/// The most digits before the point of a [`Decimal`].
pub const MAX_WHOLE_DIGITS: usize = 18;
/// The most digits after the point of a [`Decimal`].
pub const MAX_DECIMALS: usize = 9;

/// An exact decimal number in its one spelling: `-?` digits, and after a point no last zero.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal {
    text: String,
    /// The number times 10^[`MAX_DECIMALS`].
    scaled: i128,
}

/// A text that is no decimal number in its one spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a decimal number of at most {MAX_WHOLE_DIGITS} digits and {MAX_DECIMALS} decimals in its shortest spelling, as 7 or 5.5"
)]
pub struct DecimalError;

impl Decimal {
    /// The number as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The sum, where it has no more digits than a decimal may have.
    pub fn plus(&self, other: &Decimal) -> Option<Decimal> {
        Decimal::from_scaled(self.scaled.checked_add(other.scaled)?)
    }

    fn from_scaled(scaled: i128) -> Option<Decimal> {
        const ONE: u128 = 10u128.pow(MAX_DECIMALS as u32);
        let (whole, rest) = (scaled.unsigned_abs() / ONE, scaled.unsigned_abs() % ONE);
        let sign = if scaled < 0 { "-" } else { "" };
        let decimals = format!("{rest:0>width$}", width = MAX_DECIMALS);
        let text = match decimals.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            decimals => format!("{sign}{whole}.{decimals}"),
        };
        text.parse().ok()
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Decimal, DecimalError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, decimals) = match digits.split_once('.') {
            Some((_, "")) => return Err(DecimalError),
            Some(parts) => parts,
            None => (digits, ""),
        };
        let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let shortest = (whole == "0" || !whole.starts_with('0')) && !decimals.ends_with('0');
        let within = (1..=MAX_WHOLE_DIGITS).contains(&whole.len()) && decimals.len() <= MAX_DECIMALS;
        if !(are_digits(whole) && are_digits(decimals) && shortest && within) || text == "-0" {
            return Err(DecimalError);
        }
        let scaled: i128 = format!("{whole}{decimals:0<width$}", width = MAX_DECIMALS)
            .parse()
            .expect("27 digits fit into 127 bits");
        Ok(Decimal {
            text: text.to_owned(),
            scaled: if negative { -scaled } else { scaled },
        })
    }
}

impl TryFrom<String> for Decimal {
    type Error = DecimalError;

    fn try_from(text: String) -> Result<Decimal, DecimalError> {
        text.parse()
    }
}

impl From<Decimal> for String {
    fn from(decimal: Decimal) -> String {
        decimal.text
    }
}

impl From<u32> for Decimal {
    fn from(number: u32) -> Decimal {
        number.to_string().parse().expect("a u32 has at most ten digits")
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        self.scaled.cmp(&other.scaled)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// How many or how much, as far as the words say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// It is at least this; absent where the words set no lower bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Decimal>,
    /// It is at most this; absent where the words set no upper bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Decimal>,
    /// Of what: "years", "people". Amounts of units that are not the same text are not
    /// compared.
    pub unit: String,
    /// The words as printed, as "several more years".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed: Option<String>,
    /// Whether the words mark it as approximate: "about", "some".
    #[serde(default, skip_serializing_if = "is_false")]
    pub approximate: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What a stance says that the answer is, where the question asks for a number or a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// A number of something.
    Number(Amount),
    /// A time.
    Time(Edtf),
}

impl Amount {
    /// The one number that it is, where it is exactly one.
    pub fn exactly(&self) -> Option<&Decimal> {
        self.least
            .as_ref()
            .filter(|least| Some(*least) == self.most.as_ref() && !self.approximate)
    }

    /// The rule that it breaks, in words.
    pub(super) fn broken_rule(&self) -> Option<&'static str> {
        if self.least.is_none() && self.most.is_none() && self.printed.is_none() {
            return Some("a number without a bound and without the words as printed");
        }
        if self.unit.trim().is_empty() {
            return Some("a number without a unit");
        }
        let backwards = matches!((&self.least, &self.most), (Some(least), Some(most)) if least > most);
        backwards.then_some("a number that is at least more than it is at most")
    }
}

/// In words: "5 to 6 years (printed “5-6 years”)".
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.approximate {
            f.write_str("about ")?;
        }
        match (&self.least, &self.most) {
            (Some(least), Some(most)) if least == most => write!(f, "{least} {}", self.unit)?,
            (Some(least), Some(most)) => write!(f, "{least} to {most} {}", self.unit)?,
            (Some(least), None) => write!(f, "at least {least} {}", self.unit)?,
            (None, Some(most)) => write!(f, "at most {most} {}", self.unit)?,
            (None, None) => {
                let printed = self.printed.as_deref().unwrap_or_default();
                return write!(f, "“{printed}”, in {}", self.unit);
            }
        }
        match &self.printed {
            Some(printed) => write!(f, " (printed “{printed}”)"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(amount) => amount.fmt(f),
            Value::Time(edtf) => f.write_str(&edtf.describe()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect(text)
    }

    #[test]
    fn one_spelling() {
        for good in ["0", "7", "-7", "5.5", "-0.5", "999999999999999999.999999999"] {
            assert_eq!(decimal(good).to_string(), good);
        }
        for bad in [
            "",
            "-",
            "-0",
            "07",
            "7.",
            ".5",
            "5.50",
            "1e3",
            "+1",
            "1 ",
            "1,5",
            "٣",
            "1234567890123456789",
            "0.1234567891",
        ] {
            assert_eq!(bad.parse::<Decimal>(), Err(DecimalError), "{bad:?}");
        }
    }

    #[test]
    fn numbers_are_ordered_and_added_exactly() {
        assert!(decimal("-1.5") < decimal("-1"));
        assert!(decimal("9") < decimal("10"));
        assert_eq!(decimal("0.1").plus(&decimal("0.2")), Some(decimal("0.3")));
        assert_eq!(decimal("5").plus(&decimal("-5")), Some(decimal("0")));
        assert_eq!(decimal("999999999999999999").plus(&decimal("1")), None);
    }

    proptest::proptest! {
        #[test]
        fn sums_agree_with_integers(a in -1_000_000_000_000_i64..1_000_000_000_000, b in -1_000_000_000_000_i64..1_000_000_000_000) {
            let sum = decimal(&a.to_string()).plus(&decimal(&b.to_string()));
            proptest::prop_assert_eq!(sum, Some(decimal(&(a + b).to_string())));
            proptest::prop_assert_eq!(decimal(&a.to_string()).cmp(&decimal(&b.to_string())), a.cmp(&b));
        }
    }
}
