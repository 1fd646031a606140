use std::path::{Path, PathBuf};

use affiant_tlog::merkle::{
    Frontier, Hash, HashReader, MAX_TREE_SIZE, MakeProofError, Node, ProofError, TreeTooLarge,
    complete_subtrees, consistency_proof, empty_root, inclusion_proof, leaf_hash,
    verify_consistency, verify_inclusion,
};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use proptest::prelude::*;

use crate::support::{frontier, leaves, tree_hash};

/// The largest tree of the exhaustive tests, in leaves: two and a half times the width of every small subtree.
const EXHAUSTIVE: u64 = 40;

/// Hashes out of the leaves, as RFC 6962 defines them.
struct Leaves(Vec<Hash>);

impl HashReader for Leaves {
    type Error = ();

    fn hash(&self, node: Node) -> Result<Hash, ()> {
        let start = (node.index << node.level) as usize;
        let range = start..start + (1 << node.level);
        self.0.get(range).map(tree_hash).ok_or(())
    }
}

fn vectors() -> Option<PathBuf> {
    let root = std::env::var_os("AFFIANT_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        PathBuf::from,
    );
    let folder = root.join("merkle/inclusion");
    folder.is_dir().then_some(folder)
}

fn json_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "json") {
            found.push(path);
        }
    }
}

/// Outcome of one vector: a hash or proof hash that is not 32 bytes long cannot be expressed here, and fails.
fn vector_verifies(vector: &serde_json::Value) -> bool {
    let hash = |value: &serde_json::Value| -> Option<Hash> {
        let bytes = BASE64_STANDARD.decode(value.as_str()?).ok()?;
        bytes.try_into().ok().map(Hash)
    };
    let proof: Option<Vec<Hash>> = match &vector["proof"] {
        serde_json::Value::Null => Some(Vec::new()),
        list => list.as_array().unwrap().iter().map(hash).collect(),
    };
    let (Some(leaf), Some(root), Some(proof)) =
        (hash(&vector["leafHash"]), hash(&vector["root"]), proof)
    else {
        return false;
    };
    let index = vector["leafIdx"].as_u64().unwrap();
    let size = vector["treeSize"].as_u64().unwrap();
    verify_inclusion(index, size, &leaf, &proof, &root).is_ok()
}

#[test]
fn public_inclusion_vectors_have_their_expected_result() {
    let Some(folder) = vectors() else {
        println!("skipped: no vectors in ../shared/vectors/merkle, nor in AFFIANT_VECTORS");
        return;
    };
    let mut files = Vec::new();
    json_files(&folder, &mut files);
    let (mut good, mut bad) = (0, 0);
    for path in &files {
        let vector: serde_json::Value =
            serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let must_fail = vector["wantErr"].as_bool().unwrap();
        assert_eq!(vector_verifies(&vector), !must_fail, "{}", path.display());
        if must_fail { bad += 1 } else { good += 1 }
    }
    println!("{good} inclusion vectors verified, {bad} refused, as expected");
    assert!(good > 0 && bad > 0);
}

/// The roots of the reference log of RFC 6962 implementations, sizes 1 to 8.
#[test]
fn roots_of_the_reference_entries() {
    let entries: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let hex = |hash: Hash| {
        hash.0
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect::<String>()
    };
    let mut tree = Frontier::new();
    assert_eq!(tree.root(), empty_root());
    assert_eq!(
        hex(empty_root()),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    for (entry, root) in entries.into_iter().zip(roots) {
        tree.append(leaf_hash(entry)).unwrap();
        assert_eq!(hex(tree.root()), root);
    }
}

#[test]
fn frontier_is_the_tree_of_the_definition() {
    let leaves = Leaves(leaves(EXHAUSTIVE));
    let mut tree = Frontier::new();
    for size in 0..=EXHAUSTIVE {
        assert_eq!(tree.size(), size);
        assert_eq!(tree.root(), tree_hash(&leaves.0[..size as usize]));
        assert_eq!(Frontier::read(size, &leaves), Ok(tree.clone()));
        let hashes: Vec<Hash> = complete_subtrees(size)
            .map(|node| leaves.hash(node).unwrap())
            .collect();
        assert_eq!(Frontier::from_subtrees(size, hashes), Some(tree.clone()));
        if size < EXHAUSTIVE {
            tree.append(leaves.0[size as usize]).unwrap();
        }
    }
    assert_eq!(Frontier::from_subtrees(3, vec![leaves.0[0]]), None);
}

#[test]
fn a_tree_at_the_limit_takes_no_more_leaves() {
    let root = leaf_hash(b"stands for the root of the largest tree");
    let mut tree = Frontier::from_subtrees(MAX_TREE_SIZE, vec![root]).unwrap();
    assert_eq!(tree.append(root), Err(TreeTooLarge));
    assert_eq!(tree.root(), root);
    assert_eq!(
        Frontier::from_subtrees(MAX_TREE_SIZE + 1, vec![root, root]),
        None
    );
    let over = MAX_TREE_SIZE + 1;
    let reader = Leaves(Vec::new());
    assert_eq!(
        verify_inclusion(0, over, &root, &[], &root),
        Err(ProofError::TreeTooLarge(TreeTooLarge))
    );
    assert_eq!(
        verify_consistency(0, &empty_root(), over, &root, &[]),
        Err(ProofError::TreeTooLarge(TreeTooLarge))
    );
    assert_eq!(
        inclusion_proof(0, over, &reader),
        Err(MakeProofError::TreeTooLarge(TreeTooLarge))
    );
    assert_eq!(
        consistency_proof(0, over, &reader),
        Err(MakeProofError::TreeTooLarge(TreeTooLarge))
    );
}

/// Every single change of a proof: a bit of a hash, a hash lost, doubled, added or exchanged with its neighbour.
fn mutations(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut mutations = Vec::new();
    for at in 0..proof.len() {
        for bit in [0, 7, 131, 255] {
            let mut changed = proof.to_vec();
            changed[at].0[bit / 8] ^= 1 << (bit % 8);
            mutations.push(changed);
        }
        let mut shorter = proof.to_vec();
        shorter.remove(at);
        mutations.push(shorter);
        let mut longer = proof.to_vec();
        longer.insert(at, proof[at]);
        mutations.push(longer);
        if at > 0 && proof[at - 1] != proof[at] {
            let mut exchanged = proof.to_vec();
            exchanged.swap(at - 1, at);
            mutations.push(exchanged);
        }
    }
    for extra in [leaf_hash(b"no part of the tree"), empty_root()] {
        let mut longer = proof.to_vec();
        longer.push(extra);
        mutations.push(longer);
        let mut longer = proof.to_vec();
        longer.insert(0, extra);
        mutations.push(longer);
    }
    mutations
}

#[test]
fn every_inclusion_proof_verifies_and_no_change_of_it_does() {
    let leaves = Leaves(leaves(EXHAUSTIVE));
    let mut refused = 0;
    for size in 1..=EXHAUSTIVE {
        let root = tree_hash(&leaves.0[..size as usize]);
        for index in 0..size {
            let leaf = leaves.0[index as usize];
            let proof = inclusion_proof(index, size, &leaves).unwrap();
            assert_eq!(verify_inclusion(index, size, &leaf, &proof, &root), Ok(()));
            for changed in mutations(&proof) {
                assert!(
                    verify_inclusion(index, size, &leaf, &changed, &root).is_err(),
                    "{index} of {size}"
                );
                refused += 1;
            }
            for other in (0..EXHAUSTIVE).filter(|other| *other != index) {
                assert!(verify_inclusion(other, size, &leaf, &proof, &root).is_err());
            }
            let wrong_leaf = leaf_hash(b"another entry");
            assert_eq!(
                verify_inclusion(index, size, &wrong_leaf, &proof, &root),
                Err(ProofError::RootMismatch)
            );
        }
        assert_eq!(
            verify_inclusion(size, size, &leaves.0[0], &[], &root),
            Err(ProofError::IndexOutsideTree { index: size, size })
        );
    }
    println!("{refused} changed inclusion proofs refused");
}

#[test]
fn every_consistency_proof_verifies_and_no_change_of_it_does() {
    let leaves = Leaves(leaves(EXHAUSTIVE));
    let root = |size: u64| tree_hash(&leaves.0[..size as usize]);
    let forged = leaf_hash(b"another tree");
    let mut refused = 0;
    for new in 0..=EXHAUSTIVE {
        for old in 0..=new {
            let proof = consistency_proof(old, new, &leaves).unwrap();
            let (old_root, new_root) = (root(old), root(new));
            assert_eq!(
                verify_consistency(old, &old_root, new, &new_root, &proof),
                Ok(()),
                "{old} to {new}"
            );
            for changed in mutations(&proof) {
                assert!(
                    verify_consistency(old, &old_root, new, &new_root, &changed).is_err(),
                    "{old} to {new}"
                );
                refused += 1;
            }
            assert!(verify_consistency(old, &forged, new, &new_root, &proof).is_err());
            // Every tree begins with the empty one, so that from there any new root is consistent.
            let from_empty = old == 0 && new > 0;
            assert_eq!(
                verify_consistency(old, &old_root, new, &forged, &proof).is_ok(),
                from_empty
            );
            if old < new {
                assert_eq!(
                    verify_consistency(new, &new_root, old, &old_root, &proof),
                    Err(ProofError::Shrunk { old: new, new: old })
                );
            }
        }
    }
    println!("{refused} changed consistency proofs refused");
}

#[test]
fn a_consistency_proof_is_bound_to_both_sizes() {
    let leaves = Leaves(leaves(EXHAUSTIVE));
    let root = |size: u64| tree_hash(&leaves.0[..size as usize]);
    for new in 2..=EXHAUSTIVE {
        for old in 1..new {
            let proof = consistency_proof(old, new, &leaves).unwrap();
            for other in (1..new).filter(|other| *other != old) {
                assert!(
                    verify_consistency(other, &root(old), new, &root(new), &proof).is_err(),
                    "{old} to {new}, passed off as from {other}"
                );
            }
        }
    }
}

#[test]
fn making_a_proof_says_what_is_wrong_with_the_request() {
    let leaves = Leaves(leaves(5));
    assert_eq!(
        inclusion_proof(5, 5, &leaves),
        Err(MakeProofError::IndexOutsideTree { index: 5, size: 5 })
    );
    assert_eq!(
        consistency_proof(6, 5, &leaves),
        Err(MakeProofError::Shrunk { old: 6, new: 5 })
    );
    assert_eq!(
        inclusion_proof(0, 6, &leaves),
        Err(MakeProofError::Read(()))
    );
}

#[test]
fn a_hash_has_one_base64_spelling() {
    let hash = frontier(3).root();
    let text = hash.to_string();
    assert_eq!(Hash::from_base64(&text), Some(hash));
    // The last character before the padding has two bits that no byte uses.
    let unused_bits: Vec<String> = ('A'..='Z')
        .chain('a'..='z')
        .chain('0'..='9')
        .map(|c| format!("{}{c}=", &text[..42]))
        .filter(|other| *other != text && Hash::from_base64(other) == Some(hash))
        .collect();
    assert_eq!(unused_bits, [""; 0]);
    for bad in [
        "",
        &text[..43],
        &format!("{text}="),
        &format!("{text}\n"),
        &text.replace('=', ""),
    ] {
        assert_eq!(Hash::from_base64(bad), None, "{bad}");
    }
}

proptest! {
    #[test]
    fn sizes_and_indices_of_any_magnitude_end_in_a_result(
        old in any::<u64>(), new in any::<u64>(), hashes in 0usize..70,
    ) {
        let proof = vec![Hash([7; 32]); hashes];
        let root = Hash([9; 32]);
        prop_assert!(verify_inclusion(old, new, &root, &proof, &root).is_err() || (new == 1 && hashes == 0));
        prop_assert!(verify_consistency(old, &root, new, &root, &proof).is_err() || old == new);
    }
}
