//! One pair of opposed stances, and the stances that look like one and are none.

use serde::Serialize;

use crate::record::{Polarity, RecordId, Value};

use super::class::{Fact, Finding};
use super::index::{Held, Index};
use super::opposed::{self, Both, Party};
use super::pairs::MAX_SHAPE_PAIRS;
use super::reading::{Code, Conflict, Judgement, Reading, Settlement, Settles, Speakers};
use super::rules::Rules;
use super::stand::{Accounts, Reader, over_words, readers, says};
use super::who::Who;
use super::{RecordTag, bearing, grounds, settle};

/// One stance of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandRef {
    /// The statement.
    pub statement: RecordTag,
    /// Its speaker.
    pub speaker: Who,
    /// Whether it affirms or denies.
    pub polarity: Polarity,
    /// The number or time that it gives, in words.
    pub value: Option<String>,
    /// Over what time it speaks, in words.
    pub over: Option<String>,
    /// The account in a clause.
    pub clause: String,
}

/// Two opposed stances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// On what they part.
    pub on: Conflict,
    /// Whether they are of one speaker.
    pub speakers: Speakers,
    /// The two: whoever affirms it first, and whoever denies it. Where both give a number or a
    /// time, the earlier record first.
    pub sides: [StandRef; 2],
    /// What follows from the records for what the two may mean, strongest first.
    pub computed: Vec<Fact<Reading>>,
    /// What people say that the two mean, each for themselves.
    pub asserted: Vec<Finding<Judgement>>,
    /// What bears on the pair whatever its reading.
    pub bearing: Vec<String>,
    /// What would help to settle it whatever its reading.
    pub settled_by: Vec<Settlement>,
}

/// A statement that is read in opposite ways by people who share no signature on both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RivalReading {
    /// The statement.
    pub statement: RecordTag,
    /// The two readings.
    pub readings: [OneReading; 2],
}

/// One of two readings of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OneReading {
    /// What the statement is read as saying of the question, as "affirms it".
    pub says: String,
    /// Who reads it so.
    pub read_by: Vec<Reader>,
}

/// Whether two statements take opposed stances on a question, as far as they are shown.
pub fn parts_on(index: &Index<'_>, question: &RecordId, a: usize, b: usize) -> bool {
    let proposition = index.proposition(question).map(|(_, proposition)| proposition);
    let rules = Rules::of(index, question, proposition);
    let of = |place: usize| {
        let stances = index.stances_on(question).iter();
        stances.filter(move |held| held.statement == place)
    };
    of(a).any(|one| of(b).any(|other| !rules.codes(&rules.shape(one), &rules.shape(other)).is_empty()))
}

/// Works out one pair of opposed stances.
pub fn pair<'a>(rules: &Rules<'_, 'a>, accounts: &mut Accounts<'_, 'a>, one: &Held<'a>, other: &Held<'a>) -> Pair {
    let index = rules.index;
    let (of_one, of_other) = accounts.two(one.statement, other.statement);
    let (a, b) = (
        Party {
            held: one,
            account: of_one,
        },
        Party {
            held: other,
            account: of_other,
        },
    );
    let both = Both {
        rules,
        a: &a,
        b: &b,
        shapes: (rules.shape(one), rules.shape(other)),
    };
    let mut settled_by = Vec::new();
    for party in [&a, &b] {
        settled_by.extend(settle::of_account(party.account, Some(party.held.stance)));
    }
    settled_by.dedup();
    let question = one.stance.proposition;
    Pair {
        on: rules.conflict(),
        speakers: bearing::speakers(&both),
        sides: [stand_ref(&a), stand_ref(&b)],
        computed: opposed::readings(&both),
        asserted: super::link::asserted_between(index, one.statement, other.statement, Some(&question)),
        bearing: bearing::bearing(&both),
        settled_by,
    }
}

fn stand_ref(party: &Party<'_, '_>) -> StandRef {
    let stance = party.held.stance;
    StandRef {
        statement: party.account.statement.clone(),
        speaker: party.account.speaker.clone(),
        polarity: stance.polarity,
        value: stance.value.as_ref().map(Value::to_string),
        over: stance.over.as_ref().map(over_words),
        clause: party.account.clause(stance),
    }
}

/// The reading of an account that takes no side.
pub fn no_commitment(accounts: &mut Accounts<'_, '_>, held: &Held<'_>) -> Reading {
    let index = accounts.index;
    let account = accounts.one(held.statement);
    let party = Party { held, account };
    let label = &account.statement;
    let mut reading = Reading::of(Code::NoCommitment, vec![label.clone()]);
    reading.reasons.push(format!(
        "{label}, by {}, neither affirms nor denies it. It is counted for neither side.",
        account.speaker
    ));
    reading.reasons.extend(bearing::reservations(index, &party));
    reading.settled_by.push(Settlement {
        what: Settles::Answer,
        words: format!("An answer of {} to the question itself.", account.speaker),
    });
    reading
}

/// Two readings of one statement by different people that oppose each other.
pub fn rival_readings(
    index: &Index<'_>,
    rules: &Rules<'_, '_>,
    stances: &[&Held<'_>],
    limit: usize,
) -> Vec<RivalReading> {
    let mut found = Vec::new();
    let mut examined = 0;
    for of_one in stances.chunk_by(|a, b| a.statement == b.statement) {
        for (at, one) in of_one.iter().enumerate() {
            for other in &of_one[at + 1..] {
                examined += 1;
                if found.len() == limit || examined > MAX_SHAPE_PAIRS {
                    return found;
                }
                let opposed = || !rules.codes(&rules.shape(one), &rules.shape(other)).is_empty();
                if one.is_rival_reading(other, index) && opposed() {
                    found.push(RivalReading {
                        statement: index.entries[one.statement].tag.clone(),
                        readings: [one, other].map(|held| OneReading {
                            says: says(held.stance),
                            read_by: readers(index, held),
                        }),
                    });
                }
            }
        }
    }
    found
}

/// Stances of one side about two parties that somebody says are one: rule I2.
pub fn parallel<'a>(
    rules: &Rules<'_, 'a>,
    accounts: &mut Accounts<'_, 'a>,
    stances: &[&Held<'a>],
    limit: usize,
) -> Vec<Fact<Reading>> {
    let mut found = Vec::new();
    if rules.index.ties.no_identities() {
        return found;
    }
    let mut examined = 0;
    for (at, one) in stances.iter().enumerate() {
        for other in &stances[at + 1..] {
            examined += 1;
            if found.len() == limit || examined > MAX_SHAPE_PAIRS {
                return found;
            }
            let shapes = (rules.shape(one), rules.shape(other));
            if !rules.codes(&shapes.0, &shapes.1).is_empty() || rules.identities(&shapes.0, &shapes.1).is_empty() {
                continue;
            }
            let (of_one, of_other) = accounts.two(one.statement, other.statement);
            let (a, b) = (
                Party {
                    held: one,
                    account: of_one,
                },
                Party {
                    held: other,
                    account: of_other,
                },
            );
            let both = Both {
                rules,
                a: &a,
                b: &b,
                shapes,
            };
            found.push(Fact::computed(grounds::identity(&both)));
        }
    }
    found
}
