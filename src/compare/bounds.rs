//! The bounds of a stated time, with what they rest on and what loosens them.
//!
//! ```json
//! {"basis":"inferred","earliest":{"is":"calendar-day","day":"01-13"},"latest":{"is":"unknown"},
//!  "loosened":["year-not-stated","unknown-end"]}
//! ```
//!
//! Normative page: spec/time.md, section 2.3. The bounds are those of the time as written; a mark does
//! not move them, and is listed. Nothing here gives a time a year.

use serde::Serialize;

use crate::record::TimeBasis;
use crate::time::{Bound, Day, Edtf, Loosening, MonthDay};

/// One end of what a stated time reaches over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BoundShown {
    /// A day.
    Day(Day),
    /// A day of the calendar, in whichever year.
    CalendarDay(MonthDay),
    /// The time is left open at this end.
    Open,
    /// Nothing says when.
    Unknown,
}

/// What a stated time reaches over, on what that rests, and what loosens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoundsShown {
    /// The first day on which it can be or begin.
    pub earliest: BoundShown,
    /// The last day on which it can be or end.
    pub latest: BoundShown,
    /// On what the time rests.
    pub basis: TimeBasis,
    /// What makes the bounds wider, or not to be relied upon.
    pub loosened: Vec<Loosening>,
}

impl Serialize for BoundShown {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let (is, day) = match self {
            BoundShown::Day(day) => ("day", Some(day.to_string())),
            BoundShown::CalendarDay(day) => ("calendar-day", Some(day.to_string())),
            BoundShown::Open => ("open", None),
            BoundShown::Unknown => ("unknown", None),
        };
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("is", is)?;
        if let Some(day) = day {
            object.serialize_entry("day", &day)?;
        }
        object.end()
    }
}

impl BoundShown {
    fn of(bound: Bound, calendar: Option<MonthDay>) -> BoundShown {
        match (bound, calendar) {
            (Bound::Day(day), _) => BoundShown::Day(day),
            (Bound::Open, _) => BoundShown::Open,
            (Bound::Unknown, Some(day)) => BoundShown::CalendarDay(day),
            (Bound::Unknown, None) => BoundShown::Unknown,
        }
    }

    /// The bound in words.
    pub fn words(&self) -> String {
        match self {
            BoundShown::Day(day) => day.describe(),
            BoundShown::CalendarDay(day) => day.describe(),
            BoundShown::Open => "open".to_owned(),
            BoundShown::Unknown => "not known".to_owned(),
        }
    }
}

impl BoundsShown {
    /// The bounds of a time of this basis.
    pub fn new(edtf: &Edtf, basis: TimeBasis) -> BoundsShown {
        let (bounds, calendar) = (edtf.bounds(), edtf.calendar());
        BoundsShown {
            earliest: BoundShown::of(bounds.earliest, calendar.0),
            latest: BoundShown::of(bounds.latest, calendar.1),
            basis,
            loosened: edtf.loosened(),
        }
    }

    /// The bounds in words, as "earliest 10 January, latest 10 January; the year is not stated".
    pub fn words(&self) -> String {
        let mut words = format!("earliest {}, latest {}", self.earliest.words(), self.latest.words());
        for loosening in &self.loosened {
            words.push_str(&format!("; {}", loosening.words()));
        }
        words
    }
}

/// A basis in words.
pub fn basis_words(basis: TimeBasis) -> &'static str {
    match basis {
        TimeBasis::Stated => "stated by the source",
        TimeBasis::Inferred => "inferred by the recorder",
        TimeBasis::Observed => "observed by the recorder",
        TimeBasis::Device => "by a device's clock",
        TimeBasis::NotStated => "on a basis not stated",
    }
}
