//! The spoken form: what two people who heard the same would agree was said, however they wrote it.
//!
//! `He can’t, uh, he cannot pay $5` is `he can not pay 5 dollars`, with `uh` and the first `he
//! can’t` left out. `n't` becomes `not` and is never dropped; `'s` and `'d` after a pronoun keep
//! both their readings. `you know` and `I mean` are fillers only between marks.

use std::ops::Range;

use super::{Casing, Dropped, Folded, Level, Why, fold};
use crate::text::lexicon;
use crate::text::number;
use crate::text::token::{Kind, Token};

/// The longest repeat that is left out, in units.
const LONGEST_REPEAT: usize = 3;

pub(super) fn spoken(text: &str, tokens: &[Token], casing: Casing) -> Folded {
    let full = spelled_out(text, tokens, casing);
    without_fillers_and_repeats(&full, &Breaks { text, tokens })
}

pub(super) fn spelled_out(text: &str, tokens: &[Token], casing: Casing) -> Folded {
    let words = expanded(&fold(text, tokens, Level::Case, casing));
    with_digits(&words, &Breaks { text, tokens })
}

/// What may stand for what, where letters do not decide.
pub(super) fn readings(form: &str) -> &'static [&'static str] {
    match form {
        "'s" => &["is", "has"],
        "'d" => &["would", "had"],
        "'ain" => &["am", "is", "are", "has", "have"],
        _ => &[],
    }
}

/// Contractions in full.
pub(super) fn expanded(words: &Folded) -> Folded {
    let mut full = Folded {
        letters: String::with_capacity(words.letters.len() + words.letters.len() / 16),
        units: Vec::with_capacity(words.len()),
        dropped: Vec::new(),
    };
    for unit in 0..words.len() {
        let tokens = words.tokens(unit);
        let mut push = |word: &str| full.push(tokens.clone(), |letters| letters.push_str(word));
        let word = words.form(unit);
        if let Some(parts) = whole_contraction(word) {
            parts.iter().copied().for_each(push);
        } else if let Some((stem, ending)) = ending_contraction(word) {
            push(stem);
            push(ending);
        } else {
            push(word);
        }
    }
    full
}

/// Contractions that follow no rule, and ways to write what is said fast.
fn whole_contraction(word: &str) -> Option<&'static [&'static str]> {
    Some(match word {
        "can't" | "cannot" | "cant" => &["can", "not"],
        "won't" => &["will", "not"],
        "shan't" => &["shall", "not"],
        "ain't" => &["'ain", "not"],
        "let's" => &["let", "us"],
        "y'all" => &["you", "all"],
        "gonna" => &["going", "to"],
        "gotta" => &["got", "to"],
        "wanna" => &["want", "to"],
        "kinda" => &["kind", "of"],
        "sorta" => &["sort", "of"],
        "dunno" => &["do", "not", "know"],
        "lemme" => &["let", "me"],
        "gimme" => &["give", "me"],
        "alright" => &["all", "right"],
        "ok" => &["okay"],
        "cause" | "cuz" | "coz" => &["because"],
        "'em" => &["them"],
        "%" => &["percent"],
        _ => return None,
    })
}

/// Contractions by their ending. `John's` may be his, and stays.
fn ending_contraction(word: &str) -> Option<(&str, &'static str)> {
    const ENDINGS: [(&str, &str); 5] = [
        ("n't", "not"),
        ("'re", "are"),
        ("'ve", "have"),
        ("'ll", "will"),
        ("'m", "am"),
    ];
    // `'s` after these is a verb; after any other word it may be the owner.
    const BEFORE_VERB: [&str; 15] = [
        "it",
        "he",
        "she",
        "that",
        "this",
        "there",
        "here",
        "who",
        "what",
        "where",
        "when",
        "why",
        "how",
        "everything",
        "something",
    ];
    for (ending, full) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| !stem.is_empty()) {
            return Some((stem, full));
        }
    }
    if let Some(stem) = word.strip_suffix("'s").filter(|stem| BEFORE_VERB.contains(stem)) {
        return Some((stem, "'s"));
    }
    let stem = word.strip_suffix("'d")?;
    (lexicon::is_pronoun(stem) || BEFORE_VERB.contains(&stem)).then_some((stem, "'d"))
}

/// Numbers in digits, and the currency after its amount.
fn with_digits(words: &Folded, breaks: &Breaks<'_>) -> Folded {
    let mut out = Folded {
        letters: String::with_capacity(words.letters.len()),
        units: Vec::with_capacity(words.len()),
        dropped: Vec::new(),
    };
    let mut unit = 0;
    while unit < words.len() {
        let currency = currency(words.form(unit)).filter(|_| unit + 1 < words.len());
        let from = unit + usize::from(currency.is_some());
        let word = |ahead: usize| {
            let at = from + ahead;
            (at < words.len() && (ahead == 0 || !breaks.between(words, at - 1, at))).then(|| words.form(at))
        };
        match number::read(word) {
            Some((digits, taken)) => {
                let tokens = words.tokens(unit).start..words.tokens(from + taken - 1).end;
                out.push(tokens.clone(), |letters| letters.push_str(&digits));
                if let Some(currency) = currency {
                    out.push(tokens, |letters| letters.push_str(currency));
                }
                unit = from + taken;
            }
            None if words.form(unit) == "per" && unit + 1 < words.len() && words.form(unit + 1) == "cent" => {
                let tokens = words.tokens(unit).start..words.tokens(unit + 1).end;
                out.push(tokens, |letters| letters.push_str("percent"));
                unit += 2;
            }
            None => {
                out.push(words.tokens(unit), |letters| letters.push_str(words.form(unit)));
                unit += 1;
            }
        }
    }
    out
}

fn currency(mark: &str) -> Option<&'static str> {
    Some(match mark {
        "$" => "dollars",
        "£" => "pounds",
        "€" => "euros",
        _ => return None,
    })
}

fn without_fillers_and_repeats(words: &Folded, breaks: &Breaks<'_>) -> Folded {
    let mut out = Folded {
        letters: String::with_capacity(words.letters.len()),
        units: Vec::with_capacity(words.len()),
        dropped: Vec::new(),
    };
    let mut kept = Vec::with_capacity(words.len());
    let mut unit = 0;
    while unit < words.len() {
        match filler(words, unit, breaks) {
            0 => kept.push(unit),
            taken => {
                let tokens = words.tokens(unit).start..words.tokens(unit + taken - 1).end;
                out.dropped.push(Dropped {
                    tokens,
                    why: Why::Filler,
                });
                unit += taken - 1;
            }
        }
        unit += 1;
    }
    let mut at = 0;
    while at < kept.len() {
        match repeat(words, &kept[at..], breaks) {
            0 => {
                out.push(words.tokens(kept[at]), |letters| letters.push_str(words.form(kept[at])));
                at += 1;
            }
            taken => {
                let tokens = words.tokens(kept[at]).start..words.tokens(kept[at + taken - 1]).end;
                out.dropped.push(Dropped {
                    tokens,
                    why: Why::Repeat,
                });
                at += taken;
            }
        }
    }
    out.dropped.sort_by_key(|dropped| dropped.tokens.start);
    out
}

/// How many units from this one on fill a pause.
fn filler(words: &Folded, unit: usize, breaks: &Breaks<'_>) -> usize {
    let word = words.form(unit);
    if lexicon::is_filler(word) {
        return 1;
    }
    let next = if unit + 1 < words.len() {
        words.form(unit + 1)
    } else {
        ""
    };
    if !matches!((word, next), ("you", "know") | ("i", "mean")) {
        return 0;
    }
    let parted = breaks.before(words.tokens(unit)) && breaks.after(words.tokens(unit + 1));
    if parted { 2 } else { 0 }
}

/// How many units at the front are said again at once, in the same sentence. `five five`
/// and `not not` count twice; `I did not, I did not` is one repeat.
fn repeat(words: &Folded, kept: &[usize], breaks: &Breaks<'_>) -> usize {
    let same = |length: &usize| {
        let length = *length;
        kept.len() >= 2 * length
            && (0..length).all(|at| words.form(kept[at]) == words.form(kept[at + length]))
            && kept[..2 * length]
                .windows(2)
                .all(|pair| !breaks.ends_sentence(words, pair[0], pair[1]))
    };
    let counts = |length: &usize| !kept[..*length].iter().all(|unit| is_counted(words.form(*unit)));
    (1..=LONGEST_REPEAT).filter(same).find(counts).unwrap_or(0)
}

fn is_counted(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || word == "not" || word == "never"
}

/// The marks between units, which the folded words no longer have.
struct Breaks<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl Breaks<'_> {
    /// Whether marks other than hyphens, apostrophes and symbols part two units.
    fn between(&self, words: &Folded, one: usize, next: usize) -> bool {
        let gap = words.tokens(one).end..words.tokens(next).start.max(words.tokens(one).end);
        self.tokens[gap]
            .iter()
            .any(|token| !matches!(token.of(self.text), "-" | "\u{2010}" | "\u{2011}"))
    }

    fn ends_sentence(&self, words: &Folded, one: usize, next: usize) -> bool {
        let gap: Range<usize> = words.tokens(one).end..words.tokens(next).start.max(words.tokens(one).end);
        self.tokens[gap]
            .iter()
            .any(|token| matches!(token.of(self.text), "." | "?" | "!"))
    }

    fn before(&self, tokens: Range<usize>) -> bool {
        tokens.start == 0 || is_pause(&self.tokens[tokens.start - 1])
    }

    fn after(&self, tokens: Range<usize>) -> bool {
        self.tokens.get(tokens.end).is_none_or(is_pause)
    }
}

fn is_pause(token: &Token) -> bool {
    matches!(
        token.kind,
        Kind::Mark | Kind::Dash | Kind::Ellipsis | Kind::Open | Kind::Close
    )
}
