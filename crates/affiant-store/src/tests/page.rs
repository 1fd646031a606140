//! The examples and limits of spec/archive.md are what the code makes.

use std::collections::BTreeMap;
use std::fs;

use affiant::archive::{MAX_DISCLOSURES_PACK, PENDING};
use affiant::disclose::MAX_DISCLOSURE_LINE;
use affiant::envelope::MAX_ENVELOPE;

use super::specimen::{Place, Specimen, files};
use crate::journal::MAX_JOURNAL;

const PAGE: &str = include_str!("../../../../spec/archive.md");

/// The fenced blocks of the page that have a name behind the language.
fn blocks() -> BTreeMap<String, String> {
    let mut blocks = BTreeMap::new();
    let mut lines = PAGE.lines();
    while let Some(line) = lines.next() {
        let Some(fence) = line.strip_prefix("```").filter(|fence| !fence.is_empty()) else {
            continue;
        };
        let body = lines.by_ref().take_while(|line| *line != "```");
        let body: String = body.flat_map(|line| [line, "\n"]).collect();
        if let Some((_, name)) = fence.split_once(' ') {
            blocks.insert(name.to_owned(), body);
        }
    }
    blocks
}

fn listing(files: &BTreeMap<String, Vec<u8>>) -> String {
    files
        .iter()
        .map(|(path, bytes)| format!("{:>5}  {path}\n", bytes.len()))
        .collect()
}

#[test]
fn the_examples_are_made_by_the_code() {
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let party = affiant::record::PartyId([0xb2; 16]);
    let mut writer = place.writer(&specimen).unwrap();
    let letter = specimen.with_exhibit("P01", "letter.txt", &mut &b"Dear all\n"[..], &mut writer);
    let records = vec![specimen.party("N01", party, &["Test Speaker"]), letter];
    let mut made = BTreeMap::new();
    let mut key = specimen.sign(&place.signed);
    let appended = writer.append(records, &mut |text| {
        // Everything is made, and nothing counts yet.
        made.insert("files-unfinished", listing(&files(&place.root())));
        let pending = fs::read_to_string(place.root().join(PENDING)).unwrap();
        made.insert("pending", pending);
        key(text)
    });
    appended.unwrap();
    drop(writer);
    specimen.assert_passes(&place.root());
    let whole = place.files();
    let text = |path: &str| String::from_utf8(whole[path].clone()).unwrap();
    made.insert("files", listing(&whole));
    made.insert("archive.toml", text("archive.toml"));
    made.insert("checkpoint", text("checkpoint"));
    let more = (3..300).map(|number| specimen.question(&format!("Q{number}"), "x"));
    place.append(&specimen, more.collect()).unwrap();
    let paths = place.files().into_keys().map(|path| path + "\n");
    made.insert("paths-300", paths.collect());

    let blocks = blocks();
    let stale = made.iter().filter(|(name, text)| blocks.get(**name) != Some(*text));
    let stale: String = stale
        .map(|(name, text)| format!("```text {name}\n{text}```\n"))
        .collect();
    assert!(
        stale.is_empty(),
        "these blocks of spec/archive.md are to be:\n\n{stale}"
    );
    assert_eq!(blocks.len(), made.len());
}

#[test]
fn the_limits_are_those_of_the_code() {
    for (what, limit) in [
        ("`archive.toml`", 64 * 1024),
        ("a line of `records/`", MAX_ENVELOPE),
        ("a line of `disclosures/`", MAX_DISCLOSURE_LINE),
        ("a file of `disclosures/`", MAX_DISCLOSURES_PACK),
        ("`pending`", usize::try_from(MAX_JOURNAL).unwrap()),
    ] {
        let row = format!("| {what} | {limit} bytes |");
        assert!(PAGE.contains(&row), "{row}");
    }
}
