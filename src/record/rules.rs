//! The limits of a record, and the rules of its schema that types do not express.

use std::collections::BTreeSet;

use affiant_tlog::note::{VerifierKey, VerifierKeyError};

use super::*;

impl Record {
    /// The rules that types do not express.
    pub(super) fn check_rules(&mut self) -> Result<(), RecordError> {
        let signers = &self.common.signers;
        within("signers", signers.len(), MAX_SIGNERS)?;
        if signers.is_empty() {
            return Err(RecordError::Rule("no signer is declared"));
        }
        for (index, signer) in signers.iter().enumerate() {
            if signer.asserts.is_empty() {
                return Err(RecordError::Rule("a signer asserts nothing"));
            }
            if signers[..index].iter().any(|earlier| earlier.key == signer.key) {
                return Err(RecordError::Rule("one key is declared twice"));
            }
            let twice = |at: usize| signer.asserts[..at].contains(&signer.asserts[at]);
            if (0..signer.asserts.len()).any(twice) {
                return Err(RecordError::Rule("a signer asserts one scope twice"));
            }
        }
        let named = self.common.archive.is_some();
        let may = match &self.body {
            Body::Archive(_) => !named,
            // What a newer leaf 0 names, its version says.
            Body::Unknown(body) if body.is_archive() => true,
            _ => named,
        };
        if !may {
            return Err(RecordError::Rule(
                "every record but leaf 0 names its archive, and leaf 0 names none",
            ));
        }
        match &self.body {
            Body::Archive(body) => {
                if body.format == 0 {
                    return Err(RecordError::Rule("formats are counted from 1"));
                }
                check_archive(body)?;
            }
            Body::Statement(body) => {
                within("hops", body.relay.len(), MAX_HOPS)?;
                if self.exhibits().is_empty() {
                    return Err(RecordError::Rule("a statement rests on at least one exhibit"));
                }
                if !is_language(&body.language) {
                    return Err(RecordError::Rule(value::NOT_A_LANGUAGE));
                }
            }
            Body::Relation(body) => check_relation(body)?,
            Body::Roster(entry) => check_roster(entry, self.common.archive)?,
            Body::Proposition(body) => check_proposition(body)?,
            Body::Assessment(body) => check_assessment(body)?,
            Body::Attestation(_) | Body::Unknown(_) => {}
        }
        let mut positions = 0;
        self.positions(&mut |_, _| positions += 1);
        within("positions", positions, MAX_POSITIONS)
    }
}

fn check_roster(entry: &RosterEntry, archive: Option<RecordId>) -> Result<(), RecordError> {
    let key = match entry {
        RosterEntry::Key { key, .. } | RosterEntry::Keeper { key, .. } | RosterEntry::Endorsement { key, .. } => key,
        RosterEntry::Party { .. } | RosterEntry::Authority { .. } => return Ok(()),
        RosterEntry::Revocation { of, key, .. } => {
            if key.is_some() != (Some(*of) == archive) {
                return Err(RecordError::Rule(
                    "a revocation names a key where it revokes a keeper of leaf 0, and only there",
                ));
            }
            let Some(key) = key else { return Ok(()) };
            key
        }
    };
    key.key().map_err(|source| RecordError::Key { place: "key", source })?;
    Ok(())
}

fn check_proposition(body: &Proposition) -> Result<(), RecordError> {
    within("parts of a total", body.total_of.len(), MAX_POSITIONS)?;
    if !body.total_of.is_empty() && body.proposition_type != PropositionType::Quantity {
        return Err(RecordError::Rule("a total that is no quantity"));
    }
    if body.total_of.iter().collect::<BTreeSet<_>>().len() != body.total_of.len() {
        return Err(RecordError::Rule("a total names one part twice"));
    }
    Ok(())
}

fn check_assessment(body: &Assessment) -> Result<(), RecordError> {
    match body.about.as_slice() {
        [Reference::Record(_)] => Ok(()),
        [Reference::Record(one), Reference::Record(other)] if one != other => Ok(()),
        _ => Err(RecordError::Rule(
            "an assessment is about two different records, or about one",
        )),
    }
}

fn check_relation(body: &Relation) -> Result<(), RecordError> {
    let among = &body.target.among;
    within("references", among.len(), MAX_POSITIONS)?;
    let rule = |sentence| Err(RecordError::Rule(sentence));
    match body.target.is {
        TargetIs::All if among.is_empty() => return rule("a relation without a target that is not marked unresolved"),
        TargetIs::OneOf if among.len() < 2 => return rule("one of fewer than two references"),
        TargetIs::All | TargetIs::OneOf | TargetIs::Unresolved => {}
    }
    if among.iter().collect::<BTreeSet<_>>().len() != among.len() {
        return rule("a target names one reference twice");
    }
    if body.stance.is_some() != (body.relation == RelationKind::Answers) {
        return rule("answers, and no other relation, has a stance");
    }
    if body.within.is_some() != (body.relation == RelationKind::Dates) {
        return rule("dates, and no other relation, has a time within which its target lies");
    }
    if body.asked.is_some() != (body.relation == RelationKind::Asked) {
        return rule("asked, and no other relation, says when somebody was asked");
    }
    match (body.relation, body.from, among.as_slice()) {
        (RelationKind::Answers, Reference::Record(_), [Reference::Record(_)]) => Ok(()),
        (RelationKind::Answers, ..) => rule("answers begins at a record, and points at exactly one"),
        _ => Ok(()),
    }
}

fn check_archive(body: &Archive) -> Result<(), RecordError> {
    within(
        "characters of the archive's name",
        body.name.chars().count(),
        MAX_ARCHIVE_NAME,
    )?;
    if body.name.is_empty() || body.name.chars().any(char::is_control) {
        return Err(RecordError::Rule(
            "an archive has a name, and no control characters in it",
        ));
    }
    let log_key: VerifierKey = body.log_key.parse().map_err(|error| match error {
        VerifierKeyError::Weak => RecordError::Key {
            place: "log_key",
            source: KeyError::Weak,
        },
        _ => RecordError::Rule("the log key is not a vkey"),
    })?;
    if log_key.name() != body.origin {
        return Err(RecordError::Rule("the origin is not the name of the log key"));
    }
    within("keepers", body.keepers.len(), MAX_KEEPERS)?;
    if body.keepers.is_empty() {
        return Err(RecordError::Rule("an archive has at least one keeper"));
    }
    for (index, keeper) in body.keepers.iter().enumerate() {
        keeper.key.key().map_err(|source| RecordError::Key {
            place: "keepers",
            source,
        })?;
        if body.keepers[..index].iter().any(|earlier| earlier.key == keeper.key) {
            return Err(RecordError::Rule("one key stands twice among the keepers"));
        }
    }
    Ok(())
}

pub(super) fn within(what: &'static str, count: usize, limit: usize) -> Result<(), RecordError> {
    if count > limit {
        Err(RecordError::TooMany { what, count, limit })
    } else {
        Ok(())
    }
}
