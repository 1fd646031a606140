//! Bundles, sound and hostile.

use std::collections::BTreeSet;

use affiant::bundle::{Bundle, BundleError, MAX_EXHIBITS, MAX_RECORDS};
use affiant::check::{Code, Outcome};
use affiant::disclose::{Disclosure, MAX_DISCLOSURES, Sealer};
use affiant::encode::base64;
use affiant::key::Signer;
use affiant::record::{Body, Descriptor, ExhibitId};
use affiant::verify::{PinnedKey, Trust, Verification, bundle, envelope};
use affiant_tlog::proof::InclusionProof;

use crate::archive_in_memory::{Builder, KEEPER, SPEAKER, test_key, verify};
use crate::faults::{enrol, state};

/// Leaf 0, two parties, and as leaves 3 and 4 two statements.
fn sound() -> Builder {
    let mut builder = Builder::begin();
    builder.statement("I will not stop");
    builder.statement("I never said that");
    builder
}

fn codes(report: &Verification) -> BTreeSet<Code> {
    let demanded = report.findings.iter().filter(|check| check.demanded);
    demanded.map(|check| check.code).collect()
}

#[test]
fn a_bundle_passes_offline() {
    let builder = sound();
    for leaves in [vec![], vec![3], vec![4], vec![3, 4]] {
        let made = builder.bundle(&leaves);
        assert_eq!(Bundle::parse(&made.to_bytes()).unwrap(), made);
        let report = bundle(&made.to_bytes(), &builder.trust());
        assert_eq!(report.outcome, Outcome::Passed, "{leaves:?}: {:#?}", report.findings);
        assert_eq!(report.exhibits, leaves.len() as u64);
        assert!(report.findings.iter().any(|check| check.code == Code::BundleAsOf));
    }
}

#[test]
fn whose_keys_they_are_the_reader_says() {
    let builder = sound();
    let made = builder.bundle(&[3]).to_bytes();
    let stranger = bundle(&made, &Trust::default());
    assert_eq!(stranger.outcome, Outcome::Indeterminate);
    assert_eq!(codes(&stranger), [Code::IdentityLog, Code::IdentitySigner].into());
    let trust = Trust {
        archives: Vec::new(),
        keys: vec![PinnedKey {
            key: test_key(1).verifying_key().to_openssh_line(""),
            name: "Keeper".to_owned(),
            how: "in person".to_owned(),
        }],
    };
    assert_eq!(bundle(&made, &trust).outcome, Outcome::Passed);
    for leaf in &builder.leaves {
        assert_eq!(envelope(&leaf.envelope, &trust).outcome, Outcome::Passed);
        let stranger = envelope(&leaf.envelope, &builder.trust());
        assert_eq!(
            stranger.outcome,
            Outcome::Indeterminate,
            "a log's pin vouches for no envelope that was not logged"
        );
    }
}

#[test]
fn what_is_withheld_is_said() {
    let builder = sound();
    let mut made = builder.bundle(&[3]);
    made.records[3].disclosures.clear();
    made.exhibits[0].content = None;
    let report = bundle(&made.to_bytes(), &builder.trust());
    assert_eq!(report.outcome, Outcome::Passed, "{:#?}", report.findings);
    assert!(report.withheld > 5 && report.exhibits == 0);
    made.exhibits.clear();
    assert_eq!(bundle(&made.to_bytes(), &builder.trust()).outcome, Outcome::Passed);
}

#[test]
fn every_flipped_byte_is_found() {
    let builder = sound();
    let (bytes, trust) = (builder.bundle(&[3]).to_bytes(), builder.trust());
    let mut flipped = bytes.clone();
    let mut flips = 0;
    for at in 0..bytes.len() {
        for bit in [0x01, 0x20] {
            flipped[at] ^= bit;
            let report = bundle(&flipped, &trust);
            assert_ne!(report.outcome, Outcome::Passed, "byte {at} of the bundle, bit {bit:#x}");
            flipped[at] ^= bit;
            flips += 1;
        }
    }
    println!("{flips} flips in a bundle of {} bytes, each found", bytes.len());
}

#[test]
fn cut_off_anywhere_it_is_no_bundle() {
    let builder = sound();
    let (bytes, trust) = (builder.bundle(&[3]).to_bytes(), builder.trust());
    for length in 0..bytes.len() - 1 {
        assert_eq!(bundle(&bytes[..length], &trust).outcome, Outcome::Failed, "{length}");
    }
    println!("{} truncations", bytes.len() - 1);
}

/// The name, what is done to a sound bundle of leaves 3 and 4, and codes that it must have.
type Case = (&'static str, fn(&mut Bundle), &'static [Code]);

const HOSTILE: &[Case] = &[
    (
        "empty",
        |b| b.records.clear(),
        &[Code::ArchiveLeaf0, Code::ExhibitDescriptor, Code::IdentityLog],
    ),
    ("without-leaf-0", |b| drop(b.records.remove(0)), &[Code::ArchiveLeaf0]),
    // A genuine entry of the log, but about something else (as in CVE-2026-22703).
    (
        "proof-of-another-record",
        |b| b.records[3].proof = b.records[4].proof.clone(),
        &[Code::InclusionProof],
    ),
    (
        "proofs-swapped",
        |b| {
            let (one, other) = (b.records[3].proof.clone(), b.records[4].proof.clone());
            b.records[3].proof = other;
            b.records[4].proof = one;
        },
        &[Code::InclusionProof],
    ),
    (
        "proof-of-another-index",
        |b| b.records[3].proof = b.records[3].proof.replacen("index 3", "index 4", 1),
        &[Code::InclusionProof],
    ),
    (
        "proof-with-extra-data",
        |b| {
            let proof = InclusionProof::parse(b.records[3].proof.as_bytes()).unwrap();
            let text = proof.to_string();
            b.records[3].proof = text.replacen("index", "extra eA==\nindex", 1);
        },
        &[Code::InclusionProof],
    ),
    (
        "proof-of-another-checkpoint",
        |b| {
            let mut later = sound();
            later.statement("More");
            b.records[4] = later.bundle(&[4]).records.pop().unwrap();
        },
        &[Code::InclusionProof],
    ),
    ("proof-empty", |b| b.records[3].proof.clear(), &[Code::InclusionProof]),
    (
        "proof-signed-by-another-log",
        |b| {
            let other = Builder::of_log_key(9);
            b.records[3].proof = other.bundle(&[]).records[1].proof.clone();
        },
        &[Code::InclusionProof],
    ),
    (
        "leaf-0-of-another-archive",
        |b| b.records[0] = Builder::of_log_key(9).bundle(&[]).records.remove(0),
        &[Code::InclusionProof],
    ),
    (
        "leaf-0-envelope-of-another-archive",
        |b| b.records[0].envelope = Builder::of_log_key(9).bundle(&[]).records.remove(0).envelope,
        &[Code::InclusionProof],
    ),
    (
        "leaf-0-is-another-record",
        |b| b.records[0].envelope = b.records[1].envelope.clone(),
        &[Code::ArchiveLeaf0],
    ),
    (
        "leaf-0-twice",
        |b| {
            let first = b.records[0].clone();
            b.records.insert(1, first);
        },
        &[Code::InclusionProof, Code::RecordUnique],
    ),
    ("records-out-of-order", |b| b.records.swap(3, 4), &[Code::BundleSyntax]),
    (
        "record-twice",
        |b| {
            let last = b.records[4].clone();
            b.records.push(last);
        },
        &[Code::BundleSyntax, Code::RecordUnique, Code::LabelUnique],
    ),
    (
        "record-never-logged",
        |b| {
            let mut other = sound();
            other.statement("Never logged");
            b.records.push(other.bundle(&[5]).records.pop().unwrap());
            let proof = b.records[4].proof.replacen("index 4", "index 5", 1);
            b.records[5].proof = proof;
        },
        &[Code::InclusionProof],
    ),
    (
        "exhibit-that-nobody-rests-on",
        |b| {
            let descriptor = Disclosure::new(
                [1; 16],
                &Descriptor {
                    media_type: "text/plain".to_owned(),
                    name: "more.txt".to_owned(),
                    sha256: affiant::digest::Digest::of(b"more"),
                    size: 4,
                },
            );
            let mut exhibit = b.exhibits[0].clone();
            exhibit.id = ExhibitId(descriptor.digest());
            exhibit.descriptor = descriptor.as_str().to_owned();
            exhibit.content = Some(base64::encode("more"));
            b.exhibits.push(exhibit);
        },
        &[Code::ExhibitDescriptor],
    ),
    (
        "exhibit-twice",
        |b| {
            let first = b.exhibits[0].clone();
            b.exhibits.push(first);
        },
        &[Code::ExhibitDescriptor],
    ),
    (
        "descriptors-swapped",
        |b| {
            let one = b.exhibits[0].descriptor.clone();
            b.exhibits[0].descriptor = std::mem::replace(&mut b.exhibits[1].descriptor, one);
        },
        &[Code::ExhibitDescriptor],
    ),
    (
        "contents-swapped",
        |b| {
            let one = b.exhibits[0].content.take();
            b.exhibits[0].content = std::mem::replace(&mut b.exhibits[1].content, one);
        },
        &[Code::PassageSpan, Code::ExhibitDigest],
    ),
    (
        "content-of-other-bytes",
        |b| b.exhibits[0].content = Some(base64::encode("other")),
        &[Code::ExhibitDigest],
    ),
    (
        "content-empty",
        |b| b.exhibits[0].content = Some(String::new()),
        &[Code::ExhibitDigest],
    ),
    (
        "content-not-base64",
        |b| b.exhibits[0].content = Some("?".to_owned()),
        &[Code::BundleSyntax],
    ),
    (
        "disclosure-of-another-record",
        |b| {
            let texts = b.records[4].disclosures.clone();
            b.records[3].disclosures = texts;
        },
        &[Code::DisclosureUnreferenced],
    ),
    (
        "disclosure-garbage",
        |b| b.records[3].disclosures.push("!".to_owned()),
        &[Code::DisclosureSyntax],
    ),
    (
        "disclosures-too-many",
        |b| {
            let more = (0..=MAX_DISCLOSURES as u128).map(|salt| Disclosure::new(salt.to_be_bytes(), &"x"));
            b.records[3].disclosures = more.map(|one| one.as_str().to_owned()).collect();
        },
        &[Code::DisclosureSyntax],
    ),
    (
        "disclosure-twice",
        |b| {
            let text = b.records[3].disclosures[0].clone();
            b.records[3].disclosures.push(text);
        },
        &[Code::DisclosureDuplicate],
    ),
    (
        "envelope-garbage",
        |b| b.records[3].envelope = "{}".to_owned(),
        &[Code::EnvelopeSyntax, Code::InclusionProof],
    ),
    (
        "envelope-spaced",
        |b| b.records[3].envelope = b.records[3].envelope.replacen(':', ": ", 1),
        &[Code::InclusionProof],
    ),
    (
        "envelope-of-two-lines",
        |b| b.records[3].envelope = b.records[3].envelope.replacen(':', ":\n", 1),
        &[Code::EnvelopeSyntax, Code::InclusionProof],
    ),
    (
        "envelope-with-a-line-feed-after-it",
        |b| b.records[3].envelope.push('\n'),
        &[Code::EnvelopeSyntax, Code::InclusionProof],
    ),
    (
        "format-newer",
        |b| b.format = "urn:affiant:bundle:2".to_owned(),
        &[Code::BundleSyntax],
    ),
];

#[test]
fn hostile_bundles_fail() {
    let builder = sound();
    for (name, fault, expected) in HOSTILE {
        let mut made = builder.bundle(&[3, 4]);
        let before = made.clone();
        fault(&mut made);
        assert_ne!(made, before, "{name} changes something");
        let report = bundle(&made.to_bytes(), &builder.trust());
        assert_eq!(report.outcome, Outcome::Failed, "{name}: {:#?}", report.findings);
        let found = codes(&report);
        assert!(expected.iter().all(|code| found.contains(code)), "{name}: {found:?}");
    }
    println!("{} hostile bundles", HOSTILE.len());
}

#[test]
fn counts_are_limited() {
    let mut made = sound().bundle(&[3]);
    let record = made.records[0].clone();
    made.records.resize(MAX_RECORDS + 1, record);
    assert!(matches!(
        Bundle::parse(&made.to_bytes()),
        Err(BundleError::TooMany { what: "records", .. })
    ));
    let mut made = sound().bundle(&[3]);
    let exhibit = made.exhibits[0].clone();
    made.exhibits.resize(MAX_EXHIBITS + 1, exhibit);
    assert!(matches!(
        Bundle::parse(&made.to_bytes()),
        Err(BundleError::TooMany { what: "exhibits", .. })
    ));
}

#[test]
fn a_bundle_has_one_shape() {
    let made = sound().bundle(&[3]);
    let value: serde_json::Value = serde_json::from_slice(&made.to_bytes()).unwrap();
    let lists = serde_json::json!([value["exhibits"], value["format"], value["records"]]);
    assert!(Bundle::parse(&serde_json::to_vec(&lists).unwrap()).is_err());
    for garbage in [
        "",
        "null",
        "[]",
        "{}",
        "\u{feff}{}",
        "{\"format\":\"urn:affiant:bundle:1\"}",
    ] {
        assert_eq!(bundle(garbage.as_bytes(), &Trust::default()).outcome, Outcome::Failed);
    }
}

#[test]
fn a_span_beyond_the_end_of_an_exhibit_fails() {
    let mut builder = sound();
    let key = test_key(1);
    let (mut record, mut disclosures) = builder.statement_record("Short", &[(&key, KEEPER)]);
    let Body::Statement(statement) = &mut record.body else {
        panic!("a statement");
    };
    let mut passage = statement.words[0].value().unwrap().clone();
    let span = passage.span.as_mut().unwrap();
    (span.start, span.end) = (1000, 1005);
    let mut salts = || [0xee; 16];
    let mut sealer = Sealer::new(&mut salts);
    let old = *statement.words[0].digest();
    statement.words = vec![sealer.seal(passage)];
    disclosures.retain(|disclosure| disclosure.digest() != old);
    disclosures.extend(sealer.into_disclosures());
    builder.log(&record, &[&key], &disclosures);
    let mut made = builder.bundle(&[5]);
    for content in [made.exhibits[0].content.clone(), None] {
        made.exhibits[0].content = content;
        let report = bundle(&made.to_bytes(), &builder.trust());
        assert_eq!(codes(&report), [Code::PassageSpan].into(), "{:#?}", report.findings);
    }
}

#[test]
fn a_bundle_has_no_files() {
    let builder = sound();
    let mut made = builder.bundle(&[3]);
    made.records[3].disclosures.pop();
    let mut reports = vec![bundle(&made.to_bytes(), &Trust::default())];
    reports.extend(
        builder
            .leaves
            .iter()
            .map(|leaf| envelope(&leaf.envelope, &Trust::default())),
    );
    for report in reports {
        assert!(!report.findings.is_empty());
        assert!(
            report.findings.iter().all(|check| check.place.file.is_none()),
            "{:#?}",
            report.findings
        );
    }
}

#[test]
fn a_key_of_two_parties_is_no_forgery_where_one_enrolment_was_sent() {
    let mut builder = sound();
    let key = test_key(3);
    for party in [SPEAKER, KEEPER] {
        enrol(&mut builder, &key, party, &[(&key, party), (&test_key(1), KEEPER)]);
    }
    state(&mut builder, &[(&key, KEEPER)]);
    // Leaf 5 enrols it for the speaker, leaf 6 for the keeper, who signs leaf 7 with it.
    for (leaves, outcome, expected) in [
        (&[5, 6, 7][..], Outcome::Passed, &[][..]),
        (&[6, 7], Outcome::Passed, &[]),
        (
            &[5, 7],
            Outcome::Indeterminate,
            &[Code::RosterKey, Code::IdentitySigner],
        ),
        (&[7], Outcome::Indeterminate, &[Code::RosterKey, Code::IdentitySigner]),
    ] {
        let report = bundle(&builder.bundle(leaves).to_bytes(), &builder.trust());
        assert_eq!(report.outcome, outcome, "{leaves:?}: {:#?}", report.findings);
        assert_eq!(codes(&report), expected.iter().copied().collect(), "{leaves:?}");
    }
    assert_eq!(verify(&builder.files(), &builder.trust()).outcome, Outcome::Passed);
}

/// How often each check of disclosures passed, failed and was undecided.
fn tallies(report: &Verification) -> Vec<(u64, u64, u64)> {
    let of = |code: &Code| report.checks.get(code.as_str()).cloned().unwrap_or_default();
    [
        Code::DisclosureSyntax,
        Code::DisclosureDuplicate,
        Code::DisclosureUnreferenced,
        Code::DisclosureType,
        Code::DisclosureWithheld,
    ]
    .iter()
    .map(of)
    .map(|tally| (tally.passed, tally.failed, tally.indeterminate))
    .collect()
}

#[test]
fn checks_of_disclosures_are_counted_where_they_were_made() {
    let builder = sound();
    let all = |passed| vec![(passed, 0, 0); 5];
    let of = |builder: &Builder| tallies(&verify(&builder.files(), &builder.trust()));
    assert_eq!(of(&builder), all(5));
    // Nothing is compared with the disclosures of a record that was not signed so.
    let mut forged = builder.clone();
    forged.edit_envelope(3, |envelope| envelope["signatures"] = serde_json::json!([]));
    assert_eq!(of(&forged), [(5, 0, 0), (4, 0, 0), (4, 0, 0), (4, 0, 0), (4, 0, 0)]);
    // Nor with those of a kind that is not known.
    let mut unknown = builder.clone();
    unknown.edit_payload(3, &[&test_key(1)], |payload| {
        payload["predicateType"] = serde_json::json!("urn:affiant:custody:1");
    });
    assert_eq!(of(&unknown), [(5, 0, 0), (4, 0, 0), (4, 0, 0), (4, 0, 0), (4, 0, 0)]);
    // A line that cannot be read is one failure, and nothing else was looked at.
    let mut unread = builder.clone();
    unread.leaves[3].disclosures = "?".to_owned();
    assert_eq!(of(&unread), [(4, 1, 0), (4, 0, 0), (4, 0, 0), (4, 0, 0), (4, 0, 0)]);
    let mut withheld = builder.clone();
    withheld.edit_disclosures(3, |texts| drop(texts.pop()));
    assert_eq!(of(&withheld), [(5, 0, 0), (5, 0, 0), (5, 0, 0), (5, 0, 0), (4, 0, 1)]);
    let mut twice = builder.clone();
    twice.edit_disclosures(3, |texts| texts.push(texts[1].clone()));
    let counted = of(&twice);
    // The text stands twice, and so does its salt.
    assert_eq!(counted[..2], [(5, 0, 0), (4, 2, 0)]);
    assert_eq!(counted[3], (5, 0, 0));
}
