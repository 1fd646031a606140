//! Case files: a good one all the way to revealed records, and one bad one for each fault.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fs, io};

use affiant::digest::Digest;
use affiant::disclose::Salt;
use affiant::envelope::{Envelope, seal};
use affiant::key::{Signer, SigningKey};
use affiant::record::{Body, ExhibitId, Label, PartyId, RecordId};
use affiant_case::{
    Archived, ArchivedRecord, CaseError, CaseFile, Context, ExhibitDraft, ExhibitFacts, ExhibitSource, MAX_CASE_FILE,
    MAX_ENTRIES, MAX_FAULTS, NewRecord, StagedExhibits, build, check, parse,
};
use proptest::prelude::*;

const GOOD: &str = include_str!("good.toml");
const OLD_PARTY: &str = "party:9f86d081884c7d659a2feaa0c55ad015";
const OLD_EXHIBIT: &str = "exhibit:sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";

/// An archive that has a statement S90, a question P90, a party's record N1, one party and one exhibit.
struct SmallArchive;

impl Archived for SmallArchive {
    fn labelled(&self, label: &Label) -> Option<ArchivedRecord> {
        let kind = match label.as_str() {
            "S90" => "statement",
            "P90" => "proposition",
            "N1" => "roster",
            _ => return None,
        };
        Some(ArchivedRecord {
            id: RecordId::of_payload(label.as_str().as_bytes()),
            kind: kind.to_owned(),
        })
    }

    fn has_party(&self, party: PartyId) -> bool {
        party.to_string() == OLD_PARTY
    }

    fn has_exhibit(&self, exhibit: ExhibitId) -> bool {
        exhibit.to_string() == OLD_EXHIBIT
    }
}

/// What the files that the cases name hold, by name.
fn bytes_of(exhibit: &ExhibitDraft) -> Option<(Vec<u8>, u64)> {
    let ExhibitSource::File { path, .. } = &exhibit.source else {
        return None;
    };
    let bytes: &[u8] = match path.as_str() {
        "notes/S01.txt" => b"On 26 December Mehman Huseynov declared a hunger strike.\n",
        "notes/letter.png" => b"\x89PNG\r\n\x1a\n",
        "fish.txt" => b"one fish, two fish",
        "huge.bin" => return Some((Vec::new(), 1 << 33)),
        "unreadable.txt" => return Some((Vec::new(), 100)),
        _ => return None,
    };
    Some((bytes.to_vec(), bytes.len() as u64))
}

fn counter(start: u128) -> impl FnMut() -> Salt {
    let mut next = start;
    move || {
        next += 1;
        next.to_be_bytes()
    }
}

fn build_small(file: &CaseFile, start: u128) -> Result<Vec<NewRecord>, Vec<CaseError>> {
    build_in(&SmallArchive, file, start)
}

fn build_in(archived: &dyn Archived, file: &CaseFile, start: u128) -> Result<Vec<NewRecord>, Vec<CaseError>> {
    let key = SigningKey::from_seed(&[7; 32]);
    let mut facts = BTreeMap::new();
    for exhibit in &file.case.exhibits {
        let Some((bytes, size)) = bytes_of(exhibit) else {
            continue;
        };
        let picture = bytes.starts_with(b"\x89PNG");
        facts.insert(
            exhibit.id.clone(),
            ExhibitFacts {
                sha256: Digest::of(&bytes),
                size,
                media_type: if picture { "image/png" } else { "text/plain" }.to_owned(),
                pixels: picture.then_some((640, 480)),
            },
        );
    }
    let mut read = |exhibit: &ExhibitDraft, range: Range<u64>| {
        let (bytes, _) = bytes_of(exhibit).unwrap();
        let range = range.start as usize..range.end as usize;
        bytes
            .get(range)
            .map(<[u8]>::to_vec)
            .ok_or_else(|| io::Error::from(io::ErrorKind::PermissionDenied))
    };
    let mut random = counter(start);
    let mut context = Context {
        archive: RecordId::of_payload(b"leaf 0"),
        recorded_at: "2026-11-24T09:00:00Z".parse().unwrap(),
        key: key.verifying_key().into(),
        party: PartyId([1; 16]),
        archived,
        random: &mut random,
    };
    let mut staged = StagedExhibits {
        facts: &facts,
        read: &mut read,
    };
    build(file, &mut context, &mut staged)
}

fn read_and_build(text: &str) -> Result<Vec<NewRecord>, Vec<CaseError>> {
    build_small(&parse(text, "case.toml")?, 1)
}

#[test]
fn a_good_case_is_sealed_opened_and_revealed() {
    let file = parse(GOOD, "case.toml").unwrap();
    assert_eq!(
        file.case.summary().to_string(),
        "3 parties, 2 exhibits, 5 questions, 2 statements, 7 relations, 2 assessments, 2 attestations"
    );
    let records = build_small(&file, 1).unwrap();
    assert_eq!(records.len(), file.case.summary().records());
    let key = SigningKey::from_seed(&[7; 32]);
    let mut described = Vec::new();
    for new in &records {
        let envelope = seal(&new.record, &[&key as &dyn Signer]).unwrap();
        let envelope = Envelope::parse(&envelope).unwrap();
        assert_eq!(envelope.record_id(), new.id);
        let mut opened = envelope.open().unwrap();
        let revelation = opened.reveal(&new.disclosures);
        assert!(revelation.faults.is_empty(), "{:?}", revelation.faults);
        assert!(revelation.withheld.is_empty(), "{:?}", revelation.withheld);
        assert_eq!(opened.value(), &new.record);
        described.extend(revelation.descriptors);
    }
    let staged: Vec<_> = records.iter().flat_map(|new| &new.exhibits).collect();
    assert_eq!(
        described,
        staged
            .iter()
            .map(|exhibit| (exhibit.id, exhibit.descriptor.clone()))
            .collect::<Vec<_>>()
    );
    assert_eq!(
        staged.iter().map(|exhibit| exhibit.handle.as_str()).collect::<Vec<_>>(),
        ["X01", "X02"]
    );
}

#[test]
fn records_are_made_in_the_order_of_the_log() {
    let records = read_and_build(GOOD).unwrap();
    let mut said = String::new();
    for new in &records {
        writeln!(said, "{} {}", new.record.common.label, new.record.body.kind()).unwrap();
    }
    assert_eq!(
        said,
        "N2 roster\nN3 roster\nN4 roster\nP01 proposition\nP02 proposition\nP03 proposition\nP04 proposition\nP05 proposition\nS01 statement\nS02 statement\n\
         R01 relation\nR02 relation\nR03 relation\nR04 relation\nR05 relation\nR06 relation\nR07 relation\nG01 assessment\nG02 assessment\nA01 attestation\nA02 attestation\n"
    );
    let mut earlier = vec![
        RecordId::of_payload(b"S90").to_string(),
        RecordId::of_payload(b"P90").to_string(),
        OLD_PARTY.to_owned(),
        OLD_EXHIBIT.to_owned(),
    ];
    for new in &records {
        if let Body::Roster(affiant::record::RosterEntry::Party { party, .. }) = &new.record.body {
            earlier.push(party.to_string());
        }
        earlier.extend(new.exhibits.iter().map(|exhibit| exhibit.id.to_string()));
        for (place, reference) in new.record.references() {
            assert!(earlier.contains(&reference.to_string()), "{place}: {reference}");
        }
        earlier.push(new.id.to_string());
    }
}

#[test]
fn words_are_where_the_span_says() {
    let records = read_and_build(GOOD).unwrap();
    let statement = records.iter().find_map(|new| match &new.record.body {
        Body::Statement(statement) => Some(statement),
        _ => None,
    });
    let spans: Vec<_> = statement
        .unwrap()
        .words
        .iter()
        .map(|words| words.value().unwrap().span.as_ref().unwrap())
        .map(|span| (span.start, span.end))
        .collect();
    assert_eq!(spans, [(0, 55), (49, 55)]);
}

/// Each bad case says in its first lines, after `#! `, what is to be said of it.
#[test]
fn every_fault_is_named_with_its_place() {
    let mut wrong = String::new();
    let mut count = 0;
    for path in bad_cases() {
        let text = fs::read_to_string(&path).unwrap();
        let expected: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("#! ")).collect();
        let found = read_and_build(&text).err().unwrap_or_default();
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        if expected.is_empty() || expected != found {
            writeln!(wrong, "{}:\n#! {}", path.display(), found.join("\n#! ")).unwrap();
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    println!("{count} bad cases, each with the message expected");
}

const SPECIFICATION: &str = include_str!("../../../spec/case-file.md");

/// The lines of the fenced blocks of the specification that have this name.
fn blocks(name: &str) -> Vec<&'static str> {
    let mut lines = Vec::new();
    let mut inside = false;
    for line in SPECIFICATION.lines() {
        match line.strip_prefix("```") {
            Some(info) => inside = info.ends_with(name) && !info.is_empty(),
            None if inside => lines.push(line),
            None => {}
        }
    }
    assert!(!lines.is_empty(), "{name}");
    lines
}

#[test]
fn the_example_of_the_specification_becomes_records() {
    let records = read_and_build(&blocks("example").join("\n")).unwrap();
    assert_eq!(records.len(), 6);
}

#[test]
fn the_errors_of_the_specification_are_those_that_are_tested() {
    let mut tested = String::new();
    for path in bad_cases() {
        tested.push_str(&fs::read_to_string(path).unwrap());
    }
    for line in blocks("errors") {
        assert!(tested.contains(&format!("#! {line}\n")), "{line}");
    }
    let limits = include_str!("cases.rs");
    for line in blocks("limits") {
        assert!(limits.contains(line), "{line}");
    }
}

fn bad_cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

#[test]
fn a_case_that_was_filled_in_memory_has_faults_without_a_place() {
    let mut case = parse(GOOD, "case.toml").unwrap().case;
    case.statements[1].exhibits.clear();
    let found: Vec<String> = check(&case).iter().map(ToString::to_string).collect();
    let expected = "statement S02: no exhibit; a statement rests on at least one, and where somebody only \
                    remembers, the note they type is the exhibit";
    assert_eq!(found, [expected]);
    assert_eq!(build_small(&case.into(), 1).unwrap_err().len(), 1);
}

fn only_fault(text: &str) -> String {
    match read_and_build(text).unwrap_err().as_slice() {
        [only] => only.to_string(),
        several => panic!("{several:?}"),
    }
}

/// An archive in which every label is a party's.
struct FullArchive;

impl Archived for FullArchive {
    fn labelled(&self, label: &Label) -> Option<ArchivedRecord> {
        Some(ArchivedRecord {
            id: RecordId::of_payload(label.as_str().as_bytes()),
            kind: "roster".to_owned(),
        })
    }

    fn has_party(&self, _: PartyId) -> bool {
        true
    }

    fn has_exhibit(&self, _: ExhibitId) -> bool {
        true
    }
}

#[test]
fn an_archive_can_be_full() {
    let text = format!("{HEAD}[[party]]\nid = \"MH\"\nkind = \"not-stated\"\nnames = []\n");
    let errors = build_in(&FullArchive, &parse(&text, "case.toml").unwrap(), 1).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "case.toml:2:1: party MH: the archive has no free label N1, N2, … left for a party"
    );
}

const HEAD: &str = "format = \"affiant case 1\"\n";

#[test]
fn limits() {
    let long = format!("{HEAD}#{}", " ".repeat(MAX_CASE_FILE));
    assert_eq!(
        only_fault(&long),
        "the case file: 16777243 bytes, more than the 16777216 allowed; split it"
    );
    let many = format!("{HEAD}{}", "[[party]]\n".repeat(MAX_ENTRIES + 1));
    assert_eq!(
        only_fault(&many),
        "case.toml:2:1: the case file: 65537 entries of one sort, more than the 65536 allowed"
    );
    let hops = format!(
        "{GOOD}\n[[statement]]\nlabel = \"S03\"\nspeaker = \"MH\"\nform = \"silence\"\nexhibits = [\"X01\"]\n{}",
        "[[statement.hop]]\nfrom = \"MH\"\nto = \"JAM\"\n".repeat(65)
    );
    assert_eq!(
        only_fault(&hops),
        "case.toml:239:1: statement S03: 65 hops, more than the 64 allowed"
    );
    let passages = format!(
        "{GOOD}\n[[statement]]\nlabel = \"S03\"\nspeaker = \"MH\"\nform = \"verbatim\"\nexhibits = [\"X01\"]\n{}",
        "[[statement.words]]\ntext = \"a\"\nquotation = \"none\"\n".repeat(4100)
    );
    assert_eq!(
        only_fault(&passages),
        "case.toml:234:1: statement S03: 4105 positions, more than the 4096 allowed"
    );
    let words = GOOD.replace("A hunger strike is", &"a".repeat(512 * 1024));
    assert_eq!(
        only_fault(&words),
        "case.toml:45:1: question P02: a value with its salt would be 699132 bytes, more than the 524288 allowed; split it"
    );
}

#[test]
fn the_faults_that_are_not_shown_are_counted() {
    let text = format!("{HEAD}{}", "[[statement]]\nlabel = \"x\"\n".repeat(200));
    let errors = read_and_build(&text).unwrap_err();
    assert_eq!(errors.len(), MAX_FAULTS + 1);
    assert_eq!(
        errors[MAX_FAULTS].to_string(),
        "the case file: 700 more faults, not shown after the first 100"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_same_inputs_make_the_same_records(start in any::<u128>().prop_map(|n| n / 2), text in "\\PC{1,40}x") {
        let mut file = parse(GOOD, "case.toml").unwrap();
        file.case.questions[0].text.clone_from(&text);
        file.case.statements[0].note = Some(text);
        let first = build_small(&file, start).unwrap();
        prop_assert_eq!(&first, &build_small(&file, start).unwrap());
        let other = build_small(&file, start ^ 1 << 100).unwrap();
        prop_assert!(first.iter().zip(&other).all(|(first, other)| first.id != other.id));
    }

    /// Whatever a person's hand slips on, there is an answer and no panic.
    #[test]
    fn a_damaged_case_is_read_without_panic(from in 0..GOOD.len(), length in 0_usize..200, put in "\\PC{0,6}") {
        let mut text = GOOD.to_owned();
        let from = text.floor_char_boundary(from);
        let to = text.floor_char_boundary((from + length).min(text.len()));
        text.replace_range(from..to, &put);
        if let Err(errors) = read_and_build(&text) {
            prop_assert!(!errors.is_empty());
        }
    }
}
