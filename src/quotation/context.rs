//! What stands around quoted words and governs what they mean.
//!
//! `I do not` before `agree with that` turns it around, though every quoted word is verbatim
//! (the rule of FRE 106: what ought in fairness to be read with it).
//!
//! Looked at are the sentences that the words are of, by closed English lists: a negation, a
//! condition, a report or the rest of a question that is not quoted. That one of these words
//! governs the quoted ones is not always so; it stands in their sentence, which is what is said.

use std::ops::Range;

use crate::text::lexicon::is_negation;
use crate::text::{number, sentences};

use super::marks::passages;
use super::outcome::{Answered, Context, Excerpt, Governing, Governs};
use super::reporting::{conditions, reports};
use super::source::Index;
use super::unit::Traits;

/// How much text before and after a place is looked at, in bytes.
const AROUND: usize = 6000;

/// How much of what was said before is shown, in bytes.
const SHOWN_BEFORE: usize = 400;

/// How many things of one kind are listed, the nearest first.
const MOST_OF_KIND: usize = 2;

/// What stands around the words from the units of `first` to those of `last`, the first and the last place of a
/// quotation. `asks`: the quotation holds the question mark.
pub(super) fn context_of(index: &Index<'_>, first: Range<usize>, last: Range<usize>, asks: bool) -> Context {
    let (part, last_part) = (index.part_of(first.start), index.part_of(last.end - 1));
    let source = &index.sources[index.source_of(part)];
    let from = index.span(first.start).start;
    let one_source = index.source_of(last_part) == index.source_of(part);
    let to = if one_source && last.end > first.start {
        index.span(last.end - 1).end
    } else {
        index.span(first.end - 1).end
    };
    let segment = index.segment(part).span.start
        ..index
            .segment(if one_source { last_part } else { part })
            .span
            .end
            .max(to);
    let region = near(source.text, segment, from..to);
    let excerpt = |span: Range<usize>| Excerpt {
        text: source.text[span.clone()].to_owned(),
        span,
    };
    let cut = sentences(&source.text[region.clone()]).unwrap_or_default();
    let cut: Vec<Range<usize>> = cut
        .into_iter()
        .map(|span| region.start + span.start..region.start + span.end)
        .collect();
    let begins = cut.iter().rposition(|sentence| sentence.start <= from).unwrap_or(0);
    let ends = cut
        .iter()
        .position(|sentence| sentence.end >= to)
        .unwrap_or(cut.len().saturating_sub(1))
        .max(begins);
    let mut context = Context {
        answered: answered(index, part),
        quoted_within: quoted_within(source.text, &region, &(from..to)),
        ..Context::default()
    };
    if let (Some(one), Some(other)) = (cut.get(begins), cut.get(ends)) {
        context.sentence = Some(excerpt(one.start..other.end));
        context.before = begins.checked_sub(1).map(|before| excerpt(cut[before].clone()));
        context.after = cut.get(ends + 1).cloned().map(excerpt);
        context.governing = governing(
            index,
            first.start,
            last.end.max(first.start + 1),
            one.start,
            other.end,
            asks,
        );
    }
    context
}

/// The part of a segment that is within [`AROUND`] of a place.
fn near(text: &str, segment: Range<usize>, place: Range<usize>) -> Range<usize> {
    let mut start = place.start.saturating_sub(AROUND).max(segment.start);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (place.end + AROUND).min(segment.end).max(place.end);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start.min(place.start)..end
}

/// A negation right before a unit, with no pause and no end of a sentence between.
pub(super) fn direct_negation(index: &Index<'_>, unit: usize) -> Option<Excerpt> {
    let before = unit
        .checked_sub(1)
        .filter(|before| index.part_of(*before) == index.part_of(unit))?;
    let traits = index.traits(unit);
    if traits.after_pause() || traits.has(Traits::AFTER_STOP) || !is_negation(index.form(before)) {
        return None;
    }
    Some(word(index, before))
}

fn word(index: &Index<'_>, unit: usize) -> Excerpt {
    let span = index.span(unit);
    Excerpt {
        text: index.sources[index.source_of(index.part_of(unit))].text[span.clone()].to_owned(),
        span,
    }
}

/// What governs the units from `first` to before `end` in the sentences from byte `from` to byte `to`.
fn governing(index: &Index<'_>, first: usize, end: usize, from: usize, to: usize, asks: bool) -> Vec<Governing> {
    let units = index.units_of_part(index.part_of(first));
    let last_units = index.units_of_part(index.part_of(end - 1));
    let left = (units.start..first)
        .rev()
        .take_while(|unit| index.span(*unit).start >= from);
    let right = (end..last_units.end).take_while(|unit| index.span(*unit).end <= to);
    let mut found: Vec<Governing> = Vec::new();
    let mut add = |kind: Governs, unit: usize, before: bool| {
        let few = found
            .iter()
            .filter(|one| one.kind == kind && one.before == before)
            .count()
            < MOST_OF_KIND;
        if few {
            found.push(Governing {
                kind,
                words: word(index, unit),
                words_between: if before { first - unit - 1 } else { unit - end },
                before,
            });
        }
    };
    for unit in left {
        let form = index.form(unit);
        if is_negation(form) {
            add(Governs::Negation, unit, true);
        } else if conditions(form) {
            add(Governs::Condition, unit, true);
        } else if reports(form) && by_another(index, unit, &units) {
            add(Governs::Report, unit, true);
        }
    }
    for unit in right {
        let form = index.form(unit);
        if conditions(form) {
            add(Governs::Condition, unit, false);
        } else if reports(form) && by_another(index, unit, &last_units) && unit - end < 4 {
            add(Governs::Report, unit, false);
        }
    }
    let text = index.sources[index.source_of(index.part_of(first))].text;
    let cut_number = |before: usize, after: usize| {
        number::is_number(index.form(before))
            && number::is_number(index.form(after))
            && !index.traits(after).has(Traits::AFTER_MARK)
    };
    if first > units.start && cut_number(first - 1, first) {
        add(Governs::Number, first - 1, true);
    }
    if end < last_units.end && cut_number(end - 1, end) {
        add(Governs::Number, end, false);
    }
    let sentence = text
        .get(from..to)
        .unwrap_or_default()
        .trim_end_matches(['"', '”', '’', '\'', ')', ']', ' ', '-', '—']);
    if sentence.ends_with(['?', '؟']) && !asks {
        let mark = from + sentence.len() - sentence.chars().next_back().map_or(0, char::len_utf8);
        found.push(Governing {
            kind: Governs::Question,
            words: Excerpt {
                text: text[mark..from + sentence.len()].to_owned(),
                span: mark..from + sentence.len(),
            },
            words_between: (end..last_units.end)
                .take_while(|unit| index.span(*unit).end <= mark)
                .count(),
            before: false,
        });
    }
    found.sort_by_key(|one| (!one.before, one.words_between, one.kind));
    found
}

/// Whether the verb at a unit reports somebody else: `he said`, and not `I say`.
fn by_another(index: &Index<'_>, unit: usize, units: &Range<usize>) -> bool {
    let nearest = (units.start..unit).rev().take(2).map(|before| index.form(before));
    nearest
        .into_iter()
        .all(|word| !matches!(word, "i" | "we" | "to" | "you" | "would" | "could" | "can"))
}

/// The end of what somebody else said just before a segment.
fn answered(index: &Index<'_>, part: usize) -> Option<Answered> {
    let source = index.source_of(part);
    let before = (0..part)
        .rev()
        .take_while(|other| index.source_of(*other) == source)
        .find(|other| !index.units_of_part(*other).is_empty())?;
    let (ours, theirs) = (index.segment(part), index.segment(before));
    if theirs.speaker.is_none() || theirs.speaker == ours.speaker {
        return None;
    }
    let text = index.sources[source].text;
    let end = theirs.span.end;
    let start = near(text, theirs.span.clone(), end..end).start.max(theirs.span.start);
    let cut = sentences(&text[start..end]).ok()?;
    let last = cut.last()?;
    let mut from = last.start;
    for sentence in cut.iter().rev().skip(1) {
        if last.end - sentence.start > SHOWN_BEFORE {
            break;
        }
        from = sentence.start;
    }
    let span = start + from..start + last.end;
    let words = text[span.clone()].to_owned();
    let plain = words.trim_end_matches(['-', '—', '–', '"', '”', ' ']);
    Some(Answered {
        speaker: theirs.speaker.clone(),
        is_question: plain.ends_with(['?', '؟']),
        words: Excerpt { text: words, span },
    })
}

/// The passage in quotation marks that a place lies within.
fn quoted_within(text: &str, region: &Range<usize>, place: &Range<usize>) -> Option<Excerpt> {
    let marked = passages(&text[region.clone()]).passages;
    let around = marked
        .into_iter()
        .filter(|marked| marked.is_balanced())
        .map(|marked| region.start + marked.inner.start..region.start + marked.inner.end);
    let span = around
        .into_iter()
        .find(|inner| inner.start <= place.start && place.end <= inner.end)?;
    Some(Excerpt {
        text: text[span.clone()].to_owned(),
        span,
    })
}
