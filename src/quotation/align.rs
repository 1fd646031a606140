//! The cheapest explanation of a quotation by stretches of its sources.
//!
//! ```text
//! quotation   we  do  …  agree  with  that
//! source      we  do  not  ever  agree  with  this      cost: an ellipsis, one other word
//! ```
//!
//! Rows are what the quotation consists of, columns the words of the windows that seeds have
//! found (`seed`). One table is filled: a word may stand for itself, for another, for none; a
//! source's word may be left out; an ellipsis skips forward nearly for nothing; and at a cost
//! the explanation may jump to any other place, which is how spliced words show. The costs are
//! in spec/quotation.md. This module knows words as numbers, and judges nothing.

use std::collections::{HashMap, HashSet};

/// The most cells of one table: rows times columns.
pub(super) const MAX_CELLS: usize = 32 << 20;

/// Costs, in thousandths of a word.
pub(super) mod cost {
    /// A word that stands for another, that is added, or that is left out.
    pub const WORD: u32 = 1000;
    /// A filler or a transcriber's note that is left out.
    pub const FILLER: u32 = 400;
    /// A word that is said again at once, and is left out once.
    pub const REPEAT: u32 = 700;
    /// A break without a mark after which the explanation goes on further down in the same source.
    pub const SKIP: u32 = 2600;
    /// A break without a mark after which it goes on anywhere else.
    pub const JUMP: u32 = 3600;
    /// A marked omission, forward in the same source.
    pub const MARKED_SKIP: u32 = 100;
    /// A marked omission after which it goes on elsewhere.
    pub const MARKED_JUMP: u32 = 1500;
    /// An ellipsis where nothing is left out and the source marks no pause.
    pub const IDLE_ELLIPSIS: u32 = 200;
    /// Each word skipped, so that the nearer of two equal places is taken.
    pub const DISTANCE: u32 = 1;
    /// Words in brackets, by themselves.
    pub const BRACKET: u32 = 400;
    /// Each word of the source that brackets stand for. One word is the usual case.
    pub const BRACKETED_WORD: u32 = 200;
    /// Brackets that stand for nothing: an addition.
    pub const BRACKET_ADDS: u32 = 350;
    /// A letter or an ending in brackets.
    pub const PARTIAL: u32 = 100;
    /// Beginning in words of somebody else than the speaker who is claimed.
    pub const OTHER_SPEAKER: u32 = 50;
    /// Going on in another segment.
    pub const SEGMENT: u32 = 10;
}

/// The most places at the same cost that are followed up.
const MAX_WAYS: usize = 50;

/// The most words of the source that one pair of brackets stands for.
const MAX_BRACKETED: usize = 8;

const FAR: u32 = u32::MAX / 2;

/// One thing in a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Row {
    /// A word.
    Word(u32),
    /// A word of which a part stands in brackets, or letters are covered: any of these words.
    OneOf(HashSet<u32>),
    /// Words in brackets; the keys are the words.
    Bracket(Vec<u32>),
    /// Words that are said to be missing, as `[inaudible]`.
    Missing(Vec<u32>),
    /// An ellipsis.
    Ellipsis,
    /// A note that stands for nothing, as `[sic]`.
    Note,
}

/// One word of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Column {
    /// The word.
    pub key: u32,
    /// Its place among the units of the index.
    pub unit: u32,
    /// Whether it is a filler or within a transcriber's note.
    pub filler: bool,
    /// Whether it is said again at once, alone or with its neighbours.
    pub repeated: bool,
    /// Whether the source has an ellipsis before it.
    pub pause_before: bool,
    /// Whether it is no word but stands before a window.
    pub begins_window: bool,
    /// Whether it stands before the first window of a source.
    pub begins_source: bool,
    /// Whether it is the first of its segment.
    pub begins_segment: bool,
    /// Whether somebody else than the speaker who is claimed says it.
    pub other_speaker: bool,
}

/// Several words that say the same as several others: `twenty one` and `21`.
pub(super) type Equals = HashMap<(u32, u32), (u8, u8)>;

/// One step of an explanation. Rows and columns are indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The row's word is the column's.
    Same { row: usize, column: usize },
    /// `rows` rows that end with `row` say the same as `columns` columns that end with `column`.
    Equal {
        row: usize,
        rows: usize,
        column: usize,
        columns: usize,
    },
    /// The row's word stands for the column's.
    Other { row: usize, column: usize },
    /// The row's word is not in the source.
    Added { row: usize },
    /// The column's word is left out without a mark.
    Out { column: usize },
    /// Brackets stand for `columns` columns that end before `end`.
    Bracket { row: usize, end: usize, columns: usize },
    /// An ellipsis, or a note.
    Mark { row: usize },
    /// The explanation breaks and goes on after `to` columns, having left off after `from`.
    Break { from: usize, to: usize, marked: bool },
}

/// The cheapest explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Explanation {
    /// What it costs, in thousandths of a word.
    pub cost: u32,
    /// Its steps, in the order of the quotation; where several places explain it at the same cost, each of them.
    pub ways: Vec<Vec<Step>>,
}

const SAME: u8 = 0;
const OTHER: u8 = 1;
const ADDED: u8 = 2;
const OUT: u8 = 3;
const MARK: u8 = 4;
const SKIPPED: u8 = 5;
const JUMPED: u8 = 6;
const EQUAL: u8 = 7;
const BEGIN: u8 = 8;
const BRACKET: u8 = 16;
/// The bit which says that the skip that may end at this cell began at the cell before it.
const SKIP_OPENS: u8 = 128;

struct Table<'a> {
    rows: &'a [Row],
    columns: &'a [Column],
    equals: &'a Equals,
    /// `cost[i][p]`: the first `i` rows explained, the last by what ends at position `p`.
    cost: Vec<u32>,
    how: Vec<u8>,
    /// The cheapest position of each row, for jumps.
    cheapest: Vec<u32>,
}

/// Finds the cheapest explanation; `None` where there are no columns or the table would have
/// more than [`MAX_CELLS`] cells.
pub(super) fn explain(rows: &[Row], columns: &[Column], equals: &Equals) -> Option<Explanation> {
    let width = columns.len() + 1;
    if columns.is_empty() || (rows.len() + 1).checked_mul(width)? > MAX_CELLS {
        return None;
    }
    let cells = (rows.len() + 1) * width;
    let mut table = Table {
        rows,
        columns,
        equals,
        cost: vec![FAR; cells],
        how: vec![BEGIN; cells],
        cheapest: vec![0; rows.len() + 1],
    };
    table.begin();
    for row in 0..rows.len() {
        table.fill(row);
    }
    let last = rows.len() * width;
    let cost = (0..width).map(|p| table.cost[last + p]).min()?;
    let mut ends: Vec<usize> = Vec::new();
    for end in (0..width).filter(|p| table.cost[last + p] == cost) {
        // Two ends of one place are one explanation.
        if ends.len() < MAX_WAYS && ends.last().is_none_or(|other| end - other > rows.len() / 2) {
            ends.push(end);
        }
    }
    Some(Explanation {
        cost,
        ways: ends.into_iter().map(|end| table.trace(end)).collect(),
    })
}

impl Table<'_> {
    fn width(&self) -> usize {
        self.columns.len() + 1
    }

    /// What it costs to begin after `p` columns.
    fn begin(&mut self) {
        for p in 0..self.width() {
            let other = self.columns.get(p).is_some_and(|column| column.other_speaker);
            self.cost[p] = if other { cost::OTHER_SPEAKER } else { 0 };
        }
        self.cheapest[0] = self.cheapest_of(0);
    }

    fn cheapest_of(&self, row: usize) -> u32 {
        let from = row * self.width();
        let place = (0..self.width()).min_by_key(|p| (self.cost[from + p], *p));
        u32::try_from(place.unwrap_or(0)).expect("a table within MAX_CELLS has 32-bit places")
    }

    /// Fills the cells of the rows up to and with `row`.
    fn fill(&mut self, row: usize) {
        let width = self.width();
        let (before, here) = (row * width, (row + 1) * width);
        let marked = matches!(self.rows[row], Row::Ellipsis);
        for p in 0..width {
            let (cost, how) = self.by_row(row, p, before);
            self.cost[here + p] = cost;
            self.how[here + p] = how;
        }
        let cheapest = self.cheapest[row] as usize;
        if marked {
            let jump = self.cost[before + cheapest].saturating_add(cost::MARKED_JUMP);
            self.go_on(here, before, cost::MARKED_SKIP, jump, false);
        } else {
            let least = (0..width).map(|p| self.cost[here + p]).min().unwrap_or(FAR);
            self.go_on(here, here, cost::SKIP, least.saturating_add(cost::JUMP), true);
        }
        self.cheapest[row + 1] = self.cheapest_of(row + 1);
    }

    /// What a row costs where its words end at position `p`, and how.
    fn by_row(&self, row: usize, p: usize, before: usize) -> (u32, u8) {
        let width = self.width();
        let at = |rows_back: usize, p: usize| self.cost[before + p - rows_back * width];
        let mut best = (FAR, BEGIN);
        let mut offer = |cost: u32, how: u8| {
            if cost < best.0 {
                best = (cost, how);
            }
        };
        // Whether the `n` columns before `p` are words of one window.
        let reaches = |n: usize| n <= p && (1..=n).all(|k| !self.columns[p - k].begins_window);
        let is_word = p > 0 && !self.columns[p - 1].begins_window;
        let step = |p: usize| {
            if self.columns[p - 1].begins_segment {
                cost::SEGMENT
            } else {
                0
            }
        };
        match &self.rows[row] {
            Row::Word(key) => {
                if is_word {
                    let same = self.columns[p - 1].key == *key;
                    let cost = if same { 0 } else { cost::WORD };
                    offer(at(0, p - 1) + cost + step(p), if same { SAME } else { OTHER });
                }
                offer(at(0, p) + cost::WORD, ADDED);
                if !self.equals.is_empty()
                    && let Some((rows, columns)) = self.equals.get(&(narrow(row), narrow(p)))
                {
                    let (rows, columns) = (usize::from(*rows), usize::from(*columns));
                    if reaches(columns) {
                        offer(at(rows - 1, p - columns), EQUAL);
                    }
                }
            }
            Row::OneOf(keys) => {
                if is_word {
                    let same = keys.contains(&self.columns[p - 1].key);
                    let cost = if same { cost::PARTIAL } else { cost::WORD };
                    offer(at(0, p - 1) + cost + step(p), if same { SAME } else { OTHER });
                }
                offer(at(0, p) + cost::WORD, ADDED);
            }
            Row::Bracket(keys) | Row::Missing(keys) => {
                offer(at(0, p) + cost::BRACKET + cost::BRACKET_ADDS, BRACKET);
                for n in 1..=MAX_BRACKETED {
                    if !reaches(n) {
                        break;
                    }
                    let stands = self.columns[p - n..p]
                        .iter()
                        .map(|column| column.key)
                        .eq(keys.iter().copied());
                    let words = u32::try_from(n).expect("few words") * cost::BRACKETED_WORD;
                    let price = if stands { 0 } else { cost::BRACKET + words };
                    offer(at(0, p - n) + price, BRACKET + u8::try_from(n).expect("few words"));
                }
            }
            Row::Ellipsis => {
                let pause = self.columns.get(p).is_none_or(|column| column.pause_before);
                offer(at(0, p) + if pause { 0 } else { cost::IDLE_ELLIPSIS }, MARK);
            }
            Row::Note => offer(at(0, p), MARK),
        }
        best
    }

    /// Leaves columns out, skips forward from the row that begins at `from`, and jumps.
    fn go_on(&mut self, here: usize, from: usize, skip: u32, jump: u32, may_leave_out: bool) {
        let mut skipping = FAR;
        for p in 0..self.width() {
            if p > 0 {
                let column = &self.columns[p - 1];
                if column.begins_source {
                    skipping = FAR;
                }
                // The skip that ends here began no later than at the position before this one.
                let before = self.cost[from + p - 1];
                let opened = if column.begins_source {
                    FAR
                } else {
                    before.saturating_add(skip)
                };
                if opened <= skipping {
                    skipping = opened;
                    self.how[here + p] |= SKIP_OPENS;
                }
                skipping = skipping.saturating_add(cost::DISTANCE);
                if may_leave_out && !column.begins_window {
                    let out = match (column.filler, column.repeated) {
                        (true, _) => cost::FILLER,
                        (false, true) => cost::REPEAT,
                        (false, false) => cost::WORD,
                    };
                    let cost = self.cost[here + p - 1].saturating_add(out);
                    self.improve(here + p, cost, OUT);
                }
                self.improve(here + p, skipping, SKIPPED);
            }
            self.improve(here + p, jump, JUMPED);
        }
    }

    fn improve(&mut self, cell: usize, cost: u32, how: u8) {
        if cost < self.cost[cell] {
            self.cost[cell] = cost;
            self.how[cell] = (self.how[cell] & SKIP_OPENS) | how;
        }
    }

    /// The steps that lead to position `p` after the last row.
    fn trace(&self, mut p: usize) -> Vec<Step> {
        let width = self.width();
        let mut row = self.rows.len();
        let mut steps = Vec::new();
        while row > 0 {
            let cell = row * width + p;
            let marked = matches!(self.rows[row - 1], Row::Ellipsis);
            // A jump within a row starts from its cheapest position, to which no jump leads, for it costs.
            match self.how[cell] & !SKIP_OPENS {
                SAME => {
                    steps.push(Step::Same {
                        row: row - 1,
                        column: p - 1,
                    });
                    (row, p) = (row - 1, p - 1);
                }
                OTHER => {
                    steps.push(Step::Other {
                        row: row - 1,
                        column: p - 1,
                    });
                    (row, p) = (row - 1, p - 1);
                }
                ADDED => {
                    steps.push(Step::Added { row: row - 1 });
                    row -= 1;
                }
                OUT => {
                    steps.push(Step::Out { column: p - 1 });
                    p -= 1;
                }
                EQUAL => {
                    let (rows, columns) = self.equals[&(narrow(row - 1), narrow(p))];
                    let (rows, columns) = (usize::from(rows), usize::from(columns));
                    steps.push(Step::Equal {
                        row: row - 1,
                        rows,
                        column: p - 1,
                        columns,
                    });
                    (row, p) = (row - rows, p - columns);
                }
                SKIPPED => {
                    let mut from = p;
                    while self.how[row * width + from] & SKIP_OPENS == 0 {
                        from -= 1;
                    }
                    from -= 1;
                    steps.push(Step::Break { from, to: p, marked });
                    if marked {
                        steps.push(Step::Mark { row: row - 1 });
                        row -= 1;
                    }
                    p = from;
                }
                JUMPED => {
                    let from = self.cheapest[if marked { row - 1 } else { row }] as usize;
                    steps.push(Step::Break { from, to: p, marked });
                    if marked {
                        steps.push(Step::Mark { row: row - 1 });
                        row -= 1;
                    }
                    p = from;
                }
                MARK => {
                    steps.push(Step::Mark { row: row - 1 });
                    row -= 1;
                }
                how => {
                    let columns = usize::from(how.saturating_sub(BRACKET));
                    steps.push(Step::Bracket {
                        row: row - 1,
                        end: p,
                        columns,
                    });
                    (row, p) = (row - 1, p - columns);
                }
            }
        }
        steps.reverse();
        steps
    }
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).expect("a table within MAX_CELLS has 32-bit places")
}
