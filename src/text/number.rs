//! Numbers in words, in English: `two thousand nineteen` is `2019`, `twenty-first` is `21st`.
//!
//! Words are folded, and hyphens have already parted them. What is read is what is commonly said:
//! tens and units, hundreds to trillions with or without `and`, years in pairs (`nineteen
//! ninety-nine`), ordinals, `three point five`, a dozen, and digits before a scale (`2.5
//! million`). Fractions are not read.

/// Whether a folded word is a number: it begins with a digit or is a number in words.
pub fn is_number(word: &str) -> bool {
    if word.starts_with(char::is_numeric) {
        return true;
    }
    word.split('-')
        .all(|part| below_hundred(part).is_some() || ordinal(part).is_some() || is_scale(part))
}

/// The number that begins at the first word: in digits, and how many words it takes. `word` gives
/// the words from there on, and none where they end or something stands between.
pub fn read<'w>(word: impl Fn(usize) -> Option<&'w str>) -> Option<(String, usize)> {
    let first = word(0)?;
    if first.starts_with(|c: char| c.is_numeric()) {
        return digits_and_scale(first, &word);
    }
    let mut reader = Reader { word, at: 0 };
    let number = reader.number()?;
    Some((number, reader.at))
}

/// `1,000` as `1000`, digits of other scripts as ASCII; anything else as it is.
pub fn plain_digits(number: &str) -> String {
    let ascii: String = number.chars().map(ascii_digit).collect();
    let grouped = |text: &str| {
        let mut groups = text.split(',');
        let first = groups.next().unwrap_or_default();
        let leading = (1..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_digit());
        let mut rest = groups.peekable();
        leading && rest.peek().is_some() && rest.all(|part| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let whole = ascii.split_once('.').map_or(ascii.as_str(), |(whole, _)| whole);
    if grouped(whole) {
        return ascii.replace(',', "");
    }
    ascii
}

fn ascii_digit(c: char) -> char {
    // The first digits of the scripts in use; each has ten in a row (Unicode's Nd).
    const ZEROS: [u32; 20] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
        0x1040, 0x17e0, 0x1810, 0xff10, 0xa620,
    ];
    let code = c as u32;
    let digit = ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|digit| *digit < 10));
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
}

fn digits_and_scale<'w>(first: &str, word: &impl Fn(usize) -> Option<&'w str>) -> Option<(String, usize)> {
    let digits = plain_digits(first);
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') && digits.matches('.').count() <= 1;
    let Some(scale) = word(1).and_then(scale).filter(|_| plain && !digits.ends_with('.')) else {
        return Some((digits, 1));
    };
    let zeros = scale.ilog10() as usize;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits.as_str(), ""));
    if fraction.len() > zeros || whole.len() > 12 {
        return Some((digits, 1));
    }
    let shifted = format!("{whole}{fraction}{}", "0".repeat(zeros - fraction.len()));
    let trimmed = shifted.trim_start_matches('0');
    Some((
        if trimmed.is_empty() {
            "0".to_owned()
        } else {
            trimmed.to_owned()
        },
        2,
    ))
}

struct Reader<F> {
    word: F,
    at: usize,
}

impl<'w, F: Fn(usize) -> Option<&'w str>> Reader<F> {
    fn peek(&self, ahead: usize) -> Option<&'w str> {
        (self.word)(self.at + ahead)
    }

    fn number(&mut self) -> Option<String> {
        let mut total: u64 = 0;
        let mut below = u64::MAX;
        loop {
            let start = self.at;
            // `two hundred and five`: an `and` belongs to the number only inside of it.
            if total > 0 && self.peek(0) == Some("and") {
                self.at += 1;
            }
            let Some(part) = self.group(total == 0) else {
                self.at = start;
                break;
            };
            let (value, ordinal) = match part {
                Group::Cardinal(value) => (value, false),
                Group::Ordinal(value) => (value, true),
            };
            let scaled = if ordinal { None } else { self.peek(0).and_then(scale) };
            let scale_ordinal = if ordinal {
                None
            } else {
                self.peek(0).and_then(ordinal_scale)
            };
            let factor = scaled.or(scale_ordinal).unwrap_or(1);
            let amount = value.checked_mul(factor).filter(|_| factor < below);
            // The parts of a number grow smaller; `five six` is two numbers.
            let Some(sum) = amount
                .filter(|_| total == 0 || below > 1)
                .and_then(|amount| total.checked_add(amount))
            else {
                self.at = start;
                break;
            };
            total = sum;
            below = factor;
            if factor > 1 {
                self.at += 1;
            }
            if ordinal || scale_ordinal.is_some() {
                return Some(with_suffix(total));
            }
            if factor == 1 {
                break;
            }
        }
        if self.at == 0 {
            return None;
        }
        Some(self.fraction(total))
    }

    /// `point five` after a number.
    fn fraction(&mut self, whole: u64) -> String {
        let digit = |word: &str| below_hundred(word).filter(|value| *value < 10);
        if self.peek(0) != Some("point") || self.peek(1).and_then(digit).is_none() {
            return whole.to_string();
        }
        self.at += 1;
        let mut text = format!("{whole}.");
        while let Some(value) = self.peek(0).and_then(digit) {
            text.push_str(&value.to_string());
            self.at += 1;
        }
        text
    }

    /// Up to 9999: what stands before a scale.
    fn group(&mut self, first: bool) -> Option<Group> {
        let word = self.peek(0)?;
        if first && matches!(word, "a" | "an") {
            let scaled = self.peek(1).filter(|next| is_scale(next))?;
            self.at += 1;
            return match scaled {
                "hundred" => Some(self.hundreds(1)),
                "dozen" => {
                    self.at += 1;
                    Some(Group::Cardinal(12))
                }
                _ => Some(Group::Cardinal(1)),
            };
        }
        let leading = match self.below_hundred()? {
            Group::Ordinal(value) => return Some(Group::Ordinal(value)),
            Group::Cardinal(value) => value,
        };
        match self.peek(0) {
            Some("hundred" | "hundredth") => Some(self.hundreds(leading)),
            Some("dozen") => {
                self.at += 1;
                Some(Group::Cardinal(leading * 12))
            }
            _ if first && (13..=20).contains(&leading) => Some(self.year(leading)),
            _ => Some(Group::Cardinal(leading)),
        }
    }

    /// After `nineteen`: `ninety-nine`, or nothing of the kind.
    fn year(&mut self, century: u64) -> Group {
        let start = self.at;
        match self.below_hundred() {
            Some(Group::Cardinal(year)) if year >= 10 => Group::Cardinal(century * 100 + year),
            _ => {
                self.at = start;
                Group::Cardinal(century)
            }
        }
    }

    /// At `hundred`, with what it counts: `hundred [and] five`.
    fn hundreds(&mut self, count: u64) -> Group {
        let ordinal = self.peek(0) == Some("hundredth");
        self.at += 1;
        if ordinal {
            return Group::Ordinal(count * 100);
        }
        let start = self.at;
        if self.peek(0) == Some("and") {
            self.at += 1;
        }
        match self.below_hundred() {
            Some(Group::Cardinal(rest)) => Group::Cardinal(count * 100 + rest),
            Some(Group::Ordinal(rest)) => Group::Ordinal(count * 100 + rest),
            None => {
                self.at = start;
                Group::Cardinal(count * 100)
            }
        }
    }

    /// `twenty five`, `twelve`, `twenty first`.
    fn below_hundred(&mut self) -> Option<Group> {
        let word = self.peek(0)?;
        if let Some(value) = ordinal(word) {
            self.at += 1;
            return Some(Group::Ordinal(value));
        }
        let value = below_hundred(word)?;
        self.at += 1;
        if value < 20 {
            return Some(Group::Cardinal(value));
        }
        let unit = self
            .peek(0)
            .and_then(below_hundred)
            .filter(|unit| (1..10).contains(unit));
        let last = self.peek(0).and_then(ordinal).filter(|unit| *unit < 10);
        if unit.or(last).is_some() {
            self.at += 1;
        }
        Some(match (unit, last) {
            (Some(unit), _) => Group::Cardinal(value + unit),
            (None, Some(unit)) => Group::Ordinal(value + unit),
            (None, None) => Group::Cardinal(value),
        })
    }
}

enum Group {
    Cardinal(u64),
    Ordinal(u64),
}

fn with_suffix(number: u64) -> String {
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

fn is_scale(word: &str) -> bool {
    matches!(word, "hundred" | "hundredth" | "dozen") || scale(word).is_some() || ordinal_scale(word).is_some()
}

fn scale(word: &str) -> Option<u64> {
    Some(match word {
        "thousand" => 1_000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        "trillion" => 1_000_000_000_000,
        _ => return None,
    })
}

fn ordinal_scale(word: &str) -> Option<u64> {
    word.strip_suffix("th").and_then(scale)
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const ORDINALS: [&str; 19] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

/// A single word below a hundred.
fn below_hundred(word: &str) -> Option<u64> {
    let small = SMALL.iter().position(|small| *small == word).map(|at| at as u64);
    small.or_else(|| TENS.iter().position(|tens| *tens == word).map(|at| at as u64 * 10 + 20))
}

/// A single ordinal below a hundred.
fn ordinal(word: &str) -> Option<u64> {
    if let Some(at) = ORDINALS.iter().position(|ordinal| *ordinal == word) {
        return Some(at as u64 + 1);
    }
    let tens = word.strip_suffix("ieth")?;
    let same = |name: &&str| name.strip_suffix('y') == Some(tens);
    TENS.iter().position(same).map(|at| at as u64 * 10 + 20)
}
