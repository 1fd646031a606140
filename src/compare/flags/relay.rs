//! Rules on the way of the words: layers, hands and voices, relayers and their authority.

use crate::record::{AuthorityClaim, Hop, Medium, PartyId, PartyRef, Position, Reference, RelationKind, TargetIs};

use super::super::RecordTag;
use super::super::account::steps;
use super::around::speaker;
use super::{Found, Note, Rule, Seen};

pub fn flag(seen: &Seen<'_, '_>, found: &mut Found) {
    layers(seen, found);
    unidentified(seen, found);
    attributions(seen, found);
    authority(seen, found);
}

fn is_unidentified(who: &Position<PartyRef>) -> bool {
    matches!(who.value(), Some(PartyRef::Unidentified(_)))
}

fn party(who: &Position<PartyRef>) -> Option<PartyId> {
    who.value()?.party()
}

/// FRE 805: each part of a combined statement by itself. One hop is one layer, and is that of FRE 802.
fn layers(seen: &Seen<'_, '_>, found: &mut Found) {
    if seen.statement.relay.is_empty() {
        return;
    }
    let steps = steps(seen.index, seen.entry(), seen.statement);
    if steps.len() < 2 {
        return;
    }
    let tag = &seen.entry().tag;
    let mut hops = 0;
    for step in &steps {
        let Some(hop) = step.hop else {
            found.flag(Rule::LayerNotSupported, tag, || {
                let words = format!("How the words came from {} to {} is not recorded.", step.from, step.to);
                Note::at(format!("before relay[{hops}]"), words)
            });
            continue;
        };
        let place = hops;
        hops += 1;
        if let Some(by) = unsupported(seen, hop) {
            found.flag(Rule::LayerNotSupported, tag, || {
                let words = format!("From {} to {}: {by}.", step.from, step.to);
                Note::at(format!("relay[{place}].attested_by"), words)
            });
        }
    }
}

/// Why a hop is attested by nobody who is recorded to have stood at it.
fn unsupported(seen: &Seen<'_, '_>, hop: &Hop) -> Option<String> {
    let Some(attested_by) = &hop.attested_by else {
        return Some("nobody is recorded as attesting it".to_owned());
    };
    match attested_by.value()? {
        PartyRef::Unidentified(_) => Some("whoever attests it is not identified".to_owned()),
        PartyRef::Party(by) => {
            // An end that is withheld may be the one who attests.
            let stood_there = [&hop.from, &hop.to]
                .into_iter()
                .any(|end| end.value().is_none() || party(end) == Some(*by));
            (!stood_there).then(|| {
                let by = seen.index.names.party(*by);
                format!("attested by {by}, who is not recorded as standing at either end of it")
            })
        }
    }
}

fn unidentified(seen: &Seen<'_, '_>, found: &mut Found) {
    let tag = &seen.entry().tag;
    for (place, hop) in seen.statement.relay.iter().enumerate() {
        // Each is flagged where the words came to; the first hop comes from the speaker.
        if is_unidentified(&hop.to) {
            found.flag(Rule::RelayerUnidentified, tag, || {
                let who = seen.index.names.at(&hop.to, seen.entry().standing);
                Note::at(format!("relay[{place}].to"), format!("The words went to {who}."))
            });
        }
        let before = place.checked_sub(1).map(|place| &seen.statement.relay[place].to);
        let named_before = before.is_none_or(is_unidentified);
        let is_speaker = place == 0 && is_unidentified(&seen.statement.speaker);
        if is_unidentified(&hop.from) && !is_speaker && !(place > 0 && named_before) {
            found.flag(Rule::RelayerUnidentified, tag, || {
                let who = seen.index.names.at(&hop.from, seen.entry().standing);
                Note::at(format!("relay[{place}].from"), format!("The words came from {who}."))
            });
        }
    }
}

fn attributions(seen: &Seen<'_, '_>, found: &mut Found) {
    let tag = &seen.entry().tag;
    for (place, hop) in seen.statement.relay.iter().enumerate() {
        if hop.identified_by.is_some() {
            continue;
        }
        let from = || seen.index.names.at(&hop.from, seen.entry().standing);
        match hop.medium {
            Medium::Letter | Medium::Photograph => found.flag(Rule::HandwritingWithoutBasis, tag, || {
                let medium = if hop.medium == Medium::Letter {
                    "a letter"
                } else {
                    "a photograph"
                };
                let words = format!(
                    "The words came as {medium} from {}; how the hand or the paper was recognised is not recorded.",
                    from()
                );
                Note::at(format!("relay[{place}].identified_by"), words)
            }),
            Medium::Telephone if hop.call.as_ref().is_none_or(|call| call.number.is_none()) => {
                found.flag(Rule::TelephoneWithoutBasis, tag, || {
                    let words = format!(
                        "The words came by telephone from {}; neither how the voice was recognised nor the number is \
                         recorded.",
                        from()
                    );
                    Note::at(format!("relay[{place}].identified_by"), words)
                });
            }
            _ => {}
        }
    }
}

/// Whoever passes words on that are another's: the beginning of every hop but the first.
fn authority(seen: &Seen<'_, '_>, found: &mut Found) {
    let speaker = speaker(seen.statement);
    let tag = &seen.entry().tag;
    for (place, hop) in seen.statement.relay.iter().enumerate().skip(1) {
        let Some(relayer) = party(&hop.from).filter(|relayer| Some(*relayer) != speaker) else {
            continue;
        };
        let at = || format!("relay[{place}].authority");
        let name = || seen.index.names.party(relayer);
        match state(seen, hop, speaker, relayer) {
            State::Held => {}
            State::NotRecorded(why) => found.flag(Rule::AuthorityNotRecorded, tag, || {
                Note::at(at(), format!("{} passes the words on; {why}.", name()))
            }),
            State::Denied => found.flag(Rule::AuthorityDenied, tag, || {
                let words = format!(
                    "{} passes the words on; it is recorded that there is no authority.",
                    name()
                );
                Note::at(at(), words)
            }),
            State::Revoked(revocation) => found.flag(Rule::AuthorityRevoked, tag, || {
                let words = format!(
                    "{} passes the words on; the authority was revoked in {revocation}.",
                    name()
                );
                Note::at(at(), words).resting_on([revocation])
            }),
        }
        disputed(seen, found, place, relayer);
    }
}

enum State {
    Held,
    NotRecorded(&'static str),
    Denied,
    Revoked(RecordTag),
}

fn state(seen: &Seen<'_, '_>, hop: &Hop, speaker: Option<PartyId>, relayer: PartyId) -> State {
    let around = seen.around;
    let tag = |place: usize| seen.index.entries[place].tag.clone();
    let in_roster = || {
        let grants = speaker.map_or(&[][..], |speaker| around.grants(speaker, relayer));
        match grants.iter().find(|grant| grant.revoked_by.is_none()) {
            Some(_) => Some(State::Held),
            None => grants
                .iter()
                .find_map(|grant| grant.revoked_by)
                .map(|place| State::Revoked(tag(place))),
        }
    };
    let authority = match &hop.authority {
        None => return in_roster().unwrap_or(State::NotRecorded("no authority is recorded, nor that there is none")),
        Some(authority) => match authority.value() {
            None => return State::Held,
            Some(authority) => authority,
        },
    };
    match (authority.claim, &authority.record) {
        (AuthorityClaim::Denied, _) => State::Denied,
        (AuthorityClaim::Granted, Some(record)) => match (around.granting(record), around.revocation(record)) {
            (_, Some(place)) => State::Revoked(tag(place)),
            (None, _) => State::NotRecorded("the roster record that is said to grant it is not among the records"),
            (Some((by, to)), _) if speaker.is_some_and(|speaker| speaker != by) || to != relayer => {
                State::NotRecorded("the roster record that is said to grant it is between other parties")
            }
            (Some(_), None) => State::Held,
        },
        (AuthorityClaim::Granted, None) => in_roster().unwrap_or(State::NotRecorded(
            "an authority is said to be granted, and no roster record of it is named",
        )),
        (AuthorityClaim::Claimed, _) => in_roster().unwrap_or(State::NotRecorded(
            "an authority is claimed, and no record of the speaker's grants it",
        )),
        (AuthorityClaim::NotStated, _) => {
            in_roster().unwrap_or(State::NotRecorded("whether there is an authority is not stated"))
        }
    }
}

fn disputed(seen: &Seen<'_, '_>, found: &mut Found, place: usize, relayer: PartyId) {
    for (link, relation) in seen.around.to(&Reference::Party(relayer)) {
        if relation.relation != RelationKind::UnderminesAuthority {
            continue;
        }
        let tag = seen.index.entries[link].tag.clone();
        found.flag(Rule::AuthorityDisputed, &seen.entry().tag, || {
            let by = super::super::who::list(&seen.index.asserters(link, relation));
            let may = match relation.target.is {
                TargetIs::All => "undermines",
                TargetIs::OneOf | TargetIs::Unresolved => "may undermine",
            };
            let words = format!(
                "{tag}, which {by} asserts, {may} the authority of {}, who passes the words on.",
                seen.index.names.party(relayer)
            );
            Note::at(format!("relay[{place}].from"), words).resting_on([tag])
        });
    }
}
