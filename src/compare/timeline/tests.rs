#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use proptest::sample::select;

use super::super::flags::made::{Made, anchored, stance, time, withheld};
use super::*;
use crate::compare::{Ask, Code, Under, compare};
use crate::record::Polarity;

/// A declaration of 26 December and a letter that was published on 10 January.
fn new_year() -> Made {
    let mut made = Made::default();
    made.statement("S01", |statement| statement.said = time("XXXX-12-26"));
    made.statement("S03", |statement| {
        statement.said = time("");
        statement.published = time("XXXX-01-10");
    });
    made
}

fn of(made: &Made) -> Timeline {
    timeline(&made.case(), None)
}

fn times(timeline: &Timeline, places: &[usize]) -> Vec<String> {
    places
        .iter()
        .map(|place| timeline.moments[*place].time.to_string())
        .collect()
}

fn pairs(timeline: &Timeline, pairs: &[(usize, usize)]) -> Vec<String> {
    let time = |place: usize| &timeline.moments[place].time;
    pairs
        .iter()
        .map(|(a, b)| format!("{} < {}", time(*a), time(*b)))
        .collect()
}

#[test]
fn without_an_assertion_the_order_across_a_new_year_is_not_known() {
    let timeline = of(&new_year());
    assert_eq!(
        times(&timeline, &timeline.year_not_stated),
        ["XXXX-01-10", "XXXX-12-26"]
    );
    assert_eq!(times(&timeline, &timeline.dated), ["1970-01-01"]);
    assert_eq!(pairs(&timeline, &timeline.certain), [] as [String; 0]);
    assert!(timeline.frames.is_empty());
    let unplaced: Vec<String> = timeline
        .unplaced
        .iter()
        .map(|entry| entry.statement.to_string())
        .collect();
    assert_eq!(unplaced, ["S03"]);
}

#[test]
fn an_assertion_orders_and_rewrites_nothing() {
    for within in ["2018-12/2019-03", "XXXX-12-26/XXXX-03-02"] {
        let mut made = new_year();
        let before = of(&made);
        made.dated("R30", &["S01", "S03"], within);
        let after = of(&made);
        let stated = |timeline: &Timeline| serde_json::to_value((&timeline.moments, &timeline.certain)).unwrap();
        assert_eq!(stated(&after), stated(&before));
        let [frame] = after.frames.as_slice() else {
            panic!("one frame")
        };
        assert_eq!(frame.relation.to_string(), "R30");
        assert_eq!(pairs(&after, &frame.certain), ["XXXX-12-26 < XXXX-01-10"], "{within}");
    }
}

#[test]
fn rival_assertions_stand_side_by_side() {
    let mut made = new_year();
    made.dated("R30", &["S01", "S03"], "2018-12/2019-03");
    made.dated("R31", &["S01", "S03"], "2019");
    made.dated("R32", &["S01"], "2019-05");
    let timeline = of(&made);
    let orders: Vec<(String, Vec<String>)> = timeline
        .frames
        .iter()
        .map(|frame| (frame.relation.to_string(), pairs(&timeline, &frame.certain)))
        .collect();
    assert_eq!(
        orders,
        [
            ("R30".to_owned(), vec!["XXXX-12-26 < XXXX-01-10".to_owned()]),
            ("R31".to_owned(), vec!["XXXX-01-10 < XXXX-12-26".to_owned()]),
            ("R32".to_owned(), vec![]),
        ]
    );
    assert_eq!(timeline.frames[2].placed[0].placement, Placement::DoesNotFit);
    assert!(
        timeline.frames[0]
            .condition
            .contains("asserts in R30, it lies within: between December 2018 and March 2019")
    );
}

#[test]
fn what_is_in_no_order() {
    let mut made = Made::default();
    made.statement("S01", |statement| {
        statement.said = anchored("", "a few days ago");
        statement.conveyed = anchored("2019-01-11", "the next morning");
        statement.published = StatedTime {
            exact: withheld(),
            within: None,
        };
    });
    let timeline = of(&made);
    let entries: Vec<_> = timeline
        .unplaced
        .iter()
        .map(|entry| (entry.what, entry.anchor.as_deref(), entry.withheld))
        .collect();
    assert_eq!(
        entries,
        [
            (What::Said, Some("a few days ago"), false),
            (What::Published, None, true)
        ]
    );
    let conveyed = timeline
        .moments
        .iter()
        .find(|moment| moment.time.as_str() == "2019-01-11")
        .unwrap();
    assert_eq!(conveyed.events[0].anchor.as_deref(), Some("the next morning"));
}

#[test]
fn many_times_are_counted_and_few_are_placed() {
    let mut made = Made::default();
    for number in 0..MAX_MOMENTS + 50 {
        made.statement(&format!("S{number}"), |statement| {
            statement.said = time(&format!("{}", 1000 + number))
        });
    }
    let timeline = of(&made);
    // The day of recording is one more.
    assert_eq!(timeline.moment_count, MAX_MOMENTS + 51);
    assert_eq!(timeline.moments.len(), MAX_MOMENTS);
    // Years that follow each other: each is certainly before the next, and the rest follows.
    assert_eq!(timeline.certain.len(), MAX_MOMENTS - 1);
}

/// Two opposed stances on one calendar day of a year that neither states.
#[test]
fn what_follows_under_a_frame_is_an_alternative_and_takes_no_reading_s_place() {
    let mut made = Made::default();
    made.question("P01");
    for (label, polarity) in [("S01", Polarity::Affirms), ("S02", Polarity::Denies)] {
        made.statement(label, |statement| {
            statement.stances = vec![stance("P01", polarity, Some("XXXX-01-10"))]
        });
    }
    let readings = |made: &Made| -> Vec<(Code, Vec<(String, Under)>)> {
        let comparison = compare(&made.case(), &Ask::everything());
        let computed = comparison.questions[0].pairs[0].computed.iter();
        computed
            .map(|reading| {
                let alternatives = reading.alternatives.iter();
                let alternatives = alternatives.map(|one| (one.condition.clone(), one.under.clone()));
                (reading.code, alternatives.collect())
            })
            .collect()
    };
    let codes =
        |readings: &[(Code, Vec<(String, Under)>)]| -> Vec<Code> { readings.iter().map(|(code, _)| *code).collect() };
    let without = readings(&made);
    assert_eq!(
        codes(&without),
        [Code::ContradictionIfSimultaneous, Code::ChangedOverTime]
    );
    assert!(without.iter().all(|(_, alternatives)| alternatives.is_empty()));
    made.dated("R30", &["S01", "S02"], "2018-12/2019-03");
    made.dated("R31", &["S01", "S02"], "XXXX-12-26/XXXX-03-02");
    // Two years of which either may be meant say no more than the records do.
    made.dated("R32", &["S01", "S02"], "2018/2019");
    made.dated("R33", &["S01", "S02"], "2019-05");
    let with = readings(&made);
    assert_eq!(codes(&with), codes(&without));
    let expected = [
        ("R30", Under::Readings(vec![Code::Contradiction])),
        ("R31", Under::Readings(vec![Code::Contradiction])),
        ("R33", Under::Undecidable),
    ];
    assert_eq!(with[0].1.len(), expected.len(), "{with:?}");
    for ((condition, under), (relation, expected)) in with[0].1.iter().zip(expected) {
        assert!(
            condition.contains(&format!("asserts in {relation}, it lies within")),
            "{condition}"
        );
        assert_eq!(*under, expected, "{relation}");
    }
    assert!(with[1].1.is_empty());
}

const TIMES: [&str; 12] = [
    "2019-01-10",
    "2019-01",
    "2018-12-26/2019-01-17",
    "2019",
    "../2018",
    "2019-01-11/",
    "XXXX-01-10",
    "XXXX-12-26",
    "XXXX-12-26/XXXX-01-17",
    "XXXX-01-13/",
    "2019-01-10?",
    "201X",
];

fn reachable(pairs: &[(usize, usize)], count: usize) -> Vec<Vec<bool>> {
    let mut table = vec![vec![false; count]; count];
    pairs.iter().for_each(|(a, b)| table[*a][*b] = true);
    for between in 0..count {
        for a in 0..count {
            for b in 0..count {
                table[a][b] |= table[a][between] && table[between][b];
            }
        }
    }
    table
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The pairs that are written out give back the whole order, which is a strict partial one.
    #[test]
    fn the_pairs_give_back_the_order(said in proptest::collection::vec(select(TIMES.to_vec()), 1..8), within in select(vec!["2018-12/2019-03", "XXXX-12-26/XXXX-03-02", "2018/2019"])) {
        let mut made = Made::default();
        let labels: Vec<String> = (0..said.len()).map(|number| format!("S{number}")).collect();
        for (label, said) in labels.iter().zip(&said) {
            made.statement(label, |statement| statement.said = time(said));
        }
        made.dated("R30", &labels.iter().map(String::as_str).collect::<Vec<_>>(), within);
        let timeline = of(&made);
        let count = timeline.moments.len();
        let plain = reachable(&timeline.certain, count);
        let framed = reachable(&timeline.frames[0].certain, count);
        let frame = crate::time::Frame::new(&within.parse().unwrap());
        for a in 0..count {
            prop_assert!(!plain[a][a] && !framed[a][a]);
            for b in 0..count {
                let (one, other) = (&timeline.moments[a].time, &timeline.moments[b].time);
                prop_assert_eq!(plain[a][b], order(Some(one), Some(other)) == Order::Before);
                let placed = |time| !frame.place(time).places().is_empty();
                if placed(one) && placed(other) && said.contains(&one.as_str()) && said.contains(&other.as_str()) {
                    prop_assert_eq!(framed[a][b], frame.order(Some(one), Some(other)) == Some(Order::Before));
                }
            }
        }
    }

    /// Neither the order of the records nor a frame changes what is stated.
    #[test]
    fn the_order_of_records_does_not_matter(said in proptest::collection::vec(select(TIMES.to_vec()), 1..8)) {
        let mut made = Made::default();
        for (number, said) in said.iter().enumerate() {
            made.statement(&format!("S{number}"), |statement| statement.said = time(said));
        }
        made.dated("R30", &["S0"], "2018-12/2019-03");
        let forwards = of(&made);
        made.records.reverse();
        prop_assert_eq!(of(&made), forwards);
    }
}
