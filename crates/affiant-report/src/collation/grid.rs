//! The whole text in aligned columns, one line a witness, cut into bands as wide as the page.
//!
//! ```text
//! A │ he  did  not  see  the  car.
//! B │ he  did   ·   see  the  car.
//! ```
//!
//! Where letters run from right to left a terminal would put columns in another order, so each
//! witness has its words in a line of their own.

use affiant::collation::Collation;
use unicode_width::UnicodeWidthStr;

use crate::page::Page;
use crate::visible::{has_right_to_left, visible};

const NO_WORD: &str = "·";
const BETWEEN: usize = 2;

/// Writes the table of a collation.
pub(super) fn grid(page: &mut Page, collation: &Collation, width: usize) {
    let room = width.clamp(30, 300) - 4;
    let mut band: Vec<Vec<String>> = Vec::new();
    let mut used = 0;
    for row in &collation.table {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| visible(cell.as_deref().unwrap_or(NO_WORD)).into_owned())
            .collect();
        let widest = cells.iter().map(|cell| cell.width()).max().unwrap_or(0).min(room);
        if used + widest > room && !band.is_empty() {
            write(page, collation, &band);
            band.clear();
            used = 0;
        }
        used += widest + BETWEEN;
        band.push(cells);
    }
    if !band.is_empty() {
        write(page, collation, &band);
    }
}

fn write(page: &mut Page, collation: &Collation, band: &[Vec<String>]) {
    let from_right = band.iter().flatten().any(|cell| has_right_to_left(cell));
    let mut lines = Vec::new();
    for (witness, shown) in collation.witnesses.iter().enumerate() {
        let mut line = format!("{} │ ", shown.letter);
        for cells in band {
            let cell = &cells[witness];
            line.push_str(cell);
            let widest = cells.iter().map(|cell| cell.width()).max().unwrap_or(0);
            let padding = if from_right { 0 } else { widest - cell.width() };
            line.push_str(&" ".repeat(padding + if from_right { 1 } else { BETWEEN }));
        }
        lines.push(line.trim_end().to_owned());
    }
    page.block(&lines);
}
