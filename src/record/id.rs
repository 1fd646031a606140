//! Typed identifiers: what a reference may point at.
//!
//! ```text
//! record:sha256:5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9
//! exhibit:sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b
//! party:9f86d081884c7d659a2feaa0c55ad015
//! ```
//!
//! A reference is always one of these and never a label (spec/record.md, "Identity").

use std::fmt;
use std::str::FromStr;

use crate::digest::Digest;
use crate::encode::hex;

/// The text is not a typed identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not {expected}")]
pub struct IdError {
    text: String,
    expected: &'static str,
}

impl IdError {
    fn new(text: &str, expected: &'static str) -> IdError {
        const SHOWN: usize = 100;
        IdError {
            text: text.chars().take(SHOWN).collect(),
            expected,
        }
    }
}

/// Implements text and serde forms by way of `Display` and `FromStr`.
macro_rules! text_form {
    ($type:ty) => {
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

/// A record's identity: the SHA-256 of its payload bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub Digest);

impl RecordId {
    const PREFIX: &str = "record:sha256:";

    /// The id of the record whose payload is `payload`.
    pub fn of_payload(payload: &[u8]) -> RecordId {
        RecordId(Digest::of(payload))
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::PREFIX, self.0)
    }
}

impl FromStr for RecordId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<RecordId, IdError> {
        let digits = text.strip_prefix(Self::PREFIX);
        let digest = digits.and_then(|digits| Digest::from_hex(digits).ok());
        digest
            .map(RecordId)
            .ok_or_else(|| IdError::new(text, "a record id (record:sha256: and 64 hexadecimal digits)"))
    }
}

text_form!(RecordId);

/// An exhibit's identity: the SHA-256 of its salted descriptor, not of its bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExhibitId(pub Digest);

impl ExhibitId {
    const PREFIX: &str = "exhibit:sha256:";
}

impl fmt::Display for ExhibitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::PREFIX, self.0)
    }
}

impl FromStr for ExhibitId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<ExhibitId, IdError> {
        let digits = text.strip_prefix(Self::PREFIX);
        let digest = digits.and_then(|digits| Digest::from_hex(digits).ok());
        digest
            .map(ExhibitId)
            .ok_or_else(|| IdError::new(text, "an exhibit id (exhibit:sha256: and 64 hexadecimal digits)"))
    }
}

text_form!(ExhibitId);

/// A party's identity: 128 random bits, which say nothing of who it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyId(pub [u8; 16]);

impl PartyId {
    const PREFIX: &str = "party:";
}

impl fmt::Display for PartyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::PREFIX, hex::encode(&self.0))
    }
}

impl FromStr for PartyId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<PartyId, IdError> {
        let digits = text.strip_prefix(Self::PREFIX);
        let id = digits.and_then(|digits| hex::decode(digits).ok());
        id.map(PartyId)
            .ok_or_else(|| IdError::new(text, "a party id (party: and 32 hexadecimal digits)"))
    }
}

text_form!(PartyId);

/// Anything that a record may point at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// A record.
    Record(RecordId),
    /// An exhibit.
    Exhibit(ExhibitId),
    /// A party.
    Party(PartyId),
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reference::Record(id) => id.fmt(f),
            Reference::Exhibit(id) => id.fmt(f),
            Reference::Party(id) => id.fmt(f),
        }
    }
}

impl FromStr for Reference {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Reference, IdError> {
        let record = text.parse().map(Reference::Record);
        let exhibit = || text.parse().map(Reference::Exhibit);
        let party = || text.parse().map(Reference::Party);
        record
            .or_else(|_: IdError| exhibit())
            .or_else(|_: IdError| party())
            .map_err(|_: IdError| IdError::new(text, "a record, exhibit or party id"))
    }
}

text_form!(Reference);

/// A short human name for a record within its archive, as `S02`. It is never a
/// reference and must not leak a name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(String);

impl Label {
    const MAX_LETTERS: usize = 4;
    const MAX_DIGITS: usize = 6;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Label {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Label, IdError> {
        let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
        let digits = text.len() - letters;
        let well_formed = (1..=Self::MAX_LETTERS).contains(&letters)
            && (1..=Self::MAX_DIGITS).contains(&digits)
            && text[letters..].bytes().all(|byte| byte.is_ascii_digit());
        if !well_formed {
            return Err(IdError::new(
                text,
                "a label (one to four capital letters and one to six digits, as S02)",
            ));
        }
        Ok(Label(text.to_owned()))
    }
}

text_form!(Label);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_has_one_spelling() {
        let record = RecordId::of_payload(b"x");
        assert_eq!(record.to_string().parse(), Ok(record));
        assert_eq!(record.to_string().parse(), Ok(Reference::Record(record)));
        assert!(record.to_string().to_uppercase().parse::<Reference>().is_err());
        let party = PartyId([0xab; 16]);
        assert_eq!(party.to_string().parse(), Ok(Reference::Party(party)));
        assert!("party:ab".parse::<PartyId>().is_err());
    }

    #[test]
    fn labels() {
        for good in ["S02", "A0", "ABCD123456"] {
            assert_eq!(good.parse::<Label>().expect(good).as_str(), good);
        }
        for bad in ["", "S", "02", "s02", "ABCDE1", "S1234567", "S02 ", "S0x", "Ş02"] {
            assert!(bad.parse::<Label>().is_err(), "{bad:?}");
        }
    }
}
