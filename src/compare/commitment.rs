//! Whether a statement says that something is so, or does something else with it.
//!
//! Normative page: spec/comparison.md, rules M1 to M4. Whoever promises, believes, demands, asks or
//! supposes does not say that it is so; nor does whoever reports that another said so. What is not
//! said cannot be contradicted. Whoever takes something for granted does not say it either, but
//! does not leave it open: that can be contradicted.

use crate::record::{Modality, PartyRef, Stance, Statement};

use super::index::{Held, Index};

/// What a statement does with what its stance is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Commitment {
    /// Its speaker says that it is so, or that it is not.
    Asserts,
    /// Its speaker does this with it instead.
    Does(Modality),
    /// The speaker passes on that another says so.
    PassesOn,
    /// Whether it is the speaker who says so is not shown.
    NotShown,
}

impl Commitment {
    /// Reads a stance of a statement. The last of the sources that a stance is relative to is the
    /// one who says so; without sources it is the speaker.
    pub fn of(statement: &Statement, stance: &Stance) -> Commitment {
        let speaker = statement.speaker.value();
        match (stance.according_to.last(), speaker) {
            (Some(source), Some(speaker)) if source != speaker => Commitment::PassesOn,
            (Some(_), None) => Commitment::NotShown,
            _ if stance.modality != Modality::Asserts => Commitment::Does(stance.modality),
            _ => Commitment::Asserts,
        }
    }

    /// Whether it commits the speaker: what is said does, and what is taken for granted (rule M4).
    pub fn commits(self) -> bool {
        matches!(self, Commitment::Asserts | Commitment::Does(Modality::Presupposes))
    }

    /// Reads a stance of a statement that takes part.
    pub fn held(index: &Index<'_>, held: &Held<'_>) -> Commitment {
        let statement = index.statement(held.statement);
        let statement = statement.expect("only statements that take part have stances");
        Commitment::of(statement, held.stance)
    }
}

/// Who says so, where that is not the speaker.
pub fn source(stance: &Stance) -> Option<&PartyRef> {
    stance.according_to.last()
}

/// What is done instead of asserting, to be read after the label of a statement.
pub fn does(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserts => "says so",
        Modality::Believes => "gives it as a belief",
        Modality::Promises => "promises or intends it",
        Modality::Demands => "demands it",
        Modality::Asks => "asks it",
        Modality::Supposes => "supposes it, or makes it a condition",
        Modality::Presupposes => "takes it for granted and does not say it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_modality_but_assertion_has_words_of_its_own() {
        const ALL: [Modality; 7] = [
            Modality::Asserts,
            Modality::Believes,
            Modality::Promises,
            Modality::Demands,
            Modality::Asks,
            Modality::Supposes,
            Modality::Presupposes,
        ];
        let words: std::collections::BTreeSet<&str> = ALL.into_iter().map(does).collect();
        assert_eq!(words.len(), ALL.len());
    }
}
