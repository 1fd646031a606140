//! The table as cells of words: columns that a token stands in together are one cell.
//!
//! `twenty-five` has one cell beside `25`, and `didn't` one beside `did not`. Punctuation goes with
//! the word before it, so that the cells of a row, in order, are the witness without a character lost.

use std::ops::Range;

use super::super::Text;
use super::super::table::Table;

/// Which columns are tied to the one before, because a token of some witness stands in both.
pub(super) struct Ties {
    tied: Vec<bool>,
}

impl Ties {
    pub fn of(texts: &[Text<'_>], table: &Table) -> Ties {
        let mut tied = vec![false; table.width()];
        for (witness, text) in texts.iter().enumerate() {
            let mut last: Option<(usize, usize)> = None;
            for column in 0..table.width() {
                let Some(unit) = table.unit(witness, column) else {
                    continue;
                };
                if let Some((before, unit_before)) = last
                    && text.folded.tokens(unit).start < text.folded.tokens(unit_before).end
                {
                    tied[before + 1..=column].fill(true);
                }
                last = Some((column, unit));
            }
        }
        Ties { tied }
    }

    /// The same columns and those that are tied to them.
    pub fn widened(&self, mut columns: Range<usize>) -> Range<usize> {
        while self.tied[columns.start] {
            columns.start -= 1;
        }
        while columns.end < self.tied.len() && self.tied[columns.end] {
            columns.end += 1;
        }
        columns
    }
}

/// Every cell of every row; none where a witness has no words.
pub(super) fn cells(texts: &[Text<'_>], table: &Table, ties: &Ties) -> Vec<Vec<Option<String>>> {
    let mut rows = Vec::new();
    let mut start = 0;
    while start < table.width() {
        let mut end = start + 1;
        while end < table.width() && ties.tied[end] {
            end += 1;
        }
        let cell = |(witness, text): (usize, &Text<'_>)| {
            let units: Vec<usize> = (start..end).filter_map(|column| table.unit(witness, column)).collect();
            let (first, last) = (*units.first()?, *units.last()?);
            Some(text.witness.words(tokens_with_marks(text, first, last)))
        };
        rows.push(texts.iter().enumerate().map(cell).collect());
        start = end;
    }
    rows
}

/// The tokens of some units, and the marks up to the next one; before the first unit, those from the
/// beginning.
fn tokens_with_marks(text: &Text<'_>, first: usize, last: usize) -> Range<usize> {
    let start = if first == 0 { 0 } else { text.folded.tokens(first).start };
    let end = if last + 1 < text.folded.len() {
        text.folded.tokens(last + 1).start.max(text.folded.tokens(last).end)
    } else {
        text.witness.tokens.len()
    };
    start..end
}
