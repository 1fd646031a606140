//! The packs of an archive: which are there, and the lines of one.
//!
//! What is listed is as untrusted as any bytes: a file of a high number says nothing of how
//! many records there are.

use std::collections::BTreeMap;

use affiant_tlog::tile::{FULL_WIDTH, Slot, TileKind, TilePath};

use super::source::Listed;

/// How many records the packs that are there have room for, and the widest first pack.
pub(super) fn packs_listed(listed: &[Listed]) -> (u64, Option<Slot>) {
    let slot = |listed: &Listed| match listed {
        Listed::File(path) => Slot::from_path(path, "records/", ".jsonl"),
        Listed::Other(_) => None,
    };
    let slots = || listed.iter().filter_map(slot);
    let records = slots()
        .map(|slot| slot.start() + u64::from(slot.width()))
        .max()
        .unwrap_or(0);
    (
        records,
        slots().filter(|slot| slot.index() == 0).max_by_key(|slot| slot.width()),
    )
}

/// The slots of a log of `size` records of which the pack or the entry bundle is there, by
/// their first leaf.
pub(super) fn slots_listed(listed: &[Listed], size: u64) -> BTreeMap<u64, Slot> {
    let slot = |path: &str| {
        let entries = || TilePath::parse(path).filter(|tile| tile.kind() == TileKind::Entries);
        Slot::from_path(path, "records/", ".jsonl").or_else(|| entries().map(TilePath::slot))
    };
    let slots = listed.iter().filter_map(|listed| slot(listed.as_file()?));
    slots
        .filter(|slot| Slot::holding(slot.start(), size) == Some(*slot))
        .map(|slot| (slot.start(), slot))
        .collect()
}

/// Whether a log of `size` records has a pack or a tile of this path.
pub(super) fn is_of_size(path: &str, size: u64) -> bool {
    let pack = |prefix| Slot::from_path(path, prefix, ".jsonl").map(|slot| (slot, size));
    let tile = || {
        let tile = TilePath::parse(path)?;
        let level = match tile.kind() {
            TileKind::Entries => 0,
            TileKind::Hashes { level } => u32::from(level),
        };
        let hashes = size.checked_shr(level * FULL_WIDTH.ilog2()).unwrap_or(0);
        Some((tile.slot(), hashes))
    };
    let place = pack("records/").or_else(|| pack("disclosures/")).or_else(tile);
    place.is_some_and(|(slot, count)| Slot::holding(slot.start(), count) == Some(slot))
}

/// The lines of a pack, found once.
pub(super) struct Pack {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    width: usize,
}

impl Pack {
    pub(super) fn new(bytes: Vec<u8>, width: usize) -> Pack {
        let ends = bytes
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n')
            .map(|(at, _)| at);
        let ends = ends.take(width).collect();
        Pack { bytes, ends, width }
    }

    /// Line `index` without its line feed; empty where there is none.
    fn line(&self, index: usize) -> &[u8] {
        let start = match index {
            0 => 0,
            _ => self.ends.get(index - 1).map_or(self.bytes.len(), |end| end + 1),
        };
        let end = self.ends.get(index).copied().unwrap_or(self.bytes.len());
        &self.bytes[start..end]
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.width).map(|index| self.line(index))
    }
}
