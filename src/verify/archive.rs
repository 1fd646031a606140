//! Verifying an archive from nothing but its bytes, in one pass over its packs.
//!
//! The procedure is that of spec/verification.md, "An archive". Memory is bounded by one
//! pack and by the ids of records, labels, parties and exhibits.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use affiant_tlog::checkpoint::{Checkpoint, VerifiedCheckpoint};
use affiant_tlog::merkle::{Hash, leaf_hash};
use affiant_tlog::note::{MAX_NOTE_BYTES, Note};
use affiant_tlog::tile::{self, FULL_WIDTH, NewTile, RightEdge, Slot, TileKind, TilePath};

use crate::archive::{self, MAX_DISCLOSURES_PACK, MAX_RECORDS_PACK, exhibit_path};
use crate::check::{Code, Place};
use crate::digest::Digest;
use crate::record::ExhibitId;

use super::admit::{Admission, Completeness, ExhibitBytes};
use super::examine::{Disclosures, Examined, examine};
use super::leaf0::{LogKey, log_key};
use super::packs::{Pack, is_of_size, packs_listed, slots_listed};
use super::report::{LogSeen, Verification, Verified};
use super::source::{ArchiveSource, Listed, SourceError};
use super::trust::Trust;

/// The longest `archive.toml`, in bytes.
const MAX_ARCHIVE_TOML: usize = 64 * 1024;
/// The longest journal of an unfinished append, in bytes.
const MAX_PENDING: usize = 64 * 1024 * 1024;

/// How to verify.
#[derive(Debug, Clone)]
pub struct Options<'t> {
    /// The reader's pins.
    pub trust: &'t Trust,
    /// The last checkpoint of this log that the reader saw, if any.
    pub seen: Option<&'t Checkpoint>,
    /// On how many threads envelopes are examined; 1 starts none.
    pub threads: usize,
}

/// Verifies an archive.
///
/// # Errors
/// [`SourceError`], where bytes could not be read at all. Whatever is wrong with bytes
/// that could be read is in the [`Verification`].
pub fn archive(source: &mut dyn ArchiveSource, options: &Options<'_>) -> Result<Verification, SourceError> {
    let mut run = Run {
        source,
        options,
        report: Verification::new(Verified::Archive),
        admission: Admission::new(options.trust, Completeness::Whole),
        edge: RightEdge::new(),
        partial: BTreeMap::new(),
        seen_root: None,
        gap: false,
        expected: HashSet::new(),
    };
    run.verify()?;
    Ok(run.report)
}

struct Run<'a> {
    source: &'a mut dyn ArchiveSource,
    options: &'a Options<'a>,
    report: Verification,
    admission: Admission<'a>,
    /// The tree of what was logged, as far as it was read.
    edge: RightEdge,
    /// Above the leaves, the tile of each level that has still room.
    partial: BTreeMap<u8, NewTile>,
    /// The root when the tree was as large as the reader last saw it.
    seen_root: Option<Hash>,
    /// Whether a pack was missing, so that the tree is not known from there on.
    gap: bool,
    /// Every path that the layout has for this size.
    expected: HashSet<String>,
}

impl Run<'_> {
    fn verify(&mut self) -> Result<(), SourceError> {
        let listed = self.source.list()?;
        self.expected.extend(["archive.toml", "checkpoint"].map(str::to_owned));
        let Some((note, unverified)) = self.read_checkpoint()? else {
            return Ok(());
        };
        // An unsigned size is no guide to how much to read: the packs that are there are.
        let (packs, widest) = packs_listed(&listed);
        // Leaf 0 is that of the pack that the checkpoint counts, and of no other file of
        // that name that may lie beside it.
        let first = Slot::holding(0, unverified.size());
        let first = first.filter(|slot| {
            let path = archive::records_path(*slot);
            listed.iter().any(|listed| listed.as_file() == Some(&path))
        });
        let signed = self.verify_checkpoint(note, &unverified, first.or(widest))?;
        let size = if signed { unverified.size() } else { packs };
        self.verify_packs(size, &listed)?;
        for tile in std::mem::take(&mut self.partial).into_values() {
            self.verify_tile(&tile)?;
        }
        let same = self.edge.root() == unverified.root() && self.edge.size() == unverified.size();
        let same = if same {
            Ok(())
        } else {
            Err("the records do not give the tree that the checkpoint signs")
        };
        self.report.settle(Code::TreeRoot, &Place::file("checkpoint"), same);
        if signed {
            self.compare_log_keys();
            self.compare_with_seen(&unverified);
        }
        self.verify_archive_toml()?;
        self.verify_exhibits()?;
        self.check_layout(listed, size)?;
        self.admission.establish(&mut self.report);
        Ok(())
    }

    fn read_checkpoint(&mut self) -> Result<Option<(Note, Checkpoint)>, SourceError> {
        let bytes = self.source.read("checkpoint", MAX_NOTE_BYTES)?;
        let read = || -> Result<(Note, Checkpoint), String> {
            let bytes = bytes.ok_or("there is no checkpoint")?;
            let note = Note::parse(&bytes).map_err(|error| error.to_string())?;
            let checkpoint = Checkpoint::parse_unverified(note.unverified_text()).map_err(|error| error.to_string())?;
            // Cosignatures are kept in proofs/, so that a signature that nobody checks is
            // never taken for one that somebody did.
            if note.unverified_signatures().len() != 1 {
                return Err("the checkpoint bears other signatures than the log's own".to_owned());
            }
            Ok((note, checkpoint))
        };
        let read = read();
        self.report.settle(
            Code::CheckpointSyntax,
            &Place::file("checkpoint"),
            read.as_ref().map(|_| ()),
        );
        Ok(read.ok())
    }

    /// Verifies the checkpoint by the log key that leaf 0 names. What that key is worth,
    /// the reader's pins decide.
    fn verify_checkpoint(
        &mut self,
        note: Note,
        unverified: &Checkpoint,
        widest: Option<Slot>,
    ) -> Result<bool, SourceError> {
        let place = Place::file("checkpoint");
        let pack = widest.map(archive::records_path);
        let line = match &pack {
            Some(path) => self.source.read(path, MAX_RECORDS_PACK)?,
            None => None,
        };
        let line = line
            .as_deref()
            .and_then(|bytes| bytes.split(|byte| *byte == b'\n').next());
        let read = line.map_or(LogKey::Missing, log_key);
        let LogKey::Named(key) = read else {
            let place = Place {
                file: pack
                    .or_else(|| Slot::holding(0, unverified.size()).map(archive::records_path))
                    .or_else(|| Some("records/".to_owned())),
                leaf: Some(0),
                ..Place::default()
            };
            read.report(place, &mut self.report);
            return Ok(false);
        };
        let result = VerifiedCheckpoint::of_note(note, &key);
        self.report.log = Some(LogSeen {
            origin: unverified.origin().to_owned(),
            vkey: key.to_string(),
            size: unverified.size(),
            root: unverified.root().to_string(),
            established_by: None,
        });
        Ok(self
            .report
            .settle(Code::CheckpointSignature, &place, result.map(|_| ())))
    }

    /// The key that verified the checkpoint is that of the leaf 0 that was verified: the
    /// reader's pin of the one vouches for the other.
    fn compare_log_keys(&mut self) {
        let used = self.report.log.as_ref().map(|log| log.vkey.as_str());
        let named = self
            .admission
            .archive
            .as_ref()
            .map(|(_, archive)| archive.log_key.as_str());
        if named.is_some() && used != named {
            let sentence = "the checkpoint is signed by another key than the one that leaf 0 names";
            self.report
                .fail(Code::CheckpointSignature, Place::file("checkpoint"), sentence);
        }
    }

    fn compare_with_seen(&mut self, now: &Checkpoint) {
        let Some(seen) = self.options.seen.filter(|seen| seen.origin() == now.origin()) else {
            return;
        };
        let grown = if now.size() < seen.size() {
            Err(format!(
                "the log has {} records; you have seen it with {}: some were taken away, or this is an old copy",
                now.size(),
                seen.size()
            ))
        } else if seen.size() > 0 && self.seen_root.is_none() {
            Err(format!(
                "the first {} records, which you have seen, are not all here",
                seen.size()
            ))
        } else if seen.size() > 0 && self.seen_root != Some(seen.root()) {
            Err(format!(
                "the first {} records are not those that you have seen: the log was rewritten",
                seen.size()
            ))
        } else {
            Ok(())
        };
        self.report
            .settle(Code::CheckpointSeen, &Place::file("checkpoint"), grown);
    }

    /// Verifies each pack that is there. However many packs are missing between two of
    /// them is one finding: one file with a high number must not make this as long as the
    /// number.
    fn verify_packs(&mut self, size: u64, listed: &[Listed]) -> Result<(), SourceError> {
        let mut read = 0;
        for slot in slots_listed(listed, size).into_values() {
            self.miss(read, slot.start(), size);
            self.verify_pack(slot)?;
            read = slot.start() + u64::from(slot.width());
            self.source.progress(read, size);
        }
        self.miss(read, size, size);
        Ok(())
    }

    /// Reports that the packs of leaves `from..to` are missing, if there is any.
    fn miss(&mut self, from: u64, to: u64, size: u64) {
        let Some(slot) = Slot::holding(from, size).filter(|_| from < to) else {
            return;
        };
        let sentence = match (to - from).div_ceil(u64::from(FULL_WIDTH)) {
            1 => "neither this pack nor its entry bundle is there".to_owned(),
            count => format!(
                "neither this pack and the {} after it nor their entry bundles are there",
                count - 1
            ),
        };
        let place = Place::file(archive::records_path(slot));
        self.report.fail(Code::PackLines, place, sentence);
        self.gap = true;
        self.partial.clear();
        self.admission.something_is_unread();
    }

    fn verify_pack(&mut self, slot: Slot) -> Result<(), SourceError> {
        let records_file = archive::records_path(slot);
        let disclosures_file = archive::disclosures_path(slot);
        self.expected.extend([records_file.clone(), disclosures_file.clone()]);
        let envelopes = self.read_pack(&records_file, slot, MAX_RECORDS_PACK)?;
        let disclosures = self.read_pack(&disclosures_file, slot, MAX_DISCLOSURES_PACK)?;
        let work: Vec<(&[u8], &[u8])> = envelopes.lines().zip(disclosures.lines()).collect();
        let examined = examine_all(&work, self.options.threads);
        let leaves = self.verify_leaves(slot, &examined, &records_file)?;
        self.grow(slot, &leaves)?;
        for (index, examined) in examined.iter().enumerate() {
            let leaf = slot.start() + index as u64;
            let place = examined.place(Some(leaf), Some(records_file.clone()));
            examined.report(&place, Some(&disclosures_file), &mut self.report);
            // The exhibits of a record that fails are no strangers, though nothing is said of them.
            let unverified = examined.unverified.iter().flat_map(|record| record.exhibits());
            self.expected.extend(unverified.map(|id| exhibit_path(*id)));
            let mut bytes = SourceExhibits {
                source: &mut *self.source,
            };
            self.admission.admit(examined, &place, &mut bytes, &mut self.report)?;
        }
        Ok(())
    }

    /// Reads a pack; where it has too few or too many lines that is a finding, and the
    /// lines that are missing are read as empty.
    fn read_pack(&mut self, path: &str, slot: Slot, limit: usize) -> Result<Pack, SourceError> {
        let place = Place::file(path);
        let bytes = self.source.read(path, limit)?;
        let width = usize::from(slot.width());
        let problem = match &bytes {
            None => Some("the pack is missing".to_owned()),
            Some(bytes) if bytes.len() > limit => Some(format!("the pack is longer than the {limit} bytes allowed")),
            Some(bytes) => {
                let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
                let whole = lines == width && bytes.last() == Some(&b'\n');
                (!whole).then(|| {
                    format!("the pack has {lines} whole lines where the log has {width} records, or more after them")
                })
            }
        };
        self.report.settle(Code::PackLines, &place, problem.map_or(Ok(()), Err));
        Ok(Pack::new(bytes.unwrap_or_default(), width))
    }

    /// Decides, for each leaf of a pack, what was logged: two of envelope, entry bundle
    /// and tile that agree outvote the third, and the third is the finding. The root in
    /// the checkpoint then confirms or refutes the whole.
    fn verify_leaves(
        &mut self,
        slot: Slot,
        examined: &[Examined],
        records_file: &str,
    ) -> Result<Vec<Digest>, SourceError> {
        let entries_path = TilePath::entries(slot).to_string();
        let tile_path = TilePath::hashes(0, slot)
            .expect("level 0 has every slot of the tree")
            .to_string();
        self.expected.extend([entries_path.clone(), tile_path.clone()]);
        let width = slot.width();
        let read = |source: &mut dyn ArchiveSource, path: &str| source.read(path, usize::from(width) * 64);
        let entries = read(self.source, &entries_path)?;
        let entries: Option<Vec<Digest>> = entries.and_then(|bytes| {
            let entries = tile::parse_entries(&bytes, width).ok()?;
            entries
                .into_iter()
                .map(|entry| Some(Digest::from_bytes(entry.try_into().ok()?)))
                .collect()
        });
        let hashes = read(self.source, &tile_path)?.and_then(|bytes| tile::parse_tile(&bytes, width).ok());
        let mut wrong: BTreeSet<&str> = BTreeSet::new();
        let mut leaves = Vec::with_capacity(usize::from(width));
        for index in 0..usize::from(width) {
            let line = examined[index].digest;
            let entry = entries.as_ref().map(|entries| entries[index]);
            let tile = hashes.as_ref().map(|hashes| hashes[index]);
            let hash = |digest: Digest| leaf_hash(digest.as_bytes());
            let logged = match entry {
                Some(entry) if tile == Some(hash(entry)) && entry != line => {
                    let leaf = slot.start() + index as u64;
                    let place = examined[index].place(Some(leaf), Some(records_file.to_owned()));
                    self.report.fail(
                        Code::LeafEnvelope,
                        place,
                        "this envelope is not the one that was logged: it was changed, moved or replaced",
                    );
                    entry
                }
                _ => {
                    self.report.pass(Code::LeafEnvelope);
                    line
                }
            };
            if entry != Some(logged) {
                wrong.insert(&entries_path);
            }
            if tile != Some(hash(logged)) {
                wrong.insert(&tile_path);
            }
            leaves.push(logged);
        }
        let bundle = if wrong.contains(entries_path.as_str()) {
            Err("the bundle does not hold the digests of the envelopes")
        } else {
            Ok(())
        };
        self.report
            .settle(Code::EntriesContent, &Place::file(&entries_path), bundle);
        let content = if wrong.contains(tile_path.as_str()) {
            Err("the tile does not hold the hashes of the envelopes")
        } else {
            Ok(())
        };
        self.report.settle(Code::TileContent, &Place::file(&tile_path), content);
        Ok(leaves)
    }

    /// Adds leaves to the tree, and compares each tile above them that is now full. Behind
    /// a gap there is no tree to add to.
    fn grow(&mut self, slot: Slot, leaves: &[Digest]) -> Result<(), SourceError> {
        if self.gap {
            return Ok(());
        }
        if let Some(seen) = self.options.seen {
            let before = seen
                .size()
                .checked_sub(slot.start())
                .and_then(|count| usize::try_from(count).ok());
            if let Some(count) = before.filter(|count| (1..=leaves.len()).contains(count)) {
                let mut edge = self.edge.clone();
                edge.append(&entry_bytes(&leaves[..count]))
                    .expect("an entry of 32 bytes in a tree of a checked size");
                self.seen_root = Some(edge.root());
            }
        }
        let tiles = self
            .edge
            .append(&entry_bytes(leaves))
            .expect("an entry of 32 bytes in a tree of a checked size");
        for new in tiles {
            let TileKind::Hashes { level: level @ 1.. } = new.path.kind() else {
                continue;
            };
            if new.path.slot().is_partial() {
                self.partial.insert(level, new);
            } else {
                self.partial.remove(&level);
                self.verify_tile(&new)?;
            }
        }
        Ok(())
    }

    /// Compares a tile above the leaves with the tree.
    fn verify_tile(&mut self, new: &NewTile) -> Result<(), SourceError> {
        let path = new.path.to_string();
        self.expected.insert(path.clone());
        let found = self.source.read(&path, new.bytes.len())?;
        let same = if found.as_deref() == Some(new.bytes.as_slice()) {
            Ok(())
        } else {
            Err("the tile does not hold the hashes of the tree")
        };
        self.report.settle(Code::TileContent, &Place::file(path), same);
        Ok(())
    }

    fn verify_archive_toml(&mut self) -> Result<(), SourceError> {
        let Some((id, archive)) = &self.admission.archive else {
            return Ok(());
        };
        let expected = archive::archive_toml(archive, *id);
        let found = self.source.read("archive.toml", MAX_ARCHIVE_TOML)?;
        let same = if found.as_deref() == Some(expected.as_bytes()) {
            Ok(())
        } else {
            Err("archive.toml does not say what leaf 0 says; it can be written again from leaf 0")
        };
        self.report
            .settle(Code::ArchiveToml, &Place::file("archive.toml"), same);
        Ok(())
    }

    fn verify_exhibits(&mut self) -> Result<(), SourceError> {
        let exhibits = std::mem::take(&mut self.admission.exhibits);
        let of = exhibits.len() as u64;
        for (done, (id, exhibit)) in exhibits.into_iter().enumerate() {
            let path = exhibit_path(id);
            let place = exhibit.first.in_file(&path);
            self.expected.insert(path.clone());
            let Some((sha256, size)) = self.source.digest(&path)? else {
                self.report
                    .fail(Code::ExhibitPresent, place, format!("the bytes of {id} are missing"));
                continue;
            };
            self.report.pass(Code::ExhibitPresent);
            self.report.exhibits += 1;
            match exhibit.descriptor {
                None => self.report.undecided(
                    Code::ExhibitDescriptor,
                    place,
                    format!("the descriptor of {id} is not disclosed, so its bytes cannot be checked"),
                ),
                Some(descriptor) => {
                    self.report.pass(Code::ExhibitDescriptor);
                    let unchanged = if (descriptor.sha256, descriptor.size) == (sha256, size) {
                        Ok(())
                    } else {
                        Err("these are not the bytes that were taken in")
                    };
                    self.report.settle(Code::ExhibitDigest, &place, unchanged);
                }
            }
            self.source.progress(done as u64 + 1, of);
        }
        Ok(())
    }

    /// Whatever the layout does not have is a finding; what an unfinished append left is
    /// named and belongs to nothing.
    fn check_layout(&mut self, files: Vec<Listed>, size: u64) -> Result<(), SourceError> {
        let pending = self.source.read("pending", MAX_PENDING)?;
        let unfinished: HashSet<String> = pending.as_deref().map(archive::pending_paths).unwrap_or_default();
        let mut left = 0_u64;
        for listed in files {
            match listed {
                Listed::File(path) if self.expected.contains(&path) || (self.gap && is_of_size(&path, size)) => {
                    self.report.pass(Code::LayoutKnown);
                }
                Listed::File(path)
                    if pending.is_some() && (archive::is_transient(&path) || unfinished.contains(&path)) =>
                {
                    left += 1
                }
                // What a writer was done with when it was looked for is no finding.
                Listed::File(path) if archive::is_transient(&path) && self.source.read(&path, 0)?.is_none() => {}
                Listed::File(path) => {
                    let sentence = if archive::is_transient(&path) {
                        "somebody is writing to this archive, or left this file: verify again when they are done"
                    } else if archive::is_appended(&path) {
                        "nothing that could be read of this archive has this file: find out where it is from"
                    } else {
                        "this file belongs to no archive: remove it, or find out who put it there"
                    };
                    self.report.fail(Code::LayoutKnown, Place::file(&path), sentence);
                }
                Listed::Other(path) => self.report.fail(
                    Code::LayoutKnown,
                    Place::file(&path),
                    "not a plain file, or its name is not UTF-8",
                ),
            }
        }
        if left == 0 {
            self.report.pass(Code::LayoutUnfinished);
        } else {
            let sentence = format!(
                "{left} files of an append that is going on or was cut off; they are not part of the archive; whoever writes next ends it or clears it away"
            );
            self.report
                .note(Code::LayoutUnfinished, Place::file("pending"), sentence);
        }
        Ok(())
    }
}

struct SourceExhibits<'a> {
    source: &'a mut dyn ArchiveSource,
}

impl ExhibitBytes for SourceExhibits<'_> {
    fn range(&mut self, id: ExhibitId, start: u64, end: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.source.range(&exhibit_path(id), start, end)
    }
}

fn entry_bytes(leaves: &[Digest]) -> Vec<[u8; 32]> {
    leaves.iter().map(|leaf| *leaf.as_bytes()).collect()
}

/// Examines each envelope with its disclosures, on several threads where that is asked.
fn examine_all(work: &[(&[u8], &[u8])], threads: usize) -> Vec<Examined> {
    let one = |(envelope, disclosures): &(&[u8], &[u8])| examine(envelope, Disclosures::Line(disclosures));
    if threads <= 1 || work.len() < 2 * threads {
        return work.iter().map(one).collect();
    }
    let share = work.len().div_ceil(threads);
    std::thread::scope(|scope| {
        let parts: Vec<_> = work
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(one).collect::<Vec<_>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().expect("examining bytes does not panic"))
            .collect()
    })
}
