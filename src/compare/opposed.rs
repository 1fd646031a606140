//! The readings of two opposed stances, each with its reasons.
//!
//! Which readings there are is for `rules` and `joined` to say; here they get their sentences,
//! their alternatives and what would settle them.

use crate::record::{Over, Polarity};
use crate::time::{Extent, Order, Simultaneity, order};

use super::account::Account;
use super::class::Fact;
use super::frames::UnderFrame;
use super::grounds;
use super::index::Held;
use super::joined;
use super::reading::{Alternative, Code, Reading, Settlement, Settles, Under};
use super::rules::{Rules, Shape, meet};
use super::scope::{Item, Meeting, Scope};
use super::stand::over_words;
use super::value::{self, Fit, Meets, Unlike};
use super::who::{self, Names};
use super::{MAX_ALTERNATIVES_SHOWN, RecordTag};

/// One of two opposed stances, with its account.
pub struct Party<'p, 'a> {
    pub held: &'p Held<'a>,
    pub account: &'p Account,
}

impl Party<'_, '_> {
    pub fn tag(&self) -> &RecordTag {
        &self.account.statement
    }

    fn over(&self) -> Option<&Over> {
        self.held.stance.over.as_ref()
    }

    fn speaks_of_time(&self) -> String {
        match self.over() {
            Some(over) => format!("{} speaks of {}", self.tag(), over_words(over)),
            None => format!("{} states no time", self.tag()),
        }
    }
}

/// Two opposed stances with what the rules see of them.
pub struct Both<'r, 'i, 'a> {
    pub rules: &'r Rules<'i, 'a>,
    pub a: &'r Party<'r, 'a>,
    pub b: &'r Party<'r, 'a>,
    pub shapes: (Shape<'a>, Shape<'a>),
}

impl Both<'_, '_, '_> {
    pub fn records(&self) -> Vec<RecordTag> {
        vec![self.a.tag().clone(), self.b.tag().clone()]
    }

    fn names(&self) -> &Names {
        &self.rules.index.names
    }
}

/// The readings of one opposed pair: those of texts of one utterance, or those that follow from the
/// two stances alone; then those that join because of what people say; each in the order of the
/// codes, strongest first.
pub fn readings(both: &Both<'_, '_, '_>) -> Vec<Fact<Reading>> {
    let (rules, a, b) = (both.rules, both.a, both.b);
    let codes = rules.codes(&both.shapes.0, &both.shapes.1);
    let mut joining = rules.joining(&both.shapes.0, &both.shapes.1);
    let also = joined::also(rules.index, a.held, b.held);
    if also.is_some() {
        joining.push(Code::WordingVariance);
    }
    let texts = joined::first(rules.index, a.held, b.held);
    let mut readings: Vec<Reading> = texts
        .iter()
        .map(|first| grounds::one_utterance(both, first, &codes))
        .collect();
    let reading = |code: Code| match (code, &also) {
        (Code::DifferentScopePossible, _) => by_scope(both),
        (Code::Definitional, _) => grounds::definitional(both),
        (Code::Modality, _) => grounds::modality(both),
        (Code::AttributionDisputed, _) => grounds::attribution(both),
        (Code::AuthenticityDisputed, _) => grounds::authenticity(both),
        (Code::IdentityVariance, _) => grounds::identity(both),
        (Code::WordingVariance, Some(relations)) => grounds::carried(both, relations),
        (Code::NumericVariance | Code::PrecisionVariance, _) => by_value(both, code),
        _ => by_time(both, code),
    };
    // What would follow of two accounts stands among the alternatives of what are two texts of one.
    if texts.is_empty() {
        readings.extend(codes.into_iter().map(reading));
    }
    let mut joins: Vec<Reading> = joining.into_iter().map(reading).collect();
    // Of two that are texts of one utterance, a third text of it says nothing more.
    if texts.is_empty() {
        joins.extend(grounds::other_texts(both));
    }
    joins.sort_by_key(|reading| reading.code);
    readings.into_iter().chain(joins).map(Fact::computed).collect()
}

fn by_time(both: &Both<'_, '_, '_>, code: Code) -> Reading {
    let mut reading = Reading::of(code, both.records());
    reading.reasons.push(same_scope(both));
    reading.reasons.extend(time_reasons(both, code));
    reading.settled_by = time_settlements(both);
    // Under a frame all readings are written out, so that the first of those by time has them.
    if both.rules.varies && both.rules.of_the_same(&both.shapes.0, &both.shapes.1).first() == Some(&code) {
        reading.alternatives = under_frames(both);
    }
    reading
}

/// What follows under each time within which somebody asserts that these times lie. It takes the
/// place of no reading.
fn under_frames(both: &Both<'_, '_, '_>) -> Vec<Alternative> {
    let (a, b) = (both.a, both.b);
    let frames = &both.rules.index.frames;
    let frames = frames.of_pair((a.held.statement, a.over()), (b.held.statement, b.over()));
    let alternative = |frame: UnderFrame| {
        let [of_a, of_b] = &frame.places;
        let places = format!("{} speaks of {of_a}, {} of {of_b}.", a.tag(), b.tag());
        let (under, words) = match frame.simultaneity {
            Some(times) => {
                let codes = both.rules.of_the_same_at(&both.shapes.0, &both.shapes.1, times);
                let meaning = codes.first().map_or("", |code| code.meaning());
                (Under::Readings(codes), format!("{places} {meaning}"))
            }
            None => (
                Under::Undecidable,
                format!("{places} That does not fit, so that nothing follows."),
            ),
        };
        Alternative {
            condition: frame.condition(),
            under,
            words,
        }
    };
    frames.into_iter().map(alternative).collect()
}

fn same_scope(both: &Both<'_, '_, '_>) -> String {
    match &both.shapes.0.scope {
        Scope::Single(Item::Named(item)) => format!("Both speak of {}.", both.names().scope_item(item)),
        _ => "Both speak of the question as it is put.".to_owned(),
    }
}

fn time_reasons(both: &Both<'_, '_, '_>, code: Code) -> Vec<String> {
    let (a, b) = (both.a, both.b);
    if !both.rules.varies {
        return vec![
            "The answer to this question does not change over time, so that no time separates them.".to_owned(),
        ];
    }
    let times = format!("{}; {}.", a.speaks_of_time(), b.speaks_of_time());
    let first = match (code, meet(a.over(), b.over())) {
        (Code::ChangedOverTime, Simultaneity::CertainlyNot) => {
            let which = match order(a.over().map(|over| &over.edtf), b.over().map(|over| &over.edtf)) {
                Order::Before => format!(" {} speaks of the earlier time.", a.tag()),
                Order::After => format!(" {} speaks of the earlier time.", b.tag()),
                Order::Overlapping | Order::Unknown => " Which is the earlier is not known.".to_owned(),
            };
            return vec![format!("No day is common to both: {times}{which}")];
        }
        (Code::ChangedOverTime, _) => {
            return vec!["If they speak of different times, the answer may have changed between them.".to_owned()];
        }
        (_, Simultaneity::Certain) => "There is a day of which both certainly speak: ",
        (_, Simultaneity::Possible) => "They may speak of a common day, and may not: ",
        (_, _) => "Whether they speak of a common day is not known: ",
    };
    let mut reasons = vec![format!("{first}{times}")];
    let yearless = |party: &Party<'_, '_>| party.over().is_some_and(|over| over.edtf.year_unknown());
    if yearless(a) || yearless(b) {
        reasons.push("A year is not stated, and none is guessed.".to_owned());
    }
    reasons
}

fn time_settlements(both: &Both<'_, '_, '_>) -> Vec<Settlement> {
    let mut found = Vec::new();
    if !both.rules.varies || meet(both.a.over(), both.b.over()) == Simultaneity::Certain {
        return found;
    }
    let mut settle = |what, words| found.push(Settlement { what, words });
    for party in [both.a, both.b] {
        let label = party.tag();
        match party.over() {
            None => settle(
                Settles::TimeSpokenOf,
                format!("Of what time {label} speaks: it states none."),
            ),
            Some(over) if over.edtf.year_unknown() => {
                settle(Settles::Year, format!("Of which year {label} speaks: it states none."));
            }
            Some(over) if over.extent == Extent::Sometime => settle(
                Settles::TimeSpokenOf,
                format!("Of which part of that time {label} speaks ({}).", over_words(over)),
            ),
            Some(_) => {}
        }
    }
    found
}

/// Rules V1 to V6, for two that give a number or a time.
fn by_value(both: &Both<'_, '_, '_>, code: Code) -> Reading {
    let mut reading = Reading::of(code, both.records());
    reading.reasons.push(same_scope(both));
    let (Some(one), Some(other)) = (both.shapes.0.value, both.shapes.1.value) else {
        return reading;
    };
    let (a, b) = (both.a.tag(), both.b.tag());
    let says = |party: &Party<'_, '_>, value: &crate::record::Value| match party.held.stance.polarity {
        Polarity::Denies => format!("{} says that it is not {value}", party.tag()),
        _ => format!("{} gives {value}", party.tag()),
    };
    let given = format!("{}; {}.", says(both.a, one), says(both.b, other));
    let why = match value::meets(one, other) {
        Meets::Apart => "Nothing is both.".to_owned(),
        Meets::Same => "They are written alike.".to_owned(),
        Meets::Fits(Fit::FirstIsWider) => {
            format!("What {b} gives lies within what {a} gives: {b} is the more precise.")
        }
        Meets::Fits(Fit::SecondIsWider) => {
            format!("What {a} gives lies within what {b} gives: {a} is the more precise.")
        }
        Meets::Fits(Fit::Overlap) => "They have something in common, and each allows something else.".to_owned(),
        Meets::Fits(Fit::Words) => "One is in words that bound nothing, and no number is made of them.".to_owned(),
        Meets::Fits(Fit::Loose) => {
            "One is marked as approximate or uncertain, and how far off it may be is not stated.".to_owned()
        }
        Meets::Undecidable(Unlike::Units) => "Their units are not the same words, and none is converted.".to_owned(),
        Meets::Undecidable(Unlike::Sorts) => "One gives a number and the other a time.".to_owned(),
    };
    reading.reasons.push(given);
    reading.reasons.push(why);
    if code == Code::NumericVariance {
        reading.reasons.extend(time_reasons(both, code));
        reading.settled_by = time_settlements(both);
    }
    if let Meets::Undecidable(_) = value::meets(one, other) {
        reading.alternatives.push(Alternative {
            condition: "both are brought to one measure by a person".to_owned(),
            under: Under::Undecidable,
            words: "Until then whether they differ is not decided by the record.".to_owned(),
        });
    }
    for (party, value) in [(both.a, one), (both.b, other)] {
        let exact = match value {
            crate::record::Value::Number(amount) => amount.exactly().is_some(),
            crate::record::Value::Time(_) => true,
        };
        if !exact {
            reading.settled_by.push(Settlement {
                what: Settles::Value,
                words: format!("The number of {} itself: it gives {value}.", party.tag()),
            });
        }
    }
    reading
}

/// Rules S1 to S4: what each thing that may be meant would come to.
fn by_scope(both: &Both<'_, '_, '_>) -> Reading {
    let mut reading = Reading::of(Code::DifferentScopePossible, both.records());
    let (names, rules) = (both.names(), both.rules);
    let (a, b) = ((both.a, &both.shapes.0.scope), (both.b, &both.shapes.1.scope));
    let says = |item: &Item| match (item, rules.about.only()) {
        (Item::AsPut, None) => "the question as it is put".to_owned(),
        (Item::AsPut, Some(item)) | (Item::Named(item), _) => names.scope_item(item),
    };
    // By name: ids are random, and would put equal cases in different orders.
    let by_name = |scope: &Scope| -> Vec<Item> {
        let mut items: Vec<Item> = scope.items().into_iter().cloned().collect();
        items.sort_by_cached_key(says);
        items
    };
    for (party, scope) in [a, b] {
        let label = party.tag();
        let items: Vec<String> = by_name(scope).iter().map(says).collect();
        reading.reasons.push(match scope {
            Scope::Single(_) => format!("{label} speaks of {}.", who::and(&items)),
            Scope::OneOf(_) => format!(
                "{label} speaks of one of these, and it is not known which: {}.",
                items.join("; ")
            ),
        });
        if matches!(scope, Scope::OneOf(_)) {
            let words = format!(
                "Of which {label} speaks: its full text, or {} asked.",
                party.account.speaker
            );
            reading.settled_by.push(Settlement {
                what: Settles::Scope,
                words,
            });
        }
    }
    let (left, right) = (by_name(a.1), by_name(b.1));
    let combinations = left.len() * right.len();
    for (x, y) in left
        .iter()
        .flat_map(|x| right.iter().map(move |y| (x, y)))
        .take(MAX_ALTERNATIVES_SHOWN)
    {
        let condition = match (a.1, b.1) {
            (Scope::OneOf(_), Scope::Single(_)) => format!("{} speaks of {}", a.0.tag(), says(x)),
            (Scope::Single(_), Scope::OneOf(_)) => format!("{} speaks of {}", b.0.tag(), says(y)),
            _ => format!("{} speaks of {} and {} of {}", a.0.tag(), says(x), b.0.tag(), says(y)),
        };
        let (under, words) = match rules.meeting(x, y) {
            Meeting::Same => {
                let codes = rules.of_the_same(&both.shapes.0, &both.shapes.1);
                let strongest = codes.first().map_or("", |code| code.meaning());
                let words = format!("They speak of the same. {strongest}");
                (Under::Readings(codes), words)
            }
            Meeting::Apart => (
                Under::None,
                "The roster has these as two parties: unless they are one, the two are not opposed on this question."
                    .to_owned(),
            ),
            Meeting::Undecidable => (
                Under::Undecidable,
                "Whether that is the same is not decided by the record.".to_owned(),
            ),
        };
        reading.alternatives.push(Alternative {
            condition,
            under,
            words,
        });
    }
    reading.alternatives_left_out = combinations.saturating_sub(MAX_ALTERNATIVES_SHOWN);
    let further = time_settlements(both);
    reading.settled_by.extend(further);
    reading
}
