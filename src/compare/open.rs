//! What would settle it: what is not held, ranked by how many open readings each thing would
//! decide, and whom to ask for it.
//!
//! ```text
//! 1. the full text of what S19 paraphrases   bears on 5 of 12 open readings   ask the prison service
//! ```
//!
//! An open reading is an opposed pair, or a link that is a tension or whose target is open.
//! That a thing bears on a reading says where to look first, and not which way it would
//! decide (spec/provenance.md, "What would settle it").

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::{Polarity, RecordId, Reference};
use crate::time::Extent;

use super::RecordTag;
use super::index::{Held, Index};
use super::lack::{Lack, LackKey, Lacks, Sought, of_statement, of_time};
use super::link;

/// The most things that are written out for one question.
pub const MAX_OPEN_SHOWN: usize = 50;
/// The most things that are written out for the case.
pub const MAX_OPEN_OF_CASE_SHOWN: usize = 200;
/// The most stances of one question whose lacks are looked at.
pub const MAX_STANCES_WEIGHED: usize = 20_000;

/// One thing that would settle something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Open {
    /// What is not held, and whom to ask.
    #[serde(flatten)]
    pub lack: Lack,
    /// On how many opposed pairs it bears.
    pub pairs: usize,
    /// On how many links with an open reading it bears.
    pub links: usize,
    /// The questions of those pairs.
    pub questions: Vec<RecordTag>,
}

impl Open {
    /// On how many open readings it bears.
    pub fn readings(&self) -> usize {
        self.pairs + self.links
    }
}

/// What would settle a question, or a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Settling {
    /// How many open readings there are.
    pub readings: usize,
    /// How many things would bear on one or more of them.
    pub count: usize,
    /// The things, by how many readings each bears on, up to a limit.
    pub ranked: Vec<Open>,
    /// Whether the lacks of every stance were looked at.
    pub complete: bool,
}

/// Things by what makes each one, with what they bear on.
#[derive(Debug, Default)]
pub struct Weighed {
    things: BTreeMap<LackKey, Open>,
    readings: usize,
    left_out: bool,
}

impl Weighed {
    fn settling(self, limit: usize) -> Settling {
        let count = self.things.len();
        let mut ranked: Vec<Open> = self.things.into_values().collect();
        ranked.sort_by(|a, b| {
            let key = |open: &Open| (usize::MAX - open.readings(), open.lack.what);
            (key(a), &a.lack.about, &a.lack.exhibit).cmp(&(key(b), &b.lack.about, &b.lack.exhibit))
        });
        ranked.truncate(limit);
        Settling {
            readings: self.readings,
            count,
            ranked,
            complete: !self.left_out,
        }
    }

    /// Adds what bears on one question to what bears on the case.
    fn add(&mut self, other: &Weighed) {
        self.readings += other.readings;
        self.left_out |= other.left_out;
        for (key, open) in &other.things {
            let known = self.at(*key, || open.lack.clone());
            known.pairs += open.pairs;
            known.links += open.links;
            for tag in &open.lack.about {
                if known.lack.about.len() < super::lack::MAX_ABOUT && !known.lack.about.contains(tag) {
                    known.lack.about.push(tag.clone());
                }
            }
            for question in &open.questions {
                if known.questions.len() < super::lack::MAX_ABOUT && !known.questions.contains(question) {
                    known.questions.push(question.clone());
                }
            }
        }
    }

    fn at(&mut self, key: LackKey, lack: impl FnOnce() -> Lack) -> &mut Open {
        self.things.entry(key).or_insert_with(|| Open {
            lack: lack(),
            pairs: 0,
            links: 0,
            questions: Vec::new(),
        })
    }
}

/// What bears on the opposed pairs of one question. A thing that bears on `a` of `A`
/// affirming and `d` of `D` denying stances bears on `a·D + d·A − a·d` pairs.
pub fn of_question(index: &Index<'_>, sought: &Sought, question: &RecordId, pairs: usize) -> Weighed {
    let mut weighed = Weighed {
        readings: pairs,
        ..Weighed::default()
    };
    if pairs == 0 {
        return weighed;
    }
    let varies = index
        .proposition(question)
        .is_none_or(|(_, proposition)| proposition.varies);
    let mut found = Lacks::default();
    let mut sides: BTreeMap<LackKey, [usize; 2]> = BTreeMap::new();
    let mut totals = [0usize; 2];
    for (number, held) in index.stances_on(question).iter().enumerate() {
        let side = match held.stance.polarity {
            Polarity::Affirms => 0,
            Polarity::Denies => 1,
            Polarity::Uncommitted => continue,
        };
        totals[side] += 1;
        if number >= MAX_STANCES_WEIGHED {
            weighed.left_out = true;
            continue;
        }
        let mut keys = of_statement(index, held.statement, &mut found);
        if varies && time_is_open(held) {
            keys.push(of_time(index, held.statement, &mut found));
        }
        let statement = index.entries[held.statement].tag.id;
        keys.extend(sought.of(&statement).iter().map(|place| LackKey::Relation(*place)));
        for key in keys {
            sides.entry(key).or_default()[side] += 1;
        }
    }
    for (key, [a, d]) in sides {
        let bears = (a * totals[1] + d * totals[0]).saturating_sub(a * d).min(pairs);
        let lack = || match key {
            LackKey::Relation(place) => Sought::lack(index, place),
            _ => found.by_key[&key].clone(),
        };
        let open = weighed.at(key, lack);
        open.pairs = bears;
        open.questions.push(index.tag(question));
    }
    for place in sought.of(question) {
        let open = weighed.at(LackKey::Relation(*place), || Sought::lack(index, *place));
        open.pairs = pairs;
        open.questions = vec![index.tag(question)];
    }
    weighed
}

/// Whether a narrower time of the stance could decide whether it meets another.
fn time_is_open(held: &Held<'_>) -> bool {
    match &held.stance.over {
        None => true,
        Some(over) => over.edtf.year_unknown() || over.extent == Extent::Sometime,
    }
}

/// The ranked list of one question.
pub fn settling(weighed: Weighed) -> Settling {
    weighed.settling(MAX_OPEN_SHOWN)
}

/// The ranked list of the case: over its questions and its links with an open reading.
pub fn of_case(index: &Index<'_>, sought: &Sought, questions: &[Weighed]) -> Settling {
    let mut all = Weighed::default();
    questions.iter().for_each(|weighed| all.add(weighed));
    for (place, relation) in index
        .relations
        .iter()
        .filter(|(_, relation)| link::has_reading(relation))
    {
        all.readings += 1;
        let mut found = Lacks::default();
        let ends = std::iter::once(&relation.from).chain(&relation.target.among);
        let mut records: BTreeSet<RecordId> = BTreeSet::from([index.entries[*place].tag.id]);
        let mut keys: BTreeSet<LackKey> = BTreeSet::new();
        for end in ends {
            if let Reference::Record(id) = end {
                records.insert(*id);
            }
            if let Some(statement) = index.reference(end) {
                keys.extend(of_statement(index, statement, &mut found));
            }
        }
        keys.extend(
            records
                .iter()
                .flat_map(|id| sought.of(id))
                .map(|place| LackKey::Relation(*place)),
        );
        for key in keys {
            let lack = || match key {
                LackKey::Relation(place) => Sought::lack(index, place),
                _ => found.by_key[&key].clone(),
            };
            all.at(key, lack).links += 1;
        }
    }
    // What somebody seeks is listed even where no open reading rests on it.
    for (_, places) in sought.records() {
        for place in places {
            all.at(LackKey::Relation(*place), || Sought::lack(index, *place));
        }
    }
    all.settling(MAX_OPEN_OF_CASE_SHOWN)
}
