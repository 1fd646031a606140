//! One question: who stands where on it, and what each opposed pair may mean.

use serde::Serialize;

use crate::record::{Polarity, Position, Proposition, PropositionType, RecordId, Wording};

use super::class::Fact;
use super::index::{Held, Index};
use super::pair::{Pair, RivalReading, no_commitment, pair, parallel, rival_readings};
use super::pairs::Count;
use super::provenance::QuestionProvenance;
use super::reading::{Code, Reading};
use super::rules::Rules;
use super::stand::{Accounts, Side, side};
use super::total::{Sum, Sums, sums};
use super::who::missing;
use super::{Limits, RecordTag, Standing};

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

/// How many pairs have one code as their strongest reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The code.
    pub code: Code,
    /// How many pairs.
    pub pairs: usize,
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
        provenance: QuestionProvenance::default(),
        parallel: parallel(&rules, &mut accounts, &committed, limits.stances),
    };
    question.headline = headline(&question, index.entries.len());
    question
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
