//! The payload of a record: an in-toto Statement v1, read strictly and written in RFC 8785
//! form.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::rules::within;
use super::*;
use crate::encode::json;

const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
const PREDICATE_PREFIX: &str = "urn:affiant:";

/// The names of the common members, so that the rest can be read by kind.
const COMMON: [&str; 5] = ["archive", "label", "nonce", "recorded_at", "signers"];

/// The in-toto Statement on the wire (in-toto attestation v1).
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(rename = "_type")]
    statement_type: String,
    predicate: serde_json::Map<String, Value>,
    #[serde(rename = "predicateType")]
    predicate_type: String,
    subject: Vec<WireSubject>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireSubject {
    digest: WireDigest,
    name: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireDigest {
    sha256: Digest,
}

impl Record {
    /// Reads a payload. Every withheld position is still withheld.
    ///
    /// # Errors
    /// [`RecordError`].
    pub fn from_payload(payload: &[u8]) -> Result<Record, RecordError> {
        let wire: Wire = json::from_slice(payload, MAX_PAYLOAD)?;
        if wire.statement_type != STATEMENT_TYPE {
            return Err(RecordError::StatementType(wire.statement_type));
        }
        let (kind, version) = predicate_type(&wire.predicate_type)?;
        let (mut common, mut rest) = (serde_json::Map::new(), serde_json::Map::new());
        for (name, value) in wire.predicate {
            let part = if COMMON.contains(&name.as_str()) {
                &mut common
            } else {
                &mut rest
            };
            part.insert(name, value);
        }
        let common: Common = member("common members", Value::Object(common))?;
        let body = read_body(kind, version, rest)?;
        let subject = read_subject(&body, &common, &wire.subject)?;
        let mut record = Record { common, subject, body };
        record.check_rules()?;
        Ok(record)
    }

    /// Writes the payload in RFC 8785 form.
    ///
    /// # Errors
    /// [`RecordError`], where the record would not be accepted on reading.
    ///
    /// # Panics
    /// For a body of an unknown kind, which cannot be written.
    pub fn to_payload(&self) -> Result<Vec<u8>, RecordError> {
        let rest = match &self.body {
            Body::Archive(body) => serde_json::to_value(body),
            Body::Statement(body) => serde_json::to_value(body),
            Body::Proposition(body) => serde_json::to_value(body),
            Body::Relation(body) => serde_json::to_value(body),
            Body::Attestation(body) => serde_json::to_value(body),
            Body::Roster(body) => serde_json::to_value(body),
            Body::Assessment(body) => serde_json::to_value(body),
            Body::Unknown(_) => panic!("a record of an unknown kind is read and never written"),
        };
        let common = serde_json::to_value(&self.common);
        let mut predicate = serde_json::Map::new();
        for part in [common, rest] {
            match part.expect("our types have string keys only") {
                Value::Object(members) => predicate.extend(members),
                _ => unreachable!("every kind is an object"),
            }
        }
        let wire = Wire {
            statement_type: STATEMENT_TYPE.to_owned(),
            predicate,
            predicate_type: format!("{PREDICATE_PREFIX}{}:1", self.body.kind()),
            subject: write_subject(&self.subject),
        };
        let payload = json::canonical(&wire);
        Record::from_payload(&payload)?;
        Ok(payload)
    }
}

/// `urn:affiant:<kind>:<version>`: a kind is lower-case ASCII letters, a version a
/// decimal without leading zeros.
fn predicate_type(text: &str) -> Result<(&str, u32), RecordError> {
    const MAX_KIND: usize = 32;
    let error = || RecordError::PredicateType(text.chars().take(100).collect());
    let (kind, version) = text
        .strip_prefix(PREDICATE_PREFIX)
        .and_then(|rest| rest.split_once(':'))
        .ok_or_else(error)?;
    let well_formed = (1..=MAX_KIND).contains(&kind.len()) && kind.bytes().all(|byte| byte.is_ascii_lowercase());
    let number: u32 = version.parse().map_err(|_| error())?;
    if !well_formed || number == 0 || number.to_string() != version {
        return Err(error());
    }
    Ok((kind, number))
}

fn read_body(kind: &str, version: u32, rest: serde_json::Map<String, Value>) -> Result<Body, RecordError> {
    let rest = Value::Object(rest);
    Ok(match (kind, version) {
        ("archive", 1) => Body::Archive(member(kind, rest)?),
        ("statement", 1) => Body::Statement(member(kind, rest)?),
        ("proposition", 1) => Body::Proposition(member(kind, rest)?),
        ("relation", 1) => Body::Relation(member(kind, rest)?),
        ("attestation", 1) => Body::Attestation(member(kind, rest)?),
        ("roster", 1) => Body::Roster(member(kind, rest)?),
        ("assessment", 1) => Body::Assessment(member(kind, rest)?),
        _ => Body::Unknown(UnknownBody {
            kind: kind.to_owned(),
            version,
        }),
    })
}

fn member<T: serde::de::DeserializeOwned + Serialize>(kind: &str, value: Value) -> Result<T, RecordError> {
    json::from_value(&value).map_err(|source| RecordError::Member {
        kind: kind.to_owned(),
        source,
    })
}

/// Reads the subject: exhibits, or the archive alone, or in leaf 0 the log's key. Of an
/// unknown kind, what is neither is not read.
fn read_subject(body: &Body, common: &Common, subjects: &[WireSubject]) -> Result<Subject, RecordError> {
    within("subjects", subjects.len(), MAX_SUBJECTS)?;
    if let Body::Archive(archive) = body {
        let sha256 = Digest::of(archive.log_key.as_bytes());
        return match subjects {
            [only] if only.name == archive.origin && only.digest.sha256 == sha256 => Ok(Subject::LogKey {
                origin: archive.origin.clone(),
                sha256,
            }),
            _ => Err(RecordError::Rule(
                "the subject of leaf 0 is not its log key, and that alone",
            )),
        };
    }
    if let ([only], Some(archive)) = (subjects, common.archive)
        && only.name == archive.to_string()
    {
        if only.digest.sha256 != archive.0 {
            return Err(RecordError::Rule("the subject's name and digest differ"));
        }
        return Ok(Subject::Archive(archive));
    }
    let mut exhibits = Vec::with_capacity(subjects.len());
    let known = !matches!(body, Body::Unknown(_));
    for subject in subjects {
        let id: ExhibitId = match subject.name.parse() {
            Ok(id) => id,
            Err(_) if !known => continue,
            Err(_) => {
                return Err(RecordError::Rule(
                    "a subject is neither an exhibit nor the record's archive",
                ));
            }
        };
        if id.0 != subject.digest.sha256 {
            return Err(RecordError::Rule("the subject's name and digest differ"));
        }
        if exhibits.contains(&id) {
            return Err(RecordError::Rule("one exhibit stands twice among the subjects"));
        }
        exhibits.push(id);
    }
    if exhibits.is_empty() && known {
        return Err(RecordError::Rule("no subject"));
    }
    Ok(Subject::Exhibits(exhibits))
}

fn write_subject(subject: &Subject) -> Vec<WireSubject> {
    let one = |name: String, sha256| WireSubject {
        digest: WireDigest { sha256 },
        name,
    };
    match subject {
        Subject::Exhibits(exhibits) => exhibits.iter().map(|id| one(id.to_string(), id.0)).collect(),
        Subject::Archive(id) => vec![one(id.to_string(), id.0)],
        Subject::LogKey { origin, sha256 } => vec![one(origin.clone(), *sha256)],
    }
}
