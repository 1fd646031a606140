//! Comparison forms: what must be equal for two texts to be "the same" at a level.
//!
//! `I did n’t—uh, see twenty-five` at the four levels begins: as it is; `I did n't - uh , see
//! twenty-five`; `i did n't uh see twenty five`; `i did n't see 25`. Levels grow laxer, and a text
//! that agrees at one agrees at every later one. Each unit of a form remembers its tokens, so that
//! the text itself is always what is shown. Bidirectional controls and confusable letters inside a
//! word are never folded away ([`hidden`](super::hidden())). Spoken forms are English only.

mod spoken;

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::token::{Kind, Token};

/// How much two texts may differ and still be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Token by token, the same bytes; only the space between may differ.
    Bytes,
    /// The same after NFC, with one kind of quotation mark, dash and ellipsis each, without soft
    /// hyphens and zero-width characters.
    Form,
    /// The same words, whatever their case; no punctuation, and hyphens part words.
    Case,
    /// The same as spoken: contractions in full, numbers in digits, no fillers, no immediate repeats.
    Spoken,
}

/// How letters without case are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Casing {
    /// Unicode's own rules. `İ` and `ı` stay different from `i`, for nobody said what language it is.
    #[default]
    Root,
    /// Turkish and Azerbaijani: `I` is a capital `ı`, `İ` a capital `i`.
    Turkic,
}

impl Casing {
    /// The rule for a language as BCP 47 writes it: `az`, `tr-TR`.
    pub fn of_language(tag: &str) -> Self {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "az" | "aze" | "tr" | "tur" | "crh" | "gag" => Casing::Turkic,
            _ => Casing::Root,
        }
    }
}

/// Why words of a text have no unit at [`Level::Spoken`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// They fill a pause: `uh`; `, you know,`.
    Filler,
    /// They are said again at once.
    Repeat,
}

/// Words that [`Level::Spoken`] leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The tokens left out.
    pub tokens: Range<usize>,
    /// Why.
    pub why: Why,
}

/// A text in its comparison form: units, each with its letters and its tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    letters: String,
    units: Vec<Unit>,
    /// What was left out, in the order of the text; empty below [`Level::Spoken`].
    pub dropped: Vec<Dropped>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Unit {
    start: u32,
    end: u32,
    first: u32,
    last: u32,
}

impl Folded {
    /// How many units there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there is no unit.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The letters of a unit.
    pub fn form(&self, unit: usize) -> &str {
        let unit = &self.units[unit];
        &self.letters[unit.start as usize..unit.end as usize]
    }

    /// The letters of every unit, in order.
    pub fn forms(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.len()).map(|unit| self.form(unit))
    }

    /// The tokens that a unit was made of. A hyphenated word has several units of one token, and a
    /// number in words one unit of several tokens.
    pub fn tokens(&self, unit: usize) -> Range<usize> {
        let unit = &self.units[unit];
        unit.first as usize..unit.last as usize + 1
    }

    /// The bytes of a unit in the text, from its first token to its last; `tokens` are those that
    /// were folded.
    pub fn span(&self, unit: usize, tokens: &[Token]) -> Range<usize> {
        let range = self.tokens(unit);
        tokens[range.start].span().start..tokens[range.end - 1].span().end
    }

    /// What a unit may stand for, where its letters do not decide: `'s` is `is` or `has`.
    pub fn readings(&self, unit: usize) -> &'static [&'static str] {
        spoken::readings(self.form(unit))
    }

    /// Whether two units are the same: their letters, or a reading of one. This is not transitive.
    pub fn matches(&self, unit: usize, other: &Folded, theirs: usize) -> bool {
        let (one, two) = (self.form(unit), other.form(theirs));
        one == two || self.readings(unit).contains(&two) || other.readings(theirs).contains(&one)
    }

    fn push(&mut self, tokens: Range<usize>, write: impl FnOnce(&mut String)) {
        let narrow = |at: usize| u32::try_from(at).expect("the forms of a text within MAX_TEXT have 32-bit places");
        let start = narrow(self.letters.len());
        write(&mut self.letters);
        self.units.push(Unit {
            start,
            end: narrow(self.letters.len()),
            first: narrow(tokens.start),
            last: narrow(tokens.end - 1),
        });
    }
}

/// The comparison form of a text at a level; `tokens` are the text's own ([`tokens`](super::tokens)),
/// all of them or a part.
pub fn fold(text: &str, tokens: &[Token], level: Level, casing: Casing) -> Folded {
    match level {
        Level::Bytes => each(text, tokens, |token, letters| letters.push_str(token.of(text))),
        Level::Form => each(text, tokens, |token, letters| {
            push_form(token.of(text), token.kind, letters)
        }),
        Level::Case => cased(text, tokens, casing),
        Level::Spoken => spoken::spoken(text, tokens, casing),
    }
}

/// As [`Level::Spoken`], but nothing is left out: contractions in full and numbers in digits, with every
/// filler and repeat in its place.
pub fn spelled_out(text: &str, tokens: &[Token], casing: Casing) -> Folded {
    spoken::spelled_out(text, tokens, casing)
}

fn each(text: &str, tokens: &[Token], write: impl Fn(&Token, &mut String)) -> Folded {
    let mut folded = Folded {
        letters: String::with_capacity(text.len().min(tokens.len() * 6)),
        units: Vec::with_capacity(tokens.len()),
        dropped: Vec::new(),
    };
    for (at, token) in tokens.iter().enumerate() {
        folded.push(at..at + 1, |letters| write(token, letters));
    }
    folded
}

fn cased(text: &str, tokens: &[Token], casing: Casing) -> Folded {
    let mut folded = Folded::default();
    let mut word = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let written = token.of(text);
        if !token.is_word() && !is_symbol(token.kind, written) {
            continue;
        }
        word.clear();
        push_case(written, token.kind, casing, &mut word);
        for part in word.split('-').filter(|part| !part.is_empty()) {
            folded.push(at..at + 1, |letters| letters.push_str(part));
        }
    }
    folded
}

/// Words at [`Level::Case`] with their contractions in full, and nothing left out: `don't` is `do` and
/// `not`, both of one token.
pub fn contractions_in_full(words: &Folded) -> Folded {
    spoken::expanded(words)
}

/// What a form may stand for, where its letters do not decide: `'s` is `is` or `has`.
pub fn readings(form: &str) -> &'static [&'static str] {
    spoken::readings(form)
}

/// One word at [`Level::Case`], as the lists of [`lexicon`](super::lexicon) want it. Its hyphens stay.
pub fn fold_word(word: &str, casing: Casing) -> String {
    let mut letters = String::with_capacity(word.len());
    push_case(word, Kind::Word, casing, &mut letters);
    letters
}

/// Marks that mean something when they are read out.
fn is_symbol(kind: Kind, mark: &str) -> bool {
    let reads = |c: char| {
        matches!(
            c,
            '$' | '%' | '&' | '+' | '=' | '<' | '>' | '#' | '@' | '£' | '¥' | '§' | '°' | '©' | '®' | '™'
        ) || matches!(c as u32, 0x20a0..=0x20cf | 0x2190..=0x2bff | 0x1f000..)
    };
    kind == Kind::Mark && mark.chars().any(reads)
}

fn push_form(token: &str, kind: Kind, letters: &mut String) {
    match kind {
        Kind::Ellipsis => letters.push_str("..."),
        Kind::Dash => letters.push('-'),
        // Two straight apostrophes or accents are one way to type a quotation mark.
        _ if token.is_ascii() => letters.push_str(token),
        _ if is_nfc(token) => token.chars().filter_map(plain).for_each(|c| letters.push(c)),
        _ => token.nfc().filter_map(plain).for_each(|c| letters.push(c)),
    }
}

/// One character for every way to write a quotation mark, a hyphen or a space; none for what has no
/// width. Bidirectional controls stay.
fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2bc}' | '\u{2b9}' | '´' | '`' | '‹' | '›' | '\u{ff07}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' | '\u{300c}'..='\u{300f}' | '\u{ff02}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => '-',
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => return None,
        c if c.is_whitespace() => ' ',
        c => c,
    })
}

fn push_case(written: &str, kind: Kind, casing: Casing, letters: &mut String) {
    if written.is_ascii() && casing == Casing::Root {
        letters.extend(written.bytes().map(|byte| byte.to_ascii_lowercase() as char));
        return;
    }
    let mut form = String::with_capacity(written.len());
    push_form(written, kind, &mut form);
    for c in form.chars() {
        match (c, casing) {
            ('I', Casing::Turkic) => letters.push('ı'),
            ('İ', Casing::Turkic) => letters.push('i'),
            ('ς', _) => letters.push('σ'),
            ('ß' | 'ẞ', _) => letters.push_str("ss"),
            (c, _) => letters.extend(c.to_lowercase()),
        }
    }
}
