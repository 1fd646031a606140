//! Two statements that are texts of one utterance: rules U1 and U2 of spec/comparison.md.
//!
//! ```text
//! S02 and S03 both translate S01     translation-variance, first of their readings
//! S04 carries S01, as its own words  wording-variance, after what follows if they are its own
//! ```
//!
//! That they are one utterance is what the people say who assert the links; each link is named.

use crate::record::PartyRef;

use super::MAX_ALTERNATIVES_SHOWN;
use super::commitment::source;
use super::index::{Held, Index};
use super::reading::Code;
use super::rules::Rules;

/// How two stances stand to one utterance.
pub struct First {
    translated: bool,
    /// The relations that say so, by their places among the relations of the index.
    pub relations: Vec<usize>,
}

impl First {
    /// The reading that the pair then has.
    pub fn code(&self) -> Code {
        if self.translated {
            Code::TranslationVariance
        } else {
            Code::WordingVariance
        }
    }
}

/// The first code of a pair, of which the shapes of its stances have this one first.
pub fn first_code(index: &Index<'_>, by_shape: Code, a: &Held<'_>, b: &Held<'_>) -> Code {
    first(index, a, b).first().map_or(by_shape, First::code)
}

/// Rule U1: both stances are what texts of one utterance say of it, so that their difference is
/// first of all one between texts. Where links of both sorts say so, both readings stand.
pub fn first(index: &Index<'_>, a: &Held<'_>, b: &Held<'_>) -> Vec<First> {
    if !both_joined(index, a, b) {
        return Vec::new();
    }
    let (translations, mut others) = index.ties.one_utterance(index, a.statement, b.statement);
    if passes_on(index, a, b) {
        others.extend(carrying(index, a, b));
        others.sort_unstable();
        others.dedup();
    }
    let readings = [(true, translations), (false, others)];
    let readings = readings.into_iter().filter(|(_, relations)| !relations.is_empty());
    readings
        .map(|(translated, relations)| First { translated, relations })
        .collect()
}

/// Rule U2: one carries the other, or both carry a third, and says it as its own speaker's. Then
/// it may mean to give the other's words, and may not.
pub fn also(index: &Index<'_>, a: &Held<'_>, b: &Held<'_>) -> Option<Vec<usize>> {
    if !both_joined(index, a, b) || first(index, a, b).iter().any(|first| !first.translated) {
        return None;
    }
    let relations = carrying(index, a, b);
    (!relations.is_empty()).then_some(relations)
}

/// Whether some tie joins each of the two to something: only then can one join them to each other.
fn both_joined(index: &Index<'_>, a: &Held<'_>, b: &Held<'_>) -> bool {
    let is_joined = |held: &Held<'_>| index.ties.is_joined(index, held.statement);
    !index.ties.joins_nothing() && is_joined(a) && is_joined(b)
}

/// Rule U4: other texts of the utterance that a stance is taken in, which take an opposed stance on
/// its question. What a third account contradicts may then be a text, and not the utterance.
pub fn other_texts<'r, 'a>(rules: &'r Rules<'_, 'a>, held: &'r Held<'a>) -> Vec<&'r Held<'a>> {
    let index = rules.index;
    if !index.ties.is_joined(index, held.statement) {
        return Vec::new();
    }
    let parts = |other: &&Held<'a>| {
        let (translations, others) = index.ties.one_utterance(index, held.statement, other.statement);
        let is_text = !translations.is_empty() || !others.is_empty();
        is_text && !rules.codes(&rules.shape(held), &rules.shape(other)).is_empty()
    };
    let stances = index.stances_on(&held.stance.proposition).iter();
    stances.filter(parts).take(MAX_ALTERNATIVES_SHOWN).collect()
}

/// The relations by which two statements are texts of one utterance, or one carries the other.
pub fn relations(index: &Index<'_>, a: usize, b: usize) -> Vec<usize> {
    let (translations, others) = index.ties.one_utterance(index, a, b);
    let mut found = [translations, others, index.ties.carrying(index, a, b, |_| false)].concat();
    found.sort_unstable();
    found.dedup();
    found
}

fn carrying(index: &Index<'_>, a: &Held<'_>, b: &Held<'_>) -> Vec<usize> {
    let question = a.stance.proposition;
    let speaks = |place: usize| index.stances_of(place).any(|(on, _)| *on == question);
    index.ties.carrying(index, a.statement, b.statement, speaks)
}

/// Whether both stances are said to be of one person: the speaker of both statements, or the one
/// according to whom the other statement gives it.
fn passes_on(index: &Index<'_>, a: &Held<'_>, b: &Held<'_>) -> bool {
    let says = |held: &Held<'_>| -> Option<PartyRef> {
        let speaker = index.statement(held.statement)?.speaker.value();
        source(held.stance).or(speaker).cloned()
    };
    let (one, other) = (says(a), says(b));
    one.is_some() && one == other
}
