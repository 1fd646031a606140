//! Characters that a reader does not see, or takes for others, each with its place.
//!
//! `раypal` with a Cyrillic `р` and `а` reads as `paypal`; `\u{202E}` lets the rest of a line run
//! backwards. They are pointed out and never removed: a text with one of them is not the text
//! without it. Confusable letters are looked for inside words, by the skeletons of UTS 39.
//! A word wholly in one script is pointed out only where all of it looks Latin and the text around
//! it is Latin. This cannot say why a character is there: a right-to-left mark is ordinary in
//! Arabic, and is listed all the same.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// What kind of character it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HiddenKind {
    /// Changes the direction in which text is shown.
    Direction,
    /// Is not shown at all.
    Invisible,
    /// A control code that is no line end and no tab.
    Control,
    /// A letter of another script than its word's, or a word of another script than its text's,
    /// that looks like one of it.
    Confusable,
}

/// A character to point out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// The character.
    pub character: char,
    /// What kind of character it is.
    pub kind: HiddenKind,
    /// What it looks like, for [`HiddenKind::Confusable`].
    pub looks_like: Option<String>,
}

impl Hidden {
    /// Its code point and its name, or its script where it is a letter: `U+202E right-to-left override`,
    /// `U+0430, a Cyrillic letter that looks like "a"`.
    pub fn name(&self) -> String {
        let code = self.character as u32;
        match &self.looks_like {
            Some(like) => {
                let script = self.character.script().full_name();
                format!("U+{code:04X}, a {script} letter that looks like \"{like}\"")
            }
            None => format!("U+{code:04X} {}", plain_name(self.character)),
        }
    }
}

/// Whether a character has no shape of its own (Unicode's Default_Ignorable_Code_Point) or is a
/// control code.
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || is_direction(c)
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character changes the direction of text (Unicode's Bidi_Control).
pub fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What a text looks like: its UTS 39 skeleton in small letters, without what is not seen. Two texts of one
/// look may be quite different.
pub fn look(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    unicode_security::skeleton(&seen).flat_map(char::to_lowercase).collect()
}

/// Every character of a text to point out, in the order of the text.
pub fn hidden(text: &str) -> Vec<Hidden> {
    let mut found = Vec::new();
    let latin = mostly_latin(text);
    for (start, word) in text.split_word_bound_indices() {
        unseen(start, word, text, &mut found);
        if !word.is_ascii() && word.chars().any(char::is_alphabetic) {
            confusable(start, word, latin, &mut found);
        }
    }
    found.sort_by_key(|hidden| hidden.span.start);
    found
}

fn unseen(start: usize, word: &str, text: &str, found: &mut Vec<Hidden>) {
    for (offset, character) in word.char_indices() {
        if !is_invisible(character) {
            continue;
        }
        let span = start + offset..start + offset + character.len_utf8();
        if belongs(character, &text[..span.start], &text[span.end..]) {
            continue;
        }
        let kind = match character {
            c if is_direction(c) => HiddenKind::Direction,
            c if c.is_control() => HiddenKind::Control,
            _ => HiddenKind::Invisible,
        };
        found.push(Hidden {
            span,
            character,
            kind,
            looks_like: None,
        });
    }
}

/// Whether a joiner or selector is part of how its neighbours are ordinarily written: in an emoji,
/// or between letters of a script that spells with joiners.
fn belongs(character: char, before: &str, after: &str) -> bool {
    let (Some(before), after) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    match character {
        '\u{fe00}'..='\u{fe0f}' => !before.is_ascii_alphabetic() && !before.is_whitespace() && !is_invisible(before),
        '\u{200c}' | '\u{200d}' => {
            let spells = |c: char| c.is_alphabetic() && !is_alphabet(c.script());
            let pictured = |c: char| c as u32 >= 0x2190 && !c.is_alphanumeric();
            after.is_some_and(|after| (spells(before) && spells(after)) || (pictured(before) && pictured(after)))
        }
        '\u{e0020}'..='\u{e007f}' => before as u32 >= 0x1f000,
        _ => false,
    }
}

/// A script that is written without joiners.
fn is_alphabet(script: Script) -> bool {
    matches!(
        script,
        Script::Latin | Script::Cyrillic | Script::Greek | Script::Armenian | Script::Georgian
    )
}

/// The scripts of a text's letters, most of which are Latin.
fn mostly_latin(text: &str) -> bool {
    let (mut latin, mut other) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        match c.script() {
            Script::Latin => latin += 1,
            _ => other += 1,
        }
    }
    latin > other
}

fn confusable(start: usize, word: &str, latin_text: bool, found: &mut Vec<Hidden>) {
    let mut scripts = BTreeMap::<&str, (usize, Script)>::new();
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        let script = c.script();
        if !matches!(script, Script::Common | Script::Inherited) {
            scripts.entry(script.full_name()).or_insert((0, script)).0 += 1;
        }
    }
    let strangers: Vec<Script> = match scripts.len() {
        0 => return,
        1 => {
            let (_, script) = scripts.values().next().expect("one script was counted");
            let only = is_alphabet(*script) && *script != Script::Latin;
            let disguised = latin_text
                && only
                && word
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .all(|c| as_latin(c).is_some());
            if !disguised {
                return;
            }
            vec![*script]
        }
        _ => {
            // Where two scripts have as many letters, Latin is taken for the word's own.
            let own = scripts
                .values()
                .max_by_key(|(count, script)| (*count, *script == Script::Latin))
                .map(|(_, script)| *script);
            scripts
                .values()
                .map(|(_, script)| *script)
                .filter(|script| Some(*script) != own)
                .collect()
        }
    };
    for (offset, character) in word.char_indices().filter(|(_, c)| strangers.contains(&c.script())) {
        if let Some(like) = look_alike(character) {
            found.push(Hidden {
                span: start + offset..start + offset + character.len_utf8(),
                character,
                kind: HiddenKind::Confusable,
                looks_like: Some(like),
            });
        }
    }
}

/// The Latin letters that a letter of another script looks like.
fn as_latin(c: char) -> Option<String> {
    look_alike(c).filter(|like| like.chars().all(|c| c.is_ascii_alphabetic()))
}

/// What a letter looks like, if it looks like another: its UTS 39 skeleton. The skeletons of Latin
/// letters that look like Cyrillic ones are themselves, so a Latin letter has none here.
fn look_alike(c: char) -> Option<String> {
    let mut buffer = [0; 4];
    let letter: &str = c.encode_utf8(&mut buffer);
    let skeleton: String = unicode_security::skeleton(letter).collect();
    (skeleton != letter)
        .then_some(skeleton)
        .or_else(|| latin_twin(c).map(str::to_owned))
}

/// Latin letters in a word of another script: what they are taken for there.
fn latin_twin(c: char) -> Option<&'static str> {
    const TWINS: [(&str, &str); 12] = [
        ("a", "а"),
        ("c", "с"),
        ("e", "е"),
        ("i", "і"),
        ("j", "ј"),
        ("o", "о"),
        ("p", "р"),
        ("s", "ѕ"),
        ("x", "х"),
        ("y", "у"),
        ("h", "һ"),
        ("d", "ԁ"),
    ];
    let mut buffer = [0; 4];
    let letter: &str = c.encode_utf8(&mut buffer);
    TWINS.iter().find(|(latin, _)| *latin == letter).map(|(_, twin)| *twin)
}

fn plain_name(c: char) -> &'static str {
    match c {
        '\u{ad}' => "soft hyphen",
        '\u{34f}' => "combining grapheme joiner",
        '\u{61c}' => "Arabic letter mark",
        '\u{200b}' => "zero width space",
        '\u{200c}' => "zero width non-joiner",
        '\u{200d}' => "zero width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "pop directional formatting",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible mathematical operator",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "pop directional isolate",
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            "variation selector"
        }
        '\u{180e}' => "Mongolian vowel separator",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "Hangul filler",
        '\u{feff}' => "zero width no-break space",
        '\u{e0000}'..='\u{e007f}' => "tag character",
        c if c.is_control() => "control code",
        _ => "invisible character",
    }
}
