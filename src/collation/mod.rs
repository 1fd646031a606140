//! Witnesses of one text, aligned word by word: what they share, where they differ, what was moved.
//!
//! ```
//! use affiant::collation::{Options, Witness, collate};
//! use affiant::text::EditClass;
//!
//! let one = Witness::plain("interpreter 1", "I did not sign the letter.").unwrap();
//! let other = Witness::plain("interpreter 2", "I did sign the letter, yes.").unwrap();
//! let collation = collate(&[one, other], &Options::default()).unwrap();
//! let first = &collation.differences[0];
//! assert_eq!(first.class, EditClass::Negation);
//! assert_eq!((first.readings[0].words.as_str(), first.readings[1].words.as_str()), ("not", ""));
//! ```
//!
//! The steps are those of the Gothenburg model: [`text`](crate::text) cuts into words and folds them,
//! this module aligns and analyses, and others show. The page is spec/collation.md. Everything here
//! is a fact that anyone can compute again from the texts. It does not say which witness is right,
//! whether a difference matters, or that anyone contradicted anyone: what two transcripts of one
//! recording have differently is a variance of transcription until the recording decides.

mod align;
mod analyse;
mod anchors;
mod elsewhere;
mod moved;
mod nlp;
mod settle;
mod slots;
mod table;
mod witness;

#[cfg(test)]
mod tests;

use serde::{Serialize, Serializer};

use crate::text::{Casing, EditClass, Folded, Level, TooLong, fold};

pub use align::MAX_CELLS;
pub use elsewhere::MAX_STRETCH;
pub use moved::MIN_MOVED;
pub use nlp::{NlpError, is_nlp};
pub use witness::{Place, Turn, Witness};

/// The most witnesses: they are called A to Z.
pub const MAX_WITNESSES: usize = 26;

/// The most words of all witnesses together, some 400 hours of speech.
pub const MAX_WORDS: usize = 4_000_000;

/// The most hidden characters that are listed of one witness; all of them are counted.
pub const MAX_HIDDEN: usize = 100;

/// How witnesses are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What must be equal for two words to agree. At [`Level::Spoken`] nothing is left out: a filler
    /// or a repeat that one witness has is a difference.
    pub level: Level,
    /// How letters without case are made.
    pub casing: Casing,
    /// Whether the whole table is wanted, and not only what differs.
    pub table: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            level: Level::Spoken,
            casing: Casing::Root,
            table: false,
        }
    }
}

/// Why texts were not collated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CollationError {
    /// Fewer than two witnesses.
    #[error("one text cannot be collated: there must be two")]
    TooFew,
    /// More than [`MAX_WITNESSES`].
    #[error("there are {0} texts, more than the {MAX_WITNESSES} that are collated at once")]
    TooMany(usize),
    /// More words than [`MAX_WORDS`].
    #[error("the texts have {0} words together, more than the {MAX_WORDS} that are aligned")]
    TooManyWords(usize),
    /// A text is too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
}

/// What collation found (spec/collation.md).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Collation {
    /// The level at which words were compared.
    #[serde(serialize_with = "level_name")]
    pub level: Level,
    /// Whether as few words as possible are left without a partner; false for very long texts.
    pub exact: bool,
    /// The witnesses, in the order given.
    pub witnesses: Vec<Shown>,
    /// How many words every witness has at the same place.
    pub agreed: usize,
    /// How many of these are written otherwise: capitals, contractions, numerals.
    pub written_otherwise: usize,
    /// How many differences there are of each class, the gravest first; each counted once, by its
    /// gravest class.
    pub tally: Vec<Tally>,
    /// Passages that stand at different places.
    pub moved: Vec<Moved>,
    /// The differences: the gravest class first, then in the order of the text.
    pub differences: Vec<Difference>,
    /// Negations and numbers that two witnesses both have, among other words in each: the gravest
    /// class first, then in the order of the text.
    pub elsewhere: Vec<Elsewhere>,
    /// Every place in order, each with its cell of every witness; empty unless asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub table: Vec<Vec<Option<String>>>,
}

/// A witness as the result names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// `A` to `Z`.
    pub letter: char,
    /// What a reader calls it.
    pub name: String,
    /// Its length in bytes.
    pub bytes: usize,
    /// How many words were aligned.
    pub words: usize,
    /// How many hidden characters it has.
    pub hidden_count: usize,
    /// The first of them.
    pub hidden: Vec<HiddenShown>,
}

/// A character that a reader does not see, or takes for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HiddenShown {
    /// Its code point and name.
    pub name: String,
    /// Its place.
    pub place: Place,
}

/// How many differences there are of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The class.
    #[serde(serialize_with = "class_name")]
    pub class: EditClass,
    /// How many.
    pub differences: usize,
}

/// A place where witnesses have different words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Counted from 1, in the order of the list.
    pub number: usize,
    /// The gravest class of the words that not every witness has.
    #[serde(serialize_with = "class_name")]
    pub class: EditClass,
    /// Every class of these words, the gravest first.
    #[serde(serialize_with = "class_names")]
    pub classes: Vec<EditClass>,
    /// The number of the moved passage that it is in, where it is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_moved: Option<usize>,
    /// The readings: witnesses with the same words have one together.
    pub readings: Vec<Reading>,
}

/// What some witnesses have at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The words as the first of them has them; empty where they have none.
    pub words: String,
    /// Where.
    pub at: Vec<Spot>,
}

/// Words of one witness, with what stands around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// The witness.
    pub witness: char,
    /// The words, on one line; empty where it has none there.
    pub words: String,
    /// A few words before.
    pub before: String,
    /// A few words after.
    pub after: String,
    /// Where the words stand.
    pub place: Place,
}

/// A passage that stands at different places of two witnesses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Counted from 1, in the order of the first witness that has it.
    pub number: usize,
    /// Whether its words differ as well; the differences name this passage.
    pub altered: bool,
    /// The classes of its words that a reader looks for first: negations, numbers and dates.
    #[serde(serialize_with = "class_names")]
    pub holds: Vec<EditClass>,
    /// The passage in each of the two.
    pub at: [Spot; 2],
}

/// A negation or a number that two witnesses both have, where an alignment with the fewest word errors need
/// not pair the two. It is no difference, and both have the word: it stands among other words in each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Elsewhere {
    /// Counted from 1, in the order of the list.
    pub number: usize,
    /// The graver of the classes of the two, [`EditClass::Negation`] or [`EditClass::Number`].
    #[serde(serialize_with = "class_name")]
    pub class: EditClass,
    /// The word in each of the two.
    pub at: [Spot; 2],
}

/// A witness and its words, folded.
struct Text<'w> {
    witness: &'w Witness,
    folded: Folded,
}

/// Collates witnesses; the first is the one to start from where there are three and more.
///
/// # Errors
/// [`CollationError`].
pub fn collate(witnesses: &[Witness], options: &Options) -> Result<Collation, CollationError> {
    match witnesses.len() {
        0 | 1 => return Err(CollationError::TooFew),
        count if count > MAX_WITNESSES => return Err(CollationError::TooMany(count)),
        _ => {}
    }
    let texts: Vec<Text<'_>> = witnesses
        .iter()
        .map(|witness| Text {
            witness,
            folded: folded(witness, options),
        })
        .collect();
    let words: usize = texts.iter().map(|text| text.folded.len()).sum();
    if words > MAX_WORDS {
        return Err(CollationError::TooManyWords(words));
    }
    Ok(analyse::analyse(&texts, options))
}

fn folded(witness: &Witness, options: &Options) -> Folded {
    match options.level {
        Level::Spoken => fold::spelled_out(&witness.text, &witness.tokens, options.casing),
        level => fold(&witness.text, &witness.tokens, level, options.casing),
    }
}

/// A level's word in JSON and on the command line.
pub fn level_word(level: Level) -> &'static str {
    match level {
        Level::Bytes => "bytes",
        Level::Form => "form",
        Level::Case => "case",
        Level::Spoken => "spoken",
    }
}

fn level_name<S: Serializer>(level: &Level, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(level_word(*level))
}

fn class_name<S: Serializer>(class: &EditClass, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(class.as_str())
}

fn class_names<S: Serializer>(classes: &[EditClass], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(classes.iter().map(|class| class.as_str()))
}
