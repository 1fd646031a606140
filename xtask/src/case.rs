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

use affiant::envelope::seal;
use affiant::key::Signer;
use affiant_case::ExhibitDraft;
use affiant_store::{ArchiveDir, Heads, NewRecord, StagedExhibit, Writer};

use crate::recorded::{self, KEEPER, NewArchive, RECORDED_AT, look_at, not_random, path_of, said, test_key};

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
    recorded::cases().join("huseynov")
}

fn build(dir: &Path) -> Result<(), Box<dyn Error>> {
    let (keeper, log) = (test_key(1), test_key(2));
    let mut salts = not_random();
    let heads = tempfile::tempdir()?;
    let heads = Heads::new(heads.path());
    let sign = &mut |text: &[u8]| log.sign(text);
    let (id, archive, first) = recorded::begin(
        "Huseynov (made by test keys)",
        "Keeper of test keys",
        &keeper,
        &log,
        &mut salts,
    )?;
    let mut leaves = Vec::new();
    for (record, disclosures) in first {
        leaves.push(NewRecord {
            envelope: seal(&record, &[&keeper])?,
            disclosures,
            exhibits: Vec::new(),
        });
    }
    Writer::create(dir, heads.clone(), "xtask", (id, &archive), leaves, sign)?;
    let mut writer = Writer::open(&ArchiveDir::open(dir)?, heads, "xtask", sign)?;

    let text = fs::read_to_string(fixtures().join("case.toml"))?;
    let case = affiant_case::parse(&text, "case.toml").map_err(said)?;
    let mut staged: BTreeMap<String, StagedExhibit> = BTreeMap::new();
    let mut facts = BTreeMap::new();
    for draft in &case.case.exhibits {
        let path = path_of(&fixtures(), draft)?;
        let mut file = File::open(&path)?;
        let one = writer
            .stage_exhibit(&mut file, salts(), &mut |_| {})
            .map_err(|error| match error {
                Ok(store) => store.to_string(),
                Err(read) => read.to_string(),
            })?;
        facts.insert(draft.id.clone(), look_at(&path)?);
        staged.insert(draft.id.clone(), one);
    }
    let mut read = |draft: &ExhibitDraft, range: Range<u64>| {
        let bytes = fs::read(path_of(&fixtures(), draft).map_err(io::Error::other)?)?;
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
    let mut exhibits = affiant_case::StagedExhibits {
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
