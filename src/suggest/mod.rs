//! Suggestions: what a person might look at, found by rules that are sometimes wrong.
//!
//! ```text
//! SUGGESTION, unreviewed: party:1f0c… "Tofig Yagublu" and party:9a3e… "Tofik Yaqublu" may be one party
//! ```
//!
//! Normative page: spec/suggestion.md. A [`Suggestion`] is neither a fact nor a finding, and is unreviewed until a
//! person signs a record that says so: nothing here makes one into anything else, records it or merges what it is
//! about. Each carries its method with the errors that were measured on a named set. [`compare`](crate::compare)
//! does not know this module, so that no suggestion gets into a comparison.

pub mod content;
mod method;
pub mod names;
pub mod near;
mod proposed;
pub mod questions;
mod read;
pub mod slots;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::compare::Case;

pub use method::{Measured, Method, Share};
pub use proposed::{PartyShown, Proposed, SentenceShown, StatementShown};

use read::Reading;

/// The most suggestions of one method that are written out where nothing else is asked.
pub const USUAL_LIMIT: usize = 50;

/// What is said where no rule found anything. It is never shortened to "no conflict".
pub const NONE_FOUND: &str = "the rules found none; they miss most paraphrased conflicts";

/// What is asked of a case.
#[derive(Debug, Clone)]
pub struct Ask {
    /// By which methods.
    pub methods: BTreeSet<Method>,
    /// How many suggestions of each method are written out. All are counted.
    pub limit: usize,
}

impl Ask {
    /// Every method, within the usual limit.
    pub fn everything() -> Ask {
        Ask {
            methods: Method::ALL.into_iter().collect(),
            limit: USUAL_LIMIT,
        }
    }

    /// One method, within the usual limit.
    pub fn one(method: Method) -> Ask {
        Ask {
            methods: BTreeSet::from([method]),
            limit: USUAL_LIMIT,
        }
    }
}

/// The class of result that everything here has, written beside each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Class {
    Suggestion,
}

/// How a suggestion stands. There is no other: what a person signs is a record of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Status {
    Unreviewed,
}

/// One suggestion. It can be read and written out; it is made by this module only, and nothing takes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    class: Class,
    status: Status,
    method: Method,
    proposed: Proposed,
    why: Vec<String>,
    to_sign: Vec<String>,
}

impl Suggestion {
    fn new(method: Method, proposed: Proposed) -> Suggestion {
        Suggestion {
            class: Class::Suggestion,
            status: Status::Unreviewed,
            method,
            why: proposed.why(),
            to_sign: proposed.to_sign(),
            proposed,
        }
    }

    /// By which method it was found.
    pub fn method(&self) -> Method {
        self.method
    }

    /// What is proposed.
    pub fn proposed(&self) -> &Proposed {
        &self.proposed
    }

    /// Why, in sentences.
    pub fn why(&self) -> &[String] {
        &self.why
    }

    /// The commands by which a person would sign what they think of it. None of them is run.
    pub fn to_sign(&self) -> &[String] {
        &self.to_sign
    }
}

/// What one method found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ByMethod {
    /// The method.
    pub method: Method,
    /// How it works, in a sentence.
    pub how: &'static str,
    /// What was measured of it, by set.
    pub measured: &'static [Measured],
    /// How many suggestions there are.
    pub count: usize,
    /// The suggestions, in the order of the labels, up to the limit.
    pub suggestions: Vec<Suggestion>,
    /// What was not looked at and why, in sentences.
    pub left_out: Vec<String>,
    /// [`NONE_FOUND`], where this method found nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub none: Option<&'static str>,
}

/// Everything that the rules propose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestions {
    class: Class,
    status: Status,
    /// How many records were searched.
    pub searched: usize,
    /// What each method found.
    pub methods: Vec<ByMethod>,
    /// [`NONE_FOUND`], where no method found anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub none: Option<&'static str>,
}

/// Finds what the rules propose about the records of a case. The same records in any order give the same.
pub fn suggest(case: &Case<'_>, ask: &Ask) -> Suggestions {
    suggest_watched(case, ask, |_| {})
}

/// As [`suggest`], and calls `after` with each method that is done.
pub fn suggest_watched(case: &Case<'_>, ask: &Ask, mut after: impl FnMut(Method)) -> Suggestions {
    let reading = Reading::of(case);
    let by = |method: &Method| {
        let (mut found, count, left_out) = match method {
            Method::NearCopies => reading.near_copies(ask.limit),
            Method::Names => reading.names(),
            Method::Questions => reading.questions(),
            Method::Slots => reading.slots(),
        };
        found.truncate(ask.limit);
        after(*method);
        ByMethod {
            method: *method,
            how: method.how(),
            measured: method.measured(),
            count,
            suggestions: found
                .into_iter()
                .map(|proposed| Suggestion::new(*method, proposed))
                .collect(),
            left_out,
            none: (count == 0).then_some(NONE_FOUND),
        }
    };
    let methods: Vec<ByMethod> = ask.methods.iter().map(by).collect();
    Suggestions {
        class: Class::Suggestion,
        status: Status::Unreviewed,
        searched: reading.searched,
        none: methods.iter().all(|method| method.count == 0).then_some(NONE_FOUND),
        methods,
    }
}
