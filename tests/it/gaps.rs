//! What is missing is said, and what is behind it is verified all the same.

use affiant::check::{Code, Outcome};
use affiant::disclose::Sealer;
use affiant::record::Body;

use crate::archive_in_memory::{Builder, KEEPER, salts, test_key, verify};
use crate::mutations::MANY;

#[test]
fn packs_behind_a_missing_one_are_verified() {
    let (builder, files) = &*MANY;
    let mut files = files.clone();
    for path in ["records/001.jsonl", "tile/entries/001"] {
        files.remove(path).unwrap();
    }
    let trust = builder.trust();
    let report = verify(&files, &trust);
    assert_eq!(report.outcome, Outcome::Failed);
    let named = |report: &affiant::verify::Verification, code, file: &str| {
        let mut findings = report.findings.iter();
        findings.any(|check| check.code == code && check.place.file.as_deref() == Some(file))
    };
    assert!(named(&report, Code::PackLines, "records/001.jsonl"));
    let failed: Vec<Code> = report.failed().into_iter().collect();
    // The exhibits of the missing records belong to nothing that can be read.
    assert_eq!(failed, [Code::LayoutKnown, Code::TreeRoot, Code::PackLines]);
    let unknown = report.findings.iter().filter(|check| check.code == Code::LayoutKnown);
    for check in unknown {
        assert!(check.place.file.as_ref().unwrap().starts_with("exhibits/"), "{check:?}");
    }
    assert_eq!(report.records.values().sum::<u64>(), 600 - 256);
    // A change behind the gap is found, and its file named.
    for path in [
        "records/002.p/88.jsonl",
        "disclosures/002.p/88.jsonl",
        "tile/0/002.p/88",
    ] {
        let mut tampered = files.clone();
        tampered.get_mut(path).unwrap()[1000] ^= 1;
        let report = verify(&tampered, &trust);
        let mut findings = report.findings.iter().filter(|check| check.demanded);
        assert!(
            findings.any(|check| check.place.file.as_deref() == Some(path)),
            "{path}"
        );
    }
}

#[test]
fn the_first_and_the_last_pack_can_be_missing() {
    let (builder, files) = &*MANY;
    for (missing, read) in [
        (&["records/000.jsonl", "tile/entries/000"][..], 600 - 256),
        (&["records/002.p/88.jsonl", "tile/entries/002.p/88"], 512),
        (
            &[
                "records/001.jsonl",
                "tile/entries/001",
                "records/002.p/88.jsonl",
                "tile/entries/002.p/88",
            ],
            256,
        ),
    ] {
        let mut files = files.clone();
        missing.iter().for_each(|path| drop(files.remove(*path).unwrap()));
        let report = verify(&files, &builder.trust());
        let mut findings = report.findings.iter().filter(|check| check.code == Code::PackLines);
        let (first, others) = (findings.next().unwrap(), findings.count());
        assert_eq!(
            (first.place.file.as_deref(), others),
            (Some(missing[0]), 0),
            "{missing:?}"
        );
        assert_eq!(report.records.values().sum::<u64>(), read, "{missing:?}");
        assert!(report.failed().contains(&Code::TreeRoot));
        assert!(
            !report.failed().contains(&Code::RosterEntry),
            "{missing:?}: {:#?}",
            report.findings
        );
    }
}

#[test]
fn a_passage_is_named_by_its_place_among_all() {
    let mut builder = Builder::begin();
    let key = test_key(1);
    let (mut record, mut disclosures) = builder.statement_record("Twice", &[(&key, KEEPER)]);
    let Body::Statement(statement) = &mut record.body else {
        panic!("a statement");
    };
    let mut passage = statement.words[0].value().unwrap().clone();
    let withheld = *statement.words[0].digest();
    passage.text = "Other".to_owned();
    let mut next = salts();
    let mut salts = || next().map(|byte| byte ^ 0xff);
    let mut sealer = Sealer::new(&mut salts);
    statement.words.push(sealer.seal(passage));
    disclosures.retain(|disclosure| disclosure.digest() != withheld);
    disclosures.extend(sealer.into_disclosures());
    builder.log(&record, &[&key], &disclosures);
    let report = verify(&builder.files(), &builder.trust());
    let mut spans = report.findings.iter().filter(|check| check.code == Code::PassageSpan);
    let sentence = &spans.next().unwrap().sentence;
    assert!(sentence.starts_with("words[1] "), "{sentence}");
    assert!(spans.next().is_none());
}
