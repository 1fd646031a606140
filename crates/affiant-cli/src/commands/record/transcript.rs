//! `affiant record transcript`: what one speaker of a transcript says, turn by turn.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use affiant::record::{Act, Basis, Form, Medium, Quotation, Scope};
use affiant_case::{Case, WordsDraft};
use affiant_inspect::transcript::{self, Line, MAX_TRANSCRIPT_BYTES, Transcript, TranscriptError};
use clap::Args;

use super::people::People;
use super::statement::{Source, StatementArgs};
use super::{RecordError, file_or_asked, hop, record_statement, source};
use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::session::Recorder;
use crate::ui::{Ui, visible};

/// How many lines that are no turns are pointed out one by one.
const MAX_LINES_SHOWN: usize = 20;

/// Arguments of `affiant record transcript`.
#[derive(Debug, Args)]
pub struct TranscriptArgs {
    /// UTF-8 text with speakers' labels
    file: Option<PathBuf>,

    /// Whose turns are the statement: the label as written; again for another label of the same speaker
    #[arg(long, value_name = "LABEL")]
    turns: Vec<String>,

    #[command(flatten)]
    statement: StatementArgs,
}

/// Runs `affiant record transcript`.
///
/// # Errors
/// Where something is missing or cannot be recorded; nothing was recorded then.
pub fn run(context: &Context, args: TranscriptArgs) -> Result<Outcome, CliError> {
    let path = file_or_asked(context, args.file, "Which file is the transcript?")?;
    let exhibit = source::exhibit(&path)?;
    let transcript = parse(&path)?;
    point_out(&context.ui, &transcript);
    let labels = chosen_labels(&context.ui, &path, &transcript, args.turns)?;
    let mut recorder = Recorder::open(context, args.statement.key.as_deref())?;
    let mut people = People::new(&recorder.ledger, recorder.party());
    let question = format!("Who is {}?", visible(&labels.join(", ")));
    let speaker = args.statement.speaker(context, &mut people, &question)?;
    let mut hops = hop::typed(&mut people, &speaker, &args.statement.hops)?;
    if hops.is_empty() {
        let me = people.me();
        let how = (Medium::InPerson, Act::Transcription, Basis::Heard);
        hops.push(hop::hop(&mut people, speaker.clone(), me, how));
    }
    // A transcript that somebody else made was not transcribed by whoever signs.
    let own = hops
        .last()
        .is_some_and(|hop| hop.did == Act::Transcription && hop.to == people.me());
    let source = Source {
        speaker,
        form: Form::Verbatim,
        scope: match own {
            true => Scope::Transcribed,
            false => Scope::Recorded,
        },
        words: turns(&transcript, &labels),
        hops,
    };
    let statement = args
        .statement
        .into_draft(context, &recorder.ledger, &mut people, source)?;
    let case = Case {
        parties: people.into_drafts(),
        exhibits: vec![exhibit],
        statements: vec![statement],
        ..Case::default()
    };
    record_statement(context, &mut recorder, case)
}

fn parse(path: &Path) -> Result<Transcript, CliError> {
    let failed = |source| RecordError::Transcript {
        path: path.to_owned(),
        source,
    };
    let limit = MAX_TRANSCRIPT_BYTES as u64;
    let bytes = source::read(path, limit)?.ok_or_else(|| {
        let length = std::fs::metadata(path).map_or(limit + 1, |metadata| metadata.len());
        let bytes = usize::try_from(length).unwrap_or(usize::MAX);
        failed(TranscriptError::TooLarge { bytes })
    })?;
    let transcript = transcript::parse(&bytes).map_err(failed)?;
    if transcript.turns.is_empty() {
        return Err(RecordError::NoLabels(path.to_owned()).into());
    }
    Ok(transcript)
}

/// Each label with the number of its turns, in the order in which the speakers begin.
fn counted(transcript: &Transcript) -> Vec<(&str, usize)> {
    let mut places = BTreeMap::new();
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for turn in &transcript.turns {
        let label = turn.speaker.as_str();
        let place = *places.entry(label).or_insert_with(|| {
            counts.push((label, 0));
            counts.len() - 1
        });
        counts[place].1 += 1;
    }
    counts
}

fn turn_count(count: usize) -> String {
    match count {
        1 => "1 turn".to_owned(),
        count => format!("{count} turns"),
    }
}

/// Says what was found, and what was not taken for anybody's words.
fn point_out(ui: &Ui, transcript: &Transcript) {
    for (label, count) in counted(transcript) {
        ui.say(format_args!("{}  {}", visible(label), turn_count(count)));
    }
    if !transcript.unparsed.is_empty() {
        ui.say("These lines are nobody's turn; they stay in the exhibit:");
        show_lines(&transcript.unparsed, &|line| ui.say(line));
    }
    if !transcript.possible_labels.is_empty() {
        ui.warn("these lines may begin a turn, and were not read so; whose words are they?");
        show_lines(&transcript.possible_labels, &|line| ui.warn(line));
    }
}

fn show_lines(lines: &[Line], show: &dyn Fn(String)) {
    for line in lines.iter().take(MAX_LINES_SHOWN) {
        show(format!("  line {}: {}", line.line, visible(&line.text)));
    }
    if let more @ 1.. = lines.len().saturating_sub(MAX_LINES_SHOWN) {
        show(format!("  and {more} more"));
    }
}

/// The labels whose turns are the statement.
fn chosen_labels(ui: &Ui, path: &Path, transcript: &Transcript, typed: Vec<String>) -> Result<Vec<String>, CliError> {
    let counts = counted(transcript);
    for label in &typed {
        if !counts.iter().any(|(known, _)| known == label) {
            return Err(RecordError::NoSuchLabel {
                label: label.clone(),
                known: counts.iter().map(|(known, _)| (*known).to_owned()).collect(),
            }
            .into());
        }
    }
    if !typed.is_empty() {
        return Ok(typed);
    }
    if let [(only, _)] = counts.as_slice() {
        return Ok(vec![(*only).to_owned()]);
    }
    let question = format!(
        "Whose turns in {} are the statement?",
        visible(&path.display().to_string())
    );
    let shown: Vec<(String, String)> = counts
        .iter()
        .map(|(label, count)| (visible(label).to_string(), turn_count(*count)))
        .collect();
    let choices: Vec<(&str, &str)> = shown.iter().map(|(label, count)| (&**label, &**count)).collect();
    let index = ui.choose(&question, &choices, "--turns LABEL")?;
    Ok(vec![counts[index].0.to_owned()])
}

/// The turns of these labels, each a passage with its place in the text.
fn turns(transcript: &Transcript, labels: &[String]) -> Vec<WordsDraft> {
    let turns = transcript.turns.iter().filter(|turn| labels.contains(&turn.speaker));
    let passage = |turn: &transcript::Turn| {
        let mut words = source::loose(&turn.words, Quotation::None);
        words.speaker_label = Some(turn.speaker.clone());
        words.cited_as = Some(format!("line {}", turn.line));
        words.held = Some(affiant_case::HeldIn {
            exhibit: source::EXHIBIT.to_owned(),
            at: Some(turn.span.start as u64),
        });
        words
    };
    turns.map(passage).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_turns_of_a_label_stand_where_the_text_has_them() {
        let text = "A: one\nB: two\nA: three\n  and four\n";
        let transcript = transcript::parse(text.as_bytes()).unwrap();
        assert_eq!(counted(&transcript), [("A", 2), ("B", 1)]);
        let turns = turns(&transcript, &["A".to_owned()]);
        assert_eq!(
            (turns[1].text.as_str(), turns[1].cited_as.as_deref()),
            ("three\n  and four", Some("line 3"))
        );
        let at = usize::try_from(turns[1].held.as_ref().unwrap().at.unwrap()).unwrap();
        assert_eq!(&text[at..at + turns[1].text.len()], turns[1].text);
    }
}
