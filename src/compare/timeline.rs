//! The timeline: when words are recorded as said, conveyed, published and recorded, and in what order.
//!
//! ```text
//! 26 December, year not stated   said S01
//! 10 January, year not stated    published S03
//! R30  if it all lies within December 2018 to March 2019, S01 comes before S03
//! ```
//!
//! Normative page: spec/timeline.md. The order is a partial one: of two times the first is
//! certainly before the second only if all days that it may be on are before all days that the second may
//! be on. Times without a year are in the order of the calendar and of nothing else. Each frame that a
//! person asserts has an order of its own beside it, and none takes the place of another.
//!
//! It orders times and not events: that words are recorded as said on a day is what an account says. Of a
//! withheld time nothing is shown but that it is withheld.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::record::{RecordId, StatedTime, TimeBasis};
use crate::time::{Day, Edtf, FrameDay, Order, Placement, order};

use super::bounds::{BoundShown, BoundsShown};
use super::frames::Framed;
use super::index::Index;
use super::who::Who;
use super::{Case, RecordTag};

/// The most different times that are placed and ordered.
pub const MAX_MOMENTS: usize = 300;
/// The most statements that are named at one time.
pub const MAX_EVENTS_NAMED: usize = 200;
/// The most entries in no order that are written out.
pub const MAX_UNPLACED_SHOWN: usize = 1000;
/// The most frames that are given an order of their own.
pub const MAX_FRAMES_SHOWN: usize = 50;

/// What is recorded of a statement as of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The words were uttered or written.
    Said,
    /// They were conveyed.
    Conveyed,
    /// They were published.
    Published,
    /// The record was made, by the recorder's own clock.
    Recorded,
}

impl What {
    /// The word for it.
    pub fn words(self) -> &'static str {
        match self {
            What::Said => "said",
            What::Conveyed => "conveyed",
            What::Published => "published",
            What::Recorded => "recorded",
        }
    }
}

/// One statement at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The statement.
    pub statement: RecordTag,
    /// What is recorded of it as of this time.
    pub what: What,
    /// On what the time rests.
    pub basis: TimeBasis,
    /// The source's words, where they are relative to another day.
    pub anchor: Option<String>,
    /// The recorder's note on the time.
    pub note: Option<String>,
    /// Whether a more precise time is recorded and withheld.
    pub coarsened: bool,
    #[serde(skip)]
    place: usize,
}

/// One time with everything that is recorded as of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// The time as written.
    pub time: Edtf,
    /// In words.
    pub words: String,
    /// What it reaches over. The basis is that of the first event.
    pub bounds: BoundsShown,
    /// How many events there are.
    pub event_count: usize,
    /// The events, up to the limit.
    pub events: Vec<Event>,
}

/// Something that is in no order with anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unplaced {
    /// The statement.
    pub statement: RecordTag,
    /// What of it.
    pub what: What,
    /// The source's words, where they are relative to another day.
    pub anchor: Option<String>,
    /// The recorder's note.
    pub note: Option<String>,
    /// Whether there is a time and it is withheld.
    pub withheld: bool,
}

/// A moment that a frame places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlacedMoment {
    /// Its place among the moments.
    pub moment: usize,
    /// Where the frame puts it.
    pub placement: Placement,
    /// The first and last day of all its places.
    pub span: Option<(FrameDay, FrameDay)>,
    /// Which of its events are of the statements that the frame is about.
    pub events: Vec<Event>,
}

/// The order that follows if a person is right about when it all was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FrameOrder {
    /// The relation of the kind `dates`.
    pub relation: RecordTag,
    /// Who asserts it.
    pub asserted_by: Vec<Who>,
    /// The asserted time.
    pub within: Edtf,
    /// The condition, to be read after "if ".
    pub condition: String,
    /// The first and last day of the asserted time, where it has both.
    pub bounds: Option<(FrameDay, FrameDay)>,
    /// The moments that it is about, in its order; those that it does not place come last.
    pub placed: Vec<PlacedMoment>,
    /// Pairs of moments of which the first is certainly before the second, if it is as asserted. What
    /// follows from two pairs is left out.
    pub certain: Vec<(usize, usize)>,
}

/// When words are recorded as said, conveyed, published and recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// How many statements were looked at.
    pub statements: usize,
    /// How many different times there are.
    pub moment_count: usize,
    /// The times: those with years by their earliest day, then those without by the calendar, up to
    /// the limit.
    pub moments: Vec<Moment>,
    /// The places of those with a year at one end at least.
    pub dated: Vec<usize>,
    /// The places of those without a year, in the order of the calendar.
    pub year_not_stated: Vec<usize>,
    /// Pairs of moments of which the first is certainly before the second. What follows from two pairs
    /// is left out.
    pub certain: Vec<(usize, usize)>,
    /// How many entries are in no order.
    pub unplaced_count: usize,
    /// These, up to the limit.
    pub unplaced: Vec<Unplaced>,
    /// One order for each frame that a person asserts, by label.
    pub frames: Vec<FrameOrder>,
}

/// The timeline of a case, or of one question and the statements that take a stance on it.
pub fn timeline(case: &Case<'_>, question: Option<RecordId>) -> Timeline {
    let index = Index::new(case);
    of_index(&index, question)
}

pub(super) fn of_index(index: &Index<'_>, question: Option<RecordId>) -> Timeline {
    let places: BTreeSet<usize> = match question {
        None => (0..index.entries.len()).collect(),
        Some(question) => index.stances_on(&question).iter().map(|held| held.statement).collect(),
    };
    let mut gathered = Gathered::default();
    for place in places {
        gathered.read(index, place);
    }
    let moment_count = gathered.at.len();
    let mut moments: Vec<Moment> = gathered.at.into_values().collect();
    moments.sort_by_cached_key(sort_key);
    moments.truncate(MAX_MOMENTS);
    let with_year = moments.iter().map(is_dated);
    let (dated, year_not_stated): (Vec<_>, Vec<_>) = with_year.enumerate().partition(|(_, dated)| *dated);
    let frames = index.frames.all().iter().take(MAX_FRAMES_SHOWN);
    Timeline {
        statements: gathered.statements,
        moment_count,
        certain: certain(&moments),
        dated: dated.into_iter().map(|(place, _)| place).collect(),
        year_not_stated: year_not_stated.into_iter().map(|(place, _)| place).collect(),
        unplaced_count: gathered.unplaced_count,
        unplaced: gathered.unplaced,
        frames: frames
            .map(|framed| frame_order(framed, &moments))
            .filter(|frame| !frame.placed.is_empty())
            .collect(),
        moments,
    }
}

const SECONDS_IN_DAY: i64 = 24 * 60 * 60;

#[derive(Default)]
struct Gathered {
    statements: usize,
    at: BTreeMap<Edtf, Moment>,
    /// The days of recording, by their number.
    recorded: BTreeMap<i64, Edtf>,
    unplaced_count: usize,
    unplaced: Vec<Unplaced>,
}

impl Gathered {
    fn read(&mut self, index: &Index<'_>, place: usize) {
        let Some(statement) = index.statement(place) else {
            return;
        };
        self.statements += 1;
        let tag = &index.entries[place].tag;
        for (what, stated) in [
            (What::Said, &statement.said),
            (What::Conveyed, &statement.conveyed),
            (What::Published, &statement.published),
        ] {
            self.stated(place, tag, what, stated);
        }
        // Records of one sitting differ by seconds, which order nothing that anybody said.
        let recorded_at = index.entries[place].record.common.recorded_at;
        let day = self
            .recorded
            .entry(recorded_at.unix() / SECONDS_IN_DAY)
            .or_insert_with(|| {
                let text = recorded_at.to_string();
                let day = text.split('T').next().unwrap_or_default();
                day.parse().expect("a timestamp begins with its day")
            });
        let day = day.clone();
        self.push(&day, TimeBasis::Device, || Event {
            statement: tag.clone(),
            what: What::Recorded,
            basis: TimeBasis::Device,
            anchor: None,
            note: None,
            coarsened: false,
            place,
        });
    }

    fn stated(&mut self, place: usize, tag: &RecordTag, what: What, stated: &StatedTime) {
        let claim = stated.best();
        match claim.and_then(|claim| Some((claim, claim.edtf.as_ref()?))) {
            Some((claim, edtf)) if !says_nothing(edtf) => self.push(edtf, claim.basis, || Event {
                statement: tag.clone(),
                what,
                basis: claim.basis,
                anchor: claim.anchor.clone(),
                note: claim.note.clone(),
                coarsened: stated.exact.value().is_none(),
                place,
            }),
            // Of what was said a time is always looked for; of the rest only where there are words for it.
            _ if what == What::Said || claim.is_none_or(|claim| claim.anchor.is_some()) => {
                self.unplaced_count += 1;
                if self.unplaced.len() < MAX_UNPLACED_SHOWN {
                    self.unplaced.push(Unplaced {
                        statement: tag.clone(),
                        what,
                        anchor: claim.and_then(|claim| claim.anchor.clone()),
                        note: claim.and_then(|claim| claim.note.clone()),
                        withheld: claim.is_none(),
                    });
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, edtf: &Edtf, basis: TimeBasis, event: impl FnOnce() -> Event) {
        if !self.at.contains_key(edtf) {
            let moment = Moment {
                time: edtf.clone(),
                words: edtf.describe(),
                bounds: BoundsShown::new(edtf, basis),
                event_count: 0,
                events: Vec::new(),
            };
            self.at.insert(edtf.clone(), moment);
        }
        let Some(moment) = self.at.get_mut(edtf) else { return };
        moment.event_count += 1;
        if moment.events.len() < MAX_EVENTS_NAMED {
            moment.events.push(event());
        }
    }
}

/// Whether a time names no day, month or year.
fn says_nothing(edtf: &Edtf) -> bool {
    let nothing = |bound| matches!(bound, BoundShown::Open | BoundShown::Unknown);
    let bounds = BoundsShown::new(edtf, TimeBasis::NotStated);
    nothing(bounds.earliest) && nothing(bounds.latest)
}

fn day(bound: BoundShown) -> Option<Day> {
    match bound {
        BoundShown::Day(day) => Some(day),
        _ => None,
    }
}

fn is_dated(moment: &Moment) -> bool {
    day(moment.bounds.earliest).is_some() || day(moment.bounds.latest).is_some()
}

/// Times with a year by the earliest day, those open there first; the others by the calendar, by the end
/// where the beginning is open.
fn sort_key(moment: &Moment) -> impl Ord + use<> {
    let bounds = &moment.bounds;
    let calendar = |bound| match bound {
        BoundShown::CalendarDay(day) => Some(day),
        _ => None,
    };
    let dated = is_dated(moment);
    let on_calendar = calendar(bounds.earliest).or(calendar(bounds.latest));
    (
        !dated,
        day(bounds.earliest),
        day(bounds.latest),
        on_calendar,
        calendar(bounds.latest),
        moment.time.as_str().to_owned(),
    )
}

/// The pairs of an order from which all others follow: those with nothing between.
fn covering(count: usize, before: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let table: Vec<Vec<bool>> = (0..count).map(|a| (0..count).map(|b| before(a, b)).collect()).collect();
    let mut pairs = Vec::new();
    for later in 0..count {
        let earlier: Vec<usize> = (0..count).filter(|earlier| table[*earlier][later]).collect();
        let direct = earlier
            .iter()
            .filter(|first| !earlier.iter().any(|between| table[**first][*between]));
        pairs.extend(direct.map(|first| (*first, later)));
    }
    pairs.sort_unstable();
    pairs
}

fn certain(moments: &[Moment]) -> Vec<(usize, usize)> {
    covering(moments.len(), |a, b| {
        order(Some(&moments[a].time), Some(&moments[b].time)) == Order::Before
    })
}

fn frame_order(framed: &Framed, moments: &[Moment]) -> FrameOrder {
    let frame = &framed.frame;
    let mut placed: Vec<PlacedMoment> = Vec::new();
    for (place, moment) in moments.iter().enumerate() {
        // When the record was made is known, and is not what the frame is about.
        let concerned =
            |event: &&Event| event.what != What::Recorded && framed.statements.binary_search(&event.place).is_ok();
        let events: Vec<Event> = moment.events.iter().filter(concerned).cloned().collect();
        if !events.is_empty() {
            placed.push(PlacedMoment {
                moment: place,
                placement: frame.place(&moment.time),
                span: frame.span_of(&moment.time),
                events,
            });
        }
    }
    placed.sort_by_key(|placed| (placed.span.is_none(), placed.span, placed.moment));
    let certain = covering(
        placed.len(),
        |a, b| matches!((placed[a].span, placed[b].span), (Some(a), Some(b)) if a.1 < b.0),
    );
    FrameOrder {
        relation: framed.relation.clone(),
        asserted_by: framed.asserted_by.clone(),
        within: frame.within().clone(),
        condition: framed.condition(),
        bounds: frame.bounds(),
        certain: certain
            .into_iter()
            .map(|(a, b)| (placed[a].moment, placed[b].moment))
            .collect(),
        placed,
    }
}

#[cfg(test)]
mod tests;
