//! The archive of the case, signed by test keys at a fixed time: the same bytes each time.
//!
//! ```text
//! fixtures/cases/huseynov/archive/
//! ```
//!
//! The seeds of its keys are public, so its signatures prove nothing. It is kept so that
//! whoever changes a format sees which bytes change, and so that later versions go on
//! verifying what this one wrote.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use affiant::digest::Digest;
use affiant::disclose::{Salt, Sealer};
use affiant::envelope::seal;
use affiant::key::{Signer, SigningKey};
use affiant::record::{
    Archive, Body, Common, Keeper, Name, Nonce, PartyId, PartyKind, Record, RecordId, RosterEntry, Scope,
    SignerDeclaration, Subject,
};
use affiant_case::{EmptyArchive, ExhibitDraft, ExhibitFacts, ExhibitSource, StagedExhibits};
use affiant_store::{ArchiveDir, Heads, NewRecord, StagedExhibit, Writer};
use affiant_tlog::note::VerifierKey;

const ORIGIN: &str = "affiant.local/huseynov-test-0000000000000000";
const RECORDED_AT: &str = "2026-01-01T00:00:00Z";
const KEEPER: PartyId = PartyId([0xaf; 16]);

/// Writes the archive anew.
///
/// # Errors
/// Where a fixture is missing or a file cannot be written.
pub fn make() -> Result<(), Box<dyn Error>> {
    let kept = fixtures().join("archive");
    if kept.exists() {
        fs::remove_dir_all(&kept)?;
    }
    build(&kept)?;
    println!("wrote {}", kept.display());
    Ok(())
}

/// Compares the archive that is kept with one made now.
///
/// # Errors
/// Names the first file that differs.
pub fn check() -> Result<(), Box<dyn Error>> {
    let made = tempfile::tempdir()?;
    let made = made.path().join("archive");
    build(&made)?;
    let kept = fixtures().join("archive");
    let (files, others) = (files(&made)?, files(&kept)?);
    if files != others {
        return Err("the archive that is kept has other files; make it anew with `cargo xtask case`".into());
    }
    for file in files {
        if fs::read(made.join(&file))? != fs::read(kept.join(&file))? {
            return Err(format!("{} differs; make it anew with `cargo xtask case`", file.display()).into());
        }
    }
    Ok(())
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/cases/huseynov")
}

/// A test key: its seed is public.
fn test_key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

/// Salts, nonces and ids that are the same at each run, and so keep nothing secret.
fn not_random() -> impl FnMut() -> Salt {
    let mut count = 0_u64;
    move || {
        count += 1;
        let digest = Digest::of(format!("affiant test salt {count}").as_bytes());
        digest.as_bytes()[..16].try_into().expect("half a digest")
    }
}

fn build(dir: &Path) -> Result<(), Box<dyn Error>> {
    let (keeper, log) = (test_key(1), test_key(2));
    let mut salts = not_random();
    let heads = tempfile::tempdir()?;
    let heads = Heads::new(heads.path());
    let sign = &mut |text: &[u8]| log.sign(text);
    let (id, archive, first) = begin(&keeper, &log, &mut salts)?;
    Writer::create(dir, heads.clone(), "xtask", (id, &archive), first, sign)?;
    let mut writer = Writer::open(&ArchiveDir::open(dir)?, heads, "xtask", sign)?;

    let text = fs::read_to_string(fixtures().join("case.toml"))?;
    let case = affiant_case::parse(&text, "case.toml").map_err(said)?;
    let mut staged: BTreeMap<String, StagedExhibit> = BTreeMap::new();
    let mut facts = BTreeMap::new();
    for draft in &case.case.exhibits {
        let path = path_of(draft)?;
        let mut file = File::open(&path)?;
        let one = writer
            .stage_exhibit(&mut file, salts(), &mut |_| {})
            .map_err(|error| match error {
                Ok(store) => store.to_string(),
                Err(read) => read.to_string(),
            })?;
        facts.insert(draft.id.clone(), look_at(&path, &one)?);
        staged.insert(draft.id.clone(), one);
    }
    let mut read = |draft: &ExhibitDraft, range: Range<u64>| {
        let bytes = fs::read(path_of(draft).map_err(io::Error::other)?)?;
        let range =
            usize::try_from(range.start).expect("a short file")..usize::try_from(range.end).expect("a short file");
        bytes
            .get(range)
            .map(<[u8]>::to_vec)
            .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    };
    let mut context = affiant_case::Context {
        archive: id,
        recorded_at: RECORDED_AT.parse()?,
        key: keeper.verifying_key().into(),
        party: KEEPER,
        archived: &NewArchive,
        random: &mut salts,
    };
    let mut exhibits = StagedExhibits {
        facts: &facts,
        read: &mut read,
    };
    let built = affiant_case::build(&case, &mut context, &mut exhibits).map_err(said)?;
    let mut records = Vec::with_capacity(built.len());
    for new in built {
        let exhibits = new
            .exhibits
            .iter()
            .map(|exhibit| (exhibit.id, staged[&exhibit.handle].clone()))
            .collect();
        let envelope = seal(&new.record, &[&keeper])?;
        records.push(NewRecord {
            envelope,
            disclosures: new.disclosures,
            exhibits,
        });
    }
    writer.append(records, sign)?;
    Ok(())
}

/// Leaf 0 and the keeper's name.
fn begin(
    keeper: &SigningKey,
    log: &SigningKey,
    salts: &mut impl FnMut() -> Salt,
) -> Result<(RecordId, Archive, Vec<NewRecord>), Box<dyn Error>> {
    let log_key = VerifierKey::new(ORIGIN, log.verifying_key().as_bytes())?.to_string();
    let archive = Archive {
        format: 1,
        name: "Huseynov (made by test keys)".to_owned(),
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
    let record = Record {
        common: common(None, "A0", salts())?,
        subject,
        body: Body::Archive(archive.clone()),
    };
    let id = RecordId::of_payload(&record.to_payload()?);
    let leaf0 = NewRecord {
        envelope: seal(&record, &[keeper])?,
        disclosures: Vec::new(),
        exhibits: Vec::new(),
    };

    let nonce = salts();
    let mut sealer = Sealer::new(salts);
    let names = vec![sealer.seal(Name {
        text: "Keeper of test keys".to_owned(),
        language: None,
    })];
    let entry = RosterEntry::Party {
        party: KEEPER,
        party_kind: PartyKind::NotStated,
        names,
        roles: Vec::new(),
    };
    let disclosures = sealer.into_disclosures();
    let record = Record {
        common: common(Some(id), "N1", nonce)?,
        subject: Subject::Archive(id),
        body: Body::Roster(entry),
    };
    let named = NewRecord {
        envelope: seal(&record, &[keeper])?,
        disclosures,
        exhibits: Vec::new(),
    };
    Ok((id, archive, vec![leaf0, named]))
}

/// An archive that has its keeper and nothing else.
struct NewArchive;

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

fn path_of(draft: &ExhibitDraft) -> Result<PathBuf, String> {
    match &draft.source {
        ExhibitSource::File { path, .. } => Ok(fixtures().join(path)),
        ExhibitSource::Existing(id) => Err(format!("{id} is not in a new archive")),
    }
}

fn look_at(path: &Path, staged: &StagedExhibit) -> io::Result<ExhibitFacts> {
    let bytes = fs::read(path)?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let seen = affiant_inspect::picture::inspect(&bytes).ok();
    let media_type = affiant_inspect::media_type(&bytes, name).to_owned();
    Ok(ExhibitFacts {
        sha256: staged.sha256,
        size: staged.size,
        media_type,
        pixels: seen.map(|seen| (seen.width, seen.height)),
    })
}

fn said(errors: Vec<affiant_case::CaseError>) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The files below a folder, relative to it.
fn files(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(root).expect("below the root").to_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_archive_that_is_kept_is_made_again_byte_for_byte() {
        super::check().expect("the same bytes");
    }
}
