//! Where in the sources a quotation may come from.
//!
//! Every longest run of words that a quotation shares with its sources is found through the
//! places of its rarest words; around the best runs, windows are laid for `align`. A run all of
//! whose words are too common to look at is missed, which the named limit makes rare. What is
//! found here is nothing but shared words.

use std::ops::Range;

use super::align::Column;
use super::source::Index;
use super::unit::Traits;

/// The most places of words that are looked at for one quotation, the rarest words first.
const MAX_PLACES: usize = 100_000;

/// How often a word may occur for it to lead to a window by itself, where a quotation has more words.
const TELLING_WORD: usize = 64;

/// The most things in a quotation of which every single word leads to windows.
const SHORT: usize = 4;

/// How many runs may cover one word of a quotation before a further one is not looked at.
const RUNS_PER_WORD: usize = 8;

/// The most windows.
const MAX_WINDOWS: usize = 64;

/// How many words a window goes on beyond what the length of the quotation asks for, at each end.
const SLACK: usize = 24;

/// The key of the column that parts two windows; no word has it.
pub(super) const NO_WORD: u32 = u32::MAX;

/// A run of words that stands in the quotation and in a source, and can be made no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// Its first row in the quotation.
    pub row: usize,
    /// How many words it has.
    pub len: usize,
    /// Its first unit in the index.
    pub unit: usize,
}

/// The runs that a quotation shares with the units of `within`, which are in order and apart.
/// `rows` holds the word of each row that is one.
pub(super) fn runs(index: &Index<'_>, rows: &[Option<u32>], within: &[Range<usize>]) -> Vec<Run> {
    let mut order: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].is_some()).collect();
    let count = |row: usize| rows[row].map_or(0, |key| index.places(key).len());
    order.sort_by_key(|row| (count(*row), *row));
    let mut seen = vec![false; rows.len()];
    let mut looked_at = 0;
    let mut found = Vec::new();
    for row in order {
        let Some(key) = rows[row] else { continue };
        for range in within {
            let places = index.places(key);
            let from = places.partition_point(|unit| (*unit as usize) < range.start);
            let to = places.partition_point(|unit| (*unit as usize) < range.end);
            looked_at += to - from;
            let telling = rows.len() <= SHORT || places.len() <= TELLING_WORD;
            let through = places[from..to]
                .iter()
                .filter_map(|unit| grown(index, rows, &seen, row, *unit as usize, range));
            found.extend(through.filter(|run| telling || run.len > 1));
        }
        seen[row] = true;
        // Whatever has all words has the rarest of them, so that a whole quotation is found at once.
        if looked_at > MAX_PLACES || found.iter().any(|run: &Run| run.len == rows.len()) {
            break;
        }
    }
    found
}

/// The run through a row and a unit, unless another row has led to it before.
fn grown(
    index: &Index<'_>,
    rows: &[Option<u32>],
    seen: &[bool],
    row: usize,
    unit: usize,
    range: &Range<usize>,
) -> Option<Run> {
    let mut back = 0;
    while back < row && unit - back > range.start && rows[row - back - 1] == Some(index.keys[unit - back - 1]) {
        back += 1;
        if seen[row - back] {
            return None;
        }
    }
    let mut on = 1;
    while row + on < rows.len() && unit + on < range.end && rows[row + on] == Some(index.keys[unit + on]) {
        if seen[row + on] {
            return None;
        }
        on += 1;
    }
    Some(Run {
        row: row - back,
        len: back + on,
        unit: unit - back,
    })
}

/// Units to align a quotation of `rows` rows with, around the best runs, at most `most` of them. Runs
/// that `preferred` says are by the right speaker come first among equals.
pub(super) fn windows(
    index: &Index<'_>,
    mut runs: Vec<Run>,
    rows: usize,
    within: &[Range<usize>],
    most: usize,
    preferred: impl Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    runs.sort_by_cached_key(|run| (std::cmp::Reverse(run.len), !preferred(run.unit), run.unit, run.row));
    let mut covered = vec![0_usize; rows];
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut laid = 0;
    for run in runs {
        if windows.len() == MAX_WINDOWS || laid > 0 && laid + rows + 2 * SLACK > most {
            break;
        }
        let of_run = run.row..run.row + run.len;
        if covered[of_run.clone()].iter().all(|count| *count >= RUNS_PER_WORD) {
            continue;
        }
        covered[of_run].iter_mut().for_each(|count| *count += 1);
        let source = within.iter().find(|range| range.contains(&run.unit));
        let bounds = source.cloned().unwrap_or(run.unit..run.unit);
        let units = index.units_of(index.source_of(index.part_of(run.unit)));
        let start = run
            .unit
            .saturating_sub(run.row + SLACK)
            .max(bounds.start)
            .max(units.start);
        let end = (run.unit + rows - run.row + SLACK).min(bounds.end).min(units.end);
        laid += end - start + 1;
        windows.push(start..end);
    }
    joined(index, windows)
}

/// Windows in order, those of one source that touch made one.
fn joined(index: &Index<'_>, mut windows: Vec<Range<usize>>) -> Vec<Range<usize>> {
    windows.sort_by_key(|window| window.start);
    let source = |unit: usize| index.source_of(index.part_of(unit));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for window in windows {
        match apart.last_mut() {
            Some(last) if window.start <= last.end && source(last.start) == source(window.start) => {
                last.end = last.end.max(window.end);
            }
            _ => apart.push(window),
        }
    }
    apart
}

/// The columns of windows, each window after a column that no word matches. As many windows are
/// taken as `most` columns allow, at least one, which is then cut short.
pub(super) fn columns(
    index: &Index<'_>,
    windows: &[Range<usize>],
    most: usize,
    by_claimed: impl Fn(usize) -> bool,
) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut last_source = None;
    for window in windows {
        let room = most.saturating_sub(columns.len() + 1);
        if room < window.len().min(2) {
            break;
        }
        let source = index.source_of(index.part_of(window.start));
        columns.push(Column {
            key: NO_WORD,
            unit: NO_WORD,
            begins_source: last_source != Some(source),
            begins_window: true,
            other_speaker: true,
            ..Column::default()
        });
        last_source = Some(source);
        let mut part = index.part_of(window.start);
        let mut part_end = index.units_of_part(part).end;
        let mut by_other = !by_claimed(part);
        for unit in window.clone().take(room) {
            let begins_segment = unit >= part_end;
            if begins_segment {
                part = index.part_of(unit);
                part_end = index.units_of_part(part).end;
                by_other = !by_claimed(part);
            }
            let traits = index.traits(unit);
            columns.push(Column {
                key: index.keys[unit],
                unit: u32::try_from(unit).expect("units have 32-bit places"),
                filler: traits.has(Traits::FILLER) || traits.has(Traits::NOTE),
                pause_before: traits.has(Traits::AFTER_ELLIPSIS),
                begins_segment,
                other_speaker: by_other,
                ..Column::default()
            });
        }
    }
    mark_repeats(&mut columns);
    columns
}

/// Marks the first of two equal runs of words that follow each other.
fn mark_repeats(columns: &mut [Column]) {
    const LONGEST: usize = 3;
    for at in 0..columns.len() {
        let repeats = |length: &usize| {
            let next = columns.get(at + length..at + 2 * length);
            let same = |next: &[Column]| {
                columns[at..at + length]
                    .iter()
                    .zip(next)
                    .all(|(one, other)| one.key == other.key)
            };
            next.is_some_and(same) && columns[at..at + 2 * length].iter().all(|column| !column.begins_window)
        };
        if let Some(length) = (1..=LONGEST).find(repeats) {
            columns[at..at + length]
                .iter_mut()
                .for_each(|column| column.repeated = true);
        }
    }
}
