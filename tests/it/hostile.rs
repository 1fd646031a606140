//! Archives made to deceive by somebody who does not hold the log's key.

use affiant::check::{Code, Outcome};
use affiant_tlog::merkle::empty_root;

use crate::archive_in_memory::{Builder, KEEPER, ORIGIN, signed_head, verify};

#[test]
fn an_archive_of_any_number_of_packs_passes() {
    for count in [254, 255, 256, 300] {
        let mut builder = Builder::begin();
        for _ in 3..count {
            builder.party(KEEPER, "x");
        }
        let report = verify(&builder.files(), &builder.trust());
        assert_eq!(report.outcome, Outcome::Passed, "{count}: {:#?}", report.findings);
    }
}

#[test]
fn the_log_key_of_another_leaf_0_signs_nothing() {
    let mut genuine = Builder::begin();
    genuine.statement("I will not stop");
    let mut forged = genuine.clone();
    // Drop the last record, and sign what is left by another log key, which a second leaf 0 names.
    forged.leaves.pop();
    forged.exhibits.clear();
    let mut other = Builder::of_log_key(9);
    for _ in 0..3 {
        other.party(KEEPER, "x");
    }
    let mut files = forged.files_signed_by(9);
    let pack = other.files().remove("records/000.p/6.jsonl").unwrap();
    files.insert("records/000.p/6.jsonl".to_owned(), pack);
    files.insert("pending".to_owned(), b"path records/000.p/6.jsonl\n".to_vec());
    let report = verify(&files, &genuine.trust());
    assert_eq!(report.outcome, Outcome::Failed, "{:#?}", report.findings);
}

#[test]
fn a_file_name_cannot_make_the_verification_endless() {
    let builder = Builder::begin();
    for name in ["records/x009/999.jsonl", "records/x004/x294/x967/000.jsonl"] {
        let mut files = builder.files();
        files.insert(name.to_owned(), Vec::new());
        assert_eq!(verify(&files, &builder.trust()).outcome, Outcome::Failed);
        files.insert("checkpoint".to_owned(), signed_head(ORIGIN, 2, 1 << 40, empty_root()));
        assert_eq!(verify(&files, &builder.trust()).outcome, Outcome::Failed);
    }
}

#[test]
fn a_journal_hides_no_file_that_is_none_of_an_archive() {
    let builder = Builder::begin();
    for path in ["letter.docx", "exhibits/3f/short", "records/0.jsonl", "tile/0/00"] {
        let mut files = builder.files();
        files.insert(path.to_owned(), Vec::new());
        files.insert("pending".to_owned(), format!("path {path}\n").into_bytes());
        let report = verify(&files, &builder.trust());
        assert_eq!(
            report.failed().into_iter().collect::<Vec<_>>(),
            [Code::LayoutKnown],
            "{path}"
        );
    }
}
