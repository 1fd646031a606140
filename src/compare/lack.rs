//! What is not held and would bear on an account, by what sort of source it is.
//!
//! ```text
//! a hop by letter      a sample of the hand of Ann, authenticated   FRE 901(b)(2), (3)   ask Ann
//! a hop by telephone   the record of the call between Ann and Bob   FRE 901(b)(6)        ask Bob, Ann
//! ```
//!
//! Each rule looks at one member of the record (spec/provenance.md, "What would settle it");
//! none knows any case. What people say that they seek stands beside it, as theirs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::{
    Act, AuthorityClaim, Form, Hop, Known, Medium, NotesMade, Position, RecordId, Reference, RelationKind, Statement,
};

use super::RecordTag;
use super::index::Index;
use super::network::path::{End, Node, Way};
use super::said::Said;
use super::who::{self, Who};

/// The most people who are named to be asked for one thing.
const MAX_ASKED: usize = 5;
/// The most records that are named with one thing.
pub const MAX_ABOUT: usize = 20;

/// What sort of thing is not held: a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LackKind {
    /// The whole text of what is summarised, paraphrased or reported.
    FullText,
    /// The words before they were translated.
    OriginalLanguage,
    /// The paper of a letter or of a photographed text.
    PaperOriginal,
    /// A sample of somebody's hand that is known to be theirs.
    HandwritingExemplar,
    /// The record of a call, as a telephone company keeps it.
    CallRecord,
    /// The notes of a call.
    CallNotes,
    /// A record of who visited or called somebody who was detained.
    VisitRecord,
    /// The post as it was published, and whose account it was.
    SocialPost,
    /// A recording or a signed transcript of what was said.
    Recording,
    /// What passed between two hands by means that are not stated.
    Communication,
    /// Who somebody unidentified is.
    Identity,
    /// A record by which one grants another authority to speak.
    GrantOfAuthority,
    /// Of what time an account speaks.
    TimeSpokenOf,
}

/// Something that is not held and would bear on accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lack {
    /// What sort of thing.
    pub what: LackKind,
    /// The thing, in words.
    pub exhibit: String,
    /// The accounts or questions on which it would bear, up to a limit.
    pub about: Vec<RecordTag>,
    /// Whom to ask, as far as anybody is identified.
    pub ask: Vec<Who>,
    /// Why such a thing bears on such an account, by a rule of evidence.
    pub rule: Option<&'static str>,
}

/// Something that a person says would settle it, and seeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sought {
    /// Whose word it is.
    pub said: Said,
    /// The thing, in their words.
    pub exhibit: String,
    /// What it would settle.
    pub about: Vec<RecordTag>,
    /// From whom it is sought.
    pub ask: Vec<Who>,
}

impl Lack {
    /// Adds whom to ask, each once.
    pub(super) fn ask_also(&mut self, people: &[Who]) {
        for who in people {
            if self.ask.len() < MAX_ASKED && !self.ask.contains(who) {
                self.ask.push(who.clone());
            }
        }
    }
}

/// By what two lacks are one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LackKey {
    /// Of one statement.
    Statement(LackKind, usize),
    /// Of somebody.
    Person(LackKind, Node),
    /// Of what passed between two.
    Between(LackKind, Node, Node),
}

/// The lacks of some accounts, each once.
#[derive(Debug, Default)]
pub struct Lacks {
    pub by_key: BTreeMap<LackKey, Lack>,
}

impl Lacks {
    fn add(&mut self, index: &Index<'_>, key: LackKey, statement: usize, make: impl FnOnce() -> Lack) {
        let made = make();
        let lack = self.by_key.entry(key).or_insert_with(|| Lack {
            ask: Vec::new(),
            ..made.clone()
        });
        lack.ask_also(&made.ask);
        let tag = &index.entries[statement].tag;
        if lack.about.len() < MAX_ABOUT && !lack.about.contains(tag) {
            lack.about.push(tag.clone());
        }
    }
}

/// What is lacking of one statement. `found` takes each thing by what makes it one.
pub fn of_statement(index: &Index<'_>, place: usize, found: &mut Lacks) -> Vec<LackKey> {
    let Some(statement) = index.statement(place) else {
        return Vec::new();
    };
    let mut rules = Rules {
        index,
        place,
        statement,
        way: Way::of_statement(place, statement),
        found,
        keys: Vec::new(),
    };
    rules.of_form();
    for (number, hop) in statement.relay.iter().enumerate() {
        rules.of_hop(number, hop);
    }
    rules.of_detention();
    rules.of_people();
    rules.keys
}

/// What is lacking of one statement for a question that can have different answers over time.
pub fn of_time(index: &Index<'_>, place: usize, found: &mut Lacks) -> LackKey {
    let key = LackKey::Statement(LackKind::TimeSpokenOf, place);
    found.add(index, key, place, || {
        let entry = &index.entries[place];
        let speaker = index
            .statement(place)
            .map(|statement| index.names.at(&statement.speaker, entry.standing));
        fact(
            LackKind::TimeSpokenOf,
            format!("of what time {} speaks, in its own words", entry.tag),
            speaker.into_iter().filter(Who::is_identified).collect(),
            None,
        )
    });
    key
}

fn fact(what: LackKind, exhibit: String, ask: Vec<Who>, rule: Option<&'static str>) -> Lack {
    Lack {
        what,
        exhibit,
        about: Vec::new(),
        ask,
        rule,
    }
}

struct Rules<'r, 'a> {
    index: &'r Index<'a>,
    place: usize,
    statement: &'a Statement,
    way: Way<'a>,
    found: &'r mut Lacks,
    keys: Vec<LackKey>,
}

impl Rules<'_, '_> {
    fn add(&mut self, key: LackKey, make: impl FnOnce(&Self) -> Lack) {
        if self.keys.contains(&key) {
            return;
        }
        self.keys.push(key);
        let made = make(self);
        self.found.add(self.index, key, self.place, || made);
    }

    fn who(&self, end: &End<'_>) -> Who {
        self.way.who(self.index, end)
    }

    /// The speaker, or where nobody is identified there the first who is.
    fn asked_first(&self) -> Vec<Who> {
        let identified = self.way.ends.iter().find(|end| end.party().is_some());
        identified.map(|end| self.who(end)).into_iter().collect()
    }

    fn of_form(&mut self) {
        let (place, label) = (self.place, self.index.entries[self.place].tag.clone());
        let does = match self.statement.form {
            Form::Paraphrase => Some("paraphrases"),
            Form::Summary => Some("summarises"),
            Form::ReportedAct => Some("reports"),
            Form::Verbatim | Form::Translation | Form::Silence => None,
        };
        let relayed = self.way.ends.len() > 1;
        if let Some(does) = does.filter(|_| relayed) {
            self.add(LackKey::Statement(LackKind::FullText, place), |rules| {
                let speaker = rules.who(rules.way.origin());
                let exhibit = format!("the full text of what {label} {does}, in the words of {speaker}");
                fact(LackKind::FullText, exhibit, rules.asked_first(), Some("FRE 106"))
            });
        }
        let translated = self.statement.relay.iter().any(|hop| hop.did == Act::Translation);
        if self.statement.form == Form::Translation || self.statement.translator.is_some() || translated {
            self.add(LackKey::Statement(LackKind::OriginalLanguage, place), |rules| {
                let exhibit = format!("the words of {label} in the language in which they were said");
                let translator = rules.statement.translator.as_ref();
                let standing = rules.index.entries[place].standing;
                let translator = translator.map(|who| rules.index.names.at(who, standing));
                let ask = translator.filter(Who::is_identified).map(|who| vec![who]);
                fact(
                    LackKind::OriginalLanguage,
                    exhibit,
                    ask.unwrap_or_else(|| rules.asked_first()),
                    Some("FRE 604"),
                )
            });
        }
        let by_mouth = self
            .statement
            .relay
            .first()
            .is_some_and(|hop| matches!(hop.medium, Medium::InPerson | Medium::NotStated));
        if by_mouth && self.statement.form == Form::Verbatim {
            self.add(LackKey::Statement(LackKind::Recording, place), |rules| {
                let exhibit =
                    format!("a recording, or a transcript signed by whoever heard them, of the words of {label}");
                let heard = rules.way.first_relayer().filter(|end| end.party().is_some());
                let ask = heard.map_or_else(|| rules.asked_first(), |end| vec![rules.who(end)]);
                fact(LackKind::Recording, exhibit, ask, Some("FRE 1002"))
            });
        }
    }

    /// The two ends of a hop as the record refers to them.
    fn ends<'h>(&self, number: usize, hop: &'h Hop) -> [End<'h>; 2] {
        let end = |who: &'h Position<_>, place| {
            let who = who.value();
            let node = match who {
                Some(crate::record::PartyRef::Party(party)) => Node::Party(*party),
                _ => Node::Nobody(self.place, place),
            };
            End { node, who }
        };
        [end(&hop.from, 2 * number + 1), end(&hop.to, 2 * number + 2)]
    }

    fn of_hop(&mut self, number: usize, hop: &Hop) {
        let ends = self.ends(number, hop);
        let between = |kind| LackKey::Between(kind, ends[0].node, ends[1].node);
        let names = [self.who(&ends[0]), self.who(&ends[1])];
        let both = || -> Vec<Who> {
            [&names[1], &names[0]]
                .into_iter()
                .filter(|who| who.is_identified())
                .cloned()
                .collect()
        };
        let label = self.index.entries[self.place].tag.clone();
        match hop.medium {
            Medium::Letter | Medium::Photograph => {
                // A letter is in the hand of whoever it came from; a picture is of a text in
                // the speaker's, unless a letter before it is somebody's.
                let writer = match hop.medium {
                    Medium::Letter => ends[0],
                    _ => *self.way.origin(),
                };
                let letter = self.statement.relay.iter().any(|hop| hop.medium == Medium::Letter);
                if hop.medium == Medium::Letter || !letter {
                    self.add(LackKey::Person(LackKind::HandwritingExemplar, writer.node), |rules| {
                        let hand = rules.who(&writer);
                        let exhibit = format!("a sample of the handwriting of {hand} that is known to be theirs");
                        let ask = [hand].into_iter().filter(Who::is_identified).collect();
                        fact(LackKind::HandwritingExemplar, exhibit, ask, Some("FRE 901(b)(2), (3)"))
                    });
                }
                self.add(LackKey::Statement(LackKind::PaperOriginal, self.place), |rules| {
                    let exhibit = format!("the paper original of {label}, and how it came to whoever had it");
                    let ask = if both().is_empty() {
                        rules.downstream(number)
                    } else {
                        both()
                    };
                    fact(LackKind::PaperOriginal, exhibit, ask, Some("FRE 1002, 1003"))
                });
            }
            Medium::Telephone => {
                self.add(between(LackKind::CallRecord), |rules| {
                    let exhibit = format!(
                        "the record of the calls between {} and {}, by number and time",
                        names[0], names[1]
                    );
                    let mut ask = both();
                    let call = hop.call.as_ref();
                    let line = call.and_then(|call| call.line_controlled_by.as_ref());
                    let standing = rules.index.entries[rules.place].standing;
                    let line = line.map(|who| rules.index.names.at(who, standing));
                    ask.extend(line.filter(Who::is_identified));
                    fact(LackKind::CallRecord, exhibit, ask, Some("FRE 901(b)(5), (6)"))
                });
                let notes = hop.call.as_ref().map_or(NotesMade::NotStated, |call| call.notes);
                if notes != NotesMade::None {
                    self.add(between(LackKind::CallNotes), |_| {
                        let exhibit = format!(
                            "the notes that {} made of the calls with {}, if there are any",
                            names[1], names[0]
                        );
                        let ask = names[1..].iter().filter(|who| who.is_identified()).cloned().collect();
                        fact(LackKind::CallNotes, exhibit, ask, Some("FRE 803(5)"))
                    });
                }
            }
            Medium::SocialPost => self.add(LackKey::Statement(LackKind::SocialPost, self.place), |rules| {
                let exhibit = format!("the post of {label} as it was published, and whose account it was");
                let ask = if both().is_empty() {
                    rules.downstream(number)
                } else {
                    both()
                };
                fact(LackKind::SocialPost, exhibit, ask, Some("FRE 901(b)(4)"))
            }),
            Medium::NotStated | Medium::Message if !both().is_empty() => {
                self.add(between(LackKind::Communication), |_| {
                    let exhibit = format!("what passed from {} to {}, and by what means", names[0], names[1]);
                    fact(LackKind::Communication, exhibit, both(), Some("FRE 805"))
                });
            }
            _ => {}
        }
        let claim = hop
            .authority
            .as_ref()
            .and_then(Position::value)
            .map(|authority| authority.claim);
        if let Some(AuthorityClaim::Claimed | AuthorityClaim::Denied | AuthorityClaim::NotStated) = claim {
            let speaker = *self.way.origin();
            if ends[0].party().is_some() && ends[0].node != speaker.node {
                self.add(
                    LackKey::Between(LackKind::GrantOfAuthority, speaker.node, ends[0].node),
                    |rules| {
                        let grants = rules.who(&speaker);
                        let exhibit = format!("a record in which {grants} lets {} speak for them", names[0]);
                        let ask = [grants].into_iter().filter(Who::is_identified).collect();
                        fact(LackKind::GrantOfAuthority, exhibit, ask, Some("FRE 801(d)(2)(C), (D)"))
                    },
                );
            }
        }
    }

    /// Whoever comes next after a hop and is identified.
    fn downstream(&self, number: usize) -> Vec<Who> {
        let after = self
            .statement
            .relay
            .iter()
            .skip(number)
            .filter_map(|hop| hop.to.value());
        let identified = after
            .filter(|who| who.party().is_some())
            .map(|who| self.index.names.of(who));
        identified.take(1).collect()
    }

    fn of_detention(&mut self) {
        let detained = self.statement.circumstances.value();
        let Some(circumstances) = detained.filter(|circumstances| circumstances.detained == Known::Yes) else {
            return;
        };
        let Some(hop) = self.statement.relay.first() else {
            return;
        };
        if !matches!(hop.medium, Medium::InPerson | Medium::NotStated) {
            return;
        }
        let controller = circumstances.channel_controlled_by.as_ref();
        self.add(
            LackKey::Person(LackKind::VisitRecord, self.way.origin().node),
            |rules| {
                let speaker = rules.who(rules.way.origin());
                let exhibit = format!("the record of visits and calls at the place of detention of {speaker}");
                let mut ask: Vec<Who> = controller.map(|who| rules.index.names.of(who)).into_iter().collect();
                ask.extend(rules.way.first_relayer().map(|end| rules.who(end)));
                ask.retain(Who::is_identified);
                fact(LackKind::VisitRecord, exhibit, ask, Some("FRE 803(6), (8)"))
            },
        );
    }

    fn of_people(&mut self) {
        let label = self.index.entries[self.place].tag.clone();
        let nobody = self.way.ends.iter().filter(|end| end.party().is_none()).count();
        if nobody == 0 {
            return;
        }
        self.add(LackKey::Statement(LackKind::Identity, self.place), |rules| {
            let mut people: Vec<String> = Vec::new();
            let mut after = Vec::new();
            for (place, end) in rules.way.ends.iter().enumerate() {
                if end.party().is_some() {
                    continue;
                }
                people.push(rules.who(end).to_string());
                let next = rules.way.ends[place..].iter().find(|end| end.party().is_some());
                after.extend(next.map(|end| rules.who(end)));
            }
            after.dedup();
            let exhibit = format!("who is on the way of {label}: {}", who::and(&people));
            fact(LackKind::Identity, exhibit, after, Some("FRE 805"))
        });
    }
}

/// What people seek, by the record at issue.
#[derive(Debug, Default)]
pub struct Seeking {
    /// Places among the relations, by what they begin with.
    by_record: BTreeMap<RecordId, Vec<usize>>,
}

impl Seeking {
    pub fn new(index: &Index<'_>) -> Seeking {
        let mut seeking = Seeking::default();
        for (place, (_, relation)) in index.relations.iter().enumerate() {
            if let (RelationKind::SoughtFrom, Reference::Record(from)) = (relation.relation, relation.from) {
                seeking.by_record.entry(from).or_default().push(place);
            }
        }
        seeking
    }

    /// What is sought for a record at issue: places among the relations.
    pub fn of(&self, record: &RecordId) -> &[usize] {
        self.by_record.get(record).map_or(&[], Vec::as_slice)
    }

    /// All that is sought.
    pub fn all(&self) -> impl Iterator<Item = usize> + '_ {
        self.by_record.values().flatten().copied()
    }
}

/// What one relation seeks.
pub fn sought(index: &Index<'_>, place: usize) -> Sought {
    let (entry, relation) = index.relations[place];
    let missing = who::missing(index.entries[entry].standing);
    let exhibit = match relation.note.as_ref() {
        Some(note) => note.value().cloned().unwrap_or_else(|| format!("[{missing}]")),
        None => "an exhibit that is not described".to_owned(),
    };
    let party = |target: &Reference| match target {
        Reference::Party(party) => Some(*party),
        Reference::Record(_) | Reference::Exhibit(_) => None,
    };
    let parties: BTreeSet<_> = relation.target.among.iter().filter_map(party).collect();
    let mut ask: Vec<Who> = parties.into_iter().map(|party| index.names.party(party)).collect();
    ask.sort_by_cached_key(Who::to_string);
    ask.truncate(MAX_ASKED);
    Sought {
        said: Said::of(index, place),
        exhibit,
        about: match relation.from {
            Reference::Record(id) => vec![index.tag(&id)],
            Reference::Exhibit(_) | Reference::Party(_) => Vec::new(),
        },
        ask,
    }
}
