//! What the roster says, leaf by leaf: which key is whose, according to the archive.
//!
//! ```text
//! leaf 0   archive  keeper party:9f86… key SHA256:uG0…
//! leaf 1   roster   party:9f86… is "Shahla Example", lawyer
//! leaf 7   roster   key SHA256:Xa1… of party:1c2d…, signed by that key and by the keeper
//! leaf 30  roster   leaf 0 no longer holds of key SHA256:uG0…, signed by another keeper
//! ```
//!
//! Order is leaf order; the time that a record claims decides nothing (spec/roster.md).
//! A roster says what its keeper recorded. Whether the reader has reason to believe it is
//! for `verify` and the reader's own pins.

use std::collections::BTreeMap;

use crate::envelope::Verified;
use crate::key::VerifyingKey;
use crate::record::{Archive, Body, PartyId, PublicKeyText, Record, RecordId, RevocationReason, RosterEntry};

/// How a key stands to a party at some leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyStanding {
    /// Named as a keeper's key in leaf 0.
    Keeper,
    /// Enrolled by a roster record, as a keeper's key or another.
    Enrolled(RecordId),
    /// Enrolled once, and revoked by this record.
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
    /// The key was revoked as compromised.
    #[error("the key was revoked as compromised earlier in this log, and is enrolled no more")]
    Compromised,
    /// None of the signers may make the entry.
    #[error("signed neither by a keeper of the archive nor by another key that may make this entry")]
    NotEntitled,
    /// What is revoked is the key of one who is or was a keeper, and no keeper signed.
    #[error("only a keeper of the archive may revoke a key that is or was a keeper's")]
    NotAKeeper,
    /// The revoked record is not an earlier entry of the roster, or leaf 0 names no such
    /// keeper.
    #[error("what it revokes is not an earlier entry of the roster, nor a keeper of leaf 0")]
    NothingToRevoke,
}

/// One entry that made a key a party's.
#[derive(Debug, Clone)]
struct Enrolment {
    party: PartyId,
    /// The record; absent where it is leaf 0.
    by: Option<RecordId>,
    keeper: bool,
    revoked: Option<(RecordId, RevocationReason)>,
}

/// An entry that can be revoked.
#[derive(Debug, Clone)]
struct Entry {
    /// The party whose own keys may revoke it; absent of what others say of a party.
    about: Option<PartyId>,
    /// The key that it enrols, and for whom.
    enrols: Option<(VerifyingKey, PartyId)>,
    /// The signers by which it took effect.
    made_by: Vec<VerifyingKey>,
}

/// The names of a party, side by side with the entries that give them.
#[derive(Debug, Clone, Default)]
struct Names {
    texts: Vec<String>,
    by: Vec<RecordId>,
}

/// The roster as of a leaf.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    enrolments: BTreeMap<VerifyingKey, Vec<Enrolment>>,
    names: BTreeMap<PartyId, Names>,
    entries: BTreeMap<RecordId, Entry>,
    /// Each key that was revoked as compromised, with the first record that says so.
    compromised: BTreeMap<VerifyingKey, RecordId>,
}

impl Roster {
    /// The roster of a new archive: its keepers. Keys that leaf 0 could not carry were
    /// refused when it was read.
    pub fn of_archive(archive: &Archive) -> Roster {
        let mut roster = Roster::default();
        for keeper in &archive.keepers {
            let Ok(key) = keeper.key.key() else { continue };
            roster.enrol(key, keeper.party, None, true);
        }
        roster
    }

    /// Whether `key` is a keeper's now.
    pub fn is_keeper(&self, key: &VerifyingKey) -> bool {
        self.stands(key, |enrolment| enrolment.keeper)
    }

    /// How `key` stands to `party` now.
    pub fn standing(&self, key: &VerifyingKey, party: PartyId) -> KeyStanding {
        // Whoever else holds the key can sign in any party's name.
        if let Some(by) = self.compromised.get(key) {
            return KeyStanding::Revoked {
                by: *by,
                reason: RevocationReason::Compromised,
            };
        }
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

    /// The disclosed names of a party, in the order recorded, without those of entries that
    /// were revoked.
    pub fn names(&self, party: PartyId) -> &[String] {
        self.names.get(&party).map_or(&[], |names| names.texts.as_slice())
    }

    /// Every party that a roster record names, or named.
    pub fn parties(&self) -> impl Iterator<Item = PartyId> + '_ {
        self.names.keys().copied()
    }

    /// The keys that were ever enrolled, each with its party. How it stands now,
    /// [`Roster::standing`] says.
    pub fn keys(&self) -> impl Iterator<Item = (&VerifyingKey, PartyId)> {
        self.enrolments
            .iter()
            .flat_map(|(key, enrolments)| enrolments.iter().map(move |enrolment| (key, enrolment.party)))
    }

    /// Whether the record was the first to revoke a key as compromised.
    pub fn compromises(&self, id: RecordId) -> bool {
        self.compromised.values().any(|by| *by == id)
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
        let made = match entry {
            RosterEntry::Party { party, names, .. } => {
                let made_by = self.entitled(record, |_| false)?;
                let kept = self.names.entry(*party).or_default();
                for name in names.iter().filter_map(|name| name.value()) {
                    kept.texts.push(name.text.clone());
                    kept.by.push(id);
                }
                Entry {
                    about: Some(*party),
                    enrols: None,
                    made_by,
                }
            }
            RosterEntry::Key { party, key } => {
                let key = self.proved(key, record)?;
                let made_by = self.entitled(record, |signer| self.is_of(signer, *party))?;
                self.enrol(key.clone(), *party, Some(id), false);
                Entry {
                    about: Some(*party),
                    enrols: Some((key, *party)),
                    made_by,
                }
            }
            RosterEntry::Keeper { party, key } => {
                let key = self.proved(key, record)?;
                let made_by = self.entitled(record, |_| false)?;
                self.enrol(key.clone(), *party, Some(id), true);
                Entry {
                    about: Some(*party),
                    enrols: Some((key, *party)),
                    made_by,
                }
            }
            // What is said of a party is not the party's to take back.
            RosterEntry::Endorsement { .. } => Entry {
                about: None,
                enrols: None,
                made_by: self.entitled(record, |signer| self.stands(signer, |_| true))?,
            },
            RosterEntry::Authority { granted_by, .. } => Entry {
                about: Some(*granted_by),
                enrols: None,
                made_by: self.entitled(record, |signer| self.is_of(signer, *granted_by))?,
            },
            RosterEntry::Revocation { of, key, reason, .. } => {
                return self.revoke(id, record, *of, key.as_ref(), *reason);
            }
        };
        self.entries.insert(id, made);
        Ok(())
    }

    /// Takes a revocation: of a keeper that leaf 0 names, where it names a key, and
    /// otherwise of an entry.
    fn revoke(
        &mut self,
        id: RecordId,
        record: &Verified<Record>,
        of: RecordId,
        key: Option<&PublicKeyText>,
        reason: RevocationReason,
    ) -> Result<(), RosterFault> {
        let (entry, enrolled) = match key {
            Some(key) => {
                let key = key.key().map_err(|_| RosterFault::NothingToRevoke)?;
                // Leaf 0 names no key twice, so it is one party's.
                let mut enrolments = self.enrolments.get(&key).into_iter().flatten();
                let named = enrolments.find(|enrolment| enrolment.by.is_none());
                let party = named.ok_or(RosterFault::NothingToRevoke)?.party;
                (None, Some((key, party)))
            }
            None => {
                let entry = self.entries.get(&of).ok_or(RosterFault::NothingToRevoke)?;
                (Some(entry), entry.enrols.clone())
            }
        };
        let of_keeper = enrolled.as_ref().is_some_and(|(key, _)| self.was_keeper(key));
        let may = |signer: &VerifyingKey| {
            let Some(entry) = entry.filter(|_| !of_keeper) else {
                return false;
            };
            let made = entry.made_by.contains(signer) && self.stands(signer, |_| true);
            made || entry.about.is_some_and(|party| self.is_of(signer, party))
        };
        let fault = if of_keeper {
            RosterFault::NotAKeeper
        } else {
            RosterFault::NotEntitled
        };
        self.entitled(record, may).map_err(|_| fault)?;
        if let Some((key, party)) = enrolled {
            let enrolments = self.enrolments.get_mut(&key).into_iter().flatten();
            for enrolment in enrolments.filter(|one| one.party == party && one.revoked.is_none()) {
                enrolment.revoked = Some((id, reason));
            }
            if reason == RevocationReason::Compromised {
                self.compromised.entry(key).or_insert(id);
            }
        }
        for names in self.names.values_mut() {
            let mut by = names.by.iter();
            names.texts.retain(|_| by.next() != Some(&of));
            names.by.retain(|by| *by != of);
        }
        Ok(())
    }

    fn enrol(&mut self, key: VerifyingKey, party: PartyId, by: Option<RecordId>, keeper: bool) {
        let enrolment = Enrolment {
            party,
            by,
            keeper,
            revoked: None,
        };
        self.enrolments.entry(key).or_default().push(enrolment);
    }

    /// The key to enrol, where it signed the record itself and nobody else is known to
    /// hold it.
    fn proved(&self, key: &PublicKeyText, record: &Verified<Record>) -> Result<VerifyingKey, RosterFault> {
        let key = key.key().map_err(|_| RosterFault::NoProofOfControl)?;
        if !record.signers().contains(&key) {
            return Err(RosterFault::NoProofOfControl);
        }
        if self.compromised.contains_key(&key) {
            return Err(RosterFault::Compromised);
        }
        Ok(key)
    }

    /// Whether the key has an enrolment of such a sort that was not revoked.
    fn stands(&self, key: &VerifyingKey, sort: impl Fn(&Enrolment) -> bool) -> bool {
        let mut enrolments = self.enrolments.get(key).into_iter().flatten();
        !self.compromised.contains_key(key) && enrolments.any(|one| one.revoked.is_none() && sort(one))
    }

    fn was_keeper(&self, key: &VerifyingKey) -> bool {
        let mut enrolments = self.enrolments.get(key).into_iter().flatten();
        enrolments.any(|enrolment| enrolment.keeper)
    }

    fn is_of(&self, key: &VerifyingKey, party: PartyId) -> bool {
        self.stands(key, |enrolment| enrolment.party == party)
    }

    /// The signers that may make an entry: keepers, who may make any, and those that `may`
    /// says.
    fn entitled(
        &self,
        record: &Verified<Record>,
        may: impl Fn(&VerifyingKey) -> bool,
    ) -> Result<Vec<VerifyingKey>, RosterFault> {
        let signers = record.signers().iter();
        let by: Vec<_> = signers.filter(|key| self.is_keeper(key) || may(key)).cloned().collect();
        if by.is_empty() {
            return Err(RosterFault::NotEntitled);
        }
        Ok(by)
    }
}
