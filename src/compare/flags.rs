//! Flags: what the records lack or show that a lawyer or an editor would ask about first.
//!
//! ```text
//! S35  quotation-unbalanced  words[0]
//!      An opening quotation mark has no partner. (ours)
//!      It would be mended by: the source's own text around the words.
//! ```
//!
//! Normative page: spec/flags.md, a section for each [`Rule`]. A flag names its record, the place in it
//! and the authority that asks for it. Anyone can recompute it from the records: it is a fact about
//! what they hold. What is withheld is not missing and raises no flag; what is only not recorded is said
//! to be not recorded.
//!
//! A flag repairs nothing, weighs nothing and is added to no other. It does not say that anything is
//! false, and the absence of flags does not say that anything is true.
//!
//! The work is in proportion to the records, their hops and their stances, times a logarithm. At most
//! [`MAX_FLAGS_SHOWN`] flags are written out; all are counted.

mod adverse;
mod around;
mod passages;
mod relay;
mod rule;
mod source;
mod speaker;
mod time;
mod transcript;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::{RecordId, Statement};

use super::index::{Entry, Index};
use super::{Case, RecordTag};

pub use rule::Rule;

use around::Around;

/// The most flags that are written out.
pub const MAX_FLAGS_SHOWN: usize = 2000;
/// The most records that are named for one rule.
pub const MAX_RECORDS_NAMED: usize = 1000;

/// One thing that a rule asks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// The rule.
    pub rule: Rule,
    /// The record that is flagged.
    pub record: RecordTag,
    /// The place in it, as `words[2]` or `relay[1].authority`; of a question, the side.
    pub place: String,
    /// What is seen there, in a sentence or two.
    pub words: String,
    /// Whose rule it is; "ours" where it is this project's own.
    pub authority: &'static str,
    /// What would mend it.
    pub mend: &'static str,
    /// What it does not say.
    pub does_not_say: &'static str,
    /// The other records that it rests on.
    pub rests_on: Vec<RecordTag>,
}

/// How many flags one rule raises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleCount {
    /// The rule.
    pub rule: Rule,
    /// Whose rule it is.
    pub authority: &'static str,
    /// What is seen, in a sentence.
    pub meaning: &'static str,
    /// How many flags.
    pub flags: usize,
    /// How many records are flagged.
    pub record_count: usize,
    /// These records, by label, up to the limit.
    pub records: Vec<RecordTag>,
}

/// What the rules find.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Flags {
    /// How many statements were looked at.
    pub statements: usize,
    /// How many questions were looked at.
    pub questions: usize,
    /// How many flags there are.
    pub flag_count: usize,
    /// The rules that raise any, in the order of spec/flags.md.
    pub rules: Vec<RuleCount>,
    /// The flags, rule by rule and then by record, up to the limit.
    pub flags: Vec<Flag>,
}

/// The flags of a case.
pub fn flags(case: &Case<'_>) -> Flags {
    of_index(&Index::new(case), None)
}

/// The flags of one record: of a statement, or of a question.
pub fn flags_of(case: &Case<'_>, record: RecordId) -> Flags {
    let index = Index::new(case);
    let around = Around::new(&index);
    let mut found = Found::default();
    match index.place(&record) {
        Some(place) if index.statement(place).is_some() => {
            found.statements = 1;
            statement(&index, &around, place, &mut found);
        }
        _ if index.proposition(&record).is_some() => {
            found.questions = 1;
            source::question(&index, &around, &index.tag(&record), &mut found);
        }
        _ => {}
    }
    found.into_flags()
}

/// The flags of all records, or of one question and the statements that take a stance on it.
pub(super) fn of_index(index: &Index<'_>, question: Option<RecordId>) -> Flags {
    let around = Around::new(index);
    let mut found = Found::default();
    let places: Vec<usize> = match question {
        None => (0..index.entries.len()).collect(),
        Some(question) => {
            let places: BTreeSet<usize> = index.stances_on(&question).iter().map(|held| held.statement).collect();
            places.into_iter().collect()
        }
    };
    for place in places {
        if index.statement(place).is_some() {
            found.statements += 1;
            statement(index, &around, place, &mut found);
        }
    }
    let questions = index
        .questions()
        .filter(|id| question.is_none_or(|question| **id == question));
    for id in questions {
        found.questions += 1;
        source::question(index, &around, &index.tag(id), &mut found);
    }
    found.into_flags()
}

/// A statement that is looked at.
struct Seen<'s, 'a> {
    index: &'s Index<'a>,
    around: &'s Around<'a>,
    place: usize,
    statement: &'a Statement,
}

impl<'a> Seen<'_, 'a> {
    fn entry(&self) -> &Entry<'a> {
        &self.index.entries[self.place]
    }

    fn id(&self) -> RecordId {
        self.entry().tag.id
    }
}

fn statement<'a>(index: &Index<'a>, around: &Around<'a>, place: usize, found: &mut Found) {
    let Some(statement) = index.statement(place) else {
        return;
    };
    let seen = Seen {
        index,
        around,
        place,
        statement,
    };
    passages::flag(&seen, found);
    speaker::flag(&seen, found);
    relay::flag(&seen, found);
    adverse::flag(&seen, found);
    time::flag(&seen, found);
    transcript::flag(&seen, found);
}

/// A flag before its rule's words are put beside it.
struct Note {
    place: String,
    words: String,
    rests_on: Vec<RecordTag>,
}

impl Note {
    fn at(place: impl Into<String>, words: impl Into<String>) -> Note {
        Note {
            place: place.into(),
            words: words.into(),
            rests_on: Vec::new(),
        }
    }

    fn resting_on(mut self, records: impl IntoIterator<Item = RecordTag>) -> Note {
        self.rests_on.extend(records);
        self.rests_on.sort();
        self.rests_on.dedup();
        self
    }
}

/// What one rule has found so far.
#[derive(Default)]
struct OfRule {
    flags: usize,
    records: BTreeSet<RecordTag>,
    record_count: usize,
    last: Option<RecordId>,
    shown: Vec<Flag>,
}

/// What has been found so far.
#[derive(Default)]
struct Found {
    statements: usize,
    questions: usize,
    rules: BTreeMap<Rule, OfRule>,
}

impl Found {
    /// Counts a flag; the note is written only where it may be shown.
    fn flag(&mut self, rule: Rule, record: &RecordTag, note: impl FnOnce() -> Note) {
        let of_rule = self.rules.entry(rule).or_default();
        of_rule.flags += 1;
        // The flags of one record and one rule come one after the other.
        if of_rule.last != Some(record.id) {
            of_rule.last = Some(record.id);
            of_rule.record_count += 1;
            if of_rule.records.len() < MAX_RECORDS_NAMED {
                of_rule.records.insert(record.clone());
            }
        }
        if of_rule.shown.len() < MAX_FLAGS_SHOWN {
            let note = note();
            of_rule.shown.push(Flag {
                rule,
                record: record.clone(),
                place: note.place,
                words: note.words,
                authority: rule.authority(),
                mend: rule.mend(),
                does_not_say: rule.does_not_say(),
                rests_on: note.rests_on,
            });
        }
    }

    fn into_flags(self) -> Flags {
        let mut flags = Flags {
            statements: self.statements,
            questions: self.questions,
            ..Flags::default()
        };
        for (rule, mut of_rule) in self.rules {
            flags.flag_count += of_rule.flags;
            flags.rules.push(RuleCount {
                rule,
                authority: rule.authority(),
                meaning: rule.meaning(),
                flags: of_rule.flags,
                record_count: of_rule.record_count,
                records: of_rule.records.into_iter().collect(),
            });
            // Questions are gone through by id, which is random: the order of a report is that of labels.
            of_rule.shown.sort_by(|a, b| a.record.cmp(&b.record));
            let room = MAX_FLAGS_SHOWN - flags.flags.len();
            flags.flags.extend(of_rule.shown.into_iter().take(room));
        }
        flags
    }
}

#[cfg(test)]
pub(super) mod made;
#[cfg(test)]
mod tests;
