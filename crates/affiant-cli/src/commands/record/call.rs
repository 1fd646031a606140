//! `affiant record call`: a telephone call of which notes are held.
//!
//! The notes are the exhibit. Where the speaker is not the one who called, the words went from the speaker to the
//! caller first, and by what means is not stated unless it is said.

use std::path::PathBuf;

use affiant::record::{Act, Basis, Form, Medium, NotesMade, PlacedBy, Quotation, Scope};
use affiant_case::{CallDraft, Case, HopDraft, WhoDraft};
use clap::Args;

use super::asking::{TimeArg, may_say, may_say_when};
use super::closed::one_of;
use super::people::{HOW, People, PeopleError};
use super::source::Notes;
use super::statement::{Source, StatementArgs};
use super::{file_or_asked, hop, record_statement, source};
use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::session::Recorder;
use crate::ui::visible;

/// The most minutes of a call whose seconds fit a record.
const MAX_MINUTES: i64 = (u32::MAX / 60) as i64;

/// The word that says that nobody else listened.
const NOBODY: &str = "nobody";

/// The answer that says that the words were the caller's own.
const CALLER: &str = "caller";

/// Arguments of `affiant record call`.
#[derive(Debug, Args)]
pub struct CallArgs {
    /// Your notes of the call
    file: Option<PathBuf>,

    /// From whom the words came by telephone
    #[arg(long, value_name = "NAME")]
    caller: Option<String>,

    /// To whom: a name, or "me"
    #[arg(long, value_name = "NAME")]
    called: Option<String>,

    /// When the call was: a date as 2019-01-10, or "not-stated"
    #[arg(long, value_name = "EDTF")]
    when: Option<TimeArg>,

    /// How the voice was known
    #[arg(long, value_name = "TEXT")]
    voice: Option<String>,

    /// Which end placed the call
    #[arg(long, value_parser = one_of::<PlacedBy>())]
    placed_by: Option<PlacedBy>,

    /// When the notes were made
    #[arg(long, value_parser = one_of::<NotesMade>())]
    notes_made: Option<NotesMade>,

    /// The number that was called
    #[arg(long, value_name = "TEXT")]
    number: Option<String>,

    /// How long it lasted
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(0..=MAX_MINUTES))]
    lasted: Option<u32>,

    /// Who controlled the line
    #[arg(long, value_name = "NAME")]
    line_controlled_by: Option<String>,

    /// Who else listened, once for each; or "nobody"
    #[arg(long, value_name = "NAME")]
    listeners: Vec<String>,

    /// By what means the caller had it from the speaker, where these are two
    #[arg(long, value_name = "MEDIUM", value_parser = one_of::<Medium>())]
    heard_by: Option<Medium>,

    /// Words of the notes, found in them byte for byte, once for each passage; all of the notes where none are given
    #[arg(long, value_name = "TEXT")]
    words: Vec<String>,

    /// Whether the notes set the words in quotation marks, where that is not plain from the marks beside them
    #[arg(long, value_parser = one_of::<Quotation>())]
    quotation: Option<Quotation>,

    #[command(flatten)]
    statement: StatementArgs,
}

/// Runs `affiant record call`.
///
/// # Errors
/// Where something is missing or cannot be recorded; nothing was recorded then.
pub fn run(context: &Context, mut args: CallArgs) -> Result<Outcome, CliError> {
    let path = file_or_asked(context, args.file.take(), "Which file holds your notes of the call?")?;
    let exhibit = source::exhibit(&path)?;
    let notes = Notes::read(&path)?;
    let words = notes.passages(&args.words, args.quotation)?;
    if !notes.is_text() {
        context.ui.warn(format_args!(
            "{} is no plain text, so your words are tied to no bytes of it",
            visible(&path.display().to_string())
        ));
    }
    let mut recorder = Recorder::open(context, args.statement.key.as_deref())?;
    let mut people = People::new(&recorder.ledger, recorder.party());
    let caller = asked(context, args.caller.as_ref(), "Who called?", "--caller NAME")?;
    let caller = people.who(&caller)?;
    let called = asked(context, args.called.as_ref(), "Who was called?", "--called NAME")?;
    let called = people.who(&called)?;
    let speaker = match speaker_asked(context, &args.statement)? {
        None => caller.clone(),
        Some(typed) => people.who(&typed)?,
    };
    let hops = hops(context, &mut people, &args, (&speaker, caller, called))?;
    // Whoever was not on the line heard nothing.
    let heard = hops.iter().any(|hop| hop.call.is_some() && hop.to == people.me());
    if hops.last().is_some_and(|hop| hop.to != people.me()) {
        context
            .ui
            .say("How the notes reached you is not recorded; --hop 'me; MEDIUM; DID; BASIS' would say it.");
    }
    let source = Source {
        speaker,
        form: Form::Summary,
        scope: match heard {
            true => Scope::HeardFrom,
            false => Scope::Recorded,
        },
        words,
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

fn asked(context: &Context, typed: Option<&String>, question: &str, option: &'static str) -> Result<String, CliError> {
    match typed {
        Some(typed) => Ok(typed.clone()),
        None => context.ui.prompt(&format!("{question} ({HOW})"), option),
    }
}

/// Whose words they were; `None`: the caller's own, which they are where nothing else is said.
fn speaker_asked(context: &Context, args: &StatementArgs) -> Result<Option<String>, CliError> {
    if args.speaker.is_some() || !context.ui.is_interactive() {
        return Ok(args.speaker.clone());
    }
    let question = format!("Whose words were they? ({HOW}; or: {CALLER})");
    let typed = context.ui.prompt(&question, "--speaker NAME")?;
    Ok((typed != CALLER).then_some(typed))
}

/// From the speaker to the caller, where these are two; the call; and whatever hops were typed after it.
fn hops(
    context: &Context,
    people: &mut People<'_>,
    args: &CallArgs,
    (speaker, caller, called): (&WhoDraft, WhoDraft, WhoDraft),
) -> Result<Vec<HopDraft>, CliError> {
    let mut hops = Vec::new();
    if *speaker != caller {
        let how = (
            args.heard_by.unwrap_or(Medium::NotStated),
            Act::NotStated,
            Basis::NotStated,
        );
        hops.push(hop::hop(people, speaker.clone(), caller.clone(), how));
    }
    let form = args.statement.form.unwrap_or(Form::Summary);
    let mut call = hop::hop(people, caller, called, (Medium::Telephone, did(form), Basis::Heard));
    call.when = match &args.when {
        Some(when) => when.clone(),
        None => may_say_when(&context.ui, "When was the call?", "--when EDTF")?,
    }
    .claim(None);
    call.identified_by = match &args.voice {
        Some(voice) => Some(voice.clone()),
        None => may_say(&context.ui, "How was the voice known?", "--voice TEXT")?,
    };
    let line_controlled_by = args.line_controlled_by.as_ref().map(|typed| people.who(typed));
    call.call = Some(CallDraft {
        placed_by: args.placed_by.unwrap_or(PlacedBy::NotStated),
        notes: args.notes_made.unwrap_or(NotesMade::NotStated),
        lasted_seconds: args.lasted.map(|minutes| minutes * 60),
        number: args.number.clone(),
        listeners: listeners(people, &args.listeners)?,
        line_controlled_by: line_controlled_by.transpose()?,
    });
    let after = call.to.clone();
    hops.push(call);
    hops.extend(hop::typed(people, &after, &args.statement.hops)?);
    Ok(hops)
}

/// What notes of this form did to the words that were heard.
fn did(form: Form) -> Act {
    match form {
        Form::Verbatim => Act::Transcription,
        Form::Paraphrase | Form::Summary => Act::Summary,
        Form::Translation => Act::Translation,
        Form::ReportedAct | Form::Silence => Act::NotStated,
    }
}

fn listeners(people: &mut People<'_>, typed: &[String]) -> Result<Option<Vec<WhoDraft>>, PeopleError> {
    match typed {
        [] => Ok(None),
        [nobody] if nobody == NOBODY => Ok(Some(Vec::new())),
        names => people.whos(names).map(Some),
    }
}
