//! What a quotation is looked for in: texts cut into segments, and an index of their words.
//!
//! ```
//! use affiant::quotation::{Index, Segment, Source};
//!
//! let text = "CLERK: Shall I?\nWITNESS: I did not sign it.";
//! let said_by = |name: &str, words: &str| {
//!     let start = text.find(words).unwrap();
//!     Segment { span: start..start + words.len(), speaker: Some(name.to_owned()), cited_as: None }
//! };
//! let segments = vec![said_by("CLERK", "Shall I?"), said_by("WITNESS", "I did not sign it.")];
//! let index = Index::new(vec![Source { name: "hearing.txt".to_owned(), text, segments }]).unwrap();
//! assert_eq!((index.sources(), index.segments(), index.words()), (1, 2, 7));
//! ```
//!
//! An index is made once and asked many times. It holds the texts by reference. Sources are put
//! in the order of their names, so that no result depends on the order in which they are given.
//! Whose words a segment has is what the caller says; nothing here reads labels.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use crate::text::{Casing, TooLong, tokens};

use super::unit::{Traits, Unit, units};

/// The most bytes of all texts of one index: 1 GiB.
pub const MAX_INDEXED: usize = 1 << 30;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'t> {
    /// What it is called in results: a file, an exhibit, a record's label.
    pub name: String,
    /// The text, as received.
    pub text: &'t str,
    /// Its parts. What lies in none is not searched.
    pub segments: Vec<Segment>,
}

impl<'t> Source<'t> {
    /// A text of which nobody says who speaks, parted where lines are blank.
    pub fn plain(name: impl Into<String>, text: &'t str) -> Source<'t> {
        let segments = paragraphs(text).into_iter().map(|span| Segment {
            span,
            speaker: None,
            cited_as: None,
        });
        Source {
            name: name.into(),
            text,
            segments: segments.collect(),
        }
    }
}

/// A turn, a paragraph, a passage: a part of a text that one person speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// Whose words they are, as the source or the record names them.
    pub speaker: Option<String>,
    /// Page and line, or time, as the source counts them.
    pub cited_as: Option<String>,
}

/// Why texts were not indexed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
    /// A text is too long.
    #[error("{name}: {source}")]
    TooLong {
        /// Which.
        name: String,
        /// How long it is.
        source: TooLong,
    },
    /// All of them together are.
    #[error("the texts have {size} bytes together, more than the {MAX_INDEXED} that are searched at once")]
    TooMuch {
        /// The length of all texts, in bytes.
        size: usize,
    },
    /// A segment that is not within its text, not at letters' bounds, or before the end of the one before it.
    #[error("{name}: there is no segment {start}..{end} in the text after the segment before it")]
    Segment {
        /// Of which text.
        name: String,
        /// Where it is said to begin.
        start: usize,
        /// Where it is said to end.
        end: usize,
    },
}

/// The words of texts, and where each stands.
#[derive(Debug)]
pub struct Index<'t> {
    pub(super) sources: Vec<Source<'t>>,
    /// The first unit of each source, and the number of all units.
    source_starts: Vec<u32>,
    /// For each segment: its source, its place there, and its first unit.
    parts: Vec<Part>,
    /// Every speaker whom a segment names, once, in order.
    speakers: Vec<String>,
    words: Vec<String>,
    by_word: HashMap<String, u32>,
    pub(super) keys: Vec<u32>,
    spans: Vec<(u32, u32)>,
    traits: Vec<Traits>,
    /// Where the places of each word begin in `places`.
    place_starts: Vec<u32>,
    places: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Part {
    source: u32,
    segment: u32,
    first: u32,
    speaker: Option<u32>,
}

impl<'t> Index<'t> {
    /// Reads the texts.
    ///
    /// # Errors
    /// [`IndexError`].
    pub fn new(sources: Vec<Source<'t>>) -> Result<Index<'t>, IndexError> {
        Index::with_casing(sources, Casing::Root)
    }

    /// As [`Index::new`], with the letters of a language.
    ///
    /// # Errors
    /// [`IndexError`].
    pub fn with_casing(mut sources: Vec<Source<'t>>, casing: Casing) -> Result<Index<'t>, IndexError> {
        sources.sort_by(|one, other| (&one.name, one.text).cmp(&(&other.name, other.text)));
        let size = sources.iter().map(|source| source.text.len()).sum();
        if size > MAX_INDEXED {
            return Err(IndexError::TooMuch { size });
        }
        let mut index = Index {
            sources: Vec::new(),
            source_starts: Vec::new(),
            parts: Vec::new(),
            speakers: named(&sources),
            words: Vec::new(),
            by_word: HashMap::new(),
            keys: Vec::new(),
            spans: Vec::new(),
            traits: Vec::new(),
            place_starts: Vec::new(),
            places: Vec::new(),
        };
        for (number, source) in sources.iter().enumerate() {
            index.source_starts.push(narrow(index.keys.len()));
            index.read(number, source, casing)?;
        }
        index.source_starts.push(narrow(index.keys.len()));
        index.sources = sources;
        index.place();
        Ok(index)
    }

    fn read(&mut self, number: usize, source: &Source<'t>, casing: Casing) -> Result<(), IndexError> {
        let mut end = 0;
        for (place, segment) in source.segments.iter().enumerate() {
            let words = source
                .text
                .get(segment.span.clone())
                .filter(|_| segment.span.start >= end);
            let words = words.ok_or_else(|| IndexError::Segment {
                name: source.name.clone(),
                start: segment.span.start,
                end: segment.span.end,
            })?;
            end = segment.span.end;
            let cut = tokens(words).map_err(|error| IndexError::TooLong {
                name: source.name.clone(),
                source: error,
            })?;
            self.parts.push(Part {
                source: narrow(number),
                segment: narrow(place),
                first: narrow(self.keys.len()),
                speaker: segment
                    .speaker
                    .as_ref()
                    .and_then(|name| self.speakers.binary_search(name).ok())
                    .map(narrow),
            });
            for unit in units(words, &cut, segment.span.start, casing) {
                self.push(unit);
            }
        }
        Ok(())
    }

    fn push(&mut self, unit: Unit) {
        let next = narrow(self.words.len());
        let key = match self.by_word.get(&unit.form) {
            Some(key) => *key,
            None => {
                self.by_word.insert(unit.form.clone(), next);
                self.words.push(unit.form);
                next
            }
        };
        self.keys.push(key);
        self.spans.push((narrow(unit.span.start), narrow(unit.span.end)));
        self.traits.push(unit.traits);
    }

    /// Sorts the units by their words.
    fn place(&mut self) {
        let mut starts = vec![0_u32; self.words.len() + 1];
        for key in &self.keys {
            starts[*key as usize + 1] += 1;
        }
        for word in 1..starts.len() {
            starts[word] += starts[word - 1];
        }
        let mut next = starts.clone();
        self.places = vec![0; self.keys.len()];
        for (unit, key) in self.keys.iter().enumerate() {
            let slot = &mut next[*key as usize];
            self.places[*slot as usize] = narrow(unit);
            *slot += 1;
        }
        self.place_starts = starts;
    }

    /// How many texts there are.
    pub fn sources(&self) -> usize {
        self.sources.len()
    }

    /// How many segments the texts have.
    pub fn segments(&self) -> usize {
        self.parts.len()
    }

    /// How many words the segments have, each part of a contraction counted.
    pub fn words(&self) -> usize {
        self.keys.len()
    }

    /// The number of the text with this name.
    pub fn source_named(&self, name: &str) -> Option<usize> {
        self.sources.iter().position(|source| source.name == name)
    }

    /// The speakers whom the segments name, each once, in order.
    pub fn speakers(&self) -> &[String] {
        &self.speakers
    }

    /// The place among [`Index::speakers`] of whoever speaks a part.
    pub(super) fn speaker_of(&self, part: usize) -> Option<usize> {
        self.parts[part].speaker.map(|speaker| speaker as usize)
    }

    /// The words that begin and end with these letters and have more between.
    pub(super) fn words_like(&self, before: &str, after: &str) -> HashSet<u32> {
        let least = before.len() + after.len();
        let like = |word: &String| word.len() >= least && word.starts_with(before) && word.ends_with(after);
        let alike = self.words.iter().enumerate().filter(|(_, word)| like(word));
        alike.map(|(key, _)| narrow(key)).collect()
    }

    pub(super) fn key_of(&self, form: &str) -> Option<u32> {
        self.by_word.get(form).copied()
    }

    pub(super) fn word(&self, key: u32) -> &str {
        &self.words[key as usize]
    }

    pub(super) fn form(&self, unit: usize) -> &str {
        self.word(self.keys[unit])
    }

    pub(super) fn traits(&self, unit: usize) -> Traits {
        self.traits[unit]
    }

    /// The bytes of a unit's word in its text.
    pub(super) fn span(&self, unit: usize) -> Range<usize> {
        let (start, end) = self.spans[unit];
        start as usize..end as usize
    }

    /// The units with this word, in order.
    pub(super) fn places(&self, key: u32) -> &[u32] {
        let (from, to) = (self.place_starts[key as usize], self.place_starts[key as usize + 1]);
        &self.places[from as usize..to as usize]
    }

    /// The units of a text.
    pub(super) fn units_of(&self, source: usize) -> Range<usize> {
        self.source_starts[source] as usize..self.source_starts[source + 1] as usize
    }

    /// The part that a unit lies in, by its number among all segments.
    pub(super) fn part_of(&self, unit: usize) -> usize {
        self.parts.partition_point(|part| part.first as usize <= unit) - 1
    }

    /// The units of a part.
    pub(super) fn units_of_part(&self, part: usize) -> Range<usize> {
        let end = self
            .parts
            .get(part + 1)
            .map_or(self.keys.len(), |next| next.first as usize);
        self.parts[part].first as usize..end
    }

    /// The text that a part is of, and its number.
    pub(super) fn source_of(&self, part: usize) -> usize {
        self.parts[part].source as usize
    }

    /// A part as it was given.
    pub(super) fn segment(&self, part: usize) -> &Segment {
        let place = self.parts[part];
        &self.sources[place.source as usize].segments[place.segment as usize]
    }
}

fn named(sources: &[Source<'_>]) -> Vec<String> {
    let segments = sources.iter().flat_map(|source| &source.segments);
    let names: BTreeSet<&String> = segments.filter_map(|segment| segment.speaker.as_ref()).collect();
    names.into_iter().cloned().collect()
}

/// Stretches of text between blank lines, without the space around them.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            open = false;
        } else {
            let start = at + line.len() - line.trim_start().len();
            let end = at + line.trim_end().len();
            match found.last_mut() {
                Some(last) if open => last.end = end,
                _ => found.push(start..end),
            }
            open = true;
        }
        at += line.len();
    }
    found
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).expect("texts within MAX_INDEXED have 32-bit places")
}
