//! Two statements side by side: every question that they share, and what joins them.
//!
//! Normative page: spec/comparison.md, "Two statements". Two accounts that share no question do
//! not contradict each other, whatever anybody says of them.

use serde::Serialize;

use crate::record::{Polarity, PropositionType, RecordId};

use super::account::Account;
use super::class::{Fact, Finding};
use super::index::{Held, Index};
use super::link::{Link, asserted_between, links_between};
use super::network::independence::{self, Independence};
use super::network::path::Way;
use super::network::ties::Ties;
use super::pair::{Pair, no_commitment, pair};
use super::question::{QuestionWords, words_of};
use super::reading::{Code, Judgement, Reading, Settlement, Settles};
use super::rules::Rules;
use super::stand::{Accounts, Stand, says, stand};
use super::{Case, Limits, RecordTag, joined};

/// What two statements have to do with each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Between {
    /// The two, in the order in which they were asked for.
    pub statements: [Account; 2],
    /// The questions on which both are read, up to the limit.
    pub questions: Vec<Shared>,
    /// How many questions both are read on.
    pub question_count: usize,
    /// What follows for the two as a whole: that they share no question, or agree on all.
    pub computed: Vec<Fact<Reading>>,
    /// What people say of the two, each for themselves.
    pub asserted: Vec<Finding<Judgement>>,
    /// The links between the two, up to the limit.
    pub links: Vec<Link>,
    /// How many links there are between the two.
    pub link_count: usize,
    /// The relations by which they are texts of one utterance, as people say.
    pub one_utterance: Vec<RecordTag>,
    /// Whether the one depends on the other: everything that they share, and who says what of it.
    pub independence: Independence,
    /// Stances of the two that are withheld. On which questions is not known.
    pub withheld_stances: usize,
}

/// A question on which two statements are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// Its proposition.
    pub proposition: RecordTag,
    /// What it asks for; absent where it is not among the records.
    pub asks: Option<PropositionType>,
    /// The question in words.
    pub words: QuestionWords,
    /// What each of the two says, the first statement's first.
    pub stands: Vec<Stand>,
    /// The pairs on which they part, up to the limit.
    pub pairs: Vec<Pair>,
    /// What follows where they do not part: that one takes no side, or that they agree.
    pub computed: Vec<Fact<Reading>>,
}

/// Puts two statements side by side; `None` where one of them is no statement that takes part, or
/// both are one.
pub fn between(case: &Case<'_>, a: RecordId, b: RecordId, limits: &Limits) -> Option<Between> {
    let index = Index::new(case);
    let places = (index.place(&a)?, index.place(&b)?);
    let (one, other) = (index.statement(places.0)?, index.statement(places.1)?);
    if a == b {
        return None;
    }
    let mut shared: Vec<RecordTag> = index.stances_of(places.0).map(|(on, _)| index.tag(on)).collect();
    shared.sort();
    shared.dedup();
    shared.retain(|tag| index.stances_of(places.1).any(|(on, _)| *on == tag.id));
    let mut accounts = Accounts::new(&index);
    let shown = shared.iter().take(limits.questions);
    let questions: Vec<Shared> = shown.map(|tag| question(&mut accounts, tag, places, limits)).collect();
    let parts = questions.iter().any(|question| !question.pairs.is_empty());
    let mut computed = Vec::new();
    if shared.is_empty() {
        computed.push(Fact::computed(no_shared_proposition(&index, places)));
    } else if !parts
        && questions
            .iter()
            .all(|question| question.computed.iter().all(|fact| fact.code == Code::NoConflict))
    {
        computed.push(Fact::computed(no_conflict(&index, places, &shared)));
    }
    let (link_count, links) = links_between(&index, places.0, places.1, limits.links);
    let withheld = |statement: &crate::record::Statement| {
        let stances = statement.stances.iter();
        stances.filter(|stance| stance.value().is_none()).count()
    };
    let relations = joined::relations(&index, places.0, places.1);
    let tag = |relation: &usize| index.entries[index.relations[*relation].0].tag.clone();
    Some(Between {
        statements: [
            Account::new(&index, places.0, one),
            Account::new(&index, places.1, other),
        ],
        question_count: shared.len(),
        questions,
        computed,
        asserted: asserted_between(&index, places.0, places.1, None),
        link_count,
        links,
        one_utterance: relations.iter().map(tag).collect(),
        independence: independence::matrix(
            &index,
            &Ties::new(&index),
            vec![Way::of_statement(places.0, one), Way::of_statement(places.1, other)],
            2,
        ),
        withheld_stances: withheld(one) + withheld(other),
    })
}

fn question(accounts: &mut Accounts<'_, '_>, tag: &RecordTag, places: (usize, usize), limits: &Limits) -> Shared {
    let index = accounts.index;
    let rules = Rules::of(index, &tag.id, index.proposition(&tag.id).map(|(_, body)| body));
    let of = |place: usize| -> Vec<&Held<'_>> {
        let stances = index.stances_on(&tag.id).iter();
        stances.filter(|held| held.statement == place).collect()
    };
    let (one, other) = (of(places.0), of(places.1));
    let mut shared = Shared {
        proposition: tag.clone(),
        asks: index.proposition(&tag.id).map(|(_, body)| body.proposition_type),
        words: words_of(index, &tag.id),
        stands: Vec::new(),
        pairs: Vec::new(),
        computed: Vec::new(),
    };
    for held in one.iter().chain(&other).take(limits.stances) {
        shared.stands.push(stand(accounts, held));
    }
    for a in &one {
        for b in &other {
            let opposed = !rules.codes(&rules.shape(a), &rules.shape(b)).is_empty();
            if opposed && shared.pairs.len() < limits.pairs {
                let (first, second) = super::pairs::in_order(a, b);
                shared.pairs.push(pair(&rules, accounts, first, second));
            }
        }
    }
    if !shared.pairs.is_empty() {
        return shared;
    }
    let uncommitted = |held: &&&Held<'_>| held.stance.polarity == Polarity::Uncommitted;
    let silent: Vec<&&Held<'_>> = one.iter().chain(&other).filter(uncommitted).collect();
    if silent.is_empty() {
        let reading = agreement(index, &rules, places, &one, &other);
        shared.computed.push(Fact::computed(reading));
    } else {
        for held in silent.into_iter().take(limits.stances) {
            let reading = no_commitment(accounts, held);
            shared.computed.push(Fact::computed(reading));
        }
    }
    shared
}

/// That two take no opposed stances on a question on which both take a side.
fn agreement(
    index: &Index<'_>,
    rules: &Rules<'_, '_>,
    places: (usize, usize),
    one: &[&Held<'_>],
    other: &[&Held<'_>],
) -> Reading {
    let tag = |place: usize| index.entries[place].tag.clone();
    let mut reading = Reading::of(Code::NoConflict, vec![tag(places.0), tag(places.1)]);
    for (place, stances) in [(places.0, one), (places.1, other)] {
        for held in stances {
            let says = says(held.stance);
            reading.reasons.push(format!("{} {says}.", tag(place)));
        }
    }
    let same = |a: &&Held<'_>, b: &&Held<'_>| rules.shape(a).scope.certainly_same(&rules.shape(b).scope);
    if !one.iter().any(|a| other.iter().any(|b| same(a, b))) {
        let reason = "Whether they speak of the same people or things is not known; they are not opposed in any case.";
        reading.reasons.push(reason.to_owned());
    }
    if !joined::relations(index, places.0, places.1).is_empty() {
        let reason = "They are texts of one utterance, as people say: that they agree is no second account.";
        reading.reasons.push(reason.to_owned());
    }
    reading
}

fn no_conflict(index: &Index<'_>, places: (usize, usize), shared: &[RecordTag]) -> Reading {
    let tag = |place: usize| index.entries[place].tag.clone();
    let mut reading = Reading::of(Code::NoConflict, vec![tag(places.0), tag(places.1)]);
    let questions: Vec<String> = shared.iter().map(RecordTag::to_string).collect();
    reading.reasons.push(format!(
        "On {}, which both speak of, they take no opposed stances. This does not show that they agree on anything else.",
        super::who::and(&questions)
    ));
    reading
}

fn no_shared_proposition(index: &Index<'_>, places: (usize, usize)) -> Reading {
    let tag = |place: usize| index.entries[place].tag.clone();
    let (a, b) = (tag(places.0), tag(places.1));
    let mut reading = Reading::of(Code::NoSharedProposition, vec![a.clone(), b.clone()]);
    let reason =
        format!("{a} and {b} are read on no question in common, so that nothing here sets them against each other.");
    reading.reasons.push(reason);
    reading.settled_by.push(Settlement {
        what: Settles::Question,
        words: "The question on which they are said to differ, and the stance of each on it in its own words."
            .to_owned(),
    });
    reading
}
