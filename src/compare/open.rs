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

use crate::record::{Polarity, PropositionType, Reference};
use crate::time::Extent;

use super::RecordTag;
use super::index::{Held, Index};
use super::lack::{self, Lack, LackKey, Lacks, MAX_ABOUT, Seeking, Sought, of_statement, of_time};
use super::link;
use super::question::Question;

/// The most things that are written out for one question.
pub const MAX_OPEN_SHOWN: usize = 50;
/// The most things that are written out for the case.
pub const MAX_OPEN_OF_CASE_SHOWN: usize = 200;
/// The most stances of one question whose lacks are looked at.
pub const MAX_STANCES_WEIGHED: usize = 20_000;

/// On what one thing bears.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Bears {
    /// On how many opposed pairs.
    pub pairs: usize,
    /// On how many links with an open reading.
    pub links: usize,
    /// The questions of those pairs, up to a limit.
    pub questions: Vec<RecordTag>,
}

impl Bears {
    /// On how many open readings.
    pub fn readings(&self) -> usize {
        self.pairs + self.links
    }

    fn add(&mut self, other: &Bears) {
        self.pairs += other.pairs;
        self.links += other.links;
        for question in &other.questions {
            if self.questions.len() < MAX_ABOUT && !self.questions.contains(question) {
                self.questions.push(question.clone());
            }
        }
    }
}

/// Something that is not held, with what it bears on: a fact about what the records lack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenLack {
    /// What is not held, and whom to ask.
    #[serde(flatten)]
    pub lack: Lack,
    /// On what it bears.
    #[serde(flatten)]
    pub bears: Bears,
}

/// Something that a person seeks, with what it bears on: their finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenSought {
    /// What is sought, by whom and from whom.
    #[serde(flatten)]
    pub sought: Sought,
    /// On what it bears.
    #[serde(flatten)]
    pub bears: Bears,
}

/// What would settle a question, or a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Settling {
    /// How many open readings there are.
    pub readings: usize,
    /// How many things are lacking that would bear on one or more of them.
    pub lack_count: usize,
    /// What is lacking, by how many readings each thing bears on, up to a limit.
    pub lacks: Vec<OpenLack>,
    /// How many things are sought by persons.
    pub sought_count: usize,
    /// What persons seek, by how many readings each thing bears on, up to a limit.
    pub sought: Vec<OpenSought>,
    /// Whether the lacks of every stance were looked at.
    pub complete: bool,
}

/// Things by what makes each one, with what they bear on.
#[derive(Debug, Default)]
pub struct Weighed {
    lacks: BTreeMap<LackKey, OpenLack>,
    /// By place among the relations.
    sought: BTreeMap<usize, Bears>,
    readings: usize,
    left_out: bool,
}

impl Weighed {
    /// Ranked, as much as is written out.
    pub fn settling(self, index: &Index<'_>, limit: usize) -> Settling {
        let (lack_count, sought_count) = (self.lacks.len(), self.sought.len());
        let mut lacks: Vec<OpenLack> = self.lacks.into_values().collect();
        lacks.sort_by(|a, b| {
            let by_readings = b.bears.readings().cmp(&a.bears.readings());
            let by_what =
                || (a.lack.what, &a.lack.about, &a.lack.exhibit).cmp(&(b.lack.what, &b.lack.about, &b.lack.exhibit));
            by_readings.then_with(by_what)
        });
        lacks.truncate(limit);
        let mut sought: Vec<(usize, Bears)> = self.sought.into_iter().collect();
        sought.sort_by_key(|(place, bears)| (std::cmp::Reverse(bears.readings()), *place));
        sought.truncate(limit);
        let sought = sought.into_iter().map(|(place, bears)| OpenSought {
            sought: lack::sought(index, place),
            bears,
        });
        Settling {
            readings: self.readings,
            lack_count,
            lacks,
            sought_count,
            sought: sought.collect(),
            complete: !self.left_out,
        }
    }

    /// Adds what bears on one question to what bears on the case.
    fn add(&mut self, other: &Weighed) {
        self.readings += other.readings;
        self.left_out |= other.left_out;
        for (key, open) in &other.lacks {
            let known = self.lack(*key, &open.lack);
            known.bears.add(&open.bears);
            known.lack.ask_also(&open.lack.ask);
            for tag in &open.lack.about {
                if known.lack.about.len() < MAX_ABOUT && !known.lack.about.contains(tag) {
                    known.lack.about.push(tag.clone());
                }
            }
        }
        for (place, bears) in &other.sought {
            self.sought.entry(*place).or_default().add(bears);
        }
    }

    fn lack(&mut self, key: LackKey, lack: &Lack) -> &mut OpenLack {
        self.lacks.entry(key).or_insert_with(|| OpenLack {
            lack: lack.clone(),
            bears: Bears::default(),
        })
    }
}

/// What bears on the opposed pairs of one question. A thing that bears on `a` of `A`
/// affirming and `d` of `D` denying stances bears on `a·D + d·A − a·d` pairs.
pub fn of_question(index: &Index<'_>, seeking: &Seeking, shown: &Question) -> Weighed {
    let (question, pairs) = (&shown.proposition.id, shown.pair_count);
    let mut weighed = Weighed {
        readings: pairs,
        ..Weighed::default()
    };
    if pairs == 0 {
        return weighed;
    }
    if let Some(PropositionType::Quantity | PropositionType::Time) = shown.asks {
        of_values(index, seeking, shown, &mut weighed);
        return weighed;
    }
    let varies = index
        .proposition(question)
        .is_none_or(|(_, proposition)| proposition.varies);
    let mut found = Lacks::default();
    let mut lacks: BTreeMap<LackKey, [usize; 2]> = BTreeMap::new();
    let mut sought: BTreeMap<usize, [usize; 2]> = BTreeMap::new();
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
        for key in keys {
            lacks.entry(key).or_default()[side] += 1;
        }
        for place in seeking.of(&index.entries[held.statement].tag.id) {
            sought.entry(*place).or_default()[side] += 1;
        }
    }
    let bears = |[a, d]: [usize; 2]| Bears {
        pairs: (a * totals[1] + d * totals[0]).saturating_sub(a * d).min(pairs),
        links: 0,
        questions: vec![index.tag(question)],
    };
    for (key, sides) in lacks {
        weighed.lack(key, &found.by_key[&key]).bears = bears(sides);
    }
    for (place, sides) in sought {
        weighed.sought.insert(place, bears(sides));
    }
    for place in seeking.of(question) {
        weighed.sought.insert(*place, bears(totals));
    }
    weighed
}

/// What bears on the pairs of a question that asks for a number or a time. Which two are a pair
/// follows there from their values, so that only the pairs that are written out are looked at.
fn of_values(index: &Index<'_>, seeking: &Seeking, shown: &Question, weighed: &mut Weighed) {
    let question = &shown.proposition.id;
    weighed.left_out = shown.pairs.len() < shown.pair_count;
    let mut found = Lacks::default();
    let one = || Bears {
        pairs: 1,
        links: 0,
        questions: vec![index.tag(question)],
    };
    for pair in &shown.pairs {
        let mut keys: BTreeSet<LackKey> = BTreeSet::new();
        let mut sought: BTreeSet<usize> = seeking.of(question).iter().copied().collect();
        for side in &pair.sides {
            let Some(place) = index.place(&side.statement.id) else {
                continue;
            };
            keys.extend(of_statement(index, place, &mut found));
            sought.extend(seeking.of(&side.statement.id));
        }
        for key in keys {
            weighed.lack(key, &found.by_key[&key]).bears.add(&one());
        }
        for place in sought {
            weighed.sought.entry(place).or_default().add(&one());
        }
    }
}

/// Whether a narrower time of the stance could decide whether it meets another.
fn time_is_open(held: &Held<'_>) -> bool {
    match &held.stance.over {
        None => true,
        Some(over) => over.edtf.year_unknown() || over.extent == Extent::Sometime,
    }
}

/// The ranked list of the case: over its questions and its links with an open reading.
pub fn of_case(index: &Index<'_>, seeking: &Seeking, questions: &[Weighed]) -> Settling {
    let mut all = Weighed::default();
    questions.iter().for_each(|weighed| all.add(weighed));
    for (entry, relation) in &index.relations {
        if !link::is_tension(relation.relation) && !link::is_open(relation) {
            continue;
        }
        all.readings += 1;
        let mut found = Lacks::default();
        let mut records = BTreeSet::from([index.entries[*entry].tag.id]);
        let mut keys: BTreeSet<LackKey> = BTreeSet::new();
        for end in std::iter::once(&relation.from).chain(&relation.target.among) {
            if let Reference::Record(id) = end {
                records.insert(*id);
            }
            if let Some(statement) = index.reference(end) {
                keys.extend(of_statement(index, statement, &mut found));
            }
        }
        for key in keys {
            all.lack(key, &found.by_key[&key]).bears.links += 1;
        }
        let sought: BTreeSet<usize> = records.iter().flat_map(|id| seeking.of(id)).copied().collect();
        for place in sought {
            all.sought.entry(place).or_default().links += 1;
        }
    }
    // What somebody seeks is listed even where no open reading rests on it.
    for place in seeking.all() {
        all.sought.entry(place).or_default();
    }
    all.settling(index, MAX_OPEN_OF_CASE_SHOWN)
}
