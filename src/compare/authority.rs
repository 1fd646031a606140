//! By what authority one party passes on the words of another.
//!
//! ```text
//! Bob for Ann: claimed (S06); no record grants it; doubted in S03
//! ```
//!
//! Normative page: spec/provenance.md, "Authority" (FRE 801(d)(2)(C), (D)). Grants and
//! revocations are roster records; whether their signers may make them, `verify` has
//! decided. The comparison sees no leaf order: how a revocation stands to a hop in time is
//! what their own times say, and otherwise not known.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::{
    AuthorityClaim, Body, PartyId, Position, RecordId, Reference, RelationKind, RevocationReason, RosterEntry,
    StatedTime,
};
use crate::time::{Order, order};

use super::account::TimeShown;
use super::index::Index;
use super::network::path::Way;
use super::network::ties::certain;
use super::who::Who;
use super::{RecordTag, Standing};

/// The most authorities that are written out.
pub const MAX_AUTHORITIES_SHOWN: usize = 200;
/// The most statements that are written out of one.
pub const MAX_STATEMENTS_SHOWN: usize = 50;

/// How an authority stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorityStanding {
    /// A roster record grants it, and none revokes that.
    Granted,
    /// A roster record granted it, and another revokes that.
    Revoked,
    /// Somebody says that there is none, or gives reason to doubt it; no record grants it.
    Denied,
    /// Somebody says that there is one; no record grants it.
    Claimed,
    /// Words were passed on, and nothing is said of any authority.
    NeverGranted,
}

impl AuthorityStanding {
    /// In a few words.
    pub fn words(self) -> &'static str {
        match self {
            AuthorityStanding::Granted => "granted",
            AuthorityStanding::Revoked => "granted, and revoked",
            AuthorityStanding::Denied => "denied or doubted; no record grants it",
            AuthorityStanding::Claimed => "claimed; no record grants it",
            AuthorityStanding::NeverGranted => "never granted in the records searched, and nobody claims it",
        }
    }
}

/// A roster record that grants an authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grant {
    /// The record.
    pub record: RecordTag,
    /// What may be relied on of it.
    pub standing: Standing,
    /// For what, in its words; absent where that is not shown.
    pub words: Option<String>,
    /// During what time.
    pub during: TimeShown,
    /// What revokes it.
    pub revoked: Option<Revoked>,
}

/// A roster record that revokes another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Revoked {
    /// The record.
    pub by: RecordTag,
    /// Why.
    pub reason: RevocationReason,
    /// Since when; absent where it is simply from its place in the log on.
    pub since: Option<TimeShown>,
}

/// A statement that was passed on under an authority, and how its hop stands to the times
/// of the grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relied {
    /// The statement.
    pub statement: RecordTag,
    /// What its own hop says of the authority.
    pub claim: Option<AuthorityClaim>,
    /// How the hop stands to the grant and its revocation, where one of them has a time.
    pub time: Option<String>,
}

/// The authority of one party to speak for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AuthorityShown {
    /// Who passes the words on.
    pub relayer: Who,
    /// Whose words they are.
    pub speaker: Who,
    /// How it stands.
    pub standing: AuthorityStanding,
    /// The roster records that grant it.
    pub grants: Vec<Grant>,
    /// The relations in which somebody gives reason to doubt it.
    pub doubted_in: Vec<RecordTag>,
    /// The statements that were passed on so, by label, up to a limit.
    pub statements: Vec<Relied>,
    /// How many there are.
    pub statement_count: usize,
}

/// The authorities of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authorities {
    /// How many there are on which something is recorded.
    pub count: usize,
    /// How many pairs of a relayer and a speaker there are of which nothing is recorded.
    pub unstated: usize,
    /// Those on which something is recorded, up to a limit.
    pub shown: Vec<AuthorityShown>,
}

/// A relayer and a speaker.
type Pair = (PartyId, PartyId);
/// A statement that was passed on: its place, what its hop says of an authority, and when.
type Use<'a> = (usize, Option<AuthorityClaim>, &'a StatedTime);

/// The authorities of everybody who passes on the words of somebody else.
pub fn authorities(index: &Index<'_>) -> Authorities {
    let grants = grants(index);
    let doubts = doubts(index);
    let mut relied: BTreeMap<Pair, Vec<Use<'_>>> = BTreeMap::new();
    let mut claimed: BTreeSet<Pair> = BTreeSet::new();
    for place in 0..index.entries.len() {
        let Some(statement) = index.statement(place) else {
            continue;
        };
        let Some(speaker) = statement.speaker.value().and_then(|who| who.party()) else {
            continue;
        };
        let mut seen = Vec::new();
        for hop in &statement.relay {
            let relayer = hop
                .from
                .value()
                .and_then(|who| who.party())
                .filter(|relayer| *relayer != speaker);
            let Some(relayer) = relayer.filter(|relayer| !seen.contains(relayer)) else {
                continue;
            };
            seen.push(relayer);
            let claim = hop
                .authority
                .as_ref()
                .and_then(Position::value)
                .map(|authority| authority.claim);
            if claim.is_some() {
                claimed.insert((relayer, speaker));
            }
            relied
                .entry((relayer, speaker))
                .or_default()
                .push((place, claim, &hop.when));
        }
    }
    let mut pairs: BTreeSet<Pair> = grants.keys().chain(&claimed).copied().collect();
    pairs.extend(
        relied
            .keys()
            .filter(|(relayer, _)| doubts.by_relayer.contains_key(relayer)),
    );
    for (pair, uses) in &relied {
        let doubted = |(place, ..): &(usize, _, _)| doubts.by_statement.contains_key(place);
        if uses.iter().any(doubted) {
            pairs.insert(*pair);
        }
    }
    let none = Vec::new();
    let mut shown: Vec<AuthorityShown> = pairs
        .iter()
        .map(|pair| {
            shown(
                index,
                *pair,
                grants.get(pair),
                relied.get(pair).unwrap_or(&none),
                &doubts,
            )
        })
        .collect();
    shown.sort_by_cached_key(|one| {
        (
            one.statements.first().map(|relied| relied.statement.clone()),
            one.relayer.to_string(),
            one.speaker.to_string(),
        )
    });
    let count = shown.len();
    shown.truncate(MAX_AUTHORITIES_SHOWN);
    Authorities {
        count,
        unstated: relied.keys().filter(|pair| !pairs.contains(pair)).count(),
        shown,
    }
}

/// A grant as the roster has it.
struct Granted<'a> {
    shown: Grant,
    during: &'a StatedTime,
    since: Option<&'a crate::record::TimeClaim>,
}

fn grants<'a>(index: &Index<'a>) -> BTreeMap<Pair, Vec<Granted<'a>>> {
    let mut revocations: BTreeMap<RecordId, usize> = BTreeMap::new();
    for (place, entry) in index.entries.iter().enumerate() {
        if let (true, Body::Roster(RosterEntry::Revocation { of, .. })) = (entry.takes_part(), &entry.record.body) {
            revocations.entry(*of).or_insert(place);
        }
    }
    let mut grants: BTreeMap<Pair, Vec<Granted<'a>>> = BTreeMap::new();
    for entry in index.entries.iter().filter(|entry| entry.takes_part()) {
        let Body::Roster(RosterEntry::Authority {
            granted_by,
            granted_to,
            words,
            during,
        }) = &entry.record.body
        else {
            continue;
        };
        let revoked = revocations.get(&entry.tag.id).map(|place| &index.entries[*place]);
        let mut since_claim = None;
        let revoked = revoked.and_then(|by| match &by.record.body {
            Body::Roster(RosterEntry::Revocation { reason, since, .. }) => {
                since_claim = since.as_ref().and_then(Position::value);
                Some(Revoked {
                    by: by.tag.clone(),
                    reason: *reason,
                    since: since_claim.map(TimeShown::of_claim),
                })
            }
            _ => None,
        });
        grants.entry((*granted_to, *granted_by)).or_default().push(Granted {
            shown: Grant {
                record: entry.tag.clone(),
                standing: entry.standing,
                words: words.value().map(|words| words.text.clone()),
                during: TimeShown::new(during, entry.standing),
                revoked,
            },
            during,
            since: since_claim,
        });
    }
    grants
}

/// The links that give reason to doubt an authority: by the relayer whom they name, and by
/// the statement.
#[derive(Default)]
struct Doubts {
    by_relayer: BTreeMap<PartyId, BTreeSet<usize>>,
    by_statement: BTreeMap<usize, BTreeSet<usize>>,
}

fn doubts(index: &Index<'_>) -> Doubts {
    let mut doubts = Doubts::default();
    for (entry, relation) in &index.relations {
        if relation.relation != RelationKind::UnderminesAuthority {
            continue;
        }
        for target in certain(relation) {
            match target {
                Reference::Party(party) => {
                    doubts.by_relayer.entry(*party).or_default().insert(*entry);
                }
                Reference::Record(id) => {
                    if let Some(place) = index.place(id) {
                        doubts.by_statement.entry(place).or_default().insert(*entry);
                    }
                }
                Reference::Exhibit(_) => {}
            }
        }
    }
    doubts
}

fn shown(
    index: &Index<'_>,
    (relayer, speaker): Pair,
    grants: Option<&Vec<Granted<'_>>>,
    uses: &[Use<'_>],
    doubts: &Doubts,
) -> AuthorityShown {
    let grants = grants.map_or(&[][..], Vec::as_slice);
    let mut doubted: BTreeSet<usize> = doubts.by_relayer.get(&relayer).cloned().unwrap_or_default();
    for (place, ..) in uses {
        doubted.extend(doubts.by_statement.get(place).into_iter().flatten());
    }
    let says = |wanted| uses.iter().any(|(_, claim, _)| *claim == Some(wanted));
    let standing = if grants.iter().any(|grant| grant.shown.revoked.is_none()) {
        AuthorityStanding::Granted
    } else if !grants.is_empty() {
        AuthorityStanding::Revoked
    } else if !doubted.is_empty() || says(AuthorityClaim::Denied) {
        AuthorityStanding::Denied
    } else if says(AuthorityClaim::Claimed) || says(AuthorityClaim::Granted) {
        AuthorityStanding::Claimed
    } else {
        AuthorityStanding::NeverGranted
    };
    let statements = uses
        .iter()
        .take(MAX_STATEMENTS_SHOWN)
        .map(|(place, claim, when)| Relied {
            statement: index.entries[*place].tag.clone(),
            claim: *claim,
            time: grants.first().and_then(|grant| time(grant, when)),
        });
    AuthorityShown {
        relayer: index.names.party(relayer),
        speaker: index.names.party(speaker),
        standing,
        grants: grants.iter().map(|grant| grant.shown.clone()).collect(),
        doubted_in: doubted.iter().map(|entry| index.entries[*entry].tag.clone()).collect(),
        statements: statements.collect(),
        statement_count: uses.len(),
    }
}

/// How a hop stands in time to a grant.
fn time(grant: &Granted<'_>, when: &StatedTime) -> Option<String> {
    let hop = when.best().and_then(|claim| claim.edtf.as_ref());
    if let Some(since) = grant.since.and_then(|claim| claim.edtf.as_ref()) {
        return Some(
            match order(hop, Some(since)) {
                Order::Before => "passed on before the revocation took effect",
                Order::After => "passed on after the revocation took effect",
                Order::Overlapping | Order::Unknown => {
                    "whether it was passed on before the revocation took effect is not known"
                }
            }
            .to_owned(),
        );
    }
    let during = grant.during.best().and_then(|claim| claim.edtf.as_ref())?;
    Some(
        match order(hop, Some(during)) {
            Order::Before => "passed on before the time of the grant",
            Order::After => "passed on after the time of the grant",
            Order::Overlapping => "passed on at a time that may be that of the grant",
            Order::Unknown => "whether it was passed on during the grant is not known",
        }
        .to_owned(),
    )
}

/// The parties whose authority to relay a way's words is in doubt by a link that names
/// them, other than where they speak for themselves.
pub fn relays(way: &Way<'_>, party: PartyId) -> bool {
    let passes = way.ends.iter().skip(1).any(|end| end.party() == Some(party));
    passes && way.origin().party() != Some(party)
}
