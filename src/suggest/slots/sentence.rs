//! A sentence as its slots and what is around them.
//!
//! ```text
//! He will not be released on 2 March.   ->   stems: release; negations: not; dates: day 2 march
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::suggest::content::{Language, carries_matter};
use crate::text::lexicon::{is_month, is_negation, is_unit, is_weekday};
use crate::text::{Level, fold, tokens};

/// What fills the slots of one sort, by what they are of.
pub type Fillings = BTreeMap<String, BTreeSet<String>>;

/// A sentence ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// The stems of the words that carry matter, without those that fill a slot.
    pub stems: BTreeSet<String>,
    /// Every word, folded as spoken.
    pub words: BTreeSet<String>,
    /// The words that deny.
    pub negations: Vec<String>,
    /// Numbers, by the stem of what they count.
    pub numbers: Fillings,
    /// Days, months and years.
    pub dates: Fillings,
}

impl Sentence {
    /// Of one sentence's text. One that is too long to be cut into words has nothing in it.
    pub fn of(text: &str, language: Language) -> Sentence {
        let mut sentence = Sentence::default();
        let Ok(tokens) = tokens(text) else { return sentence };
        let folded = fold(text, &tokens, Level::Spoken, language.casing);
        let forms: Vec<&str> = folded.forms().collect();
        let mut at = 0;
        while at < forms.len() {
            at += sentence.take(&forms, at, language);
        }
        sentence
    }

    /// Takes what begins at a word, and says how many words it was.
    fn take(&mut self, forms: &[&str], at: usize, language: Language) -> usize {
        let form = forms[at];
        self.words.insert(form.to_owned());
        if let Some((of, date, words)) = date(&forms[at..]) {
            self.dates.entry(of.to_owned()).or_default().insert(date);
            self.words
                .extend(forms[at..at + words].iter().map(|form| (*form).to_owned()));
            return words;
        }
        if is_negation(form) {
            self.negations.push(form.to_owned());
        } else if is_number(form) {
            // What is counted stands behind the number, perhaps after another word: "five political prisoners".
            const AFTER: usize = 3;
            let after = forms[at + 1..].iter().take(AFTER);
            let counted = after.take_while(|word| carries_matter(word) && !is_number(word));
            let counted: Vec<&str> = counted.copied().collect();
            let unit = counted.iter().find(|word| is_unit(word)).copied();
            let of = match unit {
                Some(unit) => vec![language.stem(unit)],
                None => counted.iter().map(|word| language.stem(word)).collect(),
            };
            for of in of {
                self.numbers.entry(of).or_default().insert(form.to_owned());
            }
        } else if carries_matter(form) {
            self.stems
                .insert(language.stem(form.strip_suffix("'s").unwrap_or(form)));
        }
        1
    }
}

fn is_number(form: &str) -> bool {
    form.starts_with(|c: char| c.is_ascii_digit())
}

/// A date at the beginning of `forms`: its sort, what it is and how many words it takes.
fn date(forms: &[&str]) -> Option<(&'static str, String, usize)> {
    let day = |form: &str| {
        let digits = form.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let number: u32 = digits.parse().ok()?;
        (1..=31).contains(&number).then_some(number)
    };
    // "may" and "march" are names of months only beside a day.
    let month = |form: &str| is_month(form) && !matches!(form, "may" | "march");
    match forms {
        [number, of, name, ..] if *of == "of" && is_month(name) => {
            day(number).map(|day| ("day", format!("{day} {}", whole(name)), 3))
        }
        [number, name, ..] if is_month(name) && day(number).is_some() => {
            day(number).map(|day| ("day", format!("{day} {}", whole(name)), 2))
        }
        [name, number, ..] if is_month(name) && day(number).is_some() => {
            day(number).map(|day| ("day", format!("{day} {}", whole(name)), 2))
        }
        [name, ..] if month(name) => Some(("month", whole(name).to_owned(), 1)),
        [name, ..] if is_weekday(name) => Some(("weekday", (*name).to_owned(), 1)),
        ["in" | "since" | "until" | "by", year, ..] if is_year(year) => Some(("year", (*year).to_owned(), 2)),
        _ => None,
    }
}

fn is_year(form: &str) -> bool {
    form.len() == 4 && form.parse().is_ok_and(|year: u32| (1000..=2999).contains(&year))
}

/// A month's whole name.
fn whole(month: &str) -> &str {
    const SHORT: [(&str, &str); 11] = [
        ("jan", "january"),
        ("feb", "february"),
        ("apr", "april"),
        ("jun", "june"),
        ("jul", "july"),
        ("aug", "august"),
        ("sep", "september"),
        ("sept", "september"),
        ("oct", "october"),
        ("nov", "november"),
        ("dec", "december"),
    ];
    SHORT
        .iter()
        .find(|(short, _)| *short == month)
        .map_or(month, |(_, whole)| whole)
}
