//! What `spec/log.md` shows is what the code makes.

use std::collections::BTreeMap;

use affiant_tlog::checkpoint::VerifiedCheckpoint;
use affiant_tlog::merkle::{inclusion_proof, leaf_hash};
use affiant_tlog::note::VerifierKey;
use affiant_tlog::proof::InclusionProof;
use affiant_tlog::tile::{TileHashReader, tile_paths};

use crate::support::{Files, SEED, entry, log_key, signed_head};

const PAGE: &str = include_str!("../../../../spec/log.md");

/// The size of the example's log.
const SIZE: u64 = 7;

/// The index of the entry of the example's proof.
const INDEX: u64 = 5;

/// The fenced blocks of the page by the word that stands behind the opening fence, as ```` ```text vkey ````.
fn blocks() -> BTreeMap<String, String> {
    let mut blocks = BTreeMap::new();
    let mut lines = PAGE.lines();
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_prefix("```text ") else {
            continue;
        };
        let block: String = lines
            .by_ref()
            .take_while(|line| *line != "```")
            .flat_map(|line| [line, "\n"])
            .collect();
        assert_eq!(
            blocks.insert(name.to_owned(), block),
            None,
            "two blocks are named {name}"
        );
    }
    blocks
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn files_of(size: u64) -> String {
    tile_paths(0, size)
        .map(|path| format!("{path}\n"))
        .collect()
}

#[test]
fn the_page_shows_what_the_code_makes() {
    let files = Files::of_size(SIZE);
    let hashes = inclusion_proof(INDEX, SIZE, &TileHashReader::new(SIZE, &files)).unwrap();
    let proof = InclusionProof::new(INDEX, hashes, signed_head(SIZE), None).unwrap();
    let leaf = format!("{}\n", hex(&leaf_hash(&entry(INDEX)).0));
    let made = [
        ("seed", format!("{}\n", hex(&SEED))),
        ("vkey", format!("{}\n", log_key())),
        ("checkpoint", signed_head(SIZE).to_string()),
        ("files-7", files_of(SIZE)),
        ("files-300", files_of(300)),
        ("entry", format!("{}\n", hex(&entry(INDEX)))),
        ("leaf", leaf),
        ("proof", proof.to_string()),
    ];
    let blocks = blocks();
    let stale: Vec<String> = made
        .iter()
        .filter(|(name, text)| blocks.get(*name) != Some(text))
        .map(|(name, text)| format!("```text {name}\n{text}```\n"))
        .collect();
    assert!(
        stale.is_empty(),
        "these blocks of spec/log.md are to be:\n\n{}",
        stale.join("\n")
    );
    assert_eq!(blocks.len(), made.len());
}

#[test]
fn the_page_s_example_verifies_from_its_text_alone() {
    let blocks = blocks();
    let key: VerifierKey = blocks["vkey"].trim_end().parse().unwrap();
    let opened = VerifiedCheckpoint::open(blocks["checkpoint"].as_bytes(), &key).unwrap();
    assert_eq!(opened.checkpoint().size(), SIZE);
    let entry: Vec<u8> = (0..32)
        .map(|i| u8::from_str_radix(&blocks["entry"][2 * i..2 * i + 2], 16).unwrap())
        .collect();
    let proof = InclusionProof::parse(blocks["proof"].as_bytes()).unwrap();
    let included = proof.verify(&key, &leaf_hash(&entry)).unwrap();
    assert_eq!(included.index(), INDEX);
    assert_eq!(included.checkpoint(), &opened);
}
