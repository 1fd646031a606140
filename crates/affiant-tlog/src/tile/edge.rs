//! The growth of a log: which tiles and bundles to write when entries are added at its right edge.
//!
//! It writes nothing itself, and signs nothing.

use super::path::{FULL_WIDTH, TilePath, partial_slot, size_at, slots};
use super::{
    MAX_ENTRY_BYTES, ReadTileError, TileReader, encode_tile, parse_entries, read_tile, subtree_hash,
};
use crate::merkle::{Frontier, Hash, MAX_TREE_SIZE, TreeTooLarge, leaf_hash};

/// A tile or bundle to be written: its path and all its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTile {
    /// Where it goes.
    pub path: TilePath,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Why entries could not be appended. Nothing has changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// The entry at this place among those given is longer than [`MAX_ENTRY_BYTES`].
    #[error("entry {0} is longer than {MAX_ENTRY_BYTES} bytes")]
    EntryTooLong(usize),
    /// The tree would have more than [`MAX_TREE_SIZE`] leaves.
    #[error(transparent)]
    TreeTooLarge(#[from] TreeTooLarge),
}

/// The partial tiles and the partial bundle at the right edge of a log: all that is needed to append to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RightEdge {
    size: u64,
    /// At each level, the hashes of the partial tile: `size_at(level, size) % 256` of them.
    levels: Vec<Vec<Hash>>,
    /// The bytes of the partial bundle.
    bundle: Vec<u8>,
}

impl RightEdge {
    /// The edge of the empty log.
    pub fn new() -> RightEdge {
        RightEdge::default()
    }

    /// Reads the edge of a log of `size` entries, and checks that the partial bundle agrees with the leaf hashes.
    ///
    /// Compare [`root`](Self::root) with the checkpoint before you append: the tiles may have been changed.
    pub fn read<R: TileReader>(size: u64, tiles: &R) -> Result<RightEdge, ReadTileError<R::Error>> {
        if size > MAX_TREE_SIZE {
            return Err(TreeTooLarge.into());
        }
        let mut edge = RightEdge {
            size,
            ..RightEdge::default()
        };
        for level in (0..).take_while(|level| size_at(*level, size) > 0) {
            let partial = partial_slot(size_at(level, size));
            edge.levels.push(
                match partial.and_then(|slot| TilePath::hashes(level, slot)) {
                    Some(path) => read_tile(tiles, path)?,
                    None => Vec::new(),
                },
            );
        }
        if let Some(slot) = partial_slot(size) {
            let path = TilePath::entries(slot);
            edge.bundle = tiles
                .read(path)
                .map_err(|source| ReadTileError::Read { path, source })?;
            let entries = parse_entries(&edge.bundle, slot.width())
                .map_err(|error| ReadTileError::Malformed { path, error })?;
            for ((number, entry), leaf) in (0..).zip(entries).zip(&edge.levels[0]) {
                if leaf_hash(entry) != *leaf {
                    return Err(ReadTileError::EntryDiffers { path, number });
                }
            }
        }
        Ok(edge)
    }

    /// The number of entries in the log.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The largest complete subtrees of the log's tree.
    pub fn frontier(&self) -> Frontier {
        let mut subtrees = Vec::new();
        for hashes in self.levels.iter().rev() {
            let mut rest = hashes.as_slice();
            while !rest.is_empty() {
                let (left, right) = rest.split_at(1 << rest.len().ilog2());
                subtrees.push(subtree_hash(left));
                rest = right;
            }
        }
        Frontier::from_subtrees(self.size, subtrees)
            .expect("the widths of the partial tiles are the digits of the size in base 256")
    }

    /// The root hash of the log's tree.
    pub fn root(&self) -> Hash {
        self.frontier().root()
    }

    /// Appends entries and gives the files to be written: every full tile and bundle that they complete, and the
    /// partial ones at the new edge. Their paths are those of [`tile_paths`](super::tile_paths) from the old size to the new one, in order.
    pub fn append(&mut self, entries: &[impl AsRef<[u8]>]) -> Result<Vec<NewTile>, AppendError> {
        let too_long = |entry: &_| AsRef::<[u8]>::as_ref(entry).len() > MAX_ENTRY_BYTES;
        if let Some(number) = entries.iter().position(too_long) {
            return Err(AppendError::EntryTooLong(number));
        }
        if entries.len() as u64 > MAX_TREE_SIZE - self.size {
            return Err(TreeTooLarge.into());
        }
        let old_size = self.size;
        self.size += entries.len() as u64;
        let mut files = Vec::new();

        let mut added = entries.iter();
        let mut width = old_size % u64::from(FULL_WIDTH);
        for slot in slots(old_size, self.size) {
            for entry in added
                .by_ref()
                .take((u64::from(slot.width()) - width) as usize)
            {
                let entry = entry.as_ref();
                self.bundle.extend((entry.len() as u16).to_be_bytes());
                self.bundle.extend(entry);
            }
            width = 0;
            files.push(NewTile {
                path: TilePath::entries(slot),
                bytes: self.bundle.clone(),
            });
            if !slot.is_partial() {
                self.bundle.clear();
            }
        }

        // The hashes to add at a level are the leaf hashes, then the hashes of the tiles completed just below.
        let mut incoming: Vec<Hash> = entries.iter().map(|e| leaf_hash(e.as_ref())).collect();
        let mut level = 0;
        while !incoming.is_empty() {
            if self.levels.len() == usize::from(level) {
                self.levels.push(Vec::new());
            }
            let partial = &mut self.levels[usize::from(level)];
            let mut completed = Vec::new();
            let mut added = incoming.into_iter();
            for slot in slots(size_at(level, old_size), size_at(level, self.size)) {
                let missing = usize::from(slot.width()) - partial.len();
                partial.extend(added.by_ref().take(missing));
                files.push(NewTile {
                    path: TilePath::hashes(level, slot).expect("the new size is within the limit"),
                    bytes: encode_tile(partial),
                });
                if !slot.is_partial() {
                    completed.push(subtree_hash(partial));
                    partial.clear();
                }
            }
            incoming = completed;
            level += 1;
        }
        Ok(files)
    }
}
