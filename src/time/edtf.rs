//! A stated time, as in `XXXX-01-13/XXXX-01-17`: from 13 to 17 January of a year not stated.
//!
//! Extended Date/Time Format (ISO 8601-2:2019; Library of Congress, 4 February 2019), levels 0 and 1,
//! with one form of level 2: a year that is not stated beside a month that is (`spec/time.md`,
//! section 2). The text is kept to the letter. No other level 2 form is read, and nothing is
//! repaired: `2019-1-10` is an error.

mod describe;
mod loosening;
mod parse;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::day::{Day, MonthDay, days_in_month};
pub use loosening::Loosening;
pub use parse::{EdtfError, EdtfFault, MAX_EDTF_LENGTH, MAX_YEAR_DIGITS};

/// A date, a date with a time of day, or an interval of dates, exactly as it was written.
///
/// Two are equal when their texts are: `2019` and `2019-XX` cover the same days and are not equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Edtf {
    text: String,
    pub(super) form: Form,
}

impl Edtf {
    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The earliest and latest day of the time as written.
    ///
    /// A qualifier (`?`, `~`, `%`) does not move these days; it says that they may be wrong, and
    /// [`simultaneity`](super::simultaneity) then relies on neither.
    pub fn bounds(&self) -> Bounds {
        let (start, end) = match &self.form {
            Form::Single(date) => (date.bounds(), date.bounds()),
            Form::Interval { start, end } => (start.bounds(), end.bounds()),
        };
        Bounds {
            earliest: start.earliest,
            latest: end.latest,
        }
    }

    /// Whether a date in it has no year (`XXXX`). A year that lacks its last digits, as `201X`, is
    /// imprecise and not unknown.
    pub fn year_unknown(&self) -> bool {
        self.dates().any(|date| date.year == Year::Unknown)
    }

    /// Whether it is written with `/`.
    pub fn is_interval(&self) -> bool {
        matches!(self.form, Form::Interval { .. })
    }

    /// Whether a date in it is marked as uncertain: `?` or `%`.
    pub fn is_uncertain(&self) -> bool {
        self.dates().any(|date| date.qualifier.uncertain)
    }

    /// Whether a date in it is marked as approximate: `~` or `%`.
    pub fn is_approximate(&self) -> bool {
        self.dates().any(|date| date.qualifier.approximate)
    }

    /// The days of the calendar from and to which a time reaches, of whichever year; `None` at an end
    /// that is open or unknown, or says neither month nor day. Of a time with stated years too: its
    /// days without their years.
    pub fn calendar(&self) -> (Option<MonthDay>, Option<MonthDay>) {
        let ends = match &self.form {
            Form::Single(date) => (Some(date), Some(date)),
            Form::Interval { start, end } => (start.date(), end.date()),
        };
        let from = ends
            .0
            .filter(|date| date.says_which_days())
            .map(|date| match date.span() {
                Span::Days(first, _) => first.month_day(),
                Span::Yearly(from, _) => from,
            });
        let to = ends
            .1
            .filter(|date| date.says_which_days())
            .map(|date| match date.span() {
                Span::Days(_, last) => last.month_day(),
                Span::Yearly(_, to) => to,
            });
        (from, to)
    }

    pub(super) fn dates(&self) -> impl Iterator<Item = &Date> {
        let (first, second) = match &self.form {
            Form::Single(date) => (Some(date), None),
            Form::Interval { start, end } => (start.date(), end.date()),
        };
        first.into_iter().chain(second)
    }
}

/// By their texts, which is no order of time: for keys only.
impl Ord for Edtf {
    fn cmp(&self, other: &Edtf) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl PartialOrd for Edtf {
    fn partial_cmp(&self, other: &Edtf) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for Edtf {
    type Error = EdtfError;

    fn try_from(text: String) -> Result<Edtf, EdtfError> {
        text.parse()
    }
}

impl From<Edtf> for String {
    fn from(edtf: Edtf) -> String {
        edtf.text
    }
}

/// The earliest and the latest day that a time names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The first day on which it can be or begin.
    pub earliest: Bound,
    /// The last day on which it can be or end.
    pub latest: Bound,
}

/// One end of [`Bounds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// This day, itself included.
    Day(Day),
    /// `..`: the interval is left open at this end.
    Open,
    /// There is an end, and nothing says when: an empty side of an interval, or a year not stated.
    Unknown,
}

impl Bound {
    /// The day, if there is one.
    pub fn day(self) -> Option<Day> {
        match self {
            Bound::Day(day) => Some(day),
            Bound::Open | Bound::Unknown => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    Single(Date),
    Interval { start: End, end: End },
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum End {
    Date(Date),
    Open,
    Unknown,
}

impl End {
    pub(super) fn date(&self) -> Option<&Date> {
        match self {
            End::Date(date) => Some(date),
            End::Open | End::Unknown => None,
        }
    }

    fn bounds(&self) -> Bounds {
        match self {
            End::Date(date) => date.bounds(),
            End::Open => Bounds {
                earliest: Bound::Open,
                latest: Bound::Open,
            },
            End::Unknown => Bounds {
                earliest: Bound::Unknown,
                latest: Bound::Unknown,
            },
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Date {
    pub(super) year: Year,
    pub(super) within: Within,
    pub(super) qualifier: Qualifier,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Year {
    Known(i32),
    /// The last digits are not stated: `201X`, `20XX`.
    Among {
        earliest: i32,
        latest: i32,
    },
    Unknown,
}

/// What is said beside the year. A day is in its month only if the parser found it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Within {
    Year,
    MonthUnstated,
    MonthAndDayUnstated,
    Season(Season),
    Month(u8),
    DayUnstated { month: u8 },
    Day { month: u8, day: u8, clock: Option<Clock> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    pub(super) zone: Zone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Zone {
    Unstated,
    Utc,
    /// Minutes that local time is ahead of UTC.
    Ahead(i16),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Qualifier {
    pub(super) uncertain: bool,
    pub(super) approximate: bool,
}

impl Qualifier {
    pub(super) fn is_present(self) -> bool {
        self.uncertain || self.approximate
    }
}

/// The days that a date may be, its qualifier aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// From the one day to the other.
    Days(Day, Day),
    /// From the one to the other in any year; never past the end of a year.
    Yearly(MonthDay, MonthDay),
}

impl Date {
    /// Whether it names a month or a day of one, and no season.
    pub(super) fn says_which_days(&self) -> bool {
        matches!(
            self.within,
            Within::Month(_) | Within::DayUnstated { .. } | Within::Day { .. }
        )
    }

    /// Whether its time zone makes it a day as written and another in UTC.
    fn is_of_two_days(&self) -> bool {
        let has_clock = matches!(self.within, Within::Day { clock: Some(_), .. });
        has_clock && matches!(self.span(), Span::Days(first, last) if first != last)
    }

    pub(super) fn span(&self) -> Span {
        let (first_year, last_year) = match self.year {
            Year::Known(year) => (year, year),
            Year::Among { earliest, latest } => (earliest, latest),
            Year::Unknown => return self.yearly(),
        };
        match self.within {
            Within::Year | Within::MonthUnstated | Within::MonthAndDayUnstated => {
                Span::Days(Day::first_of_year(first_year), Day::last_of_year(last_year))
            }
            Within::Season(season) => season.span(first_year, last_year),
            Within::Month(month) | Within::DayUnstated { month } => Span::Days(
                MonthDay { month, day: 1 }.at_or_after(first_year),
                last_of_month(last_year, month),
            ),
            Within::Day { month, day, clock } => {
                let written = MonthDay { month, day }.at_or_after(first_year);
                let in_utc = clock.map_or(written, |clock| clock.day_in_utc(written));
                Span::Days(written.min(in_utc), written.max(in_utc))
            }
        }
    }

    pub(super) fn yearly(&self) -> Span {
        match self.within {
            Within::Month(month) | Within::DayUnstated { month } => {
                // Some year is a leap year, so that every month may be as long as it ever is.
                Span::Yearly(MonthDay { month, day: 1 }, last_of_month(2000, month).month_day())
            }
            Within::Day { month, day, .. } => {
                let day = MonthDay { month, day };
                Span::Yearly(day, day)
            }
            _ => Span::Yearly(MonthDay::FIRST, MonthDay::LAST),
        }
    }

    fn bounds(&self) -> Bounds {
        match self.span() {
            Span::Days(earliest, latest) => Bounds {
                earliest: Bound::Day(earliest),
                latest: Bound::Day(latest),
            },
            Span::Yearly(..) => Bounds {
                earliest: Bound::Unknown,
                latest: Bound::Unknown,
            },
        }
    }
}

impl Season {
    /// The days on which the season may be, somewhere on earth.
    ///
    /// EDTF's seasons 21 to 24 name no hemisphere. Spring and autumn lie within their year in both;
    /// summer in the south and winter in the north cross the new year, and which of its two years
    /// such a season is named after is not settled, so that both count.
    fn span(self, first_year: i32, last_year: i32) -> Span {
        match self {
            Season::Spring | Season::Autumn => Span::Days(Day::first_of_year(first_year), Day::last_of_year(last_year)),
            Season::Summer | Season::Winter => Span::Days(
                MonthDay { month: 12, day: 1 }.at_or_after(first_year - 1),
                last_of_month(last_year + 1, 3),
            ),
        }
    }
}

impl Clock {
    fn day_in_utc(self, written: Day) -> Day {
        const MINUTES_IN_DAY: i16 = 24 * 60;
        let Zone::Ahead(ahead) = self.zone else {
            return written;
        };
        let minute = i16::from(self.hour) * 60 + i16::from(self.minute) - ahead;
        let neighbour = if minute < 0 {
            written.neighbour(false)
        } else if minute >= MINUTES_IN_DAY {
            written.neighbour(true)
        } else {
            None
        };
        neighbour.unwrap_or(written)
    }
}

fn last_of_month(year: i32, month: u8) -> Day {
    let day = days_in_month(year, month).unwrap_or(1);
    MonthDay { month, day }.at_or_before(year)
}

#[cfg(test)]
mod tests;
