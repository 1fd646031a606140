//! The opposed pairs of one question: how many of each sort, and the first of them.
//!
//! Pairs are counted by the shape of their stances (time and scope), so that a question
//! with many stances is counted without forming each pair; only as many as are written
//! out are formed.

use std::collections::BTreeMap;

use super::index::Held;
use super::opposed::{Rules, Shape};
use super::question::Tally;
use super::reading::Code;

/// The most combinations of shapes, or of rival readings, that are gone through to count
/// the pairs of one question. Past it the counts are marked as not exact.
pub const MAX_SHAPE_PAIRS: usize = 1_000_000;
/// The most pairs that are put in order before the first of them are written out.
const MAX_PAIRS_ORDERED: usize = 10_000;

/// The pairs of a question by the shapes of their stances.
pub struct Count<'h, 'a> {
    affirms: Vec<Vec<&'h Held<'a>>>,
    denies: Vec<Vec<&'h Held<'a>>>,
    /// The strongest code of two shapes, with their places in the lists above.
    strongest: Vec<(Code, usize, usize)>,
    by_code: BTreeMap<Code, usize>,
    pub pairs: usize,
    /// Whether the counts are exact, and not at the least.
    pub exact: bool,
}

impl<'h, 'a> Count<'h, 'a> {
    pub fn new(rules: &Rules<'_>, affirms: &[&'h Held<'a>], denies: &[&'h Held<'a>]) -> Count<'h, 'a> {
        let (affirms_by_shape, denies_by_shape) = (by_shape(rules, affirms), by_shape(rules, denies));
        let mut count = Count {
            affirms: Vec::new(),
            denies: Vec::new(),
            strongest: Vec::new(),
            by_code: BTreeMap::new(),
            pairs: affirms.len() * denies.len(),
            exact: true,
        };
        'shapes: for (a, (shape, first)) in affirms_by_shape.iter().enumerate() {
            for (d, (other, second)) in denies_by_shape.iter().enumerate() {
                if count.strongest.len() == MAX_SHAPE_PAIRS {
                    count.exact = false;
                    break 'shapes;
                }
                let code = rules.codes(shape, other)[0];
                count.strongest.push((code, a, d));
                *count.by_code.entry(code).or_default() += first.len() * second.len();
            }
        }
        count.leave_out_rival_readings(rules, affirms, denies);
        count.strongest.sort_by_key(|(code, _, _)| *code);
        count.affirms = affirms_by_shape.into_iter().map(|(_, held)| held).collect();
        count.denies = denies_by_shape.into_iter().map(|(_, held)| held).collect();
        count
    }

    fn leave_out_rival_readings(&mut self, rules: &Rules<'_>, affirms: &[&'h Held<'a>], denies: &[&'h Held<'a>]) {
        let mut examined = 0;
        for_each_within_one_statement(affirms, denies, |affirms, denies| {
            for affirm in affirms {
                for deny in denies {
                    examined += 1;
                    if examined > MAX_SHAPE_PAIRS {
                        self.exact = false;
                        return;
                    }
                    if affirm.is_rival_reading(deny) {
                        let code = rules.codes(&rules.shape(affirm), &rules.shape(deny))[0];
                        let pairs = self.by_code.entry(code).or_default();
                        *pairs = pairs.saturating_sub(1);
                        self.pairs -= 1;
                    }
                }
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
        let place = |held: &Held<'_>| held.statement;
        let mut ordered = Vec::new();
        let pairs = self.strongest.iter().flat_map(|(code, a, d)| {
            let denies = &self.denies[*d];
            let affirms = self.affirms[*a].iter();
            affirms.flat_map(move |affirm| denies.iter().map(move |deny| (*code, *affirm, *deny)))
        });
        for (code, affirm, deny) in pairs.take(MAX_PAIRS_ORDERED) {
            if !affirm.is_rival_reading(deny) {
                ordered.push((code, affirm, deny));
            }
        }
        ordered.sort_by_key(|(code, affirm, deny)| (*code, place(affirm), place(deny)));
        ordered
            .into_iter()
            .take(limit)
            .map(|(_, affirm, deny)| (affirm, deny))
            .collect()
    }
}

/// Stances of equal shape together, in the order of the first of each.
fn by_shape<'h, 'a>(rules: &Rules<'_>, stances: &[&'h Held<'a>]) -> Vec<(Shape<'a>, Vec<&'h Held<'a>>)> {
    let mut places = BTreeMap::new();
    let mut shapes: Vec<(Shape<'a>, Vec<&'h Held<'a>>)> = Vec::new();
    for held in stances {
        let shape = rules.shape(held);
        let time = shape.over.map(|over| (over.edtf.as_str(), over.extent));
        let place = *places.entry((shape.scope.clone(), time)).or_insert(shapes.len());
        if place == shapes.len() {
            shapes.push((shape, Vec::new()));
        }
        shapes[place].1.push(*held);
    }
    shapes
}

/// Goes through the statements that take both stances, which stand in the same order in
/// both lists.
pub fn for_each_within_one_statement<'h, 'a>(
    affirms: &[&'h Held<'a>],
    denies: &[&'h Held<'a>],
    mut visit: impl FnMut(&[&'h Held<'a>], &[&'h Held<'a>]),
) {
    for affirms in affirms.chunk_by(|a, b| a.statement == b.statement) {
        let Some(first) = affirms.first() else { continue };
        let start = denies.partition_point(|held| held.statement < first.statement);
        let end = denies.partition_point(|held| held.statement <= first.statement);
        if start < end {
            visit(affirms, &denies[start..end]);
        }
    }
}
