//! Tiles and entry bundles: a log as a finite set of files that never change (`c2sp.org/tlog-tiles`).
//!
//! A log of 300 entries is these files besides its checkpoint:
//!
//! ```
//! let files: Vec<String> = affiant_tlog::tile::tile_paths(0, 300).map(|path| path.to_string()).collect();
//! assert_eq!(
//!     files,
//!     ["tile/entries/000", "tile/entries/001.p/44", "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"],
//! );
//! ```
//!
//! [`Slot`] is the part of a path that counts, and serves other files that come in groups of 256 as well.
//! [`RightEdge`] makes the files for a log that grows, [`TileHashReader`] reads hashes back out of them. Nothing here
//! opens a file, and nothing here compares a tile with a checkpoint: that is what a proof or [`RightEdge::root`] is for.

mod edge;
mod path;

use std::cell::RefCell;
use std::collections::BTreeMap;

pub use edge::{AppendError, NewTile, RightEdge};
pub use path::{FULL_WIDTH, Slot, TileKind, TilePath, slots, tile_paths};
use path::{TILE_HEIGHT, size_at};

use crate::merkle::{HASH_BYTES, Hash, HashReader, Node, TreeTooLarge, node_hash};

/// The longest entry, in bytes: its length is written as a uint16.
pub const MAX_ENTRY_BYTES: usize = u16::MAX as usize;

/// Why bytes are not the tile or bundle that they are to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// A tile of another length than 32 bytes for each hash.
    #[error("the tile has {got} bytes instead of {expected}")]
    Length {
        /// 32 times the width.
        expected: usize,
        /// What there is.
        got: usize,
    },
    /// A bundle that ends inside of an entry or before its last one.
    #[error("the entry bundle ends inside or before entry {0}, counted from 0 within it")]
    Truncated(u16),
    /// Bytes after the last entry of a bundle.
    #[error("the entry bundle goes on after its last entry")]
    Trailing,
}

/// Reads a tile of `width` hashes.
pub fn parse_tile(bytes: &[u8], width: u16) -> Result<Vec<Hash>, TileError> {
    let expected = usize::from(width) * HASH_BYTES;
    let (hashes, rest) = bytes.as_chunks();
    if hashes.len() != usize::from(width) || !rest.is_empty() {
        return Err(TileError::Length {
            expected,
            got: bytes.len(),
        });
    }
    Ok(hashes.iter().copied().map(Hash).collect())
}

/// The bytes of a tile: its hashes, one after another.
pub fn encode_tile(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// Reads a bundle of exactly `width` entries: "sequences of big-endian uint16 length-prefixed log entries".
pub fn parse_entries(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, TileError> {
    let mut entries = Vec::with_capacity(usize::from(width));
    let mut rest = bytes;
    for number in 0..width {
        let truncated = TileError::Truncated(number);
        let (length, after) = rest.split_first_chunk().ok_or(truncated)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, after) = after.split_at_checked(length).ok_or(truncated)?;
        entries.push(entry);
        rest = after;
    }
    if !rest.is_empty() {
        return Err(TileError::Trailing);
    }
    Ok(entries)
}

/// Gives the bytes of the tiles and bundles of a log.
pub trait TileReader {
    /// Why a file could not be read.
    type Error;

    /// The bytes of a tile or bundle, exactly as wide as the path says. Where a wider one has replaced it, the reader
    /// may cut that one.
    fn read(&self, path: TilePath) -> Result<Vec<u8>, Self::Error>;
}

/// Why tiles could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadTileError<E> {
    /// The reader could not give the bytes.
    #[error("{path} could not be read")]
    Read {
        /// Which tile or bundle.
        path: TilePath,
        /// Why.
        #[source]
        source: E,
    },
    /// The bytes are no such tile or bundle.
    #[error("{path}: {error}")]
    Malformed {
        /// Which tile or bundle.
        path: TilePath,
        /// Why not.
        error: TileError,
    },
    /// An entry of a bundle does not hash to the leaf in the tile.
    #[error("{path}: entry {number}, counted from 0 within it, is not the one in the tree")]
    EntryDiffers {
        /// Which bundle.
        path: TilePath,
        /// The entry's place in the bundle.
        number: u16,
    },
    /// A hash was asked for that no tile of a tree of this size has.
    #[error("the tree has no complete subtree {} of level {}", .0.index, .0.level)]
    OutsideTree(Node),
    /// The tree has more than [`MAX_TREE_SIZE`](crate::merkle::MAX_TREE_SIZE) leaves.
    #[error(transparent)]
    TreeTooLarge(#[from] TreeTooLarge),
}

/// Reads the hashes of complete subtrees out of the tiles of a tree of a certain size.
///
/// It keeps the last full tile and the partial tile of each level, hashed, so that proofs of neighbouring leaves read and
/// hash each tile once.
#[derive(Debug)]
pub struct TileHashReader<'a, R> {
    size: u64,
    tiles: &'a R,
    /// By level, and whether the tile is partial.
    kept: RefCell<BTreeMap<(u8, bool), KeptTile>>,
}

#[derive(Debug)]
struct KeptTile {
    path: TilePath,
    /// The hashes of the tile, then those of each pair of them, and so on up to its root; only of complete pairs.
    rows: Vec<Vec<Hash>>,
}

impl<'a, R: TileReader> TileHashReader<'a, R> {
    /// Reads from the tiles that exist for a tree of `size` leaves.
    pub fn new(size: u64, tiles: &'a R) -> TileHashReader<'a, R> {
        TileHashReader {
            size,
            tiles,
            kept: RefCell::default(),
        }
    }
}

impl<R: TileReader> HashReader for TileHashReader<'_, R> {
    type Error = ReadTileError<R::Error>;

    fn hash(&self, node: Node) -> Result<Hash, Self::Error> {
        let outside = ReadTileError::OutsideTree(node);
        let level = node.level / TILE_HEIGHT;
        // The subtree lies over 2^height hashes of one tile, since those runs do not cross tiles.
        let height = node.level % TILE_HEIGHT;
        let Some(first) = node.index.checked_mul(1 << height) else {
            return Err(outside);
        };
        let Some(path) = Slot::holding(first, size_at(level, self.size))
            .and_then(|slot| TilePath::hashes(level, slot))
        else {
            return Err(outside);
        };
        let in_tile = |tile: &KeptTile| {
            let index = (first % u64::from(FULL_WIDTH)) as usize >> height;
            let row = tile.rows.get(usize::from(height))?;
            row.get(index).copied()
        };
        let place = (level, path.slot().is_partial());
        let mut kept = self.kept.borrow_mut();
        if let Some(tile) = kept.get(&place)
            && tile.path == path
        {
            return in_tile(tile).ok_or(outside);
        }
        let tile = KeptTile {
            path,
            rows: rows_of_pairs(read_tile(self.tiles, path)?),
        };
        let hash = in_tile(&tile).ok_or(outside);
        kept.insert(place, tile);
        hash
    }
}

fn rows_of_pairs(hashes: Vec<Hash>) -> Vec<Vec<Hash>> {
    let mut rows = vec![hashes];
    while let Some(row) = rows.last()
        && row.len() > 1
    {
        let (pairs, _) = row.as_chunks();
        let above = pairs.iter().map(|[left, right]| node_hash(left, right));
        rows.push(above.collect());
    }
    rows
}

fn read_tile<R: TileReader>(
    tiles: &R,
    path: TilePath,
) -> Result<Vec<Hash>, ReadTileError<R::Error>> {
    let bytes = tiles
        .read(path)
        .map_err(|source| ReadTileError::Read { path, source })?;
    parse_tile(&bytes, path.slot().width())
        .map_err(|error| ReadTileError::Malformed { path, error })
}

/// The Merkle tree hash over the hashes of adjacent subtrees of one height, of which there are a power of two.
fn subtree_hash(hashes: &[Hash]) -> Hash {
    match hashes {
        [hash] => *hash,
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            node_hash(&subtree_hash(left), &subtree_hash(right))
        }
    }
}
