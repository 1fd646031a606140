//! Whatever is changed in an archive is found, and the finding names the file.

use affiant::check::Outcome;

use crate::archive_in_memory::{Builder, verify};

#[test]
fn an_untouched_archive_passes() {
    let mut builder = Builder::begin();
    builder.statement("I will not stop");
    let report = verify(&builder.files(), &builder.trust());
    assert_eq!(report.outcome, Outcome::Passed, "{:#?}", report.findings);
    assert_eq!(report.findings, []);
}

#[test]
fn every_flipped_byte_is_found_and_its_file_named() {
    let mut builder = Builder::begin();
    builder.statement("I will not stop");
    let trust = builder.trust();
    let files = builder.files();
    let mut flips = 0;
    for (path, bytes) in &files {
        let mut tampered = files.clone();
        for at in 0..bytes.len() {
            for bit in [0x01, 0x80] {
                tampered.get_mut(path).unwrap()[at] ^= bit;
                let report = verify(&tampered, &trust);
                let named = report
                    .findings
                    .iter()
                    .any(|check| check.demanded && check.place.file.as_ref() == Some(path));
                assert!(
                    report.outcome != Outcome::Passed && named,
                    "{path} byte {at}: {:#?}",
                    report.findings
                );
                tampered.get_mut(path).unwrap()[at] ^= bit;
                flips += 1;
            }
        }
    }
    println!("{flips} flips in {} files, each found", files.len());
}
