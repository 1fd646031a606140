//! What is established of one record: taken from the verification, and not worked out again.
//!
//! ```text
//! The bytes of the record and its exhibits are unchanged.
//! Key SHA256:uG0… belongs to Ada Example, according to your own pin (read over the telephone).
//! ```
//!
//! A roster inside the archive establishes nobody: where the reader has no pin, a key is
//! somebody's according to the archive alone, and that is said.

use affiant::archive::exhibit_path;
use affiant::check::{Check, Code, Outcome};
use affiant::compare::Names;
use affiant::key::VerifyingKey;
use affiant::record::SignerDeclaration;
use affiant::verify::Trust;
use affiant_report::{Established, Holds, KeyFact};

use crate::ledger::Held;
use crate::session::Session;

/// The checks whose failure at a record means that its bytes, or those of its exhibits,
/// are not the ones that were signed and logged.
const OF_BYTES: [Code; 14] = [
    Code::PackLines,
    Code::LeafEnvelope,
    Code::EnvelopeSyntax,
    Code::EnvelopePayloadType,
    Code::EnvelopeKeyId,
    Code::KeyWeak,
    Code::KeyMalformed,
    Code::SignersDeclared,
    Code::SignatureDsse,
    Code::SignatureSshsig,
    Code::DisclosureSyntax,
    Code::DisclosureDuplicate,
    Code::DisclosureUnreferenced,
    Code::DisclosureType,
];

/// The checks of exhibits: their findings name the exhibit's file, or the record.
const OF_EXHIBITS: [Code; 4] = [
    Code::PassageSpan,
    Code::ExhibitDescriptor,
    Code::ExhibitPresent,
    Code::ExhibitDigest,
];

/// The checks without which the log proves nothing of any record in it.
const OF_THE_LOG: [Code; 6] = [
    Code::ArchiveLeaf0,
    Code::CheckpointSyntax,
    Code::CheckpointSignature,
    Code::CheckpointSeen,
    Code::TreeRoot,
    Code::EntriesContent,
];

impl Session {
    /// What is established of a record of this archive.
    pub fn established(&self, held: &Held, names: &Names, trust: &Trust) -> Established {
        Established {
            bytes_unchanged: self.bytes_unchanged(held),
            not_later_than: self.not_later_than(held),
            keys: held
                .record
                .common
                .signers
                .iter()
                .map(|signer| self.key_fact(held, signer, names, trust))
                .collect(),
        }
    }

    fn bytes_unchanged(&self, held: &Held) -> Holds {
        let files: Vec<String> = held.record.exhibits().iter().map(|id| exhibit_path(*id)).collect();
        let here = |check: &&Check| {
            let of_file = check.place.file.as_ref().is_some_and(|file| files.contains(file));
            let of_leaf = check.place.leaf == Some(held.leaf);
            of_file || (of_leaf && (OF_BYTES.contains(&check.code) || OF_EXHIBITS.contains(&check.code)))
        };
        let findings = self.verification.findings.iter().filter(here);
        let worst = findings.map(|check| check.outcome).max_by_key(|outcome| match outcome {
            Outcome::Passed => 0,
            Outcome::Indeterminate => 1,
            Outcome::Failed => 2,
        });
        match worst {
            Some(Outcome::Failed) => Holds::No,
            _ if held.signers.is_empty() => Holds::No,
            Some(Outcome::Indeterminate) => Holds::NotChecked,
            // What was not listed may be about this record.
            _ if self.verification.findings_left_out > 0 => Holds::NotChecked,
            _ => Holds::Yes,
        }
    }

    fn not_later_than(&self, held: &Held) -> Option<String> {
        let log = self.verification.log.as_ref()?;
        let failed = |check: &Check| check.outcome == Outcome::Failed;
        let broken = self.verification.findings.iter().any(|check| {
            let of_leaf = check.place.leaf == Some(held.leaf) && check.code == Code::LeafEnvelope;
            failed(check) && (of_leaf || OF_THE_LOG.contains(&check.code))
        });
        let sound = !broken && self.verification.findings_left_out == 0 && held.leaf < log.size;
        sound.then(|| {
            format!(
                "the log's head of {} records, which states no time; that it was recorded at {} is the recorder's own \
                 claim",
                log.size, held.record.common.recorded_at
            )
        })
    }

    fn key_fact(&self, held: &Held, signer: &SignerDeclaration, names: &Names, trust: &Trust) -> KeyFact {
        let key = signer.key.key().ok();
        let signed = match &key {
            Some(key) if held.signers.contains(key) => Holds::Yes,
            _ => Holds::No,
        };
        KeyFact {
            key: key
                .as_ref()
                .map_or_else(|| signer.key.as_str().to_owned(), VerifyingKey::fingerprint),
            signed,
            belongs_to: key.map(|key| self.belongs_to(&key, signer, names, trust)),
        }
    }

    /// Whose key it is, and according to whom.
    fn belongs_to(
        &self,
        key: &VerifyingKey,
        signer: &SignerDeclaration,
        names: &Names,
        trust: &Trust,
    ) -> (String, String) {
        if let Some(pin) = trust.key(key) {
            return (pin.name.clone(), format!("your own pin ({})", pin.how));
        }
        let fingerprint = key.fingerprint();
        let seen = self
            .verification
            .signers
            .iter()
            .find(|seen| seen.fingerprint == fingerprint && seen.party == signer.party);
        let party = names.party(signer.party).to_string();
        let source = match seen.and_then(|seen| seen.established_by.as_ref()) {
            Some(path) => format!("the archive's roster, which you have reason to believe: {path}"),
            None => {
                "the archive's own roster alone, which proves nothing: you have pinned neither this key nor this log"
                    .to_owned()
            }
        };
        (party, source)
    }
}
