//! The roster: who is who, which key is whose, and who says so.
//!
//! ```json
//! {"entry":"key","key":"AAAAC3NzaC1lZDI1NTE5AAAAI…","party":"party:9f86d081884c7d659a2feaa0c55ad015"}
//! ```
//!
//! Normative page: spec/roster.md. These are the entries; what follows from them in
//! leaf order is worked out in [`crate::roster`]. A roster inside an archive is
//! evidence of what its keeper recorded, and no authority on who anybody is.

use serde::{Deserialize, Serialize};

use super::id::{PartyId, RecordId};
use super::position::{Position, Walk};
use super::statement::{StatedTime, TimeClaim};
use super::{PublicKeyText, Wording};

/// What sort of party it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// A human being.
    Person,
    /// A body with a name of its own.
    Organisation,
    /// People who act together without one.
    Group,
    /// Whoever holds a post.
    Office,
    /// Not known.
    NotStated,
}

/// One of a party's names, in one spelling and script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// The name as written.
    pub text: String,
    /// The language or script (BCP 47), where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A capacity in which a party acts, with its dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// The capacity in words, as "lawyer".
    pub text: String,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<TimeClaim>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<TimeClaim>,
}

/// Why a roster record no longer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RevocationReason {
    /// Something newer stands in its place; what was signed before stays.
    Superseded,
    /// Somebody else may hold the key since a time.
    Compromised,
    /// Whoever made it takes it back.
    Withdrawn,
}

/// One entry of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "kebab-case", deny_unknown_fields)]
pub enum RosterEntry {
    /// A party.
    Party {
        /// Its random id.
        party: PartyId,
        /// What sort of party it is.
        party_kind: PartyKind,
        /// Its names, each in one spelling.
        names: Vec<Position<Name>>,
        /// The capacities in which it acts.
        roles: Vec<Position<Role>>,
    },
    /// A key of a party. It takes effect if the key itself is among the signers: proof
    /// of control.
    Key {
        /// Whose key it is said to be.
        party: PartyId,
        /// The key.
        key: PublicKeyText,
    },
    /// A key of a keeper beside those of leaf 0. It takes effect if a keeper signs, and
    /// the key itself: proof of control.
    Keeper {
        /// The keeper.
        party: PartyId,
        /// The keeper's key.
        key: PublicKeyText,
    },
    /// Somebody vouches that a key is a party's.
    Endorsement {
        /// The party.
        party: PartyId,
        /// The key.
        key: PublicKeyText,
        /// In what words.
        words: Position<Wording>,
    },
    /// One party may speak for another.
    Authority {
        /// Who grants it.
        granted_by: PartyId,
        /// Who receives it.
        granted_to: PartyId,
        /// For what.
        words: Position<Wording>,
        /// During what time.
        during: StatedTime,
    },
    /// A roster record no longer holds.
    Revocation {
        /// The roster record, or leaf 0.
        of: RecordId,
        /// The key of the keeper whom leaf 0 names: where `of` is leaf 0, and only there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<PublicKeyText>,
        /// Why.
        reason: RevocationReason,
        /// Since when, where it is not simply from here on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Position<TimeClaim>>,
        /// More on it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Position<String>>,
    },
}

impl RosterEntry {
    pub(super) fn walk(&mut self, walk: &mut Walk<'_, '_>) {
        match self {
            RosterEntry::Party { names, roles, .. } => {
                walk.each("names", names);
                walk.each("roles", roles);
            }
            RosterEntry::Key { .. } | RosterEntry::Keeper { .. } => {}
            RosterEntry::Endorsement { words, .. } => walk.at("words", words),
            RosterEntry::Authority { words, during, .. } => {
                walk.at("words", words);
                during.walk("during", walk);
            }
            RosterEntry::Revocation { since, note, .. } => {
                walk.at_some("since", since);
                walk.at_some("note", note);
            }
        }
    }
}
