//! How many of what a case holds: `6 parties, 42 statements`.

use std::fmt;

use crate::draft::{Case, ExhibitSource, PartySource};

/// The counts of a case. What the archive has already is not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Parties to enrol.
    pub parties: usize,
    /// Exhibits to take in.
    pub exhibits: usize,
    /// Questions and definitions.
    pub questions: usize,
    /// Statements.
    pub statements: usize,
    /// Relations.
    pub relations: usize,
    /// Readings of analysts.
    pub assessments: usize,
    /// Attestations.
    pub attestations: usize,
}

impl Case {
    /// Counts what the case would add.
    pub fn summary(&self) -> Summary {
        let new_party = |source: &PartySource| matches!(source, PartySource::New { .. });
        let new_exhibit = |source: &ExhibitSource| matches!(source, ExhibitSource::File { .. });
        Summary {
            parties: self.parties.iter().filter(|party| new_party(&party.source)).count(),
            exhibits: self
                .exhibits
                .iter()
                .filter(|exhibit| new_exhibit(&exhibit.source))
                .count(),
            questions: self.questions.len(),
            statements: self.statements.len(),
            relations: self.relations.len(),
            assessments: self.assessments.len(),
            attestations: self.attestations.len(),
        }
    }
}

impl Summary {
    /// The number of records: everything but the exhibits.
    pub fn records(&self) -> usize {
        self.parties + self.questions + self.statements + self.relations + self.assessments + self.attestations
    }
}

impl fmt::Display for Summary {
    /// The counts that are not 0, with a comma between them; `nothing` if all are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.parties, "party", "parties"),
            (self.exhibits, "exhibit", "exhibits"),
            (self.questions, "question", "questions"),
            (self.statements, "statement", "statements"),
            (self.relations, "relation", "relations"),
            (self.assessments, "assessment", "assessments"),
            (self.attestations, "attestation", "attestations"),
        ];
        let said: Vec<String> = counts
            .iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
            .collect();
        match said.as_slice() {
            [] => f.write_str("nothing"),
            said => f.write_str(&said.join(", ")),
        }
    }
}
