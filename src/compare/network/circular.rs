//! Circular reporting: accounts that cite each other, and accounts that rest on one text.
//!
//! ```text
//! on P01:  the Gazette cites the Herald (S01), the Herald cites the Gazette (S02);
//!          nothing that leads out of the circle is recorded
//! ```
//!
//! Definitions: spec/provenance.md, "Circular reporting". A circle shows what is recorded of
//! who cites whom. That what they say is false it does not show, nor that nobody outside
//! said it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::{Polarity, RecordId, RelationKind};

use super::super::index::Index;
use super::super::who::Who;
use super::super::{RecordTag, link};
use super::path::{Node, Way};
use super::ties::Ties;
use super::ways::{circles, shortest_circle};

/// The most circles that are written out.
pub const MAX_CIRCLES_SHOWN: usize = 50;
/// The most steps of a circle that are written out.
pub const MAX_STEPS_SHOWN: usize = 50;
/// The most texts on which several accounts rest that are written out.
pub const MAX_TEXTS_SHOWN: usize = 100;
/// The most citations of one question that are looked through for circles.
pub const MAX_CITATIONS: usize = 100_000;

/// One who stands on a circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Member {
    /// A statement.
    Statement {
        /// The statement.
        record: RecordTag,
        /// Its speaker.
        speaker: Who,
    },
    /// A party.
    Party {
        /// The party.
        party: Who,
    },
}

impl std::fmt::Display for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Member::Statement { record, speaker } => write!(f, "{record} ({speaker})"),
            Member::Party { party } => party.fmt(f),
        }
    }
}

/// One step of a circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CircleStep {
    /// Who cites.
    pub from: Member,
    /// How: a verb.
    pub verb: String,
    /// Who is cited.
    pub to: Member,
    /// The record that says so: a relation, or the statement on whose way it is.
    pub by: RecordTag,
}

/// Accounts that cite each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Circle {
    /// The question on which; absent where records cite each other whatever the question.
    pub question: Option<RecordTag>,
    /// The steps of the shortest circle through its first member.
    pub steps: Vec<CircleStep>,
    /// How many steps there are more than are written out.
    pub steps_left_out: usize,
    /// How many stand on it, or on circles that share members with it.
    pub members: usize,
    /// Whether one of them also cites somebody outside it.
    pub leads_out: bool,
}

/// Several accounts by different speakers that rest on one statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OneText {
    /// The statement that they rest on.
    pub text: Member,
    /// The accounts, by label.
    pub accounts: Vec<Member>,
    /// How many there are.
    pub account_count: usize,
}

/// What of the reporting is circular.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Circular {
    /// How many circles there are.
    pub circle_count: usize,
    /// The circles, up to a limit.
    pub circles: Vec<Circle>,
    /// How many texts several accounts rest on.
    pub one_text_count: usize,
    /// Those texts, up to a limit.
    pub one_text: Vec<OneText>,
    /// Whether every citation was looked at.
    pub complete: bool,
}

/// Circles and shared texts of the case. `questions` are those on which people are looked at.
pub fn circular(index: &Index<'_>, ties: &Ties, questions: &[RecordId]) -> Circular {
    let mut found = Circular {
        complete: true,
        ..Circular::default()
    };
    of_records(index, ties, &mut found);
    for question in questions {
        of_people(index, question, &mut found);
    }
    one_text(index, ties, &mut found);
    found
}

fn statement(index: &Index<'_>, place: usize) -> Member {
    let entry = &index.entries[place];
    let speaker = match index.statement(place) {
        Some(statement) => index.names.at(&statement.speaker, entry.standing),
        None => index.names.unseen(entry.standing),
    };
    Member::Statement {
        record: entry.tag.clone(),
        speaker,
    }
}

/// Statements that quote, carry or comment on each other in a circle.
fn of_records(index: &Index<'_>, ties: &Ties, found: &mut Circular) {
    let cites = |kind| {
        matches!(
            kind,
            RelationKind::Quotes | RelationKind::Carries | RelationKind::CommentsOn
        )
    };
    let mut graph = Citations::default();
    for (from, targets) in ties.resting() {
        for (to, relation) in targets {
            if cites(index.relations[*relation].1.relation) {
                graph.add(from, *to, *relation);
            }
        }
    }
    graph.circles(found, None, |from, to, relation| {
        let (entry, relation) = index.relations[relation];
        CircleStep {
            from: statement(index, from),
            verb: link::verb(relation.relation).to_owned(),
            to: statement(index, to),
            by: index.entries[entry].tag.clone(),
        }
    });
}

/// People who give what they say on a question according to each other.
fn of_people(index: &Index<'_>, question: &RecordId, found: &mut Circular) {
    let mut graph = Citations::default();
    let mut looked_at = 0;
    for held in index.stances_on(question) {
        if held.stance.polarity == Polarity::Uncommitted {
            continue;
        }
        let Some(way) = Way::of_stance(index, held) else {
            continue;
        };
        for pair in way.ends.windows(2) {
            looked_at += 1;
            if let (Node::Party(source), Node::Party(reporter)) = (pair[0].node, pair[1].node)
                && source != reporter
            {
                graph.add(reporter, source, held.statement);
            }
        }
        if looked_at > MAX_CITATIONS {
            found.complete = false;
            break;
        }
    }
    let party = |party| Member::Party {
        party: index.names.party(party),
    };
    graph.circles(found, Some(index.tag(question)), |from, to, by| CircleStep {
        from: party(from),
        verb: "reports it according to".to_owned(),
        to: party(to),
        by: index.entries[by].tag.clone(),
    });
}

/// Texts on which accounts by different speakers rest.
fn one_text(index: &Index<'_>, ties: &Ties, found: &mut Circular) {
    let rests = |kind| {
        matches!(
            kind,
            RelationKind::Quotes | RelationKind::Carries | RelationKind::Translates
        )
    };
    let mut by_text: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (from, targets) in ties.resting() {
        for (to, relation) in targets {
            if rests(index.relations[*relation].1.relation) && from != *to {
                by_text.entry(*to).or_default().insert(from);
            }
        }
    }
    for (text, accounts) in by_text {
        let speakers: BTreeSet<Node> = accounts
            .iter()
            .filter_map(|place| Some(Way::of_statement(*place, index.statement(*place)?).ends[0].node))
            .collect();
        if speakers.len() < 2 {
            continue;
        }
        found.one_text_count += 1;
        if found.one_text.len() < MAX_TEXTS_SHOWN {
            let shown = accounts.iter().take(MAX_STEPS_SHOWN);
            found.one_text.push(OneText {
                text: statement(index, text),
                accounts: shown.map(|place| statement(index, *place)).collect(),
                account_count: accounts.len(),
            });
        }
    }
}

/// Who cites whom, and the record that says so.
struct Citations<T> {
    numbers: BTreeMap<T, usize>,
    nodes: Vec<T>,
    steps: BTreeSet<(usize, usize)>,
    by: BTreeMap<(usize, usize), usize>,
}

impl<T> Default for Citations<T> {
    fn default() -> Citations<T> {
        Citations {
            numbers: BTreeMap::new(),
            nodes: Vec::new(),
            steps: BTreeSet::new(),
            by: BTreeMap::new(),
        }
    }
}

impl<T: Ord + Copy> Citations<T> {
    fn number(&mut self, node: T) -> usize {
        let next = self.nodes.len();
        let number = *self.numbers.entry(node).or_insert(next);
        if number == next {
            self.nodes.push(node);
        }
        number
    }

    fn add(&mut self, from: T, to: T, by: usize) {
        let step = (self.number(from), self.number(to));
        self.steps.insert(step);
        self.by.entry(step).or_insert(by);
    }

    fn circles(&self, found: &mut Circular, question: Option<RecordTag>, step: impl Fn(T, T, usize) -> CircleStep) {
        for within in circles(self.nodes.len(), &self.steps) {
            found.circle_count += 1;
            if found.circles.len() == MAX_CIRCLES_SHOWN {
                continue;
            }
            let inside: BTreeSet<usize> = within.iter().copied().collect();
            let leads_out = |from: &usize| {
                let mut after = self.steps.range((*from, 0)..=(*from, usize::MAX));
                after.any(|(_, to)| !inside.contains(to))
            };
            let shortest = shortest_circle(&within, &self.steps);
            let next = |place: usize| shortest[(place + 1) % shortest.len()];
            let steps = shortest.iter().enumerate().take(MAX_STEPS_SHOWN).map(|(place, from)| {
                let to = next(place);
                step(self.nodes[*from], self.nodes[to], self.by[&(*from, to)])
            });
            found.circles.push(Circle {
                question: question.clone(),
                steps: steps.collect(),
                steps_left_out: shortest.len().saturating_sub(MAX_STEPS_SHOWN),
                members: within.len(),
                leads_out: within.iter().any(leads_out),
            });
        }
    }
}
