//! Verifying a bundle, and one envelope on its own.
//!
//! The procedures are those of spec/verification.md, "A bundle" and "One envelope".

use std::collections::BTreeMap;

use affiant_tlog::merkle::{Hash, leaf_hash};
use affiant_tlog::note::VerifierKey;
use affiant_tlog::proof::InclusionProof;

use crate::bundle::{Bundle, BundledExhibit, BundledRecord};
use crate::check::{Code, Place};
use crate::digest::Digest;
use crate::disclose::Disclosure;
use crate::encode::json;
use crate::envelope::Envelope;
use crate::record::{Descriptor, ExhibitId};

use super::admit::{Admission, Completeness, ExhibitBytes, Seen};
use super::examine::{Disclosures, Examined, examine};
use super::leaf0::{LogKey, log_key};
use super::report::{LogSeen, Verification, Verified};
use super::source::SourceError;
use super::trust::Trust;

/// Verifies a bundle.
pub fn bundle(bytes: &[u8], trust: &Trust) -> Verification {
    let mut report = Verification::new(Verified::Bundle);
    let bundle = match Bundle::parse(bytes) {
        Ok(bundle) => bundle,
        Err(error) => {
            report.fail(Code::BundleSyntax, Place::default(), error.to_string());
            return report;
        }
    };
    report.pass(Code::BundleSyntax);
    let mut admission = Admission::new(trust, Completeness::Part);
    let mut contents = Contents::read(&bundle.exhibits, &mut report);
    let log_key = open_leaf0(&bundle, &mut report);
    let mut head: Option<String> = None;
    let mut last: Option<u64> = None;
    for (index, record) in bundle.records.iter().enumerate() {
        let examined = examine(record.envelope.as_bytes(), Disclosures::Texts(&record.disclosures));
        let leaf = prove(index, record, &examined, log_key.as_ref(), &mut head, &mut report);
        let place = examined.place(leaf, None);
        if leaf.is_some() && leaf <= last {
            report.fail(
                Code::BundleSyntax,
                place.clone(),
                "the records are not in the order of the log",
            );
        }
        last = leaf.or(last);
        examined.report(&place, None, &mut report);
        let admitted = admission.admit(&examined, &place, &mut contents, &mut report);
        admitted.expect("the contents are in memory");
        for exhibit in &contents.descriptors {
            admission.describe(*exhibit.0, exhibit.1);
        }
    }
    contents.verify(&mut admission, &mut report);
    if let Some(log) = &report.log {
        let sentence = format!(
            "as of {} records; a bundle cannot show whether a key was revoked or a record corrected later: ask for the archive",
            log.size
        );
        report.note(Code::BundleAsOf, Place::default(), sentence);
    }
    admission.establish(&mut report);
    report
}

/// Verifies one envelope on its own: its signatures, and whose key the reader says it is.
/// Nothing shows that it was logged, and none of its values are disclosed.
pub fn envelope(bytes: &[u8], trust: &Trust) -> Verification {
    let mut report = Verification::new(Verified::Envelope);
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let examined = examine(bytes, Disclosures::Texts(&[]));
    let place = examined.place(None, None);
    examined.report(&place, None, &mut report);
    report.note(
        Code::InclusionProof,
        place.clone(),
        "nothing here shows that the record was logged; a bundle would",
    );
    let Ok(record) = &examined.record else { return report };
    for (key, signer) in record.signers().iter().zip(&record.value().common.signers) {
        let pin = trust.key(key);
        match pin {
            Some(_) => report.pass(Code::IdentitySigner),
            None => {
                let sentence = format!(
                    "consistent; identity not established: you have no reason yet to believe whose key {} is",
                    key.fingerprint()
                );
                report.undecided(Code::IdentitySigner, place.clone(), sentence);
            }
        }
        report.signers.push(super::report::SignerSeen {
            fingerprint: key.fingerprint(),
            key: key.to_openssh_line(""),
            party: signer.party,
            names: Vec::new(),
            records: 1,
            established_by: pin.map(|pin| format!("you pinned this key as {} ({})", pin.name, pin.how)),
        });
    }
    report
}

/// The log's key, as a leaf 0 has it whose signatures hold.
fn open_leaf0(bundle: &Bundle, report: &mut Verification) -> Option<VerifierKey> {
    let opens = |bytes: &[u8]| Envelope::parse(bytes).is_ok_and(|envelope| envelope.open().is_ok());
    let first = bundle.records.first().map(|record| record.envelope.as_bytes());
    match first.filter(|bytes| opens(bytes)).map_or(LogKey::Missing, log_key) {
        LogKey::Named(key) => Some(*key),
        none => {
            none.report(Place::default(), report);
            None
        }
    }
}

/// Verifies that the record is in the log, and gives its leaf index.
fn prove(
    index: usize,
    record: &BundledRecord,
    examined: &Examined,
    log_key: Option<&VerifierKey>,
    head: &mut Option<String>,
    report: &mut Verification,
) -> Option<u64> {
    let place = examined.place(None, None);
    let key = log_key?;
    let proof = match InclusionProof::parse(record.proof.as_bytes()) {
        Ok(proof) if proof.unverified_extra().is_none() => proof,
        Ok(_) => {
            report.fail(
                Code::InclusionProof,
                place,
                "the proof bears extra data, which nobody vouches for",
            );
            return None;
        }
        Err(error) => {
            report.fail(Code::InclusionProof, place, error.to_string());
            return None;
        }
    };
    let leaf: Hash = leaf_hash(examined.digest.as_bytes());
    let included = match proof.verify(key, &leaf) {
        Ok(included) => included,
        Err(error) => {
            report.fail(Code::InclusionProof, place, error.to_string());
            return None;
        }
    };
    let checkpoint = included.checkpoint().checkpoint();
    let text = checkpoint.text().as_str().to_owned();
    if head.get_or_insert_with(|| text.clone()) != &text {
        report.fail(
            Code::InclusionProof,
            place,
            "the proofs of this bundle are against different checkpoints",
        );
        return None;
    }
    if (index == 0) != (included.index() == 0) {
        report.fail(Code::InclusionProof, place, "the first record, and no other, is leaf 0");
        return None;
    }
    report.pass(Code::InclusionProof);
    report.log.get_or_insert_with(|| LogSeen {
        origin: checkpoint.origin().to_owned(),
        vkey: key.to_string(),
        size: checkpoint.size(),
        root: checkpoint.root().to_string(),
        established_by: None,
    });
    Some(included.index())
}

/// The exhibits of a bundle, in memory.
struct Contents {
    descriptors: BTreeMap<ExhibitId, Descriptor>,
    bytes: BTreeMap<ExhibitId, Vec<u8>>,
}

impl Contents {
    fn read(exhibits: &[BundledExhibit], report: &mut Verification) -> Contents {
        let mut contents = Contents {
            descriptors: BTreeMap::new(),
            bytes: BTreeMap::new(),
        };
        for exhibit in exhibits {
            let id = exhibit.id;
            let descriptor = match describe(exhibit) {
                Ok(descriptor) => descriptor,
                Err(reason) => {
                    report.fail(Code::ExhibitDescriptor, Place::default(), format!("{id}: {reason}"));
                    continue;
                }
            };
            if contents.descriptors.insert(id, descriptor).is_some() {
                report.fail(Code::ExhibitDescriptor, Place::default(), format!("{id} stands twice"));
            }
            match exhibit.bytes() {
                None => {}
                Some(Ok(bytes)) => {
                    contents.bytes.insert(id, bytes);
                }
                Some(Err(error)) => report.fail(Code::BundleSyntax, Place::default(), format!("{id}: {error}")),
            }
        }
        contents
    }

    /// Compares each exhibit's bytes with its descriptor.
    fn verify(&self, admission: &mut Admission<'_>, report: &mut Verification) {
        for id in self
            .descriptors
            .keys()
            .filter(|id| !admission.exhibits.contains_key(*id))
        {
            report.fail(
                Code::ExhibitDescriptor,
                Place::default(),
                format!("no record of this bundle rests on {id}"),
            );
        }
        for (id, exhibit) in &admission.exhibits {
            let place = exhibit.first.clone();
            let Some(descriptor) = exhibit.descriptor else {
                report.note(
                    Code::ExhibitPresent,
                    place,
                    format!("neither the bytes nor the descriptor of {id} were sent along"),
                );
                continue;
            };
            report.pass(Code::ExhibitDescriptor);
            let Some(bytes) = self.bytes.get(id) else {
                report.note(
                    Code::ExhibitPresent,
                    place,
                    format!(
                        "the bytes of {id} were not sent along; their SHA-256 is {}",
                        descriptor.sha256
                    ),
                );
                continue;
            };
            report.pass(Code::ExhibitPresent);
            report.exhibits += 1;
            let unchanged = descriptor.sha256 == Digest::of(bytes) && descriptor.size == bytes.len() as u64;
            let unchanged = if unchanged {
                Ok(())
            } else {
                Err(format!("the bytes of {id} are not those that were taken in"))
            };
            report.settle(Code::ExhibitDigest, &place, unchanged);
        }
    }
}

impl ExhibitBytes for Contents {
    fn descriptor(&self, id: ExhibitId) -> Option<Seen> {
        self.descriptors.get(&id).map(Seen::from)
    }

    fn range(&mut self, id: ExhibitId, start: u64, end: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let range = usize::try_from(start).ok().zip(usize::try_from(end).ok());
        let bytes = self.bytes.get(&id).zip(range);
        Ok(bytes
            .and_then(|(bytes, (start, end))| bytes.get(start..end))
            .map(<[u8]>::to_vec))
    }
}

fn describe(exhibit: &BundledExhibit) -> Result<Descriptor, String> {
    let disclosure = Disclosure::parse(&exhibit.descriptor)?;
    if disclosure.digest() != exhibit.id.0 {
        return Err("the descriptor is not the one that the id was made from".to_owned());
    }
    json::from_value(disclosure.value()).map_err(|error| error.to_string())
}
