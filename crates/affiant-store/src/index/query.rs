//! Questions to the index. Rows come in leaf order.

use affiant::digest::Digest;
use affiant::record::{ExhibitId, Label, PartyId, RecordId};
use rusqlite::types::Type;
use rusqlite::{Error, OptionalExtension as _, Params, Row as Columns, params, params_from_iter};

use super::entry::fold;
use super::schema::{count, integer};
use super::{ExhibitRow, Index, IndexError, PartyRow, Row};

/// The most rows of one answer.
pub const MAX_ROWS: u64 = 10_000;
/// The most words of a search; those after them are not looked at.
pub const MAX_QUERY_WORDS: usize = 32;
/// The fewest hexadecimal digits that may stand for an id.
pub const FEWEST_ID_DIGITS: usize = 4;

const COLUMNS: &str = "r.leaf, r.id, r.label, r.kind, r.recorded_at, r.title";

impl Index {
    /// How many leaves are indexed: the archive's size.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn size(&self) -> Result<u64, IndexError> {
        let size = self.connection.query_row("SELECT size FROM head", [], |row| row.get(0));
        Ok(size.optional()?.map_or(0, count))
    }

    /// The first record with this label.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn by_label(&self, label: &Label) -> Result<Option<Row>, IndexError> {
        let rows = self.rows("WHERE r.label = ?1 ORDER BY r.leaf LIMIT 1", [label.as_str()])?;
        Ok(rows.into_iter().next())
    }

    /// The record with this id.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn by_id(&self, id: RecordId) -> Result<Option<Row>, IndexError> {
        let rows = self.rows("WHERE r.id = ?1 ORDER BY r.leaf LIMIT 1", [id.0.to_hex()])?;
        Ok(rows.into_iter().next())
    }

    /// The record at this leaf.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn at(&self, leaf: u64) -> Result<Option<Row>, IndexError> {
        let rows = self.rows("WHERE r.leaf = ?1", [integer(leaf)])?;
        Ok(rows.into_iter().next())
    }

    /// The records whose id begins with `text`: with or without `record:sha256:`, and at
    /// least [`FEWEST_ID_DIGITS`] digits of it.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn by_id_prefix(&self, text: &str) -> Result<Vec<Row>, IndexError> {
        let digits = text.strip_prefix("record:sha256:").unwrap_or(text);
        let is_digits = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if digits.len() < FEWEST_ID_DIGITS || !is_digits {
            return Ok(Vec::new());
        }
        // "g" comes after every hexadecimal digit.
        let range = params![digits, format!("{digits}g"), integer(MAX_ROWS)];
        self.rows("WHERE r.id >= ?1 AND r.id < ?2 ORDER BY r.leaf LIMIT ?3", range)
    }

    /// Records `offset` and the next ones, at most `limit` and at most [`MAX_ROWS`].
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn all(&self, limit: u64, offset: u64) -> Result<Vec<Row>, IndexError> {
        let page = params![integer(limit.min(MAX_ROWS)), integer(offset)];
        self.rows("ORDER BY r.leaf LIMIT ?1 OFFSET ?2", page)
    }

    /// The records whose revealed texts have all words of `text`, whatever their case and
    /// accents: at most [`MAX_ROWS`]. Where none has them as words, those that have them as
    /// parts of words. A text without words asks for nothing and gives nothing.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn search(&self, text: &str) -> Result<Vec<Row>, IndexError> {
        let folded = fold(text);
        let words: Vec<&str> = folded
            .split(|letter: char| letter.is_whitespace() || letter.is_control())
            .filter(|word| !word.is_empty())
            .take(MAX_QUERY_WORDS)
            .collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        // A phrase in quotation marks means nothing but its words; marks in it are doubled.
        let spoken = words.iter().filter(|word| word.contains(char::is_alphanumeric));
        let phrases: Vec<String> = spoken
            .map(|word| format!("\"{}\"", word.replace('"', "\"\"")))
            .collect();
        if !phrases.is_empty() {
            let query = params![phrases.join(" AND "), integer(MAX_ROWS)];
            let found = self.rows(
                "JOIN texts ON texts.rowid = r.leaf WHERE texts MATCH ?1 ORDER BY r.leaf LIMIT ?2",
                query,
            )?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let conditions = vec!["instr(texts.body, ?) > 0"; words.len()].join(" AND ");
        let clause = format!("JOIN texts ON texts.rowid = r.leaf WHERE {conditions} ORDER BY r.leaf LIMIT {MAX_ROWS}");
        self.rows(&clause, params_from_iter(words))
    }

    /// Every party of the roster and of leaf 0, in the order of their ids, at most
    /// [`MAX_ROWS`].
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn parties(&self) -> Result<Vec<PartyRow>, IndexError> {
        let ids = self.parties_by(
            "SELECT party FROM parties ORDER BY party LIMIT ?1",
            params![integer(MAX_ROWS)],
        )?;
        ids.into_iter()
            .map(|party| {
                let names = self.names(party)?;
                Ok(PartyRow { party, names })
            })
            .collect()
    }

    /// The disclosed names of a party, in the order recorded.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn names(&self, party: PartyId) -> Result<Vec<String>, IndexError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT name FROM names WHERE party = ?1 ORDER BY rowid")?;
        let names = statement.query_map([party.to_string()], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// The parties with this id or with exactly this name in one of its spellings; where
    /// there is none, those whose name differs only in case or accents that stand apart.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn party_named(&self, name: &str) -> Result<Vec<PartyId>, IndexError> {
        if let Ok(party) = name.parse::<PartyId>() {
            return Ok(if self.has_party(party)? {
                vec![party]
            } else {
                Vec::new()
            });
        }
        let exact = "SELECT DISTINCT party FROM names WHERE folded = ?2 AND name = ?1 ORDER BY party";
        let found = self.parties_by(exact, params![name, fold(name)])?;
        if !found.is_empty() {
            return Ok(found);
        }
        let alike = "SELECT DISTINCT party FROM names WHERE folded = ?1 ORDER BY party";
        self.parties_by(alike, [fold(name)])
    }

    /// Whether leaf 0 or a roster record names the party.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn has_party(&self, party: PartyId) -> Result<bool, IndexError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT 1 FROM parties WHERE party = ?1")?;
        Ok(statement.exists([party.to_string()])?)
    }

    /// An exhibit whose descriptor is disclosed.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn exhibit(&self, id: ExhibitId) -> Result<Option<ExhibitRow>, IndexError> {
        Ok(self.exhibits("id = ?1", id.0.to_hex())?.into_iter().next())
    }

    /// The exhibits that have these bytes. An archive describes the same bytes once.
    ///
    /// # Errors
    /// [`IndexError::Database`].
    pub fn exhibits_of(&self, sha256: Digest) -> Result<Vec<ExhibitRow>, IndexError> {
        self.exhibits("sha256 = ?1", sha256.to_hex())
    }

    /// The first free label with these letters: one more than the largest number, in two
    /// digits at least; where that is too large, the smallest that is free.
    ///
    /// # Errors
    /// [`IndexError::Letters`], [`IndexError::LabelsUsedUp`].
    pub fn next_free_label(&self, letters: &str) -> Result<Label, IndexError> {
        let label = |number: i64| format!("{letters}{number:02}").parse::<Label>();
        if letters.contains(|letter: char| letter.is_ascii_digit()) || label(1).is_err() {
            return Err(IndexError::Letters(letters.to_owned()));
        }
        let largest = "SELECT coalesce(max(number), 0) FROM records WHERE letters = ?1";
        let largest: i64 = self.connection.query_row(largest, [letters], |row| row.get(0))?;
        if let Ok(label) = label(largest + 1) {
            return Ok(label);
        }
        let gap = "SELECT min(r.number) + 1 FROM (SELECT 0 AS number UNION SELECT number FROM records
            WHERE letters = ?1) AS r WHERE NOT EXISTS
            (SELECT 1 FROM records AS next WHERE next.letters = ?1 AND next.number = r.number + 1)";
        let gap: i64 = self.connection.query_row(gap, [letters], |row| row.get(0))?;
        label(gap).map_err(|_| IndexError::LabelsUsedUp(letters.to_owned()))
    }

    fn rows(&self, clause: &str, values: impl Params) -> Result<Vec<Row>, IndexError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM records AS r {clause}"))?;
        let rows = statement.query_map(values, |columns| {
            Ok(Row {
                leaf: count(columns.get(0)?),
                id: RecordId(digest(columns, 1)?),
                label: parsed(columns, 2)?,
                kind: columns.get(3)?,
                recorded_at: parsed(columns, 4)?,
                title: columns.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn parties_by(&self, query: &str, values: impl Params) -> Result<Vec<PartyId>, IndexError> {
        let mut statement = self.connection.prepare_cached(query)?;
        let parties = statement.query_map(values, |columns| parsed(columns, 0))?;
        Ok(parties.collect::<Result<_, _>>()?)
    }

    fn exhibits(&self, condition: &str, value: String) -> Result<Vec<ExhibitRow>, IndexError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, leaf, sha256, size, name, media_type FROM exhibits WHERE {condition} ORDER BY leaf, id"
        ))?;
        let rows = statement.query_map([value], |columns| {
            Ok(ExhibitRow {
                id: ExhibitId(digest(columns, 0)?),
                leaf: count(columns.get(1)?),
                sha256: digest(columns, 2)?,
                size: count(columns.get(3)?),
                name: columns.get(4)?,
                media_type: columns.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn digest(columns: &Columns<'_>, index: usize) -> Result<Digest, Error> {
    let text: String = columns.get(index)?;
    Digest::from_hex(&text).map_err(|error| Error::FromSqlConversionFailure(index, Type::Text, Box::new(error)))
}

fn parsed<T>(columns: &Columns<'_>, index: usize) -> Result<T, Error>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text: String = columns.get(index)?;
    text.parse()
        .map_err(|error| Error::FromSqlConversionFailure(index, Type::Text, Box::new(error)))
}
