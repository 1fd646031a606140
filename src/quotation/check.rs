//! Looks for a quotation and says what it comes to.

use std::collections::HashSet;
use std::ops::Range;

use crate::text::{Casing, hidden};

use super::align::{Explanation, MAX_CELLS, Row, Step, explain};
use super::context::{context_of, direct_negation};
use super::judge::{Found, judge};
use super::outcome::{Checked, Claimed, Excerpt, Outcome, Place, Pointed, Searched, Wording};
use super::parse::{Quotation, What};
use super::plain_search;
use super::seed::{NO_WORD, Run, columns, runs, windows};
use super::source::Index;
use super::speaker::Speakers;

/// The most places that are written out.
pub const MAX_PLACES_SHOWN: usize = 50;

/// The most places whose level is looked at; of more, the first are.
const MAX_PLACES_JUDGED: usize = 2000;

/// A word of a quotation that no source has.
const UNKNOWN: u32 = NO_WORD - 1;

/// What is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// The speaker to whom the quotation is attributed.
    pub speaker: Option<String>,
    /// The numbers of the texts to look in; all of them where it is absent.
    pub within: Option<Vec<usize>>,
    /// How letters without case are made: the index's.
    pub casing: Casing,
}

/// Looks for a quotation in the texts of an index.
///
/// The result does not depend on the order of the texts. Numbers in `within` that no text has are passed over.
pub fn check(index: &Index<'_>, quotation: &Quotation<'_>, ask: &Ask) -> Checked {
    let mut sources: Vec<usize> = match &ask.within {
        Some(within) => within
            .iter()
            .copied()
            .filter(|source| *source < index.sources())
            .collect(),
        None => (0..index.sources()).collect(),
    };
    sources.sort_unstable();
    sources.dedup();
    let speakers = Speakers::new(index, &sources, ask.speaker.as_deref());
    let search = Search {
        index,
        quotation,
        casing: ask.casing,
        rows: Rows::of(index, quotation),
        speakers: &speakers,
        within: sources.iter().map(|source| index.units_of(*source)).collect(),
    };
    let found = search.best();
    let mut checked = match found {
        Some(found) => search.told(found),
        None => plain_search::checked(index, quotation, &sources),
    };
    checked.claimed = ask.speaker.as_ref().map(|name| Claimed {
        name: name.clone(),
        read_as: speakers.read_as(),
    });
    checked.searched = Searched {
        sources: sources.len(),
        segments: sources.iter().map(|source| index.sources[*source].segments.len()).sum(),
    };
    point_out(&mut checked, quotation);
    checked
}

/// The rows of a quotation, without ellipses at its ends, and the item that each is of.
pub(super) struct Rows {
    pub rows: Vec<Row>,
    pub items: Vec<usize>,
    /// The word of each row that is one and stands by itself.
    words: Vec<Option<u32>>,
}

impl Rows {
    fn of(index: &Index<'_>, quotation: &Quotation<'_>) -> Rows {
        let marks = |what: &What| matches!(what, What::Ellipsis { .. } | What::Note);
        let items = &quotation.items;
        let first = items.iter().position(|item| !marks(&item.what)).unwrap_or(items.len());
        let last = items
            .iter()
            .rposition(|item| !marks(&item.what))
            .map_or(first, |last| last + 1);
        let key = |form: &str| index.key_of(form).unwrap_or(UNKNOWN);
        let keys = |words: &[String]| words.iter().map(|word| key(word)).collect::<Vec<u32>>();
        let row = |what: &What| match what {
            What::Word(unit) => Row::Word(key(&unit.form)),
            What::Partial { whole, before, after } => Row::OneOf(partial(index, whole, before, after)),
            What::Bracket(words) => Row::Bracket(keys(words)),
            What::Missing(words) => Row::Missing(keys(words)),
            What::Covered { before, after } if before.is_empty() && after.is_empty() => Row::Missing(Vec::new()),
            What::Covered { before, after } => Row::OneOf(index.words_like(before, after)),
            What::Ellipsis { .. } => Row::Ellipsis,
            What::Note => Row::Note,
        };
        let rows: Vec<Row> = items[first..last].iter().map(|item| row(&item.what)).collect();
        let word = |row: &Row| match row {
            Row::Word(key) if *key != UNKNOWN => Some(*key),
            _ => None,
        };
        Rows {
            words: rows.iter().map(word).collect(),
            items: (first..last).collect(),
            rows,
        }
    }
}

/// The words that a word with a part in brackets may stand for: itself, or those that have the
/// part outside of the brackets, where that says enough.
fn partial(index: &Index<'_>, whole: &str, before: &str, after: &str) -> HashSet<u32> {
    const TELLING: usize = 3;
    let mut keys: HashSet<u32> = index.key_of(whole).into_iter().collect();
    if before.chars().count() + after.chars().count() >= TELLING {
        keys.extend(index.words_like(before, after));
    }
    keys
}

pub(super) struct Search<'a, 't> {
    pub index: &'a Index<'t>,
    pub quotation: &'a Quotation<'a>,
    pub casing: Casing,
    pub rows: Rows,
    pub speakers: &'a Speakers,
    pub within: Vec<Range<usize>>,
}

impl Search<'_, '_> {
    /// The best of what is found; none where the quotation has no words to look for.
    fn best(&self) -> Option<Vec<Found>> {
        if self
            .rows
            .rows
            .iter()
            .all(|row| !matches!(row, Row::Word(_) | Row::OneOf(_)))
        {
            return None;
        }
        let all = runs(self.index, &self.rows.words, &self.within);
        let exact = self.exact(&all);
        if exact.iter().any(|found| found.is_claimed) {
            return Some(exact.into_iter().filter(|found| found.is_claimed).collect());
        }
        // Before the words are said to be somebody else's, those of the claimed speaker are looked at alone.
        let anybody = if exact.is_empty() {
            self.aligned(all, &self.within)
        } else {
            exact
        };
        if self.speakers.is_claim() && anybody.first().is_some_and(|found| !found.is_claimed) {
            let theirs = self.speakers.units(self.index, &self.within);
            let runs = runs(self.index, &self.rows.words, &theirs);
            let own = self.aligned(runs, &theirs);
            if own.first().is_some_and(|found| found.wording <= Wording::Elided) {
                return Some(own);
            }
        }
        Some(anybody)
    }

    /// The places where every word stands as quoted.
    fn exact(&self, runs: &[Run]) -> Vec<Found> {
        let rows = self.rows.rows.len();
        let mut found: Vec<Found> = Vec::new();
        let mut whole: Vec<usize> = runs.iter().filter(|run| run.len == rows).map(|run| run.unit).collect();
        whole.sort_unstable_by_key(|unit| (!self.speakers.is_claimed(self.index.part_of(*unit)), *unit));
        for unit in whole.into_iter().take(MAX_PLACES_JUDGED) {
            let window = unit..unit + rows;
            let columns = columns(self.index, std::slice::from_ref(&window), rows + 1, |part| {
                self.speakers.is_claimed(part)
            });
            let steps: Vec<Step> = (0..rows).map(|row| Step::Same { row, column: row + 1 }).collect();
            found.push(judge(self, &columns, &steps));
        }
        // Where several places agree, those that agree at the strictest level do.
        let strictest = found
            .iter()
            .filter(|found| found.is_claimed)
            .filter_map(|found| found.level)
            .min();
        if strictest.is_some() {
            found.retain(|found| found.is_claimed && found.level == strictest);
        }
        found
    }

    /// What the cheapest explanation from the windows around `runs` comes to.
    fn aligned(&self, runs: Vec<Run>, within: &[Range<usize>]) -> Vec<Found> {
        let rows = &self.rows.rows;
        let claimed = |part: usize| self.speakers.is_claimed(part);
        let most = MAX_CELLS / (rows.len() + 1) - 1;
        let preferred = |unit: usize| claimed(self.index.part_of(unit));
        let windows = windows(self.index, runs, rows.len(), within, most, preferred);
        let columns = columns(self.index, &windows, most, claimed);
        let equals = self.equals(&columns);
        let Some(Explanation { ways, .. }) = explain(rows, &columns, &equals) else {
            return Vec::new();
        };
        let mut found: Vec<Found> = ways.iter().map(|steps| judge(self, &columns, steps)).collect();
        let first = found[0].wording;
        found.retain(|found| found.wording == first);
        if first > Wording::Elided {
            found.truncate(1);
        }
        found
    }

    /// The result, by the first of what was found.
    fn told(&self, mut found: Vec<Found>) -> Checked {
        let place_count = found.len();
        let Some(first) = (!found.is_empty()).then(|| found.remove(0)) else {
            return Checked::nothing();
        };
        let mut places: Vec<Place> = first
            .pieces
            .iter()
            .map(|piece| self.place(piece.clone(), None))
            .collect();
        if first.wording <= Wording::Elided {
            let rest = found.iter().take(MAX_PLACES_SHOWN - 1);
            // Each of several places is shown as a whole.
            let whole = |found: &Found| found.pieces[0].start..found.pieces[found.pieces.len() - 1].end;
            places = std::iter::once(&first)
                .chain(rest)
                .map(|found| self.place(whole(found), found.level))
                .collect();
        }
        let asks = self
            .quotation
            .text
            .trim_end_matches(['"', '”', '’', '\'', ')', ' '])
            .ends_with(['?', '؟']);
        let context = first.pieces.first().map(|piece| {
            context_of(
                self.index,
                piece.clone(),
                first.pieces[first.pieces.len() - 1].clone(),
                asks,
            )
        });
        let quoting = context.as_ref().is_some_and(|context| context.quoted_within.is_some());
        let outcome = match first.wording {
            Wording::Different => {
                if first.pieces.is_empty() {
                    Outcome::NotFound
                } else {
                    Outcome::Nearest
                }
            }
            _ if first.speakers.len() > 1 => Outcome::TwoSpeakers,
            _ if !first.is_claimed => Outcome::AnotherSpeaker,
            Wording::Spliced => Outcome::Spliced,
            Wording::Altered => Outcome::Altered,
            _ if place_count > 1 => Outcome::Ambiguous,
            _ if quoting => Outcome::QuotingAnother,
            Wording::Elided => Outcome::Elided,
            Wording::Bracketed => Outcome::Bracketed,
            Wording::Cleaned => Outcome::Cleaned,
            Wording::Verbatim => Outcome::Verbatim,
        };
        Checked {
            outcome,
            wording: first.wording,
            level: first.level.filter(|_| first.wording != Wording::Different),
            place_count: if first.wording == Wording::Different {
                places.len()
            } else {
                place_count
            },
            places,
            left_out: first.left_out,
            omissions: first.omissions,
            brackets: first.brackets,
            edits: first.edits,
            splices: first.splices,
            notes: self.notes(),
            speakers: first.speakers,
            context,
            ..Checked::nothing()
        }
    }

    /// Units that stand together, as a place.
    fn place(&self, units: Range<usize>, level: Option<crate::text::Level>) -> Place {
        let (index, part) = (self.index, self.index.part_of(units.start));
        let source = &index.sources[index.source_of(part)];
        let span = index.span(units.start).start..index.span(units.end - 1).end;
        let segment = index.segment(part);
        Place {
            source: source.name.clone(),
            speaker: segment.speaker.clone(),
            cited_as: segment.cited_as.clone(),
            line: source.text[..span.start].matches('\n').count() + 1,
            cut_after: direct_negation(index, units.start),
            level,
            words: Excerpt {
                text: source.text[span.clone()].to_owned(),
                span,
            },
        }
    }

    fn notes(&self) -> Vec<Excerpt> {
        let notes = self.quotation.items.iter().filter(|item| item.what == What::Note);
        notes
            .map(|item| Excerpt {
                text: self.quotation.text[item.span.clone()].to_owned(),
                span: item.span.clone(),
            })
            .collect()
    }
}

/// Lists the characters of the quotation and of its places that are not what they seem.
fn point_out(checked: &mut Checked, quotation: &Quotation<'_>) {
    const MOST: usize = 100;
    let pointed = |text: &str, base: usize, in_quotation: bool| {
        hidden(text)
            .into_iter()
            .map(move |hidden| Pointed {
                in_quotation,
                span: base + hidden.span.start..base + hidden.span.end,
                name: hidden.name(),
                kind: hidden.kind,
            })
            .collect::<Vec<_>>()
    };
    let mut found = pointed(quotation.text, 0, true);
    for place in checked.places.iter().take(1) {
        found.extend(pointed(&place.words.text, place.words.span.start, false));
    }
    found.truncate(MOST);
    checked.hidden = found;
}
