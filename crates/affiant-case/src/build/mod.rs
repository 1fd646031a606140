//! Making records of a case, all or none.
//!
//! The order is that of the log: parties, questions, statements, relations, attestations, each in the
//! order of the case. A record's id follows from its payload alone, so later records refer to earlier
//! ones before anything is signed. Signing, staging exhibits and appending are the caller's.

mod held;
mod make;

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

use affiant::digest::Digest;
use affiant::disclose::{Disclosure, MAX_DISCLOSURE, MAX_DISCLOSURE_LINE, Salt, Sealer};
use affiant::record::{
    Body, Common, Descriptor, ExhibitId, Label, Nonce, PartyId, PartyRef, PublicKeyText, Record, RecordId, Reference,
    Scope, ScopeItem, SignerDeclaration, Subject,
};
use affiant::time::Timestamp;

use crate::check::check_into;
use crate::draft::{Case, ExhibitDraft, ExhibitSource, ScopeDraft, WhoDraft};
use crate::fault::{CaseError, CaseFault, Sort};
use crate::names::{Entry, Names, entries};
use crate::read::CaseFile;
use crate::spot::{Findings, Spot};

/// What the archive already has.
pub trait Archived {
    /// The record that has this label.
    fn labelled(&self, label: &Label) -> Option<ArchivedRecord>;

    /// Whether the roster has this party.
    fn has_party(&self, party: PartyId) -> bool;

    /// Whether a record of the archive rests on this exhibit.
    fn has_exhibit(&self, exhibit: ExhibitId) -> bool;
}

/// A record of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedRecord {
    /// Its id.
    pub id: RecordId,
    /// Its kind, as [`Body::kind`] has it.
    pub kind: String,
}

/// An archive that has nothing yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct EmptyArchive;

impl Archived for EmptyArchive {
    fn labelled(&self, _: &Label) -> Option<ArchivedRecord> {
        None
    }

    fn has_party(&self, _: PartyId) -> bool {
        false
    }

    fn has_exhibit(&self, _: ExhibitId) -> bool {
        false
    }
}

/// For whom and by whom the records are made.
pub struct Context<'a> {
    /// The archive that they are made for.
    pub archive: RecordId,
    /// When, by the recorder's clock.
    pub recorded_at: Timestamp,
    /// The key that will sign each of them.
    pub key: PublicKeyText,
    /// The party that signs.
    pub party: PartyId,
    /// What the archive already has.
    pub archived: &'a dyn Archived,
    /// Gives 16 fresh bytes of a cryptographic random source at each call: for salts, nonces and the
    /// ids of parties.
    pub random: &'a mut dyn FnMut() -> Salt,
}

/// What is known of an exhibit's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExhibitFacts {
    /// Their digest.
    pub sha256: Digest,
    /// How many they are.
    pub size: u64,
    /// The media type by content.
    pub media_type: String,
    /// Width and height in pixels, for a picture.
    pub pixels: Option<(u32, u32)>,
}

/// Reads a range of an exhibit's bytes.
pub type ReadExhibit<'a> = dyn FnMut(&ExhibitDraft, Range<u64>) -> io::Result<Vec<u8>> + 'a;

/// The exhibits of a case, by handle. Of those that the archive has already, only the ones in which
/// words are held need to be there.
pub struct StagedExhibits<'a> {
    /// What is known of each.
    pub facts: &'a BTreeMap<String, ExhibitFacts>,
    /// Reads their bytes: a whole one of at most
    /// [`MAX_SEARCHED_EXHIBIT`](crate::MAX_SEARCHED_EXHIBIT), or as many as there are words.
    pub read: &'a mut ReadExhibit<'a>,
}

/// A record to sign and append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecord {
    /// The record.
    pub record: Record,
    /// Its id, which no signature changes.
    pub id: RecordId,
    /// The values of its withheld positions, and the descriptors of `exhibits`.
    pub disclosures: Vec<Disclosure>,
    /// The exhibits that this record is the first of the archive to rest on.
    pub exhibits: Vec<NewExhibit>,
}

/// An exhibit that the archive has not had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewExhibit {
    /// Its id.
    pub id: ExhibitId,
    /// What it is.
    pub descriptor: Descriptor,
    /// Its handle in the case.
    pub handle: String,
}

/// Makes the records of a case, in the order in which they are to be appended.
///
/// # Errors
/// All that is wrong with the case in itself ([`check`](crate::check())), or else all that is wrong
/// between it, the archive and the exhibits. Nothing is made then.
pub fn build(
    file: &CaseFile,
    context: &mut Context<'_>,
    exhibits: &mut StagedExhibits<'_>,
) -> Result<Vec<NewRecord>, Vec<CaseError>> {
    let case = &file.case;
    let mut findings = Findings::new(file.places.clone());
    check_into(case, &mut findings);
    if !findings.is_empty() {
        return Err(findings.into_errors());
    }
    let mut builder = Builder {
        case,
        names: Names::known(case),
        findings,
        archive: context.archive,
        recorded_at: context.recorded_at,
        signer: (context.key.clone(), context.party),
        archived: context.archived,
        staged: exhibits,
        parties: Vec::with_capacity(case.parties.len()),
        exhibits: vec![None; case.exhibits.len()],
        made: Made::default(),
        searched: None,
        next_party_label: 1,
        records: Vec::new(),
    };
    builder.check_against_archive();
    builder.make_all(&mut *context.random);
    if builder.findings.is_empty() {
        Ok(builder.records)
    } else {
        Err(builder.findings.into_errors())
    }
}

/// The ids of the records made so far, in the order of the case.
#[derive(Default)]
struct Made {
    questions: Vec<RecordId>,
    statements: Vec<RecordId>,
    relations: Vec<RecordId>,
    assessments: Vec<RecordId>,
    attestations: Vec<RecordId>,
}

/// A case on its way to records. Where something is at fault a placeholder goes on in its stead, so
/// that one run finds every fault; with a fault, no record is let out.
struct Builder<'b, 'e> {
    case: &'b Case,
    names: Names<'b>,
    findings: Findings,
    archive: RecordId,
    recorded_at: Timestamp,
    signer: (PublicKeyText, PartyId),
    archived: &'b dyn Archived,
    staged: &'b mut StagedExhibits<'e>,
    parties: Vec<PartyId>,
    exhibits: Vec<Option<ExhibitId>>,
    made: Made,
    searched: Option<(String, Vec<u8>)>,
    next_party_label: u32,
    records: Vec<NewRecord>,
}

/// What one record is made of, but for the members that every record has.
struct Parts {
    label: Label,
    asserts: Vec<Scope>,
    subject: Subject,
    body: Body,
    disclosures: Vec<Disclosure>,
    exhibits: Vec<NewExhibit>,
    nonce: Nonce,
}

impl Builder<'_, '_> {
    /// Labels that are taken, and ids that the archive does not have.
    fn check_against_archive(&mut self) {
        let case = self.case;
        for (spot, member, name, entry) in entries(case) {
            match entry {
                Entry::Party(_) | Entry::Exhibit(_) => {}
                Entry::Question(_)
                | Entry::Statement(_)
                | Entry::Relation(_)
                | Entry::Assessment(_)
                | Entry::Attestation(_) => {
                    let label = name.parse().expect("check refuses what is no label");
                    if let Some(ArchivedRecord { id, kind }) = self.archived.labelled(&label) {
                        let label = name.to_owned();
                        self.findings.add(&spot, member, CaseFault::Taken { label, kind, id });
                    }
                }
            }
        }
        for (index, exhibit) in case.exhibits.iter().enumerate() {
            let spot = Spot::of_exhibit(index, exhibit);
            match exhibit.source {
                ExhibitSource::Existing(id) => {
                    if !self.archived.has_exhibit(id) {
                        let id = id.to_string();
                        self.findings.add(&spot, "existing", CaseFault::NotInArchive { id });
                    }
                    self.exhibits[index] = Some(id);
                }
                ExhibitSource::File { .. } if !self.staged.facts.contains_key(&exhibit.id) => {
                    let exhibit = exhibit.id.clone();
                    self.findings.add(&spot, "file", CaseFault::NotAtHand { exhibit });
                }
                ExhibitSource::File { .. } => {}
            }
        }
    }

    fn put(&mut self, spot: &Spot, parts: Parts) -> RecordId {
        let (key, party) = self.signer.clone();
        let record = Record {
            common: Common {
                archive: Some(self.archive),
                label: parts.label,
                nonce: parts.nonce,
                recorded_at: self.recorded_at,
                signers: vec![SignerDeclaration {
                    asserts: parts.asserts,
                    key,
                    party,
                }],
            },
            subject: parts.subject,
            body: parts.body,
        };
        self.check_lengths(spot, &parts.disclosures);
        let id = match record.to_payload() {
            Ok(payload) => RecordId::of_payload(&payload),
            Err(error) => {
                self.findings.add(spot, "", CaseFault::Record(error));
                PLACEHOLDER
            }
        };
        self.records.push(NewRecord {
            record,
            id,
            disclosures: parts.disclosures,
            exhibits: parts.exhibits,
        });
        id
    }

    fn check_lengths(&mut self, spot: &Spot, disclosures: &[Disclosure]) {
        let lengths = || disclosures.iter().map(|disclosure| disclosure.as_str().len());
        // Two quotation marks and a comma for each.
        let line: usize = lengths().map(|length| length + 3).sum();
        let longest = lengths().max().unwrap_or_default();
        for (what, length, limit) in [
            ("a value with its salt", longest, MAX_DISCLOSURE),
            ("all values with their salts", line, MAX_DISCLOSURE_LINE),
        ] {
            if length > limit {
                let fault = CaseFault::DisclosureTooLong { what, length, limit };
                self.findings.add(spot, "", fault);
            }
        }
    }

    fn who(&self, who: &WhoDraft) -> PartyRef {
        match who {
            WhoDraft::Party(handle) => PartyRef::Party(self.party(handle)),
            WhoDraft::Unidentified(words) => PartyRef::Unidentified(words.clone()),
        }
    }

    fn whos(&self, whos: &[WhoDraft]) -> Vec<PartyRef> {
        whos.iter().map(|who| self.who(who)).collect()
    }

    fn scope(&self, items: &[ScopeDraft]) -> Vec<ScopeItem> {
        let item = |item: &ScopeDraft| match item {
            ScopeDraft::Party(handle) => ScopeItem::Party(self.party(handle)),
            ScopeDraft::Words(words) => ScopeItem::Words(words.clone()),
        };
        items.iter().map(item).collect()
    }

    fn party(&self, handle: &str) -> PartyId {
        match self.names.get(handle) {
            Some(Entry::Party(index)) => self.parties[index],
            _ => unreachable!("check refuses a handle that is no party's"),
        }
    }

    /// The exhibit with this handle; described here, with this record's disclosures, if it is new.
    fn exhibit(&mut self, handle: &str, sealer: &mut Sealer<'_>, new: &mut Vec<NewExhibit>) -> ExhibitId {
        let Some(Entry::Exhibit(index)) = self.names.get(handle) else {
            unreachable!("check refuses a handle that is no exhibit's");
        };
        if let Some(id) = self.exhibits[index] {
            return id;
        }
        let ExhibitSource::File { name, .. } = &self.case.exhibits[index].source else {
            unreachable!("an exhibit of the archive has its id from the beginning");
        };
        let Some(facts) = self.staged.facts.get(handle) else {
            // Noted before any record is made.
            return ExhibitId(PLACEHOLDER.0);
        };
        let descriptor = Descriptor {
            media_type: facts.media_type.clone(),
            name: name.clone(),
            sha256: facts.sha256,
            size: facts.size,
        };
        let id = sealer.describe(&descriptor);
        self.exhibits[index] = Some(id);
        new.push(NewExhibit {
            id,
            descriptor,
            handle: handle.to_owned(),
        });
        id
    }

    /// The record with this label, of this case or of the archive.
    fn record(&mut self, spot: &Spot, member: &str, name: &str, sort: Sort) -> RecordId {
        match self.names.get(name) {
            Some(Entry::Question(index)) => self.made.questions[index],
            Some(Entry::Statement(index)) => self.made.statements[index],
            Some(Entry::Relation(index)) => self.made.relations[index],
            Some(Entry::Assessment(index)) => self.made.assessments[index],
            Some(Entry::Attestation(index)) => self.made.attestations[index],
            Some(Entry::Party(_) | Entry::Exhibit(_)) => unreachable!("check refuses a handle in place of a label"),
            None => {
                let label: Label = name.parse().expect("check refuses what is no label");
                let fits = |found: &ArchivedRecord| match sort {
                    Sort::Question => found.kind == "proposition",
                    Sort::Statement => found.kind == "statement",
                    Sort::Party | Sort::Exhibit => false,
                    Sort::Assessable => found.kind == "statement" || found.kind == "relation",
                    Sort::Assessment => found.kind == "assessment",
                    Sort::Anything | Sort::Attestable => true,
                };
                if let Some(found) = self.archived.labelled(&label).filter(fits) {
                    return found.id;
                }
                self.names.unknown(&mut self.findings, (spot, member), name, sort, true);
                PLACEHOLDER
            }
        }
    }

    /// What a name stands for: a record, party or exhibit.
    fn reference(
        &mut self,
        (spot, member): (&Spot, &str),
        name: &str,
        sort: Sort,
        sealer: &mut Sealer<'_>,
        about: &mut About,
    ) -> Reference {
        match self.names.get(name) {
            Some(Entry::Party(index)) => Reference::Party(self.parties[index]),
            Some(Entry::Exhibit(_)) => {
                let id = self.exhibit(name, sealer, &mut about.new);
                if !about.exhibits.contains(&id) {
                    about.exhibits.push(id);
                }
                Reference::Exhibit(id)
            }
            _ => Reference::Record(self.record(spot, member, name, sort)),
        }
    }
}

/// The exhibits that a relation or attestation is about.
#[derive(Default)]
struct About {
    exhibits: Vec<ExhibitId>,
    new: Vec<NewExhibit>,
}

impl About {
    /// "Records about no exhibit have the archive's id as their subject."
    fn subject(&self, archive: RecordId) -> Subject {
        match self.exhibits.as_slice() {
            [] => Subject::Archive(archive),
            exhibits => Subject::Exhibits(exhibits.to_vec()),
        }
    }
}

/// Stands for a record that could not be found or made.
const PLACEHOLDER: RecordId = RecordId(Digest::from_bytes([0; 32]));
