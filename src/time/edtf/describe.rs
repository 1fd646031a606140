//! A time in plain English, for reports: "between 13 and 17 January, year not stated".
//!
//! The sentence adds nothing to the text and leaves nothing out, except that a time of which nothing
//! is known is "not stated" however many `X` it was written with.

use super::{Clock, Date, Edtf, End, Form, Season, Span, Within, Year, Zone};
use crate::time::day::{Day, MonthDay};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const YEAR_NOT_STATED: &str = ", year not stated";

impl Edtf {
    /// The time in words, to be read inside a sentence.
    ///
    /// `?` reads "perhaps" and `~` reads "about". A year before 1 is written BC, beside the number
    /// that EDTF gives it.
    pub fn describe(&self) -> String {
        match &self.form {
            Form::Single(date) => date.describe(),
            Form::Interval { start, end } => interval(start, end),
        }
    }
}

impl MonthDay {
    /// The day in words, as "26 December".
    pub fn describe(self) -> String {
        format!("{} {}", self.day, MONTHS[usize::from(self.month) - 1])
    }
}

impl Day {
    /// The day in words, as "10 January 2019".
    pub fn describe(self) -> String {
        format!("{} {}", self.month_day().describe(), Year::Known(self.year()).words())
    }
}

fn interval(start: &End, end: &End) -> String {
    match (start, end) {
        (End::Date(start), End::Date(end)) => between(start, end),
        (End::Open, End::Date(end)) => format!("{} or before {}", on(end), end.describe()),
        (End::Date(start), End::Open) => format!("{} or after {}", on(start), start.describe()),
        (End::Unknown, End::Date(end)) => format!("until {}, beginning not known", end.describe()),
        (End::Date(start), End::Unknown) => format!("from {}, end not known", start.describe()),
        (End::Open, End::Open) => "at any time, open at both ends".to_owned(),
        (End::Open, End::Unknown) => "from an open beginning, end not known".to_owned(),
        (End::Unknown, End::Open) => "to an open end, beginning not known".to_owned(),
        (End::Unknown, End::Unknown) => "not stated".to_owned(),
    }
}

fn on(date: &Date) -> &'static str {
    if matches!(date.within, Within::Day { .. }) {
        "on"
    } else {
        "in"
    }
}

/// Says the month and year of two days once where they are the same.
fn between(start: &Date, end: &Date) -> String {
    if start == end && matches!(start.within, Within::Day { .. }) {
        return start.describe();
    }
    let is_plain = |date: &Date| !date.qualifier.is_present() && !matches!(date.within, Within::DayUnstated { .. });
    if start.year == end.year
        && is_plain(start)
        && is_plain(end)
        && let (Some(first), Some(second)) = (start.within.words(), end.within.words())
    {
        let year = end.year_after_words();
        return match (start.within, end.within) {
            (
                Within::Day { month, day, .. },
                Within::Day {
                    month: same, day: last, ..
                },
            ) if month == same && day <= last => {
                format!("between {day} and {second}{year}")
            }
            _ if start.year == Year::Unknown && start.begins_after(end) => {
                format!("between {first} and {second} of the next year{year}")
            }
            _ => format!("between {first} and {second}{year}"),
        };
    }
    format!("between {} and {}", start.describe(), end.describe())
}

impl Date {
    pub(super) fn describe(&self) -> String {
        let qualifier = match (self.qualifier.uncertain, self.qualifier.approximate) {
            (false, false) => "",
            (true, false) => "perhaps ",
            (false, true) => "about ",
            (true, true) => "perhaps about ",
        };
        format!("{qualifier}{}", self.unqualified())
    }

    fn unqualified(&self) -> String {
        if let Some(words) = self.within.words() {
            let clock = match self.within {
                Within::Day { clock: Some(clock), .. } => clock.describe(),
                _ => String::new(),
            };
            return format!("{words}{}{clock}", self.year_after_words());
        }
        if self.year == Year::Unknown {
            return "not stated".to_owned();
        }
        let year = self.year.words();
        match self.within {
            Within::MonthUnstated => format!("{year}, month not stated"),
            Within::MonthAndDayUnstated => format!("{year}, month and day not stated"),
            _ => year,
        }
    }

    fn year_after_words(&self) -> String {
        let day = match self.within {
            Within::DayUnstated { .. } => ", day not stated",
            _ => "",
        };
        match (self.year, day) {
            (Year::Unknown, "") => YEAR_NOT_STATED.to_owned(),
            (Year::Unknown, _) => ", day and year not stated".to_owned(),
            (year, day) => format!(" {}{day}", year.words()),
        }
    }

    /// Whether, in one calendar year, the first possible day of this comes after the last of `end`.
    fn begins_after(&self, end: &Date) -> bool {
        matches!((self.span(), end.span()), (Span::Yearly(from, _), Span::Yearly(_, to)) if from > to)
    }
}

impl Within {
    /// What is stated beside the year, if anything.
    fn words(self) -> Option<String> {
        let month_name = |month: u8| MONTHS[usize::from(month) - 1];
        match self {
            Within::Year | Within::MonthUnstated | Within::MonthAndDayUnstated => None,
            Within::Season(Season::Spring) => Some("spring".to_owned()),
            Within::Season(Season::Summer) => Some("summer".to_owned()),
            Within::Season(Season::Autumn) => Some("autumn".to_owned()),
            Within::Season(Season::Winter) => Some("winter".to_owned()),
            Within::Month(month) | Within::DayUnstated { month } => Some(month_name(month).to_owned()),
            Within::Day { month, day, .. } => Some(format!("{day} {}", month_name(month))),
        }
    }
}

impl Year {
    fn words(self) -> String {
        match self {
            Year::Known(year @ 1..1000) => format!("AD {year}"),
            Year::Known(year @ 1000..=9999) => year.to_string(),
            Year::Known(year @ 10_000..) => format!("the year {year}"),
            // ISO 8601 has a year 0000, so that 1 BC is 0000 and 2 BC is -0001.
            Year::Known(year) => format!("{} BC (year {year})", 1 - year),
            Year::Among { earliest, latest } => format!("a year from {earliest} to {latest}"),
            Year::Unknown => "not stated".to_owned(),
        }
    }
}

impl Clock {
    fn describe(self) -> String {
        let zone = match self.zone {
            Zone::Unstated => ", time zone not stated".to_owned(),
            Zone::Utc => " UTC".to_owned(),
            Zone::Ahead(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                format!(" UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        };
        format!(" at {:02}:{:02}:{:02}{zone}", self.hour, self.minute, self.second)
    }
}
