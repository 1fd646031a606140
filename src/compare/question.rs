//! One question: who stands where on it, and what each opposed pair may mean.

use serde::Serialize;

use crate::record::{Certainty, Over, Polarity, Position, Proposition, PropositionType, Statement, Wording};
use crate::time::{Edtf, Extent};

use super::account::Account;
use super::index::{Held, Index};
use super::opposed::{self, Party, Rules};
use super::pairs::{Count, MAX_SHAPE_PAIRS, for_each_within_one_statement};
use super::provenance::QuestionProvenance;
use super::reading::{Code, Reading, Settlement, Settles};
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
    pub no_commitment: Vec<Reading>,
    /// What the declared links say of it.
    #[serde(flatten)]
    pub provenance: QuestionProvenance,
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
    /// How many statements do.
    pub accounts: usize,
    /// How many stances they take: one statement may take several.
    pub stances: usize,
    /// The stances, by label, up to the limit.
    pub shown: Vec<Stand>,
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
    /// Over what time it speaks, in words.
    pub over: Option<String>,
    /// The account in a clause.
    pub clause: String,
}

/// Two opposed stances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The one that affirms.
    pub affirms: StandRef,
    /// The one that denies.
    pub denies: StandRef,
    /// What the two may mean, strongest first; what a person asserts comes last.
    pub readings: Vec<Reading>,
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
    /// Who reads it as affirming.
    pub affirms_read_by: Vec<Reader>,
    /// Who reads it as denying.
    pub denies_read_by: Vec<Reader>,
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
    let rules = Rules::of(proposition);
    let stances = index.stances_on(&tag.id);
    let of = |polarity| -> Vec<&Held<'_>> { stances.iter().filter(|held| held.stance.polarity == polarity).collect() };
    let (affirms, denies, uncommitted) = (of(Polarity::Affirms), of(Polarity::Denies), of(Polarity::Uncommitted));
    let count = Count::new(&rules, &affirms, &denies);
    let committed = affirms.len() + denies.len() > 0;
    let withheld_answers = index.withheld_answers(&tag.id);
    let side = |stances: &[&Held<'_>]| side(index, stances, limits.stances);
    let mut question = Question {
        proposition: tag.clone(),
        standing,
        words: wording(proposition.map(|proposition| &proposition.words), standing),
        definition: proposition.is_some_and(|proposition| proposition.proposition_type == PropositionType::Definition),
        excludes: proposition
            .and_then(|proposition| proposition.excludes.as_ref())
            .map(|words| wording(Some(words), standing)),
        about: about(index, proposition, standing),
        varies: rules.varies,
        headline: String::new(),
        affirms: side(&affirms),
        denies: side(&denies),
        uncommitted: side(&uncommitted),
        withheld_answers,
        pair_count: count.pairs,
        tally: count.tally(),
        counts_exact: count.exact,
        pairs: count
            .first(limits.pairs)
            .iter()
            .map(|(a, d)| pair(index, &rules, a, d))
            .collect(),
        rival_readings: rival_readings(index, &affirms, &denies, limits.stances),
        no_commitment: uncommitted
            .iter()
            .filter(|_| committed)
            .take(limits.stances)
            .map(|held| no_commitment(index, held))
            .collect(),
        provenance: QuestionProvenance::default(),
    };
    question.headline = headline(&question, index.entries.len());
    question
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

fn side(index: &Index<'_>, stances: &[&Held<'_>], limit: usize) -> Side {
    let mut statements: Vec<usize> = stances.iter().map(|held| held.statement).collect();
    statements.dedup();
    Side {
        accounts: statements.len(),
        stances: stances.len(),
        shown: stances.iter().take(limit).map(|held| stand(index, held)).collect(),
    }
}

fn statement<'a>(index: &Index<'a>, held: &Held<'_>) -> &'a Statement {
    index
        .statement(held.statement)
        .expect("only statements that take part have stances")
}

fn account(index: &Index<'_>, held: &Held<'_>) -> Account {
    Account::new(index, held.statement, statement(index, held))
}

fn stand(index: &Index<'_>, held: &Held<'_>) -> Stand {
    let stance = held.stance;
    // By name: ids are random, and would put equal cases in different orders.
    let mut scope: Vec<String> = stance.scope.iter().map(|item| index.names.scope_item(item)).collect();
    scope.sort();
    scope.dedup();
    Stand {
        account: account(index, held),
        polarity: stance.polarity,
        certainty: stance.certainty,
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
        who: reader.who.clone(),
        record: index.entries[reader.record].tag.clone(),
        standing: index.entries[reader.record].standing,
        note: reader.note.map(str::to_owned),
    };
    held.readers.iter().map(reader).collect()
}

fn pair(index: &Index<'_>, rules: &Rules<'_>, affirms: &Held<'_>, denies: &Held<'_>) -> Pair {
    let accounts = (account(index, affirms), account(index, denies));
    let a = Party {
        held: affirms,
        account: &accounts.0,
    };
    let d = Party {
        held: denies,
        account: &accounts.1,
    };
    let mut readings = opposed::readings(index, rules, &a, &d);
    readings.extend(super::link::asserted_between(
        index,
        affirms.statement,
        denies.statement,
    ));
    let mut settled_by = Vec::new();
    for party in [&a, &d] {
        let record = index.entries[party.held.statement].record;
        settled_by.extend(settle::of_account(party.account, record, Some(party.held.stance)));
    }
    settled_by.dedup();
    let stand_ref = |party: &Party<'_, '_>| StandRef {
        statement: party.account.statement.clone(),
        speaker: party.account.speaker.clone(),
        over: party.held.stance.over.as_ref().map(over_words),
        clause: party.account.clause(party.held.stance.polarity),
    };
    Pair {
        affirms: stand_ref(&a),
        denies: stand_ref(&d),
        readings,
        bearing: opposed::bearing(index, &a, &d),
        settled_by,
    }
}

fn no_commitment(index: &Index<'_>, held: &Held<'_>) -> Reading {
    let account = account(index, held);
    let party = Party {
        held,
        account: &account,
    };
    let label = &account.statement;
    let mut reading = Reading::fact(Code::NoCommitment, vec![label.clone()]);
    reading.reasons.push(format!(
        "{label}, by {}, neither affirms nor denies it. It is counted for neither side.",
        account.speaker
    ));
    reading.reasons.extend(opposed::reservations(index, &party));
    reading.settled_by.push(Settlement {
        what: Settles::Answer,
        words: format!("An answer of {} to the question itself.", account.speaker),
    });
    reading
}

fn rival_readings(index: &Index<'_>, affirms: &[&Held<'_>], denies: &[&Held<'_>], limit: usize) -> Vec<RivalReading> {
    let mut found = Vec::new();
    let mut examined = 0;
    for_each_within_one_statement(affirms, denies, |affirms, denies| {
        for affirm in affirms {
            for deny in denies {
                examined += 1;
                if found.len() == limit || examined > MAX_SHAPE_PAIRS {
                    return;
                }
                if affirm.is_rival_reading(deny) {
                    found.push(RivalReading {
                        statement: index.entries[affirm.statement].tag.clone(),
                        affirms_read_by: readers(index, affirm),
                        denies_read_by: readers(index, deny),
                    });
                }
            }
        }
    });
    found
}

fn headline(question: &Question, searched: usize) -> String {
    let (affirms, denies) = (question.affirms.accounts, question.denies.accounts);
    let accounts = |count: usize, one: &str, more: &str| match count {
        0 => format!("none {one}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {more}"),
    };
    let silent = match question.uncommitted.accounts {
        0 => String::new(),
        1 => ", 1 does not say".to_owned(),
        count => format!(", {count} do not say"),
    };
    let mut headline = format!(
        "Of the accounts, {}, {}{silent}.",
        accounts(affirms, "affirms", "affirm"),
        accounts(denies, "denies", "deny")
    );
    let absent = match (affirms, denies) {
        (0, 0) => Some("An answer"),
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
