//! A day of the proleptic Gregorian calendar, as in `2019-01-10`.
//!
//! Years are counted as ISO 8601 counts them: the year before 0001 is 0000. A day has no time zone.

use std::fmt;

use chrono::{Datelike, Month, NaiveDate};

/// A calendar day that exists; days are ordered by time. Printed as ISO 8601 writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    // The derived order is the order of time only while the fields stand in this order.
    year: i32,
    month: u8,
    day: u8,
}

impl Day {
    /// The day of that year, month (1 to 12) and day of the month, if there is one.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        let exists = (1..=days_in_month(year, month)?).contains(&day);
        exists.then_some(Day { year, month, day })
    }

    /// The year, counted astronomically: 0 is 1 BC.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    pub(super) fn first_of_year(year: i32) -> Day {
        Day { year, month: 1, day: 1 }
    }

    pub(super) fn last_of_year(year: i32) -> Day {
        Day {
            year,
            month: 12,
            day: 31,
        }
    }

    pub(super) fn month_day(self) -> MonthDay {
        MonthDay {
            month: self.month,
            day: self.day,
        }
    }

    /// The day before or after, for a year of at most four digits.
    pub(super) fn neighbour(self, after: bool) -> Option<Day> {
        let date = NaiveDate::from_ymd_opt(self.year, self.month.into(), self.day.into())?;
        let moved = if after { date.succ_opt()? } else { date.pred_opt()? };
        let month = u8::try_from(moved.month()).ok()?;
        Day::new(moved.year(), month, u8::try_from(moved.day()).ok()?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        let prefix = if self.year.unsigned_abs() > 9999 { "Y" } else { "" };
        let year = self.year.unsigned_abs();
        write!(f, "{prefix}{sign}{year:04}-{:02}-{:02}", self.month, self.day)
    }
}

/// A day of some year that is not stated. 29 February is one, since some years have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MonthDay {
    pub(super) month: u8,
    pub(super) day: u8,
}

impl MonthDay {
    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    pub(super) const FIRST: MonthDay = MonthDay { month: 1, day: 1 };
    pub(super) const LAST: MonthDay = MonthDay { month: 12, day: 31 };

    /// The first day of `year` that is not before this one.
    pub(super) fn at_or_after(self, year: i32) -> Day {
        Day::new(year, self.month, self.day).unwrap_or(Day { year, month: 3, day: 1 })
    }

    /// The last day of `year` that is not after this one.
    pub(super) fn at_or_before(self, year: i32) -> Day {
        Day::new(year, self.month, self.day).unwrap_or(Day {
            year,
            month: 2,
            day: 28,
        })
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl MonthDay {
    /// This day of a year that is only counted from another, where every year may be a leap year.
    pub(super) fn of_counted_year(self, year: i32) -> Day {
        Day {
            year,
            month: self.month,
            day: self.day,
        }
    }
}

/// How many days the month has; `None` where the month is not 1 to 12.
pub(super) fn days_in_month(year: i32, month: u8) -> Option<u8> {
    // The Gregorian calendar repeats itself every 400 years, and chrono's ends before ours does.
    Month::try_from(month).ok()?.num_days(2000 + year.rem_euclid(400))
}
