//! What leaf 0 may say, and what of it is refused.

use std::collections::BTreeSet;

use affiant::archive::archive_toml;
use affiant::check::{Code, Outcome};
use affiant::digest::Digest;
use affiant::key::Signer;
use affiant::record::{Body, Record};
use affiant::verify::{Verification, bundle};
use serde_json::{Map, Value, json};

use crate::archive_in_memory::{Builder, KEEPER, ORIGIN, SPEAKER, test_key, verify};
use crate::forge::payload_of;

type Payload = Map<String, Value>;
/// The name, and what is done to a sound leaf 0.
type Edit = (&'static str, fn(&mut Payload));

fn keeper(seed: u8) -> Value {
    json!({"key": test_key(seed).verifying_key().to_base64(), "party": format!("party:{}", "c3".repeat(16))})
}

fn keepers(payload: &mut Payload) -> &mut Vec<Value> {
    payload["predicate"]["keepers"].as_array_mut().unwrap()
}

/// Another vkey in leaf 0, and as its subject.
fn log_key(payload: &mut Payload, origin: &str, vkey: &str) {
    payload["predicate"]["log_key"] = json!(vkey);
    payload["subject"] = json!([{"digest": {"sha256": Digest::of(vkey.as_bytes()).to_hex()}, "name": origin}]);
}

fn exhibit(byte: u8) -> Value {
    let digest = Digest::of(&[byte]).to_hex();
    json!({"digest": {"sha256": digest}, "name": format!("exhibit:sha256:{digest}")})
}

const REFUSED: &[Edit] = &[
    ("subject-of-exhibits", |payload| {
        payload["subject"] = json!([exhibit(1), exhibit(2)])
    }),
    ("subject-of-an-exhibit", |payload| {
        payload["subject"] = json!([exhibit(1)])
    }),
    ("subject-twice", |payload| {
        let subject = payload["subject"][0].clone();
        payload["subject"].as_array_mut().unwrap().push(subject);
    }),
    ("subject-and-an-exhibit", |payload| {
        payload["subject"].as_array_mut().unwrap().push(exhibit(1))
    }),
    ("subject-none", |payload| payload["subject"] = json!([])),
    ("subject-of-another-vkey", |payload| {
        payload["subject"][0]["digest"]["sha256"] = json!(Digest::of(b"x").to_hex());
    }),
    ("keepers-none", |payload| keepers(payload).clear()),
    ("keeper-twice", |payload| {
        let first = keepers(payload)[0].clone();
        keepers(payload).push(first);
    }),
    ("key-of-two-keepers", |payload| keepers(payload).push(keeper(1))),
    ("keepers-too-many", |payload| {
        keepers(payload).extend((10..26).map(keeper))
    }),
    ("name-empty", |payload| payload["predicate"]["name"] = json!("")),
    ("name-too-long", |payload| {
        payload["predicate"]["name"] = json!("ə".repeat(201))
    }),
    ("name-of-two-lines", |payload| {
        payload["predicate"]["name"] = json!("A\ntest")
    }),
    ("name-with-del", |payload| {
        payload["predicate"]["name"] = json!("A\u{7f}test")
    }),
    ("name-with-c1", |payload| {
        payload["predicate"]["name"] = json!("A\u{9b}test")
    }),
    ("log-key-no-vkey", |payload| log_key(payload, ORIGIN, "nonsense")),
    ("log-key-of-another-name", |payload| {
        let vkey = Builder::begin().archive.unwrap().1.log_key;
        payload["predicate"]["origin"] = json!("affiant.local/other");
        log_key(payload, "affiant.local/other", &vkey);
    }),
    ("format-0", |payload| payload["predicate"]["format"] = json!(0)),
];

const ACCEPTED: &[Edit] = &[
    ("as-it-is", |_| {}),
    ("name-of-200-characters", |payload| {
        payload["predicate"]["name"] = json!("ə".repeat(200))
    }),
    ("keepers-sixteen", |payload| {
        keepers(payload).extend((10..25).map(keeper))
    }),
];

#[test]
fn what_leaf_0_may_not_say() {
    for (name, edit) in REFUSED {
        let mut builder = Builder::begin();
        builder.edit_payload(0, &[&test_key(1)], edit);
        assert!(Record::from_payload(&payload_of(&builder.leaves[0])).is_err(), "{name}");
        let report = verify(&builder.files(), &builder.trust());
        let failed = report.failed();
        assert!(
            failed.contains(&Code::RecordSchema) && failed.contains(&Code::ArchiveLeaf0),
            "{name}: {:#?}",
            report.findings
        );
    }
}

#[test]
fn what_leaf_0_may_say() {
    for (name, edit) in ACCEPTED {
        let mut builder = Builder::begin();
        let id = builder.edit_payload(0, &[&test_key(1)], edit);
        let report = verify(&builder.files(), &builder.trust());
        assert_eq!(report.archive, Some(id), "{name}");
        // The records after it were made for the archive of another leaf 0.
        builder.leaves.truncate(1);
        let mut files = builder.files();
        let archive = Record::from_payload(&payload_of(&builder.leaves[0])).unwrap().body;
        let Body::Archive(archive) = archive else {
            panic!("{name} is an archive");
        };
        files.insert("archive.toml".to_owned(), archive_toml(&archive, id).into_bytes());
        let report = verify(&files, &builder.trust());
        assert_eq!(report.outcome, Outcome::Passed, "{name}: {:#?}", report.findings);
    }
}

/// An archive of which leaf 0 was changed before anything else was recorded.
fn begun_with(edit: impl FnOnce(&mut Payload)) -> Builder {
    let mut builder = Builder::leaf0(2);
    let id = builder.edit_payload(0, &[&test_key(1)], edit);
    let archive = builder.archive.as_mut().unwrap();
    archive.0 = id;
    if let Ok(Record {
        body: Body::Archive(body),
        ..
    }) = Record::from_payload(&payload_of(&builder.leaves[0]))
    {
        archive.1 = body;
    }
    builder.party(KEEPER, "Test Keeper");
    builder.party(SPEAKER, "Test Speaker");
    builder.statement("I will not stop");
    builder
}

fn demanded(report: &Verification) -> BTreeSet<Code> {
    let demanded = report.findings.iter().filter(|check| check.demanded);
    demanded.map(|check| check.code).collect()
}

fn says_newer(report: &Verification, code: Code) -> bool {
    let words = "a newer version of this program may read it";
    let mut of_code = report.findings.iter().filter(|check| check.code == code);
    of_code.any(|check| check.sentence.ends_with(words) && check.outcome == Outcome::Indeterminate)
}

#[test]
fn a_newer_format_is_not_a_forgery() {
    let builder = begun_with(|payload| payload["predicate"]["format"] = json!(2));
    for report in [
        verify(&builder.files(), &builder.trust()),
        bundle(&builder.bundle(&[3]).to_bytes(), &builder.trust()),
    ] {
        assert_eq!(report.outcome, Outcome::Indeterminate, "{:#?}", report.findings);
        assert_eq!(demanded(&report), [Code::ArchiveLeaf0].into());
        assert!(says_newer(&report, Code::ArchiveLeaf0));
    }
}

#[test]
fn a_newer_version_of_leaf_0_is_not_a_forgery() {
    use Code::*;
    let edits: [fn(&mut Payload); 3] = [
        |_| {},
        |payload| {
            payload["subject"] = json!([{"digest": {"sha256": Digest::of(b"x").to_hex()}, "name": "something else"}]);
            payload["predicate"] = json!({
                "hash": "shake256", "label": payload["predicate"]["label"], "nonce": payload["predicate"]["nonce"],
                "recorded_at": payload["predicate"]["recorded_at"], "signers": payload["predicate"]["signers"],
            });
        },
        |payload| {
            payload["predicate"]["archive"] = json!(format!("record:sha256:{}", "ab".repeat(32)));
        },
    ];
    for edit in edits {
        let builder = begun_with(|payload| {
            payload["predicateType"] = json!("urn:affiant:archive:2");
            edit(payload);
        });
        let files = builder.files();
        for report in [
            verify(&files, &builder.trust()),
            bundle(&builder.bundle(&[3]).to_bytes(), &builder.trust()),
        ] {
            assert_eq!(report.outcome, Outcome::Indeterminate, "{:#?}", report.findings);
            let codes = [
                ArchiveLeaf0,
                RecordKind,
                RosterEntry,
                RosterKey,
                IdentityLog,
                IdentitySigner,
            ];
            assert_eq!(demanded(&report), codes.into());
            assert!(says_newer(&report, ArchiveLeaf0) && says_newer(&report, RecordKind));
            assert_eq!(report.archive, Some(builder.archive.as_ref().unwrap().0));
        }
        // What can be checked without knowing the log's key still is.
        let mut tampered = files.clone();
        tampered.get_mut("records/000.p/4.jsonl").unwrap().swap(40, 41);
        assert_eq!(verify(&tampered, &builder.trust()).outcome, Outcome::Failed);
        let mut forged = builder.clone();
        forged.edit_envelope(0, |envelope| envelope["signatures"] = json!([]));
        assert_eq!(verify(&forged.files(), &builder.trust()).outcome, Outcome::Failed);
    }
}

#[test]
fn a_newer_leaf_0_elsewhere_is_a_second_one() {
    let mut builder = Builder::begin();
    builder.statement("I will not stop");
    builder.edit_payload(3, &[&test_key(1)], |payload| {
        payload["predicateType"] = json!("urn:affiant:archive:2");
    });
    let report = verify(&builder.files(), &builder.trust());
    assert!(report.failed().contains(&Code::ArchiveLeaf0), "{:#?}", report.findings);
}
