//! The archive as files: where each thing lies, and the text of `archive.toml`.
//!
//! ```text
//! archive.toml  checkpoint
//! tile/0/000.p/5  tile/entries/000.p/5
//! records/000.p/5.jsonl  disclosures/000.p/5.jsonl
//! exhibits/3f/a9…
//! ```
//!
//! Normative page: spec/archive.md. This module has names and texts; it opens no file.

use std::collections::HashSet;
use std::fmt::Write as _;

use affiant_tlog::tile::{FULL_WIDTH, Slot, TilePath};

use crate::digest::Digest;
use crate::disclose::MAX_DISCLOSURE_LINE;
use crate::envelope::MAX_ENVELOPE;
use crate::record::{Archive, ExhibitId, RecordId};

/// The longest pack of envelopes, in bytes: a full one, each line as long as can be.
pub const MAX_RECORDS_PACK: usize = FULL_WIDTH as usize * (MAX_ENVELOPE + 1);
/// The longest pack of disclosures, in bytes: a full one, each line as long as can be.
pub const MAX_DISCLOSURES_PACK: usize = FULL_WIDTH as usize * (MAX_DISCLOSURE_LINE + 1);

/// The pack of envelopes that a slot names: line i is envelope i.
pub fn records_path(slot: Slot) -> String {
    slot.path("records/", ".jsonl")
}

/// The pack of disclosures that a slot names: line i has the disclosures of record i.
pub fn disclosures_path(slot: Slot) -> String {
    slot.path("disclosures/", ".jsonl")
}

/// Where an exhibit's bytes lie.
pub fn exhibit_path(id: ExhibitId) -> String {
    let hex = id.0.to_hex();
    format!("exhibits/{}/{}", &hex[..2], &hex[2..])
}

/// The journal that exists only while somebody writes, or after a writer was cut off.
pub const PENDING: &str = "pending";
/// The next checkpoint before it takes the place of the present one.
pub const CHECKPOINT_NEW: &str = "checkpoint.new";
/// Where exhibits are streamed to before they have an id.
pub const INCOMING: &str = "incoming/";

/// Whether a path is one that only an unfinished append has.
pub fn is_transient(path: &str) -> bool {
    path == PENDING || path == CHECKPOINT_NEW || path.starts_with(INCOMING)
}

/// Whether some archive, of whatever size, has a file of this path. What an unfinished
/// append left can be nothing else.
pub fn is_appended(path: &str) -> bool {
    let pack = |prefix| Slot::from_path(path, prefix, ".jsonl").is_some();
    let exhibit = || {
        let (first, rest) = path.strip_prefix("exhibits/")?.split_once('/')?;
        let whole = first.len() == 2 && Digest::from_hex(&format!("{first}{rest}")).is_ok();
        whole.then_some(())
    };
    pack("records/") || pack("disclosures/") || TilePath::parse(path).is_some() || exhibit().is_some()
}

/// The paths that the journal of an unfinished append names: its lines `path <path>`,
/// of which only those of an archive's files count.
pub fn pending_paths(journal: &[u8]) -> HashSet<String> {
    let text = String::from_utf8_lossy(journal);
    text.lines()
        .filter_map(|line| line.strip_prefix("path "))
        .filter(|path| is_appended(path))
        .map(str::to_owned)
        .collect()
}

/// The text of `archive.toml`, which follows from leaf 0 and says nothing else.
pub fn archive_toml(archive: &Archive, id: RecordId) -> String {
    // A JSON string is a TOML string, but for DEL, which TOML wants escaped.
    let quoted = |text: &str| {
        let json = serde_json::to_string(text).expect("a string");
        json.replace('\u{7f}', "\\u007f")
    };
    let mut toml = String::from("# Written from leaf 0 of the log, which is the authority.\n");
    let mut line = |name: &str, value: String| writeln!(toml, "{name} = {value}").expect("writing to a string");
    line("format", archive.format.to_string());
    line("id", quoted(&id.to_string()));
    line("name", quoted(&archive.name));
    line("origin", quoted(&archive.origin));
    line("log_key", quoted(&archive.log_key));
    for keeper in &archive.keepers {
        toml.push_str("\n[[keeper]]\n");
        writeln!(toml, "party = {}", quoted(&keeper.party.to_string())).expect("writing to a string");
        writeln!(toml, "key = {}", quoted(keeper.key.as_str())).expect("writing to a string");
    }
    toml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn del_is_escaped_in_archive_toml() {
        let archive = Archive {
            format: 1,
            name: "A \"test\" \\ of ə\u{7f}".to_owned(),
            origin: "affiant.local/\u{7f}-6f1d".to_owned(),
            log_key: "affiant.local/\u{7f}-6f1d+00000000+AQ==".to_owned(),
            keepers: Vec::new(),
        };
        let text = archive_toml(&archive, RecordId::of_payload(b""));
        assert!(!text.contains('\u{7f}'));
        let read: toml::Table = text.parse().expect("TOML");
        assert_eq!(read["name"].as_str(), Some(archive.name.as_str()));
        assert_eq!(read["origin"].as_str(), Some(archive.origin.as_str()));
        assert_eq!(read["log_key"].as_str(), Some(archive.log_key.as_str()));
    }
}
