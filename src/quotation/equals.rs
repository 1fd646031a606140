//! Words that say the same though their letters differ: numbers, `'s` and `'d`, hyphens.
//!
//! `twenty-five` is `25`, `$5` is `five dollars`, `co-operate` is `cooperate`, `it's` is `it is` and `it has`.

use std::collections::{BTreeMap, HashSet};

use crate::text::{fold, number};

use super::align::{Column, Equals};
use super::check::Search;
use super::parse::What;
use super::unit::Traits;

impl Search<'_, '_> {
    /// Words that say the same though their letters differ: numbers, `'s`, hyphens.
    pub(super) fn equals(&self, columns: &[Column]) -> Equals {
        let forms: Vec<&str> = self.rows.items.iter().map(|item| self.form_of(*item)).collect();
        let ours = |at: usize| forms.get(at).copied().filter(|form| !form.is_empty());
        let parted = |at: usize| match self.rows.items.get(at).map(|item| &self.quotation.items[*item].what) {
            Some(What::Word(unit)) => unit.traits.parts_numbers(),
            _ => true,
        };
        let theirs = |at: usize| {
            let column = columns.get(at).filter(|column| !column.begins_window)?;
            Some(self.index.form(column.unit as usize))
        };
        let theirs_parted = |at: usize| {
            let column = columns.get(at).filter(|column| !column.begins_window);
            column.is_none_or(|column| self.index.traits(column.unit as usize).parts_numbers())
        };
        let mut by_meaning: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for at in 0..columns.len() {
            for (meaning, length) in meanings(&theirs, &theirs_parted, at) {
                by_meaning.entry(meaning).or_default().push((at, length));
            }
        }
        let mut equals = self.joined(columns, &ours, &theirs);
        for row in 0..forms.len() {
            for (meaning, rows) in meanings(&ours, &parted, row) {
                for (column, length) in by_meaning.get(&meaning).into_iter().flatten() {
                    let same = rows == 1 && *length == 1 && theirs(*column) == ours(row);
                    let small = u8::try_from(rows).ok().zip(u8::try_from(*length).ok());
                    if let Some(small) = small.filter(|_| !same) {
                        let ends = (narrow(row + rows - 1), narrow(column + length));
                        let longest = equals.entry(ends).or_insert(small);
                        *longest = (*longest).max(small);
                    }
                }
            }
        }
        equals
    }

    /// Words that a hyphen joins, and the same in one word: `co-operate` and `cooperate`.
    fn joined<'w>(
        &self,
        columns: &[Column],
        ours: &impl Fn(usize) -> Option<&'w str>,
        theirs: &impl Fn(usize) -> Option<&'w str>,
    ) -> Equals {
        let mut equals = Equals::new();
        let rows = self.rows.rows.len();
        let hyphen = |row: usize| matches!(&self.quotation.items[self.rows.items[row]].what, What::Word(unit) if unit.traits.has(Traits::AFTER_HYPHEN));
        for row in (1..rows).filter(|row| hyphen(*row)) {
            let Some(whole) = ours(row - 1).zip(ours(row)).map(|(one, other)| format!("{one}{other}")) else {
                continue;
            };
            for column in (0..columns.len()).filter(|column| theirs(*column) == Some(&whole)) {
                equals.insert((narrow(row), narrow(column + 1)), (2, 1));
            }
        }
        let words: HashSet<&str> = (0..rows).filter_map(ours).collect();
        for (column, one) in columns.iter().enumerate().skip(1) {
            let hyphen = !one.begins_window && self.index.traits(one.unit as usize).has(Traits::AFTER_HYPHEN);
            let whole = theirs(column - 1).zip(theirs(column)).filter(|_| hyphen);
            let Some(whole) = whole
                .map(|(one, other)| format!("{one}{other}"))
                .filter(|whole| words.contains(whole.as_str()))
            else {
                continue;
            };
            for row in (0..rows).filter(|row| ours(*row) == Some(&whole)) {
                equals.insert((narrow(row), narrow(column + 1)), (1, 2));
            }
        }
        equals
    }

    fn form_of(&self, item: usize) -> &str {
        match &self.quotation.items[item].what {
            What::Word(unit) => &unit.form,
            _ => "",
        }
    }
}

/// What the words from one on may mean, and how many words each meaning takes.
fn meanings<'w>(
    word: &impl Fn(usize) -> Option<&'w str>,
    parted: &impl Fn(usize) -> bool,
    at: usize,
) -> Vec<(String, usize)> {
    let Some(first) = word(at) else { return Vec::new() };
    let next = |ahead: usize| {
        if ahead > 0 && parted(at + ahead) {
            None
        } else {
            word(at + ahead)
        }
    };
    let mut found: Vec<(String, usize)> = fold::readings(first)
        .iter()
        .map(|reading| ((*reading).to_owned(), 1))
        .collect();
    if matches!(first, "is" | "has" | "would" | "had" | "am" | "are" | "have" | "us") {
        found.push((first.to_owned(), 1));
    }
    let currency = matches!(first, "$");
    let from = usize::from(currency);
    let in_number = |ahead: usize| {
        if ahead == 0 && from == 1 {
            next(1)
        } else {
            next(from + ahead)
        }
    };
    if (from == 0 || next(1).is_some())
        && let Some((value, taken)) = number::read(in_number)
    {
        let taken = taken + from;
        match next(taken) {
            Some("dollars" | "dollar") if !currency => found.push((format!("{value} dollars"), taken + 1)),
            _ => {}
        }
        found.push((
            if currency {
                format!("{value} dollars")
            } else {
                format!("{value} #")
            },
            taken,
        ));
    }
    if first == "percent" {
        found.push(("percent".to_owned(), 1));
    }
    if first == "per" && next(1) == Some("cent") {
        found.push(("percent".to_owned(), 2));
    }
    found
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).expect("a table within MAX_CELLS has 32-bit places")
}
