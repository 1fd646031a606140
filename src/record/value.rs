//! The rules of disclosed values that their types do not express.
//!
//! ```json
//! {"basis":"not-stated","edtf":"2026-01-10"}
//! ```
//!
//! This is a time claim by its members, and says two things that cannot both be so. What
//! breaks a rule is not of the type of its place (`disclosure.type`, spec/record.md).

use serde::{Serialize, de::DeserializeOwned};

use super::amount::Value;
use super::exhibit::Descriptor;
use super::kinds::Wording;
use super::roster::{Name, Role};
use super::statement::{
    Authority, Circumstances, Observation, PartyRef, Passage, ScopeItem, Span, Stance, TimeBasis, TimeClaim,
};

/// The most characters of a language tag (RFC 5646, section 4.4.1).
pub const MAX_LANGUAGE: usize = 35;
/// The most characters of one part of it (RFC 5646, section 2.1).
const MAX_SUBTAG: usize = 8;

/// Whether a text has the shape of a BCP 47 tag: parts of one to eight letters and digits,
/// with hyphens between them. It is not compared with a registry.
pub fn is_language(text: &str) -> bool {
    let subtag =
        |part: &str| (1..=MAX_SUBTAG).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.len() <= MAX_LANGUAGE && text.split('-').all(subtag)
}

/// What can stand in a withheld position.
pub trait Disclosed: DeserializeOwned + Serialize {
    /// The rule that the value breaks, in words.
    fn broken_rule(&self) -> Option<&'static str> {
        None
    }
}

impl Disclosed for String {}
impl Disclosed for PartyRef {}
impl Disclosed for Vec<PartyRef> {}
impl Disclosed for Vec<ScopeItem> {}
impl Disclosed for Authority {}
impl Disclosed for Circumstances {}

impl Disclosed for Stance {
    fn broken_rule(&self) -> Option<&'static str> {
        match &self.value {
            Some(Value::Number(amount)) => amount.broken_rule(),
            Some(Value::Time(_)) | None => None,
        }
    }
}

impl Disclosed for Observation {}
impl Disclosed for Descriptor {}

impl Disclosed for Passage {
    fn broken_rule(&self) -> Option<&'static str> {
        let backwards = |span: &Span| span.end < span.start;
        if self.text.is_empty() {
            return Some("a passage without words");
        }
        if self.span.as_ref().is_some_and(backwards) {
            return Some("a span that ends before it starts");
        }
        language(self.language.as_deref())
    }
}

impl Disclosed for TimeClaim {
    fn broken_rule(&self) -> Option<&'static str> {
        let contradicts = self.basis == TimeBasis::NotStated && self.edtf.is_some();
        contradicts.then_some("a time whose basis is that none is stated")
    }
}

impl Disclosed for Name {
    fn broken_rule(&self) -> Option<&'static str> {
        language(self.language.as_deref())
    }
}

impl Disclosed for Wording {
    fn broken_rule(&self) -> Option<&'static str> {
        language(self.language.as_deref())
    }
}

impl Disclosed for Role {
    fn broken_rule(&self) -> Option<&'static str> {
        let mut times = self.since.iter().chain(&self.until);
        times.find_map(TimeClaim::broken_rule)
    }
}

fn language(tag: Option<&str>) -> Option<&'static str> {
    tag.is_some_and(|tag| !is_language(tag)).then_some(NOT_A_LANGUAGE)
}

/// What is said of a language that is none.
pub(super) const NOT_A_LANGUAGE: &str = "a language that is not a tag of BCP 47: letters and digits, in parts of at most eight set off by hyphens, as en or az-Latn";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let longest = ["abcdefgh"; 4].join("-");
        assert_eq!(longest.len(), MAX_LANGUAGE);
        for good in ["en", "und", "az-Latn", "zh-Hant-TW", "x-1", "i", "a-b-c", &longest] {
            assert!(is_language(good), "{good}");
        }
        let longer = format!("{longest}-");
        for bad in [
            "",
            "-",
            "en-",
            "-en",
            "en--GB",
            "en_GB",
            "abcdefghi",
            "é",
            "en ",
            "en\n",
            &longer,
            "a b",
        ] {
            assert!(!is_language(bad), "{bad:?}");
        }
        assert!(!is_language(&format!("{longest}x")));
    }
}
