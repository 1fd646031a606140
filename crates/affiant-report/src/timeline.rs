//! The timeline as a person reads it: bars for uncertainty, words beside them.
//!
//! ```text
//! ●                                     6 January: conveyed S02
//!  ├─────────────────────────────────?  from 13 January, end not known: published S04, S05
//! ```
//!
//! A bar reaches over the days on which something may be. `●` is one day, or fewer than one column has;
//! `◄` and `►` are ends that are left open, `?` ends that are not known. What a bar says stands in words
//! beside it, and a narrow page has the words alone.

use affiant::compare::{BoundShown, Event, FrameOrder, Moment, PlacedMoment, RecordTag, Timeline, What, basis_words};
use affiant::record::TimeBasis;
use affiant::time::{Day, FrameDay, MonthDay, Placement};

use crate::Style;
use crate::labels::labels;
use crate::page::Page;
use crate::visible::has_right_to_left;

/// The columns of a bar.
const BAR: usize = 36;
/// The narrowest page with bars on it.
const MIN_WIDTH_OF_BARS: usize = 76;
/// The most moments and other entries of one list that are printed.
const MAX_PRINTED: usize = 100;
const MONTHS: &str = "J  F  M  A  M  J  J  A  S  O  N  D  ";

/// The whole timeline, wrapped to `width` columns.
pub fn timeline_text(timeline: &Timeline, width: usize, style: Style) -> String {
    let mut page = Page::new(width, style);
    page.heading("", "When words are recorded as said, conveyed, published and recorded");
    print(&mut page, timeline, true);
    page.into_text()
}

/// Prints the timeline for a comparison: when the records were made is no part of what they say, and is
/// left out.
pub fn in_brief(page: &mut Page, timeline: &Timeline) {
    page.heading("", "When words are recorded as said, conveyed and published");
    print(page, timeline, false);
}

fn print(page: &mut Page, timeline: &Timeline, recorded: bool) {
    let sheet = Sheet {
        bars: page.draws(MIN_WIDTH_OF_BARS),
        recorded,
    };
    if timeline.moments.is_empty() && timeline.unplaced_count == 0 {
        page.line("", "", "No time is stated in these records.");
        page.blank();
        return;
    }
    page.line(
        "",
        "",
        "Two times are in order only where every day of the one is before every day of the other. The times are \
         what the records state; that they are right is according to whoever stated them.",
    );
    page.blank();
    sheet.dated(page, timeline);
    sheet.calendar(page, timeline);
    sheet.unplaced(page, timeline);
    for frame in &timeline.frames {
        sheet.frame(page, timeline, frame);
    }
    let left_out = timeline.moment_count - timeline.moments.len();
    if left_out > 0 {
        page.line(
            "",
            "  ",
            &format!("… and {left_out} times more, which are not placed here."),
        );
        page.blank();
    }
}

struct Sheet {
    bars: bool,
    /// Whether to say when the records were made.
    recorded: bool,
}

/// How far an end of a bar reaches.
#[derive(Clone, Copy, PartialEq)]
enum End {
    At(usize),
    Open,
    Unknown,
}

impl Sheet {
    fn row(&self, page: &mut Page, bar: &str, text: &str) {
        // Letters that run from right to left would carry the bar with them.
        if self.bars && !has_right_to_left(text) {
            let first = format!("{bar:BAR$}  ");
            page.hanging(&first, &" ".repeat(BAR + 2), text);
        } else {
            page.line("  - ", "    ", text);
        }
    }

    fn says(&self, event: &Event) -> bool {
        self.recorded || event.what != What::Recorded
    }

    /// A moment in words: the time, what loosens it, and who is there.
    fn words(&self, moment: &Moment) -> String {
        let loosened = moment.bounds.loosened.iter();
        let loosened: Vec<&str> = loosened
            .filter(|loosening| !is_in_words(**loosening))
            .map(|loosening| loosening.words())
            .collect();
        let loosened = match loosened.as_slice() {
            [] => String::new(),
            several => format!(" ({})", several.join("; ")),
        };
        let shown: Vec<Event> = moment.events.iter().filter(|event| self.says(event)).cloned().collect();
        let all = moment.event_count - (moment.events.len() - shown.len());
        format!("{}{loosened}: {}", moment.words, events(&shown, all))
    }

    fn dated(&self, page: &mut Page, timeline: &Timeline) {
        let moments = timeline.dated.iter().map(|place| &timeline.moments[*place]);
        let moments: Vec<&Moment> = moments
            .filter(|moment| moment.events.iter().any(|event| self.says(event)))
            .collect();
        if moments.is_empty() {
            return;
        }
        let days = moments
            .iter()
            .flat_map(|moment| [moment.bounds.earliest, moment.bounds.latest]);
        let days: Vec<i64> = days.filter_map(|bound| day_of(bound).map(serial)).collect();
        let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
            return;
        };
        page.line("", "", "In years that are stated:");
        for moment in moments.iter().take(MAX_PRINTED) {
            let end = |bound: BoundShown| match bound {
                BoundShown::Day(day) => End::At(scale(serial(day), *first, *last)),
                BoundShown::Open => End::Open,
                BoundShown::CalendarDay(_) | BoundShown::Unknown => End::Unknown,
            };
            let bar = bar(end(moment.bounds.earliest), end(moment.bounds.latest));
            self.row(page, &bar, &self.words(moment));
        }
        more(page, moments.len());
        page.blank();
    }

    fn calendar(&self, page: &mut Page, timeline: &Timeline) {
        let moments: Vec<&Moment> = timeline
            .year_not_stated
            .iter()
            .map(|place| &timeline.moments[*place])
            .collect();
        if moments.is_empty() {
            return;
        }
        page.line(
            "",
            "",
            "In a year that is not stated, by the calendar alone. A day of December may be the one before a day of \
             January or eleven months after it: which came first, nothing here says.",
        );
        if self.bars {
            page.line("", "", MONTHS);
        }
        for moment in moments.iter().take(MAX_PRINTED) {
            let end = |bound: BoundShown| match bound {
                BoundShown::CalendarDay(day) => End::At(on_calendar(day)),
                BoundShown::Open => End::Open,
                BoundShown::Day(_) | BoundShown::Unknown => End::Unknown,
            };
            let (from, to) = (end(moment.bounds.earliest), end(moment.bounds.latest));
            let across = match (moment.bounds.earliest, moment.bounds.latest) {
                (BoundShown::CalendarDay(from), BoundShown::CalendarDay(to)) => to < from,
                _ => false,
            };
            let bar = if across { bar_across(from, to) } else { bar(from, to) };
            self.row(page, &bar, &self.words(moment));
        }
        more(page, moments.len());
        page.blank();
    }

    fn unplaced(&self, page: &mut Page, timeline: &Timeline) {
        if timeline.unplaced_count == 0 {
            return;
        }
        page.line("", "", "In no order with anything:");
        let bare: Vec<RecordTag> = timeline
            .unplaced
            .iter()
            .filter(|entry| !entry.withheld && entry.anchor.is_none())
            .map(|entry| entry.statement.clone())
            .collect();
        if !bare.is_empty() {
            let text = format!("said, at a time that is not stated: {}", labels(&bare, bare.len()));
            page.line("  - ", "    ", &text);
        }
        let rest = || {
            timeline
                .unplaced
                .iter()
                .filter(|entry| entry.withheld || entry.anchor.is_some())
        };
        for entry in rest().take(MAX_PRINTED) {
            let what = entry.what.words();
            let text = match &entry.anchor {
                Some(anchor) => format!(
                    "{what} {}: “{anchor}”; which day is meant is not recorded",
                    entry.statement
                ),
                None => format!("{what} {}: a time that is withheld", entry.statement),
            };
            page.line("  - ", "    ", &text);
        }
        more(page, rest().count());
        let left_out = timeline.unplaced_count - timeline.unplaced.len();
        if left_out > 0 {
            page.line("  - ", "    ", &format!("and {left_out} more"));
        }
        page.blank();
    }

    fn frame(&self, page: &mut Page, timeline: &Timeline, frame: &FrameOrder) {
        page.heading("  ", &format!("{}  If, {}", frame.relation, frame.condition));
        page.line(
            "  ",
            "  ",
            "then these come in this order; nobody else is said to agree:",
        );
        for placed in frame.placed.iter().take(MAX_PRINTED) {
            let moment = &timeline.moments[placed.moment];
            let bar = match (frame.bounds, placed.span) {
                (Some((first, last)), Some(span)) => framed_bar((first, last), span),
                _ => String::new(),
            };
            self.row(page, &bar, &placed_words(moment, placed));
        }
        more(page, frame.placed.len());
        page.blank();
    }
}

fn more(page: &mut Page, all: usize) {
    if all > MAX_PRINTED {
        page.line("  ", "  ", &format!("… and {} more.", all - MAX_PRINTED));
    }
}

fn bar(from: End, to: End) -> String {
    let column = |end: End, otherwise: usize| match end {
        End::At(column) => column,
        End::Open | End::Unknown => otherwise,
    };
    let (first, last) = (column(from, 0), column(to, BAR - 1));
    if first == last && matches!((from, to), (End::At(_), End::At(_))) {
        return format!("{}●", " ".repeat(first));
    }
    // At an edge there is no column more, and that the end is open or unknown says the more.
    if first >= last {
        let (end, open) = if matches!(to, End::At(_)) {
            (from, '◄')
        } else {
            (to, '►')
        };
        let mark = if end == End::Open { open } else { '?' };
        return format!("{}{mark}", " ".repeat(last));
    }
    let mark = |end: End, at: char, open: char| match end {
        End::At(_) => at,
        End::Open => open,
        End::Unknown => '?',
    };
    let between = "─".repeat(last.saturating_sub(first + 1));
    format!(
        "{}{}{between}{}",
        " ".repeat(first),
        mark(from, '├', '◄'),
        mark(to, '┤', '►')
    )
}

/// A bar that goes on from the right edge to the left, across a new year.
fn bar_across(from: End, to: End) -> String {
    let (End::At(from), End::At(to)) = (from, to) else {
        return bar(from, to);
    };
    let mut cells = vec![' '; BAR];
    for (column, cell) in cells.iter_mut().enumerate() {
        if column <= to || column >= from {
            *cell = '─';
        }
    }
    cells[to] = '┤';
    cells[from] = '├';
    cells.into_iter().collect()
}

fn framed_bar((first, last): (FrameDay, FrameDay), span: (FrameDay, FrameDay)) -> String {
    let number = |day: FrameDay| match (day.day(), day.years_on()) {
        (Some(day), _) => serial(day),
        (None, years_on) => i64::from(years_on.unwrap_or(0)) * DAYS_IN_YEAR + in_year(day.month_day()),
    };
    let column = |day| End::At(scale(number(day), number(first), number(last)));
    bar(column(span.0), column(span.1))
}

const DAYS_IN_YEAR: i64 = 372;

/// A number for a day that grows with time; months count as 31 days, for drawing only.
fn serial(day: Day) -> i64 {
    i64::from(day.year()) * DAYS_IN_YEAR + i64::from(day.month() - 1) * 31 + i64::from(day.day() - 1)
}

fn in_year(day: MonthDay) -> i64 {
    i64::from(day.month() - 1) * 31 + i64::from(day.day() - 1)
}

fn on_calendar(day: MonthDay) -> usize {
    let column = in_year(day) * BAR as i64 / DAYS_IN_YEAR;
    usize::try_from(column).unwrap_or(0).min(BAR - 1)
}

fn scale(number: i64, first: i64, last: i64) -> usize {
    if last <= first {
        return 0;
    }
    let column = (number - first) * (BAR as i64 - 1) / (last - first);
    usize::try_from(column).unwrap_or(0).min(BAR - 1)
}

fn day_of(bound: BoundShown) -> Option<Day> {
    match bound {
        BoundShown::Day(day) => Some(day),
        _ => None,
    }
}

/// Whether the time in words says it already.
fn is_in_words(loosening: affiant::time::Loosening) -> bool {
    use affiant::time::Loosening;
    !matches!(
        loosening,
        Loosening::Uncertain | Loosening::Approximate | Loosening::HemisphereNotChosen | Loosening::DayInUtc
    )
}

fn placed_words(moment: &Moment, placed: &PlacedMoment) -> String {
    let events = events(&placed.events, placed.events.len());
    match &placed.placement {
        Placement::DoesNotFit => format!("{}: does not fit: {events}", moment.words),
        Placement::Undecided { why } => format!("{}: not placed ({}): {events}", moment.words, why.words()),
        Placement::Several { .. } => format!("ambiguous, {}: {events}", placed.placement.words()),
        Placement::One { place } => format!("{}: {events}", place.words()),
    }
}

/// What is recorded as of a time: by what it is and on what it rests.
fn events(events: &[Event], all: usize) -> String {
    /// What is alike in those that are printed in one line.
    type Alike<'t> = (What, TimeBasis, Option<&'t str>, bool);
    let mut groups: Vec<(Alike<'_>, Vec<RecordTag>)> = Vec::new();
    for event in events {
        let key = (event.what, event.basis, event.anchor.as_deref(), event.coarsened);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, tags)) => tags.push(event.statement.clone()),
            None => groups.push((key, vec![event.statement.clone()])),
        }
    }
    groups.sort_by_key(|((what, ..), _)| *what);
    let texts: Vec<String> = groups
        .iter()
        .map(|((what, basis, anchor, coarsened), tags)| {
            let mut text = format!("{} {}", what.words(), labels(tags, tags.len()));
            let mut notes: Vec<String> = Vec::new();
            if *what != What::Recorded && *basis != TimeBasis::Stated {
                notes.push(basis_words(*basis).to_owned());
            }
            if let Some(anchor) = anchor {
                notes.push(format!("from “{anchor}”"));
            }
            if *coarsened {
                notes.push("the exact time is withheld".to_owned());
            }
            if !notes.is_empty() {
                text.push_str(&format!(" ({})", notes.join(", ")));
            }
            text
        })
        .collect();
    let left_out = all - events.len();
    match left_out {
        0 => texts.join("; "),
        left_out => format!("{}; and {left_out} more", texts.join("; ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_say_how_far_and_how_sure() {
        let drawn = |from, to| bar(from, to).trim_end().to_owned();
        assert_eq!(drawn(End::At(3), End::At(3)), "   ●");
        assert_eq!(drawn(End::At(1), End::At(4)), " ├──┤");
        assert_eq!(drawn(End::Unknown, End::At(2)), "?─┤");
        assert_eq!(drawn(End::Open, End::At(1)), "◄┤");
        assert_eq!(drawn(End::At(34), End::Open), format!("{}├►", " ".repeat(34)));
        assert_eq!(drawn(End::At(35), End::Open), format!("{}►", " ".repeat(35)));
        assert_eq!(drawn(End::Unknown, End::At(0)), "?");
        let across = bar_across(End::At(34), End::At(1));
        assert_eq!(across, format!("─┤{}├─", " ".repeat(32)));
    }

    #[test]
    fn every_bar_is_within_its_columns() {
        for from in [End::At(0), End::At(BAR - 1), End::Open, End::Unknown] {
            for to in [End::At(BAR - 1), End::Open, End::Unknown] {
                assert!(bar(from, to).chars().count() <= BAR, "{:?}", bar(from, to));
            }
        }
    }
}
