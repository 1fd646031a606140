//! Checks: what was looked at, what came out, and where.
//!
//! ```text
//! signature.dsse  Failed  S02, records/000.p/9.jsonl: signature 0 (sig) does not fit the payload and the declared key
//! ```
//!
//! A forged record is a finding with a stable code and not an error. The three outcomes
//! are those of ETSI EN 319 102-1 and are never folded into two (spec/verification.md,
//! "Outcomes"). The list of codes is closed; each has its entry on that page.

use std::fmt;

use serde::Serialize;

use crate::record::{Label, RecordId};

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// What there is decides neither.
    Indeterminate,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Outcome::Passed => "Passed",
            Outcome::Failed => "Failed",
            Outcome::Indeterminate => "Indeterminate",
        })
    }
}

/// Declares the closed list of codes: the variant, its dotted text, and in plain words
/// what holds where it passes.
macro_rules! codes {
    ($($variant:ident = $text:literal: $meaning:literal;)+) => {
        /// The stable code of a check.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)+
        }

        impl Code {
            /// Every code, in the order of spec/verification.md.
            pub const ALL: &[Code] = &[$(Code::$variant,)+];

            /// The dotted text.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)+ }
            }

            /// What holds where the check passes, in plain words.
            pub const fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning,)+ }
            }
        }
    };
}

codes! {
    LayoutKnown = "layout.known": "Every file belongs to the archive's layout.";
    LayoutUnfinished = "layout.unfinished": "No append was left unfinished.";
    ArchiveLeaf0 = "archive.leaf0": "Leaf 0, and no other, says what archive this is.";
    ArchiveToml = "archive.toml": "archive.toml says exactly what leaf 0 says.";
    CheckpointSyntax = "checkpoint.syntax": "The checkpoint is a signed tree head of this log.";
    CheckpointSignature = "checkpoint.signature": "The log key of leaf 0 signed the checkpoint.";
    CheckpointSeen = "checkpoint.seen": "The log has only grown since you last saw it.";
    TreeRoot = "tree.root": "The records give exactly the tree that the checkpoint signs.";
    TileContent = "tile.content": "Each tile holds exactly the hashes of the tree.";
    EntriesContent = "entries.content": "Each entry bundle holds exactly the digests of the envelopes.";
    PackLines = "pack.lines": "Each pack holds one whole line for each record.";
    LeafEnvelope = "leaf.envelope": "Each envelope is the one that was logged.";
    EnvelopeSyntax = "envelope.syntax": "Each envelope is strict JSON of the envelope's shape.";
    EnvelopePayloadType = "envelope.payload_type": "Each payload is declared to be an in-toto Statement.";
    EnvelopeKeyId = "envelope.keyid": "Each key id names the declared key.";
    KeyWeak = "key.weak": "No key is one whose signatures can be made to fit any file.";
    KeyMalformed = "key.malformed": "Each declared key is an Ed25519 key.";
    SignersDeclared = "signers.declared": "The signatures are those of the declared signers, none stripped or added.";
    SignatureDsse = "signature.dsse": "Each declared key signed the payload (sig).";
    SignatureSshsig = "signature.sshsig": "Each declared key signed the payload (sshsig).";
    RecordSchema = "record.schema": "Each payload is a record of the schema.";
    RecordKind = "record.kind": "Each record is of a kind and version that this program knows.";
    RecordArchive = "record.archive": "Each record was made for this archive.";
    RecordUnique = "record.unique": "No record stands twice.";
    LabelUnique = "label.unique": "No two records bear one label.";
    DisclosureSyntax = "disclosure.syntax": "Each disclosure can be read.";
    DisclosureDuplicate = "disclosure.duplicate": "No digest and no salt stands twice in a record.";
    DisclosureUnreferenced = "disclosure.unreferenced": "Each disclosure is the one that the record was signed with.";
    DisclosureType = "disclosure.type": "Each disclosed value is of the type of its place.";
    DisclosureWithheld = "disclosure.withheld": "Nothing is withheld.";
    PassageSpan = "passage.span": "Each passage stands in its exhibit, byte for byte, where the record says.";
    ExhibitDescriptor = "exhibit.descriptor": "Each exhibit's descriptor is disclosed.";
    ExhibitPresent = "exhibit.present": "The bytes of each exhibit are there.";
    ExhibitDigest = "exhibit.digest": "The bytes of each exhibit are unchanged.";
    ReferenceResolves = "reference.resolves": "Whatever a record points at is there.";
    RosterEntry = "roster.entry": "Each entry of the roster was made by one who may make it.";
    RosterKey = "roster.key": "Each signer's key was enrolled for its party, and not revoked, when the record was logged.";
    InclusionProof = "inclusion.proof": "Each record is in the log, at its place.";
    BundleSyntax = "bundle.syntax": "The bundle can be read.";
    BundleAsOf = "bundle.as_of": "Nothing that came later changes what is shown.";
    IdentityLog = "identity.log": "You have reason to believe whose log this is.";
    IdentitySigner = "identity.signer": "You have reason to believe whose keys signed.";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Where a check was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, relative to the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The leaf index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaf: Option<u64>,
    /// The record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
    /// Its label, where the record could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
}

impl Place {
    /// A file.
    pub fn file(path: impl Into<String>) -> Place {
        Place {
            file: Some(path.into()),
            ..Place::default()
        }
    }

    /// The same record, in another file.
    #[must_use]
    pub fn in_file(&self, path: impl Into<String>) -> Place {
        Place {
            file: Some(path.into()),
            ..self.clone()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        match (&self.label, self.leaf) {
            (Some(label), Some(leaf)) => parts.push(format!("{label} (leaf {leaf})")),
            (Some(label), None) => parts.push(label.to_string()),
            (None, Some(leaf)) => parts.push(format!("leaf {leaf}")),
            (None, None) => {}
        }
        parts.extend(self.file.clone());
        f.write_str(&parts.join(", "))
    }
}

/// One check that did not pass, or that a reader should see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Which check.
    pub code: Code,
    /// What came out.
    pub outcome: Outcome,
    /// Whether the policy demands that it pass. What is not demanded is reported and
    /// does not change the whole.
    pub demanded: bool,
    /// One sentence in plain words.
    pub sentence: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_distinct_and_dotted() {
        let texts: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
        assert!(texts.iter().all(|text| text.split('.').count() == 2));
    }
}
