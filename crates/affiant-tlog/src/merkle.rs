//! Merkle tree hashes, and proofs of inclusion and of consistency (RFC 6962, section 2.1), with SHA-256.
//!
//! The tree of three entries `a`, `b`, `c`, whose root is `node(node(leaf(a), leaf(b)), leaf(c))`:
//!
//! ```
//! use affiant_tlog::merkle::{Frontier, leaf_hash, node_hash, verify_inclusion};
//!
//! let [a, b, c] = [b"a", b"b", b"c"].map(|entry| leaf_hash(entry));
//! let mut tree = Frontier::new();
//! for leaf in [a, b, c] {
//!     tree.append(leaf)?;
//! }
//! assert_eq!(tree.root(), node_hash(&node_hash(&a, &b), &c));
//! assert_eq!(verify_inclusion(2, 3, &c, &[node_hash(&a, &b)], &tree.root()), Ok(()));
//! # Ok::<(), affiant_tlog::merkle::TreeTooLarge>(())
//! ```
//!
//! It does not store hashes: a [`HashReader`] gives those that a proof needs, and `tile` makes one out of tiles. It
//! does not say what an entry means, nor whether anybody signed a root.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};

/// The bytes of one hash.
pub const HASH_BYTES: usize = 32;

/// The largest tree that is read or made, in leaves: about a million million.
pub const MAX_TREE_SIZE: u64 = 1 << 40;

/// The most hashes in one proof. A tree of [`MAX_TREE_SIZE`] needs 41.
pub const MAX_PROOF_HASHES: usize = 64;

/// The length of a hash in base64.
const HASH_BASE64_CHARS: usize = 44;

/// A SHA-256 hash of a leaf, of a node or of a whole tree. It prints as base64, 44 characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; HASH_BYTES]);

impl Hash {
    /// Reads 44 characters of padded standard base64, the only encoding accepted; `None` for anything else.
    pub fn from_base64(text: &str) -> Option<Hash> {
        if text.len() != HASH_BASE64_CHARS {
            return None;
        }
        let bytes = BASE64_STANDARD.decode(text).ok()?;
        bytes.try_into().ok().map(Hash)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// A tree would exceed [`MAX_TREE_SIZE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the tree has more than {MAX_TREE_SIZE} leaves")]
pub struct TreeTooLarge;

/// "The hash of a list with one entry (also known as a leaf hash) is: `MTH({d(0)}) = SHA-256(0x00 || d(0))`."
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([0x00])
            .chain_update(entry)
            .finalize()
            .into(),
    )
}

/// "`SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n]))`": the hash of two adjacent subtrees.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([0x01])
            .chain_update(left.0)
            .chain_update(right.0)
            .finalize()
            .into(),
    )
}

/// "The hash of an empty list is the hash of an empty string."
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

/// A complete subtree: the one over the leaves `index * 2^level` up to, not including, `(index + 1) * 2^level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// Its height; a leaf has 0.
    pub level: u8,
    /// Its place among the subtrees of that height, from 0.
    pub index: u64,
}

/// Gives the hashes of the complete subtrees of a tree.
///
/// The hashes are trusted as they are: a proof made of wrong hashes does not verify.
pub trait HashReader {
    /// Why a hash could not be read.
    type Error;

    /// The hash of a complete subtree.
    fn hash(&self, node: Node) -> Result<Hash, Self::Error>;
}

/// The largest complete subtrees of a tree of `size` leaves, from left to right: one for each set bit of `size`.
pub fn complete_subtrees(size: u64) -> impl Iterator<Item = Node> {
    (0..u64::BITS)
        .rev()
        .filter(move |level| size >> level & 1 == 1)
        .map(move |level| Node {
            level: level as u8,
            // The bits above this one are the leaves to its left; the lowest bit of the shifted size is this subtree.
            index: (size >> level) - 1,
        })
}

/// A tree that grows by leaves and keeps only the largest complete subtrees: at most 41 hashes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// One for each of `complete_subtrees(size)`, in that order.
    subtrees: Vec<Hash>,
}

impl Frontier {
    /// The empty tree.
    pub fn new() -> Frontier {
        Frontier::default()
    }

    /// The tree of `size` leaves out of the hashes of its [`complete_subtrees`], in that order.
    ///
    /// `None` if there are not as many hashes as subtrees, or if `size` is over [`MAX_TREE_SIZE`].
    pub fn from_subtrees(size: u64, subtrees: Vec<Hash>) -> Option<Frontier> {
        let fits = size <= MAX_TREE_SIZE && subtrees.len() == size.count_ones() as usize;
        fits.then_some(Frontier { size, subtrees })
    }

    /// The tree of `size` leaves out of stored hashes.
    pub fn read<R: HashReader>(
        size: u64,
        reader: &R,
    ) -> Result<Frontier, MakeProofError<R::Error>> {
        check_size(size)?;
        let subtrees = complete_subtrees(size)
            .map(|node| reader.hash(node))
            .collect::<Result<_, _>>()
            .map_err(MakeProofError::Read)?;
        Ok(Frontier { size, subtrees })
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf at the right, by its leaf hash.
    pub fn append(&mut self, leaf: Hash) -> Result<(), TreeTooLarge> {
        if self.size >= MAX_TREE_SIZE {
            return Err(TreeTooLarge);
        }
        // As in a binary counter, each trailing one of the size is a complete subtree that the new one joins.
        let joined = self.size.trailing_ones() as usize;
        let kept = self.subtrees.len() - joined;
        let subtree = self
            .subtrees
            .drain(kept..)
            .rev()
            .fold(leaf, |right, left| node_hash(&left, &right));
        self.subtrees.push(subtree);
        self.size += 1;
        Ok(())
    }

    /// The Merkle tree hash of all leaves so far.
    pub fn root(&self) -> Hash {
        self.subtrees
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }
}

/// Why an inclusion or consistency proof does not show what it is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The tree has more than [`MAX_TREE_SIZE`] leaves.
    #[error(transparent)]
    TreeTooLarge(#[from] TreeTooLarge),
    /// The leaf's index is not below the size of the tree.
    #[error("leaf {index} is outside a tree of {size} leaves")]
    IndexOutsideTree {
        /// The index claimed.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// The older tree is larger than the newer one.
    #[error("the older tree has {old} leaves and the newer one only {new}")]
    Shrunk {
        /// The size of the older tree.
        old: u64,
        /// The size of the newer tree.
        new: u64,
    },
    /// There are more or fewer hashes than these sizes need.
    #[error("the proof has {got} hashes, which is not what these tree sizes need")]
    WrongLength {
        /// The number of hashes in the proof.
        got: usize,
    },
    /// The proof leads to another root than the newer (or only) tree's.
    #[error("the proof leads to another root hash")]
    RootMismatch,
    /// The proof leads to another root than the older tree's.
    #[error("the proof leads to another root hash of the older tree")]
    OldRootMismatch,
}

/// Verifies that the leaf at `index` (from 0) of the tree with `size` leaves and root `root` has the hash `leaf`.
///
/// The proof's hashes run from the leaf's sibling up to the root's child (RFC 6962, section 2.1.1; the procedure is
/// that of RFC 9162, section 2.1.3.2).
pub fn verify_inclusion(
    index: u64,
    size: u64,
    leaf: &Hash,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    let wrong_length = ProofError::WrongLength { got: proof.len() };
    if size > MAX_TREE_SIZE {
        return Err(TreeTooLarge.into());
    }
    if index >= size {
        return Err(ProofError::IndexOutsideTree { index, size });
    }
    // The node reached so far, and the last node of the tree, at the same level.
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in proof {
        if last == 0 {
            return Err(wrong_length);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            // A last node without a right sibling passes unhashed through the levels where it stays alone.
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(wrong_length);
    }
    if hash != *root {
        return Err(ProofError::RootMismatch);
    }
    Ok(())
}

/// Verifies that the tree with `new_size` leaves and root `new_root` begins with exactly the leaves of the tree with
/// `old_size` leaves and root `old_root`.
///
/// Between equal trees, and from the empty tree, the proof is empty (RFC 6962, section 2.1.2; the procedure is that of
/// RFC 9162, section 2.1.4.2).
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    let wrong_length = ProofError::WrongLength { got: proof.len() };
    if new_size > MAX_TREE_SIZE {
        return Err(TreeTooLarge.into());
    }
    if old_size > new_size {
        return Err(ProofError::Shrunk {
            old: old_size,
            new: new_size,
        });
    }
    if old_size == 0 && *old_root != empty_root() {
        return Err(ProofError::OldRootMismatch);
    }
    if old_size == 0 || old_size == new_size {
        if !proof.is_empty() {
            return Err(wrong_length);
        }
        if old_size == new_size && old_root != new_root {
            return Err(ProofError::RootMismatch);
        }
        return Ok(());
    }
    // A complete older tree is a node of the newer one, and its root is left out of the proof.
    let (seed, rest) = if old_size.is_power_of_two() {
        (old_root, proof)
    } else {
        proof.split_first().ok_or(wrong_length)?
    };
    let (mut node, mut last) = (old_size - 1, new_size - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut old_hash, mut new_hash) = (*seed, *seed);
    for sibling in rest {
        if last == 0 {
            return Err(wrong_length);
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(wrong_length);
    }
    if old_hash != *old_root {
        return Err(ProofError::OldRootMismatch);
    }
    if new_hash != *new_root {
        return Err(ProofError::RootMismatch);
    }
    Ok(())
}

/// Why a proof, or a [`Frontier`], could not be made out of stored hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MakeProofError<E> {
    /// The tree has more than [`MAX_TREE_SIZE`] leaves.
    #[error(transparent)]
    TreeTooLarge(#[from] TreeTooLarge),
    /// The leaf's index is not below the size of the tree.
    #[error("leaf {index} is outside a tree of {size} leaves")]
    IndexOutsideTree {
        /// The index asked for.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// The older tree is larger than the newer one.
    #[error("the older tree has {old} leaves and the newer one only {new}")]
    Shrunk {
        /// The size of the older tree.
        old: u64,
        /// The size of the newer tree.
        new: u64,
    },
    /// The reader could not give a hash.
    #[error("a hash of the tree could not be read")]
    Read(#[source] E),
}

/// The proof that leaf `index` (from 0) is in the tree of `size` leaves: `PATH(m, D[n])` of RFC 6962, section 2.1.1.
pub fn inclusion_proof<R: HashReader>(
    index: u64,
    size: u64,
    reader: &R,
) -> Result<Vec<Hash>, MakeProofError<R::Error>> {
    check_size(size)?;
    if index >= size {
        return Err(MakeProofError::IndexOutsideTree { index, size });
    }
    let mut proof = Vec::new();
    // The subtree that holds the leaf shrinks from the whole tree to the leaf, leaving a sibling behind at each step.
    let (mut start, mut width) = (0, size);
    while width > 1 {
        let left = split(width);
        if index - start < left {
            proof.push(range_root(start + left, width - left, reader)?);
            width = left;
        } else {
            proof.push(range_root(start, left, reader)?);
            start += left;
            width -= left;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the tree of `new_size` leaves begins with that of `old_size`: `PROOF(m, D[n])` of RFC 6962, section
/// 2.1.2; empty between equal trees and from the empty tree.
pub fn consistency_proof<R: HashReader>(
    old_size: u64,
    new_size: u64,
    reader: &R,
) -> Result<Vec<Hash>, MakeProofError<R::Error>> {
    check_size(new_size)?;
    if old_size > new_size {
        return Err(MakeProofError::Shrunk {
            old: old_size,
            new: new_size,
        });
    }
    let mut proof = Vec::new();
    if old_size == 0 || old_size == new_size {
        return Ok(proof);
    }
    let (mut start, mut width) = (0, new_size);
    // While the older tree still begins where the subtree does, the verifier knows its hash: it is the older root.
    while old_size - start != width {
        let left = split(width);
        if old_size - start <= left {
            proof.push(range_root(start + left, width - left, reader)?);
            width = left;
        } else {
            proof.push(range_root(start, left, reader)?);
            start += left;
            width -= left;
        }
    }
    if start != 0 {
        proof.push(range_root(start, width, reader)?);
    }
    proof.reverse();
    Ok(proof)
}

fn check_size<E>(size: u64) -> Result<(), MakeProofError<E>> {
    if size > MAX_TREE_SIZE {
        return Err(TreeTooLarge.into());
    }
    Ok(())
}

/// "Let k be the largest power of two smaller than n", for n of 2 and more.
fn split(width: u64) -> u64 {
    1 << (width - 1).ilog2()
}

/// The hash of the `width` leaves from `start`, where `start` is a multiple of the power of two at or above `width`.
fn range_root<R: HashReader>(
    start: u64,
    width: u64,
    reader: &R,
) -> Result<Hash, MakeProofError<R::Error>> {
    let mut root: Option<Hash> = None;
    // From the smallest subtree, at the right, towards the left.
    let mut end = start + width;
    while end > start {
        let level = (end - start).trailing_zeros();
        end -= 1 << level;
        let left = reader
            .hash(Node {
                level: level as u8,
                index: end >> level,
            })
            .map_err(MakeProofError::Read)?;
        root = Some(root.map_or(left, |right| node_hash(&left, &right)));
    }
    Ok(root.unwrap_or_else(empty_root))
}
