//! Reading EDTF. Each error says at which byte, what was expected there, and gives an example.

use std::str::FromStr;

use super::{Clock, Date, Edtf, End, Form, Qualifier, Season, Span, Within, Year, Zone};
use crate::time::day::days_in_month;

/// The longest text that is read as a time, in bytes; the longest that has a meaning is shorter.
pub const MAX_EDTF_LENGTH: usize = 64;

/// The most digits that a year may have after `Y`.
pub const MAX_YEAR_DIGITS: usize = 9;

/// A text that is not a time, and where it goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at byte {offset}: {fault}")]
pub struct EdtfError {
    /// How many bytes of the text stand before the fault.
    pub offset: usize,
    /// What was expected there.
    pub fault: EdtfFault,
}

/// What was expected where a text stops being a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EdtfFault {
    /// There is no text.
    #[error("expected a date, as 2019-01-10; where no time is stated, leave the whole entry out")]
    Empty,
    /// It is longer than [`MAX_EDTF_LENGTH`].
    #[error("expected no more than {MAX_EDTF_LENGTH} characters; a date is short, as 2019-01-10")]
    TooLong,
    /// No year of four digits.
    #[error(
        "expected a year of four digits, then month and day, as 2019-01-10; \
         where the year is not known write XXXX, as XXXX-01-10"
    )]
    Year,
    /// `X` where a digit is stated to the right of it, or three of them.
    #[error(
        "expected the digits that are not known, written X, to be the last one or two of a year \
         that stands alone, as 201X, or all four of a year, as XXXX-01-10"
    )]
    UnknownDigits,
    /// A month that is none.
    #[error(
        "expected a month of two digits from 01 to 12, as 2019-01, \
         or XX where the month is not known, as 2019-XX"
    )]
    Month,
    /// A season beside a day or an unknown year, or one that names its hemisphere.
    #[error("expected a season from 21 (spring) to 24 (winter) of a known year and nothing beside it, as 2019-21")]
    Season,
    /// A day that is none.
    #[error(
        "expected a day of two digits from 01 to 31, as 2019-01-10, \
         or XX where the day is not known, as 2019-01-XX"
    )]
    Day,
    /// A known day of an unknown month.
    #[error("expected the day to be XX where the month is XX, as 2019-XX-XX")]
    DayWithoutMonth,
    /// A day that this month does not have.
    #[error("expected a day that this month has: 28 February 2019, for example, is 2019-02-28")]
    NoSuchDay,
    /// A time of day that is none.
    #[error(
        "expected a time of day with hours, minutes and seconds, from T00:00:00 to T23:59:59, as 2019-01-10T09:30:00"
    )]
    TimeOfDay,
    /// A time zone that is none.
    #[error("expected Z for UTC, or hours ahead of or behind UTC, as 2019-01-10T09:30:00+04:00, or nothing")]
    Zone,
    /// A time of day beside a date that is not one known day.
    #[error("expected no time of day here: it goes only with a single known day, as 2019-01-10T09:30:00")]
    TimeNotAllowed,
    /// More than one qualifier, or one that is not at the end of its date.
    #[error(
        "expected one mark at the end of the whole date, and nothing after it: \
         ? for uncertain, ~ for approximate, % for both, as 2019-01~"
    )]
    Qualifier,
    /// Something after a date that is complete.
    #[error("expected the date to end here, or a hyphen and two digits more, as 2019-01-10; a day ends it")]
    TooMuch,
    /// More than one `/`.
    #[error(
        "expected one beginning and one end with a single / between them, as 2019-01-10/2019-02-03; within a date there are hyphens"
    )]
    ThirdDate,
    /// `/` alone.
    #[error(
        "expected a beginning or an end, as 2019-01-10/ or /2019-02-03; where neither is known, leave the whole entry out"
    )]
    NeitherEnd,
    /// An end before its beginning.
    #[error("expected an end that is not before the beginning, as 2019-01-10/2019-02-03")]
    EndsBeforeItBegins,
    /// `-0000`.
    #[error("expected 0000 for the year before 0001, without a minus")]
    NegativeZero,
    /// `Y` before a year that needs none, or has too many digits.
    #[error(
        "expected 5 to {MAX_YEAR_DIGITS} digits after Y, the first not 0 and nothing after them, as Y170000002; a year of four digits has no Y"
    )]
    LongYear,
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Edtf, EdtfError> {
        if text.is_empty() {
            return Err(EdtfFault::Empty.at(0));
        }
        if text.len() > MAX_EDTF_LENGTH {
            return Err(EdtfFault::TooLong.at(MAX_EDTF_LENGTH));
        }
        let form = match text.split_once('/') {
            None => Form::Single(date(text, 0, TimeOfDay::Allowed)?),
            Some((start, end)) => interval(start, end)?,
        };
        Ok(Edtf {
            text: text.to_owned(),
            form,
        })
    }
}

impl EdtfFault {
    fn at(self, offset: usize) -> EdtfError {
        EdtfError { offset, fault: self }
    }
}

/// "EDTF Level 0 adopts representations of a time interval where both the start and end are dates
/// … Time of day is excluded." "A null string may be used for the start or end date when it is
/// unknown. Double-dot may be used when either the start or end date is not specified."
fn interval(start: &str, end: &str) -> Result<Form, EdtfError> {
    let end_offset = start.len() + 1;
    if let Some(slash) = end.find('/') {
        return Err(EdtfFault::ThirdDate.at(end_offset + slash));
    }
    if start.is_empty() && end.is_empty() {
        return Err(EdtfFault::NeitherEnd.at(0));
    }
    let start = interval_end(start, 0)?;
    let end = interval_end(end, end_offset)?;
    if let (Some(from), Some(to)) = (start.date(), end.date())
        && let (Span::Days(earliest, _), Span::Days(_, latest)) = (from.span(), to.span())
        && latest < earliest
    {
        return Err(EdtfFault::EndsBeforeItBegins.at(end_offset));
    }
    Ok(Form::Interval { start, end })
}

fn interval_end(text: &str, offset: usize) -> Result<End, EdtfError> {
    match text {
        "" => Ok(End::Unknown),
        ".." => Ok(End::Open),
        _ => Ok(End::Date(date(text, offset, TimeOfDay::Excluded)?)),
    }
}

#[derive(PartialEq)]
enum TimeOfDay {
    Allowed,
    Excluded,
}

/// One date, of which byte 0 is byte `offset` of the whole text.
fn date(text: &str, offset: usize, time_of_day: TimeOfDay) -> Result<Date, EdtfError> {
    let mut rest = Rest {
        bytes: text.as_bytes(),
        offset,
    };
    let qualifier = rest.take_qualifier();
    if rest.bytes.first() == Some(&b'Y') {
        let year = Year::Known(rest.long_year()?);
        return Ok(Date {
            year,
            within: Within::Year,
            qualifier,
        });
    }
    let year = rest.year()?;
    let month_offset = rest.offset + 1;
    let mut within = rest.within(year)?;
    if matches!(year, Year::Among { .. }) && within != Within::Year {
        return Err(EdtfFault::UnknownDigits.at(offset));
    }
    if matches!(within, Within::Season(_)) && (year == Year::Unknown || !rest.bytes.is_empty()) {
        return Err(EdtfFault::Season.at(month_offset));
    }
    if rest.bytes.first() == Some(&b'T') {
        let known_day = year != Year::Unknown && !qualifier.is_present();
        match &mut within {
            Within::Day { clock, .. } if known_day && time_of_day == TimeOfDay::Allowed => {
                *clock = Some(rest.clock()?);
            }
            _ => return Err(EdtfFault::TimeNotAllowed.at(rest.offset)),
        }
    }
    match rest.bytes.first() {
        None => Ok(Date {
            year,
            within,
            qualifier,
        }),
        Some(b'?' | b'~' | b'%') => Err(EdtfFault::Qualifier.at(rest.offset)),
        Some(_) => Err(EdtfFault::TooMuch.at(rest.offset)),
    }
}

/// What of a date is still to be read.
struct Rest<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl Rest<'_> {
    fn skip(&mut self, count: usize) {
        self.bytes = &self.bytes[count..];
        self.offset += count;
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.bytes.first() == Some(&byte);
        if found {
            self.skip(1);
        }
        found
    }

    /// Two digits that make a number within the range, or the fault at the first byte of the two.
    fn two_digits(&mut self, max: u8, fault: EdtfFault) -> Result<u8, EdtfError> {
        match self.bytes {
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9', ..] => {
                let number = (tens - b'0') * 10 + (ones - b'0');
                if number > max {
                    return Err(fault.at(self.offset));
                }
                self.skip(2);
                Ok(number)
            }
            _ => Err(fault.at(self.offset)),
        }
    }

    fn take_unknown_pair(&mut self) -> bool {
        let found = self.bytes.starts_with(b"XX");
        if found {
            self.skip(2);
        }
        found
    }

    /// "The characters '?', '~' and '%' are used to mean "uncertain", "approximate", and
    /// "uncertain" as well as "approximate", respectively. These characters may occur only at the
    /// end of the date string and apply to the entire date."
    fn take_qualifier(&mut self) -> Qualifier {
        let Some((last, before)) = self.bytes.split_last() else {
            return Qualifier::default();
        };
        let qualifier = Qualifier {
            uncertain: matches!(last, b'?' | b'%'),
            approximate: matches!(last, b'~' | b'%'),
        };
        if qualifier.is_present() {
            self.bytes = before;
        }
        qualifier
    }

    /// "'Y' may be used at the beginning of the date string to signify that the date is a year,
    /// when (and only when) the year exceeds four digits."
    fn long_year(&mut self) -> Result<i32, EdtfError> {
        self.skip(1);
        let negative = self.take(b'-');
        let fault = EdtfFault::LongYear.at(self.offset);
        let fits = (5..=MAX_YEAR_DIGITS).contains(&self.bytes.len())
            && self.bytes[0] != b'0'
            && self.bytes.iter().all(u8::is_ascii_digit);
        if !fits {
            return Err(fault);
        }
        let year = self
            .bytes
            .iter()
            .fold(0, |year, byte| year * 10 + i32::from(byte - b'0'));
        Ok(if negative { -year } else { year })
    }

    fn year(&mut self) -> Result<Year, EdtfError> {
        let start = self.offset;
        let negative = self.take(b'-');
        let Some(four) = self.bytes.get(..4) else {
            return Err(EdtfFault::Year.at(start));
        };
        if !four.iter().all(|byte| byte.is_ascii_digit() || *byte == b'X') {
            return Err(EdtfFault::Year.at(start));
        }
        let unknown = four.iter().rev().take_while(|byte| **byte == b'X').count();
        if four[..4 - unknown].contains(&b'X') || unknown == 3 || (unknown == 4 && negative) {
            return Err(EdtfFault::UnknownDigits.at(start));
        }
        let with = |digit: u8| {
            let year = four.iter().fold(0, |year, byte| {
                year * 10 + i32::from(if *byte == b'X' { digit } else { byte - b'0' })
            });
            if negative { -year } else { year }
        };
        let year = match unknown {
            0 if negative && with(0) == 0 => return Err(EdtfFault::NegativeZero.at(start)),
            0 => Year::Known(with(0)),
            4 => Year::Unknown,
            _ => Year::Among {
                earliest: with(0).min(with(9)),
                latest: with(0).max(with(9)),
            },
        };
        self.skip(4);
        Ok(year)
    }

    fn within(&mut self, year: Year) -> Result<Within, EdtfError> {
        if !self.take(b'-') {
            return Ok(Within::Year);
        }
        if self.take_unknown_pair() {
            return self.day_of_unknown_month();
        }
        let month_offset = self.offset;
        let month = match self.two_digits(99, EdtfFault::Month)? {
            month @ 1..=12 => month,
            21 => return Ok(Within::Season(Season::Spring)),
            22 => return Ok(Within::Season(Season::Summer)),
            23 => return Ok(Within::Season(Season::Autumn)),
            24 => return Ok(Within::Season(Season::Winter)),
            25..=41 => return Err(EdtfFault::Season.at(month_offset)),
            _ => return Err(EdtfFault::Month.at(month_offset)),
        };
        if !self.take(b'-') {
            return Ok(Within::Month(month));
        }
        if self.take_unknown_pair() {
            return Ok(Within::DayUnstated { month });
        }
        let day_offset = self.offset;
        let day = self.two_digits(31, EdtfFault::Day)?;
        if day == 0 {
            return Err(EdtfFault::Day.at(day_offset));
        }
        // A year that is not known may be a leap year, as 2000 was.
        let example = if let Year::Known(year) = year { year } else { 2000 };
        if days_in_month(example, month).is_none_or(|days| day > days) {
            return Err(EdtfFault::NoSuchDay.at(day_offset));
        }
        Ok(Within::Day {
            month,
            day,
            clock: None,
        })
    }

    fn day_of_unknown_month(&mut self) -> Result<Within, EdtfError> {
        if !self.take(b'-') {
            Ok(Within::MonthUnstated)
        } else if self.take_unknown_pair() {
            Ok(Within::MonthAndDayUnstated)
        } else {
            Err(EdtfFault::DayWithoutMonth.at(self.offset))
        }
    }

    /// "[dateI]["T"][time]", "[dateI]["T"][time]["Z"]", "[dateI]["T"][time][shiftHour]" and
    /// "[dateI]["T"][time][shiftHourMinute]".
    fn clock(&mut self) -> Result<Clock, EdtfError> {
        self.skip(1);
        let hour = self.two_digits(23, EdtfFault::TimeOfDay)?;
        self.colon(EdtfFault::TimeOfDay)?;
        let minute = self.two_digits(59, EdtfFault::TimeOfDay)?;
        self.colon(EdtfFault::TimeOfDay)?;
        let second = self.two_digits(59, EdtfFault::TimeOfDay)?;
        let zone = self.zone()?;
        Ok(Clock {
            hour,
            minute,
            second,
            zone,
        })
    }

    fn colon(&mut self, fault: EdtfFault) -> Result<(), EdtfError> {
        if self.take(b':') {
            Ok(())
        } else {
            Err(fault.at(self.offset))
        }
    }

    fn zone(&mut self) -> Result<Zone, EdtfError> {
        let start = self.offset;
        let behind = match self.bytes.first() {
            None => return Ok(Zone::Unstated),
            Some(b'Z') => {
                self.skip(1);
                return Ok(Zone::Utc);
            }
            Some(b'+') => false,
            Some(b'-') => true,
            Some(_) => return Err(EdtfFault::Zone.at(start)),
        };
        self.skip(1);
        let hours = self.two_digits(23, EdtfFault::Zone)?;
        let minutes = if self.take(b':') {
            self.two_digits(59, EdtfFault::Zone)?
        } else {
            0
        };
        let ahead = i16::from(hours) * 60 + i16::from(minutes);
        match (behind, ahead) {
            // ISO 8601 has no negative zero; RFC 3339's, "offset not known", is written as nothing.
            (true, 0) => Err(EdtfFault::Zone.at(start)),
            (true, _) => Ok(Zone::Ahead(-ahead)),
            (false, _) => Ok(Zone::Ahead(ahead)),
        }
    }
}
