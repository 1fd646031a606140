//! One question: who stands where on it, and what each opposed pair may mean.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::{
    Certainty, Modality, Over, Polarity, Position, Proposition, PropositionType, RecordId, Value, Wording,
};
use crate::time::{Edtf, Extent};

use super::account::Account;
use super::bearing;
use super::class::{Fact, Finding};
use super::commitment::Commitment;
use super::grounds;
use super::index::{Held, Index};
use super::opposed::{self, Both, Party};
use super::pairs::{Count, MAX_SHAPE_PAIRS};
use super::reading::{Code, Conflict, Judgement, Reading, Settlement, Settles, Speakers};
use super::rules::Rules;
use super::total::{Sum, Sums, sums};
use super::who::{Who, missing};
use super::{Limits, RecordTag, Standing, settle};

/// A question at issue and everything that is said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Its proposition.
    pub proposition: RecordTag,
    /// What may be relied on of its record; absent where it is not among the records.
    pub standing: Option<Standing>,
    /// The question in words.
    pub words: QuestionWords,
    /// What it asks for; absent where it is not among the records.
    pub asks: Option<PropositionType>,
    /// Whether it lays down what a word is taken to mean.
    pub definition: bool,
    /// What it does not include.
    pub excludes: Option<QuestionWords>,
    /// Whom or what it is about, as far as that is stated and shown.
    pub about: Vec<String>,
    /// Whether the answer can change over time. True where the record is absent.
    pub varies: bool,
    /// Where the accounts stand, in a neutral sentence.
    pub headline: String,
    /// Who affirms it.
    pub affirms: Side,
    /// Who denies it.
    pub denies: Side,
    /// Who takes no side.
    pub uncommitted: Side,
    /// How many readings of statements on this question are withheld.
    pub withheld_answers: usize,
    /// Sums of what accounts give for the parts of this quantity, where it is laid down as their
    /// total: derived, and said by nobody.
    pub derived: Vec<Fact<Sum>>,
    /// Why there is no sum, or not every one, where it is laid down as a total.
    pub not_derived: Vec<String>,
    /// How many pairs of opposed stances there are.
    pub pair_count: usize,
    /// How many pairs have each code as their strongest reading, strongest first.
    pub tally: Vec<Tally>,
    /// Whether the counts are exact, and not at the least.
    pub counts_exact: bool,
    /// The pairs, strongest reading first, up to the limit.
    pub pairs: Vec<Pair>,
    /// Statements that different people read in opposite ways. They are no pairs.
    pub rival_readings: Vec<RivalReading>,
    /// One reading for each account that takes no side where others do.
    pub no_commitment: Vec<Fact<Reading>>,
    /// Stances of one side about two parties that somebody says are one. They are no pairs.
    pub parallel: Vec<Fact<Reading>>,
}

/// The words of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum QuestionWords {
    /// They are shown.
    Held {
        /// The words.
        text: String,
    },
    /// Kept back from this reader.
    Withheld,
    /// Erased.
    Erased,
    /// The proposition is not among the records, or failed verification.
    NotAmongTheRecords,
}

/// Those who stand on one side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// How many accounts do: texts of one utterance are one, and a statement that carries
    /// another of this side is no further one.
    pub accounts: usize,
    /// How many statements do.
    pub statements: usize,
    /// How many stances they take: one statement may take several.
    pub stances: usize,
    /// How many of the statements do not assert it: they promise, suppose, pass on or the like.
    pub not_asserted: usize,
    /// The accounts of which there is more than one text, up to the limit.
    pub several_texts: Vec<SeveralTexts>,
    /// The stances, by label, up to the limit.
    pub shown: Vec<Stand>,
}

/// Statements that are one account: texts of one utterance, or what carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeveralTexts {
    /// The statements.
    pub texts: Vec<RecordTag>,
    /// The relations that say so.
    pub links: Vec<RecordTag>,
}

/// One stance with the account that it is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stand {
    /// The statement.
    pub account: Account,
    /// Whether it affirms or denies, or does neither.
    pub polarity: Polarity,
    /// How sure it is.
    pub certainty: Certainty,
    /// Whether it says so, or promises, believes, asks or the like.
    pub modality: Modality,
    /// Whether the speaker of the statement says so.
    pub asserted: bool,
    /// The number or time that it gives, in words.
    pub value: Option<ValueShown>,
    /// Over what time it speaks; absent where it states none.
    pub over: Option<OverShown>,
    /// Of whom or what it speaks: alternatives. Empty: what the question is about.
    pub scope: Vec<String>,
    /// The nested sources that it is relative to, outermost first.
    pub according_to: Vec<Who>,
    /// Who reads the statement so.
    pub read_by: Vec<Reader>,
}

/// The time over which a stance speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverShown {
    /// The time as written.
    pub edtf: Edtf,
    /// During all of it, or at some moment.
    pub extent: Extent,
    /// Both in words.
    pub words: String,
}

/// A number or a time that a stance gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueShown {
    /// As it was recorded.
    pub value: Value,
    /// In words.
    pub words: String,
}

/// One who reads a statement as taking a stance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reader {
    /// Who.
    pub who: Vec<Who>,
    /// In which record: the statement's own, or a relation's.
    pub record: RecordTag,
    /// What may be relied on of that record.
    pub standing: Standing,
    /// Why it is read so.
    pub note: Option<String>,
}

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

/// How many pairs have one code as their strongest reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The code.
    pub code: Code,
    /// How many pairs.
    pub pairs: usize,
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

/// The time of a stance in words, with its extent.
pub fn over_words(over: &Over) -> String {
    let time = over.edtf.describe();
    match over.extent {
        Extent::Throughout if over.edtf.is_interval() => format!("all of the time {time}"),
        Extent::Throughout => time,
        Extent::Sometime => format!("some time within: {time}"),
    }
}

/// Works out one question.
pub fn question(index: &Index<'_>, tag: &RecordTag, limits: &Limits) -> Question {
    let found = index.proposition(&tag.id);
    let proposition = found.map(|(_, proposition)| proposition);
    let standing = found.map(|(entry, _)| entry.standing);
    let rules = Rules::of(index, &tag.id, proposition);
    let stances = index.stances_on(&tag.id);
    let of = |polarity| -> Vec<&Held<'_>> { stances.iter().filter(|held| held.stance.polarity == polarity).collect() };
    let (affirms, denies, uncommitted) = (of(Polarity::Affirms), of(Polarity::Denies), of(Polarity::Uncommitted));
    let committed: Vec<&Held<'_>> = stances
        .iter()
        .filter(|held| held.stance.polarity != Polarity::Uncommitted)
        .collect();
    let count = Count::new(&rules, &committed);
    let Sums { derived, not_derived } = sums(index, &tag.id, proposition);
    let mut accounts = Accounts::new(index);
    let mut question = Question {
        proposition: tag.clone(),
        standing,
        words: wording(proposition.map(|proposition| &proposition.words), standing),
        asks: proposition.map(|proposition| proposition.proposition_type),
        definition: proposition.is_some_and(|proposition| proposition.proposition_type == PropositionType::Definition),
        excludes: proposition
            .and_then(|proposition| proposition.excludes.as_ref())
            .map(|words| wording(Some(words), standing)),
        about: about(index, proposition, standing),
        varies: rules.varies,
        headline: String::new(),
        affirms: side(&mut accounts, &affirms, limits.stances),
        denies: side(&mut accounts, &denies, limits.stances),
        uncommitted: side(&mut accounts, &uncommitted, limits.stances),
        withheld_answers: index.withheld_answers(&tag.id),
        derived: derived.into_iter().map(Fact::computed).collect(),
        not_derived,
        pair_count: count.pairs,
        tally: count.tally(),
        counts_exact: count.exact,
        pairs: count
            .first(limits.pairs)
            .iter()
            .map(|(a, b)| pair(&rules, &mut accounts, a, b))
            .collect(),
        rival_readings: rival_readings(index, &rules, &committed, limits.stances),
        no_commitment: uncommitted
            .iter()
            .filter(|_| !committed.is_empty())
            .take(limits.stances)
            .map(|held| Fact::computed(no_commitment(&mut accounts, held)))
            .collect(),
        parallel: parallel(&rules, &mut accounts, &committed, limits.stances),
    };
    question.headline = headline(&question, index.entries.len());
    question
}

/// The accounts of a question, each made once.
pub struct Accounts<'i, 'a> {
    pub index: &'i Index<'a>,
    made: BTreeMap<usize, Account>,
}

impl<'i, 'a> Accounts<'i, 'a> {
    pub fn new(index: &'i Index<'a>) -> Accounts<'i, 'a> {
        let made = BTreeMap::new();
        Accounts { index, made }
    }

    fn make(&mut self, place: usize) {
        let statement = || {
            self.index
                .statement(place)
                .expect("only statements that take part have stances")
        };
        self.made
            .entry(place)
            .or_insert_with(|| Account::new(self.index, place, statement()));
    }

    fn one(&mut self, place: usize) -> &Account {
        self.make(place);
        &self.made[&place]
    }

    fn two(&mut self, a: usize, b: usize) -> (&Account, &Account) {
        self.make(a);
        self.make(b);
        (&self.made[&a], &self.made[&b])
    }
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

/// The words of a question, or what stands in their place.
pub fn words_of(index: &Index<'_>, question: &RecordId) -> QuestionWords {
    let found = index.proposition(question);
    wording(
        found.map(|(_, body)| &body.words),
        found.map(|(entry, _)| entry.standing),
    )
}

fn wording(words: Option<&Position<Wording>>, standing: Option<Standing>) -> QuestionWords {
    match (words.map(Position::value), standing) {
        (None, _) => QuestionWords::NotAmongTheRecords,
        (Some(Some(words)), _) => QuestionWords::Held {
            text: words.text.clone(),
        },
        (Some(None), Some(Standing::Erased)) => QuestionWords::Erased,
        (Some(None), _) => QuestionWords::Withheld,
    }
}

fn about(index: &Index<'_>, proposition: Option<&Proposition>, standing: Option<Standing>) -> Vec<String> {
    let Some(about) = proposition.and_then(|proposition| proposition.about.as_ref()) else {
        return Vec::new();
    };
    match (about.value(), standing) {
        (Some(items), _) => items.iter().map(|item| index.names.scope_item(item)).collect(),
        (None, standing) => vec![format!("[{}]", missing(standing.unwrap_or(Standing::Withheld)))],
    }
}

fn side(accounts: &mut Accounts<'_, '_>, stances: &[&Held<'_>], limit: usize) -> Side {
    let index = accounts.index;
    let mut statements: Vec<usize> = stances.iter().map(|held| held.statement).collect();
    statements.dedup();
    let grouped = index.ties.accounts(index, &statements);
    let several = grouped.iter().filter(|texts| texts.len() > 1).take(limit);
    let not_asserted = |held: &&&Held<'_>| Commitment::held(index, held) != Commitment::Asserts;
    let mut reserved: Vec<usize> = stances.iter().filter(not_asserted).map(|held| held.statement).collect();
    reserved.dedup();
    Side {
        accounts: grouped.len(),
        statements: statements.len(),
        stances: stances.len(),
        not_asserted: reserved.len(),
        several_texts: several.map(|texts| several_texts(index, texts)).collect(),
        shown: stances.iter().take(limit).map(|held| stand(accounts, held)).collect(),
    }
}

fn several_texts(index: &Index<'_>, texts: &[usize]) -> SeveralTexts {
    let tag = |place: &usize| index.entries[*place].tag.clone();
    let links = index.ties.joining(index, texts);
    SeveralTexts {
        texts: texts.iter().map(tag).collect(),
        links: links
            .iter()
            .map(|relation| tag(&index.relations[*relation].0))
            .collect(),
    }
}

pub fn stand(accounts: &mut Accounts<'_, '_>, held: &Held<'_>) -> Stand {
    let index = accounts.index;
    let stance = held.stance;
    // By name: ids are random, and would put equal cases in different orders.
    let mut scope: Vec<String> = stance.scope.iter().map(|item| index.names.scope_item(item)).collect();
    scope.sort();
    scope.dedup();
    Stand {
        account: accounts.one(held.statement).clone(),
        polarity: stance.polarity,
        certainty: stance.certainty,
        modality: stance.modality,
        asserted: Commitment::held(index, held) == Commitment::Asserts,
        value: stance.value.as_ref().map(|value| ValueShown {
            value: value.clone(),
            words: value.to_string(),
        }),
        over: stance.over.as_ref().map(|over| OverShown {
            edtf: over.edtf.clone(),
            extent: over.extent,
            words: over_words(over),
        }),
        scope,
        according_to: stance.according_to.iter().map(|who| index.names.of(who)).collect(),
        read_by: readers(index, held),
    }
}

fn readers(index: &Index<'_>, held: &Held<'_>) -> Vec<Reader> {
    let reader = |reader: &super::index::HeldReader<'_>| Reader {
        who: index.asserted_by(reader.record),
        record: index.entries[reader.record].tag.clone(),
        standing: index.entries[reader.record].standing,
        note: reader.note.map(str::to_owned),
    };
    held.readers().map(reader).collect()
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
        let record = index.entries[party.held.statement].record;
        settled_by.extend(settle::of_account(party.account, record, Some(party.held.stance)));
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

fn rival_readings(index: &Index<'_>, rules: &Rules<'_, '_>, stances: &[&Held<'_>], limit: usize) -> Vec<RivalReading> {
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

/// What a stance says of its question in a word or two: "affirms it", "gives 7 years".
pub fn says(stance: &crate::record::Stance) -> String {
    match (stance.polarity, &stance.value) {
        (Polarity::Affirms, Some(value)) => format!("gives {value}"),
        (Polarity::Denies, Some(value)) => format!("says that it is not {value}"),
        (Polarity::Affirms, None) => "affirms it".to_owned(),
        (Polarity::Denies, None) => "denies it".to_owned(),
        (Polarity::Uncommitted, _) => "does not say".to_owned(),
    }
}

/// Stances of one side about two parties that somebody says are one: rule I2.
fn parallel<'a>(
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

fn headline(question: &Question, searched: usize) -> String {
    let (affirms, denies) = (question.affirms.accounts, question.denies.accounts);
    let valued = matches!(question.asks, Some(PropositionType::Quantity | PropositionType::Time));
    let accounts = |side: &Side, one: &str, more: &str| {
        let number = match side.accounts {
            0 => format!("none {one}"),
            1 => format!("1 {one}"),
            count => format!("{count} {more}"),
        };
        match side.not_asserted {
            0 => number,
            some => format!("{number} ({some} without asserting it)"),
        }
    };
    let silent = match question.uncommitted.accounts {
        0 => String::new(),
        1 => ", 1 does not say".to_owned(),
        count => format!(", {count} do not say"),
    };
    let (gives, denied) = match valued {
        true => (
            ("gives an answer", "give one"),
            ("says what it is not", "say what it is not"),
        ),
        false => (("affirms", "affirm"), ("denies", "deny")),
    };
    let sides = match (valued, denies) {
        (true, 0) => accounts(&question.affirms, gives.0, gives.1),
        _ => format!(
            "{}, {}",
            accounts(&question.affirms, gives.0, gives.1),
            accounts(&question.denies, denied.0, denied.1)
        ),
    };
    let mut headline = format!("Of the accounts, {sides}{silent}.");
    let absent = match (affirms, denies) {
        (0, 0) => Some("An answer"),
        _ if valued => None,
        (0, _) => Some("An affirmation"),
        (_, 0) => Some("A denial"),
        _ => None,
    };
    if let Some(absent) = absent {
        headline.push_str(&format!(
            " {absent} was not found in the {searched} records searched. This does not show that it was not said."
        ));
    }
    let least = if question.counts_exact { "" } else { "at least " };
    let tally: Vec<String> = question
        .tally
        .iter()
        .map(|tally| format!("{least}{} {}", tally.pairs, tally.code))
        .collect();
    match question.pair_count {
        0 => {}
        1 => headline.push_str(&format!(
            " The opposed pair's strongest reading: {}.",
            question.tally.first().map_or("", |tally| tally.code.as_str())
        )),
        pairs => headline.push_str(&format!(
            " {pairs} opposed pairs, by strongest reading: {}.",
            tally.join(", ")
        )),
    }
    if !question.rival_readings.is_empty() {
        headline.push_str(" One statement or more is read in opposite ways by different people.");
    }
    headline
}
