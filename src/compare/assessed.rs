//! Readings that people record by hand: whose, of what, and what has taken their place.
//!
//! ```text
//! A01  definitional, of S12 and S14 on P02, by Ada Example; superseded by A03
//! A02  contradiction, of S14 and S12 on P02, by Bea Example
//! ```
//!
//! Normative page: spec/comparison.md, rules H1 to H4. Rival readings stand side by side. Nobody's
//! reading takes the place of another person's, and none changes what is computed.

use std::collections::BTreeMap;

use crate::record::{Assessment, Body, RecordId, Reference};

use super::class::Finding;
use super::index::Index;
use super::reading::Judgement;

/// The assessments among the records, by what they are about.
#[derive(Default)]
pub struct Assessments<'a> {
    /// Those that take part, in the order of the records.
    all: Vec<(usize, &'a Assessment)>,
    /// By two statements, the lower place first.
    of_two: BTreeMap<(usize, usize), Vec<usize>>,
    /// By the place of a relation.
    of_relation: BTreeMap<usize, Vec<usize>>,
    /// What asks to be read in the stead of an assessment.
    successors: BTreeMap<RecordId, Vec<usize>>,
}

impl<'a> Assessments<'a> {
    pub(super) fn of(index: &Index<'a>) -> Assessments<'a> {
        let mut found = Assessments::default();
        for (place, entry) in index.entries.iter().enumerate() {
            let Body::Assessment(assessment) = &entry.record.body else {
                continue;
            };
            if !entry.takes_part() {
                continue;
            }
            let at = found.all.len();
            found.all.push((place, assessment));
            match about(index, assessment) {
                About::Two(a, b) => found.of_two.entry((a.min(b), a.max(b))).or_default().push(at),
                About::Relation(relation) => found.of_relation.entry(relation).or_default().push(at),
                About::NothingHere => {}
            }
            if let Some(earlier) = assessment.supersedes {
                found.successors.entry(earlier).or_default().push(at);
            }
        }
        found
    }

    /// What people judge of two statements on a question; without one, on any. An assessment
    /// that names no question is of every question that the two share.
    pub(super) fn of_two(
        &self,
        index: &Index<'_>,
        a: usize,
        b: usize,
        on: Option<&RecordId>,
    ) -> Vec<Finding<Judgement>> {
        let found = self.of_two.get(&(a.min(b), a.max(b))).into_iter().flatten();
        let of_question = |at: &&usize| {
            let named = self.all[**at].1.on.as_ref();
            on.is_none() || named.is_none() || named == on
        };
        found
            .filter(of_question)
            .filter_map(|at| self.finding(index, *at))
            .collect()
    }

    /// Whether somebody assesses the relation at a place.
    pub(super) fn is_assessed(&self, place: usize) -> bool {
        self.of_relation.contains_key(&place)
    }

    /// What people judge of a relation.
    pub(super) fn of_relation(&self, index: &Index<'_>, place: usize) -> Vec<Finding<Judgement>> {
        let found = self.of_relation.get(&place).into_iter().flatten();
        found.filter_map(|at| self.finding(index, *at)).collect()
    }

    /// All that are about something here.
    pub(super) fn everything(&self, index: &Index<'_>) -> Vec<Finding<Judgement>> {
        let is_here = |at: &usize| !matches!(about(index, self.all[*at].1), About::NothingHere);
        (0..self.all.len())
            .filter(is_here)
            .filter_map(|at| self.finding(index, at))
            .collect()
    }

    /// Those that are about nothing that is here, by place, and why.
    pub(super) fn about_nothing_here<'s>(
        &'s self,
        index: &'s Index<'_>,
    ) -> impl Iterator<Item = (usize, &'static str)> + 's {
        let nothing = |(_, assessment): &&(usize, &Assessment)| matches!(about(index, assessment), About::NothingHere);
        let why =
            "what it assesses is not among the records that are used, or is neither a relation nor two statements";
        self.all.iter().filter(nothing).map(move |(place, _)| (*place, why))
    }

    fn finding(&self, index: &Index<'_>, at: usize) -> Option<Finding<Judgement>> {
        let (place, assessment) = self.all[at];
        let entry = &index.entries[place];
        let reasons = match assessment.reasons.value() {
            Some(reasons) => reasons.text.clone(),
            None => format!("The reasons are {}.", super::who::missing(entry.standing)),
        };
        let records = assessment.about.iter().filter_map(|reference| match reference {
            Reference::Record(id) => Some(index.tag(id)),
            Reference::Exhibit(_) | Reference::Party(_) => None,
        });
        let mut about: Vec<_> = records.collect();
        about.sort();
        let judgement = Judgement {
            code: assessment.reading,
            reasons: vec![reasons],
            about,
            link: None,
            on: assessment.on.map(|id| index.tag(&id)),
            supersedes: assessment.supersedes.map(|id| index.tag(&id)),
            superseded_by: self.superseded_by(index, place),
        };
        Some(Finding::stated_in(index, index.signed(place)?, judgement))
    }

    /// Later assessments by somebody who made this one. Another's is a rival and supersedes
    /// nothing, whatever it asks for.
    fn superseded_by(&self, index: &Index<'_>, place: usize) -> Vec<super::RecordTag> {
        let own = index.asserted_by(place);
        let later = self.successors.get(&index.entries[place].tag.id).into_iter().flatten();
        let places = later.map(|at| self.all[*at].0).filter(|later| *later != place);
        let by_the_same = places.filter(|later| {
            let identified = own.iter().filter(|who| who.is_identified());
            let theirs = index.asserted_by(*later);
            identified.into_iter().any(|who| theirs.contains(who))
        });
        by_the_same.map(|later| index.entries[later].tag.clone()).collect()
    }
}

enum About {
    Two(usize, usize),
    Relation(usize),
    NothingHere,
}

fn about(index: &Index<'_>, assessment: &Assessment) -> About {
    let place = |reference: &Reference| {
        index
            .reference(reference)
            .filter(|place| index.entries[*place].takes_part())
    };
    let places: Option<Vec<usize>> = assessment.about.iter().map(place).collect();
    match places.as_deref() {
        Some([a, b]) if index.statement(*a).is_some() && index.statement(*b).is_some() => About::Two(*a, *b),
        Some([one]) if matches!(index.entries[*one].record.body, Body::Relation(_)) => About::Relation(*one),
        _ => About::NothingHere,
    }
}
