//! What can be said of one envelope and its disclosures alone, without the archive.
//!
//! This is the dear part of a verification and depends on nothing outside its arguments,
//! so that many envelopes can be examined at once.

use crate::check::{Code, Place};
use crate::digest::Digest;
use crate::disclose::{self, Disclosure, DisclosureFault, Revelation};
use crate::envelope::{Envelope, EnvelopeFault, Verified};
use crate::record::{Body, Record, RecordId};

use super::report::Verification;

/// An envelope as far as it could be read and verified.
pub(super) struct Examined {
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    /// The record's id, where there is a payload.
    pub id: Option<RecordId>,
    /// What the payload says of itself, where the signatures do not verify: to name the
    /// record in a finding and for nothing else.
    pub unverified: Option<Record>,
    /// The record, where every signature verifies.
    pub record: Result<Verified<Record>, Vec<EnvelopeFault>>,
    /// What the disclosures came to.
    pub revelation: Revelation,
    /// Why the line of disclosures could not be read.
    pub line_fault: Option<DisclosureFault>,
}

/// The disclosures of a record, as they came.
#[derive(Clone, Copy)]
pub(super) enum Disclosures<'a> {
    /// A line of a pack.
    Line(&'a [u8]),
    /// The texts of a bundle.
    Texts(&'a [String]),
}

pub(super) fn examine(envelope: &[u8], disclosures: Disclosures<'_>) -> Examined {
    let (disclosures, line_fault) = match read_disclosures(disclosures) {
        Ok(disclosures) => (disclosures, None),
        Err(fault) => (Vec::new(), Some(fault)),
    };
    let mut examined = Examined {
        digest: Digest::of(envelope),
        id: None,
        unverified: None,
        record: Err(Vec::new()),
        revelation: Revelation::default(),
        line_fault,
    };
    match Envelope::parse(envelope) {
        Err(fault) => examined.record = Err(vec![fault]),
        Ok(parsed) => {
            examined.id = Some(parsed.record_id());
            examined.record = parsed.open();
            match &mut examined.record {
                Ok(record) => examined.revelation = record.reveal(&disclosures),
                Err(_) => examined.unverified = parsed.unverified_record().ok(),
            }
        }
    }
    examined
}

fn read_disclosures(disclosures: Disclosures<'_>) -> Result<Vec<Disclosure>, DisclosureFault> {
    match disclosures {
        Disclosures::Line(line) => disclose::from_line(line),
        Disclosures::Texts(texts) => disclose::from_texts(texts),
    }
}

impl Examined {
    /// Where the record stands, with its label where that could be read.
    pub(super) fn place(&self, leaf: Option<u64>, file: Option<String>) -> Place {
        let record = self
            .record
            .as_ref()
            .ok()
            .map(Verified::value)
            .or(self.unverified.as_ref());
        Place {
            file,
            leaf,
            record: self.id,
            label: record.map(|record| record.common.label.clone()),
        }
    }

    /// Reports what concerns the envelope alone; what is said of its disclosures, as of the
    /// file that they stand in.
    pub(super) fn report(&self, place: &Place, disclosures_file: Option<&str>, report: &mut Verification) {
        /// The checks that an envelope without faults has passed.
        const PASSED: [Code; 9] = [
            Code::EnvelopeSyntax,
            Code::EnvelopePayloadType,
            Code::EnvelopeKeyId,
            Code::KeyWeak,
            Code::KeyMalformed,
            Code::SignersDeclared,
            Code::SignatureDsse,
            Code::SignatureSshsig,
            Code::RecordSchema,
        ];
        match &self.record {
            Ok(record) => {
                PASSED.iter().for_each(|code| report.pass(*code));
                let record = record.value();
                *report.records.entry(record.body.kind().to_owned()).or_default() += 1;
                match &record.body {
                    Body::Unknown(body) => report.undecided(
                        Code::RecordKind,
                        place.clone(),
                        format!(
                            "the signatures hold, but this program does not read records of kind {} version {}; a newer version of this program may read it",
                            body.kind, body.version
                        ),
                    ),
                    _ => report.pass(Code::RecordKind),
                }
            }
            Err(faults) => {
                for fault in faults {
                    report.fail(fault.code(), place.clone(), fault.to_string());
                }
            }
        }
        let place = disclosures_file.map_or_else(|| place.clone(), |file| place.in_file(file));
        self.report_disclosures(&place, report);
    }

    fn report_disclosures(&self, place: &Place, report: &mut Verification) {
        if let Some(fault) = &self.line_fault {
            report.fail(fault.code(), place.clone(), fault.to_string());
            return;
        }
        report.pass(Code::DisclosureSyntax);
        let known = |record: &Verified<Record>| !matches!(record.value().body, Body::Unknown(_));
        if !self.record.as_ref().is_ok_and(known) {
            // Nothing was compared with the disclosures, so nothing about them passed.
            return;
        }
        let faults = &self.revelation.faults;
        for code in [
            Code::DisclosureDuplicate,
            Code::DisclosureUnreferenced,
            Code::DisclosureType,
        ] {
            if faults.iter().all(|fault| fault.code() != code) {
                report.pass(code);
            }
        }
        for fault in faults {
            report.fail(fault.code(), place.clone(), fault.to_string());
        }
        let withheld = &self.revelation.withheld;
        if withheld.is_empty() {
            report.pass(Code::DisclosureWithheld);
            return;
        }
        report.withheld += withheld.len() as u64;
        const NAMED: usize = 6;
        let mut names: Vec<&str> = withheld.iter().take(NAMED).map(|path| path.as_str()).collect();
        let more = format!("and {} more", withheld.len() - names.len());
        if withheld.len() > NAMED {
            names.push(&more);
        }
        let sentence = format!(
            "withheld here: {}; the signatures do not depend on it",
            names.join(", ")
        );
        report.note(Code::DisclosureWithheld, place.clone(), sentence);
    }
}
