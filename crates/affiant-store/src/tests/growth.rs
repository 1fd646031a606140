//! An archive is the same bytes however its records came; and who may write to it.

use std::fs;

use affiant::digest::Digest;

use super::specimen::{Place, Specimen, WRITER, files};
use crate::{Heads, NewRecord, StoreError, Writer};

fn questions(specimen: &Specimen, count: u64) -> Vec<NewRecord> {
    (1..=count)
        .map(|number| specimen.question(&format!("P{number}"), &format!("Question {number}?")))
        .collect()
}

#[test]
fn batches_make_the_same_bytes() {
    let specimen = Specimen::new();
    let records = questions(&specimen, 999);
    // With leaf 0: archives of 1, 255, 256, 257, 600 and 1000 records.
    for count in [0, 1, 254, 255, 256, 511, 512, 599, 999] {
        let whole = Place::of(&specimen);
        whole.append(&specimen, records[..count].to_vec()).unwrap();
        assert_eq!(specimen.assert_passes(&whole.root()), count as u64 + 1);
        let expected = whole.files();
        for batch in [1, 7, 100, 255, 256, 257, 300] {
            if batch == 1 && count > 300 {
                continue;
            }
            let place = Place::of(&specimen);
            // Half of the batches by one writer, half each by a writer of its own.
            let (together, apart) = records[..count].split_at(count / batch / 2 * batch);
            let mut writer = place.writer(&specimen).unwrap();
            for batch in together.chunks(batch) {
                writer
                    .append(batch.to_vec(), &mut specimen.sign(&place.signed))
                    .unwrap();
            }
            drop(writer);
            for batch in apart.chunks(batch) {
                place.append(&specimen, batch.to_vec()).unwrap();
            }
            assert!(place.files() == expected, "{count} records in batches of {batch}");
        }
    }
}

#[test]
fn nothing_to_append_changes_nothing() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let before = place.files();
    let appended = place.append(&specimen, Vec::new()).unwrap();
    assert_eq!((appended.first_leaf, appended.size), (1, 1));
    assert_eq!(place.files(), before);
}

#[test]
fn an_exhibit_lies_once() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let mut writer = place.writer(&specimen).unwrap();
    let bytes = b"the same bytes".repeat(100_000);
    let twice = [("X1", "same"), ("X2", "same"), ("X3", "other")]
        .map(|(label, name)| specimen.with_exhibit(label, name, &mut &bytes[..], &mut writer));
    let [first, mut second, third] = twice;
    assert_eq!(first.exhibits[0].1.sha256, Digest::of(&bytes));
    // The descriptor stands with the first record that rests on the exhibit.
    second.disclosures.pop();
    let mut sign = specimen.sign(&place.signed);
    writer.append(vec![first, second, third], &mut sign).unwrap();
    specimen.assert_passes(&place.root());
    let mut again = specimen.with_exhibit("X4", "same", &mut &bytes[..], &mut writer);
    again.disclosures.pop();
    writer.append(vec![again], &mut sign).unwrap();
    let unused = specimen.with_exhibit("X5", "unused", &mut &bytes[..], &mut writer);
    drop((writer, unused));
    assert_eq!(specimen.assert_passes(&place.root()), 5);
    let files = place.files();
    assert_eq!(files.keys().filter(|path| path.starts_with("exhibits/")).count(), 2);
    assert!(!files.keys().any(|path| path.starts_with("incoming")));
}

#[test]
fn a_forged_journal_removes_no_recorded_exhibit() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let mut writer = place.writer(&specimen).unwrap();
    let record = specimen.with_exhibit("P1", "note.txt", &mut &b"kept"[..], &mut writer);
    let id = record.exhibits[0].0;
    writer.append(vec![record], &mut specimen.sign(&place.signed)).unwrap();
    drop(writer);
    let path = affiant::archive::exhibit_path(id);
    let journal = format!("affiant-pending 1\nwriter a thief\nsize 99\npath {path}\n");
    std::fs::write(place.root().join("pending"), journal).unwrap();
    drop(place.writer(&specimen).unwrap());
    assert_eq!(std::fs::read(place.root().join(path)).unwrap(), b"kept");
    specimen.assert_passes(&place.root());
}

#[test]
fn one_writes_at_a_time() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let writer = place.writer(&specimen).unwrap();
    match place.writer(&specimen) {
        Err(StoreError::Locked { holder, .. }) => assert_eq!(holder, WRITER),
        other => panic!("{other:?}"),
    }
    // Another copy of the same log is the same log.
    let copy = place.folder.path().join("copy");
    copy_all(&place.root(), &copy);
    let dir = crate::ArchiveDir::open(&copy).unwrap();
    let open = || {
        Writer::open(
            &dir,
            Heads::new(&place.heads()),
            WRITER,
            &mut specimen.sign(&place.signed),
        )
    };
    assert!(matches!(open(), Err(StoreError::Locked { .. })));
    drop(writer);
    open().unwrap();
    specimen.assert_passes(&copy);
}

fn copy_all(from: &std::path::Path, to: &std::path::Path) {
    let _ = fs::remove_dir_all(to);
    for (path, bytes) in files(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn an_older_copy_is_not_written_to() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    place.append(&specimen, questions(&specimen, 300)).unwrap();
    let older = place.folder.path().join("older");
    copy_all(&place.root(), &older);
    place.append(&specimen, vec![specimen.question("P301", "x")]).unwrap();
    copy_all(&older, &place.root());
    let refused = || match place.writer(&specimen) {
        Err(StoreError::OlderCopy { here, last, .. }) => (here, last),
        other => panic!("{other:?}"),
    };
    let before = place.files();
    assert_eq!(refused(), (301, 302));
    // Nor where only the intention tells of the newer one.
    for entry in fs::read_dir(place.heads()).unwrap().map(Result::unwrap) {
        if !entry.file_name().to_str().unwrap().contains('.') {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    assert_eq!(refused(), (301, 302));
    assert_eq!(place.files(), before);

    // Whoever knows of no newer copy writes, and has then forked the log; the other finds out.
    let elsewhere = Place::empty();
    copy_all(&place.root(), &elsewhere.root());
    elsewhere
        .append(&specimen, questions(&specimen, 302).split_off(300))
        .unwrap();
    copy_all(&elsewhere.root(), &place.root());
    match place.writer(&specimen) {
        Err(StoreError::OlderCopy {
            here: 303, last: 302, ..
        }) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_log_that_grew_elsewhere_is_written_to() {
    let specimen = Specimen::new();
    let here = Place::of(&specimen);
    let there = Place::empty();
    copy_all(&here.root(), &there.root());
    let records = questions(&specimen, 400);
    there.append(&specimen, records[..300].to_vec()).unwrap();
    copy_all(&there.root(), &here.root());
    here.append(&specimen, records[300..].to_vec()).unwrap();
    assert_eq!(specimen.assert_passes(&here.root()), 401);
}

#[test]
fn heads_that_cannot_be_read_are_not_taken_for_none() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    for entry in fs::read_dir(place.heads()).unwrap().map(Result::unwrap) {
        let before = fs::read(entry.path()).unwrap();
        if before.is_empty() {
            continue;
        }
        for spoilt in [&b""[..], b"x", &before[..before.len() / 2]] {
            fs::write(entry.path(), spoilt).unwrap();
            assert!(matches!(place.writer(&specimen), Err(StoreError::Damaged { .. })));
        }
        fs::write(entry.path(), before).unwrap();
    }
    place.writer(&specimen).unwrap();
}

#[test]
fn what_is_damaged_is_not_built_upon() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    place.append(&specimen, questions(&specimen, 9)).unwrap();
    let files = place.files();
    let touched = [
        "checkpoint",
        "records/000.p/10.jsonl",
        "tile/0/000.p/10",
        "tile/entries/000.p/10",
    ];
    for path in touched {
        let mut bytes = files[path].clone();
        let at = bytes.len() - 20;
        bytes[at] ^= 1;
        for bytes in [&bytes[..], &bytes[..at]] {
            fs::write(place.root().join(path), bytes).unwrap();
            let appended = place.append(&specimen, vec![specimen.question("P99", "x")]);
            assert!(
                matches!(appended, Err(StoreError::Damaged { .. } | StoreError::Io { .. })),
                "{path}: {appended:?}"
            );
            fs::write(place.root().join(path), &files[path]).unwrap();
        }
    }
    assert_eq!(place.files(), files);
    place.append(&specimen, vec![specimen.question("P99", "x")]).unwrap();
    specimen.assert_passes(&place.root());
}

#[test]
fn a_record_that_no_reader_accepts_is_refused() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let before = place.files();
    let good = specimen.question("P01", "x");
    for envelope in [
        Vec::new(),
        b"{}\n{}".to_vec(),
        vec![b'x'; affiant::envelope::MAX_ENVELOPE + 1],
    ] {
        let bad = NewRecord {
            envelope,
            ..good.clone()
        };
        let refused = place.append(&specimen, vec![good.clone(), bad]);
        assert!(
            matches!(refused, Err(StoreError::Record { leaf: 2, .. })),
            "{refused:?}"
        );
        assert_eq!(place.files(), before);
    }
}

#[test]
fn a_signer_that_refuses_leaves_nothing() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let before = place.files();
    let mut writer = place.writer(&specimen).unwrap();
    let record = specimen.with_exhibit("X1", "x", &mut &b"x"[..], &mut writer);
    let refuse: &mut crate::SignHead<'_> = &mut |_| {
        Err(affiant::key::SignError {
            key: "the log's".to_owned(),
            reason: "not now".to_owned(),
        })
    };
    assert!(matches!(writer.append(vec![record], refuse), Err(StoreError::Sign(_))));
    drop(writer);
    assert_eq!(place.files(), before);
    // Another record may take its place, as nothing was signed.
    place.append(&specimen, vec![specimen.question("P01", "x")]).unwrap();
    assert_eq!(specimen.assert_passes(&place.root()), 2);
}

#[test]
fn an_archive_begins_in_an_empty_folder_only() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let before = place.files();
    let create = |root: &std::path::Path| specimen.create(root, &place.heads(), &place.signed);
    assert!(matches!(create(&place.root()), Err(StoreError::NotEmpty(_))));
    assert_eq!(place.files(), before);
    let other = place.folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("letter.txt"), "x").unwrap();
    assert!(matches!(create(&other), Err(StoreError::NotEmpty(_))));
    assert_eq!(files(&other).len(), 1);
}
