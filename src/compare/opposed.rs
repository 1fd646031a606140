//! The readings of two opposed stances: rules T1 to T4 and S1 to S4 of spec/comparison.md.

use crate::record::{Certainty, Over, Polarity, Proposition};
use crate::time::{Edtf, Extent, Order, Simultaneity, order, simultaneity};

use super::account::Account;
use super::index::{Held, Index};
use super::question::over_words;
use super::reading::{Alternative, Code, Reading, Settlement, Settles, Under};
use super::scope::{About, Item, Meeting, Scope};
use super::who::{self, Names};
use super::{MAX_ALTERNATIVES_SHOWN, RecordTag, Standing};

/// What readings depend on: equal shapes of stances give equal codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape<'a> {
    pub scope: Scope,
    pub over: Option<&'a Over>,
}

/// The question as the rules see it.
pub struct Rules<'a> {
    pub about: About<'a>,
    /// Where the question is not among the records, its answer may vary: the weaker.
    pub varies: bool,
}

impl<'a> Rules<'a> {
    pub fn of(proposition: Option<&'a Proposition>) -> Rules<'a> {
        Rules {
            about: About::of(proposition),
            varies: proposition.is_none_or(|proposition| proposition.varies),
        }
    }

    pub fn shape<'s>(&self, held: &Held<'s>) -> Shape<'s> {
        Shape {
            scope: self.about.scope(&held.stance.scope),
            over: held.stance.over.as_ref(),
        }
    }

    /// The codes of the readings of a pair, strongest first.
    pub fn codes(&self, a: &Shape<'_>, b: &Shape<'_>) -> &'static [Code] {
        if a.scope.certainly_same(&b.scope) {
            self.by_time(meet(a.over, b.over))
        } else {
            &[Code::DifferentScopePossible]
        }
    }

    /// Rules T1 to T4, for two that speak of the same thing.
    fn by_time(&self, times: Simultaneity) -> &'static [Code] {
        match times {
            _ if !self.varies => &[Code::Contradiction],
            Simultaneity::Certain => &[Code::Contradiction],
            Simultaneity::Possible | Simultaneity::Unknown => {
                &[Code::ContradictionIfSimultaneous, Code::ChangedOverTime]
            }
            Simultaneity::CertainlyNot => &[Code::ChangedOverTime],
        }
    }
}

/// Whether two stances speak of a common time.
pub fn meet(a: Option<&Over>, b: Option<&Over>) -> Simultaneity {
    fn time(over: Option<&Over>) -> Option<(&Edtf, Extent)> {
        over.map(|over| (&over.edtf, over.extent))
    }
    simultaneity(time(a), time(b))
}

/// One of two opposed stances, with its account.
pub struct Party<'p, 'a> {
    pub held: &'p Held<'a>,
    pub account: &'p Account,
}

impl Party<'_, '_> {
    fn tag(&self) -> &RecordTag {
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

/// The readings of one opposed pair, strongest first.
pub fn readings(index: &Index<'_>, rules: &Rules<'_>, a: &Party<'_, '_>, b: &Party<'_, '_>) -> Vec<Reading> {
    let shapes = (rules.shape(a.held), rules.shape(b.held));
    let codes = rules.codes(&shapes.0, &shapes.1);
    let records = vec![a.tag().clone(), b.tag().clone()];
    let reading = |code: &Code| {
        let mut reading = Reading::fact(*code, records.clone());
        if *code == Code::DifferentScopePossible {
            by_scope(
                &mut reading,
                &index.names,
                rules,
                (a, &shapes.0.scope),
                (b, &shapes.1.scope),
            );
        } else {
            reading.reasons.push(scope_reason(&index.names, &shapes.0.scope));
            reading.reasons.extend(time_reasons(*code, rules, a, b));
        }
        reading.settled_by = time_settlements(rules, a, b, reading.settled_by);
        reading
    };
    codes.iter().map(reading).collect()
}

fn scope_reason(names: &Names, scope: &Scope) -> String {
    match scope {
        Scope::Single(Item::Named(item)) => format!("Both speak of {}.", names.scope_item(item)),
        _ => "Both speak of the question as it is put.".to_owned(),
    }
}

fn time_reasons(code: Code, rules: &Rules<'_>, a: &Party<'_, '_>, b: &Party<'_, '_>) -> Vec<String> {
    if !rules.varies {
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

fn time_settlements(
    rules: &Rules<'_>,
    a: &Party<'_, '_>,
    b: &Party<'_, '_>,
    mut found: Vec<Settlement>,
) -> Vec<Settlement> {
    if !rules.varies || meet(a.over(), b.over()) == Simultaneity::Certain {
        return found;
    }
    let mut settle = |what, words| found.push(Settlement { what, words });
    for party in [a, b] {
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

/// Rules S1 to S4: what each thing that may be meant would come to.
fn by_scope(
    reading: &mut Reading,
    names: &Names,
    rules: &Rules<'_>,
    a: (&Party<'_, '_>, &Scope),
    b: (&Party<'_, '_>, &Scope),
) {
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
        let (under, words) = match rules.about.meeting(x, y) {
            Meeting::Same => {
                let codes = rules.by_time(meet(a.0.over(), b.0.over())).to_vec();
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
}

/// What bears on a pair whatever its reading: who speaks, how surely, according to whom.
pub fn bearing(index: &Index<'_>, a: &Party<'_, '_>, b: &Party<'_, '_>) -> Vec<String> {
    let (one, other) = (&a.account.speaker, &b.account.speaker);
    let mut reasons = vec![match one.same(other) {
        Some(true) if a.tag() == b.tag() => format!("One statement takes both stances, {}.", a.tag()),
        Some(true) => format!("The same speaker in both: {one}."),
        Some(false) => format!("Different speakers: {one}; {other}."),
        None => format!("Whether both have one speaker is not known: {one}; {other}."),
    }];
    for party in [a, b] {
        reasons.extend(reservations(index, party));
    }
    reasons
}

/// What weakens one stance, in sentences.
pub fn reservations(index: &Index<'_>, party: &Party<'_, '_>) -> Vec<String> {
    let (label, stance) = (party.tag(), party.held.stance);
    let mut reasons = Vec::new();
    if party.account.alleged {
        reasons.push(format!(
            "That {label} is by {} is alleged, not established.",
            party.account.speaker
        ));
    }
    // How sure an account is of nothing, and according to whom, says nothing.
    let committed = stance.polarity != Polarity::Uncommitted;
    match stance.certainty {
        Certainty::Certain => {}
        _ if !committed => {}
        Certainty::Probable => reasons.push(format!("{label} gives it as probable.")),
        Certainty::Possible => reasons.push(format!("{label} gives it as possible.")),
        Certainty::Unstated => reasons.push(format!("How sure {label} is of it is not stated.")),
    }
    if committed && !stance.according_to.is_empty() {
        let sources: Vec<String> = stance
            .according_to
            .iter()
            .map(|source| index.names.of(source).to_string())
            .collect();
        reasons.push(format!(
            "{label} gives it according to {}: whoever reports that another said so does not thereby say so.",
            sources.join(", according to ")
        ));
    }
    if party.account.standing < Standing::Erased {
        reasons.push(format!("The record {label} {}.", party.account.standing.words()));
    }
    reasons
}

/// The polarity that opposes another.
pub fn opposes(a: Polarity, b: Polarity) -> bool {
    matches!(
        (a, b),
        (Polarity::Affirms, Polarity::Denies) | (Polarity::Denies, Polarity::Affirms)
    )
}
