//! What is wrong with a case, and where.
//!
//! ```text
//! case.toml:41:12: statement S03: unknown party "MX"; parties of this file: EH, JAM, MH
//! ```
//!
//! Every sentence says what was found and what was expected (`spec/case-file.md`, section 9).

use std::fmt;

use affiant::record::{IdError, RecordError, RecordId};
use affiant::time::EdtfError;

use crate::{FORMAT, MAX_CASE_FILE, MAX_FAULTS, MAX_SEARCHED_EXHIBIT};

/// One thing that is wrong.
#[derive(Debug, thiserror::Error)]
#[error("{}{subject}: {fault}", Prefix(place))]
pub struct CaseError {
    /// Where, for a case that was read from a file.
    pub place: Option<Place>,
    /// Of what, as `statement S03, hop 2`.
    pub subject: String,
    /// What is wrong.
    #[source]
    pub fault: CaseFault,
}

struct Prefix<'p>(&'p Option<Place>);

impl fmt::Display for Prefix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(place) => write!(f, "{place}: "),
            None => Ok(()),
        }
    }
}

/// A place in a case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's name, as it was given.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The character within the line, counted from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// What can be wrong.
#[derive(Debug, thiserror::Error)]
pub enum CaseFault {
    /// More text than [`MAX_CASE_FILE`].
    #[error("{0} bytes, more than the {MAX_CASE_FILE} allowed; split it")]
    TooLong(usize),
    /// Not TOML.
    #[error("not TOML: {0}")]
    Syntax(String),
    /// Another format, or none.
    #[error("{}; expected the file to begin with format = \"{FORMAT}\"", OtherFormat(.0))]
    Format(Option<String>),
    /// More of something than is allowed.
    #[error("{count} {what}, more than the {limit} allowed")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many are allowed: [`MAX_ENTRIES`](crate::MAX_ENTRIES) or a limit of the record.
        limit: usize,
    },
    /// A member that this table does not have.
    #[error("unknown member {member:?}; {}", Suggested { closest, known: expected })]
    UnknownMember {
        /// The member.
        member: String,
        /// The nearest of the members.
        closest: Option<String>,
        /// The members that there are.
        expected: Vec<String>,
    },
    /// A member that must be there.
    #[error("{member:?} is missing; expected {expected}")]
    Missing {
        /// The member.
        member: &'static str,
        /// What it holds.
        expected: &'static str,
    },
    /// A value of another type.
    #[error("{member:?} is {found}; expected {expected}")]
    WrongType {
        /// The member.
        member: String,
        /// What it is.
        found: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// A word that a closed list does not have.
    #[error("{word:?} is no word for {member:?}; {}", Suggested { closest, known: expected })]
    UnknownWord {
        /// The member.
        member: String,
        /// The word.
        word: String,
        /// The nearest of the list.
        closest: Option<String>,
        /// The list.
        expected: Vec<String>,
    },
    /// A time that is not EDTF.
    #[error("{text:?} is no date: {source}")]
    Edtf {
        /// The text.
        text: String,
        /// Where it goes wrong, and what was expected there.
        source: EdtfError,
    },
    /// A time that is said not to be stated.
    #[error("\"edtf\" gives a time, and \"basis\" says that none is stated; expected one of the two")]
    TimeNotStated,
    /// Not a label, or not a typed id.
    #[error(transparent)]
    Id(#[from] IdError),
    /// Not a handle.
    #[error("{0:?} is not a handle (a capital letter and at most seven capital letters or digits more, as MH)")]
    Handle(String),
    /// Not a language tag.
    #[error(
        "{0:?} is not a language tag (BCP 47: letters and digits, in parts of at most eight set off by hyphens, as en or az-Latn)"
    )]
    Language(String),
    /// One label or handle for two things.
    #[error("{name} stands twice; {first} has it already{}", AtPlace(first_place))]
    Duplicate {
        /// The label or handle.
        name: String,
        /// What had it first.
        first: String,
        /// Where that stands.
        first_place: Option<Place>,
    },
    /// A label that a record of the archive has.
    #[error("the label {label} is taken: in this archive it is that of the {kind} {id}")]
    Taken {
        /// The label.
        label: String,
        /// The kind of the record that has it.
        kind: String,
        /// The record that has it.
        id: RecordId,
    },
    /// A handle or label that names nothing, or nothing of the right sort.
    #[error("unknown {what} {name:?}; {}", Known { what, closest, known, searched: *searched })]
    Unknown {
        /// What it should name.
        what: Sort,
        /// The name.
        name: String,
        /// The nearest name of that sort.
        closest: Option<String>,
        /// The names of that sort in this file.
        known: Vec<String>,
        /// Whether the archive was searched as well.
        searched: bool,
    },
    /// A relation or attestation that points at a later one, or at itself.
    #[error("{name} does not stand before it; a record can only refer to an earlier one")]
    Later {
        /// The label.
        name: String,
    },
    /// An id that the archive does not have.
    #[error("the archive has no {id}")]
    NotInArchive {
        /// The id.
        id: String,
    },
    /// Nothing but white space where there must be something.
    #[error("{member:?} is empty; expected {expected}")]
    Empty {
        /// The member.
        member: &'static str,
        /// What it holds.
        expected: &'static str,
    },
    /// A statement that rests on nothing.
    #[error(
        "no exhibit; a statement rests on at least one, and where somebody only remembers, the note they type is the exhibit"
    )]
    NoExhibits,
    /// One thing named twice in a list.
    #[error("{name} stands twice in {member:?}")]
    Repeated {
        /// The member.
        member: &'static str,
        /// What stands twice.
        name: String,
    },
    /// An exhibit that nothing rests on would be lost.
    #[error("nothing in this file rests on it; name it in the \"exhibits\" of a statement, or take it out")]
    UnusedExhibit,
    /// Members that exclude each other, or one that needs another.
    #[error("{0}")]
    Members(&'static str),
    /// Words held in an exhibit that the statement does not rest on.
    #[error("the words are in {exhibit}, which is not among the exhibits of the statement")]
    NotItsExhibit {
        /// The exhibit's handle.
        exhibit: String,
    },
    /// The caller has not got the exhibit.
    #[error("the bytes of the exhibit {exhibit} are not at hand")]
    NotAtHand {
        /// The exhibit's handle.
        exhibit: String,
    },
    /// No label is left for a party.
    #[error("the archive has no free label N1, N2, … left for a party")]
    NoFreeLabel,
    /// An exhibit cannot be read.
    #[error("the exhibit {exhibit} cannot be read: {source}")]
    Unreadable {
        /// The exhibit's handle.
        exhibit: String,
        /// Why.
        source: std::io::Error,
    },
    /// An exhibit that is too large to search.
    #[error(
        "{exhibit} has {size} bytes, and no more than {MAX_SEARCHED_EXHIBIT} are searched; give the offset of the first byte as \"at\""
    )]
    NotSearched {
        /// The exhibit's handle.
        exhibit: String,
        /// Its size in bytes.
        size: u64,
    },
    /// The exhibit does not hold the words.
    #[error("{exhibit} does not hold the words {words:?}, byte for byte; compare quotation marks, spaces and letters")]
    WordsNotFound {
        /// The exhibit's handle.
        exhibit: String,
        /// The words, or their beginning.
        words: String,
    },
    /// The exhibit holds the words more than once.
    #[error(
        "{exhibit} holds the words {words:?} more than once, at bytes {}; say which by \"at\"",
        Offsets(offsets)
    )]
    WordsRepeated {
        /// The exhibit's handle.
        exhibit: String,
        /// The words, or their beginning.
        words: String,
        /// The first offsets at which it does.
        offsets: Vec<u64>,
    },
    /// Words that would reach past the end of the exhibit.
    #[error("bytes {start} to {end} are outside {exhibit}, which has {size}")]
    SpanOutside {
        /// The exhibit's handle.
        exhibit: String,
        /// The offset of the first byte.
        start: u64,
        /// The offset after the last byte.
        end: u64,
        /// The exhibit's size in bytes.
        size: u64,
    },
    /// Other bytes at the offset that was given.
    #[error("at byte {start} {exhibit} holds {found:?}, not {words:?}")]
    WordsDiffer {
        /// The exhibit's handle.
        exhibit: String,
        /// The offset of the first byte.
        start: u64,
        /// What stands there, or its beginning.
        found: String,
        /// The words, or their beginning.
        words: String,
    },
    /// The value of one position would be longer than readers accept.
    #[error("{what} would be {length} bytes, more than the {limit} allowed; split it")]
    DisclosureTooLong {
        /// The disclosure, or the line of all disclosures of the record.
        what: &'static str,
        /// Its length.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// The record breaks a rule of the schema.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The list of faults was cut off.
    #[error("{0} more faults, not shown after the first {MAX_FAULTS}")]
    More(usize),
}

/// What a name in a case can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A handle of a party.
    Party,
    /// A handle of an exhibit.
    Exhibit,
    /// A label of a question or definition.
    Question,
    /// A label of a statement.
    Statement,
    /// A label of a relation or statement.
    Assessable,
    /// A label of an assessment.
    Assessment,
    /// A label of any record, or a handle.
    Anything,
    /// A label of any record, or a handle of an exhibit.
    Attestable,
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Sort::Party => "party",
            Sort::Exhibit => "exhibit",
            Sort::Question => "question",
            Sort::Statement => "statement",
            Sort::Assessable => "statement or relation",
            Sort::Assessment => "assessment",
            Sort::Anything => "record, party or exhibit",
            Sort::Attestable => "record or exhibit",
        })
    }
}

impl Sort {
    fn plural(self) -> &'static str {
        match self {
            Sort::Party => "parties",
            Sort::Exhibit => "exhibits",
            Sort::Question => "questions",
            Sort::Statement => "statements",
            Sort::Assessable => "statements and relations",
            Sort::Assessment => "assessments",
            Sort::Anything => "names",
            Sort::Attestable => "labels and exhibits",
        }
    }

    /// Whether the archive may have what the file has not.
    pub(crate) fn is_label(self) -> bool {
        !matches!(self, Sort::Party | Sort::Exhibit)
    }
}

/// The nearest of `known` to `name`, if it is so near that a slip is likely: one edit in three letters,
/// and not of digits alone, since S02 and S03 are two things and not a slip.
pub(crate) fn closest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    const MAX_COMPARED: usize = 64;
    if name.len() > MAX_COMPARED {
        return None;
    }
    let allowed = name.chars().count() / 3;
    let letters = |text: &str| -> String { text.chars().filter(|c| !c.is_ascii_digit()).collect() };
    let own = letters(name);
    known
        .into_iter()
        .filter(|candidate| candidate.len() <= MAX_COMPARED && letters(candidate) != own)
        .map(|candidate| (strsim::osa_distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

/// The beginning of a text, for a message.
pub(crate) fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

struct Listed<'l>(&'l [String]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 24;
        let shown = &self.0[..self.0.len().min(SHOWN)];
        f.write_str(&shown.join(", "))?;
        match self.0.len() - shown.len() {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

struct Suggested<'s> {
    closest: &'s Option<String>,
    known: &'s [String],
}

impl fmt::Display for Suggested<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(closest) = self.closest {
            write!(f, "did you mean {closest:?}? ")?;
        }
        write!(f, "expected one of {}", Listed(self.known))
    }
}

struct Known<'s> {
    what: &'s Sort,
    closest: &'s Option<String>,
    known: &'s [String],
    searched: bool,
}

impl fmt::Display for Known<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(closest) = self.closest {
            write!(f, "did you mean {closest:?}? ")?;
        }
        let plural = self.what.plural();
        match self.known {
            [] => write!(f, "there are no {plural} in this file")?,
            known => write!(f, "{plural} of this file: {}", Listed(known))?,
        }
        if self.searched {
            f.write_str("; nor has the archive one of that label")?;
        }
        Ok(())
    }
}

struct OtherFormat<'f>(&'f Option<String>);

impl fmt::Display for OtherFormat<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(found) => write!(f, "the format is {:?}", shortened(found)),
            None => f.write_str("no format is stated"),
        }
    }
}

struct AtPlace<'p>(&'p Option<Place>);

impl fmt::Display for AtPlace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(place) => write!(f, ", at line {}, column {}", place.line, place.column),
            None => Ok(()),
        }
    }
}

struct Offsets<'o>(&'o [u64]);

impl fmt::Display for Offsets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<String> = self.0.iter().map(u64::to_string).collect();
        f.write_str(&texts.join(", "))
    }
}
