//! Who stands on one side of a question: each stance with its account, and how many accounts.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::record::{Certainty, Modality, Over, Polarity, Stance, Value};
use crate::time::{Edtf, Extent};

use super::account::Account;
use super::commitment::Commitment;
use super::index::{Held, HeldReader, Index};
use super::who::Who;
use super::{RecordTag, Standing};

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

/// The time of a stance in words, with its extent.
pub fn over_words(over: &Over) -> String {
    let time = over.edtf.describe();
    match over.extent {
        Extent::Throughout if over.edtf.is_interval() => format!("all of the time {time}"),
        Extent::Throughout => time,
        Extent::Sometime => format!("some time within: {time}"),
    }
}

/// What a stance says of its question in a word or two: "affirms it", "gives 7 years".
pub fn says(stance: &Stance) -> String {
    match (stance.polarity, &stance.value) {
        (Polarity::Affirms, Some(value)) => format!("gives {value}"),
        (Polarity::Denies, Some(value)) => format!("says that it is not {value}"),
        (Polarity::Affirms, None) => "affirms it".to_owned(),
        (Polarity::Denies, None) => "denies it".to_owned(),
        (Polarity::Uncommitted, _) => "does not say".to_owned(),
    }
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

    pub fn one(&mut self, place: usize) -> &Account {
        self.make(place);
        &self.made[&place]
    }

    pub fn two(&mut self, a: usize, b: usize) -> (&Account, &Account) {
        self.make(a);
        self.make(b);
        (&self.made[&a], &self.made[&b])
    }
}

/// Works out one side.
pub fn side(accounts: &mut Accounts<'_, '_>, stances: &[&Held<'_>], limit: usize) -> Side {
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

/// One stance with its account.
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

/// Who reads a statement as taking a stance.
pub fn readers(index: &Index<'_>, held: &Held<'_>) -> Vec<Reader> {
    let reader = |reader: &HeldReader<'_>| Reader {
        who: index.asserted_by(reader.record),
        record: index.entries[reader.record].tag.clone(),
        standing: index.entries[reader.record].standing,
        note: reader.note.map(str::to_owned),
    };
    held.readers().map(reader).collect()
}
