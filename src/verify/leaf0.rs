//! The log's key, as leaf 0 has it, before anything else of the log can be verified.
//!
//! What the key is worth, the reader's pins decide; the signatures of leaf 0 are checked
//! with those of the other records.

use affiant_tlog::note::VerifierKey;

use crate::check::{Code, Place};
use crate::envelope::Envelope;
use crate::record::Body;

use super::report::Verification;

/// What leaf 0 says of the log's key.
pub(super) enum LogKey {
    /// The key.
    Named(Box<VerifierKey>),
    /// It is a leaf 0 of a version that this program does not read.
    Newer(u32),
    /// There is no leaf 0, or none that can be read.
    Missing,
}

/// Reads the log's key out of the envelope that should be leaf 0.
pub(super) fn log_key(envelope: &[u8]) -> LogKey {
    let record = Envelope::parse(envelope).map(|envelope| envelope.unverified_record());
    let Ok(Ok(record)) = record else { return LogKey::Missing };
    match record.body {
        // A record with a key that is none, or of another name, was refused when it was read.
        Body::Archive(archive) => match archive.log_key.parse() {
            Ok(key) => LogKey::Named(Box::new(key)),
            Err(_) => LogKey::Missing,
        },
        Body::Unknown(body) if body.is_archive() => LogKey::Newer(body.version),
        _ => LogKey::Missing,
    }
}

impl LogKey {
    /// Reports that there is no key.
    pub(super) fn report(&self, place: Place, report: &mut Verification) {
        match self {
            LogKey::Named(_) => {}
            LogKey::Newer(version) => {
                let sentence = format!(
                    "leaf 0 is an archive of version {version}, so the log's key is not known; a newer version of this program may read it"
                );
                report.undecided(Code::ArchiveLeaf0, place, sentence);
            }
            LogKey::Missing => {
                let sentence = "leaf 0 does not say what archive this is, so the log's key is not known";
                report.fail(Code::ArchiveLeaf0, place, sentence);
            }
        }
    }
}
