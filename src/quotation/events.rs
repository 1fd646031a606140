//! The steps of an explanation as what they do: words that agree, differ, are bracketed, left out or joined.

use std::ops::Range;

use super::align::{Column, Row, Step};
use super::check::Search;

/// The most words that are left out without a mark and are still one edit; more are a join of two places.
const MOST_LEFT_OUT: usize = 12;

/// A run of steps that have one effect.
#[derive(Debug)]
pub(super) enum Event {
    /// Rows and units that agree.
    Agree {
        rows: Range<usize>,
        units: Range<usize>,
    },
    /// Rows stand for units, without a mark. Either may be empty.
    Differ {
        rows: Range<usize>,
        units: Range<usize>,
    },
    Bracket {
        row: usize,
        units: Range<usize>,
    },
    /// An ellipsis where the quotation goes on at once.
    Idle,
    /// An ellipsis under which units are left out.
    Marked {
        row: usize,
        units: Range<usize>,
    },
    /// A join. `marked`: by an ellipsis after which the quotation goes on elsewhere.
    Join {
        from: usize,
        to: usize,
        marked: bool,
    },
}

/// The steps as events, neighbours of one kind made one.
pub(super) fn events(search: &Search<'_, '_>, columns: &[Column], steps: &[Step]) -> Vec<Event> {
    let unit = |column: usize| columns[column].unit as usize;
    let mut events: Vec<Event> = Vec::new();
    // The unit after the last one that was accounted for; none before the first.
    let mut at: Option<usize> = None;
    let mut next_row = 0;
    for (number, step) in steps.iter().enumerate() {
        match *step {
            Step::Same { row, column } => {
                agree(&mut events, row..row + 1, unit(column)..unit(column) + 1);
                (at, next_row) = (Some(unit(column) + 1), row + 1);
            }
            Step::Equal {
                row,
                rows,
                column,
                columns,
            } => {
                let units = unit(column) + 1 - columns..unit(column) + 1;
                agree(&mut events, row + 1 - rows..row + 1, units);
                (at, next_row) = (Some(unit(column) + 1), row + 1);
            }
            Step::Other { row, column } => {
                differ(&mut events, row..row + 1, unit(column)..unit(column) + 1);
                (at, next_row) = (Some(unit(column) + 1), row + 1);
            }
            Step::Added { row } => {
                let here = at.unwrap_or_else(|| first_unit(columns, &steps[number..]));
                differ(&mut events, row..row + 1, here..here);
                next_row = row + 1;
            }
            Step::Out { column } => {
                differ(&mut events, next_row..next_row, unit(column)..unit(column) + 1);
                at = Some(unit(column) + 1);
            }
            Step::Bracket {
                row,
                end,
                columns: count,
            } => {
                let end = if count > 0 {
                    unit(end - 1) + 1
                } else {
                    at.unwrap_or_else(|| first_unit(columns, &steps[number..]))
                };
                events.push(Event::Bracket {
                    row,
                    units: end - count..end,
                });
                (at, next_row) = (Some(end), row + 1);
            }
            Step::Mark { row } => {
                next_row = row + 1;
                let breaks = matches!(steps.get(number + 1), Some(Step::Break { marked: true, .. }));
                if search.rows.rows[row] == Row::Ellipsis && !breaks {
                    events.push(Event::Idle);
                }
            }
            Step::Break { to, marked, .. } => {
                let Some(column) = columns.get(to).filter(|column| !column.begins_window) else {
                    continue;
                };
                let to = column.unit as usize;
                let from = at.unwrap_or(to);
                let index = search.index;
                let last = from.saturating_sub(1);
                let same_source = index.source_of(index.part_of(last)) == index.source_of(index.part_of(to));
                let forward = same_source && to >= from;
                if marked && forward {
                    events.push(Event::Marked {
                        row: next_row - 1,
                        units: from..to,
                    });
                } else if forward && to - from <= MOST_LEFT_OUT {
                    differ(&mut events, next_row..next_row, from..to);
                } else {
                    events.push(Event::Join { from: last, to, marked });
                }
                at = Some(to);
            }
        }
    }
    events
}

/// The first unit that a later step stands on.
fn first_unit(columns: &[Column], steps: &[Step]) -> usize {
    let column = steps.iter().find_map(|step| match *step {
        Step::Same { column, .. } | Step::Other { column, .. } | Step::Out { column } => Some(column),
        Step::Equal { column, columns, .. } => Some(column + 1 - columns),
        Step::Bracket { end, columns, .. } if columns > 0 => Some(end - columns),
        _ => None,
    });
    column.map_or(0, |column| columns[column].unit as usize)
}

fn agree(events: &mut Vec<Event>, new_rows: Range<usize>, new_units: Range<usize>) {
    if let Some(Event::Agree { rows, units }) = events.last_mut()
        && rows.end == new_rows.start
        && units.end == new_units.start
    {
        (rows.end, units.end) = (new_rows.end, new_units.end);
        return;
    }
    events.push(Event::Agree {
        rows: new_rows,
        units: new_units,
    });
}

fn differ(events: &mut Vec<Event>, new_rows: Range<usize>, new_units: Range<usize>) {
    if let Some(Event::Differ { rows, units }) = events.last_mut()
        && rows.end == new_rows.start
        && units.end == new_units.start
    {
        (rows.end, units.end) = (new_rows.end, new_units.end);
        return;
    }
    events.push(Event::Differ {
        rows: new_rows,
        units: new_units,
    });
}
