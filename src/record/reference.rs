//! What a record points at.

use super::*;

impl Record {
    /// Everything that the record points at, with the place of each. What stands in a
    /// withheld position is not seen.
    pub fn references(&self) -> Vec<(String, Reference)> {
        let mut found = Vec::new();
        let mut at = |place: String, reference| found.push((place, reference));
        match &self.body {
            Body::Archive(_) | Body::Unknown(_) => {}
            Body::Proposition(body) => {
                let about = body.about.as_ref().and_then(Position::value);
                scope_references("about", about.map_or(&[], Vec::as_slice), &mut at);
                for (index, part) in body.total_of.iter().enumerate() {
                    at(format!("total_of[{index}]"), Reference::Record(*part));
                }
            }
            Body::Attestation(body) => at("about".to_owned(), body.about),
            Body::Assessment(body) => {
                for (index, reference) in body.about.iter().enumerate() {
                    at(format!("about[{index}]"), *reference);
                }
                for (place, record) in [("on", body.on), ("supersedes", body.supersedes)] {
                    if let Some(record) = record {
                        at(place.to_owned(), Reference::Record(record));
                    }
                }
                let asserted_by = body.asserted_by.as_ref().and_then(Position::value);
                person("asserted_by".to_owned(), asserted_by, &mut at);
            }
            Body::Relation(body) => {
                at("from".to_owned(), body.from);
                for (index, reference) in body.target.among.iter().enumerate() {
                    at(format!("target.among[{index}]"), *reference);
                }
                if let Some(record) = body.asserted_in {
                    at("asserted_in".to_owned(), Reference::Record(record));
                }
                let asserted_by = body.asserted_by.as_ref().and_then(Position::value);
                person("asserted_by".to_owned(), asserted_by, &mut at);
                if let Some(stance) = body.stance.as_ref().and_then(Position::value) {
                    stance_references("stance", stance, &mut at);
                }
                if let Some(record) = body.asked.as_ref().and_then(|asked| asked.answered_in) {
                    at("asked.answered_in".to_owned(), Reference::Record(record));
                }
            }
            Body::Roster(RosterEntry::Revocation { of, .. }) => at("of".to_owned(), Reference::Record(*of)),
            Body::Roster(
                RosterEntry::Key { party, .. }
                | RosterEntry::Keeper { party, .. }
                | RosterEntry::Endorsement { party, .. },
            ) => at("party".to_owned(), Reference::Party(*party)),
            Body::Roster(RosterEntry::Authority {
                granted_by, granted_to, ..
            }) => {
                at("granted_by".to_owned(), Reference::Party(*granted_by));
                at("granted_to".to_owned(), Reference::Party(*granted_to));
            }
            Body::Roster(RosterEntry::Party { .. }) => {}
            Body::Statement(body) => statement_references(body, &mut at),
        }
        found
    }
}

fn person(place: String, who: Option<&PartyRef>, at: &mut impl FnMut(String, Reference)) {
    if let Some(id) = who.and_then(PartyRef::party) {
        at(place, Reference::Party(id));
    }
}

fn scope_references(place: &str, scope: &[ScopeItem], at: &mut impl FnMut(String, Reference)) {
    for item in scope {
        if let ScopeItem::Party(id) = item {
            at(place.to_owned(), Reference::Party(*id));
        }
    }
}

fn stance_references(place: &str, stance: &Stance, at: &mut impl FnMut(String, Reference)) {
    at(format!("{place}.proposition"), Reference::Record(stance.proposition));
    for who in &stance.according_to {
        person(format!("{place}.according_to"), Some(who), at);
    }
    scope_references(&format!("{place}.scope"), &stance.scope, at);
}

fn hop_references(place: &str, hop: &Hop, at: &mut impl FnMut(String, Reference)) {
    person(format!("{place}.from"), hop.from.value(), at);
    person(format!("{place}.to"), hop.to.value(), at);
    let attested_by = hop.attested_by.as_ref().and_then(Position::value);
    person(format!("{place}.attested_by"), attested_by, at);
    if let Some(record) = hop.authority.as_ref().and_then(|authority| authority.value()?.record) {
        at(format!("{place}.authority"), Reference::Record(record));
    }
    let Some(call) = &hop.call else { return };
    for who in call.listeners.iter().filter_map(Position::value).flatten() {
        person(format!("{place}.call.listeners"), Some(who), at);
    }
    let controller = call.line_controlled_by.as_ref().and_then(Position::value);
    person(format!("{place}.call.line_controlled_by"), controller, at);
}

fn statement_references(body: &Statement, at: &mut impl FnMut(String, Reference)) {
    person("speaker".to_owned(), body.speaker.value(), at);
    let translator = body.translator.as_ref().and_then(Position::value);
    person("translator".to_owned(), translator, at);
    for (index, hop) in body.relay.iter().enumerate() {
        hop_references(&format!("relay[{index}]"), hop, at);
    }
    if let Some(circumstances) = body.circumstances.value() {
        for who in &circumstances.present {
            person("circumstances.present".to_owned(), Some(who), at);
        }
        let controller = circumstances.channel_controlled_by.as_ref();
        person("circumstances.channel_controlled_by".to_owned(), controller, at);
    }
    for (index, stance) in body.stances.iter().enumerate() {
        if let Some(stance) = stance.value() {
            stance_references(&format!("stances[{index}]"), stance, at);
        }
    }
    for (index, passage) in body.words.iter().enumerate() {
        if let Some(span) = passage.value().and_then(|passage| passage.span.as_ref()) {
            at(format!("words[{index}].span"), Reference::Exhibit(span.exhibit));
        }
    }
    for (index, observation) in body.observed.iter().enumerate() {
        if let Some(observation) = observation.value() {
            at(format!("observed[{index}]"), Reference::Exhibit(observation.exhibit));
        }
    }
}
