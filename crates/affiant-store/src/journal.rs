//! The journal `pending`: who is writing, and every file that the append makes.
//!
//! ```text
//! affiant-pending 1
//! writer pid 4711, user shahla, host office, since 2026-11-24T09:00:00Z
//! size 43
//! path records/000.p/43.jsonl
//! path exhibits/3f/a9…
//! ```
//!
//! It is there only while somebody writes, or after a writer was cut off (spec/archive.md,
//! "An append"). What it names and the checkpoint does not cover belongs to nothing.

use std::fmt::Write as _;

const FIRST_LINE: &str = "affiant-pending 1";
/// The longest journal, in bytes.
pub(crate) const MAX_JOURNAL: u64 = 64 * 1024 * 1024;

/// The journal of an append.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Journal {
    /// Who writes, in words.
    pub writer: String,
    /// How many records the log will have; 0 until that is known.
    pub size: u64,
    /// Every file that is made, and every one that a wider one replaces.
    pub paths: Vec<String>,
}

impl Journal {
    /// The journal of a writer who has made nothing yet.
    pub(crate) fn of(writer: &str) -> Journal {
        Journal {
            writer: writer.to_owned(),
            ..Journal::default()
        }
    }

    pub(crate) fn to_text(&self) -> String {
        let mut text = format!(
            "{FIRST_LINE}\nwriter {}\nsize {}\n",
            self.writer.replace(char::is_control, " "),
            self.size
        );
        for path in &self.paths {
            let _ = writeln!(text, "path {path}");
        }
        text
    }

    /// Reads a journal, which a cut may have left torn: what can be read of it counts. The
    /// last line counts only if it is whole.
    pub(crate) fn read(bytes: &[u8]) -> Journal {
        let text = String::from_utf8_lossy(bytes);
        let mut journal = Journal::default();
        for line in text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
            match line.split_once(' ') {
                // It is shown, and may have been written by anybody.
                Some(("writer", writer)) => journal.writer = writer.replace(char::is_control, " "),
                Some(("size", size)) => journal.size = size.parse().unwrap_or_default(),
                Some(("path", path)) => journal.paths.push(path.to_owned()),
                _ => {}
            }
        }
        journal
    }
}
