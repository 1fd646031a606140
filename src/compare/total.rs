//! Sums of what accounts give for the parts of a quantity: derived, and said by nobody.
//!
//! ```text
//! 5 (S20) + 5 (S28) + 1 (S31) = 11 people, derived; S38 gives the same
//! ```
//!
//! Normative page: spec/comparison.md, rules Q1 to Q5. A sum is formed only where a proposition is
//! laid down as the total of others, each of which some account gives as a number with both
//! bounds, in one unit, of the question as it is put, at times that are not certainly different.
//! Nothing is filled in, rounded or converted.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::record::{Amount, Decimal, Polarity, Proposition, PropositionType, RecordId, Value};
use crate::time::Simultaneity;

use super::commitment::Commitment;
use super::index::{Held, Index};
use super::rules::{Rules, meet};
use super::scope::{Item, Scope};
use super::who;
use super::{MAX_ALTERNATIVES_SHOWN, RecordTag};

/// A sum that nobody states, of numbers that accounts give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// What is added, part by part.
    pub terms: Vec<Term>,
    /// The sum is at least this.
    pub least: Decimal,
    /// The sum is at most this.
    pub most: Decimal,
    /// Of what.
    pub unit: String,
    /// The whole calculation in words.
    pub words: String,
    /// On what it depends.
    pub conditions: Vec<String>,
    /// The statements that give exactly this for the total.
    pub given_alike_by: Vec<RecordTag>,
    /// The statements that give something else for it.
    pub given_otherwise_by: Vec<RecordTag>,
}

/// One number of a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The part that it is given for.
    pub part: RecordTag,
    /// The number in words.
    pub value: String,
    /// The statements that give it.
    pub given_by: Vec<RecordTag>,
}

/// A number that accounts give for one part.
struct Given<'i, 'a> {
    amount: &'a Amount,
    least: &'a Decimal,
    most: &'a Decimal,
    stances: Vec<&'i Held<'a>>,
}

/// The sums for a question, and where there is none, why.
pub struct Sums {
    pub derived: Vec<Sum>,
    pub not_derived: Vec<String>,
}

/// Adds up what accounts give for the parts of a quantity.
pub fn sums(index: &Index<'_>, question: &RecordId, proposition: Option<&Proposition>) -> Sums {
    let mut sums = Sums {
        derived: Vec::new(),
        not_derived: Vec::new(),
    };
    let parts = proposition.map_or(&[][..], |proposition| proposition.total_of.as_slice());
    if parts.is_empty() {
        return sums;
    }
    if contains_itself(index, question) {
        sums.not_derived
            .push("It is laid down as a total that contains itself, so that no sum is formed.".to_owned());
        return sums;
    }
    let mut given = Vec::new();
    for part in parts {
        let tag = index.tag(part);
        let found = index.proposition(part).map(|(_, body)| body);
        if !found.is_some_and(|body| body.proposition_type == PropositionType::Quantity) {
            sums.not_derived.push(format!(
                "{tag}, of which it is a total, is no quantity among the records."
            ));
            return sums;
        }
        let numbers = numbers(index, part, found);
        if numbers.is_empty() {
            sums.not_derived.push(format!(
                "No account gives a number with both bounds for {tag}, of which it is a total."
            ));
            return sums;
        }
        given.push((tag, found.is_none_or(|body| body.varies), numbers));
    }
    add_up(index, question, &given, &mut sums);
    sums
}

/// Whether a total is among its own parts, by any number of steps.
fn contains_itself(index: &Index<'_>, question: &RecordId) -> bool {
    let parts = |id: &RecordId| {
        index
            .proposition(id)
            .map_or(&[][..], |(_, body)| body.total_of.as_slice())
    };
    let (mut seen, mut left) = (BTreeSet::new(), parts(question).to_vec());
    while let Some(part) = left.pop() {
        if part == *question {
            return true;
        }
        if seen.insert(part) {
            left.extend(parts(&part));
        }
    }
    false
}

/// The different numbers that accounts assert for a part, with both bounds and of the part as it
/// is put.
fn numbers<'i, 'a>(index: &'i Index<'a>, part: &RecordId, proposition: Option<&'a Proposition>) -> Vec<Given<'i, 'a>> {
    let rules = Rules::of(index, part, proposition);
    let mut found: Vec<Given<'i, 'a>> = Vec::new();
    for held in index.stances_on(part) {
        let Some(Value::Number(amount)) = &held.stance.value else {
            continue;
        };
        let (Some(least), Some(most)) = (&amount.least, &amount.most) else {
            continue;
        };
        let as_put = rules.about.scope(&held.stance.scope) == Scope::Single(Item::AsPut);
        let asserted = Commitment::held(index, held) == Commitment::Asserts;
        if held.stance.polarity != Polarity::Affirms || amount.approximate || !as_put || !asserted {
            continue;
        }
        let known = found
            .iter_mut()
            .find(|given| (given.least, given.most, &given.amount.unit) == (least, most, &amount.unit));
        match known {
            Some(given) => given.stances.push(held),
            None => found.push(Given {
                amount,
                least,
                most,
                stances: vec![held],
            }),
        }
    }
    found
}

type Part<'i, 'a> = (RecordTag, bool, Vec<Given<'i, 'a>>);

/// Goes through the combinations of one number for each part.
fn add_up(index: &Index<'_>, question: &RecordId, parts: &[Part<'_, '_>], sums: &mut Sums) {
    let mut chosen: Vec<Vec<&Given<'_, '_>>> = vec![Vec::new()];
    let mut left_out = false;
    for (_, _, numbers) in parts {
        let longer = chosen
            .iter()
            .flat_map(|so_far| numbers.iter().map(move |next| [so_far.as_slice(), &[next]].concat()));
        let mut longer: Vec<Vec<&Given<'_, '_>>> = longer.take(MAX_ALTERNATIVES_SHOWN + 1).collect();
        left_out |= longer.len() > MAX_ALTERNATIVES_SHOWN;
        longer.truncate(MAX_ALTERNATIVES_SHOWN);
        chosen = longer;
    }
    for terms in &chosen {
        match sum(index, question, parts, terms) {
            Ok(sum) => sums.derived.push(sum),
            Err(why) if sums.not_derived.contains(&why) => {}
            Err(why) => sums.not_derived.push(why),
        }
    }
    if left_out {
        sums.not_derived.push(format!(
            "Of more than {MAX_ALTERNATIVES_SHOWN} combinations of numbers, only so many are added up."
        ));
    }
}

fn sum(
    index: &Index<'_>,
    question: &RecordId,
    parts: &[Part<'_, '_>],
    terms: &[&Given<'_, '_>],
) -> Result<Sum, String> {
    let tags = |given: &Given<'_, '_>| -> Vec<RecordTag> {
        let statements = given.stances.iter().map(|held| held.statement);
        statements.map(|place| index.entries[place].tag.clone()).collect()
    };
    let named = |given: &Given<'_, '_>| {
        let tags: Vec<String> = tags(given).iter().map(RecordTag::to_string).collect();
        who::and(&tags)
    };
    let unit = &terms[0].amount.unit;
    if let Some(other) = terms.iter().find(|given| given.amount.unit != *unit) {
        return Err(format!(
            "{} gives {unit} and {} {}: units are not added to one another.",
            named(terms[0]),
            named(other),
            other.amount.unit
        ));
    }
    let mut certain = true;
    for (at, one) in terms.iter().enumerate() {
        for (to, other) in terms.iter().enumerate().skip(at + 1) {
            if !(parts[at].1 || parts[to].1) {
                continue;
            }
            match closest(one, other) {
                Simultaneity::Certain => {}
                Simultaneity::Possible | Simultaneity::Unknown => certain = false,
                Simultaneity::CertainlyNot => {
                    return Err(format!(
                        "{} and {} certainly speak of different times: their numbers are not added.",
                        named(one),
                        named(other)
                    ));
                }
            }
        }
    }
    let total = |bound: fn(&Given<'_, '_>) -> Decimal| -> Option<Decimal> {
        let mut bounds = terms.iter().map(|given| bound(given));
        let first = bounds.next()?;
        bounds.try_fold(first, |sum, next| sum.plus(&next))
    };
    let (Some(least), Some(most)) = (total(|given| given.least.clone()), total(|given| given.most.clone())) else {
        return Err("The sum has more digits than a number may have.".to_owned());
    };
    let range = |least: &Decimal, most: &Decimal| match least == most {
        true => least.to_string(),
        false => format!("{least} to {most}"),
    };
    let added: Vec<String> = terms
        .iter()
        .map(|given| format!("{} ({})", range(given.least, given.most), named(given)))
        .collect();
    let mut conditions = vec!["Derived: no account states this sum by stating its parts.".to_owned()];
    if !certain {
        conditions.push("It holds only if those who give the parts speak of one time.".to_owned());
    }
    let (alike, otherwise) = stated(index, question, (&least, &most), unit);
    Ok(Sum {
        terms: parts
            .iter()
            .zip(terms)
            .map(|((part, ..), given)| Term {
                part: part.clone(),
                value: given.amount.to_string(),
                given_by: tags(given),
            })
            .collect(),
        words: format!("{} = {} {unit}", added.join(" + "), range(&least, &most)),
        unit: unit.clone(),
        least,
        most,
        conditions,
        given_alike_by: alike,
        given_otherwise_by: otherwise,
    })
}

/// The closest that any two stances on two parts come to one time.
fn closest(one: &Given<'_, '_>, other: &Given<'_, '_>) -> Simultaneity {
    let closeness = |met: &Simultaneity| match met {
        Simultaneity::Certain => 0,
        Simultaneity::Possible => 1,
        Simultaneity::Unknown => 2,
        Simultaneity::CertainlyNot => 3,
    };
    let pairs = one
        .stances
        .iter()
        .flat_map(|a| other.stances.iter().map(move |b| (a, b)));
    let met = pairs.map(|(a, b)| meet(a.stance.over.as_ref(), b.stance.over.as_ref()));
    met.min_by_key(closeness).unwrap_or(Simultaneity::Unknown)
}

/// The statements that give the total alike, and those that give it otherwise.
fn stated(
    index: &Index<'_>,
    question: &RecordId,
    sum: (&Decimal, &Decimal),
    unit: &str,
) -> (Vec<RecordTag>, Vec<RecordTag>) {
    let (mut alike, mut otherwise) = (Vec::new(), Vec::new());
    for held in index.stances_on(question) {
        let (Polarity::Affirms, Some(Value::Number(amount))) = (held.stance.polarity, &held.stance.value) else {
            continue;
        };
        let tag = index.entries[held.statement].tag.clone();
        let same = (amount.least.as_ref(), amount.most.as_ref()) == (Some(sum.0), Some(sum.1));
        if same && amount.unit == unit && !amount.approximate {
            alike.push(tag);
        } else {
            otherwise.push(tag);
        }
    }
    (alike, otherwise)
}
