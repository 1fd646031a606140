//! People as they are typed: a name, `me`, or `?` and a description.
//!
//! ```text
//! --speaker "Mehman Huseynov"    a party of the archive, or else a new one
//! --speaker me                   whoever signs
//! --speaker "?a prison officer"  somebody not identified
//! ```
//!
//! A name stands for a party only where it equals one of its names to the letter: names that are alike are not
//! joined here, and whoever is new is said to be new.

use affiant::record::{Name, PartyId, PartyKind};
use affiant_case::{PartyDraft, PartySource, ScopeDraft, WhoDraft};

use crate::ledger::Ledger;

/// How a person is typed, for a question.
pub const HOW: &str = "a name, me, or ?description";

/// The word for whoever signs.
const ME: &str = "me";

/// What sort of party a name that the archive does not have becomes.
const NEW_PARTY: PartyKind = PartyKind::NotStated;

/// Why a name stands for nobody.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Several parties have this name.
    #[error("several parties of this archive are named {name:?}: {}", list(ids))]
    Several {
        /// The name.
        name: String,
        /// Their ids.
        ids: Vec<PartyId>,
    },
    /// An id that the archive does not have.
    #[error("this archive has no {0}")]
    NoParty(PartyId),
    /// Nothing but white space.
    #[error("a name is empty")]
    Empty,
}

impl PeopleError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            PeopleError::Several { .. } => Some("type the id instead of the name"),
            PeopleError::Empty => Some("for somebody not identified type ?"),
            PeopleError::NoParty(_) => None,
        }
    }
}

fn list(ids: &[PartyId]) -> String {
    let ids: Vec<String> = ids.iter().map(PartyId::to_string).collect();
    ids.join(", ")
}

/// The people that one command names, in the archive or new.
pub struct People<'a> {
    ledger: &'a Ledger,
    me: PartyId,
    drafts: Vec<PartyDraft>,
}

impl<'a> People<'a> {
    /// Nobody yet. `me` is whoever signs.
    pub fn new(ledger: &'a Ledger, me: PartyId) -> People<'a> {
        let drafts = Vec::new();
        People { ledger, me, drafts }
    }

    /// Whoever signs.
    pub fn me(&mut self) -> WhoDraft {
        WhoDraft::Party(self.existing(self.me))
    }

    /// Who is meant.
    ///
    /// # Errors
    /// [`PeopleError`].
    pub fn who(&mut self, typed: &str) -> Result<WhoDraft, PeopleError> {
        let typed = typed.trim();
        if typed == ME {
            return Ok(self.me());
        }
        if let Some(description) = typed.strip_prefix('?') {
            return Ok(WhoDraft::Unidentified(description.trim().to_owned()));
        }
        if typed.is_empty() {
            return Err(PeopleError::Empty);
        }
        if let Ok(id) = typed.parse() {
            return Ok(WhoDraft::Party(self.party(id)?));
        }
        let found = only(typed, self.ledger.party_named(typed))?;
        Ok(WhoDraft::Party(match found {
            Some(id) => self.existing(id),
            None => self.new_party(typed),
        }))
    }

    /// Who is meant by each.
    ///
    /// # Errors
    /// [`PeopleError`].
    pub fn whos(&mut self, typed: &[String]) -> Result<Vec<WhoDraft>, PeopleError> {
        typed.iter().map(|typed| self.who(typed)).collect()
    }

    /// Whom or what a question is about: as [`People::who`], and whoever is not identified in words.
    ///
    /// # Errors
    /// [`PeopleError`].
    pub fn about(&mut self, typed: &str) -> Result<ScopeDraft, PeopleError> {
        Ok(match self.who(typed)? {
            WhoDraft::Party(handle) => ScopeDraft::Party(handle),
            WhoDraft::Unidentified(words) => ScopeDraft::Words(words),
        })
    }

    /// Whom or what an answer is about: a party that the archive has, or else words.
    ///
    /// # Errors
    /// [`PeopleError`].
    pub fn scope(&mut self, typed: &str) -> Result<ScopeDraft, PeopleError> {
        let known = typed == ME || typed.parse::<PartyId>().is_ok() || !self.ledger.party_named(typed).is_empty();
        if known {
            return self.about(typed);
        }
        Ok(ScopeDraft::Words(typed.trim_start_matches('?').trim().to_owned()))
    }

    /// The handle of the party with this id.
    ///
    /// # Errors
    /// [`PeopleError::NoParty`].
    pub fn party(&mut self, id: PartyId) -> Result<String, PeopleError> {
        if self.ledger.roster.knows(id) {
            Ok(self.existing(id))
        } else {
            Err(PeopleError::NoParty(id))
        }
    }

    /// Somebody's name, for a question.
    pub fn name(&self, who: &WhoDraft) -> String {
        let handle = match who {
            WhoDraft::Unidentified(description) if description.is_empty() => {
                return "somebody not identified".to_owned();
            }
            WhoDraft::Unidentified(description) => return description.clone(),
            WhoDraft::Party(handle) => handle,
        };
        let draft = self.drafts.iter().find(|draft| draft.id == *handle);
        match draft.map(|draft| &draft.source) {
            Some(PartySource::Existing(id)) if *id == self.me => "you".to_owned(),
            Some(PartySource::Existing(id)) => match self.ledger.roster.names(*id) {
                [name, ..] => name.clone(),
                [] => id.to_string(),
            },
            Some(PartySource::New { names, .. }) => names.first().map_or(String::new(), |name| name.text.clone()),
            None => String::new(),
        }
    }

    /// The parties, for the case.
    pub fn into_drafts(self) -> Vec<PartyDraft> {
        self.drafts
    }

    fn existing(&mut self, id: PartyId) -> String {
        self.with(PartySource::Existing(id))
    }

    fn new_party(&mut self, name: &str) -> String {
        self.with(PartySource::New {
            kind: NEW_PARTY,
            names: vec![Name {
                text: name.to_owned(),
                language: None,
            }],
            roles: Vec::new(),
        })
    }

    /// The handle of a party, which ends in a letter, so that it is nobody's label.
    fn with(&mut self, source: PartySource) -> String {
        if let Some(draft) = self.drafts.iter().find(|draft| draft.source == source) {
            return draft.id.clone();
        }
        let id = format!("W{}W", self.drafts.len() + 1);
        self.drafts.push(PartyDraft { id: id.clone(), source });
        id
    }
}

/// The one party of a name, if any has it.
fn only(name: &str, ids: Vec<PartyId>) -> Result<Option<PartyId>, PeopleError> {
    match ids.as_slice() {
        [] => Ok(None),
        [id] => Ok(Some(*id)),
        _ => Err(PeopleError::Several {
            name: name.to_owned(),
            ids,
        }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_that_is_typed_twice_is_one_new_party() {
        let ledger = Ledger::default();
        let mut people = People::new(&ledger, PartyId([7; 16]));
        let first = people.who("Mehman Huseynov").unwrap();
        assert_eq!(people.who(" Mehman Huseynov ").unwrap(), first);
        assert_ne!(people.who("Mehman Huseynova").unwrap(), first);
        assert_eq!(people.name(&first), "Mehman Huseynov");
        let me = people.who("me").unwrap();
        assert_eq!((people.me(), people.name(&me)), (me.clone(), "you".to_owned()));
        assert_eq!(people.into_drafts().len(), 3);
    }

    #[test]
    fn one_name_of_two_parties_is_not_guessed() {
        let (one, other) = (PartyId([1; 16]), PartyId([2; 16]));
        assert_eq!(only("Huseynov", vec![one]).unwrap(), Some(one));
        let error = only("Huseynov", vec![one, other]).unwrap_err();
        let ids = format!("several parties of this archive are named \"Huseynov\": {one}, {other}");
        assert_eq!(error.to_string(), ids);
        assert!(error.hint().is_some());
    }

    #[test]
    fn whoever_is_not_identified_stays_so() {
        let ledger = Ledger::default();
        let mut people = People::new(&ledger, PartyId([7; 16]));
        let officer = WhoDraft::Unidentified("a prison officer".to_owned());
        assert_eq!(people.who("? a prison officer").unwrap(), officer);
        assert_eq!(people.who("?").unwrap(), WhoDraft::Unidentified(String::new()));
        assert!(matches!(people.who("  "), Err(PeopleError::Empty)));
        let unknown = PartyId([9; 16]);
        assert!(matches!(people.who(&unknown.to_string()), Err(PeopleError::NoParty(id)) if id == unknown));
        assert!(people.into_drafts().is_empty());
    }
}
