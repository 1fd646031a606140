//! People as a report names them.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::record::{Body, PartyId, PartyRef, Position, RosterEntry, ScopeItem, SignerDeclaration};

use super::index::{Entry, Index};
use super::{Case, Standing};

/// Somebody, as far as the records that are shown say who it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Who {
    /// A party. That its names are right is according to whoever signed the roster.
    Party {
        /// The party's id.
        id: PartyId,
        /// The name that is shown: the first in the roster, with the id where two parties
        /// share it or no name is shown.
        name: String,
        /// Every name that is shown, in the order of the roster.
        names: Vec<String>,
    },
    /// Nobody identified.
    Unidentified {
        /// How the source describes them; may be empty.
        description: String,
    },
    /// Kept back from this reader.
    Withheld,
    /// Erased.
    Erased,
}

impl Who {
    /// Whether the record names a party here.
    pub fn is_identified(&self) -> bool {
        matches!(self, Who::Party { .. })
    }

    /// Whether both are the same party; `None` where the records do not say.
    pub fn same(&self, other: &Who) -> Option<bool> {
        match (self, other) {
            (Who::Party { id: a, .. }, Who::Party { id: b, .. }) => Some(a == b),
            _ => None,
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Who::Party { name, .. } => f.write_str(name),
            Who::Unidentified { description } if description.is_empty() => f.write_str("somebody unidentified"),
            Who::Unidentified { description } => write!(f, "somebody unidentified ({description})"),
            Who::Withheld => f.write_str("[withheld]"),
            Who::Erased => f.write_str("[erased]"),
        }
    }
}

/// A list of people in a sentence.
pub fn list(people: &[Who]) -> String {
    and(&people.iter().map(Who::to_string).collect::<Vec<_>>())
}

/// "a", "a and b", "a, b and c".
pub fn and(items: &[String]) -> String {
    match items {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The names that the roster entries among the records give.
#[derive(Debug, Clone, Default)]
pub struct Names {
    by_party: BTreeMap<PartyId, Vec<String>>,
    /// How many parties are shown under a name.
    shared: BTreeMap<String, usize>,
}

impl Names {
    /// The names that the records of a case give. Records that failed give none.
    pub fn of_case(case: &Case<'_>) -> Names {
        Index::new(case).names
    }

    /// Reads the roster entries, which must stand in the order of their labels.
    pub(super) fn new(entries: &[Entry<'_>]) -> Names {
        let mut by_party: BTreeMap<PartyId, Vec<String>> = BTreeMap::new();
        for entry in entries.iter().filter(|entry| entry.takes_part()) {
            let Body::Roster(RosterEntry::Party { party, names, .. }) = &entry.record.body else {
                continue;
            };
            let known = by_party.entry(*party).or_default();
            for name in names.iter().filter_map(Position::value) {
                if !known.contains(&name.text) {
                    known.push(name.text.clone());
                }
            }
        }
        let mut shared = BTreeMap::new();
        for first in by_party.values().filter_map(|names| names.first()) {
            *shared.entry(first.clone()).or_default() += 1;
        }
        Names { by_party, shared }
    }

    /// A party by its first name.
    pub fn party(&self, id: PartyId) -> Who {
        const DIGITS_SHOWN: usize = 8;
        let text = id.to_string();
        let short = &text["party:".len()..][..DIGITS_SHOWN];
        let names = self.by_party.get(&id).cloned();
        let name = match names.as_deref() {
            None => format!("party {short}, whom no record here names"),
            Some([]) => format!("party {short}, name withheld"),
            Some([first, ..]) if self.shared.get(first).is_some_and(|count| *count > 1) => {
                format!("{first} (party {short})")
            }
            Some([first, ..]) => first.clone(),
        };
        let names = names.unwrap_or_default();
        Who::Party { id, name, names }
    }

    /// Whoever a record refers to.
    pub fn of(&self, who: &PartyRef) -> Who {
        match who {
            PartyRef::Party(id) => self.party(*id),
            PartyRef::Unidentified(description) => Who::Unidentified {
                description: description.clone(),
            },
        }
    }

    /// As [`Names::of`], at a position of a record of this standing.
    pub fn at(&self, who: &Position<PartyRef>, standing: Standing) -> Who {
        match who.value() {
            Some(who) => self.of(who),
            None => self.unseen(standing),
        }
    }

    /// Whoever is not shown in a record of this standing.
    pub(super) fn unseen(&self, standing: Standing) -> Who {
        match standing {
            Standing::Erased => Who::Erased,
            _ => Who::Withheld,
        }
    }

    /// The signers of a record.
    pub fn signers(&self, signers: &[SignerDeclaration]) -> Vec<Who> {
        signers.iter().map(|signer| self.party(signer.party)).collect()
    }

    /// Whom or what a stance or question is about.
    pub fn scope_item(&self, item: &ScopeItem) -> String {
        match item {
            ScopeItem::Party(id) => self.party(*id).to_string(),
            ScopeItem::Words(words) => format!("“{words}”"),
        }
    }
}

/// What stands in the place of a value that is not shown.
pub fn missing(standing: Standing) -> &'static str {
    if standing == Standing::Erased {
        "erased"
    } else {
        "withheld"
    }
}
