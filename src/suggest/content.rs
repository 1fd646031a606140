//! The words of a text that carry its matter, by their stems.
//!
//! ```text
//! Is Mehman Huseynov on hunger strike?   ->   mehman, huseynov, hunger, strike
//! ```
//!
//! Left out are the closed lists of [`lexicon`](crate::text::lexicon), which are English. Stems are Snowball's, for
//! the languages that it knows and a text says it is in; where the language is not stated, English ones.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

use crate::text::lexicon::{is_filler, is_function, is_modal, is_negation, is_pronoun};
use crate::text::{Casing, Level, fold, tokens};

/// The language of a text, as far as stems and capital letters go by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Language {
    /// How capital letters become small ones.
    pub casing: Casing,
    stems: Option<Stems>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stems {
    Arabic,
    Danish,
    Dutch,
    English,
    Finnish,
    French,
    German,
    Greek,
    Hungarian,
    Italian,
    Norwegian,
    Portuguese,
    Romanian,
    Russian,
    Spanish,
    Swedish,
    Tamil,
    Turkish,
}

impl Language {
    /// Of a BCP 47 tag.
    pub fn of_tag(tag: &str) -> Language {
        let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let stems = match primary.as_str() {
            "en" | "und" => Some(Stems::English),
            "ar" => Some(Stems::Arabic),
            "da" => Some(Stems::Danish),
            "nl" => Some(Stems::Dutch),
            "fi" => Some(Stems::Finnish),
            "fr" => Some(Stems::French),
            "de" => Some(Stems::German),
            "el" => Some(Stems::Greek),
            "hu" => Some(Stems::Hungarian),
            "it" => Some(Stems::Italian),
            "no" | "nb" | "nn" => Some(Stems::Norwegian),
            "pt" => Some(Stems::Portuguese),
            "ro" => Some(Stems::Romanian),
            "ru" => Some(Stems::Russian),
            "es" => Some(Stems::Spanish),
            "sv" => Some(Stems::Swedish),
            "ta" => Some(Stems::Tamil),
            "tr" => Some(Stems::Turkish),
            _ => None,
        };
        Language {
            casing: Casing::of_language(tag),
            stems,
        }
    }

    fn stemmer(self) -> Option<Stemmer> {
        let algorithm = match self.stems? {
            Stems::Arabic => Algorithm::Arabic,
            Stems::Danish => Algorithm::Danish,
            Stems::Dutch => Algorithm::Dutch,
            Stems::English => Algorithm::English,
            Stems::Finnish => Algorithm::Finnish,
            Stems::French => Algorithm::French,
            Stems::German => Algorithm::German,
            Stems::Greek => Algorithm::Greek,
            Stems::Hungarian => Algorithm::Hungarian,
            Stems::Italian => Algorithm::Italian,
            Stems::Norwegian => Algorithm::Norwegian,
            Stems::Portuguese => Algorithm::Portuguese,
            Stems::Romanian => Algorithm::Romanian,
            Stems::Russian => Algorithm::Russian,
            Stems::Spanish => Algorithm::Spanish,
            Stems::Swedish => Algorithm::Swedish,
            Stems::Tamil => Algorithm::Tamil,
            Stems::Turkish => Algorithm::Turkish,
        };
        Some(Stemmer::create(algorithm))
    }

    /// The stem of a folded word.
    pub fn stem(self, word: &str) -> String {
        self.stemmer()
            .map_or_else(|| word.to_owned(), |stemmer| stemmer.stem(word).into_owned())
    }
}

/// Whether a folded word carries matter: no word that only holds a sentence together, denies or points.
pub fn carries_matter(word: &str) -> bool {
    let plain = word.strip_suffix("'s").unwrap_or(word);
    !(plain.is_empty()
        || is_function(plain)
        || is_pronoun(plain)
        || is_modal(plain)
        || is_negation(plain)
        || is_filler(plain)
        || !plain.starts_with(char::is_alphanumeric))
}

/// The different words of a text that carry matter: each stem, with the bytes where it first stands. A text that is
/// too long to be cut into words has none.
pub fn matter(text: &str, language: Language) -> BTreeMap<String, Range<usize>> {
    let mut found = BTreeMap::new();
    let Ok(tokens) = tokens(text) else { return found };
    let folded = fold(text, &tokens, Level::Case, language.casing);
    let stemmer = language.stemmer();
    for (unit, word) in folded.forms().enumerate().filter(|(_, word)| carries_matter(word)) {
        let word = word.strip_suffix("'s").unwrap_or(word);
        let stem = stemmer
            .as_ref()
            .map_or_else(|| word.to_owned(), |stemmer| stemmer.stem(word).into_owned());
        found.entry(stem).or_insert_with(|| folded.span(unit, &tokens));
    }
    found
}
