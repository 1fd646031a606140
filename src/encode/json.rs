//! Strict JSON: what stands twice, or stands for two things, is refused.
//!
//! `{"label":"S02","label":"S03"}` is valid RFC 8259 and means different things to
//! different readers. This reader refuses duplicate member names, `null`, numbers
//! that are not integers within ±(2^53−1), lone surrogates and deep nesting
//! (spec/envelope.md, "Closed profile"). It does not ask for RFC 8785 form: bytes
//! are verified as received, whatever their spacing.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};

use serde::Serialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The deepest nesting that any of our formats needs, with room to spare.
pub const MAX_DEPTH: usize = 16;

/// The largest integer that every JSON reader agrees on (RFC 8785, section 3.2.2.3).
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// Why some bytes are not what this reader accepts.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// More bytes than the format allows.
    #[error("{size} bytes long, more than the {limit} allowed")]
    TooLong {
        /// The length found, in bytes.
        size: usize,
        /// The limit, in bytes.
        limit: usize,
    },
    /// Not JSON, or JSON that means different things to different readers.
    #[error("not strict JSON: {0}")]
    Strict(#[source] serde_json::Error),
    /// Strict JSON, but not of the shape that was expected.
    #[error("not of the expected shape: {0}")]
    Shape(#[source] serde_json::Error),
}

/// Reads a `T` out of strict JSON of at most `limit` bytes. The JSON has the members that
/// `T` is written with and no others: a list in the place of an object, which serde would
/// read by position, and an empty list that would be left out are of another shape.
///
/// # Errors
/// [`JsonError`], whose text has the line and column.
pub fn from_slice<T: DeserializeOwned + Serialize>(bytes: &[u8], limit: usize) -> Result<T, JsonError> {
    let read = walk(bytes, limit)?;
    let value: T = serde_json::from_slice(bytes).map_err(JsonError::Shape)?;
    let mut written = Count::default();
    value
        .serialize(&mut serde_json::Serializer::with_formatter(
            std::io::sink(),
            &mut written,
        ))
        .map_err(JsonError::Shape)?;
    if written != read {
        return Err(JsonError::Shape(other_spelling()));
    }
    Ok(value)
}

/// Reads a `T` out of a value, if `T` is written as exactly that value.
///
/// # Errors
/// What was expected.
pub fn from_value<T: DeserializeOwned + Serialize>(value: &Value) -> Result<T, serde_json::Error> {
    let read = T::deserialize(value)?;
    if serde_json::to_value(&read)? != *value {
        return Err(other_spelling());
    }
    Ok(read)
}

fn other_spelling() -> serde_json::Error {
    serde_json::Error::custom(
        "not as this program writes it: a list stands for an object, or an empty list for nothing",
    )
}

/// Checks that `bytes` are strict JSON of at most `limit` bytes.
///
/// # Errors
/// [`JsonError::TooLong`] and [`JsonError::Strict`].
pub fn check(bytes: &[u8], limit: usize) -> Result<(), JsonError> {
    walk(bytes, limit).map(|_| ())
}

/// How many objects, lists and members some JSON has.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    objects: usize,
    lists: usize,
    members: usize,
}

/// Counts what is written instead of laying it out.
impl serde_json::ser::Formatter for &mut Count {
    fn begin_object<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.objects += 1;
        Ok(())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.lists += 1;
        Ok(())
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, _: &mut W, _: bool) -> io::Result<()> {
        self.members += 1;
        Ok(())
    }
}

fn walk(bytes: &[u8], limit: usize) -> Result<Count, JsonError> {
    if bytes.len() > limit {
        return Err(JsonError::TooLong {
            size: bytes.len(),
            limit,
        });
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let mut count = Count::default();
    Strict {
        depth: MAX_DEPTH,
        count: &mut count,
    }
    .deserialize(&mut reader)
    .map_err(JsonError::Strict)?;
    reader.end().map_err(JsonError::Strict)?;
    Ok(count)
}

/// Writes `value` in RFC 8785 form, so that whoever signs the same content twice
/// signs the same bytes.
///
/// # Panics
/// Never for our formats, which have no floats and no maps with keys other than strings.
pub fn canonical(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value)
        .expect("our formats hold only strings, integers, booleans, lists and objects")
}

/// Walks a value to the end and keeps nothing of it.
struct Strict<'c> {
    depth: usize,
    count: &'c mut Count,
}

impl Strict<'_> {
    fn deeper<E: serde::de::Error>(&self) -> Result<usize, E> {
        match self.depth.checked_sub(1) {
            Some(depth) => Ok(depth),
            None => Err(E::custom(format_args!("nested deeper than {MAX_DEPTH}"))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, an integer, true, false, a list or an object")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        if number > MAX_INTEGER {
            return Err(E::custom("an integer of 2^53 or more, which readers round differently"));
        }
        Ok(())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        self.visit_u64(number.unsigned_abs())
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<(), E> {
        Err(E::custom("a number that is not a plain integer"))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        Err(E::custom("null; a member that is not known is left out"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let depth = self.deeper()?;
        let count = self.count;
        count.lists += 1;
        while list
            .next_element_seed(Strict {
                depth,
                count: &mut *count,
            })?
            .is_some()
        {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let depth = self.deeper()?;
        let count = self.count;
        count.objects += 1;
        let mut names = BTreeSet::<String>::new();
        while let Some(name) = object.next_key::<String>()? {
            if names.contains(&name) {
                return Err(A::Error::custom(format_args!("the member {name:?} stands twice")));
            }
            names.insert(name);
            count.members += 1;
            object.next_value_seed(Strict {
                depth,
                count: &mut *count,
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 1 << 16;

    fn refused(text: &str) -> String {
        check(text.as_bytes(), LIMIT).expect_err(text).to_string()
    }

    #[test]
    fn accepts_our_formats() {
        for text in [
            r#"{"a":[1,-2,true,"x"]}"#,
            " {} ",
            "9007199254740991",
            "-9007199254740991",
        ] {
            check(text.as_bytes(), LIMIT).expect(text);
        }
    }

    #[test]
    fn refuses_what_readers_take_differently() {
        assert!(refused(r#"{"a":1,"a":1}"#).contains("stands twice"));
        assert!(refused(r#"{"a":1,"\u0061":1}"#).contains("stands twice"));
        assert!(refused("null").contains("left out"));
        for number in [
            "1.0",
            "1e2",
            "-0",
            "-0.0",
            "9007199254740992",
            "-9007199254740992",
            "18446744073709551616",
        ] {
            assert!(refused(number).contains("not strict JSON"), "{number}");
        }
        for text in [
            r#""\ud800""#,
            r#""\udc00\ud800""#,
            "{} {}",
            "[1,]",
            "NaN",
            "",
            "\u{feff}{}",
        ] {
            refused(text);
        }
        let deep = "[".repeat(MAX_DEPTH + 1) + &"]".repeat(MAX_DEPTH + 1);
        assert!(refused(&deep).contains("deeper"));
        let deepest = "[".repeat(MAX_DEPTH) + &"]".repeat(MAX_DEPTH);
        check(deepest.as_bytes(), LIMIT).expect("the limit itself is allowed");
    }

    #[test]
    fn a_list_does_not_stand_for_an_object() {
        #[derive(Debug, PartialEq, serde::Deserialize, Serialize)]
        struct Pair {
            left: u8,
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            right: Vec<Pair>,
        }
        let read = |text: &str| {
            let value: Value = serde_json::from_str(text).expect("JSON");
            let read = from_slice::<Pair>(text.as_bytes(), LIMIT).ok();
            assert_eq!(from_value::<Pair>(&value).ok(), read, "{text}");
            read
        };
        assert!(read(r#"{"left":1}"#).is_some());
        assert!(read(r#"{"left":1,"right":[{"left":2}]}"#).is_some());
        for other in ["[1,[]]", r#"{"left":1,"right":[]}"#, r#"{"left":1,"right":[[2,[]]]}"#] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn refuses_what_is_too_long() {
        assert!(matches!(
            check(b"[1, 2]", 5),
            Err(JsonError::TooLong { size: 6, limit: 5 })
        ));
    }
}
