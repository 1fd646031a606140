//! Which packs, tiles and exhibits an archive of some size has.

use affiant::archive::{disclosures_path, records_path};
use affiant::digest::Digest;
use affiant_tlog::tile::{FULL_WIDTH, Slot, TileKind, TilePath, slots, tile_paths};

/// The packs and tiles of a log of `size` records that have room, and that wider ones will
/// replace.
pub(crate) fn partial_paths(size: u64) -> impl Iterator<Item = String> {
    let whole = size - size % u64::from(FULL_WIDTH);
    let packs = slots(whole, size).flat_map(|slot| [records_path(slot), disclosures_path(slot)]);
    let tiles = tile_paths(0, size).filter(|path| path.slot().is_partial());
    packs.chain(tiles.map(|path| path.to_string()))
}

/// Whether a path is that of an exhibit's bytes.
pub(crate) fn is_exhibit(path: &str) -> bool {
    let Some((folder, name)) = path.strip_prefix("exhibits/").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    folder.len() == 2 && Digest::from_hex(&format!("{folder}{name}")).is_ok()
}

/// Whether a path is that of a pack or tile of some log.
pub(crate) fn is_pack_or_tile(path: &str) -> bool {
    pack_slot(path).is_some() || TilePath::parse(path).is_some()
}

/// Whether a log of `size` records has a pack or tile of this path.
pub(crate) fn is_of_layout(path: &str, size: u64) -> bool {
    if let Some(slot) = pack_slot(path) {
        return Slot::holding(slot.start(), size) == Some(slot);
    }
    let Some(tile) = TilePath::parse(path) else {
        return false;
    };
    let count = match tile.kind() {
        TileKind::Entries => size,
        TileKind::Hashes { level } => size.checked_shr(8 * u32::from(level)).unwrap_or(0),
    };
    Slot::holding(tile.slot().start(), count) == Some(tile.slot())
}

fn pack_slot(path: &str) -> Option<Slot> {
    Slot::from_path(path, "records/", ".jsonl").or_else(|| Slot::from_path(path, "disclosures/", ".jsonl"))
}
