#![allow(clippy::unwrap_used)]

use super::*;
use crate::keys::stock;
use affiant::key::Signer as _;

const PASSPHRASE: &[u8] = "doğru at batareya".as_bytes();

fn seed(byte: u8) -> Seed {
    Seed::new(Zeroizing::new([byte; 32]))
}

fn random() -> FileRandom {
    FileRandom {
        salt: [9; SALT_BYTES],
        checkint: [1, 2, 3, 4],
    }
}

fn mode_of(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn write_file(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
    set_mode(path, 0o600);
}

#[test]
fn what_is_written_is_read_again_under_its_passphrase_only() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("new/keys/default");
    write(
        &path,
        &seed(7),
        "default",
        &Protection::Passphrase(PASSPHRASE, random()),
    )
    .unwrap();
    assert_eq!((mode_of(&path), mode_of(path.parent().unwrap())), (0o600, 0o700));
    let names: Vec<_> = fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(names, ["default"], "nothing else is left behind");

    let key_file = KeyFile::read(&path).unwrap();
    assert!(key_file.is_encrypted());
    assert_eq!(key_file.verifying_key(), seed(7).signing_key().verifying_key());
    assert_eq!(*key_file.open_with(PASSPHRASE).unwrap().0, [7; 32]);
    assert!(matches!(
        key_file.open_with(b"wrong"),
        Err(KeyFileError::WrongPassphrase(_))
    ));
    assert!(matches!(key_file.open(), Err(KeyFileError::WrongPassphrase(_))));
}

#[test]
fn a_key_is_never_overwritten() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("keys/default");
    write(&path, &seed(7), "default", &Protection::None).unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(
        write(&path, &seed(8), "default", &Protection::None),
        Err(KeyFileError::Exists(_))
    ));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn ssh_keygen_reads_what_we_write() {
    let home = tempfile::tempdir().unwrap();
    let (locked, clear) = (home.path().join("locked"), home.path().join("clear"));
    set_mode(home.path(), 0o700);
    write(&locked, &seed(7), "me", &Protection::Passphrase(PASSPHRASE, random())).unwrap();
    write(&clear, &seed(7), "me", &Protection::None).unwrap();
    let expected = format!("{}\n", seed(7).signing_key().verifying_key().to_openssh_line("me"));
    let passphrase = std::str::from_utf8(PASSPHRASE).unwrap();
    for (path, passphrase, fits) in [
        (&locked, passphrase, true),
        (&clear, "", true),
        (&locked, "wrong", false),
    ] {
        let arguments = ["-y", "-P", passphrase, "-f", path.to_str().unwrap()];
        let Some(printed) = stock::run("ssh-keygen", &arguments) else {
            return;
        };
        assert_eq!(printed.as_ref().ok(), fits.then_some(&expected), "{printed:?}");
    }
}

#[test]
fn we_read_what_ssh_keygen_writes() {
    let home = tempfile::tempdir().unwrap();
    for (name, passphrase) in [("locked", "correct horse"), ("clear", "")] {
        let path = home.path().join(name);
        if stock::keygen(&path, "ed25519", passphrase).is_none() {
            return;
        }
        let key_file = KeyFile::read(&path).unwrap();
        assert_eq!(key_file.is_encrypted(), !passphrase.is_empty());
        let seed = if key_file.is_encrypted() {
            key_file.open_with(passphrase.as_bytes()).unwrap()
        } else {
            key_file.open().unwrap()
        };
        let (public, comment) = read_public(&home.path().join(format!("{name}.pub"))).unwrap();
        assert_eq!(seed.signing_key().verifying_key(), &public);
        assert_eq!(comment, "leyla@example.org");
    }
}

#[test]
fn keys_of_other_algorithms_are_named_as_such() {
    let home = tempfile::tempdir().unwrap();
    for algorithm in ["rsa", "ecdsa"] {
        for passphrase in ["", "correct horse"] {
            let path = home.path().join(format!("{algorithm}{}", passphrase.len()));
            if stock::keygen(&path, algorithm, passphrase).is_none() {
                return;
            }
            let refused = KeyFile::read(&path).map(|_| ()).unwrap_err();
            assert!(
                matches!(refused, KeyFileError::NotEd25519(_)),
                "{algorithm}: {refused:?}"
            );
        }
    }
}

#[test]
fn a_file_that_others_can_read_is_refused_with_the_remedy() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("keys/default");
    write(&path, &seed(7), "default", &Protection::None).unwrap();
    for mode in [0o644, 0o640, 0o604, 0o620, 0o610] {
        set_mode(&path, mode);
        let refused = KeyFile::read(&path).map(|_| ()).unwrap_err();
        assert!(
            matches!(refused, KeyFileError::OpenToOthers { .. }),
            "{mode:o}: {refused:?}"
        );
        assert!(refused.hint().unwrap().contains("chmod 600 "), "{:?}", refused.hint());
    }
    set_mode(&path, 0o400);
    assert!(KeyFile::read(&path).is_ok());

    set_mode(path.parent().unwrap(), 0o770);
    let refused = write(&home.path().join("keys/other"), &seed(8), "other", &Protection::None).unwrap_err();
    assert!(
        matches!(refused, KeyFileError::FolderOpenToOthers { .. }),
        "{refused:?}"
    );
}

#[test]
fn what_is_no_private_key_is_told_apart() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("file");
    let refusal = |bytes: &[u8]| {
        write_file(&path, bytes);
        KeyFile::read(&path).map(|_| ()).unwrap_err()
    };
    assert!(matches!(
        refusal(b"ssh-ed25519 AAAA me\n"),
        KeyFileError::IsPublicKey(_)
    ));
    for other in [
        "",
        "a letter",
        "-----BEGIN RSA PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQ==\n",
    ] {
        assert!(
            matches!(refusal(other.as_bytes()), KeyFileError::NotPrivateKey(_)),
            "{other}"
        );
    }
    let long = vec![b'-'; usize::try_from(MAX_KEY_FILE_BYTES).unwrap() + 1];
    assert!(matches!(refusal(&long), KeyFileError::NotPrivateKey(_)));
    let cut = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n";
    assert!(matches!(refusal(cut.as_bytes()), KeyFileError::Damaged { .. }));
    assert!(matches!(
        KeyFile::read(home.path()).map(|_| ()),
        Err(KeyFileError::NotPrivateKey(_))
    ));
    assert!(matches!(
        KeyFile::read(&home.path().join("none")).map(|_| ()),
        Err(KeyFileError::Missing(_))
    ));
}

/// The text of an unencrypted key file whose bytes were changed.
fn altered(alter: impl Fn(&mut Vec<u8>)) -> String {
    let pair = KeypairData::Ed25519(Ed25519Keypair::from_seed(&[7; 32]));
    let mut bytes = PrivateKey::new(pair, "me").unwrap().to_bytes().unwrap().to_vec();
    alter(&mut bytes);
    let lines = affiant::encode::base64::encode(bytes);
    let lines = lines
        .as_bytes()
        .chunks(70)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect::<Vec<_>>();
    format!(
        "-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n-----END OPENSSH PRIVATE KEY-----\n",
        lines.join("\n")
    )
}

#[test]
fn a_damaged_file_opens_no_key_wherever_the_damage_is() {
    let path = Path::new("key");
    assert!(KeyFile::parse(path, altered(|_| ()).as_bytes()).unwrap().open().is_ok());
    let length = PrivateKey::new(KeypairData::Ed25519(Ed25519Keypair::from_seed(&[7; 32])), "me")
        .unwrap()
        .to_bytes()
        .unwrap()
        .len();
    let comment = length - 8..length;
    for at in (0..length).filter(|at| !comment.contains(at)) {
        let text = altered(|bytes| bytes[at] ^= 1);
        let opened = KeyFile::parse(path, text.as_bytes()).and_then(|key_file| key_file.open());
        assert!(opened.is_err(), "byte {at}");
    }
}

/// The bytes of an encrypted key file of [`seed`] 7, cheap to open.
fn locked_bytes() -> Vec<u8> {
    let pair = KeypairData::Ed25519(Ed25519Keypair::from_seed(&[7; 32]));
    let kdf = Kdf::Bcrypt {
        salt: vec![9; SALT_BYTES],
        rounds: 1,
    };
    let clear = PrivateKey::new(pair, "me").unwrap();
    clear
        .encrypt_with(Cipher::Aes256Ctr, kdf, 1, b"horse")
        .unwrap()
        .to_bytes()
        .unwrap()
        .to_vec()
}

fn refusal_of(bytes: &[u8]) -> KeyFileError {
    let text = PrivateKey::from_bytes(bytes)
        .unwrap()
        .to_openssh(LineEnding::LF)
        .unwrap();
    KeyFile::parse(Path::new("key"), text.as_bytes())
        .map(|_| ())
        .unwrap_err()
}

#[test]
fn a_weak_public_key_is_refused_before_the_file_is_opened() {
    let public = *seed(7).signing_key().verifying_key().as_bytes();
    let mut bytes = locked_bytes();
    let at = bytes.windows(32).position(|window| window == public).unwrap();
    bytes[at..at + 32].fill(0);
    bytes[at] = 1;
    let refused = refusal_of(&bytes);
    assert!(
        matches!(
            refused,
            KeyFileError::Refused {
                source: KeyError::Weak,
                ..
            }
        ),
        "{refused:?}"
    );
}

#[test]
fn a_public_key_of_somebody_else_in_the_clear_is_found_out_on_opening() {
    let public = *seed(7).signing_key().verifying_key().as_bytes();
    let mut bytes = locked_bytes();
    let at = bytes.windows(32).position(|window| window == public).unwrap();
    bytes[at..at + 32].copy_from_slice(seed(8).signing_key().verifying_key().as_bytes());
    let text = PrivateKey::from_bytes(&bytes)
        .unwrap()
        .to_openssh(LineEnding::LF)
        .unwrap();
    let opened = KeyFile::parse(Path::new("key"), text.as_bytes())
        .unwrap()
        .open_with(b"horse")
        .map(|_| ());
    assert!(matches!(opened, Err(KeyFileError::Damaged { .. })), "{opened:?}");
}

#[test]
fn a_file_that_asks_for_years_of_work_is_refused() {
    let mut bytes = locked_bytes();
    let salt = bytes
        .windows(SALT_BYTES)
        .position(|window| window == [9; SALT_BYTES])
        .unwrap();
    let rounds = salt + SALT_BYTES;
    bytes[rounds..rounds + 4].copy_from_slice(&(MAX_BCRYPT_ROUNDS + 1).to_be_bytes());
    let refused = refusal_of(&bytes);
    assert!(matches!(refused, KeyFileError::TooManyRounds { rounds, .. } if rounds == MAX_BCRYPT_ROUNDS + 1));
}
