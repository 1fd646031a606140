use affiant_tlog::merkle::{
    Frontier, Hash, HashReader, MAX_TREE_SIZE, Node, TreeTooLarge, consistency_proof,
    inclusion_proof, leaf_hash, verify_consistency, verify_inclusion,
};
use affiant_tlog::tile::{
    AppendError, FULL_WIDTH, MAX_ENTRY_BYTES, ReadTileError, RightEdge, Slot, TileError,
    TileHashReader, TileKind, TilePath, encode_tile, parse_entries, parse_tile, slots, tile_paths,
};
use proptest::prelude::*;

use crate::support::{Absent, Files, entries, frontier, leaves};

/// Two full tiles at level 0, one partial; one partial at level 1.
const SIZE: u64 = 600;

fn paths(old: u64, new: u64) -> Vec<String> {
    tile_paths(old, new).map(|path| path.to_string()).collect()
}

/// "Index 1234067 will be encoded as `x001/x234/067`."
#[test]
fn paths_of_the_specification() {
    let path = TilePath::parse("tile/0/x001/x234/067").unwrap();
    assert_eq!(path.slot().index(), 1_234_067);
    assert_eq!(path.slot().width(), FULL_WIDTH);
    assert_eq!(path.kind(), TileKind::Hashes { level: 0 });
    assert_eq!(path.to_string(), "tile/0/x001/x234/067");
}

/// "A tree of size 70,000 will be represented by 273 full level 0 tiles, one partial level 0 tile of width 112, one full
/// level 1 tile, one partial level 1 tile of width 17, and one partial level 2 tile of width 1."
#[test]
fn tiles_of_the_specification() {
    let all = paths(0, 70_000);
    let at = |prefix: &str| -> Vec<&String> {
        all.iter().filter(|path| path.starts_with(prefix)).collect()
    };
    let level_0 = at("tile/0/");
    assert_eq!(level_0.len(), 274);
    assert_eq!(level_0[272], "tile/0/272");
    assert_eq!(level_0[273], "tile/0/273.p/112");
    assert_eq!(at("tile/1/"), ["tile/1/000", "tile/1/001.p/17"]);
    assert_eq!(at("tile/2/"), ["tile/2/000.p/1"]);
    assert_eq!(at("tile/entries/").len(), 274);
    assert_eq!(all.len(), 274 + 274 + 3);
    assert_eq!(
        paths(0, 256),
        ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]
    );
    assert_eq!(paths(0, 0), [""; 0]);
    assert_eq!(paths(256, 256), [""; 0]);
    assert_eq!(paths(257, 256), [""; 0]);
    assert_eq!(paths(0, MAX_TREE_SIZE + 1), [""; 0]);
    assert_eq!(
        paths(MAX_TREE_SIZE - 1, MAX_TREE_SIZE).last().unwrap(),
        "tile/5/000.p/1"
    );
    assert_eq!(
        paths(255, 258),
        [
            "tile/entries/000",
            "tile/entries/001.p/2",
            "tile/0/000",
            "tile/0/001.p/2",
            "tile/1/000.p/1"
        ]
    );
}

#[test]
fn slots_of_other_files() {
    let full = Slot::new(1234, FULL_WIDTH).unwrap();
    assert_eq!(full.path("records/", ".jsonl"), "records/x001/234.jsonl");
    let partial = Slot::new(1234, 56).unwrap();
    assert_eq!(
        partial.path("records/", ".jsonl"),
        "records/x001/234.p/56.jsonl"
    );
    for slot in [full, partial] {
        let path = slot.path("records/", ".jsonl");
        assert_eq!(Slot::from_path(&path, "records/", ".jsonl"), Some(slot));
        assert_eq!(Slot::from_path(&path, "disclosures/", ".jsonl"), None);
        assert_eq!(Slot::from_path(&path, "records/", ""), None);
    }
    assert_eq!(Slot::holding(0, 5), Slot::new(0, 5));
    assert_eq!(Slot::holding(255, 256), Slot::new(0, 256));
    assert_eq!(Slot::holding(256, 257), Slot::new(1, 1));
    assert_eq!(Slot::holding(5, 5), None);
    assert_eq!(Slot::holding(256, 256), None);
    assert_eq!(Slot::new(3, 7).unwrap().start(), 768);
    assert!(Slot::new(3, 7).unwrap().is_partial());
    assert_eq!(Slot::new(0, 0), None);
    assert_eq!(Slot::new(0, 257), None);
    assert_eq!(Slot::new(u64::MAX, 1), None);
    assert_eq!(Slot::new(MAX_TREE_SIZE / 256, 1), None);
    assert!(Slot::new(MAX_TREE_SIZE / 256 - 1, 256).is_some());
}

#[test]
fn other_spellings_of_paths_are_refused() {
    for path in [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/1000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001/x002",
        "tile/0/x001",
        "tile/0/xx01",
        "tile/0/x001//002",
        "tile/0/+01",
        "tile/0/-01",
        "tile/0/ 01",
        "tile/0/001/",
        "/tile/0/001",
        "tile/0/001\n",
        "tile/00/001",
        "tile/+1/001",
        "tile/6/000.p/1",
        "tile/63/000.p/1",
        "tile/64/000.p/1",
        "tile/256/000",
        "tile/5/000.p/2",
        "tile/data/000",
        "tile/Entries/000",
        "tile/0/001.p/0",
        "tile/0/001.p/00",
        "tile/0/001.p/01",
        "tile/0/001.p/256",
        "tile/0/001.p/257",
        "tile/0/001.p/65537",
        "tile/0/001.p/",
        "tile/0/001.p",
        "tile/0/001.p/5.p/5",
        "tile/0/001/5",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/0/../../etc/passwd",
        "checkpoint",
    ] {
        assert_eq!(TilePath::parse(path), None, "{path}");
    }
    assert!(TilePath::parse("tile/5/000.p/1").is_some());
    assert!(TilePath::parse("tile/0/x999/999.p/255").is_some());
}

#[test]
fn growing_by_any_steps_gives_the_same_files() {
    let whole = Files::of_size(SIZE);
    assert_eq!(whole.0.keys().len(), tile_paths(0, SIZE).count());
    for step in [1, 7, 255, 256, 257, 300] {
        let mut files = Files::default();
        let mut edge = RightEdge::new();
        while edge.size() < SIZE {
            let new_size = (edge.size() + step).min(SIZE);
            let expected = paths(edge.size(), new_size);
            let written = edge.append(&entries(edge.size()..new_size)).unwrap();
            let names: Vec<String> = written.iter().map(|file| file.path.to_string()).collect();
            assert_eq!(names, expected);
            for file in written {
                files.0.insert(file.path.to_string(), file.bytes);
            }
            assert_eq!(RightEdge::read(new_size, &files), Ok(edge.clone()));
        }
        assert_eq!(edge.frontier(), frontier(SIZE));
        for (path, bytes) in &whole.0 {
            assert_eq!(files.0.get(path), Some(bytes), "{path}, by steps of {step}");
        }
    }
}

#[test]
fn appending_nothing_writes_nothing() {
    let mut edge = RightEdge::new();
    assert_eq!(edge.append(&entries(0..0)), Ok(Vec::new()));
    assert_eq!(edge, RightEdge::new());
    assert_eq!(edge.frontier(), Frontier::new());
}

#[test]
fn tiles_hold_what_the_specification_says() {
    let files = Files::of_size(SIZE);
    let leaves = leaves(SIZE);
    assert_eq!(files.0["tile/0/001"], encode_tile(&leaves[256..512]));
    assert_eq!(files.0["tile/0/002.p/88"], encode_tile(&leaves[512..]));
    assert_eq!(files.0["tile/0/000"].len(), 8192);
    let level_1 = parse_tile(&files.0["tile/1/000.p/2"], 2).unwrap();
    assert_eq!(level_1[0], frontier(256).root());
    let bundle = &files.0["tile/entries/002.p/88"];
    assert_eq!(bundle.len(), 88 * 34);
    let expected = entries(512..SIZE);
    assert_eq!(parse_entries(bundle, 88).unwrap(), expected);
}

#[test]
fn proofs_out_of_tiles_verify() {
    let files = Files::of_size(SIZE);
    let leaves = leaves(SIZE);
    let reader = TileHashReader::new(SIZE, &files);
    let root = frontier(SIZE).root();
    assert_eq!(Frontier::read(SIZE, &reader), Ok(frontier(SIZE)));
    for index in 0..SIZE {
        let proof = inclusion_proof(index, SIZE, &reader).unwrap();
        let leaf = leaves[index as usize];
        assert_eq!(verify_inclusion(index, SIZE, &leaf, &proof, &root), Ok(()));
    }
    let mut old = Frontier::new();
    for leaf in leaves {
        let proof = consistency_proof(old.size(), SIZE, &reader).unwrap();
        assert_eq!(
            verify_consistency(old.size(), &old.root(), SIZE, &root, &proof),
            Ok(())
        );
        old.append(leaf).unwrap();
    }
}

#[test]
fn hashes_outside_of_the_tree_are_not_read() {
    let files = Files::of_size(SIZE);
    let reader = TileHashReader::new(SIZE, &files);
    for (level, index) in [
        (0, SIZE),
        (0, u64::MAX),
        (1, SIZE / 2),
        (3, SIZE / 8),
        (7, 4),
        (7, u64::MAX),
        (8, 2),
        (9, 1),
        (16, 0),
        (63, 0),
        (64, 0),
        (255, 0),
        (255, u64::MAX),
    ] {
        let node = Node { level, index };
        assert_eq!(reader.hash(node), Err(ReadTileError::OutsideTree(node)));
    }
    assert!(reader.hash(Node { level: 9, index: 0 }).is_ok());
}

#[test]
fn a_missing_or_malformed_tile_is_named() {
    let mut files = Files::of_size(SIZE);
    let path = TilePath::parse("tile/0/002.p/88").unwrap();
    let tile = files.0.remove("tile/0/002.p/88").unwrap();
    assert_eq!(
        RightEdge::read(SIZE, &files),
        Err(ReadTileError::Read {
            path,
            source: Absent
        })
    );
    for bytes in [
        tile[1..].to_vec(),
        [&tile[..], &[0]].concat(),
        [&tile[..], &[0; 32]].concat(),
    ] {
        let error = TileError::Length {
            expected: tile.len(),
            got: bytes.len(),
        };
        files.0.insert(path.to_string(), bytes);
        let malformed = ReadTileError::Malformed { path, error };
        assert_eq!(RightEdge::read(SIZE, &files), Err(malformed));
        let reader = TileHashReader::new(SIZE, &files);
        let node = Node {
            level: 0,
            index: SIZE - 1,
        };
        assert_eq!(reader.hash(node), Err(malformed));
    }
    files.0.insert(path.to_string(), tile);

    let path = TilePath::parse("tile/entries/002.p/88").unwrap();
    files.0.get_mut("tile/entries/002.p/88").unwrap()[34 * 3 + 2] ^= 1;
    assert_eq!(
        RightEdge::read(SIZE, &files),
        Err(ReadTileError::EntryDiffers { path, number: 3 })
    );
    files.0.get_mut("tile/entries/002.p/88").unwrap().push(0);
    let error = TileError::Trailing;
    assert_eq!(
        RightEdge::read(SIZE, &files),
        Err(ReadTileError::Malformed { path, error })
    );
    assert_eq!(
        RightEdge::read(MAX_TREE_SIZE + 1, &files),
        Err(ReadTileError::TreeTooLarge(TreeTooLarge))
    );
}

#[test]
fn a_changed_tile_shows_in_the_root() {
    let root = frontier(SIZE).root();
    let files = Files::of_size(SIZE);
    assert_eq!(RightEdge::read(SIZE, &files).unwrap().root(), root);
    let mut changed = Files(files.0.clone());
    changed.0.get_mut("tile/1/000.p/2").unwrap()[40] ^= 1;
    assert_ne!(RightEdge::read(SIZE, &changed).unwrap().root(), root);
}

#[test]
fn entries_of_any_length_up_to_the_limit() {
    let longest = vec![7; MAX_ENTRY_BYTES];
    let entries: [&[u8]; 3] = [b"", b"a", &longest];
    let mut edge = RightEdge::new();
    let files = edge.append(&entries).unwrap();
    assert_eq!(parse_entries(&files[0].bytes, 3).unwrap(), entries);

    let before = edge.clone();
    let too_long = vec![7; MAX_ENTRY_BYTES + 1];
    assert_eq!(
        edge.append(&[&b"a"[..], &too_long]),
        Err(AppendError::EntryTooLong(1))
    );
    assert_eq!(edge, before);
}

#[test]
fn malformed_bundles_are_refused() {
    let bundle = b"\x00\x01a\x00\x00\x00\x02bc";
    assert_eq!(parse_entries(bundle, 3).unwrap(), [&b"a"[..], b"", b"bc"]);
    for end in 0..bundle.len() {
        assert!(
            matches!(
                parse_entries(&bundle[..end], 3),
                Err(TileError::Truncated(_))
            ),
            "{end}"
        );
    }
    assert_eq!(parse_entries(bundle, 2), Err(TileError::Trailing));
    assert_eq!(parse_entries(bundle, 4), Err(TileError::Truncated(3)));
}

proptest! {
    #[test]
    fn an_accepted_path_prints_the_same(
        path in "tile/(entries|[0-9]{1,2})(/x?[0-9]{2,4}){1,5}(\\.p/[0-9]{1,3})?",
    ) {
        if let Some(parsed) = TilePath::parse(&path) {
            prop_assert_eq!(parsed.to_string(), path);
        }
    }

    #[test]
    fn a_slot_reads_back(index in 0..MAX_TREE_SIZE / 256, width in 1..=FULL_WIDTH) {
        let slot = Slot::new(index, width).unwrap();
        prop_assert_eq!(Slot::from_path(&slot.path("a/", ".b"), "a/", ".b"), Some(slot));
        let path = TilePath::entries(slot);
        prop_assert_eq!(TilePath::parse(&path.to_string()), Some(path));
    }

    #[test]
    fn slots_cover_the_new_items_once(old in 0u64..3000, added in 0u64..3000) {
        let new = old + added;
        let slots: Vec<Slot> = slots(old, new).collect();
        let mut covered = old - old % 256;
        for slot in &slots {
            prop_assert_eq!(slot.start(), covered);
            covered += u64::from(slot.width());
        }
        prop_assert!(slots.is_empty() == (added == 0) && (added == 0 || covered == new));
    }

    #[test]
    fn no_path_of_any_text_panics(path in "\\PC{0,140}") {
        if let Some(parsed) = TilePath::parse(&path) {
            prop_assert_eq!(parsed.to_string(), path);
        }
    }

    #[test]
    fn a_bundle_reads_back(
        entries in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 1..300),
    ) {
        let mut edge = RightEdge::new();
        let mut expected = entries.iter();
        for file in edge.append(&entries).unwrap() {
            match file.path.kind() {
                TileKind::Entries => for entry in parse_entries(&file.bytes, file.path.slot().width()).unwrap() {
                    prop_assert_eq!(entry, expected.next().unwrap());
                },
                TileKind::Hashes { level } => {
                    let hashes = parse_tile(&file.bytes, file.path.slot().width()).unwrap();
                    prop_assert_eq!(encode_tile(&hashes), file.bytes);
                    if level == 0 {
                        let start = file.path.slot().start() as usize;
                        let leaves: Vec<Hash> = entries[start..start + hashes.len()].iter().map(|e| leaf_hash(e)).collect();
                        prop_assert_eq!(hashes, leaves);
                    }
                }
            }
        }
        prop_assert!(expected.next().is_none());
    }

    #[test]
    fn any_bytes_are_a_bundle_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200), width in 0u16..300) {
        if let Ok(entries) = parse_entries(&bytes, width) {
            let length: usize = entries.iter().map(|entry| entry.len() + 2).sum();
            prop_assert_eq!(length, bytes.len());
        }
    }
}
