//! An archive that is made with fixed keys, salts and nonces: for tests only. Its keys are
//! public, so what it signs proves nothing.

#![allow(clippy::unwrap_used)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use affiant::check::Outcome;
use affiant::digest::Digest;
use affiant::disclose::{Salt, Sealer};
use affiant::envelope::seal;
use affiant::key::{SignError, Signature, Signer as _, SigningKey};
use affiant::record::*;
use affiant::verify::{Options, PinnedArchive, Trust, Verification, archive};
use affiant_tlog::checkpoint::Checkpoint;
use affiant_tlog::note::{NoteText, VerifierKey};

use affiant_store::{Appended, ArchiveDir, DirSource, Heads, NewRecord, StoreError, Writer};

pub const KEEPER: PartyId = PartyId([0xa1; 16]);
pub const ORIGIN: &str = "archive.example/test-0123456789abcdef";
/// Who the tests say is writing.
pub const WRITER: &str = "pid 1, user test, host test, since 2026-01-01T00:00:00Z";

/// Every head that was signed: its root, by its size. To sign two of one size is a fork.
pub type SignedHeads = Rc<RefCell<BTreeMap<u64, String>>>;

/// What an archive of tests is made from.
pub struct Specimen {
    keeper: SigningKey,
    log: SigningKey,
    pub archive: Archive,
    pub id: RecordId,
    first: NewRecord,
}

/// Sixteen bytes that follow from a name.
fn sixteen(name: &str) -> [u8; 16] {
    Digest::of(name.as_bytes()).as_bytes()[..16].try_into().unwrap()
}

fn salts(name: String) -> impl FnMut() -> Salt {
    let mut count = 0;
    move || {
        count += 1;
        sixteen(&format!("salt {count} of {name}"))
    }
}

impl Specimen {
    pub fn new() -> Specimen {
        let keeper = SigningKey::from_seed(&[1; 32]);
        let log = SigningKey::from_seed(&[2; 32]);
        let log_key = VerifierKey::new(ORIGIN, log.verifying_key().as_bytes()).unwrap();
        let archive = Archive {
            format: 1,
            name: "A specimen".to_owned(),
            origin: ORIGIN.to_owned(),
            log_key: log_key.to_string(),
            keepers: vec![Keeper {
                key: keeper.verifying_key().into(),
                party: KEEPER,
            }],
        };
        let mut specimen = Specimen {
            keeper,
            log,
            archive,
            id: RecordId(Digest::of(b"")),
            first: NewRecord {
                envelope: Vec::new(),
                disclosures: Vec::new(),
                exhibits: Vec::new(),
            },
        };
        let subject = Subject::LogKey {
            origin: ORIGIN.to_owned(),
            sha256: Digest::of(specimen.archive.log_key.as_bytes()),
        };
        let record = Record {
            common: specimen.common("A01", None),
            subject,
            body: Body::Archive(specimen.archive.clone()),
        };
        specimen.first.envelope = seal(&record, &[&specimen.keeper]).unwrap();
        specimen.id = RecordId::of_payload(&record.to_payload().unwrap());
        specimen
    }

    fn common(&self, label: &str, archive: Option<RecordId>) -> Common {
        Common {
            archive,
            label: label.parse().unwrap(),
            nonce: Nonce(sixteen(label)),
            recorded_at: "2026-01-01T00:00:00Z".parse().unwrap(),
            signers: vec![SignerDeclaration {
                asserts: vec![Scope::Recorded],
                key: self.keeper.verifying_key().into(),
                party: KEEPER,
            }],
        }
    }

    pub fn seal(&self, label: &str, subject: Subject, body: impl FnOnce(&mut Sealer<'_>) -> Body) -> NewRecord {
        let mut salts = salts(label.to_owned());
        let mut sealer = Sealer::new(&mut salts);
        let body = body(&mut sealer);
        let disclosures = sealer.into_disclosures();
        let record = Record {
            common: self.common(label, Some(self.id)),
            subject,
            body,
        };
        NewRecord {
            envelope: seal(&record, &[&self.keeper]).unwrap(),
            disclosures,
            exhibits: Vec::new(),
        }
    }

    /// A question about nothing else.
    pub fn question(&self, label: &str, words: &str) -> NewRecord {
        self.seal(label, Subject::Archive(self.id), |sealer| question(words, sealer))
    }

    /// A party with these names.
    pub fn party(&self, label: &str, party: PartyId, names: &[&str]) -> NewRecord {
        self.seal(label, Subject::Archive(self.id), |sealer| {
            let name = |text: &&str| Name {
                text: (*text).to_owned(),
                language: None,
            };
            Body::Roster(RosterEntry::Party {
                party,
                party_kind: PartyKind::Person,
                names: sealer.seal_each(names.iter().map(name)),
                roles: Vec::new(),
            })
        })
    }

    /// A question that rests on an exhibit, whose bytes are staged by `writer`. The same
    /// `name` gives the same exhibit.
    pub fn with_exhibit(&self, label: &str, name: &str, bytes: &mut dyn Read, writer: &mut Writer) -> NewRecord {
        let staged = writer.stage_exhibit(bytes, sixteen(label), &mut |_| {});
        self.with_staged(label, name, staged.unwrap())
    }

    pub fn with_staged(&self, label: &str, name: &str, staged: affiant_store::StagedExhibit) -> NewRecord {
        let mut salts = salts(format!("exhibit {name}"));
        let mut sealer = Sealer::new(&mut salts);
        let exhibit = sealer.describe(&Descriptor {
            media_type: "text/plain; charset=utf-8".to_owned(),
            name: name.to_owned(),
            sha256: staged.sha256,
            size: staged.size,
        });
        let descriptor = sealer.into_disclosures();
        let subject = Subject::Exhibits(vec![exhibit]);
        let mut new = self.seal(label, subject, |sealer| question(label, sealer));
        new.disclosures.extend(descriptor);
        new.exhibits.push((exhibit, staged));
        new
    }

    /// The archive of leaf 0 alone, in `root`.
    pub fn create(&self, root: &Path, heads: &Path, signed: &SignedHeads) -> Result<Appended, StoreError> {
        let leaf0 = (self.id, &self.archive);
        let first = vec![self.first.clone()];
        Writer::create(root, Heads::new(heads), WRITER, leaf0, first, &mut self.sign(signed))
    }

    /// The log's key, which keeps in `signed` what it signed and panics at a fork.
    pub fn sign(&self, signed: &SignedHeads) -> impl FnMut(&[u8]) -> Result<Signature, SignError> + use<'_> {
        let signed = Rc::clone(signed);
        move |text| {
            let head = NoteText::new(std::str::from_utf8(text).unwrap()).unwrap();
            let head = Checkpoint::parse_unverified(&head).unwrap();
            let earlier = signed.borrow_mut().insert(head.size(), head.root().to_string());
            if let Some(earlier) = earlier {
                assert_eq!(earlier, head.root().to_string(), "the log forked at {}", head.size());
            }
            self.log.sign(text)
        }
    }

    /// A verification by a reader who pinned the log.
    pub fn verify(&self, root: &Path) -> Verification {
        let trust = Trust {
            archives: vec![PinnedArchive {
                vkey: self.archive.log_key.clone(),
                how: "made here".to_owned(),
            }],
            keys: Vec::new(),
        };
        let options = Options {
            trust: &trust,
            seen: None,
            threads: 2,
        };
        archive(&mut DirSource::new(root, |_, _| {}), &options).unwrap()
    }

    /// Verifies the archive and gives its size.
    pub fn assert_passes(&self, root: &Path) -> u64 {
        let verification = self.verify(root);
        assert_eq!(verification.outcome, Outcome::Passed, "{:#?}", verification.findings);
        verification.log.unwrap().size
    }
}

fn question(words: &str, sealer: &mut Sealer<'_>) -> Body {
    Body::Proposition(Proposition {
        proposition_type: PropositionType::Question,
        varies: true,
        words: sealer.seal(Wording {
            text: words.to_owned(),
            language: None,
        }),
        excludes: None,
        about: None,
        total_of: Vec::new(),
    })
}

/// A folder with an archive of leaf 0 in it, and the heads beside it.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub signed: SignedHeads,
}

impl Place {
    /// In memory where there is such a folder: thousands of archives are made and synced.
    pub fn empty() -> Place {
        Place {
            folder: tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap()),
            signed: SignedHeads::default(),
        }
    }

    /// On a disk.
    pub fn on_disk(specimen: &Specimen) -> Place {
        let place = Place {
            folder: tempfile::tempdir().unwrap(),
            signed: SignedHeads::default(),
        };
        specimen.create(&place.root(), &place.heads(), &place.signed).unwrap();
        place
    }

    pub fn of(specimen: &Specimen) -> Place {
        let place = Place::empty();
        specimen.create(&place.root(), &place.heads(), &place.signed).unwrap();
        place
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("archive")
    }

    pub fn heads(&self) -> PathBuf {
        self.folder.path().join("heads")
    }

    pub fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    pub fn dir(&self) -> ArchiveDir {
        ArchiveDir::open(&self.root()).unwrap()
    }

    pub fn writer(&self, specimen: &Specimen) -> Result<Writer, StoreError> {
        let heads = Heads::new(&self.heads());
        Writer::open(&self.dir(), heads, WRITER, &mut specimen.sign(&self.signed))
    }

    pub fn append(&self, specimen: &Specimen, records: Vec<NewRecord>) -> Result<Appended, StoreError> {
        self.writer(specimen)?.append(records, &mut specimen.sign(&self.signed))
    }

    /// Every file of the archive.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.root())
    }
}

/// Every file below a folder, by its path relative to it. An empty folder is listed too, as
/// its path and a slash.
pub fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn below(root: &Path, inner: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        let mut entries = std::fs::read_dir(root.join(inner)).unwrap().peekable();
        if entries.peek().is_none() {
            found.insert(format!("{}/", inner.display()), Vec::new());
        }
        for entry in entries {
            let path = inner.join(entry.unwrap().file_name());
            match root.join(&path).is_dir() {
                true => below(root, &path, found),
                false => {
                    let bytes = std::fs::read(root.join(&path)).unwrap();
                    found.insert(path.to_str().unwrap().to_owned(), bytes);
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    below(root, Path::new(""), &mut found);
    found
}
