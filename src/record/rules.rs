//! The limits of a record, and the rules of its schema that types do not express.

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
        if self.common.archive.is_none() != matches!(self.body, Body::Archive(_)) {
            return Err(RecordError::Rule(
                "every record but leaf 0 names its archive, and leaf 0 names none",
            ));
        }
        match &self.body {
            Body::Archive(body) => {
                within("keepers", body.keepers.len(), MAX_KEEPERS)?;
                if body.format != 1 {
                    return Err(RecordError::Rule(
                        "an archive of a newer format: get a newer version of this program",
                    ));
                }
                for keeper in &body.keepers {
                    keeper.key.key().map_err(|source| RecordError::Key {
                        place: "keepers",
                        source,
                    })?;
                }
            }
            Body::Statement(body) => {
                within("hops", body.relay.len(), MAX_HOPS)?;
                if self.exhibits().is_empty() {
                    return Err(RecordError::Rule("a statement rests on at least one exhibit"));
                }
            }
            Body::Relation(body) => {
                within("references", body.target.among.len(), MAX_POSITIONS)?;
                if body.target.among.is_empty() && body.target.is != TargetIs::Unresolved {
                    return Err(RecordError::Rule(
                        "a relation without a target that is not marked unresolved",
                    ));
                }
                if body.stance.is_some() != (body.relation == RelationKind::Answers) {
                    return Err(RecordError::Rule("answers, and no other relation, has a stance"));
                }
            }
            Body::Roster(RosterEntry::Key { key, .. } | RosterEntry::Endorsement { key, .. }) => {
                key.key().map_err(|source| RecordError::Key { place: "key", source })?;
            }
            Body::Proposition(_) | Body::Attestation(_) | Body::Roster(_) | Body::Unknown(_) => {}
        }
        let mut positions = 0;
        self.positions(&mut |_, _| positions += 1);
        within("positions", positions, MAX_POSITIONS)
    }
}

pub(super) fn within(what: &'static str, count: usize, limit: usize) -> Result<(), RecordError> {
    if count > limit {
        Err(RecordError::TooMany { what, count, limit })
    } else {
        Ok(())
    }
}
