//! What the roster says, leaf by leaf: which key is whose, according to the archive.
//!
//! ```text
//! leaf 0  archive   keeper party:9f86… key SHA256:uG0…
//! leaf 1  roster    party:9f86… is "Shahla Example", lawyer
//! leaf 7  roster    key SHA256:Xa1… of party:1c2d…, signed by that key and by the keeper
//! ```
//!
//! Order is leaf order; the time that a record claims decides nothing (spec/roster.md).
//! A roster says what its keeper recorded. Whether the reader has reason to believe it is
//! for `verify` and the reader's own pins.

use std::collections::{BTreeMap, BTreeSet};

use crate::envelope::Verified;
use crate::key::VerifyingKey;
use crate::record::{Archive, Body, PartyId, Record, RecordId, RevocationReason, RosterEntry};

/// How a key stands to a party at some leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyStanding {
    /// Named as a keeper's key in leaf 0.
    Keeper,
    /// Enrolled by a roster record.
    Enrolled(RecordId),
    /// Enrolled once, and revoked at this leaf.
    Revoked {
        /// The revocation.
        by: RecordId,
        /// Why.
        reason: RevocationReason,
    },
    /// Enrolled for another party.
    OtherParty,
    /// Not enrolled.
    NotEnrolled,
}

/// Why an entry of the roster has no effect.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RosterFault {
    /// The enrolled key is not among the signers.
    #[error("the enrolled key did not sign its own enrolment, so nothing shows that the party holds it")]
    NoProofOfControl,
    /// None of the signers may make the entry.
    #[error("signed neither by a keeper of the archive nor by an enrolled key of the party")]
    NotEntitled,
    /// The revoked record is not an earlier entry of the roster.
    #[error("what it revokes is not an earlier entry of the roster")]
    NothingToRevoke,
}

#[derive(Debug, Clone)]
struct Enrolment {
    party: PartyId,
    by: Option<RecordId>,
    revoked: Option<(RecordId, RevocationReason)>,
}

/// The roster as of a leaf.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    enrolments: BTreeMap<VerifyingKey, Vec<Enrolment>>,
    names: BTreeMap<PartyId, Vec<String>>,
    keepers: BTreeSet<VerifyingKey>,
    /// Of each entry: the party it is about, so that the party's own key may revoke it.
    entries: BTreeMap<RecordId, PartyId>,
}

impl Roster {
    /// The roster of a new archive: its keepers. Keys that leaf 0 could not carry were
    /// refused when it was read.
    pub fn of_archive(archive: &Archive) -> Roster {
        let mut roster = Roster::default();
        for keeper in &archive.keepers {
            let Ok(key) = keeper.key.key() else { continue };
            roster.keepers.insert(key.clone());
            let enrolment = Enrolment {
                party: keeper.party,
                by: None,
                revoked: None,
            };
            roster.enrolments.entry(key).or_default().push(enrolment);
        }
        roster
    }

    /// Whether `key` is a keeper's.
    pub fn is_keeper(&self, key: &VerifyingKey) -> bool {
        self.keepers.contains(key)
    }

    /// How `key` stands to `party` now.
    pub fn standing(&self, key: &VerifyingKey, party: PartyId) -> KeyStanding {
        let Some(enrolments) = self.enrolments.get(key) else {
            return KeyStanding::NotEnrolled;
        };
        let Some(enrolment) = enrolments.iter().rev().find(|enrolment| enrolment.party == party) else {
            return KeyStanding::OtherParty;
        };
        match (&enrolment.revoked, enrolment.by) {
            (Some((by, reason)), _) => KeyStanding::Revoked {
                by: *by,
                reason: *reason,
            },
            (None, Some(record)) => KeyStanding::Enrolled(record),
            (None, None) => KeyStanding::Keeper,
        }
    }

    /// Whether some roster record or leaf 0 names the party.
    pub fn knows(&self, party: PartyId) -> bool {
        self.names.contains_key(&party)
            || self
                .enrolments
                .values()
                .flatten()
                .any(|enrolment| enrolment.party == party)
    }

    /// The disclosed names of a party, in the order recorded.
    pub fn names(&self, party: PartyId) -> &[String] {
        self.names.get(&party).map_or(&[], Vec::as_slice)
    }

    /// Every party that a roster record names.
    pub fn parties(&self) -> impl Iterator<Item = PartyId> + '_ {
        self.names.keys().copied()
    }

    /// The keys that are enrolled, each with its party.
    pub fn keys(&self) -> impl Iterator<Item = (&VerifyingKey, PartyId)> {
        self.enrolments
            .iter()
            .flat_map(|(key, enrolments)| enrolments.iter().map(move |enrolment| (key, enrolment.party)))
    }

    /// Takes a roster record in its leaf order. Its signatures are verified by what it is
    /// made of; whether its signers may make the entry is decided here.
    ///
    /// # Errors
    /// [`RosterFault`]; the entry then has no effect.
    pub fn admit(&mut self, id: RecordId, record: &Verified<Record>) -> Result<(), RosterFault> {
        let Body::Roster(entry) = &record.value().body else {
            return Ok(());
        };
        match entry {
            RosterEntry::Party { party, names, .. } => {
                self.entitled(record, None)?;
                self.entries.insert(id, *party);
                let shown = names.iter().filter_map(|name| Some(name.value()?.text.clone()));
                self.names.entry(*party).or_default().extend(shown);
            }
            RosterEntry::Key { party, key } => {
                let key = key.key().map_err(|_| RosterFault::NoProofOfControl)?;
                if !record.signers().contains(&key) {
                    return Err(RosterFault::NoProofOfControl);
                }
                self.entitled(record, Some(*party))?;
                self.entries.insert(id, *party);
                let enrolment = Enrolment {
                    party: *party,
                    by: Some(id),
                    revoked: None,
                };
                self.enrolments.entry(key).or_default().push(enrolment);
            }
            RosterEntry::Endorsement { party, .. } => {
                self.entries.insert(id, *party);
            }
            RosterEntry::Authority { granted_by, .. } => {
                self.entitled(record, Some(*granted_by))?;
                self.entries.insert(id, *granted_by);
            }
            RosterEntry::Revocation { of, reason, .. } => {
                let party = *self.entries.get(of).ok_or(RosterFault::NothingToRevoke)?;
                self.entitled(record, Some(party))?;
                let enrolments = self.enrolments.values_mut().flatten();
                for enrolment in enrolments.filter(|enrolment| enrolment.by == Some(*of) && enrolment.revoked.is_none())
                {
                    enrolment.revoked = Some((id, *reason));
                }
            }
        }
        Ok(())
    }

    /// A keeper may make any entry; a party's own enrolled key may make entries about
    /// that party.
    fn entitled(&self, record: &Verified<Record>, about: Option<PartyId>) -> Result<(), RosterFault> {
        let may = |key: &VerifyingKey| {
            let standing = about.map(|party| self.standing(key, party));
            self.is_keeper(key) || matches!(standing, Some(KeyStanding::Enrolled(_)))
        };
        if record.signers().iter().any(may) {
            Ok(())
        } else {
            Err(RosterFault::NotEntitled)
        }
    }
}
