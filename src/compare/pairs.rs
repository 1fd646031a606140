//! The pairs of one question: how many of each sort, and the first of them.
//!
//! Pairs are counted by the shape of their stances, so that a question with many stances is
//! counted without forming each pair; only as many as are written out are formed.

use std::collections::BTreeMap;

use crate::record::Polarity;

use super::index::{Held, Index};
use super::joined::first_code;
use super::question::Tally;
use super::reading::Code;
use super::rules::{Rules, Shape};
use super::value::sort_key;

/// The most combinations of shapes, or of stances that are looked at one by one, that are gone
/// through to count the pairs of one question. Past it the counts are marked as not exact.
pub const MAX_SHAPE_PAIRS: usize = 1_000_000;
/// The most pairs that are put in order before the first of them are written out.
const MAX_PAIRS_ORDERED: usize = 10_000;

/// Stances of one shape.
struct Group<'h, 'a> {
    shape: Shape<'a>,
    stances: Vec<&'h Held<'a>>,
}

/// The pairs of a question by the shapes of their stances.
pub struct Count<'i, 'h, 'a> {
    index: &'i Index<'a>,
    groups: Vec<Group<'h, 'a>>,
    /// Two groups whose stances are opposed, with the first code that they have by their shapes.
    opposed: Vec<(Code, usize, usize)>,
    by_code: BTreeMap<Code, usize>,
    pub pairs: usize,
    /// Whether the counts are exact, and not at the least.
    pub exact: bool,
}

impl<'i, 'h, 'a> Count<'i, 'h, 'a> {
    /// `stances` are those that affirm or deny, in the order of their statements.
    pub fn new(rules: &Rules<'i, 'a>, stances: &[&'h Held<'a>]) -> Count<'i, 'h, 'a> {
        let mut count = Count {
            index: rules.index,
            groups: by_shape(rules, stances),
            opposed: Vec::new(),
            by_code: BTreeMap::new(),
            pairs: 0,
            exact: true,
        };
        count.count_by_shape(rules);
        count.look_at_single_pairs(rules, stances);
        count.opposed.sort_by_key(|(code, ..)| *code);
        count
    }

    fn count_by_shape(&mut self, rules: &Rules<'_, '_>) {
        let mut examined = 0;
        for (a, one) in self.groups.iter().enumerate() {
            for (b, other) in self.groups.iter().enumerate().skip(a + 1) {
                if examined == MAX_SHAPE_PAIRS {
                    self.exact = false;
                    return;
                }
                examined += 1;
                if let Some(code) = rules.codes(&one.shape, &other.shape).first() {
                    let pairs = one.stances.len() * other.stances.len();
                    self.opposed.push((*code, a, b));
                    *self.by_code.entry(*code).or_default() += pairs;
                    self.pairs += pairs;
                }
            }
        }
    }

    /// Puts right what the shapes do not tell: two readings of one statement by different people
    /// are no pair, and texts of one utterance begin with that.
    fn look_at_single_pairs(&mut self, rules: &Rules<'_, 'a>, stances: &[&'h Held<'a>]) {
        let mut left = MAX_SHAPE_PAIRS;
        for of_one in stances.chunk_by(|a, b| a.statement == b.statement) {
            self.exact &= each_two(of_one, &mut left, |a, b| {
                if a.is_rival_reading(b, self.index)
                    && let Some(code) = rules.codes(&rules.shape(a), &rules.shape(b)).first()
                {
                    take_one(&mut self.by_code, *code);
                    self.pairs = self.pairs.saturating_sub(1);
                }
            });
        }
        if self.index.ties.joins_nothing() {
            return;
        }
        let is_joined = |held: &&&Held<'_>| self.index.ties.is_joined(self.index, held.statement);
        let joined: Vec<&Held<'_>> = stances.iter().filter(is_joined).copied().collect();
        self.exact &= each_two(&joined, &mut left, |a, b| {
            if a.is_rival_reading(b, self.index) {
                return;
            }
            if let Some(code) = rules.codes(&rules.shape(a), &rules.shape(b)).first() {
                take_one(&mut self.by_code, *code);
                *self.by_code.entry(first_code(self.index, *code, a, b)).or_default() += 1;
            }
        });
    }

    pub fn tally(&self) -> Vec<Tally> {
        let tally = |(code, pairs): (&Code, &usize)| Tally {
            code: *code,
            pairs: *pairs,
        };
        self.by_code.iter().map(tally).filter(|tally| tally.pairs > 0).collect()
    }

    /// The first pairs, strongest reading first and then in the order of the records.
    pub fn first(&self, limit: usize) -> Vec<(&'h Held<'a>, &'h Held<'a>)> {
        let mut ordered = Vec::new();
        let pairs = self.opposed.iter().flat_map(|(code, a, b)| {
            let others = &self.groups[*b].stances;
            let these = self.groups[*a].stances.iter();
            these.flat_map(move |one| others.iter().map(move |other| (*code, *one, *other)))
        });
        let apart = pairs.filter(|(_, a, b)| !a.is_rival_reading(b, self.index));
        for (code, a, b) in apart.take(MAX_PAIRS_ORDERED) {
            let code = first_code(self.index, code, a, b);
            let (a, b) = in_order(a, b);
            ordered.push((code, a, b));
        }
        ordered.sort_by_key(|(code, a, b)| (*code, a.statement, b.statement));
        let pairs = ordered.into_iter().take(limit);
        pairs.map(|(_, a, b)| (a, b)).collect()
    }
}

/// Whoever affirms stands first; of two who do, the one of the earlier record.
pub fn in_order<'h, 'a>(a: &'h Held<'a>, b: &'h Held<'a>) -> (&'h Held<'a>, &'h Held<'a>) {
    let key = |held: &Held<'_>| (held.stance.polarity != Polarity::Affirms, held.statement);
    if key(b) < key(a) { (b, a) } else { (a, b) }
}

fn take_one(by_code: &mut BTreeMap<Code, usize>, code: Code) {
    let pairs = by_code.entry(code).or_default();
    *pairs = pairs.saturating_sub(1);
}

/// Goes through every two, up to what is left; false where some are left over.
fn each_two<T: Copy>(all: &[T], left: &mut usize, mut visit: impl FnMut(T, T)) -> bool {
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            if *left == 0 {
                return false;
            }
            *left -= 1;
            visit(*one, *other);
        }
    }
    true
}

/// Stances of equal shape together, in the order of the first of each.
fn by_shape<'h, 'a>(rules: &Rules<'_, 'a>, stances: &[&'h Held<'a>]) -> Vec<Group<'h, 'a>> {
    let mut places = BTreeMap::new();
    let mut groups: Vec<Group<'h, 'a>> = Vec::new();
    for held in stances {
        let shape = rules.shape(held);
        let time = shape.over.map(|over| (over.edtf.as_str(), over.extent));
        let value = shape.value.map(sort_key);
        let disputed = (shape.attribution_disputed, shape.authenticity_disputed);
        let more = (shape.definitions.clone(), shape.commitment, disputed);
        let key = (shape.polarity, shape.scope.clone(), time, value, more);
        let place = *places.entry(key).or_insert(groups.len());
        if place == groups.len() {
            let stances = Vec::new();
            groups.push(Group { shape, stances });
        }
        groups[place].stances.push(*held);
    }
    groups
}
