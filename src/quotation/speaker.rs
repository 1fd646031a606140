//! Which segments a claimed speaker may have said.
//!
//! `Rehnquist` is read as `William H. Rehnquist`; a name that a source has exactly is that one and
//! no other. Initials and titles aside, all words of one name must be in the other. A segment of
//! which nobody says who speaks may be anybody's.

use std::ops::Range;

use super::source::Index;

/// Words that say what somebody is and not who.
const TITLES: [&str; 22] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "justice",
    "judge",
    "chief",
    "sir",
    "lady",
    "lord",
    "jr",
    "sr",
    "the",
    "honorable",
    "honourable",
    "general",
    "senator",
    "president",
];

/// The segments of an index, by whether the claimed speaker may have said them.
#[derive(Debug)]
pub(super) struct Speakers {
    /// For each segment of the index.
    claimed: Vec<bool>,
    /// For each segment: whether the name that it bears was read as the claimed one.
    named: Vec<bool>,
    read_as: Vec<String>,
    is_claim: bool,
}

impl Speakers {
    /// Reads a claimed name over the segments of some sources.
    pub fn new(index: &Index<'_>, sources: &[usize], claim: Option<&str>) -> Speakers {
        let parts = index.segments();
        let Some(claim) = claim else {
            return Speakers {
                claimed: vec![true; parts],
                named: vec![false; parts],
                read_as: Vec::new(),
                is_claim: false,
            };
        };
        let labels = index.speakers();
        let mut among = vec![false; labels.len()];
        for part in (0..parts).filter(|part| sources.binary_search(&index.source_of(*part)).is_ok()) {
            if let Some(label) = index.speaker_of(part) {
                among[label] = true;
            }
        }
        let exact = |label: usize| among[label] && words(&labels[label]) == words(claim);
        let any_exact = (0..labels.len()).any(exact);
        let reads: Vec<bool> = (0..labels.len())
            .map(|label| {
                if any_exact {
                    exact(label)
                } else {
                    among[label] && may_be(claim, &labels[label])
                }
            })
            .collect();
        let named: Vec<bool> = (0..parts)
            .map(|part| index.speaker_of(part).is_some_and(|label| reads[label]))
            .collect();
        let claimed = (0..parts)
            .map(|part| named[part] || index.speaker_of(part).is_none())
            .collect();
        let read_as = labels
            .iter()
            .zip(&reads)
            .filter(|(_, reads)| **reads)
            .map(|(label, _)| label.clone());
        Speakers {
            claimed,
            named,
            read_as: read_as.collect(),
            is_claim: true,
        }
    }

    /// Whether a speaker is claimed.
    pub fn is_claim(&self) -> bool {
        self.is_claim
    }

    /// Whether the claimed speaker may have said a segment; anybody may where nobody is claimed.
    pub fn is_claimed(&self, part: usize) -> bool {
        self.claimed[part]
    }

    /// The names of the sources that were read as the claimed one.
    pub fn read_as(&self) -> Vec<String> {
        self.read_as.clone()
    }

    /// The units of the claimed speaker's segments among `within`, neighbours made one.
    pub fn units(&self, index: &Index<'_>, within: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let of_claimed = (0..self.named.len())
            .filter(|part| self.named[*part])
            .map(|part| index.units_of_part(part));
        for units in of_claimed.filter(|units| {
            within
                .iter()
                .any(|range| range.start <= units.start && units.end <= range.end)
        }) {
            match found.last_mut() {
                Some(last) if last.end == units.start => last.end = units.end,
                _ => found.push(units),
            }
        }
        found
    }
}

fn words(name: &str) -> Vec<String> {
    let folded = name.to_lowercase();
    let parts = folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether two names may be one person's: initials and titles aside, all words of one are in the other.
fn may_be(one: &str, other: &str) -> bool {
    let telling = |name: &str| -> Vec<String> {
        let telling = |word: &String| word.chars().count() > 1 && !TITLES.contains(&word.as_str());
        words(name).into_iter().filter(telling).collect()
    };
    let (one, other) = (telling(one), telling(other));
    let within =
        |small: &[String], large: &[String]| !small.is_empty() && small.iter().all(|word| large.contains(word));
    within(&one, &other) || within(&other, &one)
}
