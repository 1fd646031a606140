//! Where an exhibit holds exactly the bytes of a passage. Nothing is normalised: words that differ
//! by one kind of quotation mark are other words.

use std::ops::Range;

use super::Builder;
use crate::MAX_SEARCHED_EXHIBIT;
use crate::draft::HeldIn;
use crate::fault::{CaseFault, shortened};
use crate::names::Entry;
use crate::spot::Spot;

/// How many offsets a message names.
const MAX_SHOWN: usize = 8;

impl Builder<'_, '_> {
    /// Finds the words, or checks that they stand where the case says. A fault is noted.
    pub(super) fn held(&mut self, spot: &Spot, words: &str, held: &HeldIn) -> Option<Range<u64>> {
        let exhibit = held.exhibit.clone();
        let Some(size) = self.staged.facts.get(&exhibit).map(|facts| facts.size) else {
            self.findings.add(spot, "in", CaseFault::NotAtHand { exhibit });
            return None;
        };
        let length = words.len() as u64;
        let found = match held.at {
            Some(start) => self.at(&exhibit, start, size, words),
            None if size > MAX_SEARCHED_EXHIBIT => Err(CaseFault::NotSearched { exhibit, size }),
            None => self.search(&exhibit, size, words),
        };
        match found {
            Ok(start) => Some(start..start + length),
            Err(fault) => {
                let member = if held.at.is_some() { "at" } else { "in" };
                self.findings.add(spot, member, fault);
                None
            }
        }
    }

    fn at(&mut self, exhibit: &str, start: u64, size: u64, words: &str) -> Result<u64, CaseFault> {
        let end = start.saturating_add(words.len() as u64);
        if end > size {
            let exhibit = exhibit.to_owned();
            return Err(CaseFault::SpanOutside {
                exhibit,
                start,
                end,
                size,
            });
        }
        let bytes = self.read(exhibit, start..end)?;
        if bytes == words.as_bytes() {
            return Ok(start);
        }
        Err(CaseFault::WordsDiffer {
            exhibit: exhibit.to_owned(),
            start,
            found: shortened(&String::from_utf8_lossy(&bytes)),
            words: shortened(words),
        })
    }

    fn search(&mut self, exhibit: &str, size: u64, words: &str) -> Result<u64, CaseFault> {
        let searched = self.searched.as_ref().is_some_and(|(handle, _)| handle == exhibit);
        if !searched {
            // One is kept, since the passages of a statement mostly stand in one exhibit.
            self.searched = None;
            let bytes = self.read(exhibit, 0..size)?;
            self.searched = Some((exhibit.to_owned(), bytes));
        }
        let bytes = self.searched.as_ref().map_or(&[][..], |(_, bytes)| bytes);
        let offsets = occurrences(bytes, words);
        let exhibit = exhibit.to_owned();
        let words = shortened(words);
        match offsets.as_slice() {
            [] => Err(CaseFault::WordsNotFound { exhibit, words }),
            [only] => Ok(*only),
            _ => Err(CaseFault::WordsRepeated {
                exhibit,
                words,
                offsets,
            }),
        }
    }

    fn read(&mut self, exhibit: &str, range: Range<u64>) -> Result<Vec<u8>, CaseFault> {
        let Some(Entry::Exhibit(index)) = self.names.get(exhibit) else {
            unreachable!("check refuses a handle that is no exhibit's");
        };
        let read = (self.staged.read)(&self.case.exhibits[index], range);
        read.map_err(|source| CaseFault::Unreadable {
            exhibit: exhibit.to_owned(),
            source,
        })
    }
}

/// The first offsets at which `bytes` hold the bytes of `words`, overlaps counted.
///
/// Words are valid UTF-8, so that they can only stand within a stretch of `bytes` that is.
fn occurrences(bytes: &[u8], words: &str) -> Vec<u64> {
    let step = words.chars().next().map_or(1, char::len_utf8);
    let mut offsets = Vec::new();
    let mut stretch_start = 0;
    for chunk in bytes.utf8_chunks() {
        let stretch = chunk.valid();
        let mut from = 0;
        while let Some(found) = stretch.get(from..).and_then(|rest| rest.find(words)) {
            offsets.push((stretch_start + from + found) as u64);
            if offsets.len() == MAX_SHOWN {
                return offsets;
            }
            from += found + step;
        }
        stretch_start += stretch.len() + chunk.invalid().len();
    }
    offsets
}

#[cfg(test)]
mod tests {
    use super::occurrences;

    #[test]
    fn words_are_found_among_bytes_that_are_no_text() {
        assert_eq!(occurrences(b"\xff\xe2\x82na\xc3\xafve\xff", "na\u{ef}ve"), [3]);
        assert_eq!(occurrences("“aaa”".as_bytes(), "aa"), [3, 4]);
        assert_eq!(occurrences(b"", "a"), [0_u64; 0]);
        assert_eq!(occurrences(b"a\xc3", "\u{e9}"), [0_u64; 0]);
    }
}
