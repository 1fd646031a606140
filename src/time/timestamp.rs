//! The time at which a program did something: `2019-01-10T09:30:00Z`.
//!
//! RFC 3339 in UTC, to the whole second, in one encoding only (`spec/time.md`, section 1). This is
//! what a machine's clock said, not what a person stated, for which see [`Edtf`](super::Edtf).
//! Leap seconds have no Unix time of their own and are refused.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

const EARLIEST: i64 = 0; // 1970-01-01T00:00:00Z
const LATEST: i64 = 253_402_300_799; // 9999-12-31T23:59:59Z

/// A whole second from 1970-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
///
/// The text and the second determine each other: a text is accepted only if printing the second
/// gives that text again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(i64);

/// Why a text or number is not a [`Timestamp`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimestampError {
    /// It does not have the form `YYYY-MM-DDTHH:MM:SSZ`.
    #[error("a time of recording is written in UTC to the second, as 2019-01-10T09:30:00Z")]
    Form,
    /// The calendar or the clock has no such moment.
    #[error("there is no such day or time of day; an example that exists is 2019-01-10T09:30:00Z")]
    NoSuchMoment,
    /// It is before 1970 or after 9999.
    #[error("a time of recording lies in the years 1970 to 9999, as 2019-01-10T09:30:00Z does")]
    OutOfRange,
}

impl Timestamp {
    /// The second that is `seconds` after 1970-01-01T00:00:00Z, leap seconds not counted.
    pub fn from_unix(seconds: i64) -> Result<Timestamp, TimestampError> {
        if (EARLIEST..=LATEST).contains(&seconds) {
            Ok(Timestamp(seconds))
        } else {
            Err(TimestampError::OutOfRange)
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    pub fn unix(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment: DateTime<Utc> = DateTime::from_timestamp(self.0, 0)
            .expect("a Timestamp lies within the years 1970 to 9999, which chrono covers");
        write!(f, "{}", moment.format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    fn from_str(text: &str) -> Result<Timestamp, TimestampError> {
        const FORM: &[u8; 20] = b"dddd-dd-ddTdd:dd:ddZ";
        let bytes = text.as_bytes();
        let fits = bytes.len() == FORM.len()
            && bytes.iter().zip(FORM).all(|(byte, form)| match form {
                b'd' => byte.is_ascii_digit(),
                _ => byte == form,
            });
        if !fits {
            return Err(TimestampError::Form);
        }
        let number = |from: usize, to: usize| bytes[from..to].iter().fold(0, |n, b| n * 10 + u32::from(b - b'0'));
        let moment = i32::try_from(number(0, 4))
            .ok()
            .and_then(|year| NaiveDate::from_ymd_opt(year, number(5, 7), number(8, 10)))
            .and_then(|date| date.and_hms_opt(number(11, 13), number(14, 16), number(17, 19)))
            .ok_or(TimestampError::NoSuchMoment)?;
        let timestamp = Timestamp::from_unix(moment.and_utc().timestamp())?;
        if timestamp.to_string() == text {
            Ok(timestamp)
        } else {
            Err(TimestampError::Form)
        }
    }
}

impl TryFrom<String> for Timestamp {
    type Error = TimestampError;

    fn try_from(text: String) -> Result<Timestamp, TimestampError> {
        text.parse()
    }
}

impl From<Timestamp> for String {
    fn from(timestamp: Timestamp) -> String {
        timestamp.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_ends_of_the_range() {
        assert_eq!(
            Timestamp::from_unix(EARLIEST).unwrap().to_string(),
            "1970-01-01T00:00:00Z"
        );
        assert_eq!(
            Timestamp::from_unix(LATEST).unwrap().to_string(),
            "9999-12-31T23:59:59Z"
        );
        for outside in [i64::MIN, -1, LATEST + 1, i64::MAX] {
            assert_eq!(Timestamp::from_unix(outside), Err(TimestampError::OutOfRange));
        }
        assert_eq!(
            "1969-12-31T23:59:59Z".parse::<Timestamp>(),
            Err(TimestampError::OutOfRange)
        );
    }

    #[test]
    fn one_encoding_only() {
        for text in [
            "",
            "2019-01-10",
            "2019-01-10T09:30:00",
            "2019-01-10T09:30Z",
            "2019-01-10t09:30:00Z",
            "2019-01-10T09:30:00z",
            "2019-01-10 09:30:00Z",
            "2019-01-10T09:30:00.0Z",
            "2019-01-10T09:30:00+00:00",
            " 2019-01-10T09:30:00Z",
            "2019-01-10T09:30:00Z\n",
            "+019-01-10T09:30:00Z",
            "2019-01-10T09:30:0\u{661}",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(TimestampError::Form), "{text:?}");
        }
        for text in [
            "2019-02-29T00:00:00Z",
            "2019-13-01T00:00:00Z",
            "2019-01-00T00:00:00Z",
            "2019-01-10T24:00:00Z",
            "2019-01-10T23:60:00Z",
            "2016-12-31T23:59:60Z",
        ] {
            assert_eq!(text.parse::<Timestamp>(), Err(TimestampError::NoSuchMoment), "{text:?}");
        }
    }

    #[test]
    fn serialised_as_its_text() {
        let timestamp: Timestamp = "2019-01-10T09:30:00Z".parse().unwrap();
        assert_eq!(timestamp.unix(), 1_547_112_600);
        let json = serde_json::to_string(&timestamp).unwrap();
        assert_eq!(json, "\"2019-01-10T09:30:00Z\"");
        assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), timestamp);
        assert!(serde_json::from_str::<Timestamp>("1547112600").is_err());
    }

    proptest! {
        #[test]
        fn every_second_reads_back(seconds in EARLIEST..=LATEST, other in EARLIEST..=LATEST) {
            let (a, b) = (Timestamp::from_unix(seconds).unwrap(), Timestamp::from_unix(other).unwrap());
            prop_assert_eq!(a.to_string().parse::<Timestamp>(), Ok(a));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }

        #[test]
        fn what_is_accepted_prints_as_it_was(text in "[0-9]{4}-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z") {
            if let Ok(timestamp) = text.parse::<Timestamp>() {
                prop_assert_eq!(timestamp.to_string(), text);
            }
        }
    }
}
