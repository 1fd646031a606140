//! The paths of tiles and bundles, and which of them exist: `tile/0/x001/x234/067` (`c2sp.org/tlog-tiles`, "Merkle Tree"
//! and "Partial Tiles").
//!
//! It knows no bytes of tiles.

use std::fmt;

use crate::decimal;
use crate::merkle::MAX_TREE_SIZE;

/// The hashes in a full tile, and the entries in a full bundle.
pub const FULL_WIDTH: u16 = 256;

/// The levels of the tree that one tile spans: 2^8 is 256.
pub(super) const TILE_HEIGHT: u8 = 8;

/// The longest path that is read, in bytes; one within the limits is shorter.
const MAX_PATH_BYTES: usize = 128;

/// A run of up to 256 consecutive items, those from `index * 256` on, and its place in a path: `000` to `999`,
/// `x001/000` and on; with `.p/<W>` where it is only `W` wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot {
    index: u64,
    width: u16,
}

impl Slot {
    /// The slot of `width` items at `index`. `None` if the width is not 1 to 256, or the last item is beyond
    /// [`MAX_TREE_SIZE`].
    pub fn new(index: u64, width: u16) -> Option<Slot> {
        let end = index
            .checked_mul(u64::from(FULL_WIDTH))?
            .checked_add(u64::from(width))?;
        ((1..=FULL_WIDTH).contains(&width) && end <= MAX_TREE_SIZE).then_some(Slot { index, width })
    }

    /// The slot that holds `item` (from 0) where there are `count` items; `None` if there is no such item.
    pub fn holding(item: u64, count: u64) -> Option<Slot> {
        let index = item / u64::from(FULL_WIDTH);
        let width = (count.checked_sub(index * u64::from(FULL_WIDTH))?).min(u64::from(FULL_WIDTH));
        (item < count).then_some(())?;
        Slot::new(index, width as u16)
    }

    /// Its place among the slots, from 0.
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many items it holds, 1 to 256.
    pub fn width(self) -> u16 {
        self.width
    }

    /// Whether it holds fewer than 256 items.
    pub fn is_partial(self) -> bool {
        self.width < FULL_WIDTH
    }

    /// The number of its first item.
    pub fn start(self) -> u64 {
        self.index * u64::from(FULL_WIDTH)
    }

    /// The path: `slot.path("records/", ".jsonl")` is `records/x001/234.jsonl`, or `records/x001/234.p/56.jsonl` where the
    /// slot is 56 wide.
    pub fn path(self, prefix: &str, suffix: &str) -> String {
        let mut elements = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            elements = format!("x{:03}/{elements}", rest % 1000);
            rest /= 1000;
        }
        if self.is_partial() {
            format!("{prefix}{elements}.p/{}{suffix}", self.width)
        } else {
            format!("{prefix}{elements}{suffix}")
        }
    }

    /// Reads what [`path`](Self::path) printed with the same prefix and suffix, and nothing else.
    ///
    /// "`<N>` … MUST be a non-negative integer encoded into zero-padded 3-digit path elements. All but the last path
    /// element MUST begin with an `x`."
    pub fn from_path(path: &str, prefix: &str, suffix: &str) -> Option<Slot> {
        if path.len() > MAX_PATH_BYTES {
            return None;
        }
        let number = path.strip_prefix(prefix)?.strip_suffix(suffix)?;
        let (elements, width) = match number.split_once(".p/") {
            Some((elements, width)) => (elements, u16::try_from(decimal::parse(width)?).ok()?),
            None => (number, FULL_WIDTH),
        };
        let mut index: u64 = 0;
        for element in elements.split('/') {
            let digits = element.strip_prefix('x').unwrap_or(element);
            index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
        }
        // What would be another spelling of a number, a misplaced `x` among it, prints differently.
        Slot::new(index, width).filter(|slot| slot.path(prefix, suffix) == path)
    }
}

/// The slots that come into being or become wider when `old_count` items become `new_count`, in order: each full one,
/// then the partial one at the end. From 0, these are all the slots of `new_count` items.
pub fn slots(old_count: u64, new_count: u64) -> impl Iterator<Item = Slot> {
    let full = u64::from(FULL_WIDTH);
    let end = if old_count < new_count {
        new_count.div_ceil(full)
    } else {
        0
    };
    (old_count / full..end).map_while(move |index| Slot::holding(index * full, new_count))
}

/// What a file under `tile/` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TileKind {
    /// Entries, each with its length before it.
    Entries,
    /// Hashes of complete subtrees of 256^level leaves.
    Hashes {
        /// 0 for leaf hashes.
        level: u8,
    },
}

/// The path of a tile or of an entry bundle. It prints as `tile/0/x001/x234/067`, or `tile/entries/000.p/5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TilePath {
    kind: TileKind,
    slot: Slot,
}

impl TilePath {
    /// The path of a bundle of entries.
    pub fn entries(slot: Slot) -> TilePath {
        TilePath {
            kind: TileKind::Entries,
            slot,
        }
    }

    /// The path of a tile of hashes; `None` if the tile is beyond a tree of [`MAX_TREE_SIZE`], as all above level 5 are.
    pub fn hashes(level: u8, slot: Slot) -> Option<TilePath> {
        let end = slot.start() + u64::from(slot.width);
        let limit = MAX_TREE_SIZE.checked_shr(u32::from(level) * u32::from(TILE_HEIGHT))?;
        (end <= limit).then_some(TilePath {
            kind: TileKind::Hashes { level },
            slot,
        })
    }

    /// Reads a path, in its one spelling; `None` for anything that is not the path of a possible tile or bundle.
    pub fn parse(path: &str) -> Option<TilePath> {
        let rest = path.strip_prefix("tile/")?;
        let (kind, number) = rest.split_once('/')?;
        let slot = Slot::from_path(number, "", "")?;
        if kind == "entries" {
            return Some(TilePath::entries(slot));
        }
        // "`<L>` … MUST be a decimal ASCII integer between 0 and 63, with no additional leading zeroes."
        let level = u8::try_from(decimal::parse(kind)?).ok()?;
        TilePath::hashes(level, slot)
    }

    /// What the file holds.
    pub fn kind(self) -> TileKind {
        self.kind
    }

    /// Which of its kind it is, and how wide.
    pub fn slot(self) -> Slot {
        self.slot
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = match self.kind {
            TileKind::Entries => "tile/entries/".to_owned(),
            TileKind::Hashes { level } => format!("tile/{level}/"),
        };
        f.write_str(&self.slot.path(&prefix, ""))
    }
}

/// The tiles and bundles that come into being, or become wider, when a log grows from `old_size` to `new_size` entries:
/// the bundles first, then the tiles from level 0 upwards. From 0, these are all the files of a log of `new_size`.
///
/// There is none if `new_size` is over [`MAX_TREE_SIZE`].
pub fn tile_paths(old_size: u64, new_size: u64) -> impl Iterator<Item = TilePath> {
    let new_size = if new_size > MAX_TREE_SIZE {
        0
    } else {
        new_size
    };
    let bundles = slots(old_size, new_size).map(TilePath::entries);
    let tiles = (0..)
        .take_while(move |level| size_at(*level, new_size) > 0)
        .flat_map(move |level| {
            slots(size_at(level, old_size), size_at(level, new_size))
                .filter_map(move |slot| TilePath::hashes(level, slot))
        });
    bundles.chain(tiles)
}

/// "`floor(s / 256**l)`": how many hashes there are at a level, over all its tiles.
pub(super) fn size_at(level: u8, size: u64) -> u64 {
    size.checked_shr(u32::from(level) * u32::from(TILE_HEIGHT))
        .unwrap_or(0)
}

/// The partial slot at the end of `count` items, if the last one is partial.
pub(super) fn partial_slot(count: u64) -> Option<Slot> {
    Slot::holding(count.checked_sub(1)?, count).filter(|slot| slot.is_partial())
}
