#![allow(clippy::unwrap_used)]

use super::*;
use crate::keys::stock::{self, StockAgent};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

const ORIGIN: &str = "example.org/archive/6f1d";

/// No passphrase for new keys, and nobody to ask: whatever needs a passphrase fails.
fn nobody() -> PassphraseSource {
    PassphraseSource::new(None, true, None)
}

fn name(text: &str) -> KeyName {
    text.parse().unwrap()
}

struct Home {
    folder: tempfile::TempDir,
    env: Env,
    keyring: Keyring,
}

fn home() -> Home {
    let folder = tempfile::tempdir().unwrap();
    let env = Env::for_test(folder.path());
    let keyring = Keyring::new(&env.dirs().unwrap().config, None);
    Home { folder, env, keyring }
}

#[test]
fn keys_are_found_by_name_and_by_the_beginning_of_their_fingerprint() {
    let Home { env, keyring, .. } = home();
    assert!(matches!(keyring.find("default"), Err(KeyringError::NoDefault)));
    assert!(keyring.list().unwrap().keys.is_empty());
    let default = keyring.create(&name("default"), &env, &nobody()).unwrap();
    let court = keyring.create(&name("court"), &env, &nobody()).unwrap();
    assert_eq!(keyring.list().unwrap().keys, [court.clone(), default.clone()]);
    assert_eq!(default.held, Held::Clear);

    let fingerprint = court.key.fingerprint();
    for wanted in [
        "court",
        &fingerprint,
        &fingerprint[..12],
        &fingerprint["SHA256:".len()..],
    ] {
        assert_eq!(keyring.find(wanted).unwrap(), court, "{wanted}");
    }
    for wanted in ["cour", "", "SHA256:", "SHA256:abc", "../default"] {
        assert!(
            matches!(keyring.find(wanted), Err(KeyringError::NoSuchKey(_))),
            "{wanted}"
        );
    }
    let taken = keyring.create(&name("court"), &env, &nobody());
    assert!(matches!(taken, Err(KeyringError::File(KeyFileError::Exists(_)))));
}

#[test]
fn two_keys_whose_fingerprints_begin_alike_are_not_guessed_between() {
    let Home { env, keyring, .. } = home();
    let one = keyring.create(&name("one"), &env, &nobody()).unwrap();
    let path = public_path(&keyring.people, &name("copy"));
    file::write_public(&path, &one.key, "copy").unwrap();
    let ambiguous = keyring.find(&one.key.fingerprint()).unwrap_err();
    assert_eq!(
        ambiguous.to_string(),
        format!("more than one key begins with {}: copy, one", one.key.fingerprint())
    );
}

#[test]
fn the_default_key_signs_where_none_is_named() {
    let Home { env, keyring, .. } = home();
    assert!(matches!(
        keyring.signer_for(None, &nobody()),
        Err(KeyringError::NoDefault)
    ));
    let default = keyring.create(&name("default"), &env, &nobody()).unwrap();
    let court = keyring.create(&name("court"), &env, &nobody()).unwrap();
    for (wanted, entry) in [(None, &default), (Some("court"), &court)] {
        let signer = keyring.signer_for(wanted, &nobody()).unwrap();
        assert_eq!(signer.verifying_key(), &entry.key);
        assert_eq!(entry.key.verify(b"x", &signer.sign(b"x").unwrap()), Ok(()));
    }
}

#[test]
fn a_log_key_is_never_a_persons_key() {
    let Home { env, keyring, .. } = home();
    assert!(matches!(
        keyring.log_signer(ORIGIN, &nobody()),
        Err(KeyringError::NoLogKey(_))
    ));
    let made = keyring.create_log_key(ORIGIN, &env, &nobody()).unwrap();
    let signer = keyring.log_signer(ORIGIN, &nobody()).unwrap();
    let key = keyring.log_key(ORIGIN).unwrap();
    assert_eq!((signer.verifying_key(), made.verifying_key()), (&key, &key));
    assert_eq!(key.verify(b"text\n", &signer.sign_note(b"text\n").unwrap()), Ok(()));

    assert!(keyring.list().unwrap().keys.is_empty());
    assert!(matches!(
        keyring.find(&key.fingerprint()),
        Err(KeyringError::NoSuchKey(_))
    ));
    let path = keyring.logs.join(log_key_name(ORIGIN).as_str());
    let imported = keyring.import(&path, &name("mine"), &env, &nobody());
    assert!(matches!(imported, Err(KeyringError::IsLogKey(_))));
    // Even where the file was copied by hand.
    fs::create_dir_all(&keyring.people).unwrap();
    fs::copy(&path, keyring.people.join("default")).unwrap();
    assert!(matches!(
        keyring.signer_for(None, &nobody()),
        Err(KeyringError::IsLogKey(_))
    ));
    assert!(
        keyring.create_log_key(ORIGIN, &env, &nobody()).is_err(),
        "one log, one key"
    );
}

#[test]
fn one_bad_file_does_not_hide_the_other_keys() {
    let Home { env, keyring, .. } = home();
    let good = keyring.create(&name("good"), &env, &nobody()).unwrap();
    let bad = keyring.create(&name("bad"), &env, &nobody()).unwrap();
    fs::set_permissions(&bad.path, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(keyring.people.join(".new-abc"), "left by an interrupted run").unwrap();
    fs::write(keyring.people.join("notes about keys"), "hello").unwrap();
    let listing = keyring.list().unwrap();
    assert_eq!(listing.keys, std::slice::from_ref(&good));
    assert_eq!(listing.unreadable.len(), 1);

    let other = keyring.create(&name("other"), &env, &nobody()).unwrap();
    fs::copy(
        public_path(&keyring.people, &good.name),
        public_path(&keyring.people, &other.name),
    )
    .unwrap();
    assert!(matches!(keyring.find("other"), Err(KeyringError::PublicDiffers(_))));
}

#[test]
fn a_key_of_ssh_keygen_is_imported_once() {
    let Home { folder, env, keyring } = home();
    let path = folder.path().join("id_ed25519");
    if stock::keygen(&path, "ed25519", "").is_none() {
        return;
    }
    let entry = keyring.import(&path, &name("default"), &env, &nobody()).unwrap();
    assert_eq!(entry.key, KeyFile::read(&path).unwrap().verifying_key().clone());
    assert_eq!(keyring.signer_for(None, &nobody()).unwrap().verifying_key(), &entry.key);
    let again = keyring.import(&path, &name("again"), &env, &nobody());
    assert!(matches!(again, Err(KeyringError::AlreadyHeld(held)) if held == "default"));
    let taken = keyring.import(&path, &name("default"), &env, &nobody());
    assert!(matches!(taken, Err(KeyringError::File(KeyFileError::Exists(_)))));
}

#[test]
fn the_agent_signs_where_it_holds_the_key_and_no_passphrase_is_asked() {
    let Home { folder, env, keyring } = home();
    let path = folder.path().join("id_ed25519");
    let Some(stock_agent) = StockAgent::start(folder.path()) else {
        return;
    };
    if stock::keygen(&path, "ed25519", "").is_none() {
        return;
    }
    let with_agent = Keyring::new(&env.dirs().unwrap().config, Some(&stock_agent.socket));
    let public = folder.path().join("id_ed25519.pub");
    let entry = keyring.import(&public, &name("token"), &env, &nobody()).unwrap();
    assert_eq!(entry.held, Held::Elsewhere);
    for without in [&keyring, &with_agent] {
        assert!(matches!(
            without.signer_for(Some("token"), &nobody()),
            Err(KeyringError::NotInAgent { .. })
        ));
    }
    stock_agent.add(&path);
    let signer = with_agent.signer_for(Some("token"), &nobody()).unwrap();
    assert_eq!(entry.key.verify(b"x", &signer.sign(b"x").unwrap()), Ok(()));
    drop(stock_agent);
    let gone = with_agent.signer_for(Some("token"), &nobody());
    assert!(matches!(
        gone,
        Err(KeyringError::NotInAgent {
            agent: Some(AgentError::Unreachable { .. }),
            ..
        })
    ));

    // An agent that is gone is no obstacle to a key that is in a file.
    let mine = with_agent.create(&name("default"), &env, &nobody()).unwrap();
    assert_eq!(
        with_agent.signer_for(None, &nobody()).unwrap().verifying_key(),
        &mine.key
    );
}
