//! The texts that quotations are looked for in: files, and what an archive holds.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;

use affiant::compare::Standing;
use affiant::quotation::{Segment, Source};
use affiant::record::{Body, ExhibitId, Form, PartyRef, Passage, Quotation, Statement};
use affiant::text::MAX_TEXT;
use affiant_inspect::transcript;

use super::QuoteError;
use crate::commands::Context;
use crate::commands::record::source;
use crate::error::CliError;
use crate::ledger::Held;
use crate::session::Session;

/// A text and its parts.
pub struct Text {
    name: String,
    text: String,
    segments: Vec<Segment>,
}

impl Text {
    /// It as a source of quotations.
    pub fn source(&self) -> Source<'_> {
        Source {
            name: self.name.clone(),
            text: &self.text,
            segments: self.segments.clone(),
        }
    }
}

/// The text of a file.
///
/// # Errors
/// Where it cannot be read, is too long, or is no UTF-8 text.
pub fn read(path: &Path) -> Result<String, CliError> {
    let limit = MAX_TEXT as u64;
    let bytes = source::read(path, limit)?.ok_or_else(|| QuoteError::TooLong(path.to_owned()))?;
    String::from_utf8(bytes).map_err(|error| {
        QuoteError::NotText {
            path: path.to_owned(),
            offset: error.utf8_error().valid_up_to(),
        }
        .into()
    })
}

/// A file, with the turns of a transcript where it is one.
///
/// # Errors
/// As [`read`].
pub fn of_file(path: &Path) -> Result<Text, CliError> {
    let text = read(path)?;
    Ok(Text {
        segments: segments(&text),
        name: path.display().to_string(),
        text,
    })
}

/// The turns of a transcript with the lines between them; of another text, its paragraphs.
fn segments(text: &str) -> Vec<Segment> {
    const FEWEST_TURNS: usize = 2;
    let read = transcript::parse(text.as_bytes()).ok();
    let Some(read) = read.filter(|read| read.turns.len() >= FEWEST_TURNS) else {
        return Source::plain("", text).segments;
    };
    let turns = read.turns.into_iter().map(|turn| (turn.span, Some(turn.speaker)));
    let others = read.unparsed.into_iter().map(|line| (line.span, None));
    let mut parts: Vec<(Range<usize>, Option<String>)> = turns.chain(others).collect();
    parts.sort_by_key(|(span, _)| span.start);
    let segment = |(span, speaker): (Range<usize>, Option<String>)| Segment {
        span,
        speaker,
        cited_as: None,
    };
    parts.into_iter().map(segment).collect()
}

/// The texts of an archive: its exhibits that are text, in which the passages that statements hold
/// have the speakers of these, and the passages that no exhibit holds. `named`: only those of these
/// records and exhibits; all of them where it is empty.
///
/// # Errors
/// Where a name is none of the archive, or has no text.
pub fn of_archive(context: &Context, session: &Session, named: &[&String]) -> Result<Vec<Text>, CliError> {
    let usable = |held: &&Held| held.standing != Standing::Failed;
    let mut records: Vec<&Held> = session.ledger.held.iter().filter(usable).collect();
    let mut exhibits: Vec<ExhibitId> = records
        .iter()
        .flat_map(|held| held.record.exhibits())
        .copied()
        .collect();
    if !named.is_empty() {
        let (mut only_records, mut only_exhibits) = (Vec::new(), Vec::new());
        for name in named {
            match name.parse::<ExhibitId>() {
                Ok(exhibit) => only_exhibits.push(exhibit),
                Err(_) => {
                    let held = session.ledger.find(name)?;
                    only_exhibits.extend(held.record.exhibits());
                    only_records.push(held.id);
                }
            }
        }
        exhibits.retain(|exhibit| only_exhibits.contains(exhibit));
        records.retain(|held| {
            only_records.contains(&held.id) || held.record.exhibits().iter().any(|id| only_exhibits.contains(id))
        });
    }
    exhibits.sort_unstable();
    exhibits.dedup();
    let mut texts: Vec<Text> = Vec::new();
    let mut progress = context.ui.progress("Reading exhibits", exhibits.len() as u64);
    let mut passages: BTreeMap<Option<ExhibitId>, Vec<HeldPassage>> = BTreeMap::new();
    for held in &records {
        if let Body::Statement(statement) = &held.record.body {
            for passage in passages_of(session, held, statement) {
                let exhibit = passage.at.as_ref().map(|(exhibit, _)| *exhibit);
                passages.entry(exhibit).or_default().push(passage);
            }
        }
    }
    let mut unread = 0_usize;
    for exhibit in exhibits {
        progress.advance(1);
        let own = passages.remove(&Some(exhibit)).unwrap_or_default();
        match of_exhibit(session, exhibit, &own) {
            Some(text) => texts.push(text),
            None => {
                unread += 1;
                texts.extend(own.into_iter().map(HeldPassage::alone));
            }
        }
    }
    drop(progress);
    texts.extend(passages.into_values().flatten().map(HeldPassage::alone));
    if unread > 0 {
        context.ui.say(format_args!(
            "{unread} exhibits are no text, or are not here, and were not searched."
        ));
    }
    match named.first() {
        Some(name) if texts.is_empty() => Err(QuoteError::NoText((*name).clone()).into()),
        _ => Ok(texts),
    }
}

/// A passage that a statement holds.
struct HeldPassage {
    name: String,
    text: String,
    speaker: Option<String>,
    cited_as: String,
    /// Its bytes in an exhibit.
    at: Option<(ExhibitId, Range<usize>)>,
}

impl HeldPassage {
    /// It as a text of its own.
    fn alone(self) -> Text {
        let segment = self.segment(0..self.text.len());
        Text {
            name: self.name,
            text: self.text,
            segments: vec![segment],
        }
    }

    fn segment(&self, span: Range<usize>) -> Segment {
        Segment {
            span,
            speaker: self.speaker.clone(),
            cited_as: Some(self.cited_as.clone()),
        }
    }
}

fn passages_of(session: &Session, held: &Held, statement: &Statement) -> Vec<HeldPassage> {
    let label = held.record.common.label.to_string();
    let passages = statement.words.iter().filter_map(|words| words.value());
    let one = |(number, passage): (usize, &Passage)| HeldPassage {
        name: format!("{label}, passage {}", number + 1),
        text: passage.text.clone(),
        speaker: speaker(session, statement, passage),
        cited_as: passage
            .cited_as
            .as_ref()
            .map_or(label.clone(), |cited| format!("{label}, {cited}")),
        at: passage.span.as_ref().and_then(|span| {
            let start = usize::try_from(span.start).ok()?;
            Some((span.exhibit, start..usize::try_from(span.end).ok()?))
        }),
    };
    passages.enumerate().map(one).collect()
}

/// Whose words a passage has: the statement's speaker, where the record holds them as such.
fn speaker(session: &Session, statement: &Statement, passage: &Passage) -> Option<String> {
    let own = statement.form == Form::Verbatim || passage.quotation == Quotation::Marked;
    match statement.speaker.value().filter(|_| own)? {
        PartyRef::Party(party) => {
            let names = session.ledger.roster.names(*party);
            Some(names.first().cloned().unwrap_or_else(|| party.to_string()))
        }
        PartyRef::Unidentified(_) => None,
    }
}

/// An exhibit as text; none where it is not here or is no text.
fn of_exhibit(session: &Session, id: ExhibitId, passages: &[HeldPassage]) -> Option<Text> {
    let descriptor = session
        .ledger
        .descriptor(id)
        .filter(|descriptor| descriptor.size <= MAX_TEXT as u64)?;
    let mut bytes = Vec::new();
    let file = session.dir.open_exhibit(id).ok()?;
    file.take(MAX_TEXT as u64 + 1).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8(bytes)
        .ok()
        .filter(|text| text.len() <= MAX_TEXT && !text.contains('\0'))?;
    let mut held: Vec<(Range<usize>, &HeldPassage)> = passages
        .iter()
        .filter_map(|passage| Some((passage.at.clone()?.1, passage)))
        .collect();
    held.sort_by_key(|(span, passage)| (span.start, span.end, passage.name.clone()));
    let mut parts: Vec<Segment> = Vec::new();
    let mut at = 0;
    for (span, passage) in held {
        // Of passages that overlap, the later has what the earlier one left.
        let span = span.start.max(at)..span.end;
        if span.is_empty() || text.get(span.clone()).is_none() {
            continue;
        }
        parts.extend(between(&text, at..span.start));
        at = span.end;
        parts.push(passage.segment(span));
    }
    parts.extend(between(&text, at..text.len()));
    let short: String = id.to_string().chars().take("exhibit:sha256:".len() + 8).collect();
    Some(Text {
        name: format!("{} ({short}…)", descriptor.name),
        segments: parts,
        text,
    })
}

/// What of a text no statement holds.
fn between(text: &str, range: Range<usize>) -> Vec<Segment> {
    let moved = |segment: Segment| Segment {
        span: range.start + segment.span.start..range.start + segment.span.end,
        ..segment
    };
    segments(&text[range.clone()]).into_iter().map(moved).collect()
}
