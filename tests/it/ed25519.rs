//! Which Ed25519 signatures and keys count, to the last edge case: a change of the library
//! below us must not change it unseen.

use affiant::check::{Code, Outcome};
use affiant::digest::Digest;
use affiant::encode::{base64, json};
use affiant::key::{KeyError, Signature, Signer, VerifyingKey};
use affiant::record::{Body, Record, RosterEntry};
use affiant::verify::{PinnedArchive, PinnedKey, Trust, bundle, envelope};
use affiant_tlog::note::{VerifierKey, VerifierKeyError};
use serde_json::json;

use crate::archive_in_memory::{Builder, KEEPER, ORIGIN, SPEAKER, test_key, verify};
use crate::forge::{envelope_of, payload_of};
use crate::vectors::{own, public, unhex};

/// The edge cases of fixtures/vectors/ed25519.json that are accepted: those that the
/// cofactorless equation of RFC 8032 holds for, by a key and an R that are not of small
/// order, in their one spelling. Mixed order is no weakness for whoever verifies: only the
/// holder of the key could have made such a signature.
const ACCEPTED: [&str; 3] = ["ordinary", "mixed-key", "mixed-key-mixed-r"];

fn verifies(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = key.try_into().map(|key| VerifyingKey::from_bytes(&key));
    let signature: Result<Signature, _> = signature.try_into();
    match (key, signature) {
        (Ok(Ok(key)), Ok(signature)) => key.verify(message, &signature).is_ok(),
        _ => false,
    }
}

#[test]
fn wycheproof() {
    let Some(path) = public("ed25519/wycheproof_ed25519.json") else {
        return;
    };
    let suite: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut cases = 0;
    for group in suite["testGroups"].as_array().unwrap() {
        let key = unhex(group["publicKey"]["pk"].as_str().unwrap());
        for case in group["tests"].as_array().unwrap() {
            let part = |name: &str| unhex(case[name].as_str().unwrap());
            let valid = verifies(&key, &part("msg"), &part("sig"));
            assert_eq!(valid, case["result"] == "valid", "{case}");
            cases += 1;
        }
    }
    assert_eq!(cases, 151);
    println!("{cases} cases of wycheproof");
}

#[test]
fn our_acceptance_set() {
    let edge = own("ed25519.json");
    let mut accepted = Vec::new();
    for case in edge["signatures"].as_array().unwrap() {
        let part = |name: &str| unhex(case[name].as_str().unwrap());
        let name = case["name"].as_str().unwrap();
        if verifies(&part("key"), &part("message"), &part("signature")) {
            accepted.push(name);
        }
        assert_eq!(case["verdict"] == "accept", ACCEPTED.contains(&name), "{name}");
    }
    assert_eq!(accepted, ACCEPTED);
    let keys = edge["keys"].as_array().unwrap();
    for case in keys {
        let key = unhex(case["key"].as_str().unwrap());
        let fault = match VerifyingKey::from_bytes(key.as_slice().try_into().unwrap()) {
            Err(KeyError::Weak) => "weak",
            Err(KeyError::NotAPoint) => "not-a-point",
            other => panic!("{case}: {other:?}"),
        };
        assert_eq!(fault, case["fault"], "{case}");
        assert!(VerifierKey::new("log", key.as_slice().try_into().unwrap()).is_err());
    }
    println!(
        "{} edge cases, {} keys",
        edge["signatures"].as_array().unwrap().len(),
        keys.len()
    );
}

/// The key 0100…00, whose signature R = B, S = 1 fits every message under stock tools.
pub fn weak_blob() -> String {
    let mut blob = b"\0\0\0\x0bssh-ed25519\0\0\0\x20".to_vec();
    blob.extend([1]);
    blob.extend([0; 31]);
    base64::encode(blob)
}

#[test]
fn the_weak_key_as_a_signer() {
    let mut builder = Builder::begin();
    builder.statement("I will not stop");
    let keeper = test_key(1);
    builder.edit_payload(3, &[&keeper], |payload| {
        payload["predicate"]["signers"][0]["key"] = json!(weak_blob());
    });
    let report = verify(&builder.files(), &builder.trust());
    assert_eq!(report.failed().into_iter().collect::<Vec<_>>(), [Code::KeyWeak]);
    let alone = envelope(&builder.leaves[3].envelope, &builder.trust());
    assert_eq!(alone.failed().into_iter().collect::<Vec<_>>(), [Code::KeyWeak]);
    let bundled = bundle(&builder.bundle(&[3]).to_bytes(), &builder.trust());
    assert!(bundled.failed().contains(&Code::KeyWeak), "{:#?}", bundled.findings);
}

#[test]
fn the_weak_key_in_the_roster() {
    let mut builder = Builder::begin();
    let keeper = test_key(1);
    let entry = RosterEntry::Key {
        party: SPEAKER,
        key: keeper.verifying_key().into(),
    };
    let common = builder.common("K", &[(&keeper, KEEPER)]);
    let record = Record {
        common,
        subject: builder.subject(),
        body: Body::Roster(entry),
    };
    builder.log(&record, &[&keeper], &[]);
    builder.edit_payload(3, &[&keeper], |payload| {
        payload["predicate"]["key"] = json!(weak_blob());
    });
    let report = verify(&builder.files(), &builder.trust());
    assert_eq!(report.failed().into_iter().collect::<Vec<_>>(), [Code::KeyWeak]);
    assert!(Record::from_payload(&payload_of(&builder.leaves[3])).is_err());
}

#[test]
fn the_weak_key_as_a_keeper_and_as_the_logs() {
    let (keeper, mut builder) = (test_key(1), Builder::begin());
    let id = builder.edit_payload(0, &[&keeper], |payload| {
        payload["predicate"]["keepers"][0]["key"] = json!(weak_blob());
    });
    let files = builder.files();
    let report = verify(&files, &builder.trust());
    assert_eq!(report.outcome, Outcome::Failed);
    assert!(report.failed().contains(&Code::KeyWeak), "{id}: {:#?}", report.findings);

    let mut weak = [0; 32];
    weak[0] = 1;
    assert_eq!(VerifierKey::new(ORIGIN, &weak), Err(VerifierKeyError::Weak));
    let vkey = format!("{ORIGIN}+00000000+{}", base64::encode([[1].as_slice(), &weak].concat()));
    let mut builder = Builder::begin();
    builder.edit_payload(0, &[&keeper], |payload| {
        payload["predicate"]["log_key"] = json!(vkey);
        payload["subject"][0]["digest"]["sha256"] = json!(Digest::of(vkey.as_bytes()).to_hex());
    });
    let trust = Trust {
        archives: vec![PinnedArchive {
            vkey,
            how: "by mistake".to_owned(),
        }],
        keys: Vec::new(),
    };
    for report in [
        verify(&builder.files(), &trust),
        bundle(&builder.bundle(&[1]).to_bytes(), &trust),
    ] {
        let failed = report.failed();
        assert!(
            failed.contains(&Code::ArchiveLeaf0) && failed.contains(&Code::KeyWeak),
            "{:#?}",
            report.findings
        );
    }
}

#[test]
fn the_weak_key_as_a_pin() {
    let trust = Trust {
        archives: Vec::new(),
        keys: vec![PinnedKey {
            key: format!("ssh-ed25519 {} weak", weak_blob()),
            name: "Anybody".to_owned(),
            how: "by mistake".to_owned(),
        }],
    };
    assert!(trust.key(test_key(1).verifying_key()).is_none());
    let payload = json::canonical(&json!({}));
    let report = envelope(&envelope_of(&payload, &[&test_key(1)]), &trust);
    assert_eq!(report.outcome, Outcome::Failed);
}
