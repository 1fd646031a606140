//! Who asserts a link, and who signed the record that says so.

use serde::Serialize;

use super::index::Index;
use super::who::{Who, list};
use super::{RecordTag, Standing};

/// A person's word: whatever stands beside it is their finding, and no fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The relation.
    pub relation: RecordTag,
    /// What may be relied on of its record.
    pub standing: Standing,
    /// Who asserts it.
    pub asserted_by: Vec<Who>,
    /// Who signed the relation.
    pub signed_by: Vec<Who>,
}

impl Said {
    /// Whose word the relation at this place among the relations is.
    pub(super) fn of(index: &Index<'_>, place: usize) -> Said {
        let (entry, relation) = index.relations[place];
        Said {
            relation: index.entries[entry].tag.clone(),
            standing: index.entries[entry].standing,
            asserted_by: index.asserters(entry, relation),
            signed_by: index.names.signers(&index.entries[entry].record.common.signers),
        }
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "according to {}, in {}", list(&self.asserted_by), self.relation)
    }
}
