//! The tables of the index, and how an entry gets into them.

use std::fs;
use std::io;
use std::path::Path;

use affiant::record::Reference;
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::entry::{Entry, Piece, fold, one_line};

/// Raised whenever a table or what is put into it changes; an index of another version is
/// made again.
const SCHEMA_VERSION: i32 = 1;

/// Words of every script: what is a letter, a number or a mark belongs to a word.
const TABLES: &str = "
    CREATE TABLE head (only INTEGER PRIMARY KEY CHECK (only = 1), size INTEGER NOT NULL, root BLOB NOT NULL);
    CREATE TABLE packs (first_leaf INTEGER PRIMARY KEY, bytes INTEGER NOT NULL);
    CREATE TABLE records (
        leaf INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, letters TEXT NOT NULL,
        number INTEGER NOT NULL, kind TEXT NOT NULL, recorded_at TEXT NOT NULL, title TEXT NOT NULL);
    CREATE INDEX records_id ON records (id);
    CREATE INDEX records_label ON records (label);
    CREATE INDEX records_letters ON records (letters, number);
    CREATE TABLE parties (party TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE names (party TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL);
    CREATE INDEX names_party ON names (party);
    CREATE INDEX names_folded ON names (folded);
    CREATE TABLE exhibits (
        id TEXT PRIMARY KEY, leaf INTEGER NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
        name TEXT NOT NULL, media_type TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX exhibits_sha256 ON exhibits (sha256);
    CREATE VIRTUAL TABLE texts USING fts5 (
        body, tokenize = \"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\");
";

const DROP: &str = "
    DROP TABLE head; DROP TABLE packs; DROP TABLE records; DROP TABLE parties; DROP TABLE names;
    DROP TABLE exhibits; DROP TABLE texts;
";

/// Opens or makes an index file that only its owner can read.
pub(super) fn open_file(path: &Path) -> Result<Connection, rusqlite::Error> {
    // Where these fail, SQLite says what is wrong with the path.
    let _ = make_file(path);
    prepare(Connection::open(path)?)
}

pub(super) fn open_in_memory() -> Result<Connection, rusqlite::Error> {
    prepare(Connection::open_in_memory()?)
}

fn make_file(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn prepare(mut connection: Connection) -> Result<Connection, rusqlite::Error> {
    connection.busy_timeout(super::BUSY_TIMEOUT)?;
    // Nothing of an index goes into a temporary file, and nothing erased stays in a free page.
    connection.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA secure_delete = FAST;")?;
    if version(&connection)? != SCHEMA_VERSION {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match version(&transaction)? {
            SCHEMA_VERSION => {}
            0 => make(&transaction)?,
            _ => return Err(rusqlite::Error::InvalidQuery),
        }
        transaction.commit()?;
    }
    Ok(connection)
}

fn version(connection: &Connection) -> Result<i32, rusqlite::Error> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

fn make(transaction: &Transaction<'_>) -> Result<(), rusqlite::Error> {
    transaction.execute_batch(TABLES)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)
}

/// Empties the index, and overwrites what was in it.
pub(super) fn empty(transaction: &Transaction<'_>) -> Result<(), rusqlite::Error> {
    transaction.execute_batch("PRAGMA secure_delete = ON;")?;
    transaction.execute_batch(DROP)?;
    transaction.execute_batch(TABLES)?;
    transaction.execute_batch("PRAGMA secure_delete = FAST;")
}

/// A count as SQLite has it; no log reaches the numbers that it cannot hold.
pub(super) fn integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn count(integer: i64) -> u64 {
    u64::try_from(integer).unwrap_or(0)
}

/// Puts a record in.
pub(super) fn insert(transaction: &Transaction<'_>, entry: &Entry) -> Result<(), rusqlite::Error> {
    let leaf = integer(entry.leaf);
    let title = one_line(&title(transaction, &entry.title)?);
    let (letters, number) = entry.label.as_str().split_at(
        entry
            .label
            .as_str()
            .find(|letter: char| letter.is_ascii_digit())
            .unwrap_or_default(),
    );
    transaction
        .prepare_cached("INSERT INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params![
            leaf,
            entry.id.0.to_hex(),
            entry.label.as_str(),
            letters,
            number.parse::<u32>().unwrap_or_default(),
            entry.kind,
            entry.recorded_at.to_string(),
            title,
        ])?;
    for (party, names) in &entry.parties {
        let party = party.to_string();
        transaction
            .prepare_cached("INSERT OR IGNORE INTO parties VALUES (?1)")?
            .execute([&party])?;
        for name in names {
            transaction
                .prepare_cached("INSERT INTO names VALUES (?1, ?2, ?3)")?
                .execute(params![party, name, fold(name)])?;
        }
    }
    for (id, descriptor) in &entry.exhibits {
        transaction
            .prepare_cached("INSERT OR IGNORE INTO exhibits VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![
                id.0.to_hex(),
                leaf,
                descriptor.sha256.to_hex(),
                integer(descriptor.size),
                descriptor.name,
                descriptor.media_type,
            ])?;
    }
    if !entry.texts.is_empty() {
        transaction
            .prepare_cached("INSERT INTO texts (rowid, body) VALUES (?1, ?2)")?
            .execute(params![leaf, fold(&entry.texts.join("\n"))])?;
    }
    Ok(())
}

/// Puts labels and names in the place of the ids that a title has.
fn title(transaction: &Transaction<'_>, pieces: &[Piece]) -> Result<String, rusqlite::Error> {
    let mut title = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => title.push_str(text),
            Piece::Reference(reference) => {
                let (query, key) = match reference {
                    Reference::Record(id) => (
                        "SELECT label FROM records WHERE id = ?1 ORDER BY leaf LIMIT 1",
                        id.0.to_hex(),
                    ),
                    Reference::Exhibit(id) => ("SELECT name FROM exhibits WHERE id = ?1", id.0.to_hex()),
                    Reference::Party(id) => (
                        "SELECT name FROM names WHERE party = ?1 ORDER BY rowid LIMIT 1",
                        id.to_string(),
                    ),
                };
                let found = transaction
                    .prepare_cached(query)?
                    .query_row([key], |row| row.get::<_, String>(0));
                title.push_str(&found.optional()?.unwrap_or_else(|| reference.to_string()));
            }
        }
    }
    Ok(title)
}
