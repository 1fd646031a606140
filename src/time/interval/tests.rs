#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn read(text: &str) -> Edtf {
    text.parse().unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

const EXTENTS: [Extent; 2] = [Extent::Throughout, Extent::Sometime];

/// One row of the table: two times, the answer for both throughout, and for both sometime.
const ROWS: &[(&str, &str, Simultaneity, Simultaneity)] = {
    use Simultaneity::{Certain, CertainlyNot, Possible, Unknown};
    &[
        // Single days.
        ("2019-01-10", "2019-01-10", Certain, Certain),
        ("2019-01-10", "2019-01-11", CertainlyNot, CertainlyNot),
        ("2019-01-10", "2019-01-10T09:30:00", Certain, Certain),
        ("2019-01-10", "2019-01-10T09:30:00Z", Certain, Certain),
        // One instant, written in two zones.
        ("2019-01-10T23:30:00-04:00", "2019-01-11T03:30:00Z", Possible, Possible),
        ("2019-01-10T23:30:00-04:00", "2019-01-12", CertainlyNot, CertainlyNot),
        // Single dates that are not exact.
        ("2019-01", "2019-01-10", Possible, Possible),
        ("2019-01", "2019-01", Possible, Possible),
        ("2019-01", "2019-02", CertainlyNot, CertainlyNot),
        ("2019-01-XX", "2019-01-31", Possible, Possible),
        ("201X", "2019-12-31", Possible, Possible),
        ("201X", "2020", CertainlyNot, CertainlyNot),
        ("2019-24", "2020-03-31", Possible, Possible),
        ("2019-24", "2020-04-01", CertainlyNot, CertainlyNot),
        ("2019-01-10?", "2019-01-10", Possible, Possible),
        ("2019-01-10?", "2025-01-10", Possible, Possible),
        ("2019~", "1950", Possible, Possible),
        // Intervals.
        ("2018-12-26/2019-01-17", "2019-01-10", Certain, Possible),
        ("2018-12-26/2019-01-17", "2019-01-17", Certain, Possible),
        ("2018-12-26/2019-01-17", "2019-01-18", CertainlyNot, CertainlyNot),
        ("2018-12-26/2019-01-17", "2019-01", Possible, Possible),
        ("2018-12-26/2019-01-17", "2019-01-17/2019-02-01", Certain, Possible),
        ("2018-12/2019-02", "2019-01-10", Certain, Possible),
        ("2018-12/2019-02", "2018-12-30", Possible, Possible),
        ("2018-12/2019-02", "2018-12-31", Certain, Possible),
        ("2018-12/2019-02", "2019-02-01", Certain, Possible),
        ("2018-12/2019-02", "2019-02-02", Possible, Possible),
        ("2019-01/2019-01", "2019-01-10", Possible, Possible),
        ("2019-01-10/2019-01-10", "2019-01-10", Certain, Certain),
        ("2018-12-26?/2019-01-17", "2019-01-10", Possible, Possible),
        ("2018-12-26?/2019-01-17", "2019-01-17", Certain, Possible),
        ("2018-12-26?/2019-01-17", "2019-01-18", CertainlyNot, CertainlyNot),
        // Unknown and open ends: of both, only the day that is stated is certain.
        ("2019-01-10/", "2019-01-10", Certain, Possible),
        ("2019-01-10/", "2019-01-11", Possible, Possible),
        ("2019-01-10/..", "2019-01-10", Certain, Possible),
        ("2019-01-10/..", "2019-01-11", Possible, Possible),
        ("2019-01-10/..", "2019-01-09", CertainlyNot, CertainlyNot),
        ("../2019-01-10", "2019-01-11", CertainlyNot, CertainlyNot),
        ("/2019-01-10", "2019-01-11/", CertainlyNot, CertainlyNot),
        // Years that are not stated.
        ("XXXX-01-10", "XXXX-01-17", CertainlyNot, CertainlyNot),
        ("XXXX-01-10", "XXXX-01-10", Possible, Possible),
        ("XXXX-01-10", "XXXX-01", Possible, Possible),
        ("XXXX-01-10", "XXXX-02", CertainlyNot, CertainlyNot),
        ("XXXX-01-10", "2019-01-10", Possible, Possible),
        ("XXXX-01-10", "2019-01", Possible, Possible),
        ("XXXX-01-10", "2019-02-01", CertainlyNot, CertainlyNot),
        ("XXXX-01-10", "2019", Possible, Possible),
        ("XXXX-01-10", "201X", Possible, Possible),
        ("XXXX-01-10", "2018-12-26/2019-01-17", Possible, Possible),
        ("XXXX-01-10", "2018-12-26/2019-01-09", CertainlyNot, CertainlyNot),
        ("XXXX-01-10", "2018-01-11/2019-01-09", CertainlyNot, CertainlyNot),
        ("XXXX-01-10", "2019-01-11/", Possible, Possible),
        ("XXXX-01-10?", "2019-02-01", Possible, Possible),
        ("XXXX-02-29", "2019", CertainlyNot, CertainlyNot),
        ("XXXX-02-29", "2020", Possible, Possible),
        ("XXXX-02-29", "1897/1903", CertainlyNot, CertainlyNot),
        ("XXXX-02-29", "1896-03-01/1904-02-28", CertainlyNot, CertainlyNot),
        ("XXXX-02-29", "1896-03-01/1904-02-29", Possible, Possible),
        ("XXXX-02-29", "1896-03-01/Y170000002", Possible, Possible),
        ("XXXX-02-29", "Y170000002", CertainlyNot, CertainlyNot),
        ("XXXX-02-29", "Y170000004", Possible, Possible),
        ("XXXX-01-13/XXXX-01-17", "XXXX-01-18", CertainlyNot, CertainlyNot),
        ("XXXX-01-13/XXXX-01-17", "XXXX-01-17", Possible, Possible),
        ("XXXX-01-13/XXXX-01-17", "2019-01-15", Possible, Possible),
        ("XXXX-01-13/XXXX-01-17", "2019-01-18", CertainlyNot, CertainlyNot),
        ("XXXX-12-26/XXXX-01-10", "2019-01-10", Possible, Possible),
        (
            "XXXX-12-26/XXXX-01-10",
            "2019-01-11/2019-12-25",
            CertainlyNot,
            CertainlyNot,
        ),
        ("2018-12-26/XXXX-01-10", "2018-12-26", Possible, Possible),
        ("2018-12-26/XXXX-01-10", "2018-12-25", CertainlyNot, CertainlyNot),
        // Times that say nothing.
        ("XXXX", "2019-01-10", Unknown, Unknown),
        ("XXXX-XX-XX", "XXXX", Unknown, Unknown),
        ("../..", "2019-01-10", Unknown, Unknown),
        ("../XXXX-01-13", "2019-01-10", Unknown, Unknown),
    ]
};

#[test]
fn the_table_of_simultaneity() {
    for (a, b, throughout, sometime) in ROWS {
        let (a_time, b_time) = (read(a), read(b));
        for (extent, expected) in EXTENTS.into_iter().zip([throughout, sometime]) {
            let answer = simultaneity(Some((&a_time, extent)), Some((&b_time, extent)));
            assert_eq!(answer, *expected, "{a} and {b}, {extent:?}");
        }
    }
}

#[test]
fn a_time_that_is_not_stated_is_unknown() {
    let time = read("2019-01-10");
    let claim = Some((&time, Extent::Throughout));
    assert_eq!(simultaneity(None, claim), Simultaneity::Unknown);
    assert_eq!(simultaneity(claim, None), Simultaneity::Unknown);
    assert_eq!(simultaneity(None, None), Simultaneity::Unknown);
    assert_eq!(order(None, Some(&time)), Order::Unknown);
    assert_eq!(order(Some(&time), None), Order::Unknown);
}

#[test]
fn the_table_of_order() {
    for (a, b, expected) in [
        ("2019-01-10", "2019-01-11", Order::Before),
        ("2019-01", "2019-02-01", Order::Before),
        ("../2018", "2019/", Order::Before),
        ("../2018", "2018-12-31/", Order::Overlapping),
        ("2019-01-10", "2019-01-10", Order::Overlapping),
        ("2019", "2019-06", Order::Overlapping),
        ("2018?", "2019", Order::Overlapping),
        ("2018?/2018-06", "2019", Order::Before),
        ("XXXX-01-10", "XXXX-01-17", Order::Unknown),
        ("XXXX-01-10", "XXXX-01-10", Order::Overlapping),
        ("XXXX-01-10", "2019-02-01", Order::Unknown),
        ("XXXX-01-10/2019-02-01", "2019-02-02", Order::Before),
        ("XXXX", "2019", Order::Unknown),
        ("../..", "2019", Order::Unknown),
    ] {
        let (a_time, b_time) = (read(a), read(b));
        let mirrored = match expected {
            Order::Before => Order::After,
            other => other,
        };
        assert_eq!(order(Some(&a_time), Some(&b_time)), expected, "{a} and {b}");
        assert_eq!(order(Some(&b_time), Some(&a_time)), mirrored, "{b} and {a}");
    }
}

#[test]
fn extent_is_one_word() {
    assert_eq!(serde_json::to_string(&EXTENTS).unwrap(), r#"["throughout","sometime"]"#);
    assert_eq!(
        serde_json::from_str::<Extent>("\"sometime\"").unwrap(),
        Extent::Sometime
    );
    assert!(serde_json::from_str::<Extent>("\"Sometime\"").is_err());
}

/// A world small enough to look at every day of it, with leap years, and years to spare on both
/// sides of the years that the generated times name, so that "any year" is not cut short.
static WORLD: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut days = Vec::new();
    for year in 1998..=2012 {
        for month in 1..=12 {
            for day in (1..=31).filter_map(|day| Day::new(year, month, day)) {
                days.push(day.to_string());
            }
        }
    }
    days
});

static YEARS: LazyLock<Vec<i32>> = LazyLock::new(|| WORLD.iter().map(|day| day[..4].parse().unwrap()).collect());

/// The days that a date may be, by laying its letters over every day of the world.
fn possible_days(date: &str) -> Vec<usize> {
    let pattern = date.trim_end_matches(['?', '~', '%']);
    let anything = date.is_empty() || date == ".." || pattern != date;
    let fits = |day: &str| {
        anything
            || pattern
                .bytes()
                .zip(day.bytes())
                .all(|(wanted, byte)| wanted == b'X' || wanted == byte)
    };
    (0..WORLD.len()).filter(|index| fits(&WORLD[*index])).collect()
}

/// For each day of the world, whether the claim certainly covers it and whether it may.
fn by_enumeration(text: &str, extent: Extent) -> (Vec<bool>, Vec<bool>) {
    let mut certain = vec![false; WORLD.len()];
    let mut possible = vec![false; WORLD.len()];
    match text.split_once('/') {
        None => {
            let days = possible_days(text);
            certain[days[0]] = days.len() == 1;
            days.iter().for_each(|day| possible[*day] = true);
        }
        Some((start, end)) => {
            let (starts, ends) = (possible_days(start), possible_days(end));
            let same_year = start.starts_with("XXXX")
                && end.starts_with("XXXX")
                && !format!("{start}{end}").contains(['?', '~', '%']);
            let mut every_pair_covers: Option<(usize, usize)> = None;
            let mut reach = vec![0; WORLD.len()];
            // Only where no beginning and end fit into one year does the end lie in the next.
            let years_on = if same_year && wraps(start, end) { 1 } else { 0 };
            for first in &starts {
                let later = &ends[ends.partition_point(|last| last < first)..];
                let later = if same_year {
                    let year = YEARS[*first] + years_on;
                    let from = later.partition_point(|last| YEARS[*last] < year);
                    &later[from..later.partition_point(|last| YEARS[*last] <= year)]
                } else {
                    later
                };
                let (Some(soonest), Some(latest)) = (later.first(), later.last()) else {
                    continue;
                };
                reach[*first] = reach[*first].max(latest + 1);
                let (from, to) = every_pair_covers.unwrap_or((*first, *soonest));
                every_pair_covers = Some((from.max(*first), to.min(*soonest)));
            }
            let mut covered_until = 0;
            for day in 0..WORLD.len() {
                covered_until = covered_until.max(reach[day]);
                possible[day] = day < covered_until;
            }
            if let Some((from, to)) = every_pair_covers
                && from <= to
                && (extent == Extent::Throughout || possible.iter().filter(|day| **day).count() == 1)
            {
                certain[from..=to].fill(true);
            }
        }
    }
    if text.contains("XXXX") {
        certain.fill(false);
    }
    (certain, possible)
}

/// Whether an interval of two unstated years crosses the new year, by trying a leap year.
fn wraps(start: &str, end: &str) -> bool {
    let in_leap_year = |date: &str| -> Vec<usize> {
        possible_days(date)
            .into_iter()
            .filter(|day| WORLD[*day].starts_with("2004"))
            .collect()
    };
    in_leap_year(start).first() > in_leap_year(end).last()
}

/// An interval of unstated years that begins or ends on 29 February lies in a leap year at that end,
/// which the program does not use: it answers that more is possible than is.
fn on_leap_day(text: &str) -> bool {
    text.contains('/') && text.contains("XXXX-02-29")
}

fn share(a: &[bool], b: &[bool]) -> bool {
    a.iter().zip(b).any(|(a, b)| *a && *b)
}

fn date() -> impl Strategy<Value = String> {
    let year = select(vec!["2003", "2004", "2005", "2007", "XXXX", "XXXX"]);
    let month = select(vec!["01", "02", "02", "03", "12", "XX"]);
    let day = select(vec!["01", "10", "17", "28", "29", "31", "XX"]);
    let qualifier = prop_oneof![9 => Just(""), 1 => select(vec!["?", "~", "%"])];
    let precision = prop_oneof![1 => Just(1), 2 => Just(2), 5 => Just(3)];
    let dated =
        (precision, year, month, day, qualifier.clone()).prop_map(|(precision, year, month, day, qualifier)| {
            let parts = [year, month, if month == "XX" { "XX" } else { day }];
            format!("{}{qualifier}", parts[..precision].join("-"))
        });
    let decade = qualifier.prop_map(|qualifier| format!("200X{qualifier}"));
    prop_oneof![9 => dated, 1 => decade]
}

fn time() -> impl Strategy<Value = String> {
    let end = || prop_oneof![8 => date(), 1 => Just(String::new()), 1 => Just("..".to_owned())];
    let interval = (end(), end()).prop_map(|(start, end)| format!("{start}/{end}"));
    prop_oneof![1 => date(), 1 => interval].prop_filter("a time", |text| text.parse::<Edtf>().is_ok())
}

fn extent() -> impl Strategy<Value = Extent> {
    select(EXTENTS.to_vec())
}

/// A time that says no more than `text` does, by one step.
fn coarser(text: &str, step: usize) -> Option<String> {
    let coarser_date = |date: &str| -> Option<String> {
        let plain = date.trim_end_matches(['?', '~', '%']);
        let wider = match (step % 4, plain.len()) {
            (0, 10) => plain[..7].to_owned(),
            (0, 7) => plain[..4].to_owned(),
            (1, 10) => format!("{}-XX", &plain[..7]),
            (2, _) => return Some(format!("{plain}?")),
            (3, 4..) if !plain.contains('X') => format!("XXXX{}", &plain[4..]),
            (_, 4) if plain.starts_with("200") => "200X".to_owned(),
            _ => return None,
        };
        Some(format!("{wider}{}", &date[plain.len()..]))
    };
    match text.split_once('/') {
        None if step >= 8 => Some(format!("{text}/{text}")),
        None => coarser_date(text),
        Some((_, end)) if step == 12 => Some(format!("/{end}")),
        Some((start, _)) if step == 13 => Some(format!("{start}/..")),
        Some((start, end)) if step.is_multiple_of(2) => Some(format!("{}/{end}", coarser_date(start)?)),
        Some((start, end)) => Some(format!("{start}/{}", coarser_date(end)?)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn agrees_with_looking_at_every_day(a in time(), b in time(), a_extent in extent(), b_extent in extent()) {
        let (a_time, b_time) = (read(&a), read(&b));
        let (a_certain, a_possible) = by_enumeration(&a, a_extent);
        let (b_certain, b_possible) = by_enumeration(&b, b_extent);
        let answer = simultaneity(Some((&a_time, a_extent)), Some((&b_time, b_extent)));
        let expected = if !share(&a_possible, &b_possible) {
            Simultaneity::CertainlyNot
        } else if share(&a_certain, &b_certain) {
            Simultaneity::Certain
        } else {
            Simultaneity::Possible
        };
        match answer {
            Simultaneity::Unknown => {
                prop_assert!(says_nothing(&a_time) || says_nothing(&b_time));
                prop_assert_eq!(expected, Simultaneity::Possible);
            }
            Simultaneity::Possible if on_leap_day(&a) || on_leap_day(&b) => {
                prop_assert_ne!(expected, Simultaneity::Certain);
            }
            _ => prop_assert_eq!(answer, expected),
        }
        let never = |first: &[bool], second: &[bool]| {
            first.iter().rposition(|day| *day) < second.iter().position(|day| *day)
        };
        match order(Some(&a_time), Some(&b_time)) {
            Order::Before => prop_assert!(never(&a_possible, &b_possible)),
            Order::After => prop_assert!(never(&b_possible, &a_possible)),
            Order::Overlapping => prop_assert!(
                share(&a_possible, &b_possible) || on_leap_day(&a) || on_leap_day(&b)
            ),
            Order::Unknown if answer == Simultaneity::Unknown => {}
            Order::Unknown => {
                prop_assert!(!share(&a_possible, &b_possible));
                prop_assert!(a_time.year_unknown() || b_time.year_unknown());
            }
        }
    }

    #[test]
    fn symmetric(a in time(), b in time(), a_extent in extent(), b_extent in extent()) {
        let (a, b) = (read(&a), read(&b));
        prop_assert_eq!(
            simultaneity(Some((&a, a_extent)), Some((&b, b_extent))),
            simultaneity(Some((&b, b_extent)), Some((&a, a_extent)))
        );
        let mirrored = match order(Some(&b), Some(&a)) {
            Order::Before => Order::After,
            Order::After => Order::Before,
            other => other,
        };
        prop_assert_eq!(order(Some(&a), Some(&b)), mirrored);
    }

    /// Whatever is narrowed, what was certainly not simultaneous stays so, and what was certainly
    /// before stays so.
    #[test]
    fn narrowing_keeps_what_was_excluded(narrow in time(), steps in prop::collection::vec(0usize..14, 1..4), other in time(), a in extent(), b in extent()) {
        let mut wide = narrow.clone();
        for step in steps {
            if let Some(text) = coarser(&wide, step)
                && let Ok(time) = text.parse::<Edtf>()
                // Stating neither year is saying that the years are one, or follow each other.
                && outer(&time) == union_by_enumeration(&time, &wide)
            {
                wide = text;
            }
        }
        let (narrow, wide, other) = (read(&narrow), read(&wide), read(&other));
        if simultaneity(Some((&wide, a)), Some((&other, b))) == Simultaneity::CertainlyNot {
            prop_assert_eq!(
                simultaneity(Some((&narrow, a)), Some((&other, b))),
                Simultaneity::CertainlyNot
            );
        }
        let before = order(Some(&wide), Some(&other));
        if matches!(before, Order::Before | Order::After) {
            prop_assert_eq!(order(Some(&narrow), Some(&other)), before);
        }
    }

    #[test]
    fn nothing_of_an_unstated_year_is_certain(a in time(), b in time(), a_extent in extent(), b_extent in extent()) {
        let (a, b) = (read(&a), read(&b));
        if a.year_unknown() || b.year_unknown() {
            let answer = simultaneity(Some((&a, a_extent)), Some((&b, b_extent)));
            prop_assert_ne!(answer, Simultaneity::Certain);
        }
    }
}

/// The outer set of `time` if it holds all that `narrower` may cover, or else a set it cannot equal.
fn union_by_enumeration(time: &Edtf, narrower: &str) -> Days {
    let (_, wide) = by_enumeration(time.as_str(), Extent::Throughout);
    let (_, narrow) = by_enumeration(narrower, Extent::Throughout);
    if narrow.iter().zip(&wide).all(|(narrow, wide)| !narrow || *wide) {
        outer(time)
    } else {
        let never = Day::new(1, 1, 1);
        Days::Between(never, never)
    }
}
