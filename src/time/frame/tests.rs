#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

fn read(text: &str) -> Edtf {
    text.parse().unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn frame(text: &str) -> Frame {
    Frame::new(&read(text))
}

#[test]
fn the_table_of_placements() {
    for (within, time, words) in [
        ("2018-12/2019-03", "XXXX-12-26", "26 December 2018"),
        ("2018-12/2019-03", "XXXX-01-10", "10 January 2019"),
        ("2018-12/2019-03", "XXXX-01", "1 January 2019 to 31 January 2019"),
        (
            "2018-12/2019-03",
            "XXXX-12-26/XXXX-01-17",
            "26 December 2018 to 17 January 2019",
        ),
        ("2018-12/2019-03", "XXXX-01-13/", "13 January 2019 to 31 March 2019"),
        ("2018-12/2019-03", "/XXXX-01-17", "1 December 2018 to 17 January 2019"),
        ("2018-12/2019-03", "2019", "1 January 2019 to 31 March 2019"),
        ("2018-12/2019-03", "XXXX-01-10?", "1 December 2018 to 31 March 2019"),
        ("2018-12/2019-03", "XXXX-05-01", "nowhere: it does not fit"),
        ("2018-12/2019-03", "2020", "nowhere: it does not fit"),
        ("2018-12/2019-03", "XXXX-02-29", "nowhere: it does not fit"),
        ("2018-12/2019-03", "XXXX", "not placed: no day, month or year is stated"),
        ("2018/2020", "XXXX-02-29", "29 February 2020"),
        ("2018/2019", "XXXX-01-10", "10 January 2018, or 10 January 2019"),
        ("2019-01-05/2019-01-20", "XXXX-01", "5 January 2019 to 20 January 2019"),
        ("2019-01-10", "XXXX-01-10", "10 January 2019"),
        ("XXXX-12-26/XXXX-03-02", "XXXX-12-26", "26 December"),
        ("XXXX-12-26/XXXX-03-02", "XXXX-01-10", "10 January of the year after"),
        ("XXXX-12-26/XXXX-03-02", "XXXX-12-25", "nowhere: it does not fit"),
        (
            "XXXX-12-26/XXXX-03-02",
            "XXXX-12-26/XXXX-01-17",
            "26 December to 17 January of the year after",
        ),
        ("XXXX-12-26/XXXX-03-02", "XXXX-02-29", "29 February of the year after"),
        (
            "XXXX-12-26/XXXX-03-02",
            "2019-01-10",
            "not placed: it states its year, and the asserted time does not",
        ),
        ("XXXX-12-26/XXXX-03-02", "2019-05-01", "nowhere: it does not fit"),
        ("XXXX", "XXXX-01-10", "10 January"),
        (
            "2018-12/..",
            "XXXX-01-10",
            "not placed: the asserted time lacks a beginning or an end that bounds it",
        ),
        (
            "2018?",
            "XXXX-01-10",
            "not placed: the asserted time lacks a beginning or an end that bounds it",
        ),
        (
            "1000/2000",
            "XXXX-01-10",
            "not placed: the asserted time reaches over too many years",
        ),
    ] {
        assert_eq!(
            frame(within).place(&read(time)).words(),
            words,
            "{time} within {within}"
        );
    }
}

/// The table of spec/time.md, section 4.
#[test]
fn the_table_of_the_page() {
    let page = include_str!("../../../spec/time.md");
    let section = page
        .split("## 4. Frames")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap();
    let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(rows.len(), 8);
    for row in rows {
        let cells: Vec<String> = row
            .trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().replace('`', ""))
            .collect();
        assert_eq!(frame(&cells[0]).place(&read(&cells[1])).words(), cells[2], "{row}");
    }
}

#[test]
fn more_places_than_are_written_out_are_counted() {
    let placement = frame("1901/2000").place(&read("XXXX-01-10"));
    assert_eq!(placement.places().len(), MAX_PLACES);
    assert!(
        matches!(placement, Placement::Several { left_out: 84, .. }),
        "{placement:?}"
    );
    assert_eq!(frame("1801/2000").place(&read("XXXX-01-10")).places().len(), MAX_PLACES);
    assert!(frame("1800/2000").bounds().is_none());
}

#[test]
fn a_frame_orders_across_a_new_year() {
    let order = |within: &str, a: &str, b: &str| frame(within).order(Some(&read(a)), Some(&read(b)));
    for within in ["2018-12/2019-03", "XXXX-12-26/XXXX-03-02"] {
        assert_eq!(
            order(within, "XXXX-12-26", "XXXX-01-10"),
            Some(Order::Before),
            "{within}"
        );
        assert_eq!(
            order(within, "XXXX-01-10", "XXXX-12-26"),
            Some(Order::After),
            "{within}"
        );
        assert_eq!(
            order(within, "XXXX-01-10", "XXXX-01"),
            Some(Order::Overlapping),
            "{within}"
        );
        assert_eq!(order(within, "XXXX-01-10", "XXXX-06-01"), None, "{within}");
        assert_eq!(order(within, "XXXX-01-10", "XXXX"), Some(Order::Unknown), "{within}");
    }
    // A rival asserts one calendar year, and orders the two the other way.
    assert_eq!(order("2019", "XXXX-12-26", "XXXX-01-10"), Some(Order::After));
    // Two years of which either may be meant do not order them.
    assert_eq!(order("2018/2019", "XXXX-12-26", "XXXX-01-10"), Some(Order::Overlapping));
}

#[test]
fn a_frame_tells_what_is_simultaneous_in_it() {
    use Simultaneity::{Certain, CertainlyNot, Possible, Unknown};
    let within = |within: &str, a: &str, b: &str| {
        let (a, b) = (read(a), read(b));
        let extent = Extent::Throughout;
        frame(within).simultaneity(Some((&a, extent)), Some((&b, extent)))
    };
    assert_eq!(within("2018-12/2019-03", "XXXX-01-10", "XXXX-01-10"), Some(Certain));
    assert_eq!(
        within("2018-12/2019-03", "XXXX-12-26/XXXX-01-17", "XXXX-01-10"),
        Some(Certain)
    );
    assert_eq!(within("2018-12/2019-03", "XXXX-01-10", "XXXX-01"), Some(Possible));
    assert_eq!(
        within("2018-12/2019-03", "XXXX-01-10", "XXXX-01-17"),
        Some(CertainlyNot)
    );
    assert_eq!(within("2018/2019", "XXXX-01-10", "XXXX-01-10"), Some(Possible));
    assert_eq!(within("2018-12/2019-03", "XXXX-01-10", "XXXX-06"), None);
    assert_eq!(within("2018-12/2019-03", "XXXX-01-10", "XXXX"), Some(Unknown));
    assert_eq!(
        within("XXXX-12-26/XXXX-03-02", "XXXX-12-26/XXXX-01-17", "XXXX-01-10"),
        Some(Certain)
    );
    let beside = |within: &str, a: &str, b: &str| {
        let (a, b) = (read(a), read(b));
        let extent = Extent::Throughout;
        frame(within).simultaneity_beside(Some((&a, extent)), Some((&b, extent)))
    };
    assert_eq!(beside("2018-12/2019-03", "XXXX-01-10", "2019-01-10"), Some(Certain));
    assert_eq!(
        beside("2018-12/2019-03", "XXXX-01-10", "2018-01-10"),
        Some(CertainlyNot)
    );
    assert_eq!(beside("2018-12/2019-03", "XXXX-01-10", "XXXX-01-10"), Some(Possible));
    assert_eq!(
        beside("XXXX-12-26/XXXX-03-02", "XXXX-01-10", "XXXX-01-10"),
        Some(Possible)
    );
    assert_eq!(frame("2019").simultaneity(None, None), Some(Unknown));
}

#[test]
fn a_placement_is_written_as_the_page_says() {
    let json = |within: &str, time: &str| serde_json::to_value(frame(within).place(&read(time))).unwrap();
    assert_eq!(
        json("2018-12/2019-03", "XXXX-01-10"),
        serde_json::json!({"is": "one", "place": {"earliest": "2019-01-10", "latest": "2019-01-10"}})
    );
    assert_eq!(
        json("XXXX-12-26/XXXX-03-02", "XXXX-12-26/XXXX-01-17")["place"],
        serde_json::json!({"earliest": "12-26 of the first year", "latest": "01-17 of the year after"})
    );
    assert_eq!(
        json("2019", "XXXX"),
        serde_json::json!({"is": "undecided", "why": "nothing-stated"})
    );
}

/// Whether a day, as `2004-02-29`, has the letters of a date; a mark leaves it open.
fn fits(date: &str, day: &str) -> bool {
    let pattern = date.trim_end_matches(['?', '~', '%']);
    let anything = date.is_empty() || date == ".." || pattern != date;
    anything
        || pattern
            .bytes()
            .zip(day.bytes())
            .all(|(wanted, byte)| wanted == b'X' || wanted == byte)
}

fn days_between(first: Day, last: Day) -> Vec<Day> {
    let mut days = Vec::new();
    for year in first.year()..=last.year() {
        for month in 1..=12 {
            days.extend((1..=31).filter_map(|day| Day::new(year, month, day)));
        }
    }
    days.retain(|day| (first..=last).contains(day));
    days
}

/// Whether an interval of two unstated years ends in the year after the one that it begins in.
fn wraps(start: &str, end: &str) -> bool {
    let leap = days_between(Day::first_of_year(2004), Day::last_of_year(2004));
    let fitting = |date: &str| -> Vec<Day> {
        leap.iter()
            .copied()
            .filter(|day| fits(date, &day.to_string()))
            .collect()
    };
    fitting(end).last() < fitting(start).first()
}

/// The earliest and latest day of the time within the frame, by looking at every day or pair of days.
fn by_enumeration(line: (Day, Day), time: &str) -> Option<(Day, Day)> {
    let days = days_between(line.0, line.1);
    let fitting = |date: &str| -> Vec<Day> {
        days.iter()
            .copied()
            .filter(|day| fits(date, &day.to_string()))
            .collect()
    };
    let Some((start, end)) = time.split_once('/') else {
        let days = fitting(time);
        return Some((*days.first()?, *days.last()?));
    };
    let linked = start.starts_with("XXXX") && end.starts_with("XXXX") && !time.contains(['?', '~', '%']);
    let years_on = i32::from(linked && wraps(start, end));
    let mut found: Option<(Day, Day)> = None;
    let ends = fitting(end);
    for first in fitting(start) {
        for last in ends.iter().copied().filter(|last| first <= *last) {
            if !linked || first.year() + years_on == last.year() {
                let (a, b) = found.unwrap_or((first, last));
                found = Some((a.min(first), b.max(last)));
            }
        }
    }
    found
}

fn date() -> impl Strategy<Value = String> {
    let year = select(vec!["2003", "2004", "XXXX", "XXXX", "XXXX"]);
    let month = select(vec!["01", "02", "12", "XX"]);
    let day = select(vec!["01", "10", "28", "29", "31", "XX"]);
    let qualifier = prop_oneof![9 => Just(""), 1 => select(vec!["?", "~"])];
    (1..=3_usize, year, month, day, qualifier).prop_map(|(precision, year, month, day, qualifier)| {
        let parts = [year, month, if month == "XX" { "XX" } else { day }];
        format!("{}{qualifier}", parts[..precision].join("-"))
    })
}

fn time() -> impl Strategy<Value = String> {
    let end = || prop_oneof![8 => date(), 1 => Just(String::new()), 1 => Just("..".to_owned())];
    let interval = (end(), end()).prop_map(|(start, end)| format!("{start}/{end}"));
    prop_oneof![1 => date(), 1 => interval].prop_filter("a time", |text| text.parse::<Edtf>().is_ok())
}

fn stated_frame() -> impl Strategy<Value = &'static str> {
    select(vec![
        "2003-12/2004-03",
        "2003",
        "2003-12-26/2004-01-17",
        "2003/2005",
        "2004-02-29",
    ])
}

fn any_frame() -> impl Strategy<Value = &'static str> {
    let run = select(vec!["XXXX-12-26/XXXX-03-02", "XXXX-01/XXXX-03", "XXXX", "XXXX-02-29"]);
    prop_oneof![3 => stated_frame(), 2 => run, 1 => Just("2003?"), 1 => Just("2003/..")]
}

/// A time that says no more than `text` does.
fn coarser(text: &str, step: usize) -> Option<String> {
    let coarser_date = |date: &str| -> Option<String> {
        match (step % 3, date.len()) {
            (0, 10) => Some(date[..7].to_owned()),
            (1, 10) => Some(format!("{}-XX", &date[..7])),
            (2, 4..) if !date.contains('X') => Some(format!("XXXX{}", &date[4..])),
            _ => None,
        }
    };
    match text.split_once('/') {
        None => coarser_date(text),
        Some((_, end)) if step == 6 => Some(format!("/{end}")),
        Some((start, _)) if step == 7 => Some(format!("{start}/..")),
        Some((start, end)) if step.is_multiple_of(2) => Some(format!("{}/{end}", coarser_date(start)?)),
        Some((start, end)) => Some(format!("{start}/{}", coarser_date(end)?)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn places_agree_with_looking_at_every_day(within in stated_frame(), text in time()) {
        let (frame, time) = (frame(within), read(&text));
        let (first, last) = frame.bounds().unwrap();
        let (first, last) = (first.day().unwrap(), last.day().unwrap());
        let expected = by_enumeration((first, last), &text);
        match frame.place(&time) {
            Placement::Undecided { why } => prop_assert_eq!(why, Undecided::NothingStated),
            Placement::DoesNotFit => prop_assert_eq!(expected, None),
            _ => {
                let span = frame.span_of(&time).map(|(first, last)| (first.day().unwrap(), last.day().unwrap()));
                prop_assert_eq!(span, expected);
            }
        }
    }

    /// What stands before what under a frame is a strict partial order.
    #[test]
    fn the_order_is_a_strict_partial_order(within in any_frame(), a in time(), b in time(), c in time()) {
        let frame = frame(within);
        let (a, b, c) = (read(&a), read(&b), read(&c));
        let before = |a: &Edtf, b: &Edtf| frame.order(Some(a), Some(b)) == Some(Order::Before);
        prop_assert!(!before(&a, &a));
        prop_assert!(!(before(&a, &b) && before(&b, &a)));
        prop_assert_eq!(before(&a, &b), frame.order(Some(&b), Some(&a)) == Some(Order::After));
        if before(&a, &b) && before(&b, &c) {
            prop_assert!(before(&a, &c), "{a} {b} {c}");
        }
    }

    /// Whatever is narrowed, what is certainly not simultaneous under a frame stays so, or no longer fits.
    #[test]
    fn narrowing_makes_nothing_simultaneous(within in any_frame(), narrow in time(), step in 0..8_usize, other in time(), sometime in any::<bool>()) {
        let frame = frame(within);
        let extent = if sometime { Extent::Sometime } else { Extent::Throughout };
        if let Some(wide) = coarser(&narrow, step)
            && let Ok(wide) = wide.parse::<Edtf>()
        {
            let (narrow, other) = (read(&narrow), read(&other));
            let meet = |time: &Edtf| frame.simultaneity(Some((time, extent)), Some((&other, extent)));
            let holds_it = outer(&narrow) == outer(&wide) || !linked_by_leaving_years_out(&narrow, &wide);
            if holds_it && meet(&wide) == Some(Simultaneity::CertainlyNot) {
                prop_assert!(
                    matches!(meet(&narrow), None | Some(Simultaneity::CertainlyNot)),
                    "{wide} to {narrow} beside {other}"
                );
            }
        }
    }

    /// A frame rewrites nothing, whatever it is asked.
    #[test]
    fn a_frame_keeps_what_is_stated(within in any_frame(), text in time()) {
        let time = read(&text);
        let frame = frame(within);
        let _ = (frame.place(&time), frame.order(Some(&time), Some(&time)));
        prop_assert_eq!(time.as_str(), text);
        prop_assert_eq!(frame.within().as_str(), within);
    }

    /// A frame makes no answer vaguer that was certain without it.
    #[test]
    fn a_frame_takes_nothing_away(within in any_frame(), a in time(), b in time()) {
        let (a, b) = (read(&a), read(&b));
        let claim = |time| Some((time, Extent::Throughout));
        let plain = interval::simultaneity(claim(&a), claim(&b));
        let framed = frame(within).simultaneity(claim(&a), claim(&b));
        if matches!(plain, Simultaneity::Certain | Simultaneity::CertainlyNot) {
            prop_assert!(framed.is_none_or(|framed| framed == plain));
        }
    }
}

/// Stating neither year is saying that the years are one, or follow each other, so that leaving out the
/// second of two years does not only widen.
fn linked_by_leaving_years_out(narrow: &Edtf, wide: &Edtf) -> bool {
    let unstated = |time: &Edtf| time.as_str().matches("XXXX").count();
    wide.is_interval() && unstated(wide) > unstated(narrow)
}
