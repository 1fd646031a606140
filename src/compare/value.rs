//! How two numbers, or two times, stand to each other.
//!
//! ```text
//! 7 years        5 to 6 years   apart: no number is both
//! “several”      7 years        fits: the words bound nothing
//! XXXX-03        XXXX-03-02     fits: the one day lies in the one month
//! 5 people       5 years        undecidable: the units are not the same text
//! ```
//!
//! Normative page: spec/comparison.md, rules V1 to V6. Nothing is converted, rounded or guessed:
//! no unit into another, no "about" into a range, no "several" into a number.

use crate::record::{Amount, Value};
use crate::time::{Extent, Simultaneity, contains, simultaneity};

/// What follows from two values for what they can both be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meets {
    /// They are written alike.
    Same,
    /// Nothing is both.
    Apart,
    /// Something is both, or may be.
    Fits(Fit),
    /// The records do not say.
    Undecidable(Unlike),
}

/// In what way two values fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Everything that the second allows, the first allows too.
    FirstIsWider,
    /// Everything that the first allows, the second allows too.
    SecondIsWider,
    /// They have something in common, and each allows something else.
    Overlap,
    /// One of them is words that bound nothing, as "several".
    Words,
    /// One of them is approximate or uncertain, and how far off it may be is not stated.
    Loose,
}

/// Why two values cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlike {
    /// Their units are not the same text.
    Units,
    /// One is a number and the other a time.
    Sorts,
}

/// What values are put in order by: an amount, or a time as written.
pub fn sort_key(value: &Value) -> Result<&Amount, &str> {
    match value {
        Value::Number(amount) => Ok(amount),
        Value::Time(time) => Err(time.as_str()),
    }
}

/// Compares two values.
pub fn meets(a: &Value, b: &Value) -> Meets {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) if a.unit != b.unit => Meets::Undecidable(Unlike::Units),
        (Value::Number(a), Value::Number(b)) => numbers(a, b),
        (Value::Time(a), Value::Time(b)) => {
            let marked = |time: &crate::time::Edtf| time.is_uncertain() || time.is_approximate();
            let at = |time| Some((time, Extent::Sometime));
            if a == b {
                Meets::Same
            } else if marked(a) || marked(b) {
                Meets::Fits(Fit::Loose)
            } else if simultaneity(at(a), at(b)) == Simultaneity::CertainlyNot {
                Meets::Apart
            } else {
                Meets::Fits(match (contains(a, b), contains(b, a)) {
                    (true, _) => Fit::FirstIsWider,
                    (_, true) => Fit::SecondIsWider,
                    (false, false) => Fit::Overlap,
                })
            }
        }
        _ => Meets::Undecidable(Unlike::Sorts),
    }
}

fn numbers(a: &Amount, b: &Amount) -> Meets {
    let says = |amount: &Amount| (amount.least.clone(), amount.most.clone(), amount.approximate);
    let bounds_nothing = |amount: &Amount| amount.least.is_none() && amount.most.is_none();
    match (bounds_nothing(a), bounds_nothing(b)) {
        (true, true) if a.printed == b.printed => return Meets::Same,
        (true, _) | (_, true) => return Meets::Fits(Fit::Words),
        (false, false) if says(a) == says(b) => return Meets::Same,
        (false, false) if a.approximate || b.approximate => return Meets::Fits(Fit::Loose),
        (false, false) => {}
    }
    let ends_before = |a: &Amount, b: &Amount| matches!((&a.most, &b.least), (Some(most), Some(least)) if most < least);
    if ends_before(a, b) || ends_before(b, a) {
        return Meets::Apart;
    }
    Meets::Fits(if within(b, a) {
        Fit::FirstIsWider
    } else if within(a, b) {
        Fit::SecondIsWider
    } else {
        Fit::Overlap
    })
}

/// Whether all that the inner amount allows, the outer allows. Both bound something.
fn within(inner: &Amount, outer: &Amount) -> bool {
    let from = match (&outer.least, &inner.least) {
        (None, _) => true,
        (Some(outer), Some(inner)) => outer <= inner,
        (Some(_), None) => false,
    };
    let to = match (&outer.most, &inner.most) {
        (None, _) => true,
        (Some(outer), Some(inner)) => inner <= outer,
        (Some(_), None) => false,
    };
    from && to
}

/// Whether a value that is denied leaves nothing of one that is affirmed: whoever denies "5 to 6"
/// denies 5.
pub fn rules_out(denied: &Value, affirmed: &Value) -> bool {
    matches!(meets(denied, affirmed), Meets::Same | Meets::Fits(Fit::FirstIsWider))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn amount(least: Option<i32>, most: Option<i32>) -> Amount {
        let decimal = |number: i32| number.to_string().parse().unwrap();
        Amount {
            least: least.map(decimal),
            most: most.map(decimal),
            unit: "years".to_owned(),
            printed: (least, most).eq(&(None, None)).then(|| "several".to_owned()),
            approximate: false,
        }
    }

    fn number(least: Option<i32>, most: Option<i32>) -> Value {
        Value::Number(amount(least, most))
    }

    fn time(text: &str) -> Value {
        Value::Time(text.parse().unwrap())
    }

    #[test]
    fn numbers_that_meet_and_that_do_not() {
        let seven = number(Some(7), Some(7));
        let range = number(Some(5), Some(6));
        assert_eq!(meets(&seven, &range), Meets::Apart);
        assert_eq!(meets(&seven, &number(None, None)), Meets::Fits(Fit::Words));
        assert_eq!(meets(&range, &number(Some(5), Some(5))), Meets::Fits(Fit::FirstIsWider));
        assert_eq!(meets(&range, &number(Some(6), Some(8))), Meets::Fits(Fit::Overlap));
        assert_eq!(meets(&range, &range), Meets::Same);
        assert_eq!(meets(&number(Some(8), None), &seven), Meets::Apart);
        let mut about = amount(Some(9), Some(9));
        about.approximate = true;
        assert_eq!(meets(&seven, &Value::Number(about)), Meets::Fits(Fit::Loose));
        let mut people = amount(Some(7), Some(7));
        people.unit = "people".to_owned();
        assert_eq!(meets(&seven, &Value::Number(people)), Meets::Undecidable(Unlike::Units));
        assert_eq!(meets(&seven, &time("2019")), Meets::Undecidable(Unlike::Sorts));
    }

    #[test]
    fn a_month_contains_its_days() {
        assert_eq!(
            meets(&time("XXXX-03"), &time("XXXX-03-02")),
            Meets::Fits(Fit::FirstIsWider)
        );
        assert_eq!(
            meets(&time("2019-03-02"), &time("2019-03")),
            Meets::Fits(Fit::SecondIsWider)
        );
        assert_eq!(meets(&time("XXXX-03-02"), &time("XXXX-04")), Meets::Apart);
        assert_eq!(
            meets(&time("2019-03-02"), &time("2019-03-02?")),
            Meets::Fits(Fit::Loose)
        );
        assert_eq!(
            meets(&time("2019-03-02"), &time("XXXX-03-02")),
            Meets::Fits(Fit::Overlap)
        );
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_numbers_themselves(a in 0..12_i32, b in 0..4_i32, c in 0..12_i32, d in 0..4_i32) {
            let (one, other) = (a..=a + b, c..=c + d);
            let common = one.clone().filter(|number| other.contains(number)).count();
            let met = meets(&number(Some(a), Some(a + b)), &number(Some(c), Some(c + d)));
            prop_assert_eq!(met == Meets::Apart, common == 0);
            prop_assert_eq!(met == Meets::Same, one == other);
            let denied = rules_out(&number(Some(a), Some(a + b)), &number(Some(c), Some(c + d)));
            prop_assert_eq!(denied, other.clone().all(|number| one.contains(&number)));
        }

        #[test]
        fn it_does_not_matter_which_is_named_first(
            a in proptest::option::of(0..9_i32), b in proptest::option::of(9..18_i32),
            c in proptest::option::of(0..9_i32), d in proptest::option::of(9..18_i32),
        ) {
            let (one, other) = (number(a, b), number(c, d));
            let turned = match meets(&other, &one) {
                Meets::Fits(Fit::FirstIsWider) => Meets::Fits(Fit::SecondIsWider),
                Meets::Fits(Fit::SecondIsWider) => Meets::Fits(Fit::FirstIsWider),
                same => same,
            };
            prop_assert_eq!(meets(&one, &other), turned);
        }
    }
}
