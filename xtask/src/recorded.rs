//! What the cases of `fixtures/cases` need to become records: test keys, salts that are the same at
//! each run, leaf 0 and the keeper's name.
//!
//! The seeds of the keys are public, so that signatures by them prove nothing.

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use affiant::digest::Digest;
use affiant::disclose::{Disclosure, Salt, Sealer};
use affiant::key::{Signer, SigningKey};
use affiant::record::{
    Archive, Body, Common, Keeper, Name, Nonce, PartyId, PartyKind, Record, RecordId, RosterEntry, Scope,
    SignerDeclaration, Subject,
};
use affiant_case::{CaseError, EmptyArchive, ExhibitDraft, ExhibitFacts, ExhibitSource};
use affiant_tlog::note::VerifierKey;

pub const ORIGIN: &str = "affiant.local/huseynov-test-0000000000000000";
pub const RECORDED_AT: &str = "2026-01-01T00:00:00Z";
pub const KEEPER: PartyId = PartyId([0xaf; 16]);

/// A record and its disclosures.
pub type Disclosed = (Record, Vec<Disclosure>);

/// The folder of all cases.
pub fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/cases")
}

/// A test key: its seed is public.
pub fn test_key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

/// Salts, nonces and ids that are the same at each run, and so keep nothing secret.
pub fn not_random() -> impl FnMut() -> Salt {
    let mut count = 0_u64;
    move || {
        count += 1;
        let digest = Digest::of(format!("affiant test salt {count}").as_bytes());
        digest.as_bytes()[..16].try_into().expect("half a digest")
    }
}

/// Leaf 0, and the record that names the keeper.
///
/// # Errors
/// Where a constant of this file is no value of its type.
pub fn begin(
    archive_name: &str,
    keeper_name: &str,
    keeper: &SigningKey,
    log: &SigningKey,
    salts: &mut impl FnMut() -> Salt,
) -> Result<(RecordId, Archive, [Disclosed; 2]), Box<dyn Error>> {
    let log_key = VerifierKey::new(ORIGIN, log.verifying_key().as_bytes())?.to_string();
    let archive = Archive {
        format: 1,
        name: archive_name.to_owned(),
        origin: ORIGIN.to_owned(),
        log_key: log_key.clone(),
        keepers: vec![Keeper {
            key: keeper.verifying_key().into(),
            party: KEEPER,
        }],
    };
    let common = |archive, label: &str, nonce| -> Result<Common, Box<dyn Error>> {
        let signer = SignerDeclaration {
            asserts: vec![Scope::Recorded],
            key: keeper.verifying_key().into(),
            party: KEEPER,
        };
        let (label, recorded_at) = (label.parse()?, RECORDED_AT.parse()?);
        Ok(Common {
            archive,
            label,
            nonce: Nonce(nonce),
            recorded_at,
            signers: vec![signer],
        })
    };
    let subject = Subject::LogKey {
        origin: ORIGIN.to_owned(),
        sha256: Digest::of(log_key.as_bytes()),
    };
    let leaf0 = Record {
        common: common(None, "A0", salts())?,
        subject,
        body: Body::Archive(archive.clone()),
    };
    let id = RecordId::of_payload(&leaf0.to_payload()?);

    let nonce = salts();
    let mut sealer = Sealer::new(salts);
    let names = vec![sealer.seal(Name {
        text: keeper_name.to_owned(),
        language: None,
    })];
    let entry = RosterEntry::Party {
        party: KEEPER,
        party_kind: PartyKind::NotStated,
        names,
        roles: Vec::new(),
    };
    let disclosures = sealer.into_disclosures();
    let named = Record {
        common: common(Some(id), "N1", nonce)?,
        subject: Subject::Archive(id),
        body: Body::Roster(entry),
    };
    Ok((id, archive, [(leaf0, Vec::new()), (named, disclosures)]))
}

/// An archive that has its keeper and nothing else.
pub struct NewArchive;

impl affiant_case::Archived for NewArchive {
    fn labelled(&self, label: &affiant::record::Label) -> Option<affiant_case::ArchivedRecord> {
        let taken = label.as_str() == "N1";
        taken.then(|| affiant_case::ArchivedRecord {
            id: RecordId(Digest::of(b"N1")),
            kind: "roster".to_owned(),
        })
    }

    fn has_party(&self, party: PartyId) -> bool {
        party == KEEPER
    }

    fn has_exhibit(&self, exhibit: affiant::record::ExhibitId) -> bool {
        EmptyArchive.has_exhibit(exhibit)
    }
}

/// The file of an exhibit of the case in `folder`.
///
/// # Errors
/// Where the exhibit is no file.
pub fn path_of(folder: &Path, draft: &ExhibitDraft) -> Result<PathBuf, String> {
    match &draft.source {
        ExhibitSource::File { path, .. } => Ok(folder.join(path)),
        ExhibitSource::Existing(id) => Err(format!("{id} is not in a new archive")),
    }
}

/// What a record says of an exhibit's bytes.
///
/// # Errors
/// Where the file cannot be read.
pub fn look_at(path: &Path) -> io::Result<ExhibitFacts> {
    let bytes = fs::read(path)?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let seen = affiant_inspect::picture::inspect(&bytes).ok();
    let media_type = affiant_inspect::media_type(&bytes, name).to_owned();
    Ok(ExhibitFacts {
        sha256: Digest::of(&bytes),
        size: bytes.len() as u64,
        media_type,
        pixels: seen.map(|seen| (seen.width, seen.height)),
    })
}

/// All that is wrong with a case, a line each.
pub fn said(errors: Vec<CaseError>) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
