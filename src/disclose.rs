//! Disclosures: the values of withheld positions, each with its salt.
//!
//! ```text
//! WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIseyJwYXJ0eSI6InBhcnR5OjlmODZkMDgxLi4uIn1d
//! = base64url of ["_26bc4LT-ac6q2KI6cBW5es",{"party":"party:9f86d081..."}]
//! ```
//!
//! Written as RFC 9901 writes the disclosure of an array element (section 4.2.2), with
//! salts of exactly 16 bytes (spec/disclosure.md). A position that no disclosure fits is
//! withheld or erased; which of the two, the log says, not this module. There are no
//! decoys, no `_sd` and no nesting.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::check::Code;
use crate::digest::Digest;
use crate::encode::base64;
use crate::encode::json;
use crate::record::{Body, Descriptor, ExhibitId, MAX_POSITIONS, MAX_SUBJECTS, Path, Position, Record, Reference};

/// The longest disclosure, in bytes of its base64url text.
pub const MAX_DISCLOSURE: usize = 512 * 1024;
/// The most disclosures of one record.
pub const MAX_DISCLOSURES: usize = MAX_POSITIONS + MAX_SUBJECTS;
/// The longest line of a disclosures pack, in bytes. A pack of 256 such lines is still one
/// that readers read whole ([`crate::archive::MAX_DISCLOSURES_PACK`]).
pub const MAX_DISCLOSURE_LINE: usize = 2 * 1024 * 1024;

/// Sixteen random bytes that keep a value from being guessed.
pub type Salt = [u8; 16];

/// A salted value, in the text form that its digest covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    text: String,
    salt: Salt,
    value: Value,
}

/// What is wrong with the disclosures of a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DisclosureFault {
    /// Not a line of disclosures, or not a disclosure.
    #[error("disclosure {index} cannot be read: {reason}")]
    Syntax {
        /// Which, counted from 0.
        index: usize,
        /// Why.
        reason: String,
    },
    /// More disclosures than one record may have.
    #[error("{0} disclosures, more than the {MAX_DISCLOSURES} allowed")]
    TooMany(usize),
    /// A line that is longer than readers accept.
    #[error("the disclosures are {0} bytes as a line, more than the {MAX_DISCLOSURE_LINE} allowed; split the record")]
    TooLong(usize),
    /// The line is spaced or escaped otherwise than writers write it.
    #[error("the line of disclosures is not in its one spelling: no spaces, no escapes")]
    Spelling,
    /// One digest stands for two positions, or one salt in two disclosures.
    #[error("{0} stands twice")]
    Duplicate(String),
    /// A disclosure that no position refers to.
    #[error("disclosure {index} belongs to nothing in the record: its value was changed, or it was put there")]
    Unreferenced {
        /// Which, counted from 0.
        index: usize,
    },
    /// The value is not of the type that its place has.
    #[error("{place}: {reason}")]
    WrongType {
        /// The position.
        place: String,
        /// What was expected.
        reason: String,
    },
}

impl DisclosureFault {
    /// The code of the check that this fault fails (spec/verification.md).
    pub fn code(&self) -> Code {
        match self {
            DisclosureFault::Syntax { .. }
            | DisclosureFault::TooMany(_)
            | DisclosureFault::TooLong(_)
            | DisclosureFault::Spelling => Code::DisclosureSyntax,
            DisclosureFault::Duplicate(_) => Code::DisclosureDuplicate,
            DisclosureFault::Unreferenced { .. } => Code::DisclosureUnreferenced,
            DisclosureFault::WrongType { .. } => Code::DisclosureType,
        }
    }
}

impl Disclosure {
    /// Makes the disclosure of `value`. The salt must be random and used once.
    pub fn new(salt: Salt, value: &impl Serialize) -> Disclosure {
        let value = serde_json::to_value(value).expect("our values have string keys only");
        let text = base64::encode_url(json::canonical(&(base64::encode_url(salt), &value)));
        Disclosure { text, salt, value }
    }

    /// Reads a disclosure: base64url of a JSON array of a salt and a value.
    ///
    /// # Errors
    /// Says what was expected, in words for [`DisclosureFault::Syntax`].
    pub fn parse(text: &str) -> Result<Disclosure, String> {
        length_of(text)?;
        let bytes = base64::decode_url(text).map_err(|error| error.to_string())?;
        let (salt, value): (String, Value) =
            json::from_slice(&bytes, MAX_DISCLOSURE).map_err(|error| error.to_string())?;
        let salt = base64::decode_url(&salt).ok().and_then(|salt| salt.try_into().ok());
        let salt = salt.ok_or("the salt is not 16 bytes of base64url")?;
        Ok(Disclosure {
            text: text.to_owned(),
            salt,
            value,
        })
    }

    /// The text that the digest covers.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The value.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// SHA-256 of the US-ASCII text (RFC 9901, section 4.2.3).
    pub fn digest(&self) -> Digest {
        Digest::of(self.text.as_bytes())
    }
}

/// Writes the line of a disclosures pack: a JSON list of texts. Whether readers accept it,
/// [`check_line`] says.
pub fn to_line(disclosures: &[Disclosure]) -> String {
    let texts: Vec<&str> = disclosures.iter().map(Disclosure::as_str).collect();
    serde_json::to_string(&texts).expect("a list of strings")
}

/// Checks that a writer may put these disclosures into a pack: readers accept their line.
///
/// # Errors
/// [`DisclosureFault::TooMany`], [`DisclosureFault::TooLong`], and
/// [`DisclosureFault::Syntax`] of one that is too long by itself.
pub fn check_line(disclosures: &[Disclosure]) -> Result<(), DisclosureFault> {
    at_most(disclosures.len())?;
    for (index, disclosure) in disclosures.iter().enumerate() {
        length_of(disclosure.as_str()).map_err(|reason| DisclosureFault::Syntax { index, reason })?;
    }
    let marks = |disclosure: &Disclosure| disclosure.as_str().len() + "\"\",".len();
    // The brackets, and no comma after the last.
    let length = disclosures.iter().map(marks).sum::<usize>().max(1) + 1;
    if length > MAX_DISCLOSURE_LINE {
        return Err(DisclosureFault::TooLong(length));
    }
    Ok(())
}

/// Reads a line of a disclosures pack: exactly what [`to_line`] writes, in whatever order.
///
/// # Errors
/// [`DisclosureFault::Syntax`], [`DisclosureFault::TooMany`], [`DisclosureFault::TooLong`]
/// and [`DisclosureFault::Spelling`].
pub fn from_line(line: &[u8]) -> Result<Vec<Disclosure>, DisclosureFault> {
    if line.len() > MAX_DISCLOSURE_LINE {
        return Err(DisclosureFault::TooLong(line.len()));
    }
    let texts: Vec<String> = json::from_slice(line, MAX_DISCLOSURE_LINE).map_err(|error| DisclosureFault::Syntax {
        index: 0,
        reason: error.to_string(),
    })?;
    let disclosures = from_texts(&texts)?;
    if to_line(&disclosures).as_bytes() != line {
        return Err(DisclosureFault::Spelling);
    }
    Ok(disclosures)
}

/// Reads the disclosures of one record, as a bundle has them.
///
/// # Errors
/// [`DisclosureFault::Syntax`] and [`DisclosureFault::TooMany`].
pub fn from_texts(texts: &[String]) -> Result<Vec<Disclosure>, DisclosureFault> {
    at_most(texts.len())?;
    let parse = |(index, text): (usize, &String)| {
        Disclosure::parse(text).map_err(|reason| DisclosureFault::Syntax { index, reason })
    };
    texts.iter().enumerate().map(parse).collect()
}

fn at_most(count: usize) -> Result<(), DisclosureFault> {
    if count > MAX_DISCLOSURES {
        return Err(DisclosureFault::TooMany(count));
    }
    Ok(())
}

fn length_of(text: &str) -> Result<(), String> {
    if text.len() > MAX_DISCLOSURE {
        return Err(format!(
            "{} bytes long, more than the {MAX_DISCLOSURE} allowed",
            text.len()
        ));
    }
    Ok(())
}

/// Puts values into positions while a record is being made.
pub struct Sealer<'a> {
    salts: &'a mut dyn FnMut() -> Salt,
    disclosures: Vec<Disclosure>,
}

impl<'a> Sealer<'a> {
    /// Begins with no disclosures. `salts` must give fresh random bytes at each call.
    pub fn new(salts: &'a mut dyn FnMut() -> Salt) -> Sealer<'a> {
        Sealer {
            salts,
            disclosures: Vec::new(),
        }
    }

    /// Makes a position of `value` and keeps its disclosure.
    pub fn seal<T: Serialize>(&mut self, value: T) -> Position<T> {
        let disclosure = Disclosure::new((self.salts)(), &value);
        let digest = disclosure.digest();
        self.disclosures.push(disclosure);
        Position::revealed(digest, value)
    }

    /// As [`Sealer::seal`], where there is a value.
    pub fn seal_some<T: Serialize>(&mut self, value: Option<T>) -> Option<Position<T>> {
        value.map(|value| self.seal(value))
    }

    /// As [`Sealer::seal`], for each of a list.
    pub fn seal_each<T: Serialize>(&mut self, values: impl IntoIterator<Item = T>) -> Vec<Position<T>> {
        values.into_iter().map(|value| self.seal(value)).collect()
    }

    /// Makes an exhibit's descriptor and keeps its disclosure with this record, which
    /// must be the first of the archive to rest on the exhibit.
    pub fn describe(&mut self, descriptor: &Descriptor) -> ExhibitId {
        let disclosure = Disclosure::new((self.salts)(), descriptor);
        let id = ExhibitId(disclosure.digest());
        self.disclosures.push(disclosure);
        id
    }

    /// The disclosures made, in order.
    pub fn into_disclosures(self) -> Vec<Disclosure> {
        self.disclosures
    }
}

/// What came of putting disclosures into their places.
#[derive(Debug, Default)]
pub struct Revelation {
    /// The exhibits whose descriptors were among the disclosures.
    pub descriptors: Vec<(ExhibitId, Descriptor)>,
    /// The positions that no disclosure fits.
    pub withheld: Vec<Path>,
    /// What is wrong.
    pub faults: Vec<DisclosureFault>,
}

/// Puts each disclosure into the position, or to the exhibit, whose digest it has.
///
/// In a record of an unknown kind no position is known, so nothing is read and nothing
/// is at fault.
pub fn reveal(record: &mut Record, disclosures: &[Disclosure]) -> Revelation {
    let mut revelation = Revelation::default();
    if matches!(record.body, Body::Unknown(_)) {
        return revelation;
    }
    let faults = &mut revelation.faults;
    let mut salts = BTreeSet::new();
    let mut by_digest = BTreeMap::new();
    for (index, disclosure) in disclosures.iter().enumerate() {
        if !salts.insert(disclosure.salt) {
            faults.push(DisclosureFault::Duplicate(format!("the salt of disclosure {index}")));
        }
        if by_digest.insert(disclosure.digest(), (index, disclosure)).is_some() {
            faults.push(DisclosureFault::Duplicate(format!("disclosure {index}")));
        }
    }
    let mut digests: BTreeSet<Digest> = BTreeSet::new();
    for id in record.exhibits() {
        digests.insert(id.0);
        let Some((_, disclosure)) = by_digest.remove(&id.0) else {
            continue;
        };
        match json::from_value(&disclosure.value) {
            Ok(descriptor) => revelation.descriptors.push((*id, descriptor)),
            Err(error) => faults.push(DisclosureFault::WrongType {
                place: id.to_string(),
                reason: error.to_string(),
            }),
        }
    }
    let withheld = &mut revelation.withheld;
    record.positions(&mut |path, slot| {
        if !digests.insert(*slot.digest()) {
            faults.push(DisclosureFault::Duplicate(format!("the digest at {path}")));
        }
        match by_digest.remove(slot.digest()) {
            None => withheld.push(path),
            Some((_, disclosure)) => {
                if let Err(error) = slot.reveal(&disclosure.value) {
                    faults.push(DisclosureFault::WrongType {
                        place: path.to_string(),
                        reason: error.to_string(),
                    });
                }
            }
        }
    });
    if let Body::Relation(relation) = &record.body
        && let Some(stance) = relation.stance.as_ref().and_then(Position::value)
        && relation.target.among != [Reference::Record(stance.proposition)]
    {
        faults.push(DisclosureFault::WrongType {
            place: "stance".to_owned(),
            reason: "its proposition is not the target of the relation".to_owned(),
        });
    }
    faults.extend(
        by_digest
            .into_values()
            .map(|(index, _)| DisclosureFault::Unreferenced { index }),
    );
    revelation
}

/// The disclosures of those positions of `record` that `keep` chooses, in the order of the
/// schema. Descriptors of exhibits are not among them.
pub fn let_out(record: &Record, disclosures: &[Disclosure], mut keep: impl FnMut(&Path) -> bool) -> Vec<Disclosure> {
    let by_digest: BTreeMap<Digest, &Disclosure> = disclosures.iter().map(|one| (one.digest(), one)).collect();
    let mut kept = Vec::new();
    record.clone().positions(&mut |path, slot| {
        if let Some(disclosure) = by_digest.get(slot.digest())
            && keep(&path)
        {
            kept.push((*disclosure).clone());
        }
    });
    kept
}

/// The disclosure of an exhibit's descriptor, where it is among `disclosures`.
pub fn descriptor_of(id: ExhibitId, disclosures: &[Disclosure]) -> Option<&Disclosure> {
    disclosures.iter().find(|one| one.digest() == id.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_rfc_9901() {
        // RFC 9901, section 4.2.3, gives this disclosure of an array element and its digest.
        let text = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0";
        let digest = base64::encode_url(Digest::of(text.as_bytes()).as_bytes());
        assert_eq!(digest, "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs");
        assert!(Disclosure::parse(text).is_ok());
    }

    #[test]
    fn a_disclosure_reads_back() {
        let made = Disclosure::new([9; 16], &"Mehman");
        assert_eq!(Disclosure::parse(made.as_str()), Ok(made.clone()));
        assert_eq!(
            from_line(to_line(std::slice::from_ref(&made)).as_bytes()),
            Ok(vec![made])
        );
    }

    #[test]
    fn malformed_disclosures() {
        for inner in [
            r#"["c2hvcnQ","x"]"#,
            r#"["AAAAAAAAAAAAAAAAAAAAAA"]"#,
            r#"["AAAAAAAAAAAAAAAAAAAAAA",1,2]"#,
            r#"["AAAAAAAAAAAAAAAAAAAAAA",null]"#,
            "{}",
        ] {
            let text = base64::encode_url(inner);
            assert!(Disclosure::parse(&text).is_err(), "{inner}");
        }
        assert!(Disclosure::parse("not base64!").is_err());
    }

    #[test]
    fn a_line_has_one_spelling() {
        let two = [Disclosure::new([1; 16], &"one"), Disclosure::new([2; 16], &"two")];
        let line = to_line(&two);
        assert_eq!(from_line(line.as_bytes()).as_deref(), Ok(two.as_slice()));
        let turned = [two[1].clone(), two[0].clone()];
        assert_eq!(from_line(to_line(&turned).as_bytes()).as_deref(), Ok(turned.as_slice()));
        assert_eq!(from_line(b"[]"), Ok(Vec::new()));
        for other in [
            line.replace(',', ", "),
            format!(" {line}"),
            format!("{line} "),
            format!("{line}\n"),
            format!("{line}\r"),
            line.replacen('W', "\\u0057", 1),
            "[ ]".to_owned(),
        ] {
            assert_eq!(from_line(other.as_bytes()), Err(DisclosureFault::Spelling), "{other}");
        }
    }

    #[test]
    fn what_a_writer_may_write_a_reader_reads() {
        // The salt, the brackets and the marks around a text of ASCII take 29 bytes.
        let of_length = |salt: u128, length: usize| {
            let text = "x".repeat(length / 4 * 3 - 29);
            let one = Disclosure::new(salt.to_be_bytes(), &text);
            assert_eq!(one.as_str().len(), length);
            one
        };
        let mut most: Vec<Disclosure> = (0..3).map(|salt| of_length(salt, MAX_DISCLOSURE)).collect();
        // Two brackets, and three bytes for each but the last, which has no comma.
        most.push(of_length(4, MAX_DISCLOSURE - 16));
        let line = to_line(&most);
        assert!(line.len() <= MAX_DISCLOSURE_LINE && line.len() > MAX_DISCLOSURE_LINE - 16);
        assert_eq!(check_line(&most), Ok(()));
        assert!(from_line(line.as_bytes()).is_ok());
        most[3] = of_length(4, MAX_DISCLOSURE);
        let line = to_line(&most);
        assert_eq!(check_line(&most), Err(DisclosureFault::TooLong(line.len())));
        assert_eq!(from_line(line.as_bytes()), Err(DisclosureFault::TooLong(line.len())));
        let longer = [of_length(5, MAX_DISCLOSURE + 4)];
        assert!(check_line(&longer).is_err() && from_line(to_line(&longer).as_bytes()).is_err());
        let many: Vec<Disclosure> = (0..=MAX_DISCLOSURES as u128)
            .map(|salt| Disclosure::new(salt.to_be_bytes(), &""))
            .collect();
        let too_many = DisclosureFault::TooMany(many.len());
        assert_eq!(check_line(&many), Err(too_many.clone()));
        assert_eq!(from_line(to_line(&many).as_bytes()), Err(too_many));
        assert_eq!(check_line(&many[1..]), Ok(()));
        assert!(from_line(to_line(&many[1..]).as_bytes()).is_ok());
        assert_eq!(check_line(&[]), Ok(()));
    }
}
