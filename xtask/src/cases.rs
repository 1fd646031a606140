//! The comparisons of all cases of `fixtures/cases`, and the golden texts of them.
//!
//! ```text
//! fixtures/cases/rumour/comparison.txt
//! ```
//!
//! A case is compared as `affiant compare` compares it after `affiant import`: leaf 0, the one who
//! records, and the records of the case file, all verified. Nothing is stored.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io;
use std::ops::Range;

use affiant::compare::{Ask, Case, Comparison, Standing, compare};
use affiant::disclose::Salt;
use affiant::key::Signer;
use affiant::record::{Record, RecordId};
use affiant_case::{ExhibitDraft, PartySource, StagedExhibits};
use affiant_report::{Style, compare_text};

#[cfg(test)]
mod expected;

use crate::recorded::{self, KEEPER, NewArchive, RECORDED_AT, look_at, not_random, path_of, said, test_key};

/// All cases, by their folders.
pub const NAMES: [&str; 6] = [
    "contract-call",
    "deposition",
    "huseynov",
    "press-release",
    "rumour",
    "two-interpreters",
];
/// Who records them.
const RECORDER: &str = "Ada Example";
/// How wide the golden texts are, in columns.
const WIDTH: usize = 80;

/// The records of a case file.
pub struct Recorded {
    /// The first name of each party, by its handle.
    pub parties: BTreeMap<String, String>,
    /// The records, in the order of the log.
    pub records: Vec<(RecordId, Record)>,
}

impl Recorded {
    /// Makes records of a case, leaving out the relations that have one of these labels.
    ///
    /// # Errors
    /// Where the case file or an exhibit cannot be read, or is wrong.
    pub fn new(name: &str, without: &[String]) -> Result<Recorded, Box<dyn Error>> {
        let folder = recorded::cases().join(name);
        let text = fs::read_to_string(folder.join("case.toml"))?;
        let mut file = affiant_case::parse(&text, "case.toml").map_err(said)?;
        file.case
            .relations
            .retain(|relation| !without.contains(&relation.label));
        let (keeper, log) = (test_key(1), test_key(2));
        let mut salts = not_random();
        let (archive, _, first) = recorded::begin(name, RECORDER, &keeper, &log, &mut salts)?;
        let mut facts = BTreeMap::new();
        for exhibit in &file.case.exhibits {
            facts.insert(exhibit.id.clone(), look_at(&path_of(&folder, exhibit)?)?);
        }
        let mut read = |exhibit: &ExhibitDraft, range: Range<u64>| {
            let bytes = fs::read(path_of(&folder, exhibit).map_err(io::Error::other)?)?;
            let place = |offset| usize::try_from(offset).expect("a short file");
            let held = bytes.get(place(range.start)..place(range.end));
            held.map(<[u8]>::to_vec)
                .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
        };
        let mut random: Box<dyn FnMut() -> Salt> = Box::new(salts);
        let mut context = affiant_case::Context {
            archive,
            recorded_at: RECORDED_AT.parse()?,
            key: keeper.verifying_key().into(),
            party: KEEPER,
            archived: &NewArchive,
            random: &mut random,
        };
        let mut exhibits = StagedExhibits {
            facts: &facts,
            read: &mut read,
        };
        let built = affiant_case::build(&file, &mut context, &mut exhibits).map_err(said)?;
        let mut records = Vec::with_capacity(built.len() + first.len());
        for (record, _) in first {
            records.push((RecordId::of_payload(&record.to_payload()?), record));
        }
        records.extend(built.into_iter().map(|new| (new.id, new.record)));
        let parties = file.case.parties.into_iter().filter_map(|party| match party.source {
            PartySource::New { names, .. } => Some((party.id, names.into_iter().next()?.text)),
            PartySource::Existing(_) => None,
        });
        Ok(Recorded {
            parties: parties.collect(),
            records,
        })
    }

    /// The records as a comparison takes them: all verified.
    pub fn case(&self) -> Case<'_> {
        let records = self.records.iter();
        Case {
            records: records.map(|(id, record)| (*id, record, Standing::Verified)).collect(),
        }
    }

    /// What the records come to.
    pub fn compared(&self) -> Comparison {
        compare(&self.case(), &Ask::everything())
    }
}

/// The golden text of a case, as it is now.
fn golden(recorded: &Recorded) -> String {
    compare_text(&recorded.compared(), WIDTH, Style::Plain)
}

/// Writes the golden texts anew.
///
/// # Errors
/// Where a case is wrong or a file cannot be written.
pub fn make() -> Result<(), Box<dyn Error>> {
    for name in NAMES {
        let recorded = Recorded::new(name, &[])?;
        let path = recorded::cases().join(name).join("comparison.txt");
        fs::write(&path, golden(&recorded))?;
        let (parties, records) = (recorded.parties.len(), recorded.records.len());
        println!("wrote {}: {parties} parties, {records} records", path.display());
    }
    Ok(())
}

/// Compares the golden texts that are kept with those that are made now.
///
/// # Errors
/// Names the first that differs, and its first line that does.
pub fn check() -> Result<(), Box<dyn Error>> {
    for name in NAMES {
        let path = recorded::cases().join(name).join("comparison.txt");
        let (kept, made) = (fs::read_to_string(&path)?, golden(&Recorded::new(name, &[])?));
        if kept == made {
            continue;
        }
        let line = 1 + kept.lines().zip(made.lines()).take_while(|(a, b)| a == b).count();
        return Err(format!(
            "{}:{line}: differs from here on; read the difference, then `cargo xtask cases`",
            path.display()
        )
        .into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_golden_texts_are_what_is_said_of_the_cases() {
        super::check().expect("the same texts");
    }
}
