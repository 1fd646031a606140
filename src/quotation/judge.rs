//! From an explanation to what it comes to: what was left out, bracketed, edited and joined.
//!
//! The rules and their numbers are in spec/quotation.md. What cannot be told apart from chance
//! is called different, however many small words agree.

use std::ops::Range;

use crate::text::lexicon::{EditWord, classes, is_negation};
use crate::text::{EditClass, Level};

use super::align::{Column, Row, Step};
use super::check::Search;
use super::events::{Event, events};
use super::level;
use super::outcome::{BracketKind, Bracketed, Edit, Excerpt, LeftOut, Omission, Splice, WhyLeftOut, Wording};
use super::parse::What;
use super::unit::Traits;

/// The fewest words of the quotation that each of several joined places holds.
const FEWEST_OF_PIECE: usize = 4;

/// The longest repeat that is left out without being an edit, in words.
const LONGEST_REPEAT: usize = 6;

/// The share of the quotation's words that an altered passage has as they are, in per cent.
const ALTERED_SHARE: usize = 70;

/// The share of them that is shown as the nearest wording, in per cent.
const NEAREST_SHARE: usize = 50;

/// The most words that a passage of which words were left out at an ellipsis of the source's own
/// has there, for them to count as left out without a mark.
const MOST_AT_PAUSE: usize = 3;

/// What an explanation comes to.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub wording: Wording,
    pub level: Option<Level>,
    /// The units of the places that are joined, in the order of the quotation; of one place, one.
    pub pieces: Vec<Range<usize>>,
    pub left_out: Vec<LeftOut>,
    pub omissions: Vec<Omission>,
    pub brackets: Vec<Bracketed>,
    pub edits: Vec<Edit>,
    pub splices: Vec<Splice>,
    /// The speakers of the words, each once, in order.
    pub speakers: Vec<String>,
    /// Whether the claimed speaker says them, as far as the sources name speakers.
    pub is_claimed: bool,
}

/// Says what the steps come to.
pub(super) fn judge(search: &Search<'_, '_>, columns: &[Column], steps: &[Step]) -> Found {
    let events = events(search, columns, steps);
    let judge = Judge {
        search,
        events: &events,
    };
    judge.found()
}

struct Judge<'a, 'b, 't> {
    search: &'a Search<'b, 't>,
    events: &'a [Event],
}

impl Judge<'_, '_, '_> {
    fn found(&self) -> Found {
        let mut found = Found {
            wording: Wording::Verbatim,
            level: None,
            pieces: self.pieces(),
            left_out: Vec::new(),
            omissions: Vec::new(),
            brackets: Vec::new(),
            edits: Vec::new(),
            splices: Vec::new(),
            speakers: Vec::new(),
            is_claimed: true,
        };
        for (number, event) in self.events.iter().enumerate() {
            match event {
                Event::Agree { .. } | Event::Idle => {}
                Event::Differ { rows, units } => match self.why_left_out(rows, units) {
                    Some(why) => found.left_out.push(LeftOut {
                        words: self.held(units),
                        why,
                    }),
                    None => found.edits.push(self.edit(number, rows, units)),
                },
                Event::Bracket { row, units } => found.brackets.push(self.bracket(*row, units)),
                Event::Marked { row, units } => self.marked(&mut found, number, *row, units),
                Event::Join { from, to, marked } => self.join(&mut found, *from, *to, *marked),
            }
        }
        self.letters_in_brackets(&mut found);
        (found.speakers, found.is_claimed) = self.speakers();
        found.wording = self.wording(&found);
        if found.wording == Wording::Different {
            self.keep_nearest(&mut found);
        }
        found.level = self.level(&found);
        found
    }

    /// The places that the quotation is joined from.
    fn pieces(&self) -> Vec<Range<usize>> {
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let mut open = false;
        for event in self.events {
            match event {
                Event::Agree { units, .. } | Event::Bracket { units, .. } if !units.is_empty() => {
                    match pieces.last_mut() {
                        Some(last) if open => last.end = units.end,
                        _ => pieces.push(units.clone()),
                    }
                    open = true;
                }
                Event::Join { .. } => open = false,
                _ => {}
            }
        }
        pieces
    }

    /// Why words that are left out are no edit.
    fn why_left_out(&self, rows: &Range<usize>, units: &Range<usize>) -> Option<WhyLeftOut> {
        let index = self.search.index;
        if !rows.is_empty() || units.is_empty() {
            return None;
        }
        let is = |traits: Traits| units.clone().all(|unit| index.traits(unit).has(traits));
        if is(Traits::FILLER) {
            return Some(WhyLeftOut::Filler);
        }
        if is(Traits::NOTE) {
            return Some(WhyLeftOut::Note);
        }
        let counts = |unit: &usize| !index.traits(*unit).has(Traits::FILLER) && !index.traits(*unit).has(Traits::NOTE);
        let out: Vec<usize> = units.clone().filter(counts).collect();
        let part = index.units_of_part(index.part_of(units.start));
        if out.is_empty() || out.len() > LONGEST_REPEAT || units.end > part.end {
            return None;
        }
        let same = |others: &[usize]| {
            others.len() == out.len()
                && others
                    .iter()
                    .zip(&out)
                    .all(|(one, other)| index.keys[*one] == index.keys[*other])
        };
        let after: Vec<usize> = (units.end..part.end).filter(counts).take(out.len()).collect();
        let mut before: Vec<usize> = (part.start..units.start).rev().filter(counts).take(out.len()).collect();
        before.reverse();
        // A denial or a number that is said twice without a mark between may be meant twice.
        let grave = out.iter().any(|unit| {
            let form = index.form(*unit);
            is_negation(form) || form.starts_with(|c: char| c.is_numeric())
        });
        let parted = |second: usize| !grave || index.traits(second).has(Traits::AFTER_MARK);
        let repeats = same(&after) && parted(after[0]) || same(&before) && parted(out[0]);
        repeats.then_some(WhyLeftOut::Repeat)
    }

    fn edit(&self, number: usize, rows: &Range<usize>, units: &Range<usize>) -> Edit {
        let (mut around_rows, mut around_units) = (rows.clone(), units.clone());
        let before = number.checked_sub(1).and_then(|before| self.events.get(before));
        let after = self.events.get(number + 1);
        let (index, rows_of) = (self.search.index, &self.search.rows);
        // A part of a word is shown with the whole of it: `not` of `didn't`.
        if let Some(Event::Agree { rows: theirs, units }) = before {
            let mut room = theirs.len().min(units.len());
            while room > 0
                && (self.same_word(around_rows.start)
                    || around_units.start < around_units.end && index.traits(around_units.start).has(Traits::SAME_WORD))
            {
                around_rows.start -= 1;
                around_units.start -= 1;
                room -= 1;
            }
        }
        if let Some(Event::Agree { rows: theirs, units }) = after {
            let mut room = theirs.len().min(units.len());
            while room > 0
                && (around_rows.end < rows_of.rows.len() && !around_rows.is_empty() && self.same_word(around_rows.end)
                    || !around_units.is_empty() && index.traits(around_units.end).has(Traits::SAME_WORD))
            {
                around_rows.end += 1;
                around_units.end += 1;
                room -= 1;
            }
        }
        let old = self.edit_words(units);
        let new: Vec<EditWord<'_>> = rows.clone().filter_map(|row| self.edit_word(row)).collect();
        let mut found = classes(&old, &new);
        if found.is_empty() {
            found.push(EditClass::Content);
        }
        let written = |excerpt: &Option<Excerpt>| excerpt.as_ref().map(|excerpt| unicode_look(&excerpt.text));
        let old = (!around_units.is_empty()).then(|| self.held(&around_units));
        let new = (!around_rows.is_empty()).then(|| self.quoted(&around_rows));
        Edit {
            look_alike: old.is_some() && new.is_some() && written(&old) == written(&new),
            old,
            new,
            classes: found,
        }
    }

    /// Whether a row is a further part of the word that the row before it is of.
    fn same_word(&self, row: usize) -> bool {
        let item = self
            .search
            .rows
            .items
            .get(row)
            .map(|item| &self.search.quotation.items[*item].what);
        matches!(item, Some(What::Word(unit)) if unit.traits.has(Traits::SAME_WORD))
    }

    fn edit_words(&self, units: &Range<usize>) -> Vec<EditWord<'_>> {
        let index = self.search.index;
        let word = |unit: usize| {
            let text = index.sources[index.source_of(index.part_of(unit))].text;
            EditWord {
                written: &text[index.span(unit)],
                folded: index.form(unit),
                begins_sentence: index.traits(unit).has(Traits::AFTER_STOP)
                    || index.units_of_part(index.part_of(unit)).start == unit,
            }
        };
        units.clone().map(word).collect()
    }

    fn edit_word(&self, row: usize) -> Option<EditWord<'_>> {
        let item = &self.search.quotation.items[self.search.rows.items[row]];
        let written = &self.search.quotation.text[item.span.clone()];
        match &item.what {
            What::Word(unit) => Some(EditWord {
                written,
                folded: &unit.form,
                begins_sentence: unit.traits.has(Traits::AFTER_STOP) || row == 0,
            }),
            What::Partial { whole, .. } => Some(EditWord {
                written,
                folded: whole,
                begins_sentence: true,
            }),
            What::Covered { before, .. } => Some(EditWord {
                written,
                folded: before,
                begins_sentence: true,
            }),
            _ => None,
        }
    }

    fn bracket(&self, row: usize, units: &Range<usize>) -> Bracketed {
        let index = self.search.index;
        let bracketed = units.clone().all(|unit| index.traits(unit).has(Traits::NOTE));
        let same = bracketed
            && match &self.search.rows.rows[row] {
                Row::Bracket(keys) | Row::Missing(keys) => {
                    units.clone().map(|unit| index.keys[unit]).eq(keys.iter().copied())
                }
                _ => false,
            };
        let missing = matches!(self.search.rows.rows[row], Row::Missing(_));
        Bracketed {
            new: self.quoted(&(row..row + 1)),
            old: (!units.is_empty()).then(|| self.held(units)),
            kind: match (same && !units.is_empty(), missing, units.is_empty()) {
                (true, ..) => BracketKind::Same,
                (_, true, _) => BracketKind::Missing,
                (_, _, true) => BracketKind::Adds,
                _ => BracketKind::Replaces,
            },
            negation: units.clone().any(|unit| is_negation(index.form(unit))),
        }
    }

    /// Words of which a part stands in brackets or is covered, where they agree.
    fn letters_in_brackets(&self, found: &mut Found) {
        for event in self.events {
            let Event::Agree { rows, units } = event else { continue };
            if rows.len() != units.len() {
                continue;
            }
            for (row, unit) in rows.clone().zip(units.clone()) {
                let kind = match &self.search.quotation.items[self.search.rows.items[row]].what {
                    What::Partial { .. } => BracketKind::Letters,
                    What::Covered { .. } => BracketKind::Covers,
                    _ => continue,
                };
                found.brackets.push(Bracketed {
                    new: self.quoted(&(row..row + 1)),
                    old: Some(self.held(&(unit..unit + 1))),
                    kind,
                    negation: is_negation(self.search.index.form(unit)),
                });
            }
        }
        found.brackets.sort_by_key(|bracket| bracket.new.span.start);
    }

    fn marked(&self, found: &mut Found, number: usize, row: usize, units: &Range<usize>) {
        let index = self.search.index;
        let item = &self.search.quotation.items[self.search.rows.items[row]];
        let own = |unit: usize| index.traits(unit).has(Traits::AFTER_ELLIPSIS);
        // An ellipsis first matches one of the source; what is missing beside it then has no mark.
        let at_pause = item.what == What::Ellipsis { bracketed: false } && (own(units.start) || own(units.end));
        if at_pause && units.len() <= MOST_AT_PAUSE {
            let nothing = row + 1..row + 1;
            match self.why_left_out(&nothing, units) {
                Some(why) => found.left_out.push(LeftOut {
                    words: self.held(units),
                    why,
                }),
                None => found.edits.push(self.edit(number, &nothing, units)),
            }
            return;
        }
        let (first, last) = (index.part_of(units.start.saturating_sub(1)), index.part_of(units.end));
        let speaker = |part: usize| index.segment(part).speaker.as_deref();
        found.omissions.push(Omission {
            words: Some(self.held(units)),
            count: units.len(),
            negations: self.negations(units),
            other_speaker: (first..=last).any(|part| speaker(part) != speaker(first)),
            out_of_order: false,
        });
    }

    fn negations(&self, units: &Range<usize>) -> Vec<String> {
        const MOST: usize = 20;
        let words = self.edit_words(units);
        let denying = words.iter().filter(|word| is_negation(word.folded));
        denying.take(MOST).map(|word| word.written.to_owned()).collect()
    }

    fn join(&self, found: &mut Found, from: usize, to: usize, marked: bool) {
        let index = self.search.index;
        let same_source = index.source_of(index.part_of(from)) == index.source_of(index.part_of(to));
        if marked {
            found.omissions.push(Omission {
                words: None,
                count: 0,
                negations: Vec::new(),
                other_speaker: false,
                out_of_order: true,
            });
        } else {
            found.splices.push(Splice {
                between: same_source.then(|| to.abs_diff(from).saturating_sub(1)),
                reversed: same_source && to <= from,
            });
        }
    }

    /// The speakers of the words that agree, and whether all of them may be the one who is claimed.
    fn speakers(&self) -> (Vec<String>, bool) {
        let index = self.search.index;
        let mut speakers: Vec<String> = Vec::new();
        let mut claimed = true;
        for event in self.events {
            let (Event::Agree { units, .. } | Event::Bracket { units, .. }) = event else {
                continue;
            };
            if units.is_empty() {
                continue;
            }
            for part in index.part_of(units.start)..=index.part_of(units.end - 1) {
                if index.units_of_part(part).is_empty() {
                    continue;
                }
                claimed &= self.search.speakers.is_claimed(part);
                if let Some(speaker) = &index.segment(part).speaker
                    && !speakers.contains(speaker)
                {
                    speakers.push(speaker.clone());
                }
            }
        }
        (speakers, claimed)
    }

    fn wording(&self, found: &Found) -> Wording {
        let own = self
            .search
            .rows
            .rows
            .iter()
            .filter(|row| matches!(row, Row::Word(_) | Row::OneOf(_)))
            .count();
        let (agreeing, longest) = self.agreeing();
        let out: usize = self
            .events
            .iter()
            .map(|event| match event {
                Event::Differ { rows, units } if self.why_left_out(rows, units).is_none() => {
                    units.len().saturating_sub(rows.len())
                }
                _ => 0,
            })
            .sum();
        let clean = found.edits.is_empty() && found.splices.is_empty();
        // Words left out count against a passage as words that differ do.
        let enough =
            agreeing * 100 >= (own + out) * ALTERED_SHARE && (clean || longest >= FEWEST_OF_PIECE.min(own / 2).max(2));
        let joined = found.splices.is_empty() || self.by_piece().iter().all(|words| *words >= FEWEST_OF_PIECE);
        if !enough
            || !joined
            || found.omissions.iter().any(|omission| omission.out_of_order)
                && self.by_piece().iter().any(|words| *words < FEWEST_OF_PIECE)
        {
            Wording::Different
        } else if !found.splices.is_empty() || found.omissions.iter().any(|omission| omission.out_of_order) {
            Wording::Spliced
        } else if !found.edits.is_empty() {
            Wording::Altered
        } else if !found.omissions.is_empty() {
            Wording::Elided
        } else if found.brackets.iter().any(|bracket| bracket.kind != BracketKind::Same) {
            Wording::Bracketed
        } else if !found.left_out.is_empty() {
            Wording::Cleaned
        } else {
            Wording::Verbatim
        }
    }

    /// How many words agree, and how many do in a row.
    fn agreeing(&self) -> (usize, usize) {
        let runs = self.events.iter().map(|event| match event {
            Event::Agree { rows, .. } => rows.len(),
            _ => 0,
        });
        (runs.clone().sum(), runs.max().unwrap_or(0))
    }

    /// How many words agree in each place that is joined.
    fn by_piece(&self) -> Vec<usize> {
        let mut pieces = vec![0];
        for event in self.events {
            match event {
                Event::Agree { rows, .. } => *pieces.last_mut().expect("it begins with one") += rows.len(),
                Event::Join { .. } => pieces.push(0),
                _ => {}
            }
        }
        pieces
    }

    /// Of a passage that is called different, the one place that has most of its words stays; none
    /// where that is too little.
    fn keep_nearest(&self, found: &mut Found) {
        let own = self
            .search
            .rows
            .rows
            .iter()
            .filter(|row| matches!(row, Row::Word(_) | Row::OneOf(_)))
            .count();
        let by_piece = self.by_piece();
        let most = by_piece.iter().copied().max().unwrap_or(0);
        let nearest = by_piece
            .iter()
            .position(|words| *words == most)
            .filter(|_| most * 100 >= own * NEAREST_SHARE && own > 2);
        found.pieces = match nearest {
            Some(piece) if by_piece.len() == found.pieces.len() => vec![found.pieces[piece].clone()],
            Some(_) => found.pieces.drain(..).take(1).collect(),
            None => Vec::new(),
        };
        found.splices.clear();
        if found.pieces.is_empty() {
            found.edits.clear();
            found.brackets.clear();
            found.omissions.clear();
            found.left_out.clear();
            found.speakers.clear();
        }
    }

    /// The strictest level of the words that agree.
    fn level(&self, found: &Found) -> Option<Level> {
        let search = self.search;
        let text = |unit: usize| search.index.sources[search.index.source_of(search.index.part_of(unit))].text;
        let all = search.rows.items.len() == search.quotation.items.len();
        let noted = search.quotation.items.iter().any(|item| item.what == What::Note);
        let whole = found.wording == Wording::Verbatim && all && !noted;
        if whole && let Some(piece) = found.pieces.first() {
            let rows = 0..search.rows.rows.len();
            let place = self.held(piece).span;
            let inner = self.quoted(&rows).span;
            return Some(level::of_whole(
                search.quotation.text,
                inner,
                text(piece.start),
                place,
                search.casing,
            ));
        }
        let levels = self.events.iter().filter_map(|event| match event {
            Event::Agree { rows, units } if !units.is_empty() => {
                let held = self.held(units);
                let quoted = self.quoted(rows);
                Some(level::of_words(&quoted.text, &held.text, search.casing))
            }
            _ => None,
        });
        levels.max()
    }

    /// Words of a source.
    fn held(&self, units: &Range<usize>) -> Excerpt {
        let index = self.search.index;
        let part = index.part_of(units.start);
        let span = index.span(units.start).start..index.span(units.end - 1).end;
        Excerpt {
            text: index.sources[index.source_of(part)].text[span.clone()].to_owned(),
            span,
        }
    }

    /// Words of the quotation.
    fn quoted(&self, rows: &Range<usize>) -> Excerpt {
        let items = &self.search.quotation.items;
        let of = |row: usize| &items[self.search.rows.items[row]].span;
        let span = of(rows.start).start..of(rows.end - 1).end;
        Excerpt {
            text: self.search.quotation.text[span.clone()].to_owned(),
            span,
        }
    }
}

/// What words look like, whatever letters they are made of.
fn unicode_look(words: &str) -> String {
    crate::text::hidden::look(words)
}
