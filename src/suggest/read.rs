//! The records of a case, read for the methods, and what these find said of the records.
//!
//! Records that failed verification take no part; a value that is withheld or erased is not looked at. Records are
//! put in the order of their labels first, so that what is found does not depend on the order in which they came.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::{Case, Names, RecordTag, Standing, Who};
use crate::record::{
    Body, PartyId, PartyKind, Passage, Position, PropositionType, Record, RecordId, Reference, RelationKind,
    RosterEntry, Statement,
};
use crate::text::Casing;

use super::content::{Language, matter};
use super::names::{self, Name};
use super::near::{self, NearCopy, Text};
use super::proposed::{PartyShown, Proposed, SentenceShown, StatementShown};
use super::questions::{self, Stems};
use super::slots::{self, Sentence};

/// The most bytes of a text that are shown where all of it would be too much.
const MAX_SHOWN: usize = 2000;

/// The most near-copies that are compared word by word. All are counted.
const MAX_NEAR_COPIES: usize = 10_000;

/// What a method found, how much there is of it, and what it left out.
type Found = (Vec<Proposed>, usize, Vec<String>);

/// A statement that takes part.
struct Said<'a> {
    shown: StatementShown,
    statement: &'a Statement,
    passages: Vec<&'a Passage>,
    /// The passages one after the other, a line each.
    text: String,
}

impl Said<'_> {
    fn language(&self) -> Language {
        Language::of_tag(&self.statement.language)
    }

    fn language_of(&self, passage: &Passage) -> Language {
        passage
            .language
            .as_deref()
            .map_or_else(|| self.language(), Language::of_tag)
    }

    fn stems(&self) -> Stems {
        let of_passage = |passage: &&Passage| matter(&passage.text, self.language_of(passage)).into_keys();
        self.passages.iter().flat_map(of_passage).collect()
    }

    fn stems_of_speaker(&self) -> Stems {
        match &self.shown.speaker {
            Who::Party { names, .. } => names
                .iter()
                .flat_map(|name| matter(name, self.language()).into_keys())
                .collect(),
            _ => Stems::new(),
        }
    }
}

/// A party with all that roster records say of it.
#[derive(Default)]
struct Known {
    kind: Option<PartyKind>,
    names: Vec<(String, Casing)>,
    roles: Vec<String>,
    records: Vec<RecordTag>,
}

struct Question<'a> {
    tag: RecordTag,
    words: &'a str,
    language: Language,
}

/// The records of a case, read.
pub struct Reading<'a> {
    pub searched: usize,
    said: Vec<Said<'a>>,
    parties: Vec<(PartyId, Known)>,
    /// Pairs of parties of which somebody said already that they are one; lower id first.
    same: BTreeSet<(PartyId, PartyId)>,
    questions: Vec<Question<'a>>,
    /// Statements with the propositions on which a stance of theirs is recorded.
    stances: BTreeSet<(RecordId, RecordId)>,
}

impl<'a> Reading<'a> {
    pub fn of(case: &Case<'a>) -> Reading<'a> {
        let mut records: Vec<(RecordTag, &'a Record, Standing)> = case
            .records
            .iter()
            .map(|(id, record, standing)| {
                let tag = RecordTag {
                    label: Some(record.common.label.clone()),
                    id: *id,
                };
                (tag, *record, *standing)
            })
            .collect();
        records.sort_by(|a, b| (&a.0, a.2).cmp(&(&b.0, b.2)));
        records.dedup_by(|later, earlier| later.0 == earlier.0);
        let mut reading = Reading {
            searched: records.len(),
            said: Vec::new(),
            parties: Vec::new(),
            same: BTreeSet::new(),
            questions: Vec::new(),
            stances: BTreeSet::new(),
        };
        let names = Names::of_case(case);
        let mut parties: BTreeMap<PartyId, Known> = BTreeMap::new();
        for (tag, record, standing) in records
            .into_iter()
            .filter(|(_, _, standing)| *standing != Standing::Failed)
        {
            match &record.body {
                Body::Statement(statement) => reading.take_statement(tag, statement, standing, &names),
                Body::Proposition(proposition) if proposition.proposition_type == PropositionType::Question => {
                    if let Some(words) = proposition.words.value() {
                        let language = Language::of_tag(words.language.as_deref().unwrap_or("und"));
                        reading.questions.push(Question {
                            tag,
                            words: &words.text,
                            language,
                        });
                    }
                }
                Body::Relation(relation) => match (relation.relation, relation.from) {
                    (RelationKind::Answers, Reference::Record(statement)) => {
                        let among = relation.target.among.iter();
                        reading.stances.extend(among.filter_map(|target| match target {
                            Reference::Record(question) => Some((statement, *question)),
                            Reference::Exhibit(_) | Reference::Party(_) => None,
                        }));
                    }
                    (RelationKind::SameAs, Reference::Party(one)) => {
                        for target in &relation.target.among {
                            if let Reference::Party(other) = target {
                                reading.same.insert((one.min(*other), one.max(*other)));
                            }
                        }
                    }
                    _ => {}
                },
                Body::Roster(RosterEntry::Party {
                    party,
                    party_kind,
                    names,
                    roles,
                }) => {
                    let known = parties.entry(*party).or_default();
                    known.kind.get_or_insert(*party_kind);
                    known.records.push(tag);
                    for name in names.iter().filter_map(Position::value) {
                        let casing = Casing::of_language(name.language.as_deref().unwrap_or("und"));
                        if !known.names.iter().any(|(text, _)| *text == name.text) {
                            known.names.push((name.text.clone(), casing));
                        }
                    }
                    for role in roles.iter().filter_map(Position::value) {
                        if !known.roles.contains(&role.text) {
                            known.roles.push(role.text.clone());
                        }
                    }
                }
                _ => {}
            }
        }
        reading.parties = parties
            .into_iter()
            .filter(|(_, known)| !known.names.is_empty())
            .collect();
        // Party ids are random; their records have an order that a person knows.
        reading.parties.sort_by(|a, b| a.1.records[0].cmp(&b.1.records[0]));
        reading
    }

    fn take_statement(&mut self, tag: RecordTag, statement: &'a Statement, standing: Standing, names: &Names) {
        let stances = statement.stances.iter().filter_map(Position::value);
        self.stances.extend(stances.map(|stance| (tag.id, stance.proposition)));
        let passages: Vec<&Passage> = statement.words.iter().filter_map(Position::value).collect();
        let text = passages
            .iter()
            .map(|passage| passage.text.as_str())
            .collect::<Vec<_>>()
            .join("\n");
        let speaker = names.at(&statement.speaker, standing);
        self.said.push(Said {
            shown: StatementShown { record: tag, speaker },
            statement,
            passages,
            text,
        });
    }

    pub fn near_copies(&self, limit: usize) -> Found {
        let text = |said: &'_ Said<'_>| said.language().casing;
        let texts: Vec<Text<'_>> = self
            .said
            .iter()
            .map(|said| Text {
                words: &said.text,
                casing: text(said),
            })
            .collect();
        let found = near::near_copies(&texts, limit.min(MAX_NEAR_COPIES));
        let mut proposed: Vec<Proposed> = found.same.iter().map(|group| self.same_words(group)).collect();
        proposed.extend(found.pairs.iter().map(|pair| self.near_copy(pair)));
        let mut left_out = Vec::new();
        if found.too_short > 0 {
            let fewest = near::FEWEST_WORDS;
            left_out.push(format!(
                "{} with fewer than {fewest} words.",
                counted(found.too_short, "statement")
            ));
        }
        if found.too_long > 0 {
            left_out.push(format!(
                "{} too long to be read as words.",
                counted(found.too_long, "statement")
            ));
        }
        if found.too_common > 0 {
            left_out.push(format!(
                "{} that so many statements have that no pair was proposed by them.",
                counted(found.too_common, "shingle of five words")
            ));
        }
        (proposed, found.same.len() + found.pair_count, left_out)
    }

    fn same_words(&self, group: &[usize]) -> Proposed {
        let first = &self.said[group[0]];
        Proposed::SameWords {
            statements: group.iter().map(|place| self.said[*place].shown.clone()).collect(),
            text: cut(&first.text),
            words: near::count_words(&Text {
                words: &first.text,
                casing: first.language().casing,
            }),
        }
    }

    fn near_copy(&self, pair: &NearCopy) -> Proposed {
        let (shorter, longer) = (&self.said[pair.shorter], &self.said[pair.longer]);
        Proposed::NearCopy {
            shorter: shorter.shown.clone(),
            longer: longer.shown.clone(),
            measure: pair.measure,
            shingles_shared: pair.shingles_shared,
            shingles: pair.shingles,
            in_order: pair.in_order,
            words: pair.words,
            shared: pair
                .runs
                .iter()
                .map(|run| cut(&shorter.text[run.shorter.clone()]))
                .collect(),
            shared_count: pair.run_count,
        }
    }

    pub fn names(&self) -> Found {
        let mut unread = 0;
        // Where a name of a party cannot be compared, its place stays, so that the others keep theirs.
        let mut compared = Vec::new();
        let mut places = Vec::new();
        for (_, known) in &self.parties {
            let names = known.names.iter().map(|(text, casing)| Name::of(text, *casing));
            let names: Vec<(usize, Name)> = names.enumerate().filter_map(|(at, name)| Some((at, name?))).collect();
            unread += known.names.len() - names.len();
            let (at, names): (Vec<usize>, Vec<Name>) = names.into_iter().unzip();
            places.push(at);
            compared.push(names);
        }
        let found = names::alike(&compared);
        let shown = |party: usize, name: usize| {
            let (id, known) = &self.parties[party];
            PartyShown {
                party: *id,
                name: known.names[places[party][name]].0.clone(),
                names: known.names.iter().map(|(text, _)| text.clone()).collect(),
                roles: known.roles.clone(),
                records: known.records.clone(),
            }
        };
        let id = |party: usize| self.parties[party].0;
        let is_new = |one: usize, other: usize| !self.same.contains(&(id(one).min(id(other)), id(one).max(id(other))));
        let kind = |party: usize| self.parties[party].1.kind.filter(|kind| *kind != PartyKind::NotStated);
        // An organisation and a group of its members have like names. Where the name is the same, a person looks.
        let of_a_kind = |pair: &&names::Alike| match (kind(pair.one), kind(pair.other)) {
            (Some(one), Some(other)) => one == other || pair.likeness == names::Likeness::SameName,
            _ => true,
        };
        let alike: Vec<&names::Alike> = found.pairs.iter().filter(of_a_kind).collect();
        let unlike = found.pairs.len() - alike.len();
        let pairs: Vec<&names::Alike> = alike
            .iter()
            .copied()
            .filter(|pair| is_new(pair.one, pair.other))
            .collect();
        let known = alike.len() - pairs.len();
        let proposed = pairs.into_iter().map(|pair| Proposed::OneParty {
            one: shown(pair.one, pair.names.0),
            other: shown(pair.other, pair.names.1),
            likeness: pair.likeness,
        });
        let mut left_out = Vec::new();
        if known > 0 {
            left_out.push(format!(
                "{} of which a record says already that they are one.",
                counted(known, "pair")
            ));
        }
        if unread > 0 {
            left_out.push(format!("{} without a word, or too long.", counted(unread, "name")));
        }
        if found.too_common > 0 {
            let most = names::MAX_BEARERS;
            left_out.push(format!(
                "{} that more than {most} parties bear.",
                counted(found.too_common, "part of a name")
            ));
        }
        (proposed.collect(), found.pair_count - unlike - known, left_out)
    }

    pub fn questions(&self) -> Found {
        let stems = |text: &str, language: Language| -> Stems { matter(text, language).into_keys().collect() };
        let asked: Vec<Stems> = self
            .questions
            .iter()
            .map(|asked| stems(asked.words, asked.language))
            .collect();
        let said: Vec<Stems> = self.said.iter().map(|said| Self::stems_said(said)).collect();
        let own: Vec<Stems> = self.said.iter().map(|said| Self::stems_of_words(said)).collect();
        // That somebody speaks at all says nothing of what they speak of: a word that is not of their name is shared.
        let is_open = |question: usize, statement: usize| {
            let ids = (self.said[statement].shown.record.id, self.questions[question].tag.id);
            !self.stances.contains(&ids) && !asked[question].is_disjoint(&own[statement])
        };
        let found = questions::may_speak_to(&asked, &said, is_open);
        let proposed = found.pairs.iter().map(|pair| {
            let (question, statement) = (&self.questions[pair.question], &self.said[pair.statement]);
            Proposed::SpeaksTo {
                statement: statement.shown.clone(),
                question: question.tag.clone(),
                asks: cut(question.words),
                shared: pair.shared.clone(),
                of: pair.of,
            }
        });
        (proposed.collect(), found.pair_count, Vec::new())
    }

    /// The stems of a statement's words and of its speaker's name, for "I" is the speaker.
    fn stems_said(said: &Said<'_>) -> Stems {
        let mut stems = said.stems();
        if !stems.is_empty() {
            stems.extend(said.stems_of_speaker());
        }
        stems
    }

    /// The stems of a statement's words, without its speaker's name.
    fn stems_of_words(said: &Said<'_>) -> Stems {
        said.stems().difference(&said.stems_of_speaker()).cloned().collect()
    }

    pub fn slots(&self) -> Found {
        let mut sentences: Vec<Sentence> = Vec::new();
        let mut groups = Vec::new();
        let mut texts = Vec::new();
        let mut left_out = 0;
        for (place, said) in self.said.iter().enumerate() {
            for passage in &said.passages {
                let language = said.language_of(passage);
                let room = slots::MAX_SENTENCES - sentences.len();
                let (first, more) = slots::sentences_of(&passage.text, language, room);
                left_out += more;
                for (sentence, span) in first {
                    sentences.push(sentence);
                    groups.push(place);
                    texts.push(&passage.text[span]);
                }
            }
        }
        let found = slots::slot_conflicts(&sentences, &groups);
        let shown = |sentence: usize| SentenceShown {
            statement: self.said[groups[sentence]].shown.clone(),
            text: cut(texts[sentence]),
        };
        let proposed = found.pairs.iter().map(|pair| Proposed::MayDiffer {
            first: shown(pair.first),
            second: shown(pair.second),
            slots: pair.slots.clone(),
            shared: pair.shared.clone(),
            of: pair.of,
        });
        let left_out = match left_out + found.left_out {
            0 => Vec::new(),
            some => vec![format!(
                "{} beyond the first {}.",
                counted(some, "sentence"),
                slots::MAX_SENTENCES
            )],
        };
        (proposed.collect(), found.pair_count, left_out)
    }
}

/// "1 statement", "2 statements".
fn counted(number: usize, of_what: &str) -> String {
    match (number, of_what.split_once(' ')) {
        (1, _) => format!("1 {of_what}"),
        (_, Some((noun, rest))) => format!("{number} {noun}s {rest}"),
        _ => format!("{number} {of_what}s"),
    }
}

/// A text, cut at [`MAX_SHOWN`] bytes with a mark that it goes on.
fn cut(text: &str) -> String {
    if text.len() <= MAX_SHOWN {
        return text.to_owned();
    }
    let end = (0..=MAX_SHOWN).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}…", &text[..end])
}
