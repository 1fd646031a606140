//! The alignment table: one row a witness, one column for what stands at one place.
//!
//! ```text
//! A  we  did  not  sign
//! B  we  did   -   sign
//! ```
//!
//! Witnesses are aligned one after the other, each with the table so far, of which a column matches
//! a word if any witness has that word there. For two witnesses the table does not depend on their
//! order; for more it may, and the first is the one to start from.

use super::align::align;
use super::slots::Slots;

/// A cell without a word.
pub(super) const NONE: u32 = u32::MAX;

/// Rows of cells; a cell is a unit of its witness or [`NONE`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub rows: Vec<Vec<u32>>,
    /// Whether every alignment left as few words alone as possible.
    pub exact: bool,
}

impl Table {
    /// Aligns all witnesses.
    pub fn of(witnesses: &[Slots]) -> Table {
        let mut table = Table {
            rows: Vec::with_capacity(witnesses.len()),
            exact: true,
        };
        let mut columns = Slots::default();
        for (number, witness) in witnesses.iter().enumerate() {
            if number == 0 {
                table.rows.push((0..narrow(witness.len())).collect());
                columns = witness.clone();
                continue;
            }
            let aligned = align(&columns, witness);
            table.exact &= aligned.exact;
            columns = table.add(&columns, witness, &aligned.pairs);
        }
        table
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// The unit of a witness in a column.
    pub fn unit(&self, witness: usize, column: usize) -> Option<usize> {
        let unit = self.rows[witness][column];
        (unit != NONE).then_some(unit as usize)
    }

    /// The units of two witnesses in one column, in order, where they agree.
    pub fn pairs(&self, one: usize, other: usize, agree: impl Fn(usize, usize) -> bool) -> Vec<(u32, u32)> {
        let both = self.rows[one].iter().zip(&self.rows[other]);
        both.filter(|(i, j)| **i != NONE && **j != NONE && agree(**i as usize, **j as usize))
            .map(|(i, j)| (*i, *j))
            .collect()
    }

    /// Whether every witness has a word in a column.
    pub fn is_full(&self, column: usize) -> bool {
        self.rows.iter().all(|row| row[column] != NONE)
    }

    /// For each witness and column, how many of its units stand before the column.
    pub fn units_before(&self) -> Vec<Vec<u32>> {
        let counts = |row: &Vec<u32>| {
            let mut count = 0;
            let before = |cell: &u32| {
                let before = count;
                count += u32::from(*cell != NONE);
                before
            };
            row.iter().map(before).collect()
        };
        self.rows.iter().map(counts).collect()
    }

    /// Adds a row; gives the symbols of the new columns.
    fn add(&mut self, columns: &Slots, witness: &Slots, pairs: &[(u32, u32)]) -> Slots {
        let width = columns.len() + witness.len() - pairs.len();
        let mut rows: Vec<Vec<u32>> = (0..=self.rows.len()).map(|_| Vec::with_capacity(width)).collect();
        let mut symbols = Slots::default();
        let (mut column, mut unit) = (0, 0);
        let ends = (narrow(columns.len()), narrow(witness.len()));
        for (to_column, to_unit) in pairs.iter().copied().chain([ends]) {
            while column < to_column as usize {
                self.copy(column, NONE, &mut rows);
                symbols.push(columns.at(column).iter().copied());
                column += 1;
            }
            while unit < to_unit as usize {
                for row in &mut rows[..self.rows.len()] {
                    row.push(NONE);
                }
                rows[self.rows.len()].push(narrow(unit));
                symbols.push(witness.at(unit).iter().copied());
                unit += 1;
            }
            if (to_column, to_unit) != ends {
                self.copy(column, narrow(unit), &mut rows);
                symbols.push(columns.at(column).iter().chain(witness.at(unit)).copied());
                (column, unit) = (column + 1, unit + 1);
            }
        }
        self.rows = rows;
        symbols
    }

    fn copy(&self, column: usize, unit: u32, rows: &mut [Vec<u32>]) {
        for (old, new) in self.rows.iter().zip(rows.iter_mut()) {
            new.push(old[column]);
        }
        rows[self.rows.len()].push(unit);
    }
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).expect("MAX_WORDS keeps units within 32 bits")
}
