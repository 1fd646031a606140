//! Where the texts of a collation come from: a file, a statement's words, an exhibit's bytes.

use std::fs::metadata;
use std::path::Path;

use affiant::collation::{Turn, Witness, is_nlp};
use affiant::record::{Body, ExhibitId};
use affiant::text::{MAX_TEXT, TooLong};
use affiant_inspect::transcript;

use super::{CollateError, FormatArg};
use crate::commands::Context;
use crate::commands::record::source;
use crate::error::CliError;
use crate::session::Session;

/// The witnesses that were named, and the archive if one of them is in it.
///
/// # Errors
/// Where one cannot be read.
pub fn witnesses(
    context: &Context,
    names: &[String],
    format: FormatArg,
) -> Result<(Vec<Witness>, Option<Session>), CliError> {
    let mut session = None;
    let mut witnesses = Vec::new();
    for name in names {
        let path = Path::new(name);
        if path.exists() || looks_like_a_path(name) {
            witnesses.push(of_file(path, name, format)?);
            continue;
        }
        if session.is_none() {
            let opened = context.session();
            if context.archive.is_none() && opened.is_err() {
                return Err(CollateError::NoSuchText(name.clone()).into());
            }
            session = Some(opened?);
        }
        let session = session.as_ref().expect("the archive was opened above");
        witnesses.push(of_archive(context, session, name, format)?);
    }
    Ok((witnesses, session))
}

/// Whether nothing in an archive is named like this.
pub(in crate::commands) fn looks_like_a_path(name: &str) -> bool {
    !name.starts_with("exhibit:") && !name.starts_with("record:") && name.contains(['/', '.', '\\'])
}

fn of_file(path: &Path, name: &str, format: FormatArg) -> Result<Witness, CliError> {
    let Some(bytes) = source::read(path, MAX_TEXT as u64)? else {
        let size = metadata(path).map_or(u64::MAX, |metadata| metadata.len());
        return Err(too_long(name, usize::try_from(size).unwrap_or(usize::MAX)).into());
    };
    Ok(of_bytes(name, bytes, format)?)
}

fn too_long(name: &str, size: usize) -> CollateError {
    CollateError::TooLong {
        name: name.to_owned(),
        source: TooLong { size },
    }
}

fn of_bytes(name: &str, bytes: Vec<u8>, format: FormatArg) -> Result<Witness, CollateError> {
    let text = String::from_utf8(bytes).map_err(|error| CollateError::NotText {
        name: name.to_owned(),
        offset: error.utf8_error().valid_up_to(),
    })?;
    let size = text.len();
    match format {
        FormatArg::Nlp => nlp(name, text),
        FormatArg::Auto if is_nlp(&text) => nlp(name, text),
        FormatArg::Transcript => of_transcript(name, text),
        FormatArg::Auto | FormatArg::Text => Witness::plain(name, text).map_err(|_| too_long(name, size)),
    }
}

fn nlp(name: &str, text: String) -> Result<Witness, CollateError> {
    Witness::nlp(name, text).map_err(|source| CollateError::Nlp {
        name: name.to_owned(),
        source,
    })
}

/// Turns have their speakers, and labels are no words. Lines outside of every turn are words.
fn of_transcript(name: &str, text: String) -> Result<Witness, CollateError> {
    let failed = |source| CollateError::Transcript {
        name: name.to_owned(),
        source,
    };
    let transcript = transcript::parse(text.as_bytes()).map_err(failed)?;
    let mut labels = Vec::new();
    let turns = transcript.turns.iter().map(|turn| {
        // The label is before the words, with a colon or a full stop, and blanks, between.
        let line = text[..turn.span.start].rfind(&turn.speaker).unwrap_or(turn.span.start);
        labels.push(line..turn.span.start);
        Turn {
            from: line,
            speaker: Some(turn.speaker.clone()),
            time: None,
        }
    });
    let turns = turns.collect();
    let size = text.len();
    Witness::spoken(name, text, turns, &labels).map_err(|_| too_long(name, size))
}

fn of_archive(context: &Context, session: &Session, name: &str, format: FormatArg) -> Result<Witness, CliError> {
    if let Some(exhibit) = exhibit(session, name) {
        if !session.dir.has_exhibit(exhibit) {
            return Err(CollateError::NoBytes(name.to_owned()).into());
        }
        let path = session.dir.root().join(affiant::archive::exhibit_path(exhibit));
        let described = session
            .ledger
            .descriptor(exhibit)
            .map(|descriptor| descriptor.name.clone());
        return of_file(&path, &described.unwrap_or_else(|| name.to_owned()), format);
    }
    let held = session.ledger.find(name)?;
    let label = held.record.common.label.to_string();
    let Body::Statement(statement) = &held.record.body else {
        let kind = affiant_report::kind_words(&held.record.body).to_owned();
        return Err(CollateError::Kind { label, kind }.into());
    };
    let passages: Vec<_> = statement.words.iter().filter_map(|passage| passage.value()).collect();
    let withheld = statement.words.len() - passages.len();
    if withheld > 0 {
        context.ui.warn(format!(
            "{withheld} of the {} passages of {label} are withheld or erased, and take no part",
            statement.words.len()
        ));
    }
    let (mut text, mut turns) = (String::new(), Vec::new());
    for passage in passages {
        turns.push(Turn {
            from: text.len(),
            speaker: passage.label.clone(),
            time: passage.cited_as.clone(),
        });
        text.push_str(&passage.text);
        text.push('\n');
    }
    if text.trim().is_empty() {
        return Err(CollateError::NoWords { label }.into());
    }
    let size = text.len();
    Ok(Witness::spoken(label.clone(), text, turns, &[]).map_err(|_| too_long(&label, size))?)
}

/// The exhibit that an id names.
fn exhibit(session: &Session, name: &str) -> Option<ExhibitId> {
    let id: ExhibitId = name.parse().ok()?;
    let mut exhibits = session.ledger.held.iter().flat_map(|held| held.record.exhibits());
    exhibits.any(|known| *known == id).then_some(id)
}
