//! Ed25519 keys of people, as OpenSSH writes them.
//!
//! ```text
//! ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI…          an OpenSSH public key
//! SHA256:uG0…                                      its fingerprint
//! ```
//!
//! A key is always carried whole, as its OpenSSH blob (RFC 8709, section 4); a
//! fingerprint is only ever a hint. Weak keys cannot be constructed, so nothing
//! behind this module needs to think of them (spec/verification.md, step 1). Private
//! key files and agents are not read here: a [`Signer`] is passed in.

mod sshsig;

use std::fmt;

use ed25519_dalek::Signer as _;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::encode::base64::{self, Base64Error};

pub use sshsig::{NAMESPACE, armored, encode as encode_sshsig, signed_bytes, verify as verify_sshsig};

/// The name of the algorithm inside an OpenSSH blob (RFC 8709).
const ALGORITHM: &[u8] = b"ssh-ed25519";

/// The DER bytes before the key in an Ed25519 SubjectPublicKeyInfo (RFC 8410, section 4).
const SPKI_PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A raw Ed25519 signature (RFC 8032): R and S.
pub type Signature = [u8; 64];

/// Why bytes are not a public key that we accept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not base64.
    #[error(transparent)]
    Base64(#[from] Base64Error),
    /// A key of another algorithm, or no key.
    #[error("not an ssh-ed25519 public key; only Ed25519 keys sign native records")]
    NotEd25519,
    /// The 32 bytes are not a point on the curve.
    #[error("not a point of the Ed25519 curve")]
    NotAPoint,
    /// A point of small order: one signature fits every file (RFC 8032 allows it, we do not).
    #[error("a weak key: a signature by it can be made to fit any file")]
    Weak,
}

/// The signature does not verify under the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not fit these bytes and this key")]
pub struct SignatureMismatch;

/// A public key that is neither malformed nor weak.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

impl VerifyingKey {
    /// Reads the 32 bytes of RFC 8032.
    ///
    /// # Errors
    /// [`KeyError::NotAPoint`] and [`KeyError::Weak`].
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<VerifyingKey, KeyError> {
        if !is_canonical(bytes) {
            return Err(KeyError::NotAPoint);
        }
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::NotAPoint)?;
        if key.is_weak() {
            return Err(KeyError::Weak);
        }
        Ok(VerifyingKey(key))
    }

    /// Reads an OpenSSH public key blob: `string "ssh-ed25519"`, `string key`.
    ///
    /// # Errors
    /// [`KeyError`]; bytes after the key are refused.
    pub fn from_blob(blob: &[u8]) -> Result<VerifyingKey, KeyError> {
        let mut expected = Vec::with_capacity(51);
        put_string(&mut expected, ALGORITHM);
        expected.extend_from_slice(&32_u32.to_be_bytes());
        let key = blob.strip_prefix(expected.as_slice()).ok_or(KeyError::NotEd25519)?;
        let key = key.try_into().map_err(|_| KeyError::NotEd25519)?;
        VerifyingKey::from_bytes(key)
    }

    /// Reads the base64 of an OpenSSH blob, as a record and a `.pub` file carry it.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn from_base64(text: &str) -> Result<VerifyingKey, KeyError> {
        VerifyingKey::from_blob(&base64::decode(text)?)
    }

    /// Reads a line of a `.pub` file: algorithm, base64 and an optional comment.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn from_openssh_line(line: &str) -> Result<VerifyingKey, KeyError> {
        let mut fields = line.split_ascii_whitespace();
        match (fields.next(), fields.next()) {
            (Some("ssh-ed25519"), Some(blob)) => VerifyingKey::from_base64(blob),
            _ => Err(KeyError::NotEd25519),
        }
    }

    /// The 32 bytes of RFC 8032.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The OpenSSH public key blob.
    pub fn blob(&self) -> Vec<u8> {
        let mut blob = Vec::with_capacity(51);
        put_string(&mut blob, ALGORITHM);
        put_string(&mut blob, self.as_bytes());
        blob
    }

    /// The base64 of the OpenSSH blob, as a record carries it.
    pub fn to_base64(&self) -> String {
        base64::encode(self.blob())
    }

    /// A line of a `.pub` file.
    pub fn to_openssh_line(&self, comment: &str) -> String {
        let line = format!("ssh-ed25519 {} {comment}", self.to_base64());
        line.trim_end().to_owned()
    }

    /// SubjectPublicKeyInfo in PEM (RFC 8410), for `openssl pkeyutl -pubin`.
    pub fn to_spki_pem(&self) -> String {
        let der = [SPKI_PREFIX.as_slice(), self.as_bytes()].concat();
        format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            base64::encode(der)
        )
    }

    /// The fingerprint as `ssh-keygen -l` prints it: `SHA256:` and unpadded base64.
    pub fn fingerprint(&self) -> String {
        let text = base64::encode(Digest::of(&self.blob()).as_bytes());
        format!("SHA256:{}", text.trim_end_matches('='))
    }

    /// Verifies strictly: canonical R and S, no small-order point (ed25519-dalek's
    /// `verify_strict`). The exact set of edge cases accepted is in `tests/it/ed25519.rs`.
    ///
    /// # Errors
    /// [`SignatureMismatch`].
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), SignatureMismatch> {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.0.verify_strict(message, &signature).map_err(|_| SignatureMismatch)
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fingerprint())
    }
}

impl std::hash::Hash for VerifyingKey {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_bytes().hash(state);
    }
}

impl PartialOrd for VerifyingKey {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for VerifyingKey {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}

impl Serialize for VerifyingKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_base64())
    }
}

impl<'de> Deserialize<'de> for VerifyingKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<VerifyingKey, D::Error> {
        let text = String::deserialize(deserializer)?;
        VerifyingKey::from_base64(&text).map_err(serde::de::Error::custom)
    }
}

/// Somebody or something that signs: a key file, an agent, a device.
pub trait Signer {
    /// The key that the signatures verify under.
    fn verifying_key(&self) -> &VerifyingKey;

    /// Signs exactly `message` by Ed25519 (RFC 8032, not prehashed).
    ///
    /// # Errors
    /// [`SignError`], where an agent refuses or is gone.
    fn sign(&self, message: &[u8]) -> Result<Signature, SignError>;
}

/// A signer did not sign.
#[derive(Debug, thiserror::Error)]
#[error("{key} did not sign: {reason}")]
pub struct SignError {
    /// The fingerprint of the key that was asked.
    pub key: String,
    /// What the signer said.
    pub reason: String,
}

/// A private key in memory, wiped when dropped.
pub struct SigningKey {
    secret: ed25519_dalek::SigningKey,
    public: VerifyingKey,
}

impl SigningKey {
    /// Makes the key of a 32-byte seed (RFC 8032, section 5.1.5). The seed must come
    /// from a cryptographic random source; this library has none.
    ///
    /// # Panics
    /// Never: the public key of a seed is a multiple of the base point by a clamped
    /// scalar, which is not of small order.
    pub fn from_seed(seed: &[u8; 32]) -> SigningKey {
        let secret = ed25519_dalek::SigningKey::from_bytes(seed);
        let public = VerifyingKey::from_bytes(secret.verifying_key().as_bytes())
            .expect("a clamped multiple of the base point is not weak");
        SigningKey { secret, public }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({:?})", self.public)
    }
}

impl Signer for SigningKey {
    fn verifying_key(&self) -> &VerifyingKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<Signature, SignError> {
        Ok(self.secret.sign(message).to_bytes())
    }
}

/// RFC 8032, section 5.1.3: "If the resulting value is >= p, decoding fails." The curve
/// library would reduce it instead, and one key would have two spellings.
fn is_canonical(key: &[u8; 32]) -> bool {
    let all_ones = key[1..31].iter().all(|&byte| byte == 0xff) && key[31] & 0x7f == 0x7f;
    !(all_ones && key[0] >= 0xed)
}

/// Appends an SSH `string` (RFC 4251, section 5): 32-bit length, then the bytes.
fn put_string(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("our SSH strings are short");
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weak_key_that_stock_tools_accept_is_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(VerifyingKey::from_bytes(&identity), Err(KeyError::Weak));
        let mut blob = Vec::new();
        put_string(&mut blob, ALGORITHM);
        put_string(&mut blob, &identity);
        assert_eq!(VerifyingKey::from_blob(&blob), Err(KeyError::Weak));
        assert_eq!(VerifyingKey::from_base64(&base64::encode(blob)), Err(KeyError::Weak));
    }

    #[test]
    fn a_blob_has_one_spelling() {
        let key = SigningKey::from_seed(&[7; 32]);
        let blob = key.verifying_key().blob();
        assert_eq!(VerifyingKey::from_blob(&blob).as_ref(), Ok(key.verifying_key()));
        assert_eq!(
            VerifyingKey::from_blob(&[blob.as_slice(), b"x"].concat()),
            Err(KeyError::NotEd25519)
        );
        assert_eq!(VerifyingKey::from_blob(&blob[..50]), Err(KeyError::NotEd25519));
        let line = key.verifying_key().to_openssh_line("me");
        assert_eq!(VerifyingKey::from_openssh_line(&line).as_ref(), Ok(key.verifying_key()));
    }
}
