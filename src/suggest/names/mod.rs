//! Names that may be one party's: another spelling, another script, another order, another role.
//!
//! ```text
//! Tofig Yagublu (member of the board) and Tofik Yaqublu (deputy chairman): spelled otherwise, sounds the same
//! ```
//!
//! Normative: spec/suggestion.md, "Names". Two people may bear one name and one person many; so parties are
//! proposed and never merged. That two parties are one is for a person to assert with `same-as`. No list of given
//! names, no nationality and no likeness of roles is used.

mod letters;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::text::fold::fold_word;
use crate::text::{Casing, tokens};

use letters::Sound;

/// The most characters of a name that is compared.
pub const MAX_NAME: usize = 200;
/// The most words of a name that is compared.
pub const MAX_NAME_WORDS: usize = 12;
/// A word that is in the names of more parties than this proposes nobody by itself.
pub const MAX_BEARERS: usize = 300;
/// The most pairs that are handed over. All are counted.
pub const MAX_PAIRS: usize = 10_000;

/// The fewest letters, as they sound, of a word that may differ in one.
const FEWEST_LETTERS: usize = 4;

/// How two names are alike, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// The same words, whatever their capitals and marks.
    SameName,
    /// Each word sounds the same by the tables of letters.
    SoundsTheSame,
    /// The same words in another order.
    OtherOrder,
    /// One gives a first letter where the other gives the name.
    Initial,
    /// All but one word sound the same, and that one differs in one letter or in its vowels.
    OneLetter,
    /// At least two words, all of which the other has too, in this order.
    Shortened,
}

impl Likeness {
    /// What it means, to be read after the two names.
    pub fn words(self) -> &'static str {
        match self {
            Likeness::SameName => "the same name",
            Likeness::SoundsTheSame => "spelled otherwise, and the same by the letters that transliterations exchange",
            Likeness::OtherOrder => "the same words in another order",
            Likeness::Initial => "one has a first letter where the other has a name",
            Likeness::OneLetter => "all words are alike but one, which differs in one letter or in its vowels",
            Likeness::Shortened => "every word of the shorter is in the longer",
        }
    }
}

/// A name ready to be compared.
#[derive(Debug, Clone)]
pub struct Name {
    /// The words in small letters without marks at their edges.
    words: Vec<String>,
    sounds: Vec<Sound>,
}

impl Name {
    /// A name as written; `None` where it has no word, or more than the limits.
    pub fn of(text: &str, casing: Casing) -> Option<Name> {
        if text.chars().take(MAX_NAME + 1).count() > MAX_NAME {
            return None;
        }
        let tokens = tokens(text).ok()?;
        let words = tokens.iter().filter(|token| token.is_word());
        let words: Vec<String> = words
            .flat_map(|token| {
                let folded = fold_word(token.of(text), casing);
                folded.split(['-', '.']).map(str::to_owned).collect::<Vec<_>>()
            })
            .filter(|word| !word.is_empty())
            .collect();
        let words = without_articles(words);
        if words.is_empty() || words.len() > MAX_NAME_WORDS {
            return None;
        }
        let sounds = words.iter().map(|word| Sound::of(word)).collect();
        Some(Name { words, sounds })
    }

    /// How two names are alike, if they are.
    pub fn likeness(&self, other: &Name) -> Option<Likeness> {
        let sound = |(one, other): (&Sound, &Sound)| one.same(other);
        if self.words == other.words {
            return Some(Likeness::SameName);
        }
        let as_long = self.words.len() == other.words.len();
        let pairs = || self.sounds.iter().zip(&other.sounds);
        if as_long && self.is_long_enough() && pairs().all(sound) {
            return Some(Likeness::SoundsTheSame);
        }
        if self.words.len().min(other.words.len()) < 2 {
            return None;
        }
        if as_long {
            if self.in_other_order(other) {
                return Some(Likeness::OtherOrder);
            }
            let mut unlike = self.places().filter(|at| !self.sounds[*at].same(&other.sounds[*at]));
            if let (Some(at), None) = (unlike.next(), unlike.next()) {
                if is_initial_of(&self.words[at], &other.words[at]) || is_initial_of(&other.words[at], &self.words[at])
                {
                    return Some(Likeness::Initial);
                }
                if nearly(&self.sounds[at], &other.sounds[at]) {
                    return Some(Likeness::OneLetter);
                }
            }
            return None;
        }
        let (short, long) = if self.words.len() < other.words.len() {
            (self, other)
        } else {
            (other, self)
        };
        let mut rest = long.sounds.iter();
        let is_part = short.sounds.iter().all(|word| rest.any(|other| word.same(other)));
        is_part.then_some(Likeness::Shortened)
    }

    fn places(&self) -> std::ops::Range<usize> {
        0..self.words.len()
    }

    /// A name of one short word sounds like too many others.
    fn is_long_enough(&self) -> bool {
        self.words.len() > 1 || self.sounds[0].full.len().max(self.sounds[0].consonants.len()) >= FEWEST_LETTERS
    }

    fn in_other_order(&self, other: &Name) -> bool {
        let mut left: Vec<&Sound> = other.sounds.iter().collect();
        self.sounds.iter().all(|word| {
            let found = left.iter().position(|other| word.same(other));
            found.map(|at| left.swap_remove(at)).is_some()
        })
    }

    /// Under what the name is looked up: what two alike names have at least one of in common.
    fn keys(&self) -> BTreeSet<&str> {
        let consonants = self.sounds.iter().map(|sound| sound.consonants.as_str());
        consonants
            .filter(|key| !key.is_empty())
            .chain(self.vowels_only())
            .collect()
    }

    /// Words without a consonant are their own keys.
    fn vowels_only(&self) -> impl Iterator<Item = &str> {
        let without = self.sounds.iter().filter(|sound| sound.consonants.is_empty());
        without.map(|sound| sound.full.as_str())
    }
}

/// Without the Arabic article, which some write and others do not. A name of nothing else keeps it.
fn without_articles(words: Vec<String>) -> Vec<String> {
    let is_article = |word: &String| matches!(word.as_str(), "al" | "el");
    match words.iter().all(is_article) {
        true => words,
        false => words.into_iter().filter(|word| !is_article(word)).collect(),
    }
}

fn is_initial_of(one: &str, other: &str) -> bool {
    let mut letters = one.chars();
    letters
        .next()
        .is_some_and(|first| letters.next().is_none() && other.starts_with(first))
        && other.len() > one.len()
}

/// Whether two words differ in one letter as they sound, or in vowels only. An `a` more at the end is not counted:
/// it marks a woman's name beside a man's.
fn nearly(one: &Sound, other: &Sound) -> bool {
    if one.vowelless || other.vowelless {
        return false;
    }
    let ends_otherwise = |one: &str, other: &str| one.strip_suffix('A') == Some(other);
    let (a, b) = (one.full.as_str(), other.full.as_str());
    if a.len().min(b.len()) < FEWEST_LETTERS || ends_otherwise(a, b) || ends_otherwise(b, a) {
        return false;
    }
    const FEWEST_CONSONANTS: usize = 3;
    let same_consonants = one.consonants == other.consonants && one.consonants.len() >= FEWEST_CONSONANTS;
    same_consonants || strsim::osa_distance(a, b) <= 1
}

/// Two parties that may be one, by their places among those given, lower first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alike {
    /// The one.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// How they are alike: the closest likeness of any two of their names.
    pub likeness: Likeness,
    /// Which name of the one, by its place, and which of the other.
    pub names: (usize, usize),
}

/// What was found among some parties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlikeParties {
    /// By their places, up to [`MAX_PAIRS`].
    pub pairs: Vec<Alike>,
    /// How many pairs there are.
    pub pair_count: usize,
    /// Words that so many parties bear that they propose nobody.
    pub too_common: usize,
}

/// Finds the pairs of `parties`, each given by its names, that may be one party.
pub fn alike(parties: &[Vec<Name>]) -> AlikeParties {
    let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, names) in parties.iter().enumerate() {
        let keys: BTreeSet<&str> = names.iter().flat_map(Name::keys).collect();
        keys.into_iter()
            .for_each(|key| by_key.entry(key).or_default().push(place));
    }
    let mut found = AlikeParties::default();
    let mut looked_at = BTreeSet::new();
    for bearers in by_key.into_values() {
        if bearers.len() > MAX_BEARERS {
            found.too_common += 1;
            continue;
        }
        for (nth, one) in bearers.iter().enumerate() {
            for other in &bearers[nth + 1..] {
                if looked_at.insert((*one, *other)) {
                    found.pairs.extend(closest(parties, *one, *other));
                }
            }
        }
    }
    found.pairs.sort();
    found.pair_count = found.pairs.len();
    found.pairs.truncate(MAX_PAIRS);
    found
}

fn closest(parties: &[Vec<Name>], one: usize, other: usize) -> Option<Alike> {
    let of = |(a, mine): (usize, &Name)| {
        let theirs = parties[other].iter().enumerate();
        let likeness = theirs.filter_map(|(b, theirs)| Some((mine.likeness(theirs)?, (a, b))));
        likeness.min()
    };
    let (likeness, names) = parties[one].iter().enumerate().filter_map(of).min()?;
    Some(Alike {
        one,
        other,
        likeness,
        names,
    })
}
