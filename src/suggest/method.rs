//! The methods, and what was measured of each.
//!
//! ```text
//! names: of 364 pairs of spellings of one name 310 were found; of 322 pairs that were proposed 310 were right
//! ```
//!
//! Every figure here is measured again by a test, which fails where it is no longer true: `tests/it/suggest.rs` for
//! names, questions and slots, the tests of `xtask` for near-copies. spec/suggestion.md says how each set was made.

use serde::Serialize;

/// By what rule a suggestion is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Texts that share words in a row.
    NearCopies,
    /// Parties with names that may be one party's.
    Names,
    /// Statements that may speak to a question.
    Questions,
    /// Near-parallel sentences that fill a slot in two ways.
    Slots,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Share {
    /// How many of them.
    pub is: usize,
    /// Of how many.
    pub of: usize,
}

/// What was measured of a method on a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// The set, as spec/suggestion.md has it.
    pub set: &'static str,
    /// Recall: of those that should be found, how many were.
    pub recall: Share,
    /// Precision: of those that were proposed, how many should be.
    pub precision: Share,
}

const fn share(is: usize, of: usize) -> Share {
    Share { is, of }
}

impl Method {
    /// All of them, in their order.
    pub const ALL: [Method; 4] = [Method::NearCopies, Method::Names, Method::Questions, Method::Slots];

    /// The code.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::NearCopies => "near-copies",
            Method::Names => "names",
            Method::Questions => "questions",
            Method::Slots => "slots",
        }
    }

    /// How it works, in a sentence.
    pub fn how(self) -> &'static str {
        match self {
            Method::NearCopies => {
                "at least a fifth of the shorter text's five-word shingles are in the longer, or 65 of a hundred of its \
                 words in the same order"
            }
            Method::Names => {
                "the names are the same, or alike by a table of letters that transliterations exchange, by order, by an \
                 initial, by one letter, or one is the other shortened"
            }
            Method::Questions => {
                "the statement has at least two and at least two thirds of the question's words, by their stems, and no \
                 stance on it is recorded"
            }
            Method::Slots => {
                "two sentences share at least 60 of a hundred of their words, by their stems, and differ in a negation, in \
                 the numbers of one thing, in dates or in a closed list of opposites"
            }
        }
    }

    /// What was measured of it.
    pub fn measured(self) -> &'static [Measured] {
        match self {
            Method::NearCopies => NEAR_COPIES,
            Method::Names => NAMES,
            Method::Questions => QUESTIONS,
            Method::Slots => SLOTS,
        }
    }
}

const NEAR_COPIES: &[Measured] = &[
    Measured {
        set: "generated-texts",
        recall: share(1000, 1000),
        precision: share(1000, 1000),
    },
    Measured {
        set: "hearing-turns",
        recall: share(3743, 3751),
        precision: share(3743, 5028),
    },
];
const NAMES: &[Measured] = &[Measured {
    set: "spellings",
    recall: share(310, 364),
    precision: share(310, 322),
}];
const QUESTIONS: &[Measured] = &[Measured {
    set: "huseynov-stances",
    recall: share(50, 71),
    precision: share(50, 65),
}];
const SLOTS: &[Measured] = &[Measured {
    set: "sentence-pairs",
    recall: share(52, 64),
    precision: share(52, 54),
}];
