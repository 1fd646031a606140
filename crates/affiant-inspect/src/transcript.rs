//! A text transcript with speaker labels, cut into turns without altering a byte.
//!
//! ```
//! use affiant_inspect::transcript;
//!
//! let text = "Visit of 6 January\n\nLAWYER: Shall I pass that on?\nCLIENT: I will not stop\n  the strike.\n";
//! let transcript = transcript::parse(text.as_bytes()).unwrap();
//! assert_eq!(transcript.unparsed[0].text, "Visit of 6 January");
//! let answer = &transcript.turns[1];
//! assert_eq!((answer.speaker.as_str(), answer.line), ("CLIENT", 4));
//! assert_eq!(answer.words, "I will not stop\n  the strike.");
//! assert_eq!(answer.words, &text[answer.span.clone()]);
//! ```
//!
//! # The forms that are read
//!
//! - `NAME: words`, and `Q.` or `A.` before words, as in a deposition. `A.` counts only in a text
//!   that has a `Q.` line, for elsewhere `A. Smith` is a name.
//! - The lines that follow belong to the turn, indented or not, until the next label or a blank
//!   line. Every other line is kept in [`Transcript::unparsed`]; none is dropped.
//!
//! A line ends with LF, CRLF or CR. Nothing else is a line end: U+2028 and the like stay in the
//! words, as do controls of writing direction. A byte order mark belongs to no line. Spaces,
//! tabs, form feeds and no-break spaces around a label or around the words of a turn are outside
//! its span; inside it everything is kept.
//!
//! # What counts as a label
//!
//! A sentence may hold a colon, so a label must look like one ([`label_before_colon`]):
//!
//! 1. at most [`MAX_LABEL_CHARS`] characters and [`MAX_LABEL_WORDS`] words, with a letter in it;
//! 2. no punctuation of sentences: a full stop only ends an initial or a short title (`J.`, `Mrs.`);
//! 3. the colon is followed by a blank, the end of the line, or a character outside ASCII, so
//!    that neither `10:30` nor an address on the web is a label; the full-width colon needs nothing;
//! 4. in scripts with capitals each word begins with one, but for words in brackets and the small
//!    words of names and offices (`de`, `bin`, `oğlu`, `of`, `the` …).
//!
//! Rule 4 keeps `He said: no` in the turn where it stands. It also leaves out `Prison officer:`
//! and `client:`, and that would give one person's words to another; every such line is listed in
//! [`Transcript::possible_labels`], for a person to decide. The other way round, a header such as
//! `Date: 6 January` reads like a turn of somebody called Date, and `Note: …` within a turn
//! likewise: show the speakers to the person who records the transcript.
//!
//! What this module does not do: it reads no time marks or line numbers before a label (such lines
//! are unparsed or belong to the turn before), decides nothing about who a label stands for, and
//! joins no two labels, however alike they look.

use std::mem;
use std::ops::Range;

/// The most bytes of a transcript that is read: 64 MiB, some thousand hours of talk.
pub const MAX_TRANSCRIPT_BYTES: usize = 64 * 1024 * 1024;

/// The most turns of one transcript.
pub const MAX_TURNS: usize = 100_000;

/// The most lines of one transcript, blank ones included.
pub const MAX_LINES: usize = 1_000_000;

/// The most characters (Unicode scalar values) of a speaker label.
pub const MAX_LABEL_CHARS: usize = 40;

/// The most words of a speaker label.
pub const MAX_LABEL_WORDS: usize = 5;

/// The most letters before a full stop within a label: `Prof.` is a title, `stopped.` an end.
const MAX_ABBREVIATION_LETTERS: usize = 4;

/// A transcript cut into turns. Turns, their labels and the unparsed lines together cover every
/// line that is not blank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transcript {
    /// The turns, in the order of the text.
    pub turns: Vec<Turn>,
    /// Lines that belong to no turn, in the order of the text: headers, notes, labels without words.
    pub unparsed: Vec<Line>,
    /// Lines that were not taken as the start of a turn but that a person might: all of what a
    /// label needs except capitals. Each is also in a turn or in `unparsed`.
    pub possible_labels: Vec<Line>,
}

/// What one speaker says without a break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The label as written, without its colon: `CLIENT`, `Q`.
    pub speaker: String,
    /// The words, exactly the bytes of `span`: line ends and indentation between lines included.
    pub words: String,
    /// Where the words stand in the bytes of the transcript, in bytes. Never empty.
    pub span: Range<usize>,
    /// The number of the line with the label, counted from 1.
    pub line: usize,
}

/// A line outside every turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The line without the blanks around it and without its line end.
    pub text: String,
    /// Where `text` stands in the bytes of the transcript, in bytes.
    pub span: Range<usize>,
    /// The number of the line, counted from 1.
    pub line: usize,
}

/// Why bytes were not read as a transcript.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TranscriptError {
    /// There is nothing but blanks.
    #[error("the transcript is empty")]
    Empty,
    /// More bytes than [`MAX_TRANSCRIPT_BYTES`].
    #[error(
        "the transcript has {bytes} bytes; at most {MAX_TRANSCRIPT_BYTES} are read. \
         Divide it, for instance by day of hearing"
    )]
    TooLarge {
        /// How many bytes there are.
        bytes: usize,
    },
    /// The bytes are not UTF-8 text.
    #[error(
        "the transcript is not UTF-8 text: the byte at offset {offset} (line {line}) does not fit. \
         Save it as UTF-8 in a text editor, and keep the original as an exhibit of its own"
    )]
    NotUtf8 {
        /// The offset of the first byte that is not part of a UTF-8 character, counted from 0.
        offset: usize,
        /// The number of its line, counted from 1.
        line: usize,
    },
    /// More lines than [`MAX_LINES`].
    #[error("the transcript has more than {MAX_LINES} lines, which is the limit; divide it")]
    TooManyLines,
    /// More turns than [`MAX_TURNS`].
    #[error("the transcript has more than {MAX_TURNS} turns, which is the limit; divide it")]
    TooManyTurns,
}

/// Reads a transcript.
///
/// A text in which no label is found is no error: it has no turns, and all its lines are unparsed.
///
/// # Errors
///
/// See [`TranscriptError`].
pub fn parse(bytes: &[u8]) -> Result<Transcript, TranscriptError> {
    if bytes.len() > MAX_TRANSCRIPT_BYTES {
        return Err(TranscriptError::TooLarge { bytes: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        TranscriptError::NotUtf8 {
            offset,
            line: line_at(bytes, offset),
        }
    })?;
    let after_mark = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };

    let mut deposition = false;
    for (index, span) in LineSpans::new(text, after_mark).enumerate() {
        if index == MAX_LINES {
            return Err(TranscriptError::TooManyLines);
        }
        deposition |= after_initial(&text[span], 'Q').is_some();
    }

    let mut reader = Reader {
        text,
        open: None,
        transcript: Transcript::default(),
    };
    for (index, span) in LineSpans::new(text, after_mark).enumerate() {
        reader.read(trimmed(text, span), index + 1, deposition)?;
    }
    reader.close()?;
    let transcript = reader.transcript;
    if transcript.turns.is_empty() && transcript.unparsed.is_empty() {
        return Err(TranscriptError::Empty);
    }
    Ok(transcript)
}

/// The number, counted from 1, of the line with the byte at `offset`.
fn line_at(bytes: &[u8], offset: usize) -> usize {
    let line_ends = (0..offset).filter(|&at| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    line_ends.count() + 1
}

/// The label at the start of `line` and the byte offset just after its colon, by the rules in the
/// [module's documentation](self). `line` has no blanks before it.
pub fn label_before_colon(line: &str) -> Option<(&str, usize)> {
    match label_like(line)? {
        (label, after, true) => Some((label, after)),
        (_, _, false) => None,
    }
}

struct Reader<'a> {
    text: &'a str,
    open: Option<OpenTurn>,
    transcript: Transcript,
}

/// A turn whose last line is not known yet.
struct OpenTurn {
    label: Range<usize>,
    /// The whole first line, for a label that turns out to have no words.
    first_line: Range<usize>,
    words: Option<Range<usize>>,
    line: usize,
}

impl Reader<'_> {
    fn read(&mut self, span: Range<usize>, line: usize, deposition: bool) -> Result<(), TranscriptError> {
        if span.is_empty() {
            return self.close();
        }
        let text = &self.text[span.clone()];
        if let Some((label, after)) = start_of_turn(text, deposition) {
            self.close()?;
            let words = trimmed(self.text, span.start + after..span.end);
            self.open = Some(OpenTurn {
                label: trimmed(self.text, span.start..span.start + label),
                first_line: span,
                words: (!words.is_empty()).then_some(words),
                line,
            });
            return Ok(());
        }
        if matches!(label_like(text), Some((_, _, false))) {
            let possible = self.line(span.clone(), line);
            self.transcript.possible_labels.push(possible);
        }
        if let Some(open) = &mut self.open {
            let start = open.words.as_ref().map_or(span.start, |words| words.start);
            open.words = Some(start..span.end);
        } else {
            let unparsed = self.line(span, line);
            self.transcript.unparsed.push(unparsed);
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), TranscriptError> {
        let Some(open) = mem::take(&mut self.open) else {
            return Ok(());
        };
        let Some(span) = open.words else {
            let label_alone = self.line(open.first_line, open.line);
            self.transcript.unparsed.push(label_alone);
            return Ok(());
        };
        if self.transcript.turns.len() == MAX_TURNS {
            return Err(TranscriptError::TooManyTurns);
        }
        self.transcript.turns.push(Turn {
            speaker: self.text[open.label].to_owned(),
            words: self.text[span.clone()].to_owned(),
            span,
            line: open.line,
        });
        Ok(())
    }

    fn line(&self, span: Range<usize>, line: usize) -> Line {
        Line {
            text: self.text[span.clone()].to_owned(),
            span,
            line,
        }
    }
}

/// The length of the label and the offset where the words may begin.
fn start_of_turn(line: &str, deposition: bool) -> Option<(usize, usize)> {
    if deposition && let Some(after) = after_initial(line, 'Q').or_else(|| after_initial(line, 'A')) {
        return Some((1, after));
    }
    label_before_colon(line).map(|(label, after)| (label.len(), after))
}

/// The offset after `Q.` or `A.` at the start of a line, blanks before it allowed.
fn after_initial(line: &str, initial: char) -> Option<usize> {
    let rest = line
        .trim_start_matches(is_blank)
        .strip_prefix(initial)?
        .strip_prefix('.')?;
    (rest.is_empty() || rest.starts_with(is_blank)).then_some(line.len() - rest.len())
}

/// A label by rules 1 to 3 of the module's documentation, and whether rule 4 holds as well.
fn label_like(line: &str) -> Option<(&str, usize, bool)> {
    let (colon, sign) = line
        .char_indices()
        .take(MAX_LABEL_CHARS + 2)
        .find(|&(_, c)| c == ':' || c == FULL_WIDTH_COLON)?;
    let label = line[..colon].trim_end_matches(is_blank);
    let after = colon + sign.len_utf8();
    let next = line[after..].chars().next();
    let colon_ends_label = sign == FULL_WIDTH_COLON || next.is_none_or(|c| is_blank(c) || !c.is_ascii());
    if !colon_ends_label
        || label.chars().count() > MAX_LABEL_CHARS
        || !label.chars().any(char::is_alphabetic)
        || label.chars().any(is_sentence_punctuation)
    {
        return None;
    }
    let mut words = 0;
    let mut brackets = 0_usize;
    let mut capitals = true;
    for word in label.split(is_blank).filter(|word| !word.is_empty()) {
        words += 1;
        let stops_are_abbreviations = word.rsplit_once('.').is_none_or(|(before, after)| {
            let mut parts = before.split('.').chain((!after.is_empty()).then_some(after));
            parts.all(|part| (1..=MAX_ABBREVIATION_LETTERS).contains(&part.chars().count()))
        });
        if words > MAX_LABEL_WORDS || !stops_are_abbreviations {
            return None;
        }
        let in_brackets = brackets > 0 || word.starts_with(['(', '[']);
        brackets += word.matches(['(', '[']).count();
        brackets = brackets.saturating_sub(word.matches([')', ']']).count());
        let small_word_of_name = words > 1 && SMALL_WORDS.contains(&word);
        capitals &= in_brackets || small_word_of_name || !begins_lower_case(word);
    }
    Some((label, after, capitals))
}

const FULL_WIDTH_COLON: char = '\u{ff1a}';

/// Words within names and offices that are written small.
const SMALL_WORDS: [&str; 26] = [
    "al", "and", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "for", "ibn", "la",
    "le", "of", "oglu", "oğlu", "qizi", "qızı", "the", "van", "von",
];

fn begins_lower_case(word: &str) -> bool {
    let first = word.chars().find(|c| c.is_alphabetic());
    // Georgian letters are lower case to Unicode, but the script begins no word with a capital.
    first.is_some_and(|c| c.is_lowercase() && !matches!(c, '\u{10d0}'..='\u{10ff}'))
}

fn is_sentence_punctuation(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | '!'
            | '?'
            | '"'
            | '…'
            | '—'
            | '–'
            | '“'
            | '”'
            | '„'
            | '«'
            | '»'
            | '¡'
            | '¿'
            | '،'
            | '؛'
            | '؟'
            | '۔'
            | '।'
            | '。'
            | '、'
            | '，'
            | '；'
            | '！'
            | '？'
            | '「'
            | '」'
    )
}

/// What may stand around a label or words without being part of them.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{b}' | '\u{c}' | '\u{a0}')
}

fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let line = &text[span.clone()];
    let start = span.start + (line.len() - line.trim_start_matches(is_blank).len());
    let end = span.end - (line.len() - line.trim_end_matches(is_blank).len());
    start..end.max(start)
}

/// The spans of the lines of a text, without their line ends.
struct LineSpans<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> LineSpans<'a> {
    fn new(text: &'a str, from: usize) -> Self {
        LineSpans { text, at: from }
    }
}

impl Iterator for LineSpans<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let line_end = match rest.as_bytes()[length..] {
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        self.at = start + length + line_end;
        Some(start..start + length)
    }
}

#[cfg(test)]
mod tests;
