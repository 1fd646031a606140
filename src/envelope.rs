//! The envelope: a payload and its signatures (DSSE 1.0.2, closed profile).
//!
//! ```json
//! {"payload":"eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEi…",
//!  "payloadType":"application/vnd.in-toto+json",
//!  "signatures":[{"keyid":"SHA256:…","sig":"…","sshsig":"U1NIU0lHAAAAAQ…"}]}
//! ```
//!
//! Normative page: spec/envelope.md. What is verified is the payload as received. Only
//! [`Envelope::open`] makes a [`Verified`] record; what it establishes is that each
//! declared key signed these bytes, and nothing about whose keys they are.

use serde::{Deserialize, Serialize};

use crate::check::Code;
use crate::digest::Digest;
use crate::encode::base64;
use crate::encode::json::{self, JsonError};
use crate::key::{self, KeyError, SignError, Signature, Signer, VerifyingKey};
use crate::record::{MAX_PAYLOAD, MAX_SIGNERS, Record, RecordError, RecordId};

/// The DSSE payload type of every record.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
/// The longest envelope, in bytes: the payload in base64 and the signatures.
pub const MAX_ENVELOPE: usize = MAX_PAYLOAD / 3 * 4 + MAX_SIGNERS * 1024 + 1024;

/// Pre-authentication encoding: the bytes that `sig` covers.
///
/// > PAE(type, body) = "DSSEv1" + SP + LEN(type) + SP + type + SP + LEN(body) + SP + body
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}

/// What is wrong with an envelope.
#[derive(Debug, thiserror::Error)]
pub enum EnvelopeFault {
    /// Not strict JSON of an envelope's shape.
    #[error("the envelope is {0}")]
    Syntax(#[from] JsonError),
    /// More than one line.
    #[error("the envelope has a line feed or a carriage return in it; it is one line")]
    Lines,
    /// A part is not canonical base64 or not of its length.
    #[error("{place} is not canonical base64 of the right length")]
    Base64 {
        /// Which part.
        place: String,
    },
    /// Another payload type.
    #[error("the payload type is {0:?}, not {PAYLOAD_TYPE}")]
    PayloadType(String),
    /// The payload is not a record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// More or fewer signatures than declared signers.
    #[error("{present} signatures where the record declares {declared} signers: one was stripped or added")]
    SignerCount {
        /// How many the payload declares.
        declared: usize,
        /// How many are there.
        present: usize,
    },
    /// A declared key that cannot be used.
    #[error("signer {index}: {source}")]
    Key {
        /// Which, counted from 0.
        index: usize,
        /// Why.
        source: KeyError,
    },
    /// The key id does not name the declared key.
    #[error("signature {index} carries the key id of another key than the declared one")]
    KeyId {
        /// Which, counted from 0.
        index: usize,
    },
    /// The DSSE signature does not verify.
    #[error("signature {index} (sig) does not fit the payload and the declared key")]
    Sig {
        /// Which, counted from 0.
        index: usize,
    },
    /// The SSHSIG does not verify.
    #[error("signature {index} (sshsig) does not fit the payload and the declared key")]
    Sshsig {
        /// Which, counted from 0.
        index: usize,
    },
}

impl EnvelopeFault {
    /// The code of the check that this fault fails (spec/verification.md).
    pub fn code(&self) -> Code {
        match self {
            EnvelopeFault::Syntax(_) | EnvelopeFault::Lines | EnvelopeFault::Base64 { .. } => Code::EnvelopeSyntax,
            EnvelopeFault::PayloadType(_) => Code::EnvelopePayloadType,
            EnvelopeFault::Key {
                source: KeyError::Weak, ..
            }
            | EnvelopeFault::Record(RecordError::Key {
                source: KeyError::Weak, ..
            }) => Code::KeyWeak,
            EnvelopeFault::Key { .. } => Code::KeyMalformed,
            EnvelopeFault::Record(_) => Code::RecordSchema,
            EnvelopeFault::SignerCount { .. } => Code::SignersDeclared,
            EnvelopeFault::KeyId { .. } => Code::EnvelopeKeyId,
            EnvelopeFault::Sig { .. } => Code::SignatureDsse,
            EnvelopeFault::Sshsig { .. } => Code::SignatureSshsig,
        }
    }
}

/// A record whose signatures verify, or anything that was made from nothing else.
#[derive(Debug, Clone)]
pub struct Verified<T> {
    value: T,
    signers: Vec<VerifyingKey>,
}

impl<T> Verified<T> {
    /// What was signed.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// What was signed, to keep.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The keys that signed, in the declared order.
    pub fn signers(&self) -> &[VerifyingKey] {
        &self.signers
    }
}

impl Verified<Record> {
    /// Puts disclosures into their places. Each is bound by its digest to what was
    /// signed, so the result is as verified as the record was.
    pub fn reveal(&mut self, disclosures: &[crate::disclose::Disclosure]) -> crate::disclose::Revelation {
        crate::disclose::reveal(&mut self.value, disclosures)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    payload: String,
    #[serde(rename = "payloadType")]
    payload_type: String,
    signatures: Vec<WireSignature>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireSignature {
    keyid: String,
    sig: String,
    sshsig: String,
}

/// An envelope as received: well formed, not verified.
#[derive(Debug, Clone)]
pub struct Envelope {
    payload: Vec<u8>,
    signatures: Vec<EnvelopeSignature>,
    digest: Digest,
}

#[derive(Debug, Clone)]
struct EnvelopeSignature {
    keyid: String,
    sig: Signature,
    sshsig: Vec<u8>,
}

impl Envelope {
    /// Reads an envelope. Nothing is verified yet.
    ///
    /// # Errors
    /// [`EnvelopeFault::Syntax`], [`EnvelopeFault::Lines`], [`EnvelopeFault::Base64`],
    /// [`EnvelopeFault::PayloadType`].
    pub fn parse(bytes: &[u8]) -> Result<Envelope, EnvelopeFault> {
        let wire: Wire = json::from_slice(bytes, MAX_ENVELOPE)?;
        // Such bytes could stand in a bundle and in no pack: one record, and two answers.
        if bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
            return Err(EnvelopeFault::Lines);
        }
        if wire.payload_type != PAYLOAD_TYPE {
            return Err(EnvelopeFault::PayloadType(wire.payload_type));
        }
        let decode = |place: String, text: &str| base64::decode(text).map_err(|_| EnvelopeFault::Base64 { place });
        let payload = decode("payload".to_owned(), &wire.payload)?;
        let mut signatures = Vec::with_capacity(wire.signatures.len());
        for (index, signature) in wire.signatures.into_iter().enumerate() {
            let place = format!("signatures[{index}].sig");
            let sig = decode(place.clone(), &signature.sig)?;
            let sig = sig.try_into().map_err(|_| EnvelopeFault::Base64 { place })?;
            let sshsig = decode(format!("signatures[{index}].sshsig"), &signature.sshsig)?;
            signatures.push(EnvelopeSignature {
                keyid: signature.keyid,
                sig,
                sshsig,
            });
        }
        Ok(Envelope {
            payload,
            signatures,
            digest: Digest::of(bytes),
        })
    }

    /// The SHA-256 of the whole envelope as received: the log's leaf.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The record's id, which follows from the payload alone.
    pub fn record_id(&self) -> RecordId {
        RecordId::of_payload(&self.payload)
    }

    /// The payload, of which nothing is verified.
    pub fn unverified_payload(&self) -> &[u8] {
        &self.payload
    }

    /// What the record says of itself, of which nothing is verified.
    ///
    /// # Errors
    /// The payload is not a record.
    pub fn unverified_record(&self) -> Result<Record, RecordError> {
        Record::from_payload(&self.payload)
    }

    /// Verifies that exactly the declared signers signed, each by both signatures.
    ///
    /// # Errors
    /// Every fault that was found; a forged record is an outcome, not a crash.
    pub fn open(&self) -> Result<Verified<Record>, Vec<EnvelopeFault>> {
        let record = self.unverified_record().map_err(|error| vec![error.into()])?;
        let declared = &record.common.signers;
        if declared.len() != self.signatures.len() {
            return Err(vec![EnvelopeFault::SignerCount {
                declared: declared.len(),
                present: self.signatures.len(),
            }]);
        }
        let signed = pae(PAYLOAD_TYPE, &self.payload);
        let mut faults = Vec::new();
        let mut signers = Vec::with_capacity(declared.len());
        for (index, (declaration, signature)) in declared.iter().zip(&self.signatures).enumerate() {
            let key = match declaration.key.key() {
                Ok(key) => key,
                Err(source) => {
                    faults.push(EnvelopeFault::Key { index, source });
                    continue;
                }
            };
            if signature.keyid != key.fingerprint() {
                faults.push(EnvelopeFault::KeyId { index });
            }
            if key.verify(&signed, &signature.sig).is_err() {
                faults.push(EnvelopeFault::Sig { index });
            }
            if key::verify_sshsig(&key, &self.payload, &signature.sshsig).is_err() {
                faults.push(EnvelopeFault::Sshsig { index });
            }
            signers.push(key);
        }
        if faults.is_empty() {
            Ok(Verified { value: record, signers })
        } else {
            Err(faults)
        }
    }
}

/// Why a record was not sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The record breaks a rule of the schema.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The signers given are not the declared ones, in order.
    #[error("the signers given are not those that the record declares, in order")]
    Signers,
    /// A signer refused.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The envelope would be longer than readers accept.
    #[error("the signed record would be {0} bytes, more than the {MAX_ENVELOPE} allowed; split the statement")]
    TooLong(usize),
}

/// Signs `record` by its declared signers, in order, and writes the envelope as one line
/// in RFC 8785 form, without a line feed.
///
/// # Errors
/// [`SealError`]; nothing is signed unless the record is one that readers accept.
pub fn seal(record: &Record, signers: &[&dyn Signer]) -> Result<Vec<u8>, SealError> {
    let declared = record.common.signers.iter().map(|signer| signer.key.clone());
    let given = signers.iter().map(|signer| signer.verifying_key().into());
    if !declared.eq(given) {
        return Err(SealError::Signers);
    }
    let payload = record.to_payload()?;
    let signed = pae(PAYLOAD_TYPE, &payload);
    let mut signatures = Vec::with_capacity(signers.len());
    for signer in signers {
        let key = signer.verifying_key();
        let sshsig = signer.sign(&key::signed_bytes(&payload))?;
        signatures.push(WireSignature {
            keyid: key.fingerprint(),
            sig: base64::encode(signer.sign(&signed)?),
            sshsig: base64::encode(key::encode_sshsig(key, &sshsig)),
        });
    }
    let wire = Wire {
        payload: base64::encode(&payload),
        payload_type: PAYLOAD_TYPE.to_owned(),
        signatures,
    };
    let bytes = json::canonical(&wire);
    if bytes.len() > MAX_ENVELOPE {
        Err(SealError::TooLong(bytes.len()))
    } else {
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pae_is_that_of_the_dsse_specification() {
        // DSSE protocol.md, "Test Vectors".
        assert_eq!(
            pae("http://example.com/HelloWorld", b"hello world"),
            b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        );
        assert_eq!(pae("", b""), b"DSSEv1 0  0 ");
    }
}
