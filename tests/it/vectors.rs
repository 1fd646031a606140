//! Where public test data lies. It is no part of the repository; its place can be told by
//! the environment.

use std::path::PathBuf;

use serde_json::Value;

/// A path among the public vectors; prints that the test was skipped where they are absent.
pub fn public(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("AFFIANT_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"),
        PathBuf::from,
    );
    let path = root.join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: there is no {}", path.display());
    None
}

/// One of our own fixtures.
pub fn own(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/vectors")
        .join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

pub fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}
