//! Rules on times: missing, without a year, relative, out of order, and asserted ones that do not fit.

use crate::record::{StatedTime, TimeClaim};
use crate::time::{Edtf, Order, Placement, order};

use super::super::who::list;
use super::{Found, Note, Rule, Seen};

pub fn flag(seen: &Seen<'_, '_>, found: &mut Found) {
    missing(seen, found);
    anchors(seen, found);
    years(seen, found);
    out_of_order(seen, found);
    asserted(seen, found);
}

/// The times of a statement with the names of their members.
pub fn times<'s>(seen: &Seen<'s, '_>) -> [(&'static str, &'s StatedTime); 3] {
    let statement = seen.statement;
    [
        ("said", &statement.said),
        ("conveyed", &statement.conveyed),
        ("published", &statement.published),
    ]
}

fn claim(time: &StatedTime) -> Option<&TimeClaim> {
    time.best()
}

fn missing(seen: &Seen<'_, '_>, found: &mut Found) {
    let Some(said) = claim(&seen.statement.said).filter(|said| said.edtf.is_none()) else {
        return;
    };
    found.flag(Rule::DateMissing, &seen.entry().tag, || {
        let anchored = match &said.anchor {
            Some(anchor) => format!(" The source's words are “{anchor}”."),
            None => String::new(),
        };
        let others: Vec<String> = times(seen)[1..]
            .iter()
            .filter_map(|(name, time)| Some(format!("{name} {}", claim(time)?.edtf.as_ref()?.describe())))
            .collect();
        let others = match others.as_slice() {
            [] => " Nor is it stated when it was conveyed or published.".to_owned(),
            others => format!(" It is recorded as {}.", others.join(", ")),
        };
        Note::at("said", format!("When it was said is not stated.{anchored}{others}"))
    });
}

fn anchors(seen: &Seen<'_, '_>, found: &mut Found) {
    for (name, time) in times(seen) {
        let Some(claim) = claim(time) else { continue };
        let Some(anchor) = &claim.anchor else { continue };
        found.flag(Rule::AnchorRelative, &seen.entry().tag, || {
            let read = match &claim.edtf {
                Some(edtf) => format!("; the recorder reads it as {}", edtf.describe()),
                None => "; which day is meant is not recorded".to_owned(),
            };
            Note::at(
                format!("{name}.anchor"),
                format!("The source's words are “{anchor}”{read}."),
            )
        });
    }
}

fn years(seen: &Seen<'_, '_>, found: &mut Found) {
    if seen.around.is_dated(seen.id()) {
        return;
    }
    let names: Vec<&str> = times(seen)
        .into_iter()
        .filter(|(_, time)| {
            claim(time)
                .and_then(|claim| claim.edtf.as_ref())
                .is_some_and(Edtf::year_unknown)
        })
        .map(|(name, _)| name)
        .collect();
    if !names.is_empty() {
        found.flag(Rule::YearNotStated, &seen.entry().tag, || {
            let place = names.join(", ");
            Note::at(place, "A time is stated without its year, and no record asserts one.")
        });
    }
}

fn out_of_order(seen: &Seen<'_, '_>, found: &mut Found) {
    let times = times(seen);
    for (earlier, later) in [(0, 1), (0, 2), (1, 2)] {
        let edtf = |place: usize| claim(times[place].1).and_then(|claim| claim.edtf.as_ref());
        if order(edtf(earlier), edtf(later)) == Order::After {
            let (earlier_name, later_name) = (times[earlier].0, times[later].0);
            found.flag(Rule::TimesOutOfOrder, &seen.entry().tag, || {
                let words = |place| edtf(place).map(Edtf::describe).unwrap_or_default();
                let text = format!(
                    "It is recorded as {later_name} {}, and as {earlier_name} {}, which is later.",
                    words(later),
                    words(earlier)
                );
                Note::at(format!("{earlier_name}, {later_name}"), text)
            });
        }
    }
}

fn asserted(seen: &Seen<'_, '_>, found: &mut Found) {
    for framed in seen.index.frames.of(seen.place) {
        let stated = times(seen)
            .into_iter()
            .filter_map(|(name, time)| Some((name.to_owned(), claim(time)?.edtf.as_ref()?)));
        let over = seen.statement.stances.iter().enumerate().filter_map(|(place, stance)| {
            let over = stance.value()?.over.as_ref()?;
            over.edtf
                .year_unknown()
                .then(|| (format!("stances[{place}].over"), &over.edtf))
        });
        for (place, edtf) in stated.chain(over) {
            if framed.frame.place(edtf) == Placement::DoesNotFit {
                found.flag(Rule::AssertedTimeDoesNotFit, &seen.entry().tag, || {
                    let words = format!(
                        "It is stated as {}; {} asserts in {} that it lies within: {}. No day is common to both.",
                        edtf.describe(),
                        list(&framed.asserted_by),
                        framed.relation,
                        framed.frame.within().describe()
                    );
                    Note::at(place, words).resting_on([framed.relation.clone()])
                });
            }
        }
    }
}
