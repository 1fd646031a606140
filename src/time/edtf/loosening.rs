//! What makes the bounds of a time wider than one day, or not to be relied upon.
//!
//! ```
//! use affiant::time::{Edtf, Loosening};
//!
//! let winter: Edtf = "2019-24?".parse()?;
//! assert_eq!(winter.loosened(), [Loosening::Uncertain, Loosening::HemisphereNotChosen]);
//! # Ok::<(), affiant::time::EdtfError>(())
//! ```
//!
//! Normative page: spec/time.md, section 2.3. Each is read off the text; none is repaired.

use serde::Serialize;

use super::{Date, Edtf, End, Form, Within, Year};

/// One thing that makes the bounds of a time wider, or not to be relied upon: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loosening {
    /// A date is marked `?` or `%`.
    Uncertain,
    /// A date is marked `~` or `%`.
    Approximate,
    /// A year is `XXXX`.
    YearNotStated,
    /// The last digits of a year are `X`.
    YearInPart,
    /// A month is `XX`.
    MonthNotStated,
    /// A day is `XX`.
    DayNotStated,
    /// A season is in other months in the other hemisphere, and none is chosen.
    HemisphereNotChosen,
    /// The day in UTC is another than the day as written.
    DayInUtc,
    /// The beginning is `..`.
    OpenBeginning,
    /// The end is `..`.
    OpenEnd,
    /// The beginning is left empty.
    UnknownBeginning,
    /// The end is left empty.
    UnknownEnd,
}

impl Loosening {
    /// Every one, in the order of spec/time.md.
    pub const ALL: [Loosening; 12] = [
        Loosening::Uncertain,
        Loosening::Approximate,
        Loosening::YearNotStated,
        Loosening::YearInPart,
        Loosening::MonthNotStated,
        Loosening::DayNotStated,
        Loosening::HemisphereNotChosen,
        Loosening::DayInUtc,
        Loosening::OpenBeginning,
        Loosening::OpenEnd,
        Loosening::UnknownBeginning,
        Loosening::UnknownEnd,
    ];

    /// What it comes to, in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Loosening::Uncertain => "marked as uncertain, so that it bounds nothing",
            Loosening::Approximate => "marked as approximate, so that it bounds nothing",
            Loosening::YearNotStated => "the year is not stated",
            Loosening::YearInPart => "the year is stated in part",
            Loosening::MonthNotStated => "the month is not stated",
            Loosening::DayNotStated => "the day is not stated",
            Loosening::HemisphereNotChosen => "a season of either hemisphere, of which none is chosen",
            Loosening::DayInUtc => "the day as written and the day in UTC differ",
            Loosening::OpenBeginning => "open at its beginning",
            Loosening::OpenEnd => "open at its end",
            Loosening::UnknownBeginning => "the beginning is not known",
            Loosening::UnknownEnd => "the end is not known",
        }
    }
}

impl Edtf {
    /// What makes its bounds wider or not to be relied upon, each once and in the order of the list.
    pub fn loosened(&self) -> Vec<Loosening> {
        let mut found: Vec<Loosening> = self.dates().flat_map(of_date).collect();
        if let Form::Interval { start, end } = &self.form {
            found.extend(of_end(start, Loosening::OpenBeginning, Loosening::UnknownBeginning));
            found.extend(of_end(end, Loosening::OpenEnd, Loosening::UnknownEnd));
        }
        found.sort();
        found.dedup();
        found
    }
}

fn of_end(end: &End, open: Loosening, unknown: Loosening) -> Option<Loosening> {
    match end {
        End::Date(_) => None,
        End::Open => Some(open),
        End::Unknown => Some(unknown),
    }
}

fn of_date(date: &Date) -> impl Iterator<Item = Loosening> {
    let month = matches!(date.within, Within::MonthUnstated | Within::MonthAndDayUnstated);
    let day = matches!(date.within, Within::DayUnstated { .. } | Within::MonthAndDayUnstated);
    [
        (date.qualifier.uncertain, Loosening::Uncertain),
        (date.qualifier.approximate, Loosening::Approximate),
        (date.year == Year::Unknown, Loosening::YearNotStated),
        (matches!(date.year, Year::Among { .. }), Loosening::YearInPart),
        (month, Loosening::MonthNotStated),
        (day, Loosening::DayNotStated),
        (matches!(date.within, Within::Season(_)), Loosening::HemisphereNotChosen),
        (date.is_of_two_days(), Loosening::DayInUtc),
    ]
    .into_iter()
    .filter_map(|(holds, loosening)| holds.then_some(loosening))
}
