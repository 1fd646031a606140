//! Whether two accounts depend on each other, as far as the records show.
//!
//! ```text
//! S02 and S06: dependent   speaker: both begin with Ann
//!                          publisher: both were published by Gazette
//! ```
//!
//! Three answers (spec/provenance.md, "Independence"). `dependent`: something is shared, and
//! each thing that is shared is named. `unknown`: nothing shared was found, which is not
//! independence. `independent`: a person says so, and nothing shared was found. What the
//! program does not do: infer independence from anything.

use serde::Serialize;

use crate::record::{ExhibitId, PartyId, Reference, RelationKind, Scope};

use super::super::index::{Held, Index};
use super::super::said::Said;
use super::super::who::Who;
use super::super::{RecordTag, link};
use super::path::Way;
use super::text::{Words, shared_words};
use super::ties::Ties;

/// The most accounts of one question between which independence is worked out.
pub const MAX_ACCOUNTS_MATCHED: usize = 12;

/// The answer of two accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Something is shared.
    Dependent,
    /// Nothing shared was found, and nobody says that they are independent.
    Unknown,
    /// A person says so, and nothing shared was found.
    Independent,
}

impl Verdict {
    /// The word as it is written in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Dependent => "dependent",
            Verdict::Unknown => "unknown",
            Verdict::Independent => "independent",
        }
    }
}

/// What two accounts may share: a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SharedKind {
    /// Whoever the words begin with.
    Speaker,
    /// Somebody who passed words on in both, or in one what the other began.
    Relayer,
    /// Whoever both came from last.
    Publisher,
    /// Whoever translated both.
    Translator,
    /// Whoever controlled the channel of both.
    Channel,
    /// Bytes that both rest on.
    Exhibit,
    /// A run of the same words.
    Text,
    /// A link by which one rests on the other's text.
    Link,
    /// A key that signed both as one who spoke, conveyed or published.
    Key,
    /// People in each whom somebody ties to each other.
    Tie,
    /// People in each of whom somebody says that they are one.
    SameAs,
}

/// One thing that two accounts share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SharedNode {
    /// What sort of thing.
    pub what: SharedKind,
    /// Whom it is, where it is somebody.
    pub who: Vec<Who>,
    /// Which exhibits, where it is these. Their ids are salted anew in each archive, so that the
    /// sentence does not have them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exhibits: Vec<ExhibitId>,
    /// In a sentence.
    pub words: String,
}

/// One thing by which a person ties two accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tied {
    /// What sort of thing.
    pub what: SharedKind,
    /// Whose word it is.
    pub said: Said,
    /// Whom it ties, where it ties people.
    pub who: Vec<Who>,
    /// In a sentence.
    pub words: String,
}

/// Somebody's word that two accounts are independent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asserted {
    /// Whose word it is.
    pub said: Said,
    /// In a sentence.
    pub words: String,
}

/// Two accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PairIndependence {
    /// The one.
    pub a: RecordTag,
    /// The other.
    pub b: RecordTag,
    /// The answer.
    pub verdict: Verdict,
    /// Everything that they share, as anyone can recompute.
    pub shared: Vec<SharedNode>,
    /// Everything by which persons tie them.
    pub tied: Vec<Tied>,
    /// Why it is unknown, in sentences.
    pub unknown_because: Vec<String>,
    /// Who says that they are independent. It stands beside what is shared and does not
    /// outweigh it.
    pub asserted: Vec<Asserted>,
    /// Who signed both records merely as their recorder. It ties the records and not the
    /// accounts, and is no reason for the answer.
    pub recorded_by: Vec<Who>,
}

/// The independence of the accounts of a question, two by two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Independence {
    /// The accounts that are matched, by label.
    pub accounts: Vec<RecordTag>,
    /// How many more there are.
    pub accounts_left_out: usize,
    /// Each two of them, in the order of `accounts`.
    pub pairs: Vec<PairIndependence>,
}

/// One account, ready to be matched with others.
pub struct Matched<'a> {
    pub way: Way<'a>,
    words: Words,
    controllers: Vec<PartyId>,
    translator: Option<PartyId>,
}

impl<'a> Matched<'a> {
    pub fn new(index: &Index<'a>, way: Way<'a>) -> Option<Matched<'a>> {
        let statement = index.statement(way.statement)?;
        let circumstances = statement.circumstances.value();
        let mut controllers: Vec<PartyId> = circumstances
            .and_then(|circumstances| circumstances.channel_controlled_by.as_ref()?.party())
            .into_iter()
            .collect();
        for call in statement.relay.iter().filter_map(|hop| hop.call.as_ref()) {
            let line = call.line_controlled_by.as_ref().and_then(|line| line.value()?.party());
            controllers.extend(line);
        }
        Some(Matched {
            words: Words::of(statement),
            controllers,
            translator: statement.translator.as_ref().and_then(|who| who.value()?.party()),
            way,
        })
    }
}

/// The independence of the accounts of a question.
pub fn independence<'a>(index: &Index<'a>, ties: &Ties, stances: &[&Held<'a>]) -> Independence {
    let mut ways: Vec<Way<'a>> = Vec::new();
    let mut accounts = 0;
    let mut last = None;
    for held in stances {
        if last == Some(held.statement) {
            continue;
        }
        last = Some(held.statement);
        accounts += 1;
        if ways.len() < MAX_ACCOUNTS_MATCHED {
            ways.extend(Way::of_stance(index, held));
        }
    }
    matrix(index, ties, ways, accounts)
}

/// The independence of ways, each of another statement. `accounts` is how many there are
/// in all.
pub fn matrix<'a>(index: &Index<'a>, ties: &Ties, ways: Vec<Way<'a>>, accounts: usize) -> Independence {
    let ways = ways.into_iter().take(MAX_ACCOUNTS_MATCHED);
    let mut matched: Vec<Matched<'a>> = ways.filter_map(|way| Matched::new(index, way)).collect();
    matched.sort_by_key(|one| one.way.statement);
    let mut pairs = Vec::new();
    for (place, a) in matched.iter().enumerate() {
        pairs.extend(matched[place + 1..].iter().map(|b| between(index, ties, a, b)));
    }
    let tag = |one: &Matched<'_>| index.entries[one.way.statement].tag.clone();
    Independence {
        accounts: matched.iter().map(tag).collect(),
        accounts_left_out: accounts.saturating_sub(matched.len()),
        pairs,
    }
}

fn between(index: &Index<'_>, ties: &Ties, a: &Matched<'_>, b: &Matched<'_>) -> PairIndependence {
    let mut shared = shared_people(index, a, b);
    shared.extend(shared_things(index, a, b));
    let tied = tied(index, ties, a, b);
    let (one, other) = (&index.entries[a.way.statement], &index.entries[b.way.statement]);
    let asserted: Vec<Asserted> = ties
        .said_to_be_independent(index, &ends(index, a), &ends(index, b))
        .into_iter()
        .map(|place| asserted(index, place))
        .collect();
    let verdict = match (shared.is_empty() && tied.is_empty(), asserted.is_empty()) {
        (false, _) => Verdict::Dependent,
        (true, true) => Verdict::Unknown,
        (true, false) => Verdict::Independent,
    };
    let mut unknown_because = Vec::new();
    if verdict == Verdict::Unknown {
        for (entry, matched) in [(one, a), (other, b)] {
            if matched.way.is_open() {
                unknown_because.push(format!(
                    "Not everybody on the way of {} is identified: whoever it is may be on the way of the other.",
                    entry.tag
                ));
            }
        }
        unknown_because
            .push("Nothing shared was found in what is recorded. That does not show independence.".to_owned());
    }
    let signers = |entry: &super::super::index::Entry<'_>| -> Vec<PartyId> {
        entry.record.common.signers.iter().map(|signer| signer.party).collect()
    };
    let others = signers(other);
    let mut recorders: Vec<PartyId> = signers(one)
        .into_iter()
        .filter(|party| others.contains(party))
        .collect();
    recorders.dedup();
    PairIndependence {
        a: one.tag.clone(),
        b: other.tag.clone(),
        verdict,
        shared,
        tied,
        unknown_because,
        asserted,
        recorded_by: recorders.into_iter().map(|party| index.names.party(party)).collect(),
    }
}

/// By what a person may mean this account.
fn ends(index: &Index<'_>, matched: &Matched<'_>) -> Vec<Reference> {
    let statement = Reference::Record(index.entries[matched.way.statement].tag.id);
    let origin = matched.way.origin().party().map(Reference::Party);
    [Some(statement), origin].into_iter().flatten().collect()
}

fn asserted(index: &Index<'_>, place: usize) -> Asserted {
    let said = Said::of(index, place);
    Asserted {
        words: format!("That they are independent is asserted, {said}."),
        said,
    }
}

fn fact(what: SharedKind, who: Vec<Who>, words: String) -> SharedNode {
    let exhibits = Vec::new();
    SharedNode {
        what,
        who,
        exhibits,
        words,
    }
}

/// The people who are on both ways, each once.
fn shared_people(index: &Index<'_>, a: &Matched<'_>, b: &Matched<'_>) -> Vec<SharedNode> {
    let mut shared = Vec::new();
    let (one, other) = (&index.entries[a.way.statement].tag, &index.entries[b.way.statement].tag);
    let mut seen = Vec::new();
    for party in a.way.parties() {
        if seen.contains(&party) || !b.way.parties().any(|other| other == party) {
            continue;
        }
        seen.push(party);
        let who = index.names.party(party);
        let is = |end: Option<PartyId>| end == Some(party);
        let begins = (is(a.way.origin().party()), is(b.way.origin().party()));
        let publishes = (is(a.way.publisher().party()), is(b.way.publisher().party()));
        let (what, words) = match (begins, publishes) {
            ((true, true), (true, true)) => (
                SharedKind::Speaker,
                format!("Both are {who}’s own words, published by {who}."),
            ),
            ((true, true), _) => (SharedKind::Speaker, format!("Both begin with {who}.")),
            (_, (true, true)) => (SharedKind::Publisher, format!("Both were published by {who}.")),
            ((true, false), _) => (
                SharedKind::Relayer,
                format!("{one} begins with {who}, who passed {other} on."),
            ),
            ((false, true), _) => (
                SharedKind::Relayer,
                format!("{other} begins with {who}, who passed {one} on."),
            ),
            _ => (SharedKind::Relayer, format!("{who} passed both on.")),
        };
        shared.push(fact(what, vec![who], words));
    }
    let mut also = |what, party: PartyId, words: &str| {
        let who = index.names.party(party);
        let words = format!("{who} {words}");
        shared.push(fact(what, vec![who], words));
    };
    if let (Some(party), true) = (a.translator, a.translator == b.translator) {
        also(SharedKind::Translator, party, "translated both.");
    }
    for party in &a.controllers {
        if b.controllers.contains(party) {
            also(SharedKind::Channel, *party, "controlled the channel of both.");
        }
    }
    shared.sort_by_key(|shared| shared.what);
    shared.dedup();
    shared
}

/// Whether a signer of this capacity signs as part of the way of the words, and not only
/// of the record.
fn on_the_way(scope: Scope) -> bool {
    matches!(scope, Scope::Spoke | Scope::ConveysOnBehalfOf | Scope::Publishes)
}

/// Exhibits, words and keys that are in both.
fn shared_things(index: &Index<'_>, a: &Matched<'_>, b: &Matched<'_>) -> Vec<SharedNode> {
    let mut shared = Vec::new();
    let (one, other) = (&index.entries[a.way.statement], &index.entries[b.way.statement]);
    let both = |exhibit: &&ExhibitId| other.record.exhibits().contains(exhibit);
    let exhibits: Vec<ExhibitId> = one.record.exhibits().iter().filter(both).copied().collect();
    if !exhibits.is_empty() {
        let words = match exhibits.len() {
            1 => "Both rest on one exhibit.".to_owned(),
            several => format!("Both rest on the same {several} exhibits."),
        };
        shared.push(SharedNode {
            exhibits,
            ..fact(SharedKind::Exhibit, Vec::new(), words)
        });
    }
    if let Some(words) = shared_words(&a.words, &b.words) {
        let words = format!("Both have the words “{words}”.");
        shared.push(fact(SharedKind::Text, Vec::new(), words));
    }
    for signer in &one.record.common.signers {
        let same = |theirs: &&crate::record::SignerDeclaration| {
            theirs.key == signer.key
                && theirs.asserts.iter().copied().any(on_the_way)
                && signer.asserts.iter().copied().any(on_the_way)
        };
        if other.record.common.signers.iter().any(|theirs| same(&theirs)) {
            let who = index.names.party(signer.party);
            let words = format!("One key signed both as one who spoke, conveyed or published: that of {who}.");
            shared.push(fact(SharedKind::Key, vec![who], words));
        }
    }
    shared
}

/// Links by which persons tie the accounts, or people on their ways.
fn tied(index: &Index<'_>, ties: &Ties, a: &Matched<'_>, b: &Matched<'_>) -> Vec<Tied> {
    let mut tied = Vec::new();
    for place in ties.texts(a.way.statement, b.way.statement) {
        let (_, relation) = index.relations[*place];
        let from_a = index.reference(&relation.from) == Some(a.way.statement);
        let (from, to) = if from_a { (a, b) } else { (b, a) };
        let tag = |one: &Matched<'_>| index.entries[one.way.statement].tag.clone();
        let outer = match relation.relation {
            RelationKind::Carries => ": the outer layer of a report is no second source",
            _ => "",
        };
        let said = Said::of(index, *place);
        let verb = link::verb(relation.relation);
        tied.push(Tied {
            what: SharedKind::Link,
            who: Vec::new(),
            words: format!("{} {verb} {}{outer}, {said}.", tag(from), tag(to)),
            said,
        });
    }
    if !ties.ties_people() {
        return tied;
    }
    let mut seen = Vec::new();
    for one in a.way.parties() {
        for other in b.way.parties() {
            for place in ties.people(one, other) {
                if seen.contains(place) {
                    continue;
                }
                seen.push(*place);
                tied.push(tied_people(index, *place, one, other));
            }
        }
    }
    tied
}

fn tied_people(index: &Index<'_>, place: usize, one: PartyId, other: PartyId) -> Tied {
    let (_, relation) = index.relations[place];
    let who = vec![index.names.party(one), index.names.party(other)];
    let note = relation.note.as_ref().and_then(|note| note.value());
    let note = note.map(|note| format!(" (“{note}”)")).unwrap_or_default();
    let said = Said::of(index, place);
    let verb = link::verb(relation.relation);
    Tied {
        what: match relation.relation {
            RelationKind::SameAs => SharedKind::SameAs,
            _ => SharedKind::Tie,
        },
        words: format!("{} {verb} {}{note}, {said}.", who[0], who[1]),
        who,
        said,
    }
}
