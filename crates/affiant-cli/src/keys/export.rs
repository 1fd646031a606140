//! A public key in the forms that other programs read.
//!
//! ```text
//! openssh          ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI… who
//! pem              -----BEGIN PUBLIC KEY-----                          openssl pkeyutl -pubin
//! vkey             who+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKa…      C2SP signed-note
//! allowed-signers  who namespaces="affiant" ssh-ed25519 AAAAC3Nz…      ssh-keygen -Y verify
//! ```
//!
//! Private keys are never exported: their files are in a format that other programs read already.

use affiant::key::{NAMESPACE, VerifyingKey};
use affiant_tlog::note::{VerifierKey, VerifierKeyError};
use clap::ValueEnum;

/// A form of a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A line of a .pub file
    Openssh,
    /// SubjectPublicKeyInfo in PEM, for openssl
    Pem,
    /// A verifier key of a C2SP signed note
    Vkey,
    /// A line of the allowed_signers file of ssh-keygen -Y verify
    AllowedSigners,
}

/// Why a key cannot be written in a form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// The name cannot stand in an OpenSSH line.
    #[error("\"{0}\" cannot stand beside a key in a line: it would be read as something else")]
    Who(String),
    /// The name cannot stand in a verifier key.
    #[error(transparent)]
    VerifierKey(#[from] VerifierKeyError),
}

impl ExportError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        Some("name yourself without spaces or signs, by --as name@example.org")
    }
}

/// The key in a form, without a line break at its end. `who` is its comment, its name or its principal.
///
/// # Errors
/// [`ExportError`], where `who` cannot stand in that form.
pub fn export(key: &VerifyingKey, format: ExportFormat, who: &str) -> Result<String, ExportError> {
    match format {
        ExportFormat::Openssh => {
            if who.chars().any(char::is_control) {
                return Err(ExportError::Who(who.to_owned()));
            }
            Ok(key.to_openssh_line(who))
        }
        ExportFormat::Pem => Ok(key.to_spki_pem().trim_end().to_owned()),
        ExportFormat::Vkey => Ok(VerifierKey::new(who, key.as_bytes())?.to_string()),
        ExportFormat::AllowedSigners => {
            if !is_principal(who) {
                return Err(ExportError::Who(who.to_owned()));
            }
            Ok(format!("{who} namespaces=\"{NAMESPACE}\" {}", key.to_openssh_line("")))
        }
    }
}

/// Whether a text is one principal and nothing else: no list, no pattern, no comment (ssh-keygen(1), ALLOWED SIGNERS).
fn is_principal(who: &str) -> bool {
    !who.is_empty() && !who.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'\\,*?!#".contains(c))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::keys::stock;
    use affiant::key::{Signer as _, SigningKey};

    #[test]
    fn the_vkey_of_the_specification() {
        let vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
        let parsed: VerifierKey = vkey.parse().unwrap();
        let key = VerifyingKey::from_bytes(parsed.public_key()).unwrap();
        assert_eq!(export(&key, ExportFormat::Vkey, "example.com/foo").unwrap(), vkey);
        assert!(export(&key, ExportFormat::Vkey, "two words").is_err());
    }

    #[test]
    fn ssh_keygen_verifies_with_the_exported_line_and_in_our_namespace_only() {
        let folder = tempfile::tempdir().unwrap();
        let signer = SigningKey::from_seed(&[7; 32]);
        let key = signer.verifying_key();
        let file = |name: &str, content: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let line = export(key, ExportFormat::AllowedSigners, "leyla@example.org").unwrap();
        let allowed = file("allowed_signers", format!("{line}\n").as_bytes());
        let signature = signer.sign(&affiant::key::signed_bytes(b"a payload")).unwrap();
        let blob = affiant::key::encode_sshsig(key, &signature);
        let signature = file("payload.sig", affiant::key::armored(&blob).as_bytes());
        let payload = file("payload", b"a payload");
        for (who, namespace, fits) in [
            ("leyla@example.org", "affiant", true),
            ("leyla@example.org", "git", false),
            ("other", "affiant", false),
        ] {
            let arguments = [
                "-Y", "verify", "-f", &allowed, "-I", who, "-n", namespace, "-s", &signature,
            ];
            let input = std::fs::File::open(&payload).unwrap();
            let Some(verified) = stock::run_on("ssh-keygen", &arguments, input.into()) else {
                return;
            };
            assert_eq!(verified.is_ok(), fits, "{who} {namespace}: {verified:?}");
        }
    }

    #[test]
    fn openssl_reads_the_pem() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        let signer = SigningKey::from_seed(&[7; 32]);
        let pem = export(signer.verifying_key(), ExportFormat::Pem, "me").unwrap();
        std::fs::write(&path, format!("{pem}\n")).unwrap();
        let arguments = ["pkey", "-pubin", "-in", path.to_str().unwrap()];
        let Some(printed) = stock::run("openssl", &arguments) else {
            return;
        };
        assert_eq!(printed.unwrap().trim_end(), pem);
    }

    #[test]
    fn a_principal_cannot_widen_the_line() {
        let signer = SigningKey::from_seed(&[7; 32]);
        let key = signer.verifying_key();
        for who in ["", "*", "a,b", "!a", "a b", "#a", "a\nb", "\"a", "a?"] {
            let refused = export(key, ExportFormat::AllowedSigners, who);
            assert_eq!(refused, Err(ExportError::Who(who.to_owned())));
        }
        let line = export(key, ExportFormat::AllowedSigners, "leyla@example.org").unwrap();
        assert!(
            line.starts_with("leyla@example.org namespaces=\"affiant\" ssh-ed25519 AAAA"),
            "{line}"
        );
        assert!(export(key, ExportFormat::Openssh, "two\nlines").is_err());
    }
}
