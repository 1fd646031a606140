//! Taking records in their leaf order: what a record can only be checked against the
//! records before it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::check::{Code, Place};
use crate::digest::Digest;
use crate::envelope::Verified;
use crate::key::VerifyingKey;
use crate::record::{
    Archive, Body, Descriptor, ExhibitId, Label, PartyId, Passage, Position, Record, RecordId, Reference, RosterEntry,
};
use crate::roster::{KeyStanding, Roster};

use super::examine::Examined;
use super::report::{SignerSeen, Verification};
use super::source::SourceError;
use super::trust::Trust;

/// Gives bytes of exhibits, to compare passages with.
pub(super) trait ExhibitBytes {
    /// Bytes `start..end` of an exhibit; `None` where its bytes are not there or are fewer.
    fn range(&mut self, id: ExhibitId, start: u64, end: u64) -> Result<Option<Vec<u8>>, SourceError>;

    /// The descriptor of an exhibit, where it comes with the bytes and not with a record.
    fn descriptor(&self, _id: ExhibitId) -> Option<Seen> {
        None
    }
}

/// Whether everything that is pointed at must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Completeness {
    /// An archive: what is not there is missing.
    Whole,
    /// A bundle: what is not there was not sent along.
    Part,
    /// An archive of which something before could not be read, which is reported by
    /// itself: what is not there may have stood in that.
    Unread,
}

/// What is known of an exhibit.
#[derive(Debug, Clone)]
pub(super) struct ExhibitSeen {
    /// The record that first rests on it.
    pub first: Place,
    /// The descriptor, where it is disclosed.
    pub descriptor: Option<Seen>,
}

/// What of a descriptor is needed to check the bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub sha256: Digest,
    pub size: u64,
}

impl From<&Descriptor> for Seen {
    fn from(descriptor: &Descriptor) -> Seen {
        Seen {
            sha256: descriptor.sha256,
            size: descriptor.size,
        }
    }
}

/// How often a key signed for a party, and how it stood then.
#[derive(Debug, Clone)]
struct SignerTally {
    records: u64,
    standing: KeyStanding,
}

/// Everything that was seen in the leaves so far.
pub(super) struct Admission<'t> {
    trust: &'t Trust,
    completeness: Completeness,
    /// The id of leaf 0, once it was read, if it is of the kind for that in any version.
    here: Option<RecordId>,
    /// The id of the archive and what leaf 0 says, where this program reads its version.
    pub archive: Option<(RecordId, Archive)>,
    pub roster: Roster,
    pub exhibits: BTreeMap<ExhibitId, ExhibitSeen>,
    ids: HashSet<RecordId>,
    labels: HashMap<Label, u64>,
    parties: HashSet<PartyId>,
    signers: BTreeMap<(VerifyingKey, PartyId), SignerTally>,
    /// Where keys were revoked as compromised.
    compromised: Vec<Place>,
}

impl<'t> Admission<'t> {
    pub(super) fn new(trust: &'t Trust, completeness: Completeness) -> Admission<'t> {
        Admission {
            trust,
            completeness,
            here: None,
            archive: None,
            roster: Roster::default(),
            exhibits: BTreeMap::new(),
            ids: HashSet::new(),
            labels: HashMap::new(),
            parties: HashSet::new(),
            signers: BTreeMap::new(),
            compromised: Vec::new(),
        }
    }

    /// Something before the next record could not be read, and is reported by itself.
    pub(super) fn something_is_unread(&mut self) {
        self.completeness = Completeness::Unread;
    }

    /// Takes the next record.
    pub(super) fn admit(
        &mut self,
        examined: &Examined,
        place: &Place,
        bytes: &mut dyn ExhibitBytes,
        report: &mut Verification,
    ) -> Result<(), SourceError> {
        let leaf = place.leaf.unwrap_or_default();
        if let Some(id) = examined.id {
            let unique = if self.ids.insert(id) {
                Ok(())
            } else {
                Err("this record stands in the log twice")
            };
            report.settle(Code::RecordUnique, place, unique);
        }
        let Ok(record) = &examined.record else { return Ok(()) };
        let id = examined.id.expect("a record that verified has an id");
        self.admit_leaf0(id, record.value(), place, report);
        let ours = self.is_ours(record.value(), place, report);
        if ours {
            let label = &record.value().common.label;
            let unique = match self.labels.insert(label.clone(), leaf) {
                None => Ok(()),
                Some(earlier) => Err(format!("the label {label} is already that of leaf {earlier}")),
            };
            report.settle(Code::LabelUnique, place, unique);
            self.admit_roster(id, record, place, report);
        } else {
            self.tally_imported(record);
        }
        self.admit_exhibits(examined, record.value(), place);
        self.resolve_references(record.value(), ours, place, report);
        self.compare_spans(record.value(), place, bytes, report)
    }

    /// Leaf 0 says what archive this is, and no other record does.
    fn admit_leaf0(&mut self, id: RecordId, record: &Record, place: &Place, report: &mut Verification) {
        let first = self.here.is_none() && place.leaf == Some(0);
        match &record.body {
            Body::Archive(archive) if first => {
                self.roster = Roster::of_archive(archive);
                self.parties.extend(archive.keepers.iter().map(|keeper| keeper.party));
                self.here = Some(id);
                report.archive = Some(id);
                report.name = Some(archive.name.clone());
                self.archive = Some((id, archive.clone()));
                if archive.format == Archive::FORMAT {
                    report.pass(Code::ArchiveLeaf0);
                } else {
                    let sentence = format!(
                        "the archive is of format {}, and was looked at as one of format {}; a newer version of this program may read it",
                        archive.format,
                        Archive::FORMAT
                    );
                    report.undecided(Code::ArchiveLeaf0, place.clone(), sentence);
                }
            }
            // Its place in the log cannot be proved by a key that is not read, so in a bundle
            // it is the first by its place there.
            Body::Unknown(body) if body.is_archive() && (first || (place.leaf.is_none() && self.ids.len() == 1)) => {
                self.here = Some(id);
                self.something_is_unread();
                report.archive = Some(id);
            }
            Body::Archive(_) => self.second_leaf0(place, report),
            Body::Unknown(body) if body.is_archive() => self.second_leaf0(place, report),
            _ => {}
        }
    }

    fn second_leaf0(&self, place: &Place, report: &mut Verification) {
        report.fail(
            Code::ArchiveLeaf0,
            place.clone(),
            "a record other than leaf 0 says what archive this is",
        );
    }

    /// A record that was made for another archive is shown and has no effect here.
    fn is_ours(&self, record: &Record, place: &Place, report: &mut Verification) -> bool {
        match (record.common.archive, self.here) {
            (None, here) => here.is_some(),
            (Some(archive), Some(here)) if archive == here => {
                report.pass(Code::RecordArchive);
                true
            }
            (Some(archive), Some(_)) => {
                let sentence =
                    format!("made for another archive ({archive}); it counts as imported and changes nothing here");
                report.note(Code::RecordArchive, place.clone(), sentence);
                false
            }
            (Some(archive), None) => {
                let sentence = format!("made for the archive {archive}; leaf 0 does not say whether that is this one");
                report.note(Code::RecordArchive, place.clone(), sentence);
                false
            }
        }
    }

    fn admit_roster(&mut self, id: RecordId, record: &Verified<Record>, place: &Place, report: &mut Verification) {
        let declared: Vec<_> = record.signers().iter().zip(&record.value().common.signers).collect();
        let before: Vec<_> = declared
            .iter()
            .map(|(key, signer)| self.roster.standing(key, signer.party))
            .collect();
        if let Body::Roster(entry) = &record.value().body {
            match self.roster.admit(id, record) {
                Ok(()) => {
                    report.pass(Code::RosterEntry);
                    self.note_entry(id, entry, place);
                }
                // A bundle carries only a part of the roster, so what is missing may be elsewhere.
                Err(fault) if self.completeness != Completeness::Whole => {
                    report.undecided(Code::RosterEntry, place.clone(), fault.to_string());
                }
                Err(fault) => report.fail(Code::RosterEntry, place.clone(), fault.to_string()),
            }
        }
        for ((key, signer), before) in declared.into_iter().zip(before) {
            let enrolled_here = self.roster.standing(key, signer.party) == KeyStanding::Enrolled(id);
            let standing = if enrolled_here {
                KeyStanding::Enrolled(id)
            } else {
                before
            };
            self.settle_standing(key, &standing, place, report);
            self.tally(key, signer.party, standing);
        }
    }

    /// The keys of an imported record: the roster here does not say that they may sign it,
    /// and the reader still wants to know whose they are.
    fn tally_imported(&mut self, record: &Verified<Record>) {
        for (key, signer) in record.signers().iter().zip(&record.value().common.signers) {
            let standing = self.roster.standing(key, signer.party);
            self.tally(key, signer.party, standing);
        }
    }

    fn tally(&mut self, key: &VerifyingKey, party: PartyId, standing: KeyStanding) {
        let tally = self.signers.entry((key.clone(), party)).or_insert(SignerTally {
            records: 0,
            standing: standing.clone(),
        });
        tally.records += 1;
        tally.standing = standing;
    }

    fn note_entry(&mut self, id: RecordId, entry: &RosterEntry, place: &Place) {
        match entry {
            RosterEntry::Party { party, .. } => {
                self.parties.insert(*party);
            }
            RosterEntry::Revocation { .. } if self.roster.compromises(id) => self.compromised.push(place.clone()),
            _ => {}
        }
    }

    fn settle_standing(&self, key: &VerifyingKey, standing: &KeyStanding, place: &Place, report: &mut Verification) {
        let fingerprint = key.fingerprint();
        match standing {
            KeyStanding::Keeper | KeyStanding::Enrolled(_) => report.pass(Code::RosterKey),
            KeyStanding::Revoked { .. } => {
                let sentence = format!("signed by {fingerprint}, which was revoked earlier in this log");
                report.fail(Code::RosterKey, place.clone(), sentence);
            }
            KeyStanding::OtherParty => {
                let sentence =
                    format!("signed by {fingerprint}, which is enrolled for another party than the one declared");
                // A key may be enrolled for two parties, and a bundle carry one enrolment.
                match self.completeness {
                    Completeness::Whole => report.fail(Code::RosterKey, place.clone(), sentence),
                    Completeness::Part | Completeness::Unread => {
                        report.undecided(Code::RosterKey, place.clone(), sentence);
                    }
                }
            }
            KeyStanding::NotEnrolled => {
                let sentence = format!("signed by {fingerprint}, which nothing earlier in this log enrols");
                if self.trust.key(key).is_some() {
                    report.note(Code::RosterKey, place.clone(), sentence);
                } else {
                    report.undecided(Code::RosterKey, place.clone(), sentence);
                }
            }
        }
    }

    fn admit_exhibits(&mut self, examined: &Examined, record: &Record, place: &Place) {
        for id in record.exhibits() {
            let seen = ExhibitSeen {
                first: place.clone(),
                descriptor: None,
            };
            self.exhibits.entry(*id).or_insert(seen);
        }
        for (id, descriptor) in &examined.revelation.descriptors {
            self.describe(*id, descriptor);
        }
    }

    /// Notes the descriptor of an exhibit that some record rests on.
    pub(super) fn describe(&mut self, id: ExhibitId, descriptor: &Descriptor) {
        if let Some(exhibit) = self.exhibits.get_mut(&id) {
            exhibit.descriptor = Some(descriptor.into());
        }
    }

    fn resolve_references(&self, record: &Record, ours: bool, place: &Place, report: &mut Verification) {
        for (at, reference) in record.references() {
            let there = match reference {
                Reference::Record(id) => self.ids.contains(&id),
                Reference::Exhibit(id) => self.exhibits.contains_key(&id),
                Reference::Party(id) => self.parties.contains(&id),
            };
            match (there, self.completeness) {
                (true, _) => report.pass(Code::ReferenceResolves),
                (false, _) if !ours => {
                    report.note(
                        Code::ReferenceResolves,
                        place.clone(),
                        format!("{at} points at {reference}, which was not imported with it"),
                    );
                }
                (false, Completeness::Whole) => {
                    report.fail(
                        Code::ReferenceResolves,
                        place.clone(),
                        format!("{at} points at {reference}, which is not in the log before it"),
                    );
                }
                (false, Completeness::Part) => {
                    report.note(
                        Code::ReferenceResolves,
                        place.clone(),
                        format!("{at} points at {reference}, which was not sent along"),
                    );
                }
                (false, Completeness::Unread) => {
                    report.note(
                        Code::ReferenceResolves,
                        place.clone(),
                        format!("{at} points at {reference}, which is not in what could be read before it"),
                    );
                }
            }
        }
    }

    /// A passage that names a span must stand there byte for byte: what is shown is what
    /// the exhibit holds.
    fn compare_spans(
        &self,
        record: &Record,
        place: &Place,
        bytes: &mut dyn ExhibitBytes,
        report: &mut Verification,
    ) -> Result<(), SourceError> {
        let Body::Statement(statement) = &record.body else {
            return Ok(());
        };
        let passages = statement.words.iter().map(Position::value).enumerate();
        let spans = passages.filter_map(|(index, passage)| Some((index, passage?, passage?.span.as_ref()?)));
        for (index, Passage { text, .. }, span) in spans {
            let length = span.end.checked_sub(span.start);
            if length != Some(text.len() as u64) || !record.exhibits().contains(&span.exhibit) {
                report.fail(Code::PassageSpan, place.clone(), format!("words[{index}] are not as long as their span, or name an exhibit that the record does not rest on"));
                continue;
            }
            let noted = self.exhibits.get(&span.exhibit).and_then(|exhibit| exhibit.descriptor);
            let descriptor = noted.or_else(|| bytes.descriptor(span.exhibit));
            if descriptor.is_some_and(|descriptor| span.end > descriptor.size) {
                let sentence = format!("the span of words[{index}] reaches beyond the exhibit's end");
                report.fail(Code::PassageSpan, place.clone(), sentence);
                continue;
            }
            match bytes.range(span.exhibit, span.start, span.end)? {
                None => report.note(
                    Code::PassageSpan,
                    place.clone(),
                    format!("words[{index}] cannot be compared: the exhibit's bytes are not here"),
                ),
                Some(found) if found == text.as_bytes() => report.pass(Code::PassageSpan),
                Some(_) => report.fail(
                    Code::PassageSpan,
                    place.clone(),
                    format!(
                        "words[{index}] are not what the exhibit holds at bytes {} to {}",
                        span.start, span.end
                    ),
                ),
            }
        }
        Ok(())
    }

    /// Whose log and keys these are, as far as the reader's pins go.
    pub(super) fn establish(&self, report: &mut Verification) {
        for place in &self.compromised {
            report.undecided(
                Code::RosterKey,
                place.clone(),
                "a key was revoked as compromised: what it signed earlier cannot be told from what a thief signed",
            );
        }
        let log_pin = self
            .archive
            .as_ref()
            .and_then(|(_, archive)| self.trust.archive(&archive.log_key));
        let mut unknown = BTreeSet::new();
        for ((key, party), tally) in &self.signers {
            let established_by = self.path_to(key, tally, log_pin.map(|pin| pin.how.as_str()));
            if established_by.is_some() {
                report.pass(Code::IdentitySigner);
            } else {
                unknown.insert(key);
            }
            if let Some(pin) = self.trust.key(key)
                && let names @ [_, ..] = self.roster.names(*party)
                && !names.contains(&pin.name)
            {
                let sentence = format!(
                    "you pinned this key as {}; the archive calls its holder {}",
                    pin.name,
                    names.join(", ")
                );
                report.note(Code::IdentitySigner, Place::default(), sentence);
            }
            report.signers.push(SignerSeen {
                fingerprint: key.fingerprint(),
                key: key.to_openssh_line(""),
                party: *party,
                names: self.roster.names(*party).to_vec(),
                records: tally.records,
                established_by,
            });
        }
        if let Some(log) = &mut report.log {
            log.established_by = log_pin.map(|pin| pin.how.clone());
        }
        match log_pin {
            Some(_) => report.pass(Code::IdentityLog),
            None if unknown.is_empty() && !self.signers.is_empty() => {
                report.note(
                    Code::IdentityLog,
                    Place::default(),
                    "you have pinned each signer's key, but not this log's",
                );
            }
            None => report.undecided(
                Code::IdentityLog,
                Place::default(),
                "consistent; whose log this is, is not established: you have not pinned its key",
            ),
        }
        for key in unknown {
            let sentence = format!(
                "consistent; identity not established: you have no reason yet to believe whose key {} is",
                key.fingerprint()
            );
            report.undecided(Code::IdentitySigner, Place::default(), sentence);
        }
    }

    /// The path from the reader's pins to a key, in words.
    fn path_to(&self, key: &VerifyingKey, tally: &SignerTally, log_pinned: Option<&str>) -> Option<String> {
        if let Some(pin) = self.trust.key(key) {
            return Some(format!("you pinned this key as {} ({})", pin.name, pin.how));
        }
        let how = log_pinned?;
        match tally.standing {
            KeyStanding::Keeper => Some(format!(
                "you pinned this log ({how}); its leaf 0 names the key as a keeper's"
            )),
            KeyStanding::Enrolled(record) => Some(format!(
                "you pinned this log ({how}); its roster enrols the key in {record}"
            )),
            KeyStanding::Revoked { .. } | KeyStanding::OtherParty | KeyStanding::NotEnrolled => None,
        }
    }
}
