//! The archive and the bundle that the pages of `spec/` show, made with the public test keys.

use affiant::bundle::{Bundle, BundledExhibit, BundledRecord, FORMAT};
use affiant::disclose::{self, Salt, Sealer};
use affiant::encode::base64;
use affiant::key::SigningKey;
use affiant::record::*;
use affiant_tlog::merkle::inclusion_proof;
use affiant_tlog::note::Note;
use affiant_tlog::proof::InclusionProof;
use affiant_tlog::tile::{TileHashReader, TilePath, TileReader};
use std::collections::BTreeMap;

use crate::archive_in_memory::{Builder, KEEPER, SPEAKER, salts, test_key};

/// The leaves of the example's archive.
pub const SPEAKERS_NAME: usize = 2;
pub const STATEMENT: usize = 3;
pub const PROPOSITION: usize = 4;
pub const RELATION: usize = 5;
pub const ATTESTATION: usize = 6;
pub const KEY: usize = 7;
pub const ENDORSEMENT: usize = 8;
pub const AUTHORITY: usize = 9;
pub const REVOCATION: usize = 10;

/// Salts as those of the builder, told apart by what they are for.
fn salts_for(leaf: usize) -> impl FnMut() -> Salt {
    let mut next = salts();
    move || {
        let mut salt = next();
        salt[0] = leaf as u8;
        salt
    }
}

struct Making {
    builder: Builder,
    ids: Vec<RecordId>,
}

impl Making {
    /// Logs a record about no exhibit.
    fn log(
        &mut self,
        prefix: &str,
        signers: &[(&SigningKey, PartyId, Scope)],
        body: impl FnOnce(&mut Sealer<'_>, &[RecordId]) -> Body,
    ) {
        let mut salts = salts_for(self.ids.len());
        let mut sealer = Sealer::new(&mut salts);
        let body = body(&mut sealer, &self.ids);
        let disclosures = sealer.into_disclosures();
        let declared: Vec<_> = signers.iter().map(|(key, party, _)| (*key, *party)).collect();
        let mut common = self.builder.common(prefix, &declared);
        for (declaration, (_, _, scope)) in common.signers.iter_mut().zip(signers) {
            declaration.asserts = vec![*scope];
        }
        let subject = self.builder.subject();
        let record = Record { common, subject, body };
        let keys: Vec<_> = signers.iter().map(|(key, ..)| *key).collect();
        self.ids.push(self.builder.log(&record, &keys, &disclosures));
    }
}

fn wording(text: &str) -> Wording {
    Wording {
        text: text.to_owned(),
        language: Some("en".to_owned()),
    }
}

/// An archive with a record of each kind and a roster entry of each sort.
pub fn archive() -> Builder {
    let (keeper, speaker) = (test_key(1), test_key(3));
    let mut builder = Builder::begin();
    builder.statement("I will not stop");
    let ids = builder.leaves.iter().map(|leaf| record_id(&leaf.envelope)).collect();
    let mut making = Making { builder, ids };
    let by_keeper = [(&keeper, KEEPER, Scope::Recorded)];
    making.log("P", &by_keeper, |sealer, _| {
        Body::Proposition(Proposition {
            proposition_type: PropositionType::Question,
            varies: true,
            words: sealer.seal(wording("Is he on hunger strike?")),
            excludes: Some(sealer.seal(wording("Whether he says that he will be."))),
            about: Some(sealer.seal(vec![ScopeItem::Party(SPEAKER)])),
            total_of: Vec::new(),
        })
    });
    making.log("L", &by_keeper, |sealer, ids| {
        Body::Relation(Box::new(Relation {
            relation: RelationKind::Answers,
            from: Reference::Record(ids[STATEMENT]),
            target: Target {
                is: TargetIs::All,
                among: vec![Reference::Record(ids[PROPOSITION])],
            },
            asserted_by: None,
            asserted_in: None,
            stance: Some(sealer.seal(Stance {
                proposition: ids[PROPOSITION],
                polarity: Polarity::Affirms,
                certainty: Certainty::Unstated,
                modality: Modality::Asserts,
                value: None,
                over: None,
                scope: Vec::new(),
                according_to: Vec::new(),
                note: Some("\u{201c}stop\u{201d} is read as the strike".to_owned()),
            })),
            within: None,
            asked: None,
            note: None,
        }))
    });
    making.log("T", &[(&keeper, KEEPER, Scope::ReadOverTo)], |sealer, ids| {
        Body::Attestation(Attestation {
            about: Reference::Record(ids[STATEMENT]),
            declaration: sealer.seal(wording(
                "I read these words over to him and he said that they were his.",
            )),
        })
    });
    let both = [(&keeper, KEEPER, Scope::Recorded), (&speaker, SPEAKER, Scope::Recorded)];
    making.log("K", &both, |_, _| {
        Body::Roster(RosterEntry::Key {
            party: SPEAKER,
            key: both[1].0.verifying_key_text(),
        })
    });
    making.log("E", &by_keeper, |sealer, _| {
        Body::Roster(RosterEntry::Endorsement {
            party: SPEAKER,
            key: both[1].0.verifying_key_text(),
            words: sealer.seal(wording("He read the fingerprint to me; I know his voice.")),
        })
    });
    making.log("G", &[(&speaker, SPEAKER, Scope::Recorded)], |sealer, _| {
        Body::Roster(RosterEntry::Authority {
            granted_by: SPEAKER,
            granted_to: KEEPER,
            words: sealer.seal(wording("May publish what I say by telephone.")),
            during: StatedTime {
                exact: sealer.seal(TimeClaim {
                    edtf: Some("2026-01-01/..".parse().unwrap()),
                    basis: TimeBasis::Stated,
                    anchor: None,
                    note: None,
                }),
                within: None,
            },
        })
    });
    making.log("R", &by_keeper, |sealer, ids| {
        Body::Roster(RosterEntry::Revocation {
            of: ids[KEY],
            key: None,
            reason: RevocationReason::Superseded,
            since: None,
            note: Some(sealer.seal("A new telephone; the key stayed on the old one.".to_owned())),
        })
    });
    making.builder
}

trait KeyText {
    fn verifying_key_text(&self) -> PublicKeyText;
}

impl KeyText for SigningKey {
    fn verifying_key_text(&self) -> PublicKeyText {
        affiant::key::Signer::verifying_key(self).into()
    }
}

pub fn payload(envelope: &[u8]) -> Vec<u8> {
    let envelope = affiant::envelope::Envelope::parse(envelope).unwrap();
    envelope.unverified_payload().to_vec()
}

fn record_id(envelope: &[u8]) -> RecordId {
    RecordId::of_payload(&payload(envelope))
}

struct Tiles<'a>(&'a BTreeMap<String, Vec<u8>>);

impl TileReader for Tiles<'_> {
    type Error = String;

    fn read(&self, path: TilePath) -> Result<Vec<u8>, String> {
        self.0.get(&path.to_string()).cloned().ok_or(format!("no {path}"))
    }
}

/// The proof that leaf `index` is in the archive of these files, as C2SP tlog-proof text.
pub fn proof(files: &BTreeMap<String, Vec<u8>>, index: usize, size: usize) -> String {
    let hashes = inclusion_proof(
        index as u64,
        size as u64,
        &TileHashReader::new(size as u64, &Tiles(files)),
    )
    .unwrap();
    let checkpoint = Note::parse(&files["checkpoint"]).unwrap();
    let proof = InclusionProof::new(index as u64, hashes, checkpoint, None).unwrap();
    proof.to_string()
}

/// A bundle of the statement. The speaker's name and the circumstances are withheld.
pub fn bundle(builder: &Builder) -> Bundle {
    let files = builder.files();
    let mut exhibits = Vec::new();
    let records = [0, SPEAKERS_NAME, STATEMENT].map(|leaf| {
        let logged = &builder.leaves[leaf];
        let record = Record::from_payload(&payload(&logged.envelope)).unwrap();
        let mut disclosures = disclose::from_line(logged.disclosures.as_bytes()).unwrap();
        for id in record.exhibits() {
            let descriptor = disclosures.iter().position(|one| one.digest() == id.0).unwrap();
            exhibits.push(BundledExhibit {
                content: Some(base64::encode(&builder.exhibits[id])),
                descriptor: disclosures.remove(descriptor).as_str().to_owned(),
                id: *id,
            });
        }
        let withheld = |one: &disclose::Disclosure| leaf == SPEAKERS_NAME || one.value().get("detained").is_some();
        disclosures.retain(|one| !withheld(one));
        BundledRecord {
            disclosures: disclosures.iter().map(|one| one.as_str().to_owned()).collect(),
            envelope: String::from_utf8(logged.envelope.clone()).unwrap(),
            proof: proof(&files, leaf, builder.leaves.len()),
        }
    });
    Bundle {
        exhibits,
        format: FORMAT.to_owned(),
        records: records.into(),
    }
}
