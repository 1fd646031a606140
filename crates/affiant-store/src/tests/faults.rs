//! An append that is stopped at each of its steps, and what comes of it.

use std::collections::BTreeMap;
use std::fs;

use affiant::check::Outcome;

use super::specimen::{Place, Specimen, files};
use crate::disk::faults::{Failing, LOSES_UNSYNCED, interrupted};
use crate::{Appended, NewRecord, StoreError};

type Files = BTreeMap<String, Vec<u8>>;

/// An archive of `old` records, the files that it has after the next append, and that append.
struct Case {
    specimen: Specimen,
    old: Files,
    new: Files,
    /// The same two after another append.
    old_and_other: Files,
    new_and_other: Files,
    heads: Files,
    records: Vec<NewRecord>,
    before: u64,
}

impl Case {
    fn new(before: u64, added: u64) -> Case {
        let specimen = Specimen::new();
        let place = Place::of(&specimen);
        let question = |number: u64| specimen.question(&format!("P{number}"), "x");
        place.append(&specimen, (1..before).map(question).collect()).unwrap();
        let (old, heads) = (place.files(), files(&place.heads()));
        let records: Vec<_> = (before..before + added).map(question).collect();
        let mut case = Case {
            specimen,
            old,
            new: Files::new(),
            old_and_other: Files::new(),
            new_and_other: Files::new(),
            heads,
            records,
            before,
        };
        case.append(&place).unwrap();
        case.new = place.files();
        case.specimen.assert_passes(&place.root());
        case.append_other(&place);
        case.specimen.assert_passes(&place.root());
        case.new_and_other = place.files();
        let place = case.place();
        case.specimen.assert_passes(&place.root());
        case.append_other(&place);
        case.specimen.assert_passes(&place.root());
        case.old_and_other = place.files();
        case
    }

    /// An append of another record. The specimen's key panics at a fork.
    fn append_other(&self, place: &Place) {
        let other = self.specimen.question("Q01", "another");
        place.append(&self.specimen, vec![other]).unwrap();
    }

    /// The archive before the append, in a folder of its own.
    fn place(&self) -> Place {
        let place = Place::empty();
        for (root, files) in [(place.root(), &self.old), (place.heads(), &self.heads)] {
            for (path, bytes) in files {
                let path = root.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
        }
        place
    }

    /// The append: records with an exhibit each, the last of which shares one.
    fn append(&self, place: &Place) -> Result<Appended, StoreError> {
        let mut writer = place.writer(&self.specimen)?;
        let mut records = self.records.clone();
        for (number, label) in ["X1", "X2", "X3"].into_iter().enumerate() {
            let token = [number as u8; 16];
            let name = format!("exhibit {}", number % 2);
            let mut bytes = name.as_bytes();
            let staged = writer
                .stage_exhibit(&mut bytes, token, &mut |_| {})
                .map_err(Result::unwrap)?;
            records.push(self.specimen.with_staged(label, &name, staged));
            if number == 2 {
                records.last_mut().unwrap().disclosures.pop();
            }
        }
        writer.append(records, &mut self.specimen.sign(&place.signed))
    }

    /// What a reader and the next writer make of an interrupted append.
    fn examine(&self, place: &Place, result: &Result<Appended, StoreError>, at: &str) {
        let read = self.specimen.verify(&place.root());
        assert_eq!(read.outcome, Outcome::Passed, "{at}: {:#?}", read.findings);
        let size = read.log.unwrap().size;
        let (old, new) = (self.before, self.before + self.records.len() as u64 + 3);
        match result {
            Ok(appended) => assert_eq!((appended.size, size), (new, new), "{at}"),
            Err(StoreError::Unsettled { .. }) => assert!(size == old || size == new, "{at}"),
            Err(_) => assert_eq!(size, old, "{at}"),
        }
        drop(place.writer(&self.specimen).unwrap());
        let (expected, and_other) = match result {
            Ok(_) | Err(StoreError::Unsettled { .. }) => (&self.new, &self.new_and_other),
            Err(_) => (&self.old, &self.old_and_other),
        };
        let left = place.files();
        let paths = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(paths(&left), paths(expected), "{at}: {result:?}");
        assert!(left == *expected, "{at}: {result:?}");
        self.append_other(place);
        assert!(place.files() == *and_other, "{at}: {result:?}");
    }
}

/// Stops an append after each number of steps, and gives how many steps it has.
fn stop_at_every_step(case: &Case, failing: Failing) -> u64 {
    for steps in 0.. {
        let place = case.place();
        let (result, failed) = interrupted(steps, failing, || case.append(&place));
        case.examine(&place, &result, &format!("{failing:?} after {steps}"));
        if !failed {
            result.unwrap();
            return steps;
        }
    }
    unreachable!()
}

#[test]
fn an_append_may_be_stopped_anywhere() {
    for (before, added) in [(1, 0), (5, 2), (253, 0), (254, 3), (255, 260), (512, 0)] {
        let case = Case::new(before, added);
        LOSES_UNSYNCED.set(true);
        let steps = stop_at_every_step(&case, Failing::All);
        println!("{before} records and {} more: {steps} steps", added + 3);
        assert!(steps > 40);
        LOSES_UNSYNCED.set(false);
        // The same without losses, and with a disk that works again, where it is quick.
        if before < 250 {
            stop_at_every_step(&case, Failing::All);
        }
        if before < 255 {
            stop_at_every_step(&case, Failing::One);
        }
    }
}

#[test]
fn a_recovery_may_be_stopped_anywhere() {
    let case = Case::new(4, 0);
    let mut pairs = 0;
    for steps in 0.. {
        let mut failed = false;
        for again in 0.. {
            let place = case.place();
            let result;
            (result, failed) = interrupted(steps, Failing::All, || case.append(&place));
            let (opened, failed_again) = interrupted(again, Failing::All, || drop(place.writer(&case.specimen)));
            let () = opened;
            case.examine(&place, &result, &format!("{steps}, then {again}"));
            pairs += 1;
            if !failed_again {
                break;
            }
        }
        if !failed {
            break;
        }
    }
    println!("{pairs} interrupted recoveries");
}

#[test]
fn a_beginning_may_be_stopped_anywhere() {
    for failing in [Failing::All, Failing::One] {
        for steps in 0.. {
            let (specimen, place) = (Specimen::new(), Place::empty());
            let create = || specimen.create(&place.root(), &place.heads(), &place.signed);
            let (result, failed) = interrupted(steps, failing, create);
            if result.is_ok() {
                assert_eq!(specimen.assert_passes(&place.root()), 1);
                place.append(&specimen, vec![specimen.question("P01", "x")]).unwrap();
                assert_eq!(specimen.assert_passes(&place.root()), 2);
            } else if failing == Failing::One {
                assert!(!place.root().exists(), "{steps}: {:?}", place.files().keys());
                // Nothing stands in the way of another attempt.
                specimen.create(&place.root(), &place.heads(), &place.signed).unwrap();
            } else if let Ok(dir) = crate::ArchiveDir::open(&place.root()) {
                // What is left is either whole or no archive.
                let opened = crate::Writer::open(
                    &dir,
                    crate::Heads::new(&place.heads()),
                    "test",
                    &mut specimen.sign(&place.signed),
                );
                if opened.is_ok() {
                    drop(opened);
                    assert_eq!(specimen.assert_passes(&place.root()), 1);
                } else {
                    assert!(matches!(opened, Err(StoreError::Damaged { .. })), "{steps}: {opened:?}");
                }
            }
            if !failed {
                break;
            }
        }
    }
}
