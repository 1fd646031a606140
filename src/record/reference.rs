//! What a record points at.

use super::*;

impl Record {
    /// Everything that the record points at, with the place of each. What stands in a
    /// withheld position is not seen.
    pub fn references(&self) -> Vec<(String, Reference)> {
        let mut found = Vec::new();
        let mut at = |place: String, reference| found.push((place, reference));
        match &self.body {
            Body::Archive(_) | Body::Proposition(_) | Body::Unknown(_) => {}
            Body::Attestation(body) => at("about".to_owned(), body.about),
            Body::Relation(body) => {
                at("from".to_owned(), body.from);
                for (index, reference) in body.target.among.iter().enumerate() {
                    at(format!("target.among[{index}]"), *reference);
                }
                if let Some(record) = body.asserted_in {
                    at("asserted_in".to_owned(), Reference::Record(record));
                }
                if let Some(stance) = body.stance.as_ref().and_then(Position::value) {
                    at("stance.proposition".to_owned(), Reference::Record(stance.proposition));
                }
            }
            Body::Roster(RosterEntry::Revocation { of, .. }) => at("of".to_owned(), Reference::Record(*of)),
            Body::Roster(RosterEntry::Key { party, .. } | RosterEntry::Endorsement { party, .. }) => {
                at("party".to_owned(), Reference::Party(*party))
            }
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

fn statement_references(body: &Statement, at: &mut impl FnMut(String, Reference)) {
    fn person(place: String, who: Option<&PartyRef>, at: &mut impl FnMut(String, Reference)) {
        if let Some(id) = who.and_then(PartyRef::party) {
            at(place, Reference::Party(id));
        }
    }
    person("speaker".to_owned(), body.speaker.value(), at);
    person(
        "translator".to_owned(),
        body.translator.as_ref().and_then(Position::value),
        at,
    );
    for (index, hop) in body.relay.iter().enumerate() {
        person(format!("relay[{index}].from"), hop.from.value(), at);
        person(format!("relay[{index}].to"), hop.to.value(), at);
        person(
            format!("relay[{index}].attested_by"),
            hop.attested_by.as_ref().and_then(Position::value),
            at,
        );
        if let Some(record) = hop.authority.as_ref().and_then(|authority| authority.value()?.record) {
            at(format!("relay[{index}].authority"), Reference::Record(record));
        }
    }
    for (index, stance) in body.stances.iter().enumerate() {
        let Some(stance) = stance.value() else { continue };
        at(
            format!("stances[{index}].proposition"),
            Reference::Record(stance.proposition),
        );
        for who in &stance.according_to {
            person(format!("stances[{index}].according_to"), Some(who), at);
        }
        for item in &stance.scope {
            if let ScopeItem::Party(id) = item {
                at(format!("stances[{index}].scope"), Reference::Party(*id));
            }
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
