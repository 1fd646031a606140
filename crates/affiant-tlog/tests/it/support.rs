//! A log kept in memory, and a fixed test key.

use std::collections::BTreeMap;
use std::convert::Infallible;

use affiant_tlog::checkpoint::Checkpoint;
use affiant_tlog::merkle::{Frontier, Hash, leaf_hash, node_hash};
use affiant_tlog::note::{Note, VerifierKey};
use affiant_tlog::tile::{RightEdge, TilePath, TileReader};
use ed25519_dalek::{Signer as _, SigningKey};

/// The name of the log in tests, and of its key.
pub const ORIGIN: &str = "archive.example/test-7f3a9c41";

/// The seed of the log's test key. It is public, and signs nothing but tests and the example of `spec/log.md`.
pub const SEED: [u8; 32] = *b"affiant: the test key of the log";

pub fn signing_key() -> SigningKey {
    SigningKey::from_bytes(&SEED)
}

pub fn log_key() -> VerifierKey {
    key_named(ORIGIN)
}

pub fn key_named(name: &str) -> VerifierKey {
    VerifierKey::new(name, signing_key().verifying_key().as_bytes()).unwrap()
}

pub fn sign(message: &[u8]) -> Result<[u8; 64], Infallible> {
    Ok(signing_key().sign(message).to_bytes())
}

/// The entry at `index` of test logs: the SHA-256 digest of `envelope <index>`.
pub fn entry(index: u64) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(format!("envelope {index}")).into()
}

pub fn entries(range: std::ops::Range<u64>) -> Vec<[u8; 32]> {
    range.map(entry).collect()
}

pub fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|index| leaf_hash(&entry(index))).collect()
}

/// "MTH(D[n])" as RFC 6962 defines it, word for word and slow.
pub fn tree_hash(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => affiant_tlog::merkle::empty_root(),
        [leaf] => *leaf,
        _ => {
            let k = leaves.len().next_power_of_two() / 2;
            node_hash(&tree_hash(&leaves[..k]), &tree_hash(&leaves[k..]))
        }
    }
}

pub fn frontier(size: u64) -> Frontier {
    let mut frontier = Frontier::new();
    for leaf in leaves(size) {
        frontier.append(leaf).unwrap();
    }
    frontier
}

/// The files of a log by path, those of all the sizes it has had.
#[derive(Default)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    pub fn of_size(size: u64) -> Files {
        let mut files = Files::default();
        files.grow(&mut RightEdge::new(), size);
        files
    }

    pub fn grow(&mut self, edge: &mut RightEdge, new_size: u64) {
        for file in edge.append(&entries(edge.size()..new_size)).unwrap() {
            self.0.insert(file.path.to_string(), file.bytes);
        }
    }
}

/// There is no such file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent;

impl TileReader for Files {
    type Error = Absent;

    fn read(&self, path: TilePath) -> Result<Vec<u8>, Absent> {
        self.0.get(&path.to_string()).cloned().ok_or(Absent)
    }
}

pub fn signed_head(size: u64) -> Note {
    Checkpoint::new(ORIGIN, size, frontier(size).root())
        .unwrap()
        .sign(&log_key(), sign)
        .unwrap()
}
