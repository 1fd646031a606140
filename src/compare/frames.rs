//! The times within which a person asserts that statements' times lie, and what follows under each.
//!
//! ```text
//! R30  dates  S01, S03, S14  within 2018-12/2019-03, as Ada Example asserts
//! ```
//!
//! Normative page: spec/timeline.md, "Frames"; the arithmetic is that of spec/time.md, section 4. A frame
//! rewrites no time and changes no computed reading: what follows under it is an alternative that
//! begins "if, as X asserts in R30". Rival frames stand side by side, and none is preferred.
//!
//! A link of the kind `dates` whose target is open, or which withholds its time, is a frame of nothing.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::{Over, Position, RecordId, RelationKind, TargetIs};
use crate::time::{Edtf, Extent, Frame, Order, Simultaneity, order, simultaneity};

use super::RecordTag;
use super::index::Index;
use super::who::{Who, list};

/// The most frames that are looked at for one pair of statements.
pub const MAX_FRAMES_OF_A_PAIR: usize = 16;

/// A time within which somebody asserts that times lie.
#[derive(Debug, Clone)]
pub struct Framed {
    /// The relation of the kind `dates`.
    pub relation: RecordTag,
    /// Who asserts it.
    pub asserted_by: Vec<Who>,
    /// The time, and what it does with others.
    pub frame: Frame,
    /// The statements whose times it is about, in the order of the entries.
    pub statements: Vec<usize>,
}

/// What a frame says of two times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnderFrame {
    /// The relation of the kind `dates`.
    pub relation: RecordTag,
    /// Who asserts it.
    pub asserted_by: Vec<Who>,
    /// The asserted time.
    pub within: Edtf,
    /// Whether the two speak of a common day; absent where one of them does not fit the frame.
    pub simultaneity: Option<Simultaneity>,
    /// Which is the earlier; absent as above.
    pub order: Option<Order>,
    /// Where the frame puts each of the two, in words.
    pub places: [String; 2],
}

/// The frames of a case, by the statements that they are about.
#[derive(Debug, Default)]
pub struct Frames {
    all: Vec<Framed>,
    of: BTreeMap<usize, Vec<usize>>,
}

impl Framed {
    /// The condition, to be read after "if ".
    pub fn condition(&self) -> String {
        condition(&self.asserted_by, &self.relation, self.frame.within())
    }
}

impl UnderFrame {
    /// The condition, to be read after "if ".
    pub fn condition(&self) -> String {
        condition(&self.asserted_by, &self.relation, &self.within)
    }
}

fn condition(asserted_by: &[Who], relation: &RecordTag, within: &Edtf) -> String {
    format!(
        "as {} asserts in {relation}, it lies within: {}",
        list(asserted_by),
        within.describe()
    )
}

impl Frames {
    /// The frames among the records of a case.
    pub fn new(index: &Index<'_>) -> Frames {
        let mut frames = Frames::default();
        for (place, relation) in &index.relations {
            if relation.relation != RelationKind::Dates || relation.target.is != TargetIs::All {
                continue;
            }
            let Some(within) = relation.within.as_ref().and_then(Position::value) else {
                continue;
            };
            let Some(within) = &within.edtf else { continue };
            let among = relation.target.among.iter();
            let mut statements: Vec<usize> = among
                .filter_map(|reference| index.reference(reference))
                .filter(|place| index.statement(*place).is_some())
                .collect();
            statements.sort_unstable();
            statements.dedup();
            for statement in &statements {
                frames.of.entry(*statement).or_default().push(frames.all.len());
            }
            frames.all.push(Framed {
                relation: index.entries[*place].tag.clone(),
                asserted_by: index.asserters(*place, relation),
                frame: Frame::new(within),
                statements,
            });
        }
        frames
    }

    /// Every frame, in the order of the labels of their relations.
    pub fn all(&self) -> &[Framed] {
        &self.all
    }

    /// The frames that are about a statement.
    pub fn of(&self, statement: usize) -> impl Iterator<Item = &Framed> {
        let places = self.of.get(&statement).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| &self.all[*place])
    }

    /// Whether a statement lies within any frame.
    pub fn concern(&self, statement: usize) -> bool {
        self.of.contains_key(&statement)
    }

    /// What each frame that is about one or both of two statements says of the times of which two of
    /// their stances speak. Frames that say no more than the records do without them are left out.
    pub fn of_pair(&self, (a, a_over): (usize, Option<&Over>), (b, b_over): (usize, Option<&Over>)) -> Vec<UnderFrame> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let (a_claim, b_claim) = (claim(a_over), claim(b_over));
        let plain = (simultaneity(a_claim, b_claim), order(time(a_over), time(b_over)));
        let mut places: Vec<usize> = [a, b]
            .iter()
            .filter_map(|place| self.of.get(place))
            .flatten()
            .copied()
            .collect();
        places.sort_unstable();
        places.dedup();
        places
            .into_iter()
            .map(|place| &self.all[place])
            .map(|framed| {
                let frame = &framed.frame;
                // A frame is about what states no year: what is said of another, stated year stays there.
                let holds = |place, over: Option<&Over>| {
                    over.is_some_and(|over| over.edtf.year_unknown()) && framed.statements.binary_search(&place).is_ok()
                };
                let (meet, which) = match (holds(a, a_over), holds(b, b_over)) {
                    (false, false) => (Some(plain.0), Some(plain.1)),
                    (true, true) => (
                        frame.simultaneity(a_claim, b_claim),
                        frame.order(time(a_over), time(b_over)),
                    ),
                    (true, false) => (frame.simultaneity_beside(a_claim, b_claim), Some(plain.1)),
                    (false, true) => (frame.simultaneity_beside(b_claim, a_claim), Some(plain.1)),
                };
                let words = |place, over: Option<&Over>| match over {
                    Some(over) if holds(place, Some(over)) => frame.place(&over.edtf).words(),
                    Some(over) => over.edtf.describe(),
                    None => "no time stated".to_owned(),
                };
                UnderFrame {
                    relation: framed.relation.clone(),
                    asserted_by: framed.asserted_by.clone(),
                    within: frame.within().clone(),
                    simultaneity: meet,
                    order: which,
                    places: [words(a, a_over), words(b, b_over)],
                }
            })
            .filter(|under| under.simultaneity != Some(plain.0) || under.order != Some(plain.1))
            .take(MAX_FRAMES_OF_A_PAIR)
            .collect()
    }

    /// The frames that are about a record, by their relations.
    pub fn relations_of(&self, statement: usize) -> Vec<RecordId> {
        self.of(statement).map(|framed| framed.relation.id).collect()
    }
}

fn time(over: Option<&Over>) -> Option<&Edtf> {
    over.map(|over| &over.edtf)
}

fn claim(over: Option<&Over>) -> Option<(&Edtf, Extent)> {
    over.map(|over| (&over.edtf, over.extent))
}
