//! The longest head of a log that the user wrote or saw, so that a log that shrinks, forks
//! or goes back is noticed by every command.

use std::path::Path;

use affiant::verify::{LogSeen, Verification};
use affiant_store::{ArchiveDir, Heads};
use affiant_tlog::checkpoint::Checkpoint;

use crate::commands::Context;

/// The head that the archive in `root` must at least have; `None` where the user knows none.
pub fn last(context: &Context, root: &Path) -> Option<Checkpoint> {
    let dirs = context.env.dirs().ok()?;
    let (_, archive, key) = ArchiveDir::open(root).ok()?.leaf0().ok()?;
    let known = ["heads", "seen"].into_iter().filter_map(|folder| {
        let heads = Heads::new(&dirs.state.join(folder));
        heads.last(&archive.origin, &key.to_string()).ok().flatten()
    });
    known.max_by_key(Checkpoint::size)
}

/// Remembers the head that was verified, of a log that the user's own pins establish. Where
/// that cannot be written, as on a machine without a home, the verification stands all the
/// same.
pub fn remember(context: &Context, root: &Path, verification: &Verification) {
    let Some(log) = verification.log.as_ref().filter(|log| log.established_by.is_some()) else {
        return;
    };
    let Ok(dirs) = context.env.dirs() else { return };
    let Ok((note, head)) = ArchiveDir::open(root).and_then(|dir| dir.unverified_checkpoint()) else {
        return;
    };
    if !is_of(log, &head) {
        return;
    }
    let kept = Heads::new(&dirs.state.join("seen")).keep(&log.vkey, &note, &log.origin);
    if let Err(error) = kept {
        context
            .ui
            .warn(format_args!("the head of this log could not be remembered: {error}"));
    }
}

/// Whether the head is the one that was verified, and not one that came after it.
fn is_of(log: &LogSeen, head: &Checkpoint) -> bool {
    (log.origin.as_str(), log.size, log.root.as_str()) == (head.origin(), head.size(), head.root().to_string().as_str())
}
