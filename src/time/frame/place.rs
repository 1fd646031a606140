//! The places of a time in a frame: one for each year that it can be of.

use super::{Day, Edtf, FrameDay, Line, Place};
use crate::time::day::MonthDay;
use crate::time::edtf::{Date, Form, Span, Year};

/// Whether a time names no day, month or year at all.
pub fn says_nothing(time: &Edtf) -> bool {
    time.dates()
        .all(|date| date.year == Year::Unknown && date.span() == Span::Yearly(MonthDay::FIRST, MonthDay::LAST))
}

/// Whether a date in it states its year, in part at least.
pub fn states_a_year(time: &Edtf) -> bool {
    time.dates().any(|date| date.year != Year::Unknown)
}

/// The days that one end of a time may be, with the year that they are counted in where that is open.
#[derive(Clone, Copy)]
struct Choice {
    days: (Day, Day),
    year: Option<i32>,
}

/// Every place in which the time has a day in common with the frame, at its beginning and at its end,
/// in the order of time.
pub fn places(line: Line, time: &Edtf) -> Vec<Place> {
    let whole = Choice {
        days: (line.first, line.last),
        year: None,
    };
    let choices = |date: Option<&Date>| match date {
        Some(date) => choices(line, date, whole),
        None => vec![whole],
    };
    let mut places = Vec::new();
    match &time.form {
        Form::Single(date) => {
            let choices = choices(Some(date));
            places.extend(
                choices
                    .iter()
                    .map(|choice| place(line, choice.days, choice.days, false)),
            );
        }
        Form::Interval { start, end } => {
            let link = link(start.date(), end.date());
            let ends = choices(end.date());
            for start in choices(start.date()) {
                for end in &ends {
                    let years_agree = match (link, start.year, end.year) {
                        (Some(years_on), Some(from), Some(to)) => from + years_on == to,
                        _ => true,
                    };
                    if years_agree && start.days.0 <= end.days.1 {
                        places.push(place(line, start.days, end.days, true));
                    }
                }
            }
        }
    }
    places.sort();
    places.dedup();
    places
}

/// How many years after its beginning an interval ends, where its years are open and that is settled:
/// both are unstated (spec/time.md, section 2), or both are stated and the frame's are not.
fn link(start: Option<&Date>, end: Option<&Date>) -> Option<i32> {
    let (start, end) = (start?, end?);
    match (start.year, end.year) {
        (Year::Unknown, Year::Unknown) => {
            let (Span::Yearly(from, _), Span::Yearly(_, to)) = (start.span(), end.span()) else {
                return None;
            };
            Some(i32::from(to < from))
        }
        (Year::Known(from), Year::Known(to)) => to.checked_sub(from),
        _ => None,
    }
}

/// The days of the frame that a date may be, year by year where its year is open.
fn choices(line: Line, date: &Date, whole: Choice) -> Vec<Choice> {
    // A mark says that the date may be wrong and not how far, so that it may be any day of the frame.
    if date.qualifier.is_present() {
        return vec![whole];
    }
    let clipped = |(first, last): (Day, Day), year| {
        let days = (first.max(line.first), last.min(line.last));
        (days.0 <= days.1).then_some(Choice { days, year })
    };
    match (date.span(), line.counted) {
        (Span::Days(first, last), false) => clipped((first, last), None).into_iter().collect(),
        (Span::Yearly(from, to), counted) => (line.first.year()..=line.last.year())
            .filter_map(|year| clipped(in_year(year, from, to, counted)?, Some(year)))
            .collect(),
        // Only the days of the calendar can be compared with a frame that states no year.
        (Span::Days(first, last), true) if first.year() == last.year() => (0..=line.last.year())
            .filter_map(|year| {
                let days = (
                    first.month_day().of_counted_year(year),
                    last.month_day().of_counted_year(year),
                );
                clipped(days, Some(year))
            })
            .collect(),
        (Span::Days(..), true) => vec![whole],
    }
}

/// The days from the one to the other in a year; none where the year lacks them, as 29 February.
fn in_year(year: i32, from: MonthDay, to: MonthDay, counted: bool) -> Option<(Day, Day)> {
    let days = if counted {
        (from.of_counted_year(year), to.of_counted_year(year))
    } else {
        (from.at_or_after(year), to.at_or_before(year))
    };
    (days.0 <= days.1).then_some(days)
}

fn place(line: Line, start: (Day, Day), end: (Day, Day), interval: bool) -> Place {
    let day = |day| FrameDay {
        day,
        counted: line.counted,
    };
    Place {
        earliest: day(start.0),
        latest: day(end.1),
        // A beginning is not after the latest end, nor an end before the earliest beginning.
        start_by: start.1.min(end.1),
        end_from: end.0.max(start.0),
        interval,
    }
}
