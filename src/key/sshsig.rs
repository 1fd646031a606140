//! SSHSIG, the signature format of `ssh-keygen -Y` (OpenSSH's PROTOCOL.sshsig).
//!
//! ```text
//! -----BEGIN SSH SIGNATURE-----
//! U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg…
//! -----END SSH SIGNATURE-----
//! ```
//!
//! The profile is closed: version 1, an Ed25519 key, namespace `affiant`, nothing in
//! the reserved field, SHA-512 (spec/envelope.md). All but the last 64 bytes of such a
//! blob follow from the key, so a blob is read by rebuilding it, and only one spelling
//! of a signature exists. Other namespaces and key types are not read here.

use sha2::Digest as _;

use super::{ALGORITHM, Signature, SignatureMismatch, VerifyingKey, put_string};
use crate::encode::base64;

/// The namespace of every SSHSIG over a record's payload.
pub const NAMESPACE: &str = "affiant";

const MAGIC: &[u8; 6] = b"SSHSIG";
const VERSION: u32 = 1;
const HASH: &[u8] = b"sha512";

/// The bytes that the Ed25519 signature inside an SSHSIG covers.
///
/// > `byte[6]` MAGIC_PREAMBLE, string namespace, string reserved, string hash_algorithm,
/// > string H(message)
pub fn signed_bytes(message: &[u8]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    put_string(&mut bytes, NAMESPACE.as_bytes());
    put_string(&mut bytes, b"");
    put_string(&mut bytes, HASH);
    put_string(&mut bytes, &sha2::Sha512::digest(message));
    bytes
}

/// The SSHSIG blob of a signature over [`signed_bytes`].
pub fn encode(key: &VerifyingKey, signature: &Signature) -> Vec<u8> {
    let mut inner = Vec::with_capacity(83);
    put_string(&mut inner, ALGORITHM);
    put_string(&mut inner, signature);

    let mut blob = MAGIC.to_vec();
    blob.extend_from_slice(&VERSION.to_be_bytes());
    put_string(&mut blob, &key.blob());
    put_string(&mut blob, NAMESPACE.as_bytes());
    put_string(&mut blob, b"");
    put_string(&mut blob, HASH);
    put_string(&mut blob, &inner);
    blob
}

/// Verifies that `blob` is an SSHSIG in our profile, by `key`, over `message`.
///
/// # Errors
/// [`SignatureMismatch`]; another profile and another key are mismatches too.
pub fn verify(key: &VerifyingKey, message: &[u8], blob: &[u8]) -> Result<(), SignatureMismatch> {
    let signature = blob.last_chunk::<64>().ok_or(SignatureMismatch)?;
    if encode(key, signature) != blob {
        return Err(SignatureMismatch);
    }
    key.verify(&signed_bytes(message), signature)
}

/// The armored form that `ssh-keygen -Y verify -s` reads.
pub fn armored(blob: &[u8]) -> String {
    let text = base64::encode(blob);
    let mut armored = String::from("-----BEGIN SSH SIGNATURE-----\n");
    for line in text.as_bytes().chunks(70) {
        armored.push_str(std::str::from_utf8(line).expect("base64 is ASCII"));
        armored.push('\n');
    }
    armored.push_str("-----END SSH SIGNATURE-----\n");
    armored
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Signer as _, SigningKey};

    #[test]
    fn one_spelling_and_one_key() {
        let key = SigningKey::from_seed(&[7; 32]);
        let other = SigningKey::from_seed(&[8; 32]);
        let signature = key.sign(&signed_bytes(b"payload")).expect("a key in memory signs");
        let blob = encode(key.verifying_key(), &signature);
        assert_eq!(verify(key.verifying_key(), b"payload", &blob), Ok(()));
        assert_eq!(verify(other.verifying_key(), b"payload", &blob), Err(SignatureMismatch));
        assert_eq!(verify(key.verifying_key(), b"payloae", &blob), Err(SignatureMismatch));
        for at in 0..blob.len() {
            let mut flipped = blob.clone();
            flipped[at] ^= 1;
            assert_eq!(
                verify(key.verifying_key(), b"payload", &flipped),
                Err(SignatureMismatch),
                "byte {at}"
            );
        }
        assert_eq!(
            verify(key.verifying_key(), b"payload", &blob[..63]),
            Err(SignatureMismatch)
        );
    }
}
