//! Appending to an archive and verifying it, beside `verify_strict` of ed25519-dalek alone.
//!
//! ```text
//! cargo bench -p affiant-store
//! AFFIANT_BENCH_RECORDS=10000 cargo bench -p affiant-store
//! ```
//!
//! Every record bears both signatures. The peer verifies as many signatures, twice as many
//! as there are records, over messages of the same length, and does nothing else.

#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use affiant::digest::Digest;
use affiant::disclose::Sealer;
use affiant::envelope::{PAYLOAD_TYPE, pae, seal};
use affiant::key::{Signer, SigningKey};
use affiant::record::{
    Archive, Body, Common, Keeper, Nonce, PartyId, Proposition, PropositionType, Record, RecordId, Scope,
    SignerDeclaration, Subject, Wording,
};
use affiant::verify::{Options, PinnedArchive, Trust, archive};
use affiant_store::{ArchiveDir, DirSource, Heads, NewRecord, Writer};
use affiant_tlog::note::VerifierKey;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ed25519_dalek::{Signature, VerifyingKey};

const KEEPER: PartyId = PartyId([1; 16]);
const ORIGIN: &str = "affiant.local/bench-0123456789abcdef";
/// How many records go into one append.
const BATCH: usize = 10_000;

fn records() -> usize {
    std::env::var("AFFIANT_BENCH_RECORDS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(100_000)
}

/// A test key: its seed is public.
fn test_key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

fn common(archive: Option<RecordId>, label: String, number: u64, key: &SigningKey) -> Common {
    let nonce = Digest::of(&number.to_be_bytes());
    Common {
        archive,
        label: label.parse().unwrap(),
        nonce: Nonce(nonce.as_bytes()[..16].try_into().unwrap()),
        recorded_at: "2026-01-01T00:00:00Z".parse().unwrap(),
        signers: vec![SignerDeclaration {
            asserts: vec![Scope::Recorded],
            key: key.verifying_key().into(),
            party: KEEPER,
        }],
    }
}

fn leaf0(key: &SigningKey, log: &SigningKey) -> (RecordId, Archive, NewRecord) {
    let log_key = VerifierKey::new(ORIGIN, log.verifying_key().as_bytes())
        .unwrap()
        .to_string();
    let body = Archive {
        format: 1,
        name: "bench".to_owned(),
        origin: ORIGIN.to_owned(),
        log_key: log_key.clone(),
        keepers: vec![Keeper {
            key: key.verifying_key().into(),
            party: KEEPER,
        }],
    };
    let subject = Subject::LogKey {
        origin: ORIGIN.to_owned(),
        sha256: Digest::of(log_key.as_bytes()),
    };
    let record = Record {
        common: common(None, "A0".to_owned(), 0, key),
        subject,
        body: Body::Archive(body.clone()),
    };
    let id = RecordId::of_payload(&record.to_payload().unwrap());
    let envelope = seal(&record, &[key]).unwrap();
    (
        id,
        body,
        NewRecord {
            envelope,
            disclosures: Vec::new(),
            exhibits: Vec::new(),
        },
    )
}

fn record(archive: RecordId, number: u64, key: &SigningKey) -> NewRecord {
    let salt = Digest::of(format!("salt {number}").as_bytes());
    let mut salts = || salt.as_bytes()[..16].try_into().unwrap();
    let mut sealer = Sealer::new(&mut salts);
    let text = format!("Was the meter read on day {number}?");
    let words = sealer.seal(Wording {
        text,
        language: Some("en".to_owned()),
    });
    let body = Proposition {
        proposition_type: PropositionType::Question,
        varies: false,
        words,
        excludes: None,
        about: None,
        total_of: Vec::new(),
    };
    let disclosures = sealer.into_disclosures();
    let common = common(Some(archive), format!("P{number}"), number, key);
    let record = Record {
        common,
        subject: Subject::Archive(archive),
        body: Body::Proposition(body),
    };
    NewRecord {
        envelope: seal(&record, &[key]).unwrap(),
        disclosures,
        exhibits: Vec::new(),
    }
}

/// Makes an archive of `count` records, sealed and appended in batches, and says how long
/// both took.
fn make(root: &Path, count: usize) -> (Duration, Duration) {
    let (key, log) = (test_key(1), test_key(2));
    let heads = Heads::new(&root.join("heads"));
    let dir = root.join("archive");
    let (id, body, first) = leaf0(&key, &log);
    Writer::create(&dir, heads.clone(), "bench", (id, &body), vec![first], &mut |text| {
        log.sign(text)
    })
    .unwrap();
    let mut writer = Writer::open(&ArchiveDir::open(&dir).unwrap(), heads, "bench", &mut |text| {
        log.sign(text)
    })
    .unwrap();
    let (mut sealing, mut appending) = (Duration::ZERO, Duration::ZERO);
    let numbers: Vec<u64> = (1..count as u64).collect();
    for batch in numbers.chunks(BATCH) {
        let started = Instant::now();
        let new: Vec<_> = batch.iter().map(|number| record(id, *number, &key)).collect();
        sealing += started.elapsed();
        let started = Instant::now();
        writer.append(new, &mut |text| log.sign(text)).unwrap();
        appending += started.elapsed();
    }
    (sealing, appending)
}

fn archives(criterion: &mut Criterion) {
    let count = records();
    let folder = tempfile::tempdir().unwrap();
    let (sealing, appending) = make(folder.path(), count);
    println!("{count} records: sealed in {sealing:.2?}, appended in {appending:.2?}");

    let mut group = criterion.benchmark_group(format!("{count} records"));
    group.sample_size(10).throughput(Throughput::Elements(count as u64));
    let trust = Trust {
        archives: vec![PinnedArchive {
            vkey: VerifierKey::new(ORIGIN, test_key(2).verifying_key().as_bytes())
                .unwrap()
                .to_string(),
            how: "made here".to_owned(),
        }],
        keys: Vec::new(),
    };
    for threads in [1, 2] {
        group.bench_function(format!("verify the archive, {threads} threads"), |bencher| {
            bencher.iter(|| {
                let mut source = DirSource::new(&folder.path().join("archive"), |_, _| {});
                let report = archive(
                    &mut source,
                    &Options {
                        trust: &trust,
                        seen: None,
                        threads,
                    },
                )
                .unwrap();
                assert_eq!(
                    report.outcome,
                    affiant::check::Outcome::Passed,
                    "{:#?}",
                    report.findings.first()
                );
                report
            });
        });
    }
    let (key, message, signature) = peer();
    group.bench_function(
        "peer: ed25519-dalek verify_strict alone, two a record, 1 thread",
        |bencher| {
            bencher.iter(|| {
                for _ in 0..2 * count {
                    black_box(&key)
                        .verify_strict(black_box(&message), black_box(&signature))
                        .unwrap();
                }
            });
        },
    );
    group.finish();
}

/// One signature over the bytes that `sig` of a record covers.
fn peer() -> (VerifyingKey, Vec<u8>, Signature) {
    let key = test_key(1);
    let (id, _, _) = leaf0(&key, &test_key(2));
    let envelope = affiant::envelope::Envelope::parse(&record(id, 1, &key).envelope).unwrap();
    let message = pae(PAYLOAD_TYPE, envelope.unverified_payload());
    let signature = Signature::from_bytes(&key.sign(&message).unwrap());
    (
        VerifyingKey::from_bytes(key.verifying_key().as_bytes()).unwrap(),
        message,
        signature,
    )
}

criterion_group!(benches, archives);
criterion_main!(benches);
