//! Transcripts with one token to a line, as published for the evaluation of speech recognition.
//!
//! ```text
//! token|speaker|ts|endTs|punctuation|prepunctuation|case|tags|wer_tags
//! signed|2|71.40|71.82|.||LC|[]|[]
//! ```
//!
//! The first line names the columns; `token` and `speaker` must be among them. Words, marks,
//! speakers and times are read; the other columns are not. A row has as many columns as the first
//! line, or fewer at its end (spec/collation.md, "Token format").

use super::witness::{Turn, Witness};
use crate::text::{Token, TooLong, tokens, within_limit};

/// Why a text is not in the token format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NlpError {
    /// The text is too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// The first line does not name the columns.
    #[error("line 1 does not name the columns token and speaker, as token|speaker|ts|endTs|punctuation")]
    Header,
    /// A row has more columns than the first line.
    #[error("line {line} has {columns} columns, and line 1 names {expected}")]
    Columns {
        /// The number of the line, counted from 1.
        line: usize,
        /// How many columns it has.
        columns: usize,
        /// How many the first line has.
        expected: usize,
    },
}

/// Whether a text begins as the token format does.
pub fn is_nlp(text: &str) -> bool {
    text.strip_prefix('\u{feff}')
        .unwrap_or(text)
        .starts_with("token|speaker|")
}

impl Witness {
    /// A witness in the token format.
    ///
    /// # Errors
    /// [`NlpError`].
    pub fn nlp(name: impl Into<String>, text: impl Into<String>) -> Result<Self, NlpError> {
        let text = text.into();
        within_limit(&text)?;
        let mut lines = text.split_inclusive('\n');
        let head = lines.next().unwrap_or_default();
        let columns = Columns::of(head.trim_start_matches('\u{feff}').trim_end()).ok_or(NlpError::Header)?;
        let (mut found, mut turns) = (Vec::<Token>::new(), Vec::<Turn>::new());
        let mut start = head.len();
        for (line, row) in (2..).zip(lines) {
            let row_start = start;
            start += row.len();
            let mut at = row_start;
            let fields: Vec<(usize, &str)> = row
                .trim_end_matches(['\n', '\r'])
                .split('|')
                .map(|field| {
                    let begins = at;
                    at += field.len() + 1;
                    (begins, field)
                })
                .collect();
            if fields.len() > columns.count {
                return Err(NlpError::Columns {
                    line,
                    columns: fields.len(),
                    expected: columns.count,
                });
            }
            let field = |column: Option<usize>| column.and_then(|column| fields.get(column)).copied();
            for column in [columns.before, Some(columns.token), columns.after] {
                if let Some((begins, written)) = field(column) {
                    found.extend(tokens(written)?.into_iter().map(|token| token.shifted(begins)));
                }
            }
            let stated = |column| {
                field(column)
                    .map(|(_, written)| written)
                    .filter(|written| !written.is_empty())
            };
            let turn = Turn {
                from: row_start,
                speaker: stated(Some(columns.speaker)).map(str::to_owned),
                time: stated(columns.time).map(str::to_owned),
            };
            if turns
                .last()
                .is_none_or(|last| (&last.speaker, &last.time) != (&turn.speaker, &turn.time))
            {
                turns.push(turn);
            }
        }
        Ok(Self::with_tokens(name.into(), text, found, turns, false))
    }
}

/// Which column is which.
struct Columns {
    count: usize,
    token: usize,
    speaker: usize,
    time: Option<usize>,
    before: Option<usize>,
    after: Option<usize>,
}

impl Columns {
    fn of(head: &str) -> Option<Self> {
        let names: Vec<&str> = head.split('|').collect();
        let column = |name: &str| names.iter().position(|other| *other == name);
        Some(Self {
            count: names.len(),
            token: column("token")?,
            speaker: column("speaker")?,
            time: column("ts"),
            before: column("prepunctuation"),
            after: column("punctuation"),
        })
    }
}
