//! Where in a case something stands: its name in messages and its path to a place in the file.

use std::collections::{HashMap, HashSet};

use crate::MAX_FAULTS;
use crate::fault::{CaseError, CaseFault, Place};

/// An entry of a case or a part of one: `statement[2].hop[0]`, said as `statement S03, hop 1`.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    path: String,
    pub(crate) subject: String,
}

impl Spot {
    /// The case as a whole.
    pub(crate) fn whole() -> Spot {
        Spot {
            path: String::new(),
            subject: "the case file".to_owned(),
        }
    }

    /// The entry `index` of the list `section`; without a name it is counted from 1.
    pub(crate) fn entry(section: &'static str, index: usize, name: Option<&str>) -> Spot {
        let subject = match name {
            Some(name) => format!("{section} {name}"),
            None => format!("{section} number {}", index + 1),
        };
        Spot {
            path: format!("{section}[{index}]"),
            subject,
        }
    }

    /// A numbered part of an entry.
    pub(crate) fn part(&self, list: &str, index: usize) -> Spot {
        Spot {
            path: format!("{}.{list}[{index}]", self.path),
            subject: format!("{}, {list} {}", self.subject, index + 1),
        }
    }

    /// A part of an entry that there is only one of.
    pub(crate) fn only(&self, member: &str) -> Spot {
        Spot {
            path: self.path_of(member),
            subject: format!("{}, {member}", self.subject),
        }
    }

    /// A value of a list, which has no name of its own.
    pub(crate) fn value(&self, member: &str, index: usize) -> Spot {
        Spot {
            path: format!("{}[{index}]", self.path_of(member)),
            subject: self.subject.clone(),
        }
    }

    /// An inline table, which has no name of its own.
    pub(crate) fn inside(&self, member: &str) -> Spot {
        Spot {
            path: self.path_of(member),
            subject: self.subject.clone(),
        }
    }

    fn path_of(&self, member: &str) -> String {
        match (self.path.as_str(), member) {
            ("", member) => member.to_owned(),
            (path, "") => path.to_owned(),
            (path, member) => format!("{path}.{member}"),
        }
    }
}

/// The text of a case file, with the offset of every value in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    file: String,
    text: String,
    offsets: HashMap<String, usize>,
}

impl Places {
    pub(crate) fn new(file: &str, text: &str) -> Places {
        Places {
            file: file.to_owned(),
            text: text.to_owned(),
            offsets: HashMap::new(),
        }
    }

    pub(crate) fn put(&mut self, spot: &Spot, member: &str, offset: usize) {
        self.offsets.insert(spot.path_of(member), offset);
    }

    /// The offset of a member, or of the nearest thing that holds it.
    fn offset(&self, spot: &Spot, member: &str) -> Option<usize> {
        let mut path = spot.path_of(member);
        loop {
            if let Some(offset) = self.offsets.get(&path) {
                return Some(*offset);
            }
            path.truncate(path.rfind(['.', '['])?);
        }
    }

    fn place(&self, offset: usize) -> Place {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place {
            file: self.file.clone(),
            line: 1 + before.bytes().filter(|byte| *byte == b'\n').count(),
            column: 1 + before[line_start..].chars().count(),
        }
    }
}

/// The faults found so far. No more are kept than are shown.
pub(crate) struct Findings {
    pub(crate) places: Option<Places>,
    found: Vec<(Option<usize>, CaseError)>,
    faulty: HashSet<String>,
    not_kept: usize,
}

impl Findings {
    pub(crate) fn new(places: Option<Places>) -> Findings {
        Findings {
            places,
            found: Vec::new(),
            faulty: HashSet::new(),
            not_kept: 0,
        }
    }

    /// A fault of the value at a member, or of the whole spot where `member` is empty. One value has
    /// one fault, so that the placeholder for what could not be read is not found at fault again.
    pub(crate) fn add(&mut self, spot: &Spot, member: &str, fault: CaseFault) {
        if !self.faulty.insert(spot.path_of(member)) {
            return;
        }
        let offset = self.places.as_ref().and_then(|places| places.offset(spot, member));
        self.add_at(spot, offset, fault);
    }

    pub(crate) fn add_at(&mut self, spot: &Spot, offset: Option<usize>, fault: CaseFault) {
        if self.found.len() == MAX_FAULTS {
            self.not_kept += 1;
            return;
        }
        let place = |places: &Places| offset.map(|offset| places.place(offset));
        let error = CaseError {
            place: self.places.as_ref().and_then(place),
            subject: spot.subject.clone(),
            fault,
        };
        self.found.push((offset, error));
    }

    pub(crate) fn place_of(&self, spot: &Spot, member: &str) -> Option<Place> {
        let places = self.places.as_ref()?;
        Some(places.place(places.offset(spot, member)?))
    }

    /// Whether the value at a member is at fault.
    pub(crate) fn is_faulty(&self, spot: &Spot, member: &str) -> bool {
        self.faulty.contains(&spot.path_of(member))
    }

    /// Whether no more faults are kept; then they need not be put in words.
    pub(crate) fn is_full(&self) -> bool {
        self.found.len() == MAX_FAULTS
    }

    /// Counts a fault that is not kept.
    pub(crate) fn count_only(&mut self) {
        self.not_kept += 1;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The faults in the order of the file, and a last one that counts those not kept.
    pub(crate) fn into_errors(mut self) -> Vec<CaseError> {
        self.found.sort_by_key(|(offset, _)| *offset);
        let mut errors: Vec<CaseError> = self.found.into_iter().map(|(_, error)| error).collect();
        if self.not_kept > 0 {
            errors.push(CaseError {
                place: None,
                subject: Spot::whole().subject,
                fault: CaseFault::More(self.not_kept),
            });
        }
        errors
    }
}
