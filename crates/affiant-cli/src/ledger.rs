//! The records of an archive, read in leaf order, each with what may be relied on of it.
//!
//! ```text
//! leaf 7  S02  statement  Verified  disclosures of 23 positions
//! ```
//!
//! A ledger is read whole: it serves commands that look at everything, as `show` and
//! `compare` do. Verification is the library's; the ledger takes its findings over by leaf.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use affiant::archive::{disclosures_path, exhibit_path, records_path};
use affiant::check::Outcome;
use affiant::compare::{Case, Standing};
use affiant::disclose::{self, Disclosure};
use affiant::envelope::{Envelope, MAX_ENVELOPE};
use affiant::key::VerifyingKey;
use affiant::record::{Body, Descriptor, ExhibitId, Label, PartyId, Record, RecordId, RosterEntry};
use affiant::roster::{KeyStanding, Roster};
use affiant::verify::{ArchiveSource as _, Verification};
use affiant_store::DirSource;
use affiant_tlog::checkpoint::Checkpoint;
use affiant_tlog::note::{MAX_NOTE_BYTES, Note};
use affiant_tlog::tile::slots;

use crate::error::CliError;

/// The longest pack that is read, in bytes.
const MAX_PACK: usize = 256 * (MAX_ENVELOPE + 1);

/// A record of the archive.
pub struct Held {
    /// Its leaf index.
    pub leaf: u64,
    /// Its id.
    pub id: RecordId,
    /// What it says, with every value that is not withheld.
    pub record: Record,
    /// Its envelope, byte for byte.
    pub envelope: Vec<u8>,
    /// Its disclosures.
    pub disclosures: Vec<Disclosure>,
    /// The keys that signed; none where a signature does not verify.
    pub signers: Vec<VerifyingKey>,
    /// What may be relied on of it.
    pub standing: Standing,
}

/// Every record of an archive that could be read.
#[derive(Default)]
pub struct Ledger {
    /// In leaf order.
    pub held: Vec<Held>,
    /// The roster after the last leaf.
    pub roster: Roster,
    by_id: BTreeMap<RecordId, usize>,
    by_label: BTreeMap<Label, usize>,
    descriptors: BTreeMap<ExhibitId, Descriptor>,
}

/// What names no record, or more than one.
#[derive(Debug, thiserror::Error)]
pub enum LookupError {
    /// No record.
    #[error("there is no record {0:?} in this archive")]
    None(String),
    /// Several ids begin so.
    #[error("{count} records have an id that begins with {text:?}; type more of it")]
    Several {
        /// What was typed.
        text: String,
        /// How many there are.
        count: usize,
    },
    /// A record of another kind than was asked for.
    #[error("{label} is {}, not {}", on_screen(.kind), on_screen(.expected))]
    Kind {
        /// The record's label.
        label: Label,
        /// Its kind.
        kind: String,
        /// The kind that was asked for.
        expected: &'static str,
    },
}

/// A kind as the screen has it, with its article.
fn on_screen(kind: &str) -> String {
    match kind {
        "proposition" => "a question".to_owned(),
        kind if kind.starts_with('a') => format!("an {kind}"),
        kind => format!("a {kind}"),
    }
}

impl LookupError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            LookupError::None(_) => Some("see what there is: affiant list"),
            LookupError::Kind {
                expected: "proposition",
                ..
            } => Some("see the questions: affiant list --kind question"),
            LookupError::Several { .. } | LookupError::Kind { .. } => None,
        }
    }
}

impl Ledger {
    /// Reads the archive in `root`. `verification` is what the library found in it.
    ///
    /// # Errors
    /// Where a file cannot be read. Records that cannot be read are findings of the
    /// verification, and are not in the ledger.
    pub fn read(root: &Path, verification: &Verification) -> Result<Ledger, CliError> {
        let failed: BTreeSet<u64> = leaves_with(verification, Outcome::Failed);
        let mut source = DirSource::new(root, |_, _| {});
        let checkpoint = source.read("checkpoint", MAX_NOTE_BYTES)?.unwrap_or_default();
        let note = Note::parse(&checkpoint).ok();
        let head = note.and_then(|note| Checkpoint::parse_unverified(note.unverified_text()).ok());
        let size = head.map_or(0, |head| head.size());
        let mut ledger = Ledger::default();
        for slot in slots(0, size) {
            let Some(envelopes) = source.read(&records_path(slot), MAX_PACK)? else {
                break;
            };
            let disclosures = source
                .read(&disclosures_path(slot), usize::MAX - 1)?
                .unwrap_or_default();
            let disclosures: Vec<&[u8]> = disclosures.split(|byte| *byte == b'\n').collect();
            let lines = envelopes.split(|byte| *byte == b'\n').take(usize::from(slot.width()));
            for (leaf, (index, line)) in (slot.start()..).zip(lines.enumerate()) {
                let disclosures = disclosures.get(index).copied().unwrap_or_default();
                ledger.take(leaf, line, disclosures, failed.contains(&leaf));
            }
        }
        ledger.judge_exhibits(verification);
        ledger.judge_signers(verification);
        if verification.findings_left_out > 0 {
            ledger.doubt();
        }
        Ok(ledger)
    }

    fn take(&mut self, leaf: u64, line: &[u8], disclosures: &[u8], failed: bool) {
        let Ok(envelope) = Envelope::parse(line) else { return };
        let disclosures = disclose::from_line(disclosures).unwrap_or_default();
        let id = envelope.record_id();
        let (record, signers, withheld) = match envelope.open() {
            Ok(mut verified) => {
                let revelation = verified.reveal(&disclosures);
                let withheld = !revelation.withheld.is_empty();
                self.descriptors.extend(revelation.descriptors);
                match &verified.value().body {
                    Body::Archive(archive) if leaf == 0 => self.roster = Roster::of_archive(archive),
                    // An entry without effect is a finding of the verification.
                    // An entry that was made for another archive has no effect in this one.
                    _ if verified.value().common.archive != self.held.first().map(|first| first.id) => {}
                    _ => drop(self.roster.admit(id, &verified)),
                }
                let signers = verified.signers().to_vec();
                (verified.into_value(), signers, withheld)
            }
            Err(_) => {
                let Ok(mut record) = envelope.unverified_record() else {
                    return;
                };
                disclose::reveal(&mut record, &disclosures);
                (record, Vec::new(), false)
            }
        };
        let standing = match (failed || signers.is_empty(), withheld) {
            (true, _) => Standing::Failed,
            (false, true) => Standing::Withheld,
            (false, false) => Standing::Verified,
        };
        let place = self.held.len();
        self.by_id.insert(id, place);
        self.by_label.entry(record.common.label.clone()).or_insert(place);
        self.held.push(Held {
            leaf,
            id,
            record,
            envelope: line.to_vec(),
            disclosures,
            signers,
            standing,
        });
    }

    /// Fails every record that rests on an exhibit that failed: its finding names the
    /// exhibit's file, and of the records only the first.
    fn judge_exhibits(&mut self, verification: &Verification) {
        let failed: BTreeSet<&str> = verification
            .findings
            .iter()
            .filter(|check| check.outcome == Outcome::Failed)
            .filter_map(|check| check.place.file.as_deref())
            .collect();
        if failed.is_empty() {
            return;
        }
        for held in &mut self.held {
            let rests_on_failed = |id: &ExhibitId| failed.contains(exhibit_path(*id).as_str());
            if held.record.exhibits().iter().any(rests_on_failed) {
                held.standing = Standing::Failed;
            }
        }
    }

    /// Where findings were only counted, any record may be the one that they are about.
    fn doubt(&mut self) {
        for held in &mut self.held {
            if matches!(held.standing, Standing::Verified | Standing::Withheld) {
                held.standing = Standing::NotVerified;
            }
        }
    }

    /// Lowers records whose signers are not established, or whose keys were revoked.
    fn judge_signers(&mut self, verification: &Verification) {
        let established = |signer: &&affiant::verify::SignerSeen| signer.established_by.is_some();
        let known: BTreeSet<&str> = verification
            .signers
            .iter()
            .filter(established)
            .map(|signer| signer.fingerprint.as_str())
            .collect();
        for held in &mut self.held {
            if held.standing == Standing::Failed {
                continue;
            }
            let declared = held.signers.iter().zip(&held.record.common.signers);
            let mut standings = declared.map(|(key, signer)| self.roster.standing(key, signer.party));
            if standings.any(|standing| matches!(standing, KeyStanding::Revoked { .. })) {
                held.standing = Standing::Revoked;
            } else if held
                .signers
                .iter()
                .any(|key| !known.contains(key.fingerprint().as_str()))
            {
                held.standing = Standing::Indeterminate;
            }
        }
    }

    /// The record that a label, an id or the beginning of an id names.
    ///
    /// # Errors
    /// [`LookupError`].
    pub fn find(&self, text: &str) -> Result<&Held, LookupError> {
        let labelled = |text: &str| self.by_label.get(&text.parse::<Label>().ok()?);
        if let Some(place) = labelled(text) {
            return Ok(&self.held[*place]);
        }
        let digits = text.strip_prefix("record:sha256:").unwrap_or(text);
        const FEWEST_DIGITS: usize = 4;
        let begins = |held: &&Held| held.id.0.to_hex().starts_with(digits);
        let mut found = self.held.iter().filter(begins);
        match (digits.len() >= FEWEST_DIGITS, found.next(), found.count()) {
            (true, Some(held), 0) => Ok(held),
            (true, Some(_), more) => Err(LookupError::Several {
                text: text.to_owned(),
                count: more + 1,
            }),
            _ => labelled(&text.to_ascii_uppercase())
                .map(|place| &self.held[*place])
                .ok_or_else(|| LookupError::None(text.to_owned())),
        }
    }

    /// As [`Ledger::find`], of one kind.
    ///
    /// # Errors
    /// [`LookupError`].
    pub fn find_kind(&self, text: &str, expected: &'static str) -> Result<&Held, LookupError> {
        let held = self.find(text)?;
        let kind = held.record.body.kind();
        if kind == expected {
            return Ok(held);
        }
        Err(LookupError::Kind {
            label: held.record.common.label.clone(),
            kind: kind.to_owned(),
            expected,
        })
    }

    /// The record with this id.
    pub fn by_id(&self, id: RecordId) -> Option<&Held> {
        self.by_id.get(&id).map(|place| &self.held[*place])
    }

    /// The record with this label.
    pub fn by_label(&self, label: &Label) -> Option<&Held> {
        self.by_label.get(label).map(|place| &self.held[*place])
    }

    /// The records for a comparison.
    pub fn case(&self) -> Case<'_> {
        Case {
            records: self
                .held
                .iter()
                .map(|held| (held.id, &held.record, held.standing))
                .collect(),
        }
    }

    /// The descriptor of an exhibit, where it is disclosed.
    pub fn descriptor(&self, id: ExhibitId) -> Option<&Descriptor> {
        self.descriptors.get(&id)
    }

    /// The record whose disclosures hold the descriptor of an exhibit.
    pub fn describing(&self, exhibit: ExhibitId) -> Option<(&Held, &Disclosure)> {
        self.held.iter().find_map(|held| {
            let disclosure = disclose::descriptor_of(exhibit, &held.disclosures)?;
            Some((held, disclosure))
        })
    }

    /// The party with this name, in any of its spellings, or with this id.
    pub fn party_named(&self, name: &str) -> Vec<PartyId> {
        if let Ok(id) = name.parse() {
            return vec![id];
        }
        let same = |other: &String| other == name;
        self.roster
            .parties()
            .filter(|party| self.roster.names(*party).iter().any(same))
            .collect()
    }

    /// The first free label with these letters.
    pub fn free_label(&self, letters: &str) -> Label {
        let numbers = self
            .by_label
            .keys()
            .filter_map(|label| label.as_str().strip_prefix(letters)?.parse::<u32>().ok());
        let next = numbers.max().map_or(1, |number| number + 1);
        format!("{letters}{next:02}")
            .parse()
            .expect("letters and a number of at most six digits")
    }

    /// The roster records that name a party or enrol its key.
    pub fn roster_records(&self, party: PartyId) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(move |held| match &held.record.body {
            Body::Roster(
                RosterEntry::Party { party: other, .. }
                | RosterEntry::Key { party: other, .. }
                | RosterEntry::Keeper { party: other, .. },
            ) => *other == party,
            _ => false,
        })
    }
}

fn leaves_with(verification: &Verification, outcome: Outcome) -> BTreeSet<u64> {
    let findings = verification.findings.iter().filter(|check| check.outcome == outcome);
    findings.filter_map(|check| check.place.leaf).collect()
}
