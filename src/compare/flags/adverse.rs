//! Words that reach us through somebody who takes the other side.

use crate::record::{Medium, PartyId, PartyRef, Polarity, Reference, RelationKind};

use super::super::RecordTag;
use super::super::who::{Who, list};
use super::around::speaker;
use super::{Found, Note, Rule, Seen};

/// The most parties to whom one relayer is tied that are looked at.
const MAX_TIES: usize = 64;

/// Why a relayer is adverse to the words.
struct Adverse {
    /// To be read after the relayer's name.
    why: String,
    records: Vec<RecordTag>,
}

pub fn flag(seen: &Seen<'_, '_>, found: &mut Found) {
    let speaker = speaker(seen.statement);
    let tag = &seen.entry().tag;
    for (relayer, place) in relayers(seen) {
        if Some(relayer) == speaker {
            continue;
        }
        let Some(adverse) = adverse(seen, relayer) else {
            continue;
        };
        let name = || seen.index.names.party(relayer);
        let obtainable = obtainable(seen, relayer);
        let rule = if obtainable.is_some() {
            Rule::PrimaryRecordObtainable
        } else {
            Rule::AdverseRelayer
        };
        found.flag(rule, tag, || {
            let (had, rests_on) = match obtainable {
                Some((had, rests_on)) => (format!(" {had}"), rests_on),
                None => (
                    " Whether a record of the words can be had from another hand is not recorded.".to_owned(),
                    Vec::new(),
                ),
            };
            let words = format!("The words reach us through {}, {}.{had}", name(), adverse.why);
            Note::at(place, words).resting_on(adverse.records).resting_on(rests_on)
        });
    }
}

/// The parties through whom the words come, each with the first place where it stands.
fn relayers(seen: &Seen<'_, '_>) -> Vec<(PartyId, String)> {
    let mut relayers: Vec<(PartyId, String)> = Vec::new();
    for (place, hop) in seen.statement.relay.iter().enumerate() {
        for (who, end) in [(&hop.from, "from"), (&hop.to, "to")] {
            let party = who.value().and_then(PartyRef::party);
            if let Some(party) = party.filter(|party| !relayers.iter().any(|(known, _)| known == party)) {
                relayers.push((party, format!("relay[{place}].{end}")));
            }
        }
    }
    relayers
}

fn adverse(seen: &Seen<'_, '_>, relayer: PartyId) -> Option<Adverse> {
    opposite_stand(seen, relayer)
        .map(|(place, question)| {
            let statement = seen.index.entries[place].tag.clone();
            Adverse {
                why: format!("who takes the other side on {question} in {statement}"),
                records: vec![statement, question],
            }
        })
        .or_else(|| contests(seen, relayer))
        .or_else(|| tied(seen, relayer))
}

/// A statement by which a party itself takes the other side on a question that these words answer.
fn opposite_stand(seen: &Seen<'_, '_>, party: PartyId) -> Option<(usize, RecordTag)> {
    seen.index.stances_of(seen.place).find_map(|(question, polarity)| {
        let opposite = match polarity {
            Polarity::Affirms => Polarity::Denies,
            Polarity::Denies => Polarity::Affirms,
            Polarity::Uncommitted => return None,
        };
        // A speaker who changes sides is not adverse to the words of the same statement.
        let mut stands = seen.around.stands(*question, party, opposite);
        let place = stands.find(|place| *place != seen.place)?;
        Some((place, seen.index.tag(question)))
    })
}

/// A statement of the party's own that comments on these words or contests them.
fn contests(seen: &Seen<'_, '_>, party: PartyId) -> Option<Adverse> {
    let id = Reference::Record(seen.id());
    seen.around.to(&id).find_map(|(link, relation)| {
        let verb = match relation.relation {
            RelationKind::Contradicts => "contradicts them",
            RelationKind::InTension => "is said not to fit them",
            RelationKind::Disowns => "disowns them",
            RelationKind::UnderminesAuthority => "undermines the authority behind them",
            RelationKind::WeakensAuthenticity => "weakens their authenticity",
            RelationKind::CommentsOn => "comments on them",
            _ => return None,
        };
        let place = seen.index.reference(&relation.from)?;
        let by_the_party = seen.index.statement(place).and_then(speaker) == Some(party);
        by_the_party.then(|| {
            let statement = seen.index.entries[place].tag.clone();
            let link = seen.index.entries[link].tag.clone();
            Adverse {
                why: format!("whose own {statement} {verb} ({link})"),
                records: vec![statement, link],
            }
        })
    })
}

/// A party of the other side to whom the relayer is tied, according to a link.
fn tied(seen: &Seen<'_, '_>, relayer: PartyId) -> Option<Adverse> {
    let ties = seen.around.ties(relayer);
    ties.into_iter().take(MAX_TIES).find_map(|(party, link)| {
        if Some(party) == speaker(seen.statement) {
            return None;
        }
        let (place, question) = opposite_stand(seen, party)?;
        let (statement, link) = (
            seen.index.entries[place].tag.clone(),
            seen.index.entries[link].tag.clone(),
        );
        let party = seen.index.names.party(party);
        Some(Adverse {
            why: format!("who by {link} is tied to {party}, who takes the other side on {question} in {statement}"),
            records: vec![statement, question, link],
        })
    })
}

/// Why a record of the words themselves can be had from another hand than the relayer's, with the records
/// that show it.
fn obtainable(seen: &Seen<'_, '_>, relayer: PartyId) -> Option<(String, Vec<RecordTag>)> {
    let links = seen.around.from(&Reference::Record(seen.id()));
    let sought = links.filter(|(_, link)| link.relation == RelationKind::SoughtFrom);
    for (place, link) in sought {
        let holders: Vec<Who> = link
            .target
            .among
            .iter()
            .filter_map(|holder| match holder {
                Reference::Party(party) if *party != relayer => Some(seen.index.names.party(*party)),
                _ => None,
            })
            .collect();
        if !holders.is_empty() {
            let tag = seen.index.entries[place].tag.clone();
            let words = format!("By {tag}, a record of them is sought from {}.", list(&holders));
            return Some((words, vec![tag]));
        }
    }
    let first = seen.statement.relay.first()?;
    let uttered = match first.medium {
        Medium::Broadcast => "in a broadcast",
        Medium::Press => "in the press",
        Medium::SocialPost => "in a social post",
        Medium::CourtRecord => "in a court record",
        _ => return None,
    };
    Some((
        format!("They were uttered {uttered}, of which there is a record."),
        Vec::new(),
    ))
}
