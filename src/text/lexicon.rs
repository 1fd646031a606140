//! Closed lists of English words, and what kind of difference an edit is.
//!
//! `is guilty` for `is not guilty` is a negation; `twelve` for `20` is a number. The lists are
//! complete for what they name and are not to be grown case by case. They hold folded words, as
//! [`fold`](super::fold()) gives them at [`Level::Case`](super::Level). Other languages have no
//! lists yet: their edits are numbers, names or content. A class says what kind of word differs,
//! never how much it matters.

use super::number;

/// What kind of words an edit touches, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EditClass {
    /// A negation is on one side only, or another one.
    Negation,
    /// A number differs.
    Number,
    /// A month or a weekday differs, or a number beside a month.
    Date,
    /// A capitalised word inside a sentence differs.
    Name,
    /// A modal verb differs: `may`, `must`, `would`.
    Modal,
    /// A pronoun differs.
    Pronoun,
    /// Any other word with a meaning of its own.
    Content,
    /// Only words that hold a sentence together, and fillers.
    Function,
}

impl EditClass {
    /// Every class, the gravest first.
    pub const ALL: [EditClass; 8] = [
        EditClass::Negation,
        EditClass::Number,
        EditClass::Date,
        EditClass::Name,
        EditClass::Modal,
        EditClass::Pronoun,
        EditClass::Content,
        EditClass::Function,
    ];

    /// Its word in JSON and on a screen.
    pub fn as_str(self) -> &'static str {
        match self {
            EditClass::Negation => "negation",
            EditClass::Number => "number",
            EditClass::Date => "date",
            EditClass::Name => "name",
            EditClass::Modal => "modal",
            EditClass::Pronoun => "pronoun",
            EditClass::Content => "content",
            EditClass::Function => "function",
        }
    }
}

impl std::fmt::Display for EditClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditWord<'t> {
    /// The word as written.
    pub written: &'t str,
    /// The word folded, as [`fold`](super::fold()) gives it.
    pub folded: &'t str,
    /// Whether it is the first word of a sentence, where a capital letter makes no name.
    pub begins_sentence: bool,
}

/// Every class of words that stand on one side of an edit and not on the other, the gravest first;
/// none where the sides have the same words, in whatever order.
pub fn classes(old: &[EditWord<'_>], new: &[EditWord<'_>]) -> Vec<EditClass> {
    let mut found: Vec<EditClass> = surplus(old, new).chain(surplus(new, old)).collect();
    // A number beside a month is part of a date on both sides of the edit.
    if found.contains(&EditClass::Number) && old.iter().chain(new).any(|word| is_month(word.folded)) {
        found.push(EditClass::Date);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The gravest class of an edit; none where both sides have the same words.
pub fn classify(old: &[EditWord<'_>], new: &[EditWord<'_>]) -> Option<EditClass> {
    classes(old, new).into_iter().next()
}

/// The classes of the words that `one` has more often than `other`.
fn surplus<'a>(one: &'a [EditWord<'_>], other: &'a [EditWord<'_>]) -> impl Iterator<Item = EditClass> + 'a {
    let mut left: Vec<&str> = other.iter().map(|word| word.folded).collect();
    left.sort_unstable();
    let mut taken = vec![false; left.len()];
    one.iter().filter_map(move |word| {
        let from = left.partition_point(|other| *other < word.folded);
        let same = left[from..].iter().take_while(|other| **other == word.folded).count();
        match (from..from + same).find(|at| !taken[*at]) {
            Some(at) => {
                taken[at] = true;
                None
            }
            None => Some(class_of(word)),
        }
    })
}

/// The class of a single word.
pub fn class_of(word: &EditWord<'_>) -> EditClass {
    let folded = word.folded;
    if is_negation(folded) {
        EditClass::Negation
    } else if number::is_number(folded) {
        EditClass::Number
    } else if is_month(folded) && (folded != "may" && folded != "march" || is_capital(word)) || is_weekday(folded) {
        EditClass::Date
    } else if is_modal(folded) {
        EditClass::Modal
    } else if is_pronoun(folded) {
        EditClass::Pronoun
    } else if is_function(folded) || is_filler(folded) {
        EditClass::Function
    } else if is_capital(word) {
        EditClass::Name
    } else {
        EditClass::Content
    }
}

fn is_capital(word: &EditWord<'_>) -> bool {
    !word.begins_sentence
        && word
            .written
            .chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(char::is_uppercase)
}

/// Whether a folded word denies: from the list, or with `n't` at its end.
pub fn is_negation(word: &str) -> bool {
    word.ends_with("n't") || NEGATIONS.contains(&word)
}

/// Whether a folded word is a modal verb.
pub fn is_modal(word: &str) -> bool {
    word == "'d" || MODALS.contains(&word) || word.strip_suffix("'ll").is_some_and(is_pronoun)
}

/// Whether a folded word is a pronoun, alone or with a short verb (`he's`).
pub fn is_pronoun(word: &str) -> bool {
    let bare = word.split_once('\'').map_or(word, |(pronoun, _)| pronoun);
    PRONOUNS.contains(&bare)
}

/// Whether a folded word only holds a sentence together: articles, prepositions, conjunctions and
/// the forms of be, have and do.
pub fn is_function(word: &str) -> bool {
    matches!(word, "'s" | "'ain") || FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// Whether a folded word is a filler by itself.
pub fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// Whether a folded word names a month, also shortened. `may` and `march` do, whatever was meant.
pub fn is_month(word: &str) -> bool {
    MONTHS.contains(&word) || (word.len() >= 3 && SHORT_MONTHS.contains(&word))
}

/// Whether a folded word names a day of the week.
pub fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains(&word)
}

/// Whether a folded word is a unit that a number counts.
pub fn is_unit(word: &str) -> bool {
    UNITS.binary_search(&word).is_ok()
}

/// Whether two folded words are a pair of the closed list of opposites.
pub fn are_opposites(one: &str, other: &str) -> bool {
    let pair = |(left, right): &(&str, &str)| (*left == one && *right == other) || (*left == other && *right == one);
    OPPOSITES.iter().any(pair)
}

/// Whether an abbreviation's full stop ends no sentence; `word` as written, without that stop.
pub fn ends_no_sentence(word: &str) -> bool {
    ENDS_NO_SENTENCE.contains(&word)
}

/// Words that deny.
pub const NEGATIONS: [&str; 17] = [
    "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot", "nay",
    "ain't", "dont", "cant", "wont", "didnt",
];

/// Modal verbs.
pub const MODALS: [&str; 12] = [
    "can", "could", "may", "might", "must", "shall", "should", "will", "would", "ought", "need", "dare",
];

/// Pronouns, without those that deny.
pub const PRONOUNS: [&str; 44] = [
    "i",
    "me",
    "my",
    "mine",
    "myself",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "it",
    "its",
    "itself",
    "we",
    "us",
    "our",
    "ours",
    "ourselves",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "who",
    "whom",
    "whose",
    "somebody",
    "someone",
    "something",
    "anybody",
    "anyone",
    "anything",
    "everybody",
    "everyone",
    "everything",
    "themself",
];

/// Words that hold a sentence together, in order.
pub const FUNCTION_WORDS: [&str; 110] = [
    "a", "about", "above", "across", "after", "again", "against", "all", "along", "also", "although", "am", "among",
    "an", "and", "any", "are", "around", "as", "at", "be", "because", "been", "before", "being", "below", "between",
    "both", "but", "by", "did", "do", "does", "doing", "done", "down", "during", "each", "either", "else", "even",
    "every", "for", "from", "had", "has", "have", "having", "here", "how", "if", "in", "into", "is", "just", "like",
    "of", "off", "oh", "ok", "okay", "on", "onto", "or", "other", "out", "over", "per", "quite", "rather", "since",
    "so", "some", "such", "than", "that", "the", "then", "there", "these", "this", "those", "though", "through", "to",
    "too", "toward", "towards", "under", "unless", "until", "up", "upon", "very", "was", "well", "were", "what",
    "when", "where", "whether", "which", "while", "why", "with", "within", "yeah", "yep", "yes", "yet",
];

/// Sounds that fill a pause. `uh-huh` and `mm-hmm` answer a question and are none.
pub const FILLERS: [&str; 13] = [
    "uh", "um", "er", "erm", "ah", "eh", "hm", "hmm", "mm", "uhm", "umm", "uhh", "ehm",
];

/// Months.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const SHORT_MONTHS: [&str; 11] = [
    "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// Days of the week.
pub const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// What a number counts, in order: time, length, weight, money, shares.
pub const UNITS: [&str; 50] = [
    "acre",
    "acres",
    "am",
    "billion",
    "cent",
    "centimeters",
    "centimetres",
    "cents",
    "day",
    "days",
    "degrees",
    "dollar",
    "dollars",
    "euro",
    "euros",
    "feet",
    "foot",
    "gram",
    "grams",
    "hour",
    "hours",
    "inch",
    "inches",
    "kilo",
    "kilograms",
    "kilometers",
    "kilometres",
    "kilos",
    "liters",
    "litres",
    "meters",
    "metres",
    "mile",
    "miles",
    "million",
    "minute",
    "minutes",
    "month",
    "months",
    "percent",
    "pm",
    "pound",
    "pounds",
    "second",
    "seconds",
    "tons",
    "week",
    "weeks",
    "year",
    "years",
];

/// Opposites, each pair once.
pub const OPPOSITES: [(&str, &str); 48] = [
    ("accept", "reject"),
    ("accepted", "rejected"),
    ("admit", "deny"),
    ("admitted", "denied"),
    ("affirm", "deny"),
    ("affirmed", "reversed"),
    ("after", "before"),
    ("against", "for"),
    ("agree", "disagree"),
    ("agreed", "disagreed"),
    ("alive", "dead"),
    ("all", "none"),
    ("allow", "forbid"),
    ("allowed", "forbidden"),
    ("always", "never"),
    ("arrive", "depart"),
    ("arrived", "departed"),
    ("confirm", "deny"),
    ("confirmed", "denied"),
    ("decrease", "increase"),
    ("decreased", "increased"),
    ("decreases", "increases"),
    ("down", "up"),
    ("everybody", "nobody"),
    ("fail", "succeed"),
    ("failed", "succeeded"),
    ("fall", "rise"),
    ("false", "true"),
    ("fell", "rose"),
    ("first", "last"),
    ("guilty", "innocent"),
    ("high", "low"),
    ("higher", "lower"),
    ("illegal", "legal"),
    ("impossible", "possible"),
    ("inside", "outside"),
    ("lawful", "unlawful"),
    ("left", "right"),
    ("less", "more"),
    ("lose", "win"),
    ("lost", "won"),
    ("maximum", "minimum"),
    ("open", "closed"),
    ("opened", "closed"),
    ("oppose", "support"),
    ("opposed", "supported"),
    ("same", "different"),
    ("with", "without"),
];

/// Abbreviations whose full stop ends no sentence, as written, without that stop.
pub const ENDS_NO_SENTENCE: [&str; 62] = [
    "Mr", "Mrs", "Ms", "Messrs", "Mx", "Dr", "Prof", "Rev", "Fr", "Hon", "Gov", "Sen", "Rep", "Pres", "Gen", "Col",
    "Maj", "Capt", "Lt", "Sgt", "Cpl", "Cmdr", "Adm", "Supt", "Insp", "St", "Mt", "Ft", "vs", "v", "No", "Nos", "no",
    "nos", "Art", "art", "Sec", "sec", "para", "paras", "p", "pp", "Vol", "vol", "Ch", "ch", "Fig", "fig", "Ex", "cf",
    "e.g", "i.e", "viz", "approx", "ca", "al", "ed", "eds", "J.-P", "Atty", "Dept", "Asst",
];
