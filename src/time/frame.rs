//! A frame: a stated time within which other times are said to lie, and what follows if they do.
//!
//! ```
//! use affiant::time::{Edtf, Extent, Frame, Order, order};
//!
//! let (declared, letter): (Edtf, Edtf) = ("XXXX-12-26".parse()?, "XXXX-01-10".parse()?);
//! assert_eq!(order(Some(&declared), Some(&letter)), Order::Unknown);
//!
//! let winter = Frame::new(&"2018-12/2019-03".parse()?);
//! assert_eq!(winter.place(&letter).words(), "10 January 2019");
//! assert_eq!(winter.order(Some(&declared), Some(&letter)), Some(Order::Before));
//!
//! // One run of days across a new year, of which the year is not stated either.
//! let run = Frame::new(&"XXXX-12-26/XXXX-03-02".parse()?);
//! assert_eq!(run.order(Some(&declared), Some(&letter)), Some(Order::Before));
//! # Ok::<(), affiant::time::EdtfError>(())
//! ```
//!
//! Normative page: spec/time.md, section 4. A frame is somebody's assertion. It gives no time a year
//! that is kept: what is stated stays as it was written, and all that is worked out here holds only
//! "if, as that person asserts". It does not say that the person is right, and does not choose where
//! a time fits in more than one place, or in none.

mod place;

use serde::{Serialize, Serializer};

use super::day::{Day, MonthDay};
use super::edtf::{Edtf, Form, Span};
use super::interval::{self, Days, Extent, Order, Simultaneity, inner, outer};

/// The most years that a frame may reach over; one that is longer places nothing.
pub const MAX_FRAME_YEARS: usize = 200;
/// The most places of one time that are written out.
pub const MAX_PLACES: usize = 16;

/// A stated time within which other times are said to lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    within: Edtf,
    line: Result<Line, Undecided>,
}

/// The days of a frame, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    first: Day,
    last: Day,
    /// Whether the years are only counted, from 0 for that of the first day: the frame states none.
    counted: bool,
}

/// Why a frame says nothing of a time: a closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undecided {
    /// The frame lacks a beginning or an end that bounds it.
    FrameWithoutBounds,
    /// The frame reaches over more than [`MAX_FRAME_YEARS`].
    FrameTooLong,
    /// The time names no day, month or year.
    NothingStated,
    /// The frame states no year, and the time does.
    YearStated,
}

impl Undecided {
    /// Why, in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Undecided::FrameWithoutBounds => "the asserted time lacks a beginning or an end that bounds it",
            Undecided::FrameTooLong => "the asserted time reaches over too many years",
            Undecided::NothingStated => "no day, month or year is stated",
            Undecided::YearStated => "it states its year, and the asserted time does not",
        }
    }
}

/// Where in a frame a time is, if it lies within it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Placement {
    /// In one place.
    One {
        /// The place.
        place: Place,
    },
    /// In one of several places: which year is meant is ambiguous.
    Several {
        /// The first of them, up to [`MAX_PLACES`].
        places: Vec<Place>,
        /// How many more there are.
        left_out: usize,
    },
    /// Nowhere: no day of the frame is a day of the time.
    DoesNotFit,
    /// The frame says nothing of it.
    Undecided {
        /// Why.
        why: Undecided,
    },
}

/// One place of a time in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The first day on which it can be or begin.
    pub earliest: FrameDay,
    /// The last day on which it can be or end.
    pub latest: FrameDay,
    #[serde(skip)]
    start_by: Day,
    #[serde(skip)]
    end_from: Day,
    #[serde(skip)]
    interval: bool,
}

/// A day of a frame. Written `2019-01-10`, or `01-10 of the year after` and `12-26 of the first year`
/// where the frame states no year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FrameDay {
    day: Day,
    counted: bool,
}

impl FrameDay {
    /// The day, where the frame states its years.
    pub fn day(self) -> Option<Day> {
        (!self.counted).then_some(self.day)
    }

    /// The day of the calendar.
    pub fn month_day(self) -> MonthDay {
        self.day.month_day()
    }

    /// The years from that of the frame's first day, where the frame states none.
    pub fn years_on(self) -> Option<i32> {
        self.counted.then_some(self.day.year())
    }

    /// The day in words.
    pub fn words(self) -> String {
        match (self.counted, self.day.year()) {
            (false, _) => self.day.describe(),
            (true, 0) => self.day.month_day().describe(),
            (true, _) => format!("{} of the year after", self.day.month_day().describe()),
        }
    }
}

impl Serialize for FrameDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = match (self.counted, self.day.year()) {
            (false, _) => self.day.to_string(),
            (true, 0) => format!("{} of the first year", self.day.month_day()),
            (true, _) => format!("{} of the year after", self.day.month_day()),
        };
        serializer.serialize_str(&text)
    }
}

impl Place {
    /// The place in words.
    pub fn words(&self) -> String {
        if self.earliest == self.latest {
            self.earliest.words()
        } else {
            format!("{} to {}", self.earliest.words(), self.latest.words())
        }
    }

    /// The days that a claim certainly covers, as spec/time.md, section 3, has it.
    fn inner(&self, extent: Extent) -> Option<(Day, Day)> {
        let (first, last) = (self.earliest.day, self.latest.day);
        if first == last {
            return Some((first, last));
        }
        let (first, last) = (self.start_by.min(last), self.end_from.max(first));
        (self.interval && extent == Extent::Throughout && first <= last).then_some((first, last))
    }

    fn outer(&self) -> Days {
        Days::Between(Some(self.earliest.day), Some(self.latest.day))
    }
}

impl Placement {
    /// The places that are written out.
    pub fn places(&self) -> &[Place] {
        match self {
            Placement::One { place } => std::slice::from_ref(place),
            Placement::Several { places, .. } => places,
            Placement::DoesNotFit | Placement::Undecided { .. } => &[],
        }
    }

    /// Where the time is, in words.
    pub fn words(&self) -> String {
        match self {
            Placement::One { place } => place.words(),
            Placement::Several { places, left_out } => {
                let places: Vec<String> = places.iter().map(Place::words).collect();
                let more = match left_out {
                    0 => String::new(),
                    left_out => format!(", or one of {left_out} more"),
                };
                format!("{}{more}", places.join(", or "))
            }
            Placement::DoesNotFit => "nowhere: it does not fit".to_owned(),
            Placement::Undecided { why } => format!("not placed: {}", why.words()),
        }
    }
}

impl Frame {
    /// The frame of a stated time.
    pub fn new(within: &Edtf) -> Frame {
        Frame {
            within: within.clone(),
            line: line(within),
        }
    }

    /// The stated time.
    pub fn within(&self) -> &Edtf {
        &self.within
    }

    /// The first and last day, where the frame has both.
    pub fn bounds(&self) -> Option<(FrameDay, FrameDay)> {
        let line = self.line.ok()?;
        let day = |day| FrameDay {
            day,
            counted: line.counted,
        };
        Some((day(line.first), day(line.last)))
    }

    /// Whether the frame states no year, and is one run of days all the same.
    pub fn is_run(&self) -> bool {
        self.line.is_ok_and(|line| line.counted)
    }

    /// Where in the frame a time is, if it lies within it.
    pub fn place(&self, time: &Edtf) -> Placement {
        let line = match self.line {
            Ok(line) => line,
            Err(why) => return Placement::Undecided { why },
        };
        if place::says_nothing(time) {
            return Placement::Undecided {
                why: Undecided::NothingStated,
            };
        }
        let mut places = place::places(line, time);
        match places.len() {
            0 => Placement::DoesNotFit,
            _ if line.counted && place::states_a_year(time) => Placement::Undecided {
                why: Undecided::YearStated,
            },
            1 => Placement::One { place: places[0] },
            all => {
                places.truncate(MAX_PLACES);
                Placement::Several {
                    left_out: all - places.len(),
                    places,
                }
            }
        }
    }

    /// Whether two claims speak of a common day, if both lie within the frame; `None` if one of them
    /// does not fit. Where the frame says nothing of one, the answer is that of
    /// [`simultaneity`](interval::simultaneity).
    pub fn simultaneity(&self, a: Option<(&Edtf, Extent)>, b: Option<(&Edtf, Extent)>) -> Option<Simultaneity> {
        let plain = interval::simultaneity(a, b);
        let (Some(a), Some(b)) = (a, b) else {
            return Some(plain);
        };
        let (Some(a_places), Some(b_places)) = (self.all_places(a.0), self.all_places(b.0)) else {
            return Some(plain);
        };
        if a_places.is_empty() || b_places.is_empty() {
            return None;
        }
        let claims = |places: Vec<Place>, extent| -> Vec<(Days, Option<(Day, Day)>)> {
            places
                .iter()
                .map(|place| (place.outer(), place.inner(extent)))
                .collect()
        };
        Some(combined(plain, &claims(a_places, a.1), &claims(b_places, b.1)))
    }

    /// As [`Frame::simultaneity`], where only `a` is said to lie within the frame.
    pub fn simultaneity_beside(&self, a: Option<(&Edtf, Extent)>, b: Option<(&Edtf, Extent)>) -> Option<Simultaneity> {
        let plain = interval::simultaneity(a, b);
        let (Some(a), Some(b)) = (a, b) else {
            return Some(plain);
        };
        match self.all_places(a.0) {
            Some(places) if places.is_empty() => None,
            Some(places) if !self.is_run() && plain != Simultaneity::Unknown => {
                let claims: Vec<_> = places.iter().map(|place| (place.outer(), place.inner(a.1))).collect();
                Some(combined(plain, &claims, &[(outer(b.0), inner(b.0, b.1))]))
            }
            _ => Some(plain),
        }
    }

    /// Which of two times is the earlier, if both lie within the frame; `None` if one of them does not
    /// fit. Where the frame says nothing of one, the answer is that of [`order`](interval::order).
    pub fn order(&self, a: Option<&Edtf>, b: Option<&Edtf>) -> Option<Order> {
        let plain = interval::order(a, b);
        let (Some(a), Some(b)) = (a, b) else {
            return Some(plain);
        };
        let (a_placed, b_placed) = (self.place(a), self.place(b));
        if a_placed == Placement::DoesNotFit || b_placed == Placement::DoesNotFit {
            return None;
        }
        let (Some(a_ends), Some(b_ends)) = (self.ends(a, &a_placed), self.ends(b, &b_placed)) else {
            return Some(plain);
        };
        Some(if a_ends.1 < b_ends.0 {
            Order::Before
        } else if b_ends.1 < a_ends.0 {
            Order::After
        } else {
            Order::Overlapping
        })
    }

    /// The first and last day of all places of a time that is placed.
    pub fn span_of(&self, time: &Edtf) -> Option<(FrameDay, FrameDay)> {
        let counted = self.is_run();
        let day = |day| FrameDay { day, counted };
        self.ends(time, &self.place(time))
            .map(|(first, last)| (day(first), day(last)))
    }

    fn ends(&self, time: &Edtf, placed: &Placement) -> Option<(Day, Day)> {
        if placed.places().is_empty() {
            return None;
        }
        let places = self.all_places(time)?;
        let first = places.iter().map(|place| place.earliest.day).min()?;
        let last = places.iter().map(|place| place.latest.day).max()?;
        Some((first, last))
    }

    /// Every place, by the days of the calendar only where the frame states no year; `None` where the
    /// frame says nothing of it.
    fn all_places(&self, time: &Edtf) -> Option<Vec<Place>> {
        let line = self.line.ok()?;
        (!place::says_nothing(time)).then(|| place::places(line, time))
    }
}

/// The answer for claims of which each may be in any of its places.
fn combined(plain: Simultaneity, a: &[(Days, Option<(Day, Day)>)], b: &[(Days, Option<(Day, Day)>)]) -> Simultaneity {
    let mut pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    if plain == Simultaneity::CertainlyNot || !pairs.clone().any(|(a, b)| a.0.may_meet(b.0)) {
        Simultaneity::CertainlyNot
    } else if plain == Simultaneity::Certain || pairs.all(|(a, b)| interval::meet(a.1, b.1)) {
        Simultaneity::Certain
    } else {
        Simultaneity::Possible
    }
}

/// The days of a frame. A date with a mark bounds nothing, here as elsewhere.
fn line(within: &Edtf) -> Result<Line, Undecided> {
    if within.is_uncertain() || within.is_approximate() {
        return Err(Undecided::FrameWithoutBounds);
    }
    let (start, end) = match &within.form {
        Form::Single(date) => (Some(date.span()), Some(date.span())),
        Form::Interval { start, end } => (
            start.date().map(super::edtf::Date::span),
            end.date().map(super::edtf::Date::span),
        ),
    };
    match (start, end) {
        (Some(Span::Days(first, _)), Some(Span::Days(_, last))) => {
            let years = i64::from(last.year()) - i64::from(first.year());
            if years >= MAX_FRAME_YEARS as i64 {
                return Err(Undecided::FrameTooLong);
            }
            Ok(Line {
                first,
                last,
                counted: false,
            })
        }
        (Some(Span::Yearly(from, _)), Some(Span::Yearly(_, to))) => {
            let years_on = i32::from(to < from);
            Ok(Line {
                first: from.of_counted_year(0),
                last: to.of_counted_year(years_on),
                counted: true,
            })
        }
        _ => Err(Undecided::FrameWithoutBounds),
    }
}

#[cfg(test)]
mod tests;
