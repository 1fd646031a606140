//! Arbitrary bytes and random damage: nothing panics, and nothing that was changed passes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use affiant::bundle::Bundle;
use affiant::check::Outcome;
use affiant::disclose::{self, Disclosure};
use affiant::encode::{base64, json};
use affiant::envelope::Envelope;
use affiant::record::Record;
use affiant::verify::{self, Options, Trust, archive};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::archive_in_memory::{Builder, Files, KEEPER, verify};
use crate::forge::{envelope_of, payload_of};

static SOUND: LazyLock<Builder> = LazyLock::new(|| {
    let mut builder = Builder::begin();
    builder.statement("I will not stop");
    builder.statement("I never said that");
    builder
});

/// Damage to some bytes.
#[derive(Debug, Clone)]
enum Damage {
    Delete(Index, Index),
    Truncate(Index),
    Insert(Index, Vec<u8>),
    Overwrite(Index, Vec<u8>),
    Repeat(Index, Index),
    Move(Index, Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let some = || any::<Index>();
    let bytes = || {
        prop_oneof![
            proptest::collection::vec(any::<u8>(), 1..9),
            prop_oneof!["[{}\\[\\],:\"\\\\ 0-9a-z\n]{1,6}", "null|true|1e9|-0|\\\\u0000"].prop_map(String::into_bytes),
        ]
    };
    prop_oneof![
        (some(), some()).prop_map(|(a, b)| Damage::Delete(a, b)),
        some().prop_map(Damage::Truncate),
        (some(), bytes()).prop_map(|(a, b)| Damage::Insert(a, b)),
        (some(), bytes()).prop_map(|(a, b)| Damage::Overwrite(a, b)),
        (some(), some()).prop_map(|(a, b)| Damage::Repeat(a, b)),
        (some(), some()).prop_map(|(a, b)| Damage::Move(a, b)),
    ]
}

impl Damage {
    fn inflict(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let length = bytes.len();
        let at = |index: &Index| index.index(length + 1);
        let range = |a: &Index, b: &Index| {
            let (a, b) = (at(a), at(b));
            a.min(b)..a.max(b)
        };
        match self {
            Damage::Delete(a, b) => drop(bytes.drain(range(a, b))),
            Damage::Truncate(a) => bytes.truncate(at(a)),
            Damage::Insert(a, new) => {
                let at = at(a);
                bytes.splice(at..at, new.iter().copied());
            }
            Damage::Overwrite(a, new) => {
                let at = at(a);
                let end = bytes.len().min(at + new.len());
                bytes.splice(at..end, new.iter().copied());
            }
            Damage::Repeat(a, b) => {
                let range = range(a, b);
                let (end, piece) = (range.end, bytes[range].to_vec());
                bytes.splice(end..end, piece);
            }
            Damage::Move(a, b) => bytes.rotate_left(range(a, b).len()),
        }
        bytes
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 700, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn damaged_envelopes(leaf in 0_usize..5, damage in damage()) {
        let sound = &SOUND.leaves[leaf].envelope;
        let bytes = damage.inflict(sound);
        read_all(&bytes);
        // Spacing of the envelope is no part of what is signed.
        let same = same_json(&bytes, sound);
        prop_assert!(same || Envelope::parse(&bytes).is_err() || Envelope::parse(&bytes).unwrap().open().is_err());
    }

    #[test]
    fn damaged_payloads_signed_anew(leaf in 0_usize..5, damage in damage()) {
        let payload = damage.inflict(&payload_of(&SOUND.leaves[leaf]));
        let signed = envelope_of(&payload, &[&crate::archive_in_memory::test_key(1)]);
        read_all(&signed);
        let mut builder = SOUND.clone();
        builder.leaves[leaf].envelope = signed;
        verify(&builder.files(), &builder.trust());
    }

    #[test]
    fn damaged_disclosures(leaf in 3_usize..5, which in any::<Index>(), damage in damage()) {
        let texts: Vec<String> = serde_json::from_str(&SOUND.leaves[leaf].disclosures).unwrap();
        let inner = base64::decode_url(&texts[which.index(texts.len())]).unwrap();
        let text = base64::encode_url(damage.inflict(&inner));
        let parsed = Disclosure::parse(&text);
        prop_assert!(parsed.is_err() || parsed.unwrap().as_str() == text);
        let line = damage.inflict(SOUND.leaves[leaf].disclosures.as_bytes());
        let _ = disclose::from_line(&line);
    }

    #[test]
    fn damaged_bundles(damage in damage()) {
        static MADE: LazyLock<Vec<u8>> = LazyLock::new(|| SOUND.bundle(&[3]).to_bytes());
        let bytes = damage.inflict(&MADE);
        let report = verify::bundle(&bytes, &SOUND.trust());
        prop_assert!(report.outcome != Outcome::Passed || same_json(&bytes, &MADE), "{report:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_archives(which in any::<Index>(), other in any::<Index>(), way in 0..8, damage in damage()) {
        static SOUND_FILES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| SOUND.files());
        let mut files = SOUND_FILES.clone();
        let paths: Vec<String> = files.keys().cloned().collect();
        let (path, other) = (which.get(&paths).clone(), other.get(&paths).clone());
        match way {
            0 => drop(files.remove(&path)),
            1 => {
                let (a, b) = (files[&path].clone(), files[&other].clone());
                files.insert(path.clone(), b);
                files.insert(other, a);
            }
            2 => {
                let bytes = files[&other].clone();
                files.insert(path.clone(), bytes);
            }
            _ => {
                let bytes = damage.inflict(&files[&path]);
                files.insert(path.clone(), bytes);
            }
        }
        let report = verify(&files, &SOUND.trust());
        // What may be left out is a disclosure.
        let withheld = path.starts_with("disclosures/");
        prop_assert!(files == *SOUND_FILES || report.outcome != Outcome::Passed || withheld, "{path}: {report:?}");
    }
}

fn same_json(one: &[u8], other: &[u8]) -> bool {
    let read = |bytes| {
        json::check(bytes, 1 << 20)
            .ok()
            .map(|()| serde_json::from_slice::<serde_json::Value>(bytes).unwrap())
    };
    read(one).is_some_and(|one| Some(one) == read(other))
}

fn read_all(bytes: &[u8]) {
    let trust = SOUND.trust();
    if let Ok(envelope) = Envelope::parse(bytes) {
        let _ = envelope.open();
    }
    let _ = Record::from_payload(bytes);
    let _ = Bundle::parse(bytes);
    let _ = disclose::from_line(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Disclosure::parse(text);
    }
    assert_ne!(verify::envelope(bytes, &trust).outcome, Outcome::Passed);
    assert_ne!(verify::bundle(bytes, &trust).outcome, Outcome::Passed);
    let mut files = BTreeMap::new();
    for path in [
        "checkpoint",
        "archive.toml",
        "records/000.p/1.jsonl",
        "disclosures/000.p/1.jsonl",
        "pending",
    ] {
        files.insert(path.to_owned(), bytes.to_vec());
    }
    assert_ne!(verify(&files, &trust).outcome, Outcome::Passed);
}

/// 600 records in three packs.
pub static MANY: LazyLock<(Builder, BTreeMap<String, Vec<u8>>)> = LazyLock::new(|| {
    let mut builder = Builder::begin();
    while builder.leaves.len() < 600 {
        if builder.leaves.len().is_multiple_of(20) {
            builder.statement("I will not stop");
        } else {
            builder.party(KEEPER, "x");
        }
    }
    let files = builder.files();
    (builder, files)
});

fn on_threads(files: &BTreeMap<String, Vec<u8>>, trust: &Trust, threads: usize) -> affiant::verify::Verification {
    let options = Options {
        trust,
        seen: None,
        threads,
    };
    archive(&mut Files(files), &options).unwrap()
}

#[test]
fn many_packs_and_any_number_of_threads() {
    let (builder, files) = &*MANY;
    let trust = builder.trust();
    let one = on_threads(files, &trust, 1);
    assert_eq!(one.outcome, Outcome::Passed, "{:#?}", one.findings);
    assert_eq!(one.records.values().sum::<u64>(), 600);
    let mut flips = 0;
    for (at_file, (path, bytes)) in files.iter().enumerate() {
        // One flip in each exhibit, three in each other file.
        let places = if path.starts_with("exhibits/") { 1 } else { 3 };
        for place in 0..places {
            let at = (bytes.len() - 1) * (place + at_file % 3) / 4;
            let mut tampered = files.clone();
            tampered.get_mut(path).unwrap()[at] ^= 1;
            let report = on_threads(&tampered, &trust, 1 + (place + at_file) % 4);
            let named = report
                .findings
                .iter()
                .any(|check| check.demanded && check.place.file.as_ref() == Some(path));
            assert!(
                report.outcome != Outcome::Passed && named,
                "{path} byte {at}: {:#?}",
                report.findings
            );
            if place == 0 && !path.starts_with("exhibits/") {
                let as_json = |threads| serde_json::to_string(&on_threads(&tampered, &trust, threads)).unwrap();
                assert_eq!(as_json(1), as_json(4));
            }
            flips += 1;
        }
    }
    let as_json = |threads| serde_json::to_string(&on_threads(files, &trust, threads)).unwrap();
    assert_eq!(as_json(1), as_json(4));
    println!("{flips} flips in {} files of 600 records, each found", files.len());
}
