//! The last packs of an archive while records are added to them.

use affiant::archive::MAX_DISCLOSURES_PACK;
use affiant::digest::Digest;
use affiant::disclose::{Disclosure, check_line, to_line};
use affiant::envelope::MAX_ENVELOPE;
use affiant_tlog::tile::{Slot, TilePath, TileReader as _, parse_entries};

use crate::dir::ArchiveDir;
use crate::error::StoreError;

/// A pack of envelopes and one of disclosures while they are being filled.
#[derive(Debug, Default)]
pub(crate) struct Pack {
    /// The envelopes, each with its line feed.
    pub records: Vec<u8>,
    /// The disclosures, each line with its line feed.
    pub disclosures: Vec<u8>,
    /// The entries that were pushed, for the log.
    pub entries: Vec<[u8; 32]>,
}

impl Pack {
    /// Reads a pack, every line of which must be the envelope that was logged: what was
    /// changed is not copied into a wider pack.
    pub(crate) fn logged(dir: &ArchiveDir, slot: Slot) -> Result<Pack, StoreError> {
        let path = TilePath::entries(slot);
        let bytes = dir
            .read(path)
            .map_err(|error| StoreError::io(dir.root().join(path.to_string()), error))?;
        let entries = parse_entries(&bytes, slot.width()).map_err(|error| dir.damaged(format!("{path}: {error}")))?;
        let mut pack = Pack::default();
        for (stored, entry) in dir.pack(slot)?.zip(entries) {
            let stored = stored?;
            if Digest::of(&stored.envelope).as_bytes()[..] != *entry {
                let leaf = stored.leaf;
                return Err(dir.damaged(format!("the record at leaf {leaf} is not the one that was logged")));
            }
            pack.add(&stored.envelope, &stored.disclosures);
        }
        Ok(pack)
    }

    /// Adds a record, or says why no reader would accept the pack with it.
    pub(crate) fn push(&mut self, envelope: &[u8], disclosures: &[Disclosure]) -> Result<(), &'static str> {
        let broken = envelope.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
        if envelope.is_empty() || broken || envelope.len() > MAX_ENVELOPE {
            return Err("its envelope is not one line, or too long");
        }
        if check_line(disclosures).is_err() {
            return Err("its disclosures are too many or too long");
        }
        let line = to_line(disclosures);
        if self.disclosures.len() + line.len() + 1 > MAX_DISCLOSURES_PACK {
            return Err("its disclosures and those of its neighbours are too long together");
        }
        self.add(envelope, line.as_bytes());
        self.entries.push(*Digest::of(envelope).as_bytes());
        Ok(())
    }

    fn add(&mut self, envelope: &[u8], disclosures: &[u8]) {
        self.records.extend_from_slice(envelope);
        self.records.push(b'\n');
        self.disclosures.extend_from_slice(disclosures);
        self.disclosures.push(b'\n');
    }
}
