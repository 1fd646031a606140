//! Names as they sound, roughly: one letter for each group of letters that transliterations exchange.
//!
//! ```text
//! Tofig Yagublu, Tofik Yaqublu, Тофик Ягублу   ->   T O F I K   I A K O B L O
//! ```
//!
//! Normative: spec/suggestion.md, "Letters that are one". The tables are small on purpose: what they do not know
//! stays as it is. Arabic writing leaves short vowels out, so that names in it are compared by their consonants.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name's word as it sounds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sound {
    /// The letters with vowels.
    pub full: String,
    /// The letters without vowels; of a word in Arabic letters the only ones that are known.
    pub consonants: String,
    /// Whether the word is written without its vowels.
    pub vowelless: bool,
}

impl Sound {
    /// Whether two words sound the same: with their vowels, or where one is written without, by the consonants.
    pub fn same(&self, other: &Sound) -> bool {
        if self.vowelless || other.vowelless {
            return !self.consonants.is_empty() && self.consonants == other.consonants;
        }
        !self.full.is_empty() && self.full == other.full
    }

    /// Of a word in small letters.
    pub fn of(word: &str) -> Sound {
        let vowelless = word.chars().any(is_arabic);
        let latin = in_latin(word);
        let heard = grouped(&latin);
        let full = heard.replace('W', "F");
        let consonants: String = heard.chars().filter(|c| !matches!(c, 'A' | 'I' | 'O' | 'W')).collect();
        let consonants = match vowelless || consonants.len() > 2 {
            // The h at the end of an Arabic name is heard as a vowel and often not written.
            true => consonants.strip_suffix('H').unwrap_or(&consonants).to_owned(),
            false => consonants,
        };
        Sound {
            full: if vowelless { String::new() } else { full },
            consonants,
            vowelless,
        }
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6ff}' | '\u{750}'..='\u{77f}')
}

/// What keeps letters of another script apart that would be one sound if they were Latin.
const APART: char = '|';

/// The word in Latin letters without marks; letters of other scripts than those of the tables stay.
fn in_latin(word: &str) -> String {
    // The Arabic article is a word of its own in Latin letters, and is left out there too.
    let word = word
        .strip_prefix("ال")
        .filter(|rest| rest.chars().count() > 2)
        .unwrap_or(word);
    let mut latin = String::with_capacity(word.len() + 8);
    for c in word.chars() {
        if !write(c, &mut latin) {
            for part in c.nfkd().filter(|part| !is_combining_mark(*part)) {
                if !write(part, &mut latin) {
                    latin.extend(part.to_lowercase());
                }
            }
        }
    }
    latin
}

/// Writes what the tables have for a letter, or says that they have nothing.
fn write(c: char, latin: &mut String) -> bool {
    let others = || cyrillic_table(c).or_else(|| arabic_table(c)).or_else(|| greek_table(c));
    if c.is_ascii_alphanumeric() {
        latin.push(c);
    } else if let Some(letters) = latin_table(c) {
        latin.push_str(letters);
    } else if let Some(letters) = others() {
        latin.push_str(letters);
        latin.push(APART);
    } else {
        return false;
    }
    true
}

fn latin_table(c: char) -> Option<&'static str> {
    Some(match c {
        'ə' | 'æ' => "e",
        'ı' => "i",
        'ş' | 'š' | 'ś' | 'ș' => "sh",
        'ç' | 'č' | 'ć' => "ch",
        'ž' | 'ż' | 'ź' => "zh",
        'đ' => "dj",
        'ł' => "l",
        'ø' | 'œ' => "o",
        'ß' => "ss",
        'þ' => "th",
        '\'' | '’' | 'ʿ' | 'ʾ' | 'ʼ' | '`' => "",
        _ => return None,
    })
}

fn cyrillic_table(c: char) -> Option<&'static str> {
    Some(match c {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' => "g",
        'д' => "d",
        'ђ' => "dj",
        'е' | 'э' | 'є' => "e",
        'ё' => "io",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ы' | 'й' | 'ї' | 'ј' => "i",
        'к' | 'қ' | 'ҝ' => "k",
        'л' => "l",
        'љ' => "li",
        'м' => "m",
        'н' => "n",
        'ң' => "ng",
        'њ' => "ni",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ћ' | 'ч' => "ch",
        'у' | 'ү' | 'ұ' | 'ў' => "u",
        'ф' => "f",
        'х' | 'һ' => "kh",
        'ц' => "ts",
        'џ' | 'ҹ' => "j",
        'ш' => "sh",
        'щ' => "shch",
        'ь' | 'ъ' => "",
        'ю' => "iu",
        'я' => "ia",
        _ => return None,
    })
}

/// Consonants; what writes a vowel or may is one, and signs for vowels are left out.
fn arabic_table(c: char) -> Option<&'static str> {
    Some(match c {
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' | 'ٹ' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ه' | 'ھ' => "h",
        'خ' => "kh",
        'د' | 'ض' | 'ڈ' | 'ذ' => "d",
        'ز' | 'ظ' => "z",
        'ر' | 'ڑ' => "r",
        'ژ' => "zh",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ق' | 'ك' | 'ک' | 'گ' => "k",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        '\u{64b}'..='\u{65f}' | '\u{670}' => "",
        '\u{620}'..='\u{6ff}' => "a",
        _ => return None,
    })
}

fn greek_table(c: char) -> Option<&'static str> {
    Some(match c {
        'α' => "a",
        'β' => "v",
        'γ' | 'κ' => "k",
        'δ' => "d",
        'ε' => "e",
        'η' | 'ι' | 'υ' => "i",
        'ζ' => "z",
        'θ' | 'τ' => "t",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "ks",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'φ' => "f",
        'χ' => "kh",
        'ψ' => "ps",
        _ => return None,
    })
}

/// Letters that are written together for one sound, the longest first.
const TOGETHER: [(&str, &str); 31] = [
    ("shch", "SC"),
    ("schtsch", "SC"),
    ("tsch", "C"),
    ("tch", "C"),
    ("sch", "S"),
    ("dzh", "J"),
    ("dsch", "J"),
    ("dj", "J"),
    ("zh", "J"),
    ("sh", "S"),
    ("ch", "C"),
    ("cz", "C"),
    ("kh", "H"),
    ("gh", "K"),
    ("ph", "F"),
    ("th", "T"),
    ("dh", "D"),
    ("ck", "K"),
    ("tz", "TS"),
    ("ou", "O"),
    ("oo", "O"),
    ("ee", "I"),
    ("ei", "AI"),
    ("ey", "AI"),
    ("ie", "IA"),
    ("wh", "W"),
    ("ce", "SA"),
    ("ci", "SI"),
    ("cy", "SI"),
    ("ff", "F"),
    ("w", "W"),
];

/// The word by groups of letters, none twice in a row.
fn grouped(latin: &str) -> String {
    let mut sound = String::with_capacity(latin.len());
    let mut push = |group: char| {
        if !sound.ends_with(group) {
            sound.push(group);
        }
    };
    let mut rest = latin;
    let mut at_start = true;
    while let Some(first) = rest.chars().next() {
        // "Yeltsin" and "Eltsin", "Jelzin" too.
        let silent = at_start && (rest.starts_with("ye") || rest.starts_with("je"));
        let at_end = rest.len() == 1;
        let together = TOGETHER.iter().find(|(letters, _)| rest.starts_with(letters));
        if silent {
            rest = &rest[1..];
        } else if let Some((letters, groups)) = together {
            groups.chars().for_each(&mut push);
            rest = &rest[letters.len()..];
        } else {
            match first {
                APART => {}
                'x' if at_start => push('H'),
                'x' => "KS".chars().for_each(&mut push),
                // "Mladić" is often printed "Mladic".
                'c' if at_end => push('C'),
                first => push(group(first)),
            }
            rest = &rest[first.len_utf8()..];
        }
        at_start = false;
    }
    sound
}

/// The group of a letter by itself.
fn group(letter: char) -> char {
    match letter {
        'a' | 'e' => 'A',
        'i' | 'y' => 'I',
        'o' | 'u' => 'O',
        'g' | 'q' | 'k' | 'c' => 'K',
        'v' => 'F',
        letter => letter.to_ascii_uppercase(),
    }
}
