//! Records: the signed things, of a closed list of kinds.
//!
//! ```json
//! {"_type":"https://in-toto.io/Statement/v1",
//!  "predicate":{"archive":"record:sha256:…","label":"P02","nonce":"…","recorded_at":"2026-11-24T09:00:00Z",
//!               "signers":[{"asserts":["recorded"],"key":"AAAAC3Nza…","party":"party:…"}],
//!               "type":"question","varies":true,"words":{"...":"…"}},
//!  "predicateType":"urn:affiant:proposition:1",
//!  "subject":[{"digest":{"sha256":"…"},"name":"record:sha256:…"}]}
//! ```
//!
//! Normative page: spec/record.md. This module turns payload bytes into a [`Record`] and
//! back. It checks shape and limits; it verifies no signature (`envelope`), resolves no
//! reference and reads no disclosure (`disclose`).

pub mod exhibit;
pub mod id;
pub mod kinds;
pub mod position;
pub mod roster;
pub mod statement;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::digest::Digest;
use crate::encode::base64;
use crate::encode::json::{self, JsonError};
use crate::key::{KeyError, VerifyingKey};
use crate::time::Timestamp;

pub use exhibit::Descriptor;
pub use id::{ExhibitId, IdError, Label, PartyId, RecordId, Reference};
pub use kinds::{
    Archive, Attestation, Keeper, Proposition, PropositionType, Relation, RelationKind, Target, TargetIs, Wording,
};
pub use position::{Path, Position, Slot, Visitor, Walk};
pub use roster::{Name, PartyKind, RevocationReason, Role, RosterEntry};
pub use statement::*;

/// The longest payload, in bytes.
pub const MAX_PAYLOAD: usize = 512 * 1024;
/// The most signers of one record.
pub const MAX_SIGNERS: usize = 16;
/// The most exhibits that one record rests on.
pub const MAX_SUBJECTS: usize = 256;
/// The most positions, of passages, stances or anything else, in one record.
pub const MAX_POSITIONS: usize = 4096;
/// The most hops of one statement.
pub const MAX_HOPS: usize = 64;
/// The most keepers of one archive.
pub const MAX_KEEPERS: usize = 16;

const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
const PREDICATE_PREFIX: &str = "urn:affiant:";

/// In what capacity a signer signs: a closed list. None may be read as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each has its definition in spec/record.md")]
pub enum Scope {
    Recorded,
    Received,
    Captured,
    Transcribed,
    HeardFrom,
    ReadOverTo,
    Translated,
    WitnessedSigning,
    ConveysOnBehalfOf,
    Spoke,
    BelievesTrue,
    Publishes,
    VerifiedDigest,
    Withholds,
    Disowns,
    Comments,
}

impl Scope {
    /// Every scope, in the order of spec/record.md.
    pub const ALL: [Scope; 16] = [
        Scope::Recorded,
        Scope::Received,
        Scope::Captured,
        Scope::Transcribed,
        Scope::HeardFrom,
        Scope::ReadOverTo,
        Scope::Translated,
        Scope::WitnessedSigning,
        Scope::ConveysOnBehalfOf,
        Scope::Spoke,
        Scope::BelievesTrue,
        Scope::Publishes,
        Scope::VerifiedDigest,
        Scope::Withholds,
        Scope::Disowns,
        Scope::Comments,
    ];
}

/// The text of a public key as a record carries it: the base64 of an OpenSSH blob.
/// Whether it is a key at all is for [`PublicKeyText::key`] to say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicKeyText(String);

impl PublicKeyText {
    /// The key that the text is.
    ///
    /// # Errors
    /// [`KeyError`], weak keys among them.
    pub fn key(&self) -> Result<VerifyingKey, KeyError> {
        VerifyingKey::from_base64(&self.0)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&VerifyingKey> for PublicKeyText {
    fn from(key: &VerifyingKey) -> PublicKeyText {
        PublicKeyText(key.to_base64())
    }
}

/// A declared signer. The envelope's signatures equal the declared signers, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignerDeclaration {
    /// In what capacities.
    pub asserts: Vec<Scope>,
    /// With which key.
    pub key: PublicKeyText,
    /// Which party.
    pub party: PartyId,
}

/// Sixteen random bytes that make every payload unlike any other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Nonce(pub [u8; 16]);

impl Serialize for Nonce {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64::encode(self.0))
    }
}

impl<'de> Deserialize<'de> for Nonce {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Nonce, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = base64::decode(&text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes
            .map(Nonce)
            .ok_or_else(|| serde::de::Error::custom("a nonce is the base64 of 16 bytes"))
    }
}

/// The members that every predicate has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Common {
    /// The id of the archive that the record was made for; absent in leaf 0 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<RecordId>,
    /// The human name.
    pub label: Label,
    /// Makes every payload unlike any other.
    pub nonce: Nonce,
    /// When the record was made, by the recorder's own clock. It decides nothing.
    pub recorded_at: Timestamp,
    /// Who signs, in what capacities.
    pub signers: Vec<SignerDeclaration>,
}

/// The names of the common members, so that the rest can be read by kind.
const COMMON: [&str; 5] = ["archive", "label", "nonce", "recorded_at", "signers"];

/// What a record says, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Leaf 0.
    Archive(Archive),
    /// Somebody's words or act.
    Statement(Box<Statement>),
    /// A question at issue or a definition.
    Proposition(Proposition),
    /// An attributed link.
    Relation(Relation),
    /// A declaration.
    Attestation(Attestation),
    /// An entry of the roster.
    Roster(RosterEntry),
    /// A kind, or a version of a kind, that this program does not know. What it says is
    /// not read.
    Unknown(UnknownBody),
}

/// A kind or version that is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownBody {
    /// The kind's name, as `custody`.
    pub kind: String,
    /// Its version.
    pub version: u32,
}

impl Body {
    /// The kind's name, as the predicate type has it.
    pub fn kind(&self) -> &str {
        match self {
            Body::Archive(_) => "archive",
            Body::Statement(_) => "statement",
            Body::Proposition(_) => "proposition",
            Body::Relation(_) => "relation",
            Body::Attestation(_) => "attestation",
            Body::Roster(_) => "roster",
            Body::Unknown(body) => &body.kind,
        }
    }
}

/// What a record is about: exhibits, or its archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The exhibits that the record rests on.
    Exhibits(Vec<ExhibitId>),
    /// The archive, for a record that rests on no exhibit.
    Archive(RecordId),
    /// The log's key, in leaf 0 only.
    LogKey {
        /// The log's origin.
        origin: String,
        /// The SHA-256 of the log's vkey.
        sha256: Digest,
    },
}

/// A record: one signed thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The members that every kind has.
    pub common: Common,
    /// What it is about.
    pub subject: Subject,
    /// What it says.
    pub body: Body,
}

/// Why a payload is not a record.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Not strict JSON, or not an in-toto Statement.
    #[error("the payload is {0}")]
    Json(#[from] JsonError),
    /// Not in-toto Statement v1.
    #[error("the payload's _type is {0:?}, not the in-toto Statement v1")]
    StatementType(String),
    /// Not a predicate of ours.
    #[error("the predicate type {0:?} is not urn:affiant:<kind>:<version>")]
    PredicateType(String),
    /// A member is missing, unknown, of a wrong type or out of its limits.
    #[error("{kind}: {source}")]
    Member {
        /// The kind that was being read, or "common members".
        kind: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// More of something than is allowed.
    #[error("{count} {what}, more than the {limit} allowed")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// A rule of the schema that types do not express.
    #[error("{0}")]
    Rule(&'static str),
    /// A public key that is malformed or weak.
    #[error("{place}: {source}")]
    Key {
        /// Where it stands.
        place: &'static str,
        /// What is wrong with it.
        source: KeyError,
    },
}

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

    /// Calls `visitor` for each withheld position, in the order of the schema.
    pub fn positions(&mut self, visitor: &mut Visitor<'_>) {
        let mut walk = Walk::new(visitor);
        match &mut self.body {
            Body::Archive(_) | Body::Unknown(_) => {}
            Body::Statement(body) => body.walk(&mut walk),
            Body::Proposition(body) => body.walk(&mut walk),
            Body::Relation(body) => body.walk(&mut walk),
            Body::Attestation(body) => body.walk(&mut walk),
            Body::Roster(body) => body.walk(&mut walk),
        }
    }

    /// The exhibits that the record rests on.
    pub fn exhibits(&self) -> &[ExhibitId] {
        match &self.subject {
            Subject::Exhibits(exhibits) => exhibits,
            Subject::Archive(_) | Subject::LogKey { .. } => &[],
        }
    }

    /// Everything that the record points at, with the place of each. What stands in a
    /// withheld position is not seen.
    pub fn references(&self) -> Vec<(String, Reference)> {
        let mut found = Vec::new();
        let mut at = |place: String, reference| found.push((place, reference));
        match &self.body {
            Body::Archive(_) | Body::Unknown(_) => {}
            Body::Proposition(body) => {
                let about = body.about.as_ref().and_then(Position::value);
                scope_references("about", about.map_or(&[], Vec::as_slice), &mut at);
            }
            Body::Attestation(body) => at("about".to_owned(), body.about),
            Body::Relation(body) => {
                at("from".to_owned(), body.from);
                for (index, reference) in body.target.among.iter().enumerate() {
                    at(format!("target.among[{index}]"), *reference);
                }
                if let Some(record) = body.asserted_in {
                    at("asserted_in".to_owned(), Reference::Record(record));
                }
                let asserted_by = body.asserted_by.as_ref().and_then(Position::value);
                person("asserted_by".to_owned(), asserted_by, &mut at);
                if let Some(stance) = body.stance.as_ref().and_then(Position::value) {
                    stance_references("stance", stance, &mut at);
                }
            }
            Body::Roster(RosterEntry::Revocation { of, .. }) => at("of".to_owned(), Reference::Record(*of)),
            Body::Roster(RosterEntry::Key { party, .. } | RosterEntry::Endorsement { party, .. }) => {
                at("party".to_owned(), Reference::Party(*party))
            }
            Body::Roster(RosterEntry::Authority {
                granted_by, granted_to, ..
            }) => {
                at("granted_by".to_owned(), Reference::Party(*granted_by));
                at("granted_to".to_owned(), Reference::Party(*granted_to));
            }
            Body::Roster(RosterEntry::Party { .. }) => {}
            Body::Statement(body) => statement_references(body, &mut at),
        }
        found
    }

    /// The rules that types do not express.
    fn check_rules(&mut self) -> Result<(), RecordError> {
        let signers = &self.common.signers;
        within("signers", signers.len(), MAX_SIGNERS)?;
        if signers.is_empty() {
            return Err(RecordError::Rule("no signer is declared"));
        }
        for (index, signer) in signers.iter().enumerate() {
            if signer.asserts.is_empty() {
                return Err(RecordError::Rule("a signer asserts nothing"));
            }
            if signers[..index].iter().any(|earlier| earlier.key == signer.key) {
                return Err(RecordError::Rule("one key is declared twice"));
            }
            let twice = |at: usize| signer.asserts[..at].contains(&signer.asserts[at]);
            if (0..signer.asserts.len()).any(twice) {
                return Err(RecordError::Rule("a signer asserts one scope twice"));
            }
        }
        if self.common.archive.is_none() != matches!(self.body, Body::Archive(_)) {
            return Err(RecordError::Rule(
                "every record but leaf 0 names its archive, and leaf 0 names none",
            ));
        }
        match &self.body {
            Body::Archive(body) => {
                within("keepers", body.keepers.len(), MAX_KEEPERS)?;
                if body.format != 1 {
                    return Err(RecordError::Rule(
                        "an archive of a newer format: get a newer version of this program",
                    ));
                }
                for keeper in &body.keepers {
                    keeper.key.key().map_err(|source| RecordError::Key {
                        place: "keepers",
                        source,
                    })?;
                }
            }
            Body::Statement(body) => {
                within("hops", body.relay.len(), MAX_HOPS)?;
                if self.exhibits().is_empty() {
                    return Err(RecordError::Rule("a statement rests on at least one exhibit"));
                }
            }
            Body::Relation(body) => {
                within("references", body.target.among.len(), MAX_POSITIONS)?;
                if body.target.among.is_empty() && body.target.is != TargetIs::Unresolved {
                    return Err(RecordError::Rule(
                        "a relation without a target that is not marked unresolved",
                    ));
                }
                if body.stance.is_some() != (body.relation == RelationKind::Answers) {
                    return Err(RecordError::Rule("answers, and no other relation, has a stance"));
                }
            }
            Body::Roster(RosterEntry::Key { key, .. } | RosterEntry::Endorsement { key, .. }) => {
                key.key().map_err(|source| RecordError::Key { place: "key", source })?;
            }
            Body::Proposition(_) | Body::Attestation(_) | Body::Roster(_) | Body::Unknown(_) => {}
        }
        let mut positions = 0;
        self.positions(&mut |_, _| positions += 1);
        within("positions", positions, MAX_POSITIONS)
    }
}

fn person(place: String, who: Option<&PartyRef>, at: &mut impl FnMut(String, Reference)) {
    if let Some(id) = who.and_then(PartyRef::party) {
        at(place, Reference::Party(id));
    }
}

fn scope_references(place: &str, scope: &[ScopeItem], at: &mut impl FnMut(String, Reference)) {
    for item in scope {
        if let ScopeItem::Party(id) = item {
            at(place.to_owned(), Reference::Party(*id));
        }
    }
}

fn stance_references(place: &str, stance: &Stance, at: &mut impl FnMut(String, Reference)) {
    at(format!("{place}.proposition"), Reference::Record(stance.proposition));
    for who in &stance.according_to {
        person(format!("{place}.according_to"), Some(who), at);
    }
    scope_references(&format!("{place}.scope"), &stance.scope, at);
}

fn hop_references(place: &str, hop: &Hop, at: &mut impl FnMut(String, Reference)) {
    person(format!("{place}.from"), hop.from.value(), at);
    person(format!("{place}.to"), hop.to.value(), at);
    let attested_by = hop.attested_by.as_ref().and_then(Position::value);
    person(format!("{place}.attested_by"), attested_by, at);
    if let Some(record) = hop.authority.as_ref().and_then(|authority| authority.value()?.record) {
        at(format!("{place}.authority"), Reference::Record(record));
    }
    let Some(call) = &hop.call else { return };
    for who in call.listeners.iter().filter_map(Position::value).flatten() {
        person(format!("{place}.call.listeners"), Some(who), at);
    }
    let controller = call.line_controlled_by.as_ref().and_then(Position::value);
    person(format!("{place}.call.line_controlled_by"), controller, at);
}

fn statement_references(body: &Statement, at: &mut impl FnMut(String, Reference)) {
    person("speaker".to_owned(), body.speaker.value(), at);
    let translator = body.translator.as_ref().and_then(Position::value);
    person("translator".to_owned(), translator, at);
    for (index, hop) in body.relay.iter().enumerate() {
        hop_references(&format!("relay[{index}]"), hop, at);
    }
    if let Some(circumstances) = body.circumstances.value() {
        for who in &circumstances.present {
            person("circumstances.present".to_owned(), Some(who), at);
        }
        let controller = circumstances.channel_controlled_by.as_ref();
        person("circumstances.channel_controlled_by".to_owned(), controller, at);
    }
    for (index, stance) in body.stances.iter().enumerate() {
        if let Some(stance) = stance.value() {
            stance_references(&format!("stances[{index}]"), stance, at);
        }
    }
    for (index, passage) in body.words.iter().enumerate() {
        if let Some(span) = passage.value().and_then(|passage| passage.span.as_ref()) {
            at(format!("words[{index}].span"), Reference::Exhibit(span.exhibit));
        }
    }
    for (index, observation) in body.observed.iter().enumerate() {
        if let Some(observation) = observation.value() {
            at(format!("observed[{index}]"), Reference::Exhibit(observation.exhibit));
        }
    }
}

fn within(what: &'static str, count: usize, limit: usize) -> Result<(), RecordError> {
    if count > limit {
        Err(RecordError::TooMany { what, count, limit })
    } else {
        Ok(())
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

/// Reads the subject: exhibits, or the archive alone, or in leaf 0 the log's key.
fn read_subject(body: &Body, common: &Common, subjects: &[WireSubject]) -> Result<Subject, RecordError> {
    within("subjects", subjects.len(), MAX_SUBJECTS)?;
    if let (Body::Archive(archive), [only]) = (body, subjects) {
        let sha256 = Digest::of(archive.log_key.as_bytes());
        if only.name != archive.origin || only.digest.sha256 != sha256 {
            return Err(RecordError::Rule("the subject of leaf 0 is not its log key"));
        }
        return Ok(Subject::LogKey {
            origin: archive.origin.clone(),
            sha256,
        });
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
    for subject in subjects {
        let id: ExhibitId = subject
            .name
            .parse()
            .map_err(|_| RecordError::Rule("a subject is neither an exhibit nor the record's archive"))?;
        if id.0 != subject.digest.sha256 {
            return Err(RecordError::Rule("the subject's name and digest differ"));
        }
        if exhibits.contains(&id) {
            return Err(RecordError::Rule("one exhibit stands twice among the subjects"));
        }
        exhibits.push(id);
    }
    if exhibits.is_empty() {
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
