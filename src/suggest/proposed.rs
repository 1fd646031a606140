//! What a suggestion proposes, with all that a person needs to judge it.
//!
//! ```json
//! {"what":"one-party","one":{"party":"party:…","names":["Tofig Yagublu"],"roles":["member of the board"]},
//!  "other":{"party":"party:…","names":["Tofik Yaqublu"],"roles":["deputy chairman"]},"likeness":"sounds-the-same"}
//! ```

use serde::Serialize;

use crate::compare::{RecordTag, Who};
use crate::record::PartyId;

use super::names::Likeness;
use super::near::Measure;
use super::slots::Filled;

/// A statement as a suggestion shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementShown {
    /// The record.
    pub record: RecordTag,
    /// Whose words they are said to be.
    pub speaker: Who,
}

/// A party as a suggestion shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartyShown {
    /// Its id.
    pub party: PartyId,
    /// The name that is alike.
    pub name: String,
    /// Every name that is shown.
    pub names: Vec<String>,
    /// Every role that is shown.
    pub roles: Vec<String>,
    /// The roster records that say so.
    pub records: Vec<RecordTag>,
}

/// A sentence of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentenceShown {
    /// The statement.
    pub statement: StatementShown,
    /// The sentence as held, cut where it is very long.
    pub text: String,
}

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Proposed {
    /// Statements with the very same words, whatever their case and punctuation.
    SameWords {
        /// The statements, at least two.
        statements: Vec<StatementShown>,
        /// The words as the first has them, cut where they are very long.
        text: String,
        /// How many words they are.
        words: usize,
    },
    /// One text may be taken from the other, or both from a third.
    NearCopy {
        /// The statement with fewer words.
        shorter: StatementShown,
        /// The other.
        longer: StatementShown,
        /// The measure that it passed.
        measure: Measure,
        /// Different five-word shingles of the shorter that are in the longer too.
        shingles_shared: usize,
        /// Different ones that the shorter has.
        shingles: usize,
        /// Words that are in both in the same order, where that was counted.
        #[serde(skip_serializing_if = "Option::is_none")]
        in_order: Option<usize>,
        /// Words of the shorter.
        words: usize,
        /// The words that they share in rows of three and more, as the shorter has them.
        shared: Vec<String>,
        /// How many such rows there are.
        shared_count: usize,
    },
    /// Two parties may be one.
    OneParty {
        /// The one.
        one: PartyShown,
        /// The other.
        other: PartyShown,
        /// How the names are alike.
        likeness: Likeness,
    },
    /// A statement may speak to a question.
    SpeaksTo {
        /// The statement.
        statement: StatementShown,
        /// The question.
        question: RecordTag,
        /// The question in words.
        asks: String,
        /// The words that both have, by their stems.
        shared: Vec<String>,
        /// How many the question has.
        of: usize,
    },
    /// Two sentences may differ.
    MayDiffer {
        /// The one.
        first: SentenceShown,
        /// The other.
        second: SentenceShown,
        /// In what.
        slots: Vec<Filled>,
        /// The words that both have, by their stems.
        shared: Vec<String>,
        /// How many both have together.
        of: usize,
    },
}

impl Proposed {
    /// Why it is proposed, in sentences.
    pub(super) fn why(&self) -> Vec<String> {
        match self {
            Proposed::SameWords { statements, words, .. } => {
                vec![format!(
                    "The {} statements have the same {words} words.",
                    statements.len()
                )]
            }
            Proposed::NearCopy {
                shorter,
                longer,
                shingles_shared,
                shingles,
                in_order,
                words,
                ..
            } => {
                let (shorter, longer) = (&shorter.record, &longer.record);
                let mut why = vec![format!(
                    "{shingles_shared} of the {shingles} five-word shingles of {shorter} are in {longer} too."
                )];
                if let Some(in_order) = in_order {
                    why.push(format!("{in_order} of its {words} words are there in the same order."));
                }
                why
            }
            Proposed::OneParty { one, other, likeness } => {
                let mut why = vec![format!("“{}” and “{}”: {}.", one.name, other.name, likeness.words())];
                match (one.roles.as_slice(), other.roles.as_slice()) {
                    ([], []) => {}
                    (mine, theirs) if mine == theirs => why.push("They have the same roles.".to_owned()),
                    (mine, theirs) => why.push(format!("The roles differ: {}; {}.", listed(mine), listed(theirs))),
                }
                why
            }
            Proposed::SpeaksTo {
                statement, shared, of, ..
            } => {
                let statement = &statement.record;
                vec![format!(
                    "{} of the question's {of} words are in {statement}, by their stems: {}. No stance of {statement} on \
                     it is recorded.",
                    shared.len(),
                    shared.join(", "),
                )]
            }
            Proposed::MayDiffer { slots, shared, of, .. } => {
                let mut why: Vec<String> = slots.iter().map(may_differ).collect();
                why.push(format!(
                    "{} of {of} words are in both, by their stems: {}.",
                    shared.len(),
                    shared.join(", ")
                ));
                why
            }
        }
    }

    /// The commands by which a person would sign what they think of it.
    pub(super) fn to_sign(&self) -> Vec<String> {
        match self {
            Proposed::SameWords { statements, .. } => {
                let first = named(&statements[0].record);
                let others = statements[1..].iter().map(|other| named(&other.record));
                vec![format!(
                    "affiant relate {first} same-utterance {}",
                    others.collect::<Vec<_>>().join(" ")
                )]
            }
            Proposed::NearCopy { shorter, longer, .. } => {
                let (shorter, longer) = (named(&shorter.record), named(&longer.record));
                vec![
                    format!("affiant relate {longer} quotes {shorter}"),
                    format!("affiant relate {shorter} quotes {longer}"),
                    format!("affiant relate {shorter} same-utterance {longer}"),
                ]
            }
            Proposed::OneParty { one, other, .. } => {
                vec![format!("affiant relate {} same-as {}", one.party, other.party)]
            }
            Proposed::SpeaksTo {
                statement, question, ..
            } => {
                let (statement, question) = (named(&statement.record), named(question));
                vec![format!(
                    "affiant question answer {statement} {question} yes|no|does-not-say"
                )]
            }
            Proposed::MayDiffer { first, second, .. } => {
                let (first, second) = (named(&first.statement.record), named(&second.statement.record));
                vec![format!("affiant relate {first} in-tension {second}")]
            }
        }
    }
}

/// As a command takes it.
fn named(record: &RecordTag) -> String {
    record
        .label
        .as_ref()
        .map_or_else(|| record.id.to_string(), ToString::to_string)
}

fn listed(roles: &[String]) -> String {
    match roles {
        [] => "none is shown".to_owned(),
        roles => roles.join(", "),
    }
}

/// "May differ: 7 / 5 (activist)."
fn may_differ(filled: &Filled) -> String {
    let side = |words: &[String]| match words {
        [] => "no negation".to_owned(),
        words => words.join(" and "),
    };
    let of = match filled.of.as_str() {
        "" => String::new(),
        of => format!(" ({of})"),
    };
    format!("May differ: {} / {}{of}.", side(&filled.first), side(&filled.second))
}
