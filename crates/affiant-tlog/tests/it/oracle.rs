//! Ours against the crates `signed_note` and `tlog_tiles`, which were ported from the Go checksum database: each reads what the
//! other wrote.

use affiant_tlog::checkpoint::{Checkpoint, VerifiedCheckpoint};
use affiant_tlog::merkle::{
    Frontier, Hash, HashReader, Node, consistency_proof, inclusion_proof, verify_consistency,
    verify_inclusion,
};
use affiant_tlog::note::{Note, NoteText};
use affiant_tlog::tile::{RightEdge, TileHashReader, TilePath, TileReader, tile_paths};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use signed_note::{StandardSigner, StandardVerifier, VerifierList};

use crate::support::{Files, ORIGIN, SEED, entry, frontier, leaves, log_key, sign, signed_head};

/// Two levels of tiles, and a partial tile at each.
const SIZE: u64 = 70_000;

fn theirs(hash: Hash) -> tlog_tiles::Hash {
    tlog_tiles::Hash(hash.0)
}

fn their_path(path: &str) -> String {
    path.replace("tile/8/data/", "tile/entries/")
        .replace("tile/8/", "tile/")
}

fn their_verifiers() -> VerifierList {
    let verifier = StandardVerifier::new(&log_key().to_string()).unwrap();
    VerifierList::new(vec![Box::new(verifier)])
}

fn their_signer() -> StandardSigner {
    let key = BASE64_STANDARD.encode([&[1], &SEED[..]].concat());
    StandardSigner::new(&format!("PRIVATE+KEY+{ORIGIN}+{}+{key}", log_key().id())).unwrap()
}

#[test]
fn they_verify_our_note_and_we_verify_theirs() {
    for text in ["a\n", "é\n\nb\n\n\n", "\n"] {
        let ours = Note::sign(NoteText::new(text).unwrap(), &log_key(), sign).unwrap();
        let read = signed_note::Note::from_bytes(ours.to_string().as_bytes()).unwrap();
        assert_eq!(read.text(), text.as_bytes());
        let (verified, ignored) = read.verify(&their_verifiers()).unwrap();
        assert_eq!((verified.len(), ignored.len()), (1, 0));

        let mut made = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        made.add_sigs(&[&their_signer()]).unwrap();
        assert_eq!(made.to_bytes(), ours.to_string().as_bytes());
        let read = Note::parse(&made.to_bytes()).unwrap();
        assert_eq!(read.verify(&[log_key()]).unwrap().text().as_str(), text);
    }
}

#[test]
fn they_read_our_checkpoint_and_we_read_theirs() {
    let ours = signed_head(5);
    let read =
        tlog_tiles::Checkpoint::from_bytes(ours.unverified_text().as_str().as_bytes()).unwrap();
    assert_eq!(read.origin(), ORIGIN);
    assert_eq!(read.size(), 5);
    assert_eq!(*read.hash(), theirs(frontier(5).root()));

    let made = tlog_tiles::Checkpoint::new(ORIGIN, 5, theirs(frontier(5).root()), "").unwrap();
    let mut note = signed_note::Note::new(&made.to_bytes(), &[]).unwrap();
    note.add_sigs(&[&their_signer()]).unwrap();
    let opened = VerifiedCheckpoint::open(&note.to_bytes(), &log_key()).unwrap();
    assert_eq!(
        *opened.checkpoint(),
        Checkpoint::new(ORIGIN, 5, frontier(5).root()).unwrap()
    );
}

#[test]
fn they_name_the_same_tiles() {
    for (old, new) in [
        (0, 0),
        (0, 1),
        (0, 256),
        (255, 256),
        (256, 257),
        (1, 65_536),
        (65_535, SIZE),
    ] {
        let expected: Vec<String> = tlog_tiles::Tile::new_tiles(8, old, new)
            .iter()
            .map(|tile| their_path(&tile.path()))
            .collect();
        let ours: Vec<String> = tile_paths(old, new)
            .map(|path| path.to_string())
            .filter(|path| !path.contains("entries"))
            .collect();
        assert_eq!(ours, expected, "{old} to {new}");
        for path in &ours {
            let back = tlog_tiles::Tile::from_path(&path.replacen("tile/", "tile/8/", 1)).unwrap();
            assert_eq!(their_path(&back.path()), *path);
        }
    }
}

/// All hashes of a log in the order in which the oracle stores them.
struct Stored(Vec<tlog_tiles::Hash>);

impl Stored {
    fn of_size(size: u64) -> Stored {
        let mut stored = Stored(Vec::new());
        for index in 0..size {
            let hashes = tlog_tiles::stored_hashes(index, &entry(index), &stored).unwrap();
            stored.0.extend(hashes);
        }
        stored
    }
}

impl tlog_tiles::HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|i| self.0[*i as usize]).collect())
    }
}

/// Tiles made by the oracle.
struct TheirTiles(Stored);

impl TileReader for TheirTiles {
    type Error = tlog_tiles::Error;

    fn read(&self, path: TilePath) -> Result<Vec<u8>, tlog_tiles::Error> {
        let path = path.to_string().replacen("tile/", "tile/8/", 1);
        tlog_tiles::Tile::from_path(&path)
            .unwrap()
            .read_data(&self.0)
    }
}

impl tlog_tiles::TileReader for Files {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        Ok(tiles
            .iter()
            .map(|tile| self.0[&their_path(&tile.path())].clone())
            .collect())
    }

    fn save_tiles(&self, _: &[tlog_tiles::Tile], _: &[Vec<u8>]) {}
}

/// Leaves at and around the edges of tiles of each level.
const INDICES: [u64; 9] = [0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, SIZE - 1];

#[test]
fn they_prove_from_our_tiles_and_we_prove_from_theirs() {
    let ours = Files::of_size(SIZE);
    let stored = TheirTiles(Stored::of_size(SIZE));
    let edge = RightEdge::read(SIZE, &ours).unwrap();
    let root = edge.root();
    let their_root = tlog_tiles::tree_hash(SIZE, &stored.0).unwrap();
    assert_eq!(theirs(root), their_root);
    for path in tile_paths(0, SIZE).filter(|path| !path.to_string().contains("entries")) {
        assert_eq!(
            ours.read(path).unwrap(),
            stored.read(path).unwrap(),
            "{path}"
        );
    }

    let our_reader = TileHashReader::new(SIZE, &stored);
    let their_reader = tlog_tiles::TileHashReader::new(SIZE, their_root, &ours);
    assert_eq!(Frontier::read(SIZE, &our_reader).unwrap(), edge.frontier());
    let leaves = leaves(SIZE);
    for index in INDICES {
        let leaf = leaves[index as usize];
        let proof = inclusion_proof(index, SIZE, &our_reader).unwrap();
        assert_eq!(verify_inclusion(index, SIZE, &leaf, &proof, &root), Ok(()));
        let their_proof = tlog_tiles::prove_record(SIZE, index, &their_reader).unwrap();
        let ours_as_theirs: Vec<_> = proof.iter().copied().map(theirs).collect();
        assert_eq!(ours_as_theirs, their_proof);
        tlog_tiles::check_record(&ours_as_theirs, SIZE, their_root, index, theirs(leaf)).unwrap();
    }
    for old in INDICES.map(|index| index + 1) {
        let old_root = Frontier::read(old, &our_reader).unwrap().root();
        let proof = consistency_proof(old, SIZE, &our_reader).unwrap();
        assert_eq!(
            verify_consistency(old, &old_root, SIZE, &root, &proof),
            Ok(())
        );
        let their_proof = tlog_tiles::prove_tree(SIZE, old, &their_reader).unwrap();
        let ours_as_theirs: Vec<_> = proof.iter().copied().map(theirs).collect();
        assert_eq!(ours_as_theirs, their_proof);
        tlog_tiles::check_tree(&ours_as_theirs, SIZE, their_root, old, theirs(old_root)).unwrap();
    }
}

#[test]
fn a_node_of_ours_is_the_stored_hash_of_theirs() {
    let stored = TheirTiles(Stored::of_size(1000));
    let reader = TileHashReader::new(1000, &stored);
    for (number, hash) in (0..).zip(&stored.0.0) {
        let (level, index) = tlog_tiles::split_stored_hash_index(number);
        assert_eq!(theirs(reader.hash(Node { level, index }).unwrap()), *hash);
    }
}
