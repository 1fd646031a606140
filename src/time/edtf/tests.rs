#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Edtf {
    text.parse().unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn fault(text: &str) -> (usize, EdtfFault) {
    let error = text.parse::<Edtf>().expect_err(text);
    (error.offset, error.fault)
}

fn bounds(text: &str) -> (String, String) {
    let words = |bound: Bound| match bound {
        Bound::Day(day) => day.to_string(),
        Bound::Open => "open".to_owned(),
        Bound::Unknown => "unknown".to_owned(),
    };
    let bounds = read(text).bounds();
    (words(bounds.earliest), words(bounds.latest))
}

/// The rows of a table of spec/time.md, below a heading, without their backquotes.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let page = include_str!("../../../spec/time.md");
    let section = page.split(heading).nth(1).expect(heading);
    let section = section.split("\n#").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cells = |line: &str| {
        let line = line.trim_matches('|');
        line.split('|').map(|cell| cell.trim().replace('`', "")).collect()
    };
    rows.map(cells).collect()
}

/// The examples of the Library of Congress's page, levels 0 and 1 with the days they cover, and level 2.
#[test]
fn the_table_of_the_library_of_congress() {
    let rows = rows("### 2.4 The examples of the Library of Congress");
    let of_level = |level: &str| rows.iter().filter(|row| row[1] == level).count();
    assert_eq!((of_level("0"), of_level("1")), (13, 24));
    for row in rows {
        let [text, _, earliest, latest] = row.as_slice() else {
            panic!("{row:?}")
        };
        if earliest == "refused" {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        } else {
            assert_eq!(bounds(text), (earliest.clone(), latest.clone()), "{text}");
        }
    }
}

/// Forms that other readers of EDTF test, beside those of the page.
#[test]
fn what_others_read() {
    for text in [
        "0409",
        "0023",
        "0007",
        "0000",
        "9999",
        "-0002",
        "-9999",
        "2016-05-31",
        "2016-05-02T16:54:59+00:00",
        "2016-05-02T16:54:59+14:00",
        "2016-05-02T16:54:59-00:15",
        "2016-05-02T16:54:59-12:00",
        "2016%",
        "2016-05%",
        "2016-05-03%",
        "19XX",
        "198X",
        "XXXX-XX",
        "XXXX-XX-XX",
        "Y10000",
        "Y-10000",
    ] {
        assert_eq!(read(text).as_str(), text);
    }
    for text in [
        "-0000",
        "12345",
        "2016-02-30",
        "2016-11-31",
        "2016-05-02T24:00:01",
        "2016-05-02T00:61:00",
        "2016-05-02T01:01:60",
        "2016-05-02T12:00:00-00:00",
        "Y9999",
        "Y00001",
        "Y-9999",
        "Y-00001",
    ] {
        assert!(text.parse::<Edtf>().is_err(), "{text}");
    }
}

#[test]
fn what_loosens_the_bounds() {
    use Loosening::*;
    for (text, expected) in [
        ("2019-01-10", vec![]),
        ("2019-01-10?", vec![Uncertain]),
        ("2019~", vec![Approximate]),
        ("2019%", vec![Uncertain, Approximate]),
        ("XXXX-01-10", vec![YearNotStated]),
        ("201X", vec![YearInPart]),
        ("2019-XX", vec![MonthNotStated]),
        ("2019-XX-XX", vec![MonthNotStated, DayNotStated]),
        ("XXXX-01-XX", vec![YearNotStated, DayNotStated]),
        ("2019-24", vec![HemisphereNotChosen]),
        ("2019-01-10T23:30:00-04:00", vec![DayInUtc]),
        ("2019-01-10T23:30:00+04:00", vec![]),
        ("../2019", vec![OpenBeginning]),
        ("2019/..", vec![OpenEnd]),
        ("/2019", vec![UnknownBeginning]),
        ("XXXX-01-13/", vec![YearNotStated, UnknownEnd]),
        ("2018?/XXXX-01~", vec![Uncertain, Approximate, YearNotStated]),
    ] {
        assert_eq!(read(text).loosened(), expected, "{text}");
    }
    let page: Vec<String> = rows("### 2.3 Bounds, and what loosens them")
        .iter()
        .flat_map(|row| row[0].split(", ").map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let listed: Vec<String> = Loosening::ALL
        .iter()
        .map(|loosening| serde_json::to_value(loosening).unwrap().as_str().unwrap().to_owned())
        .collect();
    assert_eq!(page, listed);
}

#[test]
fn days_of_the_calendar() {
    let calendar = |text: &str| {
        let (from, to) = read(text).calendar();
        let words = |day: Option<MonthDay>| day.map_or("-".to_owned(), |day| day.to_string());
        (words(from), words(to))
    };
    for (text, from, to) in [
        ("XXXX-12-26", "12-26", "12-26"),
        ("XXXX-02", "02-01", "02-29"),
        ("XXXX-01-13/", "01-13", "-"),
        ("/XXXX-01-17", "-", "01-17"),
        ("XXXX-12-26/XXXX-01-17", "12-26", "01-17"),
        ("2019-01-10", "01-10", "01-10"),
        ("XXXX", "-", "-"),
        ("2019-24", "-", "-"),
    ] {
        assert_eq!(calendar(text), (from.to_owned(), to.to_owned()), "{text}");
    }
}

/// Combinations that level 1 allows and its page gives no example of, and our one extension.
#[test]
fn further_forms() {
    for (text, earliest, latest) in [
        ("0000", "0000-01-01", "0000-12-31"),
        ("-9999", "-9999-01-01", "-9999-12-31"),
        ("-0004-02-29", "-0004-02-29", "-0004-02-29"),
        ("-201X", "-2019-01-01", "-2010-12-31"),
        ("2001-22", "2000-12-01", "2002-03-31"),
        ("2001-23", "2001-01-01", "2001-12-31"),
        ("2001-24", "2000-12-01", "2002-03-31"),
        ("-1000/-0999", "-1000-01-01", "-0999-12-31"),
        ("-1984?/2004%", "-1984-01-01", "2004-12-31"),
        ("1984-06-02?/2004-08-08~", "1984-06-02", "2004-08-08"),
        ("2000-XX/2012", "2000-01-01", "2012-12-31"),
        ("198X/199X", "1980-01-01", "1999-12-31"),
        ("2001-21/2003", "2001-01-01", "2003-12-31"),
        ("0000-01-03/0000-01", "0000-01-03", "0000-01-31"),
        ("1985-04-12T00:20:30+04:30", "1985-04-11", "1985-04-12"),
        ("1999-12-31T23:20:30-04:30", "1999-12-31", "2000-01-01"),
        ("../..", "open", "open"),
        ("/..", "unknown", "open"),
        ("../", "open", "unknown"),
        ("XXXX", "unknown", "unknown"),
        ("XXXX-XX", "unknown", "unknown"),
        ("XXXX-XX-XX", "unknown", "unknown"),
        ("XXXX-01", "unknown", "unknown"),
        ("XXXX-01-10", "unknown", "unknown"),
        ("XXXX-01-XX", "unknown", "unknown"),
        ("XXXX-02-29~", "unknown", "unknown"),
        ("XXXX-01-13/XXXX-01-17", "unknown", "unknown"),
        ("2018-12-26/XXXX-01-17", "2018-12-26", "unknown"),
        ("XXXX-12-26/..", "unknown", "open"),
    ] {
        assert_eq!(bounds(text), (earliest.to_owned(), latest.to_owned()), "{text}");
    }
}

#[test]
fn what_is_wrong_and_where() {
    use EdtfFault::*;
    for (text, offset, expected) in [
        ("", 0, Empty),
        (" 2019", 0, Year),
        ("2019 ", 4, TooMuch),
        ("January 2019", 0, Year),
        ("10.01.2019", 0, Year),
        ("19-01-10", 0, Year),
        ("20190110", 4, TooMuch),
        ("2019.01.10", 4, TooMuch),
        ("2019-1-10", 5, Month),
        ("2019-00", 5, Month),
        ("2019-13", 5, Month),
        ("2019-20", 5, Month),
        ("2019-", 5, Month),
        ("2019-Jan", 5, Month),
        ("2019-01-", 8, Day),
        ("2019-01-00", 8, Day),
        ("2019-01-32", 8, Day),
        ("2019-02-29", 8, NoSuchDay),
        ("1900-02-29", 8, NoSuchDay),
        ("1960-06-31", 8, NoSuchDay),
        ("XXXX-02-30", 8, NoSuchDay),
        ("2019-01-10x", 10, TooMuch),
        ("2019-01-10-11", 10, TooMuch),
        ("2019-25", 5, Season),
        ("2019-41", 5, Season),
        ("2019-21-01", 5, Season),
        ("XXXX-21", 5, Season),
        ("1XXX", 0, UnknownDigits),
        ("1X85", 0, UnknownDigits),
        ("X985", 0, UnknownDigits),
        ("-XXXX", 0, UnknownDigits),
        ("201X-01", 0, UnknownDigits),
        ("20XX-01-10", 0, UnknownDigits),
        ("1984/201X-01", 5, UnknownDigits),
        ("201x", 0, Year),
        ("201u", 0, Year),
        ("2004-1X", 5, Month),
        ("2004-01-1X", 8, Day),
        ("2004-XX-10", 8, DayWithoutMonth),
        ("XXXX-XX-10", 8, DayWithoutMonth),
        ("-0000", 0, NegativeZero),
        ("-0000-01-01", 0, NegativeZero),
        ("+2019", 0, Year),
        ("2019-01?-10", 7, Qualifier),
        ("2019?-01", 4, Qualifier),
        ("2019?~", 4, Qualifier),
        ("?2019", 0, Year),
        ("2019-?01", 5, Month),
        ("Y2019", 1, LongYear),
        ("Y012345", 1, LongYear),
        ("Y17E7", 1, LongYear),
        ("Y-17E7", 2, LongYear),
        ("Y1234567890", 1, LongYear),
        ("Y170000002-01", 1, LongYear),
        ("y170000002", 0, Year),
        ("1950S2", 4, TooMuch),
        ("{1960,1961}", 0, Year),
        ("[1667,1668]", 0, Year),
        ("2012-10-10T10:10:1", 17, TimeOfDay),
        ("2012-10-10T1:10:10", 11, TimeOfDay),
        ("2012-10-10T10:1:10", 14, TimeOfDay),
        ("2012-10-10T10:10", 16, TimeOfDay),
        ("2012-10-10T24:00:00", 11, TimeOfDay),
        ("2012-10-10T23:60:00", 14, TimeOfDay),
        ("2012-12-31T23:59:60Z", 17, TimeOfDay),
        ("2012-10-10t10:10:10", 10, TooMuch),
        ("2012-10-10T10:10:10z", 19, Zone),
        ("2012-10-10T10:10:10.5", 19, Zone),
        ("2012-10-10T10:10:10-00:00", 19, Zone),
        ("2012-10-10T10:10:10+4", 20, Zone),
        ("2012-10-10T10:10:10+04:3", 23, Zone),
        ("2012-10-10T10:10:10+0430", 22, TooMuch),
        ("2012-10-10T10:10:10Z10", 20, TooMuch),
        ("2012-10-10T10:10:10Z?", 10, TimeNotAllowed),
        ("2012-10T10:10:10", 7, TimeNotAllowed),
        ("XXXX-10-10T10:10:10", 10, TimeNotAllowed),
        ("2012-10-10T10:10:10Z/2013", 10, TimeNotAllowed),
        ("2012/2013-10-10T10:10:10Z", 15, TimeNotAllowed),
        ("/", 0, NeitherEnd),
        ("2019/01/10", 7, ThirdDate),
        ("2012///4444", 5, ThirdDate),
        ("2012/2013/1234/55", 9, ThirdDate),
        ("2000/12-12", 5, Year),
        ("open/2000", 0, Year),
        ("2000/unknown", 5, Year),
        ("..", 0, Year),
        ("2012/2011", 5, EndsBeforeItBegins),
        ("2012-02/2012-01-31", 8, EndsBeforeItBegins),
        ("-1000/-2000", 6, EndsBeforeItBegins),
        ("0800/-0999", 5, EndsBeforeItBegins),
        ("Y-61000/-9000/", 13, ThirdDate),
        ("1000/Y-61000", 5, EndsBeforeItBegins),
        ("2012~/2011", 6, EndsBeforeItBegins),
        ("2019\u{2010}01", 4, TooMuch),
        ("\u{662}\u{660}\u{661}\u{669}", 0, Year),
    ] {
        assert_eq!(fault(text), (offset, expected), "{text:?}");
    }
    assert_eq!(fault(&"2".repeat(MAX_EDTF_LENGTH + 1)), (MAX_EDTF_LENGTH, TooLong));
}

#[test]
fn an_error_reads_as_a_sentence_with_an_example() {
    assert_eq!(
        "2019-13".parse::<Edtf>().unwrap_err().to_string(),
        "at byte 5: expected a month of two digits from 01 to 12, as 2019-01, \
         or XX where the month is not known, as 2019-XX"
    );
}

#[test]
fn what_a_time_says_of_itself() {
    let says = |text: &str| {
        let time = read(text);
        (
            time.year_unknown(),
            time.is_interval(),
            time.is_uncertain(),
            time.is_approximate(),
        )
    };
    assert_eq!(says("2019-01-10"), (false, false, false, false));
    assert_eq!(says("XXXX-01-10?"), (true, false, true, false));
    assert_eq!(says("201X~"), (false, false, false, true));
    assert_eq!(says("2019/XXXX-01%"), (true, true, true, true));
    assert_eq!(says("2019?/2020~"), (false, true, true, true));
    assert_eq!(says("../.."), (false, true, false, false));
}

#[test]
fn in_words() {
    for (text, words) in [
        ("2019-01-10", "10 January 2019"),
        ("2019-01", "January 2019"),
        ("2019", "2019"),
        ("0033", "AD 33"),
        ("0000", "1 BC (year 0)"),
        ("-0043-03-15", "15 March 44 BC (year -43)"),
        ("Y170000002", "the year 170000002"),
        (
            "2019-01-10T09:30:00",
            "10 January 2019 at 09:30:00, time zone not stated",
        ),
        ("2019-01-10T09:30:00Z", "10 January 2019 at 09:30:00 UTC"),
        ("2019-01-10T09:30:00-04", "10 January 2019 at 09:30:00 UTC-04:00"),
        ("2019-01-10T09:30:00+05:45", "10 January 2019 at 09:30:00 UTC+05:45"),
        ("2001-21", "spring 2001"),
        ("2019~", "about 2019"),
        ("2019-01?", "perhaps January 2019"),
        ("2019-01-10%", "perhaps about 10 January 2019"),
        ("201X", "a year from 2010 to 2019"),
        ("2004-XX", "2004, month not stated"),
        ("1985-04-XX", "April 1985, day not stated"),
        ("1985-XX-XX", "1985, month and day not stated"),
        ("XXXX-01-10", "10 January, year not stated"),
        ("XXXX-01", "January, year not stated"),
        ("XXXX-01-XX", "January, day and year not stated"),
        ("XXXX", "not stated"),
        ("XXXX-XX-XX", "not stated"),
        ("XXXX-01-13/XXXX-01-17", "between 13 and 17 January, year not stated"),
        (
            "XXXX-01-13/XXXX-02-03",
            "between 13 January and 3 February, year not stated",
        ),
        (
            "XXXX-12-26/XXXX-01-10",
            "between 26 December and 10 January of the next year, year not stated",
        ),
        (
            "XXXX-01-17/XXXX-01-13",
            "between 17 January and 13 January of the next year, year not stated",
        ),
        ("2019-01-13/2019-01-17", "between 13 and 17 January 2019"),
        ("2019-01-13/2019-02", "between 13 January and February 2019"),
        ("2018-12-26/2019-01-10", "between 26 December 2018 and 10 January 2019"),
        ("2019-01-10/2019-01-10", "10 January 2019"),
        (
            "2019-01-10?/2019-01-17",
            "between perhaps 10 January 2019 and 17 January 2019",
        ),
        ("1964/2008", "between 1964 and 2008"),
        (
            "2018-12-26/XXXX-01-10",
            "between 26 December 2018 and 10 January, year not stated",
        ),
        ("../2019-01-10", "on or before 10 January 2019"),
        ("../XXXX-01-13", "on or before 13 January, year not stated"),
        ("2019-01/..", "in or after January 2019"),
        ("/2019-01-10", "until 10 January 2019, beginning not known"),
        ("2019-01-10/", "from 10 January 2019, end not known"),
        ("../..", "at any time, open at both ends"),
    ] {
        assert_eq!(read(text).describe(), words, "{text}");
    }
}

#[test]
fn serialised_as_its_text() {
    let time = read("XXXX-01-13/..");
    let json = serde_json::to_string(&time).unwrap();
    assert_eq!(json, "\"XXXX-01-13/..\"");
    assert_eq!(serde_json::from_str::<Edtf>(&json).unwrap(), time);
    let error = serde_json::from_str::<Edtf>("\"2019-13\"").unwrap_err().to_string();
    assert!(error.contains("at byte 5: expected a month"), "{error}");
    assert!(serde_json::from_str::<Edtf>("2019").is_err());
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_accepted_is_kept(
        text in "([-0-9XY?~%T:Z/.]{0,24}|\\PC{0,70}|-?[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?(/[0-9X]{4})?)"
    ) {
        match text.parse::<Edtf>() {
            Ok(time) => {
                prop_assert_eq!(time.to_string(), text);
                let bounds = time.bounds();
                if let (Some(first), Some(last)) = (bounds.earliest.day(), bounds.latest.day()) {
                    prop_assert!(first <= last);
                }
                prop_assert!(!time.describe().is_empty());
            }
            Err(error) => prop_assert!(error.offset <= text.len(), "{error:?}"),
        }
    }
}
