//! The file that a statement rests on, and the words of it that the statement holds.
//!
//! ```text
//! --words "he has no information"    found in the file, once, byte for byte
//! ```
//!
//! Nothing is normalised: words that differ by one kind of quotation mark are other words. What the program
//! that reads here sees is only what it needs to ask the next question; the bytes that are kept are taken in
//! by the recorder.

use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use affiant::record::Quotation;
use affiant_case::{ExhibitDraft, ExhibitSource, HeldIn, MAX_SEARCHED_EXHIBIT, WordsDraft};

use super::RecordError;
use crate::error::{CliError, file_name};

/// The handle of the one exhibit of a command, as its messages name it.
pub const EXHIBIT: &str = "FILE";

/// How much of words a message shows, in characters.
const SHOWN: usize = 60;

/// The exhibit that a file becomes.
///
/// # Errors
/// [`CliError::NameNotText`].
pub fn exhibit(path: &Path) -> Result<ExhibitDraft, CliError> {
    let name = file_name(path)?.to_owned();
    let text = path.to_str().ok_or_else(|| CliError::NameNotText(path.to_owned()))?;
    Ok(ExhibitDraft {
        id: EXHIBIT.to_owned(),
        source: ExhibitSource::File {
            path: text.to_owned(),
            name,
        },
    })
}

/// The bytes of a plain file; `None` where there are more than `limit`.
///
/// # Errors
/// [`CliError::Read`].
pub fn read(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, CliError> {
    let failed = |source| CliError::Read {
        path: path.to_owned(),
        source,
    };
    // A pipe that nobody writes to would never open.
    if !std::fs::metadata(path).map_err(failed)?.is_file() {
        return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, "not a plain file")));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// A file whose words are held by a statement.
pub struct Notes {
    path: PathBuf,
    /// `None` where it is not UTF-8 text, or too long to search.
    text: Option<String>,
}

impl Notes {
    /// Reads a file.
    ///
    /// # Errors
    /// [`CliError::Read`].
    pub fn read(path: &Path) -> Result<Notes, CliError> {
        let bytes = read(path, MAX_SEARCHED_EXHIBIT)?;
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let path = path.to_owned();
        Ok(Notes { path, text })
    }

    /// Whether words can be found in it.
    pub fn is_text(&self) -> bool {
        self.text.is_some()
    }

    /// The passages: those that were typed, or else all of the text.
    ///
    /// # Errors
    /// Where words do not stand in the text exactly once, or there is no text and none were typed.
    pub fn passages(&self, typed: &[String], quotation: Option<Quotation>) -> Result<Vec<WordsDraft>, RecordError> {
        let Some(text) = &self.text else {
            if typed.is_empty() {
                return Err(RecordError::NotText(self.path.clone()));
            }
            let loose = |words: &String| loose(words, quotation.unwrap_or(Quotation::None));
            return Ok(typed.iter().map(loose).collect());
        };
        if typed.is_empty() {
            let range = whole(text);
            if range.is_empty() {
                return Err(RecordError::Blank(self.path.clone()));
            }
            // Marks within the whole text set off parts of it, not the whole.
            return Ok(vec![held(text, range, quotation.unwrap_or(Quotation::None))]);
        }
        let one = |words: &String| {
            let range = self.find(text, words)?;
            let marks = quotation.unwrap_or_else(|| quotation_of(text, &range));
            Ok(held(text, range, marks))
        };
        typed.iter().map(one).collect()
    }

    fn find(&self, text: &str, words: &str) -> Result<Range<usize>, RecordError> {
        let path = self.path.clone();
        let shown = || match words.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words.to_owned(),
        };
        if words.trim().is_empty() {
            return Err(RecordError::NoWords);
        }
        let Some(start) = text.find(words) else {
            return Err(RecordError::WordsNotFound { path, words: shown() });
        };
        let step = words.chars().next().map_or(1, char::len_utf8);
        if text[start + step..].contains(words) {
            return Err(RecordError::WordsRepeated { path, words: shown() });
        }
        Ok(start..start + words.len())
    }
}

/// Words of which no bytes are pointed at.
pub fn loose(words: &str, quotation: Quotation) -> WordsDraft {
    WordsDraft {
        text: words.to_owned(),
        quotation,
        language: None,
        cue: None,
        speaker_label: None,
        cited_as: None,
        held: None,
    }
}

/// Words that stand at a place in the exhibit.
pub fn held(text: &str, range: Range<usize>, quotation: Quotation) -> WordsDraft {
    let mut words = loose(&text[range.clone()], quotation);
    words.held = Some(HeldIn {
        exhibit: EXHIBIT.to_owned(),
        at: Some(range.start as u64),
    });
    words
}

/// All of a text but a byte order mark and the white space around it.
fn whole(text: &str) -> Range<usize> {
    let body = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    let start = text.len() - body.len();
    start..start + body.trim_end().len()
}

/// Whether the paragraph in which words stand sets them in quotation marks. Which mark opens and which closes
/// differs between languages, so that every second one closes; apostrophes are no marks.
fn quotation_of(text: &str, range: &Range<usize>) -> Quotation {
    const MARKS: [char; 8] = ['"', '“', '”', '„', '«', '»', '‹', '›'];
    let (before, words, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let before = before.rsplit("\n\n").next().unwrap_or_default();
    let after = after.split("\n\n").next().unwrap_or_default();
    let leading = words.starts_with(MARKS);
    let trailing = words.ends_with(MARKS);
    let within = words.matches(MARKS).count() - usize::from(leading) - usize::from(trailing);
    let opened = (before.matches(MARKS).count() % 2 == 1) != leading;
    let closed = trailing || after.contains(MARKS);
    match (opened, closed) {
        // A quotation begins or ends amid the words, so that they are in none as a whole.
        _ if within % 2 == 1 => Quotation::None,
        (true, true) => Quotation::Marked,
        (true, false) => Quotation::Unbalanced,
        (false, _) if trailing || after.starts_with(MARKS) => Quotation::Unbalanced,
        (false, _) => Quotation::None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn notes(text: &str) -> Notes {
        Notes {
            path: PathBuf::from("notes.txt"),
            text: Some(text.to_owned()),
        }
    }

    #[test]
    fn words_are_found_where_they_stand_once() {
        let notes = notes("He said “no fish” and no bread.\n");
        let found = notes
            .passages(&["no fish".to_owned(), "bread".to_owned()], None)
            .unwrap();
        assert_eq!(
            (found[0].quotation, found[1].quotation),
            (Quotation::Marked, Quotation::None)
        );
        assert_eq!(found[0].held.as_ref().unwrap().at, Some(11));
        let wrong = |words: &str| notes.passages(&[words.to_owned()], None).unwrap_err();
        assert!(matches!(wrong("no"), RecordError::WordsRepeated { .. }));
        assert!(matches!(wrong("\"no fish\""), RecordError::WordsNotFound { .. }));
        assert!(matches!(wrong(" "), RecordError::NoWords));
    }

    #[test]
    fn a_part_of_a_quotation_is_in_quotation_marks() {
        let of = |text: &str, words: &str| {
            let start = text.find(words).unwrap();
            quotation_of(text, &(start..start + words.len()))
        };
        let printed = "He said “no fish and no bread” and no \"more\".\n\nIt’s „open";
        for words in ["no fish", "no bread", "fish and", "“no fish and no bread”", "more"] {
            assert_eq!(of(printed, words), Quotation::Marked, "{words}");
        }
        for words in ["He said", "said “no fish", "It’s"] {
            assert_eq!(of(printed, words), Quotation::None, "{words}");
        }
        assert_eq!(of(printed, "open"), Quotation::Unbalanced);
        assert_eq!(of("shut» he said", "shut"), Quotation::Unbalanced);
    }

    #[test]
    fn without_words_the_whole_text_is_one_passage() {
        let whole = &notes("\u{feff}\nOne.\n\nTwo “three”\n").passages(&[], None).unwrap()[0];
        assert_eq!(
            (whole.text.as_str(), whole.quotation),
            ("One.\n\nTwo “three”", Quotation::None)
        );
        assert_eq!(whole.held.as_ref().unwrap().at, Some(4));
        assert!(matches!(notes(" \n").passages(&[], None), Err(RecordError::Blank(_))));
    }

    #[test]
    fn what_is_no_text_holds_words_loosely_or_not_at_all() {
        let notes = Notes {
            path: PathBuf::from("notes.jpg"),
            text: None,
        };
        assert_eq!(notes.passages(&["no".to_owned()], None).unwrap()[0].held, None);
        assert!(matches!(notes.passages(&[], None), Err(RecordError::NotText(_))));
    }
}
