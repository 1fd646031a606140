//! An archive that is made and kept in memory, with fixed keys: for tests only.

use std::collections::{BTreeMap, BTreeSet};

use affiant::archive::{archive_toml, disclosures_path, exhibit_path, records_path};
use affiant::bundle::{Bundle, BundledExhibit, BundledRecord, FORMAT};
use affiant::digest::Digest;
use affiant::disclose::{self, Disclosure, Salt, Sealer};
use affiant::encode::base64;
use affiant::envelope::seal;
use affiant::key::{Signer, SigningKey};
use affiant::record::*;
use affiant::time::Timestamp;
use affiant::verify::{ArchiveSource, Listed, Options, PinnedArchive, SourceError, Trust, Verification, archive};
use affiant_tlog::checkpoint::Checkpoint;
use affiant_tlog::merkle::{Hash, HashReader, Node, inclusion_proof, leaf_hash, node_hash};
use affiant_tlog::note::{Note, VerifierKey};
use affiant_tlog::proof::InclusionProof;
use affiant_tlog::tile::{RightEdge, slots, tile_paths};

/// Test keys: their seeds are public, so they prove nothing outside these tests.
pub fn test_key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

pub const KEEPER: PartyId = PartyId([0xa1; 16]);
pub const SPEAKER: PartyId = PartyId([0xb2; 16]);
pub const ORIGIN: &str = "affiant.local/test-0123456789abcdef";

pub fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

/// Salts that are distinct and predictable.
pub fn salts() -> impl FnMut() -> Salt {
    let mut count = 0_u128;
    move || {
        count += 1;
        Digest::of(&count.to_be_bytes()).as_bytes()[..16].try_into().unwrap()
    }
}

#[derive(Clone)]
pub struct Logged {
    pub envelope: Vec<u8>,
    pub disclosures: String,
}

/// A checkpoint of `origin`, signed by the test key of `seed`.
pub fn signed_head(origin: &str, seed: u8, size: u64, root: Hash) -> Vec<u8> {
    let log = test_key(seed);
    let key = VerifierKey::new(origin, log.verifying_key().as_bytes()).unwrap();
    let head = Checkpoint::new(origin, size, root).unwrap();
    let note = head.sign(&key, |message| log.sign(message)).unwrap();
    note.to_string().into_bytes()
}

/// What an archive is made from; `files` lays it out and signs its head.
#[derive(Clone, Default)]
pub struct Builder {
    pub leaves: Vec<Logged>,
    pub exhibits: BTreeMap<ExhibitId, Vec<u8>>,
    pub archive: Option<(RecordId, Archive)>,
    count: u32,
}

impl Builder {
    pub fn common(&mut self, prefix: &str, signers: &[(&SigningKey, PartyId)]) -> Common {
        self.count += 1;
        let declare = |(key, party): &(&SigningKey, PartyId)| SignerDeclaration {
            asserts: vec![Scope::Recorded],
            key: key.verifying_key().into(),
            party: *party,
        };
        let nonce = Digest::of(&self.count.to_be_bytes());
        Common {
            archive: self.archive.as_ref().map(|(id, _)| *id),
            label: format!("{prefix}{}", self.count).parse().unwrap(),
            nonce: Nonce(nonce.as_bytes()[16..].try_into().unwrap()),
            recorded_at: now(),
            signers: signers.iter().map(declare).collect(),
        }
    }

    pub fn log(&mut self, record: &Record, signers: &[&SigningKey], disclosures: &[Disclosure]) -> RecordId {
        let signers: Vec<&dyn Signer> = signers.iter().map(|key| *key as &dyn Signer).collect();
        let envelope = seal(record, &signers).unwrap();
        self.leaves.push(Logged {
            envelope,
            disclosures: disclose::to_line(disclosures),
        });
        RecordId::of_payload(&record.to_payload().unwrap())
    }

    pub fn subject(&self) -> Subject {
        Subject::Archive(self.archive.as_ref().unwrap().0)
    }

    /// Leaf 0 and the keeper's and the speaker's names.
    pub fn begin() -> Builder {
        Builder::of_log_key(2)
    }

    /// As [`Builder::begin`], of a log whose key is the test key of `seed`.
    pub fn of_log_key(seed: u8) -> Builder {
        let mut builder = Builder::leaf0(seed);
        builder.party(KEEPER, "Test Keeper");
        builder.party(SPEAKER, "Test Speaker");
        builder
    }

    /// Leaf 0 alone.
    pub fn leaf0(seed: u8) -> Builder {
        let mut builder = Builder::default();
        let (keeper, log) = (test_key(1), test_key(seed));
        let log_key = VerifierKey::new(ORIGIN, log.verifying_key().as_bytes())
            .unwrap()
            .to_string();
        let body = Archive {
            format: 1,
            name: "A test".to_owned(),
            origin: ORIGIN.to_owned(),
            log_key: log_key.clone(),
            keepers: vec![Keeper {
                key: keeper.verifying_key().into(),
                party: KEEPER,
            }],
        };
        let subject = Subject::LogKey {
            origin: ORIGIN.to_owned(),
            sha256: Digest::of(log_key.as_bytes()),
        };
        let common = builder.common("A", &[(&keeper, KEEPER)]);
        let id = builder.log(
            &Record {
                common,
                subject,
                body: Body::Archive(body.clone()),
            },
            &[&keeper],
            &[],
        );
        builder.archive = Some((id, body));
        builder
    }

    pub fn party(&mut self, party: PartyId, name: &str) -> RecordId {
        let keeper = test_key(1);
        let seed = self.count;
        let mut salt = salts();
        let mut salts = move || {
            let mut salt = salt();
            salt[..4].copy_from_slice(&seed.to_be_bytes());
            salt
        };
        let mut sealer = Sealer::new(&mut salts);
        let names = vec![sealer.seal(Name {
            text: name.to_owned(),
            language: None,
        })];
        let entry = RosterEntry::Party {
            party,
            party_kind: PartyKind::Person,
            names,
            roles: Vec::new(),
        };
        let disclosures = sealer.into_disclosures();
        let common = self.common("N", &[(&keeper, KEEPER)]);
        let record = Record {
            common,
            subject: self.subject(),
            body: Body::Roster(entry),
        };
        self.log(&record, &[&keeper], &disclosures)
    }

    /// A statement of the speaker that rests on one text exhibit.
    pub fn statement(&mut self, words: &str) -> RecordId {
        let keeper = test_key(1);
        let (record, disclosures) = self.statement_record(words, &[(&keeper, KEEPER)]);
        self.log(&record, &[&keeper], &disclosures)
    }

    pub fn statement_record(&mut self, words: &str, signers: &[(&SigningKey, PartyId)]) -> (Record, Vec<Disclosure>) {
        let seed = self.count;
        let mut salt = salts();
        let mut salts = move || {
            let mut salt = salt();
            salt[..4].copy_from_slice(&seed.to_be_bytes());
            salt
        };
        let mut sealer = Sealer::new(&mut salts);
        let text = format!("Note. He said: {words}\n");
        let start = text.find(words).unwrap() as u64;
        let exhibit = sealer.describe(&Descriptor {
            media_type: "text/plain; charset=utf-8".to_owned(),
            name: "note.txt".to_owned(),
            sha256: Digest::of(text.as_bytes()),
            size: text.len() as u64,
        });
        let unstated = || TimeClaim {
            edtf: None,
            basis: TimeBasis::NotStated,
            anchor: None,
            note: None,
        };
        let passage = Passage {
            text: words.to_owned(),
            quotation: Quotation::Marked,
            language: None,
            cue: None,
            label: None,
            cited_as: None,
            span: Some(Span {
                exhibit,
                start,
                end: start + words.len() as u64,
            }),
        };
        let said = StatedTime {
            exact: sealer.seal(unstated()),
            within: None,
        };
        let conveyed = StatedTime {
            exact: sealer.seal(unstated()),
            within: None,
        };
        let published = StatedTime {
            exact: sealer.seal(unstated()),
            within: None,
        };
        let hop = Hop {
            from: sealer.seal(PartyRef::Party(SPEAKER)),
            to: sealer.seal(PartyRef::Party(KEEPER)),
            medium: Medium::Telephone,
            did: Act::Verbatim,
            basis: Basis::Heard,
            when: StatedTime {
                exact: sealer.seal(unstated()),
                within: None,
            },
            attested_by: None,
            authority: None,
            identified_by: None,
            call: None,
        };
        let statement = Statement {
            speaker: sealer.seal(PartyRef::Party(SPEAKER)),
            alleged: false,
            form: Form::Verbatim,
            language: "en".to_owned(),
            translator: None,
            words: vec![sealer.seal(passage)],
            said,
            conveyed,
            published,
            relay: vec![hop],
            circumstances: sealer.seal(Circumstances {
                detained: Known::NotStated,
                voluntariness_recorded: Known::NotStated,
                present: Vec::new(),
                channel_controlled_by: None,
                note: None,
            }),
            stances: Vec::new(),
            observed: Vec::new(),
            note: None,
        };
        self.exhibits.insert(exhibit, text.into_bytes());
        let disclosures = sealer.into_disclosures();
        let common = self.common("S", signers);
        let record = Record {
            common,
            subject: Subject::Exhibits(vec![exhibit]),
            body: Body::Statement(Box::new(statement)),
        };
        (record, disclosures)
    }

    /// The files of the archive, its head signed by the log's test key.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.files_signed_by(2)
    }

    /// The same, its head signed by the test key of `seed`.
    pub fn files_signed_by(&self, seed: u8) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let (id, archive) = self.archive.as_ref().unwrap();
        files.insert("archive.toml".to_owned(), archive_toml(archive, *id).into_bytes());
        let entries: Vec<_> = self
            .leaves
            .iter()
            .map(|leaf| *Digest::of(&leaf.envelope).as_bytes())
            .collect();
        let mut edge = RightEdge::new();
        let size = self.leaves.len() as u64;
        let wanted: Vec<String> = tile_paths(0, size).map(|path| path.to_string()).collect();
        for tile in edge.append(&entries).unwrap() {
            let path = tile.path.to_string();
            assert!(wanted.contains(&path));
            files.insert(path, tile.bytes);
        }
        files.insert("checkpoint".to_owned(), signed_head(ORIGIN, seed, size, edge.root()));
        for slot in slots(0, size) {
            let range = slot.start() as usize..slot.start() as usize + usize::from(slot.width());
            let (mut records, mut disclosures) = (Vec::new(), Vec::new());
            for leaf in &self.leaves[range] {
                records.extend_from_slice(&leaf.envelope);
                records.push(b'\n');
                disclosures.extend_from_slice(leaf.disclosures.as_bytes());
                disclosures.push(b'\n');
            }
            files.insert(records_path(slot), records);
            files.insert(disclosures_path(slot), disclosures);
        }
        files.extend(
            self.exhibits
                .iter()
                .map(|(id, bytes)| (exhibit_path(*id), bytes.clone())),
        );
        files
    }

    /// A bundle of leaf 0, the roster records and the leaves that are named, with the bytes
    /// of the exhibits.
    pub fn bundle(&self, leaves: &[usize]) -> Bundle {
        let mut wanted: BTreeSet<usize> = leaves.iter().copied().collect();
        wanted.extend([0, 1, 2]);
        let hashes: Vec<Hash> = self
            .leaves
            .iter()
            .map(|leaf| leaf_hash(Digest::of(&leaf.envelope).as_bytes()))
            .collect();
        let size = hashes.len() as u64;
        let head = Note::parse(&self.files()["checkpoint"]).unwrap();
        let (mut records, mut exhibits) = (Vec::new(), Vec::new());
        for index in wanted {
            let leaf = &self.leaves[index];
            let envelope = String::from_utf8(leaf.envelope.clone()).unwrap();
            let path = inclusion_proof(index as u64, size, &Leaves(&hashes)).unwrap();
            let proof = InclusionProof::new(index as u64, path, head.clone(), None).unwrap();
            let texts: Vec<String> = serde_json::from_str(&leaf.disclosures).unwrap();
            let id_of = |text: &String| ExhibitId(Digest::of(text.as_bytes()));
            let (descriptors, disclosures): (Vec<String>, Vec<String>) = texts
                .into_iter()
                .partition(|text| self.exhibits.contains_key(&id_of(text)));
            exhibits.extend(descriptors.into_iter().map(|descriptor| BundledExhibit {
                content: Some(base64::encode(&self.exhibits[&id_of(&descriptor)])),
                id: id_of(&descriptor),
                descriptor,
            }));
            records.push(BundledRecord {
                disclosures,
                envelope,
                proof: proof.to_string(),
            });
        }
        Bundle {
            exhibits,
            format: FORMAT.to_owned(),
            records,
        }
    }

    /// The trust of a reader who pinned this archive's log.
    pub fn trust(&self) -> Trust {
        let vkey = self.archive.as_ref().unwrap().1.log_key.clone();
        Trust {
            archives: vec![PinnedArchive {
                vkey,
                how: "in person".to_owned(),
            }],
            keys: Vec::new(),
        }
    }
}

/// The hashes of the leaves, from which those above follow.
struct Leaves<'a>(&'a [Hash]);

impl HashReader for Leaves<'_> {
    type Error = std::convert::Infallible;

    fn hash(&self, node: Node) -> Result<Hash, Self::Error> {
        let Some(below) = node.level.checked_sub(1) else {
            return Ok(self.0[node.index as usize]);
        };
        let child = |index| self.hash(Node { level: below, index });
        Ok(node_hash(&child(2 * node.index)?, &child(2 * node.index + 1)?))
    }
}

/// Files in memory as a source.
pub struct Files<'a>(pub &'a BTreeMap<String, Vec<u8>>);

impl ArchiveSource for Files<'_> {
    fn list(&mut self) -> Result<Vec<Listed>, SourceError> {
        Ok(self.0.keys().cloned().map(Listed::File).collect())
    }

    fn read(&mut self, path: &str, limit: usize) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self
            .0
            .get(path)
            .map(|bytes| bytes[..bytes.len().min(limit + 1)].to_vec()))
    }

    fn digest(&mut self, path: &str) -> Result<Option<(Digest, u64)>, SourceError> {
        Ok(self.0.get(path).map(|bytes| (Digest::of(bytes), bytes.len() as u64)))
    }

    fn range(&mut self, path: &str, start: u64, end: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let bytes = self
            .0
            .get(path)
            .and_then(|bytes| bytes.get(start as usize..end as usize));
        Ok(bytes.map(<[u8]>::to_vec))
    }
}

pub fn verify(files: &BTreeMap<String, Vec<u8>>, trust: &Trust) -> Verification {
    archive(
        &mut Files(files),
        &Options {
            trust,
            seen: None,
            threads: 1,
        },
    )
    .unwrap()
}
