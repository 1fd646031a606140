//! From the aligned table to what a reader is told: the differences, their classes and places.
//!
//! A difference is a longest run of columns in each of which some witness has no word, or another
//! one. Its classes are those of the words that are not in every witness. What was moved word for
//! word is no difference; what was altered within a moved passage is one.

mod cells;

use std::collections::HashMap;
use std::ops::Range;

use super::align::align;
use super::elsewhere;
use super::moved::{self, Block};
use super::slots::{Slots, matches};
use super::table::Table;
use super::{
    Collation, Difference, Elsewhere, HiddenShown, MAX_HIDDEN, Moved, Options, Reading, Shown, Spot, Tally, Text,
};
use crate::text::lexicon::{self, EditWord};
use crate::text::{EditClass, hidden};
use cells::Ties;

/// How many words are shown before and after a place.
const CONTEXT: usize = 6;

/// Analyses texts that are within the limits.
pub(super) fn analyse(texts: &[Text<'_>], options: &Options) -> Collation {
    let slots = slots_of(texts);
    let table = Table::of(&slots);
    let blocks = blocks(texts, &slots, &table);
    let ties = Ties::of(texts, &table);
    let mut found = Vec::new();
    let before = table.units_before();
    for columns in places(texts, &table, &ties, &blocks) {
        found.push(in_columns(texts, &table, &before, columns));
    }
    let mut moved = Vec::new();
    for (number, block) in (1..).zip(&blocks) {
        let inner = in_block(texts, &slots, block, number);
        moved.push(moved_passage(texts, block, number, !inner.is_empty()));
        found.extend(inner);
    }
    found.sort_by_key(|difference| difference.class);
    for (number, difference) in (1..).zip(&mut found) {
        difference.number = number;
    }
    let agreed: Vec<usize> = (0..table.width()).filter(|column| table.is_full(*column)).collect();
    Collation {
        level: options.level,
        exact: table.exact,
        witnesses: ('A'..='Z')
            .zip(texts)
            .map(|(letter, text)| shown(letter, text))
            .collect(),
        written_otherwise: agreed
            .iter()
            .filter(|column| is_written_otherwise(texts, &table, **column))
            .count(),
        agreed: agreed.len(),
        tally: tally(&found),
        moved,
        differences: found,
        elsewhere: stand_elsewhere(texts, &slots, &table),
        table: if options.table {
            cells::cells(texts, &table, &ties)
        } else {
            Vec::new()
        },
    }
}

/// The words of every text as symbols. Equal letters have one symbol, in the order of the letters, so
/// that nothing depends on the order of the texts.
pub(super) fn slots_of(texts: &[Text<'_>]) -> Vec<Slots> {
    let mut forms: Vec<&str> = Vec::new();
    for text in texts {
        forms.extend(text.folded.forms());
        for unit in 0..text.folded.len() {
            forms.extend(text.folded.readings(unit));
        }
        forms.sort_unstable();
        forms.dedup();
    }
    let symbols: HashMap<&str, u32> = forms.into_iter().zip(0..).collect();
    let slots = |text: &Text<'_>| {
        let mut slots = Slots::default();
        for unit in 0..text.folded.len() {
            let own = symbols[text.folded.form(unit)];
            slots.push(text.folded.readings(unit).iter().map(|form| symbols[form]).chain([own]));
        }
        slots
    };
    texts.iter().map(slots).collect()
}

/// The moved passages of every two witnesses.
fn blocks(texts: &[Text<'_>], slots: &[Slots], table: &Table) -> Vec<Block> {
    let mut blocks = Vec::new();
    for one in 0..texts.len() {
        for other in one + 1..texts.len() {
            let has_meaning = |unit: usize| class_of(&texts[one], unit) != EditClass::Function;
            blocks.extend(moved::find(table, slots, one, other, has_meaning));
        }
    }
    blocks
}

/// The runs of columns in which witnesses differ, widened to whole tokens.
fn places(texts: &[Text<'_>], table: &Table, ties: &Ties, blocks: &[Block]) -> Vec<Range<usize>> {
    // For each unit, the witnesses that have it at another place.
    let mut elsewhere: Vec<Vec<u32>> = texts.iter().map(|text| vec![0; text.folded.len()]).collect();
    for block in blocks {
        elsewhere[block.one][block.in_one.clone()]
            .iter_mut()
            .for_each(|mask| *mask |= 1 << block.other);
        elsewhere[block.other][block.in_other.clone()]
            .iter_mut()
            .for_each(|mask| *mask |= 1 << block.one);
    }
    let differs = |column: usize| {
        let absent = (0..texts.len()).filter(|witness| table.unit(*witness, column).is_none());
        let absent = absent.fold(0_u32, |mask, witness| mask | 1 << witness);
        let unmoved = |witness: usize| {
            let unit = table.unit(witness, column);
            unit.is_some_and(|unit| absent & !elsewhere[witness][unit] != 0)
        };
        absent != 0 && (0..texts.len()).any(unmoved)
    };
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut column = 0;
    while column < table.width() {
        if !differs(column) {
            column += 1;
            continue;
        }
        let start = column;
        while column < table.width() && differs(column) {
            column += 1;
        }
        let wide = ties.widened(start..column);
        match places.last_mut() {
            Some(last) if wide.start < last.end => last.end = last.end.max(wide.end),
            _ => places.push(wide),
        }
    }
    places
}

/// The difference in a run of columns.
fn in_columns(texts: &[Text<'_>], table: &Table, before: &[Vec<u32>], columns: Range<usize>) -> Difference {
    let mut classes = Vec::new();
    let mut sides = Vec::new();
    for (witness, text) in texts.iter().enumerate() {
        let units: Vec<usize> = columns
            .clone()
            .filter_map(|column| table.unit(witness, column))
            .collect();
        for column in columns.clone().filter(|column| !table.is_full(*column)) {
            classes.extend(table.unit(witness, column).map(|unit| class_of(text, unit)));
        }
        let units = match (units.first(), units.last()) {
            (Some(first), Some(last)) => *first..*last + 1,
            _ => {
                let next = before[witness][columns.start] as usize;
                next..next
            }
        };
        sides.push((witness, units));
    }
    difference(texts, &sides, classes, None)
}

/// The differences within a moved passage.
fn in_block(texts: &[Text<'_>], slots: &[Slots], block: &Block, number: usize) -> Vec<Difference> {
    let (left, right) = (&texts[block.one], &texts[block.other]);
    let parts = (
        slots[block.one].part(block.in_one.clone()),
        slots[block.other].part(block.in_other.clone()),
    );
    let pairs = align(&parts.0, &parts.1).pairs;
    let ends = [(parts.0.len(), parts.1.len())];
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (to_i, to_j) in pairs.iter().map(|(i, j)| (*i as usize, *j as usize)).chain(ends) {
        if i < to_i || j < to_j {
            let ours = block.in_one.start + i..block.in_one.start + to_i;
            let theirs = block.in_other.start + j..block.in_other.start + to_j;
            let classes = ours.clone().map(|unit| class_of(left, unit));
            let classes = classes
                .chain(theirs.clone().map(|unit| class_of(right, unit)))
                .collect();
            found.push(difference(
                texts,
                &[(block.one, ours), (block.other, theirs)],
                classes,
                Some(number),
            ));
        }
        (i, j) = (to_i + 1, to_j + 1);
    }
    found
}

/// Groups what witnesses have by their folded words.
fn difference(
    texts: &[Text<'_>],
    sides: &[(usize, Range<usize>)],
    mut classes: Vec<EditClass>,
    in_moved: Option<usize>,
) -> Difference {
    classes.sort_unstable();
    classes.dedup();
    let mut groups: Vec<(Vec<&str>, Reading)> = Vec::new();
    for (witness, units) in sides {
        let text = &texts[*witness];
        let folded: Vec<&str> = units.clone().map(|unit| text.folded.form(unit)).collect();
        let spot = spot(text, letter(*witness), units.clone());
        match groups.iter_mut().find(|(other, _)| *other == folded) {
            Some((_, reading)) => reading.at.push(spot),
            None => groups.push((
                folded,
                Reading {
                    words: spot.words.clone(),
                    at: vec![spot],
                },
            )),
        }
    }
    Difference {
        number: 0,
        class: classes.first().copied().unwrap_or(EditClass::Function),
        classes,
        in_moved,
        readings: groups.into_iter().map(|(_, reading)| reading).collect(),
    }
}

fn moved_passage(texts: &[Text<'_>], block: &Block, number: usize, altered: bool) -> Moved {
    let text = &texts[block.one];
    let mut holds: Vec<EditClass> = block.in_one.clone().map(|unit| class_of(text, unit)).collect();
    holds.retain(|class| *class <= EditClass::Date);
    holds.sort_unstable();
    holds.dedup();
    Moved {
        number,
        altered,
        holds,
        at: [
            spot(text, letter(block.one), block.in_one.clone()),
            spot(&texts[block.other], letter(block.other), block.in_other.clone()),
        ],
    }
}

/// The negations and numbers of every two witnesses that stand among other words in each.
fn stand_elsewhere(texts: &[Text<'_>], slots: &[Slots], table: &Table) -> Vec<Elsewhere> {
    let mut found = Vec::new();
    for one in 0..texts.len() {
        for other in one + 1..texts.len() {
            let class = |i: usize, j: usize| class_of(&texts[one], i).min(class_of(&texts[other], j));
            let matter = |i: usize, j: usize| class(i, j) <= EditClass::Number;
            let pairs = table.pairs(one, other, |i, j| matches(slots[one].at(i), slots[other].at(j)));
            for (i, j) in elsewhere::find(&slots[one], &slots[other], &pairs, matter) {
                found.push(Elsewhere {
                    number: 0,
                    class: class(i, j),
                    at: [
                        spot(&texts[one], letter(one), i..i + 1),
                        spot(&texts[other], letter(other), j..j + 1),
                    ],
                });
            }
        }
    }
    found.sort_by_key(|word| word.class);
    for (number, word) in (1..).zip(&mut found) {
        word.number = number;
    }
    found
}

/// Words of a witness with what stands around them. Where there are none, the place is after the word
/// before.
fn spot(text: &Text<'_>, witness: char, units: Range<usize>) -> Spot {
    let Text {
        witness: source,
        folded,
    } = text;
    let tokens_of = |units: Range<usize>| {
        let last = units.end.checked_sub(1).filter(|last| units.start <= *last)?;
        Some(folded.tokens(units.start).start..folded.tokens(last).end)
    };
    let words = |units: Range<usize>| tokens_of(units).map_or_else(String::new, |tokens| source.words(tokens));
    let bytes = match tokens_of(units.clone()) {
        Some(tokens) => source.tokens[tokens.start].span().start..source.tokens[tokens.end - 1].span().end,
        None => {
            let before = units.start.checked_sub(1).map(|unit| folded.tokens(unit).end - 1);
            let at = before.map_or(0, |token| source.tokens[token].span().end);
            at..at
        }
    };
    Spot {
        witness,
        words: words(units.clone()),
        before: words(units.start.saturating_sub(CONTEXT)..units.start),
        after: words(units.end..(units.end + CONTEXT).min(folded.len())),
        place: source.place(bytes),
    }
}

/// The class of a word by itself.
fn class_of(text: &Text<'_>, unit: usize) -> EditClass {
    let tokens = text.folded.tokens(unit);
    let source = &text.witness.text;
    let before = text.witness.tokens[..tokens.start]
        .iter()
        .rev()
        .find(|token| token.is_word() || !token.is_quoting());
    lexicon::class_of(&EditWord {
        written: text.witness.tokens[tokens.start].of(source),
        folded: text.folded.form(unit),
        begins_sentence: before.is_none_or(|token| matches!(token.of(source), "." | "?" | "!" | ":" | "…" | "...")),
    })
}

/// Whether a word that all witnesses have is not written the same in all.
fn is_written_otherwise(texts: &[Text<'_>], table: &Table, column: usize) -> bool {
    let written = |witness: usize| {
        let text = &texts[witness];
        let unit = table.unit(witness, column)?;
        let tokens = &text.witness.tokens[text.folded.tokens(unit)];
        Some(crate::text::fold(
            &text.witness.text,
            tokens,
            crate::text::Level::Form,
            Default::default(),
        ))
    };
    let first = written(0);
    (1..texts.len()).any(|witness| {
        let other = written(witness);
        match (&first, &other) {
            (Some(first), Some(other)) => !first.forms().eq(other.forms()),
            _ => true,
        }
    })
}

fn tally(found: &[Difference]) -> Vec<Tally> {
    let count = |class: EditClass| Tally {
        class,
        differences: found.iter().filter(|difference| difference.class == class).count(),
    };
    EditClass::ALL
        .into_iter()
        .map(count)
        .filter(|tally| tally.differences > 0)
        .collect()
}

fn shown(letter: char, text: &Text<'_>) -> Shown {
    let all = hidden(&text.witness.text);
    let listed = all.iter().take(MAX_HIDDEN).map(|hidden| HiddenShown {
        name: hidden.name(),
        place: text.witness.place(hidden.span.clone()),
    });
    Shown {
        letter,
        name: text.witness.name.clone(),
        bytes: text.witness.text.len(),
        words: text.folded.len(),
        hidden_count: all.len(),
        hidden: listed.collect(),
    }
}

fn letter(witness: usize) -> char {
    ('A'..='Z').nth(witness).unwrap_or('?')
}
