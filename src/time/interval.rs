//! What follows from two stated times: the same day or not, before or after.
//!
//! ```
//! use affiant::time::{Edtf, Extent, Simultaneity, simultaneity};
//!
//! let strike: Edtf = "2018-12-26/2019-01-17".parse()?;
//! let visit: Edtf = "2019-01-10".parse()?;
//! let visit = Some((&visit, Extent::Sometime));
//! assert_eq!(simultaneity(Some((&strike, Extent::Throughout)), visit), Simultaneity::Certain);
//! assert_eq!(simultaneity(Some((&strike, Extent::Sometime)), visit), Simultaneity::Possible);
//! # Ok::<(), affiant::time::EdtfError>(())
//! ```
//!
//! Of a claim that something was so at a time there are two sets of days: the *inner*, which it
//! certainly covers, and the *outer*, beyond which it certainly does not reach (`spec/time.md`,
//! section 3). All answers are about whole days; hours are not compared, and dates of different
//! time zones are compared as written.

use serde::{Deserialize, Serialize};

use super::day::{Day, MonthDay};
use super::edtf::{Date, Edtf, End, Form, Span};

/// Whether a state is said to hold during all of a time or at some moment in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// On every day of the interval. A single date is one day, even where it is not stated which.
    Throughout,
    /// On at least one day of it.
    Sometime,
}

/// Whether two claims speak of a common day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Simultaneity {
    /// There is a day that both certainly cover.
    Certain,
    /// There may be such a day, and there may be none.
    Possible,
    /// There is no day that both may cover.
    CertainlyNot,
    /// At least one of them states no time, or one without either bound.
    Unknown,
}

/// Which of two times is the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Every day of the first is certainly before every day of the second.
    Before,
    /// Every day of the first is certainly after every day of the second.
    After,
    /// They may have a day in common.
    Overlapping,
    /// They have no day in common, and which is earlier depends on years that are not stated; or at
    /// least one states no time, or one without either bound.
    Unknown,
}

/// Whether two claims, each a time and its extent, speak of a common day; `None` is a time not stated.
///
/// A claim with a year that is not stated is never [`Certain`](Simultaneity::Certain) to be
/// simultaneous with another, nor is one whose date is marked `?`, `~` or `%`.
pub fn simultaneity(a: Option<(&Edtf, Extent)>, b: Option<(&Edtf, Extent)>) -> Simultaneity {
    let (Some((a_time, a_extent)), Some((b_time, b_extent))) = (a, b) else {
        return Simultaneity::Unknown;
    };
    if says_nothing(a_time) || says_nothing(b_time) {
        Simultaneity::Unknown
    } else if !outer(a_time).may_meet(outer(b_time)) {
        Simultaneity::CertainlyNot
    } else if meet(inner(a_time, a_extent), inner(b_time, b_extent)) {
        Simultaneity::Certain
    } else {
        Simultaneity::Possible
    }
}

/// Which of two times is the earlier; `None` is a time not stated.
pub fn order(a: Option<&Edtf>, b: Option<&Edtf>) -> Order {
    let (Some(a), Some(b)) = (a, b) else {
        return Order::Unknown;
    };
    let (a_outer, b_outer) = (outer(a), outer(b));
    if says_nothing(a) || says_nothing(b) {
        Order::Unknown
    } else if a_outer.may_meet(b_outer) {
        Order::Overlapping
    } else {
        match (a_outer, b_outer) {
            (Days::Between(_, Some(end)), Days::Between(Some(start), _)) if end < start => Order::Before,
            (Days::Between(Some(start), _), Days::Between(_, Some(end))) if end < start => Order::After,
            _ => Order::Unknown,
        }
    }
}

/// Whether every day on which the second time may be, as it is written, is one on which the first
/// may be: `2019-03` contains `2019-03-02`. Where one states its year and the other does not, and
/// that cannot be told, it is false.
pub fn contains(a: &Edtf, b: &Edtf) -> bool {
    covered(a, |_| true).contains(covered(b, |_| true))
}

/// A set of days; never an empty one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Days {
    /// From the one day to the other; `None` is no limit.
    Between(Option<Day>, Option<Day>),
    /// In every year from the one to the other, and past the new year where the second is earlier.
    ///
    /// An interval that begins or ends on 29 February is in a leap year there; that is not used, so
    /// that of such an interval more is held possible than is.
    Yearly(MonthDay, MonthDay),
}

impl Days {
    const ALL: Days = Days::Between(None, None);

    fn contains(self, other: Days) -> bool {
        match (self, other) {
            (Days::Between(None, None), _) => true,
            (Days::Between(first, last), Days::Between(from, to)) => {
                first.is_none_or(|first| from.is_some_and(|from| first <= from))
                    && last.is_none_or(|last| to.is_some_and(|to| to <= last))
            }
            (Days::Yearly(first, last), Days::Yearly(from, to)) => within_one_year(from, to)
                .all(|(from, to)| within_one_year(first, last).any(|(first, last)| first <= from && to <= last)),
            (Days::Between(..), Days::Yearly(..)) | (Days::Yearly(..), Days::Between(..)) => false,
        }
    }

    pub(super) fn may_meet(self, other: Days) -> bool {
        match (self, other) {
            (Days::Between(a_first, a_last), Days::Between(b_first, b_last)) => {
                !is_before(a_last, b_first) && !is_before(b_last, a_first)
            }
            (Days::Between(first, last), Days::Yearly(from, to))
            | (Days::Yearly(from, to), Days::Between(first, last)) => {
                within_one_year(from, to).any(|(from, to)| recurs(from, to, first, last))
            }
            (Days::Yearly(a_from, a_to), Days::Yearly(b_from, b_to)) => {
                // Each is of a year of its own, and every day of the calendar is in some year.
                within_one_year(a_from, a_to).any(|(a_from, a_to)| {
                    within_one_year(b_from, b_to).any(|(b_from, b_to)| a_from <= b_to && b_from <= a_to)
                })
            }
        }
    }
}

fn is_before(end: Option<Day>, start: Option<Day>) -> bool {
    matches!((end, start), (Some(end), Some(start)) if end < start)
}

/// A yearly span as one or two that do not cross the new year.
fn within_one_year(from: MonthDay, to: MonthDay) -> impl Iterator<Item = (MonthDay, MonthDay)> {
    let (first, second) = if from <= to {
        ((from, to), None)
    } else {
        ((from, MonthDay::LAST), Some((MonthDay::FIRST, to)))
    };
    std::iter::once(first).chain(second)
}

/// Whether some year has a day from `from` to `to` that is from `first` to `last`.
fn recurs(from: MonthDay, to: MonthDay, first: Option<Day>, last: Option<Day>) -> bool {
    // Any eight whole years have a leap year among them (1897 to 1903 were seven without), so that
    // they contain every day of the calendar, and the two years around them make ten to look at.
    const YEARS_WITH_EVERY_DAY: i32 = 10;
    let (Some(first), Some(last)) = (first, last) else {
        return true;
    };
    let end = last.year().min(first.year().saturating_add(YEARS_WITH_EVERY_DAY));
    (first.year()..=end).any(|year| from.at_or_after(year).max(first) <= to.at_or_before(year).min(last))
}

/// Whether the time as written leaves every day possible: it has neither bound.
fn says_nothing(time: &Edtf) -> bool {
    covered(time, |_| true) == Days::ALL
}

/// The days that a claim of this time may cover, whatever its extent.
///
/// EDTF does not say how far from the truth a date marked `?`, `~` or `%` may be. Nor do we, so that
/// such a date bounds nothing.
pub(super) fn outer(time: &Edtf) -> Days {
    covered(time, |date| !date.qualifier.is_present())
}

/// The days from the earliest beginning to the latest end, of the dates that are relied upon.
fn covered(time: &Edtf, relied_upon: impl Fn(&Date) -> bool) -> Days {
    let span = |date: &Date| relied_upon(date).then(|| date.span());
    let (start, end) = match &time.form {
        Form::Single(date) => (span(date), span(date)),
        Form::Interval { start, end } => (start.date().and_then(span), end.date().and_then(span)),
    };
    match (start, end) {
        // An interval with neither year stated begins and ends in one year, or, where it ends
        // earlier in the year than it begins, in two that follow each other.
        (Some(Span::Yearly(from, _)), Some(Span::Yearly(_, to))) if (from, to) != (MonthDay::FIRST, MonthDay::LAST) => {
            Days::Yearly(from, to)
        }
        _ => Days::Between(earliest(start), latest(end)),
    }
}

fn earliest(start: Option<Span>) -> Option<Day> {
    match start {
        Some(Span::Days(first, _)) => Some(first),
        Some(Span::Yearly(..)) | None => None,
    }
}

fn latest(end: Option<Span>) -> Option<Day> {
    match end {
        Some(Span::Days(_, last)) => Some(last),
        Some(Span::Yearly(..)) | None => None,
    }
}

/// The first and last of the days that a claim certainly covers, if there are any.
pub(super) fn inner(time: &Edtf, extent: Extent) -> Option<(Day, Day)> {
    if time.year_unknown() {
        return None;
    }
    match (outer(time), &time.form, extent) {
        (Days::Between(Some(first), Some(last)), ..) if first == last => Some((first, last)),
        (_, Form::Interval { start, end }, Extent::Throughout) => certainly_between(start, end),
        (_, Form::Single(_), _) | (_, _, Extent::Sometime) => None,
    }
}

/// The days that lie between any possible beginning and any possible end not before it.
fn certainly_between(start: &End, end: &End) -> Option<(Day, Day)> {
    let span = |end: &End| end.date().filter(|date| !date.qualifier.is_present()).map(Date::span);
    let (start, end) = (span(start), span(end));
    // The latest possible beginning: at its own latest, and not after the latest end.
    let first = latest(start).into_iter().chain(latest(end)).min()?;
    // The earliest possible end: at its own earliest, and not before the earliest beginning.
    let last = earliest(end).into_iter().chain(earliest(start)).max()?;
    (first <= last).then_some((first, last))
}

pub(super) fn meet(a: Option<(Day, Day)>, b: Option<(Day, Day)>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a.0 <= b.1 && b.0 <= a.1)
}

#[cfg(test)]
mod tests;
