//! Signed notes and the keys that verify them (`c2sp.org/signed-note`).
//!
//! ```text
//! This is an example message.
//!
//! — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
//! ```
//!
//! Only signature type 0x01, Ed25519, is verified and made. What is verified is the text as received, with
//! `verify_strict`. The module gives the text no meaning, and holds no private key: [`Note::sign`] asks a closure.

use std::fmt;
use std::str::FromStr;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// The longest note that is read, in bytes, signatures and all.
pub const MAX_NOTE_BYTES: usize = 256 * 1024;

/// The longest text of a note, in bytes.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;

/// The most signature lines in one note. "Verifiers … MUST accept at least up to 16 signatures."
pub const MAX_SIGNATURES: usize = 64;

/// The longest name of a verifier key, in bytes of UTF-8.
pub const MAX_KEY_NAME_BYTES: usize = 255;

/// The signature type identifier byte of Ed25519.
const ED25519: u8 = 0x01;

/// "em dash (U+2014), space (U+0020)": how a signature line begins.
const SIGNATURE_LINE_START: &str = "\u{2014} ";

/// The bytes of a key id, and of the start of a decoded signature.
const KEY_ID_BYTES: usize = 4;

/// The text of a note: UTF-8, no ASCII control characters but newline, and a newline at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteText(String);

/// Why a text cannot be the text of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteTextError {
    /// Longer than [`MAX_TEXT_BYTES`].
    #[error("the text of the note is longer than {MAX_TEXT_BYTES} bytes")]
    TooLong,
    /// An ASCII control character below U+0020 other than newline.
    #[error("the note contains an ASCII control character")]
    ControlCharacter,
    /// The last character is no newline, or there is none.
    #[error("the text of the note does not end with a newline")]
    NoFinalNewline,
}

impl NoteText {
    /// Checks a text.
    pub fn new(text: impl Into<String>) -> Result<NoteText, NoteTextError> {
        let text = text.into();
        if text.len() > MAX_TEXT_BYTES {
            return Err(NoteTextError::TooLong);
        }
        if has_control_character(&text) {
            return Err(NoteTextError::ControlCharacter);
        }
        if !text.ends_with('\n') {
            return Err(NoteTextError::NoFinalNewline);
        }
        Ok(NoteText(text))
    }

    /// The text, its final newline included: exactly the bytes that are signed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn has_control_character(text: &str) -> bool {
    text.bytes().any(|byte| byte < 0x20 && byte != b'\n')
}

/// "Key names MUST be non-empty and MUST NOT contain any Unicode spaces or plus (U+002B) characters." Control
/// characters cannot stand in a note at all.
pub fn is_key_name(name: &str) -> bool {
    !name.is_empty()
        && !name
            .chars()
            .any(|c| c.is_whitespace() || c == '+' || c < '\u{20}')
}

/// The four bytes that, together with a name, say which key made a signature. It prints as eight hex digits.
///
/// A hint and no proof: anybody can make a key with the id of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub [u8; KEY_ID_BYTES]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

/// A name and the Ed25519 public key that signs under it. It reads from, and prints as, a vkey:
/// `example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: KeyId,
    key: VerifyingKey,
}

/// Why a vkey, or a name and a public key, is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifierKeyError {
    /// Not three parts with a plus between them, or an id that is not eight lowercase hex digits, or a key that is not
    /// canonical base64.
    #[error("this is not a verifier key of the form <name>+<hex id>+<base64 key>")]
    Malformed,
    /// The name is empty, holds a space or a plus, or is longer than [`MAX_KEY_NAME_BYTES`].
    #[error(
        "a key name must not be empty, hold spaces or plus signs, or exceed {MAX_KEY_NAME_BYTES} bytes"
    )]
    Name,
    /// A signature type other than Ed25519.
    #[error("the verifier key is of signature type {0:#04x}; only 0x01, Ed25519, is supported")]
    UnsupportedType(u8),
    /// The key is not 32 bytes, or no point of the curve in its one canonical encoding (RFC 8032, section 5.1.3).
    #[error("the public key is no Ed25519 key")]
    NotAPoint,
    /// A key of small order, under which a signature proves nothing.
    #[error("the public key is weak: a signature under it would prove nothing")]
    Weak,
    /// The id is not that of this name and key.
    #[error("the verifier key's id does not belong to its name and key")]
    IdMismatch,
}

impl VerifierKey {
    /// The key that signs under `name` with the 32-byte public key of RFC 8032.
    pub fn new(name: &str, public_key: &[u8; 32]) -> Result<VerifierKey, VerifierKeyError> {
        if !is_key_name(name) || name.len() > MAX_KEY_NAME_BYTES {
            return Err(VerifierKeyError::Name);
        }
        if !is_canonical_point(public_key) {
            return Err(VerifierKeyError::NotAPoint);
        }
        let key = VerifyingKey::from_bytes(public_key).map_err(|_| VerifierKeyError::NotAPoint)?;
        if key.is_weak() {
            return Err(VerifierKeyError::Weak);
        }
        Ok(VerifierKey {
            name: name.to_owned(),
            id: key_id(name, public_key),
            key,
        })
    }

    /// The name that stands in signature lines; for a log's key, also the log's origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id that stands in signature lines.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The 32-byte Ed25519 public key.
    pub fn public_key(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    fn verifies(&self, text: &NoteText, signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| {
            self.key
                .verify_strict(text.0.as_bytes(), &signature)
                .is_ok()
        })
    }
}

impl FromStr for VerifierKey {
    type Err = VerifierKeyError;

    /// "`<key name>+hex(32-bit key ID)+base64(signature type || public key)`"
    fn from_str(text: &str) -> Result<VerifierKey, VerifierKeyError> {
        // The base64 of the key may hold a plus too, hence no more than three parts.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(VerifierKeyError::Malformed);
        };
        if !is_lowercase_hex_id(id) {
            return Err(VerifierKeyError::Malformed);
        }
        let typed_key = BASE64_STANDARD
            .decode(key)
            .map_err(|_| VerifierKeyError::Malformed)?;
        let (&signature_type, public_key) =
            typed_key.split_first().ok_or(VerifierKeyError::Malformed)?;
        if signature_type != ED25519 {
            return Err(VerifierKeyError::UnsupportedType(signature_type));
        }
        let public_key = public_key
            .try_into()
            .map_err(|_| VerifierKeyError::NotAPoint)?;
        let key = VerifierKey::new(name, public_key)?;
        if key.id.to_string() != id {
            return Err(VerifierKeyError::IdMismatch);
        }
        Ok(key)
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut typed_key = vec![ED25519];
        typed_key.extend_from_slice(self.public_key());
        write!(
            f,
            "{}+{}+{}",
            self.name,
            self.id,
            BASE64_STANDARD.encode(typed_key)
        )
    }
}

/// "`key ID = SHA-256(key name || 0x0A || 0x01 || 32-byte Ed25519 public key)[:4]`"
fn key_id(name: &str, public_key: &[u8; 32]) -> KeyId {
    let digest = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', ED25519])
        .chain_update(public_key)
        .finalize();
    KeyId([digest[0], digest[1], digest[2], digest[3]])
}

fn is_lowercase_hex_id(id: &str) -> bool {
    id.len() == 2 * KEY_ID_BYTES && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// RFC 8032 refuses a y coordinate of p = 2^255 - 19 or more, which the decoder of the curve library would reduce.
fn is_canonical_point(key: &[u8; 32]) -> bool {
    let all_ones = key[1..31].iter().all(|&byte| byte == 0xff) && key[31] & 0x7f == 0x7f;
    !(all_ones && key[0] >= 0xed)
}

/// One signature line of a note: who is said to have signed, and the bytes of the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    name: String,
    id: KeyId,
    signature: Vec<u8>,
}

impl SignatureLine {
    /// The name of the key that is said to have signed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The id of the key that is said to have signed.
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The signature without the key id; its length depends on the signature type, which the line does not tell.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// "em dash (U+2014), space (U+0020), key name, space, base64-encoded signature, newline", here without the newline.
    fn parse(line: &str) -> Option<SignatureLine> {
        let (name, signature) = line.strip_prefix(SIGNATURE_LINE_START)?.split_once(' ')?;
        if !is_key_name(name) {
            return None;
        }
        let decoded = BASE64_STANDARD.decode(signature).ok()?;
        let (id, signature) = decoded.split_first_chunk()?;
        if signature.is_empty() {
            return None;
        }
        Some(SignatureLine {
            name: name.to_owned(),
            id: KeyId(*id),
            signature: signature.to_vec(),
        })
    }
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decoded = [&self.id.0, self.signature.as_slice()].concat();
        let base64 = BASE64_STANDARD.encode(decoded);
        write!(f, "{SIGNATURE_LINE_START}{} {base64}", self.name)
    }
}

/// A well-formed note, of which no signature has been verified. It prints as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: NoteText,
    signatures: Vec<SignatureLine>,
}

/// Why bytes are no signed note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseNoteError {
    /// Longer than [`MAX_NOTE_BYTES`].
    #[error("the note is longer than {MAX_NOTE_BYTES} bytes")]
    TooLong,
    /// Not UTF-8.
    #[error("the note is not UTF-8")]
    NotUtf8,
    /// No empty line between text and signatures, or no newline at the end.
    #[error("the note has no signature lines after an empty line, or does not end with a newline")]
    NoSignatures,
    /// The text is no text of a note.
    #[error(transparent)]
    Text(#[from] NoteTextError),
    /// A line after the last empty line is no signature line.
    #[error("signature line {0} of the note is malformed")]
    SignatureLine(usize),
    /// More than [`MAX_SIGNATURES`] signature lines.
    #[error("the note has more than {MAX_SIGNATURES} signatures")]
    TooManySignatures,
}

/// Why a well-formed note does not count as signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyNoteError {
    /// Two different keys with one name and one id are both said to be known.
    #[error("two known keys share the name and id {name}+{id}")]
    AmbiguousKeys {
        /// The name.
        name: String,
        /// The id.
        id: KeyId,
    },
    /// A signature that names a known key is not by that key over this text.
    #[error("the signature by {name}+{id} is wrong")]
    WrongSignature {
        /// The name of the known key.
        name: String,
        /// The id of the known key.
        id: KeyId,
    },
    /// No signature names a known key.
    #[error("no known key has signed the note")]
    NoKnownSignature,
}

/// Why a note could not be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignNoteError<E> {
    /// The signer failed.
    #[error("the signer could not sign the note")]
    Signer(#[source] E),
    /// The signature that the signer gave is not by the key named.
    #[error("the signer used another key than the one named")]
    OtherKey,
}

impl Note {
    /// Reads a note. "The text is separated from the signatures by the last empty line in the note."
    pub fn parse(bytes: &[u8]) -> Result<Note, ParseNoteError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(ParseNoteError::TooLong);
        }
        let note = std::str::from_utf8(bytes).map_err(|_| ParseNoteError::NotUtf8)?;
        if has_control_character(note) {
            return Err(NoteTextError::ControlCharacter.into());
        }
        let separator = note.rfind("\n\n").ok_or(ParseNoteError::NoSignatures)?;
        let text = NoteText::new(&note[..=separator])?;
        let lines = note[separator + 2..]
            .strip_suffix('\n')
            .ok_or(ParseNoteError::NoSignatures)?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == MAX_SIGNATURES {
                return Err(ParseNoteError::TooManySignatures);
            }
            let number = signatures.len() + 1;
            signatures
                .push(SignatureLine::parse(line).ok_or(ParseNoteError::SignatureLine(number))?);
        }
        Ok(Note { text, signatures })
    }

    /// Signs a text. `sign` gets the bytes to be signed and gives the 64 bytes of the signature, which is verified
    /// before it is used: a signer that holds another key than `key` is found out here.
    pub fn sign<E>(
        text: NoteText,
        key: &VerifierKey,
        sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
    ) -> Result<Note, SignNoteError<E>> {
        let signature = sign(text.0.as_bytes()).map_err(SignNoteError::Signer)?;
        if !key.verifies(&text, &signature) {
            return Err(SignNoteError::OtherKey);
        }
        let line = SignatureLine {
            name: key.name.clone(),
            id: key.id,
            signature: signature.to_vec(),
        };
        Ok(Note {
            text,
            signatures: vec![line],
        })
    }

    /// The text, which anybody may have written.
    pub fn unverified_text(&self) -> &NoteText {
        &self.text
    }

    /// The signature lines in their order, verified or not, known or not.
    pub fn unverified_signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// Verifies every signature line that names one of the `known` keys, and ignores all others.
    ///
    /// "If the key name and ID match a known key, verifiers MUST verify the signature": so one wrong signature by a
    /// known key rejects the note, even beside a right one by the same key. Two right ones by one key count once.
    pub fn verify(self, known: &[VerifierKey]) -> Result<VerifiedNote, VerifyNoteError> {
        for key in known {
            let twin =
                |other: &VerifierKey| other.name == key.name && other.id == key.id && other != key;
            if known.iter().any(twin) {
                return Err(VerifyNoteError::AmbiguousKeys {
                    name: key.name.clone(),
                    id: key.id,
                });
            }
        }
        let mut signers: Vec<VerifierKey> = Vec::new();
        for line in &self.signatures {
            let Some(key) = known
                .iter()
                .find(|key| key.name == line.name && key.id == line.id)
            else {
                continue;
            };
            if !key.verifies(&self.text, &line.signature) {
                return Err(VerifyNoteError::WrongSignature {
                    name: line.name.clone(),
                    id: line.id,
                });
            }
            if !signers.contains(key) {
                signers.push(key.clone());
            }
        }
        if signers.is_empty() {
            return Err(VerifyNoteError::NoKnownSignature);
        }
        Ok(VerifiedNote {
            note: self,
            signers,
        })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text.0)?;
        for line in &self.signatures {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

/// A note that at least one known key has signed, and that no known key has a wrong signature on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedNote {
    note: Note,
    signers: Vec<VerifierKey>,
}

impl VerifiedNote {
    /// The text that the [`signers`](Self::signers) signed.
    pub fn text(&self) -> &NoteText {
        &self.note.text
    }

    /// The known keys that signed, each once, in the order of their first signature.
    pub fn signers(&self) -> &[VerifierKey] {
        &self.signers
    }

    /// The whole note, signatures by unknown keys included.
    pub fn note(&self) -> &Note {
        &self.note
    }
}
